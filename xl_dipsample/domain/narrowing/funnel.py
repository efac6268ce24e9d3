"""Narrowing the long list down: the funnel of docs/design.md, section 7 (the guide, section 3, steps 1 to 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.narrowing import case_check, removed_rows, row_facts, stages
from xl_dipsample.domain.narrowing.stages import Leaving
from xl_dipsample.domain.shared import columns_read
from xl_dipsample.domain.shared.errors import InvariantBroken

LOG_COLUMNS = ["Record", "Case ID", "Stage", "Reason", "Value", "Rule"]


@dataclass(frozen=True)
class Narrowed:
    """What narrowing gives.

    rows: one per long-list row (same index): Record, stage ('' while it is still there), doubts, confirm (tuples of
    sentences), age_text, age_as_exported, categories (tuple), not_mapped, nothing (bool), state ('Excluded',
    'Included', 'Undecided', 'Sample'; '' for rows that left earlier), after_category (bool), own_age (years or NaN).
    funnel: Stage, Excluded, Remaining, applied. exclusion_log, case_check: the tables of these names.
    """

    rows: pd.DataFrame
    funnel: pd.DataFrame
    exclusion_log: pd.DataFrame
    case_check: pd.DataFrame
    facts: pd.DataFrame

    @property
    def undecided(self) -> int:
        """Candidates without a valid decision (none when the case check happens during review)."""
        return int((self.rows["state"] == "Undecided").sum())

    @property
    def harms_exported(self) -> bool:
        """Whether the stage of types of harm was applied: whether the export has any column for them."""
        return bool(self.funnel.loc[self.funnel["Stage"] == stages.CATEGORY, "applied"].all())

    @property
    def in_sample(self) -> pd.Series:
        """Mask over `rows`: included, or in the sample because the case check happens during review."""
        return self.rows["state"].isin(["Included", "Sample"])


def narrow(
    long_list: pd.DataFrame,
    source_columns: list[str],
    criteria: Criteria,
    decisions: pd.DataFrame,
    *,
    harm_column: bool = True,
    team_column: str | None = None,
    removed: pd.DataFrame | None = None,
) -> Narrowed:
    """Run every stage once, in order; each row leaves at most once.

    `long_list`: the table LongList; `source_columns`: its columns that hold the export's own cells;
    `decisions`: the table CaseCheck (Record, Decision, Reason, Initials, ...); `harm_column`: False when the export
    has no type of harm at all, so that the stage is shown as not applied; `team_column`: the source column that
    says which team has the file; `removed`: rows that were imported and that a person took out of the long list
    (Record, Case ID, Reason, Initials): they stay in the total.
    Raises InvariantBroken when the counts do not add up.
    """
    known = row_facts.gather(long_list, criteria)
    known["record"] = long_list["Record"]
    if not harm_column:
        known["nothing"] = False  # what was not exported may well be recorded
    known["own_categories"] = known["categories"]  # before a kept row takes over those of other rows
    known["own_unmapped"] = known["unmapped"]
    run = _Run(long_list, known, removed_rows.nothing_removed() if removed is None else removed)
    run.leave(stages.DUPLICATE, lambda _: stages.duplicate_rows(long_list, source_columns))
    run.leave(stages.PERIOD, lambda rows: stages.outside_period(rows, criteria))
    run.leave(stages.BELOW, lambda rows: stages.below_cut_off(rows, criteria))
    if criteria.upper_age is not None:
        run.leave(stages.ABOVE, lambda rows: stages.above_upper_age(rows, criteria))
    run.leave(stages.CATEGORY, lambda rows: stages.no_chosen_category(rows, criteria), applied=harm_column)
    after_category = run.here.copy()
    doubts = case_check.doubts(known[run.here], criteria, harm_column=harm_column)
    run.leave_but_one(doubts, criteria)
    candidates = case_check.candidates(
        long_list, known, run.here, doubts, harm_column=harm_column, team_column=team_column
    )
    decided = case_check.decide(candidates, decisions, criteria)
    run.leave(stages.CASE_CHECK, lambda _: case_check.excluded(decided, known.index))
    return _finish(run, criteria, candidates, decided, after_category, doubts)


class _Run:
    """The rows that are still there, stage after stage, and what was logged."""

    def __init__(self, long_list: pd.DataFrame, known: pd.DataFrame, removed: pd.DataFrame) -> None:
        self.long_list = long_list
        self.known = known
        self.here = pd.Series(data=True, index=known.index)
        self.stage = pd.Series("", index=known.index, dtype=object)
        self.removed = removed
        self.counts: list[tuple[str, int | None, int, bool]] = [(stages.LONG_LIST, 0, len(known) + len(removed), True)]
        self.logged: dict[str, list[object]] = {name: [] for name in LOG_COLUMNS}
        if len(removed):
            self.counts.append((stages.REMOVED, len(removed), len(known), True))
            told = removed.rename(columns={"Initials": "Value"}).assign(
                Stage=stages.REMOVED, Rule="A person removed it from Long list"
            )
            self._add(*(told[name].tolist() for name in LOG_COLUMNS))

    def leave(self, name: str, stage: Callable[[pd.DataFrame], Leaving], *, applied: bool = True) -> None:
        """Apply one stage to the rows that are still there."""
        if not applied:
            self.counts.append((name, None, int(self.here.sum()), False))
            return
        self._log(name, stage(self.known[self.here]))

    def leave_but_one(self, doubts: pd.Series, criteria: Criteria) -> None:
        """The stage of another contact; the kept row takes over types of harm of the same contact date."""
        rows = self.known[self.here]
        leaving, joined = stages.another_contact(rows, doubts.map(bool).astype(bool), criteria)
        self._log(stages.ANOTHER, leaving)
        for name in joined.columns:
            self.known.loc[joined.index, name] = joined[name]

    def _log(self, name: str, leaving: Leaving) -> None:
        self.here.loc[leaving.index] = False
        self.stage.loc[leaving.index] = name
        self.counts.append((name, len(leaving.index), int(self.here.sum()), True))
        many = len(leaving.index)
        records, ids = (self.long_list.loc[leaving.index, name].tolist() for name in ("Record", "Case ID"))
        values = [columns_read.trimmed(value) for value in leaving.value]
        self._add(records, ids, [name] * many, leaving.reason, values, [leaving.rule] * many)

    def _add(self, *columns: Sequence[object]) -> None:
        """Rows of the log, in the order of its columns."""
        for name, cells in zip(LOG_COLUMNS, columns, strict=True):
            self.logged[name].extend(cells)


def _finish(
    run: _Run,
    criteria: Criteria,
    candidates: pd.DataFrame,
    decided: pd.DataFrame,
    after_category: pd.Series,
    doubts: pd.Series,
) -> Narrowed:
    state = pd.Series("", index=run.known.index, dtype=object)
    state.loc[decided.index] = decided["state"]
    sample = int(state.isin(["Included", "Sample"]).sum())
    run.counts.append((stages.SAMPLE, 0, sample, True))
    rows = pd.DataFrame(
        {
            "Record": run.long_list["Record"],
            "stage": run.stage,
            "doubts": doubts.reindex(run.known.index).map(lambda told: told if isinstance(told, tuple) else ()),
            "confirm": run.known["confirm"],
            "age_text": row_facts.age_texts(run.known),
            "age_as_exported": run.known["age_exported"],
            "categories": run.known["categories"],
            "not_mapped": run.known["unmapped"].map(bool).astype(bool),
            "nothing": run.known["nothing"].astype(bool),
            "state": state,
            "after_category": after_category,
        }
    )
    log = pd.DataFrame(run.logged, columns=LOG_COLUMNS, dtype=object)
    log = log.sort_values("Record", kind="stable", ignore_index=True)
    funnel = pd.DataFrame(run.counts, columns=["Stage", "Excluded", "Remaining", "applied"], dtype=object)
    narrowed = Narrowed(rows, funnel, log, candidates.reset_index(drop=True), run.known)
    _check_identity(narrowed, criteria, run.removed)
    return narrowed


def _check_identity(narrowed: Narrowed, criteria: Criteria, removed: pd.DataFrame) -> None:
    """The long list as imported is every exclusion + sample (+ undecided), row by row."""
    rows, log = narrowed.rows, narrowed.exclusion_log
    left = rows["stage"] != ""
    states = rows.loc[~left, "state"]
    allowed = {"Included", "Undecided"} if criteria.case_check == "Before review" else {"Sample"}
    whole = (
        bool(states.isin(allowed).all())
        and log["Record"].is_unique
        and sorted(log["Record"]) == sorted([*rows.loc[left, "Record"], *removed["Record"]])
        and len(rows) + len(removed) == len(log) + int(narrowed.in_sample.sum()) + narrowed.undecided
        and len(rows) + len(removed) == sum(n for n in narrowed.funnel["Excluded"] if n is not None) + len(states)
    )
    if not whole:
        raise InvariantBroken(
            "counts-broken",
            "The counts from the long list to the sample do not add up, so nothing was changed; tell us.",
        )
