"""The wheel: what people need is in it, what only builds is not, and every action loads from it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
NOT_SHIPPED = ("xl_dipsample/building/", "xl_dipsample/workbook_template/vba/")

LOAD_ALL = """
import sys
from pathlib import Path
import xl_dipsample
from xl_dipsample.actions.running import registry
from xl_dipsample.domain.shared import reference
from xl_dipsample.workbook.specs import spec
here = Path(sys.argv[1])
for action in registry.ACTIONS:
    assert callable(action.load()), action.id
    print(action.id)
assert any(spec.sheets("review")) and reference.table("outcomes")
import xl_dipsample.udfs.functions
ours = {name: one.__file__ for name, one in sys.modules.items() if name.startswith("xl_dipsample")}
outside = [name for name, file in ours.items() if file and not Path(file).is_relative_to(here)]
assert not outside, outside
assert reference.template_folder().is_relative_to(here)
assert not [name for name in ours if name.startswith("xl_dipsample.building")]
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def shipped(folder: str, inside: str) -> set[str]:
    """Every file of a folder of the checkout, by its place in the wheel."""
    return {
        inside + path.relative_to(CHECKOUT / folder).as_posix()
        for path in (CHECKOUT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_what_only_builds_does_not_ship(names: set[str]) -> None:
    assert [name for name in names if name.startswith(NOT_SHIPPED)] == []


def test_everything_else_ships(names: set[str]) -> None:
    """A new table or word list needs no line anywhere to come along."""
    wanted = (
        shipped("xl_dipsample", "xl_dipsample/")
        | shipped("udfs", "xl_dipsample/udfs/")
        | shipped("workbook_template", "xl_dipsample/workbook_template/")
    )
    wanted = {name for name in wanted if not name.startswith(NOT_SHIPPED)}
    assert {name for name in names if ".dist-info/" not in name} == wanted
    ends = {Path(name).suffix for name in wanted}
    assert {".xltx", ".xlam", ".csv", ".toml", ".py"} <= ends


def test_nothing_but_our_package_lands_in_site_packages(names: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in names} == {"xl_dipsample"}


def test_every_action_loads_from_the_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", LOAD_ALL, str(tmp_path)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {"new", "narrow", "selftest"} <= set(done.stdout.split())
