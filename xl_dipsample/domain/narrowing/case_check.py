"""The case check: which rows a person looks at, why, and what the decisions mean (the guide, section 3, step 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.narrowing import row_facts, stages
from xl_dipsample.domain.narrowing.stages import Leaving
from xl_dipsample.domain.shared import columns_read

AGE_NOT_KNOWN = "age not known"
AGE_NEAR = "age near the limit: only the month of birth is known"
DATE_MISSING = "the date that the period is about is missing"
DATE_NEAR = "only the month is known of the date that the period is about"
LABEL_NOT_MAPPED = "label not mapped"
AGE_EXPORTED = "age as exported"
NO_HARM_COLUMN = "the export has no type of harm"
CONFIRM_ANYWAY = "to be confirmed in the file"

COLUMNS = [
    "Record", "Case ID", "Name", "Contact date", "Team", "Age at time of contact", "Type of harm",
    "Why it is here", "Decision", "Reason", "Initials", "Date",
]  # fmt: skip
TYPED = ["Decision", "Reason", "Initials", "Date"]


def doubts(rows: pd.DataFrame, criteria: Criteria, *, harm_column: bool) -> pd.Series:
    """For each row the reasons for which no stage can be sure of it: a tuple of sentences, empty when it is sure."""
    told: list[list[str]] = [[] for _ in range(len(rows))]

    def doubt(mask: pd.Series, sentence: str) -> None:
        for place in mask.to_numpy().nonzero()[0]:
            told[place].append(sentence)

    unknown = rows["age_old"].isna()
    doubt(unknown, AGE_NOT_KNOWN)
    doubt(~unknown & _near_limit(rows, criteria), AGE_NEAR)
    if criteria.period_set:
        doubt(rows["period_first"].isna(), DATE_MISSING)
        doubt(_near_period(rows, criteria), DATE_NEAR)
    if harm_column:
        unclear = rows["unmapped"].map(bool).astype(bool) & ~stages.has_chosen(rows["categories"], criteria.categories)
        doubt(unclear, LABEL_NOT_MAPPED)
    return pd.Series([tuple(row) for row in told], index=rows.index, dtype=object)


def date_or_age_not_sure(rows: pd.DataFrame, criteria: Criteria) -> pd.Series:
    """Which rows the stages of period and age could not be sure of."""
    unsure: pd.Series = rows["age_old"].isna() | _near_limit(rows, criteria)
    if criteria.period_set:
        unsure |= rows["period_first"].isna() | _near_period(rows, criteria)
    return unsure


def _near_limit(rows: pd.DataFrame, criteria: Criteria) -> pd.Series:
    """One end of the month of birth is on the other side of the cut-off or the upper age."""
    near = (rows["age_young"] < criteria.age_cut_off) & (rows["age_old"] >= criteria.age_cut_off)
    if criteria.upper_age is not None:
        near |= (rows["age_young"] <= criteria.upper_age) & (rows["age_old"] > criteria.upper_age)
    return near


def _near_period(rows: pd.DataFrame, criteria: Criteria) -> pd.Series:
    near = pd.Series(data=False, index=rows.index)
    if criteria.period_from:
        first = pd.Timestamp(criteria.period_from)
        near |= (rows["period_first"] < first) & (rows["period_last"] >= first)
    if criteria.period_to:
        last = pd.Timestamp(criteria.period_to)
        near |= (rows["period_first"] <= last) & (rows["period_last"] > last)
    return near


def candidates(
    long_list: pd.DataFrame,
    known: pd.DataFrame,
    here: pd.Series,
    doubt: pd.Series,
    *,
    harm_column: bool,
    team_column: str | None,
) -> pd.DataFrame:
    """Every remaining row as the table CaseCheck has it, undecided; the index is the long list's."""
    rows = known[here]
    listed = long_list[here]
    team = listed[team_column] if team_column else pd.Series(None, index=listed.index, dtype=object)
    made = pd.DataFrame(
        {
            "Record": listed["Record"],
            "Case ID": listed["Case ID"],
            "Name": listed["Name"],
            "Contact date": listed["Contact date"],
            "Team": team.map(columns_read.trimmed).replace("", None),
            "Age at time of contact": row_facts.age_texts(rows).map(lambda text: text or None),
            "Type of harm": [
                harm_text(c, bool(u), bool(n))
                for c, u, n in zip(rows["categories"], rows["unmapped"], rows["nothing"], strict=True)
            ],
            "Why it is here": [
                _why(reasons, confirm, unmapped, exported=exported, harm_column=harm_column)
                for reasons, confirm, unmapped, exported in zip(
                    doubt[here], rows["confirm"], rows["unmapped"], rows["age_exported"], strict=True
                )
            ],
        },
        index=listed.index,
    )
    return made.reindex(columns=COLUMNS).astype(object).where(lambda cell: cell.notna(), None)


def harm_text(categories: tuple[str, ...], not_mapped: bool, nothing: bool) -> str:  # noqa: FBT001
    """Type of harm in canonical words, joined by "; ".

    >>> harm_text(("CSE", "Gangs"), False, False)
    'CSE; Gangs'
    """
    words = [*categories, *([stages.NOT_MAPPED] if not_mapped else [])]
    if not words and nothing:
        words = [stages.NOTHING_RECORDED]
    return "; ".join(words)


def _why(
    reasons: tuple[str, ...],
    confirm: tuple[str, ...],
    unmapped: tuple[str, ...],
    *,
    exported: bool,
    harm_column: bool,
) -> str:
    told = [f"{r}: {', '.join(unmapped)}" if r == LABEL_NOT_MAPPED else r for r in reasons]
    if exported:
        told.append(AGE_EXPORTED)
    if confirm:
        told.append(f"please confirm in the file: {', '.join(confirm)}")
    if not harm_column:
        told.append(NO_HARM_COLUMN)
    return "; ".join(told) or CONFIRM_ANYWAY


def decide(rows: pd.DataFrame, decisions: pd.DataFrame, criteria: Criteria) -> pd.DataFrame:
    """The state of each candidate: columns state, reason, initials; the index is the candidates'.

    Include needs initials (Focus's count where blank), Exclude a reason and initials; until then, and while
    Unsure, the row is undecided. During review only a complete Exclude counts; all others are in the sample.
    """
    told = {row: i for i, row in enumerate(decisions["Record"])} if len(decisions) else {}
    other = "Undecided" if criteria.case_check == "Before review" else "Sample"
    made = []
    for row in rows["Record"]:
        typed: Mapping[Any, Any] = decisions.iloc[told[row]].to_dict() if row in told else {}
        decision = label_mapping.normalise(columns_read.trimmed(typed.get("Decision")))
        reason = columns_read.trimmed(typed.get("Reason"))
        initials = columns_read.trimmed(typed.get("Initials")) or criteria.initials
        state = other
        if decision == "exclude" and reason and initials:
            state = "Excluded"
        elif decision == "include" and initials and other == "Undecided":
            state = "Included"
        made.append((state, reason, initials))
    return pd.DataFrame(made, columns=["state", "reason", "initials"], index=rows.index, dtype=object)


def excluded(decided: pd.DataFrame, index: pd.Index) -> Leaving:
    """The rows that the case check excludes."""
    out = decided[decided["state"] == "Excluded"]
    index = index[index.isin(out.index)]
    out = out.loc[index]
    return Leaving(
        index, out["reason"].tolist(), [f"Decided by {who}" for who in out["initials"]], "Decision on Case check"
    )
