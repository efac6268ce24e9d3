"""Pivots: a line above each PivotTable says what it shows; pivot_parts.py puts the PivotTables themselves in."""

from __future__ import annotations

from xl_dipsample.workbook.live.book import Book, Layout


def layout(book: Book) -> Layout:
    """The words above the PivotTables."""
    del book
    return Layout()
