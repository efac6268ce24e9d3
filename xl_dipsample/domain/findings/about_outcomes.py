"""Findings about outcomes and decisions: what happened, to whom."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xl_dipsample.domain.analysis import decision_line, own_words
from xl_dipsample.domain.analysis.tallies import masks
from xl_dipsample.domain.findings.sentences import Cell, Figure, Finding, Says, about, data, listed, say, share, short
from xl_dipsample.domain.findings.what_is_counted import Sample, ranked
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.cell import excel_text

WITH_OUTCOME, ANSWERED = " with an outcome", " with an answer"
NFA = "No further action"
SIGNIFICANT_ONLY = "Significant harm, no parenting concerns"


def most_common(sample: Sample) -> Finding | None:
    """Where most cases went, or the most common outcome when none has more than half."""
    answered = sample.filled("Outcome")
    n = int(answered.sum())
    listed_words = sample.lists.words(lead_lists.OUTCOME)
    found = masks(sample.rows, "Outcome", [*listed_words, review_rules.NOT_MAPPED])
    numbers = {word: int(mask.sum()) for word, mask in zip(listed_words, found.words, strict=False)}
    own = int(found.other.sum())
    if not n:
        return None
    levels = ranked(numbers)
    whole = WITH_OUTCOME if n < sample.n else ""
    if not levels:
        words = say("outcome", "own_only", own=share(own, n, whole))
        first = "Other words"
    else:
        words = _ranking(levels, n, own, whole)
        first = levels[0][1][0]
    if n < sample.n:
        words += say("outcome", "open", open=share(sample.n - n, sample.n))
    return Finding(about("outcome"), words, Figure("Summary", "Outcome", first))


def _ranking(levels: list[tuple[int, list[str]]], n: int, own: int, whole: str) -> str:
    top, first = levels[0]
    if 2 * top > n:
        variant = "only" if n == 1 else "all" if top == n else "most"
        words = say("outcome", variant, **{"with": whole}, share=short(top, n), went=_went(first[0]))
    else:
        variant = ("lead" if len(first) == 1 else "tie") + ("_listed" if own else "")
        each = f" cases{whole}" + (" each" if len(first) > 1 else "")
        named = f"{listed(first)} ({short(top, n, each)})"
        words = say("outcome", variant, **{"with": whole}, first=named)
    return words + (say("outcome", "own", own=share(own, n)) if own else "")


def _went(outcome: str) -> str:
    phrases: Mapping[str, str] = data()["went"]
    return phrases.get(outcome, f"have the outcome {outcome}")


def words_not_laid_out(sample: Sample) -> Finding | None:
    """Answers in words that no sheet has a line for, column by column, with their rows."""
    found = own_words.own_words(sample.tables["Review"], sample.lists)
    if not found:
        return None
    told = [
        say("own_words", "column", heading=one.heading, own=share(one.number, one.of), rows=one.rows) for one in found
    ]
    words = say("own_words", columns="; ".join(told))
    return Finding(about("own_words"), words, Figure("Summary", found[0].heading, "Other words"))


def _beside(sample: Sample) -> str:
    """What is said behind every figure of the decision line while outcomes are in words of no list."""
    found = [one for one in own_words.own_words(sample.tables["Review"], sample.lists) if one.heading == "Outcome"]
    return "".join(say("own_words", "beside", own=share(one.number, one.of)) for one in found)


def ended(sample: Sample) -> Finding | None:
    """How many ended with no further action, how many went on to Child in Need or above."""
    n = int(sample.filled("Outcome").sum())
    nothing_done = sample.lists.now(lead_lists.OUTCOME, NFA)
    if not n or not nothing_done:
        return None
    nfa = int(sample.is_("Outcome", nothing_done).sum())
    on = int((sample.sides == decision_line.OVER).sum())
    whole = WITH_OUTCOME if n < sample.n else ""
    words = say("ended", nfa=share(nfa, n, whole), progressed=share(on, n, whole)) + _beside(sample)
    return Finding(about("ended"), words, Figure("Summary", "Outcome", nothing_done))


def hard_to_find(sample: Sample) -> Finding | None:
    """For how many the information was hard to find."""
    hard = sample.progress.hard_to_find
    if not hard:
        return None
    source = Figure("Summary", "Sample", "Hard to find")
    return Finding(about("hard"), say("hard", hard=share(hard, sample.n)), source)


def child_protection(sample: Sample) -> Finding | None:
    """Cases at Child Protection, and those among them with significant harm and no parenting concerns."""
    n = int(sample.filled("Outcome").sum())
    named = sample.lists.protection
    if not n or not named:
        return None
    there = review_rules.keys(sample.rows, "Outcome").isin([word.casefold() for word in named])
    k = int(there.sum())
    whole = share(k, n, WITH_OUTCOME if n < sample.n else "")
    named_so = ", ".join(named)
    words = say("protection", protection=whole, outcomes=named_so)
    if k:
        without = int((there & sample.is_("Scenario", SIGNIFICANT_ONLY)).sum())
        words = say("protection", "some", protection=whole, outcomes=named_so, without=share(without, k))
        unanswered = int((there & sample.is_("Scenario", "")).sum())
        if unanswered:
            words += say("protection", "open", open=share(unanswered, k))
    return Finding(about("protection"), words + _beside(sample), Figure("Summary", "Outcome", named[0]))


def significant_without_concerns(sample: Sample) -> Finding | None:
    """What happened where harm is significant and there are no parenting concerns."""
    answered = ~sample.is_("Scenario", "")
    n = int(answered.sum())
    if not n:
        return None
    those = sample.is_("Scenario", SIGNIFICANT_ONLY)
    k = int(those.sum())
    whole = share(k, n, " with a scenario" if n < sample.n else "")
    words = say("significant", cases=whole)
    if k:
        counts = {side: int((those & (sample.sides == side)).sum()) for side in ("Progressed", "Closed", "")}
        words = say(
            "significant",
            "some",
            cases=whole,
            progressed=share(counts["Progressed"], k),
            closed=share(counts["Closed"], k),
            neither=share(counts[""], k),
        )
        words += _beside(sample)
    return Finding(about("significant"), words, Figure("Summary", "Scenario", SIGNIFICANT_ONLY))


_GROUPS = (
    ("parenting_yes", "Parenting concerns", "Yes"),
    ("parenting_no", "Parenting concerns", "No"),
    ("level_significant", "Level of harm", review_rules.SIGNIFICANT),
    ("level_in_need", "Level of harm", review_rules.IN_NEED),
)


def follows(sample: Sample) -> Finding | None:
    """The share that went on, with and without parenting concerns, with significant harm and in need.

    Of the cases whose outcome is above or below the line, as on Variations.
    """
    told, first = [], None
    for variant, heading, word in _GROUPS:
        group = sample.is_(heading, word)
        n = int((group & (sample.sides != "")).sum())
        if not n:
            continue
        on = int((group & (sample.sides == decision_line.OVER)).sum())
        told.append(say("follows", variant, share=share(on, n)))
        first = first or (heading, word)
    if len(told) < 2 or first is None:
        return None
    source = Cell("Variations", _row(sample.table("Variations", "By", "Group"), *first), "Progressed")
    return Finding(about("follows"), say("follows", groups=", ".join(told)) + _beside(sample), source)


def _row(table: pd.DataFrame, by: str, group: str) -> int:
    """The row of a group in Variations, from 0; 0 when it is not there."""
    pairs = zip(table["By"], table["Group"], strict=True)
    wanted = (by.casefold(), group.casefold())
    places = [row for row, (a, b) in enumerate(pairs) if (excel_text(a).casefold(), excel_text(b).casefold()) == wanted]
    return places[0] if places else 0


def no_service(sample: Sample) -> Finding | None:
    """How many were referred to no service."""
    answered = sample.filled("Referred to?")
    n = int(answered.sum())
    if not n:
        return None
    none = int(masks(sample.rows, "Referred to?", ["None"], several=True).words[0].sum())
    words = say("services", none=share(none, n, ANSWERED if n < sample.n else ""))
    if n < sample.n:
        words += say("services", "open", open=share(sample.n - n, sample.n))
    return Finding(about("services"), words, Figure("Summary", "Referred to?", "None"))


SAID: dict[str, Says] = {
    "outcome": most_common,
    "own_words": words_not_laid_out,
    "ended": ended,
    "hard": hard_to_find,
    "protection": child_protection,
    "significant": significant_without_concerns,
    "follows": follows,
    "services": no_service,
}  # topic of findings.toml -> what says it
