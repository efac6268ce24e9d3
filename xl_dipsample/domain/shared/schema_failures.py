"""What a pandera schema finds wrong in a frame, as plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    import pandera.pandas as pa

Positions = npt.NDArray[np.int_]


def failures(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell that fails, as `found_by_checks` says, once pandera has looked at the columns and their types.

    Raises what pandera raises for a column that is missing or of another type than the schema says: that is a bug.
    """
    from pandera.config import ValidationDepth, config_context

    with config_context(validation_depth=ValidationDepth.SCHEMA_ONLY):
        schema.validate(frame)
    return found_by_checks(schema, frame)


def found_by_checks(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell that fails: columns code (the check's name), column, position (the frame's index).

    Each check of the schema is asked by itself: where pandera collects failures, it sorts them and puts them together
    anew for each column, which takes longer than all checks do. `column` is None for a check of whole rows. Raises
    what a check raises that breaks: that is a bug.
    """
    found = [one for one in _of_checks(schema, frame) if len(one[2])]
    many = [len(positions) for *_, positions in found]
    return pd.DataFrame(
        {
            "code": np.repeat(np.array([code for code, *_ in found], dtype=object), many),
            "column": np.repeat(np.array([column for _, column, _ in found], dtype=object), many),
            "position": np.concatenate([positions for *_, positions in found]) if found else np.empty(0, dtype=int),
        }
    )


def _of_checks(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> Iterator[tuple[str, str | None, Positions]]:
    """Each check's name, its column, and where it fails."""
    for name, column in schema.columns.items():
        cells = frame[name]
        for check in column.checks:
            yield str(check.name), name, _wrong(check, cells)
    for check in schema.checks:
        yield str(check.name), None, _wrong(check, frame)


def _wrong(check: pa.Check, cells: pd.Series | pd.DataFrame) -> Positions:
    right = check(cells).check_output.to_numpy(dtype=bool)
    wrong: Positions = cells.index.to_numpy()[~right]
    return wrong
