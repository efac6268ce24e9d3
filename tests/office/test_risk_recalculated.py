"""A child at risk now, on Start: LibreOffice lists and counts the rows that Python does, whatever was typed there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import libreoffice
import openpyxl
import pandas as pd
import pytest

from xl_dipsample.domain.review.act_now import BY, FLAG, ON
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.sheets.parts import risk_on_start
from xl_dipsample.workbook.specs import spec

pytestmark = pytest.mark.office

DAY = dt.date(2026, 11, 2)
OPEN = [("Yes", None, None), (" yes", "AB", None), ("Yes", None, DAY), ("soon", "AB", "02/11/2026"),
        ("Yes", "Sixsix", DAY), ("YES", 45, DAY), ("Yes", "AB", 12), ("Yes", " ", DAY), (True, None, None)]  # fmt: skip
NOON = dt.datetime.fromisoformat("2026-11-02 12:00")
NOT_OPEN = [("Yes", "AB", DAY), ("Yes", "Fives", 46000), ("yes", " A  B ", NOON), (None, None, None),
            (" ", "AB", DAY), ("No", None, None), ("no ", "AB", "x"), (None, "AB", None)]  # fmt: skip
Typed = list[tuple[object, object, object]]
CASES: dict[str, tuple[Typed, Typed | None]] = {
    "nobody": (NOT_OPEN, None),
    "more than are listed, and on Set aside": ([*NOT_OPEN[:5], *OPEN, *NOT_OPEN[5:], *OPEN], [*OPEN, *NOT_OPEN]),
}


def review(typed: Typed, name: str = "Review") -> pd.DataFrame:
    """One row each; the second one has no unique ID."""
    rows = [
        {"Unique ID": None if at == 1 else f"K{at:03d}", FLAG: flag, BY: by, ON: on}
        for at, (flag, by, on) in enumerate(typed)
    ]
    headings = (
        spec.table("review", "Review").headings if name == "Review" else ["Unique ID", "Set aside on", FLAG, BY, ON]
    )
    return pd.DataFrame([[row.get(one) for one in headings] for row in rows], columns=headings, dtype=object)


@pytest.mark.parametrize("name", CASES)
def test_start_shows_who_is_not_acted_on_as_python_counts_them(name: str, tmp_path: Path) -> None:
    typed, aside = CASES[name]
    tables = {"Review": review(typed)} | ({"SetAside": review(aside, "SetAside")} if aside else {})
    path = tmp_path / "built.xlsx"
    path.write_bytes(libreoffice.without_values(build("review", tables, {})))
    made = openpyxl.load_workbook(libreoffice.recalculate(path, tmp_path / "made"), data_only=True)["Start"]
    layout = sheets.layout("start", sheets.book("review", tables, {}))
    assert layout.state is not None
    live = [one for one in (*layout.cells, layout.state) if one.formula]
    wrong = [
        (one.row, one.column, one.value, made.cell(one.row, one.column).value)
        for one in live
        if (made.cell(one.row, one.column).value or "") != (one.value or "")
    ]
    assert wrong == []
    number = sum(one in OPEN for one in typed)
    listed = [made.cell(one.row, one.column).value for one in live if "LARGE" in str(one.formula)]
    ids = [f"K{at:03d}" if at != 1 else "Excel row 7" for at, one in enumerate(typed) if one in OPEN]
    assert [one for one in listed if one] == ids[: risk_on_start.SHOWN]
    begins = f"{number + len([one for one in aside or [] if one in OPEN])} flagged Act now? and not acted on"
    assert made["A3"].value.startswith(begins if number or aside else "Next: ")
