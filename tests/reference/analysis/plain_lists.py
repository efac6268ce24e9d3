"""My lists read in plain Python, by the help texts of its columns: words, sides, child protection, what was renamed.

Nothing here imports the product.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from made_up_samples import TEMPLATE

CODES = "Codes and words that mean it"


@dataclass(frozen=True)
class PlainLists:
    """List -> its words in their order; outcomes on each side in small letters; those that are child protection.

    `broad`: ethnicities of the lead's own in small letters -> their broad group. `now`: list -> what a word was called,
    in small letters -> what it is called.
    """

    words: Mapping[str, Sequence[str]]
    closed: Collection[str]
    progressed: Collection[str]
    protected: Sequence[str]
    broad: Mapping[str, str]
    now: Mapping[str, Mapping[str, str]] | None = None


def _text(cell: object) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return " ".join(str(cell).split())


def _parts(cell: object) -> list[str]:
    return [part.strip() for part in _text(cell).replace("|", ";").split(";") if part.strip()]


def read(table: pd.DataFrame) -> PlainLists:
    """One row is one word; by Order, those without last; Side counts for outcomes, and blank is Neither."""
    found: dict[str, list[tuple[float, str]]] = {}
    closed, progressed, broad = set(), set(), {}
    protected: list[tuple[float, str]] = []
    now: dict[str, dict[str, str]] = {}
    for row in table.to_dict("records"):
        name, word = _text(row["List"]), _text(row["Word"])
        order = float(_text(row["Order"]) or "inf")
        found.setdefault(name, []).append((order, word))
        for old in _parts(row["Was called"]):
            now.setdefault(name, {})[old.lower()] = word
        if name == "Outcome":
            side = _text(row["Side"]).lower()
            if side == "closed":
                closed.add(word.lower())
            if side == "progressed":
                progressed.add(word.lower())
            if _text(row["Child protection"]).lower() == "yes":
                protected.append((order, word))
        if name == "Ethnicity":
            told = [one.lower() for one in (*_parts(row["Was called"]), *_parts(row[CODES]))]
            groups = {group for label, code, group in _census() if label in told or (code and code in told)}
            if len(groups) == 1:
                broad[word.lower()] = groups.pop()
    in_order = {name: [word for _, word in sorted(some, key=lambda one: one[0])] for name, some in found.items()}
    named = [word for _, word in sorted(protected, key=lambda one: one[0])]
    return PlainLists(in_order, closed, progressed, named, broad, now)


def _census() -> list[tuple[str, str, str]]:
    """Label, code, broad group of each ethnicity of the census, in small letters but for the group."""
    with (TEMPLATE / "reference" / "ethnicity.csv").open(encoding="utf-8", newline="") as file:
        return [(row["label"].lower(), row["code"].lower(), row["group"]) for row in csv.DictReader(file)]


def renamed(review: pd.DataFrame, lists: PlainLists) -> pd.DataFrame:
    """Review as the next Pseudonymise has it: what a word was called gives its new name, word by word of a cell."""
    made = review.copy()
    for heading, old in (lists.now or {}).items():
        if heading not in made.columns:
            continue
        there = {word.lower() for word in lists.words[heading]}
        cells: list[object] = []
        for cell in review[heading]:
            words = [part.strip() for part in str(cell).split(";")] if isinstance(cell, str) else []
            keys = [" ".join(word.split()).lower() for word in words]
            known = [key in old and key not in there for key in keys]
            new: list[str] = []
            for word, one, is_old in zip(words, keys, known, strict=True):
                called = old[one] if is_old else word
                if called not in new:  # two words may have become one
                    new.append(called)
            cells.append("; ".join(new) if any(known) else cell)
        made[heading] = pd.Series(cells, index=review.index, dtype=object)
    return made
