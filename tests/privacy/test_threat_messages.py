"""No message, --json, log or bug report of any action holds what stands in a cell; headings and sheets may be named."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from tests.actions.workbooks import PASSPHRASE, READING, dipsample
from tests.privacy import planted
from tests.privacy.threat_search import search
from xl_dipsample import cli

NAMED = (planted.SHEET, "zqownhead", "zqheadingrow", "zqownsheet", *planted.UNMAPPED_HEADINGS)
CELLS = [word for word in planted.words() if word.casefold() not in {one.casefold() for one in NAMED}]


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
def test_no_action_says_what_stands_in_a_cell(working: Path, action: str, monkeypatch: pytest.MonkeyPatch) -> None:
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
    assert search(told.encode(), CELLS, planted.days()) == {}
    log = working.with_name(f"{working.stem}.audit.jsonl")
    assert search(log.read_bytes(), CELLS, planted.days()) == {}


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
