"""The workbook while it is open in Excel: `host.ExcelHost` and its parts, on the open-source part of xlwings."""
