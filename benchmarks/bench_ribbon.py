"""A press of a ribbon button against the imports that this press really makes, side by side.

    python benchmarks/bench_ribbon.py [ROUNDS]

The press is the ribbon's own: a Python of its own, `xl_dipsample.addin.press.entry ACTION`, on the example's workbooks.
A first press of each action says which modules of others it loaded; the baseline is a Python that imports these, in the
same order, and nothing else. Cold: until the action begins, and as a whole. Warm (Narrow down): the same with a Python
that is kept ready. In place of Excel's window stands a stub, and the closed file takes the place of the open workbook
(FileHost for ExcelHost, whose modules are imported all the same): what is measured is what we add around Excel. Prints
the ratios round by round and as medians; RESULTS.md keeps what was measured.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TARGET = 1.1  # of the time that the press's own imports take
ACTIONS = ("narrow", "check", "analyse")
BASELINE = """
import contextlib, importlib, json, pathlib, sys
for name in json.loads(pathlib.Path(sys.argv[1]).read_text()):
    with contextlib.suppress(ImportError): importlib.import_module(name)
"""

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
main([sys.argv[4], "--pid", "1"], windows=Computer())
if len(sys.argv) > 5:  # the modules of others, in the order of their imports
    import json, sysconfig
    places = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    names = [name for name, module in list(sys.modules.items())
             if str(getattr(module, "__file__", None)).startswith(tuple(places)) and name != "__main__"]
    Path(sys.argv[5]).write_text(json.dumps([name for name in names if not name.startswith("xl_dipsample")]))
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


def press(action: str, workbook: Path, data: Path, *modules: str) -> tuple[float, float, str]:
    """One press: seconds until the action begins (nan when another process ran it), seconds in all, what was said."""
    seconds, said = timed(python(COLD, f"{time.time():.6f}", str(workbook), str(data), action, *modules))
    begins = float(said.split()[1]) if said.startswith("begins") else float("nan")
    return begins, seconds, said


def warm_press(workbook: Path, data: Path) -> float:
    """Seconds of a whole press of Narrow down that a kept Python takes."""
    served = subprocess.Popen(
        python(SERVE, "0", str(workbook), str(data)), stdout=subprocess.DEVNULL, env={**os.environ}
    )
    try:
        while not (data / "serve.json").exists():
            time.sleep(0.05)
        press("narrow", workbook, data)  # its first press imports what only narrowing needs
        not_here, kept, said = press("narrow", workbook, data)
    finally:
        served.terminate()
        served.wait(20)
        (data / "serve.json").unlink(missing_ok=True)
    if said or not math.isnan(not_here):  # it ran in this process
        raise SystemExit("The warm Python did not take the press.")
    return kept


def main(rounds: int) -> None:
    """Measure and print."""
    late = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        example = folder / "example"
        subprocess.run([sys.executable, "-m", "xl_dipsample", "demo", str(example)], capture_output=True, check=True)
        data = folder / "data"
        data.mkdir()
        for action in ACTIONS:
            workbook = example / ("share/review.xlsx" if action == "analyse" else "work/working.xlsx")
            listed = folder / f"{action}.json"
            said = press(action, workbook, data, str(listed))[2]  # the first of each fills the caches, too
            if "done" not in said:
                raise SystemExit(f"The press did not work: {said}")
            modules = json.loads(listed.read_text(encoding="utf-8"))
            roots = sorted({one.partition(".")[0] for one in modules} - {"_virtualenv"})
            print(f"{action} imports {len(modules)} modules of others: {', '.join(roots)}")
            timed(python(BASELINE, str(listed)))
            begin, whole, warm = [], [], []
            for number in range(rounds):
                baseline = timed(python(BASELINE, str(listed)))[0]
                begins, cold, _ = press(action, workbook, data)
                begin.append(begins / baseline)
                whole.append(cold / baseline)
                if action == "narrow":
                    warm.append(warm_press(workbook, data) / baseline)
                print(
                    f"{action}, round {number + 1}: imports {baseline:.2f} s; cold press begins after {begins:.2f} s "
                    f"(ratio {begin[-1]:.3f}), whole {cold:.2f} s ({whole[-1]:.3f})"
                    + (f"; warm {warm[-1]:.3f}" if warm else "")
                )
            median = statistics.median
            print(
                f"{action}, median of {rounds}: the action begins at {median(begin):.3f} of its imports, a whole cold "
                f"press {median(whole):.3f}" + (f", a whole warm press {median(warm):.3f}" if warm else "")
            )
            late += [action] if median(begin) > TARGET else []
    if late:
        raise SystemExit(f"An action may begin at {TARGET} of its imports at most: {', '.join(late)}.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
