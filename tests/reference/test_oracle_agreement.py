"""The product and the oracle agree, row by row, on generated dirty exports: in memory and in every kind of file.

The product gets what a person has: the file (or its cells), and the tables Focus, Criteria, Categories, Labels and
CaseCheck. Everything between is its own work: reading, finding the headings, the long list, narrowing down.
`pytest -m campaign tests/reference` runs many more.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from dirty_rows import DirtyExport, exports, make_export
from hypothesis import HealthCheck, given, settings
from narrow_slowly import (
    AGE_NEAR_LIMIT,
    AGE_NOT_KNOWN,
    CASE_CHECK,
    DATE_MISSING,
    LABEL_NOT_MAPPED,
    MONTH_ONLY,
    Verdict,
    in_order,
    narrow_slowly,
)
from writers import CSV_KINDS, KINDS, write

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list import headings, import_rows
from xl_dipsample.domain.long_list.source_rows import has_harm_column
from xl_dipsample.domain.narrowing.funnel import Narrowed, narrow
from xl_dipsample.exports.export_reader import read_export
from xl_dipsample.workbook.specs import defaults, spec

DOUBTS = (AGE_NOT_KNOWN, AGE_NEAR_LIMIT, DATE_MISSING, MONTH_ONLY, LABEL_NOT_MAPPED)


@pytest.mark.parametrize("bunch", [*range(6), *(pytest.param(one, marks=pytest.mark.campaign) for one in range(6, 15))])
def test_on_exports_in_memory(bunch: int) -> None:
    for seed in range(bunch * 10, bunch * 10 + 10):
        check_in_memory(make_export(random.Random(seed)), f"seed {seed}")


@pytest.mark.parametrize("kind", KINDS)
def test_on_real_files_of_every_kind(kind: str, tmp_path: Path) -> None:
    first = 10_000 + 2 * KINDS.index(kind)
    for seed in (first, first + 1):
        check_file(make_export(random.Random(seed)), kind, tmp_path, seed)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(exports(rows=6))
def test_on_whatever_hypothesis_finds(export: DirtyExport) -> None:
    check_in_memory(export, "hypothesis")


@pytest.mark.campaign
@pytest.mark.parametrize("bunch", range(100))
def test_on_many_more_exports_in_memory(bunch: int) -> None:
    for seed in range(20_000 + bunch * 50, 20_050 + bunch * 50):
        check_in_memory(make_export(random.Random(seed)), f"seed {seed}")


@pytest.mark.campaign
@pytest.mark.parametrize("kind", KINDS)
def test_on_many_more_real_files(kind: str, tmp_path: Path) -> None:
    for seed in range(40_000 + 100 * KINDS.index(kind), 40_100 + 100 * KINDS.index(kind)):
        check_file(make_export(random.Random(seed)), kind, tmp_path, seed)


def test_the_csv_kinds_are_every_encoding_with_every_delimiter() -> None:
    assert len(CSV_KINDS) == 4 * 3


# --- the product ---------------------------------------------------------------------------------------------------


def criteria_of(export: DirtyExport) -> Criteria:
    """The settings as the workbook's tables hold them."""
    told = export.settings
    agreed = ("Period is about", "Period from", "Period to", "Initials")
    focus = settings_table("Focus", {name: told[name] for name in agreed})
    names = ("Age cut-off", "Upper age", "Unit", "Keep", "No category recorded", "Case check")
    rules = settings_table("Criteria", {name: told[name] for name in names})
    chosen = [[name, "Yes" if name in told["Categories"] else "No"] for name in in_order(told)]
    labels = [[about, label, 1, word] for (about, label), word in export.means.items()]
    return Criteria.from_tables(
        focus,
        rules,
        pd.DataFrame(chosen, columns=["Category", "Chosen"], dtype=object),
        pd.DataFrame(labels, columns=["Field", "Label as exported", "Rows", "Means"], dtype=object),
        defaults.default(spec.table("working", "MyLists")),
    )


def settings_table(name: str, values: dict[str, Any]) -> pd.DataFrame:
    """Setting, Value; None for blank. The other settings are as in a new workbook."""
    frame = defaults.default(spec.table("working", name))[["Setting", "Value"]].astype(object)
    for setting, value in values.items():
        frame.loc[frame["Setting"] == setting, "Value"] = None if value == "" else value
    return frame.where(frame.notna(), None)


def narrowed(table: Sequence[Sequence[Any]], first_row: int, export: DirtyExport) -> tuple[pd.DataFrame, Narrowed]:
    """Long list and outcome of a table whose first row is the sheet's row `first_row`."""
    rows = [list(row) for row in table]
    at = headings.header_row(rows)
    assert at is not None, "the product finds no headings"
    names = ["" if name is None else str(name) for name in rows[at]]
    body = rows[at + 1 :]
    match = headings.match(names, {}, {}, body)
    source_rows = [first_row + at + 1 + below for below in range(len(body))]
    imported = import_rows.long_list(names, body, source_rows, match)
    long_list = imported.frame
    decisions = decisions_table(export, long_list)
    has_harm = has_harm_column(long_list, imported.headings)
    result = narrow(long_list, imported.source_columns, criteria_of(export), decisions, harm_column=has_harm)
    return long_list, result


def decisions_table(export: DirtyExport, long_list: pd.DataFrame) -> pd.DataFrame:
    """The table CaseCheck with what people filled in."""
    rows = []
    for row, (decision, reason, initials) in export.decisions.items():
        at = long_list.index[long_list["Record"] == row]
        if len(at):
            where = long_list.loc[at[0]]
            rows.append(
                [row, where["Case ID"], where["Contact date"], decision or None, reason or None, initials or None]
            )
    names = ["Record", "Case ID", "Contact date", "Decision", "Reason", "Initials"]
    return pd.DataFrame(rows, columns=names, dtype=object)


# --- the comparison ------------------------------------------------------------------------------------------------


def check_in_memory(export: DirtyExport, where: str) -> None:
    """Compare on the cells themselves."""
    width = len(export.headings)
    table = [*export.above, export.headings, *export.rows]
    square = [[*row, *[None] * (width - len(row))] for row in table]
    compare(export, export.rows, square, 1, where)


def check_file(export: DirtyExport, kind: str, folder: Path, seed: int) -> None:
    """Compare on a real file."""
    table = [*export.above, export.headings, *export.rows]
    path, held = write(table, kind, folder, f"export{seed}", seed)
    sheet = read_export(path).sheets[0]
    rows = held[len(export.above) + 1 :]
    compare(export, rows, sheet.rows, sheet.first_row, f"seed {seed} as {kind}")


def compare(
    export: DirtyExport, rows: list[list[Any]], table: Sequence[Sequence[Any]], first_row: int, where: str
) -> None:
    """Every row of the long list, and what becomes of it."""
    verdicts = narrow_slowly(rows, export.columns, export.settings, export.means, export.decisions)
    long_list, result = narrowed(table, first_row, export)
    above = len(export.above) + 2
    assert [verdict.row for verdict in verdicts] == list(long_list["Record"]), where
    assert [verdict.index + above for verdict in verdicts] == list(long_list["Source row"]), where
    different = []
    for verdict, (_, got) in zip(verdicts, result.rows.iterrows(), strict=True):
        wrong = differences(verdict, got)
        if wrong:
            cells = [rows[verdict.index][at] for at in columns_used(export)]
            different.append(f"\n{where}, row {verdict.row}: {wrong}\n    cells: {cells}")
    told = f"\n    settings: {export.settings}\n    means: {export.means}"
    assert not different, "".join(different[:5]) + told + f"\n{len(different)} rows differ"


def columns_used(export: DirtyExport) -> list[int]:
    """The columns that the rules look at."""
    c = export.columns
    single = [c.case_id, c.date_of_birth, c.contact_date, c.end_date, c.age, c.harm]
    return [at for at in single if at is not None] + list(c.yes_no)


def differences(verdict: Verdict, got: pd.Series) -> list[str]:
    """What the product says otherwise; for a row that left before the case check only the stage counts."""
    pairs: list[tuple[str, Any, Any]] = [("stage", verdict.stage, got["stage"])]
    if verdict.stage in ("", CASE_CHECK) and verdict.stage == got["stage"]:
        pairs += [
            ("state", verdict.state, got["state"]),
            ("age", verdict.age_text, got["age_text"]),
            ("age as exported", verdict.age_as_exported, bool(got["age_as_exported"])),
            ("categories", verdict.categories, tuple(got["categories"])),
            ("doubts", verdict.doubts, {doubt_of(sentence) for sentence in got["doubts"]}),
        ]
        if verdict.confirm is not None:
            pairs.append(("confirm", verdict.confirm, bool(got["confirm"])))
    return [
        f"{what}: {ours!r} by the rules, {theirs!r} by the product" for what, ours, theirs in pairs if ours != theirs
    ]


def doubt_of(sentence: str) -> str:
    """Which of our reasons a sentence of Case check stands for."""
    for reason in DOUBTS:
        if sentence.startswith(reason):
            return reason
    return sentence
