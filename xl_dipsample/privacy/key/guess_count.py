"""How many guesses a passphrase takes somebody who knows the trade, the country, and how people choose them.

Two counts, and the lower one counts. zxcvbn's own takes it that whoever guesses tries three words before four, and so
finds any four words hard (10,000 to the third), also "child social worker review". The second leaves that out: words
of the trade, of places and clubs follow each other as phrases do, so each is worth `TRADE` guesses; a usual word its
rank; a repeated one next to nothing. Five words drawn at random are far above both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.reference import template_folder

YEARS = range(1980, 2041)
LOOKED_AT = 72  # characters that zxcvbn takes
TRADE = 50  # guesses for a word that the trade uses: the next word of a phrase is one of so many
SMALL = 10  # guesses for a word that stands in every sentence
SHORT = 3  # letters: any other word as short is no more than its letters, or drawn letters would be full of words
SIGN = 10  # guesses for a character that is part of nothing known, as zxcvbn has it
APART = 10  # guesses for where single signs begin among words: drawn characters are full of short words
CAPITALS = 4  # guesses for where the capitals are: nowhere, first letters, all, the first alone
HELD = 4  # guesses for each change between keys with Shift and without
_SHIFTED = str.maketrans('!"£$%^&*()_+@#~:<>?{}|', "1234567890-=23#;,./[]\\")  # of British and American keyboards
FOR_LETTERS = "@$"  # marks that stand for letters
_TRADE_LIST = "user_inputs"  # zxcvbn's name for the words it was given


def guesses(text: str) -> float:
    """How many guesses somebody needs who knows the trade.

    Marks and blanks between the words count once for each kind, not for each time.

    >>> guesses("Safeguarding2026") < guesses("child social worker review") < 1e12
    True
    >>> guesses("correct-horse-battery-staple-lantern") > 1e12
    True
    """
    words = "".join(sign for sign in text if _is_of_word(sign))
    keys = "".join(_key(sign) for sign in text)
    held = [key != sign for key, sign in zip(keys, text, strict=True)]
    ways = [(text, 1.0), (words, _marks(text)), (keys, float(HELD ** sum(1 for _ in groupby(held))))]
    return min((more * _fewest(way[:LOOKED_AT]) for way, more in dict.fromkeys(ways) if way), default=0.0)


def _fewest(text: str) -> float:
    from zxcvbn import scoring  # slow to import, and needed only when a passphrase is set

    matches = _matches(text)
    return min(float(scoring.most_guessable_match_sequence(text, matches)["guesses"]), _by_words(text, matches))


def _matches(text: str) -> list[dict[str, Any]]:
    """What zxcvbn finds in a text, with the words of the trade among its own."""
    from zxcvbn import matching

    ranked = matching.RANKED_DICTIONARIES
    if _TRADE_LIST not in ranked:
        ranked[_TRADE_LIST] = matching.build_ranked_dict(trade_words())
    found: list[dict[str, Any]] = matching.omnimatch(text, ranked)
    return found


def _marks(text: str) -> float:
    """Guesses for the marks between letters and figures: one mark throughout is no secret, others are."""
    runs = {tuple(dict.fromkeys(run)) for is_mark, run in groupby(text, lambda sign: not _is_of_word(sign)) if is_mark}
    marks = sum(map(len, runs))
    return float(SIGN**marks) if marks > 1 else 1.0


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign in FOR_LETTERS


def _key(sign: str) -> str:
    """The key that was pressed, without Shift."""
    key = sign.translate(_SHIFTED).lower()
    return key if len(key) == 1 else sign


def _by_words(text: str, matches: list[dict[str, Any]]) -> float:
    """The fewest guesses for a text as a row of words, dates, walks over the keyboard and single signs."""
    ends: dict[int, list[dict[str, Any]]] = {}
    for match in matches:
        ends.setdefault(match["j"], []).append(match)
    best, after_sign = [1.0], [float("inf")]  # as far as each place: the fewest of all, and where a single sign is last
    for end in range(len(text)):
        known = min((best[match["i"]] * _worth(match, text) for match in ends.get(end, ())), default=float("inf"))
        after_sign.append(SIGN * min(after_sign[end], best[end] * APART))
        best.append(min(known, after_sign[-1]))
    return best[-1] * (CAPITALS if any(sign.isupper() for sign in text) else 1)


def _worth(match: dict[str, Any], text: str) -> float:
    from zxcvbn import scoring

    token: str = match["token"]
    if match["pattern"] == "repeat":
        return _by_words(match["base_token"], _matches(match["base_token"])) * float(match["repeat_count"])
    if match["pattern"] != "dictionary":
        return float(scoring.estimate_guesses(match, text))
    word = match["matched_word"]
    if word in _little_words():
        worth = SMALL
    elif len(token) <= SHORT and match["dictionary_name"] != _TRADE_LIST:
        worth = SIGN ** len(token)
    else:
        worth = TRADE if match["dictionary_name"] == _TRADE_LIST else max(SMALL, match["rank"])
    if not (token.islower() or token.isupper() or token.istitle()):
        worth *= scoring.uppercase_variations(match)
    return float(Decimal(worth * scoring.l33t_variations(match)) * (2 if match["reversed"] else 1))


@cache
def trade_words() -> tuple[str, ...]:
    """Of workbook_template/reference: trade_words.txt, names of places and clubs, of authorities and regions; years.

    Names of several words stand there whole, without blanks, and word by word.
    """
    words = _words("trade_words")
    for name in [*_lines("places_and_clubs"), *(row["area"] for row in reference.table("dfe_factors_published"))]:
        words += _ways(name)
    return tuple(dict.fromkeys([*words, *map(str, YEARS)]))


@cache
def _little_words() -> frozenset[str]:
    return frozenset(_words("little_words"))


def _words(name: str) -> list[str]:
    return [word for line in _lines(name) for word in line.split()]


def _lines(name: str) -> Iterable[str]:
    text = (template_folder() / "reference" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _ways(name: str) -> Iterator[str]:
    words = re.findall(r"[a-z]+", name.casefold().replace("'", ""))
    yield "".join(words)
    yield from words
