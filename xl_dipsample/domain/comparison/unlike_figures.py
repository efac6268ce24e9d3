"""Which figures an unlike setting touches: these alone are marked, each with its reason.

A stage of the funnel is touched by what decides at it or before it; what is counted in Review, and the share of young
people, by all that decides who is in the sample; decisions also by the side on which an outcome stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.focus import recipe
from xl_dipsample.domain.focus.recipe import Line
from xl_dipsample.domain.narrowing import stages
from xl_dipsample.domain.review import review_rules

FUNNEL, DECISION = "Funnel, in rows", "Decision"
WHOLE = ("Young people", "Contacts", FUNNEL)  # parts that are not counted in Review
LEFT, IN_THE_SAMPLE = "Left during review", "In the sample"
ORDER = (
    stages.DUPLICATE, stages.PERIOD, stages.BELOW, stages.ABOVE, stages.CATEGORY, stages.ANOTHER, stages.CASE_CHECK,
    LEFT, IN_THE_SAMPLE,
)  # fmt: skip
# From which stage on a setting decides. One that is not here decides who is a case at all, and so touches everything.
FROM = {
    "Period is about": stages.PERIOD,
    "Age cut-off": stages.BELOW,
    "Upper age": stages.ABOVE,
    "No category recorded": stages.CATEGORY,
    "Unit": stages.ANOTHER,
    "Keep": stages.ANOTHER,
    "Part of the file": stages.CASE_CHECK,
}
WHEN = "Case check"  # before or during review: where a row leaves, not whether
NOTHING_COUNTED = ("Main question",)  # what one wants to know decides no figure
HARMS_CHOSEN = "types of harm chosen"
COMMON = "Cases with a type of harm chosen in both: "


def reasons(lines: Sequence[Line], part: str, figure: str) -> list[str]:
    """The unlike settings of a sample that touch a figure, in words, each once; none when it can be compared.

    >>> unlike = [Line(recipe.DIFFERS, "Age cut-off", "12", "10")]
    >>> reasons(unlike, FUNNEL, stages.DUPLICATE), reasons(unlike, "Outcome", "Early help")
    ([], ['Age cut-off'])
    """
    told = (_touched(one, part, figure) for one in lines if one.verdict == recipe.DIFFERS)
    return list(dict.fromkeys(words for words in told if words))


def _touched(line: Line, part: str, figure: str) -> str:
    """What the setting is called in a reason; '' when it does not touch the figure."""
    setting = line.setting
    if setting.startswith(recipe.SIDE):
        return f"side of {setting.removeprefix(recipe.SIDE)}" if part == DECISION else ""
    if setting in NOTHING_COUNTED:
        return ""
    if setting == WHEN:
        return setting if part == FUNNEL and figure in (stages.CASE_CHECK, LEFT) else ""
    is_harm = setting.startswith(recipe.CHOSEN)
    first = stages.CATEGORY if is_harm else FROM.get(setting, ORDER[0])
    if part == FUNNEL and figure in ORDER and ORDER.index(figure) < ORDER.index(first):
        return ""
    return HARMS_CHOSEN if is_harm else setting


def only_harms(lines: Sequence[Line]) -> bool:
    """Whether of all that decides who is in the sample the types of harm alone differ."""
    return reasons(lines, "", "") == [HARMS_CHOSEN]


def in_one_alone(lines: Sequence[Line]) -> set[str]:
    """The types of harm that are chosen in one sample alone, in small letters."""
    unlike = (one.setting for one in lines if one.verdict == recipe.DIFFERS)
    return {one.removeprefix(recipe.CHOSEN).casefold() for one in unlike if one.startswith(recipe.CHOSEN)}


def with_common_harm(tables: Mapping[str, pd.DataFrame], alone: set[str]) -> dict[str, pd.DataFrame]:
    """The tables with those rows of Review alone that would be in both samples, whichever of `alone` is chosen.

    A row stays unless `alone` has every one of its types that the sample chose; without any type, or with a label that
    nobody has mapped, its types decided nothing.
    """
    categories = tables.get("Categories")
    chosen: set[str] = set()
    if categories is not None:
        pairs = zip(review_rules.keys(categories, "Category"), review_rules.keys(categories, "Chosen"), strict=True)
        chosen = {word for word, yes in pairs if yes == "yes"}
    stays = []
    for cell in review_rules.keys(tables["Review"], "Type of harm"):
        decided = {word for word in tallies.split(cell) if word in chosen or word in alone}
        unmapped = review_rules.NOT_MAPPED.casefold() in tallies.split(cell)
        stays.append(unmapped or not decided or bool(decided - alone))
    return {**tables, "Review": tables["Review"].loc[stays].reset_index(drop=True)}
