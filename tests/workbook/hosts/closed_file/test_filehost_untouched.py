"""What nobody asked FileHost to change stays, byte for byte."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from tests.actions.typing_in import set_cell
from tests.silent_ui import SilentUi
from tests.workbook import person_workbook as pw
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec

REVIEW = spec.table("review", "Review").headings
LAST = get_column_letter(len(REVIEW) + len(pw.OWN_COLUMNS))
MAY_CHANGE = {
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
}


def review_rows(*ids: str, outcome: str | None = "No further action") -> list[list[Any]]:
    row = [None] * 6 + [None, outcome, "None", "why", "how", "In need", "No"]
    return [[one, "CSE", dt.date(2025, 1, 2), "14", *row[4:]] for one in ids]


def make(tmp_path: Path, **rows: Any) -> Path:
    return pw.make(tmp_path / "review.xlsx", "review", rows)


def opened(path: Path) -> FileHost:
    return FileHost.open(path, SilentUi())


def frame_of(*ids: str) -> pd.DataFrame:
    made = pd.DataFrame(index=range(len(ids)), columns=REVIEW, dtype=object).astype(object)
    made = made.where(made.notna(), None)
    made["Unique ID"] = list(ids)
    return made


def test_members_that_are_not_touched_keep_their_compressed_bytes(tmp_path: Path) -> None:
    path = make(tmp_path)
    before = pw.members(path)
    host = opened(path)
    host.write_table("Review", frame_of("a", "b"))
    host.save()
    after = pw.members(path)
    review = pw.part_of(path, "Review")
    tables = {name for name in before if name.startswith("xl/tables/")}
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert review in changed
    assert changed - MAY_CHANGE - tables == {review}
    assert len(changed & tables) == 1
    for name in set(before) - changed:
        assert before[name][0] == after[name][0]


def test_pictures_notes_widths_and_own_sheets_are_still_there(tmp_path: Path) -> None:
    path = make(tmp_path)
    host = opened(path)
    host.write_table("Review", frame_of("a", "b", "c"))
    host.save()
    names = set(pw.members(path))
    assert {"xl/media/image1.png", "xl/comments1.xml", "xl/charts/chart1.xml"} <= names
    book = openpyxl.load_workbook(path)
    sheet = book["Review"]
    assert sheet.column_dimensions["A"].width == pytest.approx(33, abs=1)
    assert sheet["H6"].comment.text.startswith("Ask the team")
    assert sheet.freeze_panes == "B6"
    assert book["My own sheet"]["A4"].value == "Ann Other's notes"


def test_a_stray_cell_beside_the_table_stays_as_it_is(tmp_path: Path) -> None:
    path = make(tmp_path, Review=review_rows("a"))
    column = len(REVIEW) + len(pw.OWN_COLUMNS) + 3
    before = pw.cell_xml(path, "Review", 6, column)
    assert before
    host = opened(path)
    host.write_table("Review", frame_of("x", "y"))
    host.save()
    assert pw.cell_xml(path, "Review", 6, column) == before


def test_formats_and_validations_grow_and_shrink_with_the_table(tmp_path: Path) -> None:
    path = make(tmp_path, Review=review_rows("a", "b", "c"))
    host = opened(path)
    host.write_table("Review", frame_of(*"abcdefgh"))
    host.save()
    sheet = openpyxl.load_workbook(path)["Review"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == [f"A6:{LAST}13"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["H6:H13"]
    assert sheet.tables["Review"].ref == f"A5:{LAST}13"
    assert sheet.tables["Review"].autoFilter.ref == f"A5:{LAST}13"
    assert sheet.dimensions.endswith("13")
    host.write_table("Review", frame_of("a"))
    host.save()
    sheet = openpyxl.load_workbook(path)["Review"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["H6"]
    assert sheet.tables["Review"].ref == f"A5:{LAST}6"
    assert sheet.max_row == 6


def test_new_rows_look_like_the_first_one(tmp_path: Path) -> None:
    path = make(tmp_path, Review=review_rows("a"))
    host = opened(path)
    made = frame_of("a", "b", "c")
    made["Contact date"] = dt.date(2025, 3, 4)
    host.write_table("Review", made)
    host.save()
    sheet = openpyxl.load_workbook(path)["Review"]
    assert [sheet.row_dimensions[row].height for row in (6, 7, 8)] == [48, 48, 48]
    for row in (6, 7, 8):
        assert sheet.cell(row, 1).fill.fgColor.rgb == "FFFFF7D6"
        assert sheet.cell(row, 3).number_format == "dd/mm/yyyy"
        assert sheet.cell(row, 3).value == dt.datetime(2025, 3, 4)  # noqa: DTZ001


def test_strings_that_no_cell_shows_any_more_are_gone_from_every_part(tmp_path: Path) -> None:
    path = make(tmp_path, Review=review_rows("SentinelOne", "SentinelTwo"))
    host = opened(path)
    host.write_table("Review", frame_of("x"))
    host.save()
    whole = b"".join(content for _, content in pw.members(path).values())
    assert b"Sentinel" not in whole
    assert b"Ann Other" in whole
    assert openpyxl.load_workbook(path)["My own sheet"]["A4"].value == "Ann Other's notes"


def test_the_same_writes_give_the_same_bytes(tmp_path: Path) -> None:
    path = make(tmp_path, Review=review_rows("a"))
    start, results = path.read_bytes(), []
    for _ in range(2):
        path.write_bytes(start)
        host = opened(path)
        host.write_table("Review", frame_of("=a", "b"))
        host.write_value("sample_id", "S-9")
        host.save()
        results.append(path.read_bytes())
    assert results[0] == results[1]
    host = opened(path)
    host.write_table("Review", frame_of("=a", "b"))
    host.write_value("sample_id", "S-9")
    host.save()
    assert path.read_bytes() == results[0]


def test_a_save_without_writes_leaves_the_file_alone(tmp_path: Path) -> None:
    path = make(tmp_path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    opened(path).save()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_the_workbook_calculates_when_it_is_opened_next(tmp_path: Path) -> None:
    path = make(tmp_path)
    host = opened(path)
    host.write_value("sample_id", "x")
    host.save()
    assert openpyxl.load_workbook(path).calculation.fullCalcOnLoad


def test_the_order_of_calculation_is_forgotten_with_every_trace(tmp_path: Path) -> None:
    path = make(tmp_path)
    types = pw.members(path)["[Content_Types].xml"][1]
    rels = pw.members(path)["xl/_rels/workbook.xml.rels"][1]
    chain = b'<Override PartName="/xl/calcChain.xml" ContentType="application/x-calcChain+xml"/>'
    link = (
        b'<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"'
        b' Target="calcChain.xml"/>'
    )
    pw.rezip(
        path,
        {
            "xl/calcChain.xml": b"<calcChain/>",
            "[Content_Types].xml": types.replace(b"</Types>", chain + b"</Types>"),
            "xl/_rels/workbook.xml.rels": rels.replace(b"</Relationships>", link + b"</Relationships>"),
        },
    )
    host = opened(path)
    host.write_table("Review", frame_of("a"))
    host.save()
    after = pw.members(path)
    assert "xl/calcChain.xml" not in after
    assert not any(b"calcChain" in content for _, content in after.values())
    assert {name: after[name] for name in ("[Content_Types].xml",)}["[Content_Types].xml"][1] == types


def test_a_filter_is_taken_off_when_other_rows_come(tmp_path: Path) -> None:
    path = make(tmp_path, Review=review_rows("a", "b", "c"))
    table = next(n for n, (_, c) in pw.members(path).items() if b'displayName="Review"' in c)
    xml = pw.members(path)[table][1]
    column = b'<filterColumn colId="0"><filters><filter val="a"/></filters></filterColumn>'
    part = pw.part_of(path, "Review")
    sheet = pw.members(path)[part][1].replace(b'<row r="7"', b'<row r="7" hidden="1"', 1)
    opening = xml[xml.index(b"<autoFilter") : xml.index(b"/>", xml.index(b"<autoFilter"))]
    pw.rezip(path, {table: xml.replace(opening + b"/>", opening + b">" + column + b"</autoFilter>"), part: sheet})

    host = opened(path)
    host.write_table("Review", host.read_table("Review"))
    host.save()
    after = pw.members(path)
    assert b"filterColumn" in after[table][1]
    assert b'hidden="1"' in after[part][1]

    host.write_table("Review", frame_of("x", "y", "z"))
    host.save()
    after = pw.members(path)
    assert b"filterColumn" not in after[table][1]
    assert b'hidden="1"' not in after[part][1]


def test_names_of_areas_follow_the_table(tmp_path: Path) -> None:
    path = make(tmp_path, Review=review_rows("a", "b"))
    book = pw.members(path)["xl/workbook.xml"][1]
    name = (
        b'<definedName name="answers">Review!$H$6:$H$7</definedName><definedName name="last">Review!$H$7</definedName>'
    )
    name += b"</definedNames>"
    pw.rezip(path, {"xl/workbook.xml": book.replace(b"</definedNames>", name)})
    host = opened(path)
    host.write_table("Review", frame_of(*"abcde"))
    host.save()
    names = openpyxl.load_workbook(path).defined_names
    assert names["answers"].attr_text == "Review!$H$6:$H$10"
    assert names["last"].attr_text == "Review!$H$7"


def test_a_chart_shows_the_new_numbers_before_anything_calculates(tmp_path: Path) -> None:
    path = make(tmp_path)
    host = opened(path)
    rows = [["Long list", None, 10], ["Sample <&>", 3, 7]]
    host.write_table("Funnel", pd.DataFrame(rows, columns=["Stage", "Excluded", "Remaining"], dtype=object))
    host.save()
    chart = pw.members(path)["xl/charts/chart1.xml"][1].decode()
    assert "<c:f>Funnel!$A$6:$A$7</c:f>" in chart
    assert "<c:f>Funnel!$B$6:$B$7</c:f>" in chart
    assert (
        '<c:ptCount val="2"/><c:pt idx="0"><c:v>Long list</c:v></c:pt><c:pt idx="1"><c:v>Sample &lt;&amp;&gt;' in chart
    )
    assert '<c:pt idx="1"><c:v>3</c:v></c:pt></c:numCache>' in chart


def test_the_old_text_of_a_named_cell_is_gone_too(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "a.xlsx", "review", names={"sample_name": "SentinelName"})
    host = opened(path)
    host.write_value("sample_name", "New")
    host.save()
    assert not any(b"SentinelName" in content for _, content in pw.members(path).values())
    assert opened(path).read_value("sample_name") == "New"


def test_links_of_rows_that_are_gone_are_gone_and_others_stay(tmp_path: Path) -> None:
    path = make(tmp_path, Review=review_rows("a", "b", "c"))
    part = pw.part_of(path, "Review")
    links = (
        b'<hyperlinks><hyperlink ref="A6" location="Focus!A1"/><hyperlink ref="A8" location="Focus!A1"/></hyperlinks>'
    )
    pw.rezip(path, {part: pw.members(path)[part][1].replace(b"<pageMargins", links + b"<pageMargins")})
    host = opened(path)
    host.write_table("Review", frame_of("a"))
    host.save()
    sheet = pw.members(path)[part][1]
    assert b'ref="A6"' in sheet
    assert b'ref="A8"' not in sheet


def test_a_workbook_that_counts_days_from_1904_keeps_its_dates(tmp_path: Path) -> None:
    path = make(tmp_path)
    book = pw.members(path)["xl/workbook.xml"][1]
    pw.rezip(path, {"xl/workbook.xml": book.replace(b"<workbookPr ", b'<workbookPr date1904="1" ', 1)})
    host = opened(path)
    made = frame_of("a")
    made["Contact date"] = dt.date(2025, 3, 4)
    host.write_table("Review", made)
    host.save()
    assert opened(path).read_table("Review")["Contact date"].tolist() == [dt.date(2025, 3, 4)]


def test_pivot_tables_on_a_table_that_changed_are_made_anew_on_opening(tmp_path: Path) -> None:
    path = make(tmp_path)
    text = (
        '<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" saveData="0">'
        '<cacheSource type="worksheet"><worksheetSource name="%s"/></cacheSource></pivotCacheDefinition>'
    )
    caches = {
        f"xl/pivotCache/pivotCacheDefinition{n}.xml": (text % name).encode()
        for n, name in ((1, "Review"), (2, "Focus"))
    }
    pw.rezip(path, caches)
    host = opened(path)
    host.write_table("Review", frame_of("a"))
    host.save()
    after = pw.members(path)
    assert b'refreshOnLoad="1"' in after["xl/pivotCache/pivotCacheDefinition1.xml"][1]
    assert after["xl/pivotCache/pivotCacheDefinition2.xml"][1] == caches["xl/pivotCache/pivotCacheDefinition2.xml"]


def test_alt_text_that_a_person_gave_to_a_table_stays_as_it_is(tmp_path: Path) -> None:
    extension = (
        b'<extLst><ext uri="{504A1905-F514-4f6f-8877-14C23A59335A}"'
        b' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        b'<x14:table altText="What we agreed"/></ext></extLst>'
    )
    path = tmp_path / "working.xlsx"
    with zipfile.ZipFile(io.BytesIO(build("working"))) as built, zipfile.ZipFile(path, "w") as made:
        for name in built.namelist():
            data = built.read(name)
            made.writestr(name, data.replace(b"</table>", extension + b"</table>") if "/tables/" in name else data)
    set_cell(path, "Focus", "Sample name", "Spring")
    with zipfile.ZipFile(path) as saved:
        parts = [saved.read(name) for name in saved.namelist() if "/tables/" in name]
    assert parts
    assert all(part.count(extension) == 1 for part in parts)
