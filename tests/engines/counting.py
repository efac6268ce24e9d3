"""Counts what xlwings asks of an engine, so that a test can say: no more calls for more rows."""

from __future__ import annotations

import functools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_FREE = {"api", "coords", "engine", "options"}  # these ask Excel nothing
_COUNTED_TOO = {"__call__", "__len__", "__getitem__", "__contains__"}


class Calls:
    """How often each member of the engine was used from outside; `before` may raise to play a busy Excel."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.before: Callable[[str], None] | None = None
        self.depth = 0
        self.seconds = 0.0  # that the calls took

    @property
    def total(self) -> int:
        return self.made.total()

    def __repr__(self) -> str:
        return f"{self.total} calls: " + ", ".join(f"{name} {count}" for name, count in self.made.most_common())


CALLS = Calls()


@contextmanager
def counting() -> Iterator[Calls]:
    """The calls made inside. `with counting() as calls: ...; calls.total`."""
    before, CALLS.made = CALLS.made, Counter()
    found = Calls()
    try:
        yield found
    finally:
        found.made = CALLS.made
        CALLS.made = before + found.made


@contextmanager
def trouble(before: Callable[[str], None]) -> Iterator[None]:
    """Inside, `before` sees the name of each call first and may raise."""
    earlier, CALLS.before = CALLS.before, before
    try:
        yield
    finally:
        CALLS.before = earlier


def _counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        if CALLS.depth:
            return function(*args, **kwargs)
        CALLS.made[name] += 1
        if CALLS.before:
            CALLS.before(name)
        CALLS.depth += 1
        begin = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            CALLS.depth -= 1
            CALLS.seconds += time.perf_counter() - begin

    return call


class Counted:
    """Every public member of a subclass is counted, once for a call from outside."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, member in list(vars(cls).items()):
            label = f"{cls.__name__}.{name}"
            if name in _FREE or (name.startswith("_") and name not in _COUNTED_TOO):
                continue
            if isinstance(member, property):
                getter = _counted(label, member.fget) if member.fget else None
                setter = _counted(f"{label}=", member.fset) if member.fset else None
                setattr(cls, name, property(getter, setter))
            elif callable(member) and not isinstance(member, type):
                setattr(cls, name, _counted(label, member))
