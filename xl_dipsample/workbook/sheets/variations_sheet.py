"""Variations: as of when the groups were compared, how many cases and tests that rests on, and what "clear" means."""

from __future__ import annotations

from xl_dipsample.domain.analysis import variations
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.statistics import FEW
from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell

EMPTY = "Empty: Refresh analysis fills this sheet."
WHOLE = "Age band"  # every case has a band, so its groups add up to all cases compared
SIDES = " cases above or below the line, "
NEITHER = " on neither side or without an outcome. Comparisons made: "
CLEAR = "; clear differences: "
_READING = (
    f"Progressed: Child in Need or above. Groups with {FEW} cases or more are compared with all others by Fisher's"
    " exact test; more or less often is said only when that holds over all comparisons made here (Holm)."
)


def layout(book: Book) -> Layout:
    """Two sentences above the table."""
    table = book.tables["Variations"]
    is_there = 'SUMPRODUCT(--(Variations[By]<>""))'
    sides, neither = (f'SUMIF(Variations[By],"{by}",Variations[Cases])' for by in (WHOLE, variations.NEITHER))
    made = "SUMPRODUCT(--ISNUMBER(Variations[p of this test]))"
    clear = 'SUMPRODUCT(--ISNUMBER(FIND(" often, by ",Variations[In words])))'
    as_of = 'IF(analysed_on="","","As of "&analysed_on&": ")'
    counted = f'{sides}&"{SIDES}"&{neither}&"{NEITHER}"&{made}&"{CLEAR}"&{clear}'
    formula = f'=IF({is_there}=0,"{EMPTY}",{as_of}&{counted})'
    value = EMPTY
    if any(excel_text(by) for by in table["By"]):
        tests, found = variations.number_of_tests(table), variations.number_clear(table)
        counted = f"{_cases(book, WHOLE)}{SIDES}{_cases(book, variations.NEITHER)}{NEITHER}{tests}{CLEAR}{found}"
        when = excel_text(book.values.get("analysed_on"))
        value = f"As of {when}: {counted}" if when else counted
    return Layout(cells=[LiveCell(4, 1, _READING, None, "note")], state=table_places.state(formula, value))


def _cases(book: Book, by: str) -> int:
    """The cases of all groups made by `by`."""
    table = book.tables["Variations"]
    numbers = [
        n for one, n in zip(table["By"], table["Cases"], strict=True) if one == by and isinstance(n, int | float)
    ]
    return int(sum(numbers))
