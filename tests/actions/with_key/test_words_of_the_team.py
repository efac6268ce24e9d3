"""Words that the team adds on My lists of the review workbook, and words typed straight in Review."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.typing_in import edit, include_all
from tests.actions.with_key.test_lists_to_review import add_words, pseudonymise, shown, working  # noqa: F401
from tests.actions.workbooks import dipsample, table
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

FAMILY_HELP = {"List": "Outcome", "Word": "Family Help", "Side": "Progressed"}


@pytest.fixture
def review(working: Path, tmp_path: Path) -> Path:  # noqa: F811
    """A review workbook of six cases, none of which has an outcome that the lists do not have."""
    dipsample("narrow", working)
    include_all(working)
    assert pseudonymise(working)[0] == 0
    return tmp_path / "share" / "review.xlsx"


def type_outcomes(review: Path, *words: str) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("Review")
        frame["Outcome"] = [*words, *["Early help"] * (len(frame) - len(words))]
        host.write_table("Review", frame)

    edit(review, fill)


def press(working: Path) -> tuple[int, dict[str, object]]:  # noqa: F811
    folder = working.parent.parent
    places = ("--review", folder / "share" / "review.xlsx", "--key", folder / "key" / "key.xlsx")
    status, result, said = dipsample("pseudonymise", working, *places)
    return status, result or {"said": said}


def messages(result: dict[str, object], code: str) -> list[str]:
    return [one["text"] for one in result["messages"] if one["code"] == code]  # type: ignore[attr-defined, index]


def test_a_word_of_the_team_comes_to_the_lead_and_counts_from_then_on(working: Path, review: Path) -> None:  # noqa: F811
    add_words(review, FAMILY_HELP)
    type_outcomes(review, "Family Help", "Family Help")
    before = shown(review, "summary", "Outcome")
    assert (before["Other words"], before.get("Family Help")) == (2, None), "the sheets stay as they were laid out"
    status, analysed, _ = dipsample("analyse", review)
    assert status == 0
    [said] = messages(analysed, "own-words")
    assert said.startswith("2 of 6 outcomes are words that are not laid out yet (Excel rows 6, 7 of Review).")
    status, result = press(working)
    assert status == 0
    [came] = messages(result, "words-came")
    assert came.startswith(f"1 word that the team added on My lists of the review workbook (there Excel row "
                           f"{5 + len(table(review, 'MyLists'))})")  # fmt: skip
    assert table(working, "MyLists").iloc[-1][["List", "Word", "Side"]].tolist() == ["Outcome", "Family Help",
                                                                                   "Progressed"]  # fmt: skip
    after = shown(review, "summary", "Outcome")
    assert (after["Family Help"], after["Other words"]) == (2, 0)
    assert messages(result, "own-words") == []
    assert len(table(review, "WordsAside")) == 0
    assert press(working)[1]["figures"].get("words_added") is None, "once"  # type: ignore[attr-defined]


def test_a_word_with_another_side_than_the_leads_waits_beside_and_keeps_what_was_typed(
    working: Path,  # noqa: F811
    review: Path,
) -> None:
    add_words(review, {**FAMILY_HELP, "Codes and words that mean it": "FHP"})
    add_words(working, {**FAMILY_HELP, "Side": "Closed"})
    dipsample("narrow", working)
    status, result = press(working)
    assert status == 0
    [told] = messages(result, "words-aside")
    assert "beside My lists of the review workbook, Excel row 6 say" in told
    [aside] = table(review, "WordsAside").to_dict("records")
    assert (aside["Word"], aside["Side"], aside["Codes and words that mean it"]) == ("Family Help", "Progressed", "FHP")
    assert aside["Why it waits"] == (
        "The lead's list has this word with: Side Closed, other codes and words that mean it."
    )
    assert table(working, "MyLists").iloc[-1]["Side"] == "Closed", "the lead's row stays"


def test_what_was_typed_over_the_leads_row_waits_beside_and_the_row_is_the_leads_again(
    working: Path,  # noqa: F811
    review: Path,
) -> None:
    def overtype(host: FileHost) -> None:
        frame = host.read_table("MyLists")
        frame.loc[frame["Word"] == "Early help", "Side"] = "Progressed"
        host.write_table("MyLists", frame.drop(index=frame.index[frame["Word"] == "Looked after"]))

    type_outcomes(review)
    edit(review, overtype)
    dipsample("analyse", review)
    findings = " ".join(table(review, "Findings")["Finding"])
    assert "0 of 6 cases went on" in findings, "what was laid out counts, here as on the live sheets"
    _, result = press(working)
    assert result["figures"]["words_aside"] == 1  # type: ignore[index]
    assert len(messages(result, "words-back")) == 1
    [aside] = table(review, "WordsAside").to_dict("records")
    assert aside["Why it waits"].startswith("It was typed over a word of the lead's")
    mine = table(review, "MyLists").set_index("Word")["Side"]
    assert mine.loc["Looked after"] == "Progressed"
    assert "Closed" in set(mine.loc[["Early help"]])


def test_a_childs_name_as_a_word_of_the_team_is_refused_with_its_row_there_and_nothing_changes(
    working: Path,  # noqa: F811
    review: Path,
) -> None:
    add_words(review, {"List": "Referred to?", "Word": "Panel of Synthetic Number3"})
    row, rows = 5 + len(table(review, "MyLists")), len(table(working, "MyLists"))
    status, told = press(working)
    assert status == 2
    assert f"What is typed on My lists of the review workbook, Excel row {row} has the name" in str(told["said"])
    assert len(table(working, "MyLists")) == rows


def test_a_renamed_word_renames_what_reviewers_typed(working: Path, review: Path) -> None:  # noqa: F811
    type_outcomes(review, "EARLY  help", "Early help; Other")

    def rename(host: FileHost) -> None:
        frame = host.read_table("MyLists")
        at = (frame["List"] == "Outcome") & (frame["Word"] == "Early help")
        frame.loc[at, "Was called"], frame.loc[at, "Word"] = "Early help", "Family Help"
        host.write_table("MyLists", frame)

    edit(working, rename)
    dipsample("narrow", working)
    status, result = press(working)
    assert status == 0
    assert set(table(review, "Review")["Outcome"]) == {"Family Help", "Family Help; Other"}
    assert shown(review, "summary", "Outcome")["Family Help"] == 5
    [said] = messages(result, "own-words")
    assert said.startswith("1 of 6 outcomes are words that are not laid out yet (Excel row ")
