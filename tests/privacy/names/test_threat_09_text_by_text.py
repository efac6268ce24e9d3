"""Threat 9: what was learned from one text never hides a name in the next. All people are made up."""

from __future__ import annotations

import time

import pytest

from tests.privacy.names.made_up import OWN, SEARCHER, searcher

HALVES = ("Test\nerby", "test-\nerby", "TEST \n ERBY", "Amad\nika")


@pytest.mark.parametrize("broken", HALVES)
def test_a_word_that_was_no_name_in_one_text_is_half_a_name_in_the_next(broken: str) -> None:
    fresh = searcher()
    half, other = broken.replace("-", "").split()
    for before in ([f"the {half} was {other}"], [f"the {half} was {other}", f"{other} {half}"]):
        assert not [hit for hit in fresh.find(before, [OWN] * len(before)) if hit.tier == "strong"]
    text = f"Seen with {broken} today"
    assert [text[hit.start : hit.end] for hit in fresh.find([text], [OWN])] == [broken]


def test_many_texts_at_once_and_each_alone_give_the_same() -> None:
    texts = [
        "Amadika told her mum.\nBorn 1 February 2012, at St Synth's Primary School.",
        "A J Testerby, A.J.T. and T e s t e r b y; 3 High Street; @amadika_t; 07700 900123",
        "seen on the first of february, decjan 1/2/2012, 40940, case 100234",
        "Testerbys, Testrby, Amadikka and AMADIKATESTERBY99",
        "nothing of the kind, in may or on Monday",
        "",
    ]
    together = SEARCHER.find(texts, [OWN] * len(texts))
    for at, text in enumerate(texts):
        alone = [(hit.start, hit.end, hit.rule) for hit in searcher().find([text], [OWN])]
        assert [(hit.start, hit.end, hit.rule) for hit in together if hit.text == at] == alone
    assert {hit.text for hit in together} == {0, 1, 2, 3}


def test_a_name_that_stands_in_many_cells_is_found_in_each_and_read_once() -> None:
    texts = ["Amadika told her mum.", "Nobody at all is named here. " * 50] * 20_000
    begin = time.process_time()
    found = SEARCHER.find(texts)
    assert time.process_time() - begin < 4
    assert [hit.text for hit in found] == list(range(0, 40_000, 2))
    assert {texts[hit.text][hit.start : hit.end] for hit in found} == {"Amadika"}


def test_a_text_is_read_anew_for_each_child_in_whose_row_it_stands() -> None:
    texts, rows = ["Testrby was seen."] * 3, [OWN, "", OWN]
    found = SEARCHER.find(texts, rows)
    alone = [[(hit.rule, hit.child) for hit in SEARCHER.find(["Testrby was seen."], [row])] for row in rows]
    assert [[(hit.rule, hit.child) for hit in found if hit.text == at] for at in range(3)] == alone


@pytest.mark.parametrize("text", ["twenty-fifth of decjan 25december 2009", "25dec2009", "aprilmarch 25th Dec 2009"])
def test_a_month_is_seen_wherever_it_stands(text: str) -> None:
    assert [hit.rule for hit in SEARCHER.find([text], ["SYN-003"])] == ["date-of-birth"]
