"""The table Findings after a refresh: new sentences, with what people typed beside the old ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from xl_dipsample.domain.findings.sentences import data
from xl_dipsample.domain.shared.cell import excel_text

ABOUT, FINDING, WHERE = "About", "Finding", "Where it comes from"
KEEP, OWN_WORDS, NOTE, WRITTEN_FOR = "Keep?", "In your words", "Note", "Your words were for"
HEADINGS = (ABOUT, FINDING, WHERE, KEEP, OWN_WORDS, NOTE, WRITTEN_FOR)
CHANGED = (
    "The numbers changed since you wrote this: the new sentence stands at the left. When your words fit it, empty the "
    "cell after this one."
)
NO_LONGER = "No longer follows from the numbers."

Row = dict[str, object]


def renewed(new: Sequence[tuple[str, str, str]], old: pd.DataFrame) -> pd.DataFrame:
    """The table Findings: `new` are About, Finding and Where it comes from, in order; `old` the table as it stands.

    A line that a sentence no longer belongs to goes, unless somebody wrote words beside it. Lines that people added
    come last, as they are. Columns that people added come along. The formula column is left out.
    """
    own = [str(heading) for heading in old.columns if heading not in (*HEADINGS, "Go there")]
    lines = [_line({str(heading): cell for heading, cell in row.items()}, own) for row in old.to_dict("records")]
    lines = [line for line in lines if any(excel_text(cell) for cell in line.values())]
    ours: dict[str, Row] = {}
    theirs: list[Row] = []
    for line in lines:
        key = excel_text(line[ABOUT])
        if _is_ours(line) and key not in ours:
            ours[key] = line
        else:
            theirs.append(line)
    made = [_kept(ours.pop(about, {}), about, sentence, where) for about, sentence, where in new]
    stale = [_no_longer(line) for line in ours.values() if any(excel_text(line[one]) for one in (OWN_WORDS, *own))]
    columns = [*HEADINGS, *own]
    rows = [[line.get(heading) for heading in columns] for line in (*made, *stale, *theirs)]
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    return frame.where(frame.notna(), None)


def _line(row: Mapping[str, object], own: Sequence[str]) -> Row:
    """One row of the old table, with every heading: an older workbook has fewer."""
    return {heading: row.get(heading) for heading in (*HEADINGS, *own)}


def _is_ours(line: Row) -> bool:
    """Whether a refresh made this line: its About is one of ours, and so is what stands in another of our columns."""
    key = excel_text(line[ABOUT])
    names = [topic["about"] for topic in data().values() if isinstance(topic, dict) and "about" in topic]
    known = any(key == name or key.startswith(f"{name}: ") for name in names)
    return known and (excel_text(line[WHERE]) != "" or excel_text(line[NOTE]) == NO_LONGER)


def _kept(old: Row, about: str, sentence: str, where: str) -> Row:
    """The new line, with what people typed in the old one."""
    line = {**old, ABOUT: about, FINDING: sentence, WHERE: where, NOTE: None, WRITTEN_FOR: None}
    if excel_text(old.get(OWN_WORDS)):
        written_for = old.get(WRITTEN_FOR) or old.get(FINDING)
        changed = excel_text(written_for) != excel_text(sentence)
        line |= {WRITTEN_FOR: written_for, NOTE: CHANGED if changed else None}
    return line


def _no_longer(old: Row) -> Row:
    written_for = (old[WRITTEN_FOR] or old[FINDING]) if excel_text(old[OWN_WORDS]) else None
    return {**old, WHERE: None, NOTE: NO_LONGER, WRITTEN_FOR: written_for}
