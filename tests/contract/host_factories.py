"""The hosts that the contract is run against: each makes a bench in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import xlwings as xw

from tests.engines.calc import CALLS
from tests.silent_ui import SilentUi
from xl_dipsample.addin.selftest.contract.bench import Bench
from xl_dipsample.addin.selftest.contract.live_program import LiveProgram
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost


def open_file_host(path: Path) -> Host:
    return FileHost.open(path, SilentUi())


@contextmanager
def file_host(folder: Path) -> Iterator[Bench]:
    """FileHost: a closed file."""
    yield Bench(folder, open_file_host)


@contextmanager
def excel_host(folder: Path, app: xw.App) -> Iterator[Bench]:
    """ExcelHost: the workbook open in a live spreadsheet program."""
    program = LiveProgram(app, ExcelHost.of, lambda: CALLS.total)
    try:
        yield Bench(folder, program.opened, program)
    finally:
        program.close_all()


Closed = Callable[[Path], AbstractContextManager[Bench]]
Live = Callable[[Path, xw.App], AbstractContextManager[Bench]]
FACTORIES: dict[str, Closed] = {"FileHost": file_host}
LIVE_FACTORIES: dict[str, Live] = {"ExcelHost": excel_host}
