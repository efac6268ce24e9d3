"""The desk's window on a screen of its own, worked with the keyboard as a person does."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest

from tests.actions.workbooks import row, table, working_workbook
from tests.screens import SCREEN, screen, wait_for_window, xdotool
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.desk import crash_journal
from xl_dipsample.addin.desk.crash_journal import Entry

__all__ = ["screen"]
pytestmark = pytest.mark.office

# The desk in a process of its own. What it is asked on its input it answers on its output: an expression each.
DESK = """
import sys, threading, time
from contextlib import ExitStack
from pathlib import Path
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.addin.desk.desk_window import DeskWindow
from xl_dipsample.addin.desk.presses import Press

with ExitStack() as stack:
    app = None
    if len(sys.argv) > 2:
        from tests.engines.calc import calc_app
        from tests.engines.office import shared
        app = stack.enter_context(calc_app(shared()))
        app.books.open(sys.argv[2])
    windows = SimulatedWindows(Path(sys.argv[1]))
    desk = DeskWindow(windows)

    def answer(line):
        print(repr(eval(line)), flush=True)

    def listen():
        for line in sys.stdin:
            desk._thread.post(lambda line=line: answer(line))

    threading.Thread(target=listen, daemon=True).start()
    desk.run()
print("closed", flush=True)
"""


class Running:
    """A desk that runs; `ask` evaluates an expression on its window's thread."""

    def __init__(self, process: subprocess.Popen[str], screen: str) -> None:
        self.process, self.screen = process, screen
        self._lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.strip())

    def told(self, seconds: float = 90) -> str:
        try:
            return self._lines.get(timeout=seconds)
        except Empty:
            pytest.fail("the desk said nothing")

    def ask(self, expression: str) -> object:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{expression}\n")
        self.process.stdin.flush()
        return ast.literal_eval(self.told())

    def until(self, expression: str, seconds: float = 90) -> None:
        waiting = threading.Event()
        for _ in range(int(seconds / 0.1)):
            if self.ask(expression):
                return
            waiting.wait(0.1)
        pytest.fail(f"never true: {expression}")

    def keys(self, *keys: str) -> None:
        xdotool(self.screen, "key", "--delay", "60", *keys)


@pytest.fixture
def start(screen: str, tmp_path: Path) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []

    def begin(*workbook: Path) -> Running:
        process = subprocess.Popen(
            [sys.executable, "-c", DESK, str(tmp_path / "computer"), *map(str, workbook)],
            env={**os.environ, "DISPLAY": screen}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        running = Running(process, screen)
        started.append(running)
        wait_for_window(screen, "Dip-sampling")
        running.until("desk._loaded")
        return running

    yield begin
    for one in started:
        one.process.kill()
        one.process.communicate()


@contextmanager
def asked(screen: str, file: str = "") -> Iterator[None]:
    """Another window than the desk's own is there: a question; a window that asks for a `file` has it in its title."""
    for _ in range(100):
        if windows_seen(screen, file or "Dip-sampling") > (0 if file else 1):
            break
        threading.Event().wait(0.1)
    else:
        pytest.fail("no question is seen")
    threading.Event().wait(0.3)  # the cursor comes to it
    yield


def windows_seen(screen: str, title: str) -> int:
    try:
        return len(xdotool(screen, "search", "--onlyvisible", "--name", title).split())
    except subprocess.CalledProcessError:  # none, or one that is just being made
        return 0


def test_it_has_every_button_of_the_ribbon_and_fits_a_small_screen(start: Callable[..., Running]) -> None:
    desk = start()
    labels = {one.label for one in (*registry.ACTIONS, *registry.NAVIGATION) if one.button}
    assert desk.ask("sorted(one.cget('text') for one in desk._buttons.values())") == sorted(labels)
    width, height = desk.ask("(desk.root.winfo_reqwidth(), desk.root.winfo_reqheight())")  # type: ignore[misc]
    assert width <= SCREEN[0]
    assert height <= SCREEN[1] - 70  # the task bar and the window's own frame


def test_each_button_says_what_it_does_when_the_cursor_is_there(start: Callable[..., Running]) -> None:
    desk = start()
    desk.ask("desk._buttons['narrow'].focus_force()")
    desk.until(f"desk._help.cget('text') == {registry.action('narrow').does!r}")


def test_a_step_is_done_with_the_keyboard_alone_and_what_was_said_can_be_read(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    working = working_workbook(tmp_path, [row(1), row(2)])
    desk = start(working)
    desk.until("desk._open is not None")
    assert desk.ask("desk._workbook.cget('text')") == "working.xlsx (working workbook)"
    assert desk.ask("desk._buttons['check'].cget('style')") == "Next.TButton"
    desk.ask("desk._buttons['new'].focus_force()")
    desk.keys("Tab", "Tab", "Return")  # Import, Check
    desk.until("'Check long list: done' in desk._said.get('1.0', 'end')")
    desk.until("desk._next.cget('text') == 'Next: Narrow down'")
    assert len(table(working, "DataChecks")) > 0


def test_a_question_is_seen_while_the_desk_is_minimised_and_esc_stops_it(
    start: Callable[..., Running], screen: str
) -> None:
    desk = start()
    desk.ask("desk.root.withdraw()")  # no window manager is here that could make an icon of it
    assert desk.ask("desk.desk.presses.press(Press('lookup'))") == "taken"
    wait_for_window(screen, "")
    desk.until("len(desk.root.winfo_children()) > 1")
    threading.Event().wait(1.0)
    desk.keys("Escape")
    desk.until("'Who is this?: not done.' in desk._said.get('1.0', 'end')")
    desk.until("not desk.desk.presses.at_work")


def test_an_idle_desk_asks_excel_nothing_until_somebody_comes_back_to_it(start: Callable[..., Running]) -> None:
    desk = start()
    desk.ask("desk.__dict__.update(looks=[]) or setattr(desk.desk.presses, 'between', desk.looks.append)")
    threading.Event().wait(3)  # some fifty ticks of the window
    assert desk.ask("len(desk.looks)") == 0
    desk.ask("desk.root.event_generate('<FocusIn>')")
    desk.until("len(desk.looks) == 1")


def test_a_second_press_says_why_it_waits(start: Callable[..., Running], screen: str) -> None:
    desk = start()
    desk.ask("desk.press('lookup')")
    desk.until("desk.desk.presses.at_work")
    desk.ask("desk.press('narrow')")
    assert "One step at a time" in str(desk.ask("desk._doing.cget('text')"))


def test_it_asks_before_it_closes_with_a_step_in_work(start: Callable[..., Running], screen: str) -> None:
    desk = start()
    desk.ask("setattr(desk.desk.presses, '_do', lambda press: time.sleep(6))")
    desk.ask("desk.press('narrow')")
    desk.ask("desk.root.after(10, desk.close)")
    with asked(screen):
        desk.keys("Return")  # the first choice: let it go on
    threading.Event().wait(0.5)
    assert desk.process.poll() is None
    desk.ask("desk.root.after(10, desk.close)")
    with asked(screen):
        desk.keys("Down", "Return")
    assert desk.told() == "closed"


def test_a_second_start_brings_the_first_to_the_front(start: Callable[..., Running]) -> None:
    desk = start()
    desk.ask("desk.root.withdraw()")
    desk.ask("windows.call_first('desk')")
    desk.until("desk.root.state() == 'normal'")


def test_after_a_cut_it_says_which_step_and_offers_undo(
    start: Callable[..., Running], screen: str, tmp_path: Path
) -> None:
    folder = tmp_path / "computer" / "AppData" / "Local" / "xl_dipsample"
    crash_journal.begin(folder, Entry("narrow", None, "C:\\sample\\working.xlsx", 999999))
    desk = start()
    desk.until("'Narrow down was cut off in the middle of its work on working.xlsx.' in desk._said.get('1.0', 'end')")
    assert crash_journal.left(folder) is None
