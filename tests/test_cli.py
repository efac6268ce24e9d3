"""The command line: exit statuses, the shape of --json, and one plain line for every refusal."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import click
import openpyxl
import platformdirs
import pytest

from tests.actions.typing_in import include_all
from tests.actions.workbooks import PASSPHRASE, dipsample, row, table, working_workbook
from xl_dipsample import __version__, cli
from xl_dipsample.actions import narrow
from xl_dipsample.actions.running import registry
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

MESSAGE_KEYS = {"level", "code", "text", "sheet", "row", "column"}
SENTINEL = "Zebedee Sentinel"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an export and a working workbook of two sure rows and one below the cut-off."""
    folder = tmp_path_factory.mktemp("made")
    names = ("Ann Synthetic", "Bo Synthetic", "Cy Synthetic")
    rows = [row(number, Name=name) for number, name in enumerate(names, 1)]
    rows[2]["DOB"] = "02/03/2015"
    working_workbook(folder, rows)
    return folder


@pytest.fixture
def working(made: Path, tmp_path: Path) -> Path:
    """A copy of that workbook, alone in a folder."""
    return Path(shutil.copy(made / "working.xlsx", tmp_path / "working.xlsx"))


def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own, with nobody at the keyboard."""
    return subprocess.run(
        [sys.executable, "-m", "xl_dipsample", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, byte for byte."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def refused(folder: Path, *arguments: object) -> str:
    """Run a command that has to be refused: one line on stderr, nothing on stdout, every file as it was."""
    before = files(folder)
    status, printed, said = dipsample(*arguments)
    assert status == cli.REFUSED, (status, said)
    assert printed == {}
    assert said.strip().count("\n") == 0  # a stop by Ctrl+C starts a new line after "^C"
    assert said.endswith(".\n")
    assert "Traceback" not in said
    assert files(folder) == before
    return said


# --- exit statuses and --json


def test_status_0_and_the_shape_of_the_json(working: Path) -> None:
    status, result, said = dipsample("check", working)
    assert (status, said) == (cli.DONE, "")
    assert set(result) == {"action", "ok", "figures", "messages", "files"}
    assert (result["action"], result["ok"], result["figures"]["rows"]) == ("check", True, 3)


def test_status_1_while_something_needs_a_person(working: Path) -> None:
    status, result, _ = dipsample("narrow", working)
    assert (status, result["ok"], result["figures"]["undecided"]) == (cli.NEEDS_A_PERSON, False, 2)
    assert result["messages"]
    for message in result["messages"]:
        assert set(message) == MESSAGE_KEYS
        assert message["level"] in {"error", "warning", "note"}
        assert message["code"]
        assert message["text"].endswith(".")
    include_all(working)
    assert dipsample("narrow", working)[0] == cli.DONE


def test_the_funnel_in_the_json_says_which_stage_was_not_applied(working: Path) -> None:
    _, result, _ = dipsample("narrow", working)
    for stage in result["figures"]["funnel"]:
        assert set(stage) - {"applied"} == {"stage", "excluded", "remaining"}
        assert stage.get("applied", True) is (stage["excluded"] is not None)


def test_the_json_is_the_only_thing_on_stdout(tmp_path: Path) -> None:
    done = command("new", tmp_path / "new.xlsx", "--json")
    assert done.returncode == cli.DONE
    assert json.loads(done.stdout)["files"] == [str(tmp_path / "new.xlsx")]
    assert done.stderr == b""


def test_without_json_every_message_is_a_line_with_its_place(working: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["narrow", str(working)]) == cli.NEEDS_A_PERSON
    shown = capsys.readouterr().out.splitlines()
    assert any(line.startswith("Warning: Provisional: 2 of 2") and line.endswith("(Case check)") for line in shown)


def test_help_and_version_are_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["--help"], ["narrow", "--help"]):
        assert cli.run(arguments) == cli.DONE
    shown = capsys.readouterr()
    assert shown.err == ""
    for action in registry.ACTIONS:
        assert f"  {action.id} " in shown.out
    assert cli.run(["--version"]) == cli.DONE
    assert capsys.readouterr().out == f"dipsample {__version__}\n"


def test_the_module_is_the_command() -> None:
    done = command("--version")
    assert (done.returncode, done.stdout.decode().split()) == (cli.DONE, ["dipsample", __version__])


# --- refusals


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["narow"], "narow"),
        (["import"], "WORKBOOK"),
        (["import", "working.xlsx"], "EXPORT"),
        (["lookup"], "KEY"),
        (["pseudonymise", "working.xlsx", "--key", "key.xlsx"], "--review"),
        (["narrow", "working.xlsx", "--cut-off", "12"], "--cut-off"),
        (["narrow", "working.xlsx", "another.xlsx"], "more arguments"),
        (["import", "working.xlsx", "export.csv", "--join=yes"], "--join"),
    ],
)
def test_a_command_that_is_typed_wrongly_is_refused_in_one_line(
    tmp_path: Path, arguments: list[str], named: str
) -> None:
    said = refused(tmp_path, *arguments)
    assert named in said
    assert "--help" in said


def test_a_workbook_that_is_not_there(tmp_path: Path) -> None:
    assert "gone.xlsx" in refused(tmp_path, "narrow", tmp_path / "gone.xlsx")


def test_a_workbook_of_the_wrong_kind_is_refused_and_the_right_one_named(tmp_path: Path, working: Path) -> None:
    review = tmp_path / "review.xlsx"
    review.write_bytes(build("review"))
    said = refused(tmp_path, "narrow", review)
    assert "review.xlsx is a review workbook" in said
    assert "working workbook" in said
    assert "needs the review workbook" in refused(tmp_path, "analyse", working)


@pytest.mark.parametrize("action", [one for one in registry.ACTIONS if one.subject], ids=lambda one: one.id)
def test_a_workbook_that_somebody_has_open_is_not_touched(
    tmp_path: Path, made: Path, working: Path, monkeypatch: pytest.MonkeyPatch, action: registry.Action
) -> None:
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    if action.subject == "review":
        working = tmp_path / "review.xlsx"
        working.write_bytes(build("review"))
    (tmp_path / f"~${working.name}").write_bytes(b"\x05Lead")
    more: dict[str, list[object]] = {
        "import": [made / "export.csv"],
        "pseudonymise": ["--review", tmp_path / "share" / "review.xlsx", "--key", tmp_path / "key.xlsx"],
        "screen": ["--key", tmp_path / "key.xlsx"],
        "release": ["--key", tmp_path / "key.xlsx", "--to", tmp_path],
        "publish": [tmp_path / "publication.xlsx"],
        "compare": [tmp_path / "earlier.xlsx"],
        "briefing": [tmp_path / "briefing.docx"],
    }
    said = refused(tmp_path, action.id, working, *more.get(action.id, []))
    assert working.name in said
    assert "open" in said


def change(path: Path, edit: Callable[[openpyxl.Workbook], None]) -> None:
    """Load, change and save as another program does."""
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)


def test_a_renamed_heading_is_refused_by_its_name(tmp_path: Path, working: Path) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        sheet = book["Case check"]
        part = sheet.tables["CaseCheck"]
        column = next(one for one in part.tableColumns if one.name == "Decision")
        cell = next(one for one in sheet[part.ref.split(":")[0][1:]] if one.value == "Decision")
        column.name = cell.value = "What we think"

    change(working, rename)
    said = refused(tmp_path, "narrow", working)
    assert "CaseCheck" in said
    assert "Decision" in said
    assert "What we think" not in said


def test_a_deleted_sheet_is_refused_by_its_name(tmp_path: Path, working: Path) -> None:
    change(working, lambda book: book.remove(book["Exclusion log"]))
    said = refused(tmp_path, "narrow", working)
    assert "Exclusion log" in said
    assert "ExclusionLog" in said


def test_a_renamed_table_is_refused_by_its_name(tmp_path: Path, working: Path) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        sheet = book["Long list"]
        part = sheet.tables.pop("LongList")
        part.name = part.displayName = "Table1"
        sheet.tables.add(part)

    change(working, rename)
    assert "LongList" in refused(tmp_path, "check", working)


def test_an_empty_long_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    dipsample("new", path)
    for action in ("check", "narrow"):
        assert "Import long list first" in refused(tmp_path, action, path)


# --- questions


def test_a_question_that_nobody_answers_names_its_option(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title in ("North", "South"):
        sheet = book.create_sheet(title)
        sheet.append(["Case number", "DOB", "Date of referral"])
        sheet.append(["5001", "15/06/2008", "01/09/2022"])
    export, path = tmp_path / "export.xlsx", tmp_path / "new.xlsx"
    book.save(export)
    assert dipsample("new", path)[0] == cli.DONE
    before = files(tmp_path)
    done = command("import", path, export)
    assert (done.returncode, done.stdout) == (cli.REFUSED, b"")
    assert done.stderr.decode().count("\n") == 1
    assert b"--sheet" in done.stderr
    assert files(tmp_path) == before


def test_a_passphrase_that_nobody_types_names_its_option(
    tmp_path: Path, working: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dipsample("narrow", working)
    include_all(working)
    for name in ("DIPSAMPLE_PASSPHRASE", "DIPSAMPLE_READING_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("key", "share"):
        (tmp_path / name).mkdir()
    before = files(tmp_path)
    done = command(
        "pseudonymise", working, "--review", tmp_path / "share" / "review.xlsx", "--key", tmp_path / "key" / "key.xlsx"
    )
    assert done.returncode == cli.REFUSED
    assert b"--passphrase-file" in done.stderr
    assert files(tmp_path) == before


def test_no_option_takes_a_passphrase() -> None:
    """Every process of the computer can read another one's arguments."""
    group = cli._group()
    for action in registry.ACTIONS:
        for argument in action.arguments:
            if any(word in argument.field for word in ("pass", "secret", "keyholder")):
                assert argument.kind in {"path", "yes"}, argument
        for one in group.commands[action.id].params:
            assert one.envvar is None
            assert not (isinstance(one, click.Option) and (one.prompt or one.hide_input))


def test_an_argument_too_many_is_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["doctor", "Synthetic Surname"]) == cli.REFUSED
    said = capsys.readouterr().err
    assert "more arguments" in said
    assert "Synthetic" not in said


# --- what must not go wrong


def test_a_bug_gives_a_reference_and_the_log_and_no_case_data(
    tmp_path: Path, working: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(host: object, options: object) -> None:
        raise ValueError(f"cannot convert {SENTINEL}")

    monkeypatch.setattr(narrow, "run", broken)
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_, **__: tmp_path)
    before = working.read_bytes()
    status, printed, said = dipsample("narrow", working)
    log = (tmp_path / "bugs.log").read_text(encoding="utf-8")
    assert (status, printed) == (cli.BUG, {})
    reference = said.split("Reference ")[1].split(";")[0]
    assert said.count("\n") == 1
    assert str(tmp_path / "bugs.log") in said
    assert log.startswith(f"{reference} xl_dipsample {__version__} ValueError")
    assert "test_cli.py" in log
    for told in (said, log):
        assert SENTINEL not in told
        assert "Traceback" not in told
        assert "cannot convert" not in told
        assert str(working) not in told
    assert working.read_bytes() == before


@pytest.mark.parametrize("table_name", ["ExclusionLog", "Audit", "Start"])
def test_stopping_in_the_middle_leaves_the_workbook_as_it_was(
    tmp_path: Path, working: Path, monkeypatch: pytest.MonkeyPatch, table_name: str
) -> None:
    write = FileHost.write_table

    def stop_at(host: FileHost, name: str, frame: object) -> None:
        if name == table_name:
            raise KeyboardInterrupt
        write(host, name, frame)  # type: ignore[arg-type]

    monkeypatch.setattr(FileHost, "write_table", stop_at)
    assert "is as it was" in refused(tmp_path, "narrow", working)
    monkeypatch.undo()
    assert dipsample("narrow", working)[0] == cli.NEEDS_A_PERSON


def test_no_room_on_the_disk_is_a_refusal(tmp_path: Path, working: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(host: FileHost) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileHost, "save", full)
    assert "disk" in refused(tmp_path, "narrow", working)


def test_a_console_with_few_letters_shows_every_name(tmp_path: Path) -> None:
    folder = tmp_path / "Żółć"
    folder.mkdir()
    done = command("new", folder / "wzór.xlsx", PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (cli.DONE, b"")
    assert b"Wrote " in done.stdout
    again = command("new", folder / "wzór.xlsx", PYTHONIOENCODING="ascii")
    assert again.returncode == cli.REFUSED
    assert b"already" in again.stderr


def test_a_reader_of_the_output_that_stops_early_is_no_failure(working: Path) -> None:
    """`dipsample doctor | head -1`: what was to be done is done."""
    process = subprocess.Popen(
        [sys.executable, "-m", "xl_dipsample", "doctor"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() in (cli.DONE, cli.NEEDS_A_PERSON)
    assert "Traceback" not in said
    assert "Something went wrong" not in said


def test_a_row_of_an_action_is_never_shown(working: Path) -> None:
    """No message or --json holds what stands in a cell."""
    _, checked, _ = dipsample("check", working)
    _, narrowed, _ = dipsample("narrow", working)
    names = [str(cell) for heading in ("Name", "Case ID") for cell in table(working, "LongList")[heading]]
    for result in (checked, narrowed):
        told = json.dumps(result["messages"]) + json.dumps(result["files"])
        assert not [name for name in names if name in told]


def test_the_terminal_is_told_of_long_work_only_when_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    from xl_dipsample.actions.running import terminal_ui

    said: list[str] = []
    monkeypatch.setattr(terminal_ui, "PROGRESS_AFTER", 0.0)
    monkeypatch.setattr(terminal_ui.click, "echo", lambda text, **_: said.append(text))
    for watching in (False, True):
        monkeypatch.setattr(sys, "stderr", SimpleNamespace(isatty=lambda watching=watching: watching))
        terminal_ui.TerminalUi().progress("Reading", 0.5)
    assert said == ["Reading 50% ..."]
