"""Nothing for others is written where names lie, however little else lies there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.workbooks import PASSPHRASE, dipsample
from tests.domain.publication.published_reviews import funnel_of, review_of
from xl_dipsample.privacy.key import key_book, key_file
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.sharing import neighbours
from xl_dipsample.workbook.build.build import build


@pytest.fixture
def review(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    (tmp_path / "there").mkdir()
    path = tmp_path / "share" / "review.xlsx"
    tables = {"Review": review_of(40, 5).assign(Reviewer="AB"), "Funnel": funnel_of(40, 0, ("Case check", 3))}
    path.write_bytes(build("review", tables, {"sample_id": "S-1"}))
    return path


def a_key(folder: Path) -> None:
    key_file.write_key(OpenKey(folder / "key.xlsx", PASSPHRASE, key_book.KeyBook()))


def a_working_workbook(folder: Path) -> None:
    (folder / "working.xlsx").write_bytes(build("working"))


@pytest.mark.parametrize("put", [a_key, a_working_workbook])
@pytest.mark.parametrize(
    "order", [("publish", "out.xlsx"), ("second-read", "--draw", "out.xlsx"), ("briefing", "out.docx")]
)
def test_beside_a_lone_key_or_working_workbook_it_is_refused(review: Path, put, order) -> None:
    folder = review.parents[1] / "there"
    put(folder)
    before = sorted(one.name for one in folder.iterdir())
    action, *options, name = order
    status, _, said = dipsample(action, review, *options, folder / name)
    assert status == 2
    assert "choose another folder" in said
    assert sorted(one.name for one in folder.iterdir()) == before


def test_a_folder_with_review_workbooks_and_other_files_is_not_restricted(review: Path) -> None:
    (review.parent / "notes.xlsx").write_bytes(b"no workbook")
    assert not neighbours.names_below(review.parent).found


@pytest.mark.parametrize("name", ["sample.audit.jsonl", "review text check.xlsx", "key.xlsx.2026-01-01 101010.bak"])
def test_what_lies_only_beside_names_is_enough(review: Path, name: str) -> None:
    (review.parents[1] / "there" / name).write_bytes(b"")
    assert neighbours.names_below(review.parents[1] / "there").found
    assert neighbours.names_below(review.parents[1]).found  # one below
