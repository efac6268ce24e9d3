"""A pseudonymised sample of invented children, with its folders, ready to be checked before sharing."""

from __future__ import annotations

import functools
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.actions.typing_in import edit, include_all, set_cell
from tests.actions.workbooks import PASSPHRASE, READING, dipsample, row, table, working_workbook
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

CHILDREN = 6
ROWS = [
    row(n, **{"Case number": str(7351900 + n), "Name": f"Zqfore{'abcdefg'[n]}n Zqsur{'abcdefg'[n]}m"})
    for n in range(1, CHILDREN + 1)
]
NAME = "Zqforebn Zqsurbm"  # synthetic: the first child's
EXTRACT = "Reason for social care involvement (extract)"


@dataclass(frozen=True)
class Places:
    """Where everything lies."""

    working: Path
    key: Path
    review: Path
    panel: Path

    def release(self, *more: object) -> tuple[int, dict[str, Any], str]:
        """Check before sharing, with everything as it should be."""
        return dipsample("release", self.review, "--key", self.key, "--to", self.panel, *more)

    def type_in(self, words: str | None, place: int = 0, column: str = EXTRACT) -> str:
        """Type into one cell of Review; gives the row's unique ID."""
        found = []

        def fill(host: FileHost) -> None:
            frame = host.read_table("Review")
            frame.loc[place, column] = words
            found.append(str(frame.loc[place, "Unique ID"]))
            host.write_table("Review", frame)

        edit(self.review, fill)
        return found[0]

    def value(self, name: str) -> object:
        """A named cell of the review workbook."""
        return FileHost.open(self.review, None, read_only=True).read_value(name)  # type: ignore[arg-type]

    def table(self, name: str) -> Any:
        """A table of the review workbook."""
        return table(self.review, name)


def made(folder: Path) -> Places:
    """Import, narrow down, include all, pseudonymise. The passphrases stand in the environment."""
    places = Places(folder / "work" / "working.xlsx", folder / "key" / "key.xlsx", folder / "share" / "review.xlsx",
                    folder / "panel")  # fmt: skip
    for one in (places.key, places.review):
        one.parent.mkdir()
    places.panel.mkdir()
    working_workbook(places.working.parent, ROWS)
    set_cell(places.working, "Focus", "Sample name", "Test sample")
    dipsample("narrow", places.working)
    include_all(places.working)
    status, _, said = dipsample("pseudonymise", places.working, "--review", places.review, "--key", places.key)
    assert status == 0, said
    return places


def with_passphrases(patch: pytest.MonkeyPatch) -> None:
    """Both passphrases stand in the environment, where the actions look for them."""
    patch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    patch.setenv("DIPSAMPLE_READING_PASSPHRASE", READING)


def made_once(folder: Path) -> None:
    """What `made` makes, for a fixture that many tests take copies of: the same files in every file of tests."""
    for name, content in _files().items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    (folder / "panel").mkdir()


@functools.cache
def _files() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        with_passphrases(patch)
        made(Path(name))
        found = (file for file in Path(name).rglob("*") if file.is_file())
        return {file.relative_to(name).as_posix(): file.read_bytes() for file in found}


def copied(first: Path, folder: Path, patch: pytest.MonkeyPatch) -> Places:
    """A copy of all its folders for one test."""
    with_passphrases(patch)
    shutil.copytree(first, folder, dirs_exist_ok=True)
    return Places(*(folder / one for one in ("work/working.xlsx", "key/key.xlsx", "share/review.xlsx", "panel")))
