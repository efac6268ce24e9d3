"""Packs of words: picked on Focus, in My lists with the next press, once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.actions.typing_in import edit, set_cell
from tests.actions.workbooks import dipsample, row, table, working_workbook, write_csv
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

LABELS = ("Family Help Plan", "ROTH conference", "NFA")


@pytest.fixture
def working(tmp_path: Path) -> Path:
    return working_workbook(tmp_path / "work", [row(n, Outcome=word) for n, word in enumerate(LABELS, 1)])


def words(path: Path, name: str = "Outcome") -> list[str]:
    frame = table(path, "MyLists")
    return frame.loc[frame["List"] == name, "Word"].tolist()


def means(path: Path) -> dict[str, object]:
    labels = table(path, "Labels")
    labels = labels[labels["Field"] == "Outcome"]
    return dict(zip(labels["Label as exported"], labels["Means"], strict=True))


def said(result: dict[str, object]) -> dict[str, str]:
    return {one["code"]: one["text"] for one in result["messages"]}  # type: ignore[index, attr-defined]


def without(path: Path, word: str) -> None:
    """Delete a word's row, as a lead does."""

    def fill(host: FileHost) -> None:
        frame = host.read_table("MyLists")
        host.write_table("MyLists", frame[frame["Word"] != word].reset_index(drop=True))

    edit(path, fill)


@pytest.mark.parametrize("press", ["check", "narrow", "import"])
def test_a_pack_comes_with_the_next_press_and_its_labels_are_understood(working: Path, press: str) -> None:
    set_cell(working, "Focus", "Word packs", "Families First")
    more = [working.parent / "export.csv"] if press == "import" else []
    _, result, _ = dipsample(press, working, *more)
    assert said(result)["packs-taken"].startswith(
        "Word packs of Focus came into My lists: Families First. Added: 12 words, "
    )
    assert result["figures"]["packs"]["words"] == 12
    assert {"Family Help plan", "ROTH conference"} <= set(words(working))
    if press != "check":
        assert means(working)["Family Help Plan"] == "Family Help plan"
    assert table(working, "PacksTaken").to_numpy().tolist() == [["Word packs", "Families First"]]
    again = dipsample("narrow", working)[1]
    assert "packs-taken" not in said(again)
    assert means(working) == {
        "Family Help Plan": "Family Help plan",
        "ROTH conference": "ROTH conference",
        "NFA": "No further action",
    }


def test_nothing_is_picked_by_default_and_import_and_narrow_down_name_the_packs_that_would_help(working: Path) -> None:
    told = "Labels that wait for you are words of ready-made packs: Families First (2 labels). Pick them on Focus, "
    assert words(working) == list(lead_lists.shipped().words("Outcome"))
    assert said(dipsample("narrow", working)[1])["packs-would-help"].startswith(told)
    assert said(dipsample("import", working, working.parent / "export.csv")[1])["packs-would-help"].startswith(told)
    set_cell(working, "Focus", "Word packs", "Families First")
    assert "packs-would-help" not in said(dipsample("narrow", working)[1])


def test_a_word_that_was_deleted_stays_away_until_the_pack_is_taken_off_and_picked_again(working: Path) -> None:
    set_cell(working, "Focus", "Word packs", "Families First")
    dipsample("check", working)
    without(working, "Context conference")
    dipsample("check", working)
    assert "Context conference" not in words(working)
    set_cell(working, "Focus", "Word packs", None)
    dipsample("check", working)
    assert "ROTH plan" in words(working), "what was taken over stays"
    assert table(working, "PacksTaken").empty
    set_cell(working, "Focus", "Word packs", "Families First")
    dipsample("check", working)
    assert "Context conference" in words(working)


def test_what_the_lead_has_wins_and_is_said(working: Path) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("MyLists")
        own = [
            {"List": "Outcome", "Word": "Family Help plan", "Side": "Closed"},
            {"List": "Referred to?", "Word": "Our panel", "Codes and words that mean it": "MACE panel"},
        ]
        host.write_table(
            "MyLists", pd.concat([frame, pd.DataFrame(own, dtype=object)], ignore_index=True).astype(object)
        )

    edit(working, fill)
    set_cell(working, "Focus", "Word packs", "Families First; Services")
    told = said(dipsample("check", working)[1])
    frame = table(working, "MyLists")
    (place,) = frame.index[frame["Word"] == "Family Help plan"]
    assert frame.loc[place, "Side"] == "Closed"
    assert told["pack-sides-kept"] == f"Your side of the line stays where the pack has another: Excel row {6 + place}."
    assert (
        told["pack-codes-left"] == "1 code or spelling of a pack already means another word of your list: that stays."
    )
    assert told["pack-codes-moved"].startswith(
        "3 codes and spellings mean the pack's own word now, no longer the wider "
    )


def test_a_list_without_room_says_how_many_words_found_none(working: Path) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("MyLists")
        own = pd.DataFrame([{"List": "Outcome", "Word": f"Ours {n}"} for n in range(39)], dtype=object)
        host.write_table("MyLists", pd.concat([frame, own], ignore_index=True).astype(object))

    edit(working, fill)
    set_cell(working, "Focus", "Word packs", "Families First")
    told = said(dipsample("check", working)[1])
    assert told["pack-no-room"].startswith("8 words of a pack found no room: a list has 50 words at most.")


def test_a_name_that_is_no_pack_is_refused_and_nothing_is_changed(working: Path) -> None:
    set_cell(working, "Focus", "Word packs", "Families Last")
    before = working.read_bytes()
    status, _, told = dipsample("check", working)
    assert status == 2
    assert "of the sheet Focus: Word packs has a name that is no pack." in told
    assert working.read_bytes() == before


def test_an_import_that_is_refused_takes_nothing_over(working: Path, tmp_path: Path) -> None:
    set_cell(working, "Focus", "Word packs", "Families First")
    before = working.read_bytes()
    assert dipsample("import", working, write_csv(tmp_path / "empty.csv", []))[0] == 2
    assert working.read_bytes() == before
