"""The checks as pandera schemas: over the typed long list, and over its text as written.

The data is typed before (`typed_list`), so nothing is coerced: with coercion one bad value would hide every other
failure of its column. The schemas run lazily; what pandera finds comes from `SchemaErrors.failure_cases`. The rules of
how cells were read, and of the list as a whole, stand beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from xl_dipsample.domain.long_list_checks.all_checks import (
    CELL_RULES,
    COLUMN_RULES,
    FRAME_RULES,
    LIST_RULES,
    READING_RULES,
)
from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import Asked, CellRule, ColumnRule, FrameRule
from xl_dipsample.domain.long_list_checks.texts_of_cells import Scan
from xl_dipsample.domain.long_list_checks.typed_list import DTYPES, TEXT, dtypes, typed
from xl_dipsample.domain.shared.schema_failures import failures

if TYPE_CHECKING:
    import pandera.pandas as pa

FOUND = ("code", "column", "position")


def schema(reading: Reading, pairs: Sequence[tuple[str, str]], frame: pd.DataFrame) -> pa.DataFrameSchema:
    """The typed list `frame`: the columns of the spec with their types, and every check of them.

    `pairs` are (heading, type) of the spec. A rule that compares columns with each other stands at the column that it
    speaks of: pandera names every column of a frame that fails as a whole. One schema for all of them, since each
    schema costs pandera as much for a hundred rows as for thousands.
    """
    import pandera.pandas as pa  # slow to import: only check pays for it

    asked = Asked(reading.criteria, reading.today)
    rules: list[ColumnRule | FrameRule] = [*COLUMN_RULES, *FRAME_RULES]
    columns = {
        heading: pa.Column(
            dtype, [_check(rule, frame, asked) for rule in rules if rule.column == heading], nullable=True
        )
        for heading, dtype in dtypes(pairs).items()
    }
    return pa.DataFrameSchema(columns, strict=True)


def as_written(reading: Reading, pairs: Sequence[tuple[str, str]]) -> pa.DataFrameSchema:
    """The texts of the long list as they were written, and the checks of every text cell on them.

    One pass over a column says for all cell rules which of them its texts break; a rule that none breaks is no check
    of it, for each costs pandera as much as the pass.
    """
    import pandera.pandas as pa

    scan = Scan()
    broken = {
        heading: [rule for rule in CELL_RULES if scan(reading.raw[heading])[rule.code].any()]
        for heading in _scanned(reading, pairs)
    }
    texts = dict.fromkeys([*(heading for heading, kind in pairs if kind not in DTYPES), *reading.source_columns])
    columns = {
        heading: pa.Column(TEXT, [_cell_check(rule, scan) for rule in broken.get(heading, [])], nullable=True)
        for heading in texts
    }
    return pa.DataFrameSchema(columns, strict=True)


def _scanned(reading: Reading, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Where cell rules look: the export's own columns, of which ours are copies; ours when there are no others."""
    return list(reading.source_columns) or [heading for heading, kind in pairs if kind not in DTYPES]


def _check(rule: ColumnRule | FrameRule, frame: pd.DataFrame, asked: Asked) -> pa.Check:
    import pandera.pandas as pa

    def right(cells: pd.Series) -> pd.Series:
        if isinstance(rule, ColumnRule):
            return ~rule.wrong(cells, asked).astype(bool)
        return ~rule.wrong(frame[list(rule.looks_at)], asked).astype(bool)

    return pa.Check(right, name=rule.code, ignore_na=False)


def _cell_check(rule: CellRule, scan: Scan) -> pa.Check:
    import pandera.pandas as pa

    return pa.Check(lambda cells: ~scan(cells)[rule.code], name=rule.code, ignore_na=False)


def findings(reading: Reading, pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Every finding, lazily: columns code, column, position (in `reading.raw`; -1 for the whole list).

    A rule that breaks, or data of another type than the spec says, is a bug and is raised as one, never shown as a
    finding.
    """
    frame, written = typed(reading, pairs), as_written(reading, pairs)
    found = [failures(schema(reading, pairs, frame), frame), failures(written, reading.raw[list(written.columns)])]
    for other in READING_RULES:
        wrong = other.finds(reading).to_numpy(dtype=bool).nonzero()[0]
        found.append(pd.DataFrame({"code": other.code, "column": other.column, "position": wrong}))
    whole = [rule for rule in LIST_RULES if rule.finds(reading)]
    found.append(pd.DataFrame([(rule.code, rule.column, -1) for rule in whole], columns=list(FOUND)))
    kept = [rows for rows in found if len(rows)]
    if not kept:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in FOUND})
    together = pd.concat(kept, ignore_index=True)
    return together.astype({"code": object, "column": object, "position": int})
