"""The page of packs in docs/ says what the packs say."""

from __future__ import annotations

from pathlib import Path

from xl_dipsample.building.pack_guide import page
from xl_dipsample.domain.focus import pack_words

DOCS = Path(__file__).parents[2] / "docs" / "packs.md"


def test_the_page_in_docs_is_the_generated_one() -> None:
    assert DOCS.read_text(encoding="utf-8") == page(), "make templates"


def test_every_word_stands_there_with_its_side_and_its_source() -> None:
    for row in pack_words.rows():
        line = next(
            one for one in page().splitlines() if one.startswith(f"| {row['list']} | {row['word']} | {row['side']} |")
        )
        assert line.count("|") == 9, "a bar in a cell would break the table"
        assert row["source"] in page()
