"""A press of a ribbon button against `python -c "import xlwings, pandas, pandera.pandas"`, side by side.

    python benchmarks/bench_ribbon.py [ROUNDS]

The press is the ribbon's own: a Python of its own, `xl_dipsample.addin.press.entry narrow`, on the example's working
workbook. Cold: until the action begins, and as a whole. Warm: the same with a Python that is kept ready. In place of
Excel's window stands a stub, and the closed file takes the place of the open workbook (FileHost for ExcelHost, whose
modules are imported all the same): what is measured is what we add around Excel. Prints the ratios round by round and
as medians; RESULTS.md keeps what was measured.
"""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TARGET = 1.1  # of the time that importing xlwings, pandas and pandera takes

BASELINE = "import xlwings, pandas, pandera.pandas"

# The computer without Excel: one app, one book, and messages that nobody has to click away.
STUB = """
import sys, time
STARTED, WORKBOOK, DATA = float(sys.argv[1]), sys.argv[2], sys.argv[3]

from pathlib import Path
from xl_dipsample.files.windows import Windows

class Computer(Windows):
    def local_data(self): return Path(DATA)
    def excel_running(self, pid=None): return True
    def message_box(self, title, text): print(text)

class Stub:
    api = True
    status_bar = False
    def __len__(self): return 1
    def alert(self, text, title, mode): print(text)
    @property
    def books(self): return self
    @property
    def active(self): return self

class Apps:
    def __getitem__(self, pid): return Stub()

def stand_in():
    import xlwings
    from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost
    from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
    class Closed(FileHost):
        def finish(self): pass
    xlwings.apps = Apps()
    ExcelHost.of = staticmethod(lambda book, ui, **_: Closed.open(Path(WORKBOOK), ui))
    from xl_dipsample.actions.running.action import Action
    load = Action.load
    def begin(action):
        run = load(action)
        print(f"begins {time.time() - STARTED:.4f}")
        return run
    Action.load = begin
"""
# The stub is put in place when `press` is first asked for, so that nothing is imported sooner than in a real press.
COLD = (
    STUB
    + """
class Late:
    def find_spec(self, name, path=None, target=None):
        if name == "xl_dipsample.addin.press.press":
            sys.meta_path.remove(self)
            stand_in()

sys.meta_path.insert(0, Late())
from xl_dipsample.addin.press.entry import main
main(["narrow", "--pid", "1"], windows=Computer())
"""
)
SERVE = (
    STUB
    + """
stand_in()
from xl_dipsample.addin.press import press, serve
from xl_dipsample.actions.running.terminal_ui import TerminalUi
serve.run(TerminalUi(), serve.ServeOptions(), Computer(), lambda action, pid: press.do(action, pid, Computer()))
"""
)


def python(code: str, *arguments: str) -> list[str]:
    """As the ribbon starts it."""
    return [sys.executable, "-I", "-X", "utf8", "-c", code, *arguments]


def timed(command: list[str]) -> tuple[float, str]:
    """Wall seconds of one command, and what it printed."""
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - started, done.stdout


def press(workbook: Path, data: Path) -> tuple[float, float, str]:
    """One press: seconds until the action begins (nan when another process ran it), seconds in all, what was said."""
    seconds, said = timed(python(COLD, f"{time.time():.6f}", str(workbook), str(data)))
    begins = float(said.split()[1]) if said.startswith("begins") else float("nan")
    return begins, seconds, said


def main(rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        example = folder / "example"
        subprocess.run([sys.executable, "-m", "xl_dipsample", "demo", str(example)], capture_output=True, check=True)
        workbook, data = example / "work" / "working.xlsx", folder / "data"
        data.mkdir()
        begin, whole, warm = [], [], []
        timed(python(BASELINE))  # the first of each fills the caches
        press(workbook, data)
        for number in range(rounds):
            baseline = timed(python(BASELINE))[0]
            begins, cold, said = press(workbook, data)
            if "Narrow down: done" not in said:
                raise SystemExit(f"The press did not work: {said}")
            served = subprocess.Popen(
                python(SERVE, "0", str(workbook), str(data)), stdout=subprocess.DEVNULL, env={**os.environ}
            )
            try:
                while not (data / "serve.json").exists():
                    time.sleep(0.05)
                press(workbook, data)  # its first press imports what only narrowing needs
                not_here, kept, said = press(workbook, data)
            finally:
                served.terminate()
                served.wait(20)
                (data / "serve.json").unlink(missing_ok=True)
            if said or not math.isnan(not_here):  # it ran in this process
                raise SystemExit("The warm Python did not take the press.")
            begin.append(begins / baseline)
            whole.append(cold / baseline)
            warm.append(kept / baseline)
            print(
                f"round {number + 1}: imports {baseline:.2f} s; cold press begins after {begins:.2f} s "
                f"(ratio {begin[-1]:.3f}), whole {cold:.2f} s ({whole[-1]:.3f}); warm press {kept:.2f} s "
                f"({warm[-1]:.3f})"
            )
        median = statistics.median
        print(
            f"median of {rounds}: the action begins at {median(begin):.3f} of the imports, a whole cold press "
            f"{median(whole):.3f}, a whole warm press {median(warm):.3f}"
        )
        if median(begin) > TARGET:
            raise SystemExit(f"The action may begin at {TARGET} of the imports at most.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
