"""The lines of the sheet Audit. Threat 11: they are altered. Threat 9: nothing in them is a way to try out a name."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re

import pandas as pd
import pytest

from xl_dipsample.actions.running.marks import with_labelled_row, with_row
from xl_dipsample.privacy import audit_lines
from xl_dipsample.privacy.audit_lines import CHAIN, Head, chained, look
from xl_dipsample.workbook.specs import spec

LINES = 6
FIRST = 6  # an Excel row
COLUMNS = spec.table("review", "Audit").headings
NOON = dt.datetime.fromisoformat("2026-03-01T12:00")


def lines(who: str | None = "AB", count: int = LINES, *, with_names: bool = False) -> pd.DataFrame:
    """Lines as the runner writes them, a minute apart."""
    table = pd.DataFrame(columns=COLUMNS, dtype=object)
    for number in range(count):
        row = [NOON + dt.timedelta(minutes=number), who, "Refresh analysis", f"rows {number}", "0.1.0", None]
        added = pd.DataFrame([row], columns=COLUMNS, dtype=object)
        whole = pd.concat([table, added], ignore_index=True) if len(table) else added
        table = chained(whole, with_names=with_names)
    return table


def test_lines_as_they_were_written_follow_from_each_other() -> None:
    seen = look(lines())
    assert (seen.is_whole, seen.head.lines, seen.faults(FIRST)) == (True, LINES, [])
    assert not look(lines(count=0)).is_chained


def test_an_action_adds_one_line_to_the_chain() -> None:
    table = with_row(with_row(lines(), "AB", "analyse", {"rows": 3}), None, "release", {})
    assert look(table).is_whole
    assert look(table).head.lines == LINES + 2


@pytest.mark.parametrize("place", range(LINES))
@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("When", NOON - dt.timedelta(hours=1)), ("Who", "CD"), ("Who", "May Cooper"), ("Who", None),
        ("Figures", "rows 99"), ("Action", "Publication copy"), ("Version", "9"),
        (CHAIN, f"3 {'b' * audit_lines.LENGTH}"), (CHAIN, None),
    ],
)  # fmt: skip
def test_threat_11_a_cell_that_was_changed_is_found_with_its_excel_row(place: int, heading: str, value: object) -> None:
    table = lines()
    table.loc[place, heading] = value
    seen = look(table)
    assert not seen.is_whole
    assert place in {*seen.changed, *seen.copied, *seen.added}
    assert str(FIRST + place) in "; ".join(seen.faults(FIRST))


@pytest.mark.parametrize("place", range(LINES))
def test_threat_11_a_line_that_was_removed_copied_or_added_is_found(place: int) -> None:
    table = lines()
    if place < LINES - 1:  # the last one is missed by whoever remembers it: the key
        assert look(table.drop(index=place)).missing == [place + 1]
    copied = pd.concat([table, table.iloc[[place]]], ignore_index=True)
    assert look(copied).copied == [LINES]
    by_hand = table.iloc[[place]].assign(**{CHAIN: None})
    assert look(pd.concat([by_hand, table], ignore_index=True)).added == [0]


def test_threat_11_lines_that_changed_places_are_found() -> None:
    """What two lines say was exchanged, under the numbers that stay; or the numbers alone."""
    for one, other in itertools.combinations(range(LINES), 2):
        table = lines()
        said = [heading for heading in COLUMNS if heading != CHAIN]
        table.loc[[one, other], said] = table.loc[[other, one], said].to_numpy()
        assert look(table).changed, (one, other)
        table = lines()
        table.loc[[one, other], CHAIN] = table.loc[[other, one], CHAIN].to_numpy()
        assert not look(table).is_whole, (one, other)


def test_sorting_in_excel_breaks_nothing_and_the_next_line_goes_on_from_the_last() -> None:
    shuffled = random.Random(12)
    for _ in range(20):
        places = list(range(LINES))
        shuffled.shuffle(places)
        table = lines().iloc[places].reset_index(drop=True)
        assert look(table).is_whole
        longer = with_row(table, "AB", "analyse", {"rows": 3})
        assert look(longer).is_whole
        assert look(longer).head.lines == LINES + 1


def test_threat_11_lines_written_anew_or_shortened_are_not_those_that_a_key_remembers() -> None:
    anchor = look(lines()).head
    assert look(with_row(lines(), "AB", "analyse", {})).holds(anchor)
    anew = look(lines().assign(Figures="rows 0").pipe(lambda table: chained(table.drop(columns=CHAIN))))
    assert anew.is_whole, "by itself it looks whole"
    assert not anew.holds(anchor)
    assert not look(lines().iloc[:-1]).holds(anchor)
    assert look(lines()).holds(Head())


def test_lines_of_before_are_tied_as_they_stand_when_the_first_new_one_is_written() -> None:
    older = lines().drop(columns=CHAIN)
    assert not look(older).is_chained
    assert look(with_row(older, "AB", "analyse", {})).head.lines == LINES + 1


def test_a_forged_number_makes_no_endless_list() -> None:
    table = lines()
    table.loc[LINES - 1, CHAIN] = f"9999999 {'b' * audit_lines.LENGTH}"
    assert len(look(table).missing) < 20


@pytest.mark.parametrize("place", range(LINES))
@pytest.mark.parametrize("other", ["Rose Young", "mcoopes", "MCooper", "AB", None])
def test_threat_11_a_name_in_who_that_was_exchanged_is_found_where_names_may_stand(
    place: int, other: str | None
) -> None:
    """The working workbook, in which Who is the user's name."""
    table = lines("mcooper", with_names=True)
    assert (look(table).is_whole, look(table).who_open) == (True, [])
    table.loc[place, "Who"] = other
    assert look(table).changed == [place]


def test_threat_11_whose_lines_have_a_name_in_who_without_a_mark_of_it_are_told_apart() -> None:
    """Lines of earlier versions: they follow from each other, but nobody vouches for Who."""
    table = with_labelled_row(lines("mcooper", 2), "mcooper", "Refresh analysis", {}, with_names=True)
    assert (look(table).is_whole, look(table).who_open) == (True, [0, 1])
    assert "not in Excel rows 6, 7" in look(table).who_said(FIRST)
    table.loc[2, "Who"] = "ryoung"
    assert look(table).changed == [2]


@pytest.mark.parametrize(("typed", "stands"), [("May Cooper", "MC"), ("rose", "R"), ("A.B.", "A.B."), ("qa", "qa")])
def test_threat_09_in_a_workbook_that_is_shared_who_is_initials_whatever_was_typed(typed: str, stands: str) -> None:
    table = with_labelled_row(lines(), typed, "Refresh analysis", {})
    assert table["Who"].iloc[-1] == stands
    assert look(table).who_open == []
    table.loc[LINES, "Who"] = "Rose Young"
    assert look(table).changed == [LINES], "a longer one was never written there"


def test_threat_09_a_mark_is_the_same_whatever_name_stands_in_who() -> None:
    marks = {who: lines(who)[CHAIN].tolist() for who in ("May Cooper", "Rose Young", "rose", "Zqfore")}
    assert len({tuple(one) for one in marks.values()}) == 1
    assert marks["rose"] != lines("AB")[CHAIN].tolist()


def test_threat_09_a_mark_holds_neither_figures_nor_vowels() -> None:
    for cell in lines()[CHAIN]:
        assert re.fullmatch(rf"\d [b-df-hj-np-tv-z]{{{audit_lines.LENGTH}}}", cell)
