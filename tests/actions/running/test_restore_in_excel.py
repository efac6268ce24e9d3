"""Undo last step on the workbook that is open: a live spreadsheet program, the same runner, the same result."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from tests.actions.workbooks import row, working_workbook
from tests.engines.fixtures import calc, office
from tests.silent_ui import SilentUi
from xl_dipsample.actions.narrow import NarrowOptions
from xl_dipsample.actions.restore import RestoreOptions
from xl_dipsample.actions.running import registry, snapshots
from xl_dipsample.actions.running.runner import run_on_host
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

__all__ = ["calc", "office"]
ROWS = [row(1), row(2, DOB="01/01/2015"), row(3)]


def shown(host: Host) -> dict[str, list[list[object]]]:
    return {name: host.read_table(name).to_numpy().tolist() for name in host.tables() if name != "Audit"}


@pytest.mark.office
def test_in_an_open_workbook_undo_puts_back_what_stood_on_screen(tmp_path: Path, calc: xw.App) -> None:
    """Also what was typed and not yet saved when the step was started."""
    path = working_workbook(tmp_path / "with space", ROWS)
    book = calc.books.open(str(path))
    try:
        host = ExcelHost.of(book, SilentUi())
        focus = host.read_table("Focus")
        focus.loc[focus["Setting"] == "Main question", "Value"] = "Typed, and not saved"
        host.write_table("Focus", focus)
        before = shown(ExcelHost.of(book, SilentUi()))

        def press(action: str, options: object) -> Result:
            return run_on_host(registry.action(action), ExcelHost.of(book, SilentUi()), options)

        press("narrow", NarrowOptions())
        assert shown(ExcelHost.of(book, SilentUi())) != before
        told = press("restore", RestoreOptions())
        assert told.ok
        assert shown(ExcelHost.of(book, SilentUi())) == before
        assert list(ExcelHost.of(book, SilentUi()).read_table("Audit")["Action"])[-1] == "Undo last step"
        press("restore", RestoreOptions(to=1))
        assert len(ExcelHost.of(book, SilentUi()).read_table("CaseCheck")) == 2
    finally:
        book.close()
    saved = FileHost.open(path, SilentUi(), read_only=True)
    assert len(saved.read_table("CaseCheck")) == 2
    assert [one.action for one in snapshots.list_of(saved)] == ["restore", "restore", "narrow", "import"]
    assert not list(path.parent.rglob(".dipsample-*"))
