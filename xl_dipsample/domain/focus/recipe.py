"""The recipe of a sample: every setting that must be the same before two samples can be compared.

docs/design.md, section 2: every setting on Focus and Criteria but the dates of the period and the privacy settings.
What a sample is called and who reads it (sample name, lead, reviewers, initials) is no part of it either, nor are the
team's own questions, a second decision point and the packs of words and questions that were picked: they change
neither who is in a sample nor a figure that is compared. What a pack's words mean is compared word by word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.review import decision_points, review_rules
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.lead_lists import OUTCOME, Lists
from xl_dipsample.domain.shared.plural import plural

NO_RECIPE = (
    "Period from", "Period to", "Sample name", "Lead", "Reviewers", "Initials",
    "Word packs", "Question packs", decision_points.SETTING,
    "Birth month in Review", "Contact date in Review",  # what may be seen of a child decides no figure
)  # fmt: skip
SETTINGS = ("Focus", "Criteria")  # tables with Setting and Value
LABELS = "What the labels of the case system mean"
NOT_HERE = "Stands in the working workbook only"
DIFFERS, UNKNOWN, SAME = "Differs", "Cannot be compared", "The same"
DIFFER = "differ"  # stands in the verdict over all settings when, and only when, some differ
ORDER = (DIFFERS, UNKNOWN, SAME)
CHOSEN = "Type of harm chosen: "  # how the setting of a type of harm begins
NO_ROW = " (no row has it)"
SIDE = "Side of the line: "  # how the setting of an outcome's side begins
HEADINGS = ("Same?", "Setting", "Now", "Then", "Earlier sample")

Tables = Mapping[str, pd.DataFrame]


class Line(NamedTuple):
    """One setting in two samples; `verdict` is one of ORDER."""

    verdict: str
    setting: str
    now: str
    then: str


def compare(now: Tables, then: Tables) -> list[Line]:
    """Every setting of the recipe side by side: first what differs, then what cannot be compared, then the rest.

    Texts are the same when they differ in capitals or spaces alone. A setting that one workbook lacks, since it was
    made with an older version, cannot be compared. An unlike side of the decision line touches the decisions alone
    (`unlike_sides`).
    """
    lines: list[Line] = []
    for table in SETTINGS:
        lines += _settings(_cells(now, table, "Setting", "Value"), _cells(then, table, "Setting", "Value"))
    lines += _categories(now, then)
    lines += _sides(now, then)
    lines.append(Line(UNKNOWN, LABELS, NOT_HERE, NOT_HERE))
    return sorted(lines, key=lambda line: ORDER.index(line.verdict))


def differing(lines: Sequence[Line]) -> int:
    """How many settings differ, sides of the line aside; which figures each touches: comparison/unlike_figures.py."""
    return sum(line.verdict == DIFFERS and not line.setting.startswith(SIDE) for line in lines)


def unlike_sides(lines: Sequence[Line]) -> int:
    """How many outcomes stand on another side of the decision line: that touches the decisions alone."""
    return sum(line.verdict == DIFFERS and line.setting.startswith(SIDE) for line in lines)


def in_words(lines: Sequence[Line]) -> str:
    """The verdict over all settings: "The same", "2 settings differ"; says when some settings were not known.

    >>> in_words([Line(DIFFERS, "Age cut-off", "12", "10"), Line(UNKNOWN, LABELS, NOT_HERE, NOT_HERE)])
    '1 setting differs'
    """
    count = differing(lines)
    words = "The same" if count == 0 else plural(count, f"setting {DIFFER}s", f"settings {DIFFER}")
    sides = unlike_sides(lines)
    if sides:
        words += f"; {plural(sides, 'outcome', 'outcomes')} on another side of the line"
    missing = sum(line.verdict == UNKNOWN and line.setting != LABELS for line in lines)
    return f"{words}; {missing} not known" if missing else words


def _cells(tables: Tables, name: str, key: str, value: str) -> dict[str, str] | None:
    """A table of settings as text by its key; None when the workbook has no such table or columns."""
    frame = tables.get(name)
    if frame is None or key not in frame.columns or value not in frame.columns:
        return None
    pairs = zip(review_rules.texts(frame, key), review_rules.texts(frame, value), strict=True)
    return {setting: answer for setting, answer in pairs if setting and setting not in NO_RECIPE}


def _settings(now: dict[str, str] | None, then: dict[str, str] | None) -> list[Line]:
    found = []
    for setting in _keys(now, then):
        ours, theirs = (_or_unknown(one, setting) for one in (now, then))
        if ours is None or theirs is None:
            verdict = UNKNOWN
        else:
            verdict = SAME if ours.casefold() == theirs.casefold() else DIFFERS
        found.append(Line(verdict, setting, _shown(ours), _shown(theirs)))
    return found


def _categories(now: Tables, then: Tables) -> list[Line]:
    """Whether each type of harm was chosen; one that is not on a sample's list was not.

    A type that no row of either long list has decided nothing, whoever chose it: that is no difference.
    """
    ours, theirs = (_cells(one, "Categories", "Category", "Chosen") for one in (now, then))
    found = []
    for category in _keys(ours, theirs):
        a, b = (None if one is None else _chosen(one.get(category, "")) for one in (ours, theirs))
        verdict = UNKNOWN if a is None or b is None else SAME if a == b else DIFFERS
        unused = verdict == DIFFERS and all(_nobody(one, category) for one in (now, then))
        more = NO_ROW if unused else ""
        found.append(Line(SAME if unused else verdict, f"{CHOSEN}{category}", _shown(a) + more, _shown(b) + more))
    return found


def _nobody(tables: Tables, category: str) -> bool:
    """Whether no row of the long list has a type of harm: Funnel counts none, or the sample's list has no such type."""
    counted = _cells(tables, "FunnelCategories", "Category", "Long list") or {}
    rows = {word.casefold(): number for word, number in counted.items()}
    if category.casefold() in rows:
        return rows[category.casefold()] == "0"
    known = {word.casefold() for word in _cells(tables, "Categories", "Category", "Chosen") or {}}
    shipped = {word.casefold() for word in reference.words("harm_categories", "category")}
    return category.casefold() not in known | shipped


def _sides(now: Tables, then: Tables) -> list[Line]:
    """The side of every outcome that somebody used in one of the samples, where it is another in the other one.

    A word that nobody used changes no figure, so it makes no difference; nor does one that is on neither side in one
    sample and on no list in the other, or that is child protection in one alone, since no figure compared counts it.
    A workbook without My lists has the lists that were shipped with it.
    """
    ours, theirs = Lists.of(now), Lists.of(then)
    used = dict.fromkeys(
        ours.now(OUTCOME, word) or theirs.now(OUTCOME, word)
        for tables in (now, then)
        for word in (review_rules.texts(tables["Review"], "Outcome") if "Review" in tables else ())
    )
    unlike = [word for word in used if word and _side(ours, word) != _side(theirs, word)]
    return [Line(DIFFERS, f"{SIDE}{word}", ours.standing(word), theirs.standing(word)) for word in unlike]


def _side(lists: Lists, word: str) -> str:
    """The side of an outcome by what it is called in these lists; '' for neither, and for a word that is on no list."""
    return lists.side(lists.now(OUTCOME, word))


def _keys(now: dict[str, str] | None, then: dict[str, str] | None) -> list[str]:
    return list(dict.fromkeys([*(now or {}), *(then or {})]))


def _or_unknown(cells: dict[str, str] | None, setting: str) -> str | None:
    return None if cells is None else cells.get(setting)


def _chosen(cell: str) -> str:
    return "Yes" if cell.casefold() == "yes" else "No"


def _shown(answer: str | None) -> str:
    return "not in that workbook" if answer is None else answer or "(blank)"
