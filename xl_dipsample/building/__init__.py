"""What only builds: the add-in, its VBA and ribbon, the bundle, the pages made from specs. Not in the wheel."""
