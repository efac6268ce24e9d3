"""What people type into workbooks: cells, decisions, columns of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter
from openpyxl.worksheet.table import TableColumn

from tests.actions.workbooks import table
from tests.silent_ui import SilentUi
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost


def edit(path: Path, fill: Callable[[FileHost], None]) -> None:
    """Type into a workbook and save it."""
    host = FileHost.open(path, SilentUi())
    with host.transaction():
        fill(host)
    host.save()


def set_cell(path: Path, name: str, key: str, value: object, heading: str = "Value") -> None:
    """Set a cell of a Setting / Value table, or any cell of the row whose first column is `key`."""

    def fill(host: FileHost) -> None:
        frame = host.read_table(name)
        frame.loc[frame.iloc[:, 0] == key, heading] = value
        host.write_table(name, frame)

    edit(path, fill)


def decide(path: Path, decisions: dict[int, tuple[str, str | None, str | None]]) -> None:
    """Type decisions on Case check: Record -> Decision, Reason, Initials."""

    def fill(host: FileHost) -> None:
        frame = host.read_table("CaseCheck")
        for number, typed in decisions.items():
            for heading, cell in zip(("Decision", "Reason", "Initials"), typed, strict=True):
                frame.loc[frame["Record"] == number, heading] = cell
        host.write_table("CaseCheck", frame)

    edit(path, fill)


def include_all(path: Path) -> None:
    """Include every case on Case check."""
    decide(path, dict.fromkeys(table(path, "CaseCheck")["Record"], ("Include", None, "AB")))


def add_column(path: Path, name: str, heading: str) -> None:
    """Add a column to a table as a person does: type a heading right of it."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        if name in sheet.tables:
            part = sheet.tables[name]
            first, last = part.ref.split(":")
            end = coordinate_from_string(last)
            letter = get_column_letter(column_index_from_string(end[0]) + 1)
            sheet[f"{letter}{coordinate_from_string(first)[1]}"] = heading
            part.ref = f"{first}:{letter}{end[1]}"
            if part.autoFilter:
                part.autoFilter.ref = part.ref
            part.tableColumns.append(TableColumn(id=len(part.tableColumns) + 1, name=heading))
    book.save(path)
