"""The extracts that were written apart from the search (tests/data/extracts), searched and scored by their own rules.

Everything in them is synthetic.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.names_listed import entries
from xl_dipsample.privacy.names import STRONG, Hit, Searcher
from xl_dipsample.privacy.names.common_words import RUN, common_words
from xl_dipsample.privacy.names.normalise import fold

FOLDER = Path(__file__).parents[2] / "data" / "extracts"
OWN, SLIP = "own child", "own child, slip of a letter"
UNLISTED = "unlisted person"
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


@dataclass(frozen=True)
class Score:
    """Of each kind (planted, blocked, found), what was missed, and false alarms (strong, all) over all extracts."""

    counts: Mapping[str, tuple[int, int, int]]
    missed: tuple[tuple[str, str, str], ...]
    false: tuple[tuple[Hit, str], ...]
    extracts: int

    def share(self, kind: str, *, strong: bool = False) -> float:
        planted, blocked, found = self.counts[kind]
        return (blocked if strong else found) / planted


def kinds_of(one: Planted) -> list[str]:
    """The lines of the score that a planted item counts in."""
    who, form = str(one["who"]), str(one["form"])
    kinds = ["all", who]
    if who == OWN and not any(word in form for word in NOT_AS_WRITTEN):
        kinds.append("own child, as written")
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


def alarm(hit: Hit, text: str, row: str) -> tuple[str, str, str]:
    """The occurrences of one word in one row are one alarm."""
    return row, hit.tier, " ".join(text[hit.start : hit.end].casefold().split())


def score(hits: list[Hit]) -> Score:
    """Found: a hit overlaps the span."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    missed, false, seen = [], [], set()
    of_text: defaultdict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        of_text[hit.text].append(hit)
    for at, extract in enumerate(extracts()):
        here = of_text[at]
        for one in extract.planted:
            over = [hit for hit in here if hit.start < int(str(one["end"])) and int(str(one["start"])) < hit.end]
            for kind in kinds_of(one):
                for place, true in enumerate((True, any(hit.tier == STRONG for hit in over), bool(over))):
                    counts[kind][place] += true
            strong = any(hit.tier == STRONG for hit in over)
            if not over or ("own child, as written" in kinds_of(one) and not strong):
                missed.append((str(one["who"]), str(one["form"]), str(one["text"])))
        for hit in here:
            hurt = any(int(str(one["start"])) < hit.end and hit.start < int(str(one["end"])) for one in extract.planted)
            if not hurt and alarm(hit, extract.text, extract.case_id) not in seen:
                seen.add(alarm(hit, extract.text, extract.case_id))
                false.append((hit, extract.text))
    return Score({kind: (n, a, b) for kind, (n, a, b) in counts.items()}, tuple(missed), tuple(false), len(extracts()))


def searched() -> Score:
    """The whole corpus, searched as Check text for names searches it."""
    return score(searcher().find([one.text for one in extracts()], [one.case_id for one in extracts()]))
