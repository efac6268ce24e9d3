"""What a macro can do with the desk: press a button, and no more."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulated_windows import SimulatedWindows
from xl_dipsample import __version__
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.desk.automation import LONGEST_NAME, Asked
from xl_dipsample.addin.desk.presses import BUSY, OTHER_VERSION, TAKEN, Press
from xl_dipsample.addin.installing import desk_entries

EXCEL, NOTEPAD = 4711, 4712
PYTHONW = Path("C:/Users/Łucja Test/AppData/Local/Programs/Dip sampling/pythonw.exe")


@pytest.fixture
def windows(tmp_path: Path) -> SimulatedWindows:
    computer = SimulatedWindows(tmp_path)
    computer.processes = {EXCEL: "EXCEL.EXE", NOTEPAD: "notepad.exe"}
    computer.windows = {100: EXCEL, 200: NOTEPAD}
    return computer


@pytest.fixture
def pressed() -> list[Press]:
    return []


@pytest.fixture
def desk(windows: SimulatedWindows, pressed: list[Press]) -> Asked:
    def take(press: Press) -> str:
        pressed.append(press)
        return TAKEN

    return Asked(take, windows)


def test_a_press_names_the_button_the_process_of_the_window_and_the_workbook(desk: Asked, pressed: list[Press]) -> None:
    assert desk.Press("narrow", 100, "C:\\sample\\working.xlsx") == TAKEN
    assert pressed == [Press("narrow", EXCEL, "C:\\sample\\working.xlsx")]


@pytest.mark.parametrize(
    "action", ["uninstall", "install", "selftest", "narow", "", None, 3, "narrow --without", "../new"]
)
def test_what_is_no_button_is_never_pressed(desk: Asked, pressed: list[Press], action: object) -> None:
    assert desk.Press(action, 100, "working.xlsx") == OTHER_VERSION
    assert pressed == []


@pytest.mark.parametrize("window", [0, 200, 300, -1, "100", None, 100.0])
def test_a_window_that_is_not_of_an_excel_of_this_session_presses_nothing(
    desk: Asked, pressed: list[Press], window: object
) -> None:
    assert desk.Press("narrow", window, "working.xlsx") == BUSY
    assert pressed == []


@pytest.mark.parametrize("name", [None, 3, "x" * (LONGEST_NAME + 1)])
def test_a_name_that_no_workbook_has_is_left_out(desk: Asked, pressed: list[Press], name: object) -> None:
    assert desk.Press("narrow", 100, name) == TAKEN
    assert pressed == [Press("narrow", EXCEL, "")]


def test_there_is_nothing_else_that_a_macro_could_call(desk: Asked) -> None:
    public = [name for name, _ in inspect.getmembers(Asked, inspect.isfunction) if not name.startswith("_")]
    assert sorted(public) == sorted(Asked._public_methods_) == ["Press", "Version"]
    assert desk.Version() == __version__
    assert list(inspect.signature(Asked.Press).parameters) == ["self", "action", "window", "workbook"]


def test_every_button_of_the_ribbon_can_be_pressed(desk: Asked) -> None:
    assert {desk.Press(one.id, 100, "") for one in registry.ACTIONS if one.button} == {TAKEN}


def test_the_entries_are_this_users_own_for_both_bitnesses_and_start_a_process_by_its_full_quoted_path() -> None:
    entries = desk_entries.entries(PYTHONW)
    assert all(key.startswith("HKCU\\Software\\Classes\\") for key, _ in entries)
    servers = {key: value for (key, _), value in entries.items() if key.endswith("LocalServer32")}
    assert len(servers) == 2
    assert any("Wow6432Node" in key for key in servers)
    assert set(servers.values()) == {f'"{PYTHONW}" -I -X utf8 -m {desk_entries.START_MODULE}'}
    assert not [key for key, _ in entries if "InprocServer" in key]


def test_removing_takes_exactly_what_was_written(windows: SimulatedWindows) -> None:
    def there() -> set[str]:
        return {key for key in windows.registry if key.startswith("HKCU\\Software\\Classes")}

    windows.set_registry_value("HKCU\\Software\\Classes\\CLSID\\{somebody else's}", "", "theirs")
    before = there()
    desk_entries.write(PYTHONW, windows)
    assert desk_entries.are_current(PYTHONW, windows)
    assert not desk_entries.are_current(PYTHONW.with_name("other.exe"), windows)
    assert desk_entries.remove(windows)
    assert there() == before
    assert not desk_entries.remove(windows)


@pytest.mark.parametrize("module", ["desk_window", "automation", "entry_of_desk"])
def test_the_ribbon_can_be_answered_before_anything_heavy_is_loaded(module: str) -> None:
    heavy = {"pandas", "numpy", "xlwings", "pandera", "openpyxl", "lxml"}
    code = f"import sys, xl_dipsample.addin.desk.{module}; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
