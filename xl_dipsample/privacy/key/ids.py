"""New unique IDs, and the known ones near to a mistyped one. The rule of an ID stands in domain/unique_id.py."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence

from xl_dipsample.domain.pseudonymise.unique_id import (
    ALPHABET,
    DRAWN,
    MODULUS,
    PREFIX,
    bare,
    check_character,
    parse,
    written,
)

__all__ = ["ALPHABET", "DRAWN", "MODULUS", "PREFIX", "bare", "check_character", "new_ids", "parse", "suggestions"]


def new_ids(n: int, taken: Collection[str]) -> list[str]:
    """`n` new unique IDs, none of them in `taken` and no two alike. Random, derived from nothing.

    >>> len(new_ids(3, taken=set()))
    3
    """
    used = set(taken)
    fresh: list[str] = []
    while len(fresh) < n:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(DRAWN))
        check = check_character(drawn)
        unique_id = written(drawn + check) if check else None
        if unique_id and unique_id not in used:
            used.add(unique_id)
            fresh.append(unique_id)
    return fresh


def suggestions(text: str, known: Iterable[str]) -> list[str]:
    """The known IDs that are one edit away from what was typed (one character wrong, missing, too many, or a swap).

    >>> suggestions("DS-7GK-4XM3", ["DS-7GK-4MX3", "DS-BBB-BBBC"])
    ['DS-7GK-4MX3']
    """
    typed = bare(text)
    if not 0 < len(typed) <= len(PREFIX) + DRAWN + 2:
        return []
    near = _one_edit_away(typed) | _one_edit_away(PREFIX + typed)
    return sorted(unique_id for unique_id in known if bare(unique_id) in near)


def _one_edit_away(typed: str) -> set[str]:
    near = {typed}
    for at in range(len(typed) + 1):
        head, tail = typed[:at], typed[at:]
        near.update(head + character + tail for character in ALPHABET)
        if tail:
            near.add(head + tail[1:])
            near.update(head + character + tail[1:] for character in ALPHABET)
        if len(tail) > 1:
            near.add(head + tail[1] + tail[0] + tail[2:])
    return near


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def hint(typed: str, known: Sequence[str]) -> str:
    """What to add to the refusal: which character it is, and "Did you mean"; "" when nothing can be said.

    >>> hint("DS-7GK-4MX2", ["DS-7GK-4MX3"])
    'The seventh character after DS is 2 and should be 3. Did you mean DS-7GK-4MX3?'
    """
    near = suggestions(typed, known)
    said = [_difference(typed, near[0])] if len(near) == 1 else []
    if not near:
        said.append(_never_used(typed))
    if near:
        said.append(f"Did you mean {' or '.join(near)}?")
    return " ".join(one for one in said if one)


def _difference(typed: str, meant: str) -> str:
    ours, right = _without_prefix(typed), _without_prefix(meant)
    if len(ours) < len(right):
        at = next((at for at in range(len(ours)) if ours[at] != right[at]), len(ours))
        return f"The {_ORDINALS[at]} character after DS, {right[at]}, is missing."
    if len(ours) > len(right):
        at = next((at for at in range(len(right)) if ours[at] != right[at]), len(right))
        return f"The {_ORDINALS[at]} character after DS, {ours[at]}, is too many."
    wrong = [at for at in range(len(right)) if ours[at] != right[at]]
    if len(wrong) == 1:
        [at] = wrong
        return f"The {_ORDINALS[at]} character after DS is {ours[at]} and should be {right[at]}."
    if len(wrong) == 2:
        return f"The {_ORDINALS[wrong[0]]} and {_ORDINALS[wrong[1]]} characters after DS are swapped."
    return ""


def _never_used(typed: str) -> str:
    """The one character that no ID has, when there is one: it is surely the wrong one."""
    ours = _without_prefix(typed)
    strange = [at for at, character in enumerate(ours) if character not in ALPHABET]
    if len(ours) != DRAWN + 1 or len(strange) != 1:
        return ""
    return f"It is the {_ORDINALS[strange[0]]} character after DS."


def _without_prefix(text: str) -> str:
    """The seven characters that count, as far as they are there.

    >>> _without_prefix("ds-7gk 4mx3"), _without_prefix("7GK4MX")
    ('7GK4MX3', '7GK4MX')
    """
    characters = bare(text)
    return characters.removeprefix(PREFIX) if len(characters) > DRAWN + 1 else characters
