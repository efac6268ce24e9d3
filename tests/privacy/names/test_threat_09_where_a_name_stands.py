"""Threat 9: names written in other letters or run into something; people, schools and places by where they stand.

Everybody in it is made up.
"""

from __future__ import annotations

import pandas as pd
import pytest

from tests.privacy.names.made_up import OWN, strong, weak
from xl_dipsample.privacy.names import Searcher


def blocked(name: str, text: str) -> list[str]:
    """What is strong in a text of the row of a child with this name."""
    child = pd.DataFrame([(OWN, name, "700001", None)], columns=["Unique ID", "Name", "Case ID", "Date of birth"])
    searcher = Searcher.of(child[["Name", "Case ID"]].astype(object), child.astype(object))
    return [text[hit.start : hit.end] for hit in searcher.find([text], [OWN]) if hit.tier == "strong"]


@pytest.mark.parametrize(
    "name",
    [
        "Κλεάνσυνθης Μαυρομμάτσυνθ", "Νίκησυνθ Νότησυνθ", "Sönthße Groß", "Yıldızsynth İpeksynth", "Սեւակսյնթ Երևսյնթ",
        "ანასინთ ბერსინთ", "Ꭰꮃꮒꮝ Ꮳꮃꭹꮝ", "Ɗansynth Ƙosynth", "Ħalsynth Øresynth", "Łucsynth Żaksynth",
    ],
)  # fmt: skip
@pytest.mark.parametrize("written", [str.upper, str.lower, str.title], ids=["capitals", "small letters", "both"])
def test_a_name_is_the_same_in_capitals_and_small_letters_of_any_script(name: str, written) -> None:
    """Final sigma, tonos, dotless i, sharp s, ligatures: what a script does to its letters hides no name."""
    whole = written(name)
    assert blocked(name, f"so {whole} left") == [whole]
    assert blocked(name, f"so {whole.split()[0]} left") == [whole.split()[0]]


def test_letters_written_out_are_the_same_name() -> None:
    assert blocked("Jürsynth Bøsynth", "so Juersynth Boesynth left") == ["Juersynth Boesynth"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("said Amadika14 was", "Amadika"), ("said amadika14 was", "amadika"), ("said 14AMADIKA was", "AMADIKA"),
        ("said Zoë9 was", "Zoë"), ("said Testerby2012, was", "Testerby"),
    ],
)  # fmt: skip
def test_an_age_or_year_run_into_a_name_hides_nothing(text: str, what: str) -> None:
    assert strong(text) == [what]


def test_three_letters_with_a_number_block_nothing_unless_they_begin_with_a_capital() -> None:
    """A workbook's own identifiers, in hexadecimal, hold such runs: they would refuse a clean copy."""
    assert blocked("Bea Syntho", "so bea1 left") == []
    assert blocked("Bea Syntho", "so Bea1 left") == ["Bea"]


def test_a_name_run_into_the_next_word_is_worth_a_look() -> None:
    assert weak("They saidAmadika was in.") == ["Amadika"]


@pytest.mark.parametrize("text", ["Madi was in.", "madika was in.", "Testie was in.", "Jolo was in."])
def test_the_beginning_or_end_of_the_childs_name_with_an_ending_is_worth_a_look(text: str) -> None:
    assert (weak(text) == [text.split()[0]]) == (text != "Madi was in.")  # the middle of a name is none


@pytest.mark.parametrize(
    "text",
    [
        "a male known as {Doc} came", "he goes by {Tiny} here", "a man they call {Shady K} came",
        "On the estate he is “{Doc}”. At home he is not.", 'contact "{Trapzy}" rang', "street name: {Bossman}, older",
        "two steps away {Kilo Boy}, whose flat it is", "a person with the street name {bossman}",
        'Text thread.\n{Tiny}: "u sure"\n{Kofinax}: "safe"', 'He said: "nah" / {Kofinax}: "safe"',
    ],
)  # fmt: skip
def test_a_street_name_is_worth_a_look_where_it_is_said_to_be_one(text: str) -> None:
    wanted = [part.split("}")[0] for part in text.split("{")[1:]]
    assert weak(text.replace("{", "").replace("}", "")) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "This is known as a strategy meeting.", "It is known as early help.", "Calls him over. They call them later.",
        'She said "Yes" and "No".', "The school, who rang, said so.", 'Child: "I want to go home"',
    ],
)  # fmt: skip
def test_what_is_only_called_something_is_no_street_name(text: str) -> None:
    assert weak(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("I asked about Kofinax, and she left", "Kofinax"), ("The tenant, Kofinax Brelloway, is", "Kofinax Brelloway"),
        ("the roll shows Kofinax Brelloway", "Kofinax Brelloway"), ("in the end of Kofinax", "Kofinax"),
        ("House of good things: Kofinax, my cat", "Kofinax"), ("She spoke to Kofinax here", "Kofinax"),
        ("They stood by Kofinax's flat", "Kofinax"), ("done by PCSO Kofinax here", "Kofinax"),
        ("his aunt kofinax brelloway came", "kofinax brelloway"), ("MET WITH KOFINAX BRELLOWAY", "KOFINAX BRELLOWAY"),
    ],
)  # fmt: skip
def test_somebody_on_no_list_is_worth_a_look_where_a_name_stands(text: str, what: str) -> None:
    assert weak(text) == [what]
    assert strong(text) == []


@pytest.mark.parametrize(
    "text", ["They went to Brelloway.", "Seen near Brelloway today.", "Kofinax Road is closed.", "CaseRef=none"]
)
def test_a_strange_word_where_a_place_stands_is_not(text: str) -> None:
    assert weak(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("tagged by frosty70 here", "frosty70"), ("look up kdfrx.50 and see", "kdfrx.50"),
        ("Social media: shadow_32 on TikTok", "shadow_32"), ("the other is peng.tiyan84.", "peng.tiyan84"),
        ("on Insta qveen.lo_32 is", "qveen.lo_32"), ("on Insta qveen.lo.89: hi", "qveen.lo.89"),
        ("snapchat account kdx04 is", "kdx04"), ("Snap: bossmanx is", "bossmanx"),
    ],
)  # fmt: skip
def test_a_handle_without_its_sign_is_worth_a_look(text: str, what: str) -> None:
    assert weak(text) == [what]


@pytest.mark.parametrize("text", ["See page12 and section47.", "COVID19 was over.", "Year11 left.", "home.2 days on"])
def test_a_word_with_a_number_is_no_handle(text: str) -> None:
    assert weak(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("turned up in M14.", "M14"),
        ("it happens round ng7.", "ng7"),
        ("moved from S5 to", "S5"),
        ("in SE15 today", "SE15"),
    ],
)
def test_half_a_postcode_is_worth_a_look_where_a_place_is_said(text: str, what: str) -> None:
    assert weak(text) == [what]


@pytest.mark.parametrize("text", ["under s47", "on the M6", "in s47 enquiries", "an S20 agreement", "flat e3"])
def test_a_section_of_an_act_and_a_motorway_are_no_place(text: str) -> None:
    assert weak(text) == []


@pytest.mark.parametrize(
    "what",
    [
        "Kofinax Academy", "Kofinax Park Academy", "Kofinax Grove School", "The Kofinax PRU",
        "Upper Kofinax Free School", "KOFINAX PARK ACADEMY",
        "kofinax girls' school", "St. Kofinax Primary School", "Kofinax High School",
        "St Kofin and All Kofinax School",
    ],
)  # fmt: skip
def test_a_school_by_name_is_worth_a_look_in_any_letters(what: str) -> None:
    text = (
        f"moved from {what}" if what.islower() else f"MOVED FROM {what}" if what.isupper() else f"Moved from {what} é"
    )
    assert weak(text) == [what.removeprefix("The ")]


@pytest.mark.parametrize(
    "text",
    ["GP and school will be found.", "She likes school.", "The School rang.", "A special free school", "High School"],
)
def test_a_school_without_a_name_is_none(text: str) -> None:
    assert weak(text) == []


def test_in_a_text_of_one_case_what_stands_before_a_listed_name_says_that_it_is_one() -> None:
    assert weak("NEITHER HAS MET THE PARENTS OF GRACE, WITH WHOM SHE IS.") == ["GRACE"]
    assert weak("neither told grace nor met hope") == ["grace", "hope"]
    assert weak("by the grace of those who may hope") == []
