"""Stop, pressed at any moment of a step: every file is as it was, also where a step writes several."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.actions import sharing_places
from tests.actions.sharing_places import NAME, Places
from tests.actions.workbooks import row, write_csv
from tests.silent_ui import SilentUi
from xl_dipsample.actions import demo
from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.runner import run_on_file
from xl_dipsample.addin.press.dialogs import Stopped
from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

LONGEST = 20


class Stops(SilentUi):
    """As the desk's: who pressed Stop is heeded at the next sign of life. Questions are answered with their last."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at, self.signs = at, 0

    def choose(self, question: str, choices: Any, option: str) -> str:
        return str(choices[-1])

    def progress(self, text: str, share: float | None = None) -> None:
        self.signs += 1
        if self.signs >= self.at:
            raise Stopped


def files(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stopped")
    sharing_places.made_once(folder)
    return folder


@pytest.fixture
def places(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    return sharing_places.copied(first, tmp_path, monkeypatch)


# What is pressed: the workbook, and the options. Each writes another file than its workbook, or the workbook alone.
PRESSED: dict[str, Callable[[Places], tuple[Path, dict[str, Any]]]] = {
    "import": lambda at: (at.working, {"export": at.working.with_name("other.csv")}),
    "check": lambda at: (at.working, {}),
    "narrow": lambda at: (at.working, {}),
    "pseudonymise": lambda at: (
        at.working,
        {
            "review": at.review,
            "key": at.key,
            "reading_list": at.key.with_name("reading.xlsx"),
            "no_second_keyholder": True,
        },
    ),
    "restore": lambda at: (at.working, {}),
    "screen": lambda at: (at.review, {"key": at.key}),
    "analyse": lambda at: (at.review, {}),
    "release": lambda at: (at.review, {"key": at.key, "to": at.panel, "accept_k": True}),
    "briefing": lambda at: (at.review, {"document": at.panel / "briefing.docx"}),
    "second-read": lambda at: (at.review, {"draw": at.panel / "second.xlsx"}),
}


SEVERAL = ("pseudonymise", "screen", "release")  # these write several files; the others are looked at by make campaign


@pytest.mark.parametrize(
    "action", [pytest.param(one, marks=() if one in SEVERAL else pytest.mark.campaign) for one in PRESSED]
)
def test_stop_at_any_sign_of_life_leaves_every_file_as_it_was(places: Places, tmp_path: Path, action: str) -> None:
    write_csv(tmp_path / "work" / "other.csv", [row(n) for n in (7, 8)])
    if action == "second-read":
        places.type_in("CD", column="Reviewer")
    workbook, given = PRESSED[action](places)
    before = files(tmp_path)
    for at in range(1, LONGEST):
        ui = Stops(at)
        try:
            run_on_file(registry.action(action), workbook, registry.action(action).make_options(given), ui)
        except Stopped:
            assert files(tmp_path).keys() == before.keys(), at
            assert files(tmp_path) == before, at
        else:
            break
    assert at > 1, "it cannot be stopped"
    assert ui.signs == at - 1
    assert files(tmp_path) != before


def test_check_text_for_names_can_be_stopped_before_it_puts_a_role_for_a_name(places: Places, tmp_path: Path) -> None:
    places.type_in(f"{NAME} was there")
    options = registry.action("screen").make_options({"key": places.key, "roles": True})
    before = files(tmp_path)
    for at in (1, 2, 3):
        with pytest.raises(Stopped, match=r"^Stopped; nothing was changed\.$"):
            run_on_file(registry.action("screen"), places.review, options, Stops(at))
        assert files(tmp_path) == before, at
    run_on_file(registry.action("screen"), places.review, options, Stops(LONGEST))
    assert files(tmp_path) != before


def test_stopped_when_excel_will_not_save_it_says_which_file_was_written_and_is_kept(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question that stands there while Excel is busy can be closed after the key was written."""
    options = registry.action("pseudonymise").make_options(
        {"review": places.review, "key": places.key, "no_second_keyholder": True}
    )

    def closes(host: FileHost) -> None:
        raise Stopped

    monkeypatch.setattr(FileHost, "save", closes)
    with pytest.raises(
        WorkbookProblem, match=r"^Stopped; working.xlsx was not changed. Written before that, and kept:"
    ):
        run_on_file(registry.action("pseudonymise"), places.working, options, Stops(LONGEST))


def test_an_example_that_is_stopped_is_taken_away_again(tmp_path: Path) -> None:
    mine = tmp_path / "example" / "work" / "mine.txt"
    options = registry.action("demo").make_options({"folder": tmp_path / "example"})
    with pytest.raises(Stopped):
        demo.run(Stops(1), options)
    assert not list(tmp_path.iterdir())
    mine.parent.mkdir(parents=True)
    (tmp_path / "example" / demo.MARKER).touch()
    mine.write_bytes(b"mine")
    with pytest.raises(FileProblem, match=r"Stopped: no example was made; example holds none now\."):
        demo.run(Stops(6), options)
    assert {one.name for one in tmp_path.rglob("*") if one.is_file()} == {"mine.txt", demo.MARKER}
