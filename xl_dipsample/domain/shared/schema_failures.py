"""What a pandera schema finds wrong in a frame, as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import pandera.pandas as pa


def failures(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell that fails, found lazily: columns code (the check's name), column, position (the frame's index).

    Raises what pandera raises when a check breaks or a column has another type than the schema says: that is a bug.
    """
    import pandera.errors

    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as found:
        for error in found.schema_errors:
            if error.reason_code != pandera.errors.SchemaErrorReason.DATAFRAME_CHECK:
                raise error from None
        cases = found.failure_cases
        return pd.DataFrame(
            {
                "code": cases["check"].astype(object),
                "column": cases["column"].astype(object),
                "position": cases["index"].astype(int),
            }
        )
    return pd.DataFrame({"code": [], "column": [], "position": []}, dtype=object)
