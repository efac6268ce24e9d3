"""One press of a button: find Excel and its workbook, ask, act, and say what came of it. It never raises."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from xl_dipsample.actions.running import bug_log, registry
from xl_dipsample.actions.running.action import Action
from xl_dipsample.addin.press.excel_ui import ExcelUi
from xl_dipsample.domain.shared.errors import DipSampleError, WorkbookProblem

if TYPE_CHECKING:
    import xlwings as xw

    from xl_dipsample.addin.press.questions import Asked
    from xl_dipsample.domain.shared.result import Result
    from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

NOT_DONE = "not done."
DONE_BUT = "done, but something after it failed; you need not press it again."


def do(
    ui: ExcelUi,
    action_id: str,
    pid: int | None,
    workbook: str = "",
    *,
    found: Callable[[xw.App | None], None] = lambda _: None,
) -> None:
    """Do a press, and speak with the person through `ui`.

    `pid`: Excel's process; None where none runs. `workbook`: what Excel calls the workbook that was pressed, its full
    name; '' when that is whichever is on screen. `found` is told the Excel before anything is done in it.
    """
    from xl_dipsample.workbook.hosts.excel.busy import asking

    try:
        try:
            with asking(ui.excel_is_busy):
                ui.app = None if pid is None else excel(pid)
                found(ui.app)
                ui.dialogs.owner = _window_of(ui.app)
                action = _action(action_id)
                if action.subject is None:
                    _without_workbook(action, ui, workbook)
                else:
                    _on_the_workbook(action, ui, workbook)
        finally:
            ui.close()
    except _AfterIt as late:
        _say_how_it_ended(ui, action_id, DONE_BUT, late.problem)
    except Exception as problem:  # the one place where a press ends
        _say_how_it_ended(ui, action_id, NOT_DONE, problem)


class _AfterIt(Exception):
    """The action is done and saved; what comes after it failed."""

    def __init__(self, problem: Exception) -> None:
        super().__init__()
        self.problem = problem


@contextmanager
def _after_it() -> Iterator[None]:
    """What fails inside does not make the action undone."""
    try:
        yield
    except Exception as problem:
        raise _AfterIt(problem) from problem


def _say_how_it_ended(ui: ExcelUi, action_id: str, state: str, problem: Exception) -> None:
    from xl_dipsample.workbook.hosts.excel import busy

    ended = bug_log.ended(busy.problem() if busy.is_busy(problem) else problem)
    label = label_of(action_id)
    text = f"{label}: {state}\n\n{ended.sentence}" if label else ended.sentence
    (ui.warn if ended.reference else ui.tell)(text)


def label_of(action_id: str) -> str:
    """What stands on an action's button; '' for an id that is none."""
    return next((one.label for one in registry.ACTIONS if one.id == action_id), "")


def _action(action_id: str) -> Action:
    try:
        return registry.action(action_id)
    except KeyError:
        raise WorkbookProblem(
            "unknown-button",
            "The ribbon has a button that the installed dipsample does not know: they are of different versions. "
            "Run dipsample install again, and start Excel anew.",
        ) from None


def excel(pid: int) -> xw.App | None:
    """The Excel of that process; None when it has no window with a workbook, so that xlwings cannot reach it."""
    import xlwings

    from xl_dipsample.workbook.hosts.excel.busy import limit_xlwings, patient

    limit_xlwings()
    leave_other_excels_alone()
    try:
        return patient(lambda: xlwings.apps[pid])()
    except (KeyError, xlwings.XlwingsError):
        return None


def _window_of(app: xw.App | None) -> int | None:
    """Excel's window, in front of which questions stand; None when there is none, or it does not say."""
    try:
        return None if app is None else app.hwnd or None
    except Exception:  # a program that has no such thing, or that does not answer now
        return None


def leave_other_excels_alone() -> None:
    """When Python ends, xlwings ends every Excel of this user that has no window: it may be another program's."""
    engine = sys.modules.get("xlwings._xlwindows")
    if engine is not None:
        atexit.unregister(engine.cleanup)


def _without_workbook(action: Action, ui: ExcelUi, workbook: str) -> None:
    """New, Who is this?, the example, Help me: the workbook on screen is not touched."""
    asked = _ask(action, ui, book_of(ui.app, workbook), None)
    result = action.load()(ui, asked.options)
    with _after_it():
        _show(action, ui, result)
        _remember(ui, _sample_of(book_of(ui.app, workbook)), asked)
        if action.opens and result.files:
            _open(ui, Path(result.files[0 if action.opens == "first" else -1]))


def _on_the_workbook(action: Action, ui: ExcelUi, workbook: str) -> None:
    book = book_of(ui.app, workbook)
    if book is None and workbook:
        raise WorkbookProblem(
            "workbook-closed",
            f"{file_name(workbook)} was closed before {action.label} could begin: open it, and press {action.label} "
            "again.",
        )
    if book is None:
        raise WorkbookProblem(
            "no-workbook",
            f"No workbook is open in Excel, or only one in Protected View. Open the {_wanted(action)} (in Protected "
            f"View press Enable Editing), and press {action.label} again.",
        )
    from xl_dipsample.actions.running import runner
    from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

    host = ExcelHost.of(book, ui, windows=ui.windows)
    if action.subject not in ("any", host.kind):  # before any question is asked
        raise WorkbookProblem(
            "wrong-kind",
            f"{host.path.name} is a {runner.KIND_WORDS[host.kind]}. Open the {_wanted(action)}, and press "
            f"{action.label} again.",
        )
    with _closed_meanwhile(ui.app, host.path.name, action):
        asked = _ask(action, ui, book, host)
        result = runner.run_on_host(action, host, asked.options)
    with _after_it():
        _show(action, ui, result, next_step(host))
        _remember(ui, str(host.read_value("sample_id") or ""), asked)
        host.finish()


@contextmanager
def _closed_meanwhile(app: xw.App | None, name: str, action: Action) -> Iterator[None]:
    """What Excel says of a workbook that a person closed while a question stood there is no bug of ours."""
    try:
        yield
    except DipSampleError:
        raise
    except Exception as problem:
        try:
            open_now = app is not None and any(book.name == name for book in app.books)
        except Exception:  # Excel itself is gone, or does not listen: that is said as it was found
            open_now = True
        if open_now:
            raise
        raise WorkbookProblem(
            "closed-meanwhile",
            f"{name} was closed before {action.label} was done: open it, and press {action.label} again.",
        ) from problem


def _wanted(action: Action) -> str:
    return {"working": "working workbook", "review": "review workbook"}.get(str(action.subject), "workbook")


def file_name(workbook: str) -> str:
    """The file's name in what Excel calls a workbook: a path, or a web address."""
    return workbook.replace("\\", "/").rpartition("/")[2]


def book_of(app: xw.App | None, workbook: str = "") -> xw.Book | None:
    """The workbook of that full name, or the one on screen; None when there is none."""
    from xl_dipsample.workbook.hosts.excel.busy import patient

    if app is None or not patient(lambda: len(app.books))():
        return None
    if workbook:
        from xl_dipsample.workbook.hosts.excel.com import full_name

        return next((book for book in patient(lambda: list(app.books))() if full_name(book) == workbook), None)
    book = patient(lambda: app.books.active)()
    # hidden workbooks count as open; with nothing else xlwings wraps Excel's Nothing
    return None if book is None or book.api is None else book


def _ask(action: Action, ui: ExcelUi, book: xw.Book | None, host: ExcelHost | None) -> Asked:
    """The action's options. What is not asked for is not looked up."""
    if not any(one.ask for one in action.arguments):
        from xl_dipsample.addin.press.questions import Asked

        return Asked(action.make_options({}), {})
    from xl_dipsample.addin.press import places, questions

    sample = _sample_of(book) if host is None else str(host.read_value("sample_id") or "")
    asks = {one.ask for one in action.arguments}
    ours, kind = _on_screen(book, ui) if host is None and asks & {"ours", "screen"} else (None, "")
    around = questions.Around(
        folder=host.path.parent if host is not None else None if ours is None else ours.parent,
        marked=_marked(ui.app) if book is not None else "",
        places=places.known(ui.windows.local_data(), sample),
        listed=host is not None and "added" in asks and _has_a_list(host),
        ours=ours,
        kind=kind,
        copies=_copies(host) if host is not None and "copy" in asks else (),
    )
    return questions.options_of(action, ui, around)


def _on_screen(book: xw.Book | None, ui: ExcelUi) -> tuple[Path | None, str]:
    """Where the workbook on screen lies and its kind; None when it is none of ours, or was never saved."""
    from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

    try:
        host = None if book is None or not _sample_of(book) else ExcelHost(book, ui, windows=ui.windows)
        return (None, "") if host is None else (host.path, host.kind)
    except DipSampleError:
        return None, ""


def _copies(host: ExcelHost) -> list[tuple[int, str]]:
    from xl_dipsample.actions import restore

    return restore.ways_back(host)


def _has_a_list(host: ExcelHost) -> bool:
    """Whether a long list was imported; a workbook of an older version is renewed first, and says it the next time.

    A sample that began like an earlier one has Headings already. A table with more than one row is not read for it.
    """
    try:
        if not len(host.read_table("Headings")):
            return False
        area = host.part("LongList").area
        return area.bottom - area.top > 1 or bool(len(host.read_table("LongList")))
    except DipSampleError:
        return False


def _sample_of(book: xw.Book | None) -> str:
    """The random ID of the sample on screen; '' when the workbook is none of ours."""
    try:
        return "" if book is None else str(book.names["sample_id"].refers_to_range.value or "")
    except Exception:  # every spreadsheet program has its own way to say that a name is not there
        return ""


def _marked(app: xw.App | None) -> str:
    """The text of the marked cell; '' when several are marked, or none."""
    try:
        marked = None if app is None else app.selection
        return "" if marked is None or marked.count != 1 else str(marked.value or "")
    except Exception:  # a chart may be marked
        return ""


def _remember(ui: ExcelUi, sample: str, asked: Asked) -> None:
    if asked.places:
        from xl_dipsample.addin.press import places

        places.remember(ui.windows.local_data(), sample, asked.places)


def next_step(host: ExcelHost) -> str:
    """What Start says comes next; '' when nothing does."""
    from xl_dipsample.actions.running.marks import NEXT

    try:
        start = host.read_table("Start")
    except DipSampleError:
        return ""
    if "State" not in start or "What to do" not in start:
        return ""
    waiting = start.loc[start["State"] == NEXT, "What to do"].dropna()
    return str(waiting.iloc[0]) if len(waiting) else ""


def _show(action: Action, ui: ExcelUi, result: Result, comes_next: str = "") -> None:
    from xl_dipsample.addin.press import shown

    ui.done(result)
    text = shown.words(action, result, comes_next)
    if text:
        (ui.tell if result.ok else ui.warn)(text)


def _open(ui: ExcelUi, path: Path) -> None:
    """Open a workbook in the Excel of the press; what was on screen stays open."""
    if ui.app is not None:
        from xl_dipsample.workbook.hosts.excel.saving import open_beside

        open_beside(ui.app, path, ui)
        return
    if not ui.windows.open_file(path):
        ui.tell(f"Open {path.name} to go on; it lies in {path.parent}.")
