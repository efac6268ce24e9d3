"""A workbook that is only read, whatever its version: an older one is seen as if it were of this one, in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.workbook.host import CellValue, Kind, Ui
from xl_dipsample.workbook.hosts.closed_file import opening
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.upgrading import older_tables


def open_to_read(path: Path, ui: Ui, *, others_may_have_it: bool = True, whole: bool = False) -> FileHost | OlderHost:
    """The closed workbook at `path`, to be read only; raises as `FileHost.open` does.

    An older one shows its tables under today's names and headings; what it did not have yet is not there. `whole`: its
    tables have every column and setting of today. `others_may_have_it`: False refuses one that is open elsewhere.
    """
    host = FileHost.open(path, ui, read_only=others_may_have_it)
    return OlderHost(host, whole=whole) if opening.is_older(host.read_value("spec_version")) else host


class OlderHost:
    """An older workbook under today's names; satisfies `Host`, but nothing can be written."""

    def __init__(self, host: FileHost, *, whole: bool = False) -> None:
        self._host = host
        tables = older_tables.renamed(host)
        kind = host.kind
        if whole and (kind == "working" or kind == "review"):
            tables = {**tables, **older_tables.completed(kind, tables)}
        self._tables: Mapping[str, pd.DataFrame] = tables

    @property
    def path(self) -> Path:
        """Where the workbook lies."""
        return self._host.path

    @property
    def kind(self) -> Kind:
        """Which of our workbooks this is."""
        return self._host.kind

    @property
    def ui(self) -> Ui:
        """How to speak with the person."""
        return self._host.ui

    def tables(self) -> list[str]:
        """The tables that it has, as they are called now."""
        return list(self._tables)

    def sheet_names(self) -> list[str]:
        """The names of all sheets, people's own included."""
        return self._host.sheet_names()

    def read_table(self, name: str) -> pd.DataFrame:
        """The body of a table. Raises WorkbookProblem when it is not there."""
        if name not in self._tables:
            raise opening.no_such_table(name)
        return self._tables[name].copy(deep=False)

    def rows_below(self, name: str) -> list[int]:
        """Rows below a table; none where it is called otherwise now."""
        return self._host.rows_below(name) if name in self._host.tables() else []

    def typed_formulas(self, name: str) -> list[tuple[int, str]]:
        """Where a formula stands that the specs do not have; none where the table is called otherwise now."""
        return self._host.typed_formulas(name) if name in self._host.tables() else []

    def read_value(self, name: str) -> CellValue:
        """The value of a named cell. Raises WorkbookProblem when the name is not there."""
        return self._host.read_value(name)

    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        """Refused."""
        raise self._only_read(name, frame)

    def write_value(self, name: str, value: CellValue) -> None:
        """Refused."""
        raise self._only_read(name, value)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Nothing happens inside."""
        yield

    def save(self) -> None:
        """Refused."""
        raise self._only_read()

    def save_copy(self, path: Path) -> None:
        """Write a copy of the file as it is."""
        self._host.save_copy(path)

    def open_after(self, path: Path) -> None:
        """Say which workbook to open next."""
        self._host.open_after(path)

    def _only_read(self, *_: object) -> FileProblem:
        return FileProblem(
            "read-only", f"{self.path.name} is of an older version and was opened only to be read. Nothing was changed."
        )
