"""What Excel is told to do, as a list: its length must not depend on the rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.engines import remote
from tests.silent_ui import SilentUi
from xl_dipsample.addin.selftest.contract.bench import case_checks, filled, long_list, reviews
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

pytestmark = pytest.mark.pro


def told(folder: Path, kind: Kind, name: str, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The actions that writing one table takes."""
    path = folder / f"{kind}.xlsx"
    path.write_bytes(build(kind, {}, {"sample_id": "S-1", "sample_name": "Autumn"}))
    book = remote.opened(path)
    host = ExcelHost.of(book, SilentUi())
    with host.transaction():
        host.write_table(name, frame)
        assert remote.actions(book) == []
    return remote.actions(book)


def names(actions: list[dict[str, Any]]) -> list[str]:
    return [action["func"] for action in actions]


def mixed(count: int) -> pd.DataFrame:
    numbers = range(count)
    return filled(
        long_list(count),
        Case_ID=[f"{number:04}" for number in numbers],
        Date_of_birth=[dt.date(2010, 1, 1) if number % 2 else "02/2010" for number in numbers],
        Age=[number % 18 if number % 3 else "unborn" for number in numbers],
        Gender=["=1+1"] * count,
        Outcome=["\rx", *["\tx"] * (count - 1)],
    )


@pytest.mark.parametrize(
    ("kind", "name", "frame"),
    [("working", "LongList", mixed), ("working", "CaseCheck", case_checks), ("review", "Review", reviews)],
)
def test_three_thousand_rows_take_as_many_orders_as_ten(tmp_path: Path, kind: Kind, name: str, frame: Any) -> None:
    few, many = told(tmp_path, kind, name, frame(10)), told(tmp_path, kind, name, frame(3000))
    assert names(few) == names(many)
    assert len(few) < 40


def test_a_table_is_resized_then_formatted_then_filled_in_one_order(tmp_path: Path) -> None:
    actions = told(tmp_path, "working", "LongList", mixed(10))
    order = names(actions)
    assert order.count("resizeTable") == order.count("setValues") == 1
    formats = [place for place, name in enumerate(order) if name == "setNumberFormat"]
    assert order.index("resizeTable") < min(formats)
    assert max(formats) < order.index("setValues")
    values = next(action for action in actions if action["func"] == "setValues")
    assert (values["row_count"], values["column_count"]) == (10, 14)


def test_texts_get_the_text_format_and_mixed_columns_an_apostrophe(tmp_path: Path) -> None:
    actions = told(tmp_path, "working", "LongList", mixed(10))
    formats = {
        action["start_column"] + offset: action["args"][0]
        for action in actions
        if action["func"] == "setNumberFormat"
        for offset in range(action["column_count"])
    }
    columns = list(mixed(1).columns)
    values = next(action["values"] for action in actions if action["func"] == "setValues")
    cell = {heading: values[0][place] for place, heading in enumerate(columns)}
    look = {heading: formats[place] for place, heading in enumerate(columns)}
    assert (look["Case ID"], cell["Case ID"]) == ("@", "0000")
    assert (look["Gender"], cell["Gender"]) == ("@", "=1+1")
    assert (look["Outcome"], cell["Outcome"]) == ("@", "\rx")
    assert (look["Age"], cell["Age"]) == ("General", "'unborn")
    assert (look["Date of birth"], cell["Date of birth"]) == ("dd/mm/yyyy", "'02/2010")
    assert not any(value is None or value != value for row in values for value in row)  # no NaN


def test_formula_columns_are_filled_by_one_formula_each_and_never_written(tmp_path: Path) -> None:
    actions = told(tmp_path, "review", "Review", reviews(10))
    formulas = [action for action in actions if action["func"] == "setFormula"]
    assert len(formulas) == 4
    assert all(str(action["values"]).startswith("=IF(") and action["row_count"] == 10 for action in formulas)
    places = {action["start_column"] for action in formulas}
    for action in actions:
        if action["func"] in ("setValues", "setNumberFormat"):
            span = range(action["start_column"], action["start_column"] + action["column_count"])
            assert not places & set(span)


def test_of_the_settings_only_what_changed_is_written(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    path.write_bytes(build("working", {}, {"sample_id": "S-1", "sample_name": "Autumn"}))
    book = remote.opened(path)
    host = ExcelHost.of(book, SilentUi())
    host.write_value("sample_name", "=Winter")
    assert names(remote.actions(book)) == ["setNumberFormat", "setValues", "calculate"]


def test_what_is_read_costs_no_order(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    path.write_bytes(build("working", {"CaseCheck": case_checks(4)}, {"sample_id": "S-1", "sample_name": "Autumn"}))
    book = remote.opened(path)
    host = ExcelHost.of(book, SilentUi())
    assert len(host.read_table("CaseCheck")) == 4
    host.save()
    assert remote.actions(book) == []
