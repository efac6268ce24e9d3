"""The formulas that say of whom the sample is: domain/narrowing/people_counted.py, once more, for Excel."""

from __future__ import annotations

from xl_dipsample.domain.narrowing import people_counted, stages
from xl_dipsample.domain.narrowing.people_counted import CONTACTS, OF_AGE, PEOPLE, ROWS, SAMPLE, Counted
from xl_dipsample.workbook.sheets.parts.count_formulas import count
from xl_dipsample.workbook.sheets.parts.layout import Book

LONG_LIST = f'INDEX(Funnel[Remaining],MATCH("{stages.LONG_LIST}",Funnel[Stage],0))'
_IN_FUNNEL = f'INDEX(Funnel[Remaining],MATCH("{stages.SAMPLE}",Funnel[Stage],0))'


def counted(book: Book) -> Counted | None:
    """Who is in the sample, of whom; None in a working workbook that is not narrowed down yet."""
    return people_counted.of_working(book.tables) if book.kind == "working" else people_counted.of_review(book.tables)


def number(who: str, heading: str) -> str:
    """A number of the table YoungPeople; an error in a workbook that has none."""
    return f'INDEX(YoungPeople[{heading}],MATCH("{who}",YoungPeople[{people_counted.WHO}],0))'


def cases(book: Book) -> str:
    """How many rows of the sample there are now."""
    return _IN_FUNNEL if book.kind == "working" else count().removeprefix("=")


def young_people(now: str) -> str:
    """Young people in the sample now; '' when not known. `now`: how many rows of the sample there are now."""
    people, rows = number(SAMPLE, PEOPLE), number(SAMPLE, ROWS)
    return f'IFERROR(IF({now}>={rows},{people},IF({people}={rows},{now},"")),"")'


def sentence(book: Book) -> str:
    """`Counted.in_words`; an error while nothing is known."""
    now = cases(book)
    rows = _part(now, LONG_LIST, people_counted.ROWS_OF)
    contacts = _part(now, number(OF_AGE, CONTACTS), people_counted.CONTACTS_OF)
    people = _part(young_people(now), number(OF_AGE, PEOPLE), people_counted.YOUNG_PEOPLE)
    by_contact = f"ISNUMBER({number(OF_AGE, CONTACTS)})"
    are = '&" are in the sample ("&'
    beside = f'IF({by_contact},{contacts}&"; ","")&{rows}&")"'
    unknown = f'"{people_counted.SOME_LEFT}; "&{rows}&")"'
    only_rows = f'{rows}{are}"{people_counted.NOT_COUNTED})"'
    return (
        f"IF(ISNUMBER({number(OF_AGE, PEOPLE)}),"
        f"IF(ISNUMBER({young_people(now)}),{people}{are}{beside},{contacts}{are}{unknown}),{only_rows})"
    )


def _part(now: str, whole: str, of_whom: str) -> str:
    return f'TEXT({now},"#,##0")&" of "&TEXT({whole},"#,##0")&" {of_whom}"'
