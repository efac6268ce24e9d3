"""What stands in a table before anybody has done anything: the spec's rows, and the harm categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from xl_dipsample.domain.shared import lead_lists, reference
from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.specs import spec

# What a lead should know about a category, in the lead's words.
_NOTES = {
    "Domestic violence - other": "3A (the young person's own relationship) counts only if you map it to this category.",
    "Physical abuse - other": "18A ended in 2021. 18C (by an adult) counts; Case check asks you to confirm it.",
    "Sexual abuse - other": "19A ended in 2021. 19C (by an adult) counts; Case check asks you to confirm it.",
    "CCE": (
        "24A began in 2022; before, such cases were under gangs, trafficking or missing. No gives the guide's nine to "
        "the letter: choose it to compare with a sample that has these."
    ),
}


def frames(kind: Kind, given: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Every table of a workbook: the given frame, or what the table holds by default.

    A review workbook is laid out by the lists that it is built with, unless it says by which it was.
    """
    made = {t.name: tidy(t, given[t.name]) if t.name in given else default(t) for t in spec.tables(kind)}
    if lead_lists.GIVEN in made and not len(made[lead_lists.GIVEN]):
        table = spec.table(kind, lead_lists.GIVEN)
        made[lead_lists.GIVEN] = tidy(table, made[lead_lists.TABLE][table.headings])
    return made


def default(table: spec.Table) -> pd.DataFrame:
    """The rows that a new workbook has in this table, as a frame."""
    return pd.DataFrame(rows(table), columns=table.headings, dtype=object)


def rows(table: spec.Table) -> Sequence[Sequence[object]]:
    """The rows that a new workbook has in this table."""
    if table.name == "Categories":
        return [[line.get(heading) for heading in table.headings] for line in _categories()]
    if table.name == "Terms":
        return _terms()
    if table.name == lead_lists.TABLE:
        lines = (dict(zip(lead_lists.HEADINGS, line, strict=True)) for line in lead_lists.default_rows())
        return [[line[heading] for heading in table.headings] for line in lines]
    return [[None if cell == "" else cell for cell in row] for row in table.rows]


def _terms() -> list[list[str | None]]:
    columns = ("pattern", "concern", "why_it_matters", "consider_instead")
    return [[row[name] or None for name in columns] for row in reference.table("language_terms")]


def tidy(table: spec.Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the spec's columns first, in the spec's order, and None for blank."""
    extra = [name for name in frame.columns if name not in table.headings]
    whole = frame.reindex(columns=[*table.headings, *extra]).astype(object)
    return whole.where(whole.notna(), None).reset_index(drop=True)


def _categories() -> list[dict[str, object]]:
    presets = [(row["preset"], reference.parts(row["categories"])) for row in reference.table("category_presets")]
    return [
        {
            "Category": row["category"],
            "Chosen": "Yes" if row["default_include"] == "yes" else "No",
            "Presets": "; ".join(name for name, members in presets if row["category"] in members) or None,
            "DfE factors": ", ".join(reference.parts(row["dfe_factors"])) or None,
            "Note": _NOTES.get(row["category"]),
        }
        for row in reference.table("harm_categories")
    ]
