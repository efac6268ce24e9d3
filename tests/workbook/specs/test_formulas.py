"""References to columns with any heading; a formula for every formula column of the specs."""

from __future__ import annotations

import pandas as pd
import pytest

from xl_dipsample.workbook.specs import formulas, spec


@pytest.mark.parametrize(
    ("heading", "reference"),
    [
        ("Outcome", "Review[Outcome]"),
        ("Reason for closure or progression (extract)", "Review[Reason for closure or progression (extract)]"),
        ("Who's [there]? #1", "Review[Who''s '[there']? '#1]"),
        ("Met @ school", "Review[Met '@ school]"),
        ("Age, in years", "Review[[Age, in years]]"),
        ("Home: where?", "Review[[Home: where?]]"),
    ],
)
def test_a_heading_with_special_characters_is_escaped(heading, reference):
    assert formulas.column(heading) == reference


def test_every_formula_column_has_a_formula_and_its_values():
    names = [(table, column.formula) for table in spec.tables("review") for column in table.columns if column.formula]
    assert names
    for table, name in names:
        row = pd.DataFrame([dict.fromkeys(table.headings)], dtype=object)
        assert formulas.column_formula(name).startswith("=")
        assert formulas.column_values(name, row) == [""]


def test_a_formula_refers_to_its_own_row_as_files_store_it():
    assert "@" not in formulas.column_formula("review_check")
    assert "Review[[#This Row],[Referred to?]]" in formulas.column_formula("review_check")
