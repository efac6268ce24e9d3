"""The words of the publication copy: its cover, its notes, and how to read each table."""

from __future__ import annotations

from xl_dipsample.domain.publication import public_cross
from xl_dipsample.domain.publication.public_funnel import FUNNEL
from xl_dipsample.domain.publication.public_table import PERCENTAGE, PublicTable
from xl_dipsample.domain.publication.publication import TOO_SMALL, Publication
from xl_dipsample.domain.publication.suppression import Safe

LETTERS = (
    (
        "c",
        "Not shown: a number from 1 to 5, or one that would give such a number away.",
    ),
    ("z", "Not applicable: there is no such number."),
    ("0", "No case. It is shown as it is."),
)
_SHEETS = {
    FUNNEL: "Funnel",
    "outcome": "Outcomes",
    "scenario": "Scenarios",
    "harm": "Types of harm",
    "age": "Age",
    "gender": "Gender",
    "ethnicity": "Ethnicity",
    "referred": "Referred to",
    public_cross.NAME: "Outcomes by scenario",
}


def sheet_name(table: str) -> str:
    """The name of a table's sheet."""
    return _SHEETS[table]


def cover(made: Publication) -> list[str]:
    """What a reader must know before the tables."""
    said = [
        "These tables count the cases of a dip-sample: case files that reviewers chose by stated rules and read.",
        "A dip-sample is small. It shows what happened in these cases; it does not measure all cases.",
        "So that nobody can be recognised, a number from 1 to 5 is shown as the letter c. 0 is shown as 0.",
        "Any other number that would give such a small one away is shown as c too.",
        "It holds no names, no IDs, no dates and no words from case files.",
    ]
    if made.safe.rounded:
        said.append("Every other number is rounded to the nearest 5 by itself; lines need not add up to totals.")
    small = [title for title, reason in made.left_out if reason == TOO_SMALL]
    if small:
        said.append(f"Not published, because the numbers are too small: {'; '.join(small)}.")
    return said


def how_to_read(table: PublicTable, safe: Safe) -> list[str]:
    """The sentences above a table."""
    said = ["c: not shown, so that no small number is given away."]
    if table.name == FUNNEL:
        said.append("z: not applicable.")
        said.append("Rows of the long list are counted: one young person can have several until all but one have left.")
        said.append("A row leaves at the first stage that applies to it. Each row of the sample is a case.")
    if table.several:
        said.append("A case can count in several lines, so the lines add up to more than all cases.")
    if PERCENTAGE in table.body(safe).columns:
        said.append("Percentages are of all cases in the sample.")
    if safe.rounded:
        said.append("Numbers are rounded to the nearest 5; percentages come from the rounded numbers.")
    return said
