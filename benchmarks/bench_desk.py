"""From a press to the first question or the first write, with the desk warm, over LibreOffice in Excel's place.

    python benchmarks/bench_desk.py [ROUNDS]

Every button that works on a workbook is pressed on the example's workbooks. The clock runs from Press to the first
question that is asked, or the first call that changes a cell or copies the file; the time that the engine's own calls
take (LibreOffice's, in Excel's place) is taken off, as is the copy for Undo. The first press of each button loads what
only it needs, and is not counted. Prints the seconds round by round; RESULTS.md keeps what was measured.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.engines.calc import calc_app
from tests.engines.counting import CALLS, trouble
from tests.engines.office import shared
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.desk.desk import Desk
from xl_dipsample.addin.desk.entry_of_desk import collect_rarely
from xl_dipsample.addin.desk.presses import TAKEN, Press
from xl_dipsample.addin.press.dialogs import Dialogs, Stopped

TARGET = 0.3  # seconds
WRITES = ("Range.value=", "Range.raw_value=", "Range.formula=", "Range.clear_contents", "Book.save", "Sheet.insert")
BOOKS = {"working": "work/working.xlsx", "review": "share/review.xlsx", "any": "work/working.xlsx"}


class Clock(Dialogs):
    """Stops at the first question, or the first write, and then lets the press be stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.engine, self.taken, self.what = 0.0, 0.0, 0.0, ""

    def start(self) -> None:
        """Press."""
        self.taken, self.what, self.engine, self.begun = 0.0, "", CALLS.seconds, time.perf_counter()

    def ring(self, what: str) -> None:
        """The first question or write."""
        if not self.what:
            self.taken = time.perf_counter() - self.begun - (CALLS.seconds - self.engine)
            self.what = what
            raise Stopped

    def before(self, name: str) -> None:
        """Called with the name of each call of the engine."""
        if name in WRITES:
            self.ring(name)

    def _asked(self, question: str, *_: Any) -> Any:
        self.ring(question.splitlines()[0])
        raise Stopped

    text = secret = choose = open_file = open_files = save_file = folder = _asked


class Silent:
    """Nobody looks on."""

    def begun(self, action: str, workbook: str) -> None:
        """Not shown."""

    def going_on(self, text: str, share: float | None) -> None:
        """Not shown."""

    def said(self, text: str, *, warning: bool) -> None:
        """Not shown."""

    def made(self, files: Any) -> None:
        """Not shown."""


def measured(desk: Desk, clock: Clock, press: Press, wait: Callable[[], None]) -> tuple[float, str]:
    """Seconds, and what stopped the clock."""
    with trouble(clock.before):
        clock.start()
        if desk.presses.press(press) != TAKEN:
            raise SystemExit("The desk did not take the press.")
        wait()
    return clock.taken, clock.what


def main(rounds: int) -> None:
    """Measure and print."""
    late = []
    collect_rarely()  # as the desk does
    with tempfile.TemporaryDirectory() as name, calc_app(shared()) as app:
        folder = Path(name)
        os.environ["XDG_DATA_HOME"] = str(folder / "local data")  # copies for Undo of nobody else's
        example = folder / "example"
        subprocess.run([sys.executable, "-m", "xl_dipsample", "demo", str(example)], capture_output=True, check=True)
        clock = Clock()
        desk = Desk(SimulatedWindows(folder / "computer"), clock, Silent())
        desk.presses.start()

        def wait() -> None:
            while desk.presses.at_work:
                time.sleep(0.002)

        for action in (one for one in registry.ACTIONS if one.button and one.subject):
            book = app.books.open(str(example / BOOKS[str(action.subject)]))
            press = Press(action.id, app.pid, str(book.fullname))
            measured(desk, clock, press, wait)
            found = [measured(desk, clock, press, wait) for _ in range(rounds)]
            book.close()
            median = statistics.median(seconds for seconds, _ in found)
            print(f"{action.label}: {median:.3f} s (most {max(s for s, _ in found):.3f}), until: {found[0][1]}")
            late += [action.label] if median > TARGET else []
        desk.presses.end(60)
    if late:
        raise SystemExit(f"At most {TARGET} s are wanted: {', '.join(late)}.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
