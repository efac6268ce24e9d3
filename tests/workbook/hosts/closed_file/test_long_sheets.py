"""A long sheet is read as calamine reads it, or left to calamine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.silent_ui import SilentUi
from tests.workbook import person_workbook as pw
from xl_dipsample.workbook.hosts.closed_file import cell_values, grid, long_sheets
from xl_dipsample.workbook.hosts.closed_file import workbook_part as books
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.hosts.closed_file.number_formats import Styles
from xl_dipsample.workbook.hosts.closed_file.zip_members import Package
from xl_dipsample.workbook.specs.spec import table

HEADINGS = table("working", "LongList").headings
FORMATS = ("General", "@", "0.00", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "mmm yyyy")
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)
CELL = st.one_of(
    st.none(),
    st.booleans(),
    TEXT,
    st.sampled_from(["=1+1", "_x0041_", " a ", "a\nb", "&amp;", "<c r=", "0012"]),
    st.integers(-5, 10**16),
    st.floats(-1e9, 1e9),
    st.tuples(st.sampled_from([61, 36526, 44000, 44000.5, 44000.123456789, 73050]), st.sampled_from(FORMATS)),
)


def package(path: Path, rows: list[list[Any]], *, inline: bool, styled: bool = False) -> Package:
    """A sheet with these cells; a pair is a number and its format; `styled`: the others have a style too."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": inline, "strings_to_formulas": False})
    looks = {code: book.add_format({"num_format": code}) for code in FORMATS}
    sheet = book.add_worksheet("Long")
    plain = book.add_format({"bold": True}) if styled else None
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, tuple):
                sheet.write_number(row, column, cell[0], looks[cell[1]])
            elif isinstance(cell, bool):
                sheet.write_boolean(row, column, cell, plain)
            elif isinstance(cell, str):
                sheet.write_string(row, column, cell, plain)
            elif cell is not None:
                sheet.write_number(row, column, cell, plain)
            elif styled:
                sheet.write_blank(row, column, None, plain)
    book.close()
    return Package.of(path.read_bytes())


def pieces(xml: bytes, size: int) -> Iterator[bytes]:
    return (xml[start : start + size] for start in range(0, len(xml), size))


def read(made: Package, xml: bytes | None = None, size: int = 2**20) -> long_sheets.LongSheet | None:
    book = books.read(made)
    look = Styles(books.related_text(made, book, "styles"))
    part = xml if xml is not None else made.xml(book.sheets["Long"])
    return long_sheets.read(pieces(part, size), look, lambda: books.related_text(made, book, "sharedStrings"))


def by_calamine(made: Package) -> list[tuple[Any, ...]]:
    rows = grid.workbook(made.data()).get_sheet_by_name("Long").to_python(skip_empty_area=False)
    return [tuple(cell_values.one(cell) for cell in row) for row in rows]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=6), st.booleans(), st.integers(20, 3000))
def test_what_is_read_is_what_calamine_reads(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[Any]],
    inline: bool,  # noqa: FBT001
    size: int,
) -> None:
    made = package(tmp_path_factory.mktemp("long") / "long.xlsx", rows, inline=inline)
    found = read(made, size=size)
    if found is None:
        return
    wanted = by_calamine(made)
    cells = list(zip(*found.columns, strict=True))[: len(wanted)]
    assert [row[: len(other)] for row, other in zip(cells, wanted, strict=True)] == wanted
    assert [[type(cell) for cell in row] for row in cells] == [[type(cell) for cell in row] for row in wanted]


@pytest.mark.parametrize("inline", [True, False])
def test_a_list_as_programs_write_it_is_read_here(tmp_path: Path, inline: bool) -> None:  # noqa: FBT001
    rows = [
        ["ID", "Name", "Born"],
        *([number, f"Child {number}", (40000 + number, "dd/mm/yyyy")] for number in range(50)),
    ]
    found = read(package(tmp_path / "long.xlsx", rows, inline=inline), size=500)
    assert found is not None
    assert found.columns[0][:3] == ["ID", 0, 1]
    assert found.columns[1][50] == "Child 49"
    assert found.columns[2][1] == dt.date(2009, 7, 6)
    assert bool(found.shared) is not inline


ODD_ONES: dict[int, list[Any]] = {
    70: ["0070", 'Row 71" s="1"', 0, (40070, "dd/mm/yyyy"), None],
    90: ["a & b", "a\nb", 0.5, (40090.5, "dd/mm/yyyy hh:mm"), True],
    130: ["130", "", 10**15, None, "x"],
    160: ["160", " Wu ", -1, (12, "0.00"), "x"],
    190: ["190"],
}


@pytest.mark.parametrize("odd", [[], *([row] for row in ODD_ONES), list(ODD_ONES)], ids=str)
def test_rows_that_look_alike_are_read_as_calamine_reads_them(tmp_path: Path, odd: list[int]) -> None:
    rows: list[list[Any]] = [
        [f"{row}", f"Child {row}", row, (40000 + row % 9, "dd/mm/yyyy"), None if row % 3 else "x"] for row in range(300)
    ]
    for row in odd:
        rows[row] = ODD_ONES[row]
    made = package(tmp_path / "long.xlsx", rows, inline=True, styled=True)
    found = read(made, size=3000)
    assert found is not None
    wanted = by_calamine(made)
    assert list(zip(*found.columns, strict=True)) == [(*row, *[None] * (5 - len(row))) for row in wanted]
    assert [list(map(type, column)) for column in found.columns] == [
        list(map(type, one)) for one in zip(*wanted, strict=True)
    ]


def test_a_row_that_says_another_number_is_left_to_calamine(tmp_path: Path) -> None:
    rows = [[f"{row}", row] for row in range(60)]
    made = package(tmp_path / "long.xlsx", rows, inline=True, styled=True)
    xml = made.xml(books.read(made).sheets["Long"])
    assert read(made, xml) is not None
    assert read(made, xml.replace(b'<row r="40">', b'<row r="30">')) is None
    assert read(made, xml.replace(b'<c r="B40"', b'<c r="A40"')) is None


ROW = b'<row r="2"><c r="A2"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "odd",
    [
        b'<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>',
        b'<row r="2"><c r="A2" t="d"><v>2020-01-01</v></c></row>',
        b'<row r="2"><c r="A2" t="inlineStr"><is><r><t>a</t></r></is></c></row>',
        b'<row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[a]]></t></is></c></row>',
        b'<row r="2"><c r="A2" t="inlineStr"><is><t> a</t></is></c></row>',
        b'<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>',
        b'<row r="2"><!-- a --><c r="A2"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c></row>',
        b"<row><c><v>1</v></c></row>",
        b'<row r="2"><c r="A2" t="s"><v>99</v></c></row>',
    ],
)
def test_what_may_be_read_in_two_ways_is_left_to_calamine(tmp_path: Path, odd: bytes) -> None:
    made = package(tmp_path / "long.xlsx", [["a"], [1]], inline=True)
    xml = made.xml(books.read(made).sheets["Long"])
    assert ROW in xml
    assert read(made, xml) is not None
    assert read(made, xml.replace(ROW, odd)) is None


def test_a_long_table_comes_back_as_it_was_written_and_stays_when_other_sheets_change(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "working.xlsx", "working", {})
    count = 6_000
    frame = long_frame(count)
    host = FileHost.open(path, SilentUi())
    host.write_table("LongList", frame)
    host.save()
    part = pw.part_of(path, "Long list")
    assert Package.of(path.read_bytes()).member(part).size > long_sheets.LONG
    before = pw.members(path)[part]
    again = FileHost.open(path, SilentUi())
    found = again.read_table("LongList")
    assert found.to_dict("list") == frame.to_dict("list")
    assert {type(cell) for cell in found["Date of birth"]} == {dt.date}
    checks = table("working", "DataChecks").headings
    again.write_table("DataChecks", found.iloc[:1].reindex(columns=checks))
    again.save()
    assert pw.members(path)[part] == before
    shorter = FileHost.open(path, SilentUi())
    shorter.write_table("LongList", frame.iloc[:3])
    shorter.save()
    assert len(FileHost.open(path, SilentUi()).read_table("LongList")) == 3


def test_words_below_a_long_table_are_found_though_it_is_not_read_when_there_are_none(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "working.xlsx", "working", {})
    host = FileHost.open(path, SilentUi())
    host.write_table("LongList", long_frame(6_000))
    host.save()
    assert host.rows_below("LongList") == []
    book = openpyxl.load_workbook(path)
    last = book["Long list"].max_row
    book["Long list"].cell(last + 3, 2, "a note")
    book.save(path)
    assert FileHost.open(path, SilentUi()).rows_below("LongList") == [last + 3]


def long_frame(count: int) -> pd.DataFrame:
    made = {heading: [f"{heading} {row} & more" for row in range(count)] for heading in HEADINGS}
    made["Record"] = list(range(1, count + 1))
    made["Date of birth"] = [dt.date(2010, 1, 1) + dt.timedelta(days=row % 900) for row in range(count)]
    made["Check"] = [None] * count
    return pd.DataFrame(made, columns=HEADINGS, dtype=object)
