"""New dip-sample: a working workbook, empty or with the recipe of an earlier sample."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.result import Result
from xl_dipsample.domain.errors import FileProblem
from xl_dipsample.workbook.atomic import replace_file
from xl_dipsample.workbook.build import build
from xl_dipsample.workbook.filehost import FileHost
from xl_dipsample.workbook.host import Host, Ui

DATES_OF_THE_PERIOD = ("Period from", "Period to")
TAKEN_OVER = ("Focus", "Criteria", "Categories", "Questions", "Labels", "Headings")


@dataclass(frozen=True)
class NewOptions:
    """`like`: an earlier working or review workbook whose recipe is taken over."""

    workbook: Path
    like: Path | None = None


def run(ui: Ui, options: NewOptions) -> Result:
    """Make the workbook. Raises FileProblem when the name is taken or is not an .xlsx."""
    path = options.workbook
    refuse_unusable(path)
    tables: Mapping[str, pd.DataFrame] = {}
    if options.like is not None:
        tables = recipe_of(FileHost.open(options.like, ui, read_only=True))
    data = build("working", tables, {"sample_id": new_sample_id()})
    replace_file(data, path)
    result = Result("new", files=[str(path)])
    result.figures = {"taken_over": sorted(tables)}
    result.say("note", "keep-restricted", "It will hold names: keep it in a folder that only you can open.")
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
    """A random ID for the sample; it says nothing."""
    return secrets.token_hex(8)


def recipe_of(earlier: Host) -> dict[str, pd.DataFrame]:
    """What the next sample takes over: Focus without the period's dates, criteria, mappings, questions."""
    there = set(earlier.tables())
    tables = {name: earlier.read_table(name) for name in TAKEN_OVER if name in there}
    focus = tables["Focus"].copy()
    focus.loc[focus["Setting"].isin(DATES_OF_THE_PERIOD), "Value"] = None
    tables["Focus"] = focus
    if "Labels" in tables:
        tables["Labels"] = tables["Labels"].assign(Rows=0).astype(object)
    return tables
