"""An action on an older workbook renews it first: under its lock, by its name, with everything that people typed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.actions.renewing.compared import review_workbook
from tests.actions.typing_in import add_column, edit, include_all
from tests.actions.workbooks import PASSPHRASE, dipsample, row, table, working_workbook
from tests.next_version import NEXT, OURS, Coming, coming
from tests.silent_ui import SilentUi
from xl_dipsample.actions.running import snapshots
from xl_dipsample.files import locks
from xl_dipsample.privacy import audit
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

__all__ = ["coming"]
ACTION = {"Action": "Ask the panel", "Owner": "AB", "Done?": None, "Ours": "a note"}


def version(path: Path) -> object:
    return FileHost.open(path, SilentUi(), read_only=True).read_value("spec_version")


def said(result: dict, code: str) -> list[str]:
    return [one["text"] for one in result["messages"] if one["code"] == code]


def with_an_action(path: Path, name: str = "Actions") -> Path:
    """A person's own column, and a row of the table Actions."""
    add_column(path, name, "Ours")

    def fill(host: FileHost) -> None:
        headings = list(host.read_table(name).columns)
        host.write_table(
            name, pd.DataFrame([{one: ACTION.get(one) for one in headings}], columns=headings, dtype=object)
        )

    edit(path, fill)
    return path


@pytest.fixture
def review(tmp_path: Path) -> Path:
    return with_an_action(review_workbook(tmp_path / "in the share" / "review.xlsx", 0, 2025))


def kept(path: Path) -> list[Path]:
    kind = FileHost.open(path, SilentUi(), read_only=True).kind
    return [one.path for one in snapshots._in_folder(snapshots.folder_of(path, kind))]


def test_a_review_workbook_is_renewed_with_the_action_and_the_old_one_is_no_longer_in_the_share(
    review: Path, coming: Callable[[], Coming]
) -> None:
    before, typed = review.read_bytes(), table(review, "Review")
    coming().with_column("Review", "How sure?")
    status, result, told = dipsample("analyse", review)
    assert status == 0, told
    assert version(review) == NEXT
    now = table(review, "Review")
    assert next(iter(now.columns)) == "How sure?"
    assert now[list(typed.columns)].to_dict("records") == typed.to_dict("records")
    assert table(review, "Actions")[list(ACTION)].to_dict("records") == [ACTION]
    assert [one.name for one in review.parent.iterdir()] == ["review.xlsx"]
    assert [one.read_bytes() for one in kept(review)] == [before]
    assert result["figures"]["upgraded_from"] == int(OURS)
    [sentence] = said(result, "upgraded")
    assert sentence.startswith("review.xlsx was made with an older version of this tool. It was renewed")
    assert kept(review)[0].name in sentence
    assert str(kept(review)[0]) in result["files"]
    audited = table(review, "Audit")
    assert list(audited["Action"])[-2:] == ["Upgrade", "Refresh analysis"]
    assert audited["Figures"].iloc[-2] == f"from version {OURS}, to version {NEXT}"
    status, result, _ = dipsample("analyse", review)
    assert said(result, "upgraded") == []


def test_undo_puts_back_what_stood_in_the_old_one(review: Path, coming: Callable[[], Coming]) -> None:
    before = {name: table(review, name).to_dict("records") for name in ("Review", "Actions", "Harms", "Thresholds")}
    coming()
    assert dipsample("analyse", review)[0] == 0
    assert table(review, "Harms").to_dict("records") != before["Harms"]
    status, _, told = dipsample("restore", review)
    assert status == 0, told
    assert {name: table(review, name).to_dict("records") for name in before} == before
    assert version(review) == NEXT


def test_a_refusal_leaves_the_older_file_byte_for_byte(tmp_path: Path, coming: Callable[[], Coming]) -> None:
    path = working_workbook(tmp_path / "work", [row(1)])
    files = {one: one.read_bytes() for one in path.parent.rglob("*") if one.is_file()}
    coming()
    status, _, told = dipsample(
        "pseudonymise", path, "--review", tmp_path / "review.xlsx", "--key", tmp_path / "key.xlsx"
    )
    assert status == 2, told
    assert {one: one.read_bytes() for one in path.parent.rglob("*") if one.is_file()} == files


def test_somebody_elses_lock_is_respected_and_ours_goes_away(review: Path, coming: Callable[[], Coming]) -> None:
    before = review.read_bytes()
    coming()
    with locks.held(review):
        status, _, told = dipsample("analyse", review)
        assert (status, review.read_bytes()) == (2, before)
        assert "review.xlsx has been in use by" in told
    assert dipsample("analyse", review)[0] == 0
    assert not list(review.parent.glob("*.lock"))


def test_what_only_reads_changes_nothing(review: Path, coming: Callable[[], Coming]) -> None:
    assert dipsample("analyse", review)[0] == 0
    before = review.read_bytes()
    coming().with_column("Review", "How sure?")
    status, result, _ = dipsample("restore", review, "--list")
    assert (status, review.read_bytes()) == (0, before)
    assert [one["before"] for one in result["figures"]["snapshots"]] == ["analyse"]
    assert said(result, "upgraded") == []


def test_a_working_workbook_is_renewed_and_its_log_has_a_line(tmp_path: Path, coming: Callable[[], Coming]) -> None:
    path = with_an_action(
        working_workbook(tmp_path / "with space", [row(1), row(2, **{"Case number": "0012"}), row(3)])
    )
    add_column(path, "LongList", "Own note")
    edit(
        path,
        lambda host: host.write_table(
            "LongList", host.read_table("LongList").assign(**{"Own note": ["N/A", "007", None]})
        ),
    )
    before, listed = path.read_bytes(), table(path, "LongList")
    coming().with_column("CaseCheck", "How sure?")
    status, _, told = dipsample("narrow", path)
    assert status in (0, 1), told
    assert version(path) == NEXT
    now = table(path, "LongList")
    assert now.to_dict("records") == listed.to_dict("records")
    assert table(path, "Actions")[list(ACTION)].to_dict("records") == [ACTION]
    assert "How sure?" in table(path, "CaseCheck")
    assert kept(path)[0].parent.parent == path.parent
    assert kept(path)[0].read_bytes() == before
    line = json.loads(audit.log_path(path).read_text(encoding="utf-8").splitlines()[-1])
    assert (line["action"], line["counts"]["upgraded_from"]) == ("narrow", int(OURS))


def test_sheets_of_peoples_own_are_named_by_their_place_and_stay_in_the_old_one(
    review: Path, coming: Callable[[], Coming]
) -> None:
    book = openpyxl.load_workbook(review)
    book.create_sheet("Synthetic Name", 2)["A1"] = "ours"
    out = io.BytesIO()
    book.save(out)
    review.write_bytes(out.getvalue())
    coming()
    _, result, told = dipsample("analyse", review)
    [sentence] = said(result, "sheets-not-carried")
    assert "the 3rd sheet" in sentence
    assert "Synthetic Name" not in json.dumps(result) + told
    assert "Synthetic Name" in FileHost.open(kept(review)[0], SilentUi(), read_only=True).sheet_names()


def test_earlier_samples_are_compared_in_memory(tmp_path: Path, coming: Callable[[], Coming]) -> None:
    then = review_workbook(tmp_path / "then.xlsx", 7, 2024)
    before = then.read_bytes()
    folder = coming()
    folder.with_steps(
        '[[version.step]]\ndo = "rename_column"\ntable = "Review"\nfrom = "Seen as"\nto = "Was seen as"\n'
    )
    now = review_workbook(tmp_path / "now.xlsx", 0, 2025)
    edit(now, lambda host: host.write_value("spec_version", NEXT))
    status, result, told = dipsample("compare", now, then)
    assert status == 0, told
    assert result["figures"]["samples"] == 2
    assert then.read_bytes() == before


def test_a_new_sample_takes_over_the_recipe_of_an_older_workbook(tmp_path: Path, coming: Callable[[], Coming]) -> None:
    (tmp_path / "share").mkdir()
    path = tmp_path / "share" / "then.xlsx"
    then = with_an_action(review_workbook(path, 7, 2024, settings={"Focus": {"Lead": "AB"}}))
    before = then.read_bytes()
    folder = coming()
    folder.with_steps('[[version.step]]\ndo = "rename_setting"\ntable = "Focus"\nfrom = "Lead"\nto = "Held by"\n')
    folder.change(folder.sheet_of("Focus"), lambda text: text.replace('["Lead", ', '["Held by", '))
    status, _, told = dipsample("new", tmp_path / "new.xlsx", "--like", then)
    assert status == 0, told
    focus = table(tmp_path / "new.xlsx", "Focus").set_index("Setting")["Value"]
    assert focus["Held by"] == "AB"
    assert list(table(tmp_path / "new.xlsx", "Actions")["Action"]) == ["Ask the panel"]
    assert then.read_bytes() == before


def test_a_second_reader_may_still_have_an_older_workbook(review: Path, coming: Callable[[], Coming]) -> None:
    edit(
        review,
        lambda host: host.write_table(
            "Review", host.read_table("Review").assign(Reviewer="AB", **{"In sample?": None})
        ),
    )
    second = review.with_name("second.xlsx")
    assert dipsample("second-read", review, "--draw", second)[0] == 0
    edit(
        second,
        lambda host: host.write_table("Review", host.read_table("Review").assign(Reviewer="CD", Outcome="Early help")),
    )
    before = second.read_bytes()
    coming().with_column("Review", "How sure?")
    status, result, told = dipsample("second-read", review, "--read", second)
    assert status in (0, 1), told
    assert result["figures"]["read"] > 0
    assert len(table(review, "ReadTwice"))
    assert second.read_bytes() == before


def test_pseudonymise_renews_an_older_review_workbook_and_keeps_the_old_one_out_of_the_share(
    tmp_path: Path, coming: Callable[[], Coming], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    working = working_workbook(tmp_path / "work", [row(1), row(2)])
    for name in ("key", "share"):
        (tmp_path / name).mkdir()
    edit(working, lambda host: host.write_value("sample_name", "Test sample"))
    dipsample("narrow", working)
    include_all(working)
    review = tmp_path / "share" / "review.xlsx"
    options = ("--review", review, "--key", tmp_path / "key" / "key.xlsx")
    assert dipsample("pseudonymise", working, *options)[0] == 0
    with_an_action(review)
    edit(
        review,
        lambda host: host.write_table("Review", host.read_table("Review").assign(Reviewer="AB", **{"Seen as": "Both"})),
    )
    older, ids = review.read_bytes(), list(table(review, "Review")["Unique ID"])
    left = review.with_name("review until 2026-03-01 101112.xlsx")
    left.write_bytes(older)
    folder = coming()
    folder.with_column("Review", "How sure?")
    status, result, told = dipsample("pseudonymise", working, *options)
    assert status == 0, told
    now = table(review, "Review")
    assert (version(review), version(working)) == (NEXT, NEXT)
    assert list(now["Unique ID"]) == ids
    assert set(now["Reviewer"]) == {"AB"}
    assert set(now["Seen as"]) == {"Both"}
    assert table(review, "Actions")[list(ACTION)].to_dict("records") == [ACTION]
    assert sorted(one.name for one in review.parent.iterdir()) == [left.name, "review.xlsx"]
    assert kept(review)[0].read_bytes() == older
    [sentence] = said(result, "old-kept")
    assert str(kept(review)[0]) in sentence
    start = table(review, "Start").set_index("What to do")["What it found"]
    assert left.name in start["Review"]
    assert said(result, "older-copies") == [start["Review"]]
    status, _, told = dipsample("restore", review)
    assert status == 2
    assert str(kept(review)[0]) in told
    left.unlink()
    assert dipsample("analyse", review)[0] == 0
    assert table(review, "Start").set_index("What to do")["What it found"]["Review"] is None


def test_start_names_copies_beside_the_workbook_by_its_own_name_alone(review: Path) -> None:
    """Another file's name may be a child's."""
    review.with_name("review-DESKTOP-7QX.xlsx").write_bytes(b"PK")
    review.with_name("Synthetic Name until 2026-03-01 101112.xlsx").write_bytes(b"PK")
    assert dipsample("analyse", review)[0] in (0, 1)
    told = table(review, "Start").set_index("What to do")["What it found"]["Review"]
    assert told.startswith("Older copies lie beside this workbook: review-DESKTOP-7QX.xlsx and 1 more.")
    assert "Synthetic" not in told
