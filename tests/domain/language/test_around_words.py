"""What stands around a finding: shown as it is, judged by nobody. Every sentence is made up."""

from __future__ import annotations

import pytest

from xl_dipsample.domain.language.hit_context import around, cues


def shown(text, words="promiscuous"):
    start = text.lower().index(words)
    return around([(text, start, start + len(words))])[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("She is promiscuous.", ""),
        ("She is not promiscuous.", "after 'not'"),
        ("There is NO EVIDENCE that she is promiscuous.", "after 'no evidence that'"),
        ("There is no evidence of promiscuous behaviour.", "after 'no evidence of'"),
        ("Mother denies being promiscuous.", "after 'denies'"),
        ("She isn\u2019t promiscuous.", "after 'isn't'"),
        ("She was not there. She is promiscuous.", ""),
        ("She is not in school; she is promiscuous.", ""),
        ("She is not one of the girls who are promiscuous.", ""),
        ("She describes herself as promiscuous.", "after 'describes herself as'"),
        ("She said that she was not promiscuous.", "after 'not'; after 'said that'"),
        ("He called her \u201cpromiscuous\u201d.", "after 'called her'; in quotation marks"),
        ("Known as \u2018promiscuous\u2019 at school", "in quotation marks"),
        ("the 'promiscuous girl' of the class", "in quotation marks"),
        ("The boys' talk of promiscuous girls' lives", ""),
        ("He said 'no'. She is promiscuous. He said 'yes'.", ""),
        ('She is "fine" and promiscuous and "well"', ""),
        ('She is "promiscuous', ""),
        ("Nothing is known. Promiscuous", ""),
        ("Notable and promiscuous", ""),
    ],
)
def test_a_not_somebody_elses_words_and_quotation_marks_are_shown(text, told):
    assert shown(text) == told


def test_every_place_has_its_own_words():
    text = "not promiscuous. promiscuous"
    assert around([(text, 4, 15), (text, 17, 28)]) == ["after 'not'", ""]
    assert around([]) == []


def test_every_cue_of_the_list_can_be_read():
    assert len(cues()) > 10
    assert {cue.concern for cue in cues()} == {"negation", "reported"}
