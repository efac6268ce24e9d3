"""Terms in texts: what is found, what is not, and where it stands. Every text is made up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.language.terms import concerns, find_terms, known_terms, read_terms
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.errors import SettingProblem


def term(pattern, concern="A concern"):
    row = {"pattern": pattern, "concern": concern, "why_it_matters": "", "consider_instead": "", "source": ""}
    return read_terms([row])


def found(text, terms=None):
    return [text[hit.start : hit.end] for hit in find_terms(text, terms or known_terms())]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She keeps putting herself at risk.", ["putting herself at risk"]),
        ("PUT HIMSELF AT RISK", ["PUT HIMSELF AT RISK"]),
        ("they place themselves at risk", ["place themselves at risk"]),
        (
            "involved in CSE and involved in child criminal exploitation",
            ["involved in CSE", "involved in child criminal exploitation"],
        ),
        ("Her older boyfriend's car", ["older boyfriend"]),
        ("street wise, streetwise", ["street wise", "streetwise"]),
        ("attention-seeking or attention seeking", ["attention-seeking", "attention seeking"]),
        (
            "did not engage; non-engaging; disengaged; failed to engage",
            ["not engage", "non-engaging", "disengaged", "failed to engage"],
        ),
        ("She keeps going missing", ["keeps going missing"]),
        ("abscond, absconded, absconding", ["abscond", "absconded", "absconding"]),
        ("a drug runner", ["drug runner"]),
    ],
)
def test_the_listed_terms_are_found_as_they_are_written(text, words):
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "promiscuously",
        "unpromiscuous",
        "girlfriends",
        "nonconsensual",
        "non-consensual",
        "non\u2011consensual",
        "the gang members",
        "recklessness",
        "engaged well",
        "wise street",
        "manipulatively",
        "_promiscuous_",
    ],
)
def test_another_word_or_another_ending_is_not_found_unless_the_table_says_so(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "gap", [" ", "  ", "\u00a0", "\n", "\r\n", "\t", " \u00a0\n ", "\u2009", "\u202f", " \u200b", "\u2028"]
)
def test_any_gap_between_words_is_a_gap(gap):
    text = f"He is sexually{gap}active."
    assert found(text) == [f"sexually{gap}active"]


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2013", "\u2212", " "])
def test_any_dash_is_a_dash(dash):
    assert found(f"attention{dash}seeking") == [f"attention{dash}seeking"]


@pytest.mark.parametrize("mark", ["'", "\u2019", "\u2018", "\u02bc"])
def test_straight_and_curly_quotes_are_one(mark):
    assert found(f"She doesn{mark}t care, she said", term("doesn't care")) == [f"doesn{mark}t care"]


def test_a_soft_hyphen_hides_no_word():
    assert found("a manipu\u00adlative child") == ["manipu\u00adlative"]


def test_hits_stand_in_the_order_of_the_text_and_may_overlap():
    terms = term("at risk", "One") + term("risk of harm", "Two") + term("at", "Three")
    text = "At risk of harm, at risk"
    assert [(text[hit.start : hit.end], hit.concern) for hit in find_terms(text, terms)] == [
        ("At", "Three"), ("At risk", "One"), ("risk of harm", "Two"), ("at", "Three"), ("at risk", "One"),
    ]  # fmt: skip
    assert concerns(text, terms) == ["Three", "One", "Two"]
    assert concerns("nothing of the kind", terms) == []


def test_every_row_of_the_table_is_a_term_with_its_concern():
    rows = reference.table("language_terms")
    assert [(one.concern, one.why, one.instead) for one in known_terms()] == [
        (row["concern"], row["why_it_matters"], row["consider_instead"]) for row in rows
    ]


def test_no_term_finds_nothing_everywhere():
    for one in known_terms():
        assert find_terms("A young person lives with an aunt and goes to school.", [one]) == []
        assert find_terms("", [one]) == []


@pytest.mark.parametrize("pattern", ["(risk", "x?", "*"])
def test_a_pattern_that_cannot_be_read_is_said_by_its_row(pattern):
    with pytest.raises(SettingProblem, match=r"row 2 of language_terms\.csv"):
        term(pattern)


PIECES = ["sexually", "active", "promiscuous", "a", "\u00a0", " ", "\n", "-", "\u00ad", "."]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["sexually", "active", "promiscuous", "a", "\u00a0", " ", "\n", "-", "\u00ad", "."]),
        max_size=14,
    )
)
def test_it_finds_what_a_slow_reading_finds(pieces):
    """Independent rule: take out soft hyphens, every blank one space, look between non-letters."""
    text = "".join(pieces)
    plain = re.sub(r"\s+", " ", text.replace("\u00ad", ""))
    expected = len(re.findall(r"\bsexually active\b|\bpromiscuous\b", plain))
    hits = find_terms(text, known_terms())
    assert len(hits) == expected
    for hit in hits:
        assert re.sub(r"\s+", " ", text[hit.start : hit.end].replace("\u00ad", "")) in (
            "sexually active",
            "promiscuous",
        )
