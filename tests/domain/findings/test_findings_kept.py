"""A refresh of Findings: what people wrote stays, and what no longer fits is said."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.findings import kept_sentences
from xl_dipsample.domain.findings.kept_sentences import CHANGED, NO_LONGER, renewed

SIZE = ("Size of the sample", "The sample holds 60 cases.", "Summary!B8")
HARD = ("Hard to find", "For 3 of 60 cases (5%) the information was hard to find.", "Summary!B11")
HARDER = ("Hard to find", "For 4 of 60 cases (7%) the information was hard to find.", "Summary!B11")


def fresh(*lines: tuple[str, str, str]) -> pd.DataFrame:
    return renewed(lines, pd.DataFrame(columns=[*kept_sentences.HEADINGS, "Go there"], dtype=object))


def typed(frame: pd.DataFrame, row: int, **cells: object) -> pd.DataFrame:
    """Somebody types into a row; underscores stand for what a name cannot hold."""
    names = {"keep": "Keep?", "words": "In your words", "written_for": "Your words were for"}
    made = frame.copy()
    for name, cell in cells.items():
        made.loc[row, names.get(name, name)] = cell
    return made.astype(object).where(made.notna(), None)


def rows(frame: pd.DataFrame, *headings: str) -> list[list[object]]:
    return frame[list(headings)].to_numpy().tolist()


def test_keep_and_own_words_stay_with_what_the_line_is_about() -> None:
    before = typed(fresh(SIZE, HARD), 1, keep="Yes", words="Hard to find in three files.")
    after = renewed([HARD, SIZE], before)
    assert rows(after, "About", "Keep?", "In your words", "Note") == [
        ["Hard to find", "Yes", "Hard to find in three files.", None],
        ["Size of the sample", None, None, None],
    ]


def test_a_changed_sentence_is_noted_where_somebody_wrote_words_and_only_there() -> None:
    before = typed(fresh(SIZE, HARD), 1, words="Hard to find in three files.")
    before = typed(before, 0, keep="No")
    after = renewed([("Size of the sample", "The sample holds 61 cases.", "Summary!B8"), HARDER], before)
    assert rows(after, "Finding", "Keep?", "Note", "Your words were for") == [
        ["The sample holds 61 cases.", "No", None, None],
        [HARDER[1], None, CHANGED, HARD[1]],
    ]


def test_the_note_stays_until_the_numbers_come_back_or_the_words_are_confirmed() -> None:
    before = typed(fresh(HARD), 0, words="In three files.")
    changed = renewed([HARDER], before)
    assert rows(renewed([HARDER], changed), "Note") == [[CHANGED]]
    assert rows(renewed([HARD], changed), "Note") == [[None]]
    confirmed = typed(changed, 0, written_for=None)
    assert rows(renewed([HARDER], confirmed), "Note", "Your words were for") == [[None, HARDER[1]]]
    taken_back = typed(changed, 0, words=None)
    assert rows(renewed([HARDER], taken_back), "Note", "Your words were for") == [[None, None]]


def test_a_finding_that_no_longer_holds_goes_unless_somebody_wrote_words() -> None:
    before = typed(fresh(SIZE, HARD), 1, words="In three files.")
    before = typed(before, 0, keep="Yes")
    after = renewed([], before)
    assert rows(after, "About", "Finding", "Where it comes from", "In your words", "Note", "Your words were for") == [
        ["Hard to find", HARD[1], None, "In three files.", NO_LONGER, HARD[1]]
    ]
    assert rows(renewed([], after), "Note") == [[NO_LONGER]]
    back = renewed([HARD], after)
    assert rows(back, "Where it comes from", "In your words", "Note") == [["Summary!B11", "In three files.", None]]


def test_lines_that_people_add_are_kept_as_they_are_at_the_end() -> None:
    own: list[dict[str, object]] = [
        {"About": "Our own", "Finding": "Nobody asked the youth club.", "Keep?": "Yes"},
        {"In your words": "A line without anything else."},
        {"About": "Hard to find", "Finding": "Typed by somebody under a name of ours."},
    ]
    before = pd.concat([pd.DataFrame(own, dtype=object), fresh(SIZE, HARD)], ignore_index=True).astype(object)
    before = before.where(before.notna(), None)
    after = renewed([SIZE, HARD], before)
    assert rows(after, "About", "Finding", "In your words", "Keep?") == [
        [*SIZE[:2], None, None],
        [*HARD[:2], None, None],
        ["Our own", "Nobody asked the youth club.", None, "Yes"],
        [None, None, "A line without anything else.", None],
        ["Hard to find", "Typed by somebody under a name of ours.", None, None],
    ]
    again = renewed([SIZE, HARD], after)
    pd.testing.assert_frame_equal(again, after)


def test_a_line_that_somebody_copied_or_gave_an_address_is_theirs_and_stays() -> None:
    before = fresh(SIZE, HARD)
    copied = before.loc[[1]].assign(Finding="Copied, and changed.")
    own = pd.DataFrame(
        [{"About": "Our own", "Finding": "Look here.", "Where it comes from": "Review!B7"}], dtype=object
    )
    whole = pd.concat([before, copied, own], ignore_index=True).astype(object)
    after = renewed([SIZE, HARD], whole.where(whole.notna(), None))
    assert rows(after, "Finding", "Where it comes from")[2:] == [
        ["Copied, and changed.", "Summary!B11"],
        ["Look here.", "Review!B7"],
    ]


def test_a_column_that_people_added_comes_along_and_keeps_its_line() -> None:
    before = fresh(SIZE, HARD).assign(**{"Talked about": ["12 March", None]}).astype(object)
    after = renewed([HARD], before)
    assert rows(after, "About", "Note", "Talked about") == [
        ["Hard to find", None, None],
        ["Size of the sample", NO_LONGER, "12 March"],
    ]


def test_a_table_of_an_older_workbook_is_taken_as_it_is() -> None:
    older = pd.DataFrame(
        [["Most went to early help", "Yes", None]], columns=["Finding", "Keep?", "In your words"], dtype=object
    )
    assert rows(renewed([SIZE], older), "About", "Finding", "Keep?") == [
        [*SIZE[:2], None],
        [None, "Most went to early help", "Yes"],
    ]


def test_blank_lines_go() -> None:
    before = pd.concat([fresh(SIZE), pd.DataFrame([{}], dtype=object)], ignore_index=True).astype(object)
    assert len(renewed([SIZE], before)) == 1
