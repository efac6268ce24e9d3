"""An action on an older workbook: it is renewed first, and keeps its name and everything that people typed.

A closed file is renewed in memory, and put in place together with what the action did: a refusal leaves the old file
as it was. An open workbook is saved, closed, renewed and opened again, since an open file is never swapped. Either way
the old file lies among the snapshots: beside a working workbook, in the user's local data of a review workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from xl_dipsample.actions.parts.choose_sheet import ordinal
from xl_dipsample.actions.running import snapshots
from xl_dipsample.actions.running.confirm import confirm
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.domain.shared.upgrade_steps import as_number
from xl_dipsample.files import locks
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.hosts.closed_file import opening
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec

if TYPE_CHECKING:
    from xl_dipsample.workbook.upgrading.renewed_workbook import Renewed

ACTION, LABEL = "upgrade", "Upgrade"  # how the snapshots and Audit call it
GO_ON = "Renew it now"


@runtime_checkable
class OpenInExcel(Protocol):
    """A host whose workbook can be closed for a moment."""

    def while_closed(self, work: Callable[[], None]) -> None:
        """Save and close the workbook, do the work, and open it again."""


@dataclass
class Upgrade:
    """What happens to one workbook before an action; nothing when it is of this version."""

    host: Host
    version: object
    is_needed: bool
    renewed: Renewed | None = None
    kept: snapshots.Snapshot | None = None  # of the old workbook, when it was renewed before the action
    only_read: bool = False

    def in_memory(self, *, only_read: bool = False) -> None:
        """Renew a closed workbook, to be saved with what the action does. Raises WorkbookProblem, FileProblem."""
        if self.is_needed and self.renewed is None:
            self.only_read = only_read
            host = cast(FileHost, self.host)
            self.renewed = _renew(host, host, self.version)

    def say(self, result: Result, taken: snapshots.Snapshot) -> None:
        """Tell what happened; `taken`: the snapshot from before the action."""
        if self.renewed is None or self.only_read:
            return
        name, kept = self.host.path.name, self.kept or taken
        result.figures["upgraded_from"] = _whole(self.version)
        result.say(
            "note",
            "upgraded",
            f"{name} was made with an older version of this tool. It was renewed, and everything that was typed in "
            f"its tables is there. The old one, with notes and cells beside the tables, is kept as {kept.path.name}, "
            f"for {snapshots.undo_label()}.",
        )
        result.files.append(str(kept.path))
        if self.renewed.own_sheets:
            which = ", ".join(f"the {ordinal(number)}" for number in self.renewed.own_sheets)
            result.say(
                "warning",
                "sheets-not-carried",
                f"Sheets that people added did not come along; they are in the old one only: {which} sheet.",
            )
        if self.renewed.own_formulas:
            result.say(
                "warning",
                "formulas-now-values",
                f"Columns of people's own with formulas: {self.renewed.own_formulas}. Their values stand there now; "
                "the formulas are in the old one.",
            )


@contextmanager
def of(host: Host) -> Iterator[Upgrade]:
    """Hold the lock of an older workbook inside the block, and renew it at once when it is open in Excel.

    Raises PrivacyProblem when somebody else holds the lock; WorkbookProblem when a person who was asked said no, or
    when the workbook cannot be renewed: then nothing was changed.
    """
    version = host.read_value("spec_version")
    upgrade = Upgrade(host, version, opening.is_older(version) and host.kind in spec.KINDS)
    with locks.held(host.path) if upgrade.is_needed else nullcontext():
        if upgrade.is_needed and isinstance(host, OpenInExcel):
            _renew_open(upgrade, host)
        yield upgrade


def _renew_open(upgrade: Upgrade, excel: OpenInExcel) -> None:
    """Save, close, renew and open again. Raises WorkbookProblem."""
    host = upgrade.host
    path = host.path
    question = (
        f"{path.name} was made with an older version of this tool. It has to be saved, closed, renewed and opened "
        "again; everything that was typed stays. Renew it now"
    )
    problem = WorkbookProblem(
        "older-workbook",
        f"{path.name} was made with an older version of this tool and has to be renewed first. Press the button again "
        "when it may be closed and opened for that.",
    )
    confirm(host.ui, question, GO_ON, "close it, and start the step on the closed file", problem)

    upgrade.kept = snapshots.take(host, ACTION)  # as it stands on the screen, saved or not

    def work() -> None:
        closed = FileHost.open(path, host.ui)
        made = _renew(closed, FileHost.open(kept.path, host.ui, read_only=True), upgrade.version)
        closed.save()
        upgrade.renewed = made

    kept = upgrade.kept
    try:
        excel.while_closed(work)
    except BaseException:
        if upgrade.renewed is None:  # what lies on the disk is still the old one
            snapshots.discard(kept)
        raise
    snapshots.keep(kept)


def _renew(host: FileHost, older: FileHost, version: object) -> Renewed:
    """Put the workbook that `older` holds, renewed and with a row on Audit, in the host."""
    from xl_dipsample.actions.running.marks import with_labelled_row
    from xl_dipsample.workbook.specs import defaults
    from xl_dipsample.workbook.upgrading import renewed_workbook

    host.ui.progress("Renewing the workbook, which an older version of this tool made")
    made = renewed_workbook.renewed(older)
    audit = made.tables.get("Audit", defaults.default(spec.table(made.kind, "Audit")))
    figures = {"from_version": _whole(version), "to_version": _whole(spec.SPEC_VERSION)}
    audit = with_labelled_row(audit, _initials(made), LABEL, figures, with_names=made.kind == "working")
    made = replace(made, tables={**made.tables, "Audit": audit})
    host.replace_whole(made.built())
    return made


def _initials(made: Renewed) -> str | None:
    focus = made.tables["Focus"]
    return next((trimmed(cell) for cell in focus.loc[focus["Setting"] == "Initials", "Value"]), "") or None


def _whole(version: object) -> int:
    """A version as Audit shows it."""
    return as_number(version)[0]
