"""A message names the Excel row that a person sees now, however Long list was sorted and whatever stands above it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.actions.typing_in import edit, set_cell
from tests.actions.workbooks import dipsample, row, table, working_workbook
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

ROWS = 12
ODD = 4  # the record whose date of birth cannot be read


def narrowed(folder: Path) -> Path:
    made = [row(number) for number in range(1, ROWS + 1)]
    made[ODD - 1]["DOB"] = "31/02/2010"
    path = working_workbook(folder, made)
    assert dipsample("check", path)[0] == 1
    return path


def turn_over(path: Path, name: str = "LongList") -> None:
    """Sort a table the other way round, as a person does."""

    def fill(host: FileHost) -> None:
        host.write_table(name, host.read_table(name).iloc[::-1].reset_index(drop=True))

    edit(path, fill)


def push_down(path: Path, name: str, rows: int) -> None:
    """Insert rows above a table, as a person does for a note."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        if name in sheet.tables:
            part = sheet.tables[name]
            left, right = part.ref.split(":")
            top, bottom = sheet[left].row, sheet[right].row
            sheet.insert_rows(top, rows)
            part.ref = f"A{top + rows}:{sheet[right].column_letter}{bottom + rows}"
            part.autoFilter.ref = part.ref
            sheet.cell(top, 1).value = "A note of the team"
    book.save(path)


def stands(path: Path, sheet: str, record: object) -> int:
    """The row in which a record stands on its sheet, as openpyxl sees it."""
    page = openpyxl.load_workbook(path)[sheet]
    top = next(cells[0].row for cells in page.iter_rows(max_col=1) if cells[0].value == "Record")
    found = [cells[0].row for cells in page.iter_rows(min_row=top + 1, max_col=1) if cells[0].value == record]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("above", [0, 3])
@pytest.mark.parametrize("turned", [False, True])
def test_check_names_the_row_in_which_the_record_stands_now(tmp_path: Path, turned: bool, above: int) -> None:  # noqa: FBT001
    path = narrowed(tmp_path)
    if turned:
        turn_over(path)
    if above:
        push_down(path, "LongList", above)
    _, result, _ = dipsample("check", path)
    told = next(one for one in result["messages"] if one["code"] == "B01" or one["column"] == "Date of birth")
    assert (told["sheet"], told["row"]) == ("Long list", stands(path, "Long list", ODD))
    listed = table(path, "DataChecks")
    assert listed.loc[listed["Column"] == "Date of birth", "Record"].tolist() == [ODD]


def test_a_wrong_cell_of_case_check_is_named_where_it_stands_now(tmp_path: Path) -> None:
    path = narrowed(tmp_path)
    dipsample("narrow", path)
    set_cell(path, "CaseCheck", 7, "Perhaps", "Decision")  # the row whose Record is 7
    turn_over(path, "CaseCheck")
    push_down(path, "CaseCheck", 2)
    _, result, _ = dipsample("check", path)
    told = next(one for one in result["messages"] if one["sheet"] == "Case check")
    assert (told["row"], told["column"]) == (stands(path, "Case check", 7), "Decision")
    cell = f"{openpyxl.utils.get_column_letter(9)}{told['row']}"
    assert f"Case check {cell}" in table(path, "DataChecks")["Column"].tolist()


def test_a_meaning_that_does_not_fit_is_refused_by_its_excel_row(tmp_path: Path) -> None:
    path = narrowed(tmp_path)
    dipsample("narrow", path)
    labels = table(path, "Labels")
    at = int(labels.index[labels["Field"] == "Outcome"][0])

    def fill(host: FileHost) -> None:
        frame = host.read_table("Labels")
        frame.loc[at, "Means"] = "CSE"
        host.write_table("Labels", frame)

    edit(path, fill)
    before = path.read_bytes()
    status, _, told = dipsample("narrow", path)
    assert (status, path.read_bytes()) == (2, before)
    assert f"Excel row {6 + at} of the sheet Labels" in told
    push_down(path, "Labels", 2)
    status, _, told = dipsample("narrow", path)
    assert status == 2
    assert f"Excel row {8 + at} of the sheet Labels" in told


def test_a_question_that_is_refused_is_named_where_it_stands_now(tmp_path: Path) -> None:
    path = narrowed(tmp_path / "work")
    dipsample("narrow", path)

    def fill(host: FileHost) -> None:
        questions = host.read_table("Questions")
        questions.loc[len(questions)] = [None] * len(questions.columns)
        questions.loc[len(questions) - 1, ["Heading", "Type"]] = ["OUTCOME", "Text"]
        host.write_table("Questions", questions)
        frame = host.read_table("CaseCheck")
        host.write_table("CaseCheck", frame.assign(Decision="Include", Initials="AB"))

    edit(path, fill)
    dipsample("narrow", path)
    push_down(path, "Questions", 2)
    at = len(table(path, "Questions")) - 1
    passphrase = tmp_path / "work" / "passphrase.txt"
    passphrase.write_text("correct-horse-battery-staple-lantern")
    (tmp_path / "share").mkdir()
    status, _, told = dipsample(
        "pseudonymise", path, "--review", tmp_path / "share" / "review.xlsx", "--key", tmp_path / "work" / "key.xlsx",
        "--passphrase-file", passphrase, "--no-second-keyholder",
    )  # fmt: skip
    assert status == 2
    assert f"Excel row {8 + at} of the sheet Questions" in told


def test_the_link_shows_the_same_after_a_sort_and_says_when_the_record_is_gone(tmp_path: Path) -> None:
    path = narrowed(tmp_path)
    dipsample("narrow", path)
    turn_over(path)
    listed = table(path, "DataChecks")
    assert listed.loc[listed["Record"].notna(), "Go there"].tolist() == ["Show"] * int(listed["Record"].notna().sum())
    assert set(listed.loc[listed["Record"].isna(), "Go there"].fillna("")) <= {""}

    def fill(host: FileHost) -> None:
        frame = host.read_table("LongList")
        host.write_table("LongList", frame[frame["Record"] != ODD].reset_index(drop=True))

    edit(path, fill)
    listed = table(path, "DataChecks")
    assert set(listed.loc[listed["Record"] == ODD, "Go there"]) == {"Not in the list"}
