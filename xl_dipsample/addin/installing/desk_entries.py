r"""How Windows knows the desk, for this user alone: by which name the ribbon asks for it, and what starts it.

Entries below HKCU\Software\Classes, for 64- and 32-bit Excel: a name (ProgID), a class ID, and LocalServer32 with the
full quoted path of the Python that was installed. Never an in-process server: nothing of ours is loaded into Excel.
Source: Microsoft's reference of COM registry keys (LocalServer32, ProgID).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from xl_dipsample.files.windows import RegistryValue, Windows

PROG_ID = "DipSampling.Desk"
CLASS_ID = "{0F2B8C64-8D4B-4D0A-9E21-7C6D2B5E9A13}"
WORDS = "Dip-sampling desk"
START_MODULE = "xl_dipsample.addin.desk.entry_of_desk"
START_WORDS = f"-I -X utf8 -m {START_MODULE}"
_CLASSES = r"HKCU\Software\Classes"
_VIEWS = ("", "\\Wow6432Node")  # what 64-bit and what 32-bit programs read


def start_command(pythonw: Path) -> str:
    r"""What starts the desk. -I: neither the folder it starts in nor the environment says where modules are found.

    >>> start_command(Path("C:/p/pythonw.exe"))
    '"C:/p/pythonw.exe" -I -X utf8 -m xl_dipsample.addin.desk.entry_of_desk'
    """
    return f'"{pythonw}" {START_WORDS}'


def entries(pythonw: Path) -> dict[tuple[str, str], str]:
    """Every entry by key and name of the value ('' is a key's default value)."""
    found = {(rf"{_CLASSES}\{PROG_ID}", ""): WORDS, (rf"{_CLASSES}\{PROG_ID}\CLSID", ""): CLASS_ID}
    for view in _VIEWS:
        own = rf"{_CLASSES}{view}\CLSID\{CLASS_ID}"
        found[own, ""] = WORDS
        found[rf"{own}\ProgID", ""] = PROG_ID
        found[rf"{own}\LocalServer32", ""] = start_command(pythonw)
    return found


def write(pythonw: Path, windows: Windows) -> None:
    """Write every entry. Raises OSError."""
    for (key, name), value in entries(pythonw).items():
        windows.set_registry_value(key, name, value)


def remove(windows: Windows) -> bool:
    """Remove exactly these keys, the deepest first; False when none was there. Raises OSError."""
    keys = sorted({key for key, _ in entries(Path())}, key=len, reverse=True)
    return sum(windows.delete_registry_key(key) for key in keys) > 0


def kept(windows: Windows) -> dict[tuple[str, str], RegistryValue | None]:
    """What stands there now, to put it back."""
    return {(key, name): windows.registry_value(key, name) for key, name in entries(Path())}


def put_back(before: Mapping[tuple[str, str], RegistryValue | None], windows: Windows) -> None:
    """What stood there before; as far as the registry allows."""
    with suppress(OSError):
        remove(windows)
        for (key, name), value in before.items():
            if isinstance(value, str):
                windows.set_registry_value(key, name, value)


def are_current(pythonw: Path, windows: Windows) -> bool:
    """Whether every entry is there and names this Python."""
    return all(windows.registry_value(key, name) == value for (key, name), value in entries(pythonw).items())
