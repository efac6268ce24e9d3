"""Words of the reference tables for outcome, ethnicity, gender and service, whatever an export calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from xl_dipsample.domain.shared import label_words, reference
from xl_dipsample.domain.shared.cell import by_unique, folded, is_nothing, trimmed

NOT_MAPPED = "Not mapped"
# field -> reference table, its column of words, its columns of codes and synonyms, the word for "nothing recorded"
_TABLES = {
    "outcome": ("outcomes", "outcome", ("synonyms",), "Not recorded"),
    "ethnicity": ("ethnicity", "label", ("code", "numeric_2021"), "Unknown"),
    "gender": ("gender", "gender", ("synonyms",), "Not stated or recorded"),
    "referred_to": ("referred_to", "service", ("synonyms",), "Not recorded"),
}
_NOTHING_FOLLOWS = ("No further action", "None")  # an end or a refusal beside them says the same
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
    known = known_labels(field, means)
    codes, found = by_unique(values, lambda value: read_word(field, value, means, known))
    texts = np.array([word if word is not None else NOT_MAPPED for word in found], dtype=object)
    unmapped = np.array([word is None for word in found], dtype=bool)
    return pd.DataFrame(
        {
            "word": pd.Series(texts[codes], index=values.index, dtype=object),
            "unmapped": pd.Series(unmapped[codes], index=values.index),
        }
    )


def read_word(
    field: str, value: object, means: Mapping[str, str], known: label_words.Index | None = None
) -> str | None:
    """The reference word of one cell: the lead's word first; None when nobody has said.

    `known`: the labels of the field that are known, as `known_labels` gives them; without it, the tool's own.
    """
    text = trimmed(value)
    word = means.get(normalise(text)) if text else None
    if word == "Nothing recorded":
        return word_for_nothing(field)
    if word:
        return word
    found = word_for_nothing(field) if holds_nothing(field, value) else _synonyms(field).get(strict_key(text))
    if found is None and field in label_words.FIELDS:
        return _by_words(field, text, _tools_own(field) if known is None else known)
    found = known_word(field, text) if found is None else found
    return None if found is None else means.get(normalise(found), found) or None  # renamed, or taken off the list


def _by_words(field: str, text: str, known: label_words.Index) -> str | None:
    """What an outcome or a service means by its words, or by one part of it when the other part adds nothing."""
    whole = label_words.same(field, text, known)
    if whole:
        return whole
    read = [(label_words.same(field, shape, known), rest) for shape, rest in _shapes(strict_key(text))]
    parts = [(word, rest) for word, rest in read if word]
    found = {word for word, _ in parts}
    if len(found) != 1:
        return None
    (word,) = found
    closes = word in _NOTHING_FOLLOWS
    for _, rest in parts:
        if label_words.same(field, rest, known) == word:
            continue
        if label_words.takes_back(rest, closes=closes) or not (closes or label_words.adds_nothing(field, rest)):
            return None
        if closes and label_words.says_another(word, rest, known):
            return None  # "NFA - referred to early help": a person says which
    return word


@cache
def _tools_own(field: str) -> label_words.Index:
    return known_labels(field, {})


def known_labels(field: str, means: Mapping[str, str]) -> label_words.Index:
    """The labels of a field that are known, word by word: the lead's, and the tool's own where the lead has the word.

    >>> label_words.same("outcome", "Referred to Early Help", known_labels("outcome", {}))
    'Early help'
    """
    if field not in label_words.FIELDS:
        return label_words.Index()
    ours = {label: means.get(normalise(word), word) for label, word in _synonyms(field).items() if label not in means}
    theirs = {label: word for label, word in means.items() if word != "Nothing recorded"}
    return label_words.index(field, ours | theirs)


def perhaps(field: str, label: str, known: label_words.Index) -> str | None:
    """What a label that nobody has mapped may mean, for a person to decide; None when nothing is likely.

    >>> perhaps("outcome", "Assessment outcome: CIN plan required", known_labels("outcome", {}))
    'Child in Need'
    """
    return label_words.like(field, label, known) if field in label_words.FIELDS else None


@lru_cache(maxsize=20_000)
def known_word(field: str, label: str) -> str | None:
    """What reference/ calls a label; None when it does not know it, or when its parts say two things.

    >>> known_word("gender", "b) Female"), known_word("outcome", "Closed to team (NFACore)")
    ('Female', 'No further action')
    >>> known_word("outcome", "Child Protection (not progressed)") is None
    True
    """
    known = _synonyms(field)
    key = strict_key(label)
    if key in known:
        return known[key]
    if field in label_words.FIELDS:
        return _by_words(field, label, _tools_own(field))
    found = {known[shape] for shape, _ in _shapes(key) if shape in known}
    return found.pop() if len(found) == 1 else None


def _shapes(key: str) -> Iterator[tuple[str, str]]:
    """Other ways to read a label, and what they leave out: "a) ", brackets, the code or the words beside it."""
    plain = _LETTER.sub("", key, count=1)
    yield plain, ""
    for text in {key, plain}:
        if found := _BRACKETED.match(text):
            yield found[1], ""
        elif found := _WORDS_BRACKET.match(text):
            yield from ((found[1], found[2]), (found[2], found[1]))
        if found := _CODE_WORDS.match(text):
            yield from ((found[1], found[2]), (found[2], found[1]))
        yield text.replace(":", ""), ""


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
