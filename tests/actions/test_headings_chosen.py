"""What import is not sure of waits on Headings: the lead chooses there, presses Import again, and it stays chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.typing_in import edit
from tests.actions.workbooks import dipsample, table
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

EXPORT = """Client ID,Referral Date,Assessment Start Date,Age,CSE,Knife crime?
4001,03/02/2026,10/02/2026,14,Yes,No
4002,04/02/2026,11/02/2026,15,No,Yes
4003,05/02/2026,12/02/2026,16,No,No
"""


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8")
    path = tmp_path / "working.xlsx"
    assert dipsample("new", path)[0] == 0
    return path


def choose(path: Path, heading: str, field: str) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("Headings")
        frame.loc[frame["Heading"] == heading, "Field"] = field
        host.write_table("Headings", frame)

    edit(path, fill)


def asked(path: Path) -> dict[str, str]:
    frame = table(path, "Headings")
    return {heading: sure for heading, sure in zip(frame["Heading"], frame["Sure?"], strict=True) if sure}


def test_the_lead_chooses_on_headings_and_imports_again(workbook: Path, tmp_path: Path) -> None:
    status, _, _ = dipsample("import", workbook, tmp_path / "export.csv")
    assert status == 1
    assert set(asked(workbook)) == {"Referral Date", "Assessment Start Date", "Knife crime?"}
    assert table(workbook, "LongList")["Contact date"].isna().all()
    choose(workbook, "Referral Date", "contact_date")
    frame = table(workbook, "Headings")
    frame = frame[frame["Heading"] == "Knife crime?"]
    assert list(frame["Sure?"]) == ["Choose: categories?"]
    choose(workbook, "Knife crime?", "categories")
    dipsample("import", workbook, tmp_path / "export.csv")
    assert asked(workbook) == {}
    listed = table(workbook, "LongList")
    assert list(listed["Type of harm"]) == ["CSE", "Knife crime", None]
    assert str(listed["Contact date"][0])[:10] == "2026-02-03"
    assert "Knife crime" in set(table(workbook, "Labels")["Label as exported"])
    dipsample("import", workbook, tmp_path / "export.csv")
    assert list(table(workbook, "LongList")["Type of harm"]) == ["CSE", "Knife crime", None]


def test_what_the_lead_called_not_used_is_not_asked_again(workbook: Path, tmp_path: Path) -> None:
    dipsample("import", workbook, tmp_path / "export.csv")
    choose(workbook, "Referral Date", "contact_date")
    choose(workbook, "Knife crime?", "not used")
    dipsample("import", workbook, tmp_path / "export.csv")
    assert asked(workbook) == {}
    assert list(table(workbook, "LongList")["Type of harm"]) == ["CSE", None, None]


def test_narrow_down_asks_while_a_heading_that_decides_waits(workbook: Path, tmp_path: Path) -> None:
    dipsample("import", workbook, tmp_path / "export.csv")
    status, _, told = dipsample("narrow", workbook)
    assert status == 2
    assert "--headings-wait" in told


def test_a_choice_that_cannot_be_followed_is_said_and_one_that_can_is_not(workbook: Path) -> None:
    export = workbook.parent / "export.csv"
    export.write_text(EXPORT.replace("Referral Date", "Seen on").replace("Assessment Start Date", "Team seen"), "utf-8")
    dipsample("import", workbook, export)
    choose(workbook, "Seen on", "the day")
    for heading in ("Team seen", "Knife crime?"):
        choose(workbook, heading, "team")
    said = [one["text"] for one in dipsample("import", workbook, export)[1]["messages"]]
    [told] = [one for one in said if one.startswith("What was chosen on Headings could not be followed")]
    assert "column B, column C, column F" in told
    choose(workbook, "Seen on", "contact_date")
    choose(workbook, "Team seen", "team")
    said = [one["text"] for one in dipsample("import", workbook, export)[1]["messages"]]
    assert not [one for one in said if "could not be followed" in one]
    assert not [
        one["text"] for one in dipsample("import", workbook, export)[1]["messages"] if "followed" in one["text"]
    ]
