"""What is open in Excel now, as the desk shows it: the workbook, its kind, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xl_dipsample.addin.press import press
from xl_dipsample.addin.press.excel_ui import ExcelUi
from xl_dipsample.files.windows import Windows

if TYPE_CHECKING:
    import xlwings as xw


@dataclass(frozen=True)
class OpenWorkbook:
    """`process`: Excel's; `full_name`: what Excel calls the workbook; `kind`: '' for none of ours; `next_step`: or ''.

    >>> OpenWorkbook(4711, "C:/share/review.xlsx", "review.xlsx", "review").kind_words
    'review workbook'
    """

    process: int
    full_name: str
    name: str
    kind: str = ""
    next_step: str = ""

    @property
    def kind_words(self) -> str:
        """What kind of workbook it is, in words."""
        from xl_dipsample.actions.running.runner import KIND_WORDS

        return KIND_WORDS.get(self.kind, "none of our workbooks")


def look(windows: Windows) -> OpenWorkbook | None:
    """The workbook that is on screen in the Excel in use; None when no Excel runs, or it has none, or is busy."""
    try:
        app = _app()
        book = press.book_of(app)
        if app is None or book is None:
            return None
        return _seen(app, book, windows)
    except Exception:  # an Excel that does not answer now is looked at the next time
        return None


def _app() -> xw.App | None:
    import xlwings

    from xl_dipsample.workbook.hosts.excel.busy import limit_xlwings

    limit_xlwings()
    press.leave_other_excels_alone()
    return xlwings.apps.active


def _seen(app: xw.App, book: xw.Book, windows: Windows) -> OpenWorkbook:
    from xl_dipsample.domain.shared.errors import DipSampleError
    from xl_dipsample.workbook.hosts.excel.com import full_name
    from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

    called = full_name(book)
    name = press.file_name(called)
    try:
        host = ExcelHost(book, ExcelUi(app, windows=windows), windows=windows)
        return OpenWorkbook(app.pid, called, name, host.kind, press.next_step(host))
    except DipSampleError:  # another program's workbook
        return OpenWorkbook(app.pid, called, name)
