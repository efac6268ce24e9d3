"""Checks of names: test records, and a name column that holds something else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from xl_dipsample.domain.long_list_checks.reading_checks import where
from xl_dipsample.domain.long_list_checks.rule import Asked, ColumnRule

# What staff type to try a system out. A real child can be called Sample or Train: those words are not here.
TEST_WORDS = (
    "test", "tester", "testing", "test child", "dummy", "fake", "example", "training", "duplicate", "duplicate record",
    "do not use", "donotuse", "dnu", "delete", "deleted", "ignore", "asdf", "qwerty", "mickey mouse", "minnie mouse",
    "donald duck", "daffy duck", "bugs bunny", "joe bloggs", "fred bloggs", "john doe", "jane doe", "a n other",
)  # fmt: skip
_TEST = re.compile(rf"\b(?:{'|'.join(TEST_WORDS)})\b|\bz{{2,}}\w*|\bx{{2,}}\w*|\btest\d+", re.IGNORECASE)
_NO_NAME_YET = re.compile(r"\b(?:unborn|baby|not named|unnamed|unknown|not known|n/k|anon(?:ymous)?)\b", re.IGNORECASE)
LONG = 60  # characters
_LETTER = re.compile(r"[^\W\d_]")


def _missing(names: pd.Series, _: Asked) -> pd.Series:
    missing = names.isna()
    return missing & (not missing.all())


def _each(wrong: Callable[[str], object]) -> Callable[[pd.Series, Asked], pd.Series]:
    """Asks once for every different name; no name is not wrong."""
    return lambda names, _: where(names, lambda name: name is not None and bool(wrong(name)))


def _is_id(name: str) -> bool:
    return (any(c.isdigit() for c in name) or not _LETTER.search(name)) and not _TEST.search(name)


RULES = (
    ColumnRule(
        "N01",
        "Warning",
        "Name",
        "There is no name.",
        "Add it in the export and import again: names that are not in the list cannot be looked for in extracts.",
        _missing,
    ),
    ColumnRule(
        "N02",
        "Error",
        "Name",
        "The name holds digits or no letter at all, so it may be an ID.",
        "Look which column was taken for the name: choose another on Headings, and import again.",
        _each(_is_id),
    ),
    ColumnRule(
        "N03",
        "Warning",
        "Name",
        "The name looks like a test record.",
        "If it is one, delete it in the case system or exclude it on Case check.",
        _each(_TEST.search),
    ),
    ColumnRule(
        "N04",
        "Note",
        "Name",
        "The name is a stand-in, such as Unborn, Baby or Unknown.",
        "Put the child's name into the case system if it is known now.",
        _each(_NO_NAME_YET.search),
    ),
    ColumnRule(
        "N05",
        "Warning",
        "Name",
        "The name is longer than 60 characters, so it may be a note or several names.",
        "Leave one young person's name in each row.",
        _each(lambda name: len(name) > LONG),
    ),
)
