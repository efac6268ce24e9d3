"""The offline bundle for IT: what is in it, and that its scripts say what happened. The download is a campaign."""

from __future__ import annotations

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


def test_the_sums_name_every_other_file(files: dict[str, bytes]) -> None:
    said = dict(reversed(line.split("  ", 1)) for line in files[bundle.SUMS].decode().splitlines())
    assert said == {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != bundle.SUMS}


def test_the_add_in_the_scripts_and_the_guide_are_there(files: dict[str, bytes]) -> None:
    assert {"dip_sampling.xlam", *SCRIPTS, "check_python.py", "requirements.txt", bundle.GUIDE} <= set(files)
    assert files["dip_sampling.xlam"] == (bundle.ROOT / "workbook_template" / "dip_sampling.xlam").read_bytes()
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
        "3.11",
        "--target",
        "../windows",
    ]
    subprocess.run([*pip, *options, *windows, "-r", "requirements.txt"], cwd=folder, check=True, env=dict(os.environ))
    there = {path.name for path in (tmp_path / "windows").iterdir()}
    assert {"pandas", "xlwings", "win32", f"xl_dipsample-{__version__}.dist-info", "xlwings64-0.37.8.dll"} <= there
    assert (tmp_path / "windows" / "xl_dipsample" / "workbook_template" / "dip_sampling.xlam").is_file()
