"""Threat 9: what the search finds in extracts that were written apart from it. All synthetic."""

from __future__ import annotations

import pytest

from tests.privacy.names.scoring import Score
from tests.privacy.names.written_apart import OWN, SLIP, UNLISTED, searched


@pytest.fixture(scope="module")
def found() -> Score:
    return searched()


@pytest.mark.parametrize(
    ("kind", "least", "blocks"),
    [
        ("own child, as written", 1.0, True),
        ("imported identifiers, exact", 1.0, True),
        ("listed", 0.98, False),
        (OWN, 0.98, False),
        (SLIP, 0.9, False),
        (UNLISTED, 0.7, False),
        ("identifier: handle", 0.8, False),
        ("identifier: car registration", 1.0, False),
        ("all", 0.9, False),
    ],
)
def test_enough_of_each_kind_is_found(found: Score, kind: str, least: float, *, blocks: bool) -> None:
    assert found.share(kind, strong=blocks) >= least, found.missed


def test_nobody_drowns_in_false_alarms(found: Score) -> None:
    assert found.alarms() <= 1.0
    assert found.alarms(strong=True) <= 0.2


def test_the_corpus_is_the_one_that_the_targets_are_set_for(found: Score) -> None:
    assert (found.extracts, found.counts["all"][0], found.counts[SLIP][0]) == (524, 919, 57)
