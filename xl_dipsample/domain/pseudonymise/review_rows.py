"""The rows of the review workbook: made from the sample by an allow-list, with what people typed carried over.

Nothing of the long list's own words gets here: only unique IDs, words of the reference tables, ages, dates that were
read, and what reviewers typed themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.narrowing import case_check, stages
from xl_dipsample.domain.narrowing.funnel import Narrowed
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import columns_read, lead_lists
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.lead_lists import Lists

LEFT_DURING_REVIEW = "Left during review"
OTHER_REASON = "Other"
SET_ASIDE_ON = "Set aside on"
MONTH = "%m/%Y"


@dataclass(frozen=True)
class Carried:
    """`review`: the new table Review; `set_aside`: rows that left after somebody had typed in them."""

    review: pd.DataFrame
    set_aside: pd.DataFrame


def new_rows(
    long_list: pd.DataFrame, narrowed: Narrowed, unique_ids: pd.Series, criteria: Criteria, headings: Sequence[str]
) -> pd.DataFrame:
    """The table Review as the export alone would fill it, sorted by unique ID so that order says nothing.

    `unique_ids`: on the index of the sampled long-list rows.
    """
    index = unique_ids.index
    listed, rows, facts = long_list.loc[index], narrowed.rows.loc[index], narrowed.facts.loc[index]
    made = pd.DataFrame(
        {
            "Unique ID": unique_ids,
            "Type of harm": [
                case_check.harm_text(categories, not_mapped=unmapped, nothing=nothing)
                for categories, unmapped, nothing in zip(
                    rows["categories"], rows["not_mapped"], rows["nothing"], strict=True
                )
            ],
            "Contact date": _contact_dates(facts, month_only=criteria.contact_month),
            "Age at time of contact": rows["age_text"].map(lambda text: text or None),
            "Gender": _words("gender", listed["Gender"], criteria),
            "Ethnicity": _words("ethnicity", listed["Ethnicity"], criteria),
            "DOB": _birth_months(listed["Date of birth"]) if criteria.birth_month else None,
            "Outcome": _recorded("outcome", listed["Outcome"], criteria),
            "Referred to?": _recorded("referred_to", listed["Referred to?"], criteria),
        },
        index=index,
    )
    made = made.reindex(columns=list(headings)).sort_values("Unique ID", ignore_index=True)
    return _plain(made)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), None)


def _contact_dates(facts: pd.DataFrame, *, month_only: bool) -> list[object]:
    """The day, or the month as text where only the month is known or wanted; never what could not be read."""
    made: list[object] = []
    for first, last in zip(facts["contact"], facts["contact_last"], strict=True):
        if pd.isna(first):
            made.append(None)
        elif month_only or first != last:
            made.append(first.strftime(MONTH))
        else:
            made.append(first.date())
    return made


def _birth_months(column: pd.Series) -> list[object]:
    return [None if pd.isna(first) else first.strftime(MONTH) for first in columns_read.parse_dates(column)["first"]]


_FIELD_HEADINGS = {"gender": "Gender", "ethnicity": "Ethnicity", "outcome": "Outcome", "referred_to": "Referred to?"}


def _words(field: str, column: pd.Series, criteria: Criteria) -> pd.Series:
    return label_mapping.map_words(field, column, criteria.means.get(_FIELD_HEADINGS[field], {}))["word"]


def _recorded(field: str, column: pd.Series, criteria: Criteria) -> pd.Series:
    """What the export records; where it records nothing the cell stays blank for the reviewer."""
    words = _words(field, column, criteria)
    return words.where(words != "Not recorded", None)


def carry_over(
    new: pd.DataFrame,
    old: pd.DataFrame,
    set_aside: pd.DataFrame,
    people: Sequence[str],
    ours: Sequence[str],
    today: dt.date,
) -> Carried:
    """Put what people typed back by unique ID.

    `people`: the headings that people fill; `ours`: every heading of the spec. Columns of `old` that are on neither
    list (questions that were removed, people's own columns) stay behind the others. A cell that somebody filled beats
    the export, but "Not mapped" is not filled; Review beats Set aside, and of two rows with one ID the upper one. A
    row of which a filled cell has no place in the new table (it left, its ID is blank, mistyped or there twice with
    other words) goes whole to Set aside, and comes back from there.
    """
    extra = [c for c in old.columns if c not in ours and c not in new.columns]
    made = new.reindex(columns=[*new.columns, *extra]).astype(object)
    made = made.where(made.notna(), None)
    place = {unique_id: at for at, unique_id in enumerate(made["Unique ID"])}
    typed_in = [c for c in dict.fromkeys([*people, *made.columns, *set_aside.columns]) if c in people or c not in ours]
    typed_in = [c for c in typed_in if c not in ("Unique ID", SET_ASIDE_ON)]
    sources = [_Source.of(frame, typed_in) for frame in (old, set_aside) if len(frame)]
    cells = {heading: made[heading].tolist() for heading in typed_in if heading in made.columns}
    filled: set[tuple[int, str]] = set()
    left = [frame for source in sources if len(frame := source.take(cells, place, filled))]
    for heading, column in cells.items():
        made[heading] = pd.Series(column, index=made.index, dtype=object)
    return Carried(made, _set_aside(left[::-1], today))


@dataclass(frozen=True)
class _Source:
    """A table with typed cells: the frame, and for each of its rows the filled ones by heading."""

    frame: pd.DataFrame
    typed: list[dict[str, object]]

    @classmethod
    def of(cls, frame: pd.DataFrame, typed_in: Sequence[str]) -> _Source:
        frame = frame.reset_index(drop=True)
        typed: list[dict[str, object]] = [{} for _ in range(len(frame))]
        for heading in typed_in:
            if heading in frame.columns:
                for row, cell in zip(typed, frame[heading], strict=True):
                    if _filled(cell):
                        row[heading] = cell
        return cls(frame, typed)

    def take(
        self, cells: dict[str, list[object]], place: dict[object, int], filled: set[tuple[int, str]]
    ) -> pd.DataFrame:
        """Fill `cells` where nothing typed stands yet (`filled`); returns the rows of which something is left over."""
        over = []
        for number, (unique_id, typed) in enumerate(zip(self.frame["Unique ID"], self.typed, strict=True)):
            at = place.get(unique_id)
            for heading, cell in typed.items():
                if at is not None and heading in cells and (at, heading) not in filled:
                    cells[heading][at] = cell
                    filled.add((at, heading))
                elif at is None or heading not in cells or cells[heading][at] != cell:
                    over.append(number)
        return self.frame.loc[list(dict.fromkeys(over))]


def with_less(set_aside: pd.DataFrame, criteria: Criteria) -> pd.DataFrame:
    """Set aside without the month of birth and the day of contact that the lead no longer wants in the workbook."""
    less = set_aside.copy()
    if not criteria.birth_month and "DOB" in less.columns:
        less["DOB"] = pd.Series([None] * len(less), index=less.index, dtype=object)
    if criteria.contact_month and "Contact date" in less.columns:
        first = columns_read.parse_dates(less["Contact date"])["first"]
        less["Contact date"] = pd.Series(
            [None if pd.isna(day) else day.strftime(MONTH) for day in first], index=less.index, dtype=object
        )
    return less


def _filled(cell: object) -> bool:
    return excel_text(cell) not in ("", review_rules.NOT_MAPPED)


def _set_aside(left: Sequence[pd.DataFrame], today: dt.date) -> pd.DataFrame:
    """The table Set aside: what lay there before stands first and keeps its date."""
    rows = pd.concat(left, ignore_index=True) if left else pd.DataFrame(columns=["Unique ID"])
    if SET_ASIDE_ON not in rows.columns:
        rows = rows.assign(**{SET_ASIDE_ON: None})
    rows[SET_ASIDE_ON] = rows[SET_ASIDE_ON].map(lambda day: day if isinstance(day, dt.date) else today).astype(object)
    order = ["Unique ID", SET_ASIDE_ON]
    return _plain(rows[[*order, *(c for c in rows.columns if c not in order)]])


def exclusions(log: pd.DataFrame, lists: Lists) -> pd.DataFrame:
    """The table Exclusions: rows by stage and reason; a reason in a person's own words counts as Other.

    One that was renamed since counts under its new name.
    """
    typed = log["Stage"].isin([stages.REMOVED, stages.CASE_CHECK])
    listed = log["Reason"].map(lambda cell: lists.now(lead_lists.REASON, excel_text(cell)) or OTHER_REASON)
    reason = log["Reason"].where(~typed, listed)
    counted = pd.DataFrame({"Stage": log["Stage"], "Reason": reason}).value_counts(sort=False).reset_index(name="Rows")
    order = {name: i for i, name in enumerate(_STAGE_ORDER)}
    counted = counted.sort_values(by=["Stage", "Rows", "Reason"], key=_by(order), ignore_index=True)
    return counted.astype(object)


_STAGE_ORDER = (
    stages.REMOVED, stages.DUPLICATE, stages.PERIOD, stages.BELOW, stages.ABOVE, stages.CATEGORY, stages.ANOTHER,
    stages.CASE_CHECK,
)  # fmt: skip


def _by(order: dict[str, int]) -> Callable[[pd.Series], pd.Series]:
    """Stages in their order, the commonest reason first."""

    def key(column: pd.Series) -> pd.Series:
        if column.name == "Stage":
            return column.map(order).astype(int)
        return -column.astype(int) if column.name == "Rows" else column.astype(str)

    return key


def funnel_rows(shown: pd.DataFrame, left: int) -> pd.DataFrame:
    """The review workbook's funnel: before Sample stands the live stage of rows that left during review."""
    body = shown.iloc[:-1]
    before = int(shown.iloc[-1]["Remaining"])
    last = pd.DataFrame(
        [[LEFT_DURING_REVIEW, left, before - left], [stages.SAMPLE, 0, before - left]],
        columns=shown.columns,
        dtype=object,
    )
    return pd.concat([body, last], ignore_index=True)
