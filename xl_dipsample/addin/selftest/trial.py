"""What every step of the self-test is given: the program, a folder, and answers to the questions that are asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from xl_dipsample.addin.installing.computer import ADDIN_NAME
from xl_dipsample.addin.selftest.contract import expect
from xl_dipsample.addin.selftest.contract.live_program import LiveProgram
from xl_dipsample.addin.selftest.contract.nobody import NobodyThere
from xl_dipsample.domain.shared import reference
from xl_dipsample.files.windows import Windows
from xl_dipsample.privacy.key import passphrase
from xl_dipsample.workbook.host import Host


class _Answers(NobodyThere):
    """Answers the one question of the steps: the passphrase, made for this run and never shown."""

    def __init__(self) -> None:
        super().__init__()
        self._passphrase = passphrase.offer()

    def ask_secret(self, question: str, option: str) -> str:
        """The passphrase."""
        del question, option
        return self._passphrase


@dataclass
class Trial:
    """`folder` is ours alone; `workbooks` holds what the steps made so far."""

    program: LiveProgram
    folder: Path
    windows: Windows
    ui: _Answers = field(default_factory=_Answers)
    workbooks: dict[str, Path] = field(default_factory=dict)

    def made(self, name: str) -> Path:
        """A workbook of an earlier step. Raises NotTried when that step failed."""
        if name not in self.workbooks:
            raise expect.NotTried("An earlier step failed, and this one needs what it makes.")
        return self.workbooks[name]

    def addin(self, name: str = ADDIN_NAME) -> Path:
        """The installed add-in; the package's own when there is none. Raises NotTried where no VBA can run."""
        if not self.windows.is_windows():
            raise expect.NotTried("The add-in's code runs in Excel on Windows alone.")
        places = [folder / name for folder in self.windows.startup_folders()]
        return next((path for path in places if path.is_file()), reference.template_folder() / name)

    def is_installed(self, *, functions: bool = False) -> bool:
        """Whether the ribbon is installed for this person, and the worksheet functions if these are asked for."""
        from xl_dipsample.addin.installing import install_record

        record = install_record.read(self.windows)
        return record is not None and (bool(record.functions) or not functions)

    def host(self, path: Path) -> Host:
        """The workbook, open in the program, asking our answers."""
        return self.program.host_of(self.program.book(path), self.ui)
