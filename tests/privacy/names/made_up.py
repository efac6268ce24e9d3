"""A made-up key for the tests of the text search: no child in it exists."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from xl_dipsample.privacy.names import Hit, Searcher

OWN = "SYN-001"
OTHER = "SYN-002"

CHILDREN = (
    (OWN, "Amadika Jolene Testerby", "100234", dt.date(2012, 2, 1)),
    (OTHER, "Grace White", "345", "03/04/2010"),
    ("SYN-003", "Joshua O’Syntho", "CS/1234-AB", pd.Timestamp(2009, 12, 25)),
    ("SYN-004", "Zoë Pretendez", "900001", "2010-07"),
)
OUTSIDE = (
    ("Anne-Marie Fakely-Samplesby", "100777"),
    ("Will Young", "77"),
    ("Lukas de Inventado", "0012345"),
    ("Maddox McPretend", "M-556"),
    ("Hope Street", "8"),
    ("Faith de Madeupo", None),
    ("May English", "654321"),
    ("Exampleson, Joanna", None),
)


def searcher(own_words: tuple[str, ...] | None = None) -> Searcher:
    """The search over the made-up key."""
    children = pd.DataFrame(CHILDREN, columns=["Unique ID", "Name", "Case ID", "Date of birth"], dtype=object)
    names = pd.DataFrame(
        [*((name, case) for _, name, case, _ in CHILDREN), *OUTSIDE], columns=["Name", "Case ID"], dtype=object
    )
    return Searcher.of(names, children, own_words)


SEARCHER = searcher()


def strong(text: str) -> list[str]:
    """What the strong tier finds in a text of the first child's row, as it stands there."""
    return [text[hit.start : hit.end] for hit in hits(text) if hit.tier == "strong"]


def weak(text: str) -> list[str]:
    """What the weak tier finds."""
    return [text[hit.start : hit.end] for hit in hits(text) if hit.tier == "weak"]


def hits(text: str) -> list[Hit]:
    """Every hit in a text of the first child's row."""
    return SEARCHER.find([text], [OWN])
