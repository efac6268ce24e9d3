"""What a press showed in the end: one message that can be read at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from xl_dipsample.actions.running.action import Action
from xl_dipsample.addin.press.said_in_excel import in_excel
from xl_dipsample.domain.shared.result import Level, Message, Result

LINES = 12  # of messages; the rest is counted
OFTEN = 3  # what is said more often than this is a list of details: it comes after what is said once
FILES = 6
IMPORTANT: tuple[Level, ...] = ("error", "warning", "note")
OPENED_BY_THE_RIBBON = "open-next"  # the code of what only somebody at a terminal is told: to open the workbook
BEGINNINGS = {"error": "Error: ", "warning": "Please look: ", "note": ""}


def words(action: Action, result: Result, next_step: str = "") -> str:
    """The message: what was done, errors and warnings before notes, files, and what comes next.

    '' when there is nothing to say that the action has not said itself. `next_step`: a step's label, or ''.
    """
    if not (result.messages or result.files):
        return ""
    messages = [one for one in result.messages if one.code != OPENED_BY_THE_RIBBON]
    state = "done." if result.ok else "done, and it needs you:"
    parts = [f"{action.label}: {state}", "\n".join(_lines(messages)), _files(result.files)]
    if next_step:
        parts.append(f"Next: {next_step}.")
    return "\n\n".join(part for part in parts if part)


def _lines(messages: Sequence[Message]) -> list[str]:
    codes = [one.code for one in messages]
    ordered = sorted(messages, key=lambda one: (IMPORTANT.index(one.level), codes.count(one.code) > OFTEN))
    shown = ordered if len(ordered) <= LINES else ordered[: LINES - 1]
    lines = [f"• {BEGINNINGS[one.level]}{in_excel(one.text)}{_place(one)}" for one in shown]
    rest = ordered[len(shown) :]
    if rest:
        lines.append(f"and {_counted(rest)}.")
    return lines


def _place(message: Message) -> str:
    place = ", ".join(
        part for part in (message.sheet and f"sheet {message.sheet}", message.excel_row, message.column) if part
    )
    return f" ({place})" if place else ""


def _counted(rest: Sequence[Message]) -> str:
    """How many more, sheet by sheet.

    >>> _counted([Message("note", "a", "A.", sheet="Funnel"), Message("note", "b", "B.", sheet="Funnel")])
    '2 more on sheet Funnel'
    """
    sheets = [one.sheet for one in rest]
    parts = [
        f"{sheets.count(name)} more" + (f" on sheet {name}" if name else "")
        for name in dict.fromkeys(sorted(sheets, key=lambda one: one is None))
    ]
    return ", ".join(parts)


def _files(files: Sequence[str]) -> str:
    if not files:
        return ""
    shown = files if len(files) <= FILES else files[: FILES - 1]
    more = [f"and {len(files) - len(shown)} more beside them"] if len(shown) < len(files) else []
    return "\n".join(["Files written:" if len(files) > 1 else "File written:", *shown, *more])
