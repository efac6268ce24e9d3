"""Findings: sentences from the numbers, each with the cell that it comes from; what people wrote beside them stays."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xl_dipsample.domain import findings
from xl_dipsample.domain.findings import kept_sentences
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.sheets.parts import address_of_a_figure, blocks
from xl_dipsample.workbook.sheets.parts.layout import Book


def renew(tables: Mapping[str, pd.DataFrame], result: Result) -> dict[str, pd.DataFrame]:
    """The table Findings. A line whose words somebody wrote for other numbers is marked and counted."""
    made = findings.findings(tables, blocks.harm(Book("review", tables, {})).words)
    places = address_of_a_figure.Places("review", tables)
    lines = [(one.about, one.sentence, _address(places, one.source)) for one in made]
    frame = kept_sentences.renewed(lines, tables["Findings"])
    notes = frame[kept_sentences.NOTE].tolist()
    look = notes.count(kept_sentences.CHANGED) + notes.count(kept_sentences.NO_LONGER)
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


def _address(places: address_of_a_figure.Places, source: findings.Figure | findings.Cell) -> str:
    if isinstance(source, findings.Cell):
        return places.of_cell(*source)
    return places.of_figure(*source)
