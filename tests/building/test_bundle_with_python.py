"""The bundle with its own Python: what goes in and what stays out. The whole of it runs in tests/windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from xl_dipsample.addin.installing.computer import CAME_ALONG
from xl_dipsample.building import bundle, bundle_with_python

WHOLE = (
    *("python.exe", "pythonw.exe", "python3.dll", "python312.dll", "LICENSE.txt"),
    *("DLLs/_tkinter.pyd", "tcl/tcl8.6/init.tcl", "Lib/os.py"),
)


def folder_with(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"synthetic {name}".encode())
    return folder


@pytest.fixture
def python(tmp_path: Path) -> Path:
    return folder_with(tmp_path / "python", *WHOLE)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    names = ("xlwings/addin/xlwings.xlam", "xlwings/quickstart_standalone.xlsm", "xlwings/main.py", "xlwings64-1.dll")
    return folder_with(tmp_path / "packages", *names, "xl_dipsample/workbook_template/dip_sampling.xlam")


def test_a_whole_python_is_known_by_its_version(python: Path) -> None:
    assert bundle_with_python.fit(python) == "3.12"


@pytest.mark.parametrize(
    ("name", "words"), [("LICENSE.txt", "licence"), ("DLLs/_tkinter.pyd", "not whole"), ("python312.dll", "no Python")]
)
def test_a_python_that_lacks_something_is_refused(python: Path, name: str, words: str) -> None:
    (python / name).unlink()
    with pytest.raises(SystemExit, match=words):
        bundle_with_python.fit(python)


def test_macros_of_others_stay_out_and_ours_comes_along(python: Path, packages: Path) -> None:
    found = bundle_with_python.contents(python, packages, "3.12")
    packed = {name.removeprefix(f"{bundle_with_python.PACKAGES}/") for name in found}
    assert {"xlwings/main.py", "xl_dipsample/workbook_template/dip_sampling.xlam"} <= packed
    assert not [name for name in packed if "quickstart" in name or name.endswith("xlwings.xlam")]
    assert "python/xlwings64-1.dll" in found  # beside python.exe, where pip puts it on Windows


def test_the_given_python_brings_no_packages_of_its_own(python: Path, packages: Path) -> None:
    folder_with(python, "Lib/site-packages/somebody.py", "xlwings64-0.dll", "Lib/__pycache__/os.pyc")
    found = bundle_with_python.contents(python, packages, "3.12")
    assert not {name for name in found if "somebody" in name or "xlwings64-0" in name or "__pycache__" in name}


def test_doctor_can_tell_that_it_is_the_bundles_and_the_sums_name_every_file(python: Path, packages: Path) -> None:
    found = bundle_with_python.contents(python, packages, "3.12")
    assert f"python/{CAME_ALONG}" in found
    told = [line.partition("  ")[2] for line in found[bundle.SUMS].decode().splitlines()]
    assert told == sorted(set(found) - {bundle.SUMS})
    assert {"install.cmd", "uninstall.cmd", "dipsample.cmd", "LICENSE.txt", "python/LICENSE.txt"} <= set(told)
