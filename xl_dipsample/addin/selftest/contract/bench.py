"""What a claim works with: a folder of its own, workbooks of ours that are made up, and hosts that open them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from xl_dipsample.addin.selftest.contract.expect import NotTried
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Host, Kind
from xl_dipsample.workbook.specs import spec

LABELS = ["Field", "Label as exported", "Rows", "Means", "Perhaps"]
SAMPLE_ID, SAMPLE_NAME = "S-1", "Autumn"
NAMED = {"sample_id": SAMPLE_ID, "sample_name": SAMPLE_NAME}


class Program(Protocol):
    """A spreadsheet program with workbooks open, for claims that make sense only there."""

    def opened_to_be_read(self, path: Path) -> Host:
        """The workbook, opened so that it cannot be saved. Raises what the host raises."""

    def filtered(self, host: Host, table: str) -> list[str]:
        """The headings of a table by which its rows are filtered now."""

    def hidden_rows(self, host: Host, table: str) -> list[int]:
        """The rows of a table's body, from 1, that do not show."""

    def hidden_columns(self, host: Host, table: str) -> list[str]:
        """The headings of a table whose columns do not show."""

    def state(self) -> dict[str, object]:
        """What the program is set to: screen updating, calculation, alerts, events, status bar."""

    def set_calculation(self, words: str) -> None:
        """Set to "automatic" or "manual"."""

    def refusing(self, write: int) -> AbstractContextManager[list[int]]:
        """Inside, the program refuses one write of cells, counted from 0; the list says which, once it did."""

    def select_and_show(self, host: Host, sheet: str) -> str:
        """Go to a sheet; gives the name of the sheet that is in front then."""

    def in_front(self, host: Host) -> str:
        """The name of the sheet that is in front."""

    def calls(self) -> int | None:
        """How many calls went to the program so far; None when nobody counts them."""


@dataclass
class Bench:
    """`opened` opens a workbook with the host under test, and opens it anew from the disk when it was open."""

    folder: Path
    opened: Callable[[Path], Host]
    program: Program | None = None
    made: int = field(default=0, init=False)

    @property
    def live(self) -> Program:
        """The program that has the workbooks open."""
        if self.program is None:
            raise NotTried("No spreadsheet program has the workbook open.")
        return self.program

    def workbook(self, kind: Kind = "working", **tables: pd.DataFrame) -> Path:
        """A workbook of ours in the folder; tables that are not given are as in a new one."""
        self.made += 1
        path = self.folder / (f"{kind}.xlsx" if self.made == 1 else f"{kind} {self.made}.xlsx")
        path.write_bytes(build(kind, tables, NAMED) if tables else _new(kind))
        return path

    def host(self, kind: Kind = "working", **tables: pd.DataFrame) -> Host:
        """Such a workbook, opened."""
        return self.opened(self.workbook(kind, **tables))

    def again(self, host: Host) -> Host:
        """The workbook saved, and opened anew from the disk."""
        host.save()
        return self.opened(host.path)


@cache
def _new(kind: Kind) -> bytes:
    """A workbook without rows, with which most claims begin."""
    return build(kind, {}, NAMED)


def frame(columns: list[str], *rows: list[Any]) -> pd.DataFrame:
    """A table's body."""
    return pd.DataFrame(rows, columns=columns, dtype=object)


def filled(made: pd.DataFrame, **cells: list[Any]) -> pd.DataFrame:
    """The frame with these columns filled, each value as it is; `_` in a name stands for a blank."""
    for name, column in cells.items():
        made[name.replace("_", " ")] = pd.Series(column, dtype=object)
    return made


def long_list(count: int, *more: str) -> pd.DataFrame:
    """Rows of the long list, numbered, otherwise blank; `more`: columns of the export after ours."""
    columns = [*spec.table("working", "LongList").headings, *more]
    made = frame(columns, *[[None] * len(columns) for _ in range(count)])
    made["Record"] = pd.Series(range(1, count + 1), dtype=object)
    return made


def labels(count: int) -> pd.DataFrame:
    """Rows of the table Labels."""
    return frame(LABELS, *[["Outcome", f"label {number}", number, None, None] for number in range(count)])


def case_checks(count: int) -> pd.DataFrame:
    """Rows of the case check; every second one is decided."""
    columns = spec.table("working", "CaseCheck").headings
    made = frame(columns, *[[None] * len(columns) for _ in range(count)])
    made["Record"] = pd.Series(range(1, count + 1), dtype=object)
    made["Case ID"] = pd.Series([f"{number:04}" for number in range(1, count + 1)], dtype=object)
    made["Team"] = pd.Series(["North" if number % 2 else "South" for number in range(1, count + 1)], dtype=object)
    made["Decision"] = pd.Series(["Include" if number % 2 else None for number in range(1, count + 1)], dtype=object)
    return made


def reviews(count: int) -> pd.DataFrame:
    """Rows of Review, mostly blank."""
    made = pd.DataFrame(index=range(count), columns=spec.table("review", "Review").headings, dtype=object)
    made = made.where(made.notna(), None)
    made["Unique ID"] = pd.Series([f"DS-{number:03}" for number in range(count)], dtype=object)
    made["Age at time of contact"] = pd.Series(["14"] * count, dtype=object)
    return made


def moment(*parts: int) -> dt.datetime:
    """A date with a time of day; Excel knows no time zones."""
    return dt.datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001
