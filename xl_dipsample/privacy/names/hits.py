"""What a search gives back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Tier = Literal["strong", "weak"]
STRONG: Tier = "strong"  # blocks release until a decision is recorded
WEAK: Tier = "weak"  # queued for a person, never blocks alone

RULES: Mapping[str, str] = {
    "name": "a name of the long list, forename and surname together",
    "name-alone": "a forename or surname of the long list",
    "initials-and-surname": "an initial and a surname of the long list",
    "short-form": "another form of a forename of the long list",
    "case-id": "a case ID of the long list",
    "date-of-birth": "the date of birth of a sampled child",
    "nhs-number": "an NHS number",
    "ni-number": "a National Insurance number",
    "postcode": "a postcode",
    "phone": "a phone number",
    "e-mail": "an e-mail address",
    "maybe-date-of-birth": "perhaps the date of birth of a sampled child: month before day, or without the year",
    "name-word": "a name of the long list that is also an ordinary word",
    "near-miss": "nearly a name of the long list",
    "after-word": "a capitalised word after mother, brother, Ms and the like",
    "school": "a capitalised word beside school and the like",
    "address": "a number or capitalised word with a word for a street",
    "initials": "the initials of the row's own child",
    "short-case-id": "a case ID of under five digits",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that may say who somebody is: characters `start` to `end` of text number `text`, as it was given.

    `rule` is a key of RULES. `child`: the unique ID of the sampled child it belongs to, None when that is not known.
    """

    text: int
    start: int
    end: int
    tier: Tier
    rule: str
    child: str | None = None


def without_overlaps(hits: Iterable[Hit]) -> list[Hit]:
    """The hits of one text in order, none over another: strong before weak, the longer before the shorter.

    Strong hits that cross are joined, so that no end of either stays behind.
    """
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.tier != STRONG, one.start - one.end, one.child is None, one.start)):
        crossed = [one for one in kept if one.start < hit.end and hit.start < one.end]
        if not crossed:
            kept.append(hit)
        elif hit.tier == STRONG:
            merged = crossed[0]
            for one in (*crossed[1:], hit):
                merged = replace(
                    merged,
                    start=min(merged.start, one.start),
                    end=max(merged.end, one.end),
                    child=merged.child or one.child,
                )
            kept = [one for one in kept if one not in crossed] + [merged]
    return sorted(kept, key=lambda one: one.start)
