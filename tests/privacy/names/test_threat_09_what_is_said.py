"""Threat 9: what was searched is said, "safe" is never said of what was not, one word in a row is one decision.

All children, cases and texts are synthetic.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.actions.screening import CLOSURE, EXTRACT, SUMMARY, Screened, screened
from tests.actions.typing_in import include_all
from tests.actions.workbooks import PASSPHRASE, dipsample, row, table, working_workbook
from tests.silent_ui import SilentUi
from xl_dipsample.privacy.key.key_file import open_key, write_key
from xl_dipsample.sharing.what_was_searched import NO_NAMES, NOT_LOOKED_FOR
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.sheets import start_sheet

ROSE = 2  # Rose Invented
ONE_BY_ONE = {"Decision": "One by one"}


@pytest.fixture
def files(tmp_path: Path) -> Screened:
    (tmp_path / "panel").mkdir()
    return screened(
        tmp_path, texts=((0, EXTRACT, "Seen with Kwame there."), (0, CLOSURE, "Then Kwame left, and Ayodele."))
    )


def release(files: Screened) -> tuple[int, dict[str, Any], str]:
    panel, secret = files.review.parents[1] / "panel", files.key.with_name("passphrase.txt")
    return dipsample("release", files.review, "--key", files.key, "--to", panel, "--passphrase-file", secret)


def said(result: dict[str, Any], code: str) -> str:
    return " ".join(one["text"] for one in result["messages"] if one["code"] == code)


def forget_names(files: Screened) -> None:
    """The key of an export that has no column of names."""
    key = open_key(files.key, PASSPHRASE)
    book = replace(key.book, names=key.book.names.assign(Name=None), key=key.book.key.assign(Name=None))
    write_key(key.with_book(book))


def test_screen_and_release_say_what_was_looked_for_and_what_was_not(files: Screened) -> None:
    for _, result, _ in (files.press(), release(files)):
        assert "5 names of children, 5 case IDs, 4 dates of birth of the sample" in said(result, "looked-for")
        assert said(result, "not-looked-for") == NOT_LOOKED_FOR


def test_release_says_how_many_looks_are_open_and_where(files: Screened) -> None:
    status, result, _ = release(files)
    assert status == 0
    assert "Worth a look and not decided: 2, in " in said(result, "looks-open")
    assert f"Review, {EXTRACT}" in said(result, "looks-open")
    assert f"Review, {CLOSURE}" in said(result, "looks-open")
    assert result["figures"]["worth_a_look"] == 2
    assert said(result, "safe").endswith("and nothing of what was looked for is in it.")
    assert "Kwame" not in str(result)


def test_without_names_nothing_is_called_safe(files: Screened) -> None:
    forget_names(files)
    status, result, _ = release(files)
    assert status == 1
    assert said(result, "names-not-checked") == NO_NAMES
    assert "safe to share" not in str(result).casefold()
    host = FileHost.open(files.review, SilentUi())
    assert not str(host.read_value(start_sheet.CHECKED)).startswith("Safe")
    assert "Safe" not in str(table(files.review, "Start").to_numpy().tolist())
    assert said(files.press()[1], "names-not-checked") == NO_NAMES


@pytest.mark.parametrize("name", ["", "NULL"])
def test_pseudonymise_says_that_the_export_holds_no_names(tmp_path: Path, name: str) -> None:
    path = working_workbook(tmp_path / "work", [row(n) | {"Name": name} for n in range(3)])
    dipsample("narrow", path)
    include_all(path)
    dipsample("narrow", path)
    (tmp_path / "share").mkdir()
    (tmp_path / "key").mkdir()
    secret = tmp_path / "key" / "passphrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    command = [
        "pseudonymise",
        path,
        "--review",
        tmp_path / "share" / "review.xlsx",
        "--key",
        tmp_path / "key" / "key.xlsx",
    ]
    status, result, _ = dipsample(*command, "--passphrase-file", secret, "--no-second-keyholder")
    assert status == 0
    assert said(result, "names-not-checked") == NO_NAMES


def test_one_word_in_one_row_is_one_alarm_and_can_be_decided_one_by_one(files: Screened) -> None:
    files.type_in(ROSE, EXTRACT, "Rose left. The rose in the garden.")
    files.type_in(ROSE, SUMMARY, "A rose, says Rose.")
    files.press()
    [line] = [one for one in files.listed().to_dict("records") if one["Found"] == "Rose"]
    assert line["Times"] == 4
    files.decide({"Rose": ONE_BY_ONE})
    files.press()
    rows = [one for one in files.listed().to_dict("records") if str(one["Found"]).casefold() == "rose"]
    assert [one["Times"] for one in rows] == [1, 1, 1, 1]
    book = openpyxl.load_workbook(files.list)
    page = book["Text check"]
    headings = {cell.value: cell.column for cell in page[5]}
    for line in page.iter_rows(min_row=6):
        found = line[headings["Found"] - 1].value
        if str(found).casefold() == "rose":
            line[headings["Decision"] - 1].value = "Replace" if found == "Rose" else "Keep in this row"
    book.save(files.list)
    status, result, _ = files.press()
    assert (status, result["figures"]["replaced"], result["figures"]["kept"]) == (0, 2, 2)
    assert files.text(ROSE, EXTRACT) == "[CHILD] left. The rose in the garden."
    assert files.text(ROSE, SUMMARY) == "A rose, says [CHILD]."


def test_one_by_one_waits_until_all_are_decided(files: Screened) -> None:
    files.type_in(ROSE, EXTRACT, "Rose left. The rose in the garden.")
    files.press()
    files.decide({"Rose": ONE_BY_ONE})
    files.press()
    files.decide({"rose": {"Decision": "Keep in this row"}})
    status, result, _ = files.press()
    assert (status, result["figures"]["kept"]) == (1, 0)
    notes = [one["Note"] for one in files.listed().to_dict("records") if str(one["Found"]).casefold() == "rose"]
    assert all("one by one" in str(note) for note in notes)
