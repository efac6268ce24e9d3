"""Writes down what each action says of itself: `python -m xl_dipsample.building.action_list`.

The list that commands and buttons read (actions/running/actions.json), and the tables in README and the user guide.
Every action is imported for it, which no command and no press does.
"""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, Field, asdict, fields, replace
from importlib import import_module
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from xl_dipsample import actions, addin
from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.action import DECLARED, DECLARED_ON, Action, Argument, Group, Kind, Navigation
from xl_dipsample.domain.shared import reference

_KINDS: dict[type, Kind] = {Path: "path", str: "text", bool: "yes", int: "number"}
_WORKBOOKS = {"review": "REVIEW", "working": "WORKBOOK", "any": "WORKBOOK"}
_MADE = "<!-- The list of {}: made by make templates from what each action says of itself. -->"
_END = "<!-- The end of that list. -->"


def declared() -> list[Action]:
    """Every action that a module below actions/ or addin/ declares, in the order of their places."""
    return sorted(_found(), key=lambda one: one.place)


def _found() -> Iterator[Action]:
    for package in (actions, addin):
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = import_module(one.name)
            for options in vars(module).values():
                said = getattr(options, DECLARED_ON, None) if isinstance(options, type) else None
                if said is not None and options.__module__ == module.__name__:
                    yield replace(said, arguments=_arguments(options))


def _arguments(options: Any) -> tuple[Argument, ...]:
    types = get_type_hints(options)
    return tuple(_argument(one, types[one.name]) for one in fields(options) if DECLARED in one.metadata)


def _argument(one: Field[Any], typed: Any) -> Argument:
    """What kind of argument it is, from the type of its field: `Path | None`, `tuple[str, ...]`, `bool`."""
    inner, *_ = [part for part in get_args(typed) if part is not NoneType] or [typed]
    said = dict(one.metadata[DECLARED])
    if "flag" in said and said["flag"] is None:
        said["flag"] = f"--{one.name.replace('_', '-')}"
    several = get_origin(typed)
    many = isinstance(several, type) and issubclass(several, Sequence)
    return Argument(one.name, kind=_KINDS[inner], many=many, required=one.default is MISSING, **said)


def listed() -> str:
    """The list as a file; what says no more than the default is left out."""
    return json.dumps([_shortened(one) for one in declared()], indent=1, ensure_ascii=False) + "\n"


def _shortened(one: Action) -> dict[str, Any]:
    said = _said(one)
    if one.arguments:
        said["arguments"] = [_said(argument) for argument in one.arguments]
    return said


def _said(one: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if value != _DEFAULTS[type(one)].get(name, MISSING)}


_DEFAULTS = {kind: {one.name: one.default for one in fields(kind)} for kind in (Action, Argument)}


def command(one: Action) -> str:
    """What is typed, without the options that may be left out.

    >>> command(registry.action("release"))
    'dipsample release REVIEW --key KEY --to FOLDER'
    >>> command(registry.action("lookup"))
    'dipsample lookup KEY [UNIQUE_ID]'
    """
    subject = [_WORKBOOKS[one.subject]] if one.subject else []
    typed = [_typed(each) for each in one.arguments if each.required or not each.flag]
    either = [" or ".join(_typed(each) for each in one.arguments if each.answer)] if one.either else []
    return " ".join(["dipsample", one.id, *subject, *typed, *either])


def _typed(one: Argument) -> str:
    value = "FOLDER" if one.ask == "folder" else one.field.upper()
    value = value if one.required or one.flag else f"[{value}]"
    return f"{one.flag} {value}".strip() + ("..." if one.many else "")


def commands_table() -> str:
    """The table of README: every command, and what it does."""
    rows = [f"| {one.label} | `{command(one)}` | {one.does} |" for one in declared()]
    return "\n".join(["| action | command | what it does |", "|---|---|---|", *rows])


def buttons_table() -> str:
    """The table of the user guide: every button in its group, and what has none."""
    everything: list[Action | Navigation] = [*registry.NAVIGATION, *declared()]
    shown = [one for one in everything if one.button]
    rows = [
        f"| {group} | {', '.join(one.label for one in shown if one.button and one.button.group == group)} |"
        for group in get_args(Group)
    ]
    without = ", ".join(one.label for one in declared() if not one.button)
    return "\n".join(["| group | buttons |", "|---|---|", *rows, "", f"On the command line alone: {without}."])


PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "README.md": ("commands", commands_table),
    "docs/user_guide.md": ("buttons", buttons_table),
}


def with_table(page: str, what: str, table: str) -> str:
    r"""A page with its list renewed, between the two marks.

    >>> with_table(f"Before\n{_MADE.format('cats')}\nold\n{_END}\nafter", "cats", "| Tom |").splitlines()[2:5]
    ['', '| Tom |', '']
    """
    begin = _MADE.format(what)
    inside = re.compile(f"{re.escape(begin)}.*?{re.escape(_END)}", re.DOTALL)
    return inside.sub(lambda _: f"{begin}\n\n{table}\n\n{_END}", page)


def write_lists() -> None:
    """The list and both tables."""
    registry.LISTED.write_text(listed(), encoding="utf-8", newline="\n")
    root = reference.template_folder().parent
    for name, (what, table) in PAGES.items():
        page = root / name
        page.write_text(with_table(page.read_text(encoding="utf-8"), what, table()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_lists()
