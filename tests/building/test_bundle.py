"""The offline bundle for IT: what is in it, and that its scripts say what happened. The download is a campaign."""

from __future__ import annotations

import base64
import csv
import hashlib
import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from xl_dipsample import __version__
from xl_dipsample.building import bundle

SCRIPTS = ("install.cmd", "uninstall.cmd")


@pytest.fixture
def wheels(tmp_path: Path) -> list[Path]:
    """Files with the names of wheels: two Pythons, one package that is for both."""
    names = (
        "numpy-2.4.6-cp311-cp311-win_amd64.whl",
        "numpy-2.4.6-cp312-cp312-win_amd64.whl",
        "click-8.5.1-py3-none-any.whl",
    )
    for name in names:
        (tmp_path / name).write_bytes(f"synthetic {name}".encode())
    return [tmp_path / name for name in names]


@pytest.fixture
def files(wheels: list[Path]) -> dict[str, bytes]:
    return bundle.contents(wheels, ["3.11", "3.12"])


def installed_requirements() -> dict[str, list[str]]:
    return {
        str(canonicalize_name(one.metadata["Name"])): list(one.requires or [])
        for one in importlib.metadata.distributions()
    }


@pytest.mark.parametrize("python", bundle.PYTHONS)
def test_everything_that_windows_needs_has_an_exact_version(python: str) -> None:
    pins = bundle.locked(*(path.read_text(encoding="utf-8") for path in bundle.LOCKS))
    needed = bundle.needed(installed_requirements(), python) - {bundle.OUR_NAME}
    assert needed - set(pins) == set()
    assert {"pywin32", "xlwings", "pandas", "tzdata"} <= needed


def test_what_only_other_systems_tests_or_the_build_need_is_left_out() -> None:
    needed = bundle.needed(installed_requirements(), "3.11")
    assert needed & {"psutil", "appscript", "pytest", "ruff", "hatchling", "editables", "hypothesis"} == set()


def test_extras_that_are_asked_for_are_followed_and_circles_end() -> None:
    requirements = {
        "xl-dipsample": ["A[fast]>=1", "old; python_version < '3.12'"],
        "a": ["b; extra == 'fast'", "c; extra == 'slow'", "xl-dipsample"],
    }
    assert bundle.needed(requirements, "3.12") == {"xl-dipsample", "a", "b"}
    assert bundle.needed(requirements, "3.11") == {"xl-dipsample", "a", "b", "old"}


def test_every_wheel_has_its_hash(wheels: list[Path]) -> None:
    lines = bundle.hashed(wheels).splitlines()
    assert [line.split()[0] for line in lines] == ["click==8.5.1", "numpy==2.4.6"]
    for wheel in wheels:
        assert (
            f"--hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}" in lines[wheel.name.startswith("numpy")]
        )


def a_wheel(folder: Path, name: str = "xlwings-0.37.8-cp311-cp311-win_amd64.whl") -> Path:
    package, version = name.split("-")[:2]
    about = f"{package}-{version}.dist-info"
    parts = {f"{package}/{one}": one.encode() for one in ("__init__.py", "addin/xlwings.xlam", "Quickstart.XLSM")}
    parts[f"{about}/METADATA"] = f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n".encode()
    tag = "-".join(name.removesuffix(".whl").split("-")[2:])
    parts[f"{about}/WHEEL"] = f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n".encode()
    parts[f"{about}/RECORD"] = "".join(f"{one},,\n" for one in (*parts, f"{about}/RECORD")).encode()
    with zipfile.ZipFile(folder / name, "w") as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return folder / name


def test_other_peoples_macro_files_are_left_out_and_the_wheels_own_list_is_true_again(tmp_path: Path) -> None:
    wheel = a_wheel(tmp_path)
    was = hashlib.sha256(wheel.read_bytes()).hexdigest()
    [made], told = bundle.without_macro_files([wheel])
    assert made.name == "xlwings-0.37.8-1nomacros-cp311-cp311-win_amd64.whl"
    assert [path.name for path in tmp_path.iterdir()] == [made.name]
    assert all(one in told for one in (made.name, was, "xlwings/addin/xlwings.xlam", "xlwings/Quickstart.XLSM"))
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        listed = list(csv.reader(archive.read("xlwings-0.37.8.dist-info/RECORD").decode().splitlines()))
        assert b"\nBuild: 1nomacros\n" in archive.read("xlwings-0.37.8.dist-info/WHEEL")
        for name, said, size in listed[:-1]:
            digest = base64.urlsafe_b64encode(hashlib.sha256(archive.read(name)).digest()).rstrip(b"=").decode()
            assert (said, int(size)) == (f"sha256={digest}", len(archive.read(name)))
    assert [one[0] for one in listed] == names
    assert not [one for one in names if one.casefold().endswith((".xlam", ".xlsm"))]
    assert bundle.hashed([made]).startswith("xlwings==0.37.8 --hash=sha256:")


def test_pip_installs_a_wheel_from_which_macro_files_were_left_out(tmp_path: Path) -> None:
    [made], _ = bundle.without_macro_files([a_wheel(tmp_path, "xlwings-0.37.8-py3-none-any.whl")])
    (tmp_path / "requirements.txt").write_text(bundle.hashed([made]))
    pip = [sys.executable, "-I", "-m", "pip", "--isolated", "install", "--quiet", "--no-index", "--no-deps"]
    options = ["--find-links", str(tmp_path), "--require-hashes", "-r", str(tmp_path / "requirements.txt")]
    subprocess.run([*pip, *options, "--target", str(tmp_path / "there")], check=True)
    there = {str(path.relative_to(tmp_path / "there")) for path in (tmp_path / "there" / "xlwings").rglob("*.*")}
    assert {one for one in there if "__pycache__" not in one} == {"xlwings/__init__.py"}


def test_our_own_wheel_keeps_its_add_ins_and_an_unchanged_wheel_its_bytes(tmp_path: Path) -> None:
    ours = a_wheel(tmp_path, "xl_dipsample-1.0-py3-none-any.whl")
    assert bundle.without_macro_files([ours]) == ([ours], "")


def test_the_bundle_says_which_wheels_were_changed(wheels: list[Path]) -> None:
    files = bundle.contents(wheels, bundle.PYTHONS, "one.whl is another without:")
    assert "one.whl is another without:" in files[bundle.CHANGED].decode("utf-8-sig")
    assert bundle.CHANGED in files[bundle.SUMS].decode()


def test_the_scripts_the_readme_and_the_guide_name_the_pythons_of_the_bundle() -> None:
    script = bundle.contents([], bundle.PYTHONS)["install.cmd"].decode("ascii")
    assert f"It needs Python {', '.join(bundle.PYTHONS)}, 64-bit (x64)." in script
    for name in ("README.md", "docs/it_guide.md"):
        text = " ".join((bundle.ROOT / name).read_text(encoding="utf-8").split())
        assert f"Python {' or '.join(bundle.PYTHONS)}, 64-bit (x64)" in text, name


def test_the_sums_name_every_other_file(files: dict[str, bytes]) -> None:
    said = dict(reversed(line.split("  ", 1)) for line in files[bundle.SUMS].decode().splitlines())
    assert said == {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != bundle.SUMS}


def test_the_add_in_the_scripts_and_the_guide_are_there(files: dict[str, bytes]) -> None:
    assert {
        "dip_sampling.xlam",
        "dip_sampling_functions.xlam",
        *SCRIPTS,
        "check_python.py",
        "requirements.txt",
        bundle.GUIDE,
    } <= set(files)
    for name in bundle.ADD_INS:
        assert files[name] == (bundle.ROOT / "workbook_template" / name).read_bytes()
        assert f"copy /y {name} " in files["install.cmd"].decode("ascii")
    assert "AppLocker" in files[bundle.GUIDE].decode("utf-8-sig")


def test_the_same_files_make_the_same_zip(files: dict[str, bytes], tmp_path: Path) -> None:
    bundle.write_zip(files, tmp_path / "one.zip")
    bundle.write_zip(dict(reversed(list(files.items()))), tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_plain_text_with_windows_line_ends(files: dict[str, bytes], name: str) -> None:
    text = files[name].decode("ascii")
    assert "@" not in text.replace("@echo off", "")
    assert text.count("\n") == text.count("\r\n")
    assert max(len(line) for line in text.splitlines()) < 1000


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_place_that_a_script_goes_to_is_there_and_ends_in_a_sentence(files: dict[str, bytes], name: str) -> None:
    lines = files[name].decode("ascii").splitlines()
    text = "\n".join(lines)
    labels = {line[1:] for line in lines if line.startswith(":")}
    gone_to = set(re.findall(r"\bgoto (\w+)", text)) | set(re.findall(r"\bcall :(\w+)", text))
    assert gone_to <= labels
    for label in labels & {one for one in gone_to if one.startswith(("no_", "not_", "excel_", "in_", "unfit_"))}:
        after = lines[lines.index(f":{label}") + 1]
        assert after.startswith("echo "), label
    assert 'if "%QUIET%"=="" pause' in lines
    assert lines[-1] == "exit /b %RESULT%"


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_program_that_a_script_starts_is_looked_at_for_failure(files: dict[str, bytes], name: str) -> None:
    lines = files[name].decode("ascii").splitlines()
    for number, line in enumerate(lines):
        started = line.startswith(("%PYTHON% ", '"%', "py -", "copy ", "pushd "))
        if started and "doctor" not in line and "%SystemRoot%" not in line:
            assert "errorlevel" in lines[number + 1], line


def test_the_script_installs_without_a_network_and_checks_every_hash(files: dict[str, bytes]) -> None:
    pip = next(line for line in files["install.cmd"].decode("ascii").splitlines() if "-m pip" in line)
    for option in ("--isolated", "--no-index", "--find-links wheels", "--require-hashes", "-r requirements.txt"):
        assert option in pip


def test_the_newest_python_of_the_bundle_is_tried_first(files: dict[str, bytes]) -> None:
    lines = files["install.cmd"].decode("ascii").splitlines()
    assert lines.index("call :try 3.12 312") + 1 == lines.index("call :try 3.11 311")


@pytest.mark.parametrize("versions", [["2.7"], [f"{sys.version_info[0]}.{sys.version_info[1]}"]])
def test_a_python_that_does_not_fit_is_refused_with_a_sentence(versions: list[str], tmp_path: Path) -> None:
    script = tmp_path / "check_python.py"
    script.write_text(bundle.filled_in((bundle.ROOT / "bundle" / "check_python.py").read_text("utf-8"), versions))
    done = subprocess.run([sys.executable, "-I", str(script)], capture_output=True, text=True, check=False)
    fits = versions != ["2.7"] and all(importlib.util.find_spec(part) for part in ("tkinter", "ensurepip"))
    assert (done.returncode == 0) is fits
    assert ("bundle is made for 2.7" in done.stderr) is (versions == ["2.7"])


def test_a_python_whose_tcl_does_not_start_is_refused_although_tkinter_is_there(tmp_path: Path) -> None:
    """As Python 3.13.0's in an environment."""
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    script = tmp_path / "check_python.py"
    script.write_text(bundle.filled_in((bundle.ROOT / "bundle" / "check_python.py").read_text("utf-8"), [here]))
    words = "import runpy, tkinter; del tkinter.Tcl; runpy.run_path(__import__('sys').argv[1])"
    done = subprocess.run([sys.executable, "-c", words, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "installed without tcl/tk" in done.stderr


@pytest.mark.campaign
def test_the_real_bundle_installs_from_its_own_folder_with_every_hash(tmp_path: Path) -> None:
    made = tmp_path / "dip-sampling.zip"
    assert bundle.main([str(made)]) == 0
    folder = tmp_path / "unpacked folder"
    with zipfile.ZipFile(made) as archive:
        archive.extractall(folder)
    venv.create(tmp_path / "fresh", with_pip=True)
    pip = [str(tmp_path / "fresh" / "bin" / "python"), "-I", "-m", "pip", "--isolated", "install", "--quiet"]
    options = ["--no-index", "--find-links", "wheels", "--require-hashes", "--no-deps", "--only-binary=:all:"]
    windows = [
        "--platform",
        "win_amd64",
        "--implementation",
        "cp",
        "--python-version",
        bundle.PYTHONS[-1],
        "--target",
        "../windows",
    ]
    subprocess.run([*pip, *options, *windows, "-r", "requirements.txt"], cwd=folder, check=True, env=dict(os.environ))
    there = {path.name for path in (tmp_path / "windows").iterdir()}
    assert {"pandas", "xlwings", "win32", f"xl_dipsample-{__version__}.dist-info", "xlwings64-0.37.8.dll"} <= there
    macros = [path.name for path in (tmp_path / "windows").rglob("*") if path.suffix in (".xlam", ".xlsm")]
    assert sorted(macros) == sorted(bundle.ADD_INS)
