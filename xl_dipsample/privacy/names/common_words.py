"""Words that are no sign of a person by themselves: common English ones, and those of our own specs and tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from xl_dipsample.domain.shared import reference, sheet_files
from xl_dipsample.privacy.names.normalise import fold

RUN = re.compile(r"[^\W_]+")
_LONGEST_PHRASE = 6

OURS = (
    "category_presets",
    "dfe_factors",
    "ethnicity",
    "gender",
    "harm_categories",
    "headings",
    "outcomes",
    "referred_to",
)


def a_set(words: str) -> frozenset[str]:
    """The words of a text, for small tables in the code."""
    return frozenset(words.split())


@cache
def common_words() -> frozenset[str]:
    """The common English words of workbook_template/reference/common_words.txt, folded.

    >>> {"will", "grace", "may", "street", "english"} <= common_words()
    True
    """
    path = reference.template_folder() / "reference" / "common_words.txt"
    return frozenset(path.read_text(encoding="utf-8").split())


@cache
def own_words() -> frozenset[str]:
    """Every cell of our reference tables, and every text of our sheet specs, as written.

    >>> "White British" in own_words()
    True
    """
    cells = {cell for name in OURS for row in reference.table(name) for cell in row.values()}
    words = {part.strip() for cell in cells for part in cell.split("|")}
    for path in (reference.template_folder() / "sheets").glob("*.toml"):
        words.update(_texts(sheet_files.read(path)))
    return frozenset(words - {""})


def split(texts: Collection[str]) -> frozenset[tuple[str, ...]]:
    """The distinct texts among some, each as its folded words."""
    return frozenset(tuple(RUN.findall(fold(text).text)) for text in texts)


def phrases(texts: Collection[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """The short ones of two words and more: "White British" is no child called White."""
    return frozenset(runs for runs in texts if 2 <= len(runs) <= _LONGEST_PHRASE)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
