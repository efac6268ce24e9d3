"""The tables Variations, Harms and Thresholds, counted in plain Python; exact tests by scipy and statsmodels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

import pandas as pd
import plain_cases as plain
from made_up_samples import Sample
from plain_cases import NOTHING, Case
from scipy.stats import fisher_exact
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

COUNTS = ("Cases", "Progressed", "Other cases", "Others progressed")
NEITHER = "Outcome on neither side"
Groups = dict[tuple[str, str], dict[str, object]]

_ONE_WORD = ["Ethnicity", "Gender", "Seen as", "Engagement", "Level of harm", "Parenting concerns"]
_ONE_WORD += [name for name, column in plain.NEW.items() if column.get("group_by")]
BY: dict[str, Callable[[Case], list[str]]] = {
    "Type of harm": lambda case: plain.parts(case["Type of harm"]) or [NOTHING],
    "Ethnicity, broad group": lambda case: [plain.broad_group(case)] if plain.broad_group(case) else [],
    "Age band": lambda case: [plain.age_band(case)],
} | {heading: lambda case, heading=heading: [case[heading] or NOTHING] for heading in _ONE_WORD}  # type: ignore[misc]


@cache
def newcombe(k: int, n: int, other_k: int, other_n: int) -> tuple[float, float]:
    """Newcombe's interval of k of n minus the other share, by a library."""
    low, high = confint_proportions_2indep(k, n, other_k, other_n, method="newcomb", compare="diff")
    return float(low), float(high)


@cache
def _fisher(k: int, n: int, other_k: int, other_n: int) -> float:
    return float(fisher_exact([[k, n - k], [other_k, other_n - other_k]])[1])


@cache
def variations(sample: Sample) -> Groups:
    """(By, group in small letters) -> the numbers of its row; per cents and points are not rounded."""
    cases = plain.cases(sample.review)
    decided = [case for case in cases if plain.side(case)]
    made: Groups = {}
    for by, words_of in BY.items():
        for word in sorted({word.lower() for case in decided for word in words_of(case)}):
            inside = [plain.side(case) for case in decided if word in [one.lower() for one in words_of(case)]]
            outside = [plain.side(case) for case in decided if word not in [one.lower() for one in words_of(case)]]
            made[by, word] = _row(inside, outside, compared=word != NOTHING.lower())
    tested = [key for key, row in made.items() if row["p of this test"] is not None]
    if tested:
        corrected = multipletests([made[key]["p of this test"] for key in tested], method="holm")[1]
        for key, p in zip(tested, corrected, strict=True):
            made[key]["p over all tests"] = float(p)
    others = Counter((case["Outcome"] or NOTHING).lower() for case in cases if not plain.side(case))
    return made | {(NEITHER, word): {"Cases": number} for word, number in others.items()}


def _row(inside: Sequence[str], outside: Sequence[str], *, compared: bool) -> dict[str, object]:
    k, n, other_k, other_n = inside.count("Progressed"), len(inside), outside.count("Progressed"), len(outside)
    made: dict[str, object] = dict(zip(COUNTS, (k, n, other_k, other_n), strict=True))
    made |= {"Cases": n, "Progressed": k, "Other cases": other_n, "Others progressed": other_k}
    made |= {
        "% progressed": 100 * k / n if n >= 10 else None,
        "Others %": 100 * other_k / other_n if other_n >= 10 else None,
    }
    made |= dict.fromkeys(("Difference from", "Difference to", "p of this test", "p over all tests"))
    if compared and min(n, other_n) >= 10:
        low, high = newcombe(k, n, other_k, other_n)
        made |= {
            "Difference from": 100 * low,
            "Difference to": 100 * high,
            "p of this test": _fisher(k, n, other_k, other_n),
        }
    return made


def harms(review: pd.DataFrame) -> Counter[tuple[str, ...]]:
    """The rows of Harms, types of harm in small letters: one for each case and type, the cases that left too."""
    made: Counter[tuple[str, ...]] = Counter()
    for case in plain.rows(review):
        is_in = "No" if case["In sample?"].lower() == "no" else "Yes"
        for word in plain.parts(case["Type of harm"]) or [NOTHING.lower()]:
            outcome, scenario = case["Outcome"] or NOTHING, plain.scenario(case) or "Not yet answered"
            made[case["Unique ID"], word, outcome, scenario, is_in] += 1
    return made


def like_cases(review: pd.DataFrame) -> dict[str, tuple[str, int, int]]:
    """For each case of Thresholds: its scenario, how many cases are like it, how many outcomes those have."""
    cases = plain.cases(review)
    alike: dict[tuple[str, frozenset[str]], list[str]] = {}
    keys = {case["Unique ID"]: (plain.scenario(case), frozenset(plain.parts(case["Type of harm"]))) for case in cases}
    for case in cases:
        alike.setdefault(keys[case["Unique ID"]], []).append(case["Outcome"].lower())
    return {
        one: (key[0] or "Not yet answered", len(alike[key]), len({word for word in alike[key] if word}))
        for one, key in keys.items()
    }
