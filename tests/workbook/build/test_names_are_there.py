"""Every workbook that is made has the names that its drop-downs and formulas refer to."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pandas as pd
import pytest
from openpyxl.formula import Tokenizer

from xl_dipsample.privacy.key import passphrase, reading_list, sealed
from xl_dipsample.workbook.build import publication_copy, release_copy, second_workbook, text_check_list
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import defaults, spec

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
CELLS = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+")


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
    "release": release_copy.template,
    "second reader": a_second_readers,
    "publication": a_publication,
    "text check": a_text_check_list,
    "sealed": a_sealed_one,
    "escrow": lambda: passphrase.make_escrow("one", "two").plain,
}


@pytest.mark.parametrize("which", MADE)
def test_every_name_that_a_drop_down_or_a_formula_uses_is_there(which: str) -> None:
    data = MADE[which]()
    book = openpyxl.load_workbook(io.BytesIO(data))
    there = {name.casefold() for name in book.defined_names}
    for sheet in book.worksheets:
        there |= {name.casefold() for name in (*sheet.defined_names, *sheet.tables)}
    asked: dict[str, str] = {}
    for sheet in book.worksheets:
        formulas = [rule.formula1 for rule in sheet.data_validations.dataValidation]
        formulas += [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        for formula in filter(None, formulas):
            for name in used(str(getattr(formula, "text", formula))):
                asked[name] = f"{sheet.title}: {formula[:80]}"
    assert {name: where for name, where in asked.items() if name.casefold() not in there} == {}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert not any("externalLink" in name for name in file.namelist())


def used(formula: str) -> set[str]:
    """The names and tables of a formula; not its functions, cells, texts and sheets."""
    tokens = Tokenizer(formula if formula.startswith("=") else f"={formula}").items
    ranges = [one.value for one in tokens if one.type == "OPERAND" and one.subtype == "RANGE"]
    found = {one.partition("[")[0] for one in ranges if "!" not in one.partition("[")[0]}
    return {one for one in found if NAME.fullmatch(one) and not CELLS.fullmatch(one)}


def test_a_name_that_is_not_there_is_seen() -> None:
    assert used("=list_yes_no") == {"list_yes_no"}
    assert used('=SUM(Review[Age],A1:B2,other)&"text"') == {"Review", "other"}
