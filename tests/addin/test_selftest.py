"""The self-test: a report that is complete, honest about what failed, and empty of anything private."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlwings as xw

from tests.actions.workbooks import row, working_workbook
from tests.engines.calc import CALLS, calc_app
from tests.engines.office import Office
from tests.silent_ui import SilentUi
from tests.simulated_windows import SimulatedWindows
from udfs.ranges import NO_ANSWER
from xl_dipsample import cli
from xl_dipsample.addin.desk.automation import Asked
from xl_dipsample.addin.selftest import selftest, trial_desk_steps, trial_more_steps, trial_steps
from xl_dipsample.addin.selftest.contract import claims_for, expect
from xl_dipsample.addin.selftest.contract.live_program import LiveProgram
from xl_dipsample.addin.selftest.selftest import Parts, SelftestOptions
from xl_dipsample.addin.selftest.trial import Trial
from xl_dipsample.addin.selftest.trial_engine import Engine
from xl_dipsample.addin.selftest.trial_report import without_folders
from xl_dipsample.addin.selftest.trial_steps import STEPS
from xl_dipsample.addin.worksheet_functions import functions
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.workbook.host import Host, Ui
from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

CLAIMS = {claim.name: claim for claim in claims_for(live=True)}
WINDOWS_ONLY = [
    "The add-in loads and its code runs",
    "Worksheet functions answer",
    "The ribbon asks the desk which does the work",
]


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that other runs at the same time leave nothing where these tests look."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))


def leftovers() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).glob("dip-sampling selftest *")}


def libreoffice(office: Office, **more: Any) -> Engine:
    return Engine("LibreOffice Calc", lambda: calc_app(office), calls=lambda: CALLS.total, **more)


def some(*names: str) -> Parts:
    return Parts([CLAIMS[name] for name in names], ())


# ---- without a spreadsheet program


def test_on_a_computer_without_excel_it_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = leftovers()
    report = tmp_path / "report.txt"
    assert cli.run(["selftest", "--report", str(report)]) == cli.REFUSED
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "no Excel on this computer" in said.err
    assert list(tmp_path.iterdir()) == []
    assert leftovers() == before


class Paper:
    """An engine that starts, for tests that need no workbook: `ended` says that it was ended."""

    def __init__(self) -> None:
        self.ended = 0
        self.books: list[Any] = []
        self.version = "1"

    @contextmanager
    def start(self) -> Iterator[Any]:
        try:
            yield self
        finally:
            self.ended += 1


def act(sort: str) -> Any:
    def run(trial: Any) -> str:
        if sort == "not tried":
            raise expect.NotTried("It is not there.")
        if sort == "refused":
            raise WorkbookProblem("x", r"C:\Users\somebody\My files\working.xlsx is not ours.")
        if sort == "bug":
            raise ZeroDivisionError("0012 Synthetic Child")
        return "3 charts"

    run.__name__ = sort.replace(" ", "_")
    return run


def test_a_step_that_fails_refuses_or_cannot_be_tried_is_told_and_the_next_one_is_tried(tmp_path: Path) -> None:
    paper, report = Paper(), tmp_path / "report.txt"
    sorts = ("bug", "refused", "not tried", "passed")
    steps = Parts((), [act(sort) for sort in sorts])
    result = selftest.run(SilentUi(), SelftestOptions(report), Engine("Paper", paper.start), steps)
    assert result.figures == {"passed": 1, "failed": 2, "not_tried": 1}
    assert not result.ok
    text = report.read_text(encoding="utf-8")
    assert "2 of 3 failed. 1 could not be tried." in text
    assert "Refused: working.xlsx is not ours." in text
    assert "It is not there." in text
    assert "3 charts" in text
    assert "ZeroDivisionError" in text
    assert "Synthetic Child" not in text
    told = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    assert [one["state"] for one in told["outcomes"]] == ["failed", "failed", "not tried", "passed"]
    assert {"Tool", "Program", "System", "Python", "xlwings"} == set(told["about"])
    assert paper.ended == 1


def test_the_program_is_ended_and_the_folder_removed_after_an_error(tmp_path: Path) -> None:
    paper, before = Paper(), leftovers()
    with pytest.raises(FileProblem, match="--report"):
        selftest.run(SilentUi(), SelftestOptions(tmp_path / "nowhere" / "r.txt"), Engine("Paper", paper.start))
    assert paper.ended == 1
    assert leftovers() == before


class Gone(Paper):
    """A program that ended, or was ended: it cannot even be asked what is open."""

    @property
    def books(self) -> list[Any]:  # type: ignore[override]
        raise OSError("The remote procedure call failed.")

    @books.setter
    def books(self, _: list[Any]) -> None:
        pass


def test_a_program_that_is_gone_in_the_middle_leaves_a_report_that_names_what_failed(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    steps = Parts((), [act("passed"), act("bug")])
    result = selftest.run(SilentUi(), SelftestOptions(report), Engine("Gone", Gone().start), steps)
    assert result.figures == {"passed": 1, "failed": 1, "not_tried": 0}
    assert "bug" in report.read_text(encoding="utf-8").casefold()


def test_the_test_workbooks_stay_only_when_they_are_wanted(tmp_path: Path) -> None:
    before = leftovers()
    paper = Paper()
    options = SelftestOptions(tmp_path / "r.txt", keep=True)
    kept = Path(selftest.run(SilentUi(), options, Engine("Paper", paper.start), Parts((), ())).files[-1])
    assert leftovers() - before == {kept.name}
    kept.joinpath("steps").rmdir()
    kept.rmdir()
    selftest.run(SilentUi(), SelftestOptions(tmp_path / "r.txt"), Engine("Paper", paper.start), Parts((), ()))
    assert leftovers() == before


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (r"Cannot open \\server\share\A team\a b.xlsx now.", "Cannot open a b.xlsx now."),
        (r"C:\Users\somebody\a.xlsx and D:\x\b.xlsx", "a.xlsx and b.xlsx"),
        ("https://council.example/sites/A/a.xlsx is not ours", "a.xlsx is not ours"),
        ("/home/of somebody/a.xlsx", "a.xlsx"),
        ("Yes / No, 1/2/2026, victim / perpetrator / both", "Yes / No, 1/2/2026, victim / perpetrator / both"),
        ("written by Somebody on PC-17", "written by (left out) on (left out)"),
    ],
)
def test_no_folder_and_no_name_of_a_user_reaches_the_report(said: str, wanted: str) -> None:
    assert without_folders(said, "somebody", "PC-17") == wanted


def test_the_functions_of_the_add_in_that_are_called_are_there() -> None:
    sources = (reference.template_folder() / "vba").rglob("*.bas")
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    for name, given, _ in trial_steps.CALLS:
        (head,) = [line for line in code.splitlines() if line.startswith(f"Public Function {name}(")]
        assert head.count(" As ") == len(given) + 1


def test_every_worksheet_function_has_an_example_that_has_an_answer_in_every_cell() -> None:
    assert list(trial_more_steps.EXAMPLES) == list(functions())
    for name, given in trial_more_steps.EXAMPLES.items():
        [cells] = functions()[name](*given)
        assert all(cell is True or (cell not in ("", None, NO_ANSWER, "Not mapped")) for cell in cells), name


class Sheet:
    """Stands in for Excel, which alone knows our functions: it looks up what each formula answers."""

    def __init__(self, answers: dict[str, object]) -> None:
        self.answers, self.formula = answers, ""
        self.sheets, self.app = [self], self

    def range(self, address: str) -> Sheet:
        assert address == "A1"
        return self

    def calculate(self) -> None:
        pass

    @property
    def value(self) -> object:
        return self.answers[self.formula]


def right_answers() -> dict[str, object]:
    return {
        trial_more_steps.formula(name, given, place): cell
        for name, given in trial_more_steps.EXAMPLES.items()
        for place, cell in enumerate(functions()[name](*given)[0], 1)
    }


def test_one_wrong_cell_of_one_function_is_noticed() -> None:
    answers = right_answers()
    assert trial_more_steps.every_formula_answers(Sheet(answers)) == len(answers) > len(functions())
    for formula in answers:
        with pytest.raises(expect.ClaimFailed, match=r"DIP_[A-Z_]+, cell \d"):
            trial_more_steps.every_formula_answers(Sheet({**answers, formula: "something else"}))


# ---- in a live spreadsheet program


@pytest.mark.office
def test_every_step_and_some_claims_make_a_complete_report(tmp_path: Path, office: Office) -> None:
    """tests/contract runs every claim over the same program."""
    makes_a_complete_report(tmp_path, office, list(CLAIMS.values())[::12])


@pytest.mark.office
@pytest.mark.campaign
def test_the_whole_selftest_makes_a_complete_report(tmp_path: Path, office: Office) -> None:
    makes_a_complete_report(tmp_path, office, list(CLAIMS.values()))


def makes_a_complete_report(tmp_path: Path, office: Office, claims: list[Any]) -> None:
    before, report = leftovers(), tmp_path / "report.txt"
    result = selftest.run(SilentUi(), SelftestOptions(report), libreoffice(office), Parts(claims, STEPS))
    told = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    assert [one["claim"] for one in told["outcomes"] if one["state"] == "failed"] == []
    assert [one["claim"] for one in told["outcomes"] if one["state"] == "not tried"] == WINDOWS_ONLY
    assert len(told["outcomes"]) == len(claims) + len(STEPS)
    assert result.ok
    text = report.read_text(encoding="utf-8")
    for claim in claims:
        assert claim.words in text
    assert str(tmp_path) not in text
    assert leftovers() == before


class NumbersAsText(ExcelHost):
    """Broken on purpose."""

    def read_table(self, name: str) -> pd.DataFrame:
        return super().read_table(name).map(lambda cell: str(cell) if type(cell) is int else cell).astype(object)


def broken_host(book: xw.Book, ui: Ui) -> Host:
    return NumbersAsText.of(book, ui)


@pytest.mark.office
def test_the_report_says_what_a_broken_host_breaks_and_no_cell_that_it_read(tmp_path: Path, office: Office) -> None:
    report = tmp_path / "report.txt"
    parts = some("what_is_written_is_read_back_with_its_types", "a_workbook_that_is_not_ours_is_refused")
    result = selftest.run(SilentUi(), SelftestOptions(report), libreoffice(office, host_of=broken_host), parts)
    assert not result.ok
    assert result.figures == {"passed": 1, "failed": 1, "not_tried": 0}
    text = report.read_text(encoding="utf-8")
    assert "1 of 2 failed." in text
    assert "LongList before saving, row 1, column Record: wanted 1, found text of 1 characters." in text
    assert "FAILED" in text


# ---- the whole way, over the same program


@pytest.fixture
def trial(office: Office, tmp_path: Path) -> Iterator[Trial]:
    """A working workbook of three synthetic cases, open; the ribbon's Windows is simulated."""
    with calc_app(office) as app:
        folder = tmp_path / "steps"
        folder.mkdir()
        windows = SimulatedWindows(tmp_path / "computer")
        windows.processes[app.pid] = "EXCEL.EXE"
        windows.windows[4711] = app.pid
        made = Trial(LiveProgram(app, ExcelHost.of), folder, windows)
        made.workbooks["working"] = working_workbook(tmp_path, [row(1), row(2), row(3)])
        yield made


@contextmanager
def served(asked: Asked) -> Iterator[None]:
    """Stands in for Windows, which gives the ribbon the object."""
    SERVED.append(asked)
    try:
        yield
    finally:
        SERVED.clear()


SERVED: list[Asked] = []


@pytest.mark.office
def test_a_press_of_the_ribbon_goes_through_the_desk_to_the_workbook(trial: Trial) -> None:
    name = str(trial.program.book(trial.made("working")).fullname)

    def button(action: str) -> None:
        """As Desk.bas asks."""
        assert SERVED[0].Press(action, 4711, name) == "taken"

    assert "messages" in trial_desk_steps.through_the_ribbon(trial, button, served)


@pytest.mark.office
@pytest.mark.parametrize(
    ("button", "said"),
    [
        (lambda action: None, "what the desk was asked for"),
        (lambda action: 1 / 0, "could not be pressed"),
        (lambda action: SERVED[0].Press(action, 1, "x.xlsx"), "what the desk was asked for"),
    ],
)
def test_a_ribbon_that_does_not_reach_the_desk_is_a_claim_that_failed(trial: Trial, button: Any, said: str) -> None:
    with pytest.raises(expect.ClaimFailed, match=said):
        trial_desk_steps.through_the_ribbon(trial, button, served)


@pytest.mark.office
def test_the_desk_keeps_nothing_outside_of_the_self_tests_folder(trial: Trial) -> None:
    before = set(trial.windows.local_data().parent.rglob("*"))
    trial_desk_steps.the_desk_does_a_step_without_any_macro(trial)
    assert set(trial.windows.local_data().parent.rglob("*")) == before


def test_the_macro_that_the_selftest_presses_is_the_one_behind_every_button() -> None:
    module, name = trial_desk_steps.RIBBON.rpartition("!")[2].split(".")
    code = (reference.template_folder() / "vba" / "ribbon" / f"{module}.bas").read_text(encoding="utf-8")
    assert f"Public Sub {name}(ByVal id As String)" in code
    assert f"    {name} control.ID" in code
    assert "Option Private Module" not in code
