"""Findings in context: every planted one is found once, nothing else is, and the words around it are whole."""

from __future__ import annotations

import random
import re
import unicodedata

import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from xl_dipsample.domain.language.term_hits import CLOSURE, CUT, FOUND, INVOLVEMENT, after, before, findings, with_text
from xl_dipsample.domain.language.term_patterns import LONGEST_ENDING
from xl_dipsample.domain.language.terms import TERMS_HEADINGS, find_in_texts, find_terms, known_terms, terms_of
from xl_dipsample.domain.shared import reference


def review(*rows, **more):
    return pd.DataFrame([{"Unique ID": f"DS-{n}", **row} for n, row in enumerate(rows, 1)], dtype=object)


def terms(*rows):
    return pd.DataFrame([(*row, *[None] * (4 - len(row))) for row in rows], columns=list(TERMS_HEADINGS), dtype=object)


PLANTED = [
    "SEXUALLY ACTIVE", "sexually\nactive", "sexually\r\n active", "sexually\u00a0active", "sexually\u2003active",
    "\u201cstreetwise\u201d", "\u2018Street wise\u2019", "attention\u2011seeking", "Attention\u2013Seeking",
    "abscon\u00added", "multiple  sexual   partners", "puts herself at risk",
]  # fmt: skip
HARMLESS = ["non-consensual", "girlfriends", "unpromiscuous", "wise street", "t\u0177 g\u0175yl", "active, sexually"]


def test_every_planted_wording_is_found_once_and_nothing_else_is():
    dice = random.Random(3)
    filler = ["the", "worker", "spoke", "with", "h\u0175n", "and", "the school", "about"]
    text, expected = "", 0
    for _ in range(200):
        words = dice.choice([*PLANTED, *HARMLESS, *filler])
        expected += words in PLANTED
        text += words + dice.choice([" ", ", ", ". ", "\n"])
    found = findings(review({INVOLVEMENT: text}), known_terms())
    assert len(found) == expected > 20


def test_a_finding_says_where_it_stands_and_what_it_is():
    row = {INVOLVEMENT: "He   was\nSexually\u00a0Active  at twelve.", CLOSURE: None, "Summary of harm": "boyfriend"}
    found = findings(review(row), known_terms())
    assert list(found.columns) == list(FOUND)
    assert found[["Column", "Words before", "Term", "Words after", "Concern"]].to_numpy().tolist() == [
        [INVOLVEMENT, "He was", "Sexually Active", "at twelve.", "Implies consent"],
        ["Summary of harm", "", "boyfriend", "", "Normalises the harm"],
    ]


def test_welsh_letters_written_as_two_signs_are_letters():
    table = terms(("t\u0177 gw\u00ean", "A concern"))
    two_signs = unicodedata.normalize("NFD", "Yn y T\u0177 Gw\u00ean heddiw")
    assert two_signs != unicodedata.normalize("NFC", two_signs)
    found = findings(review({CLOSURE: two_signs}), terms_of(table).terms)
    assert found["Term"].tolist() == ["T\u0177 Gw\u00ean"]
    assert findings(review({CLOSURE: "abscond\u0177"}), terms_of(terms(("abscond", "A"))).terms).empty


def test_only_cases_in_the_sample_are_read():
    rows = review({CLOSURE: "absconded", "In sample?": " no"}, {CLOSURE: "absconded", "In sample?": "Yes"})
    rows.loc[2] = {"Unique ID": None, CLOSURE: "absconded", "In sample?": None}
    assert findings(rows, known_terms())["Unique ID"].tolist() == ["DS-2"]
    assert with_text(rows).tolist() == [False, True, False]


def test_questions_of_the_team_are_read_when_they_are_named_and_other_columns_are_not():
    rows = review({"What was said?": "She absconded", "My own notes": "She absconded", "Reviewer": "abscond"})
    assert findings(rows, known_terms()).empty
    assert findings(rows, known_terms(), ["What was said?", "Not there"])["Column"].tolist() == ["What was said?"]


def test_terms_that_overlap_are_both_shown_and_one_term_twice_is_two_rows():
    table = terms(("at risk", "One"), ("risk of harm", "Two"))
    found = findings(review({CLOSURE: "At risk of harm, at risk"}), terms_of(table).terms)
    assert found[["Term", "Concern"]].to_numpy().tolist() == [
        ["At risk", "One"], ["risk of harm", "Two"], ["at risk", "One"],
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab c\n\u00a0,", max_size=300), st.integers(0, 300), st.integers(0, 10))
def test_the_words_around_are_whole_words_of_the_text_and_at_most_sixty_characters(text, place, length):
    start, end = min(place, len(text)), min(place + length, len(text))
    for words, side in ((before(text, start), text[:start]), (after(text, end), text[end:])):
        plain = words.strip(f"{CUT} ")
        assert len(plain) <= 60
        assert plain in " ".join(side.split())
        assert (CUT in words) == (len(side) > 60)
        if CUT not in words:
            assert plain == " ".join(side.split())
        if CUT in words and plain:
            cut = words.split() if words.startswith(CUT) else words.split()[::-1]
            assert cut[1] in side.split(), "no word is cut in two"


def test_a_word_that_just_fits_is_shown():
    text = " ".join(["abcde"] * 21)
    assert before(text, 120) == f"{CUT} {' '.join(['abcde'] * 10)}"
    assert after(text, 5) == f"{' '.join(['abcde'] * 10)} {CUT}"


def slowly(text):
    """Term by term with the table's own words as a regular expression, on the text with plain signs and spaces."""
    plain = text.replace("\u00ad", "")
    for signs, sign in (("\u2018\u2019", "'"), ("\u201c\u201d", '"'), ("\u2010\u2011\u2013", "-")):
        plain = re.sub(f"[{signs}]", sign, plain)
    plain = re.sub(r"\s+", " ", plain)
    return sorted(
        (match.group().lower(), row["concern"])
        for row in reference.table("language_terms")
        for match in re.finditer(rf"(?<!\w)(?<!\bnon[- ])(?:{row['pattern']})(?!\w)", plain, re.IGNORECASE)
    )


PIECES = [
    "sexually", "active", "promiscuous", "NON", "consensual", "Not", "engaging", "fails", "to", "engage", "her", "own",
    "choices", "older", "Boyfriend", "boyfriend's", "absconding", "gang", "nominal", "hang", "out", "with", "adults",
    " ", "  ", "\u00a0", "\n", "-", "\u2011", "\u2013", "\u00ad", ".", "\u2019", "\u201c", "(", "\u0177",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.sampled_from([*PIECES, " ", " "]), max_size=18), min_size=1, max_size=4))
@example([["sexually", "NON", " ", "Boyfriend"]])  # "non" is a word of its own, not the end of another
def test_many_texts_at_once_give_what_a_slow_reading_of_each_gives(lists):
    written = ["".join(pieces) for pieces in lists]
    read = [text.replace("\u00ad", "") for text in written]  # a soft hyphen ends no word
    assume(all(len(word) <= LONGEST_ENDING for text in read for word in re.findall(r"\w+", text)))
    for text, hits in zip(written, find_in_texts(written, known_terms()), strict=True):
        assert hits == find_terms(text, known_terms())
        found = sorted((_plain(text[hit.start : hit.end]), hit.concern) for hit in hits)
        assert found == slowly(text)


def _plain(words):
    words = re.sub(r"\s+", " ", words.replace("\u00ad", ""))
    return re.sub("[\u2011\u2013]", "-", words).replace("\u2019", "'").lower()


def test_the_teams_own_terms_replace_the_shipped_ones():
    table = terms(("Known to services", "Judges", "Says nothing", "say what is known"), (None,), ("  ", "Blank"))
    read = terms_of(table)
    assert read.unreadable == ()
    found = findings(review({CLOSURE: "Well known to services. Absconded."}), read.terms)
    assert found[["Term", "Concern", "Why it matters", "Consider instead"]].to_numpy().tolist() == [
        ["known to services", "Judges", "Says nothing", "say what is known"]
    ]


@pytest.mark.parametrize("table", [None, terms(), terms((None, "A concern"), ("  ",))])
def test_without_words_in_the_table_the_shipped_terms_are_looked_for(table):
    assert terms_of(table) == (known_terms(), ())


def test_words_that_cannot_be_read_are_told_by_their_row_and_left_out():
    read = terms_of(terms(("abscond", "One"), ("(at risk", "Two"), (None,), ("a+", "Three"), ("boyfriend",)))
    assert read.unreadable == (1, 3)
    assert [term.concern for term in read.terms] == ["One", "No concern named"]


def test_the_same_words_for_the_same_concern_are_one_term_and_for_another_two():
    read = terms_of(terms(("abscond", "One"), ("Abscond ", "one"), ("abscond", "Two")))
    assert [term.concern for term in read.terms] == ["One", "Two"]


def test_rows_in_another_order_and_columns_that_do_not_matter_change_nothing():
    rows = review(*[{CLOSURE: f"case {n}: " + word} for n, word in enumerate(PLANTED)])
    first = findings(rows, known_terms())
    other = findings(rows.sample(frac=1, random_state=5).assign(Irrelevant="absconded"), known_terms())
    columns = list(FOUND)
    assert first.sort_values(columns).to_numpy().tolist() == other.sort_values(columns).to_numpy().tolist()


def test_cells_that_are_no_text_do_no_harm():
    rows = review({INVOLVEMENT: 12.0, CLOSURE: True}, {INVOLVEMENT: "#NAME?", CLOSURE: "=1+1 absconded"})
    assert findings(rows, known_terms())["Words before"].tolist() == ["=1+1"]
    assert with_text(rows).tolist() == [True, True]
