"""New dip-sample: a working workbook, empty or with the recipe of an earlier sample."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.parts import known_reports
from xl_dipsample.actions.running.action import Button, action, argument, option
from xl_dipsample.domain.focus import picked_packs
from xl_dipsample.domain.review import decision_points, review_rules
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.sharing import neighbours
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Host, Ui
from xl_dipsample.workbook.sheets.parts.text_lengths import LETTERS_FOR_FIGURES
from xl_dipsample.workbook.specs import spec
from xl_dipsample.workbook.upgrading.read_older import open_to_read

DATES_OF_THE_PERIOD = ("Period from", "Period to")
TAKEN_OVER = (
    "Focus", "Criteria", "Categories", "MyLists", "Questions", "Pairs", "Labels", "Headings", "Reports", "Terms",
    "Actions", "PacksTaken",
)  # fmt: skip
OUR_COLUMNS_ONLY = ("Terms", "Actions")  # these go on to the review workbook: what people noted beside them does not
NO_NAME = "an earlier sample"


@action(
    "new",
    "New dip-sample",
    "Makes a working workbook. It holds names: keep it in a restricted folder.",
    place=10,
    button=Button("Sample", "FileNew"),
    opens="first",
)
class NewOptions:
    """`like`: an earlier working or review workbook whose recipe is taken over."""

    workbook: Path = argument(
        "the working workbook to make",
        ask="save",
        question="Where shall the new working workbook lie? A folder that only you can open",
        name="dip-sample.xlsx",
    )
    like: Path | None = option(
        "an earlier sample whose focus, criteria, mappings and questions are taken over",
        default=None,
        ask="open",
        first="Shall it begin like an earlier sample, with its focus, criteria and questions?",
        question="Which is the working workbook of the earlier sample? Its review workbook will do too",
    )


def run(ui: Ui, options: NewOptions) -> Result:
    """Make the workbook. Raises FileProblem when the name is taken or is no .xlsx, PrivacyProblem where others look."""
    path = options.workbook
    refuse_unusable(path)
    seen = neighbours.refuse_among_shared(path, path.name)
    tables: Mapping[str, pd.DataFrame] = {}
    if options.like is not None:
        tables = recipe_of(open_to_read(options.like, ui))
    data = build("working", tables, {"sample_id": new_sample_id()})
    replace_file(data, path)
    result = Result("new", files=[str(path)])
    actions = len(tables["Actions"]) if "Actions" in tables else 0
    result.figures = {"taken_over": sorted(tables), "open_actions": actions}
    neighbours.say_unread([seen], result)
    result.say("note", "keep-restricted", "It will hold names: keep it in a folder that only you can open.")
    if actions:
        result.say("note", "open-actions", _actions_taken(actions), sheet="Lists")
    waiting = len(tables["Reports"]) if "Reports" in tables else 0
    if waiting:
        result.figures["missing_reports"] = waiting
        result.say("note", "reports-wait", _reports_waiting(waiting), sheet="Reports")
    result.say("note", "next", "Answer the questions on Focus, then import the long list.", sheet="Focus")
    result.say("note", "open-next", f"Open {path.name} to go on.")  # the ribbon opens it and leaves this out
    return result


def refuse_unusable(path: Path) -> None:
    """Raise FileProblem unless `path` is a free .xlsx name in a folder that exists."""
    if path.suffix.lower() != ".xlsx":
        raise FileProblem("not-xlsx", f"{path.name} does not end in .xlsx; choose a name that does.")
    if not path.parent.is_dir():
        raise FileProblem("no-folder", f"There is no folder {path.parent}; make it first, or choose another.")
    if path.exists():
        raise FileProblem("name-taken", f"{path.name} is there already; choose another name, nothing was changed.")


def new_sample_id() -> str:
    """A random ID for the sample; it says nothing. Letters alone: figures could look like somebody's phone number.

    >>> new_sample_id().isalpha()
    True
    """
    return secrets.token_hex(8).translate(LETTERS_FOR_FIGURES)


def recipe_of(earlier: Host) -> dict[str, pd.DataFrame]:
    """What the next sample takes over: Focus without the period's dates, criteria, mappings, questions, terms, actions.

    Only actions that are still open. What the earlier workbook does not have (an older one, a review workbook) is
    left out.
    """
    there = set(earlier.tables())
    tables = {name: earlier.read_table(name) for name in TAKEN_OVER if name in there}
    for name in OUR_COLUMNS_ONLY:
        if name in tables:
            tables[name] = tables[name].reindex(columns=spec.table("working", name).headings).astype(object)
    if "Actions" in tables:
        tables["Actions"] = open_actions(tables["Actions"], _sample_name(tables["Focus"]))
    if decision_points.is_on(tables):
        tables["Questions"] = decision_points.without_second(tables["Questions"])
    focus = tables["Focus"].copy()
    focus.loc[focus["Setting"].isin(DATES_OF_THE_PERIOD), "Value"] = None
    tables["Focus"] = focus
    if picked_packs.TABLE not in tables:  # a review workbook has every pack of its Focus
        tables[picked_packs.TABLE] = picked_packs.record(focus)
    if "Reports" in tables:
        tables["Reports"] = known_reports.for_the_next_sample(tables["Reports"])
    if "Labels" in tables:
        tables["Labels"] = tables["Labels"].assign(Rows=0).astype(object)
    return tables


def open_actions(actions: pd.DataFrame, sample: str) -> pd.DataFrame:
    """The actions that are not done, with the sample that they come from; the first one where they come from further.

    `actions` is the table Actions; `sample` the name of the sample that it belongs to.
    """
    is_open = (review_rules.texts(actions, "Action") != "") & (review_rules.keys(actions, "Done?") != "yes")
    kept = actions.loc[is_open].reset_index(drop=True)
    since = [excel_text(cell) or sample for cell in kept["From sample"]]
    kept["From sample"] = pd.Series(since, index=kept.index, dtype=object)
    return kept.where(kept.notna(), None)


def _sample_name(focus: pd.DataFrame) -> str:
    named = [value for name, value in zip(focus["Setting"], focus["Value"], strict=True) if name == "Sample name"]
    return (excel_text(named[0]) if named else "") or NO_NAME


def _reports_waiting(number: int) -> str:
    told = plural(number, "further report was", "further reports were")
    return (
        f"{told} added to the earlier long list; Reports names each file, as missing. After the long list, give this "
        "period's own in its place: what its headings mean is remembered."
    )


def _actions_taken(number: int) -> str:
    told = plural(number, "open action was", "open actions were")
    return f"{told} taken over. You find them on Lists, and later on Actions of the review workbook."
