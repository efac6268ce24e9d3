"""One press of a button: from Excel to the action and back, with questions and messages."""
