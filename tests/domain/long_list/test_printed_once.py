"""What a report prints once is filled in where the whole report is made so, and nowhere else."""

from __future__ import annotations

from xl_dipsample.domain.long_list.headings import Match, match
from xl_dipsample.domain.long_list.report_reading.continued_rows import further_rows
from xl_dipsample.domain.long_list.report_reading.printed_once import merged_down, printed_once
from xl_dipsample.domain.long_list.report_reading.report_shape import read_shape

HEADINGS = ["Case ID", "Name", "Contact date", "Outcome"]
TAKEN = Match({"case_id": (0,), "name": (1,), "contact_date": (2,), "outcome": (3,)}, {}, ())


def test_a_case_without_a_date_is_no_heading_where_dated_rows_have_ids() -> None:
    rows = [["471", "Wu", "", ""], ["", "", "01/02/2024", "NFA"], ["472", "Ali", "03/04/2024", "CIN"]]
    assert printed_once(rows, TAKEN).rows == {}


def test_rows_with_a_name_of_their_own_take_none_from_above() -> None:
    rows = [["471", "Wu"], ["", "Ng", "01/02/2024"], ["472", "Ali"], ["", "", "03/04/2024"]]
    assert not printed_once(rows, TAKEN).headers


def test_a_child_without_contacts_below_stays_a_case() -> None:
    rows = [["471", "Wu"], ["", "", "01/02/2024"], ["472", "Ali"], ["473", "Page"], ["", "", "03/04/2024"]]
    found = printed_once(rows, TAKEN)
    assert found.headers == (0, 3)
    assert found.further == (1, 4)


def test_a_ditto_mark_stands_for_the_cell_above_through_several_rows() -> None:
    rows = [["471", "Wu", "01/02/2024", "NFA"], ['"', '"', "02/02/2024", '"'], ["\u3003", "do.", "03/02/2024", "CIN"]]
    found = printed_once(rows, TAKEN)
    assert found.rows[1] == ["471", "Wu", "02/02/2024", "NFA"]
    assert found.rows[2] == ["471", "Wu", "03/02/2024", "CIN"]


def dated(days: list[str]) -> list[list[object]]:
    return [[str(4711 + number), "Wu", day, "NFA"] for number, day in enumerate(days)]


def test_a_date_that_is_printed_once_counts_for_the_rows_below() -> None:
    days = [day for number in range(1, 7) for day in (f"0{number}/05/2024", "")]
    found = printed_once(dated(days), TAKEN)
    assert [found.rows[at][2] for at in (1, 11)] == ["01/05/2024", "06/05/2024"]
    assert found.dated == (1, 3, 5, 7, 9, 11)


def test_dates_are_filled_in_neither_out_of_order_nor_where_few_are_missing() -> None:
    mixed = [day for number in (1, 4, 2, 6, 5, 3) for day in (f"0{number}/05/2024", "")]
    few = [*(f"0{number}/05/2024" for number in range(1, 10)), *([""] * 3)]
    twice = [day for number in (1, 2, 2, 3, 4, 5) for day in (f"0{number}/05/2024", "")]
    for days in (mixed, few, twice):
        assert printed_once(dated(days), TAKEN).rows == {}


def test_merges_that_overlap_a_thousandfold_are_not_followed() -> None:
    rows: list[list[object]] = [["471", "NFA"], *([["", "CIN"]] * 50)]
    assert merged_down(rows, [(0, 50, 0)] * 1000) == {}
    assert len(merged_down(rows, [(0, 50, 0)])) == 50


def once(*rows: tuple[str, str]) -> list[list[object]]:
    return [[given, name, f"0{day}/02/2024", "NFA"] for day, (given, name) in enumerate(rows, 1)]


def test_an_id_printed_once_beside_its_repeated_child_is_filled_down() -> None:
    born = Match({**TAKEN.taken, "date_of_birth": (4,)}, {}, ())
    rows = once(("471", "Wu"), ("", "Wu"), ("", "Wu"), ("472", "Ali"), ("", "Ali"))
    whole = further_rows([[*row, "01/01/2010"] for row in rows], range(5), born)
    assert [whole[at][0] for at in (1, 2, 4)] == ["471", "471", "472"]


def test_a_row_of_another_child_without_an_id_leaves_all_as_they_are() -> None:
    rows = once(("471", "Wu"), ("", "Wu"), ("", "Wu"), ("472", "Ali"), ("", "Ali"), ("", "Page"))
    assert further_rows(rows, range(6), TAKEN) == {}


def test_a_report_that_prints_an_id_again_has_lost_the_others() -> None:
    rows = once(("471", "Wu"), ("471", "Wu"), ("", "Wu"), ("", "Wu"), ("472", "Ali"), ("", "Ali"))
    assert further_rows(rows, range(6), TAKEN) == {}


def test_a_row_with_a_contact_date_is_never_a_note() -> None:
    rows: list[list[object]] = [[4711 + at, "", "", "NFA"] for at in range(5)]
    rows += [["", "", "01/02/2024", "13A"], ["Note: 11A", "", "02/02/2024", ""]]
    shape = read_shape(rows, HEADINGS, match(HEADINGS, {}, {}))
    assert shape.kept == tuple(range(7))
