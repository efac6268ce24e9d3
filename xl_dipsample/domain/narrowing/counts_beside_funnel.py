"""The counts that stand beside the funnel: by category, by age band, gender and ethnicity, and the what-if table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.narrowing import stages
from xl_dipsample.domain.narrowing.funnel import Narrowed
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import lead_lists, reference

YOUR_CHOICE = "Your choice"
WITH_CCE, WITHOUT_CCE = "With CCE", "Without CCE"
CUT_OFFS = (11, 12, 13)
BEFORE_CATEGORY = (stages.DUPLICATE, stages.PERIOD, stages.BELOW, stages.ABOVE)
NO_CHOICE = (stages.NOT_MAPPED, stages.NOTHING_RECORDED)  # lines of FunnelCategories that nobody can choose


def by_category(narrowed: Narrowed, criteria: Criteria) -> pd.DataFrame:
    """The table FunnelCategories: rows with each category in the long list, after age and category, in the sample.

    Beside them whether it is chosen, and how many rows that alone decides: chosen, they stay for no other category;
    not chosen, they leave, and would stay if it were. None for what is no choice (not mapped, nothing recorded).

    One row can have several categories, so the columns do not add up to the totals. In the first two columns a row
    counts with its own categories; in the sample, with those that it took over from rows of the same contact. None
    where the export has no types of harm: nobody knows how many have them.
    """
    columns = ["Category", "Long list", "After age and category", "Sample", stages.CHOSEN, stages.DECIDES]
    own, final = _present(narrowed, criteria, before=True), _present(narrowed, criteria, before=False)
    after = narrowed.rows["after_category"]
    decided = decided_rows(narrowed, criteria, own)
    chosen = {word: "Yes" if word in criteria.categories else "No" for word in decided}
    counted: list[tuple[object, ...]] = [
        (
            word,
            int(own[word].sum()),
            int((own[word] & after).sum()),
            int((final[word] & narrowed.in_sample).sum()),
            chosen.get(word),
            decided.get(word),
        )
        for word in own
    ]
    if not narrowed.harms_exported:
        counted = [(word, None, None, None, chosen.get(word), None) for word in own]
    return pd.DataFrame(counted, columns=columns, dtype=object)


def decided_rows(narrowed: Narrowed, criteria: Criteria, present: Mapping[str, pd.Series]) -> dict[str, int]:
    """Category -> how many rows its being chosen, or not, decides at the stage of categories.

    These have come as far as that stage, have the category, no other one that is chosen, and no label that nobody has
    mapped (with one they stay anyway).
    """
    facts, chosen = narrowed.facts, set(criteria.categories)
    there = ~narrowed.rows["stage"].isin(BEFORE_CATEGORY) & ~facts["own_unmapped"].map(bool).astype(bool)
    kinds = set(facts["own_categories"])
    found = {}
    for word in (one for one in present if one not in NO_CHOICE):
        others = {kind: not chosen.isdisjoint({*kind} - {word}) for kind in kinds}
        alone = ~facts["own_categories"].map(others).astype(bool)
        found[word] = int((present[word] & there & alone).sum())
    return found


def _present(narrowed: Narrowed, criteria: Criteria, *, before: bool) -> dict[str, pd.Series]:
    """For each category, a mask of the rows that have it; `before` they took over those of other rows."""
    facts = narrowed.facts
    categories = facts["own_categories" if before else "categories"]
    unmapped = facts["own_unmapped" if before else "unmapped"].map(bool).astype(bool)
    words = [*criteria.lists.words(lead_lists.HARM)]
    words += [word for word in criteria.categories if word not in words]
    codes, kinds = pd.factorize(categories)
    present: dict[str, pd.Series] = {
        word: pd.Series(np.array([word in kind for kind in kinds], dtype=bool)[codes], index=categories.index)
        for word in words
    }
    present[stages.NOT_MAPPED] = unmapped
    present[stages.NOTHING_RECORDED] = facts["nothing"].astype(bool) & ~unmapped & (categories == ())
    return present


def by_group(long_list: pd.DataFrame, narrowed: Narrowed, criteria: Criteria) -> pd.DataFrame:
    """The table FunnelGroups: long list against sample by age band, gender and ethnicity, every row once in each."""
    groups = {
        "Age band": _age_bands(narrowed.rows["age_text"]),
        "Gender": label_mapping.map_words("gender", long_list["Gender"], criteria.means.get("Gender", {}))["word"],
        "Ethnicity": label_mapping.map_words("ethnicity", long_list["Ethnicity"], criteria.means.get("Ethnicity", {}))[
            "word"
        ],
    }
    listed = {
        "Age band": (*(band.words for band in review_rules.bands()), review_rules.age_not_known()),
        "Gender": criteria.lists.words(lead_lists.GENDER),
        "Ethnicity": criteria.lists.words(lead_lists.ETHNICITY),
    }
    counted = []
    for group, column in groups.items():
        whole = column.value_counts(dropna=False)
        sample = column[narrowed.in_sample].value_counts(dropna=False)
        known = [*listed[group], *sorted(set(whole.index) - set(listed[group]), key=str)]
        counted += [(group, word, int(whole.get(word, 0)), int(sample.get(word, 0))) for word in known]
    return pd.DataFrame(counted, columns=["Group", "Value", "Long list", "Sample"], dtype=object)


def _age_bands(ages: pd.Series) -> pd.Series:
    """The band of each age; a hundred thousand rows have few different ages."""
    codes, different = pd.factorize(ages)
    bands = review_rules.age_band(pd.Series(different, dtype=object)).to_numpy()
    return pd.Series(bands[codes], index=ages.index, dtype=object)


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
    old, young = (start[name].to_numpy(dtype=float) for name in ("age_old", "age_young"))
    above = young > (float("inf") if criteria.upper_age is None else criteria.upper_age)
    person, _ = pd.factorize(stages.same_person_key(start, criteria.unit))
    codes, kinds = pd.factorize(start["own_categories"])
    stays = start["own_unmapped"].map(bool).to_numpy(dtype=bool)
    if criteria.no_category == "Case check":
        stays = stays | start["nothing"].to_numpy(dtype=bool)  # a new array: pandas gives its own to read only
    made = []
    for preset, cce, chosen in _lists(criteria):
        category_leaves = np.zeros(len(start), dtype=bool)
        if harm_column:
            category_leaves = (
                ~np.array([not set(chosen).isdisjoint(kind) for kind in kinds], dtype=bool)[codes] & ~stays
            )
        for cut_off in sorted({*CUT_OFFS, criteria.age_cut_off}):
            below = old < cut_off
            here = ~below & ~above
            left = here & ~category_leaves
            counts = (int(below.sum()), int((here & category_leaves).sum()), len(np.unique(person[left])))
            made.append((cut_off, preset, cce, *counts))
    columns = ["Age cut-off", "Preset", "CCE", "Below the age cut-off", "No chosen category", "Before the case check"]
    table = pd.DataFrame(made, columns=columns, dtype=object)
    return table.sort_values(["Age cut-off"], kind="stable", ignore_index=True)


def _lists(criteria: Criteria) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    for preset, chosen in presets(criteria).items():
        without = tuple(word for word in chosen if word != "CCE")
        yield preset, WITHOUT_CCE, without
        yield preset, WITH_CCE, (*without, "CCE")
