"""The rows of the review workbook: made from the sample by an allow-list, with what people typed carried over.

Nothing of the long list's own words gets here: only unique IDs, words of the reference tables, ages, dates that were
read, and what reviewers typed themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain import case_check, labels, review, stages, values
from xl_dipsample.domain.criteria import Criteria
from xl_dipsample.domain.funnel import Narrowed

LEFT_DURING_REVIEW = "Left during review"
OTHER_REASON = "Other"
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
    return [None if pd.isna(first) else first.strftime(MONTH) for first in values.parse_dates(column)["first"]]


_FIELD_HEADINGS = {"gender": "Gender", "ethnicity": "Ethnicity", "outcome": "Outcome", "referred_to": "Referred to?"}


def _words(field: str, column: pd.Series, criteria: Criteria) -> pd.Series:
    return labels.map_words(field, column, criteria.means.get(_FIELD_HEADINGS[field], {}))["word"]


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
    the export, but "Not mapped" is not filled. A row that left goes whole to Set aside, and comes back from there.
    """
    extra = [c for c in old.columns if c not in ours and c not in new.columns]
    typed_in = [*people, *(c for c in new.columns if c not in ours), *extra]
    made = new.reindex(columns=[*new.columns, *extra]).astype(object)
    made = made.where(made.notna(), None).set_index("Unique ID", drop=False)
    sources = [frame.set_index("Unique ID", drop=False) for frame in (set_aside, old) if len(frame)]
    for source in sources:
        both = [one for one in source.index if one in made.index]
        for heading in typed_in:
            if heading in source.columns:
                _take(made, source, heading, both)
    gone = [_typed_rows(source, made.index, typed_in) for source in sources]
    left = pd.concat(gone) if gone else pd.DataFrame(columns=["Unique ID"])
    left = left[~left.index.duplicated(keep="last")]
    if "Set aside on" not in left.columns:
        left = left.assign(**{"Set aside on": None})
    left["Set aside on"] = left["Set aside on"].map(lambda day: day if isinstance(day, dt.date) else today)
    order = ["Unique ID", "Set aside on"]
    left = left[[*order, *(c for c in left.columns if c not in order)]]
    return Carried(made.reset_index(drop=True), _plain(left.reset_index(drop=True)))


def _take(made: pd.DataFrame, source: pd.DataFrame, heading: str, unique_ids: list[str]) -> None:
    column = made[heading].copy()
    for unique_id in unique_ids:
        cell = source.at[unique_id, heading]
        if _filled(cell):
            column.loc[unique_id] = cell
    made[heading] = column


def _filled(cell: object) -> bool:
    return review.text(cell) not in ("", review.NOT_MAPPED)


def _typed_rows(source: pd.DataFrame, here: pd.Index, typed_in: Sequence[str]) -> pd.DataFrame:
    """The rows whose ID is no longer in the sample and in which something that people fill is filled."""
    columns = [c for c in typed_in if c in source.columns]
    gone = source[~source.index.isin(here)]
    return gone[gone[columns].map(_filled).any(axis=1)] if columns and len(gone) else gone.iloc[:0]


def exclusions(log: pd.DataFrame, listed_reasons: Sequence[str]) -> pd.DataFrame:
    """The table Exclusions: rows by stage and reason; a reason of the case check in own words counts as Other."""
    reason = log["Reason"].where((log["Stage"] != stages.CASE_CHECK) | log["Reason"].isin(listed_reasons), OTHER_REASON)
    counted = pd.DataFrame({"Stage": log["Stage"], "Reason": reason}).value_counts(sort=False).reset_index(name="Rows")
    order = {name: i for i, name in enumerate(_STAGE_ORDER)}
    counted = counted.sort_values(by=["Stage", "Rows", "Reason"], key=_by(order), ignore_index=True)
    return counted.astype(object)


_STAGE_ORDER = (
    stages.DUPLICATE, stages.PERIOD, stages.BELOW, stages.ABOVE, stages.CATEGORY, stages.ANOTHER, stages.CASE_CHECK,
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
