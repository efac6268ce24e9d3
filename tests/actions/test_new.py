"""New dip-sample: an empty working workbook, or one with the recipe of an earlier sample."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.actions.typing_in import add_column, edit, include_all, set_cell
from tests.actions.workbooks import PASSPHRASE, SilentUi, dipsample, row, table, working_workbook
from xl_dipsample import cli
from xl_dipsample.actions.new import new_sample_id
from xl_dipsample.domain.focus import picked_packs
from xl_dipsample.domain.shared import sheet_files
from xl_dipsample.privacy.names import ShapesOnly
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import defaults, spec

QUESTION = ["Places mentioned", "Choose several", "Park\nSchool", "Every place.", "We want to know where.", None]
DATES = ("Period from", "Period to")
ACTIONS = [
    ["Ask the youth club", "AB", dt.date(2026, 1, 31), "No", None],
    ["Write the policy", None, None, None, "Autumn sample"],
    ["Tell the board", "CD", dt.date(2025, 5, 1), "yes ", None],
]
TERM = ["loitering", "Blames the child", "Being somewhere is no offence.", "was at"]
OF_THE_SAMPLE = ("LongList", "DataChecks", "CaseCheck", "ExclusionLog", "PastDecisions", "Audit", "WhatIf")


def settings(path: Path, name: str) -> dict[str, Any]:
    frame = table(path, name)
    return dict(zip(frame.iloc[:, 0], frame.iloc[:, 1], strict=True))


def value(path: Path, name: str) -> object:
    return FileHost.open(path, SilentUi(), read_only=True).read_value(name)


def _settle(host: FileHost) -> None:
    """What a lead types: every setting other than its default."""
    focus = host.read_table("Focus")
    answers: dict[str, object] = dict.fromkeys(focus["Setting"], "An answer") | {
        "Period is about": "End date",
        "Period from": dt.date(2020, 1, 1),
        "Period to": dt.date(2024, 12, 31),
        "Sample name": "Spring sample",
        "Initials": "AB",
        "Word packs": "The guide's own",
        "Question packs": None,
        "Second decision point": "No",
    }
    host.write_table("Focus", focus.assign(Value=[answers[one] for one in focus["Setting"]]))
    criteria = host.read_table("Criteria")
    chosen = {
        "Age cut-off": 11, "Upper age": 17, "Unit": "Contact", "Keep": "Last", "No category recorded": "Case check",
        "Case check": "During review", "Birth month in Review": "Yes", "Contact date in Review": "Month",
    }  # fmt: skip
    host.write_table("Criteria", criteria.assign(Value=[chosen[one] for one in criteria["Setting"]]))
    categories = host.read_table("Categories")
    categories["Chosen"] = ["No" if one == "Yes" and at == 0 else one for at, one in enumerate(categories["Chosen"])]
    host.write_table("Categories", categories)
    asked = pd.DataFrame([QUESTION], columns=spec.table("working", "Questions").headings, dtype=object)
    host.write_table("Questions", asked)
    labels = host.read_table("Labels")
    labels.loc[labels["Label as exported"] == "Local code 7", "Means"] = "CSE"
    host.write_table("Labels", labels)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An earlier sample: its working workbook and its review workbook."""
    folder = tmp_path_factory.mktemp("earlier")
    rows = [row(1), row(2), row(3, **{"Assessment factors": "Local code 7"})]
    working = working_workbook(folder / "work", rows)
    edit(working, _settle)
    dipsample("narrow", working)
    include_all(working)
    dipsample("narrow", working)
    for name in ("key", "share"):
        (folder / name).mkdir()
    review, secret = folder / "share" / "review.xlsx", folder / "key" / "passphrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    status, _, said = dipsample(
        "pseudonymise", working, "--review", review, "--key", folder / "key" / "key.xlsx", "--passphrase-file", secret
    )
    assert status == 0, said
    return working, review


def test_a_new_workbook_is_empty_and_has_the_guides_settings(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    status, result, said = dipsample("new", path)
    assert (status, said, result["files"]) == (0, "", [str(path)])
    assert result["messages"][-1]["code"] == "open-next"
    assert settings(path, "Criteria")["Age cut-off"] == sheet_files.default("Criteria", "Age cut-off")
    assert list(settings(path, "Categories").values()).count("Yes") == 10, "the guide's nine and CCE"
    for name in (*OF_THE_SAMPLE, "Questions", "Labels", "Headings"):
        assert table(path, name).empty, name
    assert list(table(path, "Start")["State"]) == ["Next", "Waiting", "Waiting", "Waiting", "Waiting"]
    assert value(path, "kind") == "working"


def test_the_terminal_says_which_workbook_to_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["new", str(tmp_path / "new.xlsx")]) == 0
    assert capsys.readouterr().out.count("Open new.xlsx to go on.") == 1


def test_every_sample_has_an_id_of_its_own(tmp_path: Path, earlier: tuple[Path, Path]) -> None:
    for name in ("a", "b"):
        dipsample("new", tmp_path / f"{name}.xlsx", "--like", earlier[0])
    found = {value(path, "sample_id") for path in (tmp_path / "a.xlsx", tmp_path / "b.xlsx", earlier[0])}
    assert len(found) == 3
    assert all(isinstance(one, str) and len(one) == 16 for one in found)


@pytest.mark.parametrize("kind", ["working", "review"])
def test_the_recipe_is_taken_over_but_the_dates(tmp_path: Path, earlier: tuple[Path, Path], kind: str) -> None:
    like = earlier[0] if kind == "working" else earlier[1]
    path = tmp_path / "next.xlsx"
    status, result, said = dipsample("new", path, "--like", like)
    assert status == 0, said
    mappings = {"Labels", "Headings", "Reports"} if kind == "working" else set()
    recipe = {"Focus", "Criteria", "Categories", "MyLists", "Questions", "Pairs", "Terms", "Actions", "PacksTaken"}
    assert set(result["figures"]["taken_over"]) == recipe | mappings
    before, after = settings(earlier[0], "Focus"), settings(path, "Focus")
    assert {name for name in before if before[name] != after[name]} == set(DATES)
    assert [after[name] for name in DATES] == [None, None]
    for name in ("Criteria", "Categories", "MyLists", "Questions"):
        made, was = (table(one, name).drop(columns="In use", errors="ignore") for one in (path, earlier[0]))
        assert made.to_numpy().tolist() == was.to_numpy().tolist(), name
    assert table(path, "Questions").to_numpy().tolist() == [QUESTION]
    for name in OF_THE_SAMPLE:
        assert table(path, name).empty, name


@pytest.mark.parametrize("kind", ["working", "review"])
def test_a_pack_that_the_earlier_sample_took_over_is_not_taken_over_anew(tmp_path: Path, kind: str) -> None:
    focus = defaults.default(spec.table(kind, "Focus"))
    focus.loc[focus["Setting"] == "Word packs", "Value"] = "Services"
    tables = {"Focus": focus} | ({"PacksTaken": picked_packs.record(focus)} if kind == "working" else {})
    path, like = tmp_path / "next.xlsx", shared(tmp_path) / "like.xlsx"
    like.write_bytes(build(kind, tables, {"sample_id": "aaaa"}))
    status, _, said = dipsample("new", path, "--like", like)
    assert status == 0, said
    assert settings(path, "Focus")["Word packs"] == "Services"
    assert table(path, "PacksTaken").to_numpy().tolist() == [["Word packs", "Services"]]


def test_the_mappings_of_a_working_workbook_are_taken_over(tmp_path: Path, earlier: tuple[Path, Path]) -> None:
    path = tmp_path / "next.xlsx"
    dipsample("new", path, "--like", earlier[0])
    labels = table(path, "Labels")
    means = dict(zip(labels["Label as exported"], labels["Means"], strict=True))
    assert means["Local code 7"] == "CSE"
    assert set(labels["Rows"]) == {0}
    assert table(path, "Headings").to_numpy().tolist() == table(earlier[0], "Headings").to_numpy().tolist()


def test_a_mapping_that_was_taken_over_counts_in_the_next_sample(tmp_path: Path, earlier: tuple[Path, Path]) -> None:
    path = tmp_path / "next.xlsx"
    dipsample("new", path, "--like", earlier[0])
    status, _, said = dipsample("import", path, earlier[0].parent / "export.csv")
    assert status == 0, said
    _, result, _ = dipsample("narrow", path)
    assert "label-not-mapped" not in {one["code"] for one in result["messages"]}
    assert list(table(path, "CaseCheck")["Type of harm"]).count("CSE") == 3


def _agree(host: FileHost) -> None:
    """What a panel agrees, and a term of the team's own."""
    for name, rows in (("Actions", ACTIONS), ("Terms", [TERM])):
        host.write_table(name, pd.DataFrame(rows, columns=spec.table("review", name).headings, dtype=object))


@pytest.fixture(scope="module")
def agreed(earlier: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The earlier sample's review workbook after the panel has met."""
    path = Path(shutil.copy(earlier[1], tmp_path_factory.mktemp("agreed") / "review.xlsx"))
    edit(path, _agree)
    return path


OPEN = [
    ["Ask the youth club", "AB", dt.date(2026, 1, 31), "No", "Spring sample"],
    ["Write the policy", None, None, None, "Autumn sample"],
]


def test_open_actions_go_all_the_way_to_findings_of_the_next_sample(
    tmp_path: Path, earlier: tuple[Path, Path], agreed: Path
) -> None:
    working = tmp_path / "work" / "next.xlsx"
    for name in ("work", "key", "share"):
        (tmp_path / name).mkdir()
    status, result, said = dipsample("new", working, "--like", agreed)
    assert (status, result["figures"]["open_actions"]) == (0, 2), said
    assert "youth club" not in str(result)
    assert table(working, "Actions").to_numpy().tolist() == OPEN
    assert table(working, "Terms").to_numpy().tolist() == [TERM]
    set_cell(working, "Focus", "Sample name", "Summer sample")
    assert dipsample("import", working, earlier[0].parent / "export.csv")[0] in (0, 1)
    dipsample("narrow", working)
    review, secret = tmp_path / "share" / "review.xlsx", tmp_path / "key" / "passphrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    status, _, said = dipsample(
        "pseudonymise", working, "--review", review, "--key", tmp_path / "key" / "key.xlsx", "--passphrase-file", secret
    )
    assert status == 0, said
    assert table(review, "Actions").to_numpy().tolist() == OPEN
    assert table(review, "Terms").to_numpy().tolist() == [TERM]
    again = tmp_path / "work" / "third.xlsx"
    dipsample("new", again, "--like", review)
    assert table(again, "Actions")["From sample"].tolist() == ["Spring sample", "Autumn sample"]


def test_open_actions_of_a_working_workbook_are_taken_over_without_columns_beside_them(
    tmp_path: Path, earlier: tuple[Path, Path]
) -> None:
    like = Path(shutil.copy(earlier[0], tmp_path / "like.xlsx"))
    add_column(like, "Actions", "About whom")

    def fill(host: FileHost) -> None:
        headings = [*spec.table("working", "Actions").headings, "About whom"]
        rows = [[*action, "Synthetic Number1"] for action in ACTIONS]
        host.write_table("Actions", pd.DataFrame(rows, columns=headings, dtype=object))

    edit(like, fill)
    dipsample("new", tmp_path / "next.xlsx", "--like", like)
    made = table(tmp_path / "next.xlsx", "Actions")
    assert made.to_numpy().tolist() == OPEN
    assert "About whom" not in made.columns


def shared(tmp_path: Path) -> Path:
    """A folder for others: no working workbook is made beside a review workbook."""
    folder = tmp_path / "share"
    folder.mkdir(exist_ok=True)
    return folder


def test_a_sample_without_a_name_is_called_an_earlier_one(tmp_path: Path, agreed: Path) -> None:
    like = Path(shutil.copy(agreed, shared(tmp_path) / "like.xlsx"))
    set_cell(like, "Focus", "Sample name", None)
    dipsample("new", tmp_path / "next.xlsx", "--like", like)
    assert table(tmp_path / "next.xlsx", "Actions")["From sample"].tolist() == ["an earlier sample", "Autumn sample"]


def test_an_earlier_workbook_that_is_older_has_no_terms_and_gives_its_recipe(tmp_path: Path) -> None:
    like, path = shared(tmp_path) / "like.xlsx", tmp_path / "next.xlsx"
    make_older(like)
    status, result, said = dipsample("new", path, "--like", like)
    assert (status, said) == (0, "")
    assert "Terms" not in result["figures"]["taken_over"]
    assert settings(path, "Focus")["Sample name"] == "Winter sample"
    assert table(path, "Terms").equals(defaults.default(spec.table("working", "Terms")))
    assert table(path, "Actions")[["Action", "From sample"]].to_numpy().tolist() == [["Ring the club", "Winter sample"]]


def make_older(path: Path) -> None:
    """A review workbook as spec version 1 made it: Actions without From sample, and no table Terms."""
    actions = pd.DataFrame([["Ring the club"]], columns=["Action"], dtype=object)
    focus = defaults.default(spec.table("review", "Focus"))
    focus.loc[focus["Setting"] == "Sample name", "Value"] = "Winter sample"
    path.write_bytes(build("review", {"Actions": actions, "Focus": focus}, {"sample_id": "S-1"}))
    edit(path, lambda host: host.write_value("spec_version", "1"))
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            part = source.read(member)
            if member.filename.startswith("xl/tables/"):
                part = part.replace(b'"Terms"', b'"Wording"').replace(b'"From sample"', b'"Notes"')
            target.writestr(member, part.replace(b">From sample<", b">Notes<"))
    path.write_bytes(out.getvalue())


def test_no_mapping_and_no_name_comes_out_of_a_review_workbook(tmp_path: Path, earlier: tuple[Path, Path]) -> None:
    path = tmp_path / "next.xlsx"
    dipsample("new", path, "--like", earlier[1])
    assert table(path, "Labels").empty
    assert table(path, "Headings").empty


def test_the_earlier_workbook_is_only_read(tmp_path: Path, earlier: tuple[Path, Path]) -> None:
    for number, like in enumerate(earlier):
        copy = Path(shutil.copy(like, shared(tmp_path) / f"like{number}.xlsx"))
        copy.with_name(f"~${copy.name}").write_bytes(b"\x05Lead")  # open elsewhere: a copy is read
        before = copy.read_bytes()
        assert dipsample("new", tmp_path / f"next{number}.xlsx", "--like", copy)[0] == 0
        assert copy.read_bytes() == before


def refusal(tmp_path: Path, *arguments: object) -> str:
    """One line, status 2, and the folder as it was."""
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    status, printed, said = dipsample("new", *arguments)
    assert (status, printed, said.count("\n")) == (2, {}, 1), said
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before
    return said


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "taken.xlsx"
    path.write_bytes(b"somebody's work")
    assert "taken.xlsx is there already" in refusal(tmp_path, path)


@pytest.mark.parametrize("name", ["sample.xlsm", "sample.xls", "sample.csv", "sample"])
def test_a_name_that_is_no_xlsx_is_refused(tmp_path: Path, name: str) -> None:
    assert ".xlsx" in refusal(tmp_path, tmp_path / name)


def test_a_folder_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    assert "no folder" in refusal(tmp_path, tmp_path / "nowhere" / "sample.xlsx")
    assert not (tmp_path / "nowhere").exists()


def test_an_earlier_sample_that_cannot_be_read_is_refused(tmp_path: Path, earlier: tuple[Path, Path]) -> None:
    path, damaged, other = (tmp_path / name for name in ("next.xlsx", "damaged.xlsx", "notes.xlsx"))
    whole = earlier[0].read_bytes()
    damaged.write_bytes(whole[: len(whole) // 2])
    other.write_bytes(b"not a workbook at all")
    assert "damaged" in refusal(tmp_path, path, "--like", damaged)
    assert "notes.xlsx" in refusal(tmp_path, path, "--like", other)
    assert "gone.xlsx" in refusal(tmp_path, path, "--like", tmp_path / "gone.xlsx")


def test_a_workbook_of_somebody_elses_is_no_earlier_sample(tmp_path: Path) -> None:
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "budget.xlsx")
    assert "budget.xlsx" in refusal(tmp_path, tmp_path / "next.xlsx", "--like", tmp_path / "budget.xlsx")


def test_the_ids_that_we_draw_never_look_like_a_number_of_a_person() -> None:
    """Ten figures in a row among sixteen would be taken for a phone or an NHS number, and no copy could be shared."""
    drawn = [new_sample_id() for _ in range(500)]
    assert len(set(drawn)) == 500
    assert ShapesOnly().find(drawn) == []
    assert not any(sign.isdigit() for one in drawn for sign in one)
