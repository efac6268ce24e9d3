"""Threat 9: what was planted in the corpus is found; the figures are those of docs/privacy_report.md."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path

import pytest

from tests.privacy.names.corpus import Corpus, long_list, make
from xl_dipsample.privacy.names import Hit, Searcher
from xl_dipsample.privacy.names.hits import OF_A_ROW

ROOT = Path(__file__).resolve().parents[3]
STRONG_KINDS = (
    "forename and surname", "surname, forename", "full name with middle name", "in capitals", "initial and surname",
    "split by a line break", "possessive", "forename alone", "surname alone", "apostrophe left out", "accents left out",
    "case ID", "date of birth", "NHS number", "National Insurance number", "postcode", "phone", "e-mail",
)  # fmt: skip


def _report_module():
    spec = importlib.util.spec_from_file_location("privacy_report", ROOT / "benchmarks" / "privacy_report.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REPORT = _report_module()


@pytest.fixture(scope="module")
def searched() -> tuple[Corpus, list[Hit]]:
    corpus = make(seed=3, count=200)
    return corpus, REPORT.found_in(corpus)


@pytest.mark.parametrize("kind", STRONG_KINDS)
def test_everything_of_a_strong_kind_is_found_wherever_it_was_planted(kind: str, searched) -> None:
    planted, strong, _ = REPORT.recall(*searched)[kind]
    assert strong == planted > 0


@pytest.mark.parametrize("kind", ["a word as name, alone", "school", "street", "mum, Ms, brother and an unlisted name"])
def test_what_only_may_be_a_name_is_queued(kind: str, searched) -> None:
    planted, _, either = REPORT.recall(*searched)[kind]
    assert either >= 0.9 * planted > 0


def test_strong_hits_are_what_was_planted_and_nothing_else(searched) -> None:
    """But for the own child's name that is a word: that may be the word, and a person decides."""
    tiers = REPORT.precision(*searched).items()
    counted = [n for (tier, rule), n in tiers if tier == "strong" and rule not in OF_A_ROW]
    made, right = map(sum, zip(*counted, strict=True))
    assert right == made


def test_names_that_are_words_do_not_drown_the_reader() -> None:
    drowned = REPORT.drowning()
    assert drowned["strong"] < 0.5  # all of them in the row of a child who is called so
    assert drowned["weak"] < 2
    assert drowned["every name as a word"] > 10 * drowned["weak"]


def test_the_page_of_figures_is_what_the_corpus_gives() -> None:
    assert (ROOT / "docs" / "privacy_report.md").read_text(encoding="utf-8") == REPORT.report()


def test_four_times_the_names_take_no_longer_to_search_for() -> None:
    few, many = (make(seed=5, count=60, list_size=size) for size in (2_000, 8_000))
    searchers = [Searcher.of(corpus.names, corpus.children) for corpus in (few, many)]
    texts, rows = [one.text for one in few.extracts], [one.row for one in few.extracts]
    for searcher in searchers:
        searcher.find(texts, rows)

    def seconds(searcher: Searcher) -> float:
        started = time.process_time()
        searcher.find(texts, rows)
        return time.process_time() - started

    assert min(seconds(searchers[1]) for _ in range(5)) < 2.5 * min(seconds(searchers[0]) for _ in range(5))


def test_the_corpus_is_the_same_for_the_same_seed() -> None:
    assert [one.text for one in make(seed=9, count=3).extracts] == [one.text for one in make(seed=9, count=3).extracts]
    assert long_list.__doc__ is not None
