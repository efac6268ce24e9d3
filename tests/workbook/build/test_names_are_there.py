"""Every workbook that is made passes the lint of our own: names, tables, references, limits."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from tests import filled_workbooks
from tests.workbook import workbook_lint
from xl_dipsample.files import fixed_zip
from xl_dipsample.privacy.key import passphrase, reading_list, sealed
from xl_dipsample.workbook.build import publication_copy, release_copy, second_workbook, text_check_list
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import defaults, spec


def a_text_check_list() -> bytes:
    kept = pd.DataFrame([{"Unique ID": "DS-7GK-4MXQ", "Column": "x", "Kept words": "May", "Mark": "m"}], dtype=object)
    rows = pd.DataFrame([{"Unique ID": "DS-7GK-4MXQ", "Tier": "must be decided", "Mark": "n"}], dtype=object)
    return text_check_list.build(
        text_check_list.TextCheckList("s", "review.xlsx", rows, kept, "", ("Replace", "Keep in this row"), "must")
    )


def a_second_readers() -> bytes:
    tables = {one.name: defaults.default(one) for sheet in spec.sheets("review") for one in sheet.tables}
    return second_workbook.made(tables, {"sample_id": "s"})


def a_publication() -> bytes:
    sheet = publication_copy.Sheet("Outcomes", "Outcomes", pd.DataFrame({"Outcome": ["a"], "Cases": [9]}), ["x"])
    return publication_copy.build_publication([sheet], [("c", "small")], ["About"])


def a_sealed_one() -> bytes:
    frame = pd.DataFrame([dict.fromkeys(reading_list.COLUMNS, "x")], dtype=object)
    return sealed.build("reading list", 1, ("About",), [sealed.Sheet("Reading list", "About", frame)])


MADE: dict[str, Callable[[], bytes]] = {
    "working": lambda: build("working"),
    "review": lambda: build("review"),
    "working, filled": lambda: filled_workbooks.built("working"),
    "review, filled": lambda: filled_workbooks.built("review"),
    "release": release_copy.template,
    "second reader": a_second_readers,
    "publication": a_publication,
    "text check": a_text_check_list,
    "sealed": a_sealed_one,
    "escrow": lambda: passphrase.make_escrow("one", "two").plain,
}


@pytest.mark.parametrize("which", MADE)
def test_every_name_that_a_drop_down_or_a_formula_uses_is_there(which: str) -> None:
    assert workbook_lint.problems(MADE[which]()) == []


def _review_with(part: str, old: str, new: str) -> bytes:
    parts = fixed_zip.unpacked(build("review"))
    [name] = [one for one in parts if one.endswith(part) and old in parts[one].decode()][:1]
    return fixed_zip.packed({**parts, name: parts[name].decode().replace(old, new, 1).encode()})


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("workbook.xml", 'name="list_yes_no"', 'name="list_yes"', "list_yes_no is not there"),
        ("workbook.xml", 'name="list_yes_no"', 'name="LIST_OUTCOME"', "the name list_outcome is there twice"),
        ("workbook.xml", 'sheet name="Harms"', 'sheet name="Review"', "the sheet review is there twice"),
        ("workbook.xml", 'sheet name="Harms"', 'sheet name="Harms and whatever else there may be"', "cannot be"),
        ("workbook.xml", "Pivots!$", "'[1]Pivots'!$", "leads out of the workbook"),
        ("workbook.xml", "Pivots!$", "Pivot!$", "there is no sheet Pivot"),
        ("workbook.xml", "Pivots!$K$5", "2020!$K$5", "stands without quotes"),
        (".xml", "Review[[#This Row],[Level of harm]]", "Review[[#This Row],[Level]]", "Review has no column Level"),
        (".xml", "Review[[#This Row],[Level of harm]]", "[@[Level of harm]]", "not as files store it"),
        (".xml", "Review[[#This Row],[Level of harm]]", "#REF!", "it refers to nothing"),
        (".xml", "IF(TRIM(Review", f"IF({'1+' * 4100}TRIM(Review", "it is too long"),
        ("sharedStrings.xml", "<t>Parenting concerns</t>", "<t>Parents</t>", "its cell says 'Parents'"),
        (".xml", 'displayName="Review" ref="A5:', 'displayName="Review" ref="B5:', "columns at B5"),
        (".xml", '<autoFilter ref="A5:', '<autoFilter ref="A4:', "the filter of"),
        (".xml", ' width="14.', ' width="914.', "wide"),
        (".xml", ' ht="75"', ' ht="750"', "high"),
        (
            "pivotCacheDefinition1.xml",
            'worksheetSource name="Review"',
            'worksheetSource name="Rview"',
            "no table for it",
        ),
        ("pivotCacheDefinition1.xml", 'name="Outcome"', 'name="Outcomes"', "are not the columns of Review"),
        ("pivotCacheDefinition1.xml", '<s v="Early help"/>', "", "Outcome has not as many words as it says"),
        ("pivotCacheDefinition1.xml", '<s v="Early help"/>', "", "has not each word of its cache once"),
        ("pivotTable1.xml", '<item x="1"/>', '<item x="2"/>', "has not each word of its cache once"),
        ("pivotTable1.xml", '<item x="1"/>', "", "has not as many items as it says"),
        ("pivotTable1.xml", '<i t="grand"><x/></i>', '<i><x v="99"/></i>', "its rowItems lead to no word"),
        ("pivotTable1.xml", '<i t="grand"><x/></i>', "", "has not as many rowItems as it says"),
        ("pivotTable1.xml", '<pivotField showAll="0"/>', "", "it has other fields than its cache"),
        ("pivotTable2.xml", '<location ref="K', '<location ref="A', "overlap"),
    ],
)
def test_what_would_make_excel_repair_or_refuse_a_workbook_is_seen(part: str, old: str, new: str, said: str) -> None:
    with warnings.catch_warnings(action="ignore"):  # openpyxl's, on what it cannot read
        assert said in "\n".join(workbook_lint.problems(_review_with(part, old, new)))


def test_tables_that_overlap_and_lists_that_are_too_long_are_seen() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["a", "b", "c"], [1, 2, 3]):
        sheet.append(row)
    for name, ref in (("One", "A1:B2"), ("Two", "B1:C2")):
        sheet.add_table(Table(displayName=name, ref=ref))
    sheet.add_data_validation(DataValidation(type="list", formula1=f'"{"x," * 140}"', sqref="E1"))
    made = io.BytesIO()
    book.save(made)
    assert workbook_lint.problems(made.getvalue()) == [
        "Sheet: the tables One and Two overlap",
        "Sheet: the list at E1 is too long",
    ]


def test_texts_and_prompts_that_are_too_long_are_seen() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "much"
    rule = DataValidation(type="whole", formula1="1", sqref="B1", promptTitle="t" * 33, prompt="p" * 256)
    sheet.add_data_validation(rule)
    made = io.BytesIO()
    book.save(made)
    parts = fixed_zip.unpacked(made.getvalue())
    [name] = [one for one, data in parts.items() if b">much<" in data]
    longer = parts[name].replace(b">much<", b">" + b"x" * 32_768 + b"<")
    assert workbook_lint.problems(fixed_zip.packed({**parts, name: longer})) == [
        "Sheet: the title of the prompt at B1 is too long",
        "Sheet: the prompt at B1 is too long",
        "Sheet: the text in A1 is too long",
    ]


def test_headings_with_every_special_character_are_found_in_formulas() -> None:
    asked = ["Who's [there]? #1", "Met @ school", "Age, in years", "Home: where?", 'A "quoted" one & more']
    questions = pd.DataFrame([[one, "Yes / No", None] for one in asked], columns=["Heading", "Type", "Choices"])
    data = build("review", {"Questions": questions.astype(object)})
    assert workbook_lint.problems(data) == []
    stored = [formula for _, formula in workbook_lint.formulas(openpyxl.load_workbook(io.BytesIO(data)))]
    for reference in ("Review[Who''s '[there']? '#1]", "Review[Met '@ school]", "Review[[Age, in years]]"):
        assert any(reference in formula for formula in stored)
