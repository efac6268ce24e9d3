"""The page docs/checks.md, generated from the registry: `python -m xl_dipsample.domain.checks > docs/checks.md`."""

from __future__ import annotations

from xl_dipsample.domain.checks import (
    ages,
    codes,
    coverage,
    dates,
    duplicates,
    ids,
    labels,
    names,
    people,
    text,
)
from xl_dipsample.domain.checks.rule import CellRule, Rule

PARTS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("Dates", dates.RULES),
    ("Ages", ages.RULES),
    ("Case IDs", ids.RULES),
    ("Rows of one young person", people.RULES),
    ("Rows that are there more than once", duplicates.RULES),
    ("Names", names.RULES),
    ("Labels", labels.RULES),
    ("Census codes", codes.RULES),
    ("The list as a whole", coverage.RULES),
    ("Text of any cell", text.RULES),
)

HEAD = """# The checks of the long list

**Check long list** looks for these things. What it finds stands on Data checks, with row, column, value and what to
do, and in the column Check of Long list. An *Error* means that a count may be wrong; a *Warning* wants a look; a
*Note* is good to know. Nothing is changed or deleted.

This page is generated from the checks themselves (`xl_dipsample/domain/checks/`).
"""


def page() -> str:
    """The whole page, Markdown."""
    lines = [HEAD]
    for title, rules in PARTS:
        lines += [f"## {title}", "", "| Code | Level | Column | What is found | What to do |", "|---|---|---|---|---|"]
        lines += [f"| {one.code} | {one.level} | {_column(one)} | {one.sentence} | {one.to_do} |" for one in rules]
        lines.append("")
    return "\n".join(lines)


def _column(rule: Rule) -> str:
    if isinstance(rule, CellRule):
        return "any"
    return rule.column or "-"
