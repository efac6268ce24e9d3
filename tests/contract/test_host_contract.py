"""What every host promises, whichever program holds the workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from host_factories import FACTORIES, Factory
from pandas.testing import assert_frame_equal

from xl_dipsample.domain.errors import FileProblem, WorkbookProblem
from xl_dipsample.workbook import spec
from xl_dipsample.workbook.build import build
from xl_dipsample.workbook.host import Host, Kind


@pytest.fixture(params=FACTORIES.values(), ids=list(FACTORIES))
def opened(request: pytest.FixtureRequest) -> Factory:
    return request.param  # type: ignore[no-any-return]


def workbook(folder: Path, kind: Kind = "working", **tables: pd.DataFrame) -> Path:
    path = folder / f"{kind}.xlsx"
    path.write_bytes(build(kind, tables, {"sample_id": "S-1", "sample_name": "Autumn"}))
    return path


def frame(columns: list[str], *rows: list[Any]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns, dtype=object)


def again(host: Host, opened: Factory) -> Host:
    host.save()
    return opened(host.path)


def reviews(count: int) -> pd.DataFrame:
    made = pd.DataFrame(index=range(count), columns=spec.table("review", "Review").headings, dtype=object)
    made = made.where(made.notna(), None)
    made["Unique ID"] = [f"DS-{number:03}" for number in range(count)]
    made["Age at time of contact"] = "14"
    return made


def moment(*parts: int) -> dt.datetime:
    """Excel knows no time zones."""
    return dt.datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


LABELS = ["Field", "Label as exported", "Rows", "Means"]


def test_a_new_workbook_says_its_kind_and_names_its_tables(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    assert host.kind == "working"
    assert set(host.tables()) == {table.name for table in spec.tables("working")}


def test_the_one_blank_row_of_an_empty_table_is_no_row(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    read = host.read_table("LongList")
    assert read.shape == (0, 14)
    assert list(read.columns) == spec.table("working", "LongList").headings


def test_what_is_written_is_read_back_with_its_types(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    columns = [*spec.table("working", "LongList").headings, "Anything"]
    rows = [[None] * len(columns) for _ in range(6)]
    made = frame(columns, *rows)
    made["Row"] = [1, 2, 3, 4, 5, 6]
    made["Case ID"] = ["0012", "12", " 7 ", "a\nb", "=1+1", "é😀&<>\"'"]
    made["Date of birth"] = [dt.date(2010, 2, 28), "unknown", dt.date(1900, 1, 1), None, dt.date(2010, 1, 1), "02/2010"]
    made["Anything"] = [1.5, True, "x", 3, moment(2024, 5, 6, 7, 8), None]
    host.write_table("LongList", made)
    assert_frame_equal(host.read_table("LongList"), made.astype(object))
    assert_frame_equal(again(host, opened).read_table("LongList"), made.astype(object))


def test_blank_values_of_every_sort_are_none(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    rows = [["Type of harm", blank, 1, None] for blank in ("", None, float("nan"), pd.NaT, pd.NA)]
    host.write_table("Labels", frame(LABELS, *rows))
    assert again(host, opened).read_table("Labels")["Label as exported"].tolist() == [None] * 5


def test_whole_numbers_are_int_and_midnight_is_a_date(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    columns = [*spec.table("working", "LongList").headings, "Moment"]
    made = frame(columns, [3.0, *[None] * 5, pd.Timestamp("2026-03-01"), *[None] * 7, moment(2026, 3, 1)])
    host.write_table("LongList", made)
    read = again(host, opened).read_table("LongList").loc[0]
    assert type(read["Row"]) is int
    assert type(read["Contact date"]) is dt.date
    assert type(read["Moment"]) is dt.date


def test_a_date_and_time_column_keeps_midnight_as_a_moment(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    columns = spec.table("working", "Audit").headings
    host.write_table("Audit", frame(columns, [moment(2026, 3, 1), "AB", "import", "4 rows", "0.1"]))
    assert again(host, opened).read_table("Audit").loc[0, "When"] == moment(2026, 3, 1)


def test_a_table_shrinks_and_can_be_emptied(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    host.write_table("Labels", frame(LABELS, *[["Outcome", f"label {n}", n, None] for n in range(9)]))
    host = again(host, opened)
    host.write_table("Labels", frame(LABELS, ["Outcome", "one", 1, "Not chosen"]))
    host = again(host, opened)
    assert host.read_table("Labels").to_numpy().tolist() == [["Outcome", "one", 1, "Not chosen"]]
    host.write_table("Labels", frame(LABELS))
    assert again(host, opened).read_table("Labels").shape == (0, 4)


def test_columns_are_matched_by_heading_and_the_others_of_ours_are_blank(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    host.write_table("Labels", frame(["Rows", "Field"], [4, "Outcome"]))
    assert again(host, opened).read_table("Labels").to_numpy().tolist() == [["Outcome", None, 4, None]]


def test_a_heading_that_the_table_does_not_have_is_refused(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    with pytest.raises(WorkbookProblem, match="Labels"):
        host.write_table("Labels", frame(["Field", "Surprise"], ["Outcome", 1]))


def test_the_long_list_takes_the_columns_it_is_given(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    ours = spec.table("working", "LongList").headings
    wide = frame([*ours, "Surname", "Notes & <more>", "Three"], [1, *[None] * 13, "x", "y", "z"])
    host.write_table("LongList", wide)
    host = again(host, opened)
    assert list(host.read_table("LongList").columns) == list(wide.columns)
    narrow = frame([*ours, "Team"], [1, *[None] * 13, "North"])
    host.write_table("LongList", narrow)
    host = again(host, opened)
    assert_frame_equal(host.read_table("LongList"), narrow)


def test_tables_side_by_side_do_not_disturb_each_other(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    before = host.read_table("Criteria")
    categories = host.read_table("Categories")
    host.write_table("Labels", frame(LABELS, *[["Outcome", f"label {n}", n, None] for n in range(40)]))
    host = again(host, opened)
    assert_frame_equal(host.read_table("Criteria"), before)
    assert_frame_equal(host.read_table("Categories"), categories)
    assert len(host.read_table("Labels")) == 40


def test_formula_columns_are_filled_down_whatever_is_written(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path, "review"))
    made = reviews(3)
    made["Scenario"] = "typed over"
    made["Level of harm"] = ["In need", "Significant harm", None]
    made["Parenting concerns"] = ["No", "Yes", None]
    host.write_table("Review", made)
    read = again(host, opened).read_table("Review")
    assert read["Scenario"].tolist()[:2] == ["In need, no parenting concerns", "Significant harm, parenting concerns"]


def test_columns_that_people_added_stay_with_their_rows(tmp_path: Path, opened: Factory) -> None:
    made = reviews(3)
    made["Our own"] = ["first", "second", "third"]
    host = opened(workbook(tmp_path, "review", Review=made))
    turned = made.drop(columns="Our own").iloc[[2, 0]].reset_index(drop=True)
    extra = reviews(4).iloc[[3]]
    host.write_table("Review", pd.concat([turned, extra], ignore_index=True))
    read = again(host, opened).read_table("Review")
    assert read[["Unique ID", "Our own"]].to_numpy().tolist() == [
        ["DS-002", "third"],
        ["DS-000", "first"],
        ["DS-003", None],
    ]


def test_columns_that_people_added_can_be_written_too(tmp_path: Path, opened: Factory) -> None:
    made = reviews(2)
    made["Our own"] = ["first", "second"]
    host = opened(workbook(tmp_path, "review", Review=made))
    made["Our own"] = ["changed", None]
    host.write_table("Review", made)
    assert again(host, opened).read_table("Review")["Our own"].tolist() == ["changed", None]


def test_a_named_cell_is_written_and_read(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    assert host.read_value("sample_id") == "S-1"
    host.write_value("sample_id", "=S-2")
    assert host.read_value("sample_id") == "=S-2"
    assert again(host, opened).read_value("sample_id") == "=S-2"


def test_a_named_cell_inside_a_table_and_the_table_agree(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    host.write_value("sample_name", "Winter")
    focus = host.read_table("Focus").set_index("Setting")["Value"]
    assert focus["Sample name"] == "Winter"
    changed = host.read_table("Focus").copy()
    changed.loc[changed["Setting"] == "Sample name", "Value"] = "Spring"
    host.write_table("Focus", changed)
    assert host.read_value("sample_name") == "Spring"
    assert again(host, opened).read_value("sample_name") == "Spring"


def test_a_table_or_name_that_is_not_there_is_one_sentence(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    with pytest.raises(WorkbookProblem, match="Nowhere"):
        host.read_table("Nowhere")
    with pytest.raises(WorkbookProblem, match="nobody"):
        host.read_value("nobody")


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path, opened: Factory) -> None:
    path = workbook(tmp_path)
    host, before = opened(path), path.read_bytes()

    def failing() -> None:
        with host.transaction():
            host.write_table("Labels", frame(LABELS, ["Outcome", "x", 1, None]))
            host.write_value("sample_id", "other")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert host.read_value("sample_id") == "S-1"
    assert host.read_table("Labels").empty
    host.save()
    assert path.read_bytes() == before


def test_a_transaction_that_succeeds_is_saved_whole(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    with host.transaction():
        host.write_table("Labels", frame(LABELS, ["Outcome", "x", 1, None]))
        host.write_value("sample_id", "other")
    host = again(host, opened)
    assert host.read_value("sample_id") == "other"
    assert len(host.read_table("Labels")) == 1


def test_a_text_too_long_for_a_cell_is_refused_with_its_place(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    good, bad = "😀" * 16_383, "😀" * 16_384  # two units each
    host.write_table("Labels", frame(LABELS, ["Outcome", good, 1, None]))
    with pytest.raises(FileProblem, match="Labels, row 2, column Label as exported"):
        host.write_table("Labels", frame(LABELS, ["Outcome", "x", 1, None], ["Outcome", bad, 1, None]))
    assert again(host, opened).read_table("Labels")["Label as exported"].tolist() == [good]


def test_a_copy_has_what_was_written_and_the_subject_stays(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    host.write_value("sample_id", "copied")
    host.save_copy(tmp_path / "copy.xlsx")
    assert opened(tmp_path / "copy.xlsx").read_value("sample_id") == "copied"
    assert host.path == tmp_path / "working.xlsx"
    assert opened(host.path).read_value("sample_id") == "S-1"


def test_what_is_read_is_the_callers_to_change(tmp_path: Path, opened: Factory) -> None:
    host = opened(workbook(tmp_path))
    mine = host.read_table("Criteria")
    mine.loc[0, "Value"] = 99
    assert host.read_table("Criteria").loc[0, "Value"] == 12
