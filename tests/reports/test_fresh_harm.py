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
from xl_dipsample.domain.long_list.harm_categories import known_label, parse_harm, read_harm, split_labels
from xl_dipsample.domain.long_list.own_columns import odd_label
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
        "newline_headings",
        "mosaic_codes",
        "tracker_by_hand",
    ],
)
def test_types_of_harm_are_what_the_report_says(name: str, tmp_path: Path, new_workbook: Path) -> None:
    found = taken(name, tmp_path, new_workbook)
    assert found.categories == found.true
    assert not {one for one in found.open_labels if "No" not in one}


@pytest.mark.parametrize(
    "name",
    [
        "factors_and_risk_level",
        "harm_present_absent",
        "flags_risk_levels",
        "main_category_and_flags",
        "flags_dates",
        "harm_yes_no_pairs_in_cell",
        "flags_counts",
    ],
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


@pytest.mark.parametrize(
    "label",
    ["11A - ruled out", "11A (not substantiated)", "11A historic, closed", "11A: No", "11A: N/K", "13A (possible)",
     "11A: 0", "11A - CSE, unconfirmed", "11A previously", "11A - CSE (denied)", "11A \u2717"],
)  # fmt: skip
def test_a_code_that_its_words_take_back_is_asked_about(label: str) -> None:
    read = read_harm(label, {})
    assert read.categories == () or "unconfirmed" in read.unmapped
    assert read.unmapped


@pytest.mark.parametrize(
    ("label", "categories"),
    [
        ("11A CSE - contextual", ("CSE",)),
        ("11A: Yes", ("CSE",)),
        ("18A Physical abuse (not said by whom)", ("Physical abuse - other",)),
        ("11A & Gangs", ("CSE", "Gangs")),
        ("CSE and Gangs", ("CSE", "Gangs")),
        ("Going/being missing + CSE", ("Missing", "CSE")),
        ("Going / being missing", ("Missing",)),
        ("Going/being absent from home", ("Missing",)),
    ],
)
def test_labels_that_are_known_stay_known(label: str, categories: tuple[str, ...]) -> None:
    read = read_harm(label, {})
    assert (read.categories, read.unmapped) == (categories, ())


@pytest.mark.parametrize("heading", ["CSE", "24A - CCE", "11A", "Sexual abuse, child / other", "Alcohol misuse"])
@pytest.mark.parametrize(
    "cell", ["N/K", "?", "a, b; c", "parent", "CSE/Gangs", "Yes (11A)", "04/08/2024", "and Gangs", "high|low", "[x]"]
)
def test_an_odd_cell_is_one_label_that_nobody_knows(heading: str, cell: str) -> None:
    label = odd_label(heading, cell)
    assert list(split_labels(f"Gangs; {label}; Neglect", {})) == ["Gangs", label, "Neglect"]
    assert known_label(label) is None


def test_dates_in_a_yes_no_column_are_asked_about_once(tmp_path: Path, new_workbook: Path) -> None:
    found = taken("flags_no_means_unknown_mix", tmp_path, new_workbook)
    assert sum("date" in one for one in found.open_labels) == 2  # one for each of two columns


def test_map_names_one_field_once_but_types_of_harm_often(tmp_path: Path, new_workbook: Path) -> None:
    workbook = tmp_path / "working.xlsx"
    shutil.copyfile(new_workbook, workbook)
    export = TRUTHS["three_categories_mapped"](tmp_path)["file"]
    for twice in (
        ("age=Factor 1", "age=Factor 2"),
        ("categories=Factor 1", "categories="),
        ("categories=", "categories=Factor 1"),
    ):
        status, _, refusal = dipsample("import", workbook, export, "--map", twice[0], "--map", twice[1])
        assert status == 2
        assert "names one field twice" in refusal
