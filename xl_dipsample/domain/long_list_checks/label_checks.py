"""Checks of labels that nobody has mapped, one for each field of the table Labels."""

from __future__ import annotations

from xl_dipsample.domain.long_list_checks.reading_checks import WORD_FIELDS
from xl_dipsample.domain.long_list_checks.rule import ColumnRule, ReadingRule, Rule
from xl_dipsample.domain.shared.reference_words import word_for_nothing, words

MAP_IT = "On Labels, say what it means; until then it shows as Not mapped."


def _unmapped(heading: str) -> ColumnRule:
    """Every word of the typed list is one of its reference table's; one that is not was never mapped."""
    field = WORD_FIELDS[heading]
    allowed = (*words(field), word_for_nothing(field))
    code = {"Outcome": "L02", "Ethnicity": "L03", "Gender": "L04", "Referred to?": "L05"}[heading]
    what = heading.removesuffix("?").lower()
    return ColumnRule(
        code,
        "Warning",
        heading,
        f"Nobody has said yet what this label for {what} means.",
        MAP_IT,
        lambda said, _: ~said.isin(allowed),
    )


RULES: tuple[Rule, ...] = (
    ReadingRule(
        "L01",
        "Warning",
        "Type of harm",
        "Nobody has said yet what a label for type of harm means.",
        "On Labels, say what it means; until then a row without another chosen type of harm is doubtful.",
        lambda reading: reading.harm["unmapped"].map(bool).astype(bool),
    ),
    *(_unmapped(heading) for heading in ("Outcome", "Ethnicity", "Gender", "Referred to?")),
)
