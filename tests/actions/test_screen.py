"""Check text for names: press, decide on the list, press again. All children, cases and texts are synthetic."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.actions import screening
from tests.actions.screening import CLOSURE, EXTRACT, SUMMARY, Screened, screened
from tests.actions.typing_in import add_column, edit, set_cell
from tests.actions.workbooks import PASSPHRASE, dipsample, table
from tests.office import libreoffice
from xl_dipsample.actions.screen import list_path
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.key_file import open_key, write_key
from xl_dipsample.sharing.screened_texts import texts_of
from xl_dipsample.sharing.text_decisions import BY_HAND, CHANGED, MOST_WEAK, NOTHING, UNKNOWN
from xl_dipsample.workbook.build import text_check_list
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

REPLACE, KEEP = {"Decision": "Replace"}, {"Decision": "Keep in this row"}
STORY = "Mum said that Zodwa Testchild\r\nwas seen. Zodwa\u2019s case 7351902 is open; ring 07700 900123."


@pytest.fixture
def files(tmp_path: Path) -> Screened:
    return screened(
        tmp_path,
        texts=[(0, EXTRACT, STORY), (0, CLOSURE, "ZODWA left."), (1, EXTRACT, "\u201cTariq\u201d was there."),
               (2, EXTRACT, "Nobody is named here."), (3, SUMMARY, "=cmd|'/c calc'!A0 Kwabena")],
    )  # fmt: skip


def test_a_press_lists_what_was_found_and_says_that_somebody_must_decide(files: Screened) -> None:
    status, result, said = files.press()
    assert (status, said) == (1, "")
    assert result["figures"]["strong"] == result["figures"]["open"] == 6
    assert result["files"] == [str(files.list)]
    assert files.list == list_path(files.review, files.key)
    a, b, _, d = files.ids
    assert sorted(files.found()) == sorted(
        [(a, "Zodwa Testchild"), (a, "Zodwa"), (a, "7351902"), (a, "07700 900123"), (b, "Tariq"), (d, "Kwabena")]
    )


def test_messages_say_where_and_by_which_rule(files: Screened) -> None:
    errors = [one for one in files.press()[1]["messages"] if one["level"] == "error"]
    rows = {unique_id: row for row, unique_id in enumerate(sorted(files.ids), start=6)}
    assert {(one["sheet"], one["row"], one["column"], one["code"]) for one in errors} == {
        ("Review", rows[files.ids[0]], EXTRACT, "name"),
        ("Review", rows[files.ids[0]], EXTRACT, "name-alone"),
        ("Review", rows[files.ids[0]], EXTRACT, "case-id"),
        ("Review", rows[files.ids[0]], EXTRACT, "phone"),
        ("Review", rows[files.ids[0]], CLOSURE, "name-alone"),
        ("Review", rows[files.ids[1]], EXTRACT, "name-alone"),
        ("Review", rows[files.ids[3]], SUMMARY, "name-alone"),
    }


def test_press_decide_press_replaces_and_keeps(files: Screened) -> None:
    files.press()
    files.decide(
        {
            "Zodwa Testchild": REPLACE,
            "Zodwa": REPLACE,
            "7351902": REPLACE,
            "07700 900123": REPLACE | {"Replace with": "[A NUMBER]"},
            "Tariq": KEEP | {"Initials": "XY"},
            "Kwabena": REPLACE,
        }
    )
    status, result, said = files.press()
    assert (status, said) == (0, "")
    figures = result["figures"]
    assert (figures["open"], figures["replaced"], figures["kept"]) == (0, 5, 1)
    assert files.text(0, EXTRACT) == (
        "Mum said that [CHILD]\r\nwas seen. [CHILD]\u2019s case [CASE ID] is open; ring [A NUMBER]."
    )
    assert files.text(0, CLOSURE) == "[CHILD] left."
    assert files.text(1, EXTRACT) == "\u201cTariq\u201d was there."
    assert files.text(3, SUMMARY) == "=cmd|'/c calc'!A0 [CHILD B]"
    assert not [words for _, words in files.found()]


def test_the_same_words_in_one_case_are_one_decision(files: Screened) -> None:
    files.press()
    rows = files.listed().set_index("Found")
    assert rows.loc["Zodwa", "Times"] == 2
    assert rows.loc["Zodwa", "Column"] == f"{EXTRACT}\n{CLOSURE}"
    assert "ZODWA left." in rows.loc["Zodwa", "Also here"]
    assert rows.loc["Zodwa", "Words before"].endswith("was seen.")


def test_what_must_be_decided_comes_first_and_case_by_case(tmp_path: Path) -> None:
    files = screened(tmp_path, texts=[(n, EXTRACT, "Zodwa went. Rose saw Tariq.") for n in range(4)])
    files.press()
    rows = files.listed()
    assert list(rows["Tier"]) == ["Must be decided"] * 9 + ["Worth a look"] * (
        len(rows) - 9
    )  # one of them is Rose's row
    for tier in ("Must be decided", "Worth a look"):
        ids = list(rows.loc[rows["Tier"] == tier, "Unique ID"])
        assert ids == sorted(ids)


def test_what_is_worth_a_look_never_blocks(tmp_path: Path) -> None:
    files = screened(tmp_path, texts=[(0, EXTRACT, "They saw Rose at the park.")])
    status, result, _ = files.press()
    assert (status, result["figures"]["weak"], result["figures"]["open"]) == (0, 1, 0)
    assert files.found() == [(files.ids[0], "Rose")]


def test_roles_replaces_what_must_be_decided_without_asking_and_says_so(files: Screened) -> None:
    files.press()
    files.decide({"Tariq": KEEP, "07700 900123": {"Replace with": "[HIS PHONE]"}})
    status, result, _ = files.press("--roles")
    assert (status, result["figures"]["replaced"], result["figures"]["kept"]) == (0, 5, 1)
    assert "[HIS PHONE]" in files.text(0, EXTRACT)
    assert "Tariq" in files.text(1, EXTRACT)
    assert "replaced by role 5" in table(files.review, "Audit")["Figures"].iloc[-1]


def test_the_same_child_keeps_its_letter_in_a_row(tmp_path: Path) -> None:
    files = screened(tmp_path, texts=[(0, EXTRACT, "Kwabena and Ilse met.")])
    files.press("--roles")
    assert files.text(0, EXTRACT) == "[CHILD B] and [CHILD C] met."
    files.type_in(0, CLOSURE, "Ilse left with Tariq.")
    files.press("--roles")
    assert files.text(0, CLOSURE) == "[CHILD C] left with [CHILD D]."


def test_a_text_that_changed_since_is_looked_at_again(files: Screened) -> None:
    files.press()
    files.decide({"Tariq": REPLACE, "Kwabena": REPLACE})
    files.type_in(1, EXTRACT, "Not so: Tariq was away.")
    status, result, _ = files.press()
    assert status == 1
    assert files.text(1, EXTRACT) == "Not so: Tariq was away."
    assert files.text(3, SUMMARY) == "=cmd|'/c calc'!A0 [CHILD B]"
    row = files.listed().set_index("Found").loc["Tariq"]
    assert (row["Note"], row["Decision"]) == (CHANGED, None)
    assert [one["text"] for one in result["messages"] if one["code"] == "decision-not-taken"] == [CHANGED]


def test_a_decision_with_a_typing_mistake_is_said_and_not_guessed(files: Screened) -> None:
    files.press()
    place = list(files.listed()["Found"]).index("Tariq") + 6
    files.decide({"Tariq": {"Decision": "Replase"}, "Kwabena": REPLACE | {"Replace with": None}})
    status, result, _ = files.press()
    told = {one["row"]: one["text"] for one in result["messages"] if one["code"] == "decision-not-taken"}
    assert (status, told[place]) == (1, UNKNOWN)
    assert sorted(told.values()) == sorted([UNKNOWN, NOTHING])
    assert result["figures"]["replaced"] == result["figures"]["kept"] == 0
    assert files.listed().set_index("Found").loc["Tariq", "Decision"] == "Replase"


def test_what_is_typed_in_open_rows_stays(files: Screened) -> None:
    files.press()
    files.decide({"Tariq": {"Replace with": "[A FRIEND]", "Initials": "QQ"}})
    files.press()
    row = files.listed().set_index("Found").loc["Tariq"]
    assert (row["Replace with"], row["Initials"], row["Decision"]) == ("[A FRIEND]", "QQ", None)


def test_the_list_may_be_sorted_and_rows_deleted(files: Screened) -> None:
    files.press()
    files.decide({"Tariq": KEEP, "Kwabena": REPLACE})
    book = openpyxl.load_workbook(files.list)
    page = book["Text check"]
    body = [[cell.value for cell in row] for row in page.iter_rows(min_row=6)]
    left = [cells for cells in reversed(body) if not {"Zodwa", "7351902"} & set(cells)]
    assert len(left) == len(body) - 2
    blank: list[object] = [None] * len(body[0])
    for number, cells in enumerate([*left, blank, blank], start=6):
        for column, value in enumerate(cells, start=1):
            page.cell(number, column).value = value
            if isinstance(value, str):
                page.cell(number, column).data_type = "s"  # as Excel keeps a text that looks like a formula
    book.save(files.list)
    _, result, _ = files.press()
    assert (result["figures"]["replaced"], result["figures"]["kept"], result["figures"]["open"]) == (1, 1, 4)


def test_copies_that_refresh_analysis_made_follow_the_decision(files: Screened) -> None:
    files.type_in(3, CLOSURE, "Kwabena moved.")
    dipsample("analyse", files.review)
    assert any("Kwabena" in str(cell) for cell in table(files.review, "Thresholds").to_numpy().ravel())
    files.press()
    dipsample("analyse", files.review)  # pressed in between: no decision is lost by it
    files.decide({"Kwabena": REPLACE})
    _, result, _ = files.press()
    assert (result["figures"]["replaced"], result["figures"]["open"]) == (1, 5)
    assert not any("Kwabena" in str(cell) for cell in table(files.review, "Thresholds").to_numpy().ravel())


def test_focus_findings_actions_and_own_columns_are_checked_too(files: Screened) -> None:
    add_column(files.review, "Review", "What Tariq said")
    set_cell(files.review, "Focus", "Main question", "Why did Ilse go?")
    files.type_in(2, "What Tariq said", screening.BORN[2])

    def fill(host: FileHost) -> None:
        action = pd.DataFrame([{"Action": "Ring Kwabena", "Owner": "QA"}], columns=host.read_table("Actions").columns)
        host.write_table("Actions", action.astype(object).where(action.notna(), None))

    edit(files.review, fill)
    files.press()
    rows = files.listed()
    where = {(row["Sheet"], row["Column"], row["Found"]) for row in rows.to_dict("records")}
    assert ("Focus", "Value", "Ilse") in where
    assert ("Actions", "Action", "Kwabena") in where
    assert ("Review", "What Tariq said", "Tariq") in where
    assert ("Review", "What Tariq said", screening.BORN[2].isoformat()) in where
    heading = rows[rows["Column"] == "What Tariq said"].set_index("Found").loc["Tariq"]
    assert heading["Excel row"] == 5
    files.decide({"Ilse": REPLACE, screening.BORN[2].isoformat(): REPLACE, "Tariq": REPLACE})
    _, result, _ = files.press()
    assert [one["text"] for one in result["messages"] if one["code"] == "decision-not-taken"] == [BY_HAND]
    assert files.text(2, "What Tariq said") == "[DATE OF BIRTH]"
    assert "Ilse" not in str(table(files.review, "Focus")["Value"].tolist())


def test_start_says_that_the_step_is_not_done_while_something_is_open(files: Screened) -> None:
    files.press()
    start = table(files.review, "Start").set_index("What to do").loc["Check text for names"]
    assert (start["State"], start["What it found"]) == ("Next", "6 must be decided, 0 worth a look")
    files.press("--roles")
    start = table(files.review, "Start").set_index("What to do").loc["Check text for names"]
    assert (start["State"], start["What it found"]) == ("Done", "0 must be decided, 0 worth a look")


def fill(files: Screened, many: int, name: str, words: str) -> None:
    """So many more children of one forename in the sample, each with the same words in Review."""
    key = open_key(files.key, PASSPHRASE)
    rows = [[str(8000000 + n), f"{name} Number{n}", None, None, n, None] for n in range(many)]
    children = pd.DataFrame(rows, columns=list(key_book.ROW_COLUMNS), dtype=object)
    book, made = key_book.assign(key.book, children, "s", screening.SAMPLE, "Young person")
    write_key(key.with_book(book))
    frame = table(files.review, "Review").reindex(range(many)).astype(object)
    frame = frame.where(frame.notna(), None)
    frame["Unique ID"], frame[EXTRACT] = list(made), words
    values = {"sample_id": screening.SAMPLE, "sample_name": "s"}
    files.review.write_bytes(build("review", {"Review": frame}, values))


def test_at_most_so_many_rows_of_one_rule_are_only_worth_a_look(tmp_path: Path) -> None:
    files = screened(tmp_path)
    many = MOST_WEAK + 40
    fill(files, many, "Zodwa", "They saw Rose there. Rose was well.")
    status, result, _ = files.press()
    assert (status, result["figures"]["weak"], len(files.listed())) == (0, many, MOST_WEAK)
    assert any("40 more" in one["text"] for one in result["messages"])
    assert set(files.listed()["Times"]) == {2}


def test_the_list_of_a_large_sample_is_made_in_reasonable_time(tmp_path: Path) -> None:
    files = screened(tmp_path)
    fill(files, 300, "Zodwa", "The plan was kept and Zodwa was well. " * 52)
    started = time.monotonic()
    assert files.press()[0] == 1
    assert time.monotonic() - started < 90  # seconds; alone on a computer it takes two or three
    assert set(files.listed()["Times"]) == {52}


def test_libreoffice_counts_what_is_decided_and_evaluates_no_text(files: Screened, tmp_path: Path) -> None:
    files.press()
    files.decide({"Tariq": KEEP})
    out = tmp_path / "office"
    out.mkdir()
    page = openpyxl.load_workbook(libreoffice.recalculate(files.list, out), data_only=True)["Text check"]
    assert page["A3"].value == "1 of 6 decided; 5 must still be decided"
    texts = [cell.value for row in page.iter_rows(min_row=6) for cell in row]
    assert "=cmd|'/c calc'!A0" in texts
    plain = openpyxl.load_workbook(files.list)["Text check"]
    assert not [cell for row in plain.iter_rows(min_row=6) for cell in row if cell.data_type == "f"]


def test_the_list_is_no_workbook_of_another_action(files: Screened) -> None:
    files.press()
    assert dipsample("analyse", files.list)[0] == 2


def test_a_day_typed_as_decided_on_is_the_day_that_counts(files: Screened) -> None:
    files.press()
    files.decide({"Tariq": KEEP | {"Decided on": dt.date(2026, 1, 5), "Initials": "AB"}})
    files.press()
    row = files.accepted().set_index("Text").loc["Tariq"]
    assert (row["Who"], str(row["When"])[:10]) == ("AB", "2026-01-05")


def test_the_look_of_the_list_is_that_of_all_sheets(files: Screened) -> None:
    files.press()
    book = openpyxl.load_workbook(files.list)
    assert book.sheetnames == ["Text check", "Kept", "About"]
    for sheet, table_of in zip(text_check_list.sheets(), book.worksheets, strict=False):
        assert table_of["A1"].value == sheet.title
        assert table_of["A1"].font.name == "Arial"
        assert table_of.freeze_panes == "B6"
        assert table_of.print_title_rows == "$5:$5"
        assert (table_of.page_setup.orientation, table_of.page_setup.fitToHeight) == ("landscape", 0)
    page = book["Text check"]
    yellow = {cell.value for cell in page[5] if page.cell(6, cell.column).fill.fgColor.rgb == "FFFFF7D6"}
    assert yellow == {"Decision", "Replace with", "Initials", "Decided on"}
    found = next(cell.column for cell in page[5] if cell.value == "Found")
    assert page.cell(6, found).number_format == "@"
    assert page.cell(6, found).quotePrefix


def test_a_second_copy_of_the_key_is_pointed_out(files: Screened) -> None:
    copy = files.key.with_name("key (QA's conflicted copy 2026-01-05).xlsx")
    copy.write_bytes(files.key.read_bytes())
    _, result, _ = files.press()
    assert [one["code"] for one in result["messages"]].count("conflict-copy") == 1


def test_more_words_than_can_be_looked_through_are_refused_with_the_sheet_they_stand_on(files: Screened) -> None:
    """Rows that a person or a program pasted below a table: looking through them for minutes would come to nothing."""

    def fill(host: FileHost) -> None:
        frame = host.read_table("Actions")
        pasted = frame.reindex(range(1_000)).astype(object)
        pasted.iloc[:, 0] = "Synthetic words. " * 1_900
        host.write_table("Actions", pasted)

    edit(files.review, fill)
    before = files.review.read_bytes()
    status, _, said = files.press()
    assert status == 2
    assert "more words than can be looked through" in said
    assert "most of them on Actions" in said
    assert "delete the rows there that belong to no case" in said
    assert (files.review.read_bytes(), files.list.exists()) == (before, False)


def test_three_cells_in_each_of_seventy_thousand_rows_are_too_many_to_be_looked_through() -> None:
    rows = pd.DataFrame(dict.fromkeys(("Action", "Owner", "Note"), "Synthetic words."), index=range(70_000))
    with pytest.raises(WorkbookProblem, match="most of them on Actions"):
        texts_of({"Actions": rows.astype(object)})
    assert len(texts_of({"Actions": rows.head(5_000).astype(object)})) >= 15_000
