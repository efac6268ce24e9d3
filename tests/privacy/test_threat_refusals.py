"""A refused Pseudonymise (status 2) leaves nothing behind: no key, no ID, no lock, no temporary file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.typing_in import decide, edit
from tests.actions.workbooks import PASSPHRASE, READING, SECOND, dipsample, row, working_workbook
from tests.privacy.threat_search import search
from xl_dipsample.actions.running import snapshots

SENTINELS = [f"Zqfore{'abcd'[n]}n" for n in range(4)] + [str(7351902 + n) for n in range(4)]
Given = dict[str, object]
Places = tuple[Path, Given]


@pytest.fixture(scope="module")
def bytes_of_working(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    rows = [row(n, **{"Case number": SENTINELS[4 + n], "Name": f"{SENTINELS[n]} Synthetic"}) for n in range(4)]
    path = working_workbook(tmp_path_factory.mktemp("made"), rows)
    dipsample("narrow", path)
    decide(path, dict.fromkeys(range(1, 5), ("Include", None, "AB")))
    return path.read_bytes()


@pytest.fixture
def places(bytes_of_working: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """The working workbook, and options that would do."""
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DIPSAMPLE_READING_PASSPHRASE", READING)
    for name in ("work", "key", "share"):
        (tmp_path / name).mkdir()
    working = tmp_path / "work" / "working.xlsx"
    working.write_bytes(bytes_of_working)
    second = tmp_path / "second.txt"
    second.write_text(SECOND, encoding="utf-8")
    given: Given = {
        "--review": tmp_path / "share" / "review.xlsx",
        "--key": tmp_path / "key" / "key.xlsx",
        "--reading-list": tmp_path / "key" / "reading.xlsx",
        "--second-keyholder-file": second,
    }
    return working, given


def run(working: Path, given: Given) -> tuple[int, dict, str]:
    return dipsample("pseudonymise", working, *(part for pair in given.items() for part in pair))


def _beside(path: object, name: str) -> None:
    Path(str(path)).with_name(name).write_text("{}", encoding="utf-8")


def _questions(working: Path, *headings: str) -> None:
    def fill(host) -> None:
        frame = host.read_table("Questions").iloc[:0]
        for heading in headings:
            frame.loc[len(frame), ["Heading", "Type"]] = [heading, "Text"]
        host.write_table("Questions", frame)

    edit(working, fill)


def _elsewhere(given: Given, option: str, *parts: str) -> None:
    given[option] = Path(str(given[option])).parent.joinpath(*parts)


def _locked_by_another_machine(given: Given) -> None:
    holder = {"user": "a", "machine": "another", "process": 1, "since": "2025-01-01T00:00:00+00:00", "token": "x"}
    Path(f"{given['--key']}.lock").write_text(json.dumps(holder), encoding="utf-8")


SPOILT: dict[str, Callable[[Path, Given], object]] = {
    "a question with the heading of a column": lambda working, _: _questions(working, "reviewer"),
    "two questions with one heading": lambda working, _: _questions(working, "Where?", "WHERE?"),
    "somebody has not decided": lambda working, _: decide(working, {1: ("Unsure", None, None)}),
    "no folder for the reading list": lambda _, given: _elsewhere(given, "--reading-list", "none", "r.xlsx"),
    "no folder for the key": lambda _, given: _elsewhere(given, "--key", "none", "k.xlsx"),
    "no folder for the review workbook": lambda _, given: _elsewhere(given, "--review", "none", "r.xlsx"),
    "the review workbook is no .xlsx": lambda _, given: _elsewhere(given, "--review", "review.xlsm"),
    "the key in the share": lambda _, given: given.update({"--key": Path(str(given["--review"])).with_name("k.xlsx")}),
    "one name for two files": lambda _, given: given.update({"--reading-list": given["--key"]}),
    "the reading list is open": lambda _, given: _beside(given["--reading-list"], "~$reading.xlsx"),
    "the key is open": lambda _, given: _beside(given["--key"], ".~lock.key.xlsx#"),
    "the second keyholder's file is open": lambda _, given: _beside(given["--key"], "~$key second keyholder.xlsx"),
    "the key is locked": lambda _, given: _locked_by_another_machine(given),
    "a second keyholder with the key's passphrase": lambda _, given: Path(
        str(given["--second-keyholder-file"])
    ).write_text(PASSPHRASE, encoding="utf-8"),
    "a weak second passphrase": lambda _, given: Path(str(given["--second-keyholder-file"])).write_text(
        "passwordpassword", encoding="utf-8"
    ),
    "another file at the reading list's place": lambda _, given: _beside(given["--reading-list"], "reading.xlsx"),
    "another file at the key's place": lambda _, given: _beside(given["--key"], "key.xlsx"),
    "another file at the review workbook's place": lambda _, given: _beside(given["--review"], "review.xlsx"),
}


def everything(root: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in root.rglob("*")}


@pytest.mark.parametrize("why", SPOILT)
def test_a_refusal_leaves_nothing_behind_and_names_nobody(places: Places, tmp_path: Path, why: str) -> None:
    working, given = places
    SPOILT[why](working, given)
    before = everything(tmp_path)
    status, result, said = run(working, given)
    assert (status, result) == (2, {}), said
    assert said.count("\n") == 1
    assert everything(tmp_path) == before
    assert search(said.encode(), SENTINELS) == {}


def test_what_is_said_and_logged_when_it_works_names_nobody(places: Places, tmp_path: Path) -> None:
    working, given = places
    for _ in range(2):
        status, result, said = run(working, given)
        assert (status, said) == (0, "")
        assert search(json.dumps(result).encode(), SENTINELS) == {}
    log = working.with_name("working.audit.jsonl")
    assert search(log.read_bytes(), SENTINELS) == {}
    for path in tmp_path.rglob("*"):
        if path.is_file() and path != working and path.parent != snapshots.folder_of(working, "working"):
            assert search(path.read_bytes(), SENTINELS) == {}, path.name
        assert not path.name.endswith((".lock", ".tmp"))
