"""Terms in the texts of Review: one row per finding, with the words around it; and how many cases have each concern.

Only cases in the sample count. Texts are the two extracts, Summary of harm and, on the sheet Language, the team's own
questions with free text. Nothing here reads who wrote or reviewed a case.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.language.hit_context import around
from xl_dipsample.domain.language.terms import Hit, Term, find_in_texts
from xl_dipsample.domain.review import review_rules

INVOLVEMENT = "Reason for social care involvement (extract)"
CLOSURE = "Reason for closure or progression (extract)"
TEXTS = (INVOLVEMENT, CLOSURE, "Summary of harm")
NUMBER, DECISION = "No.", "Decision"
FOUND = (
    "Unique ID", "Column", "Words before", "Term", "Words after", "Around it", "Concern", "Why it matters",
    "Consider instead",
)  # fmt: skip
HEADINGS = (NUMBER, *FOUND, DECISION)
ANY_CONCERN = "Any concern"
DISMISSED, CONFIRMED = "dismiss", "confirm"
CUT = "\u2026"  # the text goes on
_WIDTH = 60  # characters shown on each side


class _Place(NamedTuple):
    """A finding: the case, the column, the text and where in it."""

    case: str
    column: str
    text: str
    hit: Hit


def texts(rows: pd.DataFrame, headings: Sequence[str]) -> dict[str, list[str]]:
    """The texts of some columns, as Excel shows them, accented letters as one sign; a column not there is left out."""
    return {
        heading: [_whole_letters(cell) for cell in review_rules.texts(rows, heading)]
        for heading in dict.fromkeys(headings)
        if heading in rows.columns
    }


def findings(frame: pd.DataFrame, terms: Sequence[Term], questions: Sequence[str] = ()) -> pd.DataFrame:
    """Every finding in the cases of the sample, with the headings FOUND; by case, then column, then place.

    `frame` is Review, `questions` are headings of further columns to read. About 60 characters stand on each side,
    cut between words; where two terms overlap, both are there.
    """
    places = _places(frame, terms, questions)
    told = around([(one.text, one.hit.start, one.hit.end) for one in places])
    made = [
        (
            one.case, one.column, before(one.text, one.hit.start), _one_line(one.text[one.hit.start : one.hit.end]),
            after(one.text, one.hit.end), near, one.hit.concern, one.hit.term.why, one.hit.term.instead,
        )
        for one, near in zip(places, told, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(FOUND), dtype=object)


def cases_and_concerns(frame: pd.DataFrame, terms: Sequence[Term]) -> pd.DataFrame:
    """Unique ID and Concern of every finding, in the order of `findings`, for counting: the words stay out."""
    made = [(one.case, one.hit.concern) for one in _places(frame, terms, ())]
    return pd.DataFrame(made, columns=["Unique ID", "Concern"], dtype=object)


def _places(frame: pd.DataFrame, terms: Sequence[Term], questions: Sequence[str]) -> list[_Place]:
    rows = frame.loc[review_rules.in_sample(frame)]
    cells = texts(rows, (*TEXTS, *questions))
    cases = review_rules.texts(rows, "Unique ID").tolist()
    listed = [(case, column, cells[column][at]) for at, case in enumerate(cases) for column in cells]
    hits = find_in_texts([text for _, _, text in listed], terms)
    return [_Place(*one, hit) for one, found in zip(listed, hits, strict=True) for hit in found]


def before(text: str, start: int) -> str:
    r"""The words before a place, on one line; whole words only where the text is cut, which a sign shows.

    >>> before("x" * 5 + " She said that the man with whom she was living at the time was her boyfriend", 73)
    '\u2026 that the man with whom she was living at the time was her'
    """
    left = max(0, start - _WIDTH)
    words = text[left:start]
    if left and not text[left - 1].isspace():
        words = _after_first_blank(words)
    return f"{CUT} {_one_line(words)}".strip() if left else _one_line(words)


def after(text: str, end: int) -> str:
    """The words after a place, in the same way."""
    right = end + _WIDTH
    words = text[end:right]
    if right >= len(text):
        return _one_line(words)
    if not text[right].isspace():
        words = _after_first_blank(words[::-1])[::-1]
    return f"{_one_line(words)} {CUT}".strip()


def with_text(frame: pd.DataFrame, questions: Sequence[str] = ()) -> pd.Series:
    """True for the cases of the sample that have at least one text to read."""
    there = pd.Series(data=False, index=frame.index)
    for heading in (*TEXTS, *questions):
        there |= review_rules.texts(frame, heading) != ""
    return review_rules.in_sample(frame) & there


def counted(found: pd.DataFrame) -> pd.DataFrame:
    """The findings that nobody has dismissed; `found` has Decision."""
    return found.loc[review_rules.keys(found, DECISION) != DISMISSED]


def concern_list(terms: Sequence[Term]) -> list[str]:
    """Every concern of the terms, each once, in their order."""
    return list(dict.fromkeys(term.concern for term in terms))


def _after_first_blank(words: str) -> str:
    """The words without the first one, which is cut."""
    parts = [words] if words[:1].isspace() else words.split(maxsplit=1)[1:]
    return "".join(parts)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _whole_letters(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
