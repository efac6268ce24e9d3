"""Long lists in which young people come back: as often after no further action as after anything else, or more often.

A row of a list is a contact. Repeats leave the sample when a list is narrowed down to young people, so what followed a
decision can only be counted before.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tests.reference.analysis.made_up_samples import TEMPLATE
from tests.reference.planted import margins
from tests.reference.planted.planted_questions import Table
from tests.reference.planted.planted_samples import planted

# Which share comes back: (after no further action, after other decisions).
NOTHING, MODERATE, LARGE = (0.22, 0.22), (0.38, 0.15), (0.50, 0.10)
_SPEC = tomllib.loads((TEMPLATE / "sheets" / "08_long_list.toml").read_text(encoding="utf-8"))["table"][0]
HEADINGS = [column["heading"] for column in _SPEC["columns"]]
_FIRST, _DAYS = dt.date(2025, 1, 6), 150


@dataclass(frozen=True, eq=False)
class LongList:
    """One row a contact, in the order of its dates; too young ones among them, as in every list."""

    rows: pd.DataFrame
    young_people: int
    seed: int


def long_list(young_people: int, seed: int, comes_back: tuple[float, float] = NOTHING) -> LongList:
    """So many young people of twelve or more and half as many younger children, one to three contacts each."""
    chance = np.random.default_rng([seed, young_people, 3])
    found: list[dict[str, object]] = []
    for number, row in enumerate(planted(young_people, seed).review.to_dict("records")):
        found += _contacts(chance, f"{500_000 + number}", row, int(row["Age at time of contact"]), comes_back)
    for number, row in enumerate(planted(young_people // 2, seed + 1).review.to_dict("records")):
        found += _contacts(chance, f"{700_000 + number}", row, 6 + int(chance.random() * 5), NOTHING)
    found.sort(key=lambda one: (str(one["Contact date"]), str(one["Case ID"])))
    for record, one in enumerate(found, 1):
        one |= {"Record": record, "Source row": record + 1}
    frame = pd.DataFrame(found, columns=HEADINGS, dtype=object)
    return LongList(frame.where(frame.notna(), None), young_people, seed)


def _contacts(
    chance: np.random.Generator, case: str, row: dict[str, object], age: int, comes_back: tuple[float, float]
) -> list[dict[str, object]]:
    """The first contact and what came of it; at most two more, each with an outcome of its own."""
    on = _FIRST + dt.timedelta(days=int(chance.random() * _DAYS))
    born = on.replace(year=on.year - age) - dt.timedelta(days=int(chance.random() * 360))
    outcome, contacts = str(row["Outcome"]), []
    for left in (2, 1, 0):
        contacts.append(
            {name: row[name] for name in ("Gender", "Ethnicity", "Type of harm", "Referred to?")}
            | {"Case ID": case, "Date of birth": born, "Contact date": on, "Outcome": outcome}
            | {"End date": on + dt.timedelta(days=20 + int(chance.random() * 25))}
        )
        if not left or chance.random() >= comes_back[outcome != margins.NFA]:
            break
        on += dt.timedelta(days=60 + int(chance.random() * 120))
        outcome = _drawn(chance.random())
    return contacts


def _drawn(draw: float) -> str:
    for word, share in margins.OUTCOMES.items():
        draw -= share
        if draw < 0:
            return word
    return margins.NFA


def came_back(contacts: LongList, cut_off: int = 12) -> Table:
    """After no further action and after other decisions: for how many first contacts another followed, or did not.

    Young people of the cut-off or more at the first contact; outcomes neither closed nor progressed are left out.
    """
    first: dict[str, str] = {}
    again: set[str] = set()
    for row in contacts.rows.to_dict("records"):
        case, on, born = row["Case ID"], row["Contact date"], row["Date of birth"]
        if case in first:
            again.add(case)
        elif on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= cut_off:
            first[case] = row["Outcome"]
    nfa = [case for case, outcome in first.items() if outcome == margins.NFA]
    others = [case for case, outcome in first.items() if outcome in margins.CLOSED[1:] + margins.PROGRESSED]
    counts = [sum(case in again for case in cases) for cases in (nfa, others)]
    return counts[0], len(nfa) - counts[0], counts[1], len(others) - counts[1]
