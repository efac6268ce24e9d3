"""Flags of a child at risk now, who acted and when: whatever stands there, no figure of any sheet or copy changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asked_of_the_product import Tables, refreshed, state_and_lines, tables_of
from made_up_samples import Sample
from own_list_samples import own_sample
from test_figures_by_own_lists import SEEDS

from xl_dipsample.domain.comparison import comparison
from xl_dipsample.domain.publication.publication import publication
from xl_dipsample.domain.shared import lead_lists

STAYS = ["Act now?", "Acted by", "Acted on"]
TABLES = (
    "Variations",
    "Harms",
    "Thresholds",
    "Language",
    "LanguagePatterns",
    "TypicalWords",
    "Collocations",
    "Findings",
)


def everything(made: Sample) -> tuple[object, ...]:
    """Every figure of the live sheets, every table of Refresh analysis, what is compared and what may be published."""
    tables: Tables = refreshed(tables_of(made))
    lines = [state_and_lines(sheet, tables) for sheet in ("summary", "charts", "thresholds")]
    made_tables = {name: tables[name].astype(str).to_dict("records") for name in TABLES}
    compared = comparison.figures(tables, comparison.harm_words([tables]), ())
    published = publication(tables["Review"], tables["Funnel"], lead_lists.Lists.of(tables))
    return lines, made_tables, compared, published.safe.figures.counts


@pytest.mark.parametrize("seed", [1, *SEEDS[5:25]])
def test_flags_of_a_child_at_risk_change_no_figure(seed: int) -> None:
    made = own_sample(seed)
    assert made.review["Act now?"].notna().any()
    without = replace(made, review=made.review.assign(**dict.fromkeys(STAYS)))
    all_set = replace(made, review=made.review.assign(**{"Act now?": "Yes", "Acted by": None, "Acted on": None}))
    assert everything(made) == everything(without) == everything(all_set)
