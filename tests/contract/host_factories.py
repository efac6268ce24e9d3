"""The hosts that the contract is run against: each factory opens a workbook, and opens it anew from the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from xl_dipsample.workbook.filehost import FileHost
from xl_dipsample.workbook.host import Host


class Quiet:
    """Nobody is there to answer; what was told is kept."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def tell(self, text: str) -> None:
        self.told.append(text)

    def ask(self, question: str, option: str) -> str:
        raise AssertionError(question)

    def ask_secret(self, question: str, option: str) -> str:
        raise AssertionError(question)

    def choose(self, question: str, choices: Sequence[str], option: str) -> str:
        raise AssertionError(question)

    def progress(self, text: str, share: float | None = None) -> None:
        pass


def file_host(path: Path) -> Host:
    return FileHost.open(path, Quiet())


Factory = Callable[[Path], Host]
FACTORIES: dict[str, Factory] = {"FileHost": file_host}
