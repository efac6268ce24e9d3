"""A second reader's workbook: a new file with some rows of Review, without anything that the first reader wrote.

It is built from nothing: of Review only the columns that no person fills come along, and the settings that both readers
need; every other table stays behind. It keeps the sample's ID, so that its answers find their way back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.sheets.parts import second_copy
from xl_dipsample.workbook.specs import spec

KIND = "second"


def tables_for(tables: Mapping[str, pd.DataFrame], drawn: Collection[str]) -> dict[str, pd.DataFrame]:
    """The tables of the second reader's workbook but Audit; `drawn`: unique IDs of Review.

    Rows are sorted by unique ID, which is random: their order says nothing.
    """
    made = {name: tables[name][spec.table("review", name).headings] for name in second_copy.SETTINGS}
    laid_out = lead_lists.laid_out(tables)
    if laid_out is not None:  # both readers answer in the same words
        made[lead_lists.TABLE] = laid_out[spec.table("review", lead_lists.TABLE).headings]
    made["Start"] = pd.DataFrame(second_copy.STEPS, columns=spec.table("review", "Start").headings, dtype=object)
    made["Review"] = blind(tables["Review"], drawn)
    return made


def blind(frame: pd.DataFrame, drawn: Collection[str]) -> pd.DataFrame:
    """The drawn rows of Review without what stays there; every column that people or formulas fill is blank."""
    of_spec = spec.table("review", "Review").without_staying
    wanted = {unique_id.casefold() for unique_id in drawn}
    keys = review_rules.keys(frame, "Unique ID")
    rows = frame.loc[keys.isin(wanted)].assign(_order=keys).sort_values("_order", kind="stable")
    ours = {column.heading for column in of_spec.columns if column.by == "us"}
    blank = pd.Series(None, index=rows.index, dtype=object)
    columns = {heading: rows.get(heading, blank) if heading in ours else blank for heading in of_spec.headings}
    return pd.DataFrame(columns, dtype=object).reset_index(drop=True)


def made(tables: Mapping[str, pd.DataFrame], values: Mapping[str, CellValue]) -> bytes:
    """The bytes of the second reader's workbook. Raises WorkbookProblem when a text is too long for a cell."""
    return build("review", tables, {"sample_id": values.get("sample_id"), "kind": KIND})
