"""The role that stands for a hit: [CHILD], [CHILD B], [PARENT], [SCHOOL]."""

from __future__ import annotations

from collections.abc import Sequence

from xl_dipsample.domain.shared import reference
from xl_dipsample.privacy.names.common_words import RUN
from xl_dipsample.privacy.names.hits import Hit
from xl_dipsample.privacy.names.near import cue_rows
from xl_dipsample.privacy.names.normalise import fold

OF_RULE = {
    "case-id": "CASE ID",
    "short-case-id": "CASE ID",
    "date-of-birth": "DATE OF BIRTH",
    "maybe-date-of-birth": "DATE OF BIRTH",
    "nhs-number": "NHS NUMBER",
    "ni-number": "NI NUMBER",
    "postcode": "POSTCODE",
    "phone": "PHONE",
    "e-mail": "E-MAIL",
    "address": "ADDRESS",
    "school": "SCHOOL",
    "listed-school": "SCHOOL",
    "listed-place": "ADDRESS",
    "listed-short": "PLACE",
    "listed-number": "NUMBER",
    "handle": "HANDLE",
    "car-registration": "CAR",
    "upn": "UPN",
    "postcode-district": "POSTCODE",
    "maybe-phone": "PHONE",
}
_BEFORE = 40
_LETTERS = "BCDEFGHIJKLMNOPQRSTUVWXYZ"


def roles_of(text: str, hits: Sequence[Hit], row_child: str | None, letters: dict[str, str] | None = None) -> list[str]:
    """A role for each hit of one text, in square brackets.

    `row_child` is the unique ID of the row; its own child is [CHILD]. Others are [CHILD B], [CHILD C], the same child
    the same letter: pass the same `letters` (it is filled) for every text of a row.

    >>> roles_of("mum Example came", [Hit(0, 4, 11, "strong", "name-alone", None)], "DS-1")
    ['[PARENT]']
    """
    known = {} if letters is None else letters
    return [f"[{_role(text, hit, row_child, known)}]" for hit in hits]


def propose(texts: Sequence[str], hits: Sequence[Hit], rows: Sequence[str] | None = None) -> list[str]:
    """The role of every hit of `Searcher.find(texts, rows)`; texts of the same row share their letters."""
    letters: dict[str | None, dict[str, str]] = {}
    proposed = []
    for hit in hits:
        row = rows[hit.text] if rows is not None else None
        key = row if rows is not None else str(hit.text)
        proposed += roles_of(texts[hit.text], [hit], row, letters.setdefault(key, {}))
    return proposed


def _role(text: str, hit: Hit, row_child: str | None, letters: dict[str, str]) -> str:
    fixed = OF_RULE.get(hit.rule)
    if fixed is not None:
        return fixed
    if hit.role:
        return hit.role
    if row_child is not None and hit.child == row_child and hit.rule != "near-miss":
        cue = _cue(text, hit.start)
        return "CHILD" if cue in {None, "CHILD", "PERSON", "SCHOOL"} else str(cue)
    cue = _cue(text, hit.start)
    if cue is not None and cue != "CHILD":
        return cue
    if hit.rule in ("after-word", "given-name", "named"):
        return "PERSON"
    if row_child is not None and hit.child == row_child:
        return "CHILD"
    return f"CHILD {_letter(hit.child or _same_words(text[hit.start : hit.end], letters), letters)}"


def _letter(who: str, letters: dict[str, str]) -> str:
    if who not in letters:
        letters[who] = _LETTERS[len(letters)] if len(letters) < len(_LETTERS) else str(len(letters) + 2)
    return letters[who]


def _same_words(name: str, letters: dict[str, str]) -> str:
    """An unknown person's key: their words in any order; a word of a name that was there before is that person."""
    words = set(RUN.findall(fold(name).text))
    for known in letters:
        earlier = set(known.split())
        if words <= earlier or earlier <= words:
            return known
    return " ".join(sorted(words))


def _cue(text: str, start: int) -> str | None:
    """What the word before says: mum, PC, school."""
    before = fold(text[max(0, start - _BEFORE) : start]).text
    runs = RUN.findall(before)
    if not runs or (before.rstrip().endswith((".", "!", "?", ";")) and runs[-1] not in {"mr", "mrs", "ms", "dr"}):
        return None
    return _cues().get(runs[-1])


def _cues() -> dict[str, str]:
    return {word: row["role"] for row in cue_rows() for word in reference.parts(row["words"])}
