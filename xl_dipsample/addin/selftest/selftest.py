"""Test in Excel: the contract and a whole dip-sample in an Excel of its own, and a report to send.

The only place where the real Excel is tried. What the person has open is never touched; everything that is made is
synthetic, lies in a temporary folder, and is removed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from xl_dipsample import __version__
from xl_dipsample.actions.running import snapshots
from xl_dipsample.actions.running.action import action, option
from xl_dipsample.addin.selftest import trial_report as reports
from xl_dipsample.addin.selftest.contract import claims_for, expect
from xl_dipsample.addin.selftest.contract.bench import Bench
from xl_dipsample.addin.selftest.contract.claim import Claim, words_of
from xl_dipsample.addin.selftest.contract.live_program import LiveProgram
from xl_dipsample.addin.selftest.trial import Trial
from xl_dipsample.addin.selftest.trial_engine import Engine, excel
from xl_dipsample.addin.selftest.trial_report import Outcome, Report
from xl_dipsample.addin.selftest.trial_steps import STEPS, Step
from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Ui

REPORT = "dip-sampling selftest.txt"
THEME = "a whole dip-sample"


@action(
    "selftest",
    "Test in Excel",
    "Tries everything in an Excel of its own on this computer and writes a report without case data.",
    place=210,
)
class SelftestOptions:
    """`report`: the text to write, a .json comes beside it; `keep`: the synthetic test workbooks stay."""

    report: Path | None = option("the report to write", default=None)
    keep: bool = option("keep the test workbooks, which are synthetic", default=False)


@dataclass(frozen=True)
class Parts:
    """What is tried: everything, unless a test wants less."""

    claims: Sequence[Claim] = tuple(claims_for(live=True))
    steps: Sequence[Step] = STEPS


def run(ui: Ui, options: SelftestOptions, engine: Engine | None = None, parts: Parts | None = None) -> Result:
    """Try everything and write the report. `engine`: Excel, unless a test gives another program.

    Raises WorkbookProblem when there is no Excel on this computer, FileProblem when the report cannot be written.
    """
    engine = engine or excel()
    report = options.report or Path.cwd() / REPORT
    result = Result("selftest")
    with _folder(keep=options.keep) as folder, engine.start() as app:
        _check_writable(report)
        program = LiveProgram(app, engine.host_of, engine.calls)
        found = Report(
            dt.datetime.now().astimezone().replace(tzinfo=None),
            _about(engine, program),
            [*_outcomes(program, folder, engine, ui, parts or Parts())],
        )
        result.files = [str(path) for path in _written(found, report)]
        if options.keep:
            result.files.append(str(folder))
    _tell(result, found)
    return result


@contextmanager
def _folder(*, keep: bool) -> Iterator[Path]:
    """A temporary folder; removed unless it is to be kept, with the snapshots of what was in it."""
    folder = Path(tempfile.mkdtemp(prefix="dip-sampling selftest "))
    try:
        yield folder
    finally:
        for review in folder.rglob("review*.xlsx"):
            shutil.rmtree(snapshots.folder_of(review, "review"), ignore_errors=True)
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _check_writable(report: Path) -> None:
    """Better before a run of some minutes than after it. Raises FileProblem."""
    was_there = report.exists()
    try:
        with report.open("a", encoding="utf-8"):
            pass
    except OSError:
        raise FileProblem(
            "report-not-writable",
            f"The report {report.name} cannot be written there: choose another place with --report.",
        ) from None
    if not was_there:
        report.unlink()


def _written(found: Report, report: Path) -> list[Path]:
    try:
        return reports.write(found, report)
    except OSError:
        raise FileProblem(
            "report-not-written", f"The report {report.name} could not be written: close it, and start again."
        ) from None


def _about(engine: Engine, program: LiveProgram) -> dict[str, str]:
    """The versions that matter, and no name of a person or a computer."""
    import xlwings

    version = engine.windows.excel_version()
    with contextlib.suppress(Exception):
        version = version or str(program.app.version)
    bits = engine.windows.excel_bits()
    return {
        "Tool": __version__,
        "Program": f"{engine.name} {version or 'of a version that it does not tell'}"
        + (f", {bits} bits" if bits else ""),
        "System": f"{platform.system()} {platform.release()} ({platform.version()})",
        "Python": f"{platform.python_version()}, {64 if sys.maxsize > 2**32 else 32} bits",
        "xlwings": str(xlwings.__version__),
    }


def _outcomes(program: LiveProgram, folder: Path, engine: Engine, ui: Ui, parts: Parts) -> Iterator[Outcome]:
    """Each claim of the contract on a bench of its own, then each step of a whole dip-sample."""
    trial = Trial(program, folder / "steps", engine.windows)
    trial.folder.mkdir()
    todo = [(claim.theme, claim.words, partial(_keep, claim, program, folder)) for claim in parts.claims]
    todo += [(THEME, words_of(step.__name__), partial(step, trial)) for step in parts.steps]
    for number, (theme, words, act) in enumerate(todo):
        ui.progress(words, number / len(todo))
        yield _tried(theme, words, act)
        _tidy(program)


def _keep(claim: Claim, program: LiveProgram, folder: Path) -> str:
    own = Path(tempfile.mkdtemp(dir=folder))
    claim.run(Bench(own, program.opened, program))
    return ""


def _tidy(program: LiveProgram) -> None:
    """Whatever a claim left: no workbook open, the program as it is when it starts."""
    with contextlib.suppress(Exception):  # the program may be gone: what was found out so far is reported all the same
        program.close_all()
        program.app.screen_updating = True
        program.app.enable_events = True


def _tried(theme: str, words: str, act: Callable[[], str]) -> Outcome:
    """What came of it; whatever goes wrong is told in plain words, and the next one is tried."""
    started = time.perf_counter()
    try:
        said, state = act(), "passed"
    except expect.NotTried as reason:
        said, state = str(reason), "not tried"
    except expect.ClaimFailed as failed:
        said, state = str(failed), "failed"
    except DipSampleError as refused:
        said, state = f"Refused: {refused.sentence}", "failed"
    except Exception as bug:  # a report that ends at the first bug helps nobody
        said, state = _where(bug), "failed"
    seconds = time.perf_counter() - started
    return Outcome(theme, words, state, reports.without_folders(said, *_names()), round(seconds, 3))  # type: ignore[arg-type]


def _where(bug: BaseException) -> str:
    """The kind of error, its numbers and the lines of ours that led there: never its words, which may hold a value."""
    import traceback

    frames = traceback.extract_tb(bug.__traceback__)
    lines = [f"{Path(frame.filename).name} line {frame.lineno}" for frame in frames if "xl_dipsample" in frame.filename]
    numbers = [f"{value & 0xFFFFFFFF:#010x}" for value in getattr(bug, "args", ()) if isinstance(value, int)]
    told = f" {', '.join(numbers)}" if numbers else ""
    return f"An error that we did not expect: {type(bug).__name__}{told}, at {' < '.join(reversed(lines[-4:]))}."


def _names() -> list[str]:
    """What must not stand in the report: the user's and the computer's name."""
    found = [platform.node()]
    with contextlib.suppress(OSError, KeyError, ImportError):
        found.append(getpass.getuser())
    return found


def _tell(result: Result, found: Report) -> None:
    failed, missing = found.count("failed"), found.count("not tried")
    result.figures = {"passed": found.count("passed"), "failed": failed, "not_tried": missing}
    result.ok = failed == 0
    result.say("note" if result.ok else "error", "selftest", found.verdict)
    for one in found.outcomes:
        if one.state == "failed":
            result.say("error", "claim-failed", f"{one.claim}: {one.words}")
        elif one.state == "not tried":
            result.say("warning", "not-tried", f"{one.claim}: {one.words}")
    result.say("note", "send-report", "Please send us the report; it holds no case data and no names.")
