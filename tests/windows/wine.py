"""Programs for Windows, run under Wine: `run_windows(words)`, `python(*words)`, `cscript(text)`.

Later tests build on these. Each run gets the variables of `places.environment()` and nothing else of this computer;
what a program printed is read as UTF-8, and as cp1252 where it is not that.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import IO

from tests.windows.places import PREFIX, PYTHON, ROOT, STAMP, environment

LONG = 600.0  # seconds; a whole demo on a busy computer takes a good part of it
CLASSES = r"Software\Classes"
# Wine 8 looks for automation servers in HKLM alone, Windows in HKCU first: this shows HKCU's to Wine as they are now
_SHARE_CLASSES = """
import sys, winreg

def keys(at):
    return [winreg.EnumKey(at, number) for number in range(winreg.QueryInfoKey(at)[0])]

def removed(hive, path):
    try:
        with winreg.OpenKey(hive, path) as at:
            below = keys(at)
    except FileNotFoundError:
        return
    for name in below:
        removed(hive, path + "\\\\" + name)
    winreg.DeleteKey(hive, path)

def copied(path):
    try:
        at = winreg.OpenKey(winreg.HKEY_CURRENT_USER, path)
    except FileNotFoundError:
        return
    with at, winreg.CreateKey(winreg.HKEY_LOCAL_MACHINE, path) as to:
        for number in range(winreg.QueryInfoKey(at)[1]):
            name, value, kind = winreg.EnumValue(at, number)
            winreg.SetValueEx(to, name, 0, kind, value)
        for name in keys(at):
            copied(path + "\\\\" + name)

for name in sys.argv[1:]:
    removed(winreg.HKEY_LOCAL_MACHINE, "Software\\\\Classes\\\\" + name)
    copied("Software\\\\Classes\\\\" + name)
"""


@dataclass(frozen=True)
class Ran:
    """How a program ended: its exit code and what it printed, with Unix line ends."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """All that it printed."""
        return self.out + self.err


def prepared() -> bool:
    """Whether prepare.sh put the Windows Python together."""
    return STAMP.is_file()


def left_running() -> list[str]:
    """The programs of this Wine that run now, its own services included."""
    ours, found = f"WINEPREFIX={PREFIX}".encode(), []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # ended meanwhile, or another person's
            if ours in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip())
    return found


def end_all() -> None:
    """End every program of this Wine, and wait until they are gone."""
    for word in ("-k", "-w"):  # -k fails where nothing runs
        subprocess.run(["wineserver", word], env=environment(), capture_output=True, timeout=60, check=False)


def run_windows(
    words: Sequence[str | Path],
    *,
    stdin: str = "",
    variables: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    timeout: float = LONG,
) -> Ran:
    """Run a Windows program and wait until it itself ends: what it started may go on. Paths become Windows paths.

    Its standard streams are pipes: Wine gives Python no other.
    """
    with start_windows(words, variables=variables, folder=folder, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        readers = [_Reader(stream) for stream in (process.stdout, process.stderr) if stream is not None]
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(stdin.encode())
                process.stdin.close()
            process.wait(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"{_plain(words)[0]} did not end within {timeout:.0f} s") from None
        out, err = (reader.read() for reader in readers)
    return Ran(process.returncode, _read(out), _read(err))


class _Reader:
    """Reads a pipe to its end, or until who wrote has ended: what that one started holds the pipe open."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._data: list[bytes] = []
        self._file = stream.fileno()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def _follow(self) -> None:
        with suppress(OSError):  # closed at last
            while data := os.read(self._file, 65536):
                self._data.append(data)

    def read(self) -> bytes:
        self._thread.join(2.0)
        return b"".join(self._data)


def start_windows(
    words: Sequence[str | Path],
    *,
    variables: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    stdin: int | None = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a Windows program and go on; its output is to be had from the pipes of what is returned."""
    return subprocess.Popen(
        ["wine", *_plain(words)],
        env=environment(**(variables or {})),
        cwd=folder,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def cscript(text: str, *, timeout: float = 120.0) -> list[str]:
    """Run VBScript; the lines that WScript.Echo wrote. What the script starts goes on when it ends."""
    with tempfile.TemporaryDirectory() as folder:
        script, told = Path(folder) / "script.vbs", Path(folder) / "told.txt"
        script.write_bytes(text.replace("\n", "\r\n").encode("cp1252"))
        with told.open("wb") as out:  # a file, since a server that is started would keep a pipe open
            subprocess.run(
                ["wine", "cscript", "//nologo", to_windows(script)],
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                timeout=timeout,
                check=False,
            )
        return [line.rstrip() for line in _read(told.read_bytes()).splitlines()]


def share_classes(names: Iterable[str]) -> None:
    r"""Show Wine what stands in HKCU\Software\Classes below these names, such as `CLSID\{...}`; what is gone goes."""
    done = run_windows([PYTHON / "python.exe", "-I", "-c", _SHARE_CLASSES, *names])
    assert done.code == 0, done.words


def to_windows(path: Path) -> str:
    r"""A path of this computer as Wine names it: `C:\...` in Wine's own drive, `Z:\...` elsewhere."""
    path = Path(os.path.abspath(path))  # noqa: PTH100 - links stay links
    drive = PREFIX / "drive_c"
    if path.is_relative_to(drive):
        return str(PureWindowsPath("C:/", *path.relative_to(drive).parts))
    return str(PureWindowsPath("Z:/", *path.parts[1:]))


def wait_for(process: subprocess.Popen[bytes], word: str, *, timeout: float = 120.0) -> None:
    """Wait until a program that was started prints a line with `word`."""
    assert process.stdout is not None
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        line = process.stdout.readline()
        if word.encode() in line:
            return
        if not line:
            break
    raise AssertionError(f"the program did not say {word!r}: {process.stderr.read() if process.stderr else b''!r}")


def _plain(words: Sequence[str | Path]) -> list[str]:
    return [to_windows(word) if isinstance(word, Path) else word for word in words]


def _read(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n")
