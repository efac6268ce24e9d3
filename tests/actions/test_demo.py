"""Try an example: a synthetic export through every step, to finished workbooks."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from tests.actions.workbooks import PASSPHRASE, READING, dipsample, table
from tests.workbook import workbook_lint
from xl_dipsample.actions import demo
from xl_dipsample.actions.example.example_samples import EARLIER, NOW
from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.terminal_ui import TerminalUi
from xl_dipsample.domain.long_list import harm_categories
from xl_dipsample.domain.review import review_rules
from xl_dipsample.privacy.key import key_file, passphrase, reading_list
from xl_dipsample.sharing import own_cells
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec, table_schema

STRANGERS = ("notes.txt", "share/minutes of the panel.txt", "share/review notes.docx", "work/working copy.xlsx")
EXAMPLES = (EARLIER, NOW)
VARIABLES = (passphrase.KEY_VARIABLE, passphrase.READING_VARIABLE)


@dataclass(frozen=True)
class Twice:
    """The example, made twice into the same folder: first with passphrases from outside, then with its own."""

    folder: Path
    first: dict[str, Any]
    first_key: bytes
    first_export: bytes
    last: dict[str, Any]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    folder = tmp_path_factory.mktemp("example") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        for name, words in zip(VARIABLES, (PASSPHRASE, READING), strict=True):
            patch.setenv(name, words)
        status, first, said = dipsample("demo", folder)
        assert status == 0, said
        key, export = (folder / "key" / demo.KEY).read_bytes(), (folder / "work" / demo.EXPORT).read_bytes()
        for name in STRANGERS:
            (folder / name).write_text("a stranger's", encoding="utf-8")
        for name in VARIABLES:
            patch.delenv(name)
        status, last, said = dipsample("demo", folder)
        assert status == 0, said
    return Twice(folder, first, key, export, last)


@pytest.fixture(scope="module")
def example(twice: Twice) -> tuple[Path, dict[str, Any]]:
    """The folder and the last result."""
    return twice.folder, twice.last


def told(result: dict[str, Any], code: str) -> str | None:
    return next((one["text"] for one in result["messages"] if one["code"] == code), None)


def test_every_workbook_of_the_example_passes_the_lint(example: tuple[Path, dict]) -> None:
    linted = [path for path in sorted(example[0].rglob("*.xlsx")) if path.name not in STRANGERS[3]]
    linted = [path for path in linted if zipfile.is_zipfile(path)]  # the key and the lists with names are encrypted
    assert len(linted) >= 8
    assert {path.name: found for path in linted if (found := workbook_lint.problems(path.read_bytes()))} == {}


def test_work_key_and_share_lie_beside_each_other(example: tuple[Path, dict]) -> None:
    folder, result = example
    assert {one.name for one in folder.iterdir() if one.is_dir()} == {"work", "key", "share", "panel"}
    released = next(one.name for one in (folder / "panel").iterdir() if one.name.startswith("review release "))
    assert {str(Path(one).relative_to(folder)) for one in result["files"]} == {
        *(str(Path("work", one)) for example in EXAMPLES for one in (example.export, example.working)),
        *(str(Path("key", one)) for one in (demo.KEY, demo.READING, "review text check.xlsx")),
        *(str(Path("share", one)) for one in (EARLIER.review, NOW.review, demo.SECOND, demo.BRIEFING)),
        *(str(Path("panel", one)) for one in (released, demo.PUBLICATION)),
    }
    assert all(Path(one).is_file() for one in result["files"])


def test_every_table_that_the_actions_wrote_keeps_to_the_schema_of_its_spec(example: tuple[Path, dict]) -> None:
    """Long list holds cells as exported, readable or not: its own checks are for that."""
    folder, _ = example
    for path, kind in ((folder / "work" / NOW.working, "working"), (folder / "share" / NOW.review, "review")):
        host = FileHost.open(path, TerminalUi(), read_only=True)
        for one in spec.tables(kind):
            if one.name in host.tables() and not one.open_columns:
                found = table_schema.wrong_cells(one, host.read_table(one.name))
                frame = host.read_table(one.name)
                found = [  # the month of contact, as Review shows it, is text
                    cell
                    for cell in found
                    if not own_cells.is_month(one.name, cell.column, frame[cell.column].iloc[cell.position])
                ]
                assert [(cell.rule.code, cell.position, cell.column) for cell in found] == [], one.name


def test_the_share_holds_the_review_workbook_and_nothing_of_ours_besides(example: tuple[Path, dict]) -> None:
    found = {f"share/{one.name}" for one in (example[0] / "share").iterdir()}
    ours = (EARLIER.review, NOW.review, demo.SECOND, demo.BRIEFING)
    assert found - set(STRANGERS) == {f"share/{one}" for one in ours}


def test_what_a_stranger_put_there_stays(example: tuple[Path, dict]) -> None:
    folder, _ = example
    for name in STRANGERS:
        assert (folder / name).is_file(), name
        assert (folder / name).read_text(encoding="utf-8") == "a stranger's"


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(b"somebody's")
    status, _, said = dipsample("demo", tmp_path)
    assert (status, said.count("\n")) == (2, 1)
    assert "empty folder" in said
    assert [one.name for one in tmp_path.iterdir()] == ["report.docx"]
    status, _, said = dipsample("demo", tmp_path / "report.docx")
    assert (status, "is a file" in said) == (2, True)


def test_the_printed_passphrases_open_key_and_reading_list(example: tuple[Path, dict]) -> None:
    folder, result = example
    for_key, for_list = (
        str(told(result, code)).rsplit(" ", 1)[1] for code in ("demo-passphrase", "demo-reading-passphrase")
    )
    assert for_key != for_list
    book = key_file.open_key(folder / "key" / demo.KEY, for_key).book
    shown = table(folder / "share" / demo.REVIEW, "Review")
    for example in EXAMPLES:
        reviewed = table(folder / "share" / example.review, "Review")
        ours = book.key[book.key["Sample"] == example.name]
        assert set(ours["Unique ID"]) == set(reviewed["Unique ID"])
    listed = reading_list.read(folder / "key" / demo.READING, for_list)
    assert set(listed["Unique ID"]) == set(shown["Unique ID"])


def test_a_passphrase_from_outside_is_used_and_not_printed(twice: Twice, tmp_path: Path) -> None:
    assert told(twice.first, "demo-passphrase") is None
    assert told(twice.first, "demo-reading-passphrase") is None
    assert PASSPHRASE not in str(twice.first)
    assert READING not in str(twice.first)
    (tmp_path / "key.xlsx").write_bytes(twice.first_key)
    assert len(key_file.open_key(tmp_path / "key.xlsx", PASSPHRASE).book.key) > 0


def test_about_400_rows_become_about_60_reviews(example: tuple[Path, dict]) -> None:
    folder, result = example
    assert 380 <= result["figures"]["import"]["rows"] <= 440
    reviews = table(folder / "share" / demo.REVIEW, "Review")
    assert 50 <= len(reviews) <= 80
    complete = (review_rules.review_check(reviews) == review_rules.COMPLETE).sum()
    assert complete >= 0.8 * len(reviews)
    left = review_rules.has_left(reviews).sum()
    assert 0 < left < 10, "some turn out not to be harm outside the home"
    assert complete + left < len(reviews), "some are left for the person who tries it"


def test_the_export_is_as_dirty_as_real_ones(example: tuple[Path, dict]) -> None:
    """Every stage of the funnel has something to do, and so has the check."""
    figures = example[1]["figures"]
    for one in figures["narrow"]["funnel"]:
        if one["stage"] not in {"Long list", "Sample"} and one.get("applied", True):
            assert one["excluded"] > 0, one["stage"]
    assert figures["narrow"]["undecided"] == 0
    assert min(figures["check"].values()) >= 5


def test_the_example_is_marked_as_synthetic(example: tuple[Path, dict]) -> None:
    folder, _ = example
    assert "synthetic" in demo.EXPORT
    assert "synthetic" in (folder / demo.MARKER).read_text(encoding="utf-8").casefold()
    book = python_calamine.load_workbook(folder / "work" / demo.EXPORT)
    for name in book.sheet_names:
        top = book.get_sheet_by_name(name).to_python()[:1]
        assert any("SYNTHETIC" in str(cell) for row in top for cell in row), name
    focus = table(folder / "share" / demo.REVIEW, "Focus")
    assert any("synthetic" in str(cell) for cell in focus["Value"])


def test_every_word_in_review_is_on_its_list(example: tuple[Path, dict]) -> None:
    folder, _ = example
    reviews = table(folder / "share" / demo.REVIEW, "Review")
    columns = [one for one in spec.table("review", "Review").columns if one.list]
    assert len(columns) > 10
    for column in columns:
        words = {cell for cell in reviews[column.heading] if cell is not None}
        assert words <= set(spec.lists()[column.list]) | {review_rules.NOT_MAPPED}, column.heading
        assert words or column.stays, column.heading  # nobody in the example is at risk now
    types = {word for cell in reviews["Type of harm"] for word in str(cell).split("; ")}
    assert types <= set(harm_categories.categories()) | {review_rules.NOT_MAPPED, "No category recorded"}
    questions = table(folder / "share" / demo.REVIEW, "Questions")
    assert len(questions) == 3
    for heading, kind, choices in questions[["Heading", "Type", "Choices"]].to_numpy().tolist():
        allowed = {"Yes", "No"} if kind == "Yes / No" else set(str(choices).splitlines())
        assert {word for cell in reviews[heading] if cell for word in str(cell).split("; ")} <= allowed


def test_no_name_and_no_case_id_of_the_export_is_in_the_review_workbook(example: tuple[Path, dict]) -> None:
    folder, _ = example
    listed = table(folder / "work" / demo.WORKING, "LongList")
    names = {str(cell) for heading in ("Name", "Case ID") for cell in listed[heading] if cell is not None}
    names = {one for one in names if len(one) > 4}
    cells = {
        str(cell)
        for one in spec.tables("review")
        if one.name != "SetAside"
        for cell in table(folder / "share" / demo.REVIEW, one.name).to_numpy().ravel()
        if cell is not None
    }
    text = "\n".join(cells)
    assert not [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)]


def test_undo_cannot_go_back_into_an_earlier_example(example: tuple[Path, dict]) -> None:
    """It was made twice: the copies are those of the second time alone."""
    folder, _ = example
    copies = sorted(file.name for file in (folder / "work" / "working undo copies").iterdir())
    assert [name[:4] for name in copies] == ["0001", "0002", "0003", "0004", "0005"]


def test_every_step_on_start_is_done(example: tuple[Path, dict]) -> None:
    folder, _ = example
    start = table(folder / "work" / demo.WORKING, "Start")
    by_us = {one.label for one in registry.ACTIONS}
    for label, state, when in zip(start["What to do"], start["State"], start["When"], strict=True):
        if label in by_us:
            assert state == "Done", label
            assert when is not None


def test_it_ends_with_what_lies_where_and_what_to_open_first(example: tuple[Path, dict]) -> None:
    folder, result = example
    first = result["messages"][0]["text"]
    assert first.startswith("Open first:")
    assert str(folder / "share" / demo.REVIEW) in first
    for name in ("work", "key"):
        assert any(str(folder / name) in one["text"] for one in result["messages"])


def test_the_same_export_every_time(twice: Twice) -> None:
    assert (twice.folder / "work" / demo.EXPORT).read_bytes() == twice.first_export


def test_it_ends_with_two_samples_compared(example: tuple[Path, dict]) -> None:
    folder, result = example
    review_workbook = folder / "share" / demo.REVIEW
    assert set(table(review_workbook, "Samples")["Sample"]) == {EARLIER.name, NOW.name}
    assert len(table(review_workbook, "Compare")) > 40
    recipe = table(review_workbook, "Recipe")
    assert "Differs" not in set(recipe["Same?"]), "the example repeats its recipe"
    assert "The same" in set(recipe["Same?"])
    assert result["figures"]["compare"]
    start = table(review_workbook, "Start")
    done = set(start.loc[start["State"] == "Done", "What to do"])
    assert {"Check text for names", "Refresh analysis", "Compare samples", "Check before sharing"} <= done


def test_the_name_that_a_reviewer_copied_is_replaced_by_its_role(example: tuple[Path, dict]) -> None:
    reviews = table(example[0] / "share" / demo.REVIEW, "Review")
    texts = [str(cell) for cell in reviews["Reason for closure or progression (extract)"]]
    assert sum("Home visit: [CHILD] was not in." in one for one in texts) == 1


def test_no_surname_of_the_long_list_is_in_what_leaves_the_team(example: tuple[Path, dict]) -> None:
    folder, _ = example
    listed = table(folder / "work" / demo.WORKING, "LongList")
    names = {str(cell) for cell in listed["Name"] if cell is not None and not str(cell).isdigit()}
    assert len(names) > 300
    shared = [
        one for name in ("share", "panel") for one in (folder / name).iterdir() if one.suffix in (".xlsx", ".docx")
    ]
    assert len(shared) >= 6
    for file in shared:
        if file.name in STRANGERS or not zipfile.is_zipfile(file):
            continue
        with zipfile.ZipFile(file) as parts:
            text = "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
        assert not [name for name in names if name in text], file.name
