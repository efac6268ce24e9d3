"""The review workbook's Audit: tied line by line, remembered by the key, told by Help me. Threat 11. Synthetic data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.actions import sharing_places
from tests.actions.sharing_places import Places
from tests.actions.typing_in import edit
from tests.actions.workbooks import dipsample, table
from tests.silent_ui import SilentUi
from xl_dipsample.addin.installing import audit_check
from xl_dipsample.privacy import audit_lines
from xl_dipsample.privacy.audit_lines import CHAIN
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    sharing_places.made_once(folder)
    return folder


@pytest.fixture
def places(first: Path, tmp_path: Path, alone: None, monkeypatch: pytest.MonkeyPatch) -> Places:
    return sharing_places.copied(first, tmp_path, monkeypatch)


def verified(places: Places) -> dict[str, str]:
    _, said, _ = dipsample("key", "verify", places.key, "--workbook", places.review)
    return {one["code"]: one["text"] for one in said["messages"]}


def helped(workbook: Path) -> list[audit_check.Finding]:
    return audit_check.looked_at(workbook, SilentUi())


def change(places: Places, how: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Somebody changes Audit of the review workbook by hand."""

    def fill(host: FileHost) -> None:
        host.write_table("Audit", how(host.read_table("Audit")))

    edit(places.review, fill)


def test_threat_11_a_who_that_was_exchanged_for_another_is_found_by_help_me_and_by_the_key(places: Places) -> None:
    """Also one that is longer than initials, with which nobody could tell before."""
    dipsample("analyse", places.review)
    assert all(len(who or "") <= audit_lines.INITIALS for who in places.table("Audit")["Who"])
    assert "Who was checked with them." in verified(places)["audit-agrees"]
    for who in ("Rose Young", "May Cooper", "CD"):
        change(places, lambda lines, who=who: lines.assign(Who=[lines["Who"].iloc[0], who]))
        assert "Excel row 7 is not as it was written" in helped(places.review)[0].text
        assert "Excel row 7 is not as it was written" in verified(places)["audit-altered"]


def test_threat_11_the_user_s_name_on_audit_of_the_working_workbook_is_checked(places: Places) -> None:
    assert "Who was checked with them." in helped(places.working)[1].text

    def fill(host: FileHost) -> None:
        host.write_table("Audit", host.read_table("Audit").assign(Who="somebody.else"))

    edit(places.working, fill)
    assert helped(places.working)[1].code == "audit-changed"


def test_lines_of_an_earlier_version_with_a_name_in_who_are_told_apart(places: Places) -> None:
    """Their mark was made without it: Help me and the key say that nobody vouches for Who there."""
    earlier = places.table("Audit").assign(Who="May Cooper", **{CHAIN: None})
    places.review.write_bytes(
        build("review", {"Review": places.table("Review"), "Audit": audit_lines.chained(earlier)},
              {"sample_id": str(places.value("sample_id"))})
    )  # fmt: skip
    assert "not in Excel row 6: it is longer than initials" in helped(places.review)[0].text


def test_check_before_sharing_opens_the_key_but_leaves_it_as_it_is_and_help_me_says_its_line_is_after(
    places: Places,
) -> None:
    """Each writing of the key leaves an earlier copy with every name; a check only reads it."""
    before = places.key.read_bytes(), sorted(places.key.parent.iterdir())
    places.release()
    assert (places.key.read_bytes(), sorted(places.key.parent.iterdir())) == before
    assert "remembers the first 1, up to Pseudonymise" in helped(places.review)[0].text
    assert "the 1 after that can be checked against each other alone" in helped(places.review)[0].text
    assert "the 1 after them were checked against each other alone" in verified(places)["audit-agrees"]


def test_the_key_remembers_the_lines_up_to_pseudonymise_and_says_what_is_after(places: Places) -> None:
    assert "1 line. The first 1 are those that the key remembers; the 0 after" in verified(places)["audit-agrees"]
    dipsample("analyse", places.review)
    places.release()
    assert "3 lines. The first 1 are those that the key remembers; the 2 after" in verified(places)["audit-agrees"]


def test_check_text_for_names_makes_the_key_remember_more_once_it_writes_it(places: Places) -> None:
    places.type_in(f"{sharing_places.NAME} came.")
    dipsample("analyse", places.review)
    dipsample("screen", places.review, "--key", places.key, "--roles")
    assert "3 lines. The first 2 are those that the key remembers; the 1 after" in verified(places)["audit-agrees"]


def test_threat_11_the_key_finds_lines_that_were_changed_removed_or_all_written_anew(places: Places) -> None:
    dipsample("analyse", places.review)
    good = places.review.read_bytes()
    change(places, lambda lines: lines.assign(Figures="rows 99"))
    assert "Excel rows 6, 7 are not as they were written" in verified(places)["audit-altered"]
    places.review.write_bytes(good)
    change(places, lambda lines: lines.iloc[:0])
    assert "it ends at line 0, and the key remembers 1" in verified(places)["audit-altered"]
    places.review.write_bytes(good)
    change(places, lambda lines: audit_lines.chained(lines.assign(Figures="rows 99", **{CHAIN: None})))
    assert helped(places.review)[0].code == "audit-lines", "by itself it looks whole"
    assert "all of it was written anew: line 1" in verified(places)["audit-altered"]


def test_threat_11_the_key_never_takes_on_lines_that_were_changed(places: Places) -> None:
    change(places, lambda lines: lines.assign(Who="CD"))
    _, said, _ = dipsample("pseudonymise", places.working, "--review", places.review, "--key", places.key)
    assert "the key remembers only what it did before" in next(
        one["text"] for one in said["messages"] if one["code"] == "audit-changed"
    )
    assert "audit-altered" in verified(places)


def test_a_key_that_remembers_no_line_says_so(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """As keys of earlier versions."""
    sample_id = str(places.value("sample_id"))
    other = build("review", {"Review": places.table("Review")}, {"sample_id": sample_id})
    places.review.write_bytes(other)
    monkeypatch.setattr("xl_dipsample.privacy.key.key_book.REVIEW_LINES", ", of before")
    assert "remembers no line on Audit" in verified(places)["no-anchor"]


def test_help_me_says_which_lines_it_checked_against_what_and_what_comes_after_the_key(places: Places) -> None:
    dipsample("analyse", places.review)
    [found] = helped(places.review)
    when = places.table("Audit")["When"].iloc[0]
    assert (found.level, found.code) == ("note", "audit-lines")
    assert "2 lines, checked against each other by their numbers" in found.text
    assert "not checked against the key, which was not opened: dipsample key verify" in found.text
    assert f"remembers the first 1, up to Pseudonymise of {when:%d/%m/%Y %H:%M}; the 1 after that" in found.text
    assert "checked against each other alone" in found.text


def test_threat_11_help_me_names_the_excel_rows_of_lines_that_were_changed(places: Places) -> None:
    dipsample("analyse", places.review)
    change(
        places, lambda lines: lines.assign(When=[dt.datetime.fromisoformat("2020-01-01T09:00"), lines["When"].iloc[1]])
    )
    [found] = helped(places.review)
    assert (found.level, found.code) == ("error", "audit-changed")
    assert "Excel row 6 is not as it was written" in found.text
    assert not dipsample("doctor", "--workbook", places.review)[1]["ok"]


def test_help_me_looks_at_log_and_sheet_of_a_working_workbook(places: Places) -> None:
    assert [one.code for one in helped(places.working)] == ["audit-anchored", "audit-lines"]
    assert "No key remembers them" in helped(places.working)[1].text


def test_help_me_says_when_lines_are_not_tied(places: Places) -> None:
    places.release()
    [copy] = places.panel.glob("*.xlsx")
    assert helped(copy)[0].code == "audit-of-copy"
    change(places, lambda lines: lines.assign(**{CHAIN: None}))
    assert helped(places.review)[0].code == "audit-not-chained"
    places.review.write_bytes(b"not a workbook")
    assert helped(places.review)[0].code == "audit-unread"


def test_sorted_and_saved_by_another_program_the_lines_still_follow(places: Places) -> None:
    dipsample("analyse", places.review)
    places.release()
    book = openpyxl.load_workbook(places.review)
    sheet = book["Audit"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=8)]
    for at, row in enumerate(reversed(rows), 6):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value
    book.save(places.review)
    assert helped(places.review)[0].code == "audit-lines"
    dipsample("analyse", places.review)
    assert helped(places.review)[0].code == "audit-lines"
    assert "4 lines" in verified(places)["audit-agrees"]


def test_threat_09_the_panels_copy_has_no_marks_even_with_peoples_own_columns(places: Places) -> None:
    places.release("--own-columns")
    [copy] = places.panel.glob("*.xlsx")
    mark = table(places.review, "Audit")[CHAIN].iloc[0].split()[1]
    assert CHAIN not in table(copy, "Audit").columns
    assert mark not in "".join(map(str, table(copy, "Audit").to_numpy().ravel()))
