"""Drop-downs and input prompts: what Excel offers and says when somebody selects a cell."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xl_dipsample.workbook.specs import spec

TITLE_LENGTH, PROMPT_LENGTH, ERROR_LENGTH = 32, 255, 224
LAST_ROW = 1_048_575  # a table may grow down to the last row of the sheet, counted from 0


def rule(column: spec.Column, *, prompt: bool = True) -> dict[str, Any] | None:
    """The data validation for a column, in XlsxWriter's words; None when there is nothing to offer or to say."""
    made = _accepted(column)
    if prompt and column.help:
        made["input_title"] = shortened(column.heading, TITLE_LENGTH)
        made["input_message"] = shortened(column.help, PROMPT_LENGTH)
    if made == {"validate": "any"}:
        return None
    return made


def _accepted(column: spec.Column) -> dict[str, Any]:
    """What the cell takes. A closed list stops people, and so does a column that stays; everything else warns."""
    if column.list:
        return {
            "validate": "list",
            "source": f"=list_{column.list}",
            "error_type": "warning" if column.loose else "stop",
            "error_title": shortened(column.heading, TITLE_LENGTH),
            "error_message": shortened(_list_error(column), ERROR_LENGTH),
        }
    if column.type in ("date", "datetime"):
        no_date = "This is not a date. Type it as day/month/year, such as 07/11/2025."
        return {
            "validate": "date",
            "criteria": ">=",
            "value": dt.date(1901, 1, 1),
            "error_type": "stop" if column.stays else "warning",
            "error_title": shortened(column.heading, TITLE_LENGTH),
            "error_message": no_date if column.stays else f"{no_date} Keep it as it is?",
        }
    if column.letters:
        return {
            "validate": "length",
            "criteria": "between",
            "minimum": 1,
            "maximum": column.letters,
            "error_type": "stop",
            "error_title": shortened(column.heading, TITLE_LENGTH),
            "error_message": f"Initials alone, of {column.letters} letters at most. What happened belongs on the "
            "child's file.",
        }
    if column.type in ("whole", "number"):
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1_000_000_000,
            "maximum": 1_000_000_000,
            "error_type": "warning",
            "error_title": shortened(column.heading, TITLE_LENGTH),
            "error_message": "This is not a number. Keep it as it is?",
        }
    return {"validate": "any"}


def _list_error(column: spec.Column) -> str:
    if column.loose:
        return "This is not on the list. Own words are allowed here. Keep them?"
    return "This is not on the list. Choose one of the words that the arrow beside the cell offers."


def several(column: spec.Column) -> dict[str, Any]:
    """The rule for a question with several answers: the list is offered, and any text is taken."""
    made = rule(column) or {}
    return {**made, "show_error": False}


def shortened(text: str, length: int) -> str:
    """The text, cut with an ellipsis where Excel would refuse it.

    >>> shortened("Reason for social care involvement (extract)", 32)
    'Reason for social care involvem…'
    """
    return text if len(text) <= length else text[: length - 1] + "…"
