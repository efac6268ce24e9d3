"""Texts made comparable: small letters, accents, look-alike letters, apostrophes, dashes, spaces, line breaks folded.

What is found in the folded text is given back as a place in the original, so every change of length is remembered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = dict.fromkeys("`´‘’‚‛ʹʻʼʽʾʿˈ′＇", "'")
_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
_BREAKS = dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n")
_LETTERS = {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ı": "i", "ə": "e"}
_LETTERS |= {"æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"}
_LETTERS |= dict(zip("ħĦŧŦɓƁɗƊɖƉƙƘƴƳɛƐɔƆƏ", "hhttbbddddkkyyeeooe", strict=True))
# Cyrillic and Greek letters that look like Latin ones, each as a capital and as a small letter.
_CYRILLIC = dict(
    zip("АВЕЅІЈКМНОРСТУХԚԜҮҺавеѕіјкмнорстухԛԝүһԁɡ", "abesijkmhopctyxqwyhabesijkmhopctyxqwyhdg", strict=True)
)
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεζηικμνορτυχϲ", "abezhikmnoptyxabezhikmvoptyxc", strict=True))
_LETTERS |= _CYRILLIC | _GREEK
_ONE_TO_ONE = _APOSTROPHES | _DASHES | _BREAKS | _LETTERS
_UNSEEN = frozenset({"Mn", "Me", "Cf"})  # combining accents, joiners, soft hyphens: nothing that a reader sees
# In these scripts a vowel is a mark on its letter: without it another word. It becomes a letter that no name has.
_VOWEL_SCRIPTS = range(0x0900, 0x10A0)  # Devanagari to Myanmar
_AS_LETTERS = 0x20000
_NUKTA = 7  # a dot that many leave out
_A_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `places[i]` is where its character i stands in the original; None when nothing moved."""

    original: str
    text: str
    places: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters `start` to `end` stand in the original, with accents written separately."""
        if self.places is None:
            return start, end
        first, after = self.places[start], self.places[end - 1] + 1
        while after < len(self.original) and unicodedata.category(self.original[after]) in {"Mn", "Me", "Mc"}:
            after += 1
        return first, after


def fold(text: str) -> Folded:
    r"""The folded text, and where its characters stood.

    >>> fold("Zoë O’Brien\u00a0").text
    "zoe o'brien "
    >>> fold("S\u0430m \u0415xample").text
    'sam example'
    >>> fold("Straße").span(4, 6)
    (4, 5)
    """
    if text.isascii():
        return Folded(text, text.lower().replace("`", "'").replace("\r", "\n"), None)
    pieces = [_fold_character(character) for character in text]
    folded = "".join(pieces)
    if len(folded) == len(text) and all(pieces):
        return Folded(text, folded, None)
    places = [at for at, piece in enumerate(pieces) for _ in piece]
    return Folded(text, folded, places)


def of_one_case(page: Folded) -> bool:
    """Whether a text is in capitals or in small letters as a whole, so that neither says anything.

    >>> [of_one_case(fold(text)) for text in ("SEEN AT 9", "seen at 9", "Seen at 9")]
    [True, True, False]
    """
    return page.original.isupper() or page.original.islower()


def holds_a_figure(text: str) -> bool:
    """Whether a text has a decimal figure of any script; ten looks for a letter are faster than one for a class.

    >>> [holds_a_figure(text) for text in ("seen at 9", "seen at \u0669", "seen at nine")]
    [True, True, False]
    """
    for figure in "0123456789":
        if figure in text:
            return True
    return not text.isascii() and _A_DIGIT.search(text) is not None


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    known = _ONE_TO_ONE.get(character)
    if known is not None:
        return known
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    plain = "".join(_seen(one) for one in unicodedata.normalize("NFKD", character))
    if not plain and category in _UNSEEN:
        return ""
    return (
        "".join(_LETTERS.get(one) or "".join(_LETTERS.get(small, small) for small in one.casefold()) for one in plain)
        or " "
    )


def _seen(character: str) -> str:
    """A character of a decomposed letter, '' for what a reader does not see or may leave out."""
    category = unicodedata.category(character)
    if ord(character) in _VOWEL_SCRIPTS and category in {"Mn", "Mc"} and unicodedata.combining(character) != _NUKTA:
        return chr(_AS_LETTERS + ord(character))
    return "" if category in _UNSEEN or category == "Mc" else character
