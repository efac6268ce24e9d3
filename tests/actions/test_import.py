"""Import long list: what it takes, what it says, what it remembers, and that people's decisions follow their rows."""

from __future__ import annotations

import datetime as dt
import io
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter

from tests import bad_files
from tests.actions.workbooks import dipsample
from xl_dipsample.actions.import_long_list import ImportOptions
from xl_dipsample.actions.running.registry import action
from xl_dipsample.actions.running.runner import run_on_file
from xl_dipsample.actions.running.terminal_ui import TerminalUi
from xl_dipsample.domain.shared.errors import DipSampleError, ExportProblem, QuestionUnanswered
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

REAL = Path(__file__).parents[1] / "data" / "annex_a_sample.xlsx"
HEADINGS = ["Child Unique ID", "Name", "Date of birth", "Contact date", "Type of harm", "Team", "Shoe size"]
ROWS = [
    ["0012", "Ann Example", "03/02/2010", "01/09/2024", "Gangs", "North", "5"],
    ["0013", "Bob Example", "04/02/2010", "02/09/2024", "16A Neglect", "South", "6"],
    ["0014", "Cy Example", "05/02/2010", "03/09/2024", "24A", "South", "7"],
]


class Answering(TerminalUi):
    """Somebody who always takes the last choice."""

    shown: Sequence[str] = ()

    def choose(self, question: str, choices: Sequence[str], option: str) -> str:
        self.shown = choices
        return choices[-1]


@pytest.fixture(scope="session")
def empty_workbook() -> bytes:
    return build("working", {}, {"sample_id": "00112233aabbccdd"})


@pytest.fixture
def workbook(tmp_path: Path, empty_workbook: bytes) -> Path:
    path = tmp_path / "working.xlsx"
    path.write_bytes(empty_workbook)
    return path


def csv_file(folder: Path, rows: Sequence[Sequence[str]], name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join(",".join(row) for row in rows).encode())
    return path


def xlsx_file(folder: Path, sheets: dict[str, list[list[Any]]], hidden: Sequence[str] = ()) -> Path:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            if name in hidden:
                sheet.hide()
    path = folder / "export.xlsx"
    path.write_bytes(made.getvalue())
    return path


def do_import(workbook: Path, export: Path, ui: TerminalUi | None = None, **options: Any) -> Result:
    return run_on_file(action("import"), workbook, ImportOptions(export, **options), ui or TerminalUi(quiet=True))


def table(workbook: Path, name: str) -> pd.DataFrame:
    return FileHost.open(workbook, TerminalUi(quiet=True), read_only=True).read_table(name)


def write(workbook: Path, name: str, frame: pd.DataFrame) -> None:
    host = FileHost.open(workbook, TerminalUi(quiet=True))
    host.write_table(name, frame)
    host.save()


def codes(result: Result) -> list[str]:
    return [message.code for message in result.messages]


# ---- what it takes and says


def test_every_row_and_every_column_of_an_export_arrives(workbook: Path, tmp_path: Path) -> None:
    result = do_import(workbook, csv_file(tmp_path, [["Cases of November"], [""], HEADINGS, *ROWS, [""], ["", "End"]]))
    listed = table(workbook, "LongList")
    assert result.ok
    assert listed["Record"].tolist() == [1, 2, 3]
    assert listed["Source row"].tolist() == [4, 5, 6]
    assert listed["Case ID"].tolist() == ["0012", "0013", "0014"]
    assert listed["Date of birth"].tolist()[0] == dt.date(2010, 2, 3)
    assert listed["Date of birth (export)"].tolist()[0] == "03/02/2010"
    assert listed["Shoe size"].tolist() == ["5", "6", "7"]
    assert {name: result.figures[name] for name in ("rows", "columns", "left_blank", "left_out", "header_row")} == {
        "rows": 3,
        "columns": 7,
        "left_blank": 1,
        "left_out": 1,
        "header_row": 3,
    }


def test_it_says_which_heading_was_taken_for_which_field_and_what_was_not_placed(
    workbook: Path, tmp_path: Path
) -> None:
    result = do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS]))
    assert result.figures["taken"]["case_id"] == '"Child Unique ID"'
    assert result.figures["taken"]["team"] == '"Team"'
    assert result.figures["unplaced"] == ["G"]
    assert '"Child Unique ID" was taken for case id.' in [message.text for message in result.messages]


def test_no_message_and_no_figure_holds_a_cell_of_the_export(workbook: Path, tmp_path: Path) -> None:
    result = do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS, ["0015", "Di Example", "x;y;z", "a", "b"]]))
    told = json.dumps(result.as_json())
    assert not result.ok
    for cell in ("Example", "0012", "0015", "Gangs", "North", "x;y"):
        assert cell not in told


@pytest.mark.parametrize("number", range(1, 12))
def test_each_list_of_the_real_sample_file_is_imported_whole(number: int, workbook: Path) -> None:
    before = REAL.read_bytes()
    result = do_import(workbook, REAL, sheet=f"List {number}")
    listed = table(workbook, "LongList")
    assert result.figures["rows"] == len(listed)
    assert listed["Source row"].tolist() == list(range(2, 2 + len(listed)))
    assert result.figures["sheet"] == number
    assert REAL.read_bytes() == before


def test_a_second_import_replaces_the_columns_of_the_first(workbook: Path) -> None:
    do_import(workbook, REAL, sheet="List 8")
    do_import(workbook, REAL, sheet="List 1")
    assert "Placement Type" not in table(workbook, "LongList").columns
    assert set(table(workbook, "Headings")["Sheet"]) == {"List 1"}


def test_start_and_audit_say_what_was_done_without_case_data(workbook: Path, tmp_path: Path) -> None:
    do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS]))
    start = table(workbook, "Start").set_index("What to do")
    assert start.loc["Import long list", "State"] == "Done"
    assert start.loc["Check long list", "State"] == "Next"
    assert set(start["State"].iloc[2:]) == {"Waiting"}
    assert start.loc["Import long list", "What it found"] == "3 rows, 7 columns; 0 rows that are no cases left out"
    audit = table(workbook, "Audit").iloc[-1]
    assert audit["Action"] == "Import long list"
    assert audit["Figures"] == "rows 3, columns 7, left blank 0, left out 0"
    assert audit["Who"]
    assert isinstance(audit["When"], dt.datetime)


def test_audit_names_the_initials_of_focus(workbook: Path, tmp_path: Path) -> None:
    focus = table(workbook, "Focus")
    focus.loc[focus["Setting"] == "Initials", "Value"] = "QA"
    write(workbook, "Focus", focus)
    do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS]))
    assert table(workbook, "Audit")["Who"].tolist()[-1] == "QA"


def test_labels_of_the_export_come_to_criteria(workbook: Path, tmp_path: Path) -> None:
    do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS, ["1", "D", "01/01/2010", "01/01/2024", "Odd label"]]))
    labels = table(workbook, "Labels")
    assert "Odd label" in labels["Label as exported"].tolist()


# ---- which sheet, which heading


def test_the_only_sheet_with_known_headings_is_taken(workbook: Path, tmp_path: Path) -> None:
    sheets = {"Notes": [["Read me"], ["x"]], "Codes": [["Gender"], ["a"], ["b"]], "Cases": [HEADINGS, *ROWS]}
    assert do_import(workbook, xlsx_file(tmp_path, sheets)).figures["sheet"] == 3


def test_two_sheets_that_could_be_meant_are_a_question_that_names_the_option(workbook: Path, tmp_path: Path) -> None:
    export = xlsx_file(tmp_path, {"Term 1": [HEADINGS, *ROWS], "Term 2": [HEADINGS, *ROWS[:1]]})
    before = workbook.read_bytes()
    with pytest.raises(QuestionUnanswered) as caught:
        do_import(workbook, export)
    assert "--sheet" in caught.value.sentence
    assert "the 1st and the 2nd" in caught.value.sentence
    assert "Term" not in caught.value.sentence
    assert workbook.read_bytes() == before
    somebody = Answering()
    assert do_import(workbook, export, somebody).figures["sheet"] == 2
    assert somebody.shown == ["The 2 sheets with the headings of Term 1, one after the other", "Term 1", "Term 2"]
    assert do_import(workbook, export, sheet="term 1").figures["sheet"] == 1
    assert do_import(workbook, export, sheet="2").figures["sheet"] == 2


def test_a_list_on_a_hidden_sheet_is_taken_and_pointed_out(workbook: Path, tmp_path: Path) -> None:
    export = xlsx_file(tmp_path, {"Summary": [["Total"], [3]], "Data": [HEADINGS, *ROWS]}, hidden=["Data"])
    result = do_import(workbook, export)
    assert (result.ok, result.figures["rows"]) == (False, 3)
    assert "hidden-sheet" in codes(result)


def test_a_visible_list_is_taken_before_a_hidden_one(workbook: Path, tmp_path: Path) -> None:
    export = xlsx_file(tmp_path, {"New": [HEADINGS, *ROWS[:2]], "Old": [HEADINGS, *ROWS]}, hidden=["Old"])
    assert do_import(workbook, export).figures["sheet"] == 1


def test_two_headings_for_one_field_need_map_and_the_answer_is_remembered(workbook: Path, tmp_path: Path) -> None:
    export = csv_file(
        tmp_path, [["Child ID", "DOB", "DOB", "Contact date"], ["1", "01/02/2010", "03/04/2011", "01/09/2024"]]
    )
    first = do_import(workbook, export)
    assert first.ok is False
    assert "date_of_birth" not in first.figures["taken"]
    [told] = [one.text for one in first.messages if one.code == "headings-wait"]
    assert "--map" in told
    result = do_import(workbook, export, maps=("date_of_birth=DOB #1",))
    assert result.figures["taken"]["date_of_birth"] == '"DOB"'


def test_a_heading_that_was_mapped_once_is_known_the_next_time(workbook: Path, tmp_path: Path) -> None:
    export = csv_file(tmp_path, [["Token", "Arrived", "Noted"], ["1", "01/02/2010", "01/09/2024"]])
    before = workbook.read_bytes()
    with pytest.raises(ExportProblem) as caught:
        do_import(workbook, export)
    assert caught.value.code == "no-headings"
    assert workbook.read_bytes() == before
    maps = ("case_id=Token", "date_of_birth=Arrived", "contact_date=Noted")
    do_import(workbook, export, maps=maps)
    again = do_import(workbook, export)
    assert again.figures["taken"] == {"case_id": "column A", "date_of_birth": "column B", "contact_date": "column C"}


@pytest.mark.parametrize("wrong", ["case_id", "=Ref", "no_such_field=Child Unique ID", "case_id=No such heading"])
def test_a_map_that_cannot_be_followed_is_refused(wrong: str, workbook: Path, tmp_path: Path) -> None:
    before = workbook.read_bytes()
    with pytest.raises(ExportProblem):
        do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS]), maps=(wrong,))
    assert workbook.read_bytes() == before


def test_one_heading_twice_that_no_field_takes_is_pointed_out_and_both_columns_come(
    workbook: Path, tmp_path: Path
) -> None:
    result = do_import(workbook, csv_file(tmp_path, [[*HEADINGS, "Shoe size"], [*ROWS[0], "9"]]))
    assert not result.ok
    assert "one-heading-twice" in codes(result)
    assert table(workbook, "LongList")["Shoe size (export)"].tolist() == ["9"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{head}\n{row}\n2,b,14,x,y,z,1,extra\n", "ragged-rows"),
        ("{head}\n{row}\n2;b;14;x;y;z;1\n", "mixed-separators"),
        ('{head}\n{row}\n2,"b,14,x,y,z,1\n', "unclosed-quote"),
    ],
)
def test_a_csv_with_broken_rows_is_taken_and_pointed_out(text: str, code: str, workbook: Path, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(text.format(head=",".join(HEADINGS), row=",".join(ROWS[0])), encoding="utf-8")
    result = do_import(workbook, path)
    assert not result.ok
    assert code in codes(result)
    assert result.figures["rows"] == 2


def test_a_total_below_the_list_that_has_fewer_cells_is_no_broken_row(workbook: Path, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    lines = [",".join(HEADINGS), *(",".join(row) for row in ROWS), f"Grand total {len(ROWS)},,{len(ROWS)}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = do_import(workbook, path)
    assert result.ok
    assert "ragged-rows" not in codes(result)
    assert (result.figures["rows"], result.figures["left_out"]) == (len(ROWS), 1)


def test_formulas_without_values_are_pointed_out_on_the_sheet_that_is_taken_only(
    workbook: Path, tmp_path: Path
) -> None:
    cell = '<row r="9"><c r="A9" t="str"><v>0099</v></c><c r="B9"><f>A1</f></c><c r="C9"><v>1</v></c></row>'
    path = tmp_path / "export.xlsx"
    path.write_bytes(bad_files.with_cell(cell))
    result = do_import(workbook, path)
    assert not result.ok
    assert "formulas-without-values" in codes(result)


def test_an_export_without_type_of_harm_is_taken_and_says_so(workbook: Path, tmp_path: Path) -> None:
    rows = [[cell for at, cell in enumerate(row) if at != 4] for row in [HEADINGS, *ROWS]]
    assert "no-type-of-harm" in codes(do_import(workbook, csv_file(tmp_path, rows)))


# ---- refusals


def test_a_refused_export_leaves_the_workbook_byte_for_byte(workbook: Path, tmp_path: Path) -> None:
    do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS]))
    before = workbook.read_bytes()
    folder = tmp_path / "bad"
    folder.mkdir()
    beside = {one.name for one in tmp_path.iterdir()}
    for name, data, code in bad_files.corpus(folder):
        (folder / name).write_bytes(data)
        with pytest.raises(DipSampleError) as caught:
            do_import(workbook, folder / name)
        assert caught.value.code == code
        assert workbook.read_bytes() == before, name
    assert {one.name for one in tmp_path.iterdir()} == beside


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([HEADINGS], "no-rows"),
        ([HEADINGS, [""], ["", " "]], "no-rows"),
        ([HEADINGS, ["", "End of report"]], "no-rows"),
        ([["Colour", "Size"], ["red", "5"]], "no-headings"),
    ],
)
def test_a_list_with_nothing_in_it_is_refused(rows: list[list[str]], code: str, workbook: Path, tmp_path: Path) -> None:
    before = workbook.read_bytes()
    with pytest.raises(ExportProblem) as caught:
        do_import(workbook, csv_file(tmp_path, rows))
    assert caught.value.code == code
    assert workbook.read_bytes() == before


def test_the_working_workbook_is_no_export_of_itself(workbook: Path) -> None:
    with pytest.raises(DipSampleError) as caught:
        do_import(workbook, workbook)
    assert caught.value.code == "export-is-workbook"


def test_a_sheet_that_is_not_there_is_refused_with_the_numbers_of_those_that_are(
    workbook: Path, tmp_path: Path
) -> None:
    with pytest.raises(ExportProblem) as caught:
        do_import(workbook, xlsx_file(tmp_path, {"Cases": [HEADINGS, *ROWS]}), sheet="Case")
    assert "1 to 1" in caught.value.sentence
    assert "Case" not in caught.value.sentence


# ---- a second import: nothing that people typed is lost


def decide(workbook: Path, decisions: dict[int, str], own: dict[int, str] | None = None) -> None:
    """Fill Case check as narrow would, and type decisions (Row -> decision) and notes in a column of our own."""
    listed = table(workbook, "LongList")
    check = table(workbook, "CaseCheck")
    made = listed[["Record", "Case ID", "Name", "Contact date"]].reindex(columns=check.columns).astype(object)
    made = made.where(made.notna(), None)
    made["Decision"] = [decisions.get(row) for row in made["Record"]]
    made["Initials"] = ["AB" if row in decisions else None for row in made["Record"]]
    if own is not None:
        made["Team note"] = [own.get(row) for row in made["Record"]]
    data = build("working", {"LongList": listed, "CaseCheck": made, "Headings": table(workbook, "Headings")}, {})
    workbook.write_bytes(data)


def test_decisions_follow_identical_source_cells_to_their_new_rows(workbook: Path, tmp_path: Path) -> None:
    do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS]))
    decide(workbook, {1: "Include", 3: "Exclude"})
    new = [["0001", "New Example", "01/01/2011", "01/08/2024", "Gangs", "North", "1"], *reversed(ROWS)]
    result = do_import(workbook, csv_file(tmp_path, [HEADINGS, *new]))
    check = table(workbook, "CaseCheck")
    assert dict(zip(check["Record"], check["Decision"], strict=True)) == {2: "Exclude", 4: "Include"}
    assert check["Case ID"].tolist() == ["0014", "0012"]
    assert result.figures["decisions_moved"] == 2
    assert result.ok


def test_decisions_follow_case_id_and_contact_date_when_other_cells_changed(workbook: Path, tmp_path: Path) -> None:
    do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS]))
    decide(workbook, {2: "Include"})
    changed = [*ROWS[1][:5], "East", "6"]
    do_import(workbook, csv_file(tmp_path, [[*HEADINGS, "Extra"], [*changed, "x"]]))
    check = table(workbook, "CaseCheck")
    assert (check["Record"].tolist(), check["Decision"].tolist(), check["Initials"].tolist()) == (
        [1],
        ["Include"],
        ["AB"],
    )


def test_a_decision_is_not_given_to_one_of_two_rows_that_it_could_belong_to(workbook: Path, tmp_path: Path) -> None:
    do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS]))
    decide(workbook, {1: "Include"})
    twins = [[*ROWS[0][:5], "East", "5"], [*ROWS[0][:5], "West", "5"]]
    result = do_import(workbook, csv_file(tmp_path, [HEADINGS, *twins]))
    assert table(workbook, "CaseCheck").empty
    past = table(workbook, "PastDecisions")
    assert past["Decision"].tolist() == ["Include"]
    assert past["Case ID"].tolist() == ["0012"]
    assert not result.ok
    assert "decisions-set-aside" in codes(result)


def test_a_decision_and_peoples_own_columns_survive_a_list_without_their_row(workbook: Path, tmp_path: Path) -> None:
    first = csv_file(tmp_path, [HEADINGS, *ROWS], "first.csv")
    do_import(workbook, first)
    decide(workbook, {1: "Exclude"}, own={1: "ask the team", 3: "only a note"})
    do_import(workbook, csv_file(tmp_path, [HEADINGS, ROWS[1]]))
    past = table(workbook, "PastDecisions")
    assert sorted(past["Case ID"]) == ["0012", "0014"]
    notes = {json.loads(cell)["Team note"] for cell in past["Own columns"]}
    assert notes == {"ask the team", "only a note"}
    assert table(workbook, "CaseCheck").empty
    do_import(workbook, first)
    assert sorted(table(workbook, "PastDecisions")["Case ID"]) == ["0012", "0014"]


def test_narrow_gives_a_set_aside_decision_back_when_its_row_returns(workbook: Path, tmp_path: Path) -> None:
    first = csv_file(tmp_path, [HEADINGS, *ROWS], "first.csv")
    do_import(workbook, first)
    decide(workbook, {1: "Include"})
    do_import(workbook, csv_file(tmp_path, [HEADINGS, ROWS[1]]))
    do_import(workbook, first)
    run_on_file(action("narrow"), workbook, action("narrow").make_options({}), TerminalUi(quiet=True))
    check = table(workbook, "CaseCheck").set_index("Case ID")
    assert check.loc["0012", "Decision"] == "Include"


def test_a_second_import_empties_what_belongs_to_the_old_list(workbook: Path, tmp_path: Path) -> None:
    export = csv_file(tmp_path, [HEADINGS, *ROWS])
    do_import(workbook, export)
    for name in ("check", "narrow"):
        run_on_file(action(name), workbook, action(name).make_options({}), TerminalUi(quiet=True))
    assert len(table(workbook, "Funnel"))
    do_import(workbook, export)
    for name in ("ExclusionLog", "DataChecks", "Funnel", "FunnelCategories", "FunnelGroups", "WhatIf", "CaseCheck"):
        assert table(workbook, name).empty, name


def test_a_column_that_people_added_to_long_list_follows_its_rows(workbook: Path, tmp_path: Path) -> None:
    do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS]))
    listed = table(workbook, "LongList").assign(Thoughts=["first", None, "third"])
    write(workbook, "LongList", listed)
    result = do_import(workbook, csv_file(tmp_path, [HEADINGS, ROWS[1], ROWS[0]]))
    assert table(workbook, "LongList")["Thoughts"].tolist() == [None, "first"]
    kept = table(workbook, "PastDecisions")
    assert [json.loads(cell) for cell in kept["Own columns"]] == [{"Thoughts": "third"}]
    assert not result.ok


def test_numbers_dates_and_long_texts_keep_their_mark_on_the_way_through_the_workbook(
    workbook: Path, tmp_path: Path
) -> None:
    rows = [
        [12345678.0, "a\nb", 0.1 + 0.2, dt.date(2010, 2, 3), dt.date(2024, 9, 1), " x\xa0", "=1+1", True],
        [12345679.0, "_x000D_", 1e20, dt.date(2011, 2, 3), dt.date(2024, 9, 2), "", "é", False],
    ]
    headings = ["Child ID", "Note", "Number", "Date of birth", "Contact date", "Text", "Formula", "Flag"]
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet("List")
        for at, row in enumerate([headings, *rows]):
            sheet.write_row(at, 0, row)
    export = tmp_path / "export.xlsx"
    export.write_bytes(made.getvalue())
    do_import(workbook, export)
    decide(workbook, {1: "Include", 2: "Exclude"})
    before = table(workbook, "LongList")
    # without case IDs only the mark of the source cells can match
    result = do_import(workbook, export, maps=("case_id=", "contact_date="))
    assert before["Flag"].tolist() == [True, False]
    assert result.figures["decisions_moved"] == 2
    assert table(workbook, "CaseCheck")["Decision"].tolist() == ["Include", "Exclude"]


# ---- join


def test_join_adds_columns_by_case_id_and_keeps_rows_and_decisions(workbook: Path, tmp_path: Path) -> None:
    plain = [[cell for at, cell in enumerate(row) if at != 4] for row in [HEADINGS, *ROWS]]
    do_import(workbook, csv_file(tmp_path, plain))
    decide(workbook, {1: "Include"})
    second = csv_file(tmp_path, [["Child ID", "Type of harm", "Plan"], ["0014", "24A", "p"], ["0012", "Gangs", "q"]])
    result = do_import(workbook, second, join=True)
    listed = table(workbook, "LongList")
    assert listed["Type of harm"].tolist() == ["Gangs", None, "24A"]
    assert listed["Plan"].tolist() == ["q", None, "p"]
    assert listed["Shoe size"].tolist() == ["5", "6", "7"]
    assert (result.figures["matched"], result.figures["unmatched"]) == (2, 1)
    assert table(workbook, "CaseCheck")["Decision"].tolist() == ["Include", None, None]
    remembered = table(workbook, "Headings")
    assert "Plan" in remembered["Heading"].tolist()
    assert remembered.loc[remembered["Heading"] == "Team", "Field"].tolist() == ["team"]


def test_join_needs_a_long_list(workbook: Path, tmp_path: Path) -> None:
    before = workbook.read_bytes()
    with pytest.raises(ExportProblem) as caught:
        do_import(workbook, csv_file(tmp_path, [HEADINGS, *ROWS]), join=True)
    assert caught.value.code == "nothing-to-join"
    assert workbook.read_bytes() == before


def _seconds_of_import(folder: Path, empty: bytes, rows: int) -> float:
    workbook = folder / f"working{rows}.xlsx"
    workbook.write_bytes(empty)
    many = [[f"{number:06}", *ROWS[number % 3][1:]] for number in range(rows)]
    report = csv_file(folder, [HEADINGS, *many], f"export{rows}.csv")
    begin = time.process_time()
    assert dipsample("import", workbook, report)[0] in (0, 1)
    return time.process_time() - begin


def test_eight_times_as_many_rows_take_about_eight_times_as_long(tmp_path: Path, empty_workbook: bytes) -> None:
    _seconds_of_import(tmp_path, empty_workbook, 10)
    few, many = (_seconds_of_import(tmp_path, empty_workbook, rows) for rows in (4_000, 32_000))
    assert many < 20 * few, "once every question about a column put all rows together again: 64 times as long"
