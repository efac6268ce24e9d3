"""Typical words and words that stand together, against slow counts by hand and against scipy."""

from __future__ import annotations

import itertools
import math
import random
import re
from collections import Counter
from functools import partial

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from xl_dipsample.domain.language.collocations import collocations
from xl_dipsample.domain.language.term_hits import CLOSURE, INVOLVEMENT
from xl_dipsample.domain.language.typical_words import HEADINGS, log_likelihood, typical_words
from xl_dipsample.domain.language.word_counts import read_words, stop_words
from xl_dipsample.domain.shared.lead_lists import shipped

CLOSED, PROGRESSED = shipped().on("Closed"), shipped().on("Progressed")
typical_of = partial(typical_words, lists=shipped())
VOCABULARY = [
    "school", "Police", "plan", "police\u2019s", "t\u0177", "threshold", "carer's", "risk-taking", "moved", "[CHILD]",
    "14", "s47", "the", "of", "and", "did", "not", "didn\u2019t", "J", "support", "SUPPORT", "routines", "mentoring",
    "[Place 2]", "section 47 enquiry", "early help", "school nurse", "missing from school",
]  # fmt: skip


def sample(cases=60, seed=1, words=30):
    dice = random.Random(seed)
    rows = []
    for n in range(cases):
        outcome = dice.choice([*CLOSED, *PROGRESSED, "Other", None])
        liked = ["threshold", "closed", "advice"] if outcome in CLOSED else ["plan", "enquiry", "h\u0175n"]
        text = [dice.choice([*VOCABULARY, *liked, f"name{n:c>2}".replace("0", "o")]) for _ in range(words)]
        rows.append(
            {
                "Unique ID": f"DS-{n}",
                "Outcome": outcome,
                INVOLVEMENT: dice.choice([None, dice.choice([" ", "\n", ". "]).join(dice.sample(text, words // 2))]),
                CLOSURE: dice.choice([None, dice.choice([" ", "\r\n", ", "]).join(text)]),
                "In sample?": dice.choice([None, None, None, "No"]),
            }
        )
    return pd.DataFrame(rows, dtype=object)


def slow_words(text):
    """The words of a text in their places; None for what is no word but has a place."""
    text = (text or "").lower().replace("\u2019", "'")
    places = re.findall(r"\[[^\[\]]+\]|[^\W_]+(?:['-][^\W_]+)*", text)
    plain = [re.sub(r"'s$", "", place) for place in places]
    return [None if len(w) < 2 or w.startswith("[") or re.search(r"\d", w) else w for w in plain]


def g2(a, b, c, d):
    if min(a + b, c + d, a + c, b + d) == 0:
        return 0.0
    return chi2_contingency([[a, b], [c, d]], correction=False, lambda_="log-likelihood").statistic


@pytest.mark.parametrize("table", [(10, 20, 90, 80), (0, 5, 100, 40), (7, 0, 0, 9), (1, 1, 1, 1), (0, 0, 5, 6)])
def test_log_likelihood_is_what_scipy_gives(table):
    ours = float(log_likelihood(*(np.array([float(n)]) for n in table))[0])
    assert ours == pytest.approx(g2(*table), abs=1e-9)


def test_log_likelihood_is_what_a_published_example_gives():
    """Rayson & Garside's two-cell sum and ours differ by the other words, which hardly count in a large corpus."""
    ours = float(log_likelihood(*(np.array([float(n)]) for n in (30, 10, 999_970, 999_990)))[0])
    assert ours == pytest.approx(2 * (30 * math.log(30 / 20) + 10 * math.log(10 / 20)), abs=0.001)


@pytest.mark.parametrize(("cases", "seed"), [(160, 1), (120, 2), (200, 3)])
def test_typical_words_are_what_counting_by_hand_gives(cases, seed):
    rows = sample(cases, seed)
    sides = {"Closed": Counter(), "Progressed": Counter()}
    within: dict[str, set[str]] = {}
    for row in rows.to_dict("records"):
        side = "Closed" if row["Outcome"] in CLOSED else "Progressed" if row["Outcome"] in PROGRESSED else None
        if side and row["In sample?"] != "No":
            words = [word for word in slow_words(row[CLOSURE]) if word]
            sides[side].update(words)
            for word in words:
                within.setdefault(word, set()).add(row["Unique ID"])
    closed, progressed = sides["Closed"], sides["Progressed"]
    of = closed.total(), progressed.total()
    expected = {}
    for word in closed.keys() | progressed.keys():
        a, b = closed[word], progressed[word]
        strength = g2(a, b, of[0] - a, of[1] - b)
        if a + b >= 5 and len(within[word]) >= 3 and word not in stop_words() and strength >= 3.84:
            side = "Closed" if a / of[0] > b / of[1] else "Progressed"
            expected[word] = (side, a, b, round(1000 * a / of[0], 1), round(1000 * b / of[1], 1), len(within[word]))
    table = typical_of(rows).table
    assert list(table.columns) == list(HEADINGS)
    made = {row[0]: tuple(row[1:7]) for row in table.itertuples(index=False)}
    assert made == expected
    assert made
    assert not {"the", "child", "14", "s47", "j", "didn't"} & set(made)
    for side, group in table.groupby("Typical for", sort=False, dropna=False):
        assert group["Log-likelihood"].is_monotonic_decreasing, side
    for word, value in zip(table["Word"], table["Log-likelihood"], strict=True):
        a, b = closed[word], progressed[word]
        assert value == pytest.approx(g2(a, b, of[0] - a, of[1] - b), abs=0.006)


def reasons(closed, progressed):
    rows = [{"Unique ID": f"C{n}", "Outcome": CLOSED[0], CLOSURE: text} for n, text in enumerate(closed)]
    rows += [{"Unique ID": f"P{n}", "Outcome": PROGRESSED[0], CLOSURE: text} for n, text in enumerate(progressed)]
    return pd.DataFrame(rows, dtype=object)


def test_a_word_of_fewer_than_three_cases_never_appears_because_it_may_be_a_name():
    closed = ["Synthia " * 9, "Synthia " * 9, "was met " * 9, *["met"] * 9]
    found = typical_of(reasons(closed, ["plan"] * 12)).table
    assert found["Word"].tolist() == ["met", "plan"]
    together = reasons(["Synthia Madeup"] * 2 + ["school nurse"] * 3 + ["a nurse", "her school"] * 6, [])
    assert collocations(together)[["Word", "Beside it"]].to_numpy().tolist() == [["school", "nurse"]]


def test_twenty_five_words_of_each_side_at_most():
    many = " ".join(f"{a}{b}word" for a in "abcdefgh" for b in "klmnop")
    found = typical_of(reasons([many] * 10, [many.replace("word", "wort")] * 10)).table
    assert found["Typical for"].tolist() == ["Closed"] * 25 + ["Progressed"] * 25


@pytest.mark.parametrize(("closed", "progressed", "few"), [(9, 30, True), (30, 9, True), (10, 10, False), (0, 0, True)])
def test_below_ten_cases_on_one_side_there_are_no_typical_words(closed, progressed, few):
    typical = typical_of(reasons(["closed case"] * closed, ["plan made"] * progressed))
    assert (typical.closed, typical.progressed, typical.few) == (closed, progressed, few)
    assert typical.table.empty == few


def test_words_that_both_sides_use_alike_are_not_typical_of():
    assert typical_of(reasons(["school nurse"] * 20, ["school nurse"] * 20)).table.empty


@pytest.mark.parametrize(("cases", "seed"), [(30, 1), (60, 5)])
def test_words_that_stand_together_are_what_counting_by_hand_gives(cases, seed):
    rows = sample(cases, seed)
    pairs, first, within = Counter(), Counter(), {}
    for row in rows.to_dict("records"):
        for column in (INVOLVEMENT, CLOSURE):
            words = slow_words(row[column]) if row["In sample?"] != "No" else []
            for (i, one), (j, other) in itertools.combinations(enumerate(words), 2):
                if j - i > 5 or not one or not other or one == other or {one, other} & stop_words():
                    continue
                pairs[frozenset((one, other))] += 1
                first[one, other] += 1
                within.setdefault(frozenset((one, other)), set()).add(row["Unique ID"])
    holding = Counter()
    for pair, n in pairs.items():
        holding.update(dict.fromkeys(pair, n))
    whole = 2 * pairs.total()  # each seen from both of its words
    expected = []
    for pair, n in pairs.items():
        one, other = sorted(pair)
        b, c = holding[one] - n, holding[other] - n
        strength = g2(n, b, c, whole - n - b - c)
        if len(within[pair]) >= 3 and n * whole > holding[one] * holding[other] and strength >= 3.84:
            if first[other, one] > first[one, other]:
                one, other = other, one
            expected.append((-round(float(strength), 2), one, other, n, len(within[pair])))
    expected.sort(key=lambda line: line[:3])
    made = collocations(rows)
    assert made.to_numpy().tolist() == [[*line[1:], -line[0]] for line in expected[:25]]
    assert len(made) > 4


def test_rows_in_another_order_and_columns_that_do_not_matter_change_nothing():
    rows = sample(80)
    other = rows.sample(frac=1, random_state=4).assign(Irrelevant="plan plan plan", Reviewer="plan")
    assert typical_of(other).table.equals(typical_of(rows).table)
    assert collocations(other).equals(collocations(rows))


def test_nothing_to_read_gives_empty_tables():
    for rows in (sample(0), sample(5).assign(**{CLOSURE: None, INVOLVEMENT: None}), sample(1)):
        assert typical_of(rows).table.empty
        assert collocations(rows).empty
    assert read_words([]).listed == []


def test_words_written_in_other_ways_are_one_word():
    read = read_words(
        [("A", 0, "T\u0177 t\u0176 \u201ct\u0177\u201d car\u00aders carer\u2019s CARER \u2018carer\u2019")]
    )
    assert read.listed == ["t\u0177", "carers", "carer"]
    two_signs = reasons(["Ty\u0302 mawr"] * 10, ["plan t\u0177"] * 10)
    assert set(typical_of(two_signs).table["Word"]) == {"mawr", "plan"}
