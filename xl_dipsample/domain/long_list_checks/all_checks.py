"""All checks by theme, in the order of the user guide: a check is a rule in the module of its theme, and no more."""

from __future__ import annotations

from xl_dipsample.domain.long_list_checks import (
    age_checks,
    code_checks,
    coverage_checks,
    date_checks,
    duplicate_checks,
    id_checks,
    label_checks,
    name_checks,
    people_checks,
    text_checks,
)
from xl_dipsample.domain.long_list_checks.found_by_import import census_checks, joined_checks, report_checks
from xl_dipsample.domain.long_list_checks.rule import CellRule, ColumnRule, FrameRule, ListRule, ReadingRule, Rule

THEMES: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("Dates", date_checks.RULES),
    ("Ages", age_checks.RULES),
    ("Case IDs", id_checks.RULES),
    ("Rows of one young person", people_checks.RULES),
    ("Rows that are there more than once", duplicate_checks.RULES),
    ("Names", name_checks.RULES),
    ("Labels", label_checks.RULES),
    ("Census codes", code_checks.RULES),
    ("The list as a whole", coverage_checks.RULES),
    ("Text of any cell", text_checks.RULES),
    ("The report", report_checks.RULES),
    ("The census return", census_checks.RULES),
    ("Reports that were added", joined_checks.RULES),
)
RULES: tuple[Rule, ...] = tuple(rule for _, rules in THEMES for rule in rules)
COLUMN_RULES = tuple(rule for rule in RULES if isinstance(rule, ColumnRule))
FRAME_RULES = tuple(rule for rule in RULES if isinstance(rule, FrameRule))
READING_RULES = tuple(rule for rule in RULES if isinstance(rule, ReadingRule))
CELL_RULES = tuple(rule for rule in RULES if isinstance(rule, CellRule))
LIST_RULES = tuple(rule for rule in RULES if isinstance(rule, ListRule))


def rule(code: str) -> Rule:
    """The rule of that code. Raises KeyError."""
    for one in RULES:
        if one.code == code:
            return one
    raise KeyError(code)
