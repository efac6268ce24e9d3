"""A .csv is read in every encoding and with every separator; every cell is text and stays as written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_dipsample.exports.csv_reader import CsvRows, read_csv
from xl_dipsample.exports.export_reader import read_export

NAMES = "Zoë Müller–O’Neill"


def rows(text: str, encoding: str = "utf-8") -> list[list[object]]:
    return read_csv(text.encode(encoding)).rows


def read(text: str) -> CsvRows:
    return read_csv(text.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_separator_and_line_end_gives_the_same_rows(encoding: str, separator: str, end: str) -> None:
    text = end.join(separator.join(row) for row in (["ID", "Name", "Age"], ["0012", NAMES, "13"], ["13", "B", ""]))
    assert rows(text, encoding) == [["ID", "Name", "Age"], ["0012", NAMES, "13"], ["13", "B", ""]]


def test_utf_16_of_either_byte_order_is_read() -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert read_csv(mark + "ID;Näme\n1;2".encode(encoding)).rows == [["ID", "Näme"], ["1", "2"]]


def test_leading_zeros_formulas_dde_and_long_numbers_stay_text() -> None:
    cells = ["0012", "=1+1", "=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "1E5", "12345678901234567890", "NA", " x "]
    assert rows("a,b,c,d,e,f,g,h,i,j\n" + ",".join(cells))[1] == cells


def test_quoted_separators_quotes_and_line_breaks_belong_to_the_cell() -> None:
    text = 'ID,Note\r\n1,"a, b ""c""\r\nsecond line"\r\n2,plain\r\n'
    found = read(text)
    assert found.rows == [["ID", "Note"], ["1", 'a, b "c"\r\nsecond line'], ["2", "plain"]]
    assert (found.unclosed, found.mixed, found.ragged) == ([], [], [])


def test_blank_records_are_counted_and_line_breaks_in_cells_are_not() -> None:
    text = 'Report\n\nID,Note\n1,"a\nb"\n\n2,c\n'
    assert [n for n, row in enumerate(rows(text), 1) if row[0] in ("1", "2")] == [4, 6]


def test_the_separator_may_be_named_in_the_first_line() -> None:
    found = read("sep=;\nID;Name, first\n1;a,b,c\n2;d,e,f\n")
    assert found.delimiter == ";"
    assert found.rows == [["ID", "Name, first"], ["1", "a,b,c"], ["2", "d,e,f"]]


def test_commas_in_the_cells_of_a_semicolon_file_do_not_mislead() -> None:
    assert read("ID;Name\n1;Smith, Ann\n2;Jones, Bob\n3;Lee, C\n").delimiter == ";"


def test_titles_above_and_words_below_the_list_are_no_ragged_rows() -> None:
    found = read("Report for November\nRun by A\n\nID,Name,Age\n1,a,13\n2,b,14\nEnd of report\n")
    assert found.ragged == []
    assert found.rows[0] == ["Report for November", "", ""]


def test_rows_with_more_or_fewer_cells_are_pointed_out_and_kept() -> None:
    found = read("ID,Name,Age\n1,a,13\n2,b,14,extra\n3,c\n4,d,15\n")
    assert found.ragged == [3, 4]
    assert found.rows[2] == ["2", "b", "14", "extra"]
    assert found.rows[3] == ["3", "c", "", ""]


def test_blank_cells_beyond_the_headings_are_not_ragged() -> None:
    assert read("ID,Name\n1,a,,\n2,b\n3,c\n").ragged == []


def test_rows_with_another_separator_are_pointed_out_and_kept() -> None:
    found = read("ID,Name,Age\n1,a,13\n2;b;14\n3,c,15\n")
    assert found.mixed == [3]
    assert found.rows[2][0] == "2;b;14"


def test_an_unclosed_quote_swallows_nothing() -> None:
    found = read('ID,Name,Age\n1,"a,13\n2,b,14\n3,"c, d",15\n4,e,16\n')
    assert found.unclosed == [2]
    assert found.rows[1:] == [["1", '"a', "13"], ["2", "b", "14"], ["3", "c, d", "15"], ["4", "e", "16"]]


def test_an_unclosed_quote_at_the_very_end_is_pointed_out() -> None:
    found = read('ID,Name\n1,a\n2,"b')
    assert found.unclosed == [3]
    assert found.rows[2] == ["2", '"b']


def test_many_unclosed_quotes_do_not_hang() -> None:
    lines = [f'{n},"a,b' if n % 3 == 0 else f"{n},a,b" for n in range(30_000)]
    found = read("ID,Name,Age\n" + "\n".join(lines) + "\n")
    assert len(found.rows) == 30_001


def test_text_behind_a_closing_quote_is_read_as_excel_reads_it() -> None:
    found = read('ID,Name\n1,"Ann" Lee\n2,b\n')
    assert found.rows[1] == ["1", "Ann Lee"]
    assert found.unclosed == []


def test_the_notes_of_a_csv_say_how_many_and_where_the_first_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'ID,Name,Age\n1,a,13\n2,b,14,x\n3;c;15\n4,"d,16\n')
    notes = {note.code: note for note in read_export(path).notes}
    assert {code: note.row for code, note in notes.items()} == {
        "unclosed-quote": 5,
        "mixed-separators": 4,
        "ragged-rows": 3,
    }
    assert not any(cell in note.text for note in notes.values() for cell in ("d,16", "3;c"))


CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\ufeff"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_what_a_csv_writer_writes_comes_back(made: list[list[str]], separator: str) -> None:
    table = [["ID", "Name", "Note"], *made]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert rows(text.getvalue(), encoding) == table


def test_a_note_of_many_lines_does_not_hide_the_separator() -> None:
    notes = [f'{number}\t"said, ""no"";\n\nleft, at once;\nand, later"\r\n' for number in range(30)]
    found = read_csv("".join(["ID\tNotes\r\n", *notes]).encode())
    assert found.delimiter == "\t"
    assert len(found.rows) == 31


def test_a_quote_that_is_never_closed_does_not_choose_the_separator() -> None:
    rows = [f"{number};Wu;NFA\r\n" for number in range(100)]
    rows[5] = '5;Wu,"x;NFA\r\n'
    assert read_csv("".join(rows).encode()).delimiter == ";"
