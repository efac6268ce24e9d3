"""Unique IDs. Threat 8: a mistyped ID opens another child's file."""

from __future__ import annotations

import itertools
import re
from collections import Counter

import pytest

from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.privacy.key import ids

SPACES_AND_DASHES = " \u00a0\t-‑–—−"


def bare(unique_id: str) -> str:
    return unique_id.replace("-", "")[2:]


def contribution(place: int, character: str) -> int:
    """What one character adds to the sum, found out from the public function alone."""
    if place == ids.DRAWN:
        return (ids.DRAWN + 1) * ids.ALPHABET.index(character)
    return (place + 1) * ids.ALPHABET.index(character)


def is_id(characters: str) -> bool:
    try:
        return ids.parse(characters) == f"DS-{characters[:3]}-{characters[3:]}"
    except PrivacyProblem:
        return False


def test_the_alphabet_has_no_vowels_and_nothing_that_looks_alike() -> None:
    assert ids.ALPHABET == "23456789BCDFGHJKMNPQRSTVWXYZ"
    assert len(set(ids.ALPHABET)) == 28
    assert not set(ids.ALPHABET) & set("AEIOUL01")


def test_an_id_is_a_sum_of_weighted_characters_that_29_divides() -> None:
    for unique_id in ids.new_ids(2000, taken=set()):
        assert sum(contribution(place, c) for place, c in enumerate(bare(unique_id))) % 29 == 0


def test_threat_8_every_single_wrong_character_changes_the_sum() -> None:
    """All places x all pairs of characters. Other characters add the same to both sums, so this is every ID."""
    for place, (one, other) in itertools.product(range(7), itertools.permutations(ids.ALPHABET, 2)):
        assert (contribution(place, one) - contribution(place, other)) % 29 != 0


def test_threat_8_every_swap_of_any_two_characters_changes_the_sum() -> None:
    """Neighbours (over the hyphen, and with the check character) and any others; again this is every ID."""
    for (a, b), (one, other) in itertools.product(
        itertools.combinations(range(7), 2), itertools.permutations(ids.ALPHABET, 2)
    ):
        right = contribution(a, one) + contribution(b, other)
        wrong = contribution(a, other) + contribution(b, one)
        assert (right - wrong) % 29 != 0


def test_threat_8_every_single_error_in_a_hundred_ids_is_refused_as_typed() -> None:
    for unique_id in ids.new_ids(100, taken=set()):
        right = bare(unique_id)
        assert is_id(right)
        for place, character in itertools.product(range(7), ids.ALPHABET):
            if right[place] != character:
                assert not is_id(right[:place] + character + right[place + 1 :])
        for place in range(6):
            swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
            assert swapped == right or not is_id(swapped)
        for place in range(7):
            assert not is_id(right[:place] + right[place + 1 :]), "a character is missing"
            assert not is_id(right[:place] + "7" + right[place:]), "a character is too many"


def test_a_wrong_prefix_is_refused_too() -> None:
    [unique_id] = ids.new_ids(1, taken=set())
    for wrong in ("SD", "D5", "DD", "SS"):
        with pytest.raises(PrivacyProblem):
            ids.parse(wrong + unique_id[2:])


@pytest.mark.parametrize("confused", "0O1ILlAEU4a".replace("4", ""))
def test_a_character_that_ids_never_use_is_refused_and_not_guessed(confused: str) -> None:
    with pytest.raises(PrivacyProblem, match="digits 2 to 9") as refused:
        ids.parse("DS-7GK-4MX" + confused)
    assert "7GK" not in refused.value.sentence


@pytest.mark.parametrize("look_alike", ["DЅ-7GK-4MX3", "DS-7GK-4МX3", "Dſ-7GK-4MX3", "DS-7GK-4MX３", "DS-7GK-4MX٣"])
def test_letters_and_digits_of_other_scripts_never_turn_into_ours(look_alike: str) -> None:
    with pytest.raises(PrivacyProblem):
        ids.parse(look_alike)


@pytest.mark.parametrize(
    "typed",
    ["DS-7GK-4MX3", "ds-7gk-4mx3", "7GK4MX3", "7gk 4mx3", " DS 7GK 4MX3 ", "DS7GK4MX3", "DS–7GK–4MX3", "DS‑7GK‑4MX3\n"],
)
def test_case_spaces_hyphens_and_the_prefix_are_no_matter(typed: str) -> None:
    assert ids.parse(typed) == "DS-7GK-4MX3"


def test_an_id_that_begins_with_the_letters_of_the_prefix_is_read_right() -> None:
    begins = next(
        f"DS{a}{b}{c}{d}{check}"
        for a, b, c, d in itertools.product(ids.ALPHABET, repeat=4)
        if (check := ids.check_character(f"DS{a}{b}{c}{d}"))
    )
    written = f"DS-{begins[:3]}-{begins[3:]}"
    assert ids.parse(begins) == ids.parse(written) == written


@pytest.mark.parametrize("typed", ["", " ", "DS", "DS-", "7GK", "DS-7GK-4MX3-DS-7GK-4MX3", "7" * 10_000, "Ann Other"])
def test_what_is_no_id_at_all_gets_one_sentence_that_does_not_repeat_it(typed: str) -> None:
    with pytest.raises(PrivacyProblem) as refused:
        ids.parse(typed)
    assert refused.value.sentence.startswith("This is no unique ID")
    assert "Ann" not in refused.value.sentence


def test_new_ids_are_well_formed_different_and_none_of_the_taken() -> None:
    taken = set(ids.new_ids(3000, taken=set()))
    fresh = ids.new_ids(3000, taken=taken)
    assert len(taken) == 3000
    assert len(set(fresh)) == 3000
    assert not taken & set(fresh)
    assert all(re.fullmatch(r"DS-[2-9B-Z]{3}-[2-9B-Z]{4}", unique_id) for unique_id in fresh)
    assert all(ids.parse(unique_id) == unique_id for unique_id in fresh)
    assert ids.new_ids(0, taken=taken) == []


def test_every_character_is_drawn_about_as_often_as_any_other() -> None:
    drawn = Counter("".join(bare(unique_id)[:6] for unique_id in ids.new_ids(14_000, taken=set())))
    assert len(drawn) == 28
    assert 2500 < min(drawn.values()) < max(drawn.values()) < 3500  # 3,000 expected, 54 the standard deviation


def test_did_you_mean_finds_the_known_id_one_edit_away() -> None:
    known = [*ids.new_ids(500, taken={"DS-7GK-4MX3"}), "DS-7GK-4MX3"]
    mistyped = [
        "DS-7GK-4XM3",
        "7GK4MX",
        "DS-7GK-4MX33",
        "DS-7GK-4M03",
        "ds7gk4mxx",
        "D-7GK-4MX3",
        "7KG4MX3",
        "DX-7GK-4MX3",
    ]
    for typed in mistyped:
        assert "DS-7GK-4MX3" in ids.suggestions(typed, known), typed
    for far in ("", "Ann Other", "DS-222-2222", "7GK4M", "7" * 10_000):
        assert "DS-7GK-4MX3" not in ids.suggestions(far, known), far
