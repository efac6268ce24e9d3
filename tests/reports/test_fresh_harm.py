"""Types of harm of reports as a fresh tester wrote them: no case gains one that is not there, none is lost unsaid."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fresh_reports
import pandas as pd
import pytest

from tests.actions.typing_in import edit
from tests.actions.workbooks import dipsample, table
from xl_dipsample.domain.long_list.harm_categories import parse_harm
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

TRUTHS = {one.__name__: one for one in fresh_reports.REPORTS}


@dataclass(frozen=True)
class Taken:
    """What import took of one report, beside its truth; both row by row."""

    workbook: Path
    truth: dict[str, Any]
    said: str

    @property
    def harm(self) -> pd.DataFrame:
        labels = table(self.workbook, "LongList")["Type of harm"]
        return parse_harm(labels.astype(object), {})

    @property
    def categories(self) -> list[set[str]]:
        return [set(one) for one in self.harm["categories"]]

    @property
    def true(self) -> list[set[str]]:
        return [set(one["harm"]) for one in self.truth["rows"]]

    @property
    def open_labels(self) -> set[str]:
        frame = table(self.workbook, "Labels")
        rows = frame[(frame["Field"] == "Type of harm") & ~frame["Means"].astype(bool)]
        return set(rows["Label as exported"])


@pytest.fixture(scope="module")
def new_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "new.xlsx"
    assert dipsample("new", path)[0] == 0
    return path


def taken(name: str, folder: Path, new_workbook: Path) -> Taken:
    truth = TRUTHS[name](folder)
    workbook = folder / "working.xlsx"
    shutil.copyfile(new_workbook, workbook)
    _, answer, _ = dipsample("import", workbook, truth["file"], *truth["args"])
    return Taken(workbook, truth, str(answer["messages"]))


@pytest.mark.parametrize(
    "name",
    [
        "flags_code_headings_odd_cells",
        "flags_long_headings_odd_cells",
        "flags_bare_codes_odd_cells",
        "flags_names_odd_cells",
        "flags_no_means_unknown_mix",
        "flags_not_known",
        "flags_mixed_with_factors",
        "factors_code_then_ruled_out",
        "factors_names_then_ruled_out",
    ],
)
def test_what_is_neither_yes_nor_no_is_asked_about(name: str, tmp_path: Path, new_workbook: Path) -> None:
    found = taken(name, tmp_path, new_workbook)
    extra = [got - true for got, true in zip(found.categories, found.true, strict=True)]
    assert not any(extra)
    lost = [
        true - got
        for got, true, unmapped in zip(found.categories, found.true, found.harm["unmapped"], strict=True)
        if not unmapped
    ]
    assert not any(lost)
    assert found.open_labels


@pytest.mark.parametrize(
    "name",
    [
        "flags_code_headings_nothing_words",
        "flags_code_headings_csv_true_false",
        "flags_beside_factor_text",
        "flags_bool",
        "factors_with_no_in_words",
        "merged_factor_heading",
        "type_of_harm_other_types",
        "primary_secondary_codes",
        "harm_primary_secondary",
        "factors_continued",
        "factor_numbered",
        "category_of_abuse_1_2",
        "three_categories_mapped",
        "list_of_id_and_factor",
        "harm_mixture",
        "flags_traps",
    ],
)
def test_types_of_harm_are_what_the_report_says(name: str, tmp_path: Path, new_workbook: Path) -> None:
    found = taken(name, tmp_path, new_workbook)
    assert found.categories == found.true
    assert not {one for one in found.open_labels if "No" not in one}


@pytest.mark.parametrize(
    "name", ["factors_and_risk_level", "harm_present_absent", "flags_risk_levels", "main_category_and_flags"]
)
def test_a_column_that_may_be_a_type_of_harm_is_asked_about_and_the_answer_stays(
    name: str, tmp_path: Path, new_workbook: Path
) -> None:
    found = taken(name, tmp_path, new_workbook)
    assert "Which columns hold types of harm?" in found.said

    def choose(host: FileHost) -> None:
        frame = host.read_table("Headings")
        asked = [str(sure or "").startswith("Choose: categories") for sure in frame["Sure?"]]
        assert any(asked)
        frame.loc[asked, "Field"] = "categories"
        host.write_table("Headings", frame)

    edit(found.workbook, choose)
    for _ in range(2):
        _, answer, _ = dipsample("import", found.workbook, found.truth["file"])
        assert "types of harm?" not in str(answer["messages"])
        unmapped = found.harm["unmapped"]
        for got, true, is_open in zip(found.categories, found.true, unmapped, strict=True):
            assert got <= true
            assert got == true or is_open
