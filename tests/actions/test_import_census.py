"""A CIN census return is imported like any export: no question, no lost row, what is unclear on Data checks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.actions.typing_in import edit, set_cell
from tests.actions.workbooks import dipsample, table
from tests.exports.census_files import SAMPLES, assessment, census, child, episode, one_child, tag, write
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

INSIDE = "Synthetic Words"


def new(folder: Path) -> Path:
    path = folder / "working.xlsx"
    assert dipsample("new", path)[0] == 0
    return path


def imported(folder: Path, text: str | bytes | Path, *options: str) -> tuple[Path, int, dict[str, Any]]:
    """The working workbook, the exit status and what import said."""
    path = folder / "working.xlsx"
    export = text if isinstance(text, Path) else write(folder / "return.xml", text)
    status, said, problem = dipsample("import", path if path.exists() else new(folder), export, *options)
    assert status in (0, 1), problem
    return path, status, said


def codes(said: dict[str, Any]) -> list[str]:
    return [message["code"] for message in said["messages"]]


def data_checks(path: Path, code: str) -> list[tuple[object, object]]:
    found = table(path, "DataChecks")
    found = found[found["Code"] == code]
    return list(zip(found["Value"], found["How many alike"], strict=True))


def choose_reason(host: FileHost) -> None:
    known = host.read_table("Headings")
    known.loc[known["Heading"] == "ReasonForClosure", "Field"] = "outcome"
    host.write_table("Headings", known)


def days(values: Any) -> list[str]:
    return [str(one)[:10] if one is not None else "" for one in values]


def test_a_return_becomes_the_long_list_without_a_question(tmp_path: Path) -> None:
    path, status, said = imported(tmp_path, SAMPLES / "sample_2026.xml")
    listed = table(path, "LongList")
    assert status == 0
    assert (said["figures"]["rows"], said["figures"]["left_blank"], said["figures"]["left_out"]) == (6, 0, 0)
    assert listed["Case ID"].tolist()[:2] == ["SYN0001001", "SYN0001001"]
    assert days(listed["Contact date"])[:2] == ["2025-04-28", "2025-10-13"]
    assert days(listed["End date"])[:2] == ["2025-06-27", ""]
    assert days(listed["Date of birth"])[0] == "2015-03-21"
    assert listed["Gender"].tolist()[0] == "F"
    assert listed["Ethnicity"].tolist()[0] == "WOTH"
    assert listed["Type of harm"].tolist()[1] == "3A; 3B; 17A; 18C"
    assert listed["FactorsByAssessment"].tolist()[1].startswith("2025-10-14 to 2025-12-05: 3A, 3B, 17A; ")
    assert listed["Outcome"].tolist()[1] == "Open at the reference date"
    assert listed["Source row"].tolist() == [1, 2, 3, 4, 5, 6]
    headings = table(path, "Headings")
    assert [one for one in headings["Sure?"] if one] == []
    assert "headings-wait" not in codes(said)
    assert "headings-unplaced" not in codes(said)
    assert "schema of 2026: 4 children, 6 episodes" in next(
        one["text"] for one in said["messages"] if one["code"] == "census-return"
    )


@pytest.mark.parametrize("sample", ["sample_2022.xml", "sample_2026.xml", "sample_irregular.xml"])
def test_a_second_import_of_a_return_reads_the_same(tmp_path: Path, sample: str) -> None:
    path, status, _ = imported(tmp_path, SAMPLES / sample)
    first, headings = table(path, "LongList"), table(path, "Headings")
    assert imported(tmp_path, SAMPLES / sample)[1] == status
    assert table(path, "LongList").equals(first)
    assert table(path, "Headings").equals(headings)


def test_a_name_in_capitals_is_a_return_too(tmp_path: Path) -> None:
    export = write(tmp_path / "RETURN.XML", one_child(episode()))
    assert imported(tmp_path, export)[2]["figures"]["rows"] == 1


def test_no_episode_is_taken_for_a_footer_whatever_it_says(tmp_path: Path) -> None:
    odd = ("TOTAL1", "Page 1 of 2", "Total records: 3", "End of report", "LAchildID", "", "609")
    children = [child(1, episode()).replace("SYN0000001", one) for one in odd]
    bare = tag("Child", tag("CINdetails"))
    path, _, said = imported(tmp_path, census(*children, bare))
    assert said["figures"]["rows"] == len(odd) + 1
    assert [one or "" for one in table(path, "LongList")["Case ID"]][:-1] == list(odd)


def test_no_episode_is_taken_for_headings_whatever_it_says(tmp_path: Path) -> None:
    """Its cells would be headings in any other list, more of them than a return has."""
    who = {"LAchildID": "Child ID", "UPN": "UPN", "FormerUPN": "Name", "UPNunknown": "Surname", "Sex": "Gender"}
    who |= {"PersonBirthDate": "Date of birth", "ExpectedPersonBirthDate": "DOB", "PersonDeathDate": "Forename"}
    what = {"CINreferralDate": "Contact date", "ReferralSource": "NHS number", "PrimaryNeedCode": "Team"}
    what |= {"CINclosureDate": "End date", "ReasonForClosure": "Outcome", "ReferralNFA": "Referred to"}
    what |= {"DateOfInitialCPC": "Age", "Assessments": tag("AssessmentFactors", "Type of harm")}
    about = tag("ChildCharacteristics", tag("Ethnicity", "Ethnicity"))
    one = tag("ChildIdentifiers", *(tag(*cell) for cell in who.items()))
    odd = tag("Child", one, about, tag("CINdetails", *(tag(*cell) for cell in what.items())))
    path, _, said = imported(tmp_path, census(child(1, episode()), odd, child(2, episode())))
    assert said["figures"]["rows"] == 3
    assert table(path, "LongList")["Case ID"].tolist() == ["SYN0000001", "Child ID", "SYN0000002"]


def test_episodes_that_are_equal_in_every_element_are_rows_and_then_duplicates(tmp_path: Path) -> None:
    path, _, said = imported(tmp_path, one_child(episode(assessment("11A")), episode(assessment("11A"))))
    assert said["figures"]["rows"] == 2
    funnel = {one["stage"]: one["excluded"] for one in dipsample("narrow", path)[1]["figures"]["funnel"]}
    assert funnel["Duplicate row"] == 1


def test_narrow_down_counts_a_return_and_a_child_not_born_yet_is_below_the_age(tmp_path: Path) -> None:
    unborn = tag("ExpectedPersonBirthDate", "2025-09-01")
    text = census(
        child(1, episode(assessment("11A", "16A")), episode(assessment("13A"), referral="2025-09-01")),
        child(2, episode(assessment("16A"))),
        child(3, episode(assessment("13A", "3C")), born=unborn, sex=tag("Sex", "U")),
        child(4, episode(nfa="1")),
    )
    path, status, _ = imported(tmp_path, text)
    assert status == 0
    _, said, problem = dipsample("narrow", path)
    funnel = {one["stage"]: one["excluded"] for one in said["figures"]["funnel"]}
    assert problem == ""
    assert funnel["Below the age cut-off"] == 1
    assert funnel["No chosen category"] == 2
    assert funnel["Another contact of the same young person"] == 1
    assert table(path, "CaseCheck")["Case ID"].tolist() == ["SYN0000001"]


def test_an_unknown_element_is_a_finding_with_its_name_and_count_and_nothing_of_its_content(tmp_path: Path) -> None:
    more = tag("NewElement", tag("Inside", INSIDE), INSIDE)
    path, status, said = imported(tmp_path, census(child(1, episode(more, more)), child(2, episode())))
    assert status == 1
    assert "census-elements" in codes(said)
    assert data_checks(path, "S01") == [("CINdetails/NewElement", 2)]
    assert INSIDE not in str(said)
    for name in ("LongList", "DataChecks", "Headings", "Labels"):
        assert INSIDE not in table(path, name).to_csv()


def test_what_import_found_in_a_return_is_still_there_after_check(tmp_path: Path) -> None:
    text = census(child(1), child(2, episode(tag("ReasonForClosure", "RC10"), tag("NewElement"))))
    path, status, _ = imported(tmp_path, text.replace("<Year>2026", "<Year>2025"))
    told = {code: data_checks(path, code) for code in ("S01", "S02", "S03", "S04", "S05")}
    assert status == 1
    assert [len(one) for one in told.values()] == [1, 1, 1, 1, 1]
    dipsample("check", path)
    assert {code: data_checks(path, code) for code in told} == told


def test_a_code_that_nobody_knows_is_a_label_for_the_lead_to_map(tmp_path: Path) -> None:
    path, _, _ = imported(tmp_path, SAMPLES / "sample_irregular.xml")
    labels = table(path, "Labels")
    asked = {(row.Field, row[2]) for row in labels.itertuples(index=True) if row.Means is None}
    assert {("Type of harm", "RB"), ("Outcome", "RC10")} <= asked


def test_a_return_holds_no_names_and_that_is_said_as_of_any_list_without_them(tmp_path: Path) -> None:
    path, _, said = imported(tmp_path, SAMPLES / "sample_2026.xml")
    assert "no text is searched for names" in next(
        one["text"] for one in said["messages"] if one["code"] == "census-return"
    )
    assert [one for one in table(path, "LongList")["Name"] if one] == []
    dipsample("check", path)
    assert data_checks(path, "V12") == [(None, 6)]


def test_names_come_from_a_list_that_is_joined(tmp_path: Path) -> None:
    path, _, _ = imported(tmp_path, SAMPLES / "sample_2026.xml")
    names = tmp_path / "names.csv"
    names.write_text("Child ID,Name\nSYN0001002,Synthetic Example\n", encoding="utf-8")
    _, _, said = imported(tmp_path, names, "--join")
    assert said["figures"]["matched"] == 2
    assert [one for one in table(path, "LongList")["Name"] if one] == ["Synthetic Example"] * 2
    assert len(data_checks(path, "S05")) == 1


def test_a_return_can_be_joined_to_a_list_and_fills_what_is_blank(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("Child ID,Name,Contact date\nSYN0000001,Synthetic Example,01/05/2025\n", encoding="utf-8")
    path, _, _ = imported(tmp_path, listed)
    _, _, said = imported(tmp_path, one_child(episode(assessment("11A"))), "--join")
    row = table(path, "LongList").iloc[0]
    assert said["figures"]["matched"] == 1
    assert (row["Name"], row["Type of harm"], row["Gender"]) == ("Synthetic Example", "11A", "F")
    assert data_checks(path, "S05")[0][0].startswith("report 2: ")


def test_the_return_of_the_year_before_adds_its_types_of_harm_to_the_same_referral(tmp_path: Path) -> None:
    early, late = "2024-12-01", "2025-05-01"
    now = census(child(1, episode(assessment("11A"), referral=early)), child(2, episode(referral=early)))
    before = census(*(child(n, episode(assessment("13A"), referral=early), episode(referral=late)) for n in (1, 2)))
    path, _, _ = imported(tmp_path, now)
    imported(tmp_path, before, "--join")
    listed = table(path, "LongList")
    assert listed["Type of harm"].tolist() == ["11A; 13A", "13A"]
    assert listed["AssessmentFactors (export)"].tolist() == ["13A", "13A"]


def test_what_the_lead_says_about_a_column_goes_before_what_the_return_says(tmp_path: Path) -> None:
    text = one_child(
        episode(tag("DateOfInitialCPC", "2025-07-01"), assessment("11A"), closed="2025-06-01", reason="RC7")
    )
    path, _, said = imported(tmp_path, text, "--map", "contact_date=DateOfInitialCPC")
    assert days(table(path, "LongList")["Contact date"]) == ["2025-07-01"]
    assert said["figures"]["taken"]["contact_date"] == '"DateOfInitialCPC"'
    imported(tmp_path, text)
    assert days(table(path, "LongList")["Contact date"]) == ["2025-07-01"]
    set_cell(path, "Headings", "outcome", "not used", "Field")
    edit(path, choose_reason)
    imported(tmp_path, text)
    assert table(path, "LongList")["Outcome"].tolist()[0].startswith("RC7 - ")
    assert table(path, "Headings").set_index("Heading")["Field"]["ReasonForClosure"] == "outcome"


def test_a_column_of_a_return_that_the_lead_put_away_is_not_taken(tmp_path: Path) -> None:
    path, _, _ = imported(tmp_path, SAMPLES / "sample_2026.xml")
    set_cell(path, "Headings", "end_date", "not used", "Field")
    _, _, said = imported(tmp_path, SAMPLES / "sample_2026.xml")
    assert "end_date" not in said["figures"]["taken"]
    assert [one for one in table(path, "LongList")["End date"] if one] == []
    assert "not used" in table(path, "Headings")["Field"].tolist()


@pytest.mark.parametrize(
    "text",
    [
        (SAMPLES / "sample_2026.xml").read_bytes()[:4000],
        "<Message><Header><CollectionDetails><Collection>CLA</Collection></CollectionDetails></Header></Message>",
        '<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/hostname">]><Message/>',
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        census(),
    ],
)
def test_what_is_refused_changes_nothing(tmp_path: Path, text: str | bytes) -> None:
    path, _, _ = imported(tmp_path, SAMPLES / "sample_2022.xml")
    before = path.read_bytes()
    status, _, problem = dipsample("import", path, write(tmp_path / "Synthetic Child.xml", text))
    assert status == 2
    assert problem.count("\n") == 1
    assert "Synthetic" not in problem
    assert path.read_bytes() == before


def test_a_return_has_no_sheets_to_choose_from(tmp_path: Path) -> None:
    status, _, problem = dipsample("import", new(tmp_path), SAMPLES / "sample_2026.xml", "--sheet", "2")
    assert status == 2
    assert "no sheets: leave --sheet out" in problem


def test_every_export_can_be_chosen_in_the_dialog() -> None:
    from xl_dipsample.addin.press.questions import FILES
    from xl_dipsample.exports.preflight import KNOWN

    ((_, patterns),) = FILES["export"]
    assert {pattern.removeprefix("*") for pattern in patterns.split()} == set(KNOWN)
