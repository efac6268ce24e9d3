"""A workbook of ours that somebody spoilt or armed is refused in one sentence, soon, and nothing changes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import bad_files
from tests.actions.workbooks import dipsample
from xl_dipsample.workbook.build.build import build

SHEET = "xl/worksheets/sheet2.xml"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
PLACELESS = b'<row r="1048576">' + b"<c/>" * 16_000 + b"<c><v>1</v></c></row>"
ERRORS = b'<row r="900">' + b'<c r="A900" t="e"><f>' * 50_000 + b"</row>"
NAMES = b'<definedName name="x">' * 100_000


def in_sheet(more: bytes) -> Callable[[bytes], bytes]:
    return lambda data: bad_files.changed(SHEET, lambda xml: xml.replace(b"</sheetData>", more + b"</sheetData>"), data)


def in_book(more: bytes) -> Callable[[bytes], bytes]:
    return lambda data: bad_files.changed(
        "xl/workbook.xml", lambda xml: xml.replace(b"</definedNames>", more + b"</definedNames>"), data
    )


def table_at(reference: bytes) -> Callable[[bytes], bytes]:
    """The largest table says that it lies elsewhere."""

    def change(data: bytes) -> bytes:
        parts = bad_files.members(data)
        name = max((one for one in parts if one.startswith("xl/tables/")), key=lambda one: len(parts[one]))
        return bad_files.changed(
            name, lambda xml: re.sub(rb'(<table [^>]*\bref=")[^"]*', rb"\g<1>" + reference, xml, count=1), data
        )

    return change


SPOILT = {
    "a cell far away": (in_sheet(FAR), "far away"),
    "cells without a place": (in_sheet(PLACELESS), "far away"),
    "cells that never end": (in_sheet(ERRORS), "damaged"),
    "names that never end": (in_book(NAMES), "damaged"),
    "a table narrower than its headings": (table_at(b"A5:B6"), "headings"),
    "a table of one column to the last row": (table_at(b"A5:A1048576"), "headings"),
    "a table behind the last row": (table_at(b"ZZZ99999999:A1"), "cannot be read"),
    "a table nowhere": (table_at(b"nonsense"), "cannot be read"),
    "program code": (lambda data: bad_files.with_part("xl/vbaProject.bin", b"synthetic", data), "program code"),
    "a document type": (lambda data: bad_files.changed("xl/styles.xml", bad_files.with_doctype, data), "document type"),
}


@pytest.mark.parametrize("action", ["analyse", "screen", "check"])
@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_workbook_is_refused_soon_and_stays_as_it_was(tmp_path: Path, what: str, action: str) -> None:
    spoil, words = SPOILT[what]
    path = tmp_path / "sample.xlsx"
    path.write_bytes(spoil(build("working" if action == "check" else "review", {}, {"sample_id": "S-1"})))
    before, started = path.read_bytes(), time.process_time()
    key = ("--key", tmp_path / "no key.xlsx") if action == "screen" else ()
    status, _, said = dipsample(action, path, *key)
    assert (status, said.count("\n")) == (2, 1), said
    assert words in said
    assert time.process_time() - started < 20
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["sample.xlsx"]
