"""A Python that is kept warm: who may speak to it, what it does, when it ends, and what a press does without it."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import TypeVar

import pytest

from tests.silent_ui import SilentUi
from tests.simulated_windows import SimulatedWindows
from xl_dipsample import __version__
from xl_dipsample.addin.press import entry, serve, warm
from xl_dipsample.domain.shared.errors import FileProblem

T = TypeVar("T")
EXCEL = 4711
KEY = "ab" * warm.KEY_BYTES


class Serving:
    """A server in a thread, on a computer on which Excel runs."""

    def __init__(self, folder: Path, press: Callable[[str, int], None] | None = None) -> None:
        self.windows = SimulatedWindows(folder)
        self.windows.processes = {os.getpid(): "pythonw.exe", EXCEL: "EXCEL.EXE"}
        self.folder = self.windows.local_data()
        self.pressed: list[tuple[str, int]] = []
        self._thread = threading.Thread(target=self._run, args=(press or self._note,), daemon=True)
        self.presses: int | None = None

    def _note(self, action: str, pid: int) -> None:
        self.pressed.append((action, pid))

    def _run(self, press: Callable[[str, int], None]) -> None:
        result = serve.run(SilentUi(), serve.ServeOptions(), self.windows, press)
        self.presses = result.figures["presses"]

    def start(self) -> warm.Record:
        self._thread.start()
        return wait_for(lambda: warm.read_record(self.folder))

    def ended(self, seconds: float = 10) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()


def wait_for(look: Callable[[], T | None], seconds: float = 30) -> T:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "LOOK_EVERY", 0.05)


@contextmanager
def serving(folder: Path, press: Callable[[str, int], None] | None = None) -> Iterator[Serving]:
    one = Serving(folder, press)
    one.start()
    yield one
    one.windows.processes.pop(EXCEL, None)
    assert one.ended()


def record_of(port: int, **other: object) -> warm.Record:
    given = {"port": port, "key": KEY, "process": os.getpid(), "version": __version__} | other
    return warm.Record(**given)  # type: ignore[arg-type]


# --- a press


def test_a_press_is_done_by_the_warm_python_and_waited_for(tmp_path: Path) -> None:
    done = threading.Event()

    def slowly(action: str, pid: int) -> None:
        time.sleep(0.4)
        done.set()

    with serving(tmp_path, slowly) as one:
        assert warm.hand_over(one.folder, "narrow", EXCEL) == warm.DONE
        assert done.is_set()


def test_the_entry_hands_the_press_over_and_does_nothing_itself(tmp_path: Path) -> None:
    with serving(tmp_path) as one:
        assert entry.main(["narrow", "--pid", str(EXCEL)], windows=one.windows) == 0
        assert one.pressed == [("narrow", EXCEL)]
        assert one.windows.shown == []


def test_presses_are_run_one_after_another_and_counted(tmp_path: Path) -> None:
    with serving(tmp_path) as one:
        for action in ("check", "narrow", "check"):
            assert warm.hand_over(one.folder, action, EXCEL) == warm.DONE
    assert [action for action, _ in one.pressed] == ["check", "narrow", "check"]
    assert one.presses == 3


def test_a_press_while_another_runs_is_told_so_at_once_and_does_the_work_itself(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def until_told(action: str, pid: int) -> None:
        begun.set()
        assert go_on.wait(20)

    with serving(tmp_path, until_told) as one:
        first = threading.Thread(target=warm.hand_over, args=(one.folder, "narrow", EXCEL))
        first.start()
        assert begun.wait(10)
        asked = time.monotonic()
        assert warm.hand_over(one.folder, "check", EXCEL + 1) == ""
        assert time.monotonic() - asked < warm.CONNECT_SECONDS
        go_on.set()
        first.join(10)
        begun.clear()
        assert warm.hand_over(one.folder, "check", EXCEL) == warm.DONE


def test_a_press_that_stopped_waiting_is_never_run_by_the_server_as_well(tmp_path: Path) -> None:
    with serving(tmp_path) as one:
        record = warm.read_record(one.folder)
        assert record is not None
        connection = warm.connect(record)
        assert connection is not None
        warm.send(connection, {"action": "narrow", "pid": EXCEL, "version": __version__})
        assert warm.receive(connection) == {"state": warm.TAKEN}
        connection.close()  # without saying go
        wait_for(lambda: warm.hand_over(one.folder, "check", EXCEL) or None)
        assert one.pressed == [("check", EXCEL)]


def test_a_server_that_dies_at_it_is_told_and_the_press_is_not_repeated(tmp_path: Path) -> None:
    def answer(connection: Connection) -> None:
        warm.receive(connection)
        warm.send(connection, {"state": warm.TAKEN})
        warm.receive(connection)  # go
        connection.close()

    windows = SimulatedWindows(tmp_path)
    with listening(answer) as port:
        warm.write_record(windows.local_data(), record_of(port))
        assert entry.main(["narrow", "--pid", "1"], windows=windows) == 0
    assert windows.shown == [("Dip-sampling", warm.CUT_OFF)]


@contextmanager
def listening(answer: Callable[[Connection], None]) -> Iterator[int]:
    """Somebody who knows the key and answers as the test says."""
    with Listener((warm.LOCAL, 0), authkey=bytes.fromhex(KEY)) as listener:

        def take() -> None:
            with suppress(OSError):  # nobody came, and the listener was closed
                answer(listener.accept())

        threading.Thread(target=take, daemon=True).start()
        yield int(listener.address[1])


# --- when nobody is there, or somebody else


def test_without_a_record_the_press_does_the_work_itself(tmp_path: Path) -> None:
    assert warm.hand_over(tmp_path, "narrow", EXCEL) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '"words"',
        '{"port": "80", "key": "%s", "process": 1, "version": "1"}',
        '{"port": 99999, "key": "%s", "process": 1, "version": "1"}',
        '{"port": 80, "key": "short", "process": 1, "version": "1"}',
        '{"port": 80, "key": "%s", "process": 1, "version": 1}',
        '{"port": 80, "key": "%s", "process": 1, "version": "1", "run": "calc.exe"}',
    ],
)
def test_a_record_that_makes_no_sense_is_no_record(tmp_path: Path, text: str) -> None:
    (tmp_path / warm.RECORD).write_text(text.replace("%s", KEY), encoding="utf-8")
    assert warm.read_record(tmp_path) is None
    assert warm.hand_over(tmp_path, "narrow", EXCEL) == ""


def test_a_record_that_a_dead_server_left_costs_hardly_any_time(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((warm.LOCAL, 0))
        port = taken.getsockname()[1]
    warm.write_record(tmp_path, record_of(port))
    started = time.monotonic()
    assert warm.hand_over(tmp_path, "narrow", EXCEL) == ""
    assert time.monotonic() - started < 1


def test_a_server_that_hangs_costs_the_time_out_and_no_more(tmp_path: Path) -> None:
    with socket.create_server((warm.LOCAL, 0)) as silent:
        warm.write_record(tmp_path, record_of(silent.getsockname()[1]))
        started = time.monotonic()
        assert warm.hand_over(tmp_path, "narrow", EXCEL) == ""
        assert time.monotonic() - started < warm.CONNECT_SECONDS + 1


def test_another_version_of_the_package_is_not_even_asked(tmp_path: Path) -> None:
    asked = threading.Event()
    with listening(lambda _: asked.set()) as port:
        warm.write_record(tmp_path, record_of(port, version="0.0.1"))
        assert warm.hand_over(tmp_path, "narrow", EXCEL) == ""
        assert not asked.is_set()


def test_a_server_that_a_newer_package_asks_refuses_and_ends(tmp_path: Path) -> None:
    one = Serving(tmp_path)
    record = one.start()
    connection = warm.connect(record)
    assert connection is not None
    warm.send(connection, {"action": "narrow", "pid": EXCEL, "version": "999.0"})
    assert warm.receive(connection) == {"state": warm.OTHER_VERSION}
    assert one.ended()
    assert one.pressed == []


# --- who may speak to it


def test_it_listens_on_this_computer_alone(tmp_path: Path) -> None:
    with serving(tmp_path) as one:
        record = warm.read_record(one.folder)
        assert record is not None
        # another address of this very computer: whoever listens on every address answers there too
        with pytest.raises(OSError), socket.create_connection(("127.0.0.2", record.port), timeout=1):
            pass
        with socket.create_connection((warm.LOCAL, record.port), timeout=1):
            pass


@pytest.mark.posix("looks at the rights that Linux keeps with a file")
def test_the_record_may_be_read_by_this_user_alone_and_goes_with_the_server(tmp_path: Path) -> None:
    with serving(tmp_path) as one:
        assert stat.S_IMODE((one.folder / warm.RECORD).stat().st_mode) == 0o600
    assert not (one.folder / warm.RECORD).exists()
    assert list(one.folder.iterdir()) == []


def test_every_server_has_a_key_of_its_own(tmp_path: Path) -> None:
    keys = set()
    for name in ("a", "b"):
        with serving(tmp_path / name) as one:
            record = warm.read_record(one.folder)
            assert record is not None
            keys.add(record.key)
    assert len(keys) == 2


def test_a_caller_without_the_key_is_turned_away_and_the_next_press_still_works(tmp_path: Path) -> None:
    with serving(tmp_path) as one:
        record = warm.read_record(one.folder)
        assert record is not None
        for _ in range(serve.GREETERS + 1):
            with pytest.raises((AuthenticationError, EOFError, OSError)):
                Client((warm.LOCAL, record.port), authkey=b"guessed")
        assert warm.hand_over(one.folder, "check", EXCEL) == warm.DONE
    assert one.pressed == [("check", EXCEL)]


def test_a_caller_that_says_nothing_does_not_stop_a_press(tmp_path: Path) -> None:
    with serving(tmp_path) as one:
        record = warm.read_record(one.folder)
        assert record is not None
        with socket.create_connection((warm.LOCAL, record.port)):
            assert warm.hand_over(one.folder, "check", EXCEL) == warm.DONE


@pytest.mark.parametrize(
    "said", [b"\x80\x04.", b"{", b"[]", b'{"action": 1}', json.dumps({"action": "narrow", "pid": "x"}).encode()]
)
def test_words_that_are_no_press_do_nothing(tmp_path: Path, said: bytes) -> None:
    with serving(tmp_path) as one:
        record = warm.read_record(one.folder)
        assert record is not None
        connection = warm.connect(record)
        assert connection is not None
        connection.send_bytes(said)
        with pytest.raises(EOFError):
            connection.recv_bytes()
        assert warm.hand_over(one.folder, "check", EXCEL) == warm.DONE
    assert one.pressed == [("check", EXCEL)]


# --- beginning and end


def test_it_ends_when_excel_was_there_and_is_gone(tmp_path: Path) -> None:
    one = Serving(tmp_path)
    one.start()
    time.sleep(0.3)
    del one.windows.processes[EXCEL]
    assert one.ended()


def test_it_waits_for_an_excel_that_is_not_there_yet_and_at_last_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "HOURS", 0.5 / 3600)
    windows = SimulatedWindows(tmp_path)
    started = time.monotonic()
    result = serve.run(SilentUi(), serve.ServeOptions(), windows, lambda _action, _pid: None)
    assert time.monotonic() - started > 0.4
    assert result.figures == {"presses": 0}


def test_a_second_one_is_refused_politely(tmp_path: Path) -> None:
    with serving(tmp_path) as one:
        before = (one.folder / warm.RECORD).read_bytes()
        with pytest.raises(FileProblem) as refused:
            serve.run(SilentUi(), serve.ServeOptions(), one.windows, lambda _action, _pid: None)
        assert refused.value.sentence == "A Python is kept ready already; another one is not needed."
        assert (one.folder / warm.RECORD).read_bytes() == before


def test_a_record_that_a_dead_server_left_does_not_stop_a_new_one(tmp_path: Path) -> None:
    one = Serving(tmp_path)
    with socket.socket() as taken:
        taken.bind((warm.LOCAL, 0))
        port = taken.getsockname()[1]
    warm.write_record(one.folder, record_of(port))  # the number of a process that runs, but no server
    one._thread.start()
    wait_for(lambda: warm.hand_over(one.folder, "check", EXCEL) or None)
    del one.windows.processes[EXCEL]
    assert one.ended()


def test_the_command_serves_as_a_process_of_its_own(tmp_path: Path) -> None:
    """`dipsample serve`: the record is there, a press is taken and answered in words, a second serve is refused."""
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}
    folder = tmp_path / "xl_dipsample"
    command = [sys.executable, "-I", "-X", "utf8", "-m", "xl_dipsample", "serve"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        wait_for(lambda: warm.read_record(folder), 60)
        second = subprocess.run(command, env=environment, capture_output=True, check=False)
        assert second.returncode == 2
        assert b"not needed" in second.stderr
        assert warm.hand_over(folder, "narrow", 1) == warm.DONE
    finally:
        server.terminate()
        _, said = server.communicate(timeout=20)
    assert b"Dip-sampling: Narrow down: not done." in said  # no Excel here: the box's words go to stderr
    assert warm.hand_over(folder, "narrow", 1) == ""


def test_the_handing_over_side_imports_nothing_heavy() -> None:
    code = "import xl_dipsample.addin.press.entry, sys; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"pandas", "numpy", "xlwings", "click", "openpyxl", "tkinter", "ctypes", "multiprocessing", "argparse"}
    assert not heavy & set(loaded)
    ours = [name for name in loaded if name.startswith("xl_dipsample")]
    packages = ["xl_dipsample", "xl_dipsample.addin", "xl_dipsample.addin.press", "xl_dipsample.files"]
    assert len(set(ours) - set(packages)) <= 3
