"""The IT guide's table of what Help me and the installation say: every code, and no code that is never said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

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
