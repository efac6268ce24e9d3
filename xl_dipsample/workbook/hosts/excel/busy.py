"""Excel that does not answer: a few attempts with short waits, then one sentence. Never an endless loop.

Where somebody can be asked (`asking`), a question comes before that sentence: try again, or stop?

Excel rejects calls while a cell is being edited, a box is open or it calculates. xlwings repeats such calls for
ever; `limit_xlwings` makes it hand the refusal to us.
"""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from xl_dipsample.domain.shared.errors import WorkbookProblem

P = ParamSpec("P")
T = TypeVar("T")

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 1.6)  # seconds between the attempts: under five in all
_REJECTED = 0x80010001  # RPC_E_CALL_REJECTED
_RETRY_LATER = 0x8001010A  # RPC_E_SERVERCALL_RETRYLATER
_IN_EDIT_MODE = 0x800AC472  # what Excel itself says while a cell is being edited
_BUSY = frozenset((_REJECTED, _RETRY_LATER, _IN_EDIT_MODE))

_try_again: ContextVar[Callable[[], bool] | None] = ContextVar("try_again", default=None)


def is_busy(error: BaseException) -> bool:
    """Whether an error means that Excel cannot listen just now; looks at its numbers, needs no pywin32."""
    return type(error).__name__ == "ExcelBusyError" or not _BUSY.isdisjoint(_numbers(error))


def is_from_excel(error: BaseException) -> bool:
    """Whether an error comes from Excel (COM), not from our own code."""
    return hasattr(error, "hresult") or type(error).__name__ == "ExcelBusyError"


def _numbers(error: BaseException) -> set[int]:
    """Every whole number that an error carries, also inside tuples, as 32 bits without a sign."""
    found: set[int] = set()
    waiting: list[object] = [getattr(error, "hresult", None), error.args]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting.extend(one)
        elif isinstance(one, int):
            found.add(one & 0xFFFFFFFF)
    return found


def problem() -> WorkbookProblem:
    """The refusal when Excel does not answer."""
    return WorkbookProblem(
        "excel-busy",
        "Excel is busy, or a cell is being edited. Press Esc in Excel, close any box that is open, and try again.",
    )


@contextmanager
def asking(try_again: Callable[[], bool]) -> Iterator[None]:
    """Inside it, an Excel that stays busy is a question: `try_again` says whether to wait once more."""
    token = _try_again.set(try_again)
    try:
        yield
    finally:
        _try_again.reset(token)


def patient(call: Callable[P, T]) -> Callable[P, T]:
    """A call into Excel that is repeated while Excel is busy. It must do the same however often it runs.

    Raises WorkbookProblem when Excel stays busy and nobody wants to try again; other errors go through.
    """

    @functools.wraps(call)
    def repeated(*args: P.args, **kwargs: P.kwargs) -> T:
        while True:
            for wait in (*WAITS, 0.0):
                try:
                    return call(*args, **kwargs)
                except Exception as error:
                    if not is_busy(error):
                        raise
                    refused = error
                time.sleep(wait)
            asked = _try_again.get()
            if asked is None or not asked():
                raise problem() from refused

    return repeated


class _NotReady(Exception):
    """Excel said that it takes no orders now."""

    hresult = _IN_EDIT_MODE


@patient
def until_ready(ready: Callable[[], bool]) -> None:
    """Wait until Excel takes orders. Raises WorkbookProblem as a rejected call does."""
    if not ready():
        raise _NotReady


def limit_xlwings() -> None:
    """Let xlwings try once, where it is the one for Windows; without this it repeats for ever."""
    engine = sys.modules.get("xlwings._xlwindows")
    if engine is not None:
        engine.N_COM_ATTEMPTS = 1  # type: ignore[attr-defined]
