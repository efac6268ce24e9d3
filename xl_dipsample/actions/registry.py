"""The list of actions: one entry is a button, a command, and a step on Start.

Nothing here imports an action: a command or a button loads only the one it needs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from xl_dipsample.actions.result import Result

Subject = Literal["working", "review", None]


@dataclass(frozen=True)
class Argument:
    """One argument or option of a command; `field` is its name in the action's options."""

    field: str
    help: str
    flag: str = ""  # "--sheet"; '' for an argument that stands by itself
    kind: Literal["path", "text", "yes"] = "text"
    many: bool = False
    required: bool = True


@dataclass(frozen=True)
class Action:
    """`subject`: the kind of workbook that it works on; None when it makes one or needs none."""

    id: str
    label: str
    does: str
    module: str
    options: str
    subject: Subject
    arguments: tuple[Argument, ...] = ()
    step: bool = True

    def load(self) -> Callable[[Any, Any], Result]:
        """The action's function `run(host or ui, options)`."""
        function: Callable[[Any, Any], Result] = import_module(f"xl_dipsample.actions.{self.module}").run
        return function

    def make_options(self, given: dict[str, Any]) -> Any:
        """The action's own options from what was given on the command line."""
        return getattr(import_module(f"xl_dipsample.actions.{self.module}"), self.options)(**given)


def _option(flag: str, help_text: str, kind: Literal["path", "text", "yes"] = "path", field: str = "") -> Argument:
    name = field or flag.removeprefix("--").replace("-", "_")
    return Argument(name, help_text, flag, kind, required=False)


PASSPHRASE = _option("--passphrase-file", "a file whose first line is the key's passphrase")

ACTIONS: tuple[Action, ...] = (
    Action(
        "new",
        "New dip-sample",
        "Makes a working workbook. It holds names: keep it in a restricted folder.",
        "new",
        "NewOptions",
        None,
        (
            Argument("workbook", "the working workbook to make", kind="path"),
            _option("--like", "an earlier sample whose focus, criteria, mappings and questions are taken over"),
        ),
        step=False,
    ),
    Action(
        "import",
        "Import long list",
        "Fills Long list from the case system's export. The export is never changed.",
        "import_long_list",
        "ImportOptions",
        "working",
        (
            Argument("export", "the export: .xlsx .xlsm .xls .ods or .csv", kind="path"),
            _option("--sheet", "the sheet that holds the list", "text"),
            Argument("maps", "FIELD=HEADING: take this heading for this field", "--map", many=True, required=False),
            _option("--join", "add columns from a second export by case ID", "yes"),
        ),
    ),
    Action(
        "check",
        "Check long list",
        "Looks for mistakes in the long list and says what to do about each.",
        "check",
        "CheckOptions",
        "working",
    ),
    Action(
        "narrow",
        "Narrow down",
        "Runs the funnel: fills Exclusion log, Case check and Funnel. Decisions are kept.",
        "narrow",
        "NarrowOptions",
        "working",
    ),
    Action(
        "pseudonymise",
        "Pseudonymise",
        "Gives unique IDs, writes the encrypted key, and builds a new review workbook without names.",
        "pseudonymise",
        "PseudonymiseOptions",
        "working",
        (
            Argument("review", "the review workbook to make or renew", "--review", "path"),
            Argument("key", "the encrypted key; not in or below the review workbook's folder", "--key", "path"),
            _option("--reading-list", "an encrypted list for reviewers: unique ID, case ID, contact date"),
            _option("--reading-passphrase-file", "a file whose first line is the reading list's passphrase"),
            PASSPHRASE,
            _option("--second-keyholder-file", "a file whose first line is the second keyholder's passphrase"),
            _option("--no-second-keyholder", "go on without a second keyholder", "yes"),
            _option("--without-undecided", "go on with the included cases; the others can follow later", "yes"),
        ),
    ),
    Action(
        "lookup",
        "Who is this?",
        "Shows the name and case ID behind a unique ID, after the passphrase. Nothing is written.",
        "lookup",
        "LookupOptions",
        None,
        (
            Argument("key", "the encrypted key", kind="path"),
            Argument("unique_id", "the unique ID, such as DS-7GK-4MX3"),
            PASSPHRASE,
        ),
        step=False,
    ),
    Action(
        "analyse",
        "Refresh analysis",
        "Renews what formulas cannot do: Harms, and the sorted table on Thresholds.",
        "analyse",
        "AnalyseOptions",
        "review",
    ),
    Action(
        "doctor",
        "Help me",
        "Says what is installed and what is in the way; a report without case data.",
        "doctor",
        "DoctorOptions",
        None,
        (),
        step=False,
    ),
    Action(
        "demo",
        "Try an example",
        "Takes a synthetic export through every step, to finished workbooks.",
        "demo",
        "DemoOptions",
        None,
        (Argument("folder", "an empty folder, or one that an earlier demo made", kind="path"),),
        step=False,
    ),
)


def action(name: str) -> Action:
    """The action of that id. Raises KeyError."""
    for one in ACTIONS:
        if one.id == name:
            return one
    raise KeyError(name)
