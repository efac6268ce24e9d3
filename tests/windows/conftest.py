"""A Windows PC for the tests below: one Wine, used by one run of tests at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.simulated_windows import fake_program
from tests.windows.pc import CLASSES, WindowsPc
from tests.windows.places import CACHE, PYTHON, SHARES
from tests.windows.wine import end_all, left_running, prepared, share_classes, start_windows, wait_for


@pytest.fixture(scope="session")
def pc(tmp_path_factory: pytest.TempPathFactory, display: str) -> Iterator[WindowsPc]:
    """The Windows PC, clean of what earlier runs left; no program of it goes on when the tests are over.

    Wine takes its screen from the first program that it runs.
    """
    if not prepared():
        pytest.fail("There is no Windows Python here: make windows puts it together.", pytrace=False)
    with (CACHE / "in use.lock").open("w") as lock, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        fcntl.flock(lock, fcntl.LOCK_EX)
        end_all()  # of a run that was killed
        try:
            with _awake():
                made = WindowsPc(tmp_path_factory.mktemp("windows"))
                made.clean()
                yield made
                made.clean()
        finally:
            end_all()
        assert left_running() == []


@contextmanager
def _awake() -> Iterator[None]:
    """A program that keeps Wine's desktop and services there: whoever starts them lends them its pipes for good."""
    look = "import ctypes; ctypes.windll.user32.GetDesktopWindow(); print('awake', flush=True); input()"
    with start_windows([PYTHON / "python.exe", "-I", "-c", look], stdin=subprocess.PIPE) as program:
        try:
            wait_for(program, "awake")
            yield
        finally:
            program.kill()


@pytest.fixture(scope="module")
def installed(pc: WindowsPc) -> Iterator[WindowsPc]:
    """A PC on which `dipsample install` ran."""
    pc.clean()
    pc.put_excel_there(fake_program(64))
    done = pc.dipsample("install")
    assert done.code in (0, 1), done.words  # 1: Excel's macro rules are still to be looked at
    share_classes(CLASSES)
    yield pc
    pc.clean()
    share_classes(CLASSES)


@pytest.fixture
def desktop(pc: WindowsPc) -> Iterator[Path]:
    """An empty folder on the PC's drive C:, with spaces and letters that a code page has to know."""
    folder = pc.home / "Desktop" / "Dip sampling – José & Zoë (2025)"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def share(pc: WindowsPc) -> Iterator[str]:
    r"""An empty share as a UNC path; its folder here is SHARES/council/quality assurance."""
    del pc
    folder = SHARES / "council" / "quality assurance"
    shutil.rmtree(SHARES, ignore_errors=True)
    folder.mkdir(parents=True)
    yield r"\\council\quality assurance"
    shutil.rmtree(SHARES)


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen nobody sees, for windows."""
    read, write = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"], pass_fds=[write]
    ) as screen:
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        yield f":{number}"
        screen.terminate()
