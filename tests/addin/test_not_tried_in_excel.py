"""The list of what nobody has tried in Excel: each row has what tries it, and the README says how many there are."""

from __future__ import annotations

import re
from pathlib import Path

from xl_dipsample.addin.selftest.contract import claims_for
from xl_dipsample.addin.selftest.contract.claim import words_of
from xl_dipsample.addin.selftest.trial_steps import STEPS

ROOT = Path(__file__).parents[2]
BY_HAND = "none: by hand"


def rows() -> list[tuple[str, str]]:
    page = (ROOT / "docs" / "selftest.md").read_text(encoding="utf-8")
    table = page.partition("| not tried in Excel by us | what tries it |\n|---|---|\n")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    assert all(len(one) == 2 and all(one) for one in cells)
    return [(what, by) for what, by in cells]


def test_every_row_names_a_claim_of_the_self_test_or_says_by_hand() -> None:
    known = {claim.words for claim in claims_for(live=True)} | {words_of(step.__name__) for step in STEPS} | {BY_HAND}
    assert [by for _, by in rows() if by not in known] == []
    assert len({what for what, _ in rows()}) == len(rows())


def test_the_readme_gives_the_number_of_rows() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    [said] = re.findall(r"the (\d+) things that were not tried in Excel", text)
    assert int(said) == len(rows()) > 0


def test_what_the_whole_way_claims_and_what_lies_around_excel_is_on_the_list() -> None:
    listed = " ".join(what for what, _ in rows())
    for words in ("label", "Protected View", "Excel for the web", "co-authoring", "Argument help", "218", "AppLocker"):
        assert words in listed, words
