"""A council's report, read as rows after it was looked at byte by byte."""
