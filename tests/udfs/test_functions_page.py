"""The page docs/functions.md: no function is missing, and every example shows what it says."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from udfs import functions, ranges

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "functions.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `=(\w+)(\(.*\))` \| (.*) \|$", PAGE, re.MULTILINE)


def shown(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    return f"{cell:.3f}".rstrip("0") if isinstance(cell, float) else str(cell)


def test_every_function_stands_there_with_its_arguments_and_no_other():
    listed = re.findall(r"^\| (\w+)\((.*?)\) \| .+ \| .+ \|$", PAGE, re.MULTILINE)
    assert sorted(listed) == [
        (name, ", ".join(inspect.signature(getattr(functions, name)).parameters)) for name in sorted(functions.__all__)
    ]


def test_every_function_has_an_example():
    assert {name for name, _, _ in EXAMPLES} == set(functions.__all__)


@pytest.mark.parametrize(("name", "given", "shows"), EXAMPLES, ids=[f"{name}{given}" for name, given, _ in EXAMPLES])
def test_an_example_shows_what_the_page_says(name, given, shows):
    cells = ast.literal_eval(given.replace(")", ",)"))
    [row] = getattr(functions, name)(*cells)
    assert ", ".join(map(shown, row)) == shows


def test_the_page_quotes_what_a_cell_can_say():
    assert f"*{ranges.NO_ANSWER}*" in PAGE
    assert ranges.CATEGORY in PAGE
