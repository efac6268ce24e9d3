"""Which columns of the table LongList are the export's own, and what the export had."""

from __future__ import annotations

import re

import pandas as pd

CATEGORIES_FIELD = "categories"


def source_columns(long_list: pd.DataFrame, headings: pd.DataFrame, own: list[str]) -> list[str]:
    """The columns that hold the export's cells as written.

    `own` are the columns of the spec; a column that somebody added by hand is on neither list. A heading that
    clashed with one of ours stands there with " (export)" behind it.
    """
    taken = {str(heading).casefold() for heading in headings["Heading"]}
    extra = [column for column in long_list.columns if column not in own]
    if not taken:
        return extra
    as_exported = {column: re.sub(r" \(export(?: \d+)?\)$", "", column) for column in extra}
    return [column for column in extra if {column.casefold(), as_exported[column].casefold()} & taken]


def has_harm_column(long_list: pd.DataFrame, headings: pd.DataFrame) -> bool:
    """Whether the export said anything about the type of harm, if only by an empty column."""
    return CATEGORIES_FIELD in set(headings["Field"]) or bool(long_list["Type of harm"].notna().any())


def column_of(long_list: pd.DataFrame, headings: pd.DataFrame, field: str) -> str | None:
    """The column of LongList that holds the export's cells for a field which has no column of ours, such as team."""
    for name, heading in zip(headings["Field"], headings["Heading"], strict=True):
        if name == field:
            for column in (f"{heading} (export)", str(heading)):
                if column in long_list.columns:
                    return column
    return None
