"""Of whom a share is, from the export to every place that quotes it: what would break it, by command."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from tests.actions.typing_in import decide, edit, include_all, set_cell
from tests.actions.workbooks import HEADINGS, PASSPHRASE, dipsample, row, table, working_workbook, write_csv
from tests.silent_ui import SilentUi
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

VERSIONS = Path(__file__).parents[1] / "data" / "versions"
IN, BEFORE = "15/09/2022", "15/03/2022"
NEGLECT = {"Assessment factors": "16A"}
OLD = {"Date of referral": BEFORE}
CHILD = {"DOB": "15/06/2015"}


def rows() -> list[dict[str, str]]:
    """Ten rows of eight young people; six young people (seven contacts and rows) are in the period and of age."""
    return [
        row(1, **{"Date of referral": IN}),
        row(1, **{"Date of referral": "20/09/2022"}),  # the same young person again
        row(1, **{"Date of referral": IN}),  # the same row again
        row(2, **{"Date of referral": IN}, **NEGLECT),  # leaves later, and still counts in the whole
        row(3, **OLD),
        row(4, **{"Date of referral": IN}, **CHILD),
        row(5, **{"Date of referral": IN, "Case number": "N/A"}),  # no case ID: one young person
        row(6, **{"Date of referral": IN, "Case number": ""}),  # and another
        row(7, **{"Date of referral": IN, "DOB": "not known"}),  # may be of age
        row(8, **{"Date of referral": ""}),  # may be in the period
    ]


WIDER = [
    row(1, **OLD),  # an earlier contact of somebody in the sample
    row(1, **{"Date of referral": BEFORE}, **NEGLECT),
    row(3, **OLD, **NEGLECT),
    *(row(40 + n, **OLD) for n in range(15)),
    *(row(60 + n, **{"Date of referral": IN}, **CHILD) for n in range(15)),
    row(90, **OLD, **{"Case number": ""}),
    row(91, **{"Date of referral": IN, "Case number": "NULL"}, **CHILD),
]


Files = tuple[tuple[str, bytes], ...]


def laid_out(files: Files, folder: Path) -> None:
    for name, content in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def files_of(folder: Path) -> Files:
    return tuple((one.relative_to(folder).as_posix(), one.read_bytes()) for one in folder.rglob("*") if one.is_file())


def narrowed(
    folder: Path, listed: Sequence[dict[str, str]], *, unit: str = "Young person"
) -> tuple[Path, dict[str, Any]]:
    """A working workbook of September 2022 with everybody included, and what Narrow down said."""
    if listed != rows():
        return _narrowed(folder, listed, unit)
    files, result = _narrowed_rows(unit)
    laid_out(files, folder)
    return folder / "working.xlsx", result


@cache
def _narrowed_rows(unit: str) -> tuple[Files, dict[str, Any]]:
    """Of the ten rows, with which most tests begin: made once; every test has files of its own."""
    with tempfile.TemporaryDirectory() as name:
        _, result = _narrowed(Path(name), rows(), unit)
        return files_of(Path(name)), result


def _narrowed(folder: Path, listed: Sequence[dict[str, str]], unit: str) -> tuple[Path, dict[str, Any]]:
    path = working_workbook(folder, listed)
    set_cell(path, "Focus", "Period from", "01/09/2022")
    set_cell(path, "Focus", "Period to", "30/09/2022")
    set_cell(path, "Criteria", "Unit", unit)
    dipsample("narrow", path)
    include_all(path)
    status, result, said = dipsample("narrow", path)
    assert status == 0, said
    return path, result


def of_whom(result: dict[str, Any]) -> str:
    """What Narrow down says of the share."""
    (told,) = [one["text"] for one in result["messages"] if one["code"] == "of-whom"]
    return str(told)


def review_of(working: Path, name: str = "review") -> Path:
    root = working.parent.parent
    for folder in ("key", "share"):
        (root / folder).mkdir(exist_ok=True)
    (root / "p.txt").write_text(PASSPHRASE, encoding="utf-8")
    review = root / "share" / f"{name}.xlsx"
    status, _, said = dipsample(
        "pseudonymise", working, "--review", review, "--key", root / "key" / "key.xlsx", "--passphrase-file",
        root / "p.txt", "--no-second-keyholder",
    )  # fmt: skip
    assert status == 0, said
    return review


def sample(folder: Path, unit: str = "Young person") -> tuple[Path, dict[str, Any], Path]:
    """The ten rows narrowed down and pseudonymised: working workbook, what Narrow down said, review workbook."""
    files, result = _sample(unit)
    laid_out(files, folder)
    return folder / "work" / "working.xlsx", result, folder / "share" / "review.xlsx"


@cache
def _sample(unit: str) -> tuple[Files, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as name:
        working, result = narrowed(Path(name) / "work", rows(), unit=unit)
        review_of(working)
        return files_of(Path(name)), result


def leave(review: Path, number: int) -> None:
    """The first rows of Review turn out not to belong."""

    def fill(host: FileHost) -> None:
        frame = host.read_table("Review")
        frame.loc[: number - 1, "In sample?"] = "No"
        host.write_table("Review", frame)

    edit(review, fill)


def shown(path: Path, sheet: str) -> dict[str, list[object]]:
    """The lines of a live sheet as its file remembers them: label -> what stands right of it; A3 as 'state'."""
    book = openpyxl.load_workbook(path, data_only=True)
    lines: dict[str, list[object]] = {"state": [book[sheet]["A3"].value]}
    for cells in book[sheet].iter_rows(min_row=5, max_col=6, values_only=True):
        lines.setdefault(str(cells[0]), list(cells[1:]))
    return lines


def finding(review: Path, about: str) -> str:
    frame = table(review, "Findings").set_index("About")
    return str(frame.loc[about, "Finding"]) if about in frame.index else ""


def briefing(review: Path) -> str:
    out = review.parents[1] / "panel" / f"{review.stem}.docx"
    out.parent.mkdir(exist_ok=True)
    status, _, said = dipsample("briefing", review, out)
    assert status in (0, 1), said
    return "\n".join(paragraph.text for paragraph in Document(str(out)).paragraphs)


# ---- the whole


def test_the_whole_is_young_people_in_the_period_and_of_age(tmp_path: Path) -> None:
    path, result = narrowed(tmp_path / "work", rows())
    assert of_whom(result) == (
        "5 of 6 young people in the period and of age are in the sample (5 of 10 rows of the long list). "
        "Counted in: 2 rows without case ID, 2 with a date or age that is not sure."
    )
    assert result["figures"]["young_people"] == {"long_list": 8, "of_age": 6, "sample": 5}
    assert table(path, "YoungPeople").to_numpy().tolist() == [
        ["On the long list", 8, None, 10],
        ["In the period", 7, None, 8],
        ["In the period and of age", 6, None, 7],
        ["Of these, without case ID", 2, None, 2],
        ["Of these, date or age not sure", 2, None, 2],
        ["In the sample", 5, None, 5],
    ]


def test_a_wider_export_leaves_the_share_as_it_is(tmp_path: Path) -> None:
    _, small = narrowed(tmp_path / "small" / "work", rows())
    path, large = narrowed(tmp_path / "large" / "work", [*WIDER, *rows(), *WIDER])
    assert of_whom(large).startswith("5 of 6 young people in the period and of age are in the sample (5 of ")
    assert of_whom(small).split("(")[0] == of_whom(large).split("(")[0]
    counts = table(path, "YoungPeople").set_index("Who is counted")["Young people"]
    assert (counts["In the period and of age"], counts["In the sample"]) == (6, 5)


@pytest.mark.parametrize("same", [("12", " 12 "), ("12", "12.0"), ("12", "\u00a012")])
def test_one_case_id_written_in_two_ways_is_one_young_person(tmp_path: Path, same: tuple[str, str]) -> None:
    listed = [row(n, **{"Case number": one, "Date of referral": f"1{n}/09/2022"}) for n, one in enumerate(same)]
    _, result = narrowed(tmp_path / "work", listed)
    assert of_whom(result).startswith("1 of 1 young people")


def test_leading_zeros_are_another_young_person(tmp_path: Path) -> None:
    listed = [row(n, **{"Case number": one, "Date of referral": IN}) for n, one in enumerate(("12", "0012"))]
    _, result = narrowed(tmp_path / "work", listed)
    assert of_whom(result).startswith("2 of 2 young people")


def test_somebody_with_a_row_outside_and_a_row_in_the_period_counts_once(tmp_path: Path) -> None:
    listed = [row(1, **OLD), row(1, **{"Date of referral": IN}), row(1, **{"Date of referral": IN}, **CHILD)]
    _, result = narrowed(tmp_path / "work", listed)
    assert of_whom(result).startswith("1 of 1 young people in the period and of age")


def test_nobody_in_the_period_is_no_error(tmp_path: Path) -> None:
    _, result = narrowed(tmp_path / "work", [row(1, **OLD), row(2, **OLD)])
    assert of_whom(result).startswith("0 of 0 young people in the period and of age are in the sample (0 of 2 rows")


def test_another_age_cut_off_is_another_whole(tmp_path: Path) -> None:
    path, _ = narrowed(tmp_path / "work", rows())
    set_cell(path, "Criteria", "Age cut-off", "5")
    _, result, _ = dipsample("narrow", path)
    assert "of 7 young people in the period and of age" in of_whom(result)


def test_a_new_import_takes_the_old_counts_away(tmp_path: Path) -> None:
    path, _ = narrowed(tmp_path / "work", rows())
    assert dipsample("import", path, write_csv(tmp_path / "again.csv", rows()[:3]))[1]
    assert table(path, "YoungPeople").empty
    assert shown(path, "Funnel")["state"] == ["Empty: Narrow down fills this sheet."]


def test_every_message_of_narrow_says_rows_or_young_people(tmp_path: Path) -> None:
    _, result = narrowed(tmp_path / "work", rows())
    for message in result["messages"]:
        if message["code"] == "stage":
            assert re.search(r": \d+ rows? left, \d+ remain\.$", message["text"])
    path, _ = narrowed(tmp_path / "more" / "work", rows())
    start = table(path, "Start")
    assert "5 rows on Case check, 5 young people in the sample" in " ".join(map(str, start.to_numpy().ravel()))


# ---- the same in every place


HEADLINE = "5 of 6 young people in the period and of age"


def test_every_place_quotes_the_same_share(tmp_path: Path) -> None:
    working, result, review = sample(tmp_path)
    dipsample("analyse", review)
    lines = shown(review, "Summary")
    assert of_whom(result).startswith(HEADLINE)
    assert shown(working, "Funnel")["state"][0] == f"{HEADLINE} are in the sample (5 of 10 rows of the long list)"
    assert shown(review, "Funnel")["state"] == shown(working, "Funnel")["state"]
    assert lines["Young people in the period and of age"][0] == 6
    assert lines["Young people in the sample now"][:3] == [5, "few", "of 6 young people in the period and of age"]
    assert lines["Long list"][2] == "rows: every row of the defined group; 8 young people"
    assert finding(review, "Size of the sample") == (
        f"The sample holds {HEADLINE}. In rows: 5 of 10 rows of the long list."
    )
    assert f"{HEADLINE} are in the sample (5 of 10 rows of the long list)." in briefing(review)


def test_who_leaves_during_review_leaves_the_share(tmp_path: Path) -> None:
    _, _, review = sample(tmp_path)
    leave(review, 2)
    dipsample("analyse", review)
    now = "3 of 6 young people in the period and of age"
    assert shown(review, "Summary")["Young people in the sample now"][0] == 3
    assert shown(review, "Funnel")["state"][0].startswith(now)  # type: ignore[attr-defined]
    assert finding(review, "Size of the sample").startswith(f"The sample holds {now}.")
    assert now in briefing(review)


def test_a_row_copied_by_hand_makes_no_further_young_person(tmp_path: Path) -> None:
    _, _, review = sample(tmp_path)

    def twice(host: FileHost) -> None:
        frame = host.read_table("Review")
        host.write_table("Review", frame.loc[[0, *frame.index]].reset_index(drop=True))

    edit(review, twice)
    assert dipsample("analyse", review)[0] == 2  # refused until the copy is gone
    assert shown(review, "Summary")["Young people in the sample now"][0] == 5


def test_with_the_unit_contact_young_people_stay_the_headline_and_contacts_stand_beside(tmp_path: Path) -> None:
    _, result, review = sample(tmp_path, unit="Contact")
    beside = "6 of 7 contacts in the period and of age; 6 of 10 rows of the long list"
    assert of_whom(result).startswith(f"{HEADLINE} are in the sample ({beside}).")
    dipsample("analyse", review)
    assert shown(review, "Funnel")["state"] == [f"{HEADLINE} are in the sample ({beside})"]
    assert finding(review, "Size of the sample") == (
        f"The sample holds {HEADLINE}. These are 6 of 7 contacts in the period and of age. "
        "In rows: 6 of 10 rows of the long list."
    )
    assert shown(review, "Summary")["In the sample now"][:3] == [6, "few", "of 7 contacts in the period and of age"]
    assert f"{HEADLINE} are in the sample ({beside})." in briefing(review)


def test_contacts_that_left_during_review_are_no_number_of_young_people(tmp_path: Path) -> None:
    _, _, review = sample(tmp_path, unit="Contact")
    leave(review, 1)
    dipsample("analyse", review)
    told = "5 of 7 contacts in the period and of age"
    why = "how many young people is not known, since contacts left during review"
    assert shown(review, "Funnel")["state"] == [f"{told} are in the sample ({why}; 5 of 10 rows of the long list)"]
    assert finding(review, "Size of the sample").startswith(f"The sample holds {told}; {why}.")
    assert shown(review, "Summary")["Young people in the sample now"][0] == "not known"
    assert f"{told} are in the sample" in briefing(review)


# ---- beside earlier samples


def figures(review: Path) -> dict[tuple[str, str], list[list[object]]]:
    """Compare: part and figure -> count and whole, sample by sample."""
    found: dict[tuple[str, str], list[list[object]]] = {}
    for line in table(review, "Compare").to_dict("records"):
        found.setdefault((line["Part"], line["Figure"]), []).append([line["Count"], line["Of"]])
    return found


WHOLE = "In the sample, of those in the period and of age"


def test_compare_puts_young_people_beside_young_people(tmp_path: Path) -> None:
    _, _, now = sample(tmp_path / "now")
    then = review_of(narrowed(tmp_path / "then" / "work", [*rows(), *WIDER])[0], "then")
    status, result, said = dipsample("compare", now, then)
    assert status == 0, said
    found = figures(now)
    assert found["Young people", WHOLE] == [[5, 6], [5, 6]]
    assert ("Funnel, in rows", "In the sample") not in found
    assert ("Contacts", WHOLE) not in found
    assert "people-not-counted" not in [one["code"] for one in result["messages"]]
    assert table(now, "Samples")["Young people in the period and of age"].tolist() == [6, 6]
    assert table(now, "Samples")["Rows on the long list"].tolist() == [10, 10 + len(WIDER)]


@pytest.mark.parametrize("version", [2, 3])
def test_a_sample_of_an_earlier_version_is_compared_in_rows_and_that_is_said(tmp_path: Path, version: int) -> None:
    _, _, now = sample(tmp_path)
    then = now.parent / "then.xlsx"
    then.write_bytes((VERSIONS / str(version) / "review.xlsx").read_bytes())
    _, result, said = dipsample("compare", now, then)
    assert result, said
    told = [one["text"] for one in result["messages"] if one["code"] == "people-not-counted"]
    (words,) = told
    assert words == (
        "then.xlsx: young people were not counted by the version that made it: no share of young people is compared "
        "with it."
    )
    found = figures(now)
    assert found["Young people", WHOLE] == [[5, 6], [None, None]]
    rows_now, rows_then = found["Funnel, in rows", "In the sample"]
    assert rows_now == [5, 10]
    assert rows_then[1] == table(then, "Funnel")["Remaining"].tolist()[0]
    assert table(now, "Samples")["Young people in the sample"].tolist() == [5, None]


@pytest.mark.parametrize("version", [2, 3])
def test_the_findings_of_an_earlier_version_name_rows_as_rows(tmp_path: Path, version: int) -> None:
    review = tmp_path / "share" / "review.xlsx"
    review.parent.mkdir()
    review.write_bytes((VERSIONS / str(version) / "review.xlsx").read_bytes())
    assert dipsample("analyse", review)[1]
    n = int((table(review, "Review")["In sample?"] != "No").sum())
    total = table(review, "Funnel")["Remaining"].tolist()[0]
    told = finding(review, "Size of the sample")
    assert told.startswith(f"The sample holds {n} of {total} rows of the long list")
    assert "young people were not counted by the version that made it" in told
    assert shown(review, "Summary")["Young people in the sample now"][0] == "not known"


# ---- types of harm that were not exported


def test_types_of_harm_that_were_not_exported_are_not_said_to_be_on_no_row(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    path, export = folder / "working.xlsx", folder / "export.csv"
    write_csv(export, rows())
    lines = [line.split(",") for line in export.read_text("utf-8").splitlines()]
    at = HEADINGS.index("Assessment factors")
    export.write_text("\n".join(",".join(line[:at] + line[at + 1 :]) for line in lines), "utf-8")
    dipsample("new", path)
    assert dipsample("import", path, export)[0] == 1  # rows without a case ID
    dipsample("narrow", path)
    include_all(path)
    dipsample("narrow", path)
    review = review_of(path)
    dipsample("analyse", review)
    told = " ".join(map(str, table(review, "Findings")["Finding"]))
    assert "The export holds no types of harm: how often they are recorded is not known" in told
    assert "No row of the long list (0)" not in told
    assert set(table(review, "Review")["Type of harm"]) == {None}, "not exported is not: no category recorded"
    assert set(table(path, "FunnelCategories")["Long list"]) == {None}, "not exported is no 0"
    then = review_of(narrowed(tmp_path / "then" / "work", rows())[0], "then")
    dipsample("compare", review, then)
    assert {tuple(one[0]) for (part, _), one in figures(review).items() if part == "Type of harm"} == {(None, None)}


def test_types_of_harm_that_nobody_has_are_said_to_be_on_no_row(tmp_path: Path) -> None:
    _, _, review = sample(tmp_path)
    dipsample("analyse", review)
    assert "No row of the long list (0) has these chosen types of harm: " in finding(
        review, "Types of harm never recorded"
    )
    assert finding(review, "Types of harm not exported") == ""


def test_a_label_that_nobody_mapped_is_said_beside_types_that_no_row_has(tmp_path: Path) -> None:
    listed = [*rows(), row(20, **{"Date of referral": IN, "Assessment factors": "Local code 7"})]
    review = review_of(narrowed(tmp_path / "work", listed)[0])
    dipsample("analyse", review)
    assert "It may be in labels that nobody has mapped: 1 row." in finding(review, "Types of harm never recorded")


def test_who_is_excluded_on_case_check_stays_in_the_whole(tmp_path: Path) -> None:
    path, _ = narrowed(tmp_path / "work", rows())
    decide(path, {1: ("Exclude", "Other", "AB")})
    _, result, _ = dipsample("narrow", path)
    assert of_whom(result).startswith("4 of 6 young people in the period and of age")


def test_without_a_period_only_age_makes_the_whole(tmp_path: Path) -> None:
    path = working_workbook(tmp_path / "work", rows())
    _, result, _ = dipsample("narrow", path)
    assert "of 7 young people in the period and of age" in of_whom(result)
    assert FileHost.open(path, SilentUi(), read_only=True).kind == "working"
