"""Threat 20: what lies beside a checked workbook, or is left when saving it fails. All children are synthetic."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.actions.screening import BORN, CASES, EXTRACT, NAMES, Screened, screened
from tests.actions.workbooks import PASSPHRASE, dipsample, row, working_workbook
from tests.domain.publication.published_reviews import review_of
from tests.privacy.threat_search import search
from tests.silent_ui import SilentUi
from xl_dipsample.actions.running import registry, runner, snapshots
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key
from xl_dipsample.workbook.build.build import build


@pytest.fixture
def files(tmp_path: Path) -> Screened:
    (tmp_path / "panel").mkdir()
    return screened(tmp_path)


def panel(files: Screened) -> Path:
    return files.review.parents[1] / "panel"


def release(files: Screened) -> tuple[int, dict[str, object], str]:
    secret = files.key.with_name("passphrase.txt")
    return dipsample(
        "release", files.review, "--key", files.key, "--to", panel(files), "--passphrase-file", secret
    )  # fmt: skip


def said(result: dict[str, object], code: str) -> list[str]:
    return [one["text"] for one in result["messages"] if one["code"] == code]  # type: ignore[attr-defined]


class Meddling(SilentUi):
    """Somebody saves the review workbook from elsewhere, while the passphrase is typed."""

    def __init__(self, review: Path) -> None:
        super().__init__()
        self.review = review

    def ask_secret(self, question: str, option: str) -> str:
        os.utime(self.review, (1, 1))
        return PASSPHRASE


def publishable(files: Screened) -> None:
    """The review workbook as one of enough cases for a publication, with IDs of its key."""
    frame = review_of(60, 5, left=2)
    book = open_key(files.key, PASSPHRASE).book
    cells = [[str(8000000 + n), None, None, None, n + 1, None] for n in range(len(frame))]
    rows = key_book._empty(key_book.ROW_COLUMNS)
    for number, one in enumerate(cells):
        rows.loc[number] = one
    sample = book.key["Sample ID"].iloc[0]
    book, ids = key_book.assign(book, rows, "Synthetic", "published", "Young person")
    write_key(OpenKey(files.key, PASSPHRASE, book))
    frame["Unique ID"] = sorted(ids)
    files.review.write_bytes(build("review", {"Review": frame}, {"sample_id": "published", "sample_name": sample}))


@pytest.mark.parametrize("action", ["release", "publish"])
def test_a_copy_does_not_stay_when_the_review_workbook_cannot_be_saved(
    files: Screened, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DIPSAMPLE_PASSPHRASE", raising=False)
    if action == "publish":
        publishable(files)
    chosen = registry.action(action)
    given = {"to": panel(files)} if action == "release" else {"out": panel(files) / "published.xlsx"}
    options = chosen.make_options({"key": files.key, **given})
    runner.run_on_file(chosen, files.review, options, Asked())  # so that it is the saving that fails below
    for one in panel(files).iterdir():
        one.unlink()
    before = files.review.read_bytes()
    with pytest.raises(FileProblem, match="Somebody saved"):
        runner.run_on_file(chosen, files.review, options, Meddling(files.review))
    assert list(panel(files).iterdir()) == []
    assert files.review.read_bytes() == before


class Asked(SilentUi):
    def ask_secret(self, question: str, option: str) -> str:
        return PASSPHRASE


@pytest.mark.parametrize("action", ["screen", "release"])
def test_earlier_review_workbooks_beside_it_are_pointed_out(files: Screened, action: str) -> None:
    for name in ("review until 2026-03-01 101112.xlsx", "review until 2026-03-02 101112 (2).xlsx"):
        files.review.with_name(name).write_bytes(files.review.read_bytes())
    files.review.with_name(f"{NAMES[0]} until 2026-03-01 101112.xlsx").write_bytes(b"")
    files.review.with_name("review until Friday.xlsx").write_bytes(b"")
    _, result, _ = files.press() if action == "screen" else release(files)
    [told] = said(result, "earlier-versions")
    assert told.startswith("3 earlier versions lie beside review.xlsx")
    assert "review until 2026-03-01 101112.xlsx, review until 2026-03-02 101112 (2).xlsx and more" in told
    assert "Friday" not in told
    assert search(told.encode(), NAMES[0].split()) == {}


def test_release_says_that_text_check_lists_are_still_there_once_everything_is_decided(files: Screened) -> None:
    files.type_in(0, EXTRACT, f"{NAMES[0]} left.")
    files.press()
    assert said(release(files)[1], "text-check-there") == []
    files.press("--roles")
    [told] = said(release(files)[1], "text-check-there")
    assert told.startswith("1 Text check list lies beside the key")
    files.list.unlink()
    assert said(release(files)[1], "text-check-there") == []


def test_a_publication_copy_may_not_have_an_identifier_as_its_name(files: Screened) -> None:
    publishable(files)
    secret = files.key.with_name("passphrase.txt")
    for stem in (NAMES[0], CASES[0], f"born {BORN[0]:%d-%m-%Y}"):
        out = panel(files) / f"{stem}.xlsx"
        status, _, told = dipsample("publish", files.review, out, "--key", files.key, "--passphrase-file", secret)
        assert (status, out.exists()) == (2, False)
        assert "another name" in told
        assert search(told.encode(), [*NAMES[0].split(), CASES[0]], BORN[:1]) == {}


def test_copies_for_undo_of_a_review_workbook_do_not_say_its_name(
    files: Screened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = tmp_path / "local"
    monkeypatch.setattr(snapshots.platformdirs, "user_data_path", lambda name, appauthor: local / name)
    folder = snapshots.folder_of(files.review, "review")
    old = folder.with_name(f"{files.review.stem} {folder.name}")  # as an earlier version called it
    assert dipsample("analyse", files.review)[0] == 0
    folder.rename(old)
    status, result, told = dipsample("restore", files.review)
    assert status == 0, told
    assert result["figures"]["put_back"] == 1
    assert [one.name for one in local.rglob("*") if "review" in one.stem and one != folder.parent] == []


@pytest.mark.parametrize("name", ["review", "release"])
def test_a_working_workbook_in_the_folder_of_a_review_workbook_is_named_each_time(
    files: Screened, tmp_path: Path, name: str
) -> None:
    working = working_workbook(tmp_path / "work", [row(1)])
    place = files.review.parent
    if name == "release":
        assert release(files)[0] == 0
        place = panel(files)
    copied = place / working.name
    copied.write_bytes(working.read_bytes())
    for action in ("check", "narrow"):
        status, result, _ = dipsample(action, copied)
        assert status == 1
        [told] = [one["text"] for one in result["messages"] if one["code"] == "neighbour"]
        assert told.startswith(f"Beside {copied.name}, which names children, lies ")
    assert dipsample("check", working)[0] in (0, 1)
