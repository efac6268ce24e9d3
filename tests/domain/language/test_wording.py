"""Where the wording gathers, counted anew by hand; and that nothing is counted by worker."""

from __future__ import annotations

import random
from functools import partial

import pandas as pd
import pytest

from xl_dipsample.domain.language.concern_patterns import HEADINGS, concern_shares, patterns
from xl_dipsample.domain.language.kept_hits import keep
from xl_dipsample.domain.language.term_hits import CLOSURE, DECISION, INVOLVEMENT, concern_list, findings
from xl_dipsample.domain.language.terms import TERMS_HEADINGS, concerns, known_terms
from xl_dipsample.domain.shared.lead_lists import shipped

TERMS = known_terms()
CONCERNS = concern_list(TERMS)
WORDS = ["her boyfriend", "absconded", "sexually active", "own choices", "the school", "a youth worker", "streetwise"]
CLOSED, PROGRESSED = shipped().on("Closed"), shipped().on("Progressed")
patterned = partial(patterns, lists=shipped())
OUTCOMES = [*PROGRESSED[:2], *CLOSED[:2], "Other", "own words", "Not mapped", None]
HARMS = ["CSE", "Gangs; CSE", "Missing;missing", "Something new", "Not mapped", None]


def sample(cases, seed=1):
    dice = random.Random(seed)
    rows = [
        {
            "Unique ID": f"DS-{n}",
            "Type of harm": dice.choice(HARMS),
            "Outcome": dice.choice(OUTCOMES),
            INVOLVEMENT: dice.choice([None, " and ".join(dice.choices(WORDS, k=3))]),
            CLOSURE: dice.choice([None, " or ".join(dice.choices(WORDS, k=2))]),
            "Summary of harm": dice.choice([None, dice.choice(WORDS)]),
            "Reviewer": dice.choice(["AB", "CD"]),
            "In sample?": dice.choice([None, None, "Yes", "No"]),
        }
        for n in range(cases)
    ]
    return pd.DataFrame(rows, dtype=object)


def with_decisions(rows, seed=1, terms=TERMS):
    table = keep(findings(rows, terms), None, CONCERNS).table
    dice = random.Random(seed)
    return table.assign(
        **{
            DECISION: pd.Series(
                [dice.choice([None, "Confirm", "dismiss ", "Dismiss"]) for _ in table.index], dtype=object
            )
        }
    )


def held(row, lines, which):
    """The concerns of one case, by reading the rows of Language one by one."""
    names = set()
    for case, concern, decision in lines:
        if case == row["Unique ID"] and which((decision or "").strip().lower()):
            names |= {concern, "Any concern"}
    return names


def by_hand(rows, found):
    """Every line that must be there, as (By, Group, Concern) -> (Cases, Of, Confirmed)."""
    groups = {}
    for row in rows.to_dict("records"):
        if row["In sample?"] == "No" or not any(row[name] for name in (INVOLVEMENT, CLOSURE, "Summary of harm")):
            continue
        kinds = [("All cases", "In the sample"), ("Outcome", row["Outcome"] or "Not filled in yet")]
        kinds += [("Closed or progressed", "Closed")] * (row["Outcome"] in CLOSED)
        kinds += [("Closed or progressed", "Progressed")] * (row["Outcome"] in PROGRESSED)
        harms = {part.strip().capitalize() for part in (row["Type of harm"] or "Not filled in yet").split(";")}
        kinds += [("Type of harm", harm) for harm in harms]
        for kind in kinds:
            groups.setdefault((kind[0], kind[1].lower()), []).append(row)
    lines = {}
    read = found[["Unique ID", "Concern", DECISION]].to_numpy().tolist()
    for kind, members in groups.items():
        for concern in ["Any concern", *CONCERNS]:
            n = sum(concern in held(row, read, lambda word: word != "dismiss") for row in members)
            sure = sum(concern in held(row, read, lambda word: word == "confirm") for row in members)
            if n or concern == "Any concern" or kind[0] == "All cases":
                lines[*kind, concern] = (n, len(members), sure)
    return lines


@pytest.mark.parametrize(("cases", "seed"), [(40, 1), (12, 2), (1, 3), (0, 4)])
def test_every_line_is_what_counting_by_hand_gives(cases, seed):
    rows = sample(60, seed).head(cases)
    found = with_decisions(rows, seed)
    table = patterned(rows, found, TERMS)
    assert list(table.columns) == list(HEADINGS)
    made = {(a, b.lower(), c): (n, of, sure) for a, b, c, n, of, sure, _ in table.itertuples(index=False)}
    assert len(made) == len(table)
    expected = by_hand(rows, found)
    if not expected:  # nobody to count: the whole sample is listed all the same
        expected = {("All cases", "in the sample", concern): (0, 0, 0) for concern in ["Any concern", *CONCERNS]}
    assert made == expected


def test_the_sentence_says_of_how_many_and_below_ten_only_counts():
    rows = sample(60)
    table = patterned(rows, with_decisions(rows), TERMS)
    for line in table.to_dict("records"):
        assert line["In words"].startswith(f"{line['Cases']} of {line['Of']} case")
        assert ("%" in line["In words"]) == (line["Of"] >= 10)
        assert ("few" in line["In words"]) == (line["Of"] < 10)
        assert ("confirmed" in line["In words"]) == (line["Confirmed"] > 0)


def test_nothing_is_counted_by_worker():
    """Who reviewed is not even read: cells that cannot be read as anything do no harm."""

    class Unreadable:
        def __str__(self):
            raise AssertionError("somebody read who reviewed")

        __repr__ = __eq__ = __hash__ = __format__ = __str__

    rows = sample(60)
    found = with_decisions(rows)
    table = patterned(rows, found, TERMS)
    hidden = rows.copy()
    for heading in ("Reviewer", "Reviewed on", "Initials"):
        hidden[heading] = pd.Series([Unreadable() for _ in rows.index], dtype=object)
    assert patterned(hidden, found, TERMS).equals(table)
    assert findings(hidden, TERMS).equals(findings(rows, TERMS))
    assert set(table["By"]) == {"All cases", "Closed or progressed", "Outcome", "Type of harm"}


def test_rows_in_another_order_and_columns_that_do_not_matter_change_nothing():
    rows = sample(60)
    found = with_decisions(rows)
    shuffled = rows.sample(frac=1, random_state=2).assign(Irrelevant="absconded")
    other = patterned(shuffled, found.sample(frac=1, random_state=3), TERMS)
    assert other.equals(patterned(rows, found, TERMS))


def test_shares_for_comparing_count_cases_and_leave_out_what_was_dismissed():
    rows = sample(60)
    table = concern_shares(rows, None, TERMS)
    read = [row for row in rows.to_dict("records") if row["In sample?"] != "No"]
    texts = [[row[name] for name in (INVOLVEMENT, CLOSURE, "Summary of harm") if row[name]] for row in read]
    texts = [one for one in texts if one]
    assert table["Concern"].tolist() == ["Any concern", *CONCERNS]
    for concern, n, of in table.itertuples(index=False):
        among = [{name for text in one for name in concerns(text)} for one in texts]
        assert n == sum(bool(one) if concern == "Any concern" else concern in one for one in among)
        assert of == len(texts)
    all_dismissed = with_decisions(rows).assign(**{DECISION: "Dismiss"})
    assert concern_shares(rows, all_dismissed, TERMS)["Cases"].sum() == 0


def test_shares_take_a_table_of_terms_as_well():
    rows = sample(60)
    own = pd.DataFrame([["streetwise", "Ours", None, None]], columns=list(TERMS_HEADINGS), dtype=object)
    assert concern_shares(rows, None, own)["Concern"].tolist() == ["Any concern", "Ours"]
    assert concern_shares(rows, None, None).equals(concern_shares(rows, None, TERMS))
    assert concern_shares(rows.head(0), None, TERMS)["Of"].tolist() == [0] * (len(CONCERNS) + 1)
