"""Columns that are one type of harm each: the heading names it, the cells say Yes or No (docs/design.md, section 8).

Systems write furniture around the name ("CSE Flag", "24A_CCE", "Factor 13A - Gangs"): reference/factor_headings.csv has
it. A heading that only sounds like a type of harm ("Knife crime?") above Yes and No is a question for the lead.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from xl_dipsample.domain.long_list.harm_categories import known_label
from xl_dipsample.domain.long_list.heading_words import heading_key, spelt
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import folded, trimmed

YES_WORDS = frozenset({"yes", "y", "1", "1.0", "true", "a) yes", "\u2713", "\u2714", "\u221a"})
NO_WORDS = frozenset({"no", "n", "0", "0.0", "false", "b) no", "\u2717", "\u2718"})
CROSS = "x"  # in a box it means yes, unless the column has a yes of its own
_MOSTLY = 0.5  # of a factor's cells: a footer, "?" or "N/K" in its column changes nothing
_FEW_WORDS = 8  # different ones: "Not known", "N/K", "Ruled out" and their like; a column of remarks has more
_SOME = 0.1  # with more other numbers than that, a column counts something, such as episodes
_BRACKETS = re.compile(r"^(?P<before>.+?) ?\((?P<inside>[^()]+)\)$")
_CODE_FIRST = re.compile(r"^(?P<code>\d{1,2}[a-f]) (?P<words>\D.*)$")


def factor_label(heading: object) -> str | None:
    """The type of harm that a heading names, as a label that is known; None when it names none.

    >>> factor_label("CSE Flag"), factor_label("Factor 13A - Gangs"), factor_label("Gender")
    ('CSE', '13A - Gangs', None)
    >>> factor_label("24A_CCE"), factor_label("Child Criminal Exploitation (CCE)"), factor_label("NEGLECT_FLAG")
    ('24A - CCE', 'Child Criminal Exploitation (CCE)', 'NEGLECT')
    """
    return _factor_label(trimmed(heading))


@lru_cache(maxsize=5_000)
def _factor_label(heading: str) -> str | None:
    return next((label for label in _shapes(heading) if label and known_label(label) is not None), None)


def own_label(heading: object) -> str:
    """The label of a column of Yes and No that the lead called a type of harm: its heading, where none is known."""
    return factor_label(heading) or folded(trimmed(heading)).rstrip("? ")


def may_be_factor(heading: object) -> bool:
    """Whether a heading sounds like a type of harm of today without naming one that is known, nor counting something.

    >>> may_be_factor("Knife crime?"), may_be_factor("Consent given"), may_be_factor("IsRadicalisation")
    (True, False, True)
    """
    words = {word.removesuffix("s") for word in spelt(heading)}
    return bool(_perhaps() & words) and not _aside() & words


def yes_no_columns(
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    away: Collection[int],
    chosen: Collection[int] = (),
) -> tuple[dict[int, str], tuple[int, ...]]:
    """Column -> label for the columns that are one type of harm each, and the columns that may be.

    `away`: columns that are something else; `chosen`: columns that the lead called types of harm, one each: taken,
    whatever their cells say. Words that are neither Yes nor No become labels of their own, which nobody has mapped.
    """
    if not rows:
        return {}, ()
    open_columns = [at for at, heading in enumerate(headings) if at not in away and trimmed(heading)]
    told = {at: own_label(headings[at]) for at in open_columns if at in chosen}
    known = {at: label for at in open_columns if at not in told and (label := factor_label(headings[at])) is not None}
    found = {at: label for at, label in known.items() if says_yes_no(rows, at, label)}
    # "Other" or "Neglect" alone may be anything; beside a harm category, or among several, it is a factor.
    telling = any(meaning is not None and meaning.category for meaning in map(known_label, found.values()))
    taken = (found if telling or told or len(found) > 1 else {}) | told
    asked = tuple(
        at
        for at in open_columns
        if at not in taken
        and (_is_category(known.get(at)) or (at not in known and may_be_factor(headings[at])))
        and (says_yes_no(rows, at, "") or says_few_things(rows, at))
    )
    return dict(sorted(taken.items())), asked


def not_taken(headings: Sequence[str], unplaced: Iterable[int]) -> Iterator[tuple[str, str]]:
    """A heading that is a harm category, above cells of another kind, is no secret: the lead hears of it."""
    for column in unplaced:
        label = factor_label(headings[column]) if trimmed(headings[column]) else None
        meaning = known_label(label) if label else None
        if meaning is not None and meaning.category:
            yield (
                "harm-heading-not-taken",
                f"A column is called {meaning.category}, but most of its cells say neither Yes nor No: not taken.",
            )


def _shapes(heading: str) -> Iterator[str]:
    """The heading in the forms that a known label may have, the likeliest first."""
    text = folded(heading).rstrip("? ")
    yield text
    yield from _without_brackets(text)
    bare = _without_furniture(text)
    if bare != text:
        yield bare
        yield from _without_brackets(bare)
    words = " ".join(spelt(bare))
    code = _CODE_FIRST.match(words)
    if code:
        yield f"{code['code'].upper()} - {bare[len(code['code']) :].strip(' _-')}"
    yield words


def _without_brackets(text: str) -> Iterator[str]:
    """What brackets stand for: "Domestic abuse (parent)" has a colon in the census, "Gangs (GA)" says it twice."""
    parts = _BRACKETS.match(text)
    if parts is None:
        return
    yield f"{parts['before']}: {parts['inside']}"
    before, inside = known_label(parts["before"]), known_label(parts["inside"])
    if before is not None and before == inside:
        yield parts["before"]


def _without_furniture(text: str) -> str:
    key = heading_key(text)
    for word in _around():
        if key.startswith(f"{word} ") and len(key) > len(word) + 1:
            text, key = text[len(word) + 1 :].strip(" -:_"), key[len(word) + 1 :].strip(" -:_")
        if key.endswith(f" {word}"):
            text, key = text[: -len(word) - 1].strip(" -:_?"), key[: -len(word) - 1].strip(" -:_?")
    return text


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    return {row["kind"]: tuple(reference.parts(row["words"])) for row in reference.table("factor_headings")}


@cache
def _around() -> tuple[str, ...]:
    return tuple(sorted(_words()["around"], key=len, reverse=True))


@cache
def _aside() -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in _words()["aside"])


@cache
def _perhaps() -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in _words()["perhaps"])


def says_yes_no(rows: Sequence[Sequence[object]], column: int, label: str) -> bool:
    """Whether the cells of a column say Yes or No, or nothing.

    A heading that is a known type of harm is never dropped by what some of its cells say: those are findings, also
    when most of them say "Not known". One that is none known (`label` empty) needs a Yes or a No, and mostly those.
    """
    counted = _counted(rows, column)
    certain = sum(counted[word] for word in YES_WORDS | NO_WORDS)
    sure = certain + sum(counted[word] for word in {"null", "-", CROSS, label.casefold()})
    other = sum(number for word, number in counted.items() if word not in YES_WORDS | NO_WORDS and _is_number(word))
    if other > _SOME * counted.total() or (not label and not sure):
        return False
    odd = set(counted) - YES_WORDS - NO_WORDS
    return sure >= _MOSTLY * counted.total() or bool(label and certain and len(odd) <= _FEW_WORDS)


def says_few_things(rows: Sequence[Sequence[object]], column: int) -> bool:
    """Whether a few words come again and again, as "High" and "None" do; remarks, names, dates and numbers do not."""
    counted = _counted(rows, column)
    return 0 < len(counted) <= _FEW_WORDS and len(counted) < counted.total() and not any(map(_has_figure, counted))


def _counted(rows: Sequence[Sequence[object]], column: int) -> Counter[str]:
    counted: Counter[str] = Counter()
    for value, number in Counter(row[column] for row in rows if len(row) > column).items():
        counted[trimmed(value).casefold()] += number
    del counted[""]
    return counted


def _is_category(label: str | None) -> bool:
    meaning = known_label(label) if label else None
    return meaning is not None and bool(meaning.category)


def _has_figure(word: str) -> bool:
    return any(map(str.isdigit, word))


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdigit()
