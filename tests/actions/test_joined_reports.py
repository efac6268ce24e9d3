"""Reports beside the long list: joined, appended, remembered, done again, or missing. All cases synthetic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.actions.typing_in import edit
from tests.actions.workbooks import dipsample, table
from xl_dipsample.actions.parts.known_reports import MORE_COLUMNS, Report, place
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

MAIN = ("Case ID", "Contact date", "Date of birth", "Type of harm")
NAMES = ("Person ID", "Name", "Ethnicity")
Rows = list[tuple[str, ...]]


def write(path: Path, headings: tuple[str, ...], rows: Rows) -> Path:
    path.write_text("\r\n".join(",".join(row) for row in [headings, *rows]), encoding="utf-8")
    return path


def contacts(*ids: str, day: str = "01/09/2024") -> Rows:
    return [(one, day, "15/06/2010", "11A") for one in ids]


def names(*ids: str) -> Rows:
    return [(one, "Synthetic Number", "WBRI") for one in ids]


def started(folder: Path, rows: Rows) -> Path:
    path = folder / "working.xlsx"
    assert dipsample("new", path)[0] == 0
    status, _, said = dipsample("import", path, write(folder / "main.csv", MAIN, rows))
    assert status in (0, 1), said
    return path


def codes(result: dict[str, Any]) -> list[str]:
    return [one["code"] for one in result["messages"]]


def findings(path: Path, code: str) -> list[str]:
    found = table(path, "DataChecks")
    return list(found.loc[found["Code"] == code, "Value"])


PLANS = ("Case ID", "Plan")


def test_several_reports_are_read_in_one_go_and_the_next_import_remembers_them_all(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    main = write(tmp_path / "main.csv", MAIN, contacts("40001", "40002"))
    people = write(tmp_path / "names.csv", NAMES, names("40001", "40002"))
    plans = write(tmp_path / "plans.csv", PLANS, [("40002", "Synthetic plan")])
    assert dipsample("new", path)[0] == 0
    _, result, said = dipsample("import", path, main, "--also", people, "--also", plans)
    assert result["figures"]["rows"] == 2, said
    assert {number: one["matched"] for number, one in result["figures"]["joined"].items()} == {"2": 2, "3": 1}
    listed = table(path, "LongList")
    assert list(listed["Name"]) == ["Synthetic Number"] * 2
    assert list(listed["Plan"].fillna("")) == ["", "Synthetic plan"]
    assert list(table(path, "Reports")["Report"]) == [1, 2, 3]
    assert [*table(path, "Audit")["Action"]].count("Import long list") == 1
    again = dipsample("import", path, main)[1]["figures"]
    assert sorted(again["joined"]) == ["2", "3"]


def test_further_reports_of_other_cases_add_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    teams = [write(tmp_path / f"team {one}.csv", MAIN, contacts(one)) for one in ("40001", "40002", "40003")]
    assert dipsample("new", path)[0] == 0
    _, result, _ = dipsample("import", path, teams[0], "--also", teams[1], "--also", teams[2], "--also-rows")
    assert (result["figures"]["rows"], sorted(result["figures"]["appended"])) == (3, ["2", "3"])
    assert list(table(path, "LongList")["Case ID"].astype(str)) == ["40001", "40002", "40003"]


def test_a_further_report_that_cannot_be_read_leaves_the_workbook_as_it_was_and_says_which(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    main = write(tmp_path / "main.csv", MAIN, contacts("40001"))
    people = write(tmp_path / "names.csv", NAMES, names("40001"))
    assert dipsample("new", path)[0] == 0
    before = path.read_bytes()
    status, _, said = dipsample("import", path, main, "--also", people, "--also", tmp_path / "gone.csv")
    assert status == 2
    assert "There is no such file as the 3rd report, counted from the long list" in said
    assert "gone.csv" not in said
    assert path.read_bytes() == before


def test_ids_that_differ_only_by_zeros_at_the_front_are_joined_and_it_says_how_many(tmp_path: Path) -> None:
    path = started(tmp_path, contacts("000215205141", "000215205142"))
    second = write(tmp_path / "names.csv", NAMES, names("215205141", "215205142"))
    _, result, _ = dipsample("import", path, second, "--join")
    assert (result["figures"]["matched"], result["figures"]["without_zeros"]) == (2, 2)
    assert "join-without-zeros" in codes(result)
    assert list(table(path, "LongList")["Name"]) == ["Synthetic Number"] * 2


def test_zeros_at_the_front_count_where_two_ids_would_become_one(tmp_path: Path) -> None:
    path = started(tmp_path, contacts("0012345", "12345", "0012346"))
    second = write(tmp_path / "names.csv", NAMES, names("12346"))
    status, result, _ = dipsample("import", path, second, "--join")
    assert (status, result["figures"]["matched"]) == (1, 0)
    assert codes(result)[-1] == "join-zeros-count"
    assert "Name (export)" not in table(path, "LongList").columns


def test_a_join_in_which_nobody_is_found_changes_nothing_and_says_the_way_on(tmp_path: Path) -> None:
    path = started(tmp_path, contacts("40001"))
    status, result, _ = dipsample("import", path, write(tmp_path / "n.csv", NAMES, names("90001")), "--join")
    assert status == 1
    assert "--map case_id=HEADING" in next(one["text"] for one in result["messages"] if one["code"] == "join-nobody")
    assert list(table(path, "Reports")["Report"]) == [1]


def test_rows_without_a_partner_are_said_on_both_sides(tmp_path: Path) -> None:
    path = started(tmp_path, contacts("40001", "40002", "40003"))
    second = write(tmp_path / "names.csv", NAMES, names("40001", "40003", "90001"))
    _, result, _ = dipsample("import", path, second, "--join")
    assert (result["figures"]["unmatched"], result["figures"]["without_partner"]) == (1, 1)
    assert findings(path, "J01") == ["report 2: records 2"]
    assert findings(path, "J02") == ["report 2: Excel rows 4"]
    dipsample("check", path)
    assert findings(path, "J01") == ["report 2: records 2"]


def test_a_join_and_its_mapping_are_done_again_when_the_list_is_imported_again(tmp_path: Path) -> None:
    path = started(tmp_path, contacts("40001"))
    second = write(tmp_path / "names.csv", ("Nummer", "Name"), [("40001", "Synthetic One"), ("40002", "Synthetic Two")])
    assert dipsample("import", path, second, "--join", "--map", "case_id=Nummer")[0] in (0, 1)
    again = write(tmp_path / "main.csv", MAIN, contacts("40001", "40002"))
    _, result, _ = dipsample("import", path, again)
    assert result["figures"]["joined"]["2"]["matched"] == 2
    assert list(table(path, "LongList")["Name"]) == ["Synthetic One", "Synthetic Two"]


def test_a_joined_report_that_is_gone_is_missing_until_it_comes_or_is_not_needed(tmp_path: Path) -> None:
    path = started(tmp_path, contacts("40001"))
    second = write(tmp_path / "names.csv", NAMES, names("40001"))
    dipsample("import", path, second, "--join")
    second.rename(tmp_path / "elsewhere.csv")
    status, result, _ = dipsample("import", path, tmp_path / "main.csv")
    assert (status, result["figures"]["missing_reports"]) == (1, [2])
    told = next(one["text"] for one in result["messages"] if one["code"] == "report-missing")
    assert "name, ethnicity" in told
    assert "names.csv" not in told
    assert findings(path, "J05") == ["report 2"]
    status, _, said = dipsample("narrow", path)
    assert (status, "--reports-missing" in said) == (2, True)
    dipsample("import", path, tmp_path / "elsewhere.csv", "--join")
    assert list(table(path, "Reports")["State"]) == ["Read", "Read"]
    assert dipsample("narrow", path)[0] in (0, 1)


def test_a_report_that_the_lead_says_is_not_needed_is_left_out_in_peace(tmp_path: Path) -> None:
    path = started(tmp_path, contacts("40001"))
    second = write(tmp_path / "names.csv", NAMES, names("40001"))
    dipsample("import", path, second, "--join")

    def fill(host: FileHost) -> None:
        reports = host.read_table("Reports")
        reports.loc[reports["Report"] == 2, "Still needed?"] = "No"
        host.write_table("Reports", reports)

    second.unlink()
    dipsample("import", path, tmp_path / "main.csv")
    assert findings(path, "J05") == ["report 2"]
    edit(path, fill)
    dipsample("check", path)
    assert findings(path, "J05") == []
    assert dipsample("narrow", path)[0] in (0, 1)
    _, result, _ = dipsample("import", path, tmp_path / "main.csv")
    assert "report-missing" not in codes(result)
    assert dipsample("narrow", path)[0] in (0, 1)


def test_a_report_that_is_joined_once_more_takes_the_place_of_its_earlier_self(tmp_path: Path) -> None:
    path = started(tmp_path, contacts("40001"))
    dipsample("import", path, write(tmp_path / "names.csv", NAMES, names("40001")), "--join")
    mended = write(tmp_path / "names.csv", NAMES, [("40001", "Synthetic Mended", "WIRI")])
    dipsample("import", path, mended, "--join")
    listed = table(path, "LongList")
    assert (list(listed["Name"]), list(listed["Ethnicity"])) == (["Synthetic Mended"], ["WIRI"])
    assert list(table(path, "Reports")["Report"]) == [1, 2]
    (tmp_path / "main.csv").unlink()
    before = path.read_bytes()
    status, _, said = dipsample("import", path, mended, "--join")
    assert (status, "Import the long list again first" in said) == (2, True)
    assert path.read_bytes() == before


def test_rows_and_columns_at_once_are_refused(tmp_path: Path) -> None:
    path = started(tmp_path, contacts("40001"))
    status, _, said = dipsample("import", path, tmp_path / "main.csv", "--join", "--append")
    assert (status, "choose one of them" in said) == (2, True)


def test_a_folder_on_a_strangers_share_is_not_looked_into(tmp_path: Path) -> None:
    given = tmp_path / "main.csv"
    report = Report(2, MORE_COLUMNS, "names.csv", str(tmp_path))
    write(tmp_path / "names.csv", NAMES, names("40001"))
    assert place(report, tmp_path / "away" / "main.csv", given) == tmp_path / "names.csv"
    stranger = replace(report, folder="\\\\stranger\\share")
    assert place(stranger, tmp_path / "away" / "main.csv", given) is None


def test_factors_that_may_belong_to_two_contacts_are_left_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    days = ("01/03/2024", "01/06/2024")
    main = write(tmp_path / "main.csv", MAIN[:3], [row[:3] for day in days for row in contacts("40001", day=day)])
    dipsample("import", path, main)
    factors = [("40001", "15/03/2024", "11A"), ("40001", "20/03/2024", "13A"), ("40001", "01/01/2024", "24A")]
    second = write(tmp_path / "factors.csv", ("Case ID", "Assessment start date", "Factors"), factors)
    status, result, _ = dipsample("import", path, second, "--join")
    assert (status, "harm-before-contacts" in codes(result)) == (1, True)
    assert list(table(path, "LongList")["Type of harm"]) == [None, None]
    assert findings(path, "J07") == ["report 2: records 1", "report 2: Excel rows 4"]


def test_factors_without_a_date_go_by_the_case_and_it_says_so(tmp_path: Path) -> None:
    path = started(tmp_path, contacts("40001"))
    second = write(tmp_path / "factors.csv", ("Case ID", "Factors"), [("40001", "13A"), ("40001", "11A")])
    dipsample("import", path, second, "--join")
    assert list(table(path, "LongList")["Type of harm"]) == ["11A; 13A"]
    assert findings(path, "J08") == ["report 2"]


def test_a_new_sample_misses_the_joined_report_until_its_own_is_given(tmp_path: Path) -> None:
    old = started(tmp_path, contacts("40001"))
    dipsample("import", old, write(tmp_path / "names.csv", ("Nummer", "Name"), [("40001", "Synthetic One")]), "--join",
              "--map", "case_id=Nummer")  # fmt: skip
    new = tmp_path / "new.xlsx"
    _, result, _ = dipsample("new", new, "--like", old)
    assert result["figures"]["missing_reports"] == 1
    assert list(table(new, "Reports")[["File", "State"]].iloc[0]) == ["names.csv", "Missing"]
    _, result, _ = dipsample("import", new, tmp_path / "main.csv")
    assert "report-missing" in codes(result)
    later = write(tmp_path / "later.csv", ("Nummer", "Name"), [("40001", "Synthetic Later")])
    dipsample("import", new, later, "--join")
    assert list(table(new, "LongList")["Name"]) == ["Synthetic Later"]
    assert list(table(new, "Reports")["Report"]) == [1, 2]


def test_a_list_with_one_row_per_factor_counts_young_people(tmp_path: Path) -> None:
    rows = [*contacts("40001", "40002"), ("40001", "01/09/2024", "15/06/2010", "13A")]
    path = started(tmp_path, rows)
    dipsample("narrow", path)
    check = table(path, "CaseCheck")
    assert list(check["Case ID"]) == ["40001", "40002"]
    assert len(str(check["Type of harm"].iloc[0]).split("; ")) == 2


def test_a_row_with_a_factor_alone_goes_on_with_the_case_above(tmp_path: Path) -> None:
    blank = ("", "", "", "13A")
    path = started(tmp_path, [row for one in contacts("40001", "40002", "40003") for row in (one, blank)])
    listed = table(path, "LongList")
    assert list(listed["Case ID"]) == ["40001", "40001", "40002", "40002", "40003", "40003"]
    assert list(listed["Type of harm"]) == ["11A", "13A"] * 3
    dipsample("narrow", path)
    assert len(table(path, "CaseCheck")) == 3


def test_factors_of_a_report_of_their_own_go_to_the_contact_they_belong_to(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    main = write(tmp_path / "main.csv", MAIN[:3], [row[:3] for day in ("01/03/2024", "01/06/2024")
                                                   for row in contacts("40001", day=day)])  # fmt: skip
    dipsample("import", path, main)
    factors = [("40001", "15/03/2024", "11A"), ("40001", "15/03/2024", "13A"), ("40001", "01/06/2024", "24A")]
    second = write(tmp_path / "factors.csv", ("Case ID", "Assessment start date", "Factors"), factors)
    _, result, _ = dipsample("import", path, second, "--join")
    assert list(table(path, "LongList")["Type of harm"]) == ["11A; 13A", "24A"]
    assert "harm-placed" in codes(result)


@pytest.mark.parametrize("system", [MAIN, ("Person ID", "Date of contact", "DOB", "Categories")])
def test_a_second_report_of_the_period_is_put_below_and_again_at_the_next_import(
    system: tuple[str, ...], tmp_path: Path
) -> None:
    path = started(tmp_path, contacts("40001", "40002"))
    second = write(tmp_path / "second.csv", system, contacts("40002", "40003"))
    _, result, _ = dipsample("import", path, second, "--append")
    assert list(table(path, "LongList")["Case ID"]) == ["40001", "40002", "40002", "40003"]
    assert findings(path, "J06") == ["report 2: records 3"]
    assert list(table(path, "Reports")["Records"]) == ["1 to 2", "3 to 4"]
    _, result, _ = dipsample("import", path, tmp_path / "main.csv")
    assert result["figures"]["rows"] == 4
    dipsample("narrow", path)
    assert sorted(table(path, "CaseCheck")["Case ID"]) == ["40001", "40002", "40003"]


def test_rows_that_are_added_get_what_was_joined_before(tmp_path: Path) -> None:
    path = started(tmp_path, contacts("40001"))
    dipsample("import", path, write(tmp_path / "names.csv", NAMES, names("40001", "40003")), "--join")
    _, result, _ = dipsample("import", path, write(tmp_path / "b.csv", MAIN, contacts("40003")), "--append")
    assert "list-read-again" in codes(result)
    assert list(table(path, "LongList")["Name"]) == ["Synthetic Number"] * 2


def test_a_missing_report_of_factors_does_not_make_everybody_leave(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    main = write(tmp_path / "main.csv", MAIN[:3], [row[:3] for row in contacts("40001")])
    dipsample("import", path, main)
    second = write(tmp_path / "factors.csv", ("Case ID", "Factors"), [("40001", "11A")])
    dipsample("import", path, second, "--join")
    second.unlink()
    dipsample("import", path, main)
    _, result, _ = dipsample("narrow", path, "--reports-missing")
    assert result["figures"]["candidates"] == 1
