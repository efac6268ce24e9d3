"""No message, --json, log or bug report holds what people typed: a cell, a heading, a sheet's or an export's name."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from tests.actions import sharing_places
from tests.actions.typing_in import add_column, decide
from tests.actions.workbooks import PASSPHRASE, READING, dipsample, row, working_workbook
from tests.privacy.scanner import planted
from tests.privacy.threat_search import search
from tests.silent_ui import SilentUi
from xl_dipsample import cli
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.hosts.excel import filters

SAYABLE = ("NHS number", "Allocated team")  # headings that our own table of synonyms has
TYPED = [*(word for word in planted.words() if word not in SAYABLE), planted.EXPORT.split(".")[0]]
NAME = "Zqforezn"  # synthetic, and in nobody's list: it stands in names of sheets, columns and files alone


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("messages")
    path = planted.working_workbook(root)
    for name in ("key", "share"):
        (root / name).mkdir()
    return path


def arguments(action: str, path: Path) -> list[object]:
    root = path.parents[1]
    key = root / "key" / "key.xlsx"
    return {
        "import": ["import", path, path.with_name(planted.EXPORT)],
        "import --join": ["import", path, path.with_name(planted.EXPORT), "--join"],
        "check": ["check", path],
        "narrow": ["narrow", path],
        "pseudonymise": ["pseudonymise", path, "--review", root / "share" / "review.xlsx", "--key", key],
        "lookup": ["lookup", key, "DS-222-2222"],
        "doctor": ["doctor"],
    }[action]  # type: ignore[return-value]


@pytest.mark.parametrize("action", ["check", "narrow", "pseudonymise", "import --join", "import", "lookup", "doctor"])
def test_no_action_says_what_people_typed(working: Path, action: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DIPSAMPLE_READING_PASSPHRASE", READING)
    given = arguments(action, working)
    status, result, said = dipsample(*given)
    assert status in (0, 1, 2), said
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        cli.run([str(one) for one in given])
    told = f"{result}\n{said}\n{out.getvalue()}"
    for folder in working.parents[:2]:
        told = told.replace(str(folder), "")  # the paths that were given may be said
    assert len(told) > 50
    assert search(told.encode(), TYPED, planted.days()) == {}
    log = working.with_name(f"{working.stem}.audit.jsonl")
    assert search(log.read_bytes(), TYPED, planted.days()) == {}


def _export(path: Path, *sheets: tuple[str, list[list[str]]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets:
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return path


LIST = [["Child ID", "DOB", "Contact date", f"{NAME} said", f"{NAME} said"], ["1", "x", "", "y", "z"]]
NOTHING_KNOWN = [[f"{NAME} said"], ["x"]]
IMPORTS: dict[str, tuple[list[tuple[str, list[list[str]]]], list[str]]] = {
    "one heading twice": ([(f"{NAME} 1", LIST)], []),
    "two sheets that can be meant": ([(f"{NAME} 1", LIST), (f"{NAME} 2", LIST)], []),
    "no sheet of that name": ([(f"{NAME} 1", LIST)], ["--sheet", f"{NAME} 3"]),
    "no known heading": ([(f"{NAME} 1", NOTHING_KNOWN)], []),
    "nothing below the headings": ([(f"{NAME} 1", LIST[:1])], []),
    "a heading taken because --map says so": ([(f"{NAME} 1", [*LIST[:1], [NAME] * 5])], ["--map", "team=Child ID"]),
    "--map names a heading that is there twice": ([(f"{NAME} 1", LIST)], ["--map", f"team={NAME} said"]),
    "--map names a heading that is not there": ([(f"{NAME} 1", LIST)], ["--map", f"team={NAME}"]),
    "--map names a field that is not there": ([(f"{NAME} 1", LIST)], ["--map", f"{NAME}=Child ID"]),
    "--map names a field twice": ([(f"{NAME} 1", LIST)], ["--map", f"{NAME}=a", "--map", f"{NAME}=b"]),
    "a heading taken by --map": ([(f"{NAME} 1", LIST)], ["--map", f"team={NAME} said #2"]),
    "nothing to join": ([(f"{NAME} 1", LIST)], ["--join"]),
}


@pytest.mark.parametrize("why", IMPORTS)
def test_import_says_the_place_of_a_sheet_or_heading_never_its_name(
    why: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sheets, more = IMPORTS[why]
    path = tmp_path / "working.xlsx"
    assert dipsample("new", path)[0] == 0
    export = _export(tmp_path / f"{NAME}.xlsx", *sheets)
    status, result, said = dipsample("import", path, export, *more)
    told = json.dumps(result) + said + "".join(capfd.readouterr())
    assert status in (1, 2) or "heading" in why
    assert len(told) > 30
    assert search(told.encode(), [NAME]) == {}


def test_an_export_that_is_not_there_or_no_workbook_is_not_named(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    (tmp_path / f"{NAME}.xls").write_text("no workbook", encoding="utf-8")
    for name in (f"{NAME}.xlsx", f"{NAME}.xls", f"{NAME}.doc", NAME):
        status, _, said = dipsample("import", path, tmp_path / name)
        assert status == 2
        assert "export" in said.casefold()
        assert search(said.encode(), [NAME]) == {}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> sharing_places.Places:
    """A review workbook with a column and a sheet whose names are a synthetic child's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
        made = sharing_places.made(tmp_path_factory.mktemp("shared"))
    add_column(made.review, "Review", f"{NAME} said")
    book = openpyxl.load_workbook(made.review)
    book.create_sheet(f"{NAME} sheet")["A1"] = NAME
    book.save(made.review)
    made.type_in(f"{NAME} was seen", column=f"{NAME} said")
    made.type_in(f"{sharing_places.NAME} was seen")
    return made


@pytest.mark.parametrize(
    "action", ["screen", "release", "release --own-columns", "analyse", "publish", "pseudonymise", "restore", "key"]
)
def test_no_action_on_a_review_workbook_says_the_name_of_a_column_or_sheet_of_peoples_own(
    shared: sharing_places.Places, action: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    given: list[object] = {
        "screen": ["screen", shared.review, "--key", shared.key],
        "release": ["release", shared.review, "--key", shared.key, "--to", shared.panel],
        "release --own-columns": ["release", shared.review, "--key", shared.key, "--to", shared.panel, "--own-columns"],
        "analyse": ["analyse", shared.review],
        "publish": ["publish", shared.review, tmp_path / "out.xlsx", "--key", shared.key],
        "pseudonymise": ["pseudonymise", shared.working, "--review", shared.review, "--key", shared.key],
        "restore": ["restore", shared.review],
        "key": ["key", "verify", shared.key, "--workbook", shared.review],
    }[action]
    status, result, said = dipsample(*given)
    told = f"{json.dumps(result)}{said}"
    assert status in (0, 1, 2), said
    assert len(told) > 50
    assert search(told.encode(), [NAME, *sharing_places.NAME.split()]) == {}


def test_undo_counts_the_columns_of_peoples_own_that_are_gone(tmp_path: Path) -> None:
    path = working_workbook(tmp_path, [row(1)])
    dipsample("narrow", path)
    bare = path.read_bytes()
    add_column(path, "CaseCheck", f"{NAME} said")
    decide(path, {1: ("Include", None, "AB")})
    dipsample("check", path)
    path.write_bytes(bare)
    _, result, _ = dipsample("restore", path)
    assert "columns-gone" in {one["code"] for one in result["messages"]}
    assert search(json.dumps(result).encode(), [NAME]) == {}


def test_a_bug_report_holds_no_words_of_the_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    out = io.StringIO()
    bug = ValueError("cannot read zqforean")
    bug.__cause__ = KeyError("zqsuram")
    with contextlib.redirect_stderr(out):
        assert cli._report_bug(bug) == 3
    assert "Reference" in out.getvalue()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    for text in (out.getvalue().encode(), *(path.read_bytes() for path in written)):
        assert search(text, ["zqforean", "zqsuram"]) == {}


def test_a_text_that_no_cell_can_hold_is_refused_by_its_place_not_by_its_heading(tmp_path: Path) -> None:
    path = working_workbook(tmp_path, [row(1)])
    add_column(path, "CaseCheck", f"{NAME} said")
    host = FileHost.open(path, SilentUi())
    frame = pd.DataFrame([{f"{NAME} said": "x" * 40_000}], columns=host.read_table("CaseCheck").columns, dtype=object)
    with pytest.raises(FileProblem, match=r"Excel row 6, column [A-Z]+, the text") as refused:
        host.write_table("CaseCheck", frame)
    assert search(refused.value.sentence.encode(), [NAME]) == {}


def test_a_filter_of_excel_that_cannot_be_put_back_is_told_by_the_place_of_a_column_of_peoples_own() -> None:
    assert filters._shown("CaseCheck", "Decision", 9) == "Decision"
    assert filters._shown("CaseCheck", f"{NAME} said", 14) == "its column 14"
