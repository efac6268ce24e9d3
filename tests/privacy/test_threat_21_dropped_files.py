"""Threat 21: a file dropped beside the workbook, or in the folder that Excel works in, never runs as code."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.workbooks import dipsample

# What Python, xlwings or pandas would pick up from the current folder, or from one that stands on Python's path.
MODULES = (
    "pandas.py", "numpy.py", "xlwings.py", "pandera.py", "tkinter.py", "platformdirs.py", "json.py", "gc.py",
    "encodings.py", "site.py", "sitecustomize.py", "usercustomize.py", "working.py", "xl_dipsample/__init__.py",
    "xl_dipsample/__main__.py", "xl_dipsample/addin/__init__.py", "xl_dipsample/addin/desk/entry_of_desk.py",
)  # fmt: skip
MARK = "dropped-file-ran"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A folder with a workbook in which a stranger dropped files; each writes a mark when it runs."""
    folder = tmp_path / "share"
    folder.mkdir()
    assert dipsample("new", folder / "working.xlsx")[0] == 0
    for name in MODULES:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        # no import: a dropped module may stand in the way of any
        file.write_text(f"open({str(tmp_path / MARK)!r}, 'a').write({name!r} + '\\n')\n", encoding="utf-8")
    conf = f'"INTERPRETER_WIN","{folder}\\python.exe"\n"PYTHONPATH","{folder}"\n"UDF MODULES","pandas"\n'
    (folder / "xlwings.conf").write_text(conf, encoding="utf-8")
    (folder / ".xlwings").mkdir()
    (folder / ".xlwings" / "xlwings.conf").write_text(conf, encoding="utf-8")
    (folder / "dropped.pth").write_text("import pandas\n", encoding="utf-8")
    (folder / "pyvenv.cfg").write_text(f"home = {folder}\n", encoding="utf-8")
    (folder / "python._pth").write_text(".\nimport site\n", encoding="utf-8")
    return folder


def run(share: Path, arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    home = share.parent / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=share,
        env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


# The desk as the Start menu and Windows start it. There is no screen here: it comes as far as its message.
DESK = ["-X", "utf8", "-m", "xl_dipsample.addin.desk.entry_of_desk"]


def test_no_dropped_file_runs_when_the_desk_is_opened(share: Path) -> None:
    done = run(share, ["-I", *DESK], DISPLAY="")
    assert not (share.parent / MARK).exists(), (share.parent / MARK).read_text(encoding="utf-8")
    assert done.returncode == 0
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Dip-sampling: Python can show no window on this screen")


@pytest.mark.parametrize("name", ["PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "PYTHONUSERBASE"])
def test_no_variable_leads_python_there_either(share: Path, name: str) -> None:
    value = str(share / "pandas.py") if name == "PYTHONSTARTUP" else str(share)
    done = run(share, ["-I", *DESK], **{name: value}, DISPLAY="")
    assert not (share.parent / MARK).exists()
    assert done.returncode == 0
    assert done.stderr.startswith("Dip-sampling: ")


def test_the_dropped_files_would_run_without_our_way_of_starting_python(share: Path) -> None:
    """The test above can fail: python without -I runs them."""
    run(share, DESK, DISPLAY="")
    assert (share.parent / MARK).exists()


def paths_during(share: Path, action: Callable[[], object]) -> list[str]:
    here = Path.cwd()
    os.chdir(share)
    try:
        action()
        return list(sys.path)
    finally:
        os.chdir(here)


def test_a_press_puts_no_folder_on_pythons_path(share: Path) -> None:
    from tests.addin.press.pressing import Answers, through_the_desk
    from tests.simulated_windows import SimulatedWindows
    from xl_dipsample.addin.desk.presses import Press

    before = list(sys.path)
    windows = SimulatedWindows(share.parent / "computer")
    assert paths_during(share, lambda: through_the_desk(Press("narrow", 4711), windows, Answers())) == before


def test_no_page_script_or_entry_offers_a_start_that_takes_modules_from_the_current_folder() -> None:
    """`python -m` puts the folder in which it is started on Python's path; -I keeps it away."""
    root = Path(__file__).parents[2]
    pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md"), *(root / "bundle").rglob("*"),
             *(root / "xl_dipsample").rglob("*.py"), *(root / "workbook_template" / "vba").rglob("*")]  # fmt: skip
    for page in (one for one in pages if one.is_file()):
        text = page.read_text(encoding="utf-8", errors="replace")
        for line in re.findall(r".*-m xl_dipsample(?!\.building).*", text):
            assert " -I " in line, f"{page.name}: {line.strip()}"
