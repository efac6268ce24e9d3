"""A live LibreOffice Calc as an xlwings engine: the same xlwings calls as in Excel, in a real spreadsheet program.

    with calc_app() as app:
        book = app.books.open("workbook.xlsx")
        book.sheets["Sheet1"]["A1"].value = "12"  # a number, as in Excel, unless the cell is '@'

Tests only. It takes and gives values as Excel does over COM, tells tables, names and filters, and counts the calls.
`counting()` says how many calls something made; `trouble(before)` lets calls fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import xlwings as xw

from tests.engines.calc_app import App, CalcEngine
from tests.engines.coercion import Refused
from tests.engines.counting import CALLS, Calls, counting, trouble
from tests.engines.office import Office
from tests.engines.uno_module import CannotRun

__all__ = ["CALLS", "Calls", "CannotRun", "Office", "Refused", "calc_app", "counting", "engine", "trouble"]

ENGINE = CalcEngine()


def engine() -> xw.Engine:
    """The engine, registered with xlwings once."""
    if ENGINE.name not in xw.engines.engines_by_name:
        xw.engines.add(xw.Engine(impl=ENGINE))
    return xw.engines[ENGINE.name]


@contextmanager
def calc_app(office: Office | None = None) -> Iterator[xw.App]:
    """An app that is the active one of xlwings inside; every workbook is closed at the end, none saved.

    With `office` it uses that LibreOffice and leaves it running; without, it starts one and ends it. Raises
    CannotRun when there is no LibreOffice, or Python has no bridge to it.
    """
    before = xw.engines.active
    app = App(office or Office(), ENGINE, shared=office is not None)
    engine().activate()
    try:
        yield xw.App(impl=app)
    finally:
        xw.engines.active = before
        app.quit()
