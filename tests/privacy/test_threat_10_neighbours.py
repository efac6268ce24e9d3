"""Threat 10: names do not come to lie where others look, whatever comes first. All people are synthetic."""

from __future__ import annotations

import io
import os
import time
import zipfile
import zlib
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import xlsxwriter

from tests import bad_files
from tests.actions.screening import Screened, screened
from tests.actions.workbooks import PASSPHRASE, dipsample, row, table, working_workbook, write_csv
from xl_dipsample.exports import zip_parts
from xl_dipsample.privacy.key import key_book, key_file
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.sharing import neighbours, what_lies_there
from xl_dipsample.workbook.build import publication_copy
from xl_dipsample.workbook.build.build import build

LIST = [["Child ID", "Forename", "Surname"], ["5001", "Synthetic", "Person"]]


def review_workbook(folder: Path) -> None:
    (folder / "other review.xlsx").write_bytes(build("review"))


def release_copy(folder: Path) -> None:
    (folder / "panel.xlsx").write_bytes(build("review", {}, {"kind": "release", "checked_for_sharing": "1/1/2026"}))


def published(folder: Path) -> None:
    import pandas as pd

    sheet = publication_copy.Sheet("Outcomes", "Outcomes", pd.DataFrame({"Outcome": ["a"], "Cases": [9]}), ["x"])
    (folder / "figures.xlsx").write_bytes(publication_copy.build_publication([sheet], [("c", "small")], ["About"]))


def as_xlsx(path: Path, rows: list[list[str]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Report")
    for cells in rows:
        sheet.append(cells)
    book.save(path)
    return path


def a_csv(folder: Path) -> None:
    write_csv(folder / "report.csv", [row(1)])


def an_xlsx(folder: Path) -> None:
    as_xlsx(folder / "report.xlsx", [["Report for November"], [], *LIST])


def ods_of(path: Path, rows: list[list[str]]) -> None:
    """An .ods with these cells, as they are written in its XML."""
    lines = ("".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in row) for row in rows)
    cells = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", f'<office:x><table:table table:name="A">{cells}</table:table></office:x>')


def an_ods(folder: Path) -> None:
    ods_of(folder / "report.ods", LIST)


def an_xml(folder: Path) -> None:
    child = "<Child><LAchildID>5001</LAchildID><PersonBirthDate>2010-03-02</PersonBirthDate></Child>"
    (folder / "census.xml").write_text(f"<Message>{child}</Message>", encoding="utf-8")


def a_working_workbook(folder: Path) -> None:
    (folder / "another.xlsx").write_bytes(build("working"))


def a_key(folder: Path) -> None:
    key_file.write_key(OpenKey(folder / "key.xlsx", PASSPHRASE, key_book.KeyBook()))


SHARED = [review_workbook, release_copy, published]
IDENTIFIABLE = [a_csv, an_xlsx, an_ods, an_xml, a_working_workbook, a_key]


@pytest.mark.parametrize("put", SHARED)
@pytest.mark.parametrize("below", ["", "mine/deeper"])
def test_a_new_working_workbook_is_refused_where_others_look_and_another_folder_is_offered(
    tmp_path: Path, put, below: str
) -> None:
    share = tmp_path / "share"
    (share / below).mkdir(parents=True)
    put(share)
    status, _, said = dipsample("new", share / below / "working.xlsx")
    assert status == 2
    assert f"Choose a restricted folder, such as {tmp_path / 'share restricted'}." in said
    assert not (share / below / "working.xlsx").exists()


def test_the_way_that_is_offered_can_be_taken(tmp_path: Path) -> None:
    (tmp_path / "share restricted").mkdir()
    (tmp_path / "share").mkdir()
    review_workbook(tmp_path / "share")
    assert dipsample("new", tmp_path / "share restricted" / "working.xlsx")[0] == 0


def test_a_link_into_the_share_leads_to_the_same_refusal(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    review_workbook(tmp_path / "share")
    (tmp_path / "way").symlink_to(tmp_path / "share", target_is_directory=True)
    assert dipsample("new", tmp_path / "way" / "working.xlsx")[0] == 2


@pytest.mark.parametrize("put", IDENTIFIABLE)
@pytest.mark.parametrize("below", ["", "a/b/c"])
def test_nothing_for_others_is_put_where_names_lie_or_above(tmp_path: Path, put, below: str) -> None:
    (tmp_path / "r").mkdir()
    review = tmp_path / "r" / "review.xlsx"
    review.write_bytes(build("review"))
    out = tmp_path / "out"
    (out / below).mkdir(parents=True)
    put(out / below)
    status, _, said = dipsample("publish", review, out / "copy.xlsx")
    assert status == 2
    assert "choose another folder, such as" in said
    assert str(tmp_path / "out for others") in said


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("staff.xlsx", [["Staff ID", "Name", "Team"], ["1", "Some Body", "North"]]),
        ("budget.xlsx", [["Number", "Date", "Amount"], ["1", "1/1/2026", "3"]]),
        ("ids.xlsx", [["ID", "Name"], ["1", "Some Body"]]),
        ("case times.xlsx", [["Case ID", "Contact date"], ["1", "1/1/2026"]]),
        ("words.xlsx", [["Child ID", "Name"], ["see the guide, section 2, for what it is", "18"]]),
    ],
)
def test_other_files_are_left_alone(tmp_path: Path, name: str, rows: list[list[str]]) -> None:
    as_xlsx(tmp_path / name, rows)
    (tmp_path / "notes.txt").write_text("Child ID,Name\n1,Some Body\n", encoding="utf-8")
    (tmp_path / "notes.xlsx").write_bytes(b"no workbook")
    review_workbook(tmp_path)
    release_copy(tmp_path)
    look = neighbours.names_below(tmp_path)
    assert (look.found, look.unread) == ([], [])


def test_what_cannot_be_read_is_named_and_nobody_calls_it_safe(tmp_path: Path) -> None:
    whole = io.BytesIO()
    openpyxl.Workbook().save(whole)
    (tmp_path / "torn.xlsx").write_bytes(whole.getvalue()[:-300])
    status, result, _ = dipsample("new", tmp_path / "working.xlsx")
    assert status == 1
    assert "could not be read: torn.xlsx" in str(result["messages"])


def test_an_import_beside_a_review_workbook_goes_on_and_start_names_it_until_it_is_gone(tmp_path: Path) -> None:
    working = working_workbook(tmp_path / "w", [row(1), row(2)])
    review_workbook(working.parent)
    status, result, _ = dipsample("import", working, working.with_name("export.csv"))
    assert status == 1
    assert [one["text"] for one in result["messages"] if one["code"] == "neighbour"]
    assert "other review.xlsx (a review workbook, or a copy of one)" in str(table(working, "Start").to_numpy())
    (working.parent / "other review.xlsx").unlink()
    assert dipsample("check", working)[0] in (0, 1)
    assert "other review.xlsx" not in str(table(working, "Start").to_numpy())
    assert len(table(working, "LongList")) == 2


@pytest.fixture
def files(tmp_path: Path) -> Screened:
    return screened(tmp_path)


def test_a_review_workbook_that_is_renewed_beside_an_export_goes_on_and_names_it(files: Screened) -> None:
    write_csv(files.review.parent / "report.csv", [row(1)])
    status, result, _ = dipsample("analyse", files.review)
    assert status == 1
    assert any(one["code"] == "neighbour" for one in result["messages"])
    assert "report.csv" in str(table(files.review, "Start").to_numpy())


def test_the_list_that_this_sample_imported_is_known_by_what_the_lead_said_of_its_headings(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "share").mkdir()
    odd = tmp_path / "share" / "odd.csv"
    odd.write_text("Kid code,Called,Came\n5001,Synthetic Person,01/09/2022\n", encoding="utf-8")
    working = tmp_path / "w" / "working.xlsx"
    assert dipsample("new", working)[0] == 0
    maps = ("--map", "case_id=Kid code", "--map", "name=Called", "--map", "contact_date=Came")
    assert dipsample("import", working, odd, *maps)[0] in (0, 1)
    told = {"case_id": "Kid code", "name": "Called"}
    assert neighbours.names_below(tmp_path / "share", told=told).found
    status, _, said = dipsample(
        "pseudonymise", working, "--review", tmp_path / "share" / "review.xlsx", "--key", tmp_path / "w" / "key.xlsx"
    )  # fmt: skip
    assert status == 2
    assert "odd.csv" in said


def test_a_publication_copy_is_known_by_its_own_title() -> None:
    assert what_lies_there.PUBLICATION_TITLE == publication_copy.TITLE


def test_the_last_of_many_files_is_looked_into(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"a{number}.xlsx").write_bytes(b"no workbook")
    an_xlsx(tmp_path)
    assert [one.path.name for one in neighbours.names_below(tmp_path).found] == ["report.xlsx"]


STAFF = [["Staff ID", "Name", "Team"], *([f"{number}", "Some Body", "North"] for number in range(30))]


def seconds_for(folder: Path, count: int, whole: bytes) -> float:
    """Of the processor, for a look at so many workbooks."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number}.xlsx").write_bytes(whole)
    started = time.process_time()
    look = neighbours.names_below(folder)
    took = time.process_time() - started
    assert (look.found, look.unread) == ([], [])
    return took


@pytest.mark.parametrize("rows", [STAFF[:1], STAFF])
@pytest.mark.parametrize("shared", [False, True])
def test_every_small_workbook_is_looked_into_much_sooner_than_it_is_unpacked(
    tmp_path: Path, rows: list[list[str]], *, shared: bool
) -> None:
    """And four times as many take four times as long. Relative, so that a slow computer says the same."""
    path = tmp_path / "one.xlsx"
    if shared:  # as Excel writes them
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet()
            for number, cells in enumerate(rows):
                page.write_row(number, 0, cells)
    else:
        as_xlsx(path, rows)
    started = time.process_time()
    for _ in range(1_000):
        with zipfile.ZipFile(path) as file:
            assert all(file.read(name) for name in file.namelist())
    unpacked = time.process_time() - started
    few = seconds_for(tmp_path / "few", 500, path.read_bytes())
    many = seconds_for(tmp_path / "many", 2_000, path.read_bytes())
    assert many / 2 <= 0.75 * unpacked
    assert many <= 4 * few * 1.6


def test_20_000_files_take_at_most_two_seconds(tmp_path: Path) -> None:
    """Of the processor's time: the disk's and other programs' is not ours to judge."""
    whole = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Team", "Manager", "Date"])
    book.save(whole)
    text = b"Team,Manager name,Number\n" + b"North,Some Body,7\n" * 30
    for number in range(20_000):
        kind = number % 4
        name = f"{number}{('.xlsx', '.csv', '.docx', '.pdf')[kind]}"
        (tmp_path / name).write_bytes((whole.getvalue(), text, b"PK", b"%PDF")[kind])
    started = time.process_time()
    look = neighbours.names_below(tmp_path)
    assert time.process_time() - started <= 2
    assert (look.found, look.unread) == ([], [])
    assert len(os.listdir(tmp_path)) == 20_000  # noqa: PTH208


def as_written_by(writer: str, rows: list[list[str]], sheets: int = 1) -> bytes:
    """A workbook whose last sheet has these rows: texts in the cells (openpyxl), or shared ones."""
    whole = io.BytesIO()
    if writer == "openpyxl":
        book = openpyxl.Workbook()
        for number in range(sheets - 1):
            book.create_sheet(f"Page {number}", 0).append(["Team", "North"])
        for cells in rows:
            book.worksheets[-1].append(cells)
        book.save(whole)
    else:
        with xlsxwriter.Workbook(whole, {"in_memory": True}) as made:
            for number in range(sheets):
                page = made.add_worksheet()
                for at, cells in enumerate(rows if number == sheets - 1 else [["Team", "North"]]):
                    page.write_row(at, 0, cells)
    return whole.getvalue()


@pytest.mark.parametrize("writer", ["openpyxl", "XlsxWriter"])
def test_of_a_long_workbook_the_first_rows_alone_are_unpacked(
    tmp_path: Path, writer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What keeps thousands of files quick, counted in bytes and parts: no computer's speed comes into it."""
    whole = as_written_by(writer, [STAFF[0], *STAFF[1:] * 200], sheets=3)
    (tmp_path / "long.xlsx").write_bytes(whole)
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        sizes = {one.filename: one.file_size for one in file.infolist()}
    unpacked: list[int] = []

    class Counted:
        def __init__(self, bits: int) -> None:
            self.inner, self.at = zlib.decompressobj(bits), len(unpacked)
            unpacked.append(0)

        def decompress(self, packed: bytes, most: int) -> bytes:
            piece = self.inner.decompress(packed, most)
            unpacked[self.at] += len(piece)
            return piece

        @property
        def unconsumed_tail(self) -> bytes:
            return self.inner.unconsumed_tail

    monkeypatch.setattr(zip_parts, "zlib", SimpleNamespace(decompressobj=Counted, error=zlib.error))
    assert neighbours.names_below(tmp_path).found == []
    needed = [
        name for name in sizes if "worksheets/sheet" in name or "haredStrings" in name or name == "xl/workbook.xml"
    ]
    assert len(unpacked) <= len(needed), "styles, themes and relations are left alone"
    assert sum(sizes[name] for name in needed) > 500_000
    assert sum(unpacked) < 30_000, "of 6,000 rows the first 60 are enough"


HEADINGS_SOMEWHERE = [
    ["Child ID", "Forename", "Surname"],
    ["Case ID", "D.O.B."],
    ["Child's ID", "Surname & forename", "Team"],
    ["CHILD ID", "DATE OF BIRTH"],
]


@pytest.mark.parametrize("writer", ["openpyxl", "XlsxWriter"])
@pytest.mark.parametrize("above", [0, 3, 45, 70, 190])
@pytest.mark.parametrize("sheets", [1, 9])
def test_a_list_is_found_on_any_sheet_below_any_lines_however_it_was_written(
    tmp_path: Path, writer: str, above: int, sheets: int
) -> None:
    """After thousands of other files, too: what was met before only spares work, and clears nothing."""
    (tmp_path / "staff.xlsx").write_bytes(as_written_by(writer, [["Child ID", "Team"], ["Name", "Hours"], *STAFF]))
    for number, headings in enumerate(HEADINGS_SOMEWHERE):
        rows = [[f"Line {one} of a long report"] for one in range(above)]
        second = "12/03/2010" if "B" in headings[1] else "Synthetic"
        rows += [headings, *([f"50{one}", second, "Person"][: len(headings)] for one in range(10, 40))]
        folder = tmp_path / f"{number}"
        folder.mkdir()
        (folder / "list.xlsx").write_bytes(as_written_by(writer, rows, sheets))
        assert [one.path.name for one in neighbours.names_below(folder).found] == ["list.xlsx"], headings


@pytest.mark.parametrize("way", ["{}", "<text:span>{0[0]}</text:span>{0[1]}", "{0[0]}</text:p><text:p>{0[1]}"])
def test_a_list_in_an_ods_is_found_whatever_the_marks_of_its_texts(tmp_path: Path, way: str) -> None:
    headings = [(text[:3], text[3:]) if "{0[0]" in way else text for text in ("Child ID", "Date of birth")]
    ods_of(tmp_path / "list.ods", [[way.format(text) for text in headings], ["5001", "12/03/2010"]])
    assert [one.path.name for one in neighbours.names_below(tmp_path).found] == ["list.ods"]


def test_a_list_is_found_whatever_the_marks_of_its_texts(tmp_path: Path) -> None:
    """Texts in pieces, with blanks kept, with a prefix before every tag, and as results of formulas."""
    plain = '<c t="inlineStr"><is><t>{}</t></is></c>'
    ways = {
        "blanks kept": '<c t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>',
        "in pieces": '<c t="inlineStr"><is><r><t>{0[0]}</t></r><r><rPr><b/></rPr><t>{0[1]}</t></r></is></c>',
        "pieces with blanks": '<c t="inlineStr"><is><r ><t>{0[0]}</t></r><r ><t>{0[1]}</t></r></is></c>',
        "results": '<c t="str"><f>A9</f><v>{}</v></c>',
        "results, other marks": "<c t='str'><f>A9</f><v>{}</v></c>",
        "prefixed": '<x:c t="inlineStr"><x:is><x:t>{}</x:t></x:is></x:c>',
    }
    for name, way in ways.items():
        headings = [(text[:3], text[3:]) if "{0[0]" in way else text for text in ("Child ID", "Date of birth")]
        row = '<row r="{}">{}</row>' if name != "prefixed" else '<x:row r="{}">{}</x:row>'
        rows = row.format(1, "".join(way.format(text) for text in headings))
        rows += row.format(2, "".join((way if name == "prefixed" else plain).format(t) for t in ("5001", "12/03/2010")))
        data = bad_files.changed(
            "xl/worksheets/sheet1.xml",
            lambda xml, rows=rows: (
                xml[: xml.index(b"<sheetData")] + f"<sheetData>{rows}</sheetData></worksheet>".encode()
            ),
            as_written_by("openpyxl", STAFF),
        )
        folder = tmp_path / name
        folder.mkdir()
        (folder / "list.xlsx").write_bytes(data)
        assert [one.path.name for one in neighbours.names_below(folder).found] == ["list.xlsx"], name


NEVER_ENDED = 20_000 * b'<row><c r="A9" t="inlineStr"><is><si>', 20_000 * b"<row <c <is <si <t <sheet <definedName "


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("more", NEVER_ENDED, ids=["tags without an end", "half tags"])
def test_a_neighbour_whose_tags_never_end_is_looked_through_soon(tmp_path: Path, part: str, more: bytes) -> None:
    """Each beginning was sought to the end of the file: a file of six kilobytes took a quarter of an hour."""
    good = bad_files.good_xlsx()
    for at in (b"</", b"<sheetData>", b"<si>", b"<sheets>"):  # before the first end, or where the rows begin
        data = bad_files.changed(part, lambda xml, at=at: xml.replace(at, more + at, 1), good)
        (tmp_path / f"{len(data)} {at[1:-1].decode()}.xlsx").write_bytes(data)
    (tmp_path / "endless.ods").write_bytes(
        bad_files.changed("content.xml", lambda xml: xml + b"<table:table-row><table:table-cell " * 20_000,
                          bad_files.good_ods(tmp_path))
    )  # fmt: skip
    started = time.process_time()
    neighbours.names_below(tmp_path)
    assert time.process_time() - started < 2
