"""Of whom the sample is, on Funnel and Summary: LibreOffice calculates what Python counted, kind by kind."""

from __future__ import annotations

from pathlib import Path

import libreoffice
import openpyxl
import pandas as pd
import pytest

from xl_dipsample.domain.narrowing import people_counted
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.sheets.parts.layout import Book
from xl_dipsample.workbook.specs import defaults, spec

pytestmark = pytest.mark.office

DRAWN, LISTED, WHOLE = 24, 1412, 291
SHEETS = ("Funnel", "Summary")


def counts(people: int, *, contacts: bool) -> pd.DataFrame:
    """The table YoungPeople: `people` young people in the sample, WHOLE in the period and of age."""
    beside = [460, 450, 305, 2, 4, DRAWN] if contacts else [None] * 6
    young, rows = [449, 446, WHOLE, 2, 3, people], [LISTED, 900, 330, 2, 5, DRAWN]
    names = (
        people_counted.LISTED, people_counted.IN_PERIOD, people_counted.OF_AGE, people_counted.NO_ID,
        people_counted.NOT_SURE, people_counted.SAMPLE,
    )  # fmt: skip
    lines = list(zip(names, young, beside, rows, strict=True))
    return pd.DataFrame(lines, columns=list(people_counted.HEADINGS), dtype=object)


def tables(kind: Kind, left: int, people: pd.DataFrame | None) -> dict[str, pd.DataFrame]:
    """A funnel of LISTED rows; in Review DRAWN cases, of which the first `left` left."""
    stages: list[list[object]] = [["Long list", 0, LISTED], ["Case check", 4, DRAWN]]
    stages += [["Sample", 0, DRAWN]] if kind == "working" else [["Left during review", left, DRAWN - left]]
    stages += [["Sample", 0, DRAWN - left]] if kind == "review" else []
    made = {"Funnel": pd.DataFrame(stages, columns=spec.table(kind, "Funnel").headings, dtype=object)}
    if people is not None:
        made["YoungPeople"] = people
    if kind == "review":
        rows = [{"Unique ID": f"K{at}", "In sample?": "No" if at < left else None} for at in range(DRAWN)]
        made["Review"] = pd.DataFrame(rows, columns=spec.table(kind, "Review").headings, dtype=object)
    return defaults.frames(kind, made)


KINDS: dict[str, tuple[Kind, int, pd.DataFrame | None]] = {
    "working": ("working", 0, counts(DRAWN, contacts=False)),
    "working, contacts": ("working", 0, counts(20, contacts=True)),
    "working, not counted": ("working", 0, None),
    "review": ("review", 0, counts(DRAWN, contacts=False)),
    "review, some left": ("review", 5, counts(DRAWN, contacts=False)),
    "review, contacts": ("review", 0, counts(20, contacts=True)),
    "review, contacts left": ("review", 5, counts(20, contacts=True)),
    "review, one contact each, some left": ("review", 5, counts(DRAWN, contacts=True)),
    "review, earlier version": ("review", 5, None),
    "review, everybody left": ("review", DRAWN, counts(DRAWN, contacts=False)),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_live_cells_show_what_python_counted(name: str, tmp_path: Path) -> None:
    kind, left, people = KINDS[name]
    frames = tables(kind, left, people)
    path = tmp_path / "built.xlsx"
    path.write_bytes(libreoffice.without_values(build(kind, frames, {})))
    made = openpyxl.load_workbook(libreoffice.recalculate(path, tmp_path / "made"), data_only=True)
    book = Book(kind, frames, {})
    for sheet in SHEETS if kind == "review" else SHEETS[:1]:
        layout = sheets.layout(sheet.lower(), book)
        assert layout.state is not None
        live = [cell for cell in (*layout.cells, layout.state) if cell.formula and (sheet == "Funnel" or cell.row < 15)]
        assert len(live) > (0 if kind == "working" else 2)
        for cell in live:
            shown = made[sheet].cell(cell.row, cell.column).value
            if isinstance(cell.value, float):
                assert shown == pytest.approx(cell.value, abs=1e-9), (sheet, cell.row, cell.column)
            else:
                assert shown in ((cell.value,) if cell.value not in ("", None) else ("", None)), (sheet, cell.row)


def test_the_kinds_say_different_things() -> None:
    told = set()
    for kind, left, people in KINDS.values():
        state = sheets.layout("funnel", Book(kind, tables(kind, left, people), {})).state
        assert state is not None
        told.add(state.value)
    assert len(told) == len(KINDS) - 2, "both workbooks say the same"
