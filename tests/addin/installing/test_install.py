"""Install and uninstall on a simulated PC: everything or nothing, and no more than what was put there."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from tests.actions.workbooks import dipsample
from tests.addin.installing.simulated_computer import (
    OWN_SETTINGS,
    SECURITY,
    computer,
    files_below,
    installed_addin,
    simulated,
)
from tests.silent_ui import SilentUi
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.addin.installing import desk_entries, install, install_record, uninstall
from xl_dipsample.addin.installing.computer import (
    ADDIN_NAME,
    FUNCTIONS_NAME,
    RUN_KEY,
    RUN_NAME,
    Computer,
    packaged_addin,
)
from xl_dipsample.addin.installing.install import InstallOptions
from xl_dipsample.addin.installing.uninstall import UninstallOptions
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files.windows import Windows


def nobody(windows: Windows) -> Path | None:
    """An Excel that does not say where it starts from."""
    return None


def put(pc: Computer, **options: Any) -> Result:
    return install.run(SilentUi(), InstallOptions(**options), pc, nobody)


def take(pc: Computer) -> Result:
    return uninstall.run(SilentUi(), UninstallOptions(), pc)


def codes(result: Result) -> set[str]:
    return {message.code for message in result.messages if message.level != "note"}


def refused(pc: Computer, code: str, **options: Any) -> str:
    """Install refuses with that code, and nothing on the PC has changed. Returns the sentence."""
    home = simulated(pc).home
    before, registry = files_below(home), {key: dict(found) for key, found in simulated(pc).registry.items()}
    with pytest.raises(DipSampleError) as problem:
        put(pc, **options)
    assert problem.value.code == code
    assert files_below(home) == before
    assert simulated(pc).registry == registry
    return problem.value.sentence


@pytest.fixture
def pc(tmp_path: Path) -> Computer:
    return computer(tmp_path)


def test_the_add_in_lies_where_excel_loads_it_and_the_record_says_which_python(pc: Computer) -> None:
    result = put(pc)
    assert installed_addin(pc).read_bytes() == packaged_addin().read_bytes()
    assert result.files == [str(installed_addin(pc))]
    assert (result.ok, codes(result)) == (True, set())
    record = install_record.read(pc.windows)
    assert record is not None
    assert (record.python, record.pythonw) == (str(pc.interpreter.python), str(pc.interpreter.pythonw))
    assert (record.version, record.addin) == (pc.version, str(installed_addin(pc)))
    assert (record.functions, record.dll) == ("", "")


def test_installing_twice_is_as_good_as_once(pc: Computer) -> None:
    put(pc)
    before = files_below(simulated(pc).home)
    assert put(pc).ok
    assert files_below(simulated(pc).home) == before


def test_a_running_excel_says_where_its_start_folder_is(pc: Computer, tmp_path: Path) -> None:
    folder = tmp_path / "redirected" / "XLSTART"
    folder.mkdir(parents=True)
    simulated(pc).processes = {7: "EXCEL.EXE"}
    result = install.run(SilentUi(), InstallOptions(), pc, lambda windows: folder)
    assert (folder / ADDIN_NAME).is_file()
    assert "Close Excel and start it again" in result.messages[-1].text


def test_a_folder_that_excel_does_not_start_with_is_pointed_out(pc: Computer, tmp_path: Path) -> None:
    (tmp_path / "add ins").mkdir()
    result = put(pc, xlstart=tmp_path / "add ins")
    assert (tmp_path / "add ins" / ADDIN_NAME).is_file()
    assert "not-start-up" in codes(result)
    pc.windows.set_registry_value(rf"{OWN_SETTINGS}\Options", "AltStartup", str(tmp_path / "add ins"))
    assert "not-start-up" not in codes(put(pc, xlstart=tmp_path / "add ins"))


def test_a_named_folder_that_is_not_there_is_refused(pc: Computer, tmp_path: Path) -> None:
    assert "--xlstart" in refused(pc, "no-such-folder", xlstart=tmp_path / "no")


def test_the_copy_of_an_earlier_install_elsewhere_is_removed(pc: Computer, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    put(pc, xlstart=tmp_path / "old")
    put(pc)
    assert list((tmp_path / "old").iterdir()) == []
    assert installed_addin(pc).is_file()


def test_an_older_or_newer_copy_is_replaced(pc: Computer) -> None:
    put(dataclasses.replace(pc, version="0.0.9"))
    installed_addin(pc).write_bytes(b"PK an older one")
    installed_addin(pc).chmod(0o444)
    result = put(pc)
    assert (result.ok, codes(result)) == (True, set())
    assert installed_addin(pc).read_bytes() == packaged_addin().read_bytes()
    record = install_record.read(pc.windows)
    assert record is not None
    assert record.version == pc.version


def test_the_mark_of_a_download_does_not_stay_on_our_copy(pc: Computer) -> None:
    simulated(pc).marks.add(installed_addin(pc))
    result = put(pc)
    assert not pc.windows.marked(installed_addin(pc))
    assert "addin-marked" not in codes(result)


@pytest.mark.parametrize("earlier", [False, True])
def test_while_excel_holds_the_add_in_open_nothing_happens(pc: Computer, *, earlier: bool) -> None:
    put(dataclasses.replace(pc, version="0.0.9"))
    simulated(pc).holds.add(installed_addin(pc))
    if earlier:  # the copy that would have to go
        other = simulated(pc).home / "other"
        other.mkdir()
        sentence = refused(pc, "excel-open", xlstart=other)
    else:
        sentence = refused(pc, "excel-open")
    assert "close every Excel window" in sentence


@pytest.mark.parametrize("before", [False, True])
def test_a_start_folder_that_cannot_be_written_leaves_the_old_state(pc: Computer, *, before: bool) -> None:
    if before:
        put(dataclasses.replace(pc, version="0.0.9"))
        installed_addin(pc).unlink()
    (installed_addin(pc) / "in the way").mkdir(parents=True)  # no file can take a folder's place
    assert "ask IT for the right" in refused(pc, "xlstart-locked")
    record = install_record.read(pc.windows)
    assert (record is not None and record.version == "0.0.9") is before


def test_a_start_folder_that_cannot_be_made_is_one_sentence(pc: Computer) -> None:
    (pc.windows.roaming() / "Microsoft").write_text("a file where a folder should be")
    pc.windows.set_registry_value(rf"{OWN_SETTINGS}\Options", "AltStartup", "/srv/other")
    sentence = refused(pc, "xlstart-locked")
    assert "--xlstart" in sentence
    assert "second start-up folder" in sentence


def test_folders_that_were_made_for_nothing_are_gone_again(pc: Computer) -> None:
    (install_record.record_path(pc.windows)).mkdir()  # the record cannot be written
    with pytest.raises(DipSampleError):
        put(pc)
    assert not (pc.windows.roaming() / "Microsoft").exists()


def test_the_desk_is_in_the_start_menu_and_windows_finds_it_for_the_ribbon(pc: Computer) -> None:
    put(pc)
    assert desk_entries.are_current(pc.interpreter.pythonw, pc.windows)
    program, arguments, words = pc.link().read_text(encoding="utf-8").splitlines()
    assert (program, arguments) == (str(pc.interpreter.pythonw), f"-I -X utf8 -m {desk_entries.START_MODULE}")
    assert words == "Dip-sampling desk"
    assert pc.windows.registry_value(RUN_KEY, RUN_NAME) is None  # nothing starts at log-on


def test_a_start_menu_that_a_rule_keeps_is_pointed_out_and_the_rest_is_done(pc: Computer) -> None:
    simulated(pc).links_refused = True
    result = put(pc)
    assert (result.ok, codes(result)) == (True, {"no-start-menu"})
    assert installed_addin(pc).is_file()


def test_what_an_earlier_version_started_at_log_on_is_gone(pc: Computer) -> None:
    pc.windows.set_registry_value(RUN_KEY, RUN_NAME, "pythonw -m xl_dipsample serve")
    put(pc)
    assert pc.windows.registry_value(RUN_KEY, RUN_NAME) is None


def test_worksheet_functions_come_only_when_asked_and_go_when_they_are_not(pc: Computer) -> None:
    functions = installed_addin(pc).with_name(FUNCTIONS_NAME)
    put(pc)
    assert not functions.exists()
    put(pc, functions=True)
    assert functions.read_bytes() == packaged_addin(FUNCTIONS_NAME).read_bytes()
    record = install_record.read(pc.windows)
    assert record is not None
    assert record.functions == str(functions)
    assert "xlwings64-" in record.dll
    put(pc)
    assert not functions.exists()


def test_a_registry_that_may_not_be_written_leaves_the_old_state(pc: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    put(dataclasses.replace(pc, version="0.0.9"))
    write = SimulatedWindows.set_registry_value

    def refuse(windows: SimulatedWindows, key: str, name: str, value: str | int) -> None:
        if "LocalServer32" in key and not refused:
            refused.append(key)
            raise OSError("denied")
        write(windows, key, name, value)

    refused: list[str] = []
    monkeypatch.setattr(SimulatedWindows, "set_registry_value", refuse)
    files = files_below(simulated(pc).home)
    with pytest.raises(DipSampleError, match="the ribbon could not find the desk: ask IT"):
        put(pc)
    assert refused
    assert files_below(simulated(pc).home) == files
    assert desk_entries.are_current(pc.interpreter.pythonw, pc.windows)  # those of the earlier install


def test_32_bit_excel_gets_the_32_bit_dll_and_keeps_64_bit_python(tmp_path: Path) -> None:
    pc = computer(tmp_path, excel_bits=32)
    assert put(pc, functions=True).ok
    record = install_record.read(pc.windows)
    assert record is not None
    assert "xlwings32-" in record.dll


def test_without_the_dll_buttons_work_and_a_sentence_says_what_does_not(pc: Computer) -> None:
    dll = pc.dll()
    assert dll is not None
    dll.unlink()
    assert codes(put(pc)) == set()  # the ribbon does not need it
    result = put(pc, functions=True)
    assert (result.ok, codes(result)) == (True, {"no-dll"})


@pytest.mark.parametrize(
    ("python", "code"),
    [
        ({"bits": 32}, "python-32-bit"),
        ({"version": (3, 10, 4)}, "python-old"),
        ({"from_store": True}, "python-from-store"),
        ({"for_user": True}, "for-user"),
        ({"pythonw": Path("/no/pythonw.exe")}, "no-pythonw"),
    ],
)
def test_a_python_that_buttons_could_not_use_is_refused(tmp_path: Path, python: dict[str, Any], code: str) -> None:
    refused(computer(tmp_path, **python), code)


def test_an_excel_that_is_too_old_is_refused(pc: Computer) -> None:
    simulated(pc).install_excel(64, "15.0.5553.1000")
    assert "16 (Excel 2016)" in refused(pc, "excel-old")


def test_no_excel_is_pointed_out(tmp_path: Path) -> None:
    assert "no-excel" in codes(put(computer(tmp_path, excel_bits=None)))


def test_a_package_without_its_add_in_is_refused(pc: Computer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "template_folder", lambda: tmp_path / "empty")
    assert "install xl_dipsample again" in refused(pc, "addin-missing")


def test_a_policy_that_blocks_macros_needs_a_person_though_the_add_in_is_in_place(pc: Computer) -> None:
    pc.windows.set_registry_value(SECURITY, "VBAWarnings", 4)
    pc.windows.set_registry_value(
        r"HKCU\Software\Policies\Microsoft\Office\16.0\Common\Security\Trusted Locations", "Allow User Locations", 0
    )
    result = put(pc)
    assert not result.ok
    assert {"macros-off", "not-trusted"} <= codes(result)
    assert installed_addin(pc).is_file()


def test_on_a_computer_that_is_not_windows_both_are_refused_with_one_sentence() -> None:
    for action in ("install", "uninstall"):
        status, result, said = dipsample(action)
        assert (status, result) == (2, {})
        assert said == "The ribbon needs Excel on Windows: run this on a Windows PC.\n"


def test_uninstall_removes_what_install_put_there_and_nothing_else(pc: Computer) -> None:
    home = simulated(pc).home
    keep = {
        "AppData/Local/xl_dipsample/snapshots/one.xlsx": b"a snapshot",
        "AppData/Local/xl_dipsample/Logs/bugs.log": b"a log",
        "AppData/Roaming/Microsoft/Excel/XLSTART/own macros.xlsb": b"the person's own",
        "Documents/key.xlsx": b"a key",
    }
    for name, content in keep.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(content)
    pc.windows.set_registry_value(RUN_KEY, "Another program", "other.exe")
    before = files_below(home)
    put(pc, functions=True)
    assert files_below(home) != before
    result = take(pc)
    assert files_below(home) == before
    assert pc.windows.registry_values(RUN_KEY) == {"Another program": "other.exe"}
    assert not desk_entries.remove(pc.windows)
    assert (result.ok, result.figures) == (True, {"removed": 5})


def test_uninstall_follows_the_record_to_another_folder(pc: Computer, tmp_path: Path) -> None:
    (tmp_path / "add ins").mkdir()
    put(pc, xlstart=tmp_path / "add ins")
    take(pc)
    assert list((tmp_path / "add ins").iterdir()) == []


@pytest.mark.parametrize("damage", [None, b"damaged"])
def test_uninstall_without_a_good_record_looks_in_the_known_place(pc: Computer, damage: bytes | None) -> None:
    put(pc)
    path = install_record.record_path(pc.windows)
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    take(pc)
    assert not installed_addin(pc).exists()
    assert not path.exists()


def test_uninstall_while_excel_holds_the_add_in_open_removes_nothing(pc: Computer) -> None:
    put(pc)
    simulated(pc).holds.add(installed_addin(pc))
    before = files_below(simulated(pc).home)
    with pytest.raises(DipSampleError, match="close every Excel window"):
        take(pc)
    assert files_below(simulated(pc).home) == before
    assert desk_entries.are_current(pc.interpreter.pythonw, pc.windows)


def test_uninstall_where_nothing_is_installed_says_so(pc: Computer) -> None:
    result = take(pc)
    assert (result.ok, result.figures) == (True, {"removed": 0})
    assert "was not installed" in result.messages[0].text
