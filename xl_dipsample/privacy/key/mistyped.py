"""A mistyped unique ID: which character is wrong, and which ID was meant. It is never looked up as another child's."""

from __future__ import annotations

from collections.abc import Sequence

from xl_dipsample.domain.pseudonymise.unique_id import ALPHABET, DRAWN, PREFIX, bare
from xl_dipsample.privacy.key.ids import suggestions

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
