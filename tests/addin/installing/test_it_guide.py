"""The IT guide's table of what Help me and the installation say: every code, and no code that is never said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from xl_dipsample.addin.installing import (
    audit_check,
    doctor,
    install,
    install_record,
    policies,
    program_rules,
    uninstall,
    what_is_in_the_way,
)

GUIDE = Path(__file__).parents[3] / "docs" / "it_guide.md"
MODULES = (what_is_in_the_way, policies, program_rules, doctor, install, install_record, audit_check, uninstall)
HEAD = "| code in the report | what to do |"


def in_the_table() -> list[str]:
    after = GUIDE.read_text(encoding="utf-8").partition(HEAD)[2]
    rows = after.partition("\n\n")[0].strip().splitlines()[1:]
    assert rows
    listed = [re.sub(r"\(.*?\)", "", row.split("|")[1]) for row in rows]
    assert all(row.split("|")[2].strip() for row in rows)
    return [code.strip() for cell in listed for code in cell.split(",")]


def said(source: str) -> Iterator[str]:
    """The codes of findings, messages and refusals; not those of notes, after which nothing is to do."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("Finding", "say") and ast.unparse(node.args[0]) != "'note'":
                yield from codes(node.args[1], tree)
            elif name in ("InstallProblem", "FileProblem"):
                yield from codes(node.args[0], tree)


def codes(node: ast.expr, tree: ast.AST) -> Iterator[str]:
    """The values that an argument can have: as written, from a loop over a table, or of a ribbon's age."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        assert ast.unparse(node) == "f'addin-{age}'"
        yield from ("addin-older", "addin-newer")
    elif isinstance(node, ast.Name):
        for loop in (one for one in ast.walk(tree) if isinstance(one, ast.For) and isinstance(one.target, ast.Tuple)):
            targets = [ast.unparse(one) for one in loop.target.elts]
            if node.id in targets:
                assert isinstance(loop.iter, ast.Tuple)
                for row in loop.iter.elts:
                    assert isinstance(row, ast.Tuple)
                    yield from codes(row.elts[targets.index(node.id)], tree)
    else:  # handed on from a finding or a refusal that is listed itself
        assert re.fullmatch(r"\w+\.code", ast.unparse(node)), ast.unparse(node)


def every_code() -> set[str]:
    return {code for module in MODULES for code in said(Path(module.__file__).read_text(encoding="utf-8"))}


def test_the_codes_are_read_from_all_ways_in_which_they_are_said() -> None:
    assert {"addin-older", "defender-dll", "package-missing", "xlstart-locked", "record-damaged"} <= every_code()
    assert "installed" not in every_code()


def test_the_guide_says_what_to_do_about_every_code_that_can_be_said() -> None:
    assert sorted(every_code() - set(in_the_table())) == []


def test_the_guide_lists_no_code_that_is_never_said_and_none_twice() -> None:
    assert sorted(set(in_the_table()) - every_code()) == []
    assert len(set(in_the_table())) == len(in_the_table())


def answers() -> list[list[str]]:
    """The rows of the table of answers."""
    table = GUIDE.read_text(encoding="utf-8").partition("\n## Answers first\n")[2].partition("\n|---|---|---|---|\n")[2]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.partition("\n\n")[0].splitlines()]


def test_the_answers_come_first_and_each_says_what_stops_what_still_works_and_what_it_may_do() -> None:
    headings = re.findall(r"^## (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[:2] == ["What it is", "Answers first"]
    assert all(len(row) == 4 and all(row) for row in answers())
    rules = " ".join(rule for rule, *_ in answers())
    for word in ("child processes", "Win32 API", "prevalence", "macros off", "signed only", "no trusted locations"):
        assert word in rules
    for word in ("unmanaged add-ins", "AppLocker", "App Control", "script rules", "controlled folder", "labels"):
        assert word in rules


@pytest.mark.parametrize("module", [policies, program_rules])
def test_every_rule_that_help_me_knows_by_its_number_stands_in_the_guide(module: ModuleType) -> None:
    numbers = re.findall(
        r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", Path(str(module.__file__)).read_text("utf-8")
    )
    assert numbers
    assert [one for one in numbers if one not in GUIDE.read_text(encoding="utf-8")] == []


def test_no_sentence_of_the_guide_asks_to_weaken_a_protection() -> None:
    text = " ".join(GUIDE.read_text(encoding="utf-8").split()).replace("We never suggest to weaken a protection", "")
    text = re.sub(r'"[^"]*"', "", text)  # what Microsoft calls its rules
    asked = r"\b(disable|switch off|turn off|weaken|lower|relax)\b[^.|]*\b(Defender|rules?|polic|protection|scann)"
    assert re.findall(asked, text, re.IGNORECASE) == []
