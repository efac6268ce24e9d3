"""Threat 9: what the search finds in the second corpus, whose first figures were taken blind. All synthetic."""

from __future__ import annotations

import pytest

from tests.privacy.names.scoring import Score
from tests.privacy.names.second_corpus_score import (
    EXACT,
    FORM,
    IMPORTED,
    LISTED,
    OWN,
    PATTERN,
    SLIP,
    UNLISTED,
    blind,
    searched,
)


@pytest.fixture(scope="module")
def found() -> Score:
    return searched()


@pytest.mark.parametrize(
    ("kind", "least", "blocks"),
    [
        (OWN, 1.0, True),
        (EXACT, 1.0, True),
        (IMPORTED, 0.98, False),
        (LISTED, 0.98, False),
        (SLIP, 0.9, False),
        (FORM, 0.9, False),
        (UNLISTED, 0.75, False),
        (PATTERN, 0.9, False),
        ("all", 0.9, False),
    ],
)
def test_enough_of_each_kind_is_found_in_the_second_corpus(
    found: Score, kind: str, least: float, *, blocks: bool
) -> None:
    assert found.share(kind, strong=blocks) >= least, [one for one in found.missed if one[1] == kind]


def test_nobody_drowns_in_false_alarms_in_the_second_corpus(found: Score) -> None:
    assert found.alarms() <= 1.0
    assert found.alarms(strong=True) <= 0.2


def test_the_blind_figures_are_of_this_corpus(found: Score) -> None:
    first, _, _ = blind()
    assert {line: one[0] for line, one in first.items()} == {line: one[0] for line, one in found.counts.items()}
    assert found.extracts == 540
