"""A whole workbook made new."""
