"""What all tests share."""

from __future__ import annotations

import functools
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

_MANY_OF_ONE_NAME = {"__init__.py", "conftest.py"}


def twins(folder: Path) -> str:
    """One sentence that names the Python files below a folder which share a name; "" when none do."""
    found: dict[str, list[str]] = defaultdict(list)
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if one not in ("node_modules", "__pycache__")]
        for name in names:
            if name.endswith(".py") and name not in _MANY_OF_ONE_NAME:
                found[name].append((Path(place) / name).relative_to(folder).as_posix())
    same = [" and ".join(sorted(paths)) for _, paths in sorted(found.items()) if len(paths) > 1]
    return f"Two files of the tests may not have one name. Rename one of each: {'; '.join(same)}." if same else ""


def pytest_configure() -> None:
    """Before anything is collected: pytest itself stumbles over two files of one name, late and in many words."""
    told = twins(Path(__file__).parent)
    if told:
        raise pytest.UsageError(told)


def left_out(items: Iterable[pytest.Item], system: str) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The tests to run and those to leave out on a system (`os.name`): Windows has not what `posix` tests need."""
    run: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for one in items:
        (left if system == "nt" and one.get_closest_marker("posix") else run).append(one)
    return run, left


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items[:], left = left_out(items, os.name)
    if left:
        config.hook.pytest_deselected(items=left)


@pytest.fixture(autouse=True, scope="session")
def _nothing_of_this_user_is_touched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Copies for Undo, logs and remembered places go to a folder of the tests, also from programs that they start."""
    home: Path = tmp_path_factory.mktemp("local data")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home / name))
        yield


@pytest.fixture(autouse=True, scope="session")
def _libreoffice_ends_with_the_tests() -> Iterator[None]:
    """The one that this process keeps, if a test wanted one."""
    yield
    engines = sys.modules.get("tests.engines.office")
    if engines is not None:
        engines.stop_shared()


@pytest.fixture(autouse=True, scope="session")
def _a_passphrase_is_hashed_once_for_each_salt() -> Iterator[None]:
    """The 100,000 rounds give the same each time; whoever opens one file again does not have to wait for them again.

    Only inside this process: programs that tests start hash as they do anywhere.
    """
    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    hashed: Any = functools.lru_cache(maxsize=4096)(ECMA376Agile._derive_iterated_hash_from_password)

    def derive(password: str, salt: bytes, algorithm: str, rounds: int) -> Any:
        return hashed(password, bytes(salt), algorithm, rounds).copy()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ECMA376Agile, "_derive_iterated_hash_from_password", staticmethod(derive))
        yield
