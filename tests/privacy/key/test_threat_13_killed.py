"""Threats 5 and 13: the power goes in the middle of Pseudonymise, again and again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.actions.typing_in import decide, edit, set_cell
from tests.actions.workbooks import PASSPHRASE, READING, dipsample, row, table, working_workbook
from tests.privacy.threat_search import search
from xl_dipsample.privacy.key import key_file
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

KILLED = -9 if os.name == "posix" else 1  # what the end of a killed program looks like
TRIES = 20  # to kill a run in the moment in which a temporary file lies in the share
CASES_MORE = TRIES + 3  # than rounds: each run of Pseudonymise has one case more to give an ID to
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def name_of(n: int) -> str:
    return f"Zqfore{LETTERS[n // 26]}{LETTERS[n % 26]}n"


def id_of(n: int) -> str:
    return str(7351902 + 1117 * n)


class Watch(threading.Thread):
    """Keeps a copy of everything that ever lies in some folders, however short."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(daemon=True)
        self.folders, self.over = folders, threading.Event()
        self.contents: dict[str, bytes] = {}
        self.names: set[Path] = set()
        self._known: set[tuple[str, int, int]] = set()

    def run(self) -> None:
        while not self.over.is_set():
            self.look()
            time.sleep(0.001)

    def look(self) -> None:
        folders = [str(folder) for folder in self.folders]
        for folder in folders:
            with contextlib.suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir():
                        folders.append(entry.path)
                    else:
                        self._keep(entry)

    def _keep(self, entry: os.DirEntry[str]) -> None:
        with contextlib.suppress(OSError):
            state = entry.stat()
            known = (entry.path, state.st_size, state.st_mtime_ns)
            if entry.is_file() and known not in self._known:
                data = Path(entry.path).read_bytes()
                self._known.add(known)
                self.names.add(Path(entry.path))
                self.contents[hashlib.sha256(data).hexdigest()] = data

    def stop(self) -> None:
        self.over.set()
        self.join()
        self.look()


class Place:
    """Four folders, and Pseudonymise as a process of its own with nothing else to write to."""

    def __init__(self, root: Path, cases: int) -> None:
        self.cases = cases
        rows = [row(n + 1, **{"Case number": id_of(n), "Name": f"{name_of(n)} Synthetic"}) for n in range(cases)]
        self.working = working_workbook(root / "work", rows)
        for name in ("key", "share", "temporary", "home"):
            (root / name).mkdir()
        self.key, self.review = root / "key" / "key.xlsx", root / "share" / "review.xlsx"
        self.reading = root / "key" / "reading.xlsx"
        self.temporary, self.home = root / "temporary", root / "home"
        set_cell(self.working, "Focus", "Sample name", "Test sample")
        dipsample("narrow", self.working)
        self.decided = 0
        self.typed: dict[str, str] = {}

    def start(self) -> subprocess.Popen[str]:
        places = {name: str(self.temporary) for name in ("TMPDIR", "TEMP", "TMP")}
        secret = {"DIPSAMPLE_PASSPHRASE": PASSPHRASE, "DIPSAMPLE_READING_PASSPHRASE": READING}
        return subprocess.Popen(
            [
                sys.executable, "-m", "xl_dipsample", "pseudonymise", str(self.working), "--review", str(self.review),
                "--key", str(self.key), "--reading-list", str(self.reading), "--without-undecided", "--json",
            ],
            env={**os.environ, **places, **secret, "HOME": str(self.home), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def wait_for_changes(self, process: subprocess.Popen[str], wanted: int) -> int:
        """Wait until so many things have changed in the folders, or the process is over; how many have."""
        before, changes = self._state(), 0
        while process.poll() is None and changes < wanted:
            now = self._state()
            changes += len(now.items() ^ before.items())
            before = now
            time.sleep(0.0005)
        return changes

    def _state(self) -> dict[str, tuple[int, int]]:
        found = {}
        for folder in (self.working.parent, self.key.parent, self.review.parent):
            for entry in os.scandir(folder):
                with contextlib.suppress(OSError):
                    state = entry.stat()
                    found[entry.path] = (state.st_size, state.st_mtime_ns)
        return found

    def decide_one_more(self) -> None:
        self.decided += 1
        decide(self.working, {self.decided: ("Include", None, "AB")})

    def type_something(self) -> None:
        def fill(host: FileHost) -> None:
            frame = host.read_table("Review")
            at = len(self.typed) % len(frame)
            words = f"typed number {len(self.typed)}"
            frame.loc[at, "Summary of harm"] = words
            self.typed[str(frame.loc[at, "Unique ID"])] = words
            host.write_table("Review", frame)

        if self.review.exists():
            edit(self.review, fill)

    def check(self) -> None:
        """What holds at every instant."""
        key = key_file.open_key(self.key, PASSPHRASE).book.key if self.key.exists() else None
        if self.review.exists():
            assert key is not None
            shown = table(self.review, "Review").set_index("Unique ID")
            assert set(shown.index) <= set(key["Unique ID"]), "every ID in the share has its row in the key"
            for unique_id, words in self.typed.items():
                assert shown.loc[unique_id, "Summary of harm"] == words, "nothing typed is lost"
        assert len(table(self.working, "LongList")) == self.cases, "the working workbook opens"


def test_threats_5_and_13_killed_at_random_instants_nothing_is_lost_and_nothing_identifiable_is_shared(
    tmp_path: Path,
) -> None:
    """Four kills, spread over all that Pseudonymise writes; the campaign makes a hundred."""
    killed_again_and_again(tmp_path, 4)


@pytest.mark.campaign
def test_threats_5_and_13_killed_at_a_hundred_instants(tmp_path: Path) -> None:
    killed_again_and_again(tmp_path, 100)


def killed_again_and_again(folder: Path, rounds: int) -> None:
    place, instants = Place(folder, rounds + CASES_MORE), random.Random(13)
    watch = Watch(place.review.parent, place.temporary, place.home)
    watch.start()
    for _ in range(2):  # with nothing there yet, then with everything there
        place.decide_one_more()
        with place.start() as process:
            changes = place.wait_for_changes(process, 10_000)
            _, said = process.communicate()
        assert process.returncode == 0, said
    killed, half_written = 0, False
    for number in range(rounds):
        place.decide_one_more()
        place.type_something()
        with place.start() as process:
            # spread over all that it writes, so that no stretch of the run is left out
            place.wait_for_changes(process, round((number + instants.random()) * changes / rounds))
            time.sleep(instants.choice([0, instants.uniform(0, 0.2)]))
            process.kill()
            process.communicate()
        killed += process.returncode == KILLED
        half_written |= any(place.review.parent.glob(".*.tmp"))
        place.check()
    for _ in range(0 if half_written else TRIES):
        place.decide_one_more()
        with place.start() as process:
            while process.poll() is None:  # the moment is short: looked for without a pause, and killed in it
                if any(entry.name.endswith(".tmp") for entry in os.scandir(place.review.parent)):
                    process.kill()
                    break
            process.communicate()
        half_written = any(place.review.parent.glob(".*.tmp"))
        place.check()
        if half_written:
            break
    with place.start() as process:
        out, said = process.communicate()
    assert process.returncode == 0, said
    assert json.loads(out)["figures"]["sample"] == place.decided
    place.check()
    watch.stop()

    assert killed > rounds // 2
    assert half_written, "at least once the kill came while a temporary file was in the share"
    assert set(key_file.open_key(place.key, PASSPHRASE).book.key["State"]) == {"committed"}
    left = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name.endswith((".tmp", ".lock"))]
    assert left == [], "the run after it tidies up"
    assert not list(place.temporary.iterdir())
    assert not list(place.home.iterdir())
    assert {path.parent for path in watch.names} == {place.review.parent}, "nothing was ever in the temporary folders"
    assert len(watch.contents) > 3
    planted = [word(n) for n in range(place.cases) for word in (name_of, id_of)]
    for data in watch.contents.values():
        assert search(data, planted) == {}
