"""Workbooks for tests of actions, made by the actions themselves from small synthetic exports."""

from __future__ import annotations

import contextlib
import csv
import functools
import io
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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


NO_ID = ("", "N/A", "NULL")


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
    """A working workbook with these rows imported; a row without a case ID needs a person, and no other does."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "working.xlsx"
    export = write_csv(folder / "export.csv", rows)
    assert dipsample("new", path)[0] == 0
    status, _, said = dipsample("import", path, export)
    assert status == int(any(one["Case number"] in NO_ID for one in rows)), said
    return path


def laid_out_working_workbook(folder: Path, rows: Sequence[dict[str, str]]) -> Path:
    """As `working_workbook`, made once for the same rows: for whoever needs one of them, its own sample ID and all."""
    for name, content in _working_files(json.dumps(rows)).items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder / "working.xlsx"


@functools.cache
def _working_files(rows: str) -> dict[str, bytes]:
    """Workbook, log, export and Undo's copy, by their places below the folder."""
    with tempfile.TemporaryDirectory() as folder:
        working_workbook(Path(folder), json.loads(rows))
        found = (file for file in Path(folder).rglob("*") if file.is_file())
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def table(path: Path, name: str) -> Any:
    """One table of a workbook."""
    return FileHost.open(path, SilentUi(), read_only=True).read_table(name)
