"""Where the open workbook lies on this computer. SharePoint and OneDrive give Excel a web address instead."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.workbook.host import Ui
from xl_dipsample.workbook.hosts.excel import com


class SyncRoot(Protocol):
    """A library that is kept in step with a folder on this computer."""

    @property
    def url(self) -> str:
        """Its web address."""

    @property
    def folder(self) -> Path:
        """Its folder on this computer."""


class SyncedFolders(Protocol):
    """What Windows knows of synchronised libraries (`windows.Windows`)."""

    def sync_roots(self) -> Sequence[SyncRoot]:
        """Every library."""


def workbook_path(book: Any, ui: Ui, windows: SyncedFolders) -> Path:
    """The workbook's file on this computer; the person is asked when only a web address is known.

    Raises FileProblem when it was never saved or the answer is no such file, QuestionUnanswered.
    """
    said = com.full_name(book)
    if "://" in said:
        return _synced(said, windows.sync_roots()) or _asked(unquote(said.rpartition("/")[2]), ui)
    if "/" not in said and "\\" not in said:
        raise FileProblem(
            "never-saved",
            "This workbook has never been saved. Save it (File, Save As) in the folder where the sample's files"
            " belong, and try again.",
        )
    return Path(said)


def _synced(address: str, roots: Sequence[SyncRoot]) -> Path | None:
    """The file of a web address in a synchronised folder; None when no folder holds it."""
    whole = unquote(address)
    for root in sorted(roots, key=lambda one: -len(one.url)):
        start = unquote(root.url).rstrip("/") + "/"
        if whole.casefold().startswith(start.casefold()):
            found = root.folder.joinpath(*whole[len(start) :].split("/"))
            if found.is_file():
                return found
    return None


def _asked(name: str, ui: Ui) -> Path:
    """The file that the person names: itself, or its folder."""
    answer = ui.ask(
        f"Excel knows only the web address of {name}. In which folder of this computer does OneDrive keep it?",
        "--workbook",
    )
    path = Path(answer.strip().strip('"'))
    path = path / name if path.is_dir() else path
    if not path.is_file() or path.name.casefold() != name.casefold():
        raise FileProblem(
            "not-synchronised",
            f"{name} is not in that folder. In SharePoint press Sync (or Add shortcut to OneDrive), open the workbook"
            " from that folder, and try again.",
        )
    return path
