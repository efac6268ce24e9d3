"""The extracts that were written apart from the search (tests/data/extracts), searched and scored by their own rules.

Everything in them is synthetic.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from tests.privacy.names.scoring import Item, Marked, Score, score
from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.names_listed import entries
from xl_dipsample.privacy.names import Searcher
from xl_dipsample.privacy.names.common_words import RUN, common_words
from xl_dipsample.privacy.names.normalise import fold

FOLDER = Path(__file__).parents[2] / "data" / "extracts"
OWN, SLIP = "own child", "own child, slip of a letter"
UNLISTED = "unlisted person"
AS_WRITTEN = "own child, as written"
NOT_AS_WRITTEN = ("nickname", "initial", "case ending", "half of", "no apostrophe")
# identifiers that the export does not have: found by their shape, or not
BY_SHAPE = ("phone", "email", "postcode", "handle", "car registration")

Planted = Mapping[str, object]


@dataclass(frozen=True)
class Extract:
    """One text, the case whose row it stands in, and what was planted."""

    case_id: str
    text: str
    planted: tuple[Planted, ...]


@cache
def extracts() -> tuple[Extract, ...]:
    """All of them, in the file's order."""
    with (FOLDER / "extracts.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return tuple(Extract(one["row"], one["text"], tuple(one["planted"])) for one in rows)


@cache
def long_list() -> pd.DataFrame:
    """The long list as import leaves it: our own columns, then the export's."""
    with (FOLDER / "long_list.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for one in rows:
        one["Case ID (export)"] = one["Case ID"]
        one["Name"] = f"{one['Forename(s)']} {one['Surname']}".strip()
    frame = pd.DataFrame(rows, dtype=object)
    frame["Date of birth"] = [dt.date.fromisoformat(day) for day in frame["Date of birth"]]
    return frame.where(frame != "", None)


def _book() -> key_book.KeyBook:
    listed = long_list()
    columns = [one for one in listed.columns if one not in ("Name", "Case ID", "Date of birth", "Case ID (export)")]
    return key_book.with_names(key_book.KeyBook(), entries(listed, columns))


def names_searched_for() -> list[str]:
    """Every name, school, street and number of the long list that is searched for, each once."""
    return sorted({str(name) for name in _book().names["Name"] if name})


def searcher() -> Searcher:
    """What the key of a sample knows whose rows are those of the extracts."""
    listed = long_list()
    sampled = {one.case_id for one in extracts()}
    children = listed[listed["Case ID"].isin(sampled)].copy()
    children["Unique ID"] = children["Case ID"]
    return Searcher.of(_book().names, children)


def kinds_of(one: Planted) -> list[str]:
    """The lines of the score that a planted item counts in."""
    who, form = str(one["who"]), str(one["form"])
    kinds = ["all", who]
    if who == OWN and not any(word in form for word in NOT_AS_WRITTEN):
        kinds.append(AS_WRITTEN)
    if who.startswith("listed"):
        kinds.append("listed")
    if who.startswith("identifier") and who.split(": ")[1] not in BY_SHAPE:
        kinds.append("imported identifiers")
        if form.startswith("exact"):
            kinds.append("imported identifiers, exact")
    if who.startswith((OWN, "listed", UNLISTED)):
        kinds += [f"in {form_of}" for form_of in ("lower case", "capitals", "own script") if form_of in form]
        if who != UNLISTED and set(RUN.findall(fold(str(one["text"])).text)) <= common_words():
            kinds.append("words as names")
    if who.startswith("listed") and who != "listed: child":
        kinds.append("third parties of the export")
    return kinds


def _item(one: Planted) -> Item:
    return Item(int(str(one["start"])), int(str(one["end"])), str(one["who"]), tuple(kinds_of(one)), str(one["form"]))


def searched() -> Score:
    """The whole corpus, searched as Check text for names searches it."""
    hits = searcher().find([one.text for one in extracts()], [one.case_id for one in extracts()])
    corpus = [Marked(one.case_id, one.text, tuple(map(_item, one.planted))) for one in extracts()]
    return score(corpus, hits, lambda item: AS_WRITTEN in item.lines)
