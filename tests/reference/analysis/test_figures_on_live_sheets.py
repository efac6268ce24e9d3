"""Every number on the live sheets Summary, Charts, Thresholds and Funnel equals one counted another way."""

from __future__ import annotations

import pytest
import sheet_figures
from asked_of_the_product import stages_on_funnel, state_and_lines, tables_of
from made_up_samples import sample
from seeds import SAMPLES
from whole_numbers import differing, numbers_in


@pytest.mark.parametrize("sheet", ["summary", "charts", "thresholds"])
@pytest.mark.parametrize("seed", SAMPLES)
def test_every_figure_on_the_sheet_is_what_the_rows_of_review_say(seed: int, sheet: str) -> None:
    made = sample(seed)
    expected = getattr(sheet_figures, sheet)(made)
    sentence, found = state_and_lines(sheet, tables_of(made))
    assert found.keys() == expected.keys()
    assert differing(found, expected) == []
    assert numbers_in(sentence) == sheet_figures.told(sheet, made)


@pytest.mark.parametrize("seed", SAMPLES)
def test_the_funnel_counts_who_left_during_review(seed: int) -> None:
    made = sample(seed)
    assert stages_on_funnel(tables_of(made)) == sheet_figures.funnel(made)
