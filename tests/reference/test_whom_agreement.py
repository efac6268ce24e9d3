"""Every figure of whom the sample is, in every place that quotes it, equals the one counted slowly from the rules."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import pandas as pd
import pytest
from dirty_rows import DirtyExport, make_export
from narrow_slowly import Verdict, narrow_slowly
from test_oracle_agreement import criteria_of, narrowed
from whom_slowly import Whom, count, in_sample, whom

from xl_dipsample.actions.narrow import funnel_table
from xl_dipsample.briefing.pages import pages
from xl_dipsample.briefing.source import Source
from xl_dipsample.briefing.word import texts
from xl_dipsample.domain.comparison import comparison
from xl_dipsample.domain.findings import findings
from xl_dipsample.domain.narrowing import counts_beside_funnel, people_counted
from xl_dipsample.domain.pseudonymise import review_rows
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.sheets.parts import blocks
from xl_dipsample.workbook.sheets.parts.layout import Book
from xl_dipsample.workbook.specs import defaults, spec

OFTEN, ALL = (*range(22), 34, 41), range(60)  # of 34 and 41 the young people now are not known without the key
SEEDS = [one if one in OFTEN else pytest.param(one, marks=pytest.mark.campaign) for one in ALL]
PEOPLE, CONTACTS, ROWS = (
    r"(\d+) of (\d+) young people in the period and of age",
    r"(\d+) of (\d+) contacts in the period and of age",
    r"(\d+) of (\d+) rows of the long list",
)


class Case(NamedTuple):
    """An export, what the rules say of it, and the workbooks' tables; some of the sample left during review."""

    export: DirtyExport
    cases: tuple[int, ...]
    """Where the rows of the export stand that are cases."""
    lines: dict[str, Whom]
    now: Whom
    is_known: bool
    """Whether the young people in the sample now can be told without the key."""
    working: dict[str, pd.DataFrame]
    review: dict[str, pd.DataFrame]


@cache
def case(seed: int) -> Case:
    export = make_export(random.Random(seed))
    verdicts = narrow_slowly(export.rows, export.columns, export.settings, export.means, export.decisions)
    lines = whom(verdicts, export.rows, export.columns)
    drawn = [verdict for verdict in verdicts if in_sample(verdict)]
    leaving = set(random.Random(seed).sample(range(len(drawn)), k=min(len(drawn), (0, 1, 3)[seed % 3])))
    stay = [verdict for at, verdict in enumerate(drawn) if at not in leaving]
    now = count(stay, export.rows, export.columns)
    whole = lines["In the sample"]
    is_known = not leaving or whole.people == whole.rows
    working, review = tables(export, drawn, leaving)
    return Case(export, tuple(verdict.index for verdict in verdicts), lines, now, is_known, working, review)


def tables(
    export: DirtyExport, drawn: list[Verdict], leaving: set[int]
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """The product's own tables of both workbooks; in Review a row for every one that the rules draw."""
    width = len(export.headings)
    square = [[*one, *[None] * (width - len(one))] for one in [*export.above, export.headings, *export.rows]]
    long_list, result = narrowed(square, 1, export)
    criteria = criteria_of(export)
    counted = {
        "Funnel": funnel_table(result),
        "YoungPeople": people_counted.table(result, criteria),
        "FunnelCategories": counts_beside_funnel.by_category(result, criteria),
    }
    ids = pd.Series([f"K{at}" for at in range(len(drawn))], index=long_list.index[result.in_sample], dtype=object)
    headings = spec.table("review", "Review").headings
    rows = review_rows.new_rows(long_list, result, ids, criteria, headings)
    rows["In sample?"] = ["No" if int(one[1:]) in leaving else None for one in rows["Unique ID"]]
    funnel = review_rows.funnel_rows(counted["Funnel"], len(leaving))
    return (
        defaults.frames("working", counted),
        defaults.frames("review", {**counted, "Funnel": funnel, "Review": rows}),
    )


def pairs(pattern: str, text: str) -> set[tuple[int, int]]:
    return {(int(k), int(n)) for k, n in re.findall(pattern, text.replace(",", ""))}


def expected(made: Case, *, now: bool = True) -> dict[str, set[tuple[int, int]]]:
    """What a sentence may say: young people, contacts, rows, as pairs of part and whole."""
    part, whole = made.now if now else made.lines["In the sample"], made.lines["In the period and of age"]
    contacts = made.export.settings["Unit"] == "Contact"
    return {
        PEOPLE: {(part.people, whole.people)} if made.is_known or not now else set(),
        CONTACTS: {(part.contacts, whole.contacts)} if contacts else set(),
        ROWS: {(part.rows, made.lines["On the long list"].rows)},
    }


def check(text: str, wanted: dict[str, set[tuple[int, int]]], seed: int) -> None:
    for pattern, told in wanted.items():
        assert pairs(pattern, text) == told, f"seed {seed}: {text}"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_table_young_people_is_what_the_rules_say(seed: int) -> None:
    made = case(seed)
    contacts = made.export.settings["Unit"] == "Contact"
    wanted = [[who, n.people, n.contacts if contacts else None, n.rows] for who, n in made.lines.items()]
    assert made.working["YoungPeople"].to_numpy().tolist() == wanted, f"seed {seed}"


@pytest.mark.parametrize("seed", SEEDS)
def test_funnel_and_summary_say_it(seed: int) -> None:
    made = case(seed)
    working = sheets.layout("funnel", Book("working", made.working, {})).state
    review = sheets.layout("funnel", Book("review", made.review, {})).state
    assert working is not None
    assert review is not None
    check(str(working.value), expected(made, now=False), seed)
    check(str(review.value), expected(made), seed)
    lines: dict[str, list[Any]] = {}
    for cell in sheets.layout("summary", Book("review", made.review, {})).cells:
        if cell.row <= 14:
            lines.setdefault(str(cell.value), [cell.row])
    cells = {(c.row, c.column): c.value for c in sheets.layout("summary", Book("review", made.review, {})).cells}

    def at(label: str) -> Any:
        return cells[lines[label][0], 2]

    assert at("Long list") == made.lines["On the long list"].rows
    assert at("Young people in the period and of age") == made.lines["In the period and of age"].people
    assert at("Young people in the sample now") == (made.now.people if made.is_known else "not known")
    assert at("In the sample now") == made.now.rows


@pytest.mark.parametrize("seed", SEEDS)
def test_findings_briefing_and_compare_say_it(seed: int) -> None:
    made = case(seed)
    wanted = expected(made)
    if made.now.rows:
        harms = blocks.harm(Book("review", made.review, {})).words
        (size,) = [one.sentence for one in findings(made.review, harms) if one.about == "Size of the sample"]
        check(size, wanted, seed)
        told = " ".join(text for block in pages(Source(made.review)).blocks for text in texts(block))
        check(told, wanted, seed)
    found = comparison.figures(made.review, comparison.harm_words([made.review]), ())
    people = found[comparison.PEOPLE, comparison.OF_THE_WHOLE]
    assert people.of == made.lines["In the period and of age"].people
    assert people.count == (made.now.people if made.is_known else None)
    contacts = found[comparison.CONTACTS, comparison.OF_THE_WHOLE]
    assert {(contacts.count, contacts.of)} - {(None, None)} == wanted[CONTACTS]
    rows = found[comparison.FUNNEL, comparison.IN_THE_SAMPLE]
    assert {(rows.count, rows.of)} == wanted[ROWS]


@pytest.mark.parametrize("seeds", [OFTEN, pytest.param(ALL, marks=pytest.mark.campaign)], ids=["often", "all"])
def test_the_exports_reach_every_kind(seeds: Sequence[int]) -> None:
    """Both units, rows without ID, doubtful rows, repeated contacts, and contacts that left."""
    made = [case(seed) for seed in seeds]
    lines, often = [one.lines for one in made], len(made)
    assert {one.export.settings["Unit"] for one in made} == {"Young person", "Contact"}
    assert sum(one["Of these, without case ID"].rows > 0 for one in lines) > often / 12
    assert sum(one["Of these, date or age not sure"].rows > 0 for one in lines) > often / 3
    assert (
        sum(one["In the period and of age"].people < one["In the period and of age"].rows for one in lines) > often / 3
    )
    assert sum(one["On the long list"].people > one["In the period and of age"].people for one in lines) > often * 2 / 3
    assert sum(not one.is_known for one in made) >= 1
    assert sum(one.now.rows > 0 for one in made) > often / 3


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_outside_the_period_or_under_age_change_nothing_of_the_share(seed: int) -> None:
    """Wider by rows that are in it already, moved far out of the period or to an age under the cut-off."""
    made = case(seed)
    export, at = made.export, made.export.columns
    wider = make_export(random.Random(seed))
    about = at.end_date if export.settings["Period is about"] == "End date" else at.contact_date
    moved = []
    for row in (export.rows[at] for at in made.cases):
        if about is not None and export.settings["Period from"] is not None:
            moved.append([*row[:about], "01/01/1995", *row[about + 1 :]])
        if None not in (at.date_of_birth, at.contact_date):
            young = list(row)
            young[at.date_of_birth or 0], young[at.contact_date or 0] = "01/01/2024", "01/02/2024"
            moved.append(young)
    end = max(made.cases, default=-1) + 1  # a footer stays below
    wider.rows = [*export.rows[:end], *moved, *export.rows[end:]]
    square = [[*one, *[None] * (len(wider.headings) - len(one))] for one in [*wider.above, wider.headings, *wider.rows]]
    _, result = narrowed(square, 1, wider)
    counts = people_counted.table(result, criteria_of(wider)).set_index("Who is counted")
    before = made.working["YoungPeople"].set_index("Who is counted")
    for who in ("In the period and of age", "In the sample"):
        assert counts.loc[who].tolist() == before.loc[who].tolist(), f"seed {seed}: {who}"
    if moved:
        assert counts.loc["On the long list", "Rows"] > before.loc["On the long list", "Rows"]
