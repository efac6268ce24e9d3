"""Whether Review still holds the rows that Pseudonymise gave: in words, and as a formula that follows typing."""

from __future__ import annotations

from xl_dipsample.domain.review import given_rows
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.workbook.sheets.parts.layout import Book

UNKNOWN = "Not known: they are remembered from the next Pseudonymise on"
_GIVEN, _THERE = "GivenRows[Unique ID]", "Review[Unique ID]"


def told(book: Book) -> tuple[str, str]:
    """How many rows were given, are missing, stand there twice or have another unique ID; and the formula."""
    given = book.tables["GivenRows"]["Unique ID"].tolist()
    seen = given_rows.compare(book.tables["Review"]["Unique ID"].tolist(), given)
    total = sum(excel_text(one) != "" for one in given)
    number = f'SUMPRODUCT(--({_GIVEN}<>""))'
    # a row that is missing, and one that is no row of the record: whoever copies or mistypes an ID makes one of these
    missing = f'SUMPRODUCT(({_GIVEN}<>"")*ISNA(MATCH({_GIVEN},{_THERE},0)))'
    strange = f'SUMPRODUCT(({_THERE}<>"")*ISNA(MATCH({_THERE},{_GIVEN},0)))'
    rows = f'SUMPRODUCT(--({_THERE}<>""))'
    twice = f"({rows}-{strange}-{number}+{missing})"
    fault = f'"; missing: "&{missing}&", twice: "&{twice}&", with another unique ID: "&{strange}'
    formula = f'=IF({number}=0,"{UNKNOWN}",{number}&" given"&IF({missing}+{strange}+{twice}=0,", all there",{fault}))'
    if not total:
        return UNKNOWN, formula
    faults = (len(seen.missing), len(seen.doubled_rows) - len(seen.doubled), len(seen.strange))
    if not any(faults):
        return f"{total} given, all there", formula
    return f"{total} given; missing: {faults[0]}, twice: {faults[1]}, with another unique ID: {faults[2]}", formula
