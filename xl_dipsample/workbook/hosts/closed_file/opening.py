"""What the hosts refuse before they touch a workbook, each with one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from xl_dipsample.domain.shared import version_records
from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.domain.shared.upgrade_steps import as_number
from xl_dipsample.exports import door, locked_files
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.hosts.closed_file.table_parts import TablePart
from xl_dipsample.workbook.specs import spec

NAMED_CELLS = ("kind", "spec_version", "sample_id", "sample_name")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_bytes(path: Path) -> bytes:
    """The file's bytes, seen at the door. Raises FileProblem when there are none, or no parser should see them."""
    if not path.exists():
        raise FileProblem("no-such-file", f"There is no file {path.name}. Check the name and the folder.")
    if not path.is_file():
        raise FileProblem("not-a-file", f"{path.name} is not a file. Choose the workbook itself.")
    try:
        data = path.read_bytes()
    except PermissionError as error:
        raise FileProblem(
            "cannot-read", f"{path.name} cannot be read: somebody has it open, or you may not. Close it and try again."
        ) from error
    except OSError as error:
        raise FileProblem("cannot-read", f"{path.name} cannot be read. Check the drive and try again.") from error
    _check_container(path, data)
    door.check(data, path.name)
    return data


def _check_container(path: Path, data: bytes) -> None:
    if not data:
        raise FileProblem("empty-file", f"{path.name} is empty. Use an earlier copy of it.")
    if data.startswith(_OLE):
        refusal = locked_files.in_bytes(data)
        if refusal is not None:
            raise _locked(path, refusal)
        raise FileProblem(
            "old-format",
            f"{path.name} is in an old Excel format. Open it in Excel and save it as an Excel Workbook (.xlsx).",
        )
    if not data.startswith(b"PK"):
        raise FileProblem(
            "not-a-workbook", f"{path.name} is not an Excel workbook (.xlsx). Choose the workbook itself."
        )


def _locked(path: Path, refusal: FileProblem) -> FileProblem:
    """The refusal of a workbook that is locked; its lock stays on, and Excel opens it for who may."""
    lock = "has a password" if refusal.code == "password" else "is encrypted by a sensitivity label or rights"
    return FileProblem(
        refusal.code,
        f"{path.name} {lock}, as a key or a reading list may be: choose the workbook itself. If it is the workbook,"
        " leave it so: somebody who may opens it in Excel, and presses the button there or at the desk.",
    )


def refuse_when_open(path: Path) -> None:
    """Raise FileProblem when Excel or LibreOffice has the workbook open."""
    for lock in (f"~${path.name}", f".~lock.{path.name}#"):
        if (path.parent / lock).exists():
            raise FileProblem(
                "open-elsewhere",
                f"{path.name} is open in Excel or LibreOffice, perhaps on another computer. Close it there. If nobody"
                f" has it open, delete the file {lock} beside it.",
            )


def stamp(path: Path) -> tuple[int, int]:
    """What changes when somebody saves the file."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def not_ours(path: Path) -> WorkbookProblem:
    """The refusal of a workbook that is somebody else's."""
    return WorkbookProblem(
        "not-ours", f"{path.name} is not a dip-sampling workbook. Choose one that the action New dip-sample made."
    )


class Opened(Host, Protocol):
    """A host that knows where its tables stand."""

    def part(self, name: str) -> TablePart:
        """Where a table stands. Raises WorkbookProblem when it is not there."""


def no_such_table(name: str) -> WorkbookProblem:
    """The refusal when a table is not there."""
    return WorkbookProblem(
        "no-such-table",
        f"The table {name} is gone from the workbook or has another name. Put it back, or use an earlier copy.",
    )


def no_such_name(name: str) -> WorkbookProblem:
    """The refusal when a named cell is not there."""
    return WorkbookProblem(
        "no-such-name", f"The named cell {name} is gone from the workbook. Use an earlier copy of the workbook."
    )


def check_ours(host: Opened) -> None:
    """Raise WorkbookProblem when the workbook is not ours, newer than us, or a table or heading is gone.

    Which tables and headings there must be, the workbook's own version says: what that did not have yet, nobody has
    taken away.
    """
    try:
        values = [host.read_value(name) for name in NAMED_CELLS]
    except WorkbookProblem as error:
        raise not_ours(host.path) from error
    kind = host.kind
    if as_number(values[1]) > as_number(spec.SPEC_VERSION):
        raise WorkbookProblem(
            "newer-workbook",
            f"{host.path.name} was made with a newer version of this tool. Update the tool, and try again.",
        )
    if kind == "release":
        return
    if is_older(values[1]):
        _check_older(host, values[1])
        return
    if kind == "second":  # it has few of the review workbook's tables, and is only read
        _check_table(host, spec.table("review", "Review").without_staying)
        return
    for sheet in spec.sheets(kind):
        for table in sheet.tables:
            if not (sheet.when_filled and table.name not in host.tables()):
                _check_table(host, table)


def is_older(version: object) -> bool:
    """Whether a workbook's spec version is below the one that this tool makes."""
    return as_number(version) < as_number(spec.SPEC_VERSION)


def _check_older(host: Opened, version: object) -> None:
    """The same for an older workbook, by the record of its version; nothing where there is no record."""
    record = version_records.recorded(version)
    if record is None or host.kind not in record.tables:
        return
    for name, headings in record.tables[host.kind].items():
        if name in host.tables():
            _check_headings(host.part(name), headings)
        elif name not in record.when_filled:
            raise _table_gone(name, "")


def _check_table(host: Opened, table: spec.Table) -> None:
    if table.name not in host.tables():
        raise _table_gone(table.name, f"On the sheet {table.sheet} the")
    _check_headings(host.part(table.name), table.headings)


def _table_gone(name: str, where: str) -> WorkbookProblem:
    return WorkbookProblem(
        "table-gone",
        f"{where or 'The'} table {name} is gone or has another name. Name it {name} again"
        " (Table Design, Table Name), or use an earlier copy of the workbook.",
    )


def _check_headings(part: TablePart, headings: Iterable[str]) -> None:
    for heading in headings:
        if heading not in part.headings:
            raise WorkbookProblem(
                "heading-gone",
                f"On the sheet {part.sheet} the table {part.name} has no column {heading} any more. Put its heading"
                " back, or use an earlier copy of the workbook.",
            )
