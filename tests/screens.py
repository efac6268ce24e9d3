"""A display that nobody sees, and a person's hands on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

SCREEN = (1366, 768)
PIXELS: dict[str, Path] = {}  # display -> the file that holds what it shows


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its name for DISPLAY."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.fail("Xvfb and xdotool are needed: apt-get install xvfb xdotool", pytrace=False)
    read, write = os.pipe()
    folder = tmp_path_factory.mktemp("pixels")
    size = "x".join(map(str, SCREEN))
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-fbdir", str(folder)],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    assert number, "Xvfb did not start"
    PIXELS[f":{number}"] = folder / "Xvfb_screen0"
    yield f":{number}"
    server.terminate()
    server.wait(20)


def xdotool(screen: str, *words: str) -> str:
    """One order to the display."""
    done = subprocess.run(
        ["xdotool", *words],
        env={**os.environ, "DISPLAY": screen},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return done.stdout


def wait_for_window(screen: str, title: str) -> None:
    """Until a window of that title is seen; a look at one that is just being made, or goes, fails and is repeated."""
    for _ in range(5):
        try:
            xdotool(screen, "search", "--sync", "--onlyvisible", "--name", title)
        except subprocess.CalledProcessError:
            time.sleep(0.3)
        else:
            return
    xdotool(screen, "search", "--sync", "--onlyvisible", "--name", title)
