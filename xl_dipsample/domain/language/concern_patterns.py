"""Where the wording gathers: cases by concern, in the whole sample, by outcome and by type of harm. Never by worker.

A case counts once for each concern that its texts hold, unless a person dismissed every finding of it there. It is
counted of the cases that have at least one text to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.analysis import decision_line
from xl_dipsample.domain.analysis.tallies import NOT_FILLED, SEPARATOR
from xl_dipsample.domain.language import term_hits
from xl_dipsample.domain.language.kept_hits import keep
from xl_dipsample.domain.language.term_hits import ANY_CONCERN, CONFIRMED, DECISION, DISMISSED, counted
from xl_dipsample.domain.language.terms import Term, terms_of
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.share_cells import percent
from xl_dipsample.domain.shared.statistics import FEW, wilson

HEADINGS = ("By", "Group", "Concern", "Cases", "Of", "Confirmed", "In words")
SHARES = ("Concern", "Cases", "Of")
ALL = ("All cases", "In the sample")
LINE, OUTCOME, HARM = "Closed or progressed", "Outcome", "Type of harm"


class _Group(NamedTuple):
    """Cases that are counted together, by their unique IDs, one for each row."""

    by: str
    name: str
    cases: list[str]


def concern_shares(
    frame: pd.DataFrame, language: pd.DataFrame | None, terms: Sequence[Term] | pd.DataFrame | None
) -> pd.DataFrame:
    """How many cases of a sample have each concern: Concern, Cases, Of; "Any concern" first, then as in `terms`.

    `frame` is Review, `language` the table Language with people's decisions (None: there are none), `terms` the terms
    or a table Terms. The texts are searched anew: give every sample the same terms, or their tables are compared and
    not their words. Only the two extracts and Summary of harm are read, which every sample has. Of: cases in the
    sample that have one of these texts.
    """
    if terms is None or isinstance(terms, pd.DataFrame):
        terms = terms_of(terms).terms
    if language is not None and (review_rules.keys(language, DECISION) == DISMISSED).any():
        found = keep(term_hits.findings(frame, terms), language, term_hits.concern_list(terms)).table
        held = _cases_of(counted(found))
    else:  # nothing is taken away: what stands around the findings does not have to be compared
        held = _cases_of(term_hits.cases_and_concerns(frame, terms))
    rows = frame.loc[term_hits.with_text(frame)]
    cases = review_rules.texts(rows, "Unique ID").tolist()
    names = [ANY_CONCERN, *term_hits.concern_list(terms)]
    made = [(name, sum(case in held.get(name, ()) for case in cases), len(cases)) for name in names]
    return pd.DataFrame(made, columns=list(SHARES)).astype({"Concern": object})


def patterns(
    frame: pd.DataFrame, found: pd.DataFrame, terms: Sequence[Term], questions: Sequence[str] = (), *, lists: Lists
) -> pd.DataFrame:
    """The table LanguagePatterns. `found` is the table Language, with decisions; `questions` as in `findings`.

    The whole sample has a row for every concern of `terms`, 0 included. Each group has one for "Any concern" and one
    for each concern that one of its cases has.
    """
    rows = frame.loc[term_hits.with_text(frame, questions)]
    told = counted(found)
    held = _cases_of(told)
    confirmed = _cases_of(told.loc[review_rules.keys(told, DECISION) == CONFIRMED])
    concerns = term_hits.concern_list(terms)
    made: list[tuple[object, ...]] = []
    for group in _groups(rows, lists):
        lines = []
        for place, concern in enumerate([ANY_CONCERN, *concerns]):
            n = sum(case in held.get(concern, ()) for case in group.cases)
            sure = sum(case in confirmed.get(concern, ()) for case in group.cases)
            lines.append((place > 0, -n, place, concern, sure))
        for later, minus, _, concern, sure in sorted(lines):
            if minus or not later or group.by == ALL[0]:
                n, of = -minus, len(group.cases)
                made.append((group.by, group.name, concern, n, of, sure, _sentence(n, of, sure)))
    return pd.DataFrame(made, columns=list(HEADINGS), dtype=object)


def _cases_of(found: pd.DataFrame) -> dict[str, set[str]]:
    """The unique IDs of the cases that have each concern, and of those that have any."""
    held: dict[str, set[str]] = {ANY_CONCERN: set()}
    for case, concern in zip(review_rules.texts(found, "Unique ID"), review_rules.texts(found, "Concern"), strict=True):
        held.setdefault(concern, set()).add(case)
        held[ANY_CONCERN].add(case)
    return held


def _groups(rows: pd.DataFrame, lists: Lists) -> Iterable[_Group]:
    """The groups that have cases, in the order in which they stand on the sheet."""
    cases = review_rules.texts(rows, "Unique ID").tolist()
    yield _Group(*ALL, cases)
    sides = decision_line.line(rows, lists).tolist()
    yield from _grouped(
        LINE, cases, [[side] if side else [] for side in sides], [decision_line.UNDER, decision_line.OVER]
    )
    outcomes = [[cell or NOT_FILLED] for cell in review_rules.texts(rows, "Outcome")]
    yield from _grouped(OUTCOME, cases, outcomes, lists.words(lead_lists.OUTCOME))
    harms = [_parts(cell) or [NOT_FILLED] for cell in review_rules.texts(rows, "Type of harm")]
    yield from _grouped(HARM, cases, harms, lists.words(lead_lists.HARM))


def _grouped(by: str, cases: list[str], words: list[list[str]], order: Sequence[str]) -> Iterable[_Group]:
    """One group for each word, capitals aside: those of `order` first, then others by the alphabet, then no word."""
    listed = {word.casefold(): (place, word) for place, word in enumerate(order)}
    last = {review_rules.NOT_MAPPED.casefold(): len(order) + 1, NOT_FILLED.casefold(): len(order) + 2}
    members: dict[str, list[str]] = {}
    spelt: dict[str, str] = {}
    for case, held in zip(cases, words, strict=True):
        for key, word in {word.casefold(): word for word in held}.items():
            members.setdefault(key, []).append(case)
            spelt[key] = listed[key][1] if key in listed else min(word, spelt.get(key, word))
    for key in sorted(members, key=lambda one: (listed[one][0] if one in listed else last.get(one, len(order)), one)):
        yield _Group(by, spelt[key], members[key])


def _parts(cell: str) -> list[str]:
    return [part for part in (one.strip() for one in cell.split(SEPARATOR.strip())) if part]


def _sentence(n: int, of: int, confirmed: int) -> str:
    """The row in words; below 10 cases counts only."""
    by_people = f"; a person confirmed {confirmed}" if confirmed else ""
    if of < FEW:
        return f"{n} of {plural(of, 'case')}: few, so counts only{by_people}."
    low, high = (round(100 * end) for end in wilson(n, of))
    return f"{n} of {of} cases ({percent(n, of)}; 95% interval {low}% to {high}%){by_people}."
