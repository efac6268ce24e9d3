"""Review workbooks of several samples for tests of Compare samples; all invented."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pandas as pd

from tests import filled_workbooks
from tests.actions.typing_in import edit
from xl_dipsample.privacy.key import ids
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

Settings = dict[str, dict[str, object]]


@cache
def _first() -> bytes:
    tables, _ = filled_workbooks.review()
    return build("review", tables, {"sample_id": "sample-0"})


@cache
def unique_ids(number: int) -> list[str]:
    """The unique IDs of sample `number`, in the order of its rows."""
    del number
    return ids.new_ids(30, set())


def review_workbook(
    path: Path, number: int, year: int, *, settings: Settings | None = None, rows: int = 30, name: str | None = None
) -> Path:
    """The review workbook of sample `number` (September to November of `year`), its answers turned round by `number`.

    `settings`: table -> what stands in its first column -> the new value. `rows`: how many of the thirty there are.
    """
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(_first())
    focus = {
        "Period from": dt.date(year, 9, 1),
        "Period to": dt.date(year, 11, 30),
        "Sample name": f"Autumn {year}" if name is None else name,
    }

    def fill(host: FileHost) -> None:
        """As a person types, but for the sample's ID."""
        host.write_value("sample_id", f"sample-{number}")
        review = host.read_table("Review").iloc[:rows].copy()
        for heading in ("Outcome", "Type of harm", "Level of harm"):
            cells = review[heading].tolist()
            review[heading] = pd.Series(cells[number:] + cells[:number], index=review.index, dtype=object)
        review["Unique ID"] = unique_ids(number)[: len(review)]
        host.write_table("Review", review)
        changes = {**(settings or {}), "Focus": focus | (settings or {}).get("Focus", {})}
        for table, changed in changes.items():
            set_all(host, table, changed)

    edit(path, fill)
    return path


def set_all(host: FileHost, table: str, changed: dict[str, object]) -> None:
    """Set the value of several settings of one table."""
    frame = host.read_table(table)
    heading = "Chosen" if table == "Categories" else "Value"
    cells = [changed.get(key, cell) for key, cell in zip(frame.iloc[:, 0], frame[heading], strict=True)]
    host.write_table(table, frame.assign(**{heading: pd.Series(cells, index=frame.index, dtype=object)}))


def older(path: Path) -> Path:
    """The workbook as if an older version of the tool had made it, which had no table Language."""
    edit(path, lambda host: host.write_value("spec_version", "1"))
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if re.fullmatch(r"xl/tables/table\d+\.xml", name):
                part = re.sub(rb'(name|displayName)="Language"', rb'\1="Something"', part)
            target.writestr(name, part)
    path.write_bytes(out.getvalue())
    return path
