"""Language and Language patterns as sheets: what stands where, what people fill in, where the links lead."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

from xl_dipsample.domain.language import collocations, concern_patterns, term_hits, typical_words
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.sheets.parts.layout import Layout
from xl_dipsample.workbook.specs import spec


def layout(name: str, values: dict[str, str] | None = None, **tables: pd.DataFrame) -> Layout:
    return sheets.layout(name, sheets.book("review", tables, values or {}))


def test_the_tables_have_the_headings_that_the_analysis_gives() -> None:
    assert sorted(spec.table("review", "Language").headings) == sorted(term_hits.HEADINGS)
    assert spec.table("review", "LanguagePatterns").headings == list(concern_patterns.HEADINGS)
    assert spec.table("review", "TypicalWords").headings == list(typical_words.HEADINGS)
    assert spec.table("review", "Collocations").headings == list(collocations.HEADINGS)


def test_people_fill_in_the_decision_alone_and_no_column_is_about_a_worker() -> None:
    assert [one.heading for one in spec.table("review", "Language").columns if one.by == "people"] == ["Decision"]
    for name in ("Language", "LanguagePatterns", "TypicalWords", "Collocations"):
        table = spec.table("review", name)
        assert not [one for one in table.headings if "review" in one.lower() or "worker" in one.lower()]
        assert all(one.by == "us" for one in table.columns if one.heading != "Decision")


def test_the_words_found_stand_between_the_words_around_them() -> None:
    headings = spec.table("review", "Language").headings
    at = headings.index("Term")
    assert headings[at - 1 : at + 2] == ["Words before", "Term", "Words after"]
    row = dict.fromkeys(headings) | {"Words before": "with her", "Term": "boyfriend", "Words after": "in town"}
    book = openpyxl.load_workbook(io.BytesIO(build("review", {"Language": pd.DataFrame([row], dtype=object)})))
    cells = book["Language"][6][at - 1 : at + 2]
    assert [(cell.value, cell.alignment.horizontal, cell.font.b) for cell in cells] == [
        ("with her", "right", False), ("boyfriend", "center", True), ("in town", None, False),
    ]  # fmt: skip
    assert all(cell.alignment.wrap_text for cell in cells)
    assert book["Language"].freeze_panes == "C6"


@pytest.mark.parametrize("name", ["language", "language_patterns"])
def test_before_the_first_refresh_the_sheet_says_how_it_is_filled(name: str) -> None:
    state = layout(name).state
    assert state is not None
    assert state.value == "Empty: Refresh analysis fills this sheet."


@pytest.mark.parametrize("name", ["language", "language_patterns"])
def test_nothing_on_the_sheet_moves_when_the_tables_grow(name: str) -> None:
    rows = pd.DataFrame([dict.fromkeys(spec.table("review", "Language").headings, "x")] * 30, dtype=object)
    grown = layout(name, {"analysed_on": "today"}, Language=rows)
    assert [(c.row, c.column, c.value) for c in grown.cells] == [(c.row, c.column, c.value) for c in layout(name).cells]
    assert {cell.row for cell in grown.cells} == {4}


@pytest.mark.parametrize("name", ["language", "language_patterns"])
def test_the_links_lead_to_the_headings_of_the_tables(name: str) -> None:
    targets = {f"internal:'{one.sheet}'!{one.anchor}" for one in spec.tables("review")}
    links = [cell.link for cell in layout(name).cells if cell.link]
    assert len(links) == 2
    assert set(links) <= targets


def test_a_refresh_that_found_nothing_says_so_and_why_there_are_no_typical_words() -> None:
    found, patterns = (layout(name, {"analysed_on": "today"}).state for name in ("language", "language_patterns"))
    assert found is not None
    assert found.value == "As of today: none of the words in the table Terms was found."
    assert patterns is not None
    assert str(patterns.value).startswith(
        "As of today: 0 of 0 cases with a text hold such words. No typical words: they"
    )
    assert "10 closed and 10 progressed cases" in str(patterns.value)


def test_a_filled_sheet_that_does_not_know_since_when_says_what_is_in_it() -> None:
    row = dict.fromkeys(spec.table("review", "Language").headings) | {"Term": "boyfriend", "Decision": "dismiss "}
    state = layout("language", Language=pd.DataFrame([row], dtype=object)).state
    assert state is not None
    assert state.value == "1 of 1 decided (0 confirmed, 1 dismissed)."
