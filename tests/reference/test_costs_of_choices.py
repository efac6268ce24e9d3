"""What choosing a type of harm costs: Funnel counts what narrowing again, row by row, with the other choice gives.

The lead has types of harm of their own, chosen and not, that labels of the export mean.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from dirty_rows import DirtyExport, make_export
from narrow_slowly import CATEGORY, in_order, narrow_slowly
from test_oracle_agreement import criteria_of, narrowed
from whom_slowly import in_sample

from xl_dipsample.domain.narrowing import counts_beside_funnel

OWN = ["Harm in school", "Sextortion (own)"]  # words that no export has, so that Labels alone says what means them
SEEDS = [3, 8, 21, *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(500, 700))]


def with_own_types(seed: int) -> DirtyExport:
    """An export in which some labels mean types of harm of the lead's own."""
    dice = random.Random(seed)
    export = make_export(dice)
    of_harm = [key for key in export.means if key[0] == "Type of harm"]
    means = {key: dice.choice([word, *OWN]) if key in of_harm else word for key, word in export.means.items()}
    chosen = [*export.settings["Categories"], *dice.sample(OWN, 1)]
    return replace(export, means=means, settings={**export.settings, "Categories": chosen, "Own categories": OWN})


def leaving(export: DirtyExport, chosen: list[str]) -> int:
    """How many rows leave for want of a chosen category."""
    settings = {**export.settings, "Categories": chosen}
    return sum(
        one.stage == CATEGORY
        for one in narrow_slowly(export.rows, export.columns, settings, export.means, export.decisions)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_each_choice_decides_the_rows_that_leave_or_stay_when_it_is_the_other_way_round(seed: int) -> None:
    export = with_own_types(seed)
    width = len(export.headings)
    square = [[*one, *[None] * (width - len(one))] for one in [*export.above, export.headings, *export.rows]]
    _, result = narrowed(square, 1, export)
    table = counts_beside_funnel.by_category(result, criteria_of(export)).set_index("Category")
    chosen: list[str] = export.settings["Categories"]
    verdicts = narrow_slowly(export.rows, export.columns, export.settings, export.means, export.decisions)
    now = leaving(export, chosen)
    for word in in_order(export.settings):
        turned = [one for one in chosen if one != word] if word in chosen else [*chosen, word]
        assert table.loc[word, "Chosen"] == ("Yes" if word in chosen else "No")
        if result.harms_exported:
            assert table.loc[word, "Rows that hang on it"] == abs(leaving(export, turned) - now), word
            kept = sum(word in one.categories for one in verdicts if in_sample(one))
            assert table.loc[word, "Sample"] == kept, word
