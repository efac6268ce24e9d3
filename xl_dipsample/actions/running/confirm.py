"""Questions of Yes and No: before a step that a person may want to stop, and whether something more is wanted."""

from __future__ import annotations

from xl_dipsample.domain.shared.errors import DipSampleError, QuestionUnanswered
from xl_dipsample.workbook.host import Ui

STOP = "Stop"
YES, NO = "Yes", "No"


def confirm(ui: Ui, question: str, go_on: str, otherwise: str, problem: DipSampleError) -> None:
    """Ask whether to go on; raise `problem` unless the answer is `go_on`. `otherwise`: what to do with nobody there."""
    if ui.choose(question, (go_on, STOP), otherwise) != go_on:
        raise problem


def wanted(ui: Ui, question: str, option: str) -> bool:
    """Whether a person wants it; nobody there does not. `option`: what says so beforehand."""
    try:
        return ui.choose(question, (NO, YES), option) == YES
    except QuestionUnanswered:
        return False
