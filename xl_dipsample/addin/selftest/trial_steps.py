"""What the self-test tries beyond the contract: a whole dip-sample, pivots, charts, the add-in, worksheet functions.

Each step is a function of the trial whose name says what it claims. It raises ClaimFailed or NotTried, and gives what
it measured, or "".
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pandas as pd

from xl_dipsample.actions import demo
from xl_dipsample.actions.example import example_export, example_people
from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.runner import run_on_file, run_on_host
from xl_dipsample.addin.installing.computer import ADDIN_NAME, FUNCTIONS_NAME
from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.trial import Trial
from xl_dipsample.addin.selftest.trial_desk_steps import (
    the_desk_does_a_step_without_any_macro,
    the_ribbon_asks_the_desk_which_does_the_work,
)
from xl_dipsample.addin.selftest.trial_more_steps import (
    EXAMPLES,
    every_formula_answers,
    excel_is_found_by_its_process_as_a_press_does,
    undo_puts_the_tables_back_in_the_open_workbook,
)
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.hosts.excel import com

# Functions of the add-in that change nothing, what they are given, and what they answer.
CALLS: tuple[tuple[str, tuple[str, ...], object], ...] = (
    ("IsOlder", ("0.9.1", "0.10"), True),
    ("IsOlder", ("0.10", "0.9.1"), False),
    ("KnownKind", ("working",), "working"),
    ("WhyNot", ("narrow", "working"), ""),
)
_TABLES = ("Focus", "Labels", "LongList", "DataChecks", "CaseCheck", "ExclusionLog", "Funnel", "FunnelCategories")
_PRESS = 20.0  # seconds: longer than that, a person thinks that nothing happens
_PATIENCE = 120  # seconds for a fresh Python


def a_whole_dip_sample_is_made_in_the_open_workbook(trial: Trial) -> str:
    """The demo's steps, in the program and in closed files: the same tables come out."""
    closed = _Files(trial, trial.folder / "closed")
    opened = _Open(trial, trial.folder / "open")
    started = time.perf_counter()
    figures = _dip_sample(opened)
    seconds = time.perf_counter() - started
    wanted = _dip_sample(closed)
    expect.true(figures == wanted, "The figures of the actions are not those of the same actions on closed files.")
    ours = FileHost.open(_copy_of(opened.working), trial.ui, read_only=True)
    theirs = FileHost.open(_copy_of(closed.working), trial.ui, read_only=True)
    for table in _TABLES:
        expect.same_table(ours.read_table(table), theirs.read_table(table), table)
    trial.workbooks |= {"working": opened.working, "review": opened.review, "key": opened.key}
    return f"import, check, narrow, narrow again, pseudonymise: {seconds:.1f} s"


def the_review_workbook_is_analysed_where_it_is_open(trial: Trial) -> str:
    """Reviews are typed in, and Refresh analysis runs on the open workbook."""
    host = trial.host(trial.made("review"))
    told = _told()
    with host.transaction():
        example_people.fill_reviews(host, told)
    host.save()
    result = run_on_host(registry.action("analyse"), host, registry.action("analyse").make_options({}))
    expect.true(len(host.read_table("Harms")) > 0, "Harms is empty after Refresh analysis.")
    read = FileHost.open(_copy_of(trial.made("review")), trial.ui, read_only=True)
    expect.same_table(read.read_table("Harms"), host.read_table("Harms"), "Harms")
    scenario = host.read_table("Review")["Scenario"]
    expect.true(scenario.notna().any(), "No scenario was calculated on Review.")
    return f"{len(result.figures)} figures"


def a_second_reader_an_earlier_sample_and_a_briefing_are_there_for_it(trial: Trial) -> str:
    """Drawn, read, compared with another sample, and briefed, all on the open review workbook."""
    path = trial.made("review")
    second, earlier, document = (path.with_name(name) for name in ("second.xlsx", "earlier.xlsx", "briefing.docx"))
    read = FileHost.open(_copy_of(path), trial.ui, read_only=True)
    tables = {name: read.read_table(name) for name in ("Focus", "Criteria", "Categories", "Review", "Funnel")}
    from xl_dipsample.workbook.build.build import build

    earlier.write_bytes(build("review", tables, {"sample_id": "earlier", "sample_name": "Earlier (synthetic)"}))

    def act(name: str, **given: Any) -> Result:
        return run_on_host(registry.action(name), trial.host(path), registry.action(name).make_options(given))

    act("second-read", draw=second)
    host = FileHost.open(second, trial.ui)
    with host.transaction():
        example_people.read_again(host, tables["Review"], _told())
    host.save()
    agreement = act("second-read", read=second).figures
    expect.true(int(agreement["read"]) > 0, "Second reader read no case.")
    act("compare", others=(earlier,))
    expect.true(len(trial.host(path).read_table("Compare")) > 0, "Compare is empty after Compare samples.")
    act("briefing", document=document)
    expect.true(document.is_file(), "Make briefing made no document.")
    return f"{agreement['read']} cases read twice, 2 samples compared, {document.stat().st_size // 1024} KB of briefing"


def pivot_tables_refresh(trial: Trial) -> str:
    """Every pivot table of the review workbook is there and can be made anew."""
    path = trial.made("review")
    wanted = _parts(_built("review", _questions(trial, path)), "xl/pivotTables/pivotTable")
    book = trial.program.book(path)
    found = _count(lambda: sum(int(sheet.api.PivotTables().Count) for sheet in book.sheets))
    expect.same(found, wanted, "the number of pivot tables")
    com.refresh_pivots(book)
    return f"{found} pivot tables"


def charts_are_there(trial: Trial) -> str:
    """Both workbooks still have every chart that they were built with."""
    total = 0
    for kind in ("working", "review"):
        book = trial.program.book(trial.made(kind))
        found = _count(lambda book=book: sum(len(sheet.charts) for sheet in book.sheets))  # type: ignore[misc]
        asked = _questions(trial, trial.made(kind)) if kind == "review" else {}
        wanted = _parts(_built(kind, asked), "xl/charts/chart")
        expect.same(found, wanted, f"the number of charts of the {kind} workbook")
        total += found
    return f"{total} charts"


def workbooks_open_without_repair(trial: Trial) -> str:
    """Templates' workbooks and those of the run: nothing is missing after opening, and no repair is noted anywhere."""
    paths = [trial.folder / "new working.xlsx", trial.folder / "new review.xlsx"]
    for path, kind in zip(paths, ("working", "review"), strict=True):
        path.write_bytes(_built(kind))
    paths += [path for name, path in trial.workbooks.items() if name != "key"]
    before = _repair_notes()
    for path in paths:
        book = trial.program.book(path)
        expect.same(str(book.name), path.name, "the name of the opened workbook")
        kind = str(book.sheets[0].name)
        expect.true(kind == "Start", f"{path.name} opens without its sheet Start.")
        with_tables = {table.name for sheet in book.sheets for table in sheet.tables}
        wanted = set(FileHost.open(_copy_of(path), trial.ui, read_only=True).tables())
        expect.true(with_tables >= wanted, f"{path.name} lost a table when it was opened.")
        expect.true(
            "[" not in _caption(book), f"{path.name} was opened in a special way: repaired, protected or other."
        )
    expect.true(_repair_notes() <= before, "The program noted that it repaired a workbook.")
    return f"{len(paths)} workbooks"


def the_add_in_loads_and_its_code_runs(trial: Trial) -> str:
    """The add-in opens, and functions in two of its modules that change nothing give the right answers."""
    path = trial.addin()
    trial.program.app.books.open(str(path), update_links=False, read_only=True, add_to_mru=False)
    for name, given, wanted in CALLS:
        try:
            found = trial.program.app.macro(f"'{ADDIN_NAME}'!{name}")(*given)
        except Exception as error:
            raise expect.ClaimFailed(f"{name} could not be called; perhaps macros are switched off here.") from error
        expect.same(found or type(wanted)(), wanted, name)
    said = trial.program.app.macro(f"'{ADDIN_NAME}'!WhyNot")("narrow", "none")
    expect.true(said, "The ribbon has no sentence for a press without a workbook.")
    return "installed add-in" if path.parent != reference.template_folder() else "the add-in of the package"


def worksheet_functions_answer(trial: Trial) -> str:
    """Formulas in a new workbook, of every function; the first one starts Python."""
    path = trial.addin(FUNCTIONS_NAME)
    if not trial.is_installed(functions=True):
        raise expect.NotTried("Worksheet functions are not installed here: run dipsample install --functions first.")
    trial.program.app.books.open(str(path), update_links=False, read_only=True, add_to_mru=False)
    book = trial.program.app.books.add()
    cell = book.sheets[0].range("A1")
    cell.formula = '=DIP_AGE("15/06/2008","14/06/2022")'
    started = time.perf_counter()
    trial.program.app.calculate()
    expect.true(str(cell.value) == "13", "DIP_AGE does not answer as it should.")
    seconds = time.perf_counter() - started
    cells = every_formula_answers(book)
    book.close()
    return f"the first answer took {seconds:.1f} s; {cells} cells of {len(EXAMPLES)} functions are right"


def a_press_is_answered_in_time(trial: Trial) -> str:
    """A fresh Python with all that a button needs, and then Narrow down on the open workbook."""
    started = time.perf_counter()
    code = (
        "import xl_dipsample.addin.desk.entry_of_desk, xl_dipsample.workbook.hosts.excel.host_of_excel;"
        "import xl_dipsample.actions.narrow"
    )
    ran = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-I", "-c", code], check=False, capture_output=True, timeout=_PATIENCE
    )
    start = time.perf_counter() - started
    expect.true(ran.returncode == 0, "A fresh Python cannot load what a button needs.")
    host = trial.host(trial.made("working"))
    started = time.perf_counter()
    action = registry.action("narrow")
    run_on_host(action, host, action.make_options({}))
    press = time.perf_counter() - started
    expect.true(start + press < _PRESS, f"A press took {start + press:.1f} seconds; at most {_PRESS:.0f} is bearable.")
    return f"starting Python {start:.1f} s, Narrow down {press:.1f} s"


Step = Callable[[Trial], str]
STEPS: tuple[Step, ...] = (
    a_whole_dip_sample_is_made_in_the_open_workbook,
    the_review_workbook_is_analysed_where_it_is_open,
    a_second_reader_an_earlier_sample_and_a_briefing_are_there_for_it,
    pivot_tables_refresh,
    charts_are_there,
    workbooks_open_without_repair,
    excel_is_found_by_its_process_as_a_press_does,
    a_press_is_answered_in_time,
    undo_puts_the_tables_back_in_the_open_workbook,
    the_desk_does_a_step_without_any_macro,
    the_add_in_loads_and_its_code_runs,
    worksheet_functions_answer,
    the_ribbon_asks_the_desk_which_does_the_work,  # the last one: a ribbon that hangs ends the program
)


class _Files:
    """The demo's actions on closed files."""

    def __init__(self, trial: Trial, folder: Path) -> None:
        self._trial = trial
        for name in demo.FOLDERS:
            (folder / name).mkdir(parents=True)
        work, key, share, _ = (folder / name for name in demo.FOLDERS)
        self.export, self.working = work / demo.EXPORT, work / demo.WORKING
        self.key, self.review = key / demo.KEY, share / demo.REVIEW

    def act(self, name: str, **given: Any) -> Result:
        """Run one action on the working workbook."""
        action = registry.action(name)
        return run_on_file(action, self.working, action.make_options(given), self._trial.ui)

    def edit(self, fill: Callable[[Any], None]) -> None:
        """Type into the working workbook."""
        self._fill(FileHost.open(self.working, self._trial.ui), fill)

    def _fill(self, host: Host, fill: Callable[[Any], None]) -> None:
        with host.transaction():
            fill(host)
        host.save()


class _Open(_Files):
    """The same on the open workbook."""

    def act(self, name: str, **given: Any) -> Result:
        """Run one action on the working workbook, opened anew."""
        action = registry.action(name)
        return run_on_host(action, self._trial.host(self.working), action.make_options(given))

    def edit(self, fill: Callable[[Any], None]) -> None:
        """Type into the working workbook."""
        self._fill(self._trial.host(self.working), fill)


def _dip_sample(at: _Files) -> dict[str, Any]:
    """New, import, check, narrow, decide, narrow again, pseudonymise; gives the actions' figures."""
    told = _told()
    at.export.write_bytes(example_export.export())
    new = registry.action("new")
    new.load()(at._trial.ui, new.make_options({"workbook": at.working}))
    at.edit(lambda host: example_people.fill_focus(host, told))
    figures = {"import": at.act("import", export=at.export).figures}
    at.edit(lambda host: example_people.map_labels(host, told["means"]))
    figures["check"] = at.act("check").figures
    figures["narrow"] = at.act("narrow").figures
    at.edit(example_people.decide)
    figures["again"] = at.act("narrow").figures
    at.act("pseudonymise", review=at.review, key=at.key, no_second_keyholder=True)
    expect.true(at.review.is_file(), "Pseudonymise made no review workbook.")
    expect.true(at.key.is_file(), "Pseudonymise made no key.")
    return figures


def _told() -> dict[str, Any]:
    return tomllib.loads((reference.template_folder() / "demo.toml").read_text(encoding="utf-8"))


def _copy_of(path: Path) -> Path:
    """A copy to be read from the disk while the program holds the workbook."""
    copy = path.with_name(f"{path.stem} (copy to read){path.suffix}")
    copy.write_bytes(path.read_bytes())
    return copy


def _questions(trial: Trial, path: Path) -> dict[str, pd.DataFrame]:
    """The team's questions of a review workbook: each that is answered by choosing has a chart and a pivot table."""
    read = FileHost.open(_copy_of(path), trial.ui, read_only=True)
    return {"Questions": read.read_table("Questions")}


def _built(kind: str, tables: dict[str, pd.DataFrame] | None = None) -> bytes:
    from xl_dipsample.workbook.build.build import build

    return build(cast(Any, kind), tables or {}, {})


def _parts(workbook: bytes, start: str) -> int:
    import io

    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return sum(name.startswith(start) and name.endswith(".xml") for name in archive.namelist())


def _count(ask: Callable[[], int]) -> int:
    """What the program says; NotTried when it does not know the question."""
    try:
        return ask()
    except (AttributeError, NotImplementedError) as error:
        raise expect.NotTried("This program cannot be asked for it.") from error


def _caption(book: Any) -> str:
    """The title of the workbook's window: Excel says there that it repaired the workbook, in brackets."""
    try:
        return str(book.api.Windows(1).Caption)
    except (AttributeError, NotImplementedError):
        return ""


def _repair_notes() -> set[str]:
    """Excel writes a small file error…xml into the temporary folder when it repairs a workbook."""
    return {path.name for path in Path(tempfile.gettempdir()).glob("error*_*.xml")}
