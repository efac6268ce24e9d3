"""Threat 9: names in extracts. Every variant is found, one claim each; the children are made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.privacy.names.made_up import OWN, SEARCHER, hits, strong, weak

VARIANTS = {
    "forename and surname": "Amadika Testerby",
    "surname and forename": "Testerby Amadika",
    "surname, comma, forename": "Testerby, Amadika",
    "with the middle name": "Amadika Jolene Testerby",
    "with the middle name's initial": "Amadika J. Testerby",
    "forename alone": "Amadika",
    "surname alone": "Testerby",
    "small letters": "amadika testerby",
    "capitals": "AMADIKA TESTERBY",
    "initial and surname": "A. Testerby",
    "initials and surname": "AJ Testerby",
    "surname and initial": "Testerby, J",
    "a short form": "Josh",
    "a short form with the surname": "Josh O'Syntho",
    "a comma form of the list": "Joanna Exampleson",
    "a short form of two letters": "Jo",
    "a curly apostrophe": "O’Syntho",
    "a straight apostrophe": "O'Syntho",
    "no apostrophe": "OSyntho",
    "a space for the apostrophe": "O Syntho",
    "an accent": "Zoë",
    "an accent folded": "Zoe",
    "an accent written separately": "Zoe\u0308",
    "a hyphenated forename": "Anne-Marie",
    "a hyphenated forename with a space": "Anne Marie",
    "half of a hyphenated surname": "Samplesby",
    "the other half": "Fakely",
    "split by a line break": "Amadika\nTesterby",
    "split by a Windows line break": "Amadika\r\nTesterby",
    "broken in the middle": "Teste\nrby",
    "broken with a hyphen": "Teste-\nrby",
    "with a soft hyphen": "Teste\u00adrby",
    "with no-break space": "Amadika\u00a0Testerby",
    "Cyrillic letters that look alike": "T\u0435st\u0435rby",
    "Cyrillic capitals that look alike": "\u0422\u0415ST\u0415RBY",
    "Greek letters that look alike": "Am\u03b1dik\u03b1",
    "an accented letter of another alphabet": "Z\u043e\u0451",
    "letter by letter": "A m a d i k a",
    "letter by letter with full stops": "T.e.s.t.e.r.b.y",
    "letter by letter with hyphens": "a-m-a-d-i-k-a",
    "both names letter by letter": "A m a d i k a  T e s t e r b y",
    "letters below each other": "J\no\ns\nh\nu\na",
    "a particle": "de Inventado",
    "an ordinary word and a particle": "Faith de Madeupo",
    "a particle left out": "Inventado",
    "a particle joined": "deInventado",
    "Mc": "McPretend",
    "Mc apart": "Mc Pretend",
    "Mac for Mc": "MacPretend",
    "two ordinary words that are a name": "Will Young",
    "the same with a comma": "Young, Will",
    "an initial and an ordinary word": "W. Young",
    "joined as in a user name": "amadikatesterby",
    "a case ID": "100234",
    "a case ID with leading zeros": "00100234",
    "a case ID without its leading zeros": "12345",
    "a case ID in pieces": "100 234",
    "a case ID with letters": "CS/1234-AB",
    "the same with other separators": "cs 1234 ab",
    "a case ID outside the sample": "100777",
}


@pytest.mark.parametrize("what", VARIANTS.values(), ids=VARIANTS)
def test_a_variant_is_found_and_blocks(what: str) -> None:
    assert strong(f"It was said that {what} had left.") == [what]


@pytest.mark.parametrize(
    "what", ["Amadika's", "Amadika’s", "Amadikas", "Amadika Testerby's", "Testerbys", "Testerbys'"]
)
def test_a_possessive_is_found_and_its_ending_is_no_part_of_it(what: str) -> None:
    found = strong(f"It was {what} idea.")
    assert found == [what.rstrip("'").removesuffix("s").rstrip("'’")]


@settings(max_examples=150, deadline=None)
@given(
    what=st.sampled_from(list(VARIANTS.values())),
    before=st.sampled_from(["", "(", '"', "so ", "…", "1. ", "– ", "é ", "ß\n", "\t", "it: ", "said/"]),
    after=st.sampled_from(["", ")", '"', " so", "…", ".", ",", "?", "!", ";", "\n", " – é", "/she"]),
)
def test_a_variant_is_found_between_any_marks_at_its_exact_place(what: str, before: str, after: str) -> None:
    text = before + what + after
    covered = {at for hit in hits(text) if hit.tier == "strong" for at in range(hit.start, hit.end)}
    wanted = {len(before) + at for at, character in enumerate(what) if character.isalnum()}
    assert wanted <= covered
    assert covered <= set(range(len(before), len(before) + len(what)))


@pytest.mark.parametrize(
    "text",
    [
        "He will go in may, in the hope of a young friend in the street who speaks English.",
        "Will he go? May he? Hope remains. Young people were in the street.",
        "A White British young person. The Young Person was seen in May 2023 and on 3 May.",
        "Josephine", "Testerbyson and unTesterby", "mazoe", "100234567 and 1002345", "aCS1234AB",
        "She is 77 and lives at 345, 8 of them aged 345 weeks. In 1999 there were 2,345.",
        "A young man and a white van; i young",
    ],
)  # fmt: skip
def test_ordinary_words_longer_words_and_numbers_block_nothing(text: str) -> None:
    assert strong(text) == []


def test_a_name_that_is_a_word_is_queued_when_it_looks_like_a_name() -> None:
    assert weak("They saw Grace by the park.") == ["Grace"]
    assert weak("Grace said so.") == ["Grace"]
    assert weak("by the grace of those who may hope, by will") == []


def test_a_word_of_our_tables_is_queued_only_where_it_stands_alone() -> None:
    assert weak("She is White British and White Irish.") == []
    assert weak("We saw White there.") == ["White"]


def test_near_misses_are_queued() -> None:
    assert weak("We saw Amadkia and Testreby there.") == ["Amadkia", "Testreby"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("her mum Kofina rang", "Kofina"), ("Ms. Kofina rang", "Kofina"), ("his brother, Kofin, is in", "Kofin"),
        ("she goes to Oakfield Primary School now", "Oakfield Primary School"),
        ("lives at 12 Acacia Road", "12 Acacia Road"),
        ("AT was seen", "AT"), ("A.T was seen", "A.T"), ("case 345 is open", "345"),
    ],
)  # fmt: skip
def test_what_may_be_somebody_is_queued_and_blocks_nothing(text: str, what: str) -> None:
    assert what in weak(text)
    assert strong(text) == []


def test_a_hit_belongs_to_the_rows_own_child_or_to_the_only_one_it_can_be() -> None:
    text = "Amadika met Josh and Anne-Marie."
    assert [hit.child for hit in hits(text)] == [OWN, "SYN-003", None]


def test_the_scanner_gets_the_strong_tier_of_any_text() -> None:
    found = SEARCHER.find_in_parts("<t>Grace</t><t>Testerby</t><t>m1 4bt</t>")
    assert [(hit.rule, hit.tier) for hit in found] == [("name-alone", "strong"), ("postcode", "strong")]
