"""Two engines of different makers calculate what is stored: LibreOffice, and ONLYOFFICE's; cell by cell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.actions.typing_in import edit
from tests.office import libreoffice, review_rows
from tests.office_more import stored_values
from tests.office_more.onlyoffice import Opened
from xl_dipsample.domain.analysis import tallies
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

pytestmark = pytest.mark.office_more

# What an engine does not calculate as Excel does, by function. Neither lacks any that we use.
LACKS: dict[str, frozenset[str]] = {"ONLYOFFICE": frozenset(), "LibreOffice": frozenset()}
FORMULAS = {"working": 100, "review": 2_500, "release": 2_500}  # at least
TEN: tuple[tuple[str, str | None], ...] = (
    ("Outcome", "Child Protection"),
    ("Outcome", None),
    ("In sample?", "No"),
    ("In sample?", "No "),
    ("Level of harm", "Significant harm"),
    ("Parenting concerns", "Yes"),
    ("Referred to?", "Police; a neighbour"),
    ("Age at time of contact", "17"),
    ("Gender", "Not mapped"),
    ("Reviewer", None),
)


def empty(path: Path, folder: Path) -> Path:
    """A copy that remembers no value of a formula: whatever an engine shows, it has calculated."""
    folder.mkdir(exist_ok=True)
    made = folder / path.name
    made.write_bytes(libreoffice.without_values(path.read_bytes()))
    return made


def onlyoffice(path: Path) -> dict[stored_values.Cell, object]:
    with Opened(path) as book:
        book.calculate()
        return {(sheet, cell): value for sheet, cells in book.shown().items() for cell, value in cells.items()}


def not_explained(path: Path, engine: str, shown: dict[stored_values.Cell, object]) -> list[str]:
    """The differences but for functions that the engine lacks."""
    found = stored_values.differences(path, shown)
    return [line for line in found if not any(f"{name}(" in line for name in LACKS[engine])]


def agree(path: Path, folder: Path, least: int) -> None:
    assert len(stored_values.formulas(path)) >= least
    bare = empty(path, folder)
    assert not_explained(path, "ONLYOFFICE", onlyoffice(bare)) == []
    assert (
        not_explained(path, "LibreOffice", stored_values.values(libreoffice.recalculate(bare, folder / "made"))) == []
    )


@pytest.mark.parametrize("kind", FORMULAS)
def test_two_engines_calculate_what_the_example_stores(workbooks: dict[str, Path], tmp_path: Path, kind: str) -> None:
    agree(workbooks[kind], tmp_path, FORMULAS[kind])


def test_two_engines_find_columns_whose_headings_have_every_special_character(tmp_path: Path) -> None:
    """ONLYOFFICE reads no heading with both brackets; tests/office has one for LibreOffice."""
    asked = dict(
        zip(
            review_rows.QUESTIONS["Heading"],
            ("Who's there [now #1", "Met @ school", "How many, #]", 'A "quoted" one & more'),
            strict=True,
        )
    )
    tables = review_rows.tables(12, 5)
    tables["Questions"] = tables["Questions"].replace({"Heading": asked})
    tables["Review"] = tables["Review"].rename(columns=asked)
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", {**tables, "Harms": tallies.harms_table(tables["Review"])}))
    for reference in ("Review[Who''s there '[now '#1]", "Review[Met '@ school]", "Review[[How many, '#']]]"):
        assert any(reference in formula for formula in stored_values.formulas(path).values()), reference
    agree(path, tmp_path / "bare", FORMULAS["review"])


@pytest.fixture
def ten_changed(workbooks: dict[str, Path], tmp_path: Path) -> tuple[Path, dict[str, str | None]]:
    """The review workbook with ten cells of Review changed, and the cells."""
    path = tmp_path / "review.xlsx"
    shutil.copy(workbooks["review"], path)
    typed: dict[str, str | None] = {}
    rows: list[int] = []

    def fill(host: FileHost) -> None:
        review = host.read_table("Review")
        part = host.part("Review")
        for heading, words in TEN:
            others = review.index[[cell != words for cell in review[heading]]]
            row = next(one for one in others if one not in rows)
            rows.append(row)
            review.loc[row, heading] = words
            column = part.area.left + part.headings.index(heading)
            typed[f"{stored_values.letters(column)}{part.top + row}"] = words
        host.write_table("Review", review)

    edit(path, fill)
    return path, typed


def test_two_engines_calculate_what_is_stored_after_ten_cells_changed(
    ten_changed: tuple[Path, dict[str, str | None]], workbooks: dict[str, Path], tmp_path: Path
) -> None:
    path, _ = ten_changed
    before, after = stored_values.values(workbooks["review"]), stored_values.values(path)
    assert sum(before[cell] != after[cell] for cell in stored_values.formulas(path)) > 100
    agree(path, tmp_path / "bare", FORMULAS["review"])


def test_ten_cells_that_are_typed_into_the_open_workbook_give_the_same(
    ten_changed: tuple[Path, dict[str, str | None]], workbooks: dict[str, Path]
) -> None:
    path, typed = ten_changed
    assert len(typed) == len(TEN)
    with Opened(workbooks["review"]) as book:
        for cell, words in typed.items():
            book.type("Review", cell, words or "")
        book.refresh()
        shown = {(sheet, cell): value for sheet, cells in book.shown().items() for cell, value in cells.items()}
        pivots = book.pivots()
    assert stored_values.differences(path, shown) == []
    assert _in_any_order(pivots) == _in_any_order(stored_values.pivots(path))


def _in_any_order(pivots: dict[str, tuple[str, list[list[str]]]]) -> dict[str, tuple[str, list[list[str]]]]:
    """A word that somebody typed comes last in an open workbook, behind (blank)."""
    return {name: (place, sorted(lines)) for name, (place, lines) in pivots.items()}
