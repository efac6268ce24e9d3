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
    "own-word": "a name of the row's own child that is also an ordinary word",
    "case-word": "a name of somebody on this case that is also an ordinary word",
    "listed-school": "a school of the long list",
    "listed-place": "a street or address of the long list",
    "listed-number": "a number of the long list, such as a UPN or referral ID",
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
    "listed-short": "the short name of a school or street of the long list, in ordinary words",
    "slip": "nearly a name of the row's own child",
    "handle": "a name as social media have it",
    "car-registration": "a car registration",
    "upn": "a unique pupil number",
    "postcode-district": "the first half of a postcode",
    "maybe-phone": "perhaps a local phone number",
    "given-name": "a name that many people have, of nobody on the long list",
    "named": "a capitalised word where a name often stands",
    "short-case-id": "a case ID of under five digits",
}
OF_A_ROW = frozenset({"own-word", "case-word"})  # strong because of the row that the text stands in


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
    role: str = ""  # as a replacement says it, where the long list gives it: PARENT


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
