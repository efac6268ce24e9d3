"""Rows and settings of a working workbook that a person deleted, copied or retyped: told before any figure is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.actions.typing_in import add_column, decide, edit, include_all, set_cell
from tests.actions.workbooks import dipsample, laid_out_working_workbook, row, table, write_csv
from xl_dipsample.domain.long_list import row_record
from xl_dipsample.domain.narrowing import stages, what_changed
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

ROWS = [row(n) for n in range(1, 9)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A working workbook with eight rows imported."""
    return laid_out_working_workbook(tmp_path, ROWS)


def codes(result: dict[str, Any]) -> list[str]:
    return [one["code"] for one in result["messages"]]


def keep_rows(path: Path, *records: int) -> None:
    """Delete every row of Long list but these, as a person does."""

    def fill(host: FileHost) -> None:
        frame = host.read_table("LongList")
        host.write_table("LongList", frame[frame["Record"].isin(records)].reset_index(drop=True))

    edit(path, fill)


def change_list(path: Path, record: int, heading: str, value: object) -> None:
    set_cell(path, "LongList", record, value, heading)  # type: ignore[arg-type]


def lines(path: Path, what: str) -> list[dict[str, Any]]:
    return [one for one in table(path, "WhatChanged").to_dict("records") if one["What"] == what]


def answer(path: Path, why: str | None, initials: str | None, records: tuple[int, ...] = ()) -> None:
    """Type beside rows that are gone why they were removed."""

    def fill(host: FileHost) -> None:
        frame = host.read_table("WhatChanged")
        chosen = (frame["What"] == what_changed.GONE) & (frame["Record"].isin(records) | (not records))
        frame.loc[chosen, what_changed.WHY] = why
        frame.loc[chosen, what_changed.INITIALS] = initials
        host.write_table("WhatChanged", frame)

    edit(path, fill)


# ---- rows that are gone


@pytest.mark.parametrize("action", ["check", "narrow"])
def test_deleted_rows_are_said_and_listed_and_nothing_is_counted(path: Path, action: str) -> None:
    dipsample("narrow", path)
    funnel = table(path, "Funnel").to_numpy().tolist()
    keep_rows(path, 1, 2, 3, 4, 5)
    status, result, _ = dipsample(action, path)
    assert status == 1
    assert codes(result) == ["rows-gone"]
    assert result["messages"][0]["text"].startswith("3 of the 8 rows that were imported are no longer on Long list")
    assert "50" not in result["messages"][0]["text"]
    assert result["figures"] == {"imported": 8, "rows": 5, "rows_gone": 3}
    assert [(one["Record"], one["Which"]) for one in lines(path, what_changed.GONE)] == [
        (6, "5006"), (7, "5007"), (8, "5008"),
    ]  # fmt: skip
    assert table(path, "Funnel").to_numpy().tolist() == funnel
    step = table(path, "Start").set_index("What to do")
    assert step.loc["Narrow down", "State"] == "Done"


def test_pseudonymise_refuses_while_rows_are_gone(path: Path, tmp_path: Path) -> None:
    dipsample("narrow", path)
    include_all(path)
    keep_rows(path, 1, 2, 3)
    for name in ("key", "share"):
        (tmp_path / name).mkdir()
    before = path.read_bytes()
    status, _, said = dipsample(
        "pseudonymise", path, "--review", tmp_path / "share" / "r.xlsx", "--key", tmp_path / "key" / "k.xlsx"
    )
    assert status == 2
    assert said.startswith("5 of the 8 rows that were imported are no longer on Long list")
    assert path.read_bytes() == before


def test_a_second_export_is_not_joined_while_rows_are_gone(path: Path, tmp_path: Path) -> None:
    keep_rows(path, 1, 2, 3)
    status, _, said = dipsample("import", path, write_csv(tmp_path / "more.csv", ROWS), "--join")
    assert status == 2
    assert said.startswith("5 of the 8 rows that were imported")


def test_importing_again_puts_deleted_rows_back_and_says_so(path: Path, tmp_path: Path) -> None:
    dipsample("narrow", path)
    decide(path, {7: ("Exclude", "Other", "AB")})
    keep_rows(path, 1, 2, 3)
    dipsample("narrow", path)
    status, result, _ = dipsample("import", path, tmp_path / "export.csv")
    assert status == 0
    assert next(one["text"] for one in result["messages"] if one["code"] == "rows-back").startswith("5 rows that were")
    assert not lines(path, what_changed.GONE)
    assert not lines(path, what_changed.CAME)
    status, result, _ = dipsample("narrow", path)
    assert result["figures"]["long_list"] == 8
    assert table(path, "CaseCheck").set_index("Record").loc[7, "Initials"] == "AB"


def test_rows_removed_by_hand_are_a_stage_of_their_own_and_the_sum_holds(path: Path) -> None:
    keep_rows(path, 1, 2, 3, 4, 5, 6)
    dipsample("check", path)
    answer(path, "Two test records", "AB")
    status, result, said = dipsample("narrow", path)
    assert status == 1, said  # undecided
    funnel = result["figures"]["funnel"]
    assert [(one["stage"], one["excluded"], one["remaining"]) for one in funnel[:3]] == [
        (stages.LONG_LIST, 0, 8), (stages.REMOVED, 2, 6), (stages.DUPLICATE, 0, 6),
    ]  # fmt: skip
    assert result["figures"]["long_list"] == 8
    assert sum(one["excluded"] or 0 for one in funnel) + result["figures"]["undecided"] == 8
    log = table(path, "ExclusionLog")
    assert log[["Record", "Case ID", "Stage", "Reason", "Value"]].to_numpy().tolist() == [
        [7, "5007", stages.REMOVED, "Two test records", "AB"],
        [8, "5008", stages.REMOVED, "Two test records", "AB"],
    ]
    assert "rows-removed" in codes(result)
    assert [one[what_changed.WHY] for one in lines(path, what_changed.GONE)] == ["Two test records"] * 2


@pytest.mark.parametrize(("why", "initials"), [("Two test records", None), (None, "AB"), ("  ", "AB")])
def test_a_removed_row_needs_a_reason_and_initials(path: Path, why: str | None, initials: str | None) -> None:
    keep_rows(path, 1, 2, 3, 4, 5, 6)
    dipsample("check", path)
    answer(path, why, initials)
    assert codes(dipsample("narrow", path)[1]) == ["rows-gone"]


def test_the_initials_on_focus_count_beside_a_removed_row(path: Path) -> None:
    keep_rows(path, 1, 2, 3, 4, 5, 6)
    dipsample("check", path)
    answer(path, "Two test records", None)
    set_cell(path, "Focus", "Initials", "CD")
    assert dipsample("narrow", path)[1]["figures"]["removed_by_hand"] == 2
    assert set(table(path, "ExclusionLog")["Value"]) == {"CD"}


def test_one_more_deleted_row_is_asked_about_again(path: Path) -> None:
    keep_rows(path, 1, 2, 3, 4, 5, 6)
    dipsample("check", path)
    answer(path, "Two test records", "AB")
    dipsample("narrow", path)
    keep_rows(path, 1, 2, 3, 4, 5)
    result = dipsample("narrow", path)[1]
    assert codes(result) == ["rows-gone"]
    assert result["figures"]["rows_gone"] == 1
    assert [one[what_changed.WHY] for one in lines(path, what_changed.GONE)] == [None, *["Two test records"] * 2]


def test_a_join_keeps_the_rows_that_were_removed_with_a_reason_in_the_total(path: Path, tmp_path: Path) -> None:
    keep_rows(path, 1, 2, 3, 4, 5, 6)
    dipsample("check", path)
    answer(path, "Two test records", "AB")
    second = tmp_path / "second.csv"
    second.write_text("Case number,Ward\n" + "".join(f"{5000 + n},North\n" for n in range(1, 7)), encoding="utf-8")
    assert dipsample("import", path, second, "--join")[0] == 0
    result = dipsample("narrow", path)[1]
    assert result["figures"]["long_list"] == 8
    assert "changed_by_hand" not in result["figures"]


def test_the_whole_list_deleted_is_refused_with_what_to_do(path: Path) -> None:
    keep_rows(path)
    assert "press Import long list first" in dipsample("narrow", path)[2]


# ---- rows that were copied, typed in or retyped


@pytest.mark.parametrize("action", ["check", "narrow"])
def test_a_copied_row_is_refused_with_its_rows(path: Path, action: str) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("LongList")
        host.write_table("LongList", frame.iloc[[*range(8), 2]].reset_index(drop=True))

    edit(path, fill)
    status, _, said = dipsample(action, path)
    assert status == 2
    assert said.startswith("On Long list, a Record stands in more than one row (Excel rows 8, 14)")


@pytest.mark.parametrize("record", [None, 99, "x", 3.5])
def test_a_row_that_was_typed_in_is_refused_with_its_row(path: Path, record: object) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("LongList")
        more = frame.iloc[[*range(8), 0]].reset_index(drop=True)
        more.loc[8, "Record"] = record
        more.loc[8, "Case ID"] = "7777"
        host.write_table("LongList", more)

    edit(path, fill)
    for action in ("check", "narrow"):
        status, _, said = dipsample(action, path)
        assert status == 2
        assert said.startswith("On Long list, 1 row has no Record that import gave (Excel row 14)")


def test_sorting_and_typing_the_same_again_is_no_change(path: Path) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("LongList").iloc[::-1].reset_index(drop=True)
        frame.loc[0, "Team"] = " MASH "
        frame.loc[1, "Case number"] = int(frame.loc[1, "Case number"])
        host.write_table("LongList", frame)

    edit(path, fill)
    add_column(path, "LongList", "Our own note")
    for action in ("check", "narrow"):
        result = dipsample(action, path)[1]
        assert not {"rows-gone", "rows-changed"} & set(codes(result))
        assert "changed_by_hand" not in result["figures"]


@pytest.mark.parametrize(("heading", "value"), [("Outcome (export)", "NFA"), ("Contact date", None), ("Team", "North")])
def test_a_retyped_cell_is_said_with_its_record(path: Path, heading: str, value: object) -> None:
    change_list(path, 4, heading, value)
    status, result, _ = dipsample("narrow", path)
    assert status == 1
    told = next(one for one in result["messages"] if one["code"] == "rows-changed")
    assert told["text"].startswith("1 row of Long list has other cells than were imported")
    assert [(one["Record"], one["Which"]) for one in lines(path, what_changed.BY_HAND)] == [(4, "5004")]


def test_a_deleted_column_of_the_export_is_a_change_of_every_row(path: Path) -> None:
    def fill(host: FileHost) -> None:
        host.write_table("LongList", host.read_table("LongList").drop(columns=["Assessment factors"]))

    edit(path, fill)
    assert dipsample("narrow", path)[1]["figures"]["changed_by_hand"] == 8


# ---- what another import brought; settings and figures


def test_another_import_says_which_rows_came_left_and_changed(path: Path, tmp_path: Path) -> None:
    again = [row(9), *reversed(ROWS[1:7]), row(8, Outcome="NFA")]
    status, result, _ = dipsample("import", path, write_csv(tmp_path / "again.csv", again))
    assert status == 0
    told = next(one for one in result["messages"] if one["code"] == "list-changed")
    assert told["text"].startswith("Since the import before, 1 row came, 1 left and 1 changed")
    assert [one["Which"] for one in lines(path, what_changed.CAME)] == ["5009"]
    assert [(one["Record"], one["Which"]) for one in lines(path, what_changed.LEFT)] == [(1, "5001")]
    [changed] = lines(path, what_changed.CHANGED)
    assert (changed["Which"], changed["Before"], changed["Now"]) == ("5008", "Outcome: CIN; Outcome (export): CIN",
                                                                     "Outcome: NFA; Outcome (export): NFA")  # fmt: skip


def test_the_same_export_again_changes_nothing(path: Path, tmp_path: Path) -> None:
    result = dipsample("import", path, tmp_path / "export.csv")[1]
    assert "list-changed" not in codes(result)
    assert table(path, "WhatChanged").empty


def test_an_export_with_a_column_more_is_no_change_of_every_row(path: Path, tmp_path: Path) -> None:
    lines_of = (tmp_path / "export.csv").read_text(encoding="utf-8").splitlines()
    more = tmp_path / "more.csv"
    more.write_text("\n".join([lines_of[0] + ",Ward", *(f"{one},North" for one in lines_of[1:])]), encoding="utf-8")
    result = dipsample("import", path, more)[1]
    assert "list-changed" not in codes(result)


def test_more_than_two_hundred_rows_are_counted_and_not_listed(path: Path, tmp_path: Path) -> None:
    dipsample("import", path, write_csv(tmp_path / "many.csv", [*ROWS, *(row(n) for n in range(100, 350))]))
    came = lines(path, what_changed.CAME)
    assert len(came) == what_changed.MOST + 1
    assert sum(one["How many"] for one in came) == 250


def test_settings_and_figures_stand_there_before_and_now(path: Path) -> None:
    dipsample("narrow", path)
    assert table(path, "WhatChanged").empty
    set_cell(path, "Focus", "Period from", "02/09/2022")
    set_cell(path, "Categories", "CCE", "No", "Chosen")
    result = dipsample("narrow", path)[1]
    assert "changed-since" in codes(result)
    assert [(one["Which"], one["Before"], one["Now"]) for one in lines(path, what_changed.SETTING)] == [
        ("Focus: Period from", None, "02/09/2022"), ("Categories: CCE", "Yes", "No"),
    ]  # fmt: skip
    figures = {one["Which"]: (one["Before"], one["Now"]) for one in lines(path, what_changed.FIGURE)}
    assert figures["Outside the period: left"] == ("0", "8")
    before = table(path, "WhatChanged")
    dipsample("narrow", path)
    assert table(path, "WhatChanged").equals(before), "pressed twice, the last change still stands there"


def test_start_says_in_one_line_what_changed(path: Path) -> None:
    keep_rows(path, 1, 2, 3)
    dipsample("check", path)
    shown = openpyxl.load_workbook(path, data_only=True)["Start"]
    said = {shown.cell(at, 2).value: shown.cell(at, 3).value for at in range(1, shown.max_row + 1)}
    assert said["What changed"] == "rows gone: 5"


# ---- settings, words below a table, the record itself


@pytest.mark.parametrize(("sheet", "setting"), [("Focus", "Period from"), ("Criteria", "Unit"), ("Focus", "Initials")])
def test_a_deleted_setting_is_refused_by_its_name(path: Path, sheet: str, setting: str) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table(sheet)
        host.write_table(sheet, frame[frame["Setting"] != setting].reset_index(drop=True))

    edit(path, fill)
    before = path.read_bytes()
    for action in ("check", "narrow"):
        status, _, said = dipsample(action, path)
        assert status == 2
        assert said.startswith(f"On {sheet}, the row of {setting} is missing")
    assert path.read_bytes() == before


def test_a_setting_in_a_new_row_counts_again(path: Path) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("Focus")
        kept = frame[frame["Setting"] != "Period to"].reset_index(drop=True)
        kept.loc[len(kept)] = ["Period to", "31/08/2022", None]
        host.write_table("Focus", kept)

    edit(path, fill)
    funnel = dipsample("narrow", path)[1]["figures"]["funnel"]
    assert next(one["excluded"] for one in funnel if one["stage"] == stages.PERIOD) == 8


def test_a_setting_in_two_rows_is_refused(path: Path) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("Focus")
        frame.loc[len(frame)] = ["Period from", "01/01/2023", None]
        host.write_table("Focus", frame)

    edit(path, fill)
    assert dipsample("narrow", path)[2].startswith("On Focus, Period from has two rows")


def test_words_below_a_table_are_said_with_sheet_and_row_and_stay(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["Categories"]["A40"] = "A type of harm of our own"
    book["Long list"]["C20"] = "5999"
    book.save(path)
    for action in ("check", "narrow"):
        result = dipsample(action, path)[1]
        told = [one for one in result["messages"] if one["code"] == "below-table"]
        assert [(one["sheet"], one["row"]) for one in told] == [("Categories", 40), ("Long list", 20)]
        assert "of our own" not in str(told)
    assert openpyxl.load_workbook(path)["Categories"]["A40"].value == "A type of harm of our own"


def test_what_is_remembered_of_the_rows_is_refused_when_somebody_changed_it(path: Path, tmp_path: Path) -> None:
    set_cell(path, "ImportedRows", 1, "x", "Marks")  # type: ignore[arg-type]
    status, _, said = dipsample("narrow", path)
    assert status == 2
    assert said.startswith("On Lists, somebody changed what the tool remembers of the imported rows")
    assert dipsample("import", path, tmp_path / "export.csv")[0] == 0
    assert dipsample("narrow", path)[0] == 1


def test_a_workbook_without_the_record_says_nothing_until_the_next_import_and_then_once(
    path: Path, tmp_path: Path
) -> None:
    edit(path, lambda host: host.write_table("ImportedRows", host.read_table("ImportedRows").iloc[:0]))
    keep_rows(path, 1, 2, 3)
    assert dipsample("narrow", path)[1]["figures"]["long_list"] == 3
    said = [codes(dipsample("import", path, tmp_path / "export.csv")[1]).count("rows-remembered") for _ in range(2)]
    assert said == [1, 0]


def test_ten_thousand_records_come_back_as_they_were() -> None:
    import pandas as pd

    frame = pd.DataFrame({"Record": range(1, 10_001), "Case ID": [f"é{n}" for n in range(10_000)]}, dtype=object)
    kept = row_record.kept(frame, ["Case ID"])
    back = row_record.unpacked(row_record.packed(kept))
    assert back is not None
    assert (back.records == kept.records).all()
    assert (back.marks == kept.marks).all()
    assert back.case_ids == kept.case_ids


def test_the_marks_are_the_same_in_every_version() -> None:
    """Another hash, as a later pandas might have, would call every row of every workbook a changed one."""
    import pandas as pd

    rows = pd.DataFrame({"ID": ["5001", None], "Sex": ["F", 12.0]}, dtype=object)
    assert row_record.marks(rows, ["ID", "Sex"]).tolist() == [3646977141, 2560972783]


def test_rows_that_are_added_never_get_the_number_of_a_row_removed_by_hand(path: Path, tmp_path: Path) -> None:
    keep_rows(path, 1, 2, 3, 4, 5, 6)
    dipsample("check", path)
    answer(path, "Two test records", "AB")
    status, _, said = dipsample("import", path, write_csv(tmp_path / "b.csv", [row(20)]), "--append")
    assert status == 0, said
    assert list(table(path, "LongList")["Record"]) == [1, 2, 3, 4, 5, 6, 9]
    _, result, _ = dipsample("narrow", path)
    funnel = [(one["stage"], one["excluded"], one["remaining"]) for one in result["figures"]["funnel"][:2]]
    assert funnel == [(stages.LONG_LIST, 0, 9), (stages.REMOVED, 2, 7)]


def test_words_of_my_lists_that_changed_since_the_last_run_are_listed(path: Path) -> None:
    dipsample("narrow", path)

    def fill(host: FileHost) -> None:
        frame = host.read_table("MyLists")
        frame.loc[(frame["List"] == "Outcome") & (frame["Word"] == "Early help"), "Side"] = "Progressed"
        frame.loc[len(frame), ["List", "Word", "Side", "Child protection"]] = ["Outcome", "ROTH plan", None, "Yes"]
        host.write_table("MyLists", frame.drop(index=frame.index[frame["Word"] == "Looked after"]))

    edit(path, fill)
    assert "changed-since" in codes(dipsample("narrow", path)[1])
    told = {one["Which"]: (one["Before"], one["Now"]) for one in lines(path, what_changed.SETTING)}
    assert told["My lists: Outcome, ROTH plan"] == (None, "child protection Yes")
    assert told["My lists: Outcome, Early help"][0].startswith("Closed; child protection No; means ")
    assert told["My lists: Outcome, Early help"][1].startswith("Progressed; child protection No; means ")
    assert told["My lists: Outcome, Looked after"][1] is None
    assert len(told) == 3
