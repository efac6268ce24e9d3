"""install and uninstall on Windows: the add-ins, the record and the desk come and go, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulated_windows import fake_program
from tests.windows.pc import CLASSES, WindowsPc
from tests.windows.places import ROOT
from tests.windows.wine import cscript, run_windows, share_classes, to_windows
from xl_dipsample.addin.installing.computer import LINK_NAME
from xl_dipsample.addin.installing.desk_entries import CLASS_ID, PROG_ID, START_WORDS

pytestmark = pytest.mark.windows

RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
OTHERS = "{7B1B4E2A-5D0C-4B43-8E57-0E6C4C1D9F02}"  # a class that another program of this user has
REGISTRY = """
from xl_dipsample.files.windows import Windows
w, key = Windows(), r"HKCU\\Software\\dip sampling test"
w.set_registry_value(key + r"\\below", "Größe €", r"C:\\José\\python.exe")
w.set_registry_value(key + r"\\below", "number", 4711)
print(ascii(w.registry_values(key + r"\\BELOW")))
print(w.registry_keys(key), w.registry_value(key + r"\\below", "NUMBER"), w.registry_value(key, "none"))
print(w.delete_registry_value(key + r"\\below", "number"), w.delete_registry_value(key + r"\\below", "number"))
print(w.delete_registry_key(key + r"\\below"), w.delete_registry_key(key + r"\\below"), w.registry_keys(key))
"""
CLASSES_NOW = r"""
import sys, winreg
def told(path):
    try:
        key = winreg.OpenKeyEx(winreg.HKEY_CURRENT_USER, path, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)
    except FileNotFoundError:
        return
    below, values, _ = winreg.QueryInfoKey(key)
    print(ascii((path, sorted(winreg.EnumValue(key, at)[:2] for at in range(values)))))
    for at in range(below):
        told(path + "\\" + winreg.EnumKey(key, at))
told(r"Software\Classes")
"""
LINK = """
import sys, pythoncom
from win32com.shell import shell
pythoncom.CoInitialize()
link = pythoncom.CoCreateInstance(shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink)
link.QueryInterface(pythoncom.IID_IPersistFile).Load(sys.argv[1])
print(link.GetPath(shell.SLGP_RAWPATH)[0], link.GetArguments(), sep="\\n")
print(link.GetWorkingDirectory(), link.GetDescription(), sep="\\n")
"""
CREATE = f"""On Error Resume Next
Set desk = CreateObject("{PROG_ID}")
If Err.Number <> 0 Then WScript.Echo "not to be had"
"""


@pytest.fixture
def with_excel(pc: WindowsPc) -> Iterator[WindowsPc]:
    pc.clean()
    pc.put_excel_there(fake_program(64))
    for view in ("", r"\Wow6432Node"):
        key = rf"HKCU\Software\Classes{view}\CLSID\{OTHERS}\LocalServer32"
        assert run_windows(["reg", "add", key, "/ve", "/d", "theirs.exe", "/f"]).code == 0
    yield pc
    for view in ("", r"\Wow6432Node"):
        pc.remove_key(rf"HKCU\Software\Classes{view}\CLSID\{OTHERS}")
    run_windows(["reg", "delete", RUN, "/v", "xl_dipsample", "/f"])
    pc.clean()


def python(pc: WindowsPc, script: str, *words: str | Path) -> list[str]:
    done = pc.python("-c", script, *words)
    assert done.code == 0, done.err
    return done.out.splitlines()


def files(pc: WindowsPc) -> set[Path]:
    return {one for one in (pc.home / "AppData").rglob("*") if one.is_file() and "Temp" not in one.parts}


def test_the_registry_keeps_texts_and_numbers_by_name_whatever_the_case(pc: WindowsPc) -> None:
    assert python(pc, REGISTRY) == [
        r"{'Gr\xf6\xdfe \u20ac': 'C:\\Jos\xe9\\python.exe', 'number': 4711}",
        "['below'] 4711 None",
        "True False",
        "True False []",
    ]


def test_install_puts_the_ribbon_and_the_desk_there_and_uninstall_takes_exactly_these_away(
    with_excel: WindowsPc,
) -> None:
    pc = with_excel
    kept = pc.local_data / "review snapshots" / "kept.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("synthetic", encoding="utf-8")
    assert run_windows(["reg", "add", RUN, "/v", "xl_dipsample", "/d", "serve", "/f"]).code == 0  # an earlier version's
    files_before, classes_before = files(pc), python(pc, CLASSES_NOW)

    done = pc.dipsample("install")
    assert done.code in (0, 1), done.words  # 1: Excel's macro rules are still to be looked at
    assert "The add-in and the desk are in place." in done.words
    addin, link, record_file = (
        pc.start_folder / "dip_sampling.xlam",
        pc.start_menu / LINK_NAME,
        pc.local_data / "install.txt",
    )
    assert files(pc) - files_before == {addin, link, record_file}
    assert addin.read_bytes() == (ROOT / "workbook_template" / "dip_sampling.xlam").read_bytes()
    record = record_file.read_bytes().decode("utf-16").splitlines()
    pythonw = to_windows(pc.pythonw)
    assert {f"python={to_windows(pc.interpreter)}", f"pythonw={pythonw}", f"addin={to_windows(addin)}"} < set(record)
    assert "dll=" in record  # Excel loads none
    assert python(pc, LINK, link) == [pythonw, START_WORDS, to_windows(pc.pythonw.parent), "Dip-sampling desk"]
    entries = sorted(set(python(pc, CLASSES_NOW)) - set(classes_before))
    server = ascii([("", f'"{pythonw}" {START_WORDS}')])
    for view in ("", r"\\Wow6432Node"):
        assert rf"('Software\\Classes{view}\\CLSID\\{CLASS_ID}\\LocalServer32', {server})" in entries
    assert len(entries) == 8
    assert not [one for one in entries if "InprocServer" in one or "PythonCOM" in one]
    assert "serve" not in run_windows(["reg", "query", RUN, "/v", "xl_dipsample"]).out

    told = pc.dipsample("doctor").words
    assert "Python 3.12.1, 64-bit, in an environment of its own, made from one that is installed here." in told
    assert "64-bit" in next(line for line in told.splitlines() if "Excel 16.0" in line)

    removed = pc.dipsample("uninstall")
    assert removed.code == 0, removed.words
    assert {one.name for one in files(pc) - files_before} <= {"help me report.txt"}  # doctor's, which stays
    assert files_before <= files(pc)
    assert python(pc, CLASSES_NOW) == classes_before
    share_classes(CLASSES)
    assert cscript(CREATE) == ["not to be had"]


def test_the_worksheet_functions_come_when_asked_for_and_go_with_the_rest(with_excel: WindowsPc) -> None:
    pc = with_excel
    done = pc.dipsample("install", "--functions")
    assert done.code in (0, 1), done.words
    functions = pc.start_folder / "dip_sampling_functions.xlam"
    assert functions.is_file()
    record = (pc.local_data / "install.txt").read_bytes().decode("utf-16").splitlines()
    assert f"functions={to_windows(functions)}" in record
    assert any(line.startswith("dll=") and line.endswith(".dll") for line in record)
    assert pc.dipsample("uninstall").code == 0
    assert not list(pc.start_folder.iterdir())
