"""Where narrowing down starts stands in the sheet files of Focus and Criteria, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.shared import sheet_files
from xl_dipsample.domain.shared.errors import SettingProblem
from xl_dipsample.workbook.specs import defaults, spec

TABLES = ("Focus", "Criteria", "Categories", "Labels", "MyLists")


def of_a_new_workbook() -> dict[str, pd.DataFrame]:
    """The tables that a new working workbook has."""
    return {name: defaults.default(spec.table("working", name)) for name in TABLES}


def read(tables: dict[str, pd.DataFrame]) -> Criteria:
    """The criteria without what Labels means, which starts empty."""
    return replace(Criteria.from_tables(*(tables[name] for name in TABLES)), means={})


def test_criteria_that_nobody_set_are_those_of_a_new_workbook() -> None:
    assert read(of_a_new_workbook()) == Criteria()


def test_another_default_in_the_sheet_file_is_another_default_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    other = {("Criteria", "Age cut-off"): 15, ("Criteria", "Keep"): "Last", ("Focus", "Period is about"): "End date"}
    asked = sheet_files.default
    monkeypatch.setattr(
        "xl_dipsample.domain.shared.sheet_files.table",
        lambda sheet, name, before=sheet_files.table: {
            **before(sheet, name),
            "rows": [[row[0], other.get((name, row[0]), row[1])] for row in before(sheet, name)["rows"]],
        },
    )
    assert asked("Criteria", "Age cut-off") == 15
    made = Criteria()
    assert (made.age_cut_off, made.keep, made.period_about) == (15, "Last", "End date")
    tables = of_a_new_workbook()
    tables["Criteria"].loc[tables["Criteria"]["Setting"] == "Keep", "Value"] = None
    assert read(tables).keep == "Last", "a blank cell means the default"
    tables["Criteria"].loc[tables["Criteria"]["Setting"] == "Age cut-off", "Value"] = "young"
    with pytest.raises(SettingProblem, match="type one, such as 15"):
        read(tables)


def test_every_choice_of_a_setting_is_understood_and_another_word_is_not() -> None:
    for name in ("Focus", "Criteria"):
        for setting, listed in spec.table("working", name).cell_lists.items():
            for word in (*spec.lists()[listed], "something else"):
                tables = of_a_new_workbook()
                tables[name].loc[tables[name]["Setting"] == setting, "Value"] = word
                if word != "something else":
                    read(tables)
                    continue
                with pytest.raises(SettingProblem, match=setting):
                    read(tables)
