"""The tab "Dip-sampling" from the registry: its XML for Excel, and what its VBA knows of each button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args
from xml.sax.saxutils import quoteattr

from xl_dipsample import __version__
from xl_dipsample.actions.running.action import Action, Button, Group, Navigation, Subject
from xl_dipsample.actions.running.registry import EVERYTHING, WAYS
from xl_dipsample.domain.review import review_rules

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"  # Excel 2010 and later read it
TAB = "dip-sampling"
CALLBACK = "OnPress"
_WORKS_ON: dict[Subject, str] = {
    "working": "Works on the working workbook.",
    "review": "Works on the review workbook.",
    "any": "Works on any dip-sampling workbook.",
    None: "",
}


def buttons() -> list[tuple[Action | Navigation, Button]]:
    """Every entry of the registry that has a button, with its button, in the tab's order."""
    found = [(entry, entry.button) for entry in EVERYTHING if entry.button]
    order = get_args(Group)
    return sorted(found, key=lambda pair: order.index(pair[1].group))


def custom_ui() -> str:
    """The part customUI14.xml: one tab, a group for each group of the registry, a button for each entry."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f'<customUI xmlns="{NAMESPACE}">',
        "  <ribbon>",
        "    <tabs>",
        f'      <tab id="{TAB}" label="Dip-sampling">',
    ]
    for group in get_args(Group):
        inside = [(entry, button) for entry, button in buttons() if button.group == group]
        if inside:
            lines.append(f'        <group id="group-{group.lower()}" label={quoteattr(group)}>')
            lines += [f"          {_button(entry, button)}" for entry, button in inside]
            lines.append("        </group>")
    lines += ["      </tab>", "    </tabs>", "  </ribbon>", "</customUI>", ""]
    return "\n".join(lines)


def _button(entry: Action | Navigation, button: Button) -> str:
    attributes = {
        "id": entry.id,
        "label": entry.label,
        "size": "large",
        "imageMso": button.icon,
        "screentip": entry.label,
        "supertip": f"{entry.does} {_WORKS_ON[entry.subject]}".strip(),
        "onAction": CALLBACK,
    }
    return f"<button {' '.join(f'{name}={quoteattr(text)}' for name, text in attributes.items())}/>"


def buttons_bas() -> str:
    """The module Buttons: what the VBA has to know of the registry, so that a refusal needs no Python."""
    listed = buttons()
    by_subject = {kind: [e.id for e, _ in listed if e.subject == kind] for kind in ("working", "review", "any")}
    labels = {entry.label: [entry.id] for entry, _ in listed}
    return "\n".join(
        [
            'Attribute VB_Name = "Buttons"',
            "Option Explicit",
            "Option Private Module",
            "' Made from the list of actions when the add-in is built; do not change it by hand.",
            "",
            f'Public Const TOOL_VERSION = "{__version__}"',
            f'Public Const CHECK_COMPLETE = "{review_rules.COMPLETE}"',
            f'Public Const CHECK_LEFT = "{review_rules.LEFT}"',
            f'Public Const CHECK_NOT_COUNTED = "{review_rules.NO_ID}"',
            f'Public Const CHECK_MISSING = "{review_rules.MISSING}"',
            "",
            "' The way that a button goes down (1) or up (-1) the sheet Review; nothing when it is another's.",
            *_choice("WayOf", {str(way): [one] for one, way in WAYS.items()}, "Long"),
            "",
            "' The kind of workbook that a button works on; nothing when it makes one or needs none.",
            *_choice("SubjectOf", by_subject),
            "",
            "' What stands on a button.",
            *_choice("LabelOf", labels),
            "",
        ]
    )


def _choice(function: str, ids: Mapping[str, Sequence[str]], kind: str = "String") -> list[str]:
    """A VBA function that gives a text, or a number, for a button's id."""
    lines = [f"Public Function {function}(ByVal id As String) As {kind}", "    Select Case id"]
    for answer, which in ids.items():
        if which:
            quoted = ", ".join(f'"{one}"' for one in which)
            given = f'"{answer}"' if kind == "String" else answer
            lines.append(f"        Case {quoted}: {function} = {given}")
    return [*lines, "    End Select", "End Function"]
