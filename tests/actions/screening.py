"""A review workbook, its key and its Text check list in tests. All children, cases and texts are synthetic."""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from tests.actions.workbooks import PASSPHRASE, dipsample, edit, table
from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key
from xl_dipsample.workbook.build import text_check_list
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import spec

SAMPLE = "synthetic-sample"
EXTRACT = "Reason for social care involvement (extract)"
CLOSURE = "Reason for closure or progression (extract)"
SUMMARY = "Summary of harm"
NAMES = ("Zodwa Testchild", "Kwabena Notreal", "Rose Invented", "Ilse O'Fiction")
CASES = tuple(str(7351902 + 11 * number) for number in range(len(NAMES)))
BORN = tuple(dt.date(2008, 2, 17 + number) for number in range(len(NAMES)))
OF_THE_LONG_LIST = ("Tariq Imagined", "7359999")  # not in the sample


@dataclass(frozen=True)
class Screened:
    """The files. `ids` are the unique IDs of NAMES, in their order."""

    review: Path
    key: Path
    ids: tuple[str, ...]

    @property
    def list(self) -> Path:
        return self.key.with_name(f"{self.review.stem} text check.xlsx")

    def press(self, *more: object) -> tuple[int, dict[str, Any], str]:
        secret = self.key.with_name("passphrase.txt")
        return dipsample("screen", self.review, "--key", self.key, "--passphrase-file", secret, *more)

    def type_in(self, child: int, column: str, text: object) -> None:
        """Type into Review, in the row of one child."""

        def fill(host: Any) -> None:
            frame = host.read_table("Review")
            frame.loc[frame["Unique ID"] == self.ids[child], column] = text
            host.write_table("Review", frame)

        edit(self.review, fill)

    def text(self, child: int, column: str) -> Any:
        frame = table(self.review, "Review")
        return frame.loc[frame["Unique ID"] == self.ids[child], column].iloc[0]

    def listed(self) -> pd.DataFrame:
        return text_check_list.read(self.list.read_bytes(), "list")[1]

    def found(self) -> list[tuple[str | None, str]]:
        rows = self.listed()
        return list(zip(rows["Unique ID"], rows["Found"], strict=True))

    def decide(self, decisions: Mapping[str, Mapping[str, object]], sheet: str = "Text check") -> None:
        """Type into the list as a person does; `decisions`: words found -> heading -> what is typed."""
        book = openpyxl.load_workbook(self.list)
        page = book[sheet]
        heads = {cell.value: cell.column for cell in page[5]}
        what = heads["Found" if sheet == "Text check" else "Kept words"]
        for row in range(6, page.max_row + 1):
            for heading, value in decisions.get(page.cell(row, what).value, {}).items():
                page.cell(row, heads[heading]).value = value
        book.save(self.list)

    def accepted(self) -> pd.DataFrame:
        return open_key(self.key, PASSPHRASE).book.accepted


def screened(root: Path, *, texts: Sequence[tuple[int, str, object]] = ()) -> Screened:
    """A review workbook with these texts (child, column, text), in a shared folder; the key in another."""
    review, sealed, ids = _made(tuple(texts))
    files = Screened(root / "share" / "review.xlsx", root / "restricted" / "key.xlsx", ids)
    for folder in (files.review.parent, files.key.parent):
        folder.mkdir(parents=True)
    files.key.with_name("passphrase.txt").write_text(PASSPHRASE, encoding="utf-8")
    files.key.write_bytes(sealed)
    files.review.write_bytes(review)
    return files


@functools.cache
def _made(texts: tuple[tuple[int, str, object], ...]) -> tuple[bytes, bytes, tuple[str, ...]]:
    """Review workbook, key and unique IDs, made once for the same texts; every test has copies of its own."""
    rows = [[CASES[n], NAMES[n], BORN[n], dt.date(2022, 9, 1 + n), n + 1, None] for n in range(len(NAMES))]
    children = pd.DataFrame(rows, columns=list(key_book.ROW_COLUMNS), dtype=object)
    book, ids = key_book.assign(key_book.KeyBook(), children, "Synthetic autumn", SAMPLE, "Young person")
    other = pd.DataFrame([OF_THE_LONG_LIST], columns=["Name", "Case ID"], dtype=object)
    book = key_book.commit(key_book.with_names(key_book.with_names(book, children), other), SAMPLE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "key.xlsx"
        write_key(OpenKey(path, PASSPHRASE, book))
        sealed = path.read_bytes()
    headings = spec.table("review", "Review").headings
    frame = pd.DataFrame(None, index=range(len(ids)), columns=headings, dtype=object)
    frame["Unique ID"] = list(ids)
    for child, column, text in texts:
        frame.loc[child, column] = text
    frame = frame.astype(object).where(frame.notna(), None)
    frame = frame.sort_values("Unique ID", ignore_index=True)
    data = build("review", {"Review": frame}, {"sample_id": SAMPLE, "sample_name": "Autumn"})
    return data, sealed, tuple(ids)
