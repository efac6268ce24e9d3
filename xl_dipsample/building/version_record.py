"""Records a new version of the tables: `python -m xl_dipsample.building.version_record`, part of `make templates`.

A record is written once, since workbooks of that version may be in the field. When tables or headings are not those of
the newest record, the next version begins; a test says so until that is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from xl_dipsample.domain.shared import version_records
from xl_dipsample.privacy.key import key_file
from xl_dipsample.workbook.hosts.closed_file.opening import NAMED_CELLS
from xl_dipsample.workbook.specs import spec
from xl_dipsample.workbook.upgrading.older_tables import CARRIED_CELLS

_HEAD = (
    "# The tables and headings of version {version}, as workbooks in the field have them. Written once by make "
    "templates;\n# do not change it: make templates begins the next one, and upgrades.toml says what became of what was"
    " renamed.\n"
)


def tables_of_now() -> dict[str, dict[str, list[str]]]:
    """Kind of workbook, or the key -> table -> headings, as this version makes them."""
    found = {str(kind): {table.name: table.headings for table in spec.tables(kind)} for kind in spec.KINDS}
    found[version_records.KEY] = {name: list(columns) for name, columns in key_file.tables().items()}
    return found


def digest_of_now() -> str:
    """SHA-256 of what must not change within a version: where a table stands, its key, its columns, named cells."""
    whole = {
        str(kind): sorted(
            [t.name, t.sheet, t.anchor, t.key, [[c.heading, c.type, c.by, c.formula] for c in t.columns]]
            for t in spec.tables(kind)
        )
        for kind in spec.KINDS
    }
    more = {"names": [*NAMED_CELLS, *CARRIED_CELLS], "key": tables_of_now()[version_records.KEY]}
    return hashlib.sha256(json.dumps([whole, more], sort_keys=True).encode()).hexdigest()


def text(version: str) -> str:
    """The record of a version that has the tables of now."""
    filled = sorted(
        {t.name for kind in spec.KINDS for sheet in spec.sheets(kind) if sheet.when_filled for t in sheet.tables}
    )
    parts = [
        _HEAD.format(version=version),
        f'digest = "{digest_of_now()}"\nwhen_filled = {json.dumps(filled)}\n',
    ]
    parts.append(_section("sheets", {str(kind): [sheet.name for sheet in spec.sheets(kind)] for kind in spec.KINDS}))
    parts += [_section(kind, tables) for kind, tables in tables_of_now().items()]
    return "\n".join(parts)


def _section(name: str, lists: Mapping[str, Sequence[str]]) -> str:
    lines = [f"{key} = {json.dumps(words, ensure_ascii=False)}" for key, words in lists.items()]
    return f"[{name}]\n" + "\n".join(lines) + "\n"


def write() -> bool:
    """Begin the next version when the tables are not those of the newest record; whether one was begun."""
    record = version_records.recorded(version_records.newest())
    if record is not None and record.digest == digest_of_now():
        return False
    version = str(int(version_records.newest()) + 1)
    version_records.path_of(version).write_text(text(version), encoding="utf-8", newline="\n")
    return True


if __name__ == "__main__":
    write()
