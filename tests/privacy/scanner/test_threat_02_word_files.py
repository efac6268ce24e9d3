"""Threat 2, for Word documents: whatever hides in one, in whatever place, the scanner finds it; clean ones pass."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from tests.actions.briefing_reviews import crowded, empty
from tests.privacy.scanner import clean_copies, hiding_places
from tests.privacy.scanner.hiding_places import CASE_ID, NAME
from tests.privacy.scanner.word_hiding_places import DOCUMENT, STRUCTURE, TEXTS, body, more, run
from xl_dipsample.briefing.pages import pages
from xl_dipsample.briefing.source import Source
from xl_dipsample.briefing.specimen import specimen
from xl_dipsample.briefing.word import write
from xl_dipsample.privacy.scanner import Allowed, Finding, scan


def briefing(tables: dict[str, pd.DataFrame]) -> bytes:
    return write(pages(Source(tables)).blocks)


@pytest.fixture(scope="module")
def safe() -> bytes:
    return briefing(crowded(12))


@pytest.fixture(scope="module")
def allowed() -> Allowed:
    return Allowed.of(specimen())


def test_the_briefing_without_a_secret_is_safe(safe: bytes, allowed: Allowed) -> None:
    assert scan(safe, hiding_places.searcher(), allowed) == []
    assert scan(safe, None) == []


@pytest.mark.parametrize("place", TEXTS)
def test_a_name_is_found_in(place: str, safe: bytes, allowed: Allowed) -> None:
    found = scan(TEXTS[place](safe), hiding_places.searcher(), allowed)
    assert found
    assert_says_where_and_nothing_else(found)


@pytest.mark.parametrize("place", STRUCTURE)
def test_without_any_name_there_is_found(place: str, safe: bytes) -> None:
    found = scan(STRUCTURE[place](safe), None)
    assert found
    assert_says_where_and_nothing_else(found)


def test_what_is_no_name_passes_in_the_same_places(safe: bytes) -> None:
    assert scan(run(b"<w:t>an ordinary sentence</w:t>")(safe), hiding_places.searcher()) == []


@pytest.mark.parametrize("seed", range(8))
def test_a_clean_briefing_passes_whatever_the_children_of_the_long_list_are_called(seed: int, allowed: Allowed) -> None:
    made = empty() | clean_copies.tables(seed, rows=random.Random(seed).choice([1, 9, 25]))
    made["Review"]["Quote to use?"] = "Yes"
    assert scan(briefing(made), clean_copies.searcher(), allowed) == []


def test_a_word_kept_in_one_text_is_found_in_every_other(safe: bytes, allowed: Allowed) -> None:
    text = f"seen with {NAME} at home"
    kept = Allowed(allowed.known, in_texts={text: frozenset({NAME.casefold()})})
    once = run(f"<w:t>{text}</w:t>".encode())(safe)
    assert scan(once, hiding_places.searcher(), allowed)
    assert scan(once, hiding_places.searcher(), kept) == []
    assert scan(run(f"<w:t>{text} again</w:t>".encode())(once), hiding_places.searcher(), kept)


def test_a_document_inside_a_workbook_and_a_workbook_inside_a_document_are_both_refused(safe: bytes) -> None:
    copy = clean_copies.copy(1, rows=1)
    document = hiding_places.parts_of(safe)[DOCUMENT]
    assert scan(copy, None) == []
    assert scan(more(DOCUMENT, document)(copy), None)
    assert scan(more("xl/workbook.xml", hiding_places.parts_of(copy)["xl/workbook.xml"])(safe), None)


def test_every_cut_of_a_briefing_is_refused_and_none_crashes(safe: bytes) -> None:
    for end in range(0, len(safe) - 1, max(1, len(safe) // 40)):
        assert scan(safe[:end], None)


def test_a_message_names_the_part_but_no_part_that_somebody_named(safe: bytes) -> None:
    found = scan(more(f"word/{NAME}.xml", b"<a/>")(safe), None)
    assert found
    assert_says_where_and_nothing_else(found)
    assert scan(body(b"<w:p/>")(safe), None) == []


def assert_says_where_and_nothing_else(found: list[Finding]) -> None:
    for one in found:
        said = f"{one.part} {one.place} {one.rule} {one.words}".casefold()
        assert not [secret for secret in (*NAME.casefold().split(), CASE_ID) if secret in said]
