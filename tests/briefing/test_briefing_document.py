"""The briefing's document: real headings, tables and charts that a screen reader can use, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docx import Document

from xl_dipsample.briefing import word
from xl_dipsample.briefing.word import Bullets, Chart, Heading, Paragraph, Series, Table, write
from xl_dipsample.briefing.word.skeleton import FOOTER, TITLE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NAVY, TEAL = "#12436D", "#28A197"
BARS = Chart(
    "Outcomes (5 cases)", "Bars: 3 and 2.", ("Child in Need", "Other <&>"), (Series("Cases", (3, 2), NAVY),), 6
)
STACKED = Chart(
    "By scenario", "Bars.", ("A", "B"), (Series("In need", (1, 0), NAVY), Series("Not clear", (4, 9), TEAL)), 7
)
TABLE = Table(
    "What happened.",
    ("Outcome", "Cases"),
    (("Child in Need", "3"), ("Other", "2"), ("None", "0")),
    (3, 1),
    frozenset({1}),
)
BLOCKS: list[word.Block] = [
    Paragraph(TITLE, "Title"), Heading("First"), Paragraph("Words.", "Intro"), BARS, TABLE, Heading("Second", 2),
    Bullets(("one", "two")), Paragraph("“Said”", "Quote", "Why: "), STACKED, Paragraph("The end.", "Note"),
]  # fmt: skip


@pytest.fixture(scope="module")
def data() -> bytes:
    return write(BLOCKS)


def part(data: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return ET.fromstring(file.read(name))  # noqa: S314 - our own file


def name_of(paragraph: Any) -> str:
    return str(paragraph.style.name)


def test_equal_blocks_give_equal_bytes(data: bytes) -> None:
    assert write(BLOCKS) == data
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_headings_are_real_and_in_order(data: bytes) -> None:
    document = Document(io.BytesIO(data))
    headings = [(name_of(one), one.text) for one in document.paragraphs if name_of(one).startswith("Heading")]
    assert headings == [("Heading 1", "First"), ("Heading 2", "Second")]
    levels = [one.get(f"{W}val") for one in part(data, "word/styles.xml").iter(f"{W}outlineLvl")]
    assert levels == ["0", "1"]


def test_every_paragraph_has_a_style_of_the_document_and_nothing_is_formatted_by_hand(data: bytes) -> None:
    known = {one.get(f"{W}styleId") for one in part(data, "word/styles.xml").iter(f"{W}style")}
    body = part(data, "word/document.xml")
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        assert style is not None
        assert style.get(f"{W}val") in known
    for properties in body.iter(f"{W}rPr"):
        assert [one.tag for one in properties] == [f"{W}rStyle"]


def test_lists_are_real_lists(data: bytes) -> None:
    document = Document(io.BytesIO(data))
    assert [one.text for one in document.paragraphs if name_of(one) == "List Bullet"] == ["one", "two"]
    style = next(one for one in part(data, "word/styles.xml") if one.get(f"{W}styleId") == "ListBullet")
    assert style.find(f"{W}pPr/{W}numPr/{W}numId") is not None


def test_the_header_row_of_a_table_is_marked_and_repeated_and_no_row_is_torn(data: bytes) -> None:
    table = next(part(data, "word/document.xml").iter(f"{W}tbl"))
    rows = list(table.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    caption = table.find(f"{W}tblPr/{W}tblCaption")
    assert caption is not None
    assert caption.get(f"{W}val") == "What happened."
    assert table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstRow") == "1"  # type: ignore[union-attr]


def test_no_first_or_last_row_of_a_table_stands_alone_on_a_page(data: bytes) -> None:
    rows = list(part(data, "word/document.xml").iter(f"{W}tr"))
    kept = [row.find(f".//{W}pPr/{W}keepNext") is not None for row in rows]
    assert kept[1:] == [True, True, False]


def test_every_drawing_has_alt_text_and_a_number_of_its_own(data: bytes) -> None:
    drawings = [one for one in part(data, "word/document.xml").iter() if one.tag.endswith("}docPr")]
    assert [one.get("descr") for one in drawings] == ["Bars: 3 and 2.", "Bars."]
    assert len({one.get("id") for one in drawings}) == 2


def test_a_chart_holds_its_numbers_and_no_workbook(data: bytes) -> None:
    chart = part(data, "word/charts/chart1.xml")
    assert [one.text for one in chart.iter(f"{C}v")] == ["Cases", "Child in Need", "Other <&>", "3", "2"]
    assert not [one for one in chart.iter() if one.tag in (f"{C}f", f"{C}externalData")]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert not [name for name in file.namelist() if "embed" in name or "charts/_rels" in name]
    stacked = part(data, "word/charts/chart2.xml")
    assert stacked.find(f".//{C}legend") is not None
    assert [one.get("val") for one in stacked.iter(f"{C}grouping")] == ["stacked"]


def test_the_first_category_is_on_top(data: bytes) -> None:
    axis = part(data, "word/charts/chart1.xml").find(f".//{C}catAx/{C}scaling/{C}orientation")
    assert axis is not None
    assert axis.get("val") == "maxMin"


def test_the_language_is_british_the_font_arial_and_the_paper_a4(data: bytes) -> None:
    styles = part(data, "word/styles.xml")
    assert styles.find(f".//{W}docDefaults//{W}lang").get(f"{W}val") == "en-GB"  # type: ignore[union-attr]
    assert {one.get(f"{W}ascii") for one in styles.iter(f"{W}rFonts")} == {"Arial"}
    paper = part(data, "word/document.xml").find(f".//{W}pgSz")
    assert paper is not None
    assert (paper.get(f"{W}w"), paper.get(f"{W}h")) == ("11906", "16838")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
    assert b"en-US" not in everything


def test_the_properties_are_the_same_for_every_briefing(data: bytes) -> None:
    document = Document(io.BytesIO(data))
    core = document.core_properties
    assert (core.title, core.author, core.last_modified_by, core.language) == (TITLE, "", "", "en-GB")
    assert str(core.created)[:10] == str(core.modified)[:10] == "2025-01-01"


def test_the_footer_counts_the_pages(data: bytes) -> None:
    footer = part(data, "word/footer1.xml")
    assert [one.get(f"{W}instr") for one in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]
    assert next(one.text for one in footer.iter(f"{W}t")) == FOOTER


def test_every_ink_is_readable_on_its_paper(data: bytes) -> None:
    for style in part(data, "word/styles.xml").iter(f"{W}style"):
        ink = style.find(f"{W}rPr/{W}color")
        if ink is not None:
            paper = NAVY[1:] if style.get(f"{W}styleId", "").startswith("Tablehead") else "FFFFFF"
            assert contrast(str(ink.get(f"{W}val")), paper) >= 4.5
    chart = zipfile.ZipFile(io.BytesIO(data)).read("word/charts/chart2.xml").decode()
    for series in re.findall(r"<c:ser>.*?</c:ser>", chart, re.DOTALL):
        fill, *_, ink = re.findall(r'srgbClr val="([0-9A-F]{6})"', series)
        assert contrast(ink, fill) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.1, relative luminance."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_estimate_of_pages_grows_with_what_is_in_it() -> None:
    sizes = [word.pages([Paragraph("word " * number)]) for number in (10, 100, 1000, 5000)]
    assert all(less < more for less, more in pairwise(sizes))
    assert word.fits(BLOCKS)
    assert not word.fits([BARS] * 30)
