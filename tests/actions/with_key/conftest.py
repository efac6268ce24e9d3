"""What tests of actions on the key share: its files, made once, and a user without a passphrase or a past."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.with_key.key_place import laid_out, made_files
from xl_dipsample.privacy.key import passphrase


@pytest.fixture
def alone(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOCALAPPDATA", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("local data")))
    monkeypatch.delenv(passphrase.KEY_VARIABLE, raising=False)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return made_files(tmp_path_factory.mktemp("made"))


@pytest.fixture
def place(made: dict[str, bytes], tmp_path: Path) -> Path:
    return laid_out(made, tmp_path)
