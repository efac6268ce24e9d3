"""The briefing as Word and LibreOffice read it: no error, at most six pages, every chart drawn with its numbers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.actions.briefing_reviews import crowded, empty
from tests.office import libreoffice, validator
from xl_dipsample.briefing.pages import pages
from xl_dipsample.briefing.source import Source
from xl_dipsample.briefing.specimen import specimen
from xl_dipsample.briefing.word import Bullets, Chart, Heading, Table, write

pytestmark = pytest.mark.office
MOST_PAGES = 6


def printed(path: Path) -> list[str]:
    """The text of every page of the document, as LibreOffice prints it."""
    pdf = libreoffice.to_pdf(path, path.parent / "printed")
    run = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return run.stdout.decode("utf-8").split("\f")[:-1]


@pytest.mark.parametrize("cases", [1, 60])
def test_a_sample_full_of_long_texts_has_at_most_six_pages_and_no_error(cases: int, tmp_path: Path) -> None:
    made = pages(Source(crowded(cases), "24/11/2026 10:00:00"))
    path = tmp_path / "briefing.docx"
    path.write_bytes(write(made.blocks))
    assert validator.validate(path) == []
    found = printed(path)
    assert len(found) <= MOST_PAGES
    text = " ".join("".join(found).split())
    for block in made.blocks:
        match block:
            case Heading():
                assert block.text in text
            case Chart():
                assert block.title in text
                assert all(series.name in text for series in block.series[1:])
            case Bullets():
                assert all(item[:40] in text for item in block.items)
            case Table():
                assert all(heading.split()[0] in text for heading in block.headings)
    assert f"Page 1 of {len(found)}" in found[0]


def test_every_number_of_a_chart_is_drawn(tmp_path: Path) -> None:
    tables = crowded(60)
    chart = next(one for one in pages(Source(tables)).blocks if isinstance(one, Chart) and one.title.startswith("Outc"))
    path = tmp_path / "chart.docx"
    path.write_bytes(write([chart]))
    words = printed(path)[0].split()
    for category, value in zip(chart.categories, chart.series[0].values, strict=True):
        assert str(value) in words, category
        assert category.split()[0] in words


def test_an_empty_workbook_and_the_specimen_open_too(tmp_path: Path) -> None:
    for name, data in (("empty", write(pages(Source(empty())).blocks)), ("specimen", specimen())):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        assert validator.validate(path) == []
    assert len(printed(tmp_path / "empty.docx")) <= 2
