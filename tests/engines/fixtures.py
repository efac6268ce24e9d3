"""Fixtures for tests that need a live LibreOffice: import `office` and `calc` into the conftest.py of a folder.

A test that uses them is marked `@pytest.mark.office`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import xlwings as xw

from tests.engines.calc import CannotRun, Office, calc_app
from tests.engines.office import shared


@pytest.fixture(scope="session")
def office() -> Office:
    """One LibreOffice for all tests of this process."""
    try:
        return shared()
    except CannotRun as reason:
        pytest.fail(f"The office tests cannot run: {reason}", pytrace=False)


@pytest.fixture
def calc(office: Office) -> Iterator[xw.App]:
    """An app without workbooks, all settings as after a start."""
    with calc_app(office) as app:
        yield app
