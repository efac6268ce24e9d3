"""One reading of a report: its headings, which of its rows are cases, and what it says of its own number."""
