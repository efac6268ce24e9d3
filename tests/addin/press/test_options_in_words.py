"""Whoever is in Excel is told of no option: every sentence of the program that names one has words for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from xl_dipsample.actions.running import registry
from xl_dipsample.addin.press import options_in_words
from xl_dipsample.addin.press.options_in_words import in_excel
from xl_dipsample.domain.long_list_checks.all_checks import RULES

PACKAGE = Path(options_in_words.__file__).parents[2]
OPTION = re.compile(r"(?<![\w-])--[a-z]|dipsample key \w+ KEY")
NO_PRESS = ("cli.py", "building/", "addin/selftest/", "addin/installing/install")  # nobody in Excel comes there
# What is said only of an option that was given, or where nobody is there to be asked: no press gives one.
ONLY_WITH_IT = {
    "--join adds columns and --append adds rows: choose one of them.",
    "--map names one field twice: name it once.",
    "--map names a field that there is not. The fields are: {}.",
    "--map needs FIELD=HEADING, as in --map case_id=Reference: write it so.",
    "--map {}: {}.",
    "--passphrase-file belongs to --key: give both or neither.",
    "{file} has no sheet of that name: give --sheet the name of another, or its number ({}).",
    "{file} has no sheets: leave --sheet out.",
    (
        "{file} has {} sheets that can be the long list (the {} and the {}), and nobody is here to say which: use "
        "--sheet with its name or its number{}."
    ),
    "; if the list goes on from one to the other, import one and then the other with --append",
    ", or --sheet {} for the {} that have the same headings",
    (
        "Names are shown on a screen only: run lookup in a terminal, without --json and without sending its output "
        "elsewhere."
    ),
    (
        "xl_dipsample was installed with pip's --user, which the buttons do not see: install it in an environment of "
        "its own, as install.cmd does."
    ),  # pip's own, for IT
}


def sentences() -> Iterator[tuple[str, str]]:
    """Every text of the program that names an option within words, and its module; docstrings are none."""
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        if place.startswith(NO_PRESS):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and isinstance(node.body[0], ast.Expr)
        }
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
        for node in ast.walk(tree):
            if id(node) in documented or (isinstance(node, ast.Constant) and id(node) in inside):
                continue
            text = _text(node)
            if OPTION.search(text) and " " in text.strip():
                yield place, text


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [one.value if isinstance(one, ast.Constant) else _named(one) for one in node.values]
        return "".join(map(str, parts))
    return ""


def _named(part: ast.AST) -> str:
    return "{file}" if isinstance(part, ast.FormattedValue) and ast.unparse(part.value) == "FILE" else "{}"


FOUND = sorted(set(sentences()))


def is_no_sentence(place: str, text: str) -> bool:
    """What is given to a question as the command line's word for it, its help there, and the rules themselves."""
    help_texts = {argument.help for one in registry.ACTIONS for argument in one.arguments}
    return (
        place == "addin/press/options_in_words.py"
        or text in help_texts
        or text.startswith(
            (
                "--total-differs, or",
                "--headings-wait, or",
                "--reports-missing, or",
                "--at-risk-open, or",
                "--without-undecided, or",
                "with --to",
            )
        )
    )


@pytest.mark.parametrize(("place", "text"), FOUND, ids=[f"{place}: {text[:40]}" for place, text in FOUND])
def test_a_sentence_that_names_an_option_has_words_for_whoever_is_in_excel(place: str, text: str) -> None:
    if is_no_sentence(place, text) or text in ONLY_WITH_IT:
        return
    said = in_excel(text.replace("{}", "X1"))
    assert not OPTION.search(said), said
    assert "  " not in said
    assert not re.search(r" [.,:]|\.\.|[,:]\.", said), said


def test_every_rule_is_of_a_sentence_and_every_exception_is_one() -> None:
    texts = [text.replace("{}", "X1") for place, text in FOUND if not is_no_sentence(place, text)]
    for pattern, _ in options_in_words._RULES:
        assert any(re.search(pattern, text) for text in texts), pattern
    assert {text for _, text in FOUND} >= ONLY_WITH_IT


def test_what_stands_on_data_checks_names_no_option() -> None:
    assert not [one.code for one in RULES if OPTION.search(f"{one.sentence} {one.to_do}")]
