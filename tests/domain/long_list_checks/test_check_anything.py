"""Whatever stands in the cells, the checks end with findings and not with a bug."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from check_examples import TODAY, clean, columns, reading
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.long_list_checks import schema, table

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False),
    st.dates(),
    st.datetimes(),
    st.text(max_size=12),
    st.sampled_from(["NULL", "31/02/2010", "03/2010", "1/1/1900", "0012", "12", 12.0, " 12", "#REF!", "=1+1", "Test"]),
    st.sampled_from(["21; 11A", "18A", "24A", "[10A]", "a) WBRI", "Baby", "2024-01-05", TODAY, dt.date(2012, 2, 29)]),
    st.sampled_from(["13y 4m", "9434765919", "", "TBC", "Anna Brown"]),
)
OURS = [heading for heading, _ in columns() if heading not in ("Record", "Source row")]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(CELLS, min_size=len(OURS) + 2, max_size=len(OURS) + 2), min_size=1, max_size=6))
def test_any_cells_at_all_give_findings(cells: list[list[object]]) -> None:
    frame = pd.DataFrame(cells, columns=[*OURS, "Child ID", "Factors"], dtype=object)
    frame = frame.where(frame.notna(), None).assign(Check=None)
    frame.insert(0, "Record", pd.Series(range(1, len(frame) + 1), dtype=object))
    frame.insert(1, "Source row", frame["Record"])
    read = reading(frame.astype(object))
    found = schema.findings(read, columns())
    rows, counted = table.data_checks(found, read)
    assert len(rows) == sum(one.number for one in counted)
    assert len(table.check_words(found, read)) == len(frame)


def test_the_order_of_the_rows_does_not_matter() -> None:
    frame = pd.concat([clean(), clean().head(5)], ignore_index=True)
    frame["Record"] = pd.Series(range(1, len(frame) + 1), dtype=object)
    turned = frame.iloc[::-1].reset_index(drop=True)
    codes = [sorted(schema.findings(reading(one), columns()).query("code != 'R01'")["code"]) for one in (frame, turned)]
    assert codes[0] == codes[1]
    assert "R02" in codes[0]
