"""The information-governance guide: every threat is there, and every proof that it names exists and runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "information_governance.md"
THREATS = range(1, 22)
LINK = re.compile(r"\]\(([^)#]+)\)")


def rows() -> dict[int, str]:
    found = re.findall(r"^\| (\d+) \| .*\|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    lines = GUIDE.read_text(encoding="utf-8").splitlines()
    return {int(number): next(line for line in lines if line.startswith(f"| {number} |")) for number in found}


def test_every_threat_has_its_row() -> None:
    assert list(rows()) == list(THREATS)


@pytest.mark.parametrize("number", THREATS)
def test_every_threat_names_tests_that_exist(number: int) -> None:
    proofs = [(GUIDE.parent / link).resolve() for link in LINK.findall(rows()[number])]
    tests = [proof for proof in proofs if proof.suffix == ".py"]
    assert tests
    for proof in proofs:
        assert proof.is_file(), proof.name
    for proof in tests:
        assert re.search(r"^def test_", proof.read_text(encoding="utf-8"), re.MULTILINE), proof.name


@pytest.mark.parametrize("number", THREATS)
def test_a_test_named_after_the_threat_lies_with_the_privacy_tests(number: int) -> None:
    """So that somebody who knows no Python can read the list of claims."""
    named = [
        file
        for file in (ROOT / "tests" / "privacy").rglob("test_*.py")
        if file.name.startswith(f"test_threat_{number:02}")
        or re.search(rf"^def test_threats?_(?:\d+_and_)?{number}(?:_and_\d+)?_", file.read_text("utf-8"), re.MULTILINE)
    ]
    assert named


@pytest.mark.parametrize("number", range(1, 9))
def test_what_an_attack_found_names_its_threat_and_tests_that_are_there(number: int) -> None:
    [line] = [one for one in GUIDE.read_text(encoding="utf-8").splitlines() if one.startswith(f"| {number}. ")]
    threats = [int(one) for one in line.split(" | ")[1].split(", ")]
    proofs = re.findall(r"\[`(test_\w+)`\]\(([^)]+)\)", line)
    assert set(threats) <= set(THREATS)
    assert proofs
    for name, link in proofs:
        assert re.search(rf"^def {name}\(", (GUIDE.parent / link).read_text(encoding="utf-8"), re.MULTILINE), name


def test_every_link_of_the_guides_leads_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            if not link.startswith(("http", "mailto:")):
                assert (page.parent / link).exists(), f"{page.name}: {link}"
