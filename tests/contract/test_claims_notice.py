"""A claim that nothing can break claims nothing: each is seen to fail on a host with the mistake that it is about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import broken_hosts as broken
import pytest

from xl_dipsample.addin.selftest.contract import claims_for
from xl_dipsample.addin.selftest.contract.bench import Bench
from xl_dipsample.addin.selftest.contract.expect import ClaimFailed
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.workbook.host import Host

CLAIMS = {claim.name: claim for claim in claims_for(live=False)}
NOTICED: dict[type[broken.FileHost] | Callable[[Path], Host], str] = {
    broken.ForgetsATable: "a_new_workbook_says_its_kind_and_names_its_tables",
    broken.TheBlankRowCounts: "the_one_blank_row_of_an_empty_table_is_no_row",
    broken.BlanksAsNan: """blank_values_of_every_sort_are_none a_named_cell_can_be_emptied
        no_table_of_a_new_workbook_reads_as_anything_but_none_where_it_is_blank""",
    broken.OneFrameForAll: "what_is_read_is_the_callers_to_change",
    broken.NeverSaves: "what_was_written_reads_the_same_before_and_after_saving",
    broken.SilentAboutWhatIsGone: "a_table_or_name_that_is_not_there_is_one_sentence",
    broken.NumbersAsFloats: "what_is_written_is_read_back_with_its_types whole_numbers_are_int_and_midnight_is_a_date",
    broken.BooleansAsNumbers: "booleans_stay_booleans_and_are_no_numbers",
    broken.RoundedNumbers: "numbers_keep_every_digit_that_excel_holds",
    broken.ByPlace: """columns_are_matched_by_heading_and_the_others_of_ours_are_blank
        a_heading_that_the_table_does_not_have_is_refused""",
    broken.KeepsTheFormulasGiven: """formula_columns_are_filled_down_whatever_is_written
        formula_columns_grow_with_the_table""",
    broken.FormulasRun: """text_that_looks_like_a_formula_stays_text text_in_a_column_of_dates_stays_text
        what_people_typed_in_their_columns_stays_as_they_typed_it""",
    broken.DigitsAsNumbers: """leading_zeros_and_text_that_looks_like_a_number_stay_text
        a_named_cell_holds_text_that_looks_like_something_else
        settings_of_several_types_in_one_column_keep_their_types""",
    broken.TextAsDates: "text_that_looks_like_a_date_stays_text",
    broken.AsciiOnly: "letters_of_every_alphabet_signs_and_line_breaks_stay",
    broken.ShortTexts: "the_longest_text_that_a_cell_holds_is_kept_whole",
    broken.CutsLongTexts: "a_text_too_long_for_a_cell_is_refused_with_its_place",
    broken.MomentsAsDates: "a_date_and_time_column_keeps_midnight_as_a_moment a_time_of_day_is_kept_to_the_second",
    broken.DatesAsMoments: "dates_are_dates_and_keep_their_day dates_in_a_column_of_the_export_are_dates",
    broken.DaysOfLotus: "dates_before_march_1900_come_back_as_they_were_written",
    broken.NeverShrinks: """a_table_shrinks_and_can_be_emptied
        a_long_table_shrinks_to_a_short_one_and_nothing_is_left_below""",
    broken.OldColumnsOfTheLongList: "the_long_list_takes_the_columns_it_is_given",
    broken.TidyHeadings: "headings_that_look_like_numbers_formulas_or_dates_stay",
    broken.DisturbsNeighbours: """tables_side_by_side_do_not_disturb_each_other
        a_table_that_is_written_changes_no_other_table""",
    broken.DropsOwnColumns: "columns_that_people_added_stay_with_their_rows",
    broken.OwnColumnsByPlace: """columns_that_people_added_can_be_written_too
        own_columns_follow_their_rows_when_a_person_sorted_the_table""",
    broken.NamedCellsApart: "a_named_cell_is_written_and_read a_named_cell_inside_a_table_and_the_table_agree",
    broken.NothingIsTakenBack: """a_transaction_that_fails_leaves_nothing
        what_was_there_before_a_failing_transaction_is_put_back""",
    broken.SavesAtOnce: "a_transaction_that_fails_leaves_the_file_as_it_was_byte_for_byte",
    broken.TakesEverythingBack: """a_transaction_that_succeeds_is_saved_whole""",
    broken.NeverShowsWhatWaits: "reading_inside_a_transaction_sees_what_was_written_in_it",
    broken.StuckAfterAnError: "after_a_failing_transaction_the_next_one_works",
    broken.CopiesMove: "a_copy_has_what_was_written_and_the_subject_stays",
    broken.CopiesAreOfNewWorkbooks: "a_copy_of_a_workbook_that_was_not_changed_holds_the_same",
    broken.WritesIntoTheCopy: "after_a_copy_the_subject_can_be_written_and_saved",
    broken.StopsAtAThousand: "five_thousand_rows_are_written_and_read_whole",
    broken.SeesOnlyWhatShows: "a_filter_hides_no_row_from_us",
    broken.LosesFilters: "hidden_rows_are_written_too_and_the_filter_stays",
    broken.LeavesRowsHidden: "after_other_rows_came_a_filter_hides_none_that_it_would_show",
    broken.FailsOnEmptyTables: "a_filtered_table_can_be_emptied_and_shrunk",
    broken.SortsAnew: "a_sorted_table_is_read_as_it_stands_and_written_in_the_order_given",
    broken.ShowsColumns: "hidden_columns_are_read_and_written_and_stay_hidden",
    broken.TellsNoFormulas: "formulas_that_a_person_typed_are_told_by_row_and_heading",
    broken.opens_anything: "a_workbook_that_is_not_ours_is_refused a_workbook_of_a_newer_version_is_refused",
}
PAIRS = [(mistake, name) for mistake, names in NOTICED.items() for name in names.split()]


@pytest.mark.parametrize(("mistake", "name"), PAIRS, ids=[f"{mistake.__name__}-{name}" for mistake, name in PAIRS])
def test_a_broken_host_is_noticed(mistake: object, name: str, tmp_path: Path) -> None:
    is_host = isinstance(mistake, type) and issubclass(mistake, broken.FileHost)
    opened = broken.opener(mistake) if is_host else mistake  # type: ignore[arg-type]
    with pytest.raises((ClaimFailed, DipSampleError)):
        CLAIMS[name].run(Bench(tmp_path, opened))  # type: ignore[arg-type]


def test_every_claim_about_closed_files_has_a_host_that_breaks_it() -> None:
    assert {name for _, name in PAIRS} == set(CLAIMS)
