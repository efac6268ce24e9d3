"""Words of the reference tables for outcome, ethnicity, gender and service, whatever an export calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import by_unique, folded, is_nothing, trimmed

NOT_MAPPED = "Not mapped"
# field -> reference table, its column of words, its columns of codes and synonyms, the word for "nothing recorded"
_TABLES = {
    "outcome": ("outcomes", "outcome", ("synonyms",), "Not recorded"),
    "ethnicity": ("ethnicity", "label", ("code", "numeric_2021"), "Unknown"),
    "gender": ("gender", "gender", ("synonyms",), "Not stated or recorded"),
    "referred_to": ("referred_to", "service", ("synonyms",), "Not recorded"),
}
_NOT_KNOWN = ("not known", "not stated", "not recorded", "unknown", "n/k", "nk", "not available")
_LETTER = re.compile(r"^[a-z]{1,2}[).] ?")
_BRACKETED = re.compile(r"^\((.+)\)$")
_WORDS_BRACKET = re.compile(r"^(.+?) ?[(\[](.+)[)\]]$")
_CODE_WORDS = re.compile(r"^([a-z]{0,6}\d{0,2}): ?(.+)$")


def normalise(label: object) -> str:
    r"""The key under which a label is looked up in a mapping: small letters, every run of blanks one space.

    >>> normalise("  Child\xa0Sexual \n Exploitation ")
    'child sexual exploitation'
    """
    return folded(trimmed(label)).casefold()


def strict_key(label: str) -> str:
    """The key of the reference words: as `normalise`, and dashes, colons and slashes written one way.

    >>> strict_key("Physical abuse - child on child") == strict_key("Physical Abuse: Child on child.")
    True
    """
    text = re.sub("[\u2010-\u2015\u2212]", "-", normalise(label))
    text = re.sub(r"(?: -+ | ?: ?)", ": ", text)
    return re.sub(r" ?/ ?", "/", text).strip(" .,:;*?-")


def words(field: str) -> tuple[str, ...]:
    """The words of a field, in the order of its reference table.

    >>> words("gender")[0]
    'Female'
    """
    table, column, _, _ = _TABLES[field]
    return reference.words(table, column)


def word_for_nothing(field: str) -> str:
    """The word of a field for a blank cell.

    >>> word_for_nothing("outcome")
    'Not recorded'
    """
    return _TABLES[field][3]


def holds_nothing(field: str, value: object) -> bool:
    """Whether a cell of this field holds nothing. "N/A" in a column of services is an answer: None.

    >>> holds_nothing("outcome", "N/A"), holds_nothing("referred_to", "N/A")
    (True, False)
    """
    return is_nothing(value) and strict_key(trimmed(value)) not in _synonyms(field)


def map_words(field: str, values: pd.Series, means: Mapping[str, str]) -> pd.DataFrame:
    """The reference word of every row. `field`: "outcome", "ethnicity", "gender" or "referred_to".

    Returns a frame with the same index: `word` (a word of reference/, its word for "nothing recorded", or
    "Not mapped") and `unmapped` (bool). `means`: normalised label -> word of the lead's column Means.

    >>> map_words("ethnicity", pd.Series(["a) WBRI", None, "Martian"], dtype=object), {})["word"].tolist()
    ['White British', 'Unknown', 'Not mapped']
    """
    codes, found = by_unique(values, lambda value: read_word(field, value, means))
    texts = np.array([word if word is not None else NOT_MAPPED for word in found], dtype=object)
    unmapped = np.array([word is None for word in found], dtype=bool)
    return pd.DataFrame(
        {
            "word": pd.Series(texts[codes], index=values.index, dtype=object),
            "unmapped": pd.Series(unmapped[codes], index=values.index),
        }
    )


def read_word(field: str, value: object, means: Mapping[str, str]) -> str | None:
    """The reference word of one cell: the lead's word first; None when nobody has said."""
    text = trimmed(value)
    word = means.get(normalise(text)) if text else None
    if word == "Nothing recorded":
        return word_for_nothing(field)
    if word:
        return word
    known = word_for_nothing(field) if holds_nothing(field, value) else known_word(field, text)
    if known is None:
        return None
    return means.get(normalise(known), known) or None  # renamed, or taken off the lead's list


@lru_cache(maxsize=20_000)
def known_word(field: str, label: str) -> str | None:
    """What reference/ calls a label; None when it does not know it, or when its parts say two things.

    >>> known_word("gender", "b) Female"), known_word("outcome", "Closed to team (NFACore)")
    ('Female', 'No further action')
    """
    known = _synonyms(field)
    key = strict_key(label)
    if key in known:
        return known[key]
    found = {known[shape] for shape in _shapes(key) if shape in known}
    return found.pop() if len(found) == 1 else None


def _shapes(key: str) -> Iterator[str]:
    """Other ways to read a label: without "a) ", without brackets, the code or the words alone."""
    plain = _LETTER.sub("", key, count=1)
    yield plain
    for text in {key, plain}:
        if found := _BRACKETED.match(text):
            yield found[1]
        elif found := _WORDS_BRACKET.match(text):
            yield from (found[1], found[2])
        if found := _CODE_WORDS.match(text):
            yield from (found[1], found[2])
        yield text.replace(":", "")


@cache
def _synonyms(field: str) -> dict[str, str]:
    table, column, others, nothing = _TABLES[field]
    known: dict[str, str] = {}
    for row in reference.table(table):
        known.setdefault(strict_key(row[column]), row[column])
    for row in reference.table(table):
        for other in others:
            for word in reference.parts(row[other]):
                known.setdefault(strict_key(word), row[column])
    for row in reference.table(table) if field == "ethnicity" else ():
        for word in _other_ethnic_words(row["label"], row["group"]):
            known.setdefault(strict_key(word), row["label"])
    for word in _NOT_KNOWN:
        known.setdefault(strict_key(word), nothing)
    return known


def _other_ethnic_words(label: str, group: str) -> Iterator[str]:
    """What forms call the census groups: "Black African", "Mixed: White and Asian", "White: Irish", "Other Asian"."""
    rest = label.removeprefix("Any other ").removesuffix(" background")
    if rest != label:
        yield from (rest + " other", "other " + rest, "any other " + rest, f"other {rest} background")
        yield from (f"{start}{sign}{label}" for start in (group, group.split()[0]) for sign in (" ", ": "))
        return
    short = label.removeprefix(group + " ")
    for start in {group, group.split()[0], group.split(" or ")[-1]}:
        yield from (f"{start} {short}", f"{start}: {short}", f"{start}: {label}")
    yield label.replace("/", " or ")
