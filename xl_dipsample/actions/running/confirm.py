"""A question before a step that a person may want to stop."""

from __future__ import annotations

from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.workbook.host import Ui

STOP = "Stop"


def confirm(ui: Ui, question: str, go_on: str, otherwise: str, problem: DipSampleError) -> None:
    """Ask whether to go on; raise `problem` unless the answer is `go_on`. `otherwise`: what to do with nobody there."""
    if ui.choose(question, (go_on, STOP), otherwise) != go_on:
        raise problem
