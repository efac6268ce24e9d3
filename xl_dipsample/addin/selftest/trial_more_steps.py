"""More of what the self-test tries: finding Excel as a press does, Undo, and every worksheet function."""

from __future__ import annotations

from typing import Any

from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.runner import run_on_host
from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.trial import Trial
from xl_dipsample.addin.worksheet_functions import functions

# One example of each worksheet function, as a person types it; what it answers is asked of the Python function.
EXAMPLES: dict[str, tuple[str | float, ...]] = {
    "DIP_AGE": ("15/06/2008", "14/06/2022"),
    "DIP_CATEGORIES": ("10A, 11A",),
    "DIP_CATEGORY": ("10A, 11A",),
    "DIP_CHECK_ID": ("ds-7gk-4mx3",),
    "DIP_CONCERNS": ("She put herself at risk.",),
    "DIP_DIFFERENCE": (14.0, 167.0, 22.0, 217.0),
    "DIP_INTERVAL": (7.0, 50.0),
    "DIP_NHS_VALID": ("943 476 5919",),
    "DIP_SCENARIO": ("In need", "Yes"),
}
_DIGITS = 12  # Excel shows 15, and its own way from text to number is not Python's
_MARK = "Typed and not saved (synthetic)"


def excel_is_found_by_its_process_as_a_press_does(trial: Trial) -> str:
    """The instance that xlwings finds by the process is ours: what is typed here and not saved is read there."""
    import xlwings

    path = trial.made("working")
    host = trial.host(path)
    with host.transaction():
        focus = host.read_table("Focus")
        focus.loc[focus["Setting"] == "Main question", "Value"] = _MARK
        host.write_table("Focus", focus)
    process = int(trial.program.app.pid)
    try:
        found = xlwings.apps[process]
    except (KeyError, xlwings.XlwingsError) as error:
        raise expect.ClaimFailed("A press would not find this Excel by the number of its process.") from error
    expect.true(int(found.pid) == process, "A press would find another Excel than the one that it was pressed in.")
    names = [str(book.name) for book in found.books]
    expect.true(path.name in names, "The Excel that a press finds does not have the workbook open.")
    expect.same(str(found.books.active.name), path.name, "the workbook on screen, as a press finds it")
    there = trial.program.host_of(found.books.active, trial.ui).read_table("Focus")
    expect.true(_MARK in list(there["Value"]), "The Excel that a press finds does not show what was typed.")
    return ""


def undo_puts_the_tables_back_in_the_open_workbook(trial: Trial) -> str:
    """Narrow down by other answers on Focus, and Undo: Case check is as it was, and so is every table but Audit."""
    path = trial.made("working")
    host = trial.host(path)
    with host.transaction():
        focus = host.read_table("Focus")
        focus.loc[focus["Setting"] == "Period to", "Value"] = focus.loc[
            focus["Setting"] == "Period from", "Value"
        ].tolist()
        host.write_table("Focus", focus)
    before = {name: host.read_table(name) for name in host.tables() if name != "Audit"}
    _press(trial, path.name, "narrow")
    now = _on_screen(trial, path.name).read_table("CaseCheck")
    expect.true(len(now) != len(before["CaseCheck"]), "Narrow down with another period left Case check as it was.")
    _press(trial, path.name, "restore")
    host = _on_screen(trial, path.name)
    for name, table in before.items():
        expect.same_table(host.read_table(name), table, name)
    return f"{len(before)} tables"


def every_formula_answers(book: Any) -> int:
    """Each function's example as formulas in a workbook; gives how many cells answered. Raises ClaimFailed."""
    cell, count = book.sheets[0].range("A1"), 0
    for name, given in EXAMPLES.items():
        [wanted] = functions()[name](*given)
        for place, answer in enumerate(wanted, 1):
            cell.formula = formula(name, given, place)
            book.app.calculate()
            expect.same(_rounded(cell.value), _rounded(answer), f"{name}, cell {place} of its answer")
            count += 1
    return count


def formula(name: str, given: tuple[str | float, ...], place: int = 1) -> str:
    """The formula of one cell of a function's answer; the first is what a person types.

    >>> formula("DIP_INTERVAL", (7.0, 50.0)), formula("DIP_CATEGORIES", ("10A, 11A",), 2)
    ('=DIP_INTERVAL(7,50)', '=INDEX(DIP_CATEGORIES("10A, 11A"),1,2)')
    """
    typed = ",".join(f"{one:g}" if isinstance(one, float) else f'"{one}"' for one in given)
    asked = f"{name}({typed})"
    return f"={asked}" if place == 1 else f"=INDEX({asked},1,{place})"


def _rounded(answer: object) -> object:
    return round(answer, _DIGITS) if isinstance(answer, float) else answer


def _press(trial: Trial, name: str, action_id: str) -> None:
    action = registry.action(action_id)
    run_on_host(action, _on_screen(trial, name), action.make_options({}))


def _on_screen(trial: Trial, name: str) -> Any:
    """A new host of the workbook as it is open now, which is what each press makes."""
    return trial.program.host_of(trial.program.app.books[name], trial.ui)
