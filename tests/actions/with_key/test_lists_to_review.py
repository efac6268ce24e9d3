"""A word of the lead's own: from a row on My lists to every sheet that speaks of closed, progressed, protection."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.actions.typing_in import decide, edit, include_all
from tests.actions.workbooks import PASSPHRASE, READING, dipsample, row, table, working_workbook
from tests.silent_ui import SilentUi
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.sheets import book, layout

OUTCOMES = ("FH plan", "FH plan", "family  HELP", "ROTH", "NFA", "CIN")


def add_words(path: Path, *rows: dict[str, object]) -> None:
    """Type rows below My lists."""

    def fill(host: FileHost) -> None:
        frame = host.read_table("MyLists")
        for one in rows:
            frame.loc[len(frame)] = [one.get(str(heading)) for heading in frame.columns]
        host.write_table("MyLists", frame)

    edit(path, fill)


def shown(path: Path, sheet: str, block: str | None = None) -> dict[str, object]:
    """The first number right of each label of a live sheet, or of one block of it."""
    host = FileHost.open(path, SilentUi(), read_only=True)
    tables = {name: host.read_table(name) for name in host.tables()}
    made = layout(sheet, book("review", tables, {"analysed_on": ""}))
    numbers = {cell.row: cell.value for cell in made.cells if cell.column == 2}
    found, header = {}, None
    for cell in sorted((cell for cell in made.cells if cell.column == 1), key=lambda cell: cell.row):
        header = cell.value if cell.style == "header" else header
        if block in (None, header):
            found[str(cell.value)] = numbers.get(cell.row)
    return found


@pytest.fixture
def working(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DIPSAMPLE_READING_PASSPHRASE", READING)
    path = working_workbook(tmp_path / "work", [row(n, Outcome=word) for n, word in enumerate(OUTCOMES, 1)])
    for name in ("key", "share"):
        (tmp_path / name).mkdir()
    return path


def pseudonymise(working: Path) -> tuple[int, str]:
    folder = working.parent.parent
    places = ("--review", folder / "share" / "review.xlsx", "--key", folder / "key" / "key.xlsx")
    status, _, said = dipsample("pseudonymise", working, *places)
    return status, said


def test_a_row_on_my_lists_is_all_that_a_new_outcome_takes(working: Path, tmp_path: Path) -> None:
    before = table(working, "Labels").set_index("Label as exported")["Means"].to_dict()
    assert before["FH plan"] is None
    add_words(
        working,
        {"List": "Outcome", "Word": "Family Help", "Side": "Progressed", "Codes and words that mean it": "FH plan"},
        {"List": "Outcome", "Word": "ROTH plan", "Side": "Progressed", "Child protection": "Yes",
         "Codes and words that mean it": "roth; ROTHP"},
    )  # fmt: skip
    dipsample("narrow", working)
    after = table(working, "Labels").set_index("Label as exported")["Means"].to_dict()
    assert (after["FH plan"], after["ROTH"], after["NFA"]) == ("Family Help", "ROTH plan", "No further action")
    used = table(working, "MyLists").set_index(["List", "Word"])["In use"]
    assert used[("Outcome", "Family Help")] == 3
    include_all(working)
    assert pseudonymise(working) == (0, "")
    review = tmp_path / "share" / "review.xlsx"
    assert sorted(table(review, "Review")["Outcome"]) == [
        "Child in Need", "Family Help", "Family Help", "Family Help", "No further action", "ROTH plan",
    ]  # fmt: skip
    summary, thresholds = shown(review, "summary", "Outcome"), shown(review, "thresholds")
    assert (summary["Family Help"], summary["ROTH plan"], summary["Other words"]) == (3, 1, 0)
    assert thresholds["The same cases, of all at child protection"] == 0
    assert any("Family Help, ROTH plan." in label for label in thresholds)
    assert dipsample("analyse", review)[0] == 0
    lines = table(review, "Variations")
    assert lines.loc[lines["By"] == "Outcome on neither side", "Group"].tolist() == []
    found = dict(zip(table(review, "Findings")["About"], table(review, "Findings")["Finding"], strict=True))
    assert "5 of 6 cases went on to Child in Need or above" in found["No further action, and going on"]
    assert found["Child Protection and harm outside the home"].startswith("1 of 6 cases")


def test_an_own_word_that_stands_on_no_list_is_on_neither_side_and_said(working: Path, tmp_path: Path) -> None:
    dipsample("narrow", working)
    include_all(working)
    assert pseudonymise(working)[0] == 0
    review = tmp_path / "share" / "review.xlsx"

    def fill(host: FileHost) -> None:
        frame = host.read_table("Review")
        frame["Outcome"] = ["Family Help"] * 2 + ["Early help"] * (len(frame) - 2)
        host.write_table("Review", frame)

    edit(review, fill)
    dipsample("analyse", review)
    lines = table(review, "Variations")
    [own] = lines[lines["Group"] == "Family Help"].to_dict("records")
    assert (own["By"], own["Cases"]) == ("Outcome on neither side", 2)
    assert own["In words"].startswith("On no list, so on neither side of the line.")
    assert shown(review, "summary", "Outcome")["Other words"] == 2


def test_a_childs_name_on_my_lists_does_not_go_into_the_share(working: Path, tmp_path: Path) -> None:
    add_words(working, {"List": "Referred to?", "Word": "Panel of Synthetic Number3"})
    place = 5 + len(table(working, "MyLists"))
    dipsample("narrow", working)
    include_all(working)
    status, said = pseudonymise(working)
    assert status == 2
    assert f"What is typed on My lists, Excel row {place} has the name" in said
    assert "Number3" not in said
    assert list((tmp_path / "share").iterdir()) == []


def test_a_row_that_cannot_stand_is_refused_and_stays_there(working: Path) -> None:
    add_words(working, {"List": "Outcome", "Word": "early  help"})
    rows = len(table(working, "MyLists"))
    status, _, said = dipsample("narrow", working)
    assert status == 2
    assert f"Excel row {5 + rows} of the sheet My lists: the word stands in this list twice" in said
    assert table(working, "MyLists")["Word"].tolist()[-1] == "early  help"


def test_the_lists_go_on_to_the_next_sample(working: Path, tmp_path: Path) -> None:
    add_words(working, {"List": "Outcome", "Word": "Family Help", "Side": "Progressed"})
    assert dipsample("new", tmp_path / "next.xlsx", "--like", working)[0] == 0
    mine = table(tmp_path / "next.xlsx", "MyLists")
    assert mine.iloc[-1][["List", "Word", "Side"]].tolist() == ["Outcome", "Family Help", "Progressed"]


def codes(result: dict[str, object]) -> dict[str, str]:
    return {one["code"]: one["text"] for one in result["messages"]}  # type: ignore[attr-defined]


def test_one_word_in_two_lists_is_a_note_with_its_rows_and_no_error(working: Path) -> None:
    status, result, _ = dipsample("check", working)
    assert status < 2, "no refusal"
    mine = table(working, "MyLists")
    rows = [6 + at for at, word in enumerate(mine["Word"]) if word == "Early help"]
    assert len(rows) == 2
    told = codes(result)["word-in-two-lists"]
    assert all(str(row) in told for row in rows)
    assert "Early help" not in told


def test_a_word_that_is_taken_off_while_it_is_used_is_said_with_every_row_that_uses_it(working: Path) -> None:
    add_words(working, {"List": "Outcome", "Word": "Family Help", "Side": "Progressed"},
              {"List": "Exclusion reason", "Word": "Moved away"})  # fmt: skip

    def use(host: FileHost) -> None:
        labels = host.read_table("Labels")
        labels.loc[labels["Label as exported"].isin(["FH plan", "ROTH"]), "Means"] = "Family Help"
        host.write_table("Labels", labels)

    edit(working, use)
    dipsample("narrow", working)
    decide(working, {1: ("Exclude", "Moved away", "AB"), 2: ("Exclude", "moved  away", "AB")})
    status, result, _ = dipsample("check", working)
    assert status < 2, "no refusal"
    assert not {"W01", "reason-not-listed"} & set(codes(result)), "a word of the lead's own is a word"

    def drop(word: str, host: FileHost) -> None:
        mine = host.read_table("MyLists")
        host.write_table("MyLists", mine[mine["Word"] != word].reset_index(drop=True))

    edit(working, lambda host: drop("Moved away", host))
    _, result, _ = dipsample("narrow", working)
    rows = [6 + at for at, reason in enumerate(table(working, "CaseCheck")["Reason"]) if reason]
    assert f"(Excel rows {rows[0]}, {rows[1]}): counted as Other on Exclusions" in codes(result)["reason-not-listed"]
    edit(working, lambda host: drop("Family Help", host))
    labels = table(working, "Labels")
    rows = [6 + at for at, means in enumerate(labels["Means"]) if means == "Family Help"]
    status, _, said = dipsample("check", working)
    assert status == 2
    assert f'Excel rows {", ".join(map(str, rows))} of the sheet Labels: "Means" is not a word for Outcome.' in said
    assert len(rows) > 1


def test_a_type_of_harm_of_the_leads_own_takes_one_row_with_what_means_it(working: Path) -> None:
    def add(host: FileHost) -> None:
        frame = host.read_table("Categories")
        cells = {"Category": "Harm in school", "Chosen": "Yes", "Codes and words that mean it": "SCH; 11A school",
                 "Was called": "School harm"}  # fmt: skip
        frame.loc[len(frame), list(cells)] = list(cells.values())
        host.write_table("Categories", frame)
        rows = host.read_table("LongList")
        harms = ["SCH", "school harm", "11A", "11A; sch", "11A", "11A"]
        host.write_table("LongList", rows.assign(**{"Type of harm": pd.Series(harms, dtype=object)}))

    edit(working, add)
    dipsample("narrow", working)
    found = table(working, "FunnelCategories").set_index("Category")
    assert found.loc["Harm in school", "Long list"] == 3
    used = table(working, "Categories").set_index("Category")["In use"]
    assert (used["Harm in school"], used["Gangs"]) == (3, 0)


def test_a_renamed_reason_counts_under_its_new_name(working: Path, tmp_path: Path) -> None:
    dipsample("narrow", working)
    include_all(working)
    decide(working, {1: ("Exclude", "Recorded in error or a test record", "AB"), 2: ("Exclude", "gone", "AB")})

    def rename(host: FileHost) -> None:
        mine = host.read_table("MyLists")
        at = mine["Word"] == "Recorded in error or a test record"
        mine.loc[at, "Was called"], mine.loc[at, "Word"] = "Recorded in error or a test record", "Not a case"
        host.write_table("MyLists", mine)

    edit(working, rename)
    dipsample("narrow", working)
    assert pseudonymise(working)[0] == 0
    left = table(tmp_path / "share" / "review.xlsx", "Exclusions").set_index("Reason")["Rows"]
    assert (left["Not a case"], left["Other"]) == (1, 1)
