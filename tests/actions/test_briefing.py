"""Make briefing: what stands in the document, what is refused, and what no briefing lets through."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from docx import Document

from tests.actions import screening
from tests.actions.briefing_reviews import crowded, empty
from tests.actions.screening import CLOSURE, EXTRACT, NAMES, Screened, screened
from tests.actions.typing_in import edit
from tests.actions.workbooks import dipsample, table
from tests.domain.publication.published_reviews import review_of
from tests.silent_ui import SilentUi
from xl_dipsample.briefing import word as written
from xl_dipsample.briefing.pages import pages
from xl_dipsample.briefing.source import Source
from xl_dipsample.briefing.specimen import specimen
from xl_dipsample.briefing.word import Bullets, Chart, Paragraph, Table, fits
from xl_dipsample.domain.review import review_rules
from xl_dipsample.privacy.scanner import scan
from xl_dipsample.sharing import last_check
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

QUOTE, NHS = "Older peers offered gifts and a phone", "943 476 5919"  # a valid number that nobody has
FINDING = "Most cases (4 of 4) closed at Child in Need."


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Screened:
    """Four children; the first one's extract is marked to be quoted."""
    texts = [(0, EXTRACT, QUOTE), (0, "Quote to use?", "Yes"), (0, "Outcome", "Child in Need")]
    made = screened(tmp_path_factory.mktemp("once") / "files", texts=texts)
    find(made.review, [("Outcome", FINDING, None, None)])
    return made


@pytest.fixture
def files(once: Screened, tmp_path: Path) -> Screened:
    """A copy of them."""
    root = shutil.copytree(once.review.parents[1], tmp_path / "files")
    return Screened(root / "share" / once.review.name, root / "restricted" / once.key.name, once.ids)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "panel").mkdir()
    return tmp_path / "panel" / "briefing.docx"


def find(path: Path, rows: list[tuple[str, str, str | None, str | None]]) -> None:
    """Findings with Keep? and In your words, as Refresh analysis and a person would leave them."""

    def fill(host: Any) -> None:
        headings = ["About", "Finding", "Keep?", "In your words"]
        frame = host.read_table("Findings").iloc[:0]
        given = pd.DataFrame(rows, columns=headings, dtype=object)
        host.write_table(
            "Findings", given.reindex(columns=frame.columns).astype(object).where(lambda one: one.notna(), None)
        )

    edit(path, fill)


def make(files: Screened, out: Path, *more: object) -> tuple[int, dict[str, Any], str]:
    return dipsample("briefing", files.review, out, *more)


def with_key(files: Screened) -> tuple[object, ...]:
    return ("--key", files.key, "--passphrase-file", files.key.with_name("passphrase.txt"))


def words_of(path: Path) -> str:
    document = Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def codes(result: dict[str, Any]) -> list[str]:
    return [one["code"] for one in result["messages"]]


# --- with the key


def test_with_the_key_a_checked_quote_stands_there_without_its_unique_id(files: Screened, out: Path) -> None:
    status, result, said = make(files, out, *with_key(files))
    assert (status, said) == (0, "")
    text = words_of(out)
    assert f"“{QUOTE}”" in text
    assert "Child in Need" in text
    assert files.ids[0] not in text
    assert result["figures"]["quotes"] == 1
    assert result["files"] == [str(out)]
    assert "names-checked" in codes(result)


PLANTED = (
    ("Review", EXTRACT, f"{QUOTE}, said {NAMES[1]}"),
    ("Review", CLOSURE, f"closed by {NAMES[0]}"),
    ("Review", "Outcome", f"moved in with {NAMES[2]}"),
    ("Review", "Type of harm", f"CSE; by {NAMES[0]}"),
    ("Focus", "Value", f"Sample of {NAMES[3]}"),
    ("Findings", "In your words", f"{NAMES[1]} was missed"),
    ("PanelQuestions", "Question", f"What about {NAMES[1]}?"),
    ("PanelQuestions", "What the group says", f"{NAMES[1]} again"),
    ("Actions", "Action", f"Call {NAMES[0]}"),
    ("Actions", "Owner", NAMES[2]),
    ("Compare", "Change to now", f"1 of 9, {screening.CASES[0]} among them"),
    ("Categories", "Category", f"Harm by {NAMES[0]}"),
)


def test_a_name_anywhere_in_it_is_told_by_its_place_and_there_is_no_document(files: Screened, out: Path) -> None:
    plant(files.review, files.ids[0])
    status, result, said = make(files, out, *with_key(files))
    assert status == 1, said
    assert list(out.parent.iterdir()) == []
    assert "not-safe" in codes(result)
    assert result["files"] == []
    found = {(one["sheet"], one["column"]) for one in result["messages"] if one["level"] == "error" and one["sheet"]}
    sheets = {"PanelQuestions": "Panel questions", "Categories": "Criteria"}
    assert found == {(sheets.get(sheet, sheet), column) for sheet, column, _ in PLANTED}
    told = f"{result} {said}".casefold()
    assert not [word for name in NAMES for word in name.casefold().split() if word in told]
    assert not [case for case in screening.CASES if case in told]


def plant(review: Path, unique_id: str) -> None:
    """Type all of it, in the first row of each table; a table without rows gets one."""

    def fill(host: Any) -> None:
        tables = {sheet: host.read_table(sheet) for sheet, _, _ in PLANTED}
        for sheet, column, planted in PLANTED:
            frame = tables[sheet]
            if not len(frame):
                tables[sheet] = frame = pd.DataFrame([dict.fromkeys(frame.columns, None)], dtype=object)
                frame.iloc[0, 0] = "Something"
            row = {
                "Review": frame.index[frame.iloc[:, 0] == unique_id],
                "Focus": frame.index[frame.iloc[:, 0] == "Sample name"],
            }
            frame.loc[row.get(sheet, frame.index[:1]), column] = planted
        tables["Categories"].loc[0, "Chosen"] = "Yes"
        for sheet, frame in tables.items():
            host.write_table(sheet, frame)

    edit(review, fill)


def test_words_that_a_person_kept_in_that_row_may_stand(files: Screened, out: Path) -> None:
    files.type_in(0, EXTRACT, f"{QUOTE}, says {NAMES[1]}")
    files.type_in(0, "Outcome", f"Moved in with {NAMES[1]}")  # stands in charts, tables and alt texts, too
    assert make(files, out, *with_key(files))[0] == 1
    files.press()
    files.decide({NAMES[1]: {"Decision": "Keep in this row"}})
    files.press()
    status, _, said = make(files, out, *with_key(files))
    assert status == 0, said
    assert NAMES[1] in words_of(out)
    assert len(files.accepted())


def test_a_name_beyond_the_shortened_part_still_has_to_be_decided(files: Screened, out: Path) -> None:
    files.type_in(0, EXTRACT, "A quiet talk. " * 60 + NAMES[1])
    assert make(files, out, *with_key(files))[0] == 1


def test_names_where_the_briefing_takes_nothing_from_do_not_stop_it(files: Screened, out: Path) -> None:
    files.type_in(0, "Summary of harm", NAMES[1])
    files.type_in(1, EXTRACT, NAMES[1])  # not marked to be quoted
    assert make(files, out, *with_key(files))[0] == 0
    assert NAMES[1] not in words_of(out)


# --- without the key


def test_without_the_key_and_without_a_safe_release_nothing_is_quoted(files: Screened, out: Path) -> None:
    status, result, _ = make(files, out)
    assert status == 0
    assert QUOTE not in words_of(out)
    assert result["figures"]["quotes_not_checked"] == 1
    said = {one["code"]: one["text"] for one in result["messages"]}
    assert "Names not checked" in said["names-not-checked"]
    assert "1 quote left out" in said["quotes-left-out"]


def test_without_the_key_only_quotes_unchanged_since_a_safe_release_are_used(files: Screened, out: Path) -> None:
    quotes = ("first quiet talk", "second quiet talk", "third quiet talk")

    def found_safe(host: Any) -> None:
        frame = host.read_table("Review")
        for place, words in enumerate(quotes):
            frame.loc[frame["Unique ID"] == files.ids[place], [EXTRACT, "Quote to use?"]] = [words, "Yes"]
        host.write_table("Review", frame)
        last_check.remember_safe(host, "24/11/2026 10:00:00")  # as Check before sharing does

    edit(files.review, found_safe)
    files.type_in(1, EXTRACT, "second quiet bath")  # as long as before
    status, result, said = make(files, out)
    assert status == 0, said
    text = words_of(out)
    assert [words in text for words in (*quotes, "second quiet bath")] == [True, False, True, False]
    assert (result["figures"]["quotes"], result["figures"]["quotes_not_checked"]) == (2, 1)


def test_rules_that_need_no_names_run_without_the_key(files: Screened, out: Path) -> None:
    find(files.review, [("Outcome", FINDING, None, f"see NHS number {NHS}")])
    status, result, _ = make(files, out)
    assert status == 1
    assert not out.exists()
    errors = [(one["code"], one["sheet"], one["column"]) for one in result["messages"] if one["level"] == "error"]
    assert ("nhs-number", "Findings", "In your words") in errors


# --- findings


def test_a_finding_in_own_words_takes_the_place_of_ours_and_a_dropped_one_is_left_out(
    files: Screened, out: Path
) -> None:
    find(
        files.review,
        [
            ("A", "Ours first.", "Yes", "In our own words."),
            ("B", "Ours second.", "no", None),
            ("C", "Ours third.", None, None),
        ],
    )
    assert make(files, out)[0] == 0
    text = words_of(out)
    assert [words in text for words in ("In our own words.", "Ours third.", "Ours first.", "Ours second.")] == [
        True,
        True,
        False,
        False,
    ]


def test_without_findings_it_is_made_and_says_what_to_press(files: Screened, out: Path) -> None:
    find(files.review, [])
    status, result, _ = make(files, out)
    assert status == 1
    assert "no-findings" in codes(result)
    assert "Refresh analysis makes them" in words_of(out)


# --- where it lies


def test_what_is_refused_leaves_nothing_behind(files: Screened, out: Path, tmp_path: Path) -> None:
    there = out.with_name("there.docx")
    there.write_text("old", encoding="utf-8")
    before = files.review.read_bytes()
    working = tmp_path / "work"
    working.mkdir()
    (working / "working.audit.jsonl").touch()
    for place, more, word in (
        (out.with_suffix(".doc"), (), ".docx"),
        (there, (), "already"),
        (tmp_path / "nowhere" / "b.docx", (), "no folder"),
        (files.key.parent / "b.docx", with_key(files), "identifiable"),
        (working / "b.docx", (), "choose another"),
        (out, ("--passphrase-file", files.key.with_name("passphrase.txt")), "--key"),
    ):
        status, _, said = make(files, place, *more)
        assert status == 2
        assert word in said
    assert files.review.read_bytes() == before
    assert there.read_text(encoding="utf-8") == "old"
    assert [one.name for one in out.parent.iterdir()] == ["there.docx"]


def test_the_key_of_another_sample_is_refused(files: Screened, out: Path, tmp_path: Path) -> None:
    def another(host: Any) -> None:
        host.write_value("sample_id", "another-sample")

    edit(files.review, another)
    status, _, said = make(files, out, *with_key(files))
    assert status == 2
    assert "another sample" in said
    assert not out.exists()


def test_a_disk_that_is_full_leaves_no_document(files: Screened, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert make(files, out)[0] == 2
    assert list(out.parent.iterdir()) == []


def test_in_the_review_workbook_only_audit_and_start_change(files: Screened, out: Path) -> None:
    names = ("Review", "Focus", "Findings", "Actions", "TextLengths", "PanelQuestions", "Compare")
    before = {name: table(files.review, name).to_numpy().tolist() for name in names}
    assert make(files, out, *with_key(files))[0] == 0
    assert {name: table(files.review, name).to_numpy().tolist() for name in names} == before
    audit = table(files.review, "Audit")
    assert list(audit["Action"])[-1] == "Make briefing"
    start = table(files.review, "Start")
    assert list(start.loc[start["What to do"] == "Make briefing", "State"]) == ["Done"]


def test_the_same_workbook_gives_the_same_bytes_and_nothing_that_the_scanner_refuses(
    files: Screened, out: Path
) -> None:
    again = out.with_name("again.docx")
    make(files, out)
    make(files, again)
    assert out.read_bytes() == again.read_bytes()
    assert scan(out.read_bytes(), None) == []


# --- figures


def test_a_briefing_takes_what_findings_fit_however_many_rows_were_pasted_there(files: Screened) -> None:
    tables = {name: table(files.review, name) for name in FileHost.open(files.review, SilentUi()).tables()}
    tables["Findings"] = tables["Findings"].iloc[[0] * 15_000].reset_index(drop=True)
    begin = time.process_time()
    made = pages(Source(tables))
    assert time.process_time() - begin < 3
    assert made.figures["findings"] + made.figures["findings_left_out"] == 15_000


def blocks(tables: dict[str, pd.DataFrame], kind: type) -> list[Any]:
    return [one for one in pages(Source(tables)).blocks if isinstance(one, kind)]


def reviewed(cases: int, seed: int = 3) -> dict[str, pd.DataFrame]:
    tables = empty()
    frame = review_of(cases, seed)
    tables["Review"] = frame.reindex(columns=list(dict.fromkeys([*tables["Review"].columns, *frame.columns]))).astype(
        object
    )
    tables["Review"] = tables["Review"].where(tables["Review"].notna(), None)
    return tables


@pytest.mark.parametrize("seed", range(10))
def test_outcomes_are_counted_of_the_cases_that_have_one(seed: int) -> None:
    tables = reviewed(40, seed)
    frame = tables["Review"]
    frame.loc[::5, "Outcome"] = None
    frame.loc[1::7, "Outcome"] = "Not mapped"
    kept = frame[[str(one or "").strip().casefold() != "no" for one in frame["In sample?"]]]
    have = [one for one in kept["Outcome"] if one and one != "Not mapped"]
    table_of = next(one for one in blocks(tables, Table) if one.headings[0] == "Outcome" and "Of" in one.headings)
    assert {row[0]: int(row[1]) for row in table_of.rows} == {word: have.count(word) for word in set(have)}
    assert {row[3] for row in table_of.rows} == {str(len(have))}
    told = " ".join(one.text for one in blocks(tables, Paragraph))
    assert f"Of the {len(have)} cases with an outcome; {len(kept) - len(have)} have none yet." in told


def test_below_ten_cases_there_are_counts_and_no_per_cent() -> None:
    tables = reviewed(9)
    for chart in blocks(tables, Chart):
        assert "%" not in " ".join(chart.categories)
    shown = [cell for one in blocks(tables, Table) for row in one.rows for cell in row]
    assert not [cell for cell in shown if "%" in cell]
    assert any("few" in cell for cell in shown)


def test_an_outcome_in_own_words_is_listed_in_them() -> None:
    tables = reviewed(30)
    tables["Review"].loc[0:3, "Outcome"] = "Passed to the youth panel"
    chart = next(one for one in blocks(tables, Chart) if one.title.startswith("Outcomes"))
    assert any(one.startswith("Passed to the youth panel") for one in chart.categories)
    assert "Passed to the youth panel: 4" in chart.alt_text


def test_an_empty_scenario_stands_there_with_its_nought() -> None:
    tables = reviewed(20)
    tables["Review"]["Level of harm"], tables["Review"]["Parenting concerns"] = "In need", "No"
    table_of = next(one for one in blocks(tables, Table) if one.headings[0] == "Scenario")
    assert [row[0] for row in table_of.rows] == list(review_rules.scenarios())
    assert [int(row[1]) for row in table_of.rows].count(0) == 4


def test_clear_changes_come_first_and_this_sample_is_not_compared_with_itself() -> None:
    tables = empty()
    rows = [
        ("Funnel", "Sample", "Autumn", "This sample", None),
        ("Funnel", "Sample", "Spring", "no clear change", None),
        ("Outcome", "Early help", "Spring", "a clear rise, second", 2),
        ("Decision", "Progressed", "Spring", "no clear change", None),
        ("Outcome", "Child in Need", "Spring", "a clear fall, first", 1),
    ]
    headings = ["Part", "Figure", "Sample", "Change to now", "Clear change"]
    tables["Compare"] = pd.DataFrame(rows, columns=headings, dtype=object)
    found = next(one for one in blocks(tables, Table) if one.headings[0] == "Figure")
    assert [row[0] for row in found.rows] == [
        "Outcome: Child in Need", "Outcome: Early help", "Decision: Progressed", "Funnel: Sample",
    ]  # fmt: skip


def test_open_actions_stand_there_with_owner_and_date_and_done_ones_do_not() -> None:
    tables = empty()
    rows = [["Talk", "QA lead", pd.Timestamp("2026-09-30").date(), "No", None], ["Done one", "X", None, "yes", None]]
    tables["Actions"] = pd.DataFrame(rows, columns=tables["Actions"].columns, dtype=object)
    found = next(one for one in blocks(tables, Table) if one.headings[0] == "Action")
    assert found.rows == (("Talk", "QA lead", "30/09/2026"),)


@pytest.mark.parametrize("cases", [0, 1, 60])
def test_a_workbook_full_of_long_texts_fits(cases: int) -> None:
    made = pages(Source(crowded(cases)))
    assert fits(made.blocks)
    assert made.figures["quotes"] <= 6
    assert written.write(made.blocks)


def test_an_empty_workbook_gives_a_sensible_document() -> None:
    said = [one.text for one in blocks(empty(), Paragraph)]
    assert "There is no case in the sample yet." in said
    assert blocks(empty(), Chart) == []
    assert blocks(empty(), Bullets) == []


def test_one_case_is_told_as_one() -> None:
    said = " ".join(one.text for one in blocks(reviewed(1), Paragraph))
    assert "1 case in the sample" in said
    assert "1 cases" not in said


def test_the_library_is_loaded_by_nothing_but_the_writing_of_a_document() -> None:
    code = "import sys, xl_dipsample.actions.briefing; print('docx' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert run.stdout.strip() == "False"


def test_the_specimen_that_the_scanner_takes_for_ours_is_safe_itself() -> None:
    assert scan(specimen(), None) == []
