"""The workbooks of the example, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.workbooks import dipsample
from xl_dipsample.privacy.key import passphrase


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a synthetic example that went through every step."""
    folder = tmp_path_factory.mktemp("example") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        for name in (passphrase.KEY_VARIABLE, passphrase.READING_VARIABLE):
            patch.delenv(name, raising=False)
        assert dipsample("demo", folder)[0] == 0
    return folder


@pytest.fixture(scope="session")
def workbooks(example: Path) -> dict[str, Path]:
    """The working workbook, the review workbook and the copy for the panel."""
    [release] = (example / "panel").glob("* release *.xlsx")
    return {
        "working": example / "work" / "working.xlsx",
        "review": example / "share" / "review.xlsx",
        "release": release,
    }
