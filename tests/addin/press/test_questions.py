"""What a button asks, in which order, what it proposes, and where that is remembered."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from tests.addin.press.pressing import Answers
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.actions.key import TASKS
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.press import places, questions
from xl_dipsample.addin.press.dialogs import Stopped
from xl_dipsample.addin.press.excel_ui import ExcelUi
from xl_dipsample.addin.press.questions import (
    ASK,
    NO,
    OTHER,
    SAME,
    THEIR_COLUMNS,
    THEIR_ROWS,
    YES,
    Around,
    options_of,
)
from xl_dipsample.privacy.key import ids, passphrase

BUTTONS = [one for one in registry.ACTIONS if one.button]
KEYHOLDER = (NO,)


def ask(action: str, around: Around, *answers: object) -> tuple[questions.Asked, Answers]:
    person = Answers(*answers)
    asked = options_of(registry.action(action), ExcelUi(None, dialogs=person), around)
    assert person.left == 0
    return asked, person


# --- the registry


@pytest.mark.parametrize("action", BUTTONS, ids=lambda one: one.id)
def test_a_button_asks_for_everything_that_its_action_requires(action: registry.Action) -> None:
    for argument in action.arguments:
        assert not argument.required or argument.ask, argument.field
        if argument.ask not in ("", "screen"):
            assert argument.ask in (*ASK, "tick")
            assert argument.question
            assert "--" not in argument.question


def test_every_remembered_place_is_an_argument_of_pseudonymise_that_is_asked() -> None:
    asked = {one.field for one in registry.action("pseudonymise").arguments if one.ask in ("open", "save")}
    assert set(questions.REMEMBERED) == asked


# --- what is asked


def test_import_asks_for_the_export_beside_the_workbook(tmp_path: Path) -> None:
    asked, person = ask("import", Around(folder=tmp_path), tmp_path / "export.csv")
    assert asked.options.export == tmp_path / "export.csv"
    assert person.proposed == [tmp_path]
    assert asked.places == {}


def test_import_asks_what_a_report_adds_only_while_there_is_a_list(tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    for answers, expected in (((YES,), (True, False)), ((NO, YES), (False, True)), ((NO, NO), (False, False))):
        asked, _ = ask("import", Around(folder=tmp_path, listed=True), export, *answers)
        assert (asked.options.join, asked.options.append) == expected
    asked, _ = ask("import", Around(folder=tmp_path), export)
    assert (asked.options.join, asked.options.append) == (False, False)


def test_import_takes_several_reports_and_asks_which_is_the_list_and_what_the_others_add(tmp_path: Path) -> None:
    names, contacts, plans = chosen = [tmp_path / f"{one}.csv" for one in ("names", "contacts", "plans")]
    for answer, rows in ((THEIR_COLUMNS, False), (THEIR_ROWS, True)):
        asked, person = ask("import", Around(folder=tmp_path), chosen, "contacts.csv", answer)
        assert (asked.options.export, asked.options.also) == (contacts, [names, plans])
        assert (asked.options.join, asked.options.append, asked.options.also_rows) == (False, False, rows)
        assert person.proposed[1] == ("names.csv", "contacts.csv", "plans.csv")


def test_several_reports_that_add_to_the_list_that_is_there_all_add_the_same(tmp_path: Path) -> None:
    chosen = [tmp_path / f"{one}.csv" for one in ("names", "plans")]
    for answers, rows in (((YES,), False), ((NO, YES), True)):
        asked, _ = ask("import", Around(folder=tmp_path, listed=True), chosen, *answers)
        assert (asked.options.export, asked.options.also) == (chosen[0], chosen[1:])
        assert (asked.options.join, asked.options.append, asked.options.also_rows) == (not rows, rows, rows)


def test_pseudonymise_asks_for_review_workbook_key_and_whether_a_reading_list_is_wanted(tmp_path: Path) -> None:
    share, key = tmp_path / "share" / "r.xlsx", tmp_path / "key" / "k.xlsx"
    asked, person = ask("pseudonymise", Around(folder=tmp_path), share, key, NO, *KEYHOLDER)
    assert (asked.options.review, asked.options.key, asked.options.reading_list) == (share, key, None)
    assert asked.places == {"review": str(share), "key": str(key), "reading_list": ""}
    assert [one for one in person.proposed if isinstance(one, tuple) and isinstance(one[1], str) and "." in one[1]] == [
        (tmp_path, "review.xlsx"), (tmp_path, "key.xlsx"),
    ]  # fmt: skip
    assert "reading list" in person.asked[2].casefold() or "list for reviewers" in person.asked[2]
    wanted, _ = ask("pseudonymise", Around(), share, key, YES, key.with_name("list.xlsx"), *KEYHOLDER)
    assert wanted.options.reading_list == key.with_name("list.xlsx")


def test_every_question_can_stop_the_press(tmp_path: Path) -> None:
    answers: list[object] = [tmp_path / "a.xlsx", tmp_path / "b.xlsx", NO, *KEYHOLDER]
    for number in range(len(answers)):
        with pytest.raises(Stopped):
            ask("pseudonymise", Around(), *answers[:number], Stopped)


def test_a_second_keyholder_is_asked_for_until_there_is_one(tmp_path: Path) -> None:
    review, key = tmp_path / "r.xlsx", tmp_path / "k.xlsx"
    asked, _ = ask("pseudonymise", Around(), review, key, NO, YES)
    assert asked.options.second_keyholder is True
    passphrase.escrow_path(key).write_bytes(b"synthetic")
    asked, _ = ask("pseudonymise", Around(), review, key, NO)
    assert asked.options.second_keyholder is False


def test_lookup_proposes_the_marked_cell_when_it_is_a_unique_id(tmp_path: Path) -> None:
    (unique_id,) = ids.new_ids(1, set())
    for marked, proposed in (
        (f" {unique_id.lower()} ", unique_id),
        ("Synthetic Person", ""),
        ("DS-222-2223", ""),
        ("", ""),
    ):
        asked, person = ask("lookup", Around(marked=marked), tmp_path / "key.xlsx", unique_id)
        assert person.proposed[1] == proposed
        assert asked.options.is_terminal is True


def test_lookup_takes_a_case_id_for_one_and_asks_only_where_the_form_does_not_tell(tmp_path: Path) -> None:
    (unique_id,) = ids.new_ids(1, set())
    key, mistyped = tmp_path / "key.xlsx", unique_id[:-1]
    for typed, answers, expected in (
        (unique_id, (), (unique_id, None)),
        (" 004711 ", (), (None, "004711")),
        (mistyped, (questions.UNIQUE_ID,), (mistyped, None)),
        ("DS-4711", (questions.CASE_ID,), (None, "DS-4711")),
    ):
        asked, _ = ask("lookup", Around(), key, typed, *answers)
        assert (asked.options.unique_id, asked.options.case_id) == expected


# --- what may be left out


def test_a_new_sample_may_begin_like_an_earlier_one(tmp_path: Path) -> None:
    path, earlier = tmp_path / "new.xlsx", tmp_path / "earlier.xlsx"
    asked, person = ask("new", Around(), path, NO)
    assert (asked.options.workbook, asked.options.like) == (path, None)
    assert "earlier sample" in person.asked[1]
    asked, _ = ask("new", Around(), path, YES, earlier)
    assert asked.options.like == earlier


def test_what_is_rarely_wanted_is_one_window_with_ticks(tmp_path: Path) -> None:
    out, key = tmp_path / "out.xlsx", tmp_path / "key.xlsx"
    asked, person = ask("publish", Around(), out, [])
    assert (asked.options.round, asked.options.key) == (False, None)
    assert len(person.asked) == 2
    ((rounded, scanned), ticked) = person.proposed[1]  # type: ignore[misc]
    assert ticked == ()
    asked, _ = ask("publish", Around(), out, [rounded])
    assert (asked.options.round, asked.options.key) == (True, None)
    asked, _ = ask("publish", Around(), out, [rounded, scanned], key)
    assert (asked.options.round, asked.options.key, asked.places) == (True, key, {"key": str(key)})


def test_how_far_back_is_asked_only_where_there_is_a_choice() -> None:
    asked, person = ask("restore", Around())
    assert (asked.options.to, person.asked) == (None, [])
    copies = ((1, "1: 14:05, before Narrow down: the last step"), (2, "2: 13:50, before Import long list"))
    asked, person = ask("restore", Around(copies=copies), copies[1][1])
    assert asked.options.to == 2
    assert person.proposed == [(copies[0][1], copies[1][1])]


def test_the_working_workbook_on_screen_is_the_one_that_help_me_looks_at(tmp_path: Path) -> None:
    ours = tmp_path / "working.xlsx"
    for kind, expected in (("working", ours), ("review", None), ("", None)):
        asked, person = ask("doctor", Around(ours=ours if kind else None, kind=kind))
        assert (asked.options.workbook, person.asked) == (expected, [])


def test_looking_after_the_key_asks_for_the_task_the_key_and_the_workbook(tmp_path: Path) -> None:
    key, ours, other = (tmp_path / f"{name}.xlsx" for name in ("key", "sample", "other"))
    (task,) = [one for one in registry.action("key").arguments if one.field == "task"]
    words = dict(task.choices)
    assert list(words) == list(TASKS)
    for value, kind, proposed in (
        ("verify", "review", True),
        ("verify", "working", True),
        ("passphrase", "working", True),
        ("passphrase", "review", False),  # no log lies beside it
        ("keyholder", "", False),
    ):
        around = Around(ours=ours if kind else None, kind=kind)
        asked, person = ask("key", around, words[value], key, questions.NONE)
        assert (asked.options.task, asked.options.key, asked.options.workbook) == (value, key, None)
        assert (len(person.proposed[2]) == 3) is proposed  # type: ignore[arg-type]
        asked, _ = ask("key", around, words[value], key, questions.ANOTHER, other)
        assert asked.options.workbook == other
    asked, _ = ask("key", Around(ours=ours, kind="working"), words["verify"], key, "sample.xlsx, which is open")
    assert asked.options.workbook == ours


# --- the last time


def test_the_places_of_the_last_time_come_first_and_answer_everything(tmp_path: Path) -> None:
    known = {"review": str(tmp_path / "r.xlsx"), "key": str(tmp_path / "k.xlsx"), "reading_list": ""}
    passphrase.escrow_path(tmp_path / "k.xlsx").write_bytes(b"synthetic")
    asked, person = ask("pseudonymise", Around(places=known), SAME)
    assert (asked.options.review, asked.options.key) == (tmp_path / "r.xlsx", tmp_path / "k.xlsx")
    assert asked.options.reading_list is None
    assert person.asked == [
        f"Where things went last time:\nReview workbook: {tmp_path / 'r.xlsx'}\nKey: {tmp_path / 'k.xlsx'}"
    ]


def test_anew_asks_everything_beginning_where_things_went(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    known = {"review": str(tmp_path / "share" / "ours.xlsx"), "key": str(tmp_path / "k.xlsx"), "reading_list": ""}
    answers = (OTHER, tmp_path / "r2.xlsx", tmp_path / "k2.xlsx", NO, *KEYHOLDER)
    asked, person = ask("pseudonymise", Around(places=known), *answers)
    assert asked.options.review == tmp_path / "r2.xlsx"
    assert person.proposed[1] == (tmp_path / "share", "ours.xlsx")


def test_a_key_that_is_gone_is_not_proposed(tmp_path: Path) -> None:
    _, person = ask("lookup", Around(places={"key": str(tmp_path / "gone.xlsx")}), tmp_path / "key.xlsx", "4711")
    assert len(person.asked) == 2
    (tmp_path / "there.xlsx").write_bytes(b"synthetic")
    asked, _ = ask("lookup", Around(places={"key": str(tmp_path / "there.xlsx")}), SAME, "x")
    assert asked.options.key == tmp_path / "there.xlsx"


def test_places_are_kept_for_each_sample(tmp_path: Path) -> None:
    places.remember(tmp_path, "aa", {"review": "C:/r.xlsx", "key": "C:/k.xlsx"})
    places.remember(tmp_path, "bb", {"key": "C:/other.xlsx"})
    places.remember(tmp_path, "aa", {"key": "C:/k2.xlsx"})
    assert places.known(tmp_path, "aa") == {"review": "C:/r.xlsx", "key": "C:/k2.xlsx"}
    assert places.known(tmp_path, "bb") == {"key": "C:/other.xlsx"}
    assert places.known(tmp_path, "cc") == {}
    assert [one.name for one in tmp_path.iterdir()] == [places.FILE]


def test_only_the_latest_samples_are_kept(tmp_path: Path) -> None:
    for number in range(places.MOST_SAMPLES + 5):
        places.remember(tmp_path, f"s{number}", {"key": "C:/k.xlsx"})
    kept = json.loads((tmp_path / places.FILE).read_text(encoding="utf-8"))
    assert len(kept) == places.MOST_SAMPLES
    assert "s0" not in kept


@pytest.mark.parametrize("text", ["", "{", "[]", '{"aa": 3}', '{"aa": {"key": 3}}'])
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / places.FILE).write_text(text, encoding="utf-8")
    assert places.known(tmp_path, "aa") == {}
    places.remember(tmp_path, "aa", {"key": "C:/k.xlsx"})
    assert places.known(tmp_path, "aa") == {"key": "C:/k.xlsx"}


def test_a_workbook_without_a_sample_is_not_remembered(tmp_path: Path) -> None:
    places.remember(tmp_path, "", {"key": "C:/k.xlsx"})
    assert list(tmp_path.iterdir()) == []


# --- the passphrase


def test_an_offered_passphrase_stands_in_a_line_of_its_own(tmp_path: Path) -> None:
    """The question is privacy's own: should its words change, this fails."""
    good = passphrase.offer()
    person = Answers(good, good)
    ui = ExcelUi(None, windows=SimulatedWindows(tmp_path), dialogs=person)
    assert passphrase.read_passphrase(None, None, ui, "Passphrase of the key", new=True) == good
    assert person.asked[0] == "Passphrase of the key (write it down in a safe place)"
    assert str(person.proposed[0]).count("-") == passphrase.WORDS - 1
    assert person.proposed[1] == ""


def test_the_options_of_every_action_that_asks_nothing_are_its_own() -> None:
    for action in BUTTONS:
        if not any(one.ask for one in action.arguments):
            assert dataclasses.is_dataclass(action.make_options({}))
