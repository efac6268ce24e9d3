"""On re-import, decisions follow identical source cells, otherwise case ID and contact date, and never vanish."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.narrowing.case_decisions import PAST_COLUMNS
from xl_dipsample.domain.narrowing.decisions_on_reimport import Listed, match_rows, move_decisions, remark

DAY = dt.date(2024, 9, 1)
NO_PAST = pd.DataFrame(columns=PAST_COLUMNS, dtype=object)
CHECK = [
    "Record",
    "Case ID",
    "Name",
    "Contact date",
    "Team",
    "Age at time of contact",
    "Type of harm",
    "Why it is here",
]
TYPED = ["Decision", "Reason", "Initials", "Date"]


def listed(*rows: tuple[str | None, dt.date | None, str]) -> Listed:
    frame = pd.DataFrame(
        [
            {"Record": at, "Case ID": case, "Name": f"N{case}", "Contact date": day, "ID": case, "Note": note}
            for at, (case, day, note) in enumerate(rows, 1)
        ],
        columns=["Record", "Case ID", "Name", "Contact date", "ID", "Note"],
        dtype=object,
    )
    return Listed(frame, ["ID", "Note"])


def check(old: Listed, decided: dict[int, str], **own: dict[int, Any]) -> pd.DataFrame:
    made = old.frame[["Record", "Case ID", "Name", "Contact date"]].reindex(columns=[*CHECK, *TYPED]).astype(object)
    made = made.where(made.notna(), None)
    made["Decision"] = pd.Series([decided.get(row) for row in made["Record"]], dtype=object)
    for name, cells in own.items():
        made[name] = pd.Series([cells.get(row) for row in made["Record"]], dtype=object)
    return made


def test_twin_rows_are_paired_in_their_order() -> None:
    old = listed(("1", DAY, "a"), ("1", DAY, "a"), ("2", DAY, "b"))
    new = listed(("2", DAY, "b"), ("1", DAY, "a"), ("1", DAY, "a"))
    assert match_rows([1, 2, 3], old, new)[0] == [1, 2, 0]


def test_identical_cells_beat_case_id_and_contact_date() -> None:
    old = listed(("1", DAY, "kept"), ("1", DAY, "changed"))
    new = listed(("1", DAY, "new words"), ("1", DAY, "kept"))
    targets, _ = match_rows([1, 2], old, new)
    assert targets == [1, None]


def test_a_row_without_case_id_or_contact_date_is_matched_by_its_cells_only() -> None:
    old = listed((None, DAY, "a"), ("2", None, "b"), (None, DAY, "same"))
    new = listed((None, DAY, "x"), ("2", None, "y"), (None, DAY, "same"))
    assert match_rows([1, 2, 3], old, new)[0] == [None, None, 2]


def test_a_case_id_written_as_a_number_is_the_same_case() -> None:
    old, new = listed(("12", DAY, "a")), listed((12.0, DAY, "b"))  # type: ignore[arg-type]
    assert match_rows([1], old, new)[0] == [0]


def test_rows_in_which_nobody_typed_leave_case_check() -> None:
    old = listed(("1", DAY, "a"), ("2", DAY, "b"))
    moved = move_decisions(check(old, {2: "Include"}), NO_PAST, old, old)
    assert moved.check["Record"].tolist() == [2]
    assert moved.past.empty


def test_a_row_that_case_check_names_but_the_old_list_has_not_is_kept() -> None:
    old = listed(("1", DAY, "a"))
    stray = check(listed(("1", DAY, "a"), ("9", DAY, "z")), {2: "Exclude"})
    moved = move_decisions(stray, NO_PAST, old, old)
    assert moved.past["Case ID"].tolist() == ["9"]


def test_past_decisions_keep_their_mark_through_a_join() -> None:
    old = listed(("1", DAY, "a"))
    wider = Listed(old.frame.assign(Extra=["x"]), [*old.sources, "Extra"])
    gone = move_decisions(check(old, {1: "Include"}), NO_PAST, old, listed(("2", DAY, "b"))).past
    renewed = remark(gone, old, wider)
    assert renewed["Fingerprint"].tolist() != gone["Fingerprint"].tolist()
    assert match_rows([1], wider, wider)[1] == renewed["Fingerprint"].tolist()


ROW = st.tuples(st.sampled_from(["1", "2", "3", None]), st.sampled_from([DAY, None]), st.sampled_from("abc"))


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=6), st.lists(ROW, min_size=1, max_size=6), st.data())
def test_nothing_that_people_typed_is_ever_lost(before: list[Any], after: list[Any], data: st.DataObject) -> None:
    old, new = listed(*before), listed(*after)
    decided = data.draw(st.dictionaries(st.integers(1, len(before)), st.sampled_from(["Include", "Exclude"])))
    notes = {row: f"note {row}" for row in data.draw(st.sets(st.integers(1, len(before))))}
    moved = move_decisions(check(old, decided, Note2=notes), NO_PAST, old, new)
    kept = [cell for cell in moved.check["Note2"] if cell is not None]
    set_aside = [json.loads(cell)["Note2"] for cell in moved.past["Own columns"] if cell]
    assert sorted(kept + set_aside) == sorted(notes.values())
    told = [*moved.check["Decision"], *moved.past["Decision"]]
    assert sorted(cell for cell in told if cell) == sorted(decided.values())
    assert moved.check["Record"].is_unique
    here = dict(zip(new.frame["Record"], new.frame["Case ID"], strict=True))
    assert [here[row] for row in moved.check["Record"]] == moved.check["Case ID"].tolist()
