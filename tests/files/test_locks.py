"""One writer at a time. Threat 14: two people at once."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.files import locks

COUNT_UP = """
import sys, time
from pathlib import Path
from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.files import locks
path, rounds = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
while rounds:
    try:
        with locks.held(path):
            number = int(path.read_text())
            time.sleep(0.001)
            path.write_text(str(number + 1))
        rounds -= 1
    except PrivacyProblem:
        time.sleep(0.0005)
"""

HOLD = """
import sys, time
from pathlib import Path
from xl_dipsample.files import locks
with locks.held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "key.xlsx"


def lock_file(path: Path) -> Path:
    return path.with_name("key.xlsx.lock")


def left_by(path: Path, **differences: object) -> None:
    holder = {
        "user": "pat",
        "machine": socket.gethostname(),
        "process": os.getpid(),
        "since": dt.datetime.now(dt.UTC).isoformat(),
        "token": "abc",
    }
    lock_file(path).write_text(json.dumps(holder | differences), encoding="utf-8")


def finished_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_the_lock_says_who_where_and_since_when_and_is_gone_afterwards(path: Path) -> None:
    with locks.held(path):
        holder = json.loads(lock_file(path).read_text(encoding="utf-8"))
        assert holder["machine"] == socket.gethostname()
        assert holder["process"] == os.getpid()
        assert holder["user"]
        assert dt.datetime.fromisoformat(holder["since"]) <= dt.datetime.now(dt.UTC)
    assert list(path.parent.iterdir()) == []


def test_the_lock_is_gone_after_an_error_too(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locks.held(path):
        raise ZeroDivisionError
    assert list(path.parent.iterdir()) == []


def test_a_second_run_is_refused_with_a_sentence_that_says_who(path: Path) -> None:
    with locks.held(path):
        with pytest.raises(PrivacyProblem, match=socket.gethostname()) as refused, locks.held(path):
            pass
        assert refused.value.code == "locked"
        assert lock_file(path).exists(), "the refused run leaves the other's lock alone"


def test_the_lock_is_the_same_through_a_link(path: Path) -> None:
    link = path.with_name("link.xlsx")
    path.touch()
    link.symlink_to(path)
    with locks.held(path), pytest.raises(PrivacyProblem), locks.held(link):
        pass


def test_a_lock_of_a_killed_run_on_this_machine_is_taken_over(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(PrivacyProblem), locks.held(path):
            pass
        process.kill()
    assert lock_file(path).exists()
    with locks.held(path):
        pass
    assert list(path.parent.iterdir()) == []


def test_a_lock_of_a_gone_run_that_had_our_process_number_is_taken_over(path: Path) -> None:
    left_by(path, process=os.getpid())  # Windows gives small numbers anew, at once
    with locks.held(path), pytest.raises(PrivacyProblem), locks.held(path):  # what we hold ourselves is not left over
        pass
    assert list(path.parent.iterdir()) == []


def test_a_lock_of_another_machine_is_never_taken_over(path: Path) -> None:
    left_by(path, machine="OTHER-PC", process=finished_process())
    with pytest.raises(PrivacyProblem, match=r"pat on OTHER-PC since .*: try again when that is done") as refused:
        locks.held(path).__enter__()
    assert "delete" not in refused.value.sentence


def test_an_old_lock_of_another_machine_is_explained(path: Path) -> None:
    yesterday = (dt.datetime.now(dt.UTC) - dt.timedelta(days=1)).isoformat()
    left_by(path, machine="OTHER-PC", since=yesterday)
    with pytest.raises(PrivacyProblem, match=r"delete key\.xlsx\.lock and try again"):
        locks.held(path).__enter__()
    assert lock_file(path).exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"user": 1}', "\x00" * 40])
def test_a_half_written_lock_counts_until_it_is_clearly_left_over(path: Path, content: str) -> None:
    lock_file(path).write_text(content, encoding="utf-8")
    with pytest.raises(PrivacyProblem, match="in a minute"):
        locks.held(path).__enter__()
    os.utime(lock_file(path), (0, 0))
    with locks.held(path):
        pass
    assert list(path.parent.iterdir()) == []


def test_a_lock_where_there_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="folder"):
        locks.held(tmp_path / "no" / "key.xlsx").__enter__()


def test_threat_14_two_processes_a_hundred_rounds_each_and_no_round_is_lost(path: Path) -> None:
    path.write_text("0")
    left_by(path, process=finished_process())  # both see it, and only one may remove it
    script = [sys.executable, "-c", COUNT_UP, str(path), "100"]
    with (
        subprocess.Popen(script, stdout=subprocess.DEVNULL) as one,
        subprocess.Popen(script, stdout=subprocess.DEVNULL) as two,
    ):
        assert one.wait(120) == two.wait(120) == 0
    assert path.read_text() == "200"
    assert list(path.parent.iterdir()) == [path]
