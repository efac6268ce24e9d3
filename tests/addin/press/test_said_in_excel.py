"""No sentence that Excel shows names an option of the command line: nobody there has one to type."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import xl_dipsample
from xl_dipsample.addin.press.said_in_excel import in_excel

PRODUCT = Path(xl_dipsample.__file__).parent
# What only somebody at a terminal is told, or IT.
ELSEWHERE = ("cli.py", "building", "addin/installing", "addin/selftest", "addin/press", "addin/desk")
NOBODY_THERE = {"QuestionUnanswered", "confirm", "wanted"}  # said when nobody can be asked
AT_A_TERMINAL = (
    "Names are shown on a screen only",
    "Second reader needs one of two",
    "--join adds columns and --append adds rows",
    "--map ",
)
OPTION = re.compile(r"(?<![\w-])--[a-z]|\bdipsample [a-z]+ ")


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "x" for part in node.values)
    return ""


def _sentences(tree: ast.AST) -> Iterator[str]:
    """Every text of a file, but docstrings, what an action declares, and what is said when nobody can be asked."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Name) and called.id in {*NOBODY_THERE, "action", "Argument"}:
            continue
        text = _text(node)
        if text:
            yield text
        if not isinstance(node, ast.JoinedStr):
            yield from _sentences(node)


def said() -> list[tuple[str, str]]:
    found = []
    for path in sorted(PRODUCT.rglob("*.py")):
        place = path.relative_to(PRODUCT).as_posix()
        if not place.startswith(ELSEWHERE):
            for text in _sentences(ast.parse(path.read_text(encoding="utf-8"))):
                is_sentence = text.rstrip().endswith((".", ":", ";")) or ". " in text
                if OPTION.search(text) and is_sentence and not text.startswith(AT_A_TERMINAL):
                    found.append((place, text))
    return found


@pytest.mark.parametrize(("place", "sentence"), said())
def test_a_sentence_that_names_an_option_has_other_words_in_excel(place: str, sentence: str) -> None:
    assert not OPTION.search(in_excel(sentence)), (place, in_excel(sentence))


def test_there_are_such_sentences() -> None:
    assert len(said()) > 12


def test_other_sentences_stay_as_they_are() -> None:
    for sentence in ("Nothing was changed -- at all.", "the dipsample of last year", "The list is empty: import it."):
        assert in_excel(sentence) == sentence
