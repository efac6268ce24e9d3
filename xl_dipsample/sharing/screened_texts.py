"""Which texts of a review workbook are checked for names: every cell of our tables that somebody can have typed into.

That is more than the columns that people are asked to fill: Excel lets anybody overtype a count or a label, and the
release copy would carry it along. What is only worth a look is shown for what people are asked to fill alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import pandas as pd

from xl_dipsample.domain.pseudonymise.unique_id import fault
from xl_dipsample.domain.review import question_packs
from xl_dipsample.domain.shared import lead_lists, standing
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.exports import room
from xl_dipsample.privacy.names.text_check import Text
from xl_dipsample.sharing import own_cells
from xl_dipsample.workbook.specs import columns, defaults, spec

FIRST = ("Review", "SetAside")  # of a child's row, what people typed comes before what was made from it
HISTORY = ("Start", "Audit")  # rows that nothing is replaced in
UNIQUE_ID = "Unique ID"
INITIALS = ("Reviewer", "Initials", "Who")  # what is only worth a look would be every one of them
DATE_OF_BIRTH = "date-of-birth"  # of a date or serial number, the only rule that is asked
_QUESTIONS, _TERMS = "Questions", "Terms"
_FORMULA, _PEOPLE = "formula", "people"


@dataclass(frozen=True)
class _Column:
    """How one column is read: words that are no finding, and whether what is only worth a look is shown."""

    known: frozenset[str]
    weak: bool
    own: bool  # added by people: every number in it is read
    numbers: bool = True
    copy: bool = False  # made from what stands in Review
    by_hand: bool = False


def texts_of(frames: Mapping[str, pd.DataFrame], wanted: Callable[[str], bool] | None = None) -> list[Text]:
    """Every text of the tables given (by name, as a host reads them) that can hold an identifier, table by table.

    Dates and numbers are texts too: a date as 2009-03-07. Cells that are as in the template, words of our own
    drop-down lists, formulas and unique IDs are left out, and so are the texts that are not `wanted`. Raises
    WorkbookProblem for more than can be read for names, as when rows were pasted below a table that people do not fill.
    """
    asks = lru_cache(maxsize=None)(wanted) if wanted else None  # many tables repeat what stands in Review
    asked = columns.questions(frames.get(_QUESTIONS))
    largest = own_cells.largest_count(frames.get("Funnel"))
    found: list[Text] = []
    read = 0  # characters
    for name in dict.fromkeys([*FIRST, *(table.name for table in spec.tables("review"))]):
        if name in frames:
            counts = largest if name in own_cells.COUNTED else own_cells.LEAST_NUMBER - 1
            for one in _of_table(spec.table("review", name), frames[name], asked, asks, counts):
                found.append(one)
                read += len(one.text)
                if not wanted and _is_too_much(len(found), read):  # who looks for shapes alone is quick enough
                    raise _too_much(found)
    return found


def _is_too_much(texts: int, characters: int) -> bool:
    return texts > room.MOST_READ_FOR_NAMES or characters > room.MOST_CHARACTERS_FOR_NAMES


def _too_much(found: list[Text]) -> WorkbookProblem:
    """The refusal of more than is read for names; it names the sheet that most of it stands on."""
    sheet, _ = Counter(one.sheet for one in found).most_common(1)[0]
    return WorkbookProblem(
        "too-much-to-read",
        f"There are more words than can be looked through for names at once, most of them on {sheet}: delete the rows"
        " there that belong to no case of this sample, save the workbook, and try again.",
    )


def _of_table(
    table: spec.Table,
    frame: pd.DataFrame,
    asked: list[columns.Question],
    asks: Callable[[str], bool] | None,
    largest: int,
) -> Iterator[Text]:
    top = standing.first_row(frame, table.first_row) - 1  # the Excel row of the headings
    ids = frame[UNIQUE_ID].tolist() if UNIQUE_ID in frame.columns else [None] * len(frame)
    names = [name if _is_id(name) else None for name in map(trimmed, ids)]
    scope = _scopes(table, frame, names)
    settings = [trimmed(cell) for cell in frame.iloc[:, 0]] if len(frame.columns) else []
    for heading in frame.columns:
        how = _how(table, str(heading), asked)
        if how is None:
            continue
        if how.own and heading not in [one.heading for one in asked] and (asks is None or asks(heading)):
            where = f"{table.sheet}, headings"
            yield Text(table.name, table.sheet, -1, top, heading, None, where, heading, by_hand=True, own=True)
        for index, value in enumerate(frame[heading].tolist()):
            dated = isinstance(value, dt.date) and own_cells.is_date(table, str(heading), settings[index])
            words = _words(value, how, largest)
            if words is None or (dated and not names[index]) or own_cells.is_month(table.name, str(heading), value):
                continue
            if (heading == UNIQUE_ID and _is_id(words)) or not (asks is None or asks(words)):
                continue
            yield Text(
                table.name, table.sheet, index, top + 1 + index, str(heading),
                names[index], scope(index), words,
                weak=how.weak and isinstance(value, str),
                by_hand=how.by_hand,
                whole=not isinstance(value, str),
                copy_of=how.copy,
                own=how.own,
                only=DATE_OF_BIRTH if isinstance(value, dt.date) else "",
                of_row=dated,
            )  # fmt: skip


def _words(value: object, how: _Column, largest: int) -> str | None:
    """The text of a cell that is to be checked, None for others."""
    if isinstance(value, str):
        if value.strip() in how.known:
            return None
        return None if {part.strip() for part in value.split(";")} <= how.known else value
    if not how.numbers or value is None or isinstance(value, bool):
        return None
    if isinstance(value, dt.date):
        return (value.date() if isinstance(value, dt.datetime) else value).isoformat()
    is_count = isinstance(value, (int, float)) and abs(value) <= largest
    return None if is_count and not how.own else trimmed(value)


def _how(table: spec.Table, heading: str, asked: list[columns.Question]) -> _Column | None:
    """How a column is read; None for one that is not."""
    if heading == UNIQUE_ID:
        return _Column(frozenset(), weak=False, own=False, by_hand=True)
    of_table = table if heading in table.headings else spec.table("review", "Review")
    if heading not in of_table.headings:
        choices = next((one.choices for one in asked if one.heading == heading), ())
        return _Column(frozenset(choices), weak=True, own=True)
    column = of_table.column(heading)
    if column.by == _FORMULA:
        return None
    known = _by_default(of_table.name) | set(spec.lists().get(column.list, ()))
    known |= {word for name in of_table.cell_lists.values() for word in spec.lists()[name]}
    if table.name == _QUESTIONS:
        known |= question_packs.texts()
    if heading in spec.table("review", _TERMS).headings:  # Language repeats what the shipped terms say
        known |= _by_default(_TERMS)
    if heading in ("Type of harm", "Category"):
        known |= set(spec.lists()["categories"])
    typed = column.by == _PEOPLE or (table.name, heading) == ("Findings", "Finding")
    return _Column(
        frozenset(known),
        weak=typed and heading not in INITIALS and not column.letters,
        own=False,
        numbers=column.share or column.by == _PEOPLE,
        copy=not typed and table.name not in FIRST and UNIQUE_ID in table.headings,
        by_hand=table.name == _QUESTIONS or table.name in HISTORY,
    )


@cache
def _by_default(table: str) -> frozenset[str]:
    """The texts that the template has in a table."""
    rows = defaults.rows(spec.table("review", table))
    return frozenset(str(cell).strip() for row in rows for cell in row if cell is not None)


def _scopes(table: spec.Table, frame: pd.DataFrame, names: list[str | None]) -> Callable[[int], str]:
    """Whose decisions count in a row: the unique ID's; without one, those of the row as it is now.

    Worked out for the rows of which a text is checked: most have none.
    """
    settings = {str(row[0]) for row in table.rows}
    # the words by which a workbook was laid out are those of My lists, and what was decided of these holds
    sheet = spec.table("review", lead_lists.TABLE).sheet if table.name == lead_lists.GIVEN else table.sheet
    first = frame[table.key[0]].tolist() if table.key[0] in frame.columns else [None] * len(frame)

    @cache
    def scope(index: int) -> str:
        name = names[index]
        if name is not None:
            return name
        setting = trimmed(first[index])
        row = [setting] if setting else [trimmed(frame.iat[index, place]) for place in range(len(frame.columns))]
        return f"{sheet}, {setting if setting in settings else _mark(row)}"

    return scope


@lru_cache(maxsize=4096)
def _is_id(text: str) -> bool:
    """Whether a text can be a unique ID; the same ones stand in many tables."""
    return not fault(text)


def _mark(row: list[str]) -> str:
    return hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).hexdigest()[:12]
