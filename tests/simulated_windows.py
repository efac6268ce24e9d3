"""A Windows for tests, on any computer: dictionaries for the registry and processes, a folder for the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xl_dipsample.files.windows import APP_PATH, OUR_FOLDER, RegistryValue, Windows


class SimulatedWindows(Windows):
    """What touches Windows answers from here; what is worked out from it is the real code.

    `registry` maps a key to its values; `marks` and `holds` are the files that are marked or held open; `processes`
    maps ids to program names; `shown` keeps the message boxes. Keys and names are found whatever their case.
    """

    def __init__(self, home: Path, *, excel_bits: int | None = 64, version: str = "16.0.17328.20184") -> None:
        self.home = home
        self.variables = {
            "LOCALAPPDATA": str(home / "AppData" / "Local"),
            "APPDATA": str(home / "AppData" / "Roaming"),
        }
        self.registry: dict[str, dict[str, RegistryValue]] = {}
        self.marks: set[Path] = set()
        self.holds: set[Path] = set()
        self.processes: dict[int, str] = {}
        self.sharp, self.opens_files = False, False
        self.let_forward: list[int] = []
        self.opened: list[Path] = []
        self.names: set[str] = set()
        self.called: set[str] = set()
        self.apartments = 0
        self.links_refused = False
        self.windows: dict[int, int] = {}
        self.owned: list[tuple[int, int]] = []
        self.shown: list[tuple[str, str]] = []
        for folder in self.variables.values():
            Path(folder).mkdir(parents=True, exist_ok=True)
        if excel_bits:
            self.install_excel(excel_bits, version)

    def install_excel(self, bits: int, version: str) -> None:
        """Put an excel.exe with the right header on the disk, and in the registry what Office writes there."""
        program = self.home / "Program Files" / "Office16" / "EXCEL.EXE"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_bytes(fake_program(bits))
        self.set_registry_value(rf"HKLM\{APP_PATH}", "", str(program))
        key = r"HKLM\Software\Microsoft\Office\ClickToRun\Configuration"
        self.set_registry_value(key, "VersionToReport", version)
        self.set_registry_value(key, "Platform", "x64" if bits == 64 else "x86")
        number = version.partition(".")[0]
        self.set_registry_value(r"HKLM\Software\Classes\Excel.Application\CurVer", "", f"Excel.Application.{number}")

    def add_sync_root(self, url: str, folder: Path, name: str = "one") -> None:
        """A library that OneDrive keeps in step."""
        key = rf"HKCU\Software\SyncEngines\Providers\OneDrive\{name}"
        self.set_registry_value(key, "UrlNamespace", url)
        self.set_registry_value(key, "MountPoint", str(folder))

    def is_windows(self) -> bool:
        return True

    def variable(self, name: str) -> str:
        return self.variables.get(name, "")

    def local_data(self) -> Path:
        return Path(self.variables["LOCALAPPDATA"]) / OUR_FOLDER

    def registry_values(self, key: str) -> dict[str, RegistryValue]:
        return dict(self.registry.get(self._known(key), {}))

    def registry_keys(self, key: str) -> list[str]:
        start = f"{key}\\".casefold()
        below = [known[len(start) :] for known in self.registry if known.casefold().startswith(start)]
        return sorted({one.partition("\\")[0] for one in below})

    def set_registry_value(self, key: str, name: str, value: str | int) -> None:
        if not key.startswith(("HKCU\\", "HKLM\\")):
            raise KeyError(key)
        self.registry.setdefault(self._known(key), {})[name] = value

    def delete_registry_value(self, key: str, name: str) -> bool:
        return self.registry.get(self._known(key), {}).pop(name, None) is not None

    def make_link(self, link: Path, program: Path, arguments: str, words: str) -> None:
        if self.links_refused:
            raise OSError("a rule keeps the Start menu as it is")
        link.parent.mkdir(parents=True, exist_ok=True)
        link.write_text(f"{program}\n{arguments}\n{words}\n", encoding="utf-8")

    def delete_registry_key(self, key: str) -> bool:
        if self.registry_keys(key):
            raise OSError("there are keys below it")
        return self.registry.pop(self._known(key), None) is not None

    def process_of_window(self, window: int) -> int | None:
        return self.windows.get(window)

    def marked(self, path: Path) -> bool:
        return path in self.marks and path.exists()

    def unmark(self, path: Path) -> None:
        self.marks.discard(path)

    def held(self, path: Path) -> bool:
        return path in self.holds and path.exists()

    def process_running(self, process: int) -> bool:
        return process in self.processes

    def process_names(self) -> dict[int, str]:
        return dict(self.processes)

    def message_box(self, title: str, text: str) -> None:
        self.shown.append((title, text))

    def sharp_windows(self) -> None:
        self.sharp = True

    def let_come_forward(self, process: int) -> None:
        self.let_forward.append(process)

    def open_file(self, path: Path) -> bool:
        self.opened.append(path)
        return self.opens_files

    def only_one(self, name: str) -> bool:
        first = name not in self.names
        self.names.add(name)
        return first

    def call_first(self, name: str) -> None:
        self.called.add(name)

    def was_called(self, name: str) -> bool:
        called = name in self.called
        self.called.discard(name)
        return called

    @contextmanager
    def own_apartment(self) -> Iterator[None]:
        self.apartments += 1
        yield
        self.apartments -= 1

    def own(self, window: int, owner: int) -> None:
        self.owned.append((window, owner))

    def _known(self, key: str) -> str:
        return next((known for known in self.registry if known.casefold() == key.casefold()), key)


def fake_program(bits: int) -> bytes:
    """The first bytes of an .exe or .dll for that many bits."""
    machine = {32: 0x014C, 64: 0x8664}[bits]
    return b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + machine.to_bytes(2, "little") + bytes(16)
