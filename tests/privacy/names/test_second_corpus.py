"""The second corpus is true in itself: what it marks stands where it says, and belongs to the row it says."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import pairwise

from tests.privacy.names.second_corpus import Extract, Kind, OrdinaryWord, Planted, extracts, long_list

HEADINGS = {
    "mother": "Mother's Name",
    "father": "Father's Name",
    "alias": "Alias",
    "known as": "Known As",
    "school": "School",
    "street": "Street",
    "case ID": "Person ID",
    "UPN": "UPN",
    "NHS number": "NHS Number",
    "referral ID": "Referral ID",
    "telephone": "Telephone",
    "postcode": "Postcode",
    "date of birth": "Date of Birth",
}


STROKES = str.maketrans({"’": "'", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae"})


def plain(text: str) -> str:
    """Small letters, without accents, strokes or curly apostrophes."""
    apart = unicodedata.normalize("NFD", text.casefold().translate(STROKES))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def of_kind(kind: Kind) -> list[tuple[Extract, Planted]]:
    return [(extract, one) for extract in extracts() for one in extract.planted if one.kind is kind]


def test_there_are_enough_extracts_and_frames_and_no_frame_comes_often() -> None:
    frames = Counter(extract.frame for extract in extracts())
    assert len(extracts()) >= 420
    assert len(frames) >= 120
    assert max(frames.values()) <= 6
    assert len({extract.text for extract in extracts()}) == len(extracts())
    assert len({extract.row for extract in extracts()}) == len(extracts())


def test_what_is_marked_stands_where_the_corpus_says_and_nothing_is_marked_twice() -> None:
    for extract in extracts():
        marks: list[Planted | OrdinaryWord] = [*extract.planted, *extract.ordinary_words]
        marks.sort(key=lambda one: one.start)
        assert all(extract.text[one.start : one.end] == one.text for one in marks), extract.id
        assert all(one.end <= after.start for one, after in pairwise(marks)), extract.id


def test_each_kind_is_there_often_enough_to_be_counted() -> None:
    kinds = Counter(one.kind for extract in extracts() for one in extract.planted)
    assert all(kinds[kind] >= 50 for kind in Kind), kinds


def test_the_own_childs_name_is_the_one_that_the_row_has() -> None:
    for extract, one in of_kind(Kind.OWN_CHILD):
        row = long_list()[extract.row]
        forename, surname = plain(row["Forename"]), plain(row["Surname"])
        between = plain(one.text)
        for name in (forename, surname):
            between = between.replace(name, "", 1)
        assert between != plain(one.text), extract.id
        assert not between.strip(" ,()\n"), (extract.id, between)


def test_a_slip_is_no_name_of_the_row() -> None:
    for extract, one in of_kind(Kind.OWN_CHILD_SLIP):
        first = plain(one.text.split()[0])
        forename = plain(long_list()[extract.row]["Forename"])
        assert first != forename, extract.id
        assert abs(len(first) - len(forename)) <= 1, extract.id


def test_what_is_marked_as_exported_is_a_cell_of_the_row() -> None:
    for kind in (Kind.LISTED, Kind.IMPORTED_IDENTIFIER):
        for extract, one in of_kind(kind):
            row = long_list()[extract.row]
            if one.exact:
                cell = row["House Number"] + " " + row["Street"] if one.role == "address" else row[HEADINGS[one.role]]
                assert plain(one.text) == plain(cell), extract.id


def test_an_unlisted_person_is_on_no_row_by_that_name() -> None:
    headings = ("Known As", "Alias", "Mother's Name", "Father's Name")
    listed = {plain(row[heading]) for row in long_list().values() for heading in headings}
    listed |= {plain(row["Forename"] + " " + row["Surname"]) for row in long_list().values()}
    assert not [extract.id for extract, one in of_kind(Kind.UNLISTED_PERSON) if plain(one.text) in listed]


def test_a_word_that_is_no_name_here_is_a_name_of_the_rows_own_child() -> None:
    for extract in extracts():
        row = long_list()[extract.row]
        names = {plain(row["Forename"]), plain(row["Surname"])}
        assert all(plain(word.text) in names for word in extract.ordinary_words), extract.id
