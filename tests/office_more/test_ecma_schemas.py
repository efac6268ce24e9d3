"""Every part of every file that we write is as ECMA-376's transitional schemas say."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.office_more import schemas
from xl_dipsample.files import fixed_zip

pytestmark = pytest.mark.office_more

SHIPPED = sorted((Path(__file__).parents[2] / "workbook_template").glob("*.xl*"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_what_is_shipped_is_as_the_schemas_say(path: Path) -> None:
    assert schemas.problems(path) == []


def test_every_file_of_the_example_is_as_the_schemas_say(example: Path) -> None:
    ours = [path for path in example.rglob("*") if path.suffix in (".xlsx", ".docx") and zipfile.is_zipfile(path)]
    assert {path.name.split()[0] for path in ours} >= {"working.xlsx", "review.xlsx", "briefing.docx", "publication"}
    assert {path.relative_to(example).as_posix(): found for path in ours if (found := schemas.problems(path))} == {}


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><cow/>"),
        ("xl/workbook.xml", b"<sheets>", b'<sheets many="2">'),
        ("xl/pivotTables/pivotTable1.xml", b'subtotal="count"', b'subtotal="counts"'),
        ("xl/pivotCache/pivotCacheDefinition1.xml", b' refreshOnLoad="1"', b' refreshOnLoad="often"'),
        ("xl/tables/table1.xml", b' displayName="', b' shownName="'),
        ("xl/styles.xml", b"<fonts ", b'<fonts cow="1" '),
        ("xl/charts/chart1.xml", b"<c:plotArea>", b"<c:plotArea><c:cow/>"),
        ("xl/drawings/drawing1.xml", b"<xdr:from>", b"<xdr:from><xdr:cow/>"),
        ("xl/theme/theme1.xml", b"<a:clrScheme ", b'<a:clrScheme cow="1" '),
        ("docProps/app.xml", b"<Application>", b"<Cow/><Application>"),
        ("xl/_rels/workbook.xml.rels", b' Target="', b' Towards="'),
    ],
)
def test_a_part_that_the_schemas_do_not_allow_is_noticed(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    parts = fixed_zip.unpacked((SHIPPED[0].parent / "review.xltx").read_bytes())
    assert old in parts[part]
    path = tmp_path / "review.xlsx"
    path.write_bytes(fixed_zip.packed({**parts, part: parts[part].replace(old, new, 1)}))
    assert [line for line in schemas.problems(path) if line.startswith(part)] != []


def test_only_three_parts_have_no_schema_here() -> None:
    seen = set()
    for path in SHIPPED:
        with zipfile.ZipFile(path) as file:
            seen |= {name for name in file.namelist() if name in schemas.WITHOUT}
            other = {name for name in file.namelist() if not name.endswith((".xml", ".rels"))}
        assert other <= {"xl/vbaProject.bin"}
    assert seen == schemas.WITHOUT
