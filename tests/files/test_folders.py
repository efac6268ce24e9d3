"""The folder rule. Threat 10: the key does not lie where others look."""

from __future__ import annotations

from pathlib import Path

import pytest

from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.files.folders import refuse_shared_folder


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "share" / "team").mkdir(parents=True)
    (tmp_path / "restricted").mkdir()
    (tmp_path / "share" / "review.xlsx").touch()
    return tmp_path / "share"


def refused(identifiable: Path, shared: Path) -> bool:
    try:
        refuse_shared_folder(identifiable, shared)
    except PrivacyProblem as problem:
        return problem.code == "folder-shared"
    return False


def test_the_refusal_is_one_sentence_that_names_both_files(share: Path) -> None:
    with pytest.raises(
        PrivacyProblem, match=r"^key\.xlsx holds .* review\.xlsx, .*: choose a restricted folder"
    ) as told:
        refuse_shared_folder(share / "key.xlsx", share / "review.xlsx")
    assert str(share) not in told.value.sentence


def test_a_folder_of_its_own_is_accepted(share: Path) -> None:
    review = share / "review.xlsx"
    assert not refused(share.parent / "restricted" / "key.xlsx", review)
    assert not refused(share.parent / "not yet there" / "key.xlsx", review)
    assert not refused(share.parent / "key.xlsx", review), "above the share is not in it"
    assert not refused(share.parent / "share2" / "key.xlsx", review), "a name that only begins alike"


def test_in_or_below_the_share_is_refused_whether_the_file_is_there_or_not(share: Path) -> None:
    review = share / "review.xlsx"
    (share / "team" / "there.xlsx").touch()
    for name in ("key.xlsx", "team/key.xlsx", "team/there.xlsx", "new/folder/key.xlsx", ".hidden/key.xlsx"):
        assert refused(share / name, review), name


def test_the_share_may_be_given_as_a_folder(share: Path) -> None:
    assert refused(share / "key.xlsx", share)
    assert not refused(share.parent / "restricted" / "key.xlsx", share)


def test_a_share_that_is_not_there_yet_is_refused_by_name_in_any_case(share: Path) -> None:
    review = share.parent / "later" / "review.xlsx"
    assert refused(share.parent / "later" / "key.xlsx", review)
    assert refused(share.parent / "LATER" / "sub" / "key.xlsx", review)
    assert not refused(share.parent / "restricted" / "key.xlsx", review)


def test_dots_in_the_path_do_not_help(share: Path) -> None:
    assert refused(share.parent / "restricted" / ".." / "share" / "key.xlsx", share / "review.xlsx")
    assert refused(share / "key.xlsx", share.parent / "restricted" / ".." / "share" / "review.xlsx")
    assert refused(share.parent / "not there" / ".." / "share" / "key.xlsx", share / "review.xlsx")
    assert not refused(share / ".." / "restricted" / "key.xlsx", share / "review.xlsx")


def test_a_relative_path_is_followed_from_where_we_are(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(share)
    assert refused(Path("key.xlsx"), share / "review.xlsx")
    assert refused(share / "key.xlsx", Path("review.xlsx"))
    assert not refused(Path("../restricted/key.xlsx"), Path("review.xlsx"))


def test_a_link_into_the_share_is_refused(share: Path) -> None:
    (share.parent / "restricted" / "way").symlink_to(share / "team", target_is_directory=True)
    assert refused(share.parent / "restricted" / "way" / "key.xlsx", share / "review.xlsx")
    assert refused(share.parent / "restricted" / "way" / "new" / "key.xlsx", share / "review.xlsx")


def test_a_link_back_out_of_the_share_is_refused_because_others_find_it_there(share: Path) -> None:
    (share / "way").symlink_to(share.parent / "restricted", target_is_directory=True)
    assert refused(share / "way" / "key.xlsx", share / "review.xlsx")


def test_a_key_that_is_itself_a_link_into_the_share_is_refused(share: Path) -> None:
    (share / "real key.xlsx").touch()
    (share.parent / "restricted" / "key.xlsx").symlink_to(share / "real key.xlsx")
    assert refused(share.parent / "restricted" / "key.xlsx", share / "review.xlsx")


def test_a_review_workbook_reached_through_a_link_is_where_the_link_leads(share: Path) -> None:
    (share.parent / "other way").symlink_to(share, target_is_directory=True)
    assert refused(share / "key.xlsx", share.parent / "other way" / "review.xlsx")
    (share.parent / "restricted" / "review.xlsx").symlink_to(share / "review.xlsx")
    assert refused(share / "key.xlsx", share.parent / "restricted" / "review.xlsx")


def test_dots_after_a_link_are_read_both_ways(share: Path) -> None:
    """restricted/way/../key.xlsx is restricted/key.xlsx to pathlib, and share/key.xlsx to the file system."""
    (share.parent / "restricted" / "way").symlink_to(share / "team", target_is_directory=True)
    assert refused(share.parent / "restricted" / "way" / ".." / "key.xlsx", share / "review.xlsx")


def test_a_link_that_leads_in_circles_is_no_crash(share: Path) -> None:
    (share.parent / "circle").symlink_to(share.parent / "circle")
    assert not refused(share.parent / "circle" / "key.xlsx", share / "review.xlsx")


def test_accents_are_the_same_however_the_system_stores_them(share: Path) -> None:
    composed, decomposed = "Prüfung", "Pru\u0308fung"
    assert refused(share.parent / decomposed / "key.xlsx", share.parent / composed / "review.xlsx")


def test_the_root_itself_as_a_share_holds_everything(tmp_path: Path) -> None:
    assert refused(tmp_path / "key.xlsx", Path("/review.xlsx"))
