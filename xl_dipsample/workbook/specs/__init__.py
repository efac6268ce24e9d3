"""What a sheet is: its spec, columns, formulas, styles, and how a table is written."""
