"""The steps of a year in another order, twice, stopped in the middle, and undone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.actions.workbooks import PASSPHRASE, row, table, write_csv
from tests.addin.press.pressing import Watching
from tests.clicks.clicking import Desk, Officer, column_of, copied, typed, unchanged
from tests.clicks.conftest import Made
from xl_dipsample.addin.desk.desk import Desk as Program
from xl_dipsample.addin.desk.presses import BUSY, TAKEN, Press
from xl_dipsample.addin.press.questions import NO

pytestmark = [pytest.mark.office, pytest.mark.campaign]  # a minute and more: make campaign


@pytest.fixture
def sample(made: Made, desk: Desk, tmp_path: Path) -> Path:
    """The folders of a sample that was pseudonymised; nothing else is open."""
    for book in list(desk.app.books)[1:]:
        book.close()
    copied(made.review, tmp_path / "share" / "review.xlsx")
    copied(made.key, tmp_path / "key" / "key.xlsx")
    copied(made.pseudonymised, tmp_path / "work" / "working.xlsx")
    (tmp_path / "panel").mkdir()
    return tmp_path


@pytest.mark.parametrize("action", ["check", "narrow", "pseudonymise"])
def test_a_step_on_an_empty_workbook_says_what_comes_first(desk: Desk, made: Made, tmp_path: Path, action: str) -> None:
    """Guide: the long list is empty: import it."""
    working = copied(made.empty, tmp_path / "work" / f"empty {action}.xlsx")
    for name in ("share", "key"):
        (tmp_path / name).mkdir()
    answers = (tmp_path / "share/r.xlsx", tmp_path / "key/k.xlsx", NO, NO, PASSPHRASE, PASSPHRASE)
    with unchanged(working):
        told = desk.click(working, action, *answers)
    assert told.refused, told.text
    assert "mport" in told.text or "arrow" in told.text, told.text
    assert not list((tmp_path / "share").iterdir()) + list((tmp_path / "key").iterdir())


@pytest.mark.parametrize("which", ["imported", "narrowed"])
def test_pseudonymise_too_early_says_what_is_missing(desk: Desk, made: Made, tmp_path: Path, which: str) -> None:
    """Guide: cases are undecided: decide them, or go on; No goes nowhere."""
    working = copied(getattr(made, which), tmp_path / "work" / f"{which} early.xlsx")
    for name in ("share", "key"):
        (tmp_path / name).mkdir()
    answers = (tmp_path / "share/r.xlsx", tmp_path / "key/k.xlsx", NO, NO)
    with unchanged(working):
        told = desk.click(working, "pseudonymise", *answers, lambda choices: choices[-1])
    assert told.refused, told.text
    assert not list((tmp_path / "share").iterdir()) + list((tmp_path / "key").iterdir())


def test_a_sample_of_nobody_is_not_pseudonymised(desk: Desk, made: Made, tmp_path: Path) -> None:
    """Every case excluded: a sentence, or a workbook without rows; never a fault."""
    working = copied(made.narrowed, tmp_path / "work" / "nobody.xlsx")
    book = desk.open(working)
    for number in range(len(column_of(book, "Case check", "CaseCheck", "Record"))):
        for column, value in (("Decision", "Exclude"), ("Reason", "Wrong category recorded"), ("Initials", "AB")):
            typed(book, "Case check", "CaseCheck", column, value, number)
    told = desk.click(working, "narrow")
    assert told.done, told.text
    for name in ("share", "key"):
        (tmp_path / name).mkdir()
    answers = (tmp_path / "share/r.xlsx", tmp_path / "key/k.xlsx", NO, NO, PASSPHRASE, PASSPHRASE)
    told = desk.click(working, "pseudonymise", *answers)
    assert told.refused, told.text
    assert not list((tmp_path / "share").iterdir()) + list((tmp_path / "key").iterdir())


def test_narrowed_anew_after_a_changed_cut_off_what_was_typed_in_review_is_set_aside(desk: Desk, sample: Path) -> None:
    """Guide: settings changed: narrow down again. Rows that left after somebody had typed go to Set aside."""
    working, review, key = (sample / one for one in ("work/working.xlsx", "share/review.xlsx", "key/key.xlsx"))
    said = type_in_every_row(desk, review)
    book = desk.open(working)
    settings = column_of(book, "Criteria", "Criteria", "Setting")
    typed(book, "Criteria", "Criteria", "Value", 13, settings.index("Age cut-off"))
    answers = (review, key, NO, NO, PASSPHRASE)
    with unchanged(review, key):
        told = desk.click(working, "pseudonymise", *answers)
    assert told.refused, told.text
    assert "narrow down again" in told.text
    assert desk.click(working, "narrow").done
    told = desk.click(working, "pseudonymise", *answers)
    assert told.done, told.text
    one_left_and_the_rest_is_as_it_was_typed(review, said)


def test_a_case_decided_anew_leaves_at_the_next_pseudonymise_without_narrowing_down(desk: Desk, sample: Path) -> None:
    """Guide: run it again whenever cases were added or decided anew; each keeps its ID and what was typed."""
    working, review, key = (sample / one for one in ("work/working.xlsx", "share/review.xlsx", "key/key.xlsx"))
    said = type_in_every_row(desk, review)
    book = desk.open(working)
    for column, value in (("Decision", "Exclude"), ("Reason", "Wrong category recorded")):
        typed(book, "Case check", "CaseCheck", column, value)
    told = desk.click(working, "pseudonymise", review, key, NO, NO, PASSPHRASE)
    assert told.done, told.text
    one_left_and_the_rest_is_as_it_was_typed(review, said)
    funnel = table(review, "Funnel").set_index("Stage")
    assert funnel.loc["Case check", "Excluded"] == 1


CLOSURE = "Reason for closure or progression (extract)"


def type_in_every_row(desk: Desk, review: Path) -> dict[str, str]:
    """Type an extract in each row of Review and close it; unique ID -> what was typed."""
    ids = [str(one) for one in table(review, "Review")["Unique ID"]]
    book = desk.open(review)
    for number in range(len(ids)):
        typed(book, "Review", "Review", CLOSURE, f"typed {number}", number)
    book.save()
    book.close()
    return {one: f"typed {number}" for number, one in enumerate(ids)}


def one_left_and_the_rest_is_as_it_was_typed(review: Path, said: dict[str, str]) -> None:
    now = table(review, "Review")
    assert len(now) == len(said) - 1
    assert dict(zip(now["Unique ID"], now[CLOSURE], strict=True)) == {one: said[one] for one in now["Unique ID"]}
    assert len(table(review, "SetAside")) == 1


def test_a_button_pressed_twice_fast_does_its_step_once(desk: Desk, made: Made, tmp_path: Path) -> None:
    """One press at a time: the second is told that one is at work; Audit has one line."""
    path = copied(made.imported, tmp_path / "twice.xlsx")
    desk.open(path)
    lines = len(table(path, "Audit"))
    watching = Watching()
    program = Program(desk.windows, Officer(), watching)
    program.presses.start()
    assert program.presses.press(Press("check", desk.app.pid)) == TAKEN
    assert program.presses.press(Press("check", desk.app.pid)) == BUSY
    assert program.presses.end(300)
    assert [text.splitlines()[0].startswith("Check long list: done") for text, _ in watching.texts] == [True]
    assert len(table(path, "Audit")) == lines + 1


class Stopping(Watching):
    """Presses Stop when a step shows that it has begun."""

    program: Program | None = None

    def going_on(self, text: str, share: float | None) -> None:
        super().going_on(text, share)
        assert self.program is not None
        self.program.stop()


@pytest.mark.parametrize("action", ["import", "pseudonymise", "screen"])
def test_stop_leaves_everything_as_it_was_and_the_same_step_can_be_done_again(
    desk: Desk, sample: Path, made: Made, action: str
) -> None:
    """Guide: Stop ends a step at its next safe place, and what it did is undone."""
    path = {"import": "work/empty.xlsx", "pseudonymise": "work/working.xlsx", "screen": "share/review.xlsx"}[action]
    copied(made.empty, sample / "work" / "empty.xlsx")
    review, key = sample / "share" / "review.xlsx", sample / "key" / "key.xlsx"
    answers: tuple[object, ...] = {
        "import": (made.export,),
        "pseudonymise": (review, key, NO, NO, PASSPHRASE),
        "screen": (key, PASSPHRASE),
    }[action]
    desk.open(sample / path)
    watching = Stopping()
    watching.program = Program(desk.windows, Officer(*answers), watching)
    watching.program.presses.start()
    with unchanged(sample / path, review, key):
        assert watching.program.presses.press(Press(action, desk.app.pid)) == TAKEN
        assert watching.program.presses.end(300)
    [(said, _)] = watching.texts
    assert ": not done." in said, said
    assert "Stopped; nothing was changed" in said
    told = desk.click(sample / path, action, *answers)
    assert told.done, told.text


def test_before_anything_is_typed_analyse_says_of_how_many_it_speaks(desk: Desk, sample: Path) -> None:
    """Guide: it can be pressed at any time; 0 of the cases are complete."""
    told = desk.click(sample / "share" / "review.xlsx", "analyse")
    assert told.done, told.text
    assert "0 of 4" in told.text


def test_release_before_screen_finds_a_name_that_was_typed_and_makes_no_copy(desk: Desk, sample: Path) -> None:
    """Guide: what must be decided and is not, is not safe: no copy, a list of places, never the words."""
    review = sample / "share" / "review.xlsx"
    typed(desk.open(review), "Review", "Review", "Summary of harm", "Synthetic Number1 was seen with others")
    told = desk.click(review, "release", sample / "key" / "key.xlsx", sample / "panel", PASSPHRASE)
    assert "Number1" not in told.text
    assert "afe" in told.text, told.text
    assert not list((sample / "panel").iterdir())


def test_a_briefing_without_findings_is_made_and_asks_for_refresh_analysis(
    desk: Desk, made: Made, tmp_path: Path
) -> None:
    """Guide: without findings the document is made, and the result asks you to press Refresh analysis first."""
    review = copied(made.large_review, tmp_path / "share" / "unanalysed.xlsx")
    (tmp_path / "panel").mkdir()
    told = desk.click(review, "briefing", tmp_path / "panel" / "briefing.docx", NO)
    assert told.done, told.text
    assert "Refresh analysis" in told.text
    assert (tmp_path / "panel" / "briefing.docx").is_file()


def test_the_same_briefing_twice_is_refused_the_second_time(desk: Desk, made: Made, tmp_path: Path) -> None:
    """Guide: it must not be there yet."""
    review = copied(made.large_review, tmp_path / "share" / "briefed.xlsx")
    document = tmp_path / "there already.docx"
    document.write_bytes(b"mine")
    with unchanged(document, review):
        told = desk.click(review, "briefing", document, NO)
    assert told.refused, told.text


def test_a_publication_copy_needs_no_analysis(desk: Desk, made: Made, tmp_path: Path) -> None:
    """Guide: it is made from Review and Funnel alone."""
    review = copied(made.large_review, tmp_path / "share" / "to publish.xlsx")
    told = desk.click(review, "publish", tmp_path / "published.xlsx", [])
    assert told.done or "no table" in told.text.lower(), told.text
    assert (tmp_path / "published.xlsx").exists() == told.done


def test_a_second_reader_before_anybody_read_and_a_file_that_was_never_drawn(desk: Desk, sample: Path) -> None:
    """Guide: it refuses when there is no case with a Reviewer yet, and a file that is no second reader's workbook."""
    review = sample / "share" / "review.xlsx"

    def draws(choices: tuple[str, ...]) -> str:
        return choices[0]

    def reads(choices: tuple[str, ...]) -> str:
        return choices[-1]

    with unchanged(review):
        told = desk.click(review, "second-read", draws, sample / "share" / "second.xlsx")
        assert told.refused, told.text
        for wrong in (review, sample / "work" / "working.xlsx", sample / "nowhere.xlsx"):
            told = desk.click(review, "second-read", reads, wrong)
            assert told.refused, told.text
    assert not (sample / "share" / "second.xlsx").exists()
    typed(desk.open(review), "Review", "Review", "Reviewer", "CD")
    told = desk.click(review, "second-read", draws, sample / "share" / "second.xlsx")
    assert told.done, told.text
    told = desk.click(review, "second-read", draws, sample / "share" / "second.xlsx")
    assert told.refused, told.text
    told = desk.click(review, "second-read", reads, sample / "share" / "second.xlsx")
    assert told.refused, told.text  # nothing is filled in


def test_undo_twice_the_step_again_and_undo_again(desk: Desk, made: Made, tmp_path: Path) -> None:
    """Guide: press it again to go one more step back; then the step can be done again, with the same figures."""
    path = copied(made.imported, tmp_path / "undone.xlsx")
    first = desk.click(path, "narrow")
    checks, cases = table(path, "DataChecks"), table(path, "CaseCheck")
    assert desk.click(path, "check").done

    def newest(choices: tuple[str, ...]) -> str:
        return choices[0]

    def next_one(choices: tuple[str, ...]) -> str:
        return choices[0]

    assert desk.click(path, "restore", newest).done
    assert len(table(path, "DataChecks")) == len(checks)
    assert desk.click(path, "restore", next_one).done
    assert len(table(path, "CaseCheck")) == 0
    again = desk.click(path, "narrow")
    assert again.text == first.text
    assert list(table(path, "CaseCheck")["Record"]) == list(cases["Record"])
    assert len(table(path, "Audit")) == len(table(made.imported, "Audit")) + 5


def test_undo_after_pseudonymise_leaves_key_and_review_workbook(desk: Desk, made: Made, tmp_path: Path) -> None:
    """Guide: Pseudonymise writes other files, and they stay as they are."""
    working = copied(made.decided, tmp_path / "work" / "undo pseudonymise.xlsx")
    for name in ("share", "key"):
        (tmp_path / name).mkdir()
    review, key = tmp_path / "share/r.xlsx", tmp_path / "key/k.xlsx"
    told = desk.click(working, "pseudonymise", review, key, NO, NO, PASSPHRASE, PASSPHRASE)
    assert told.done, told.text
    desk.app.books["r.xlsx"].close()
    ids = list(table(review, "Review")["Unique ID"])
    with unchanged(review, key):
        told = desk.click(working, "restore")
    assert told.done, told.text
    told = desk.click(working, "pseudonymise", review, key, NO, NO, PASSPHRASE)
    assert told.done, told.text
    assert list(table(review, "Review")["Unique ID"]) == ids


def test_the_same_export_again_keeps_what_was_decided(desk: Desk, made: Made, tmp_path: Path) -> None:
    """Guide: importing again replaces the list; decisions follow their cases, in whatever order the rows come."""
    working = copied(made.decided, tmp_path / "again.xlsx")
    rows = [row(number) for number in (9, 5, 4, 3, 2, 1)]
    rows[3]["DOB"] = "02/03/2019"
    export = write_csv(tmp_path / "export.csv", rows)
    told = desk.click(working, "import", export, NO, NO)
    assert told.done, told.text
    assert desk.click(working, "narrow").done
    cases = table(working, "CaseCheck")
    assert len(cases) == 5
    decided = dict(zip(cases["Case ID"].astype(str), cases["Decision"], strict=True))
    assert {one for one, decision in decided.items() if decision == "Include"} == {"5001", "5002", "5004", "5005"}


def test_an_export_that_is_open_in_excel_too_is_read(desk: Desk, made: Made, tmp_path: Path) -> None:
    """The export is only read; that it is open beside changes nothing. It stays open."""
    working = copied(made.empty, tmp_path / "working beside.xlsx")
    export = Path(shutil.copy(made.export, tmp_path / "open export.csv"))
    desk.open(export)
    desk.open(working)
    with unchanged(export):
        told = desk.click(working, "import", export)
    assert told.done or told.refused, told.text
    assert "open export.csv" in [one.name for one in desk.app.books]
