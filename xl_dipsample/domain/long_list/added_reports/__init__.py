"""What further reports add to a long list: rows, or columns and types of harm for the cases that are there."""
