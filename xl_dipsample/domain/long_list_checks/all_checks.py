"""All checks, in the order of the user guide."""

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
from xl_dipsample.domain.long_list_checks.rule import CellRule, ListRule, RowRule, Rule

RULES: tuple[Rule, ...] = (
    *date_checks.RULES,
    *age_checks.RULES,
    *id_checks.RULES,
    *people_checks.RULES,
    *duplicate_checks.RULES,
    *name_checks.RULES,
    *label_checks.RULES,
    *code_checks.RULES,
    *coverage_checks.RULES,
    *text_checks.RULES,
)
ROW_RULES = tuple(rule for rule in RULES if isinstance(rule, RowRule))
CELL_RULES = tuple(rule for rule in RULES if isinstance(rule, CellRule))
LIST_RULES = tuple(rule for rule in RULES if isinstance(rule, ListRule))


def rule(code: str) -> Rule:
    """The rule of that code. Raises KeyError."""
    for one in RULES:
        if one.code == code:
            return one
    raise KeyError(code)
