"""No option is out of reach in Excel: a button asks for it, or it stands in one of three short lists, with a reason."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import xl_dipsample
from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.action import Action, Argument
from xl_dipsample.addin.press.questions import ASK
from xl_dipsample.workbook.specs import defaults, spec

KEY_TYPED, SECOND_TYPED = "the key's passphrase is asked for", "the second keyholder's passphrase is asked for"

# The action asks for it by itself, when there is something to decide; the option only says it beforehand.
REPLACES_A_PROMPT = {
    ("import", "sheet"): "asked when more than one sheet can be meant",
    ("narrow", "total_differs"): "asked when the report states another number",
    ("narrow", "headings_wait"): "asked when headings wait",
    ("narrow", "reports_missing"): "asked when a report is missing",
    ("pseudonymise", "passphrase_file"): KEY_TYPED,
    ("pseudonymise", "reading_passphrase_file"): "the reading list's passphrase is asked for",
    ("pseudonymise", "second_keyholder_file"): SECOND_TYPED,
    ("pseudonymise", "without_undecided"): "asked while rows are undecided",
    ("screen", "passphrase_file"): KEY_TYPED,
    ("screen", "roles"): "asked when something of an earlier list is not decided",
    ("release", "passphrase_file"): KEY_TYPED,
    ("release", "own_columns"): "asked when people added columns",
    ("release", "at_risk_open"): "asked while a child is flagged and nobody acted",
    ("briefing", "at_risk_open"): "asked while a child is flagged and nobody acted",
    ("release", "accept_k"): "asked when a row is like no other",
    ("lookup", "passphrase_file"): KEY_TYPED,
    ("key", "passphrase_file"): KEY_TYPED,
    ("key", "new_passphrase_file"): "the new passphrase is asked for",
    ("key", "second_keyholder_file"): SECOND_TYPED,
    ("key", "second_keyholder"): "asked when there is a second keyholder",
    ("key", "old_copies"): "asked when the passphrase changes",
    ("compare", "passphrase_file"): KEY_TYPED,
    ("briefing", "passphrase_file"): KEY_TYPED,
    ("publish", "passphrase_file"): KEY_TYPED,
}

# Another question of the same button says it.
WITHIN_ANOTHER = {
    ("pseudonymise", "no_second_keyholder"): ("second_keyholder", "its No"),
    ("restore", "list"): ("to", "the question shows the list"),
}

# The lead answers in the workbook: table, and the column or the setting.
IN_THE_WORKBOOK = {
    ("import", "maps"): ("Headings", "Field"),
    ("pseudonymise", "contact_day"): ("Criteria", "Contact date in Review"),
}

# Without a button: done once on a computer, by IT or by whoever looks after it.
WITHOUT_A_BUTTON = {
    ("install", "functions"): "IT decides whether a DLL may be called",
    ("install", "xlstart"): "only where Excel's own folder cannot be used",
    ("selftest", "report"): "a trial of the whole program, for IT and the project",
    ("selftest", "keep"): "a trial of the whole program, for IT and the project",
}

PROMPTS = {"choose", "confirm", "ask", "ask_secret", "wanted", "read_passphrase"}
EVERYTHING = [(action, argument) for action in registry.ACTIONS for argument in action.arguments]
LISTED = (REPLACES_A_PROMPT, WITHIN_ANOTHER, IN_THE_WORKBOOK, WITHOUT_A_BUTTON)


def is_asked(action: Action, argument: Argument) -> bool:
    return action.button is not None and (argument.ask in ASK or argument.ask == "tick")


def reasons(action: Action, argument: Argument) -> int:
    return sum((action.id, argument.field) in one for one in LISTED) + is_asked(action, argument)


@pytest.mark.parametrize(
    ("action", "argument"), EVERYTHING, ids=[f"{action.id}-{argument.field}" for action, argument in EVERYTHING]
)
def test_every_argument_is_asked_or_has_a_reason_and_one_alone(action: Action, argument: Argument) -> None:
    assert reasons(action, argument) == 1


def test_an_argument_that_nothing_asks_for_fails() -> None:
    one = registry.action("publish")
    assert reasons(one, Argument("colour", "the colour", "--colour")) == 0
    assert reasons(registry.action("install"), Argument("colour", "the colour", "--colour", ask="text")) == 0


def test_no_reason_outlives_its_argument() -> None:
    there = {(action.id, argument.field) for action, argument in EVERYTHING}
    assert {one for listed in LISTED for one in listed} <= there


@cache
def prompts() -> dict[str, str]:
    """Every text that a prompt of the program names, in its call or as the option that it is given, and its file."""
    found: dict[str, str] = {}
    folder = Path(inspect.getfile(xl_dipsample)).parent
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            found |= {text: file.name for part in _of_prompt(node) for text in _texts(part)}
    return found


def _of_prompt(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in PROMPTS:
            yield from (*node.args, *(one.value for one in node.keywords))
    elif isinstance(node, ast.FunctionDef) and node.name in PROMPTS:
        yield from (one for one in node.args.kw_defaults if one is not None)
    elif isinstance(node, ast.Assign) and "option" in {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}:
        yield node.value


def _texts(part: ast.AST) -> Iterator[str]:
    for one in ast.walk(part):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


@pytest.mark.parametrize(("name", "field"), REPLACES_A_PROMPT)
def test_what_replaces_a_prompt_is_named_by_that_prompt(name: str, field: str) -> None:
    (argument,) = [one for one in registry.action(name).arguments if one.field == field]
    assert any(text.replace(",", " ").split()[:1] == [argument.flag] for text in prompts()), argument.flag


@pytest.mark.parametrize(("name", "field"), WITHIN_ANOTHER)
def test_what_another_question_says_is_asked_there(name: str, field: str) -> None:
    other, _ = WITHIN_ANOTHER[name, field]
    action = registry.action(name)
    assert any(is_asked(action, one) for one in action.arguments if one.field == other)


@pytest.mark.parametrize(("name", "field"), IN_THE_WORKBOOK)
def test_the_place_in_the_workbook_is_there_for_people_to_fill(name: str, field: str) -> None:
    table_name, place = IN_THE_WORKBOOK[name, field]
    table = spec.table("working", table_name)
    if place in table.headings:
        assert next(one.by for one in table.columns if one.heading == place) == "people"
    else:
        assert place in defaults.default(table)["Setting"].tolist()
        assert next(one.by for one in table.columns if one.heading == "Value") == "people"


def test_what_has_no_button_is_for_whoever_looks_after_the_computer() -> None:
    without = {one.id for one in registry.ACTIONS if one.button is None}
    assert without == {"install", "uninstall", "desk", "selftest"}
    assert {name for name, _ in WITHOUT_A_BUTTON} <= without
    for name in without:
        assert import_module(f"xl_dipsample.{registry.action(name).module}").__name__.startswith("xl_dipsample.addin.")
