"""What an entry of the registry says of an action: its command, its arguments, its button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from xl_dipsample.domain.shared.result import Result

Subject = Literal["working", "review", "any", None]
Ask = Literal["", "open", "save", "folder", "text", "yes"]
Group = Literal["Sample", "Privacy", "Review", "Analyse", "Help"]


@dataclass(frozen=True)
class Argument:
    """One argument or option of a command; `field` is its name in the action's options.

    `ask`: the window in which Excel asks for it, with `question` as its title; '' when a button does not ask.
    """

    field: str
    help: str
    flag: str = ""  # "--sheet"; '' for an argument that stands by itself
    kind: Literal["path", "text", "yes", "number"] = "text"
    many: bool = False
    required: bool = True
    ask: Ask = ""
    question: str = ""


@dataclass(frozen=True)
class Button:
    """Where a button stands on the ribbon's tab; `icon` is the name of one of Office's own pictures (imageMso)."""

    group: Group
    icon: str


@dataclass(frozen=True)
class Navigation:
    """A button that moves the cursor and starts no Python; `subject`: the kind of workbook that it needs."""

    id: str
    label: str
    does: str
    button: Button
    subject: Subject


@dataclass(frozen=True)
class Action:
    """One action.

    `subject`: the kind of workbook that it works on ("any": one of ours); None when it makes one or needs none.
    `module`: where its function `run` is, below xl_dipsample. `button`: None when the command line alone has it.
    """

    id: str
    label: str
    does: str
    module: str
    options: str
    subject: Subject
    arguments: tuple[Argument, ...] = ()
    step: bool = True
    button: Button | None = None

    def load(self) -> Callable[[Any, Any], Result]:
        """The action's function `run(host or ui, options)`."""
        function: Callable[[Any, Any], Result] = import_module(f"xl_dipsample.{self.module}").run
        return function

    def make_options(self, given: dict[str, Any]) -> Any:
        """The action's own options from what was given on the command line or in Excel."""
        return getattr(import_module(f"xl_dipsample.{self.module}"), self.options)(**given)


def option(
    flag: str,
    help_text: str,
    kind: Literal["path", "text", "yes", "number"] = "path",
    field: str = "",
    **asked: Any,
) -> Argument:
    """An option that may be left out; `asked`: `ask` and `question`."""
    name = field or flag.removeprefix("--").replace("-", "_")
    return Argument(name, help_text, flag, kind, required=False, **asked)
