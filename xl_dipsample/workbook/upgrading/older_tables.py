"""The tables and named cells of an older workbook as this version has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import pandas as pd

from xl_dipsample.domain.shared import upgrade_steps, version_records
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.host import CellValue, Host, Kind
from xl_dipsample.workbook.specs import defaults, spec

# The named cells that an upgrade carries over; the sample's name is a setting on Focus.
CARRIED_CELLS = (
    "sample_id", "checked_for_sharing", "analysed_on", "compared_on",
    "what_if_cut_off", "what_if_preset", "what_if_cce",
)  # fmt: skip
_STEPS, _TOLD_BY = "Start", "What to do"  # steps are told apart by what to do: another version may number them anew


def renamed(host: Host) -> dict[str, pd.DataFrame]:
    """Every table of the workbook under today's names and headings; what it does not have is not there."""
    tables = {name: host.read_table(name) for name in host.tables()}
    return upgrade_steps.applied(tables, host.read_value("spec_version"))


def completed(kind: Kind, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables that a workbook of this version gets from an older one's, as `renamed` gives them.

    Every row and every column of the older one is there, people's own columns too. A table of fixed rows, as the
    settings, has today's rows, then those that are not known any more; what stood in a column that people fill stands
    there, blank or not, so that a new default changes nothing. A setting whose row was deleted has none here either:
    the next step says so, where a default would be silent. Tables that the older one did not have are left out.
    """
    made = {}
    for table in spec.tables(kind):
        if table.name in tables:
            frame = defaults.tidy(table, tables[table.name])
            made[table.name] = _with_fixed_rows(table, frame) if _has_fixed_rows(table) else frame
    return made


def carried_cells(host: Host) -> dict[str, CellValue]:
    """The named cells of the workbook that an upgrade carries over."""
    found: dict[str, CellValue] = {}
    for name in CARRIED_CELLS:
        try:
            found[name] = host.read_value(name)
        except WorkbookProblem:  # this kind of workbook, or its version, has no such cell
            continue
    return found


class WithSheets(Host, Protocol):
    """A host that knows the names of its sheets."""

    def sheet_names(self) -> list[str]:
        """The names of all sheets, people's own included."""


def own_sheets(host: WithSheets) -> list[int]:
    """The numbers of the sheets that people added, from 1: what these are called is theirs."""
    record = version_records.recorded(host.read_value("spec_version"))
    kind: Kind = host.kind if host.kind in spec.KINDS else "review"
    ours = {sheet.name for sheet in spec.sheets(kind)} | set(record.sheets[kind] if record else ())
    return [number for number, name in enumerate(host.sheet_names(), 1) if name not in ours]


def _has_fixed_rows(table: spec.Table) -> bool:
    return bool(table.rows) and table.column(table.key[0]).by == "us"


def _with_fixed_rows(table: spec.Table, older: pd.DataFrame) -> pd.DataFrame:
    """Today's rows with what stood in the older ones; the others at the end, if they say anything of people's own."""
    told_by = _TOLD_BY if table.name == _STEPS else table.key[0]
    own = [str(name) for name in older.columns if name not in table.headings]
    of_spec = [column.heading for column in table.columns if column.by == "people" or table.name == _STEPS]
    kept = [*(heading for heading in of_spec if heading not in (told_by, *table.key)), *own]
    left = older.to_dict("records")
    rows = []
    for fixed in defaults.default(table).to_dict("records"):
        was = next((row for row in left if row[told_by] == fixed[told_by]), None)
        if was is None and table.key[0] == upgrade_steps.SETTING:
            continue  # a setting that is new has got its row from upgrades.toml
        rows.append(fixed | {heading: was[heading] for heading in kept} if was else fixed)
        left = [row for row in left if row is not was]
    typed = own if table.name == _STEPS else kept
    rows += [row for row in left if any(row[heading] is not None for heading in typed)]
    cells = {name: pd.Series([row.get(name) for row in rows], dtype=object) for name in older.columns}
    return pd.DataFrame(cells, columns=older.columns)
