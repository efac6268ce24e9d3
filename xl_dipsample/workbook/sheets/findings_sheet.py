"""Findings: how many are decided."""

from __future__ import annotations

from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout

_EMPTY = "Empty: Refresh analysis fills this sheet."
_THERE = '((Findings[Finding]<>"")+(Findings[In your words]<>"")>0)'


def layout(book: Book) -> Layout:
    """The state: as of when, and how many of the lines have an answer in Keep?."""
    return Layout(state=table_places.state(_formula(), _value(book)))


def _formula() -> str:
    there = f"SUMPRODUCT(--{_THERE})"
    kept = table_places.true_where('TRIM(Findings[Keep?])<>""')
    decided = f"SUMPRODUCT({_THERE}*{kept})"
    as_of = 'IF(analysed_on="","","As of "&analysed_on&": ")'
    told = f'{as_of}&{decided}&" of "&{there}&IF({there}=1," finding"," findings")&" decided"'
    return f'=IF({there}=0,"{_EMPTY}",{told})'


def _value(book: Book) -> str:
    findings = book.tables["Findings"]
    lines = zip(findings["Finding"], findings["In your words"], findings["Keep?"], strict=True)
    there = [
        excel_text(keep) for sentence, words, keep in lines if sentence not in (None, "") or words not in (None, "")
    ]
    if not there:
        return _EMPTY
    when = excel_text(book.values.get("analysed_on"))
    decided = sum(keep != "" for keep in there)
    as_of = f"As of {when}: " if when else ""
    return f"{as_of}{decided} of {plural(len(there), 'finding')} decided"
