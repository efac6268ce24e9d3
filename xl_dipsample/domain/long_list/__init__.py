"""Guide 3, the long list: headings, rows, labels, types of harm."""
