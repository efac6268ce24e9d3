"""Rows of a report that are no cases leave, cases that look like them stay, and the report's own total is compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from tests.actions.typing_in import edit
from tests.actions.workbooks import dipsample, table
from tests.silent_ui import SilentUi
from xl_dipsample.actions.import_long_list import ImportOptions
from xl_dipsample.actions.narrow import GO_ON, NarrowOptions
from xl_dipsample.actions.running.confirm import STOP
from xl_dipsample.actions.running.registry import action
from xl_dipsample.actions.running.runner import run_on_file
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

GROUPS = ["Child", "", "", "Contact", "", "Factors", ""]
HEADINGS = ["Case ID", "Name", "Date of Birth", "Contact Date", "Team", "drug misuse - child", "Neglect"]
Cells = list[list[str]]


class Answering(SilentUi):
    """Somebody who gives one answer."""

    def __init__(self, answer: str) -> None:
        super().__init__()
        self.answer = answer
        self.asked: list[str] = []

    def choose(self, question: str, choices: Sequence[str], option: str) -> str:
        self.asked.append(question)
        return next(one for one in choices if one.startswith(self.answer))


def cases(number: int, first: int = 0) -> Cells:
    return [
        [f"{204000 + n}", f"Synthetic Number{n}", "15/06/2010", f"{1 + n % 28:02}/09/2024", "North", "Yes", "No"]
        for n in range(first, first + number)
    ]


def line(*cells: str) -> list[str]:
    return [*cells, *[""] * (len(HEADINGS) - len(cells))]


def imported(folder: Path, rows: Cells, *options: str, headings: Sequence[list[str]] = (HEADINGS,)) -> Path:
    """A working workbook with a .csv of these rows imported, and what the command said on its status."""
    folder.mkdir(exist_ok=True)
    path, export = folder / "working.xlsx", folder / "export.csv"
    export.write_text("\r\n".join(",".join(row) for row in [*headings, *rows]), encoding="utf-8")
    if not path.exists():
        assert dipsample("new", path)[0] == 0
    status, _, said = dipsample("import", path, export, *options)
    assert status in (0, 1), said
    return path


def sheets_of(folder: Path, sheets: dict[str, Cells]) -> Path:
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def ids(path: Path) -> list[str]:
    return [str(cell) for cell in table(path, "LongList")["Case ID"]]


def findings(path: Path, code: str) -> list[str]:
    found = table(path, "DataChecks")
    return list(found.loc[found["Code"] == code, "Value"])


def put_initials(path: Path) -> None:
    def fill(host: FileHost) -> None:
        found = host.read_table("DataChecks")
        found.loc[found["Code"] == "E01", "Looked at (initials)"] = "AB"
        host.write_table("DataChecks", found)

    edit(path, fill)


def test_footers_and_repeated_headings_are_no_cases(tmp_path: Path) -> None:
    rows = [
        *cases(3), HEADINGS, *cases(3, 3), line("Page 1 of 1"), line("Total: 6 rows"), line("Total records:", "6"),
        line("*** End of report ***"),
    ]  # fmt: skip
    path = imported(tmp_path, rows)
    assert ids(path) == [f"{204000 + n}" for n in range(6)]
    left = findings(path, "E05")
    assert "headings repeated: Excel row 5" in left
    assert "totals and footers: Excel rows 9 to 12" in left
    assert findings(path, "E01") == []
    assert len(findings(path, "E06")) == 2


def test_two_rows_of_headings_with_titles_page_breaks_and_footers_give_609_cases_of_609(tmp_path: Path) -> None:
    title = line("Contacts with factors")
    upper = ["Case ID", *GROUPS[1:]]
    lower = ["", *HEADINGS[1:]]
    body: Cells = []
    for page in range(21):
        body += [*cases(29, 29 * page), line(f"Page {page + 1} of 21"), title, upper, lower]
    rows = [*body[:-3], line(), line("Total records:", "609"), line("", "", "", "", "", "End of report")]
    path = imported(tmp_path, rows, headings=[title, line(), upper, lower])
    assert len(ids(path)) == 609
    assert set(table(path, "LongList")["Type of harm"]) == {"drug misuse - child"}
    assert findings(path, "E06") == ["Excel row 696 says 609 rows in all; read: 609"]


@pytest.mark.parametrize("odd", ["End of report", "?", "N/K", "12"])
def test_a_type_of_harm_is_never_dropped_by_what_a_few_of_its_cells_say(odd: str, tmp_path: Path) -> None:
    rows = [*cases(9), line("", "", "", "", "", odd)]
    if odd in ("?", "N/K"):
        rows[-1] = ["204999", "Synthetic Odd", "15/06/2010", "01/09/2024", "North", odd, "No"]
    path = imported(tmp_path, rows)
    harm = list(table(path, "LongList")["Type of harm"])
    assert harm[:9] == ["drug misuse - child"] * 9
    if odd in ("?", "N/K"):
        assert harm[9:] == [{"?": "drug misuse - child: not clear (?)", "N/K": "drug misuse - child: N/K"}[odd]]
        dipsample("check", path)
        assert "L01" in set(table(path, "DataChecks")["Code"])
    else:
        assert harm[9:] == []


def test_a_cross_in_a_box_is_a_yes(tmp_path: Path) -> None:
    rows = [[*row[:5], "x" if n % 2 else "", ""] for n, row in enumerate(cases(10))]
    harm = list(table(imported(tmp_path, rows), "LongList")["Type of harm"])
    assert harm == [None, "drug misuse - child"] * 5


def test_a_harm_category_above_other_words_is_pointed_out(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    export = tmp_path / "export.csv"
    rows = [[*row[:5], f"seen {n}", "No"] for n, row in enumerate(cases(10))]
    export.write_text("\n".join(",".join(row) for row in [HEADINGS, *rows]), encoding="utf-8")
    status, result, _ = dipsample("import", path, export)
    assert status == 1
    assert "harm-heading-not-taken" in [message["code"] for message in result["messages"]]


def test_cases_that_look_like_footers_stay(tmp_path: Path) -> None:
    odd = [
        ["204101", "Page One", "15/06/2010", "02/09/2024", "North", "Yes", "No"],
        ["204102", "Ann Total", "15/06/2010", "02/09/2024", "North", "", ""],
        ["204103", "End", "", "02/09/2024", "", "", ""],
        ["TOTAL1", "Ann Other", "15/06/2010", "02/09/2024", "North", "No", "No"],
        line("204104"),
        line("204105", "Count"),
        ["", "Bo End", "15/06/2010", "03/09/2024", "North", "No", "No"],
        ["204106", "Cy Other", "15/06/2010", "02/09/2024", "*** End of report ***", "", ""],
    ]
    path = imported(tmp_path, [*cases(20), *odd, *cases(5, 20)])
    assert len(ids(path)) == 20 + len(odd) + 5
    assert findings(path, "E05") == []
    assert findings(path, "E02") == []


def test_a_row_that_may_be_no_case_stays_and_is_pointed_out(tmp_path: Path) -> None:
    path = imported(tmp_path, [*cases(20), line("", "Ann Other", "", "03/09/2024"), *cases(2, 20)])
    assert len(ids(path)) == 23
    assert findings(path, "E02") == ["records 21"]
    path = imported(tmp_path, [*cases(20), line("", "Ann Other", "", "03/09/2024"), *cases(2, 20), line("23 rows")])
    assert findings(path, "E02") == []
    assert findings(path, "E04") == ["records 21"]


def test_totals_of_groups_are_compared_within_their_group(tmp_path: Path) -> None:
    groups = [line("Team: North (4)"), *cases(4), line("North total", "4"), line("Team: South (3)"), *cases(3, 4)]
    path = imported(tmp_path, [*groups, line("South total", "3"), line("Grand total", "7")])
    assert findings(path, "E06") == ["Excel row 13 says 7 rows or young people in all; read: 7 rows, 7 young people",
                                     "numbers of its groups: 4"]  # fmt: skip
    path = imported(tmp_path, [*groups, line("South total", "5"), line("Grand total", "7")])
    said = "Excel row 12 says 5 rows or young people in its group; read: 3 rows, 3 young people"
    assert findings(path, "E01") == [said]


def test_a_total_of_young_people_is_compared_with_young_people(tmp_path: Path) -> None:
    twice = [*cases(6), *[[row[0], row[1], row[2], "30/09/2024", *row[4:]] for row in cases(2)]]
    path = imported(tmp_path, [*twice, line("Number of children: 6"), line("Number of children under 5: 2")])
    assert (findings(path, "E01"), len(ids(path))) == ([], 8)
    path = imported(tmp_path, [*twice, line("Number of children: 8")])
    assert findings(path, "E01") == ["Excel row 10 says 8 young people in all; read: 6"]


def test_narrow_down_asks_while_the_report_states_another_total(tmp_path: Path) -> None:
    path = imported(tmp_path, [*cases(6), line("Total records:", "9")])
    before = path.read_bytes()
    status, _, said = dipsample("narrow", path)
    assert status == 2
    assert "--total-differs" in said
    assert path.read_bytes() == before
    with pytest.raises(WorkbookProblem):
        run_on_file(action("narrow"), path, NarrowOptions(), Answering(STOP))
    asked = Answering(GO_ON)
    assert run_on_file(action("narrow"), path, NarrowOptions(), asked).figures["long_list"] == 6
    assert len(asked.asked) == 1
    assert dipsample("narrow", path, "--total-differs")[0] in (0, 1)


def test_initials_beside_the_total_answer_for_good(tmp_path: Path) -> None:
    rows = [*cases(6), line("Total records:", "9")]
    path = imported(tmp_path, rows)
    dipsample("check", path)
    assert findings(path, "E01") == ["Excel row 8 says 9 rows in all; read: 6"]
    put_initials(path)
    dipsample("check", path)
    assert dipsample("narrow", path)[0] in (0, 1)
    imported(tmp_path, rows)  # the same report again: somebody has looked at it
    assert dipsample("narrow", path)[0] in (0, 1)
    imported(tmp_path, [*cases(5), line("Total records:", "9")])
    assert dipsample("narrow", path)[0] == 2


def test_what_was_left_out_stays_on_data_checks_when_the_list_is_checked(tmp_path: Path) -> None:
    path = imported(tmp_path, [*cases(6), line("Page 1 of 1"), line("6 rows")])
    dipsample("check", path)
    first = [findings(path, code) for code in ("E05", "E06")]
    dipsample("check", path)
    assert [findings(path, code) for code in ("E05", "E06")] == first
    assert first == [["totals and footers: Excel rows 8 to 9"], ["Excel row 9 says 6 rows in all; read: 6"]]


def test_no_message_and_no_finding_of_a_report_holds_its_words(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    export = tmp_path / "export.csv"
    rows = [*cases(6), line("Printed by Zed Secret"), line("Total for Zed Secret", "9"), line("", "Zed Secret")]
    export.write_text("\n".join(",".join(row) for row in [HEADINGS, *rows]), encoding="utf-8")
    _, result, said = dipsample("import", path, export)
    told = str(result) + said + table(path, "DataChecks").to_csv()
    assert "Zed" not in told


def test_a_list_that_goes_on_upon_another_sheet_is_a_question_and_can_be_read_whole(tmp_path: Path) -> None:
    export = sheets_of(tmp_path, {"Page1": [HEADINGS, *cases(4)], "Page2": [HEADINGS, *cases(3, 4)]})
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    status, _, said = dipsample("import", path, export)
    assert status == 2
    assert "--sheet all" in said
    status, result, _ = dipsample("import", path, export, "--sheet", "all")
    assert (status, result["figures"]["rows"], result["figures"]["left_out"]) == (0, 7, 1)
    assert findings(path, "E03") == []
    status, _, _ = dipsample("import", path, export, "--sheet", "Page1")
    assert (status, len(ids(path)), findings(path, "E03")) == (1, 4, ["sheet 2"])
    run_on_file(action("import"), path, ImportOptions(export), Answering("The 2 sheets"))
    assert len(ids(path)) == 7


def test_a_list_that_goes_on_without_headings_is_pointed_out(tmp_path: Path) -> None:
    export = sheets_of(tmp_path, {"Page1": [HEADINGS, *cases(4)], "Page2": [line("Page 2 of 2"), *cases(3, 4)]})
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    status, _, _ = dipsample("import", path, export)
    assert (status, len(ids(path)), findings(path, "E03")) == (1, 4, ["sheet 2"])
    assert dipsample("import", path, export, "--sheet", "all")[0] == 0
    assert len(ids(path)) == 7


def test_a_joined_report_brings_no_footer_and_leaves_the_first_ones_findings(tmp_path: Path) -> None:
    path = imported(tmp_path, [*cases(4), line("4 rows")])
    second = tmp_path / "second.csv"
    rows = [["Case ID", "Gender"], *[[row[0], "F"] for row in cases(4)], ["Total records:", "5"]]
    second.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    status, result, _ = dipsample("import", path, second, "--join")
    assert (status, result["figures"]["matched"], result["figures"]["left_out"]) == (1, 4, 1)
    assert findings(path, "E06") == ["Excel row 6 says 4 rows in all; read: 4"]
    assert findings(path, "E01") == ["report 2: Excel row 6 says 5 rows in all; read: 4"]


def test_a_row_full_of_ways_to_say_nothing_stays(tmp_path: Path) -> None:
    odd = [
        ["#MULTIVALUE", "Synthetic Odd", "NULL", "NULL", "North", "No", "N/A"],
        ["NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL"],
    ]
    path = imported(tmp_path, [*cases(6), *odd, *cases(2, 6)])
    assert len(ids(path)) == 10
    assert findings(path, "E05") == []
