"""What Refresh analysis copied, and rows without a unique ID: neither goes by without a word. All cases synthetic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.actions import sharing_places
from tests.actions.sharing_places import Places
from tests.actions.typing_in import edit
from tests.actions.workbooks import dipsample, table
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec

REASON = "Reason for closure or progression (extract)"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("older")
    sharing_places.made_once(folder)
    return folder


@pytest.fixture
def places(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    return sharing_places.copied(first, tmp_path, monkeypatch)


def _codes(result: dict[str, Any]) -> list[str]:
    return [one["code"] for one in result["messages"]]


def test_words_that_left_review_after_the_analysis_are_not_shared_until_it_is_refreshed(places: Places) -> None:
    places.type_in("Closed, said her friend Zqnickname", column=REASON)
    assert dipsample("analyse", places.review)[0] == 0
    places.type_in("Closed, said her friend", column=REASON)
    status, result, said = places.release()
    assert status == 1, said
    assert "analysis-older" in _codes(result)
    assert not result["ok"]
    assert list(places.panel.iterdir()) == []
    assert str(places.value("checked_for_sharing")).startswith("Not safe on ")
    assert dipsample("analyse", places.review)[0] == 0
    status, result, said = places.release()
    assert status == 0, said
    assert len(list(places.panel.iterdir())) == 1


def test_words_that_were_added_after_the_analysis_do_not_make_it_older(places: Places) -> None:
    dipsample("analyse", places.review)
    places.type_in("Closed, since all was well", column=REASON)
    status, result, said = places.release()
    assert status == 0, said
    assert "analysis-older" not in _codes(result)


def test_a_filled_row_without_a_unique_id_is_said(places: Places, tmp_path: Path) -> None:
    def lose(host: FileHost) -> None:
        frame = host.read_table("Review")
        frame.loc[1, "Unique ID"] = None
        frame.loc[1, "Outcome"] = spec.lists()["outcome"][0]
        host.write_table("Review", frame)
        host.write_table("GivenRows", host.read_table("GivenRows").iloc[:0])  # as an earlier version made it

    edit(places.review, lose)
    briefing = tmp_path / "panel" / "briefing.docx"
    for arguments in (("analyse", places.review), ("briefing", places.review, briefing)):
        _, result, said = dipsample(*arguments)
        found = [one for one in result["messages"] if one["code"] == "rows-without-id"]
        assert [(one["level"], one["sheet"]) for one in found] == [("warning", "Review")], said
        assert found[0]["text"].startswith("1 row of Review (Excel row 7) has answers but no unique ID")


def test_the_second_reading_of_a_case_that_left_review_is_not_in_the_copy(places: Places) -> None:
    there = str(places.table("Review").loc[0, "Unique ID"])

    def read(host: FileHost) -> None:
        frame = host.read_table("SecondReader").iloc[:0]
        for at, one in enumerate((there, "DS-7GK-4MX3")):
            frame.loc[at, ["Unique ID", "Question", "First reader"]] = [one, "Outcome", "Not answered"]
        host.write_table("SecondReader", frame)

    edit(places.review, read)
    status, _, said = places.release()
    assert status == 0, said
    [copy] = places.panel.iterdir()
    assert table(copy, "SecondReader")["Unique ID"].tolist() == [there]
