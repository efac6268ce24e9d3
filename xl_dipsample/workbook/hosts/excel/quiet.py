"""Excel keeps still while we write: no drawing, no calculation, no events, no boxes; afterwards all is as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from xl_dipsample.workbook.hosts.excel.busy import patient

Settings = tuple[tuple[str, Any], ...]
# What is switched off, in this order; put back in the opposite one.
BOXES: Settings = (("display_alerts", False), ("enable_events", False))
ALL: Settings = (("screen_updating", False), *BOXES, ("calculation", "manual"))


@contextmanager
def quiet(app: Any, settings: Settings = ALL) -> Iterator[None]:
    """Keep the program still, and put every setting back, even after an error and each whatever befalls the others.

    A program that lacks one of the settings is left as it is. Not while saving with ALL: how to calculate is saved too.
    """
    before: list[tuple[str, Any]] = []
    try:
        for name, value in settings:
            with suppress(NotImplementedError, AttributeError):
                was = _get(app, name)
                before.append((name, was))
                if was != value:
                    _set(app, name, value)
        yield
    finally:
        _put_back(app, before)


def _put_back(app: Any, before: list[tuple[str, Any]]) -> None:
    problems: list[BaseException] = []
    for name, value in reversed(before):
        try:
            _set(app, name, value)
        except Exception as problem:
            problems.append(problem)
    if problems:
        raise problems[0]


@patient
def _get(app: Any, name: str) -> Any:
    return getattr(app, name)


@patient
def _set(app: Any, name: str, value: Any) -> None:
    setattr(app, name, value)
