"""A child at risk now: what the steps say first, where they ask, and that what was typed survives every rebuild."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from tests.actions.sharing_places import NAME, ROWS, Places, copied, made_once
from tests.actions.typing_in import decide, edit
from tests.actions.workbooks import dipsample, table
from tests.silent_ui import SilentUi
from xl_dipsample.actions import briefing, lookup, release
from xl_dipsample.actions.briefing import BriefingOptions
from xl_dipsample.actions.running.confirm import STOP
from xl_dipsample.domain.review.act_now import BY, FLAG, ON
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

DAY = dt.date(2026, 11, 2)
TWO = "2 cases are flagged Act now? and not acted on"
TOLD = f"{TWO}: follow your procedure and tell your manager now. This workbook tells nobody. Start lists them."


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pseudonymised sample of six: two are flagged, one more was acted on."""
    folder = tmp_path_factory.mktemp("act now") / "all"
    folder.mkdir()
    made_once(folder)
    flag(folder / "share" / "review.xlsx", {0: ("Yes", None, None), 1: ("yes ", "AB", None), 2: ("Yes", "AB", DAY)})
    return folder


@pytest.fixture
def places(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    return copied(first, tmp_path, monkeypatch)


def flag(path: Path, cells: dict[int, tuple[object, object, object]]) -> None:
    """Type into the three columns: place of the row -> Act now?, Acted by, Acted on."""

    def fill(host: FileHost) -> None:
        frame = host.read_table("Review")
        for at, typed in cells.items():
            for heading, cell in zip((FLAG, BY, ON), typed, strict=True):
                frame.at[at, heading] = cell
        host.write_table("Review", frame)

    edit(path, fill)


def start_of(path: Path) -> list[str]:
    """What Start shows, from its first line down."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Start"]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]


def texts(result: dict[str, Any]) -> list[str]:
    return [one["text"] for one in result["messages"]]


def test_refresh_analysis_first_says_how_many_are_open_and_keeps_no_count(places: Places) -> None:
    status, result, said = dipsample("analyse", places.review)
    assert (status, said) == (0, "")
    assert texts(result)[0] == TOLD
    line = table(places.review, "Audit").iloc[-1]
    assert "act" not in json.dumps(result["figures"]).casefold()
    assert "flag" not in str(line["Figures"]).casefold()


def test_start_names_who_is_flagged_and_not_acted_on_and_nobody_else(places: Places) -> None:
    shown, listed = start_of(places.review), table(places.review, "Review")["Unique ID"].tolist()
    assert "2 flagged Act now? and not acted on: see below the steps. Next: Review" in shown
    assert [one for one in shown if one in listed] == listed[:2]
    flag(places.review, dict.fromkeys((0, 1), ("Yes", "CD", DAY)))
    shown = start_of(places.review)
    assert [one for one in shown if one in listed] == []
    assert "Next: Review" in shown


class Answering(SilentUi):
    """A person who answers one question."""

    def __init__(self, answer: str) -> None:
        super().__init__()
        self.answer, self.asked = answer, [""]

    def choose(self, question: str, choices: Any, option: str) -> str:
        self.asked.append(question)
        assert self.answer in choices
        return self.answer


def test_briefing_and_check_before_sharing_ask_while_a_flag_is_open_and_stop_writes_nothing(places: Places) -> None:
    person = Answering(STOP)
    host, document = FileHost.open(places.review, person), places.panel / "briefing.docx"
    with pytest.raises(WorkbookProblem, match="Type on Review who acted and when, and start this step again"):
        briefing.run(host, BriefingOptions(document))
    with pytest.raises(WorkbookProblem, match="not acted on: follow your procedure and tell your manager now"):
        release.run(host, release.ReleaseOptions(key=places.key, to=places.panel))
    assert person.asked[1:] == [f"{TWO}: see Start. {go_on}" for go_on in (briefing.GO_ON, release.GO_ON)]
    assert list(places.panel.iterdir()) == []


def test_nobody_there_is_told_the_way_on(places: Places) -> None:
    document = places.panel / "briefing.docx"
    for asked in (
        ("briefing", places.review, document),
        ("release", places.review, "--key", places.key, "--to", places.panel),
    ):
        status, _, said = dipsample(*asked)
        assert status == 2
        assert "--at-risk-open, or type on Review who acted and when" in said
    assert list(places.panel.iterdir()) == []
    assert texts(dipsample("briefing", places.review, document, "--at-risk-open")[1])[0] == TOLD
    status, result, _ = places.release("--at-risk-open")
    assert (status, texts(result)[0]) == (0, TOLD)
    flag(places.review, dict.fromkeys((0, 1), ("Yes", "CD", DAY)))  # once everybody was acted on, nothing is asked
    status, result, said = places.release()
    assert (status, said) == (0, "")
    assert not [one for one in texts(result) if "Act now?" in one]


def test_to_flag_somebody_after_the_check_leaves_the_texts_checked_and_the_row_complete_or_not(places: Places) -> None:
    assert places.release("--at-risk-open")[0] == 0
    before = table(places.review, "Review")["Check"].tolist()
    flag(places.review, {3: ("Yes", "XY", None)})
    assert table(places.review, "Review")["Check"].tolist() == before
    assert [one for one in start_of(places.review) if one.startswith("Safe to share on ")]
    assert not [one for one in texts(dipsample("analyse", places.review)[1]) if "hanged since" in one]


def test_what_does_not_belong_there_is_named_with_its_rows_and_not_repeated(places: Places) -> None:
    flag(places.review, {3: ("urgent", NAME, "last week"), 4: ("Yes", "0770", DAY), 5: ("No", None, None)})
    _, result, _ = dipsample("analyse", places.review)
    found = {one["column"]: one["text"] for one in result["messages"] if one["code"] == "act-now-cell"}
    assert found == {
        FLAG: "On Review, Excel row 9 of Act now?: choose Yes, or clear the cell. Words belong on the child's file.",
        BY: "On Review, Excel rows 9, 10 of Acted by: type initials of 5 letters at most. Words belong on the child's "
        "file.",
        ON: "On Review, Excel row 9 of Acted on: type the day as day/month/year. Words belong on the child's file.",
    }
    assert "zqfore" not in str(result).casefold()


def test_a_name_typed_there_is_found_by_check_text_for_names(places: Places) -> None:
    flag(places.review, {3: (NAME, None, None), 4: (None, NAME, None), 5: (None, None, NAME)})
    status, result, _ = dipsample("screen", places.review, "--key", places.key)
    assert status == 1
    assert {one["column"] for one in result["messages"] if one["level"] == "error"} >= {FLAG, BY, ON}


def test_what_was_typed_survives_the_rebuild_and_who_left_is_said_from_set_aside(places: Places) -> None:
    typed = table(places.review, "Review").set_index("Unique ID")[[FLAG, BY, ON]]
    gone, *stay = typed.index
    decide(places.working, {record_of(places, gone): ("Exclude", "Other", "AB")})
    assert dipsample("narrow", places.working)[0] == 0
    again = ("pseudonymise", places.working, "--review", places.review, "--key", places.key)
    status, result, said = dipsample(*again)
    assert status == 0, said
    now = table(places.review, "Review").set_index("Unique ID")[[FLAG, BY, ON]]
    pd.testing.assert_frame_equal(now, typed.loc[stay])
    [told] = [one for one in result["messages"] if one["code"] == "act-now-set-aside"]
    assert told["text"] == (
        "1 case is flagged Act now? and not acted on, and left Review: follow your procedure and tell your manager "
        "now. Set aside has the row; type there who acted and when."
    )
    aside = table(places.review, "SetAside")
    assert aside[["Unique ID", FLAG]].to_numpy().tolist() == [[gone, "Yes"]]
    shown = start_of(places.review)
    assert "2 flagged Act now? and not acted on: see below the steps. Next: Review" in shown
    assert [one for one in shown if one.startswith("1; on Set aside: 1. Follow your procedure")]
    assert texts(dipsample("analyse", places.review)[1])[0] == TOLD


def record_of(places: Places, unique_id: str) -> int:
    """The record of a unique ID's child on Case check, by the name that Who is this? tells."""
    ui = SilentUi()
    lookup.run(ui, lookup.LookupOptions(key=places.key, unique_id=unique_id, is_terminal=True))
    [number] = [at for at, one in enumerate(ROWS, 1) if one["Name"] in ui.told[0]]
    return number


def test_who_is_this_tells_the_name_in_a_message_and_writes_it_nowhere(places: Places) -> None:
    unique_id = next(one for one in start_of(places.review) if one in set(table(places.review, "Review")["Unique ID"]))
    before = {one: one.read_bytes() for one in places.review.parents[1].rglob("*") if one.is_file()}
    assert record_of(places, unique_id)
    assert {one: one.read_bytes() for one in places.review.parents[1].rglob("*") if one.is_file()} == before
