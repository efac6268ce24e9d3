"""What ExcelHost refuses, each with one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem, WorkbookProblem
from xl_dipsample.workbook.hosts.excel import busy


def read_only(book: str) -> FileProblem:
    """The refusal of a workbook that Excel cannot save."""
    return FileProblem(
        "read-only",
        f"{book} is open only to be read: somebody else has it open, it is open in another Excel window, or it is"
        " marked as final. Close it there, open it here again, and try again.",
    )


def protected(sheet: str) -> WorkbookProblem:
    """The refusal to write on a protected sheet."""
    return WorkbookProblem(
        "protected-sheet",
        f"The sheet {sheet} is protected, so nothing can be written there. Switch the protection off (Review,"
        " Unprotect Sheet), and try again.",
    )


def headings_hidden(sheet: str, table: str) -> WorkbookProblem:
    """The refusal to write a table whose headings do not show."""
    return WorkbookProblem(
        "headings-hidden",
        f"The table {table} on the sheet {sheet} does not show its headings. Switch them on (Table Design, Header Row),"
        " and try again.",
    )


def not_put_back(book: str) -> WorkbookProblem:
    """What is left to say when the way back fails too."""
    return WorkbookProblem(
        "not-put-back",
        f"Excel stopped in the middle, and what was there could not be put back. Close {book} without saving it, open"
        " it again, and try again.",
    )


@contextmanager
def one_sentence(what: str, book: str) -> Iterator[None]:
    """An error of Excel's own becomes a sentence."""
    try:
        yield
    except DipSampleError:
        raise
    except Exception as error:
        if not busy.is_from_excel(error):
            raise
        raise WorkbookProblem(
            "excel-refused",
            f"Excel refused to {what} {book}. Nothing was changed. Close boxes that are open in Excel, see that no"
            " sheet is protected or shared, and try again.",
        ) from error
