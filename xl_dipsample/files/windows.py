r"""The only place that touches Windows: registry, processes, the download mark, Excel's folders, a message box.

With windows_kernel.py it imports only the standard library, because every start pays for each import. On
another system everything here can be called too: nothing is found, nothing is running. Problems are OSError; who
calls makes a sentence of them. Registry keys are written as people write them: `HKCU\Software\Microsoft\Office`.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xl_dipsample.files.windows_kernel import (
    kernel_of_windows,
    lock_for_good,
    processes_on_windows,
    runs_on_windows,
    session_name,
)

OUR_FOLDER = "xl_dipsample"
OFFICE = r"Software\Microsoft\Office"
CLICK_TO_RUN = rf"HKLM\{OFFICE}\ClickToRun\Configuration"
APP_PATH = r"Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
SYNC_PROVIDERS = r"HKCU\Software\SyncEngines\Providers\OneDrive"
MACHINE_BITS = {0x014C: 32, 0x8664: 64, 0xAA64: 64}  # the field Machine of an .exe or .dll: x86, x64, ARM64

RegistryValue = str | int | bytes


@dataclass(frozen=True)
class SyncRoot:
    """A library that OneDrive keeps in step: its address on SharePoint and the folder on this computer."""

    url: str
    folder: Path


class Windows:
    """The computer we are on. Tests use SimulatedWindows, which answers from dictionaries and a temporary folder."""

    # -- the system and its folders

    def is_windows(self) -> bool:
        """Whether this is Windows at all."""
        return sys.platform == "win32"

    def variable(self, name: str) -> str:
        """An environment variable; '' when it is not set."""
        return os.environ.get(name, "")

    def local_data(self) -> Path:
        r"""Our own folder in the user's local data, `%LOCALAPPDATA%\xl_dipsample`. It need not exist."""
        if self.is_windows() and self.variable("LOCALAPPDATA"):  # the words that the add-in reads too
            return Path(self.variable("LOCALAPPDATA")) / OUR_FOLDER
        from platformdirs import user_data_path

        return user_data_path(OUR_FOLDER, appauthor=False)

    def roaming(self) -> Path:
        r"""The user's roaming data, `%APPDATA%`: Excel keeps XLSTART below it."""
        if self.is_windows() and self.variable("APPDATA"):
            return Path(self.variable("APPDATA"))
        from platformdirs import user_config_path

        return user_config_path()

    def startup_folders(self) -> list[Path]:
        """The folders whose workbooks Excel opens when it starts: XLSTART first, then the alternate one."""
        folders = [self.roaming() / "Microsoft" / "Excel" / "XLSTART"]
        alternate = self.registry_value(self.excel_key("Options"), "AltStartup")
        if isinstance(alternate, str) and alternate.strip():
            folders.append(Path(alternate.strip()))
        return folders

    def start_menu(self) -> Path:
        """The folder of this user's own entries in the Start menu."""
        return self.roaming() / "Microsoft" / "Windows" / "Start Menu" / "Programs"

    def make_link(self, link: Path, program: Path, arguments: str, words: str) -> None:
        """Make a link that starts a program. Raises OSError."""
        if sys.platform != "win32":
            raise OSError("no links of Windows on this system")
        from xl_dipsample.files.windows_link import make_link

        make_link(link, program, arguments, words)

    # -- the registry

    def registry_value(self, key: str, name: str) -> RegistryValue | None:
        """The value `name` of a key ('' is the key's default value); None when there is none."""
        values = self.registry_values(key)
        return next((value for known, value in values.items() if known.casefold() == name.casefold()), None)

    def registry_values(self, key: str) -> dict[str, RegistryValue]:
        """Every text, number and piece of bytes of a key by name; {} when the key is not there or may not be read."""
        if sys.platform != "win32":
            return {}
        import winreg

        found: dict[str, RegistryValue] = {}
        if (opened := _open_key(key)) is None:
            return found
        with opened:
            for index in range(winreg.QueryInfoKey(opened)[1]):
                name, value, _ = winreg.EnumValue(opened, index)
                if isinstance(value, str | int | bytes):
                    found[name] = value
        return found

    def registry_keys(self, key: str) -> list[str]:
        """The names of the keys below a key; [] when it is not there or may not be read."""
        if sys.platform != "win32":
            return []
        import winreg

        if (opened := _open_key(key)) is None:
            return []
        with opened:
            return [winreg.EnumKey(opened, index) for index in range(winreg.QueryInfoKey(opened)[0])]

    def set_registry_value(self, key: str, name: str, value: str | int) -> None:
        """Write a text or a whole number; the key is made when it is not there. Raises OSError."""
        if sys.platform != "win32":
            raise OSError("no registry on this system")
        import winreg

        hive, _, path = key.partition("\\")
        kind = winreg.REG_SZ if isinstance(value, str) else winreg.REG_DWORD
        with winreg.CreateKeyEx(_hive(hive), path, 0, winreg.KEY_SET_VALUE | winreg.KEY_WOW64_64KEY) as opened:
            winreg.SetValueEx(opened, name, 0, kind, value)

    def delete_registry_value(self, key: str, name: str) -> bool:
        """Remove one value; False when it was not there. Raises OSError when it may not be removed."""
        if sys.platform != "win32":
            return False
        import winreg

        hive, _, path = key.partition("\\")
        try:
            with winreg.OpenKeyEx(_hive(hive), path, 0, winreg.KEY_SET_VALUE | winreg.KEY_WOW64_64KEY) as opened:
                winreg.DeleteValue(opened, name)
        except FileNotFoundError:
            return False
        return True

    def delete_registry_key(self, key: str) -> bool:
        """Remove a key that has no keys below it; False when it was not there. Raises OSError when it may not be."""
        if sys.platform != "win32":
            return False
        import winreg

        hive, _, path = key.partition("\\")
        try:
            winreg.DeleteKeyEx(_hive(hive), path, winreg.KEY_WOW64_64KEY, 0)
        except FileNotFoundError:
            return False
        return True

    # -- files

    def sync_roots(self) -> list[SyncRoot]:
        """The libraries that OneDrive keeps in step, the longest address first, so that the first match is the one."""
        roots = []
        for provider in self.registry_keys(SYNC_PROVIDERS):
            values = self.registry_values(rf"{SYNC_PROVIDERS}\{provider}")
            folder = values.get("MountPoint")
            # where only a part of a library is synced, UrlNamespace still names the whole library
            url = values.get("FullRemotePath") or values.get("UrlNamespace")
            if isinstance(folder, str) and folder and isinstance(url, str) and url:
                roots.append(SyncRoot(url.rstrip("/"), Path(folder)))
        return sorted(roots, key=lambda root: (-len(root.url), root.url))

    def marked(self, path: Path) -> bool:
        """Whether Windows marked the file as come from the internet: Excel then blocks its macros."""
        if sys.platform != "win32":
            return False
        try:
            mark = Path(f"{path}:Zone.Identifier").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        return any(f"ZoneId={zone}" in mark.replace(" ", "") for zone in (3, 4))

    def unmark(self, path: Path) -> None:
        """Take the mark off a file of ours; nothing happens where there is none. Raises OSError."""
        if sys.platform == "win32":
            Path(f"{path}:Zone.Identifier").unlink(missing_ok=True)

    def held(self, path: Path) -> bool:
        """Whether another program holds the file open, so that it can be neither replaced nor removed."""
        if sys.platform != "win32":
            return False
        import ctypes

        read, nobody_else, existing, sharing_violation, lock_violation = 0x80000000, 0, 3, 32, 33
        kernel = kernel_of_windows()
        handle = kernel.CreateFileW(str(path), read, nobody_else, None, existing, 0, None)
        if handle == ctypes.c_void_p(-1).value:
            return ctypes.get_last_error() in (sharing_violation, lock_violation)
        kernel.CloseHandle(handle)
        return False

    def file_bits(self, path: Path) -> int | None:
        """32 or 64: what an .exe or .dll is made for; None when that cannot be read."""
        try:
            with path.open("rb") as file:
                start = file.read(64)
                if start[:2] != b"MZ":
                    return None
                file.seek(struct.unpack_from("<I", start, 60)[0])
                signature, machine = struct.unpack("<4sH", file.read(6))
        except (OSError, struct.error):
            return None
        return MACHINE_BITS.get(machine) if signature == b"PE\0\0" else None

    # -- processes

    def process_running(self, process: int) -> bool:
        """Whether the process of that id runs now, also as another user."""
        if not 0 < process < 2**32:  # no id: 0 and below would mean groups of processes
            return False
        if sys.platform == "win32":
            return runs_on_windows(process)
        try:
            os.kill(process, 0)  # asks only; on Windows this would send Ctrl+C
        except OSError as error:
            return not isinstance(error, ProcessLookupError)  # otherwise it runs, as another user
        return True

    def process_names(self) -> dict[int, str]:
        """The processes of this person's session: id and program name."""
        return processes_on_windows() if sys.platform == "win32" else {}

    def excel_running(self, pid: int | None = None) -> bool:
        """Whether Excel runs in this session; with `pid`, whether that process is Excel."""
        return any(
            name.casefold() == "excel.exe" and (pid is None or process == pid)
            for process, name in self.process_names().items()
        )

    def process_of_window(self, window: int) -> int | None:
        """The process to which a window belongs; None when there is no such window."""
        if sys.platform != "win32":
            return None
        import ctypes
        from ctypes import wintypes

        process = wintypes.DWORD()
        thread = ctypes.windll.user32.GetWindowThreadProcessId(wintypes.HWND(window), ctypes.byref(process))
        return int(process.value) if thread else None

    def sharp_windows(self) -> None:
        """Draw the windows of this process sharp on screens with a high resolution. Call it before the first one."""
        if sys.platform == "win32":
            import ctypes
            from contextlib import suppress

            with suppress(OSError, AttributeError):  # said already, or a Windows that does not know it
                ctypes.windll.shcore.SetProcessDpiAwareness(1)

    def let_come_forward(self, process: int) -> None:
        """Let another process put its windows in front; Windows takes that from the program in use alone."""
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.AllowSetForegroundWindow(process)

    def open_file(self, path: Path) -> bool:
        """Open a file as a double click does; False where that cannot be."""
        if sys.platform != "win32":
            return False
        try:
            os.startfile(path)  # noqa: S606 - a workbook that we made
        except OSError:
            return False
        return True

    def message_box(self, title: str, text: str) -> None:
        """Show a message in front of everything and wait for OK; on another system it goes to stderr."""
        if sys.platform == "win32":
            import ctypes

            information, foreground, topmost = 0x40, 0x10000, 0x40000
            ctypes.windll.user32.MessageBoxW(None, text, title, information | foreground | topmost)
        elif sys.stderr:
            sys.stderr.write(f"{title}: {text}\n")

    # -- one program of this person's session

    def only_one(self, name: str) -> bool:
        """Whether this is the only process of that name in this session; it holds the name until it ends."""
        if sys.platform == "win32":
            import ctypes

            already_exists = 183
            kernel = kernel_of_windows()
            kernel.CreateEventW(None, 0, 0, session_name(name, "called"))
            kernel.CreateMutexW(None, 0, session_name(name, "only one"))
            return ctypes.get_last_error() != already_exists
        return lock_for_good(self.local_data() / f"{name}.lock")

    def call_first(self, name: str) -> None:
        """Tell the process that holds the name that it is wanted."""
        if sys.platform == "win32":
            kernel = kernel_of_windows()
            kernel.SetEvent(kernel.CreateEventW(None, 0, 0, session_name(name, "called")))
        else:
            (self.local_data() / f"{name}.called").touch()

    def was_called(self, name: str) -> bool:
        """Whether the process that holds the name was called since it last looked; never waits."""
        if sys.platform == "win32":
            kernel = kernel_of_windows()
            event = kernel.CreateEventW(None, 0, 0, session_name(name, "called"))
            called = kernel.WaitForSingleObject(event, 0) == 0
            kernel.CloseHandle(event)
            return called
        try:
            (self.local_data() / f"{name}.called").unlink()
        except OSError:
            return False
        return True

    @contextmanager
    def own_apartment(self) -> Iterator[None]:
        """What a thread needs that speaks with Excel: an apartment of its own."""
        if sys.platform != "win32":
            yield
            return
        import ctypes

        single_threaded = 2
        com = ctypes.OleDLL("ole32")
        com.CoInitializeEx(None, single_threaded)
        try:
            yield
        finally:
            com.CoUninitialize()

    def own(self, window: int, owner: int) -> None:
        """Let a window belong to another one, of any program: it stands in front of that one alone."""
        if sys.platform == "win32":
            import ctypes
            from ctypes import wintypes

            owner_of_a_window = -8
            user = ctypes.WinDLL("user32", use_last_error=True)
            put = getattr(user, "SetWindowLongPtrW", user.SetWindowLongW)
            put.argtypes = [wintypes.HWND, ctypes.c_int, ctypes.c_void_p]
            put(window, owner_of_a_window, owner)

    # -- Excel

    def excel_program(self) -> Path | None:
        """Where excel.exe lies; None when Windows does not know."""
        for hive in ("HKCU", "HKLM"):
            found = self.registry_value(rf"{hive}\{APP_PATH}", "")
            if isinstance(found, str) and found.strip():
                return Path(found.strip().strip('"'))
        return None

    def excel_version(self) -> str | None:
        """Excel's version, such as '16.0.17328.20184', or '16.0' where only that is known; None without Excel."""
        if self.excel_program() is None:
            return None
        full = self.registry_value(CLICK_TO_RUN, "VersionToReport")
        return full if isinstance(full, str) and full else self._office_number()

    def excel_bits(self) -> int | None:
        """32 or 64; None without Excel."""
        program = self.excel_program()
        if program is None:
            return None
        platform = self.registry_value(CLICK_TO_RUN, "Platform")
        return self.file_bits(program) or {"x86": 32, "x64": 64}.get(str(platform))

    def excel_key(self, name: str) -> str:
        """The key `name` below the user's own settings of Excel."""
        return rf"HKCU\{OFFICE}\{self._office_number()}\Excel\{name}"

    def _office_number(self) -> str:
        """The number in Office's registry keys: 16.0 from 2016 on."""
        current = self.registry_value(r"HKLM\Software\Classes\Excel.Application\CurVer", "")
        number = str(current or "").rpartition(".")[2]
        return f"{number}.0" if number.isdigit() else "16.0"


def _hive(name: str) -> Any:
    if sys.platform != "win32":
        raise OSError("no registry on this system")
    import winreg

    return {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}[name]


def _open_key(key: str) -> Any:
    """A registry key for reading, in the view of 64-bit programs whatever we are; None when it is not there."""
    if sys.platform != "win32":
        return None
    import winreg

    hive, _, path = key.partition("\\")
    try:
        return winreg.OpenKeyEx(_hive(hive), path, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)
    except OSError:
        return None
