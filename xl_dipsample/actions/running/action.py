"""What an action says of itself, once: beside its function `run`, on the class of its options.

    @action("narrow", "Narrow down", "Runs the funnel ...", place=40, subject="working", step=True,
            button=Button("Sample", "Filter"))
    class NarrowOptions: ...

The command, the button, the questions in Excel and the lists in the guide follow from it. It is read once, when
`make templates` writes the list of actions; a press reads that list and loads the one action that it starts
(docs/decisions/0016-each-action-says-what-it-is.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field
from importlib import import_module
from typing import Any, Literal, TypeVar, dataclass_transform

from xl_dipsample.domain.shared.result import Result

Subject = Literal["working", "review", "any", None]
Ask = Literal[
    "", "open", "main", "others", "their rows", "save", "folder", "text", "yes", "added", "one", "tick", "instead",
    "ours", "screen", "copy",
]  # fmt: skip
Files = Literal["workbook", "export", "document"]
Group = Literal["Sample", "Privacy", "Review", "Analyse", "Help"]
Opens = Literal["", "first", "last"]
Kind = Literal["path", "text", "yes", "number"]

FIRST_LINE = "a file whose first line is the key's passphrase"
DECLARED = "argument"  # where a field of an action's options keeps what it says of itself
DECLARED_ON = "ACTION"  # and the class, what the action says of itself
_T = TypeVar("_T")


@dataclass(frozen=True)
class Argument:
    """One argument or option of a command; `field` is its name in the action's options.

    `ask`: the window in which Excel asks for it, with `question` as its title; '' when a button does not ask.
    `files`: what is chosen there; `name`: the file's name that a window to save in proposes. `answer`: where a button
    does one thing or another, the answer that leads to this argument. "added": as "yes", but only while the working
    workbook has a long list to which something can be added, and only until one such question was answered with yes.
    "main": a file, or several at once; which of them comes first is asked at "others", where the rest goes, and what
    the rest adds at "their rows". "one": one of `choices`, each a value and its words. "instead": what was typed for
    the argument before may be this; `question` is asked when its form does not tell. "ours": a workbook of ours, the
    one on screen first. "screen": the working workbook on screen, without asking. "copy": one of the workbook's earlier
    copies. `first`: the question whether an optional one is wanted at all. `tick`: the same as a line of the one window
    that asks "Anything else?". "tick": that line is all there is to ask.
    """

    field: str
    help: str
    flag: str = ""  # "--sheet"; '' for an argument that stands by itself
    kind: Kind = "text"
    many: bool = False
    required: bool = True
    ask: Ask = ""
    question: str = ""
    files: Files = "workbook"
    name: str = "workbook.xlsx"
    answer: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    first: str = ""
    tick: str = ""


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
    `module`: where its function `run` is, below xl_dipsample, and `options`, the class of its options. `place`: the
    order of commands, and of buttons in their group. `step`: it stands on Start. `button`: None when the command line
    alone has it. `either`: what Excel asks first when it does one thing or another. `opens`: which of its files Excel
    opens afterwards.
    """

    id: str
    label: str
    does: str
    place: int
    module: str
    options: str
    subject: Subject = None
    step: bool = False
    button: Button | None = None
    either: str = ""
    opens: Opens = ""
    arguments: tuple[Argument, ...] = ()

    def load(self) -> Callable[[Any, Any], Result]:
        """The action's function `run(host or ui, options)`."""
        function: Callable[[Any, Any], Result] = import_module(f"xl_dipsample.{self.module}").run
        return function

    def make_options(self, given: dict[str, Any]) -> Any:
        """The action's own options from what was given on the command line or in Excel."""
        return getattr(import_module(f"xl_dipsample.{self.module}"), self.options)(**given)


def argument(help_text: str, *, default: Any = MISSING, **asked: Any) -> Any:
    """A field of an action's options that is given by its place; with a `default` it may be left out.

    `asked`: ask, question, files, name, answer, choices, first, tick of `Argument`. The kind is the field's type.
    """
    return field(default=default, metadata={DECLARED: {"help": help_text, **asked}})


def option(help_text: str, *, default: Any = MISSING, flag: str | None = None, **asked: Any) -> Any:
    """A field that is given by its flag: the field's name, unless `flag` is another."""
    return field(default=default, metadata={DECLARED: {"help": help_text, "flag": flag, **asked}})


@dataclass_transform(frozen_default=True, field_specifiers=(argument, option))
def action(
    name: str,
    label: str,
    does: str,
    *,
    place: int,
    subject: Subject = None,
    step: bool = False,
    button: Button | None = None,
    either: str = "",
    opens: Opens = "",
) -> Callable[[type[_T]], type[_T]]:
    """Makes the class of an action's options a frozen dataclass that says what the action is, as `ACTION`.

    A field without `argument` or `option` is told by the command line and by Excel themselves.
    """

    def declared(options: type[_T]) -> type[_T]:
        made = dataclass(frozen=True)(options)
        module = made.__module__.removeprefix("xl_dipsample.")
        said = Action(name, label, does, place, module, made.__name__, subject, step, button, either, opens)
        setattr(made, DECLARED_ON, said)
        return made

    return declared
