"""What stands for a hit says the role; the children are made up."""

from __future__ import annotations

import pytest

from tests.privacy.names.made_up import OWN, SEARCHER
from xl_dipsample.privacy.names import RULES, propose, roles_of


def _roles(text: str) -> list[str]:
    return roles_of(text, SEARCHER.find([text], [OWN]), OWN)


def test_the_rows_own_child_is_child() -> None:
    assert _roles("Amadika came, then Amadika Testerby's mother.") == ["[CHILD]", "[CHILD]"]


def test_other_children_have_letters_and_the_same_child_the_same_letter() -> None:
    assert _roles("Josh met Zoe. Joshua O'Syntho left; Zoe stayed.") == [
        "[CHILD B]", "[CHILD C]", "[CHILD B]", "[CHILD C]",
    ]  # fmt: skip


def test_a_name_outside_the_sample_is_the_same_person_in_any_order() -> None:
    assert _roles("Will Young came. Young, Will left.") == ["[CHILD B]", "[CHILD B]"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("mum Josh came", "[PARENT]"), ("her father, Zoe, came", "[PARENT]"), ("brother Kofina came", "[SIBLING]"),
        ("Ms Kofina came", "[ADULT]"), ("goes to Oakfield Primary School", "[SCHOOL]"),
        ("ring 07700 900123", "[PHONE]"),
        ("born 1.2.12", "[DATE OF BIRTH]"), ("in M1 4BT", "[POSTCODE]"), ("at a@example.org", "[E-MAIL]"),
        ("see 100234", "[CASE ID]"), ("at 12 Acacia Road", "[ADDRESS]"), ("943 476 5919", "[NHS NUMBER]"),
    ],
)  # fmt: skip
def test_the_word_before_or_the_rule_says_the_role(text: str, role: str) -> None:
    assert _roles(text) == [role]


def test_letters_are_kept_through_the_cells_of_a_row_and_begin_anew_in_the_next() -> None:
    texts, rows = ["We saw Josh.", "We saw Zoe and Josh.", "We saw Zoe."], [OWN, OWN, "SYN-002"]
    hits = SEARCHER.find(texts, rows)
    assert propose(texts, hits, rows) == ["[CHILD B]", "[CHILD C]", "[CHILD B]", "[CHILD B]"]


def test_every_rule_has_its_words() -> None:
    found = SEARCHER.find(["Amadika, W. Young, Josh, 345, AT, mum Kofin, 12 Acacia Road, Amadkia"], [OWN])
    assert {hit.rule for hit in found} <= set(RULES)
