"""The list of tables in docs/design.md, from the sheet specs: `python -m xl_dipsample.building.table_list`."""

from __future__ import annotations

from pathlib import Path

from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.specs import spec

PLACE = Path(__file__).resolve().parents[2] / "docs" / "design.md"
BEGIN = "<!-- tables: made by python -m xl_dipsample.building.table_list -->\n"
END = "<!-- end of tables -->"
TITLES: dict[Kind, str] = {"working": "Working workbook", "review": "Review workbook"}


def listed() -> str:
    """One line for each sheet of each workbook, in their order: its tables, each with what tells its rows apart."""
    lines = ["| workbook | sheet | tables (and what tells their rows apart) |", "|---|---|---|"]
    for kind, title in TITLES.items():
        for sheet in spec.sheets(kind):
            told = "; ".join(f"{one.name} ({', '.join(one.key)})" for one in sheet.tables)
            lines.append(f"| {title} | {sheet.name} | {told or 'formulas only'} |")
    return "\n".join(lines) + "\n"


def page(written: str) -> str:
    """The page with its list made new. Raises ValueError when the page has no place for it."""
    before, begin, rest = written.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("docs/design.md has no place for the list of tables")
    return f"{before}{begin}\n{listed()}\n{end}{after}"


if __name__ == "__main__":
    PLACE.write_text(page(PLACE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
