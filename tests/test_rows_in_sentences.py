"""No sentence of the product says a bare "row 14": it is the Excel row, the Record, or the export's Source row."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
BARE = re.compile(r"(?<!Excel )(?<!\} )\brows? (?:number )?(?:\d|\{|\bN\b)|long[- ]list row \w*[\d{]", re.IGNORECASE)
NOT_SAID = "xl_dipsample/addin/selftest/contract/"  # the program's own report on a trial workbook, line by line


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """Every text of a module but its docstrings; what an f-string puts in stands as {}."""
    tree = ast.parse(source)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (inside | alone):
            yield node.lineno, node.value


def bare(text: str) -> bool:
    return bool(BARE.search(text)) and " " in text


def test_no_sentence_of_the_code_says_a_bare_row() -> None:
    said = [
        f"{name} line {line}"
        for path in sorted((CHECKOUT / "xl_dipsample").rglob("*.py"))
        if not (name := path.relative_to(CHECKOUT).as_posix()).startswith(NOT_SAID)
        for line, text in sentences(path.read_text(encoding="utf-8"))
        if bare(text) and "<row" not in text
    ]
    assert said == []


def test_no_words_of_sheets_and_lists_say_a_bare_row_and_none_is_headed_row() -> None:
    files = [*(CHECKOUT / "workbook_template").glob("*.toml"), *(CHECKOUT / "workbook_template/sheets").glob("*.toml")]
    assert len(files) > 30
    texts = {path.name: path.read_text(encoding="utf-8") for path in files if path.name != "upgrades.toml"}
    assert [name for name, text in texts.items() if BARE.search(text) or 'heading = "Row"' in text] == []


@pytest.mark.parametrize("words", ["See row {}.", "Rows 3 to 4 are odd.", "Row 14: no date.", "Long list row {}"])
def test_the_look_finds_what_it_is_for(words: str) -> None:
    assert bare(words)
    assert not bare("Excel row 14: record 3 of 12 rows.")
