"""Refresh analysis and Findings, through the command: what people wrote survives, and what changed is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.actions.typing_in import add_column, edit
from tests.actions.workbooks import dipsample, table
from tests.domain.findings.findings_reviews import generated
from xl_dipsample.domain.findings.kept_sentences import CHANGED, NO_LONGER
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

HARD = "Hard to find"


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review workbook that was analysed once."""
    path = tmp_path_factory.mktemp("analysed") / "review.xlsx"
    path.write_bytes(build("review", generated(20, 3), {"sample_id": "S-1"}))
    status, result, said = dipsample("analyse", path)
    assert status == 0, said
    assert result["figures"]["findings"] == len(table(path, "Findings")) > 5
    return path


@pytest.fixture
def review(analysed: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(analysed, tmp_path / "review.xlsx"))


def lines(path: Path) -> pd.DataFrame:
    return table(path, "Findings").set_index("About")


def write(path: Path, about: str, **cells: object) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("Findings")
        for heading, cell in cells.items():
            frame.loc[frame["About"] == about, heading.replace("_", " ")] = cell
        host.write_table("Findings", frame)

    edit(path, fill)


def hard_to_find(path: Path, answer: str | None) -> None:
    """Everybody's Hard to find? says this."""

    def fill(host: FileHost) -> None:
        frame = host.read_table("Review")
        host.write_table(
            "Review", frame.assign(**{"Hard to find?": pd.Series(answer, index=frame.index, dtype=object)})
        )

    edit(path, fill)


def test_what_people_wrote_survives_and_a_change_is_said(review: Path) -> None:
    before = lines(review).loc[HARD]
    write(review, HARD, **{"Keep?": "Yes", "In_your_words": "The files are hard to read."})
    status, result, _ = dipsample("analyse", review)
    assert (status, result["figures"]["findings_to_reword"]) == (0, 0)
    after = lines(review).loc[HARD]
    assert [after["Keep?"], after["In your words"], after["Note"]] == ["Yes", "The files are hard to read.", None]
    hard_to_find(review, "Yes")
    _, result, _ = dipsample("analyse", review)
    assert [one["code"] for one in result["messages"]].count("findings-to-reword") == 1
    changed = lines(review).loc[HARD]
    assert changed["Finding"] != before["Finding"] == changed["Your words were for"]
    assert [changed["Keep?"], changed["In your words"], changed["Note"]] == ["Yes", after["In your words"], CHANGED]


def test_a_finding_that_no_longer_holds_stays_only_with_words(review: Path) -> None:
    write(review, HARD, In_your_words="Zebrafinch words.")
    hard_to_find(review, None)
    _, result, said = dipsample("analyse", review)
    assert result["figures"]["findings_to_reword"] == 1
    assert "Zebrafinch" not in str(result) + said
    assert lines(review).loc[HARD, "Note"] == NO_LONGER
    assert lines(review).index[-1] == HARD
    write(review, HARD, In_your_words=None)
    dipsample("analyse", review)
    assert HARD not in lines(review).index


def test_rows_and_columns_that_people_add_stay(review: Path) -> None:
    add_column(review, "Findings", "Talked about")

    def fill(host: FileHost) -> None:
        frame = host.read_table("Findings")
        frame.loc[0, "Talked about"] = "12 March"
        own = pd.DataFrame([["Ours", "Nobody asked the club."]], columns=["About", "In your words"], dtype=object)
        host.write_table("Findings", pd.concat([frame, own], ignore_index=True).astype(object).drop(columns="Go there"))

    edit(review, fill)
    first = table(review, "Findings")
    dipsample("analyse", review)
    again = table(review, "Findings")
    assert again["Talked about"].tolist() == first["Talked about"].tolist()
    assert again.iloc[-1][["About", "In your words", "Go there"]].fillna("").tolist() == [
        "Ours", "Nobody asked the club.", ""
    ]  # fmt: skip


def test_a_review_workbook_without_cases_has_no_findings(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", {}, {"sample_id": "S-1"}))
    status, result, said = dipsample("analyse", path)
    assert (status, result["figures"]["findings"]) == (0, 0), said
    assert table(path, "Findings").empty
