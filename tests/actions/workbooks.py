"""Workbooks for tests of actions, made by the actions themselves from small synthetic exports."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter
from openpyxl.worksheet.table import TableColumn

from tests.silent_ui import SilentUi
from xl_dipsample import cli
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

HEADINGS = (
    "Case number",
    "Name",
    "DOB",
    "Date of referral",
    "Sex",
    "Ethnicity",
    "Assessment factors",
    "Outcome",
    "Team",
)
PASSPHRASE, READING, SECOND = (
    "correct-horse-battery-staple-lantern",
    "violet-harbour-mitten-oxide-canyon",
    "plaster-gourd-sunset-teapot-quarry",
)


def dipsample(*arguments: object) -> tuple[int, dict[str, Any], str]:
    """Run one command with --json: exit status, result, stderr."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.run([str(one) for one in arguments] + ["--json"])
    return status, json.loads(out.getvalue()) if out.getvalue().strip() else {}, err.getvalue()


def row(number: int, **other: str) -> dict[str, str]:
    """A sure candidate, as a csv holds it."""
    cells = (
        f"{5000 + number}",
        f"Synthetic Number{number}",
        "15/06/2008",
        "01/09/2022",
        "F",
        "WBRI",
        "11A",
        "CIN",
        "MASH",
    )
    return dict(zip(HEADINGS, cells, strict=True)) | other


def write_csv(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """The export."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def working_workbook(folder: Path, rows: Sequence[dict[str, str]]) -> Path:
    """A working workbook with these rows imported."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "working.xlsx"
    export = write_csv(folder / "export.csv", rows)
    assert dipsample("new", path)[0] == 0
    status, _, said = dipsample("import", path, export)
    assert status == 0, said
    return path


def edit(path: Path, fill: Callable[[FileHost], None]) -> None:
    """Type into a workbook and save it."""
    host = FileHost.open(path, SilentUi())
    with host.transaction():
        fill(host)
    host.save()


def table(path: Path, name: str) -> Any:
    """One table of a workbook."""
    return FileHost.open(path, SilentUi(), read_only=True).read_table(name)


def set_cell(path: Path, name: str, key: str, value: object, heading: str = "Value") -> None:
    """Set a cell of a Setting / Value table, or any cell of the row whose first column is `key`."""

    def fill(host: FileHost) -> None:
        frame = host.read_table(name)
        frame.loc[frame.iloc[:, 0] == key, heading] = value
        host.write_table(name, frame)

    edit(path, fill)


def decide(path: Path, decisions: dict[int, tuple[str, str | None, str | None]]) -> None:
    """Type decisions on Case check: Row -> Decision, Reason, Initials."""

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
