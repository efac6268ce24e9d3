"""What the shipped terms say beside an extract names nobody, whatever the child of the row is called."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.sharing.screened_texts import texts_of
from xl_dipsample.workbook.specs import defaults, spec


def test_the_words_of_shipped_terms_on_language_are_no_texts_to_search_and_changed_ones_are() -> None:
    language, terms = spec.table("review", "Language"), defaults.default(spec.table("review", "Terms"))
    assert len(terms) > 20
    frame = pd.DataFrame(
        [
            {"Unique ID": "DS-7GK-4MX3", **row[["Concern", "Why it matters", "Consider instead"]]}
            for _, row in terms.iterrows()
        ],
        columns=language.headings,
        dtype=object,
    )
    frame = frame.where(frame.notna(), None)
    assert [one.column for one in texts_of({"Language": frame}) if one.index >= 0] == []
    frame.loc[3, "Consider instead"] = "say what Zebulon was offered"
    assert [(one.column, one.index) for one in texts_of({"Language": frame}) if one.index >= 0] == [
        ("Consider instead", 3)
    ]
