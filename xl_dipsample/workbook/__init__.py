"""The workbook as data: sheet specs, styles, charts, build() and the hosts."""
