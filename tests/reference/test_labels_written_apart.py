"""The labels that somebody else wrote are whole: what they are held against stands elsewhere."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

LABELS = Path(__file__).parents[1] / "data" / "labels"
APART, OF_2026 = "labels_written_apart.csv", "words_of_2026.csv"
BOTH = pytest.mark.parametrize("name", [APART, OF_2026])


def rows(name: str) -> list[dict[str, str]]:
    with (LABELS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def meanings_explained() -> dict[str, set[str]]:
    """The meanings that README.md lists, by kind."""
    text = " ".join((LABELS / "README.md").read_text(encoding="utf-8").split())
    named = {"outcome": "Outcomes", "service": "Services", "harm": "Harm"}
    found = {}
    for kind, heading in named.items():
        listed = re.search(rf"\* {heading}: (.+?)(?= \* | ## )", text)
        assert listed, heading
        found[kind] = {one.strip() for one in listed[1].split(";")}
    return found


def test_there_are_as_many_labels_of_each_kind_as_were_asked_for() -> None:
    assert Counter(row["kind"] for row in rows(APART)) == {"outcome": 80, "service": 60, "harm": 60}
    assert Counter(row["kind"] for row in rows(OF_2026)) == {"outcome": 15, "service": 16}


@BOTH
def test_no_label_stands_twice(name: str) -> None:
    labels = [(row["kind"], row["label"].casefold()) for row in rows(name)]
    assert len(set(labels)) == len(labels)


@BOTH
def test_every_label_has_a_source_and_says_whether_it_was_seen(name: str) -> None:
    for row in rows(name):
        assert row["label"].strip() == row["label"] != "", row
        assert len(row["source"]) > 20, row["label"]
        assert row["seen"] in ("yes", "no"), row["label"]
        assert "https://" in row["source"] or "http://" in row["source"] or row["seen"] == "no", row["label"]


@BOTH
def test_every_outcome_says_its_side_and_nothing_else_does(name: str) -> None:
    for row in rows(name):
        said = (row["side"], row["child_protection"])
        if row["kind"] == "outcome":
            assert said[0] in ("closed", "progressed", "neither", "cannot be said"), row["label"]
            assert said[1] in ("yes", "no", "cannot be said"), row["label"]
        else:
            assert said == ("", ""), row["label"]


@BOTH
def test_a_trap_says_what_it_must_not_be_taken_for(name: str) -> None:
    for row in rows(name):
        assert (row["trap"] == "yes") == (row["looks_like"] != ""), row["label"]
        assert row["looks_like"] not in row["meaning"].split(" / ") or row["meaning"].count(" / "), row["label"]
    assert sum(row["trap"] == "yes" for row in rows(APART)) >= 20


def test_the_readme_lists_every_meaning_and_no_other() -> None:
    used: dict[str, set[str]] = {"outcome": set(), "service": set(), "harm": set()}
    for row in [*rows(APART), *rows(OF_2026)]:
        used[row["kind"]].update(row["meaning"].split(" / "))
    assert meanings_explained() == used
