"""Every parser of workbooks stands behind the door: who opens what is read from the source."""

from __future__ import annotations

import re

from tests.test_house import modules

# What opens a workbook, and the modules that may: each looks at the bytes first, or opens only what this program made.
OPENERS = {
    r"zipfile\.ZipFile\(": {
        "xl_dipsample/exports/zip_check.py",  # the door itself
        "xl_dipsample/workbook/hosts/closed_file/zip_members.py",  # bytes that opening.read_bytes gave
        "xl_dipsample/workbook/build/release_copy.py",  # door.check stands before it
        "xl_dipsample/files/fixed_zip.py",  # what this program has just built
        "xl_dipsample/briefing/word/skeleton.py",  # writes
        "xl_dipsample/addin/selftest/trial_steps.py",  # the example of the test in Excel
    },
    r"CalamineWorkbook\.from_": {
        "xl_dipsample/exports/export_reader.py",  # preflight stands before it
        "xl_dipsample/workbook/hosts/closed_file/grid.py",  # bytes that opening.read_bytes gave
        "xl_dipsample/workbook/build/text_check_list.py",  # door.check stands before it
        "xl_dipsample/privacy/key/sealed.py",  # door.check stands before it
    },
    r"load_workbook\(|ExcelReader\(": {"xl_dipsample/exports/blank_cells.py"},  # preflight stands before it
    r"OleFileIO\(|OOXMLFile\(io\.BytesIO\(sealed": {
        "xl_dipsample/exports/ole_check.py",
        "xl_dipsample/privacy/key/sealed.py",  # cfb_check stands before it
    },
}


def test_no_workbook_is_opened_but_behind_the_door() -> None:
    sources = modules("xl_dipsample", "udfs")
    for opener, may in OPENERS.items():
        found = {name for name, source in sources.items() if re.search(opener, source)}
        assert found - {name for name in found if name.startswith("xl_dipsample/building/")} == may, opener


def test_the_door_stands_before_the_parser_in_each_of_them() -> None:
    sources = modules("xl_dipsample")
    for name, first, then in (
        ("xl_dipsample/workbook/build/text_check_list.py", "door.check(", "CalamineWorkbook.from_"),
        ("xl_dipsample/workbook/build/release_copy.py", "door.check(", "zipfile.ZipFile("),
        ("xl_dipsample/privacy/key/sealed.py", "door.check(", "CalamineWorkbook.from_"),
        ("xl_dipsample/privacy/key/sealed.py", "Container(sealed)", "OleFileIO("),
        ("xl_dipsample/exports/export_reader.py", "examine(path)", "CalamineWorkbook.from_"),
        ("xl_dipsample/workbook/hosts/closed_file/opening.py", "door.check(", "def refuse_when_open"),
        ("xl_dipsample/workbook/hosts/closed_file/grid.py", "door.measure(", "get_sheet_by_name("),
    ):
        assert 0 <= sources[name].find(first) < sources[name].find(then), name
