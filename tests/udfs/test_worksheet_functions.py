"""The worksheet functions: the same answers as the workbooks', and as the rules worked out by hand. Synthetic cells."""

from __future__ import annotations

import datetime as dt
import doctest
import io
import itertools
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import filled_workbooks
from udfs import functions, ranges
from udfs.functions import (
    DIP_AGE,
    DIP_CATEGORIES,
    DIP_CATEGORY,
    DIP_CHECK_ID,
    DIP_CONCERNS,
    DIP_DIFFERENCE,
    DIP_INTERVAL,
    DIP_NHS_VALID,
    DIP_SCENARIO,
)
from xl_dipsample.domain.long_list.label_mapping import categories
from xl_dipsample.domain.pseudonymise import unique_id
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.statistics import newcombe, wilson
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import spec

DATES = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


def down(grid):
    assert all(len(row) == 1 for row in grid)
    return [row[0] for row in grid]


# Age


def test_a_birthday_on_the_contact_date_counts() -> None:
    births = [[dt.datetime(2008, 6, 15)]] * 2  # noqa: DTZ001 - Excel's dates have no zone
    contacts = [[dt.datetime(2022, 6, 14)], [dt.datetime(2022, 6, 15)]]  # noqa: DTZ001
    assert DIP_AGE(births, contacts) == [["13"], ["14"]]


def test_an_age_that_nobody_knows_is_blank_and_hides_no_other() -> None:
    births = [[None], ["not a date"], ["01/01/2030"], ["06/2008"], [39614.0]]
    assert DIP_AGE(births, [["15/06/2022"]]) == [[""], [""], [""], ["13-14"], ["14"]]


@settings(max_examples=60, deadline=None)
@given(DATES, DATES)
def test_the_age_is_how_many_birthdays_there_were(birth: dt.date, contact: dt.date) -> None:
    def birthday(year: int) -> dt.date:
        leap_day = (birth.month, birth.day) == (2, 29)
        try:
            return birth.replace(year=year)
        except ValueError:
            assert leap_day
            return dt.date(year, 3, 1)

    had = sum(birthday(year) <= contact for year in range(birth.year + 1, contact.year + 1))
    expected = "" if birth > contact else str(had)
    assert down(DIP_AGE(birth.strftime("%d/%m/%Y"), contact.isoformat())) == [expected]


# Categories and scenarios


def test_categories_are_the_words_of_the_reference_lists() -> None:
    cells = [["11A"], ["Gangs, CSE"], ["16A"], ["21"], [None], ["Zorbing"], ["Zorbing; 10A"]]
    assert down(DIP_CATEGORY(cells)) == [
        "CSE", "CSE; Gangs", "", "No category recorded", "", "Not mapped", "Missing; Not mapped",
    ]  # fmt: skip


def test_categories_side_by_side_are_those_of_one_cell_taken_apart() -> None:
    labels = [[", ".join(pair)] for pair in itertools.combinations([*categories(), "Zorbing", "21"], 2)]
    joined, apart = down(DIP_CATEGORY(labels)), DIP_CATEGORIES(labels)
    assert [[word for word in row if word] for row in apart] == [cell.split("; ") for cell in joined]
    assert {len(row) for row in apart} == {2}


def test_categories_side_by_side_of_blanks_are_one_blank_column() -> None:
    assert DIP_CATEGORIES([[None], [""]]) == [[""], [""]]


def test_the_scenario_is_that_of_the_review_table() -> None:
    levels = [["Significant harm"], ["In need"], ["Not clear from the file"], [None]]
    found = down(DIP_SCENARIO(levels, [["Yes"]]))
    assert found == [review_rules.scenarios()[0], review_rules.scenarios()[2], review_rules.scenarios()[4], ""]


# Shares


def test_the_interval_is_wilsons_and_blank_without_a_share() -> None:
    counts = [[7.0], [0.0], [5.0], [None], ["n/a"], ["7"], [1.5], [-1.0], [True]]
    totals = [[50.0], [10.0], [4.0], [4.0], [4.0], ["50 "], [10.0], [10.0], [10.0]]
    blank = ["", ""]
    assert DIP_INTERVAL(counts, totals) == [
        list(wilson(7, 50)), list(wilson(0, 10)), blank, blank, blank, list(wilson(7, 50)), blank, blank, blank,
    ]  # fmt: skip
    assert DIP_INTERVAL([[0]], [[0]]) == [blank]


@settings(max_examples=100, deadline=None)
@given(st.integers(10, 500), st.integers(10, 500), st.data())
def test_the_difference_is_newcombes_later_minus_earlier_and_the_sentence_agrees(n1, n2, data) -> None:
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    [[difference, low, high, sentence]] = DIP_DIFFERENCE(float(k1), float(n1), str(k2), float(n2))
    assert difference == pytest.approx(k2 / n2 - k1 / n1)
    assert (low, high) == newcombe(k2, n2, k1, n1)
    assert sentence.startswith(f"{k1} of {n1} (")
    assert f"then, {k2} of {n2} (" in sentence
    change = "a clear rise" if low > 0 else "a clear fall" if high < 0 else "no clear change"
    assert sentence.endswith(f"now: {change}")


def test_below_ten_cases_the_difference_is_counts_and_says_that_they_are_few() -> None:
    few = DIP_DIFFERENCE([[1], [9]], [[9], [10]], [[5], [3]], [[40], [10]])
    assert few[0] == ["", "", "", "1 of 9 then, 5 of 40 now: too few cases to compare"]
    assert few[1][3] == "9 of 10 (90%) then, 3 of 10 (30%) now: a clear fall"


def test_a_difference_of_what_is_no_share_is_four_blanks() -> None:
    assert DIP_DIFFERENCE(5, 4, 3, 10) == [[""] * 4]
    assert DIP_DIFFERENCE(5, None, 3, 10) == [[""] * 4]


# Unique IDs and NHS numbers


def test_an_id_is_well_formed_exactly_when_29_divides_its_weighted_sum() -> None:
    for drawn in ("7GK4MX", "BCDFGH", "222222", "ZYXWVT"):
        for last in unique_id.ALPHABET:
            written = f"DS-{drawn[:3]}-{drawn[3:]}{last}"
            total = sum(at * unique_id.ALPHABET.index(one) for at, one in enumerate(drawn + last, start=1))
            [[answer]] = DIP_CHECK_ID(written)
            assert (answer is True) == (total % 29 == 0)


def test_a_wrong_id_gets_a_sentence_that_does_not_repeat_it() -> None:
    answers = down(DIP_CHECK_ID([["DS-7GK-4XM3"], ["Ann Other"], ["7GK"], [7.0], [None], [" ds 7gk 4mx3 "]]))
    assert answers[5] is True
    assert answers[4] == ""
    for answer in answers[:4]:
        assert answer.startswith("This is no unique ID: a character is ")
        assert "Ann" not in answer


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_nine_digits_have_one_nhs_check_digit_or_none(first_nine: str) -> None:
    valid = [last for last in range(10) if DIP_NHS_VALID(first_nine + str(last)) == [[True]]]
    weighted = sum((10 - at) * int(digit) for at, digit in enumerate(first_nine))
    expected = [last for last in range(10) if (weighted + last) % 11 == 0 and len({*first_nine, str(last)}) > 1]
    assert valid == expected


def test_an_nhs_number_may_be_a_number_or_text_with_gaps() -> None:
    cells = [["943 476 5919"], ["943-476-5919"], [" 943\u00a0476\u00a05919"], [9434765919.0], ["9434765918"], ["none"]]
    assert down(DIP_NHS_VALID(cells)) == [True, True, True, True, False, False]


# Language


def test_concerns_stand_once_each_in_the_order_of_the_text() -> None:
    texts = [["Promiscuous. Absconds, absconded. Consensual."], ["He was exploited."], [None], [12.0]]
    assert down(DIP_CONCERNS(texts)) == ["Disbelieves or minimises; Criminalises or minimises", "", "", ""]


# What all functions share

ARGUMENTS = {name: getattr(functions, name).__wrapped__.__code__.co_argcount for name in functions.__all__}
ODD = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.sampled_from(sorted(ranges.ERROR_WORDS)),
    st.sampled_from([*ranges.ERROR_NUMBERS][:60]),
    st.just(ranges.LEFT_OUT),
    st.binary(max_size=3),
    st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(9999, 1, 1)),  # noqa: DTZ001
)


@pytest.mark.parametrize("name", functions.__all__)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_whatever_stands_in_the_cells_nothing_is_raised_and_rows_stay_rows(name, data) -> None:
    rows = data.draw(st.integers(1, 4))
    column = st.lists(ODD.map(lambda cell: [cell]), min_size=rows, max_size=rows)
    answer = getattr(functions, name)(*(data.draw(column) for _ in range(ARGUMENTS[name])))
    assert len(answer) == rows
    assert len({len(row) for row in answer}) == 1
    assert all(isinstance(cell, str | bool | int | float) for row in answer for cell in row)
    assert ranges.NO_ANSWER not in {cell for row in answer for cell in row}


@pytest.mark.parametrize("name", functions.__all__)
def test_blank_in_gives_blank_out_and_so_does_an_error_or_nothing_at_all(name) -> None:
    function, wanted = getattr(functions, name), ARGUMENTS[name]
    for blank in (None, "", " ", "\u00a0", "#N/A", ranges.LEFT_OUT, -2146826246, float("nan"), [], [[]], ((None,),)):
        answer = function(*[blank] * wanted)
        assert len(answer) == 1
        assert set(answer[0]) == {""}


def test_answers_of_one_cell_each_stand_as_the_cells_do() -> None:
    assert DIP_CATEGORY([["10A", "11A", None], [None, "Zorbing", "10A"]]) == [
        ["Missing", "CSE", ""], ["", "Not mapped", "Missing"],
    ]  # fmt: skip
    assert DIP_CATEGORY(("10A", "11A")) == [["Missing", "CSE"]]
    assert DIP_CATEGORIES([["10A", "11A"]]) == [[ranges.ONE_COLUMN]]


def test_ranges_of_different_size_are_not_guessed_at_unless_only_blanks_are_left_over() -> None:
    births = [["15/06/2008"], ["15/06/2009"], [None]]
    assert DIP_AGE(births, [["15/06/2022"], ["15/06/2022"]]) == [["14"], ["13"], [""]]
    assert DIP_AGE([*births, ["15/06/2009"]], [["15/06/2022"], ["15/06/2022"]]) == [[ranges.UNEQUAL]]
    assert DIP_AGE(births, [["15/06/2022"] * 2] * 3) == [[ranges.UNEQUAL]]
    assert DIP_AGE(births[:2], "15/06/2022") == DIP_AGE(births[:2], [["15/06/2022"]] * 2) == [["14"], ["13"]]


def test_what_goes_wrong_inside_is_two_words_and_not_what_python_says() -> None:
    @ranges.cell_by_cell
    def broken(cells):
        raise RuntimeError(f"a traceback that holds {cells}")

    assert broken([["Ann Other"]]) == [[ranges.NO_ANSWER]]


@pytest.mark.parametrize("kind", spec.KINDS)
def test_no_shared_workbook_holds_a_worksheet_function_of_ours(kind) -> None:
    """They would show #NAME? on a PC without the add-in. The templates that we ship, and filled workbooks."""
    template = (reference.template_folder() / f"{kind}.xltx").read_bytes()
    for book in (template, build(kind, *filled_workbooks.filled(kind))):
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            texts = [archive.read(name).upper() for name in archive.namelist()]
        assert any(b"<F>" in text for text in texts), "there are formulas to look at"
        assert not [text for text in texts if b"DIP_" in text]


def test_a_function_loads_no_action_and_no_workbook_code() -> None:
    told = "import sys, udfs.functions; print([m for m in sys.modules if m.startswith('xl_dipsample.')])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    for part in ("actions", "workbook", "privacy", "cli"):
        assert f"xl_dipsample.{part}" not in done.stdout


def test_the_examples_of_the_help_are_true() -> None:
    for module, examples in ((functions, 10), (ranges, 1)):
        tried = doctest.testmod(module)
        assert tried.failed == 0
        assert tried.attempted >= examples - 1
