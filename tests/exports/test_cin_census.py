"""The CIN census as .xml: what each element becomes, what is pointed out, what is refused, and how little is held."""

from __future__ import annotations

import codecs
import csv
import random
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import bad_files
from tests.exports.census_files import (
    HEADER,
    SAMPLES,
    assessment,
    census,
    child,
    episode,
    many,
    one_child,
    tag,
    write,
)  # fmt: skip
from xl_dipsample.domain.long_list.headings import match
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.domain.shared.reference_words import known_word
from xl_dipsample.exports.census.cin_census import MOST_BYTES, read_census, schema_years
from xl_dipsample.exports.export_reader import Export, read_export

Row = dict[str, object]
INSIDE = "Synthetic Words"


def read(folder: Path, text: str | bytes, name: str = "return.xml") -> Export:
    return read_export(write(folder / name, text))


def rows_of(export: Export) -> list[Row]:
    headings, *rows = export.sheets[0].rows
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


def rows(folder: Path, text: str | bytes) -> list[Row]:
    return rows_of(read(folder, text))


def row(folder: Path, *episodes: str, **more: str) -> Row:
    (found,) = rows(folder, one_child(*episodes, **more))
    return found


def found_on_data_checks(folder: Path, text: str) -> dict[str, tuple[tuple[str | None, int | None], ...]]:
    return dict(read(folder, text).sheets[0].findings)


def refused(folder: Path, text: str | bytes, name: str = "return.xml") -> FileProblem:
    with pytest.raises(FileProblem) as caught:
        read(folder, text, name)
    return caught.value


# --- what each element becomes --------------------------------------------------------------------------------------


def as_expected(row: Row, number: int) -> dict[str, str]:
    """A row of ours in the words of the expected files, which were written apart from the reader."""
    outcome = str(row["Outcome"])
    code, _, words = outcome.rpartition(" - ") if " - " in outcome else ("", "", outcome)
    sex = {name: str(row.get(name, "")) for name in ("GenderCurrent", "Sex")}
    return sex | {
        "LAchildID": str(row["LAchildID"]),
        "episode_no_in_child": str(number),
        "CINreferralDate": str(row["CINreferralDate"]),
        "CINclosureDate": str(row["CINclosureDate"]),
        "outcome_words": words.casefold(),
        "outcome_code": code,
        "factors_union": str(row["AssessmentFactors"]).replace("; ", " "),
        "factors_by_assessment(start/authorised: codes)": str(row["FactorsByAssessment"])
        .replace(" to ", "/")
        .replace(", ", " "),
        "Ethnicity": str(row["Ethnicity"]),
        "PersonBirthDate": str(row["PersonBirthDate"]),
        "ExpectedPersonBirthDate": str(row["ExpectedPersonBirthDate"]),
        "Disability": re.sub(r" - [^;]+(?:; )?", " ", str(row["Disabilities"])).strip(),
    }


@pytest.mark.parametrize("year", [2022, 2026])
def test_each_sample_gives_exactly_the_episodes_that_were_expected(year: int) -> None:
    with (SAMPLES / f"expected_{year}.csv").open(encoding="utf-8", newline="") as file:
        expected = [row | {"outcome_words": row["outcome_words"].casefold()} for row in csv.DictReader(file)]
    found, seen = [], dict[str, int]()
    for one in rows_of(read_export(SAMPLES / f"sample_{year}.xml")):
        number = seen[str(one["LAchildID"])] = seen.get(str(one["LAchildID"]), 0) + 1
        found.append(as_expected(one, number))
    assert found == expected


def test_the_irregular_sample_is_read_and_its_unknown_codes_are_counted() -> None:
    export = read_export(SAMPLES / "sample_irregular.xml")
    (found,) = rows_of(export)
    assert found["LAchildID"] == "SYN0009001"
    assert (found["PersonBirthDate"], found["GenderCurrent"], found["Ethnicity"]) == ("2013/08/09", "", "WBRI")
    assert (found["ReferralSource"], found["ReferralNFA"], found["Outcome"]) == ("", "No", "RC10")
    assert found["AssessmentFactors"] == "3B; 4B; 16A; 18A; 21; RB"
    assert export.sheets[0].findings["S02"] == (("AssessmentFactors", 1), ("ReasonForClosure", 1))
    assert "S01" not in export.sheets[0].findings


def test_the_cells_beside_the_fields_hold_codes_with_their_words(tmp_path: Path) -> None:
    plan = tag(
        "ChildProtectionPlans",
        tag("CPPstartDate", "2025-06-09"),
        tag("InitialCategoryOfAbuse", "SAB"),
        tag("LatestCategoryOfAbuse", "NEG"),
        tag("NumberOfPreviousCPP", "0"),
    )
    need = tag("CINPlanDates", tag("CINPlanStartDate", "2025-05-20"), tag("CINPlanEndDate", "2025-06-08"))
    enquiry = tag("Section47", tag("S47ActualStartDate", "2025-05-19"), tag("DateOfInitialCPC", "2025-06-09"))
    found = row(tmp_path, episode(need, enquiry, plan, plan))
    told = "from 2025-06-09, at first SAB - Sexual abuse, last NEG - Neglect, plans before 0"
    assert found["ReferralSource"] == "6 - Police"
    assert found["PrimaryNeedCode"] == "N1 - Abuse, neglect or exploitation"
    assert found["CINPlanDates"] == "2025-05-20 to 2025-06-08"
    assert found["Section47"] == "2025-05-19, conference 2025-06-09"
    assert found["ChildProtectionPlans"] == f"{told}; {told}"


@pytest.mark.parametrize(
    ("given", "outcome", "ours"),
    [
        ({"nfa": "1"}, "NFA - Referral, no further action", "No further action"),
        ({"nfa": "true"}, "NFA - Referral, no further action", "No further action"),
        ({"nfa": " TRUE "}, "NFA - Referral, no further action", "No further action"),
        (
            {"nfa": "1", "closed": "2025-05-02", "reason": "RC7"},
            "NFA - Referral, no further action",
            "No further action",
        ),
        ({"nfa": "0"}, "Open at the reference date", "Not recorded"),
        ({"nfa": "False", "closed": "N/A"}, "Open at the reference date", "Not recorded"),
        ({"nfa": "0", "closed": "2025-06-01", "reason": "RC8"}, None, "No further action"),
        ({"nfa": "0", "closed": "2025-06-01", "reason": "rc9"}, None, "Early help"),
        ({"nfa": "0", "closed": "2025-06-01", "reason": "RC5"}, None, "Transferred to another service or area"),
        ({"nfa": "0", "closed": "2025-06-01", "reason": "RC6"}, None, "Transferred to another service or area"),
        ({"nfa": "0", "closed": "2025-06-01", "reason": "RC7"}, None, None),
        ({"nfa": "", "reason": "RC2"}, "RC2 - Died", None),
        ({"nfa": "0", "closed": "2025-06-01"}, "", "Not recorded"),
        ({"nfa": ""}, "", "Not recorded"),
        ({"nfa": "perhaps"}, "", "Not recorded"),
    ],
)
def test_the_outcome_is_the_referral_first_then_the_reason_for_closure(
    tmp_path: Path, given: dict[str, str], outcome: str | None, ours: str | None
) -> None:
    said = str(row(tmp_path, episode(**given))["Outcome"])
    assert outcome is None or said == outcome
    assert outcome is not None or said.startswith(f"{given['reason'].upper()} - ")
    assert (known_word("outcome", said) if said else "Not recorded") == ours


def test_types_of_harm_are_the_union_of_the_assessments_with_their_dates_beside(tmp_path: Path) -> None:
    found = row(tmp_path, episode(assessment("11A", "16a"), assessment("13A, 11A", end=""), assessment("21")))
    assert found["AssessmentFactors"] == "11A; 16A; 13A"
    assert found["FactorsByAssessment"] == (
        "2025-05-02 to 2025-06-10: 11A, 16A; from 2025-05-02: 13A, 11A; 2025-05-02 to 2025-06-10: 21"
    )


def test_no_factors_beside_a_factor_of_the_same_assessment_stays_for_the_check_to_find(tmp_path: Path) -> None:
    assert row(tmp_path, episode(assessment("21", "11A")))["AssessmentFactors"] == "21; 11A"
    assert row(tmp_path, episode(assessment("21"), assessment("21")))["AssessmentFactors"] == "21"


def test_factors_without_their_wrapper_or_in_two_of_them_are_factors(tmp_path: Path) -> None:
    codes = tag("AssessmentFactors", "11A"), tag("AssessmentFactors", "13A")
    bare = tag("Assessments", *codes)
    twice = tag("Assessments", *(tag("FactorsIdentifiedAtAssessment", one) for one in codes))
    for one in (bare, twice):
        assert row(tmp_path, episode(one))["AssessmentFactors"] == "11A; 13A"


def test_a_child_with_several_episodes_has_a_row_for_each_and_the_rows_are_numbered_from_1(tmp_path: Path) -> None:
    export = read(tmp_path, census(child(1, episode(), episode(nfa="1")), child(2, episode())))
    assert [one["LAchildID"] for one in rows_of(export)] == ["SYN0000001", "SYN0000001", "SYN0000002"]
    assert export.sheets[0].first_row + 1 == 1


def test_an_id_stays_text_with_its_zeros(tmp_path: Path) -> None:
    (found,) = rows(tmp_path, one_child(episode()).replace("SYN0000001", " 00012 "))
    assert found["LAchildID"] == "00012"


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (tag("ExpectedPersonBirthDate", "2025-09-01"), 0),
        (tag("ExpectedPersonBirthDate", "2025-04-20"), 0),
        (tag("ExpectedPersonBirthDate", "2012-04-20"), ""),
        (tag("ExpectedPersonBirthDate", "N/A"), ""),
        (tag("PersonBirthDate", "2010-04-03"), ""),
        (tag("PersonBirthDate", "2010-04-03") + tag("ExpectedPersonBirthDate", "2025-09-01"), ""),
        ("", ""),
    ],
)
def test_a_child_not_born_at_the_referral_is_0_and_the_expected_date_is_no_date_of_birth(
    tmp_path: Path, born: str, age: object
) -> None:
    found = row(tmp_path, episode(), born=born)
    assert found["AgeIfUnborn"] == age
    assert "PersonBirthDate" in born or found["PersonBirthDate"] == ""


def test_a_date_loses_its_time_zone_and_nothing_else_changes(tmp_path: Path) -> None:
    assert row(tmp_path, episode(referral="2025-05-01Z"))["CINreferralDate"] == "2025-05-01"
    assert row(tmp_path, episode(referral="2025-05-01+01:00"))["CINreferralDate"] == "2025-05-01"
    assert row(tmp_path, episode(referral="N/A"))["CINreferralDate"] == "N/A"
    assert row(tmp_path, episode(referral=""))["CINreferralDate"] == ""


def test_what_may_stand_once_and_stands_twice_is_kept_both_times(tmp_path: Path) -> None:
    twice = tag("CINclosureDate", "2025-06-01") + tag("CINclosureDate", "2025-07-01")
    found = row(tmp_path, episode(twice, tag("ReferralNFA", "1")))
    assert found["CINclosureDate"] == "2025-06-01; 2025-07-01"
    assert (found["ReferralNFA"], found["Outcome"]) == ("Yes; No", "")
    same = tag("CINclosureDate", "2025-06-01") * 2
    assert row(tmp_path, episode(same))["CINclosureDate"] == "2025-06-01"


def test_no_column_of_a_return_is_a_question_and_every_field_is_the_one_that_it_says(tmp_path: Path) -> None:
    for text in (one_child(episode()), one_child(episode(), sex=tag("GenderCurrent", "1"))):
        sheet = read(tmp_path, text).sheets[0]
        headings = [str(one) for one in sheet.rows[0]]
        found = match(headings, sheet.fields, {}, sheet.rows[1:])
        assert {name: headings[at] for name, (at,) in found.taken.items()} == dict(sheet.fields)
        assert dict(found.unsure) == {}
        assert found.notes == ()


# --- how it may be written ------------------------------------------------------------------------------------------


def _with_prefix(text: str) -> str:
    return re.sub(r"<(/?)(?=[A-Z])", r"<\1c:", text).replace("<c:Message>", '<c:Message xmlns:c="urn:invented:cin">')


def _without_declaration(text: str) -> str:
    return text.partition("\n")[2]


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: _without_declaration(text).encode(),
        lambda text: b"\n \r\n" + _without_declaration(text).encode(),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.replace("UTF-8", "UTF-16").encode("utf-16-be"),
        lambda text: _without_declaration(text).encode("utf-16-le"),
        lambda text: text.replace("UTF-8", "utf-16").encode(),
        lambda text: text.replace("UTF-8", "windows-1252").encode("cp1252"),
        lambda text: text.replace("UTF-8", "iso-8859-1").encode("latin-1"),
        lambda text: text.replace("><", ">\r\n\t<").encode(),
        lambda text: text.replace("<Message>", '<Message xmlns="urn:invented:cin">').encode(),
        lambda text: _with_prefix(text).encode(),
        lambda text: text.replace("CINclosureDate", "CINClosureDate").replace("LAchildID", "LAChildID").encode(),
        lambda text: text.replace(">Zoë<", "><![CDATA[Z]]>o&#235;<!-- a note --><").encode(),
        lambda text: text.replace("<Child>", "stray<Child>words<?pi?>").encode(),
        lambda text: text.replace("<Child>", '<Child xmlns:x="u:x" x:nil="false">').encode(),
    ],
)  # fmt: skip
def test_the_same_return_is_the_same_rows_however_it_is_written(
    tmp_path: Path, written: Callable[[str], bytes]
) -> None:
    text = one_child(episode(assessment("11A"), closed="2025-06-01", reason="RC8")).replace("SYN0000001", "Zoë")
    expected = rows(tmp_path, text)
    assert expected[0]["LAchildID"] == "Zoë"
    assert rows(tmp_path, written(text)) == expected


def test_the_name_may_end_in_capitals(tmp_path: Path) -> None:
    assert len(rows_of(read(tmp_path, one_child(episode()), "RETURN.XML"))) == 1


def test_elements_are_known_by_their_names_in_whatever_order(tmp_path: Path) -> None:
    text = one_child(episode(assessment("11A")))
    late = re.sub(r"(<ChildIdentifiers>.*</ChildCharacteristics>)(<CINdetails>.*</CINdetails>)", r"\2\1", text)
    assert late != text
    assert rows(tmp_path, late) == rows(tmp_path, text)


# --- what is pointed out --------------------------------------------------------------------------------------------


def test_an_unknown_element_is_named_and_counted_and_what_stands_in_it_is_nowhere(tmp_path: Path) -> None:
    more = tag("PreProceedingsandFGDM", tag("PPStartDate", INSIDE), tag("CINclosureDate", "2025-07-01"), INSIDE)
    text = census(child(1, episode(more, more)), child(2, episode(more)), more=tag("Notes", INSIDE))
    export = read(tmp_path, text)
    assert export.sheets[0].findings["S01"] == (("CINdetails/PreProceedingsandFGDM", 3), ("Message/Notes", 1))
    assert INSIDE not in repr(export)
    assert rows_of(export)[0]["CINclosureDate"] == ""
    told = next(note.text for note in export.notes if note.code == "census-elements")
    assert told.startswith("4 elements are in no known schema")
    assert "PreProceedings" not in told


def test_a_known_element_where_no_schema_has_it_is_unknown(tmp_path: Path) -> None:
    found = found_on_data_checks(tmp_path, one_child(episode(tag("LAchildID", INSIDE))))
    assert found["S01"] == (("CINdetails/LAchildID", 1),)


def test_of_many_unknown_elements_some_are_named_and_all_are_counted(tmp_path: Path) -> None:
    odd = "".join(tag(f"Odd{number}{'x' * 80}", "") for number in range(300))
    found = found_on_data_checks(tmp_path, one_child(episode(odd)))["S01"]
    assert len(found) <= 51
    assert sum(alike or 0 for _, alike in found) == 300
    assert max(len(value or "") for value, _ in found) < 100


def test_every_element_that_was_found_in_a_schema_is_known(tmp_path: Path) -> None:
    """The list was written apart from ours: only what no schema has yet is missing."""
    with (SAMPLES / "element_tree.csv").open(encoding="utf-8", newline="") as file:
        told = {f"{row['parent']}/{row['element']}".removeprefix("(root)/") for row in csv.DictReader(file)}
    ours = set(reference.words("cin_census_elements", "path"))
    assert {path for path in told - ours if "PreProceedings" not in path} == set()


@pytest.mark.parametrize(
    ("header", "year", "told"),
    [
        (HEADER, 2026, None),
        (HEADER.replace("<Year>2026</Year>", ""), 2026, None),
        (re.sub("<ReferenceDate>.*</ReferenceDate>", "", HEADER), 2026, None),
        (HEADER.replace("2026", "2017"), 2017, None),
        (HEADER.replace("2026-03", "2025-03"), 2025, "its header says 2026, and its reference date is in 2025"),
        (HEADER.replace("2026", "2027"), None, "its header says 2027, and the schemas known are those of 2017 to 2026"),
        (HEADER.replace("2026", "2009"), None, "its header says 2009"),
        (HEADER.replace("2026-03-31", "N/A").replace("2026", "twenty"), None, "neither a year nor a reference date"),
        ("", None, "neither a year nor a reference date"),
    ],
)
def test_the_year_whose_schema_is_followed_is_said_and_a_doubt_too(
    tmp_path: Path, header: str, year: int | None, told: str | None
) -> None:
    export = read(tmp_path, census(child(1, episode()), header=header))
    first = export.notes[0].text
    assert (f"schema of {year}:" if year else "the schemas of 2017 to 2026:") in first
    doubts = [note.text for note in export.notes if note.code == "census-year"]
    assert bool(doubts) == (told is not None)
    assert ("S04" in export.sheets[0].findings) == (told is not None)
    assert told is None or told in doubts[0]


@pytest.mark.parametrize(
    ("year", "before", "after", "odd"),
    [
        (2022, "", tag("ReasonForClosure", "RC9"), {"ReasonForClosure": 1}),
        (2023, "", tag("ReasonForClosure", "RC9"), {}),
        (2023, "", tag("ReasonForClosure", "RC10"), {"ReasonForClosure": 1}),
        (2022, ">6<", ">5D<", {"ReferralSource": 1}),
        (2023, ">6<", ">5D<", {}),
        (2026, ">N1<", ">n1 - Abuse<", {}),
        (2026, ">N1<", ">Abuse<", {"PrimaryNeedCode": 1}),
        (2026, "<Sex>F</Sex>", "<Sex>1</Sex>", {"Sex": 1}),
        (2026, "<Sex>F</Sex>", "<Sex>f</Sex>", {}),
        (2026, "<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>", {"GenderCurrent": 1}),
        (2024, "<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>", {}),
        (2024, "<Sex>F</Sex>", "<Sex>F</Sex>", {"Sex": 1}),
        (2026, "WBRI", "WHITE", {"Ethnicity": 1}),
        (2026, "WBRI", "", {}),
        (2026, "</LAchildID>", "</LAchildID><UPNunknown>UN8</UPNunknown>", {"UPNunknown": 1}),
        (2026, "</LAchildID>", "</LAchildID><UPNunknown>UN7</UPNunknown>", {}),
        (2026, "<ReferralNFA>0", "<ReferralNFA>perhaps", {"ReferralNFA": 1}),
        (2027, "", tag("ReasonForClosure", "RC9"), {}),
    ],
)
def test_a_code_that_is_none_of_its_year_is_counted_and_stays(
    tmp_path: Path, year: int, before: str, after: str, odd: dict[str, int]
) -> None:
    # a sex of the year's own element, so that only the change is odd
    sex = tag("Sex", "F") if "Sex" in before or year not in range(2017, 2025) else tag("GenderCurrent", "2")
    text = one_child(episode("" if before else after), sex=sex).replace("2026", str(year))
    assert before in text
    found = found_on_data_checks(tmp_path, text.replace(before, after) if before else text).get("S02", ())
    assert dict(found) == odd


def test_children_without_an_episode_have_no_row_and_are_counted(tmp_path: Path) -> None:
    export = read(tmp_path, census(child(1), child(2, episode()), child(3)))
    assert [one["LAchildID"] for one in rows_of(export)] == ["SYN0000002"]
    assert export.sheets[0].findings["S03"] == ((None, 2),)
    assert "2 children stand in the return without an episode" in " ".join(note.text for note in export.notes)


def test_an_ordinary_return_says_what_it_is_and_that_it_has_no_names(tmp_path: Path) -> None:
    export = read(tmp_path, census(child(1, episode(), episode()), child(2, episode())))
    (only,) = export.notes
    assert only.level == "note"
    assert "schema of 2026: 2 children, 3 episodes" in only.text
    assert "no names" in only.text
    assert export.sheets[0].findings == {"S05": (("schema of 2026: 2 children, 3 episodes", 3),)}


# --- what is refused ------------------------------------------------------------------------------------------------

DOCTYPES = (
    '<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE Message SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE Message [<!ENTITY % p SYSTEM "http://127.0.0.1/x">%p;]>',
    "<!DOCTYPE Message>",
)
SSDA903 = "<Message><Header><CollectionDetails><Collection>SSDA903</Collection></CollectionDetails></Header></Message>"
OTHERS: list[tuple[str, str | bytes, str]] = [
    ("looked after children", SSDA903, "another-return"),
    ("school census", SSDA903.replace("SSDA903", "SC"), "another-return"),
    ("a message of something else", "<Message><Body>x</Body></Message>", "not-cin-census"),
    ("rows of a database", "<rows><row><LAchildID>1</LAchildID></row></rows>", "not-cin-census"),
    ("a generator's file", "<CINdetailsCollection><CINdetails/></CINdetailsCollection>", "not-cin-census"),
    ("feed", '<?xml version="1.0"?><rss><channel/></rss>', "not-cin-census"),
    ("a web page", "<!DOCTYPE html><html><body>x</body></html>", "content-extension"),
    ("XHTML", '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>', "content-extension"),
    (
        "a workbook of 2003",
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>',
        "content-extension",
    ),
    ("no children", census(), "no-episodes"),
    ("children alone", census(child(1), child(2)), "no-episodes"),
    ("a list", bad_files.good_csv(), "no-xml"),
    ("UTF-7", one_child(episode()).replace("UTF-8", "UTF-7"), "no-xml"),
    ("EBCDIC", one_child(episode()).encode("cp037"), "no-xml"),
    ("a workbook", bad_files.good_xlsx(), "content-extension"),
    ("packed", bad_files.packed({"return.xml": one_child(episode()).encode()}), "content-extension"),
    ("paper", b"%PDF-1.7\n", "content-extension"),
    ("nothing", b"", "empty-file"),
    ("no text", one_child(episode()).replace("SYN0000001", "&#1;"), "xml-damaged"),
    ("an entity", one_child(episode()).replace("SYN0000001", "&name;"), "xml-damaged"),
    ("cp1252 without a word", one_child(episode()).replace("SYN0000001", "Zoë").encode("cp1252"), "xml-damaged"),
    ("two returns", one_child(episode()) + _without_declaration(one_child(episode())), "xml-damaged"),
    *((f"document type {number}", one + _without_declaration(one_child(episode())), "dtd")
      for number, one in enumerate(DOCTYPES)),
    ("deep", one_child(episode("<a>" * 500_000)), "not-cin-census"),
    ("a long tag", one_child(episode(f'<a b="{"x" * 4_000_000}"/>')), "not-cin-census"),
    ("a vast child", one_child(episode("<Assessments/>" * 1_100_000)), "census-too-large"),
    ("a vast text", one_child(episode(referral="x" * 2_000_000)), "census-too-large"),
    ("a vast unknown", one_child(episode("<a/>" * 1_100_000)), "census-too-large"),
    ("a long cell", one_child(episode(referral="x" * 40_000)), "long-text"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "code"), [other[1:] for other in OTHERS], ids=[other[0] for other in OTHERS])
def test_everything_else_is_refused_in_one_sentence_with_the_way_on(
    tmp_path: Path, content: str | bytes, code: str
) -> None:
    problem = refused(tmp_path, content)
    assert problem.code == code
    assert problem.sentence.startswith("return.xml ")
    assert "\n" not in problem.sentence
    assert not re.search(r"\. [A-Z]", problem.sentence)
    assert re.search(r"[:;,] (open|export|save|shorten)", problem.sentence), problem.sentence
    assert "SYN" not in problem.sentence


def test_a_file_larger_than_any_return_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    with path.open("wb") as file:
        file.write(one_child(episode()).encode())
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(FileProblem) as caught:
        read_export(path)
    assert caught.value.code == "census-too-large"


def test_many_large_children_are_no_large_child(tmp_path: Path) -> None:
    children = [child(number, episode(referral="x" * 30_000)) for number in range(40)]
    assert len(rows(tmp_path, census(*children))) == 40


def test_a_return_that_is_cut_anywhere_is_refused_and_never_read_in_part(tmp_path: Path) -> None:
    whole = (SAMPLES / "sample_2026.xml").read_bytes().rstrip()
    codes = {refused(tmp_path, whole[:length]).code for length in range(1, len(whole), 97)}
    assert codes == {"xml-damaged", "no-xml"}
    assert refused(tmp_path, whole[: len(whole) // 2]).code == "xml-damaged"


def test_a_spoilt_return_is_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    chance = random.Random(11)
    whole = (SAMPLES / "sample_2026.xml").read_bytes()
    pieces = re.findall(rb"<[^>]+>|[^<]+", whole)
    read_at_all = 0
    for _ in range(300):
        spoilt = list(pieces)
        for _ in range(chance.randint(1, 6)):
            at, other = chance.randrange(len(spoilt)), chance.randrange(len(spoilt))
            spoilt[at] = chance.choice((spoilt[other], b"", spoilt[at] * 3, b"\xff", b"&#65534;", spoilt[at][:3]))
        try:
            export = read(tmp_path, b"".join(spoilt))
            read_at_all += 1
            assert {len(row) for row in export.sheets[0].rows} == {24}
        except FileProblem as problem:
            assert problem.sentence.startswith("return.xml ")  # noqa: PT017 - it need not be refused
    assert read_at_all > 10


def test_a_return_named_as_something_else_is_refused(tmp_path: Path) -> None:
    for name in ("return.csv", "return.xlsx", "return.xls", "return.ods"):
        assert refused(tmp_path, one_child(episode()), name).code == "content-extension"


# --- how little is held ---------------------------------------------------------------------------------------------


def _peak(path: Path) -> tuple[int, int]:
    """Bytes at the worst moment, and those that the rows still need at the end."""
    tracemalloc.start()
    try:
        found = read_census(path)
        kept, peak = tracemalloc.get_traced_memory()
        assert found.rows
        return peak, kept
    finally:
        tracemalloc.stop()


def test_a_return_ten_times_as_long_with_the_same_rows_needs_no_more_memory(tmp_path: Path) -> None:
    short, long = tmp_path / "short.xml", tmp_path / "long.xml"
    assert many(short, 400) == many(long, 400, padding=30_000)
    assert long.stat().st_size > 10 * short.stat().st_size
    read_census(short)  # tables of reference/ are read once
    assert _peak(long)[0] < _peak(short)[0] + 2**20


def test_a_return_of_many_children_holds_its_rows_and_one_child(tmp_path: Path) -> None:
    path = tmp_path / "many.xml"
    episodes = many(path, 1_500)
    read_census(path)
    peak, kept = _peak(path)
    assert peak - kept < 2 * 2**20
    assert len(read_census(path).rows) == episodes


def test_the_schemas_known_are_those_that_were_found() -> None:
    assert schema_years() == (2017, 2026)
