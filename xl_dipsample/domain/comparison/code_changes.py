"""Codes of the census that began or ended: two samples on both sides of such a change do not count the same.

What began and ended when is data: dfe_factors.csv has the years, harm_categories.csv what belongs to a category. A
year is named by its end on 31 March.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from xl_dipsample.domain.shared import reference

FIRST_CENSUS = min(int(row["first_year"]) for row in reference.table("dfe_factors"))
_ALWAYS_THERE = FIRST_CENSUS + 2  # 8B to 8E, 22A and 23A came in the first years and are no types of harm outside


@dataclass(frozen=True)
class Change:
    """A change within one category: codes that ended (`old`, perhaps none) and codes that began."""

    category: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    began: int  # the first year of the new codes
    ended: int  # the last year of the old ones; the year before the new ones' first when there are no old ones

    @property
    def words(self) -> str:
        """The change as a sentence's end."""
        began = f"{_listed(self.new)} began in the year to 31 March {self.began}"
        if not self.old:
            which = "code" if len(self.new) == 1 else "codes"
            return f"{which} {began}: fewer before does not mean fewer children."
        return (
            f"code {_listed(self.old)}, which did not say by whom, ended in the year to 31 March {self.ended}, and "
            f"{began}; all count here, so a difference may be one of recording."
        )


@cache
def changes() -> tuple[Change, ...]:
    """Every change within a harm category, in the categories' order.

    >>> [(one.category, one.old, one.new, one.began) for one in changes()][-1]
    ('CCE', (), ('24A',), 2022)
    """
    years = {row["code"]: (int(row["first_year"]), row["last_year"]) for row in reference.table("dfe_factors")}
    made = []
    for row in reference.table("harm_categories"):
        codes = [*reference.parts(row["dfe_factors"]), *reference.parts(row["ambiguous_factors"])]
        old = tuple(sorted(code for code in codes if years[code][1]))
        new = tuple(sorted(code for code in codes if years[code][0] > _ALWAYS_THERE))
        if not old and not new:
            continue
        began = min(years[code][0] for code in new)
        ended = max((int(years[code][1]) for code in old), default=began - 1)
        made.append(Change(row["category"], old, new, began, ended))
    return tuple(made)


def notes(now: range | None, then: range | None) -> dict[str, str]:
    """For each category of which the two samples lie on two sides of a change: what changed, in words.

    `now` and `then` are census years; nothing is said of a sample whose period is not known.

    >>> sorted(notes(range(2024, 2025), range(2021, 2022)))
    ['CCE', 'Physical abuse - other', 'Sexual abuse - other']
    >>> notes(range(2024, 2025), range(2023, 2024))
    {}
    """
    if not now or not then:
        return {}
    return {one.category: one.words for one in changes() if not (_side(one, now) == _side(one, then) != "during")}


def _side(change: Change, years: range) -> str:
    if years[-1] < change.began:
        return "before"
    return "after" if years[0] > change.ended else "during"


def _listed(codes: tuple[str, ...]) -> str:
    return " and ".join(codes)
