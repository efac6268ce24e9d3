"""What the tests of privacy share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def local_data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's local data is a folder of this test, so that its wrong passphrases are not counted for the next."""
    folder = tmp_path_factory.mktemp("local data")
    monkeypatch.setenv("LOCALAPPDATA", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder
