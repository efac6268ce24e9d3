"""Patterns of the table Terms: what they mean, and which are refused because a search with them could run for ever."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.language.term_patterns import LONGEST, START, UnreadablePattern, compiled
from xl_dipsample.domain.shared import reference


def whole(pattern, text):
    return bool(compiled(pattern).regex.fullmatch(text))


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("(put|puts) (him|her)self", ["put himself", "puts herself"], ["put herselves", "puts  himself x"]),
        ("abscond*", ["abscond", "absconds", "absconding"], ["abscon", "absconds off"]),
        ("abscond\\w*", ["abscond", "absconds"], ["abscon"]),
        ("street ?wise", ["streetwise", "street wise", "street   wise"], ["street-wise"]),
        ("attention[- ]seeking", ["attention-seeking", "attention seeking"], ["attentionseeking"]),
        ("(older )?friend", ["friend", "older friend"], ["older"]),
        ("e.g.", ["e.g."], ["eggs"]),
        ("why\\?", ["why?"], ["wh", "why"]),
        ("what (now)?", ["what now"], ["what then"]),
    ],
)
def test_a_pattern_finds_what_its_signs_say(pattern, yes, no):
    assert [whole(pattern, text) for text in yes] == [True] * len(yes)
    assert [whole(pattern, text) for text in no] == [False] * len(no)


@pytest.mark.parametrize(
    "pattern",
    [
        "(at risk", "at risk)", "[ab", "[]", "[^a]", "[a-z]", "a{2}", "a+", "^a", "a$", "(?:a)", "(?=a)",
        "\\d", "\\1", "\\",
        "\\w", "?", "|?", "x?", "*", "\\w*", "(a|)", "", "a||b", "((((((a))))))", "a" * (LONGEST + 1),
        "(a*)*b*c*d*e", "(a|a)" * 20, "a?" * 30 + "a" * 30, "(" * 50, "\\w*a\\w*b\\w*c\\w*d",
        "|".join(["a*b*(c|d|e|f|g|h|i|j|k|l|m|n|o|p)"] * 3),
    ],
)  # fmt: skip
def test_a_pattern_outside_the_language_or_with_too_many_ways_is_refused(pattern):
    with pytest.raises(UnreadablePattern):
        compiled(pattern)


@pytest.mark.parametrize("pattern", ["(a|a)" * 13 + "b", "a?" * 13 + "b", "a*a*b", "(aa?){0}b".replace("{0}", "?") * 6])
def test_the_slowest_pattern_that_is_allowed_ends_soon(pattern):
    found = compiled(pattern)
    started = time.process_time()
    found.regex.search("a" * 2000 + " " + "a" * 30 + "!")
    assert time.process_time() - started < 0.5


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet="ab ?*|()[]\\w-.+{", max_size=14), st.text(alphabet="ab -", max_size=12))
def test_anything_typed_is_read_or_refused_and_a_match_begins_as_announced(pattern, text):
    try:
        found = compiled(pattern)
    except UnreadablePattern:
        return
    for match in found.regex.finditer(text):
        assert match.group()
        starts = found.starts
        assert not starts or any(text[match.start() :].startswith(start) for start in starts)


def test_the_shipped_terms_announce_how_they_begin():
    for row in reference.table("language_terms"):
        starts = compiled(row["pattern"]).starts
        assert starts
        assert all(2 <= len(start) <= START for start in starts)


def test_the_shipped_terms_mean_what_they_mean_as_regular_expressions():
    text = " ".join(re.sub(r"[^\w' -]", "", row["pattern"].split("|")[0]) for row in reference.table("language_terms"))
    text += " puts himself at risk older boyfriend fails to engage unengaged kept going missing gang nominal recruiting"
    for row in reference.table("language_terms"):
        plain = re.compile(rf"(?<!\w)(?:{row['pattern']})(?!\w)")
        assert compiled(row["pattern"]).regex.findall(text) == [one.group() for one in plain.finditer(text)]
