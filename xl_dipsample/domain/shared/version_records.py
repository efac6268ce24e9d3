"""What each version's workbooks and key looked like: tables and headings, and the digest of everything that counts.

The records stand in workbook_template/versions, one file per version, written once (`make templates`) and never changed
afterwards: workbooks of that version are in the field. The newest one is the version that stands in new workbooks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xl_dipsample.domain.shared import reference

KEY = "key"


@dataclass(frozen=True)
class Record:
    """One version. `sheets`: kind of workbook -> its sheets; `tables`: kind (or `KEY`) -> table -> its headings.

    `when_filled`: the tables that a workbook has only when there is something in them.
    """

    digest: str
    when_filled: Sequence[str]
    sheets: Mapping[str, Sequence[str]]
    tables: Mapping[str, Mapping[str, Sequence[str]]]


def path_of(version: object) -> Path:
    """Where the record of a version lies, there already or not."""
    return reference.template_folder() / "versions" / f"{version}.toml"


def newest() -> str:
    """The version of the tables that this tool makes: the highest that is recorded."""
    names = [path.stem for path in path_of("1").parent.glob("*.toml")]
    return max(names, key=int)


def recorded(version: object) -> Record | None:
    """The record of a version; None when there is none, as of versions before the second.

    >>> recorded(2).tables["key"]["Names"], recorded("spoilt/../2")
    (['Name', 'Case ID'], None)
    """
    name = str(version)
    return _read(path_of(name)) if name.isascii() and name.replace(".", "").isdigit() else None


@cache
def _read(path: Path) -> Record | None:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    digest = str(raw.pop("digest"))
    return Record(digest, raw.pop("when_filled"), raw.pop("sheets"), raw)
