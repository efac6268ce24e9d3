"""Guide 3, step 6: a new unique identifier, and names gone."""
