"""Findings: cautious sentences made from the numbers, in the order of the method's guide (section 5).

Each says counts first and of how many, and names the cell of its first number. None says why something is so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from xl_dipsample.domain.findings import about_harms, about_outcomes, from_other_sheets
from xl_dipsample.domain.findings.sentences import Cell, Figure, Finding, Says, data
from xl_dipsample.domain.findings.what_is_counted import Sample

__all__ = ["Cell", "Figure", "Finding", "findings"]

# The topics of findings.toml that have one line; `variation` and `compared` have as many as there is room for.
_SAID: Mapping[str, Says] = about_harms.SAID | about_outcomes.SAID | from_other_sheets.SAID


def findings(tables: Mapping[str, pd.DataFrame], words: Sequence[str]) -> list[Finding]:
    """What can be said about the sample: `tables` of the review workbook by name, `words` its types of harm in order.

    At most `most` of findings.toml: clear differences and changes fill the room that the others leave, at least one
    of each. Nothing is said about a sample without cases.
    """
    sample = Sample(tables, words)
    if not sample.n:
        return []
    made = {topic: _SAID[topic](sample) for topic in data() if topic in _SAID}
    said = {topic: [one] for topic, one in made.items() if one is not None}
    room = data()["most"] - len(said)
    changes = from_other_sheets.compared(sample)
    said["variation"] = from_other_sheets.variations(sample)[: max(1, room - min(1, len(changes)))]
    said["compared"] = changes[: max(1, room - len(said["variation"]))]
    return [one for topic in data() for one in said.get(topic, ())]
