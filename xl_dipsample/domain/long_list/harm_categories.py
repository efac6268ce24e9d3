"""Which harm categories a row's labels stand for: DfE factors, words, lists, JSON, in whatever mixture.

Codes and words come from reference/ and from the lead's mapping table, nothing from this file. Need codes (N0 to
N9) are another field of the census: they are nobody's harm category and stay unmapped, so that the lead sees them.
Source of the rules: docs/design.md, section 7.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import pandas as pd

from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import by_unique, folded, is_nothing, trimmed
from xl_dipsample.domain.shared.reference_words import normalise, strict_key

NOT_CHOSEN, NOTHING_RECORDED = "Not chosen", "Nothing recorded"
NO_CATEGORY_WORDS = (
    "no", "none", "nil", "no factors", "no factors identified", "none identified", "none recorded",
    "nothing recorded", "not recorded", "none known", "no category recorded", "no factors recorded",
)  # fmt: skip

Kind = Literal["chosen", "not chosen", "nothing"]

_CODE = r"0?(?P<code>\d{1,2}[a-f]|20|21)"
_CODE_ALONE = re.compile(rf"\(?{_CODE}\)?")
_CODE_THEN_WORDS = re.compile(rf"{_CODE}(?: ?[\-:.)=] ?| ?\((?=.*\)$)| )(?P<words>[^\d\-:.)].*?)\)?")
_WORDS_THEN_CODE = re.compile(rf"(?P<words>.*\S) ?[(\[]{_CODE}[)\]]")
_TWO_PARTS = re.compile(r"(?P<first>[^():]+?)(?: ?[(\[]|: )(?P<second>[^():]+?)[)\]]?")
_CODES_ONLY = re.compile(r"0?\d{1,2}[a-fA-F](?:\s+0?\d{1,2}[a-fA-F])+")
_ANY_CODE = re.compile(r"\b\d{1,2}[a-f]\b")
_SEPARATOR = re.compile(r"[;|,/\r\n\t\v\f]")
_LETTER = re.compile(r"^[a-z]{1,2}\) ?")  # "b) Neglect": how statutory lists are numbered
_BETWEEN_LABELS = re.compile(r"[;|\r\n\t\v\f]+")
_WORD = re.compile(r"[a-z]+|\b0\b|[\u2717\u2718]")
_AND = re.compile(r"( (?:and|&|\+) )", re.IGNORECASE)
_SENTENCE = re.compile(r"(?P<topic>[a-z :-]+?): concerns? (?:about|that) (?P<rest>.+)")
_WHO = (  # the first that fits: "the child's parent(s)/carer(s)" are the parents
    (r"\banother person\b", "another person in the household"),
    (r"\b(?:parents?|carers?)\b", "parent or carer"),
    (r"\bchild(?:'?s)?\b", "child"),
)
_PERHAPS_BETWEEN = re.compile(r"([,/])")
_LONGEST = 6  # parts that one label may have: "Violence, threats / weapons" has three


@dataclass(frozen=True)
class Meaning:
    """What one label stands for; `confirm`: Case check asks whether it was outside the home (18A, 18C, 19A, 19C)."""

    kind: Kind
    category: str = ""
    confirm: bool = False

    @property
    def word(self) -> str:
        """The word that the column Means shows for it."""
        return {"chosen": self.category, "not chosen": NOT_CHOSEN, "nothing": NOTHING_RECORDED}[self.kind]


@dataclass(frozen=True)
class Harm:
    """What the harm cell of one row holds; see `parse_harm`."""

    categories: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()
    nothing: bool = True
    known: bool = False


def categories() -> tuple[str, ...]:
    """Every harm category of reference/, in its order, which is the order of every cell that holds several.

    A lead's own come after them.
    """
    return reference.words("harm_categories", "category")


def parse_harm(values: pd.Series, means: Mapping[str, str]) -> pd.DataFrame:
    """The harm categories of every row. `means`: normalised label -> word of the lead's column Means.

    Returns a frame with the same index, a Python object in each cell:
    categories (tuple of reference words, in reference order), labels (tuple, as exported), unmapped (tuple: labels
    that nobody has mapped), confirm (tuple: labels to confirm in the file), nothing (bool: no category recorded),
    known (bool: at least one known label that is on no list).

    >>> harm = parse_harm(pd.Series(["11A, 16A", '["10A"]', "21", "Zorbing"], dtype=object), {})
    >>> harm["categories"].tolist()
    [('CSE',), ('Missing',), (), ()]
    >>> harm["unmapped"].tolist()[3], harm["nothing"].tolist()
    (('Zorbing',), [False, False, True, False])
    """
    codes, reads = by_unique(values, lambda value: read_harm(value, means))
    names = ("categories", "labels", "unmapped", "confirm", "nothing", "known")
    columns = {name: pd.Series([getattr(read, name) for read in reads], dtype=object) for name in names}
    frame = pd.DataFrame({name: column.to_numpy()[codes] for name, column in columns.items()}, dtype=object)
    return frame.set_axis(values.index, axis=0)


def read_harm(value: object, means: Mapping[str, str]) -> Harm:
    """The harm cell of one row."""
    labels = tuple(split_labels(value, means))
    meanings = [(label, lookup(label, means)) for label in labels]
    found = dict.fromkeys(meaning.category for _, meaning in meanings if meaning and meaning.kind == "chosen")
    ours = [category for category in categories() if category in found]
    return Harm(
        categories=(*ours, *(category for category in found if category not in ours)),
        labels=labels,
        unmapped=tuple(label for label, meaning in meanings if meaning is None),
        confirm=tuple(label for label, meaning in meanings if meaning and meaning.confirm),
        nothing=all(meaning is not None and meaning.kind == "nothing" for _, meaning in meanings),
        known=any(meaning is not None and meaning.kind == "not chosen" for _, meaning in meanings),
    )


def lookup(label: str, means: Mapping[str, str]) -> Meaning | None:
    """What a label means: the lead's word first, then reference/; None when nobody has said."""
    known = known_label(label)
    word = means.get(normalise(label))
    if not word and known is not None and known.kind == "chosen":
        word = means.get(normalise(known.category), known.category)
        return Meaning("chosen", word, known.confirm) if word else None  # renamed, or taken off the lead's list
    if not word:
        return known
    if word == NOT_CHOSEN:
        return Meaning("not chosen")
    if word == NOTHING_RECORDED:
        return Meaning("nothing")
    return Meaning("chosen", word, confirm=known is not None and known.confirm)


@lru_cache(maxsize=20_000)
def known_label(label: str) -> Meaning | None:
    """What reference/ says about a label: a code, words, or both; None when it says nothing, or two things.

    >>> known_label("11a - Child sexual exploitation").category, known_label("N6 - Socially unacceptable behaviour")
    ('CSE', None)
    """
    text = strict_key(label)
    several = _SEPARATOR.search(label.strip()) is not None
    for shape in (text, _LETTER.sub("", text, count=1), text.strip("()\"' ")):
        meaning = _by_words().get(shape) or (None if several else _by_code_and_words(shape))
        if meaning is not None:
            return meaning
    return _both_say_it(text) or _by_sentence(text)


def known_words(means: Mapping[str, str]) -> dict[str, str]:
    """Every label that means a category, by the tool's own words and the lead's: what a label may be proposed by."""
    ours = {label: found.category for label, found in _by_words().items() if found.kind == "chosen"}
    said = {label: means.get(normalise(word), word) for label, word in ours.items() if label not in means}
    return said | {label: word for label, word in means.items() if word not in (NOT_CHOSEN, NOTHING_RECORDED)}


def _both_say_it(text: str) -> Meaning | None:
    """A label and the same thing beside it: "Child sexual exploitation (CSE)", "CCE: county lines"."""
    parts = _TWO_PARTS.fullmatch(text)
    if parts is None:
        return None
    found = [_by_words().get(part.strip()) for part in (parts["first"], parts["second"])]
    return found[0] if found[0] is not None and found[0] == found[1] and found[0].kind == "chosen" else None


def _by_sentence(text: str) -> Meaning | None:
    """A factor as the census guide describes it: "Drug misuse: concerns about drug misuse by the parent(s)/carer(s)".

    Who is meant stands in the sentence; of the others only that services may be required. A sentence that holds a
    doubt or speaks of a second factor is left to a person.
    """
    found = _SENTENCE.fullmatch(text)
    if found is None:
        return None
    topic, rest = found["topic"].replace("domestic violence", "domestic abuse"), found["rest"]
    if rest.startswith("services may be required"):
        return _by_words().get(topic)
    if _doubts(rest) or " and " in rest or any(other != topic and other.split()[0] in rest for other in _topics()):
        return None
    who = next((who for said, who in _WHO if re.search(said, rest)), "")
    return _by_words().get(f"{topic}: {who}")


@cache
def _topics() -> frozenset[str]:
    """What factors are about that are asked of child, parents and others apart: drug misuse, mental health."""
    labels = (row["label"].casefold() for row in reference.table("dfe_factors"))
    return frozenset(label.partition(": ")[0] for label in labels if label.endswith(": parent or carer"))


def _by_code_and_words(text: str) -> Meaning | None:
    alone = _CODE_ALONE.fullmatch(text)
    if alone:
        return _by_code().get(alone["code"])
    both = _CODE_THEN_WORDS.fullmatch(text) or _WORDS_THEN_CODE.fullmatch(text)
    if both is None:
        return None
    code, words = both["code"], both["words"].strip()
    by_code, by_words = _by_code().get(code), _by_words().get(words) or _by_words().get(f"{words})")
    if by_words is None and by_code is not None and by_code.kind == "chosen" and _doubts(words):
        return None  # "11A - ruled out": a person says whether it counts
    if by_words is None and any(known_label(one) is not None for one in _AND.split(text)[2::2]):
        return None  # "11A & Gangs": two labels
    if by_words is None and (_ANY_CODE.search(words) or text.startswith(f"{code} ")):
        # "11A CSE 13A Gangs": two labels that nothing separates; "20 days missing": no code at all.
        return by_code if code[-1].isalpha() and not _ANY_CODE.search(words) else None
    # A council with codes of its own: code and words disagree, so a person has to say.
    disagree = by_code and by_words and by_code.category != by_words.category
    return None if disagree else by_code


def _doubts(words: str) -> bool:
    """Whether words behind a code may take it back: a "no", a doubt, another time (reference/factor_headings.csv)."""
    plain = f" {' '.join(_WORD.findall(words))} "
    return any(f" {word} " in plain for word in _words_of_doubt())


@cache
def _words_of_doubt() -> tuple[str, ...]:
    rows = reference.table("factor_headings")
    return tuple(word for row in rows if row["kind"] == "doubt" for word in reference.parts(row["words"]))


@cache
def _by_code() -> dict[str, Meaning]:
    return {row["code"].casefold(): _meaning(row) for row in reference.table("dfe_factors")}


@cache
def _by_words() -> dict[str, Meaning]:
    known = {strict_key(word): Meaning("nothing") for word in NO_CATEGORY_WORDS}
    for row in reference.table("harm_categories"):
        for word in (row["category"], *reference.parts(row["label_synonyms"])):
            known.setdefault(strict_key(word), Meaning("chosen", row["category"]))
    for row in reference.table("dfe_factors"):
        # "Physical abuse" without "(not said by whom)" is no word of the census: it is also a category of child
        # protection plans, mostly harm inside the home, so the lead says what it means
        known.setdefault(strict_key(row["label"]), _meaning(row))
        for short in ("parent", "carer", "parent/carer"):
            known.setdefault(strict_key(row["label"].replace(": parent or carer", f": {short}")), _meaning(row))
        for word in reference.parts(row["also"]):
            known.setdefault(strict_key(word), _meaning(row))
    return known


def _meaning(factor: Mapping[str, str]) -> Meaning:
    role = factor["role"]
    if role.startswith("chosen") or role == "offered":
        return Meaning("chosen", factor["category"], confirm=role.endswith("confirm"))
    return Meaning("nothing") if role == "none" else Meaning("not chosen")


def split_labels(value: object, means: Mapping[str, str]) -> Iterator[str]:
    """The labels of a cell, each once, as exported.

    A known label is never split, though it holds a comma or a slash: what somebody has mapped is tried whole first.

    >>> list(split_labels("CSE / Gangs; Neglect", {})), list(split_labels("[]", {}))
    (['CSE', 'Gangs', 'Neglect'], [])
    """
    seen: set[str] = set()
    for label in _split(value, means):
        if normalise(label) not in seen:
            seen.add(normalise(label))
            yield label


def _split(value: object, means: Mapping[str, str]) -> Iterator[str]:
    if is_nothing(value):
        return
    text = trimmed(value)
    if normalise(text) not in means:
        text = text.strip(" ,;/|\r\n\t\u00a0")  # "Gangs," is the label "Gangs" and a separator with nothing behind it
    if not text:
        return
    if text.startswith("[") and text.endswith("]"):
        for item in _array(text):
            yield from _split(item, means)
    elif lookup(text, means) is not None:
        yield text
    else:
        pieces = _BETWEEN_LABELS.split(text)
        if len(pieces) == 1:
            yield from _split_at_commas(text, means)
            return
        for piece in pieces:
            yield from _split(piece, means)


def _array(text: str) -> Iterable[object]:
    """The items of a JSON array, or of what only looks like one ("['10A', '11A']", "[10A]")."""
    try:
        items = json.loads(text)
    except ValueError:
        items = [item.strip("\"' ") for item in text.strip("[] ").split(",")]
    for item in items:
        if isinstance(item, list):
            yield from item
        elif isinstance(item, dict):
            yield from item.values()
        else:
            yield item


def _split_at_commas(text: str, means: Mapping[str, str]) -> Iterator[str]:
    if _CODES_ONLY.fullmatch(text):
        yield from text.split()
        return
    together = _all_known(text, means)
    if together:
        yield from together
        return
    parts = _PERHAPS_BETWEEN.split(text)
    group: list[tuple[str, bool, str]] = []  # label, known, the sign before it
    at = 0
    while at < len(parts):
        length = _known_length(parts, at, means)
        label = folded("".join(parts[at : at + max(length, 1)]))
        sign = parts[at - 1] if at else ","
        if sign == ",":
            yield from _slashes(group)
            group = []
        together = _all_known(label, means)
        if together:
            group += [(one, True, sign) for one in together]
        elif label and not is_nothing(label):
            group.append((label, length > 0, sign))
        at += max(length, 1) + 1
    yield from _slashes(group)


def _all_known(text: str, means: Mapping[str, str]) -> list[str]:
    """The labels of "CSE and Gangs" or "CSE & Gangs" where each is known, the longest first; none where one is not."""
    parts = _AND.split(text)
    found: list[str] = []
    at = 0
    while at < len(parts):
        ends = range(len(parts), at, -2)
        end = next((end for end in ends if lookup(folded("".join(parts[at:end])), means) is not None), None)
        if end is None:
            return []
        found.append(folded("".join(parts[at:end])))
        at = end + 1
    return found


def _known_length(parts: list[str], at: int, means: Mapping[str, str]) -> int:
    """How many parts, signs counted, make up the longest known label that starts here; 0 when none does."""
    longest = min(len(parts) - at, 2 * _LONGEST - 1)
    for length in range(longest - (longest + 1) % 2, 0, -2):
        if lookup(folded("".join(parts[at : at + length])), means) is not None:
            return length
    return 0


def _slashes(group: list[tuple[str, bool, str]]) -> Iterator[str]:
    """A slash between unknown words is part of their label ("n/k"); beside a known label it separates."""
    if any(known for _, known, _ in group):
        yield from (label for label, _, _ in group)
    elif group:
        yield "/".join(label for label, _, _ in group) if len(group) > 1 else group[0][0]
