"""The page docs/checks.md, from the checks: `python -m xl_dipsample.building.check_guide > docs/checks.md`."""

from __future__ import annotations

import sys

from xl_dipsample.domain.long_list_checks.all_checks import THEMES
from xl_dipsample.domain.long_list_checks.rule import CellRule, Rule
from xl_dipsample.workbook.specs.table_schema import RULES as TABLE_RULES

HEAD = """# The checks of the long list

**Check long list** looks for these things. What it finds stands on Data checks, with record, column, value and what to
do, and in the column Check of Long list. An *Error* means that a count may be wrong; a *Warning* wants a look; a
*Note* is good to know. Nothing is changed or deleted.

This page is generated from the checks themselves (`xl_dipsample/domain/long_list_checks/`).
"""


TABLES = """## Tables that people fill in

Not the long list but the other tables of the working workbook, such as Case check and Labels, each held against its own
drop-downs and kinds of cells. Data checks names the sheet and the cell.
"""


def page() -> str:
    """The whole page, Markdown."""
    lines = [HEAD]
    for title, rules in THEMES:
        lines += [f"## {title}", "", "| Code | Level | Column | What is found | What to do |", "|---|---|---|---|---|"]
        lines += [f"| {one.code} | {one.level} | {_column(one)} | {one.sentence} | {one.to_do} |" for one in rules]
        lines.append("")
    lines += [TABLES, "| Code | Level | What is found | What to do |", "|---|---|---|---|"]
    lines += [f"| {one.code} | {one.level} | {one.sentence} | {one.to_do} |" for one in TABLE_RULES]
    return "\n".join([*lines, ""])


def _column(rule: Rule) -> str:
    if isinstance(rule, CellRule):
        return "any"
    return rule.column or "-"


if __name__ == "__main__":
    sys.stdout.write(page())
