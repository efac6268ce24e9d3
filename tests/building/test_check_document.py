"""The page of checks in docs/ says what the checks say."""

from __future__ import annotations

from pathlib import Path

from xl_dipsample.building.check_guide import page
from xl_dipsample.domain.long_list_checks.all_checks import RULES, THEMES

DOCS = Path(__file__).parents[2] / "docs" / "checks.md"


def test_the_page_in_docs_is_the_generated_one() -> None:
    assert DOCS.read_text(encoding="utf-8") == page(), "make templates"


def test_every_check_stands_on_the_page_once() -> None:
    listed = [rule.code for _, rules in THEMES for rule in rules]
    assert sorted(listed) == sorted(rule.code for rule in RULES)
    for rule in RULES:
        assert f"| {rule.code} | {rule.level} |" in page()
        assert rule.sentence in page()
        assert rule.to_do in page()
