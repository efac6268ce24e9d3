"""The second corpus, searched as Check text for names searches it, and scored. `blind` is what was found at first."""

from __future__ import annotations

import csv
import datetime as dt

import pandas as pd

from tests.privacy.names.scoring import Item, Marked, Score, score
from tests.privacy.names.second_corpus import FOLDER, Extract, Kind, Planted, extracts, long_list
from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.names_listed import entries
from xl_dipsample.privacy.names import Searcher

OWN, SLIP, FORM = "own child", "own child, slip of a letter", "own child, short form, initials, split word"
LISTED, IMPORTED, EXACT = "listed", "imported identifiers", "imported identifiers, exact"
UNLISTED, PATTERN = "unlisted person", "identifier by its shape"
_LINES = {
    Kind.OWN_CHILD: OWN,
    Kind.OWN_CHILD_SLIP: SLIP,
    Kind.OWN_CHILD_FORM: FORM,
    Kind.LISTED: LISTED,
    Kind.IMPORTED_IDENTIFIER: IMPORTED,
    Kind.UNLISTED_PERSON: UNLISTED,
    Kind.OTHER_PATTERN: PATTERN,
}
_SAID_MORE = {Kind.LISTED, Kind.OTHER_PATTERN}  # a line of its own for each role
BLIND = FOLDER / "blind.csv"


def searcher() -> Searcher:
    """What the key of a sample knows whose rows are those of the extracts."""
    export = list(long_list().values())
    frame = pd.DataFrame(export, dtype=object)
    frame["Case ID"] = frame["Person ID"]
    frame["Name"] = frame["Forename"] + " " + frame["Surname"]
    frame["Date of birth"] = [dt.datetime.strptime(day, "%d/%m/%Y").date() for day in frame["Date of Birth"]]  # noqa: DTZ007
    frame = frame.where(frame != "", None)
    children = frame[frame["Case ID"].isin({one.row for one in extracts()})].copy()
    children["Unique ID"] = children["Case ID"]
    book = key_book.with_names(key_book.KeyBook(), entries(frame, list(export[0])))
    return Searcher.of(book.names, children)


def lines_of(one: Planted) -> tuple[str, ...]:
    """The lines of the score that a planted item counts in."""
    lines = ["all", _LINES[one.kind]]
    if one.kind in _SAID_MORE:
        lines.append(f"{_LINES[one.kind]}: {one.role}" + (" district" if "district" in one.form else ""))
    if one.kind is Kind.IMPORTED_IDENTIFIER and one.exact:
        lines.append(EXACT)
    if one.kind is Kind.UNLISTED_PERSON:
        lines.append(f"{UNLISTED}: {'street name' if 'street name' in one.form else 'any other name'}")
    return tuple(lines)


def searched() -> Score:
    """The whole corpus."""
    hits = searcher().find([one.text for one in extracts()], [one.row for one in extracts()])
    return score([_marked(one) for one in extracts()], hits, lambda item: item.kind == OWN)


def blind() -> tuple[dict[str, tuple[int, int, int]], float, float]:
    """Before the search was changed for it: planted, blocked and found by line; false alarms, strong ones."""
    with BLIND.open(encoding="utf-8", newline="") as file:
        of = [
            (one["line"], *(int(one[part]) for part in ("planted", "blocked", "found"))) for one in csv.DictReader(file)
        ]
    rows = {line: (planted, blocked, found) for line, planted, blocked, found in of}
    texts, strong, every = rows.pop("false alarms")
    return rows, every / texts, strong / texts


def _marked(extract: Extract) -> Marked:
    items = [Item(one.start, one.end, _LINES[one.kind], lines_of(one), one.form) for one in extract.planted]
    return Marked(extract.id, extract.text, tuple(items))
