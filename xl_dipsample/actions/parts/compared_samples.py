"""The samples that are compared: this one, and earlier ones read from their closed review workbooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.parts import before_figures
from xl_dipsample.actions.running.runner import KIND_WORDS
from xl_dipsample.domain.focus.sample_period import Period, period
from xl_dipsample.domain.narrowing import people_counted
from xl_dipsample.domain.review import review_columns
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import SettingProblem, WorkbookProblem
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.upgrading.read_older import open_to_read

# The tables that are read, and no others; of each, the columns from which something is compared.
NEEDED = {
    "Focus": ("Setting", "Value"),
    "Criteria": ("Setting", "Value"),
    "Categories": ("Category", "Chosen"),
    "Funnel": ("Stage", "Excluded", "Remaining"),
    "Review": (
        "Unique ID", "Type of harm", "Contact date", "Age at time of contact", "Gender", "Ethnicity", "Outcome",
        "Reason for social care involvement (extract)", "Reason for closure or progression (extract)",
        "Level of harm", "Parenting concerns", "Summary of harm", "In sample?",
    ),
    "Language": ("Unique ID", "Term", "Decision"),
}  # fmt: skip
BESIDE = (people_counted.TABLE, lead_lists.TABLE, lead_lists.GIVEN, "FunnelCategories")  # where there are such
THIS = "This sample"


@dataclass(frozen=True)
class Read:
    """One sample: where it lies, its ID, a label that no other has, its tables, its period.

    `missing`: the tables and columns that an older workbook does not have, in the tool's own words.
    """

    path: Path
    sample_id: str
    label: str
    tables: dict[str, pd.DataFrame]
    period: Period
    missing: tuple[str, ...] = ()


def read_all(host: Host, others: Sequence[Path]) -> list[Read]:
    """Read this sample, then the others: in that order, the latest period first.

    Raises SettingProblem when there are no others; WorkbookProblem when one is no review workbook, is of this very
    sample, or two are of the same sample; FileProblem when one cannot be read.
    """
    if not others:
        raise SettingProblem("nothing-to-compare", "Name at least one review workbook of an earlier sample.")
    now = _read(host, (*NEEDED, *BESIDE, "Terms"))
    found: list[Read] = []
    for number, path in enumerate(others):
        host.ui.progress(f"Reading sample {number + 1} of {len(others)}", 0.75 * number / len(others))
        found.append(_other(Path(path), host, now, found))
    lists = Lists.of(now.tables)
    found = [replace(one, tables=_as_called_now(one.tables, lists)) for one in found]
    found.sort(key=lambda one: one.period.last or one.period.first or dt.date.min, reverse=True)
    return _labelled([replace(now, label=now.label or THIS), *found])


def _as_called_now(tables: dict[str, pd.DataFrame], lists: Lists) -> dict[str, pd.DataFrame]:
    """The tables of an earlier sample with the words that this one has for the same: renamed since, other capitals."""
    made = dict(tables)
    for name, heading in ((lead_lists.TABLE, "Word"), (lead_lists.GIVEN, "Word"), (lead_lists.CATEGORIES, "Category")):
        if name in made and heading in made[name].columns:
            made[name] = _renamed(made[name], heading, lists)
    made["Review"], _ = lead_lists.renamed(made["Review"], lists)
    return made


def _renamed(frame: pd.DataFrame, heading: str, lists: Lists) -> pd.DataFrame:
    of = frame["List"].map(trimmed) if "List" in frame.columns else pd.Series(lead_lists.HARM, index=frame.index)
    pairs = zip(of, frame[heading].map(trimmed), strict=True)
    words = [lists.now(name, word) or word if name in lists.entries else word for name, word in pairs]
    return frame.assign(**{heading: pd.Series(words, index=frame.index, dtype=object)})


def _other(path: Path, host: Host, now: Read, before: Sequence[Read]) -> Read:
    other = open_to_read(path, host.ui)
    if other.kind != "review":
        raise WorkbookProblem(
            "not-a-review-workbook",
            f"{path.name} is a {KIND_WORDS.get(other.kind, 'workbook of another kind')}: samples are compared from "
            "their review workbooks. Choose that.",
        )
    sample_id = trimmed(other.read_value("sample_id"))
    if path.resolve() == host.path.resolve() or (sample_id and sample_id == now.sample_id):
        raise WorkbookProblem(
            "the-same-sample",
            f"{path.name} is the review workbook of this very sample, or a copy of it: choose an earlier sample's.",
        )
    for one in before:
        if path.resolve() == one.path.resolve():
            raise WorkbookProblem("chosen-twice", f"{path.name} was chosen twice: choose each earlier sample once.")
        if sample_id and sample_id == one.sample_id:
            raise WorkbookProblem(
                "two-copies",
                f"{one.path.name} and {path.name} are two copies of the same sample: choose the one that holds.",
            )
    before_figures.refuse_other_rows(other, of=f"Review of {path.name}")
    return _read(other, (*NEEDED, *BESIDE))


def _read(host: Host, names: Iterable[str]) -> Read:
    there = set(host.tables())
    if "Review" not in there:
        raise WorkbookProblem("no-review", f"{host.path.name} has no table Review: use an earlier copy of it.")
    tables = review_columns.to_count({name: host.read_table(name) for name in names if name in there})
    return Read(
        host.path,
        trimmed(host.read_value("sample_id")),
        trimmed(host.read_value("sample_name")),
        tables,
        period(tables),
        _missing(tables),
    )


def _missing(tables: dict[str, pd.DataFrame]) -> tuple[str, ...]:
    """The tables and columns of NEEDED that the workbook's own version did not have yet."""
    found = []
    for name, headings in NEEDED.items():
        absent = [one for one in headings if name in tables and one not in tables[name].columns]
        if name not in tables:
            found.append(f"table {name}")
        elif absent:
            found.append(f"{'column' if len(absent) == 1 else 'columns'} {', '.join(absent)} in {name}")
    return tuple(found)


def _labelled(samples: Sequence[Read]) -> list[Read]:
    """The samples with labels that differ: two of one name get a number, one without a name gets its period."""
    made: list[Read] = []
    taken: set[str] = set()
    for one in samples:
        plain = one.label or f"Sample, period {one.period.words}"
        label, number = plain, 1
        while label.casefold() in taken:
            number += 1
            label = f"{plain} ({number})"
        taken.add(label.casefold())
        made.append(replace(one, label=label))
    return made
