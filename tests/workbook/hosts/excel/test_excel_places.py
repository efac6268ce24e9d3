"""Where the open workbook lies: never a web address, never a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.silent_ui import SilentUi
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.workbook.hosts.excel.where_it_lies import workbook_path

LIBRARY = "https://synthetic.sharepoint.com/sites/Panel/Shared Documents"


class Book:
    """An open workbook of which Excel tells the full name."""

    def __init__(self, full_name: str) -> None:
        self.api = type("Api", (), {"FullName": full_name})


class Person(SilentUi):
    def __init__(self, answer: object) -> None:
        super().__init__()
        self.answer, self.asked = str(answer), [("", "")][:0]

    def ask(self, question: str, option: str) -> str:
        self.asked.append((question, option))
        return self.answer


@pytest.fixture
def windows(tmp_path: Path) -> SimulatedWindows:
    return SimulatedWindows(tmp_path / "home")


def synced(tmp_path: Path, windows: SimulatedWindows) -> Path:
    folder = tmp_path / "Panel - Documents"
    (folder / "Autumn 2026").mkdir(parents=True)
    path = folder / "Autumn 2026" / "working.xlsx"
    path.touch()
    windows.add_sync_root(LIBRARY + "/", folder)
    return path


def test_a_file_on_a_drive_is_where_excel_says(tmp_path: Path, windows: SimulatedWindows) -> None:
    assert workbook_path(Book(str(tmp_path / "w.xlsx")), SilentUi(), windows) == tmp_path / "w.xlsx"


@pytest.mark.parametrize("address", [LIBRARY, LIBRARY.replace(" ", "%20"), LIBRARY.lower()])
def test_a_synchronised_file_is_found_in_its_folder(tmp_path: Path, windows: SimulatedWindows, address: str) -> None:
    path = synced(tmp_path, windows)
    end = "/Autumn 2026/working.xlsx" if " " in address else "/Autumn%202026/working.xlsx"
    assert workbook_path(Book(address + end), SilentUi(), windows) == path


def test_the_person_is_asked_when_no_folder_holds_it(tmp_path: Path, windows: SimulatedWindows) -> None:
    path = synced(tmp_path, windows)
    person = Person(path.parent)
    assert workbook_path(Book("https://elsewhere.example/x/working.xlsx"), person, windows) == path
    assert person.asked[0][1] == "--workbook"
    assert "elsewhere" not in person.asked[0][0]


def test_a_library_whose_address_only_begins_alike_is_another(tmp_path: Path, windows: SimulatedWindows) -> None:
    path = synced(tmp_path, windows)
    person = Person(path)
    assert workbook_path(Book(LIBRARY + " old/Autumn 2026/working.xlsx"), person, windows) == path
    assert person.asked


def test_an_answer_that_is_another_file_is_refused(tmp_path: Path, windows: SimulatedWindows) -> None:
    (tmp_path / "other.xlsx").touch()
    with pytest.raises(FileProblem, match=r"press Sync"):
        workbook_path(Book("https://elsewhere.example/working.xlsx"), Person(tmp_path / "other.xlsx"), windows)


def test_a_workbook_that_was_never_saved_has_its_own_sentence(windows: SimulatedWindows) -> None:
    with pytest.raises(FileProblem, match="never been saved"):
        workbook_path(Book("working1"), SilentUi(), windows)
