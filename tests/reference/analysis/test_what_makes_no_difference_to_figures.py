"""Rows in another order, a column of somebody's own, other names for the types of harm: the same figures, all of them.

The sentences on Findings have their own such tests, in tests/domain.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd
import pytest
from asked_of_the_product import Tables, refreshed, state_and_lines, tables_of
from made_up_samples import HARMS, Sample, sample
from plain_cases import shown

from xl_dipsample.domain.comparison import comparison

SEEDS = [8, 19, *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(20, 60))]
SHEETS = ("summary", "charts", "thresholds")
NUMBERED = {"Language": ["No."]}  # numbers by place, which may move
Everything = dict[tuple[str, ...] | str, object]


def everything(review: pd.DataFrame, made: Sample, harms: Mapping[str, str] | None = None) -> Everything:
    """Every figure of every sheet, without regard to the order of rows; `harms`: new name -> old name."""
    tables = refreshed(tables_of(replace(made, review=review)))
    found: Everything = {}
    for sheet in SHEETS:
        for (section, table, line, column), value in state_and_lines(sheet, tables)[1].items():
            found[sheet, section, table, _old(line, harms) if "harm" in table else line, column] = value
    for name in ("Variations", "Harms", "Thresholds", "Language", "LanguagePatterns", "TypicalWords", "Collocations"):
        found[name] = _rows(name, tables, harms)
    counted = comparison.figures(tables, comparison.harm_words([tables]), ())
    return found | {(part, _old(word, harms) if "harm" in part else word): n for (part, word), n in counted.items()}


def _rows(name: str, tables: Tables, harms: Mapping[str, str] | None) -> Counter[tuple[str, ...]]:
    table = tables[name].drop(columns=NUMBERED.get(name, []))
    of_harm = {"Harms": ["Type of harm"], "Thresholds": ["Type of harm"]}.get(name, [])
    made: Counter[tuple[str, ...]] = Counter()
    for row in table.to_dict("records"):
        columns = [*of_harm, "Group"] if row.get("By") == "Type of harm" else of_harm
        made[tuple(_several(shown(cell), harms) if key in columns else shown(cell) for key, cell in row.items())] += 1
    return made


def _old(word: str, harms: Mapping[str, str] | None) -> str:
    return harms.get(word, word) if harms else word


def _several(cell: str, harms: Mapping[str, str] | None) -> str:
    return "; ".join(sorted(_old(part.strip(), harms) for part in cell.split(";")))


def same(seed: int, changed: Callable[[pd.DataFrame], pd.DataFrame], harms: Mapping[str, str] | None = None) -> None:
    made = sample(seed)
    review = made.review.assign(**{"Type of harm": _tidy(made.review["Type of harm"])})
    before, after = everything(review, made), everything(changed(review), made, harms)
    assert before.keys() == after.keys()
    assert [key for key in before if before[key] != after[key]] == []


def _tidy(cells: pd.Series) -> pd.Series:
    """The cells as the tool writes them: words of the list with their own capitals."""
    known = {word.lower(): word for word in HARMS}
    made = [
        "; ".join(known.get(part.strip().lower(), part.strip()) for part in shown(cell).split(";")) for cell in cells
    ]
    return pd.Series([cell or None for cell in made], index=cells.index, dtype=object)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_the_rows_makes_no_difference_to_any_figure(seed: int) -> None:
    same(seed, lambda review: review.sample(frac=1, random_state=seed).reset_index(drop=True))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_column_of_somebody_s_own_makes_no_difference_to_any_figure(seed: int) -> None:
    same(seed, lambda review: review.assign(**{"Looked at again": "CSE; boyfriend", "Team": range(len(review))}))


@pytest.mark.parametrize("seed", SEEDS)
def test_other_names_for_the_types_of_harm_change_only_the_names(seed: int) -> None:
    turned = list(HARMS)
    random.Random(seed).shuffle(turned)
    new = dict(zip(HARMS, turned, strict=True))

    def renamed(review: pd.DataFrame) -> pd.DataFrame:
        cells = [
            "; ".join(new.get(part, part) for part in str(cell).split("; ")) if cell else cell
            for cell in review["Type of harm"]
        ]
        return review.assign(**{"Type of harm": pd.Series(cells, index=review.index, dtype=object)})

    same(seed, renamed, {word: old for old, word in new.items()})


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_that_left_changes_only_how_many_left(seed: int) -> None:
    made = sample(seed)
    is_in = [not shown(cell) or shown(cell).lower() != "no" for cell in made.review["In sample?"]]
    before = everything(made.review, made)
    after = everything(made.review.loc[is_in].reset_index(drop=True), made)
    unlike = [key for key in before if before[key] != after[key] and key != "Harms"]  # Harms lists those that left, too
    lines = {key[3] if len(key) > 2 else key[1] for key in unlike}
    assert lines <= {"Left during review", "Sample"}, "Sample: of the funnel, which follows who left"


# These samples are of an earlier version: their young people were not counted.
OF_THE_LONG_LIST = ("Long list", "Young people in the period and of age", "Young people in the sample now")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_case_twice_doubles_every_count(seed: int) -> None:
    made = sample(seed)
    again = made.review.assign(**{"Unique ID": [f"{shown(one)}-2" if one else one for one in made.review["Unique ID"]]})
    twice = replace(made, review=pd.concat([made.review, again], ignore_index=True))
    for sheet in SHEETS:
        once, doubled = (state_and_lines(sheet, tables_of(one))[1] for one in (made, twice))
        for key, value in once.items():
            if key[3] in ("n", "All") and key[2] not in OF_THE_LONG_LIST:
                assert doubled[key] == 2 * int(str(value)), key
