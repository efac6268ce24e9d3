"""Language: the findings with people's decisions, where they gather, typical words and words that stand together."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xl_dipsample.domain.language import collocations, concern_patterns, term_hits, terms, typical_words
from xl_dipsample.domain.language.kept_hits import keep
from xl_dipsample.domain.language.word_counts import read_extracts
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.domain.shared.statistics import FEW
from xl_dipsample.workbook.specs import columns, spec

FREE_TEXT = "Text"  # the type of the team's questions that hold words


def renew(tables: Mapping[str, pd.DataFrame], result: Result) -> dict[str, pd.DataFrame]:
    """The tables Language, LanguagePatterns, TypicalWords and Collocations; those that the workbook has."""
    rows, lists = tables["Review"], Lists.of(tables)
    read = terms.terms_of(tables.get("Terms"))
    _say_unreadable(read.unreadable, tables.get("Terms"), result)
    asked = questions(tables)
    found = term_hits.findings(rows, read.terms, asked)
    kept = keep(found, tables.get("Language"), term_hits.concern_list(read.terms))
    words = read_extracts(rows.loc[review_rules.in_sample(rows)])
    typical = typical_words.typical_words(rows, words, lists=lists)
    _say_figures(kept.table, kept.lost, result)
    _say_few(typical, result)
    made = {
        "Language": kept.table,
        "LanguagePatterns": concern_patterns.patterns(rows, kept.table, read.terms, asked, lists=lists),
        "TypicalWords": typical.table,
        "Collocations": collocations.collocations(rows, words),
    }
    return {name: _as_there(frame, tables[name]) for name, frame in made.items() if name in tables}


def questions(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """The headings of the team's own questions that are answered in words."""
    ours = spec.table("review", "Review").headings
    asked = columns.questions(tables.get("Questions"))
    return [one.heading for one in asked if one.type == FREE_TEXT and one.heading not in ours]


def _as_there(frame: pd.DataFrame, there: pd.DataFrame) -> pd.DataFrame:
    """The columns that the table has: one of an earlier version lacks some."""
    return frame[[heading for heading in frame.columns if heading in there.columns]]


def _say_unreadable(places: tuple[int, ...], table: pd.DataFrame | None, result: Result) -> None:
    usual = spec.table("review", "Terms").first_row
    first = usual if table is None else standing.first_row(table, usual)
    for place in places:
        result.say(
            "warning",
            "language-term",
            f"The words in Excel row {first + place} of the table Terms on the sheet Lists cannot be read, so they were"
            " not looked for; the others were. Check their brackets and signs.",
            sheet="Lists",
            row=first + place,
            column="Words",
        )


def _say_figures(table: pd.DataFrame, lost: int, result: Result) -> None:
    decided = int((review_rules.texts(table, term_hits.DECISION) != "").sum())
    result.figures["language"] = len(table)
    result.figures["language_decided"] = decided
    if lost:
        result.figures["language_lost"] = lost
        one = lost == 1
        result.say(
            "warning",
            "language-lost",
            f"{lost} {'finding' if one else 'findings'} on Language with a decision {'is' if one else 'are'} not there"
            " any more: the words in Review, the sample, or the table Terms changed. Undo last step brings"
            f" {'it' if one else 'them'} back.",
            sheet="Language",
        )


def _say_few(typical: typical_words.Typical, result: Result) -> None:
    if typical.few and (typical.closed or typical.progressed):
        result.say(
            "note",
            "few-for-words",
            f"Typical words are not listed: {typical.closed} closed and {typical.progressed} progressed cases have a"
            f" reason filled in, and each side needs {FEW}.",
            sheet="Language patterns",
        )
