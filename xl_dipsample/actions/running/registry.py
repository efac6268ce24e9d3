"""The list of actions, as `make templates` wrote it down from what each action says of itself.

Nothing here imports an action: a command or a button loads only the one it needs. Ribbon and desk have the buttons in
the order of `EVERYTHING`, group by group: who reviews presses Next case all day, so it stands first.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from xl_dipsample.actions.running.action import Action, Argument, Button, Navigation

UNDO = "restore"  # the action that puts a copy back
LISTED = Path(__file__).with_name("actions.json")


def _action(said: dict[str, Any]) -> Action:
    button = said.pop("button", None)
    arguments = tuple(_argument(one) for one in said.pop("arguments", ()))
    return Action(**said, button=Button(**button) if button else None, arguments=arguments)


def _argument(said: dict[str, Any]) -> Argument:
    choices = tuple((value, words) for value, words in said.pop("choices", ()))
    return Argument(**said, choices=choices)


ACTIONS: tuple[Action, ...] = tuple(_action(one) for one in json.loads(LISTED.read_text(encoding="utf-8")))

NAVIGATION: tuple[Navigation, ...] = (
    Navigation(
        "next-case",
        "Next case",
        "Goes to the next case on Review that is not complete. Changes nothing.",
        Button("Review", "PageNext"),
        "review",
    ),
    Navigation(
        "previous-case",
        "Previous case",
        "Goes back to the case before on Review that is not complete. Changes nothing.",
        Button("Review", "PagePrevious"),
        "review",
    ),
)
WAYS = {"next-case": 1, "previous-case": -1}  # of a navigation: down or up the sheet Review
EVERYTHING: tuple[Action | Navigation, ...] = (*NAVIGATION, *ACTIONS)


def action(name: str) -> Action:
    """The action of that id. Raises KeyError."""
    for one in ACTIONS:
        if one.id == name:
            return one
    raise KeyError(name)
