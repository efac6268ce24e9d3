"""The one module that touches Windows, its simulation, and what is worked out from the registry."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulated_windows import SimulatedWindows, fake_program
from xl_dipsample.files import windows
from xl_dipsample.files.windows import APP_PATH, SyncRoot, Windows

PACKAGE = Path(windows.__file__).parent
METHODS = [name for name, _ in inspect.getmembers(Windows, inspect.isfunction) if not name.startswith("_")]
TOUCHES = re.compile(r"\bwinreg\b|\bctypes\b|Zone\.Identifier|\bmsvcrt\b")


@pytest.fixture
def pc(tmp_path: Path) -> SimulatedWindows:
    return SimulatedWindows(tmp_path)


@pytest.mark.parametrize("name", METHODS)
def test_the_simulation_has_the_same_methods_with_the_same_signatures(name: str) -> None:
    assert inspect.signature(getattr(SimulatedWindows, name)) == inspect.signature(getattr(Windows, name))


@pytest.mark.parametrize("name", METHODS)
def test_whatever_asks_the_real_windows_is_simulated(name: str) -> None:
    if "sys.platform" in inspect.getsource(getattr(Windows, name)) and name != "message_box":
        assert name in SimulatedWindows.__dict__
    assert "message_box" in SimulatedWindows.__dict__


def test_no_other_module_touches_windows() -> None:
    found = {path.name for path in PACKAGE.rglob("*.py") if TOUCHES.search(path.read_text(encoding="utf-8"))}
    assert found == {"windows.py", "windows_kernel.py"}


def test_everything_can_be_called_on_a_computer_that_is_not_windows(tmp_path: Path) -> None:
    real, file = Windows(), tmp_path / "file.xlam"
    file.touch()
    assert not real.is_windows()
    assert real.registry_values(r"HKCU\Software") == {}
    assert real.registry_keys(r"HKCU\Software") == []
    assert real.registry_value(r"HKCU\Software", "x") is None
    assert not real.delete_registry_value(r"HKCU\Software", "x")
    with pytest.raises(OSError, match="registry"):
        real.set_registry_value(r"HKCU\Software", "x", 1)
    real.unmark(file)
    assert file.exists()
    assert (real.marked(file), real.held(file), real.excel_running(), real.sync_roots()) == (False, False, False, [])
    assert (real.excel_version(), real.excel_bits(), real.process_names()) == (None, None, {})
    assert real.local_data().name == "xl_dipsample"
    assert len(real.startup_folders()) == 1


def test_a_message_without_windows_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    Windows().message_box("Dip-sampling", "Something to read.")
    assert capsys.readouterr().err == "Dip-sampling: Something to read.\n"


def test_a_process_runs_until_it_ends() -> None:
    with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE) as process:
        assert Windows().process_running(process.pid)
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
    assert not Windows().process_running(process.pid)
    assert Windows().process_running(os.getpid())
    for number in (0, -1, 2**70):
        assert not Windows().process_running(number)


def test_importing_it_costs_a_button_nothing_but_the_standard_library() -> None:
    heavy = "{'pandas', 'ctypes', 'platformdirs', 'xlwings'}"
    code = f"import sys; import xl_dipsample.files.windows; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_registry_names_are_found_whatever_their_case(pc: SimulatedWindows) -> None:
    pc.set_registry_value(r"HKCU\Software\Some\Key", "VBAWarnings", 4)
    assert pc.registry_value(r"HKCU\software\some\KEY", "vbawarnings") == 4
    assert pc.registry_keys(r"HKCU\Software\Some") == ["Key"]
    assert pc.delete_registry_value(r"HKCU\Software\Some\Key", "VBAWarnings")
    assert pc.registry_value(r"HKCU\Software\Some\Key", "VBAWarnings") is None


def test_excels_start_folder_comes_before_the_alternate_one(pc: SimulatedWindows) -> None:
    first = pc.roaming() / "Microsoft" / "Excel" / "XLSTART"
    assert pc.startup_folders() == [first]
    pc.set_registry_value(pc.excel_key("Options"), "AltStartup", " /srv/team addins ")
    assert pc.startup_folders() == [first, Path("/srv/team addins")]


@pytest.mark.parametrize("bits", [32, 64])
def test_excels_bitness_is_read_from_its_program(tmp_path: Path, bits: int) -> None:
    pc = SimulatedWindows(tmp_path, excel_bits=bits)
    assert (pc.excel_bits(), pc.excel_version()) == (bits, "16.0.17328.20184")


def test_excels_bitness_is_what_office_says_when_the_program_cannot_be_read(pc: SimulatedWindows) -> None:
    program = pc.excel_program()
    assert program is not None
    program.unlink()
    assert pc.excel_bits() == 64
    program.write_bytes(b"not a program")
    assert pc.excel_bits() == 64


def test_an_excel_without_click_to_run_has_the_version_of_its_registry_keys(pc: SimulatedWindows) -> None:
    pc.registry.pop(r"HKLM\Software\Microsoft\Office\ClickToRun\Configuration")
    assert pc.excel_version() == "16.0"
    pc.set_registry_value(r"HKLM\Software\Classes\Excel.Application\CurVer", "", "Excel.Application.15")
    assert pc.excel_version() == "15.0"
    assert "15.0" in pc.excel_key("Options")


def test_without_excel_nothing_is_made_up(tmp_path: Path) -> None:
    pc = SimulatedWindows(tmp_path, excel_bits=None)
    assert (pc.excel_program(), pc.excel_version(), pc.excel_bits()) == (None, None, None)
    pc.set_registry_value(rf"HKCU\{APP_PATH}", "", ' "/opt/office/excel.exe" ')
    assert pc.excel_program() == Path("/opt/office/excel.exe")


def test_excel_runs_when_a_process_has_its_name(pc: SimulatedWindows) -> None:
    pc.processes = {10: "explorer.exe", 20: "Excel.EXE"}
    assert pc.excel_running()
    assert pc.excel_running(20)
    assert not pc.excel_running(10)
    pc.processes = {10: "notexcel.exe"}
    assert not pc.excel_running()


def test_a_part_of_a_library_that_is_synced_has_its_own_address(pc: SimulatedWindows) -> None:
    pc.add_sync_root("https://council.example/sites/qa/Shared Documents/", Path("/home/QA"), "one")
    pc.add_sync_root("https://council.example/sites/qa/Shared Documents", Path("/home/Samples"), "two")
    key = r"HKCU\Software\SyncEngines\Providers\OneDrive\two"
    pc.set_registry_value(key, "FullRemotePath", "https://council.example/sites/qa/Shared Documents/Samples")
    pc.set_registry_value(r"HKCU\Software\SyncEngines\Providers\OneDrive\empty", "MountPoint", "")
    assert pc.sync_roots() == [
        SyncRoot("https://council.example/sites/qa/Shared Documents/Samples", Path("/home/Samples")),
        SyncRoot("https://council.example/sites/qa/Shared Documents", Path("/home/QA")),
    ]


def test_the_bits_of_a_program_are_in_its_header(tmp_path: Path) -> None:
    file = tmp_path / "x.dll"
    for content, bits in (
        (fake_program(32), 32),
        (fake_program(64), 64),
        (b"", None),
        (b"MZ", None),
        (b"MZ" * 40, None),
    ):
        file.write_bytes(content)
        assert Windows().file_bits(file) == bits
    assert Windows().file_bits(tmp_path / "none.dll") is None


def test_a_process_ends_at_once_whatever_its_threads_wait_for() -> None:
    stuck = "threading.Thread(target=threading.Event().wait).start()"  # as one that asks a program that hangs
    code = f"import threading; from xl_dipsample.files.windows_kernel import way_to_end; {stuck}; way_to_end()(3)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 3
