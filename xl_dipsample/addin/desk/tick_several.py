"""Tick several: a list to tick for the marked cell of Review, in a column where a cell holds several words.

It types into that one cell of the open workbook what a person would type, the words joined by "; ". It saves nothing,
takes no copy for Undo and writes nothing on Audit, as typing does not either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from xl_dipsample.actions.running.action import Button, action
from xl_dipsample.domain.shared import word_lists
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Ui
from xl_dipsample.workbook.hosts.closed_file.references import Area
from xl_dipsample.workbook.hosts.excel import com, convert, looks, read_cells, refusals
from xl_dipsample.workbook.hosts.excel.busy import patient
from xl_dipsample.workbook.specs import columns, spec

TABLE = "Review"
JOINED = "; "
FROM_EXPORT = ". The next Pseudonymise writes the case system's words here again"
KINDS = ("review", "second")


@action(
    "tick",
    "Tick several",
    "Opens a list to tick for the marked cell of Review, where a cell holds several words. Types them there.",
    place=105,
    button=Button("Review", "FormControlCheckBox"),
)
class TickOptions:
    """What is marked in Excel is all it needs."""


@runtime_checkable
class InExcel(Protocol):
    """The ui of a press: Excel, and a window that asks for ticks."""

    app: Any

    def ticks(self, question: str, choices: Sequence[str], ticked: Sequence[str] = ()) -> list[str]:
        """Ask for any number of `choices`."""


def run(ui: Ui, options: TickOptions) -> Result:  # noqa: ARG001 - every action has the same shape
    """Ask for the words of the marked cell and type them. Figures: ticked. Raises WorkbookProblem."""
    result = Result("tick")
    if not isinstance(ui, InExcel):
        raise WorkbookProblem(
            "tick-in-excel", "Tick several needs a cell that is marked in Excel: press it on the ribbon or in the desk."
        )
    book, area = _marked(ui.app)
    heading, choices = _column(book, area, ui)
    there = read_cells.read_one(book, TABLE, area)
    own = words_in(there)
    listed = {word.casefold(): word for word in choices}
    ticked = [listed.get(word.casefold(), word) for word in own]
    besides = [word for word in ticked if word not in choices]
    question = f"{heading}\nTick all that hold for this case{FROM_EXPORT if heading in _from_export() else ''}"
    chosen = ui.ticks(question, [*choices, *besides], ticked)
    text = JOINED.join(chosen)
    if text != (excel_text(there) or ""):
        _type(book, area, text)
    result.figures = {"ticked": len(chosen)}
    return result


def words_in(value: object) -> list[str]:
    """The words of a cell that holds several, each once.

    >>> words_in("CSE; Gangs;CSE;"), words_in(None)
    (['CSE', 'Gangs'], [])
    """
    words = (word.strip() for word in (excel_text(value) or "").split(JOINED.strip()))
    return list(dict.fromkeys(word for word in words if word))


def _refused() -> WorkbookProblem:
    some = " or ".join(one.heading for one in spec.table("review", TABLE).columns if one.several)
    return WorkbookProblem(
        "nothing-to-tick",
        f"In the review workbook, mark one cell of Review in a column where a cell holds several words ({some}, or a "
        f"question of your own with {columns.SEVERAL}), and press Tick several again.",
    )


@patient
def _marked(app: Any) -> tuple[Any, Area]:
    """The workbook, and the one cell that is marked on Review."""
    marked = None if app is None or not len(app.books) else app.selection
    try:
        if marked is not None and marked.count == 1 and marked.sheet.name == TABLE:
            return marked.sheet.book, Area(marked.row, marked.column, marked.row, marked.column)
    except AttributeError:  # a chart is marked
        pass
    raise _refused()


def _column(book: Any, area: Area, ui: Ui) -> tuple[str, tuple[str, ...]]:
    """The heading above the cell, and the words to tick."""
    from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

    host = ExcelHost.of(book, ui)
    part = host.part(TABLE) if host.kind in KINDS else None
    if part is None or area.top <= part.area.top or not part.area.meets(area):
        raise _refused()
    if com.is_protected(book.sheets[TABLE]):
        raise refusals.protected(TABLE)
    heading = part.headings[area.left - part.area.left]
    choices = _choices(host, heading)
    if not choices:
        raise _refused()
    return heading, choices


def _from_export() -> set[str]:
    return {one.heading for one in spec.table("review", TABLE).columns if one.by == "us"}


def _choices(host: Any, heading: str) -> tuple[str, ...]:
    for one in spec.table("review", TABLE).columns:
        if one.heading == heading:
            return word_lists.words(one.list or one.words) if one.several else ()
    asked = columns.questions(host.read_table("Questions"))
    return next((one.choices for one in asked if one.heading == heading and one.type == columns.SEVERAL), ())


def _type(book: Any, area: Area, text: str) -> None:
    """Words stay words: in a cell of another format Excel would read "1-2" as a date."""
    prefixed = read_cells.number_format(book, TABLE, area) != looks.TEXT
    read_cells.write(book, TABLE, area, [convert.to_excel([text or None], prefixed=prefixed)])
