"""The checks as one pandera schema over the typed long list, generated from the sheet spec and the registry.

The data is typed before (`typed`), so nothing is coerced: with coercion one bad value would hide every other
failure of its column. The schema runs lazily; every finding comes from `SchemaErrors.failure_cases`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from xl_dipsample.domain.long_list_checks.all_checks import CELL_RULES, LIST_RULES, ROW_RULES
from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import CellRule, ListRule, RowRule
from xl_dipsample.domain.long_list_checks.texts_of_cells import Scan
from xl_dipsample.domain.shared import columns_read

if TYPE_CHECKING:
    import pandera.pandas as pa

# The type of a spec column -> how pandas holds it once it is parsed.
DTYPES = {"date": "datetime64[us]", "datetime": "datetime64[us]", "whole": "float64", "number": "float64"}
TEXT = "object"
FOUND = ("code", "column", "position")


def typed(reading: Reading, pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """The long list with each column as what its spec says it is; what cannot be read is NaT or NaN here.

    `pairs` are (heading, type) of the spec. That a value could not be read is itself a finding (D01, A02, ...),
    taken from the state beside it, so that no NaT hides it.
    """
    columns: dict[str, pd.Series] = {}
    for heading, kind in pairs:
        raw = reading.raw[heading]
        if kind in ("date", "datetime"):
            columns[heading] = _dates(reading, heading).astype("datetime64[us]")
        elif kind in ("whole", "number"):
            columns[heading] = columns_read.parse_ages(raw)["years"] if heading == "Age" else _numbers(raw)
        else:
            columns[heading] = raw
    for heading in reading.source_columns:
        columns.setdefault(heading, reading.raw[heading])
    return pd.DataFrame(columns, index=reading.raw.index)


def _dates(reading: Reading, heading: str) -> pd.Series:
    parsed = {"Date of birth": "birth", "Contact date": "contact", "End date": "end"}
    if heading in parsed:
        dates: pd.DataFrame = getattr(reading, parsed[heading])
        return dates["first"]
    return columns_read.parse_dates(reading.raw[heading])["first"]


def _numbers(raw: pd.Series) -> pd.Series:
    return pd.to_numeric(raw, errors="coerce").astype("float64")


def schema(reading: Reading, pairs: Sequence[tuple[str, str]]) -> pa.DataFrameSchema:
    """The pandera schema: one Column for each heading with the checks of its rules, list rules frame-wide.

    pandera hands a check the one column that it stands on. A rule looks at whole rows, and at what could not be
    read, so each check is bound to the reading that the frame came from; a cell rule uses the column it gets.
    """
    import pandera.pandas as pa  # slow to import: only check pays for it

    kinds = dict(pairs)
    columns = {}
    scan = Scan()
    for heading in dict.fromkeys([*kinds, *reading.source_columns]):
        checks = [_row_check(pa, rule, reading) for rule in ROW_RULES if rule.column == heading]
        if heading in _scanned(reading, pairs):
            checks += [_cell_check(pa, rule, scan) for rule in CELL_RULES]
        columns[heading] = pa.Column(DTYPES.get(kinds.get(heading, "text"), TEXT), checks, nullable=True)
    return pa.DataFrameSchema(columns, checks=[_list_check(pa, rule, reading) for rule in LIST_RULES], strict=True)


def _scanned(reading: Reading, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Where cell rules look: the export's own columns, of which ours are copies; ours when there are no others."""
    return list(reading.source_columns) or [heading for heading, kind in pairs if kind not in DTYPES]


def _row_check(pa: Any, rule: RowRule, reading: Reading) -> Any:
    return pa.Check(lambda _: ~rule.finds(reading).astype(bool), name=rule.code, ignore_na=False)


def _cell_check(pa: Any, rule: CellRule, scan: Scan) -> Any:
    return pa.Check(lambda cells: ~scan(cells)[rule.code], name=rule.code, ignore_na=False)


def _list_check(pa: Any, rule: ListRule, reading: Reading) -> Any:
    return pa.Check(lambda _: not rule.finds(reading), name=rule.code, ignore_na=False)


def findings(reading: Reading, pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Every finding, lazily: columns code, column, position (in `reading.raw`; -1 for the whole list).

    A rule that breaks is a bug and is raised as one, never shown as a finding.
    """
    import pandera.errors

    frame = typed(reading, pairs)
    try:
        schema(reading, pairs).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as found:
        for error in found.schema_errors:
            if error.reason_code != pandera.errors.SchemaErrorReason.DATAFRAME_CHECK:
                raise error from None
        cases = found.failure_cases
        return pd.DataFrame(
            {
                "code": cases["check"].astype(object),
                "column": cases["column"].astype(object),
                "position": cases["index"].fillna(-1).astype(int),
            }
        )
    return pd.DataFrame({name: pd.Series(dtype=object) for name in FOUND})
