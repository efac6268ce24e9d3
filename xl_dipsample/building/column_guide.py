"""The page docs/columns.md, from the sheet specs: `python -m xl_dipsample.building.column_guide > docs/columns.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.specs import spec

HEAD = """# Every sheet, table and column

The columns of both workbooks. *People*: cells that you fill in; the tool keeps what you typed there when it runs
again. *The tool*: an action fills it. *Formula*: Excel works it out. *May be shared*: whether the column may stand in
the review workbook and in what is made from it. Columns that you add yourself stay yours: they are kept, and they are
not shared.

This page is generated from the sheet specs (`workbook_template/sheets/`). The checks are on [their own
page](checks.md).
"""
FILLED_BY = {"us": "The tool", "people": "People", "formula": "Formula"}
USED = {
    "count": "Summary",
    "group_by": "Variations",
    "second_reader": "Second reader",
    "crossed": "a chart of decisions",
    "chart": "Charts",
    "pivot": "Pivots",
}
WORKBOOKS = {
    ("working",): "Working workbook",
    ("review",): "Review workbook",
    ("working", "review"): "Both workbooks",
}


def page() -> str:
    """The whole page, Markdown."""
    lines = [HEAD]
    for sheet in _sheets():
        lines += [f"## {sheet.name}", "", f"{_where(sheet.kinds)}. {sheet.about}", ""]
        for table, kinds in _tables(sheet.name):
            lines += [f"**Table {table.name}**" + ("" if kinds == sheet.kinds else f" ({_where(kinds)})"), ""]
            lines += ["| Column | Who fills it in | May be shared | What it is for |", "|---|---|---|---|"]
            lines += [_line(column) for column in table.columns]
            lines.append("")
            if table.open_columns:
                lines += ["More columns follow: those of the rows that came here, as they were.", ""]
    return "\n".join(lines)


def _sheets() -> Iterator[spec.Sheet]:
    """Every sheet once: the working workbook's in their order, then those that only the review workbook has."""
    seen: set[str] = set()
    for kind in spec.KINDS:
        for sheet in spec.sheets(kind):
            if sheet.name not in seen:
                seen.add(sheet.name)
                yield sheet


def _tables(name: str) -> list[tuple[spec.Table, tuple[Kind, ...]]]:
    """The tables of one sheet, each with the workbooks that have it; the same columns in both are one table."""
    found: list[tuple[spec.Table, tuple[Kind, ...]]] = []
    for kind in spec.KINDS:
        for table in (one for sheet in spec.sheets(kind) if sheet.name == name for one in sheet.tables):
            alike = [at for at, (one, _) in enumerate(found) if (one.name, one.columns) == (table.name, table.columns)]
            if alike:
                found[alike[0]] = (table, (*found[alike[0]][1], kind))
            else:
                found.append((table, (kind,)))
    return found


def _where(kinds: tuple[Kind, ...]) -> str:
    return WORKBOOKS[tuple(kind for kind in spec.KINDS if kind in kinds)]


def _line(column: spec.Column) -> str:
    who = FILLED_BY[column.by] + (", required" if column.required else "")
    used = [words for name, words in USED.items() if spec.USES[name](column)]
    what = " ".join([column.help, *([f"Used for: {', '.join(used)}."] if used else [])])
    what += " It stays in the review workbook, in nothing that is made from it." if column.stays else ""
    return f"| {column.heading} | {who} | {'yes' if column.share else 'no'} | {what} |"


if __name__ == "__main__":
    sys.stdout.write(page())
