"""Saving the open workbook, copying it, and opening what an action made. Boxes of Excel's own stay away meanwhile."""

from __future__ import annotations

import contextlib
import os
import uuid
from pathlib import Path
from typing import Any

from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem
from xl_dipsample.workbook.host import Ui
from xl_dipsample.workbook.hosts.excel import busy, com
from xl_dipsample.workbook.hosts.excel.quiet import BOXES, quiet

_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xls", ".csv")


def save(book: Any) -> None:
    """Save as Excel does. Raises FileProblem."""
    try:
        with quiet(book.app, BOXES):
            _save(book)
    except Exception as error:
        if not busy.is_from_excel(error):
            raise
        raise FileProblem(
            "cannot-save",
            f"Excel could not save {book.name}, so nothing was changed. See that the drive or network can be reached"
            " and that nobody else is saving it, and try again.",
        ) from error


@busy.patient
def _save(book: Any) -> None:
    book.save()


def save_copy(book: Any, path: Path) -> None:
    """Write a copy; it takes its name only when it is whole. Raises FileProblem."""
    if not path.parent.is_dir():
        raise FileProblem("no-such-folder", f"There is no folder {path.parent}. Make it, or choose another.")
    half = path.with_name(f".dipsample-{uuid.uuid4().hex}{path.suffix}")
    try:
        with quiet(book.app, BOXES):
            com.save_copy_as(book, str(half))
        os.replace(half, path)  # noqa: PTH105
    except OSError as error:
        raise FileProblem(
            "cannot-write",
            f"{path.name} cannot be written: somebody has it open, or you may not write there. Close it and try again.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)


def close(book: Any) -> None:
    """Close a workbook that was just saved."""
    with quiet(book.app, BOXES):
        _close(book)


@busy.patient
def _close(book: Any) -> None:
    book.close()


def opened_again(app: Any, path: Path) -> Any:
    """Open a workbook that was closed for a moment. Raises FileProblem."""
    try:
        return _open(app, path)
    except Exception as error:
        if not (busy.is_from_excel(error) or isinstance(error, (OSError, ValueError))):
            raise
        raise FileProblem(
            "not-opened-again", f"Excel did not open {path.name} again. Open it yourself, and press the button again."
        ) from error


def open_beside(app: Any, path: Path, ui: Ui) -> None:
    """Open a workbook in the same Excel; anything else, and what will not open, is told."""
    if path.suffix.lower() not in _WORKBOOKS:
        ui.tell(f"Made: {path}")
        return
    try:
        _open(app, path)
    except ValueError:  # what xlwings raises for this alone
        ui.tell(f"Made, but another workbook of that name is open in Excel: close it, then open {path}")
    except Exception as error:
        if not (busy.is_from_excel(error) or isinstance(error, (OSError, DipSampleError))):
            raise
        ui.tell(f"Made, but Excel did not open it. Open it yourself: {path}")


@busy.patient
def _open(app: Any, path: Path) -> Any:
    return app.books.open(str(path))
