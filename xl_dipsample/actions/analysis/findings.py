"""Findings: sentences from the numbers, each with the cell that it comes from; what people wrote beside them stays."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xl_dipsample.actions.result import Result
from xl_dipsample.domain import findings
from xl_dipsample.domain.findings import keeping
from xl_dipsample.workbook.live import blocks, where
from xl_dipsample.workbook.live.book import Book


def renew(tables: Mapping[str, pd.DataFrame], result: Result) -> dict[str, pd.DataFrame]:
    """The table Findings. A line whose words somebody wrote for other numbers is marked and counted."""
    made = findings.findings(tables, blocks.harm(Book("review", tables, {})).words)
    places = where.Places("review", tables)
    lines = [(one.about, one.sentence, _address(places, one.source)) for one in made]
    frame = keeping.renewed(lines, tables["Findings"])
    notes = frame[keeping.NOTE].tolist()
    look = notes.count(keeping.CHANGED) + notes.count(keeping.NO_LONGER)
    result.figures["findings"] = len(made)
    result.figures["findings_to_reword"] = look
    if look:
        result.say(
            "warning",
            "findings-to-reword",
            f"{look} of the findings in your words no longer fit the numbers: see their Note."
            if look > 1
            else "One of the findings in your words no longer fits the numbers: see its Note.",
            sheet="Findings",
        )
    return {"Findings": frame}


def _address(places: where.Places, source: findings.Figure | findings.Cell) -> str:
    if isinstance(source, findings.Cell):
        return places.of_cell(*source)
    return places.of_figure(*source)
