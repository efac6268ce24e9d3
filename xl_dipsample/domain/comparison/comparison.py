"""Samples side by side: the same figures counted in each, and in words what changed from an earlier one to this one.

Every figure is a count with its denominator. Below 10 cases there are counts and nothing else. Intervals: Wilson for
a share, Newcombe for the difference of two (domain/statistics.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.analysis import decision_line
from xl_dipsample.domain.analysis.tallies import NOT_ANSWERED, NOT_FILLED, counted, masks
from xl_dipsample.domain.comparison import code_changes, unlike_figures
from xl_dipsample.domain.focus.recipe import Line
from xl_dipsample.domain.language import concern_patterns
from xl_dipsample.domain.language.terms import Term
from xl_dipsample.domain.narrowing import people_counted, stages
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import lead_lists, reference, share_cells
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.statistics import FEW

HEADINGS = (
    "Part", "Figure", "Sample", "Count", "Of", "%", "From", "To",
    "Change", "Change from", "Change to", "Change to now", "Clear change",
)  # fmt: skip
PEOPLE, CONTACTS, FUNNEL, HARM, OUTCOME, DECISION, SCENARIO, LANGUAGE = (
    "Young people", "Contacts", "Funnel, in rows", "Type of harm", "Outcome", "Decision", "Scenario", "Language",
)  # fmt: skip
GROUPS = ("Age band", "Gender", "Ethnicity")
IN_THE_SAMPLE, LEFT = "In the sample", "Left during review"
OF_THE_WHOLE = f"In the sample, of those {people_counted.THE_WHOLE}"
LEAVING = (
    stages.DUPLICATE, stages.PERIOD, stages.BELOW, stages.ABOVE, stages.CATEGORY, stages.ANOTHER, stages.CASE_CHECK,
)  # fmt: skip
OTHER_WORDS = "Other words"
NO_OUTCOME = "No outcome yet"
NEITHER = "Neither"
THIS_SAMPLE = "This sample"
NOT_SAME_RECIPE = "Not the same recipe: "
_NO_TYPE = (OTHER_WORDS, NOT_FILLED, review_rules.NOT_MAPPED, stages.NOTHING_RECORDED)

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Counted:
    """How many, of how many; None where a sample does not have the figure (an older workbook, a stage not applied)."""

    count: int | None = None
    of: int | None = None

    @property
    def is_share(self) -> bool:
        """Whether a share can be told of it at all."""
        return self.count is not None and self.of is not None and 0 <= self.count <= self.of and self.of > 0


Figures = dict[tuple[str, str], Counted]


@dataclass(frozen=True)
class Sample:
    """One sample: its label (unique among those compared), its tables, its census years.

    `unlike`: the lines of the recipe, of which some differ from this sample's: they mark the figures that they touch.
    `common`: where types of harm alone decide otherwise, the figures of this sample and of that one over the cases with
    a type that both chose.
    """

    label: str
    tables: Tables
    years: range | None = None
    unlike: tuple[Line, ...] = ()
    figures: Figures = field(default_factory=dict)
    common: tuple[Figures, Figures] | None = None


class _Pair(NamedTuple):
    """A figure now and then, and what stands in the way of comparing the two."""

    now: Counted
    then: Counted
    called: str
    note: str


def figures(tables: Tables, harms: Sequence[str], terms: Sequence[Term]) -> Figures:
    """Every figure of one sample, in order.

    `tables`: Review, and Funnel and Language where the workbook has them. `harms`: the types of harm that are listed
    (`harm_words`). `terms`: the wording that is looked for, the same in every sample.
    """
    rows = counted(tables["Review"])
    made: Figures = _of_whom(tables) | _funnel(tables, len(rows))
    of_harm = _of_own_list(_words(rows, HARM, HARM, harms, several=True), tables)
    exported = people_counted.harms_exported(tables)
    made |= of_harm if exported else dict.fromkeys(of_harm, Counted())  # not exported is no 0
    lists = Lists.of(tables)
    made |= _outcomes(rows, lists)
    made |= _scenarios(rows)
    for part, words in zip(
        GROUPS, (_bands(), _of(lists, lead_lists.GENDER), _of(lists, lead_lists.ETHNICITY)), strict=True
    ):
        made |= _words(rows, part, part, words)
    return made | _language(tables, terms)


def _of_own_list(found: Figures, tables: Tables) -> Figures:
    """The same, without a 0 for types of harm that the sample's list does not have: of these nothing is known."""
    if "Categories" not in tables:
        return found
    listed = {*review_rules.keys(tables["Categories"], "Category")} | {one.casefold() for one in _NO_TYPE}
    listed |= {word.casefold() for word in reference.words("harm_categories", "category")}
    return {key: one if one.count or key[1].casefold() in listed else Counted() for key, one in found.items()}


def harm_words(samples: Sequence[Tables]) -> list[str]:
    """The types of harm that are listed: the tool's, those of the samples' Criteria, and what stands for none."""
    words = list(reference.words("harm_categories", "category"))
    for tables in samples:
        if "Categories" in tables:
            words += review_rules.texts(tables["Categories"], "Category").tolist()
    return _distinct([*words, review_rules.NOT_MAPPED, stages.NOTHING_RECORDED])


def compare_table(now: Sample, earlier: Sequence[Sample]) -> pd.DataFrame:
    """The table Compare: for each figure a row for this sample and one for each earlier one, in their order.

    Figures that no sample has are left out, and so are ages, genders and ethnicities that no case has in any of them.
    %, From, To are per cents, Change and its ends points of a hundred, all to one decimal; None where they cannot be
    told. "Clear change" numbers the clear changes, the surest first (the interval's end that is nearer to 0 is
    farthest from it).
    """
    samples = (now, *earlier)
    keys = dict.fromkeys(key for sample in samples for key in sample.figures)
    if all(sample.figures.get((PEOPLE, OF_THE_WHOLE), Counted()).of is not None for sample in samples):
        keys.pop((FUNNEL, IN_THE_SAMPLE), None)  # rows as the whole: only beside a sample without young people
    rows: list[list[object]] = []
    sure: dict[int, float] = {}
    for part, figure in keys:
        found = [sample.figures.get((part, figure), Counted()) for sample in samples]
        if all(one.count is None for one in found) or (part in GROUPS and not any(one.count for one in found)):
            continue
        rows.append([part, figure, now.label, *_numbers(found[0]), None, None, None, THIS_SAMPLE, None])
        for sample, then in zip(earlier, found[1:], strict=True):
            note = code_changes.notes(now.years, sample.years).get(figure, "") if part == HARM else ""
            change, sureness = _change(_pair((part, figure), found[0], sample, note))
            if sureness:
                sure[len(rows)] = sureness
            rows.append([part, figure, sample.label, *_numbers(then), *change, None])
    for number, place in enumerate(sorted(sure, key=lambda place: -sure[place]), 1):
        rows[place][-1] = number
    return pd.DataFrame(rows, columns=list(HEADINGS), dtype=object)


def _pair(key: tuple[str, str], now: Counted, then: Sample, note: str) -> _Pair:
    """What is compared of a figure, and what is said before it: what is unlike, or of which cases it is."""
    part, figure = key
    told = unlike_figures.reasons(then.unlike, part, figure)
    if then.common is not None and part not in unlike_figures.WHOLE:
        alone = part == HARM and figure.casefold() in unlike_figures.in_one_alone(then.unlike)
        told = [one for one in told if one != unlike_figures.HARMS_CHOSEN]
        if not alone:
            pair = [one.get(key, Counted()) for one in then.common]
            return _Pair(pair[0], pair[1], _marked(told) + unlike_figures.COMMON, note)
        told = [*told, unlike_figures.HARMS_CHOSEN]
    return _Pair(now, then.figures.get(key, Counted()), _marked(told), note)


def _marked(told: Sequence[str]) -> str:
    return f"{NOT_SAME_RECIPE}{', '.join(told)}. " if told else ""


def _numbers(one: Counted) -> list[object]:
    """Count, Of, %, From, To."""
    if not one.is_share or one.count is None or one.of is None or one.of < FEW:
        return [one.count, one.of, None, None, None]
    ends = share_cells.interval(one.count, one.of) or (0.0, 1.0)
    return [one.count, one.of, *(round(100 * share, 1) for share in (one.count / one.of, *ends))]


def _change(pair: _Pair) -> tuple[list[object], float]:
    """Change, its two ends, the sentence; and how sure a clear change is (0: none that is clear)."""
    words, ends, sureness = _in_words(pair)
    numbers: list[object] = [None, None, None] if ends is None else [round(100 * end, 1) for end in ends]
    return [*numbers, f"{pair.called}{words}"], sureness


def _in_words(pair: _Pair) -> tuple[str, tuple[float, float, float] | None, float]:
    now, then = pair.now, pair.then
    if now.count is None or then.count is None:
        return f"Not known in {'this' if now.count is None else 'that'} sample.", None, 0.0
    if now.of is None or then.of is None or not (now.is_share and then.is_share):
        return f"{then.count} of {then.of} then, {now.count} of {now.of} now: no share can be told", None, 0.0
    if pair.note:
        told = f"{share_cells.in_words(then.count, then.of)} then, {share_cells.in_words(now.count, now.of)} now"
        few = min(now.of, then.of) < FEW
        told = f"{then.count} of {then.of} then, {now.count} of {now.of} now" if few else told
        return f"{told}: not comparable as it is, since {pair.note}", None, 0.0
    found = share_cells.difference(then.count, then.of, now.count, now.of)
    if found is None or found.difference is None or found.low is None or found.high is None:
        return ("" if found is None else found.sentence), None, 0.0
    told = found.sentence.rpartition(": ")[0]
    sureness = max(found.low, -found.high, 0.0)
    words = f"{told}: {share_cells.change_in_words(found.low, found.high)}"
    return words, (found.difference, found.low, found.high), sureness


def _of_whom(tables: Tables) -> Figures:
    """Young people, and with the unit Contact contacts, in the sample; of those in the period and of age."""
    found = people_counted.of_review(tables)
    contacts = found.of_contacts
    return {
        (PEOPLE, OF_THE_WHOLE): Counted(found.young_people, found.number(people_counted.OF_AGE, 0)),
        (CONTACTS, OF_THE_WHOLE): Counted() if contacts is None else Counted(contacts.number, contacts.of),
    }


def _funnel(tables: Tables, in_sample: int) -> Figures:
    """How many rows left at each stage, and how many are in the sample, of the rows of the long list."""
    excluded, total = _excluded(tables.get("Funnel")), people_counted.long_list(tables)
    made = {(FUNNEL, stage): Counted(excluded.get(stage), total) for stage in LEAVING}
    if total is None:
        made = {key: Counted() for key in made}
    left = int(review_rules.has_left(tables["Review"]).sum())
    made[(FUNNEL, LEFT)] = Counted() if total is None else Counted(left, total)
    made[(FUNNEL, IN_THE_SAMPLE)] = Counted() if total is None else Counted(in_sample, total)
    return made


def _excluded(funnel: pd.DataFrame | None) -> dict[str, int]:
    """How many rows left at each stage that was applied."""
    if funnel is None or not {"Stage", "Excluded"} <= set(funnel.columns):
        return {}
    cells = zip(funnel["Stage"].tolist(), funnel["Excluded"].tolist(), strict=True)
    numbers = {excel_text(stage): share_cells.whole_number(out) for stage, out in cells}
    return {stage: out for stage, out in numbers.items() if out is not None}


def _words(
    rows: pd.DataFrame, part: str, heading: str, words: Sequence[str], *, several: bool = False, of: int | None = None
) -> Figures:
    """Each word, other words, and nothing at all; of all `rows`."""
    found = masks(rows, heading, words, several=several)
    whole = len(rows) if of is None else of
    made = {(part, word): Counted(int(mask.sum()), whole) for word, mask in zip(words, found.words, strict=True)}
    made[(part, OTHER_WORDS)] = Counted(int(found.other.sum()), whole)
    made[(part, NOT_FILLED)] = Counted(int(found.blank.sum()), whole)
    return made


def _outcomes(rows: pd.DataFrame, lists: Lists) -> Figures:
    """Outcomes and decisions of the cases with an outcome; "Not mapped" is none. And how many have none yet."""
    without = review_rules.not_filled(rows, "Outcome")
    have = rows.loc[~without]
    made = _words(have, OUTCOME, "Outcome", lists.words(lead_lists.OUTCOME))
    del made[(OUTCOME, NOT_FILLED)]
    made[(OUTCOME, NO_OUTCOME)] = Counted(int(without.sum()), len(rows))
    sides = decision_line.line(have, lists)
    for words, side in ((decision_line.OVER,) * 2, (decision_line.UNDER,) * 2, (NEITHER, decision_line.NEITHER)):
        made[(DECISION, words)] = Counted(int((sides == side).sum()), len(have))
    return made


def _scenarios(rows: pd.DataFrame) -> Figures:
    """Scenarios of the cases that have one, and how many have none yet."""
    have = rows.loc[rows["Scenario"] != ""]
    made = {
        (SCENARIO, words): Counted(int((have["Scenario"] == words).sum()), len(have))
        for words in review_rules.scenarios()
    }
    made[(SCENARIO, NOT_ANSWERED)] = Counted(len(rows) - len(have), len(rows))
    return made


def _language(tables: Tables, terms: Sequence[Term]) -> Figures:
    """Cases in whose texts a wording of each concern was found, dismissed ones left out (domain/wording.py)."""
    found = concern_patterns.concern_shares(tables["Review"], tables.get("Language"), terms)
    cells = (found["Concern"].tolist(), found["Cases"].tolist(), found["Of"].tolist())
    return {(LANGUAGE, str(concern)): Counted(int(n), int(of)) for concern, n, of in zip(*cells, strict=True)}


def _bands() -> list[str]:
    return [*(band.words for band in review_rules.bands()), review_rules.age_not_known()]


def _of(lists: Lists, name: str) -> list[str]:
    return _distinct([*lists.words(name), review_rules.NOT_MAPPED])


def _distinct(words: Sequence[str]) -> list[str]:
    """Each word once, capitals aside, blanks left out."""
    found: dict[str, str] = {}
    for word in words:
        if word:
            found.setdefault(word.casefold(), word)
    return list(found.values())
