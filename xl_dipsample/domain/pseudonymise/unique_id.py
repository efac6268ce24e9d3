"""Unique IDs: random, without vowels or look-alikes, with a check character: DS-7GK-4MX3.

The seven characters x1 … x7 of an ID are numbered 0 to 27 by their place in the alphabet, and
1·x1 + 2·x2 + … + 7·x7 is a multiple of 29. Because 29 is prime and larger than the alphabet, one wrong character
changes the sum (weight and difference are both no multiple of 29), and so does a swap of any two (the difference of
their weights is none either). With 28 characters as the modulus no weights can do both. The price: one draw in 29
has no check character and is drawn again.
"""

from __future__ import annotations

import string

from xl_dipsample.domain.shared.errors import PrivacyProblem

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
PREFIX = "DS"
DRAWN = 6  # characters; the seventh is the check character
MODULUS = 29

_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_IGNORED = set(string.whitespace) | set("-‐‑‒–—―−­\u00a0\u2007\u2009\u202f\u200b\u2060\ufeff")


def check_character(drawn: str) -> str | None:
    """The check character of six characters of the alphabet; None when they have none and must be drawn again.

    >>> check_character("7GK4MX")
    '3'
    """
    total = sum(weight * _VALUE[character] for weight, character in enumerate(drawn, start=1))
    # 7·check ≡ -total (mod 29), solved for check
    value = -total * pow(DRAWN + 1, -1, MODULUS) % MODULUS
    return ALPHABET[value] if value < len(ALPHABET) else None


def parse(text: str) -> str:
    """The ID as we write it, from what a person typed: small letters, spaces, missing hyphens or DS are no matter.

    Raises PrivacyProblem when it cannot be an ID: the check character does not agree.

    >>> parse(" 7gk4mx3")
    'DS-7GK-4MX3'
    >>> parse("DS-7GK-4XM3")
    Traceback (most recent call last):
    ...
    xl_dipsample.domain.shared.errors.PrivacyProblem: This is no unique ID: a character is wrong, or two are swapped. \
Compare it with the review workbook.
    """
    characters = bare(text)
    if len(characters) == len(PREFIX) + DRAWN + 1 and characters.startswith(PREFIX):
        characters = characters.removeprefix(PREFIX)
    if any(character not in _VALUE for character in characters):
        raise PrivacyProblem(
            "id-wrong-character",
            "This is no unique ID: a character is wrong, because IDs have only the digits 2 to 9 and capital letters "
            "without A, E, I, L, O and U. Compare it with the review workbook.",
        )
    if len(characters) != DRAWN + 1:
        raise PrivacyProblem(
            "id-wrong-length",
            "This is no unique ID: a character is missing or too many, because IDs look like DS-7GK-4MX3. "
            "Compare it with the review workbook.",
        )
    if check_character(characters[:DRAWN]) != characters[DRAWN]:
        raise PrivacyProblem(
            "id-wrong-check",
            "This is no unique ID: a character is wrong, or two are swapped. Compare it with the review workbook.",
        )
    return written(characters)


def fault(text: str) -> str:
    """Why a text cannot be a unique ID, as one sentence; "" when it can be one.

    That an ID is well formed does not say that it was ever given to anybody.

    >>> fault("ds 7gk 4mx3"), fault("DS-7GK")[:37]
    ('', 'This is no unique ID: a character is ')
    """
    try:
        parse(text)
    except PrivacyProblem as problem:
        return problem.sentence
    return ""


def written(characters: str) -> str:
    """Seven characters as people see them: DS-7GK-4MX3."""
    return f"{PREFIX}-{characters[:3]}-{characters[3:]}"


def bare(text: str) -> str:
    """Capital letters without spaces and dashes; a letter that is no ASCII letter never turns into one."""
    kept = (character for character in str(text) if character not in _IGNORED)
    return "".join(character.upper() if character in string.ascii_lowercase else character for character in kept)
