"""A briefing of nobody: every word and setting of ours that a briefing can have, for the scanner to know as ours.

Without it a child who is called like a word of the file format, or whose case ID is a picture's height, would keep
every briefing from being written.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from xl_dipsample.briefing import pictures as charts
from xl_dipsample.briefing.pages import pages
from xl_dipsample.briefing.source import Source
from xl_dipsample.briefing.word import Block, Chart, Series, write
from xl_dipsample.workbook.specs import defaults, spec

_MARKED = {"Quote to use?": "Yes", "In sample?": "Yes"}


@cache
def specimen() -> bytes:
    """The bytes of a .docx made from the template's own words: every outcome, type of harm and scenario once."""
    tables = {table.name: defaults.default(table) for table in spec.tables("review")}
    tables["Review"] = _review()
    return write([*pages(Source(tables)).blocks, *_charts()])


def _review() -> pd.DataFrame:
    """A row for every outcome; levels of harm and concerns in turn, so that every scenario is there."""
    words = spec.lists()
    levels, concerns = words["level_of_harm"], words["yes_no_not_clear"]
    headings = spec.table("review", "Review").headings
    rows = []
    for at, outcome in enumerate([*words["outcome"], "Not mapped", ""]):
        row: dict[str, object] = {
            "Unique ID": f"K{at}",
            "Outcome": outcome,
            "Type of harm": "; ".join(words["categories"]),
        }
        if outcome:
            row |= {"Level of harm": levels[at % len(levels)], "Parenting concerns": concerns[at // 3 % len(concerns)]}
        rows.append([({**_MARKED, **row}).get(heading) for heading in headings])
    return pd.DataFrame(rows, columns=headings, dtype=object)


def _charts() -> list[Block]:
    """A chart of every height; the fewest cases make an axis of its own."""
    one = (Series("Cases", (1,), charts.COLOUR),)
    return [Chart("Cases", "", ("Cases",), one, float(height)) for height in charts.HEIGHTS]
