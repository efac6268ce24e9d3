"""One press at a time, answered at once, done on one thread, and nothing of it kept."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from xl_dipsample.addin.desk.presses import BUSY, OTHER_VERSION, TAKEN, Press, Presses

SOON = 0.1  # seconds


class Opened:
    """What a press holds while it works: an opened key, say."""


@pytest.fixture
def started() -> Iterator[Callable[[Presses], Presses]]:
    made: list[Presses] = []

    def start(presses: Presses) -> Presses:
        made.append(presses)
        presses.start()
        return presses

    yield start
    for one in made:
        assert one.end(20)


def how_long(call: Callable[[], object]) -> float:
    begin = time.monotonic()
    call()
    return time.monotonic() - begin


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_a_press_is_answered_at_once_while_the_desk_still_loads(started: Callable[[Presses], Presses]) -> None:
    loaded, done = threading.Event(), []
    desk = started(Presses(done.append, beforehand=lambda: bool(loaded.wait(20)) or None))
    assert how_long(lambda: desk.press(Press("narrow", 4711))) < SOON
    assert done == []
    loaded.set()
    wait_until(lambda: done == [Press("narrow", 4711)])


def test_a_second_press_is_busy_until_the_first_is_over(started: Callable[[Presses], Presses]) -> None:
    go_on, ended = threading.Event(), threading.Event()
    desk = started(Presses(lambda _: bool(go_on.wait(20)) or None, ended=ended.set))
    assert desk.press(Press("narrow")) == TAKEN
    answers: list[str] = []
    assert how_long(lambda: answers.append(desk.press(Press("check")))) < SOON
    assert answers == [BUSY]
    assert desk.at_work
    go_on.set()
    assert ended.wait(20)
    assert desk.press(Press("check")) == TAKEN


def test_a_ribbon_of_another_version_is_told_so_even_while_something_is_in_work(
    started: Callable[[Presses], Presses],
) -> None:
    done: list[Press] = []
    desk = started(Presses(done.append))
    assert desk.press(Press("narrow"), "0.0.1") == OTHER_VERSION
    assert desk.press(Press("check")) == TAKEN
    wait_until(lambda: done == [Press("check")])


def test_loading_presses_and_looks_share_one_thread_with_an_apartment_of_its_own(
    started: Callable[[Presses], Presses],
) -> None:
    on: list[tuple[str, int]] = []
    inside = threading.Event()

    @contextmanager
    def apartment() -> Iterator[None]:
        inside.set()
        yield
        inside.clear()

    def note(what: str) -> None:
        assert inside.is_set()
        on.append((what, threading.get_ident()))

    desk = started(Presses(lambda _: note("press"), apartment=apartment, beforehand=lambda: note("load")))
    assert desk.press(Press("narrow")) == TAKEN
    wait_until(lambda: not desk.at_work)
    assert desk.between(lambda: note("look"))
    wait_until(lambda: len(on) == 3)
    assert [what for what, _ in on] == ["load", "press", "look"]
    assert len({thread for _, thread in on}) == 1
    assert on[0][1] != threading.get_ident()
    assert desk.end(20)
    assert not inside.is_set()


def test_the_desk_does_not_look_at_excel_while_a_press_is_in_work(started: Callable[[Presses], Presses]) -> None:
    go_on = threading.Event()
    desk = started(Presses(lambda _: bool(go_on.wait(20)) or None))
    assert desk.press(Press("narrow")) == TAKEN
    assert not desk.between(lambda: None)
    go_on.set()


def test_a_press_that_comes_while_the_desk_looks_at_excel_is_taken(started: Callable[[Presses], Presses]) -> None:
    go_on, done = threading.Event(), []
    desk = started(Presses(done.append))
    assert desk.between(lambda: bool(go_on.wait(20)) or None)
    assert desk.press(Press("narrow")) == TAKEN
    go_on.set()
    wait_until(lambda: done == [Press("narrow")])


def test_it_does_not_end_while_a_press_is_in_work_and_then_takes_no_more() -> None:
    go_on = threading.Event()
    desk = Presses(lambda _: bool(go_on.wait(20)) or None)
    desk.start()
    assert desk.press(Press("narrow")) == TAKEN
    assert not desk.end(0.05)
    go_on.set()
    assert desk.end(20)
    assert desk.press(Press("check")) == BUSY


def test_what_a_press_opened_is_gone_when_it_has_ended(started: Callable[[Presses], Presses]) -> None:
    kept: list[weakref.ref[Opened]] = []

    def open_and_circle(_: Press) -> None:
        key = Opened()
        key.itself = key  # type: ignore[attr-defined]  # a circle: only the collector frees it
        kept.append(weakref.ref(key))

    ended = threading.Event()
    desk = started(Presses(open_and_circle, ended=ended.set))
    assert desk.press(Press("lookup")) == TAKEN
    assert ended.wait(20)
    assert kept[0]() is None


def test_a_desk_that_is_closed_while_it_loads_loads_no_more_and_ends() -> None:
    code = (
        "import sys; from xl_dipsample.addin.desk.desk import Desk; from xl_dipsample.files.windows import Windows;"
        "presses = Desk(Windows(), None, None).presses; presses.start();"
        "print(presses.end(60.0), 'pandera' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
