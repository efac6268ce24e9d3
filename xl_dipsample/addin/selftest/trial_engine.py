"""The program that the self-test works in: an Excel of its own, hidden, beside whatever the person has open."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xl_dipsample.addin.selftest.contract.live_program import HostOf
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.files.windows import Windows
from xl_dipsample.workbook.host import Host, Ui

if TYPE_CHECKING:
    import xlwings as xw

_PATIENCE = 20.0  # seconds that Excel gets to end by itself


def _excel_host(book: Any, ui: Ui) -> Host:
    from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

    return ExcelHost.of(book, ui)


@dataclass(frozen=True)
class Engine:
    """A spreadsheet program that can be started. Tests give another one than Excel.

    `start` gives a fresh instance and ends it, also after an error; `calls` counts what the program is asked.
    """

    name: str
    start: Callable[[], AbstractContextManager[xw.App]]
    host_of: HostOf = _excel_host
    calls: Callable[[], int] | None = None
    windows: Windows = field(default_factory=Windows)


def excel() -> Engine:
    """Excel on this PC."""
    return Engine("Excel", own_excel)


@contextmanager
def own_excel() -> Iterator[xw.App]:
    """An instance of Excel of our own, hidden. Raises WorkbookProblem when there is no Excel here.

    It is a process of its own, so that workbooks which the person has open are out of reach. It is ended also after
    errors, and only it: xlwings' own `quit` would end every Excel that has no window.
    """
    windows = Windows()
    if not windows.is_windows() or windows.excel_program() is None:
        raise WorkbookProblem(
            "no-excel", "There is no Excel on this computer: run the self-test on a Windows PC that has Excel."
        )
    import xlwings as xw

    _leave_other_excels_alone()
    try:
        app = xw.App(visible=False, add_book=False)
        process = int(app.pid)
    except Exception as error:
        raise WorkbookProblem(
            "excel-does-not-start",
            "Excel could not be started for the self-test. Open Excel once by hand, close what it asks, and try again.",
        ) from error
    try:
        app.display_alerts = False
        yield app
    finally:
        _quit(app, process, windows)


def _leave_other_excels_alone() -> None:
    """At the end xlwings ends every Excel without a window; one of those may be somebody else's work."""
    engine = sys.modules.get("xlwings._xlwindows")
    if engine is not None:
        atexit.unregister(engine.cleanup)


def _quit(app: xw.App, process: int, windows: Windows) -> None:
    """Close our workbooks unsaved and end our Excel; when it does not end, end its process, and only that."""
    with contextlib.suppress(Exception):  # it may be gone already
        for book in list(app.books):
            book.close()
    with contextlib.suppress(Exception):
        app.api.Quit()
    with contextlib.suppress(Exception):
        app.impl.xl = None  # Excel ends when nobody holds it any more
    until = time.monotonic() + _PATIENCE
    while windows.excel_running(process) and time.monotonic() < until:
        time.sleep(0.2)
    if windows.excel_running(process):
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGTERM)
