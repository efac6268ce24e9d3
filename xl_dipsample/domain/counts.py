"""The counts that stand beside the funnel: by category, by age band, gender and ethnicity, and the what-if table."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from xl_dipsample.domain import labels, reference, review, stages
from xl_dipsample.domain.criteria import Criteria
from xl_dipsample.domain.funnel import Narrowed

YOUR_CHOICE = "Your choice"
WITH_CCE, WITHOUT_CCE = "With CCE", "Without CCE"
CUT_OFFS = (11, 12, 13)


def by_category(narrowed: Narrowed, criteria: Criteria) -> pd.DataFrame:
    """The table FunnelCategories: rows with each category in the long list, after age and category, in the sample.

    One row can have several categories, so the columns do not add up to the totals.
    """
    rows = narrowed.rows
    words = [*reference.words("harm_categories", "category")]
    words += [word for word in criteria.categories if word not in words]
    present: dict[str, pd.Series] = {
        word: rows["categories"].map({c: word in c for c in set(rows["categories"])}).astype(bool) for word in words
    }
    present[stages.NOT_MAPPED] = rows["not_mapped"]
    present[stages.NOTHING_RECORDED] = rows["nothing"] & ~rows["not_mapped"] & (rows["categories"] == ())
    counted = [
        (word, int(mask.sum()), int((mask & rows["after_category"]).sum()), int((mask & narrowed.in_sample).sum()))
        for word, mask in present.items()
    ]
    columns = ["Category", "Long list", "After age and category", "Sample"]
    return pd.DataFrame(counted, columns=columns, dtype=object)


def by_group(long_list: pd.DataFrame, narrowed: Narrowed, criteria: Criteria) -> pd.DataFrame:
    """The table FunnelGroups: long list against sample by age band, gender and ethnicity, every row once in each."""
    groups = {
        "Age band": review.age_band(narrowed.rows["age_text"]),
        "Gender": labels.map_words("gender", long_list["Gender"], criteria.means.get("Gender", {}))["word"],
        "Ethnicity": labels.map_words("ethnicity", long_list["Ethnicity"], criteria.means.get("Ethnicity", {}))["word"],
    }
    listed = {
        "Age band": (*(band.words for band in review.bands()), review.age_not_known()),
        "Gender": reference.words("gender", "gender"),
        "Ethnicity": reference.words("ethnicity", "label"),
    }
    counted = []
    for group, column in groups.items():
        whole = column.value_counts(dropna=False)
        sample = column[narrowed.in_sample].value_counts(dropna=False)
        known = [*listed[group], *sorted(set(whole.index) - set(listed[group]), key=str)]
        counted += [(group, word, int(whole.get(word, 0)), int(sample.get(word, 0))) for word in known]
    return pd.DataFrame(counted, columns=["Group", "Value", "Long list", "Sample"], dtype=object)


def presets(criteria: Criteria) -> dict[str, tuple[str, ...]]:
    """The lead's own choice and the ready-made lists of reference/category_presets.csv."""
    made = {YOUR_CHOICE: criteria.categories}
    for row in reference.table("category_presets"):
        made[row["preset"]] = reference.parts(row["categories"])
    return made


def what_if(narrowed: Narrowed, criteria: Criteria, *, harm_column: bool = True) -> pd.DataFrame:
    """The table WhatIf: every combination of cut-off 11, 12, 13, preset, with and without CCE, up to the case check.

    The lead's other settings stay as they are; the lead's own cut-off is added when it is another one.
    """
    facts = narrowed.facts
    start = facts[~narrowed.rows["stage"].isin([stages.DUPLICATE, stages.PERIOD])]
    above = start["age_young"] > (float("inf") if criteria.upper_age is None else criteria.upper_age)
    person, _ = pd.factorize(stages.same_person_key(start, criteria))
    made = []
    for preset, cce, chosen in _lists(criteria):
        category_leaves = pd.Series(data=False, index=start.index)
        if harm_column:
            category_leaves = _leaves_by_category(start, chosen, criteria)
        for cut_off in sorted({*CUT_OFFS, criteria.age_cut_off}):
            below = start["age_old"] < cut_off
            here = ~below & ~above
            left = here & ~category_leaves
            made.append(
                (cut_off, preset, cce, int(below.sum()), int((here & category_leaves).sum()), len(set(person[left])))
            )
    columns = ["Age cut-off", "Preset", "CCE", "Below the age cut-off", "No chosen category", "Before the case check"]
    table = pd.DataFrame(made, columns=columns, dtype=object)
    return table.sort_values(["Age cut-off"], kind="stable", ignore_index=True)


def _lists(criteria: Criteria) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    for preset, chosen in presets(criteria).items():
        without = tuple(word for word in chosen if word != "CCE")
        yield preset, WITHOUT_CCE, without
        yield preset, WITH_CCE, (*without, "CCE")


def _leaves_by_category(start: pd.DataFrame, chosen: tuple[str, ...], criteria: Criteria) -> pd.Series:
    out = ~stages.has_chosen(start["own_categories"], chosen) & ~start["own_unmapped"].map(bool).astype(bool)
    if criteria.no_category == "Case check":
        out &= ~start["nothing"].astype(bool)
    return out
