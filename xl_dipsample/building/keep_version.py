"""Keeps finished files of this version: `python -m xl_dipsample.building.keep_version tests/data/versions`.

Part of `make templates`, once for each version: every later version must still work on them. They are the synthetic
example's, with columns as people add them; the passphrase lies beside the key, because nothing in it is anybody's.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.demo import DemoOptions
from xl_dipsample.actions.demo import run as make_example
from xl_dipsample.actions.running.terminal_ui import TerminalUi
from xl_dipsample.privacy.key import passphrase
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec
from xl_dipsample.workbook.upgrading import older_tables

OPENS = "plaster-gourd-sunset-teapot-quarry"
READS = "violet-harbour-mitten-oxide-canyon"
OPENED_BY = "passphrase (synthetic).txt"
OWN = "Our own note"
FILES = {
    "work/working.xlsx": "working.xlsx",
    "share/review.xlsx": "review.xlsx",
    "share/second reader.xlsx": "second reader.xlsx",
    "key/key.xlsx": "key.xlsx",
}
NOTED = {"working": ("LongList", "CaseCheck"), "review": ("Review", "Actions", "Findings")}


def keep(folder: Path) -> Path:
    """Make the files of this version below `folder`; returns where. Raises FileExistsError: they are kept for good."""
    place = folder / spec.SPEC_VERSION
    place.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as made:
        example = Path(made) / "example"
        _make(example)
        for was, name in FILES.items():
            (place / name).write_bytes((example / was).read_bytes())
    for name in ("working.xlsx", "review.xlsx"):
        _add_own_columns(place / name)
    (place / OPENED_BY).write_text(OPENS + "\n", encoding="utf-8")
    return place


def _make(example: Path) -> None:
    before = dict(os.environ)
    os.environ.update({passphrase.KEY_VARIABLE: OPENS, passphrase.READING_VARIABLE: READS})
    try:
        make_example(TerminalUi(quiet=True), DemoOptions(example))
    finally:
        os.environ.clear()
        os.environ.update(before)


def _add_own_columns(path: Path) -> None:
    """A column beside ours in some tables, with a few words in it."""
    host = FileHost.open(path, TerminalUi(quiet=True))
    tables = {name: host.read_table(name) for name in host.tables()}
    noted = tables | _noted(tables, NOTED[host.kind])
    if "SecondReader" in tables:
        noted["SecondReader"] = _talked_through(tables["SecondReader"])
    path.write_bytes(build("working" if host.kind == "working" else "review", noted, older_tables.carried_cells(host)))


def _talked_through(table: pd.DataFrame) -> pd.DataFrame:
    """The differences of the two readers, the first one agreed."""
    agreed = {"Agreed answer": table["First reader"], "Why": pd.Series("We read it again.", table.index, dtype=object)}
    return table.assign(**{name: cells.where(table.index == 0, None) for name, cells in agreed.items()})


def _noted(tables: Mapping[str, pd.DataFrame], names: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    words = ("look again", "007", None, "N/A")
    return {
        name: tables[name].assign(
            **{OWN: pd.Series([words[row % len(words)] for row in range(len(tables[name]))], dtype=object)}
        )
        for name in names
    }


if __name__ == "__main__":
    if not (Path(sys.argv[1]) / spec.SPEC_VERSION).exists():
        keep(Path(sys.argv[1]))
