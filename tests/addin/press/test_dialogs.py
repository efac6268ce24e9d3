"""The windows that ask, on a screen of their own, worked with keyboard and mouse as a person does."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.screens import PIXELS, SCREEN, screen, wait_for_window, xdotool

__all__ = ["screen"]

ASK = """
import sys
from pathlib import Path
from xl_dipsample.addin.press.dialogs import CannotAsk, Dialogs, Stopped
ask = Dialogs()
try:
    print("answer", repr(eval(sys.argv[1])))
except (Stopped, CannotAsk) as refused:
    print(type(refused).__name__, refused)
"""


Step = tuple[str, ...] | Callable[[], None]


def asked(screen: str, question: str, *steps: Step, title: str = "Dip-sampling") -> str:
    """Ask, wait for the window, do the steps (xdotool's words, or a function), and give what came back."""
    environment = {**os.environ, "DISPLAY": screen}
    asking = subprocess.Popen(
        [sys.executable, "-c", ASK, question],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for_window(screen, title)
        for step in steps:
            if callable(step):
                step()
            else:
                xdotool(screen, *step)
        answer, errors = asking.communicate(timeout=30)
    finally:
        if asking.poll() is None:
            asking.kill()
            asking.communicate()
    assert errors == ""
    return answer.strip()


def key(*keys: str) -> tuple[str, ...]:
    return ("key", "--delay", "60", *keys)


def typed(text: str) -> tuple[str, ...]:
    return ("type", "--delay", "20", "--", text)


pytestmark = pytest.mark.office


# --- words


def test_enter_takes_what_is_typed_and_what_is_typed_replaces_what_is_proposed(screen: str) -> None:
    question = "ask.text('Which unique ID?', 'DS-7GK-4MX3')"
    assert asked(screen, question, key("Return")) == "answer 'DS-7GK-4MX3'"
    assert asked(screen, question, typed("ds 1"), key("Return")) == "answer 'ds 1'"


@pytest.mark.parametrize(
    "question",
    [
        "ask.text('?')",
        "ask.secret('?')",
        "ask.choose('?', ('a', 'b'))",
        "ask.choose('?', tuple('abcdefgh'))",
        "ask.ticks('?', ('a', 'b'))",
    ],
)
def test_esc_stops_wherever_the_cursor_is(screen: str, question: str) -> None:
    said = "Stopped Stopped; nothing was changed."
    assert asked(screen, question, key("Escape")) == said
    assert asked(screen, question, key("Tab", "Tab", "Tab", "Tab", "Escape")) == said


def test_tab_leads_to_ok_and_cancel(screen: str) -> None:
    assert asked(screen, "ask.text('?', 'x')", key("Tab", "space")).startswith(("Stopped", "answer"))
    both = {asked(screen, "ask.text('?', 'x')", key(*["Tab"] * presses, "space")) for presses in (1, 2)}
    assert both == {"answer 'x'", "Stopped Stopped; nothing was changed."}


# --- a passphrase


def test_a_passphrase_may_be_seen_when_the_person_wants_it(screen: str, tmp_path: Path) -> None:
    question = "ask.secret('Passphrase of the key')"
    assert asked(screen, question, typed("violet-harbour"), key("Return")) == "answer 'violet-harbour'"
    assert asked(screen, question, typed("violet"), key("alt+s"), typed("-x"), key("Return")) == "answer 'violet-x'"


def looks(screen: str, *steps: Step) -> set[bytes]:
    """How the whole screen looks, pixel by pixel, while the cursor blinks in a window that asks for a passphrase."""
    seen: set[bytes] = set()

    def look() -> None:
        end = time.monotonic() + 2.0
        while time.monotonic() < end:
            seen.add(hashlib.sha256(PIXELS[screen].read_bytes()).digest())
            time.sleep(0.1)

    asked(screen, "ask.secret('Passphrase of the key')", *steps, look, key("Return"))
    return seen


def test_a_passphrase_does_not_show_until_the_tick_is_set(screen: str) -> None:
    one, other = typed("violet-harbour"), typed("mitten-canyons")
    assert looks(screen, one) & looks(screen, other)
    assert not looks(screen, one, key("alt+s")) & looks(screen, other, key("alt+s"))


def test_an_offered_passphrase_can_be_copied(screen: str) -> None:
    offered = "obtuse-lantern-crayon-gravity-mitten-sparrow"
    question = f"ask.secret('Passphrase of the key', {offered!r})"
    steps = (key("shift+Tab", "ctrl+c", "Tab", "ctrl+v", "Return"),)
    assert asked(screen, question, *steps) == f"answer {offered!r}"


# --- a choice


def test_the_first_choice_is_marked_and_the_arrows_move(screen: str) -> None:
    question = "ask.choose('Go on?', ('Go on with the included cases', 'Stop'))"
    assert asked(screen, question, key("Return")) == "answer 'Go on with the included cases'"
    assert asked(screen, question, key("Down", "Return")) == "answer 'Stop'"
    assert asked(screen, question, key("Down", "Down", "Up", "Return")) == "answer 'Go on with the included cases'"


def test_a_long_list_scrolls(screen: str) -> None:
    question = "ask.choose('Which sheet?', [f'Sheet {n}' for n in range(30)])"
    assert asked(screen, question, key("Return")) == "answer 'Sheet 0'"
    assert asked(screen, question, key("Down", "Down", "Return")) == "answer 'Sheet 2'"
    assert asked(screen, question, key("End", "ctrl+End", "Return")) == "answer 'Sheet 29'"


# --- several choices


def test_space_ticks_and_the_arrows_move_and_enter_takes_what_is_ticked(screen: str) -> None:
    question = "ask.ticks('Which services?', ('Early help', 'Police', 'School'), ('Police',))"
    assert asked(screen, question, key("Return")) == "answer ['Police']"
    assert asked(screen, question, key("space", "Down", "space", "Return")) == "answer ['Early help']"
    assert asked(screen, question, key(*["Down"] * 3, "space", "Up", "Return")) == "answer ['Police', 'School']"
    assert asked(screen, question, key("space", "Escape")) == "Stopped Stopped; nothing was changed."


def test_many_boxes_scroll_to_the_one_that_the_cursor_is_on(screen: str) -> None:
    question = "ask.ticks('Which?', [f'Word {n}' for n in range(60)])"
    got = asked(screen, question, key(*["Down"] * 45), key("space", "Return"))
    assert got == "answer ['Word 45']"


# --- how it stands on the screen


def test_a_long_question_stays_on_the_screen(screen: str) -> None:
    words = "Where things went last time: " + "a rather long folder name, " * 30
    asking = f"ask.choose({words!r}, ('The same as last time', 'Choose anew'))"
    environment = {**os.environ, "DISPLAY": screen}
    process = subprocess.Popen([sys.executable, "-c", ASK, asking], env=environment, stdout=subprocess.PIPE)
    try:
        window = xdotool(screen, "search", "--sync", "--onlyvisible", "--name", "Dip-sampling").split()[-1]
        told = xdotool(screen, "getwindowgeometry", "--shell", window)
        place = dict(line.split("=") for line in told.splitlines() if "=" in line)
        assert int(place["X"]) >= 0
        assert int(place["Y"]) >= 0
        assert int(place["X"]) + int(place["WIDTH"]) <= SCREEN[0]
        assert int(place["Y"]) + int(place["HEIGHT"]) <= SCREEN[1]
        assert int(place["WIDTH"]) < SCREEN[0] * 0.7
    finally:
        process.terminate()
        process.communicate(timeout=20)


# --- in front of what it is about

OWNED = """
import sys
import tkinter
from pathlib import Path
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.addin.press.dialogs import Dialogs, Stopped
windows = SimulatedWindows(Path(sys.argv[1]))
ask = Dialogs(windows)
for owner in (4711, None):
    ask.owner = owner
    def look():
        root = tkinter._default_root
        print([one for _, one in windows.owned], bool(root.attributes("-topmost")))
        root.after(50, lambda: root.event_generate("<Escape>"))
    shown = ask._new_window
    def new_window():
        root = shown()
        root.after(400, look)
        return root
    ask._new_window = new_window
    try:
        ask.text("In front?")
    except Stopped:
        ask._new_window = shown
"""


def test_a_question_belongs_to_excels_window_and_stands_over_all_others_only_where_there_is_none(
    screen: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OWNED, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "DISPLAY": screen},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["[4711] False", "[4711] True"]


# --- files


def test_a_file_that_is_there_is_opened(screen: str, tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text("synthetic", encoding="utf-8")
    question = f"ask.open_file('Which file?', Path({str(tmp_path)!r}), [('Export', '*.csv')])"
    got = asked(screen, question, typed("export.csv"), key("Return"), title="Which file")
    assert got == f"answer {tmp_path / 'export.csv'!r}"
    assert asked(screen, question, key("Escape"), title="Which file").startswith("Stopped")


def test_several_files_of_one_folder_are_opened_at_once(screen: str, tmp_path: Path) -> None:
    for name in ("2023.xlsx", "2024.xlsx", "notes.txt"):
        (tmp_path / name).write_text("synthetic", encoding="utf-8")
    question = f"ask.open_files('Which earlier ones?', Path({str(tmp_path)!r}), [('Excel workbook', '*.xlsx')])"
    got = asked(screen, question, typed("2023.xlsx 2024.xlsx"), key("Return"), title="Which earlier")
    assert got == f"answer {[tmp_path / '2023.xlsx', tmp_path / '2024.xlsx']!r}"
    got = asked(screen, question, typed("2024.xlsx"), key("Return"), title="Which earlier")
    assert got == f"answer {[tmp_path / '2024.xlsx']!r}"
    assert asked(screen, question, key("Escape"), title="Which earlier").startswith("Stopped")


def test_a_file_to_be_written_gets_its_ending_and_may_be_there_already(screen: str, tmp_path: Path) -> None:
    (tmp_path / "key.xlsx").write_text("synthetic", encoding="utf-8")
    question = f"ask.save_file('Where?', Path({str(tmp_path)!r}), 'key.xlsx', [('Excel workbook', '*.xlsx')])"
    assert asked(screen, question, key("Return"), title="Where") == f"answer {tmp_path / 'key.xlsx'!r}"
    got = asked(screen, question, key("ctrl+slash"), typed("other"), key("Return"), title="Where")
    assert got == f"answer {tmp_path / 'other.xlsx'!r}"


def test_a_folder_that_is_not_there_yet_may_be_named(screen: str, tmp_path: Path) -> None:
    question = f"ask.folder('Which folder', Path({str(tmp_path)!r}))"
    got = asked(screen, question, key("End"), typed("/example"), key("Return", "Return"), title="Which folder")
    assert got == f"answer {tmp_path / 'example'!r}"


# --- no window


def test_without_a_screen_the_sentence_says_whom_to_ask() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    done = subprocess.run(
        [sys.executable, "-c", ASK, "ask.text('?')"], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("CannotAsk Python can show no window on this screen")
    assert "ask IT" in done.stdout


def test_without_tkinter_the_sentence_says_whom_to_ask() -> None:
    code = "import sys; sys.modules['tkinter'] = None\n" + ASK
    done = subprocess.run([sys.executable, "-c", code, "ask.text('?')"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("CannotAsk Python was installed without the part that shows windows (tcl/tk)")
    assert "ask IT" in done.stdout
