"""The hosts that the contract is run against: each factory opens a workbook, and opens it anew from the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.silent_ui import SilentUi
from xl_dipsample.workbook.filehost import FileHost
from xl_dipsample.workbook.host import Host


def file_host(path: Path) -> Host:
    return FileHost.open(path, SilentUi())


Factory = Callable[[Path], Host]
FACTORIES: dict[str, Factory] = {"FileHost": file_host}
