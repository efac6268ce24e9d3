"""The bundle that carries its own Python: unpacked, it installs, works and goes, with nothing else on the PC."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulated_windows import fake_program
from tests.windows.pc import WindowsPc
from tests.windows.places import PYTHON
from tests.windows.wine import Ran, run_windows, to_windows
from xl_dipsample.addin.installing.computer import ADDIN_NAME, FUNCTIONS_NAME
from xl_dipsample.building import bundle_with_python

pytestmark = pytest.mark.windows


@pytest.fixture(scope="module")
def carried(pc: WindowsPc, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The bundle's folder, unpacked below a folder with spaces."""
    made = tmp_path_factory.mktemp("bundle") / "with python.zip"
    assert bundle_with_python.main([str(made), "--python", str(PYTHON)]) == 0
    place = pc.home / "Documents" / "From IT (new)"
    shutil.rmtree(place, ignore_errors=True)
    with zipfile.ZipFile(made) as archive:
        archive.extractall(place)
    yield place / bundle_with_python.FOLDER
    shutil.rmtree(place, ignore_errors=True)


def command(folder: Path, *words: str) -> Ran:
    """Run a line in the folder, as someone does who opened a window there."""
    return run_windows(["cmd", "/d", "/c", *words], folder=folder)


def test_it_holds_licences_and_nobody_elses_macros(carried: Path) -> None:
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in (carried / "python" / "LICENSE.txt").read_text(encoding="utf-8")
    macros = {one.name for one in carried.rglob("*") if one.suffix in (".xlam", ".xlsm", ".xla", ".bas")}
    assert macros == {ADDIN_NAME, FUNCTIONS_NAME}
    assert not list(carried.rglob("*quickstart*"))
    assert not list(carried.rglob("__pycache__"))


def test_it_installs_the_ribbon_and_takes_it_away(pc: WindowsPc, carried: Path) -> None:
    pc.clean()
    pc.put_excel_there(fake_program(64))
    done = command(carried, "install.cmd", "/quiet")
    assert done.code == 0, done.words
    assert "the one that came with the bundle" in done.out  # doctor
    record = (pc.local_data / "install.txt").read_bytes().decode("utf-16").splitlines()
    assert f"pythonw={to_windows(carried / 'python' / 'pythonw.exe')}" in record
    assert "dll=" in record  # the DLL of the worksheet functions is for who asks for them
    assert (pc.start_folder / "dip_sampling.xlam").is_file()

    removed = command(carried, "uninstall.cmd", "/quiet")
    assert removed.code == 0, removed.words
    assert not (pc.start_folder / "dip_sampling.xlam").exists()
    pc.clean()


def test_its_command_line_and_its_windows_work(carried: Path, display: str) -> None:
    done = command(carried, "dipsample.cmd", "new", "working.xlsx")
    assert done.code == 0, done.words
    assert (carried / "working.xlsx").read_bytes()[:2] == b"PK"
    python = carried / "python" / "python.exe"
    opened = run_windows(
        [python, "-I", "-c", "import tkinter; r = tkinter.Tk(); r.update(); print(r.winfo_viewable())"],
        variables={"DISPLAY": display},
    )
    assert opened.out == "1\n", opened.words
