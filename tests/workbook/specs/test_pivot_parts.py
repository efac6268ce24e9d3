"""PivotTables: on the tables as they are, without a single row of them in the file."""

from __future__ import annotations

import io
import itertools
import re
import zipfile

import openpyxl
import pandas as pd
import pytest

from xl_dipsample.domain.analysis import tallies
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import pivot_parts, spec

SENTINEL = "zzsentinelzz"
QUESTIONS = pd.DataFrame(
    [['A "quoted" <question> & more', "Text", None]], columns=["Heading", "Type", "Choices"], dtype=object
)


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    headings = spec.table("review", "Review").headings
    row = dict.fromkeys(headings, SENTINEL) | {"In sample?": None, "Contact date": None, "Reviewed on": None}
    review = pd.DataFrame([row], columns=headings, dtype=object)
    data = build("review", {"Review": review, "Harms": tallies.harms_table(review), "Questions": QUESTIONS})
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert len(made.namelist()) == len(set(made.namelist()))
        return {name: made.read(name).decode() for name in made.namelist() if name.endswith((".xml", ".rels"))}


def caches(parts: dict[str, str]) -> dict[str, str]:
    found = {name: text for name, text in parts.items() if name.startswith("xl/pivotCache/")}
    return {re.search(r'<worksheetSource name="(\w+)"', text)[1]: text for text in found.values()}


def tables(parts: dict[str, str]) -> list[str]:
    return [text for name, text in parts.items() if re.match(r"xl/pivotTables/pivotTable\d+\.xml", name)]


def test_the_six_pivots_of_the_design_are_there(parts):
    assert [re.search(r'name="([^"]+)"', text)[1] for text in tables(parts)] == [
        "Outcome by scenario",
        "Ethnicity",
        "Age band",
        "Gender",
        "Referred to?",
        "Outcome by type of harm",
    ]


def test_a_cache_has_a_field_for_every_column_of_its_table_the_team_s_questions_too(parts):
    for name, text in caches(parts).items():
        table = next(t for n, t in parts.items() if n.startswith("xl/tables/") and f'displayName="{name}"' in t)
        columns = re.findall(r'<tableColumn [^>]*?\bname="([^"]*)"', table)
        assert text.count("<cacheField ") == len(columns)
    assert "&lt;question&gt; &amp; more" in caches(parts)["Review"]


def test_no_row_of_the_source_is_kept_and_nobody_can_drill_down(parts):
    assert not [name for name in parts if "pivotCacheRecords" in name]
    for text in caches(parts).values():
        assert 'saveData="0"' in text
        assert 'refreshOnLoad="1"' in text
        assert 'missingItemsLimit="0"' in text
    assert all('enableDrill="0"' in text for text in tables(parts))


def test_no_word_that_was_typed_stands_in_a_pivot_part(parts):
    assert SENTINEL in "".join(parts.values())
    assert not [name for name, text in parts.items() if "pivot" in name.lower() and SENTINEL in text]


def test_the_filter_of_every_pivot_takes_one_item_yes(parts):
    for text in tables(parts):
        field, item = re.search(r'<pageField fld="(\d+)" item="(\d+)"', text).groups()
        [fields] = {
            re.findall(r'<cacheField name="([^"]*)"', one)[int(field)]
            for one in caches(parts).values()
            if one.count("<cacheField ") == text.count("<pivotField ")
        }
        assert (fields, item) == ("Counts?", "0")
        assert "multipleItemSelectionAllowed" not in text
        assert ' h="1"' not in text
    for text in caches(parts).values():
        shared = re.search(r'<cacheField name="Counts\?"[^>]*><sharedItems[^>]*>(.*?)</sharedItems>', text)[1]
        assert re.findall('v="([^"]*)"', shared) == ["Yes", "No"]


def test_what_a_pivot_shows_before_a_refresh_are_the_cells_of_its_place():
    headings = spec.table("review", "Review").headings
    typed = [
        ("A", "Early help", None),
        ("B", "No further action", "no "),
        ("C", "early HELP", "Yes"),
        ("D", None, None),
    ]
    rows = [{"Unique ID": one, "Outcome": outcome, "In sample?": said} for one, outcome, said in typed]
    review = pd.DataFrame([{name: row.get(name) for name in headings} for row in rows], columns=headings, dtype=object)
    data = build("review", {"Review": review, "Harms": tallies.harms_table(review)})
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Pivots"]
    column = [cell.value for cell in sheet["A"]]
    assert column[6:] == ["Counts?", None, "Cases", "Outcome", "Early help", "(blank)", "Grand Total"]
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        first = made.read("xl/pivotTables/pivotTable1.xml").decode()
    assert '<location ref="A9:C13"' in first
    assert first.count("<i>") == 3  # two lines, one column; each has a total besides
    assert [cell.value for cell in sheet[13]][:3] == ["Grand Total", 3, 3]


def test_pivots_side_by_side_leave_room_to_grow():
    by_column = sorted(pivot_parts.pivots(None), key=lambda pivot: pivot.column)
    for left, right in itertools.pairwise(by_column):
        words = len(spec.lists()["scenarios"]) + 2 if left.across else 1  # the blank one and the total
        assert left.column + words < right.column - 1
        assert left.across in ("", "Scenario")  # its words are a formula's: their number is known


def test_the_working_workbook_has_no_pivots():
    assert pivot_parts.add_pivots({"a.xml": b"as it is"}, "working", {}) == {"a.xml": b"as it is"}


def test_a_workbook_that_looks_otherwise_is_refused():
    with pytest.raises(ValueError):
        pivot_parts.add_pivots({"xl/tables/table1.xml": b"<something/>"}, "review", {})
