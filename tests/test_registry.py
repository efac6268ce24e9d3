"""The registry: one action is a command, a button, a step on Start and a section of the user guide.

What an action is called, its icon and its options stand with the action alone; what was written down from it
(actions.json, the tables of README and the user guide) shows when one of them changes.
"""

from __future__ import annotations

import dataclasses
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

from xl_dipsample import actions, addin
from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.action import Action
from xl_dipsample.actions.running.registry import ACTIONS, NAVIGATION
from xl_dipsample.building import action_list
from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.specs import spec

GUIDE = Path(__file__).parents[1] / "docs" / "user_guide.md"

TOLD_BY_THE_COMMAND_LINE = {("lookup", "is_terminal")}  # whether a person sees what is shown

each_action = pytest.mark.parametrize("action", ACTIONS, ids=lambda one: one.id)


def test_every_action_has_an_id_a_label_and_a_place_of_its_own() -> None:
    entries = [*ACTIONS, *NAVIGATION]
    assert len({one.id for one in entries}) == len({one.label for one in entries}) == len(entries)
    assert [one.place for one in ACTIONS] == sorted({one.place for one in ACTIONS})


def test_the_list_of_actions_is_what_the_actions_say_of_themselves() -> None:
    """A label, an icon, an option that changed or went shows in the list, which a person looks at before it is kept."""
    assert registry.LISTED.read_text(encoding="utf-8") == action_list.listed(), "run make templates"
    assert action_list.declared() == list(ACTIONS)


@pytest.mark.parametrize("page", action_list.PAGES)
def test_the_pages_list_every_action(page: str) -> None:
    what, table = action_list.PAGES[page]
    text = (GUIDE.parents[1] / page).read_text(encoding="utf-8")
    assert f"\n{table()}\n" in text, "run make templates"
    assert action_list.with_table(text, what, "") != text
    assert action_list.with_table(text, what, table()) == text


@each_action
def test_every_action_loads_and_its_options_are_its_arguments(action: Action) -> None:
    assert callable(action.load())
    options = getattr(import_module(f"xl_dipsample.{action.module}"), action.options)
    assert options.__dataclass_params__.frozen
    fields = {field.name: field for field in dataclasses.fields(options)}
    arguments = {argument.field: argument for argument in action.arguments}
    told = {field for one, field in TOLD_BY_THE_COMMAND_LINE if one == action.id}
    assert set(fields) == set(arguments) | told
    for name, argument in arguments.items():
        assert (fields[name].default is dataclasses.MISSING) is argument.required, name


@each_action
def test_every_action_says_what_it_does_in_whole_sentences(action: Action) -> None:
    for told in (action.does, *(argument.help for argument in action.arguments)):
        assert told
        assert "  " not in told
    assert action.does.endswith(".")
    assert action.does[0].isupper()


@each_action
def test_a_step_stands_on_start_under_its_label(action: Action) -> None:
    steps = {row[1] for kind in spec.KINDS for row in spec.table(kind, "Start").rows}
    said = f"{action.label} says step={action.step}: mend that, or the rows of workbook_template/sheets/01_start.toml"
    assert (action.label in steps) is action.step, said
    if action.step:
        assert action.subject in spec.KINDS
        assert action.label in {row[1] for row in spec.table(action.subject, "Start").rows}


@pytest.mark.parametrize("kind", spec.KINDS)
def test_what_start_lists_besides_is_done_on_a_sheet(kind: Kind) -> None:
    steps = {row[1] for row in spec.table(kind, "Start").rows}
    assert steps - {one.label for one in ACTIONS} <= {sheet.name for sheet in spec.sheets(kind)}


@each_action
def test_every_action_has_a_section_in_the_user_guide_with_every_option(action: Action) -> None:
    parts = GUIDE.read_text(encoding="utf-8").split(f"\n### {action.label}\n")
    assert len(parts) == 2, f"docs/user_guide.md has no section {action.label}"
    section = parts[1].split("\n#")[0]
    assert f"dipsample {action.id}" in section
    assert "refuse" in section.casefold(), "what to do when it refuses"
    for argument in action.arguments:
        assert not argument.flag or argument.flag in section, argument.flag


def test_everything_that_can_be_run_is_in_the_registry() -> None:
    names = [
        one.name.removeprefix("xl_dipsample.")
        for package in (actions, addin)
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    runnable = {name for name in names if hasattr(import_module(f"xl_dipsample.{name}"), "run")}
    assert runnable == {action.module for action in ACTIONS}


def test_the_guide_lists_every_button_in_its_group() -> None:
    rows = dict(re.findall(r"^\| (\w+) \| (.+) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
    shown = [one for one in (*ACTIONS, *NAVIGATION) if one.button]
    for group in ("Sample", "Privacy", "Review", "Analyse", "Help"):
        assert set(rows[group].split(", ")) == {one.label for one in shown if one.button and one.button.group == group}


@each_action
def test_what_a_button_must_know_it_asks_in_words(action: Action) -> None:
    for argument in action.arguments:
        assert (argument.ask not in ("", "screen")) is bool(argument.question), argument.field
        if action.button and argument.required:
            assert argument.ask, argument.field


def test_the_list_itself_loads_no_action() -> None:
    """A button pays only for the action that it starts."""
    import subprocess
    import sys

    told = (
        "import sys, xl_dipsample.actions.running.registry; print([m for m in sys.modules if m in ('pandas', 'click')])"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_action_is_a_key_error() -> None:
    assert registry.action("narrow").label == "Narrow down"
    with pytest.raises(KeyError):
        registry.action("narow")
