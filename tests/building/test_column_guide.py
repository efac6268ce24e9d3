"""The page of columns in docs/ says what the sheet specs say."""

from __future__ import annotations

from pathlib import Path

from xl_dipsample.building.column_guide import page
from xl_dipsample.workbook.specs import spec

HEADINGS = "| Column | Who fills it in | May be shared | What it is for |"
DOCS = Path(__file__).parents[2] / "docs" / "columns.md"


def test_the_page_in_docs_is_the_generated_one() -> None:
    assert DOCS.read_text(encoding="utf-8") == page(), "make templates"


def test_every_column_of_both_workbooks_stands_on_the_page() -> None:
    for kind in spec.KINDS:
        for sheet in spec.sheets(kind):
            assert page().count(f"\n## {sheet.name}\n") == 1
            part = page().split(f"\n## {sheet.name}\n")[1].split("\n## ")[0].replace(HEADINGS, "")
            assert sheet.about in part
            for table in sheet.tables:
                of_table = part.split(f"**Table {table.name}**")[1].split("**Table ")[0]
                for column in table.columns:
                    line = next(one for one in of_table.splitlines() if one.startswith(f"| {column.heading} |"))
                    assert line.count("|") == 5, "a bar in a help text would break the table"
                    assert f"| {'yes' if column.share else 'no'} |" in line


def test_nothing_of_the_working_workbook_alone_may_be_shared() -> None:
    shared = {(one.name, column.heading) for one in spec.tables("review") for column in one.columns}
    for table in spec.tables("working"):
        for column in table.columns:
            assert not column.share or (table.name, column.heading) in shared
