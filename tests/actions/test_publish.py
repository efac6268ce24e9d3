"""Publication copy: an accessible workbook of counts for everyone, and nothing else."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from tests.actions.typing_in import edit
from tests.actions.workbooks import PASSPHRASE, dipsample, table
from tests.domain.publication.published_reviews import funnel_of, review_of
from tests.silent_ui import SilentUi
from xl_dipsample.domain.review import decision_points
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.domain.shared.lead_lists import shipped
from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import write_key
from xl_dipsample.privacy.scanner import scan
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.build.publication_copy import TITLE
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import defaults, spec

CASES, SAMPLE_ID = 60, "synthetic-sample"
TABLES = ("Funnel", "Outcomes", "Scenarios", "Types of harm", "Age", "Gender", "Ethnicity", "Referred to")
PLANTED = "Zqsecret Synthetic"
MARKED = "Zqmarked place"  # in a question of the team, a pair and the second outcome


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A review workbook of 60 synthetic cases, in whose every other cell something is planted."""
    frame = review_of(CASES, 5, left=2)
    for heading in ("Reason for social care involvement (extract)", "Summary of harm", "Quote to use?", "Reviewer"):
        frame[heading] = pd.Series([PLANTED] * len(frame), dtype=object)
    frame["Contact date"] = pd.Series(["01/02/2019"] * len(frame), dtype=object)
    focus = defaults.default(spec.table("review", "Focus"))
    for setting, value in (("Sample name", PLANTED), ("Initials", "ZQ")):
        focus.loc[focus["Setting"] == setting, "Value"] = value
    focus.loc[focus["Setting"] == decision_points.SETTING, "Value"] = "Yes"
    asked = pd.DataFrame([[MARKED, "Choose one", f"{MARKED} choice\nOther"]], columns=["Heading", "Type", "Choices"])
    tables = {"Questions": decision_points.with_second(asked.astype(object), shipped())}
    frame[MARKED] = pd.Series([f"{MARKED} choice"] * len(frame), dtype=object)
    frame[decision_points.SECOND] = pd.Series([f"{MARKED} outcome"] * len(frame), dtype=object)
    pairs = [["Pair 1", MARKED, "Outcome"], ["Pair 2", decision_points.SECOND, "Outcome"]]
    tables["Pairs"] = pd.DataFrame(pairs, columns=["Pair", "Question", "Beside"], dtype=object)
    tables |= {"Review": frame, "Funnel": funnel_of(CASES, 2, ("Case check", 3)), "Focus": focus}
    made = tmp_path / "review.xlsx"
    made.write_bytes(build("review", tables, {"sample_id": SAMPLE_ID}))
    return made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "for others").mkdir()
    return tmp_path / "for others" / "published.xlsx"


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    made = tmp_path / "passphrase.txt"
    made.write_text(PASSPHRASE, encoding="utf-8")
    return made


def make_key(folder: Path, review: Path, sample_id: str = SAMPLE_ID, name: str = PLANTED) -> Path:
    """A key of the review workbook's rows, all of one synthetic child, which then have its unique IDs."""
    count = len(table(review, "Review"))
    cells = [[str(73519021 + number), name, None, None, number + 1, None] for number in range(count)]
    rows = pd.DataFrame(cells, columns=list(key_book.ROW_COLUMNS), dtype=object)
    book, ids = key_book.assign(key_book.KeyBook(), rows, "Sample", sample_id, "Young person")

    def fill(host: FileHost) -> None:
        frame = host.read_table("Review")
        frame["Unique ID"] = sorted(ids)
        host.write_table("Review", frame)

    edit(review, fill)
    folder.mkdir()
    return write_key(OpenKey(folder / "key.xlsx", PASSPHRASE, key_book.with_names(book, rows))).path


def sheets(path: Path) -> dict[str, list[list[object]]]:
    """Sheet -> rows of values."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def everything(path: Path) -> str:
    with zipfile.ZipFile(path) as file:
        return "\n".join(file.namelist()) + "".join(file.read(name).decode() for name in file.namelist())


def test_it_has_a_cover_contents_notes_and_a_table_on_each_sheet(review: Path, out: Path) -> None:
    status, result, said = dipsample("publish", review, out)
    assert status == 0, said
    assert tuple(sheets(out))[:3] == ("Cover", "Contents", "Notes")
    assert set(TABLES) <= set(sheets(out))
    listed = [row[0] for row in sheets(out)["Contents"][3:]]
    assert listed == list(sheets(out))[3:]
    assert result["files"] == [str(out)]
    assert result["figures"]["tables"] == len(listed)


def test_every_table_is_a_real_table_with_a_title_in_the_first_cell(review: Path, out: Path) -> None:
    dipsample("publish", review, out)
    for place, sheet in enumerate(openpyxl.load_workbook(out).worksheets[1:], -1):
        assert len(sheet.tables) == 1
        assert not sheet.merged_cells.ranges
        assert str(sheet["A1"].value).startswith(f"Table {place}: " if place > 0 else sheet.title)
        assert sheet["A1"].font.name == "Arial"


def test_c_is_explained_on_the_notes_and_above_each_table(review: Path, out: Path) -> None:
    dipsample("publish", review, out)
    found = sheets(out)
    assert [row[0] for row in found["Notes"][3:]] == ["c", "z", "0"]
    assert all(any(str(row[0]).startswith("c: not shown") for row in found[name]) for name in TABLES)


def test_it_says_what_was_hidden_and_what_was_left_out(review: Path, out: Path) -> None:
    _, result, _ = dipsample("publish", review, out)
    shown = [cell for name in list(sheets(out))[3:] for row in sheets(out)[name] for cell in row[1:]]
    assert "c" in shown
    assert not {1, 2, 3, 4, 5} & {cell for name in TABLES for row in sheets(out)[name] for cell in row[1:2]}
    figures, said = result["figures"], {one["code"]: one["text"] for one in result["messages"]}
    assert figures["in_sample"] == CASES
    assert figures["small"] > 0
    assert f"{figures['small']} small numbers" in said["published"]
    assert "names not checked" in said["names-not-checked"]


def test_nothing_that_people_typed_no_id_and_no_date_is_in_it(review: Path, out: Path) -> None:
    dipsample("publish", review, out)
    text = everything(out)
    for planted in ("Zqsecret", "ZQ", "DS-0", "2019", SAMPLE_ID, os.fspath(review.parent), review.name):
        assert planted not in text
    assert scan(out.read_bytes(), None) == []


def test_no_question_no_pair_and_no_second_outcome_is_in_any_part_of_it(review: Path, out: Path) -> None:
    """The audit of small numbers knows none of them."""
    with zipfile.ZipFile(review) as made:
        assert MARKED in "".join(made.read(name).decode("utf-8", "replace") for name in made.namelist())
    assert dipsample("publish", review, out)[0] == 0
    with zipfile.ZipFile(out) as made:
        parts = {name: made.read(name).decode("utf-8", "replace").casefold() for name in made.namelist()}
    for words in (MARKED, decision_points.SECOND, "end of assessment", "beside", "what changed"):
        assert not [name for name, part in parts.items() if words.casefold() in part]


def test_it_names_no_author_and_no_company_and_equal_reviews_give_equal_bytes(review: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    dipsample("publish", review, first)
    dipsample("publish", review, second)
    assert first.read_bytes() == second.read_bytes()
    properties = openpyxl.load_workbook(first).properties
    assert (properties.creator, properties.lastModifiedBy, properties.title) == (None, None, TITLE)
    with zipfile.ZipFile(io.BytesIO(first.read_bytes())) as file:
        assert "<Company></Company>" in file.read("docProps/app.xml").decode()


def test_round_shows_multiples_of_five_only(review: Path, out: Path) -> None:
    assert dipsample("publish", review, out, "--round")[0] == 0
    numbers = [row[1] for name in TABLES for row in sheets(out)[name] if len(row) > 1 and isinstance(row[1], int)]
    assert numbers
    assert not any(number % 5 for number in numbers)
    assert any("rounded" in str(row[0]) for row in sheets(out)["Cover"])


def test_in_the_review_workbook_only_audit_and_start_change(review: Path, out: Path) -> None:
    names = [one for one in FileHost.open(review, SilentUi(), read_only=True).tables() if one not in {"Audit", "Start"}]
    before = {name: table(review, name).to_numpy().tolist() for name in names}
    dipsample("publish", review, out)
    assert {name: table(review, name).to_numpy().tolist() for name in names} == before
    assert list(table(review, "Audit")["Action"]) == ["Publication copy"]


def test_with_the_key_the_scan_looks_for_its_names(review: Path, out: Path, passphrase: Path, tmp_path: Path) -> None:
    made = make_key(tmp_path / "key", review)
    status, result, said = dipsample("publish", review, out, "--key", made, "--passphrase-file", passphrase)
    assert status == 1, said  # the key lies beside the review workbook, and is named
    assert "neighbour" in {one["code"] for one in result["messages"]}
    assert "names-checked" in {one["code"] for one in result["messages"]}


def test_a_name_of_the_key_in_it_refuses_the_whole_copy(
    review: Path, out: Path, passphrase: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own words hold no name; so one is put among them, to see that the scan is really asked."""
    made = make_key(tmp_path / "key", review)
    monkeypatch.setattr("xl_dipsample.actions.publish.LETTERS", (("c", f"as {PLANTED} said"),))
    status, _, said = dipsample("publish", review, out, "--key", made, "--passphrase-file", passphrase)
    assert (status, out.exists()) == (2, False)
    assert "not written" in said
    assert "Zqsecret" not in said


def unchanged_and_nothing_written(review: Path, out: Path, *arguments: object) -> str:
    before, beside = review.read_bytes(), set(review.parent.iterdir())
    status, _, said = dipsample("publish", review, out, *arguments)
    assert status == 2
    assert (review.read_bytes(), set(review.parent.iterdir())) == (before, beside)
    return said


def test_a_file_that_is_there_is_never_replaced(review: Path, out: Path) -> None:
    out.write_text("mine", encoding="utf-8")
    assert "there already" in unchanged_and_nothing_written(review, out)
    assert out.read_text(encoding="utf-8") == "mine"
    assert "there already" in unchanged_and_nothing_written(review, review)


def test_a_place_that_cannot_be_is_refused(review: Path, tmp_path: Path) -> None:
    assert ".xlsx" in unchanged_and_nothing_written(review, tmp_path / "published.csv")
    assert "no folder" in unchanged_and_nothing_written(review, tmp_path / "nowhere" / "published.xlsx")


def test_the_key_of_another_sample_and_a_passphrase_without_key_are_refused(
    review: Path, out: Path, passphrase: Path, tmp_path: Path
) -> None:
    other = make_key(tmp_path / "key", review, sample_id="another")
    said = unchanged_and_nothing_written(review, out, "--key", other, "--passphrase-file", passphrase)
    assert "another sample" in said
    assert "--key" in unchanged_and_nothing_written(review, out, "--passphrase-file", passphrase)


@pytest.mark.parametrize("cases", [0, 5])
def test_fewer_than_six_cases_are_not_published(tmp_path: Path, out: Path, cases: int) -> None:
    small = tmp_path / "small.xlsx"
    small.write_bytes(build("review", {"Review": review_of(cases, 1, left=9)}))
    assert "fewer than 6" in unchanged_and_nothing_written(small, out)


def test_no_action_takes_it_for_a_workbook_of_ours(review: Path, out: Path) -> None:
    dipsample("publish", review, out)
    with pytest.raises(DipSampleError):
        FileHost.open(out, SilentUi())
    assert dipsample("analyse", out)[0] == 2


def test_a_second_copy_comes_with_a_warning(review: Path, tmp_path: Path) -> None:
    """Two copies that differ, such as a rounded one and one that is not, can be subtracted from each other."""
    _, first, _ = dipsample("publish", review, tmp_path / "a.xlsx")
    _, second, _ = dipsample("publish", review, tmp_path / "b.xlsx", "--round")
    assert "published-before" not in {one["code"] for one in first["messages"]}
    assert "published-before" in {one["code"] for one in second["messages"]}


def test_what_reviewers_typed_since_counts(review: Path, tmp_path: Path) -> None:
    """The figures come from what stands in Review, not from what formulas remember."""

    def leave(host: Any) -> None:
        frame = host.read_table("Review")
        frame.loc[:9, "In sample?"] = "No"
        host.write_table("Review", frame)

    edit(review, leave)
    _, result, _ = dipsample("publish", review, tmp_path / "later.xlsx")
    assert result["figures"]["in_sample"] == CASES - 10
