"""The PC of the tests under Wine: its user's folders, its registry, and a Python that runs this checkout."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.windows.places import PREFIX, PYTHON, ROOT
from tests.windows.wine import Ran, run_windows, to_windows
from xl_dipsample.addin.installing.computer import LINK_NAME
from xl_dipsample.addin.installing.desk_entries import CLASS_ID, PROG_ID

CLASSES = (rf"CLSID\{CLASS_ID}", rf"Wow6432Node\CLSID\{CLASS_ID}", PROG_ID)
OUR_KEYS = (
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths",
    r"HKCU\Software\dip sampling test",
    *(rf"HKCU\Software\Classes\{one}" for one in CLASSES),
)


class WindowsPc:
    """`python` runs the checkout, from an environment as `python -m venv` makes it, in a folder of the tests."""

    def __init__(self, folder: Path) -> None:
        self.home = next(one for one in (PREFIX / "drive_c" / "users").iterdir() if one.name != "Public")
        self.local_data = self.home / "AppData" / "Local" / "xl_dipsample"
        self.start_folder = self.home / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART"
        self.start_menu = self.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
        self.environment = folder / "an environment"
        self._make_environment()

    def python(self, *words: str | Path, variables: Mapping[str, str] | None = None, stdin: str = "") -> Ran:
        """Run Python as the product runs it, `-I -X utf8`, with `words`."""
        return run_windows([self.interpreter, "-I", "-X", "utf8", *words], variables=variables, stdin=stdin)

    def dipsample(self, *words: str | Path, variables: Mapping[str, str] | None = None) -> Ran:
        """Run the command line."""
        return self.python("-m", "xl_dipsample", *words, variables=variables)

    @property
    def interpreter(self) -> Path:
        """The environment's python.exe."""
        return self.environment / "Scripts" / "python.exe"

    @property
    def pythonw(self) -> Path:
        """The Python without a console, which starts the desk."""
        return self.interpreter.with_name("pythonw.exe")

    def clean(self) -> None:
        """Take away what the product or a test put on the PC."""
        shutil.rmtree(self.local_data, ignore_errors=True)
        shutil.rmtree(self.start_folder, ignore_errors=True)
        (self.start_menu / LINK_NAME).unlink(missing_ok=True)
        for key in OUR_KEYS:
            self.remove_key(key)

    def remove_key(self, key: str) -> None:
        """Take a key of the registry away, with what lies below it; nothing happens where there is none."""
        run_windows(["reg", "delete", key, "/f"])

    def put_excel_there(self, program: bytes) -> None:
        """An excel.exe as far as Office writes it: the program's header and the registry's App Paths."""
        place = PREFIX / "drive_c" / "Program Files" / "Office16" / "EXCEL.EXE"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(program)
        key = rf"{OUR_KEYS[0]}\excel.exe"
        done = run_windows(["reg", "add", key, "/ve", "/d", to_windows(place), "/f"])
        assert done.code == 0, done.words

    def _make_environment(self) -> None:
        scripts, packages = self.environment / "Scripts", self.environment / "Lib" / "site-packages"
        for folder in (scripts, packages):
            folder.mkdir(parents=True)
        for name in ("python.exe", "pythonw.exe"):
            shutil.copy(PYTHON / name, scripts)
        for path in PYTHON.glob("xlwings*.dll"):
            shutil.copy(path, self.environment)
        home = to_windows(PYTHON)
        settings = f"home = {home}\ninclude-system-site-packages = true\nversion = 3.12.1\n"
        (self.environment / "pyvenv.cfg").write_text(settings, encoding="utf-8")
        (packages / "the checkout.pth").write_text(f"{to_windows(ROOT)}\n", encoding="utf-8")
