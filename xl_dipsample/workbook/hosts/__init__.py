"""A workbook as tables and named cells: as a closed file, or open in Excel."""
