"""Cells that do not stand under their headings are put there where that is sure, and their rows are named otherwise."""

from __future__ import annotations

import pytest

from xl_dipsample.domain.long_list.headings import match
from xl_dipsample.domain.long_list.report_reading.moved_cells import MovedCells, moved_cells

HEADINGS = ["Case ID", "Name", "Address", "DOB", "Referral Date", "Outcome"]


def case(number: int, address: str = "9 Ash Road", outcome: str = "Early help") -> list[object]:
    day = number % 28 + 1
    return [f"41{number:05d}", "Synthetic One", address, f"{day:02d}/02/2010", f"{day:02d}/03/2024", outcome]


def parted(number: int, *cells: str) -> list[object]:
    row = case(number)
    return [*row[:2], *cells, *row[3:]]


def read(rows: list[list[object]], headings: list[str] = HEADINGS) -> MovedCells:
    return moved_cells(rows, headings, match(headings, {}, {}))


@pytest.mark.parametrize("cells", [("4 Elm Way", " Oldbury"), ("Flat 2", " 4 Elm Way", " Oldbury")])
def test_a_comma_that_parted_a_cell_is_put_back(cells: tuple[str, ...]) -> None:
    found = read([*map(case, range(12)), parted(12, *cells)])
    address = ", ".join(cell.strip() for cell in cells)
    assert found.rows == {12: case(12, address)}
    assert (found.put_right, found.unsure) == ((12,), ())


def test_where_nobody_can_tell_which_cell_was_parted_the_row_is_named() -> None:
    rows = [case(number, f"{number} Synthetic Road") for number in range(12)]
    found = read([*rows, parted(12, "Elm Way", "Oldbury")])
    assert (dict(found.rows), found.unsure) == ({}, (12,))


def test_a_remark_behind_the_last_column_moves_nothing() -> None:
    assert read([*map(case, range(12)), [*case(12), "see file"]]) == MovedCells()


def test_a_column_without_a_heading_moves_nothing() -> None:
    assert read([[*case(number), "remark"] for number in range(12)]) == MovedCells()


def test_a_note_beside_the_list_moves_nothing() -> None:
    assert read([*map(case, range(12)), ["", "", "", "", "", "", "see file"]]) == MovedCells()


def test_headings_one_column_right_of_their_cells_are_put_over_them() -> None:
    found = read([[*case(number), ""] for number in range(12)], ["", *HEADINGS])
    assert found.headings == (*HEADINGS, "")


def test_a_list_that_moved_as_a_whole_keeps_the_rows_that_did_not() -> None:
    rows = [parted(number, "4 Elm Way", " Oldbury") for number in range(12)]
    rows[5] = case(5)
    found = read([*rows, [*parted(12, "4 Elm Way", " Oldbury", " Kent")]])
    assert 5 not in found.rows
    assert found.rows[4] == case(4, "4 Elm Way, Oldbury")
    assert found.unsure == (12,)


def test_a_row_of_a_moved_list_whose_last_cell_is_blank_is_moved_as_well() -> None:
    rows = [parted(number, "4 Elm Way", " Oldbury") for number in range(12)]
    rows[5][-1] = ""
    assert read(rows).rows[5] == case(5, "4 Elm Way, Oldbury", "")


def test_a_whole_list_of_which_nobody_can_tell_is_named() -> None:
    rows = [[*case(number)[:3], "x", "y", "z", "w"] for number in range(12)]
    found = read(rows)
    assert found.whole
    assert found.unsure == tuple(range(12))
