"""What the scanner found: where, and which rule. Never the words that it found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """`part`: the part of the file; `place`: where in it, such as "Review, cell J17"; `rule`: a short code.

    `words`: the same as one sentence for a person. No field ever holds what was found.
    """

    part: str
    place: str
    rule: str
    words: str
