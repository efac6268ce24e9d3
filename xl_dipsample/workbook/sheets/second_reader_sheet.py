"""Second reader: how many cases were read twice, how many differences there are to talk through."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell

EMPTY = "Empty: Second reader draws the cases, and fills this sheet once they are read."
_HEAD_ROW = 4
AGREE, DIFFER = "How far the two agree", "Where they differ: talk it through, and keep what you agreed"
_WHEN = "dd/mm/yyyy hh:mm:ss"


def layout(book: Book) -> Layout:
    """The state in A3, and a title above each of the two tables."""
    made = Layout()
    made.cells += [LiveCell(_HEAD_ROW, 1, AGREE, None, "section"), LiveCell(_HEAD_ROW, 11, DIFFER, None, "section")]
    made.state = table_places.state(_formula(), _state(book))
    return made


def _formula() -> str:
    there = 'SUMPRODUCT(--(Agreement[Question]<>""))'
    listed = 'SUMPRODUCT(--(SecondReader[Question]<>""))'
    agreed = 'SUMPRODUCT((SecondReader[Question]<>"")*(TRIM(SecondReader[Agreed answer])<>""))'
    return (
        f'=IF({there}=0,"{EMPTY}","As of "&TEXT(MAX(Agreement[As of]),"{_WHEN}")&": cases read twice: "'
        f'&MAX(Agreement[Read twice])&"; differences listed: "&{listed}&", with an agreed answer: "&{agreed}&".")'
    )


def _state(book: Book) -> str:
    agreement, differences = book.tables["Agreement"], book.tables["SecondReader"]
    if not any(excel_text(question) for question in agreement["Question"]):
        return EMPTY
    when = max((one for one in agreement["As of"] if isinstance(one, dt.datetime)), default=None)
    twice = max((int(n) for n in agreement["Read twice"] if isinstance(n, (int, float)) and not pd.isna(n)), default=0)
    listed = [excel_text(question) != "" for question in differences["Question"]]
    agreed = [excel_text(answer) != "" for answer in differences["Agreed answer"]]
    both = sum(one and other for one, other in zip(listed, agreed, strict=True))
    shown = "00/01/1900 00:00:00" if when is None else when.strftime("%d/%m/%Y %H:%M:%S")
    return (
        f"As of {shown}: cases read twice: {twice}; differences listed: {sum(listed)}, with an agreed answer: {both}."
    )
