"""The table Agreement, worked out in plain Python from two readers' tables Review; kappa by statsmodels."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import plain_cases as plain
from made_up_samples import HELD, WHERE
from plain_cases import Case
from statsmodels.stats.inter_rater import cohens_kappa

SEVERAL = plain.SEVERAL | {WHERE}
ASKED = ["In sample?", "Outcome", "Referred to?", "Level of harm", "Parenting concerns", "Scenario", "Seen as",
         "Engagement"]  # fmt: skip
ASKED += [name for name, column in plain.NEW.items() if column.get("second_reader") and name not in ASKED]
ASKED += [WHERE, HELD]


def agreement(first: pd.DataFrame, second: pd.DataFrame) -> dict[str, dict[str, object]]:
    """Question -> Read twice, Same answer, %, Kappa and its interval; nothing is rounded."""
    ours, theirs = ({case["Unique ID"].lower(): case for case in plain.rows(one)} for one in (first, second))
    return {question: _measured(_pairs(ours, theirs, question)) for question in ASKED}


def _pairs(ours: Mapping[str, Case], theirs: Mapping[str, Case], question: str) -> list[tuple[str, str]]:
    every = [(_answer(ours[one], question), _answer(theirs[one], question)) for one in ours if one in theirs]
    return [(one, other) for one, other in every if one and other]


def _answer(case: Case, question: str) -> str:
    """What one reader answered, in small letters; '' for nothing, and outside the sample but for In sample?."""
    is_out = case["In sample?"].lower() == "no"
    if question == "In sample?":
        return "no" if is_out else "yes" if case["In sample?"] or case["Reviewer"] else ""
    if is_out:
        return ""
    if question == "Scenario":
        return plain.scenario(case)
    if question in SEVERAL:
        words = sorted(plain.parts(case[question]))
        return "" if words == ["not mapped"] else ";".join(words)
    return case[question].lower() if plain.is_filled(case, question) else ""


def _measured(pairs: list[tuple[str, str]]) -> dict[str, object]:
    n, same = len(pairs), sum(one == other for one, other in pairs)
    made: dict[str, object] = {"Read twice": n, "Same answer": same}
    made |= dict.fromkeys(("%", "Kappa", "Kappa from", "Kappa to"))
    if n < 10:
        return made
    made["%"] = 100 * same / n
    words = sorted({word for pair in pairs for word in pair})
    if len(words) > 1:
        table = np.zeros((len(words), len(words)))
        for one, other in pairs:
            table[words.index(one), words.index(other)] += 1
        with np.errstate(invalid="ignore", divide="ignore"):  # a variance of 0 comes out a little below it
            found = cohens_kappa(table)
        made["Kappa"] = found.kappa
        if found.var_kappa > 1e-12 and not math.isnan(found.var_kappa):
            ends = zip(("Kappa from", "Kappa to"), (found.kappa_low, found.kappa_upp), strict=True)
            made |= {column: min(1.0, max(-1.0, float(end))) for column, end in ends}
    return made


def differing_answers(first: pd.DataFrame, second: pd.DataFrame) -> set[tuple[str, str]]:
    """(unique ID in small letters, question) of every difference that is listed: the scenario follows from others."""
    ours, theirs = ({case["Unique ID"].lower(): case for case in plain.rows(one)} for one in (first, second))
    return {
        (one, question)
        for one in ours.keys() & theirs.keys()
        for question in ASKED
        if question != "Scenario"
        and (pair := (_answer(ours[one], question), _answer(theirs[one], question)))[0] != pair[1]
        and all(pair)
    }
