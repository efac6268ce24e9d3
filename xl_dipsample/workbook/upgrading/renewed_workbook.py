"""An older workbook built anew: today's sheets, with every table, named cell and column of people's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from xl_dipsample.domain.shared import version_records
from xl_dipsample.domain.shared.version_records import Record
from xl_dipsample.workbook.host import CellValue, Kind
from xl_dipsample.workbook.hosts.closed_file.table_parts import TablePart
from xl_dipsample.workbook.upgrading import older_tables


@dataclass(frozen=True)
class Renewed:
    """`tables` and `values` are what the new workbook is built from.

    `own_sheets`: the numbers of sheets that people added; these cannot come along, nor what was laid over cells.
    `own_formulas`: how many columns of people's own had formulas, which are values now.
    """

    kind: Kind
    tables: Mapping[str, pd.DataFrame]
    values: Mapping[str, CellValue]
    own_sheets: tuple[int, ...]
    own_formulas: int

    def built(self) -> bytes:
        """The new workbook. Raises WorkbookProblem when a text is too long for a cell."""
        from xl_dipsample.workbook.build.build import build  # what only reads needs no writer

        return build(self.kind, self.tables, self.values)


class Older(older_tables.WithSheets, Protocol):
    """A host that knows where its tables stand."""

    def part(self, name: str) -> TablePart:
        """Where a table stands."""


def renewed(host: Older) -> Renewed:
    """What an older working or review workbook is built anew from. Nothing is changed.

    Raises WorkbookProblem or FileProblem when a table cannot be read.
    """
    kind = host.kind
    record = version_records.recorded(host.read_value("spec_version"))
    return Renewed(
        kind,
        older_tables.completed(kind, older_tables.renamed(host)),
        older_tables.carried_cells(host),
        tuple(older_tables.own_sheets(host)),
        sum(_own_formulas(host.part(name), record, kind) for name in host.tables()),
    )


def _own_formulas(part: TablePart, record: Record | None, kind: Kind) -> int:
    """How many columns with a formula are people's own; none where nobody knows which were ours."""
    ours = record.tables[kind].get(part.name) if record else None
    return 0 if ours is None else sum(bool(one.formula) and one.heading not in ours for one in part.columns)
