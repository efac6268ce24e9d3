"""All checks, in the order of the user guide."""

from __future__ import annotations

from xl_dipsample.domain.checks import ages, codes, coverage, dates, duplicates, ids, labels, names, people, text
from xl_dipsample.domain.checks.rule import CellRule, ListRule, RowRule, Rule

RULES: tuple[Rule, ...] = (
    *dates.RULES,
    *ages.RULES,
    *ids.RULES,
    *people.RULES,
    *duplicates.RULES,
    *names.RULES,
    *labels.RULES,
    *codes.RULES,
    *coverage.RULES,
    *text.RULES,
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
