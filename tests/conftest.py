"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def _nothing_of_this_user_is_touched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Copies for Undo, logs and remembered places go to a folder of the tests, also from programs that they start."""
    home: Path = tmp_path_factory.mktemp("local data")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home / name))
        yield
