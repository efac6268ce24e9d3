"""A row's mark stands for its source cells, trimmed, and for nothing else."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from xl_dipsample.domain.long_list.source_rows import LENGTH, fingerprints


def marks(**columns: list[object]) -> list[str]:
    frame = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})
    return fingerprints(frame, list(columns)).tolist()


def test_a_mark_is_short_and_says_nothing_of_the_cells() -> None:
    (mark,) = marks(Name=["Ann Example"])
    assert len(mark) == LENGTH
    assert set(mark) <= set("0123456789abcdef")


def test_blanks_around_a_cell_do_not_count_and_case_does() -> None:
    same, padded, other = marks(A=["Ann", " Ann\xa0", "ann"])
    assert same == padded != other


def test_a_number_is_the_same_as_a_float_and_as_a_whole() -> None:
    assert len(set(marks(A=[12, 12.0, "12"]))) == 1
    assert marks(A=["012"]) != marks(A=["12"])


def test_a_day_is_the_same_with_and_without_midnight() -> None:
    day, midnight, noon = marks(A=[dt.date(2024, 9, 1), dt.datetime(2024, 9, 1), dt.datetime(2024, 9, 1, 12)])  # noqa: DTZ001
    assert day == midnight != noon


def test_cells_do_not_run_together() -> None:
    assert marks(A=["ab"], B=["c"]) != marks(A=["a"], B=["bc"])


def test_columns_may_move_but_not_swap_their_cells() -> None:
    frame = pd.DataFrame({"A": ["1"], "B": ["2"]}, dtype=object)
    assert fingerprints(frame, ["A", "B"]).tolist() == fingerprints(frame[["B", "A"]], ["B", "A"]).tolist()
    assert marks(A=["1"], B=["2"]) != marks(A=["2"], B=["1"])


def test_only_the_source_columns_count() -> None:
    frame = pd.DataFrame({"Record": [1, 2], "A": ["x", "x"]}, dtype=object)
    first, second = fingerprints(frame, ["A"])
    assert first == second


def test_the_frames_index_is_kept() -> None:
    frame = pd.DataFrame({"A": ["x", "y"]}, index=[7, 3], dtype=object)
    assert fingerprints(frame, ["A"]).index.tolist() == [7, 3]
    assert fingerprints(frame.iloc[:0], ["A"]).empty
