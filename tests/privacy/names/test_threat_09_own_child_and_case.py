"""Threat 9: the row's own child, everybody imported for that case, scripts, and halves of names. All synthetic."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pandas as pd
import pytest

from xl_dipsample.privacy.names import STRONG, WEAK, Hit, Searcher, propose

ROWS = [  # name, case ID, role
    ("May Cooper", "7100001", "child"),
    ("Hope Church", "7100002", "child"),
    ("Will Popescu", "7100003", "child"),
    ("আয়েশা হোসেন", "7100004", "child"),
    ("லட்சுமி ராஜன்", "7100005", "child"),
    ("ജോസഫ് തോമസ്", "7100006", "child"),
    ("ਹਰਪ੍ਰੀਤ ਸਿੰਘ", "7100007", "child"),
    ("प्रिया शर्मा", "7100008", "child"),
    ("પ્રિયા પટેલ", "7100009", "child"),
    ("सीता थापा", "7100010", "child"),
    ("小明 王", "7100011", "child"),
    ("Łukasz Wiśniewski", "7100012", "child"),
    ("Rose Mark", "7100001", "parent"),
    ("Joy Ferriday", "7100001", "worker"),
    ("Church Hill Primary", "7100001", "school"),
    ("12 Saltergate, Synthville", "7100001", "place"),
    ("Home educated", "7100002", "school"),
    ("Z330730522019", "7100001", "number"),
    ("REF-287773", "7100001", "number"),
    ("Youth Justice", "7100002", "worker"),
]


def searcher() -> Searcher:
    names = pd.DataFrame(ROWS, columns=["Name", "Case ID", "Role"], dtype=object)
    children = names[names["Role"] == "child"].assign(
        **{"Unique ID": [f"DS-{n:02d}" for n in range(1, 13)], "Date of birth": dt.date(2010, 1, 2)}
    )
    return Searcher.of(names, children.astype(object))


FOUND = searcher()


def hits(text: str, row: int) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.tier) for hit in _hits(text, row)]


def _hits(text: str, row: int) -> list[Hit]:
    return FOUND.find([text], [f"DS-{row:02d}"])


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("May told the worker that it was over.", 1, "May"),
        ("MAY WAS AT HOME.", 1, "MAY"),
        ("spoke to may about it", 1, "may"),
        ("then church was seen", 2, "church"),
        ("hope church did not come", 2, "hope church"),
        ("we saw hope today", 2, "hope"),
        ("met WILL POPESCU there", 3, "WILL POPESCU"),
    ],
)
def test_the_row_s_own_child_is_strong_also_as_a_word_in_any_case(text: str, row: int, words: str) -> None:
    assert (words, STRONG) in hits(text, row)


@pytest.mark.parametrize("text", ["in May 2024", "on 3 May", "since May", "a young person", "White British"])
def test_a_month_is_no_child(text: str) -> None:
    assert hits(f"seen {text} by staff", 1) == []


@pytest.mark.parametrize("text", ["will popescu", "Will popescu", "will Popescu", "POPESCU, WILL", "popescu will"])
def test_half_a_name_found_proposes_the_whole_in_any_row(text: str) -> None:
    assert hits(f"he met {text} at noon", 1) == [(text, STRONG)]


@pytest.mark.parametrize("text", ["it will be", "they hope so", "as it may", "the church hall"])
def test_words_of_other_rows_children_do_not_block(text: str) -> None:
    assert all(tier == WEAK for _, tier in hits(f"Said {text} again", 12))


def test_somebody_of_the_case_is_strong_though_a_word_and_has_a_role() -> None:
    text = "Rang Mark, then Joy. Joy Ferriday came."
    found = _hits(text, 1)
    assert [(text[hit.start : hit.end], hit.tier) for hit in found] == [
        ("Mark", STRONG), ("Joy", STRONG), ("Joy Ferriday", STRONG),
    ]  # fmt: skip
    assert propose([text], found, ["DS-01"]) == ["[PARENT]", "[WORKER]", "[WORKER]"]


@pytest.mark.parametrize(("row", "name"), [(n + 1, name) for n, (name, _, role) in enumerate(ROWS) if role == "child"])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_every_script_and_unicode_form_is_one(row: int, name: str, form: str) -> None:
    for words in (name, *(word for word in name.split() if len(word) > 1)):
        written = unicodedata.normalize(form, words)
        for text in (f"{written} was seen", f"seen: {written.upper()}", f"seen {written.lower()}, twice"):
            found = _hits(text, row)
            covered = {at for hit in found if hit.tier == STRONG for at in range(hit.start, hit.end)}
            start = text.casefold().find(written.casefold()) if written.casefold() in text.casefold() else None
            assert covered, (row, form)
            if start is not None and len(text) == len(f"{written} was seen"):
                assert covered == set(range(len(written)))


def test_chinese_names_stand_without_spaces() -> None:
    assert hits("昨天王小明来了", 11) == [("王小明", STRONG)]
    assert hits("小明说", 11) == [("小明", STRONG)]


def test_an_ending_of_the_grammar_stays_behind() -> None:
    assert hits("আয়েশাকে দেখা গেছে", 4) == [("আয়েশা", STRONG)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("goes to church hill primary", "church hill primary"),
        ("left CHURCH HILL PRIMARY", "CHURCH HILL PRIMARY"),
        ("lives on saltergate", "saltergate"),
        ("upn z330730522019", "z330730522019"),
        ("REF 287773 closed", "REF 287773"),
        ("ref287773 closed", "ref287773"),
    ],
)
def test_schools_streets_and_numbers_of_the_export_are_strong(text: str, words: str) -> None:
    assert (words, STRONG) in hits(text, 12)


def test_words_for_no_school_and_a_service_as_worker_block_nothing() -> None:
    assert [tier for _, tier in hits("Home educated. Referred to Youth Justice Service.", 12)].count(STRONG) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("adds @synth.kid99 daily", "@synth.kid99"),
        ("goes by xo_synth_19 there", "xo_synth_19"),
        ("a car, AB12 CDE, waited", "AB12 CDE"),
        ("in car ab12cde", "ab12cde"),
        ("pupil A123456789012", "A123456789012"),
        ("he came to NE6 again", "NE6"),
        ("ring 496 0555", "496 0555"),
        ("near 14 Invented Road", "14 Invented Road"),
        ("at Synthwood Academy", "Synthwood Academy"),
        ("with Kwame there", "Kwame"),
        ("a boy called Zqskeng", "Zqskeng"),
        ("ms castellano rang", "castellano"),
    ],
)
def test_what_is_on_no_list_is_worth_a_look(text: str, words: str) -> None:
    assert hits(text, 12) == [(words, WEAK)]


@pytest.mark.parametrize("text", ["a s47 enquiry", "under S20", "the M6", "Year 10", "it cost £4960555", "email"])
def test_what_only_looks_like_a_shape_is_not_shown(text: str) -> None:
    assert hits(text, 12) == []


def test_a_slip_of_one_letter_in_the_own_child_s_name_is_worth_a_look_in_any_case() -> None:
    for text in ("popecsu", "Popesu", "POPESSCU", "pepescu"):
        assert hits(f"saw {text} there", 3) == [(text, WEAK)]
