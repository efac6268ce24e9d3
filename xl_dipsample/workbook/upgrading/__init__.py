"""A workbook of an earlier version: read as if it were of this one, or built anew with everything that people typed."""
