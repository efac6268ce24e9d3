"""What stands around a finding that may turn its meaning: a "not" before it, somebody else's words, quotation marks.

It is shown beside the finding, and a person judges. The cues are data: workbook_template/language.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any

from xl_dipsample.domain.language.terms import Hit, Term, find_in_texts, folded, read_terms
from xl_dipsample.domain.shared import reference

IN_QUOTES = "in quotation marks"
AFTER = "after '{}'"
_REACH = 90  # characters before a finding in which a cue is looked for
_LONGEST_QUOTE = 400  # characters on each side of a finding in which its quotation marks are looked for
_END_OF_SENTENCE = re.compile(r"[.!?;\r\n](?!\w)")
_OPENING = re.compile(r"(?<![^\s(\[/:,;-])[\"'](?=\S)")
_MARKS = frozenset("\"'\u2018\u2019\u201c\u201d\u201e\u201a\u00b4`")
_CLOSING = {mark: re.compile(rf"(?<=\S){mark}(?!\w)") for mark in "\"'"}
_NEGATION, _REPORTED = "negation", "reported"


@cache
def settings() -> dict[str, Any]:
    """The word lists of workbook_template/language.toml."""
    return tomllib.loads((reference.template_folder() / "language.toml").read_text(encoding="utf-8"))


@cache
def cues() -> tuple[Term, ...]:
    """The cues as terms; the concern of each says of which kind it is."""
    rows = [
        {"pattern": cue, "concern": kind, "why_it_matters": "", "consider_instead": ""}
        for kind in (_NEGATION, _REPORTED)
        for cue in settings()[kind]["cues"]
    ]
    return read_terms(rows)


def around(places: Sequence[tuple[str, int, int]]) -> list[str]:
    """For each (text, start, end) of a finding what stands around it, in words; '' where nothing does.

    >>> text = "She is not 'promiscuous'."
    >>> around([(text, 12, 23)])
    ["after 'not'; in quotation marks"]
    """
    before = [_same_sentence(text[max(0, start - _REACH) : start]) for text, start, _ in places]
    found = []
    for (text, start, end), words, hits in zip(places, before, find_in_texts(before, cues()), strict=True):
        told = [AFTER.format(cue) for kind in (_NEGATION, _REPORTED) if (cue := _nearest(words, hits, kind))]
        if _quoted(text, start, end):
            told.append(IN_QUOTES)
        found.append("; ".join(told))
    return found


def _same_sentence(before: str) -> str:
    """What follows the last end of a sentence."""
    ends = [match.end() for match in _END_OF_SENTENCE.finditer(before)]
    return before[ends[-1] :] if ends else before


def _nearest(words: str, hits: Sequence[Hit], kind: str) -> str:
    """The cue of this kind that ends nearest to the finding, the longest of those; '' when none is near enough."""
    allowed = settings()[kind]["within_words"]
    near = [
        (hit.end, hit.end - hit.start, hit)
        for hit in hits
        if hit.concern == kind and len(words[hit.end :].split()) <= allowed
    ]
    if not near:
        return ""
    hit = max(near, key=lambda one: one[:2])[2]
    return " ".join(folded(words[hit.start : hit.end]).split())


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether a quotation opens before the place and closes after it, with none of its marks between."""
    first = max(0, start - _LONGEST_QUOTE)
    written = text[first : end + _LONGEST_QUOTE]
    if not _MARKS & set(written):
        return False
    near = folded(written)
    left, right = start - first, end - first
    opened = {match.group(): match.start() for match in _OPENING.finditer(near) if match.start() < left}
    return any(
        not _CLOSING[mark].search(near, place + 1, left) and _CLOSING[mark].search(near, right)
        for mark, place in opened.items()
    )
