"""Help me: what is installed and what is in the way, on the screen and in a report without case data."""

from __future__ import annotations

import dataclasses
import getpass
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
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
from xl_dipsample import __version__
from xl_dipsample.addin.installing import desk_entries, doctor, install, install_record
from xl_dipsample.addin.installing.computer import Computer, Interpreter, shows_windows
from xl_dipsample.addin.installing.doctor import DoctorOptions
from xl_dipsample.addin.installing.install import InstallOptions
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.result import Result

PROJECT = Path(__file__).parents[3] / "pyproject.toml"
LOCATIONS = rf"{SECURITY}\Trusted Locations"
COMMON_LOCATIONS = r"HKCU\Software\Policies\Microsoft\Office\16.0\Common\Security\Trusted Locations"
DEFENDER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
FOLDERS = r"Windows Defender Exploit Guard\Controlled Folder Access"
CHILD_PROCESSES = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
PREVALENCE = "01443614-CD74-433A-B99E-2ECDC07BFC25"
RESILIENCY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Resiliency"
APPLOCKER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\SrpV2"
DEVICE_GUARD = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\DeviceGuard"
SMART = r"HKLM\SYSTEM\CurrentControlSet\Control\CI\Policy"
WIN32_CALLS = "92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "local data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "local state"))


@pytest.fixture
def pc(tmp_path: Path) -> Computer:
    """A PC with the ribbon installed and nothing in the way."""
    made = computer(tmp_path, package=__version__)
    install.run(SilentUi(), InstallOptions(functions=True), made, lambda windows: None)
    return made


def look(pc: Computer) -> Result:
    return doctor.run(SilentUi(), DoctorOptions(), pc)


def found(pc: Computer) -> dict[str, str]:
    """Code and level of what is in the way."""
    return {one.code: one.level for one in look(pc).messages if one.level != "note"}


def test_a_sound_installation_has_nothing_in_the_way() -> None:
    status, result, _ = dipsample("doctor")
    assert (status, result["figures"]["version"]) == (0, __version__)
    assert {one["level"] for one in result["messages"]} == {"note"}


def test_every_package_that_we_need_is_named_with_its_version() -> None:
    needed = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[=<>~!\[ ]", one)[0] for one in needed}
    _, result, _ = dipsample("doctor")
    assert set(result["figures"]["packages"]) == names
    for name, version in result["figures"]["packages"].items():
        assert version == importlib.metadata.version(name)


def test_a_package_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", ("pandas", "no-such-package"))
    status, result, _ = dipsample("doctor")
    assert (status, result["ok"]) == (1, False)
    wrong = [one["text"] for one in result["messages"] if one["level"] == "error"]
    assert wrong == ["no-such-package is missing; install xl_dipsample again."]


def test_a_template_that_is_missing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "working.xltx").write_bytes(b"")
    monkeypatch.setattr(reference, "template_folder", lambda: tmp_path)
    status, result, _ = dipsample("doctor")
    wrong = [one["text"] for one in result["messages"] if one["level"] == "error"]
    assert (status, len(wrong)) == (1, 1)
    assert "review.xltx" in wrong[0]


def test_a_folder_that_may_not_be_written_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.os, "access", lambda path, _: path != tmp_path)
    status, result, _ = dipsample("doctor")
    wrong = [one for one in result["messages"] if one["level"] == "error"]
    assert (status, {one["code"] for one in wrong}) == (1, {"folder-locked"})
    assert str(tmp_path / "local data" / "xl_dipsample") in wrong[0]["text"]
    report = Path(result["files"][0]).read_text(encoding="utf-8-sig")
    assert "The data folder (a folder of the user) may not be written" in report
    assert str(tmp_path) not in report


def test_nothing_is_written_but_the_report(tmp_path: Path) -> None:
    _, result, _ = dipsample("doctor")
    assert list(files_below(tmp_path)) == ["local data/xl_dipsample/help me report.txt"]
    assert result["files"] == [str(tmp_path / "local data/xl_dipsample/help me report.txt")]


def test_a_report_that_cannot_be_saved_does_not_stop_help_me(tmp_path: Path) -> None:
    (tmp_path / "local data").write_text("a file where the folder should be")
    status, result, _ = dipsample("doctor")
    assert (status, result["files"]) == (0, [])
    assert [one["code"] for one in result["messages"] if one["level"] == "warning"] == ["report-not-saved"]


def test_a_sound_pc_has_nothing_in_the_way_and_its_report_names_what_helpers_ask(pc: Computer) -> None:
    result = look(pc)
    assert (result.ok, found(pc)) == (True, {})
    text = Path(result.files[0]).read_text(encoding="utf-8-sig")
    for words in ("Python 3.11, 64-bit", "Excel 16.0.17328.20184, 64-bit", f"xl_dipsample {__version__}", "pandas "):
        assert words in text


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"came_along": True}, "the one that came with the bundle"),
        ({"apart": True}, "in an environment of its own, made from one that is installed here"),
        ({"from_store": True}, "from the Microsoft Store"),
        ({}, "installed here"),
    ],
)
def test_it_says_which_python_is_in_use_as_far_as_that_can_be_known(
    pc: Computer, known: dict[str, bool], words: str
) -> None:
    mine = replace(pc, interpreter=replace(pc.interpreter, **known))
    (said,) = [one.text for one in look(mine).messages if one.code == "python"]
    assert said == f"Python 3.11, 64-bit, {words}."


def test_a_python_in_an_environment_of_its_own_is_known() -> None:
    assert Interpreter.this().apart is (sys.prefix != sys.base_prefix)


def test_the_report_holds_no_name_and_no_folder_of_the_person(pc: Computer) -> None:
    installed_addin(pc).unlink()
    home = simulated(pc).home
    pc.windows.set_registry_value(rf"{OWN_SETTINGS}\Options", "OPEN", f'/R "{home}/Smith family/xlwings.xlam"')
    pc.windows.set_registry_value(rf"{OWN_SETTINGS}\Options", "AltStartup", str(home / "Case files"))
    simulated(pc).add_sync_root("https://council.example/sites/smith", home / "Smith")
    text = Path(look(pc).files[0]).read_text(encoding="utf-8-sig")
    assert "xlwings add-in" in text
    for private in ("Zoë", "Neil", "Smith", "smith", "Case files", str(home), str(Path.home())):
        assert private not in text
    if len(getpass.getuser()) > 3:
        assert not re.search(rf"\b{re.escape(getpass.getuser())}\b", text)


Change = Callable[[Computer], Any]


def setting(key: str, name: str, value: str | int) -> Change:
    return lambda pc: pc.windows.set_registry_value(key, name, value)


def applocker(collection: str, mode: int | None = None) -> Change:
    """A collection with one rule."""
    key = rf"{APPLOCKER}\{collection}"
    return lambda pc: (
        pc.windows.set_registry_value(rf"{key}\{{0}}", "Value", "<FilePathRule/>"),
        mode is None or pc.windows.set_registry_value(key, "EnforcementMode", mode),
    )


IN_THE_WAY: dict[str, tuple[Change, dict[str, str]]] = {
    "the ribbon was never installed": (
        lambda pc: (install_record.record_path(pc.windows).unlink(), installed_addin(pc).unlink()),
        {"not-installed": "warning"},
    ),
    "somebody copied the add-in by hand": (
        lambda pc: install_record.record_path(pc.windows).unlink(),
        {"not-installed": "warning", "addin-twice": "warning"},
    ),
    "the record is damaged": (
        lambda pc: install_record.record_path(pc.windows).write_bytes(b"?"),
        {"record-damaged": "error", "addin-twice": "warning"},
    ),
    "python was moved": (
        lambda pc: pc.interpreter.python.parent.rename(pc.interpreter.python.parent.with_name("Moved")),
        {"python-moved": "error", "no-pythonw": "error"},
    ),
    "the dll is gone": (
        lambda pc: [file.unlink() for file in pc.interpreter.folders[0].glob("xlwings64-*.dll")],
        {"no-dll": "warning", "dll-moved": "warning"},
    ),
    "the dll is marked": (
        lambda pc: simulated(pc).marks.update(pc.interpreter.folders[0].glob("xlwings*")),
        {"dll-marked": "warning"},
    ),
    "the dll is for another excel": (
        lambda pc: [
            file.write_bytes(pc.interpreter.folders[0].joinpath(file.name.replace("64", "32")).read_bytes())
            for file in pc.interpreter.folders[0].glob("xlwings64-*.dll")
        ],
        {"dll-bits": "error"},
    ),
    "the add-in is gone": (lambda pc: installed_addin(pc).unlink(), {"addin-gone": "error"}),
    "the add-in is marked": (lambda pc: simulated(pc).marks.add(installed_addin(pc)), {"addin-marked": "error"}),
    "the add-in is another": (lambda pc: installed_addin(pc).write_bytes(b"PK"), {"addin-other": "warning"}),
    "excel switched the add-in off": (
        lambda pc: simulated(pc).registry.update(
            {
                rf"{OWN_SETTINGS}\Resiliency\DisabledItems": {
                    "A1B2": b"\x01\x00\x00\x00" + "c:\\x\\Dip_Sampling.xlam\0".encode("utf-16-le")
                }
            }
        ),
        {"addin-disabled": "error"},
    ),
    "another xlwings add-in lies in xlstart": (
        lambda pc: installed_addin(pc).with_name("xlwings.xlam").write_bytes(b""),
        {"addin-clash": "warning"},
    ),
    "another xlwings add-in is on excel's list": (
        setting(rf"{OWN_SETTINGS}\Options", "OPEN3", '/R "C:\\tools\\XLWINGS.xlam"'),
        {"addin-clash": "warning"},
    ),
    "windows starts the desk of another python": (
        setting(rf"HKCU\Software\Classes\CLSID\{desk_entries.CLASS_ID}\LocalServer32", "", "other"),
        {"desk-unknown": "error"},
    ),
    "the desk is not in the start menu": (lambda pc: pc.link().unlink(), {"no-start-menu": "warning"}),
    "tkinter is missing": (
        lambda pc: object.__setattr__(pc, "interpreter", dataclasses.replace(pc.interpreter, dialogs=False)),
        {"no-dialogs": "warning"},
    ),
    "local data is synced": (
        lambda pc: simulated(pc).add_sync_root("https://council.example/my", simulated(pc).home),
        {"data-synced": "warning"},
    ),
    "all add-ins are off": (setting(SECURITY, "DisableAllAddins", 1), {"addins-off": "error"}),
    "add-ins must be signed": (setting(SECURITY, "RequireAddinSig", 1), {"addins-signed": "warning"}),
    "macros are off but for trusted locations": (
        setting(SECURITY, "VBAWarnings", 4),
        {"macros-off-elsewhere": "warning"},
    ),
    "macros must be signed but in trusted locations": (setting(SECURITY, "VBAWarnings", 3), {}),
    "trusted locations are off": (setting(LOCATIONS, "AllLocationsDisabled", 1), {"not-trusted": "warning"}),
    "a person switched trusted locations off": (
        setting(rf"{OWN_SETTINGS}\Security\Trusted Locations", "AllLocationsDisabled", 1),
        {"not-trusted": "warning"},
    ),
    "own trusted locations do not count": (
        setting(COMMON_LOCATIONS, "allow user locations", 0),
        {"not-trusted": "warning"},
    ),
    "a cloud policy says so": (
        setting(COMMON_LOCATIONS.replace("Microsoft", "Microsoft\\Cloud", 1), "Allow User Locations", 0),
        {"not-trusted": "warning"},
    ),
    "own trusted locations do not count, and macros are off": (
        lambda pc: (setting(COMMON_LOCATIONS, "Allow User Locations", 0)(pc), setting(SECURITY, "VBAWarnings", 4)(pc)),
        {"not-trusted": "warning", "macros-off": "error"},
    ),
    "own trusted locations do not count, and macros must be signed": (
        lambda pc: (setting(COMMON_LOCATIONS, "Allow User Locations", 0)(pc), setting(SECURITY, "VBAWarnings", 3)(pc)),
        {"not-trusted": "warning", "macros-signed": "error"},
    ),
    "a policy trusts xlstart itself": (
        lambda pc: (
            setting(COMMON_LOCATIONS, "Allow User Locations", 0)(pc),
            setting(rf"{LOCATIONS}\Location5", "Path", "%AppData%\\Microsoft\\Excel\\XLSTART\\")(pc),
        ),
        {},
    ),
    "a policy trusts a folder above xlstart": (
        lambda pc: (
            setting(COMMON_LOCATIONS, "Allow User Locations", 0)(pc),
            setting(rf"{LOCATIONS}\Location5", "Path", "%APPDATA%\\Microsoft\\")(pc),
            setting(rf"{LOCATIONS}\Location5", "AllowSubFolders", 1)(pc),
        ),
        {},
    ),
    "a policy trusts a folder above xlstart without those below": (
        lambda pc: (
            setting(COMMON_LOCATIONS, "Allow User Locations", 0)(pc),
            setting(rf"{LOCATIONS}\Location5", "Path", "%APPDATA%\\Microsoft\\")(pc),
        ),
        {"not-trusted": "warning"},
    ),
    "defender stops child processes": (
        setting(rf"{DEFENDER}\Windows Defender Exploit Guard\ASR\Rules", CHILD_PROCESSES, "1"),
        {"defender-start": "warning"},
    ),
    "defender only watches child processes": (
        setting(rf"{DEFENDER}\Windows Defender Exploit Guard\ASR\Rules", CHILD_PROCESSES, "2"),
        {},
    ),
    "intune's defender stops win32 calls": (
        setting(rf"{DEFENDER}\Policy Manager", "ASRRules", f"{CHILD_PROCESSES}=2|{WIN32_CALLS}=1"),
        {"defender-dll": "warning"},
    ),
}


RULES: dict[str, tuple[Change, dict[str, str]]] = {
    "defender asks for prevalence": (
        setting(rf"{DEFENDER}\Windows Defender Exploit Guard\ASR\Rules", PREVALENCE, "1"),
        {"defender-prevalence": "warning"},
    ),
    "defender warns of what few computers have": (
        setting(rf"{DEFENDER}\Policy Manager", "ASRRules", f"{CHILD_PROCESSES}=2|{PREVALENCE}=6"),
        {"defender-prevalence": "warning"},
    ),
    "defender only watches prevalence": (
        setting(rf"{DEFENDER}\Policy Manager", "ASRRules", f"{PREVALENCE}=2"),
        {},
    ),
    "defender guards folders": (
        setting(rf"{DEFENDER}\{FOLDERS}", "EnableControlledFolderAccess", 1),
        {"defender-folders": "warning"},
    ),
    "intune's defender guards folders": (
        setting(rf"{DEFENDER}\Policy Manager", "EnableControlledFolderAccess", "1"),
        {"defender-folders": "warning"},
    ),
    "defender only watches folders": (
        lambda pc: (
            setting(rf"{DEFENDER}\{FOLDERS}", "EnableControlledFolderAccess", 2)(pc),
            setting(rf"{DEFENDER}\Policy Manager", "EnableControlledFolderAccess", "1")(pc),
        ),
        {},
    ),
    "unmanaged add-ins are blocked": (setting(RESILIENCY, "RestrictToList", 1), {"addins-unmanaged": "warning"}),
    "unmanaged add-ins are blocked, ours is managed": (
        lambda pc: (
            setting(RESILIENCY, "RestrictToList", 1)(pc),
            setting(rf"{RESILIENCY}\AddinList", r"C:\Users\x\XLSTART\Dip_Sampling.xlam", "1")(pc),
        ),
        {},
    ),
    "ours is on the list as always off": (
        lambda pc: (
            setting(RESILIENCY, "RestrictToList", 1)(pc),
            setting(rf"{RESILIENCY}\AddinList", "dip_sampling.xlam", "0")(pc),
        ),
        {"addins-unmanaged": "warning"},
    ),
    "applocker's rules for programs": (applocker("Exe", 1), {"applocker-programs": "warning"}),
    "applocker's rules for libraries, the mode not set": (applocker("Dll"), {"applocker-libraries": "warning"}),
    "applocker's rules for scripts": (applocker("Script", 1), {"applocker-scripts": "warning"}),
    "applocker only watches": (applocker("Exe", 0), {}),
    "applocker has no rules": (setting(rf"{APPLOCKER}\Script", "EnforcementMode", 1), {}),
    "app control is deployed": (setting(DEVICE_GUARD, "DeployConfigCIPolicy", 1), {"app-control": "warning"}),
    "app control was taken back": (setting(DEVICE_GUARD, "DeployConfigCIPolicy", 0), {}),
    "smart app control": (setting(SMART, "VerifiedAndReputablePolicyState", 1), {"smart-app-control": "warning"}),
    "smart app control evaluates": (setting(SMART, "VerifiedAndReputablePolicyState", 2), {}),
}
IN_THE_WAY |= RULES


@pytest.mark.parametrize(
    "case", [name for name, (_, codes) in RULES.items() if codes] + ["all add-ins are off", "trusted locations are off"]
)
def test_a_rule_is_told_with_what_still_works_and_what_it_may_do_and_none_is_to_be_weakened(
    pc: Computer, case: str
) -> None:
    change, expected = IN_THE_WAY[case]
    change(pc)
    for message in look(pc).messages:
        if message.code in expected:
            assert re.search(r"\b(works?|does|this Python does)\b|if the desk does not open", message.text)
            assert re.search(r"\bIT may\b|nothing need change|ask IT", message.text)
            assert not re.search(r"\b(switch|turn|disable|weaken|relax)\b.*\b(rule|policy|protection)", message.text)


@pytest.mark.parametrize("case", IN_THE_WAY)
def test_help_me_names_what_is_in_the_way_and_nothing_else(pc: Computer, case: str) -> None:
    change, expected = IN_THE_WAY[case]
    change(pc)
    assert found(pc) == expected
    assert look(pc).ok is ("error" not in expected.values())


@pytest.mark.parametrize(("installed", "word"), [("0.0.9", "older"), ("9.10.0", "newer")])
def test_a_ribbon_of_another_version_is_older_or_newer(tmp_path: Path, installed: str, word: str) -> None:
    pc = computer(tmp_path, package=installed)
    install.run(SilentUi(), InstallOptions(functions=True), pc, lambda windows: None)
    now = dataclasses.replace(pc, version=__version__)
    assert found(now) == {f"addin-{word}": "warning"}


def test_a_tcl_that_is_there_and_does_not_start_shows_no_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in Python 3.13.0 within an environment: tkinter can be imported, and its Tcl finds no init.tcl."""
    import tkinter as tk

    assert shows_windows()

    def broken(*_: object, **__: object) -> None:
        raise tk.TclError("Can't find a usable init.tcl")

    monkeypatch.setattr(tk, "Tcl", broken)
    assert not shows_windows()


@pytest.mark.parametrize("came_along", [True, False])
def test_the_python_in_use_is_named_and_whether_it_came_with_the_bundle(pc: Computer, *, came_along: bool) -> None:
    now = dataclasses.replace(pc, interpreter=dataclasses.replace(pc.interpreter, came_along=came_along))
    [said] = [one.text for one in look(now).messages if one.code == "python"]
    assert ("64-bit, the one that came with the bundle." in said) is came_along


def test_a_ribbon_of_another_python_is_pointed_out(pc: Computer) -> None:
    other = pc.interpreter.python.with_name("python3.exe")
    other.touch()
    now = dataclasses.replace(pc, interpreter=dataclasses.replace(pc.interpreter, python=other))
    assert found(now) == {"other-python": "warning"}


def test_every_sentence_says_what_to_do_without_a_folder(pc: Computer) -> None:
    for change, _ in list(IN_THE_WAY.values())[3:]:
        change(pc)
    for message in look(pc).messages:
        assert message.text.endswith((".", "again.")), message.code
        assert str(simulated(pc).home) not in message.text
