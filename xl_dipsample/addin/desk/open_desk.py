"""Open the desk from the command line; the Start menu and the ribbon start it by entry_of_desk.py."""

from __future__ import annotations

from xl_dipsample.actions.running.action import action
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Ui


@action(
    "desk",
    "Open the desk",
    "Opens the window that has every button and drives the Excel that is open. Needs no macro.",
    place=195,
)
class DeskOptions:
    """The desk asks nothing before it is open."""


def run(ui: Ui, options: DeskOptions) -> Result:  # noqa: ARG001 - every action has the same shape
    """Show the desk until the person closes it; a second one brings the first to the front."""
    from xl_dipsample.addin.desk import entry_of_desk

    entry_of_desk.main([])
    return Result("desk")
