"""What reviewers flag as a child at risk now stays on Review and its Start: no figure, no file that leaves has it.

Something is planted in each of the columns that say `stays` in the sheet file, words and a day; it is then looked for
in every part of every file that is made from the review workbook, and so are the columns' headings.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pytest
import python_calamine

from tests.actions import sharing_places
from tests.actions.typing_in import add_column, edit
from tests.actions.workbooks import dipsample, table
from tests.domain.publication.published_reviews import funnel_of, review_of
from tests.privacy.threat_search import search
from tests.silent_ui import SilentUi
from xl_dipsample.domain.review import review_columns
from xl_dipsample.domain.shared.sheet_files import Column
from xl_dipsample.privacy.key import ids
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

DAY = dt.date(2031, 7, 19)
STAYING = [one for one in review_columns.columns() if one.stays]
HEADINGS = [one.heading for one in STAYING]
WORDS = [f"zq{one.type}{at}mark" for at, one in enumerate(STAYING)]
ROWS = 40
STAMP = re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d")


def planted(frame: pd.DataFrame, *, own_ids: bool = False) -> pd.DataFrame:
    """Two rows have a mark in each of the columns, the others what people type there; every row is to be quoted."""
    made = frame.copy() if own_ids else frame.assign(**{"Unique ID": ids.new_ids(len(frame), set())})
    for one, word in zip(STAYING, WORDS, strict=True):
        made[one.heading] = pd.Series([word, word, *[fitting(one)] * (len(made) - 2)], index=made.index, dtype=object)
    for heading in ("Quote to use?", "Reviewer"):
        made[heading] = pd.Series("Yes" if heading == "Quote to use?" else "AB", index=made.index, dtype=object)
    return made


def fitting(one: Column) -> object:
    return {"choice": "Yes", "date": DAY}.get(one.type, "QX")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The review workbook after every step that needs no key, and what these steps made."""
    root = tmp_path_factory.mktemp("made")
    paths = {name: root / f"{name}.xlsx" for name in ("review", "earlier", "second", "publication")}
    for number, name in enumerate(("review", "earlier")):
        paths[name].write_bytes(_built(planted(review_of(ROWS, 5 + number, left=2)), number))
    paths["briefing"] = root / "briefing.docx"
    for arguments in (
        ("analyse", paths["review"]),
        ("compare", paths["review"], paths["earlier"]),
        ("second-read", paths["review"], "--draw", paths["second"]),
        ("second-read", paths["review"], "--read", paths["second"]),
        ("briefing", paths["review"], paths["briefing"], "--at-risk-open"),
        ("publish", paths["review"], paths["publication"]),
    ):
        if "--read" in arguments:
            edit(paths["second"], _read_again)
        status, _, said = dipsample(*arguments)
        assert status in (0, 1), said
        if arguments[0] == "analyse":
            paths["analysed"] = Path(shutil.copy(paths["review"], root / "analysed.xlsx"))
    return paths


def _read_again(host: FileHost) -> None:
    """As a second reader leaves it, who disagrees here and there."""
    frame = host.read_table("Review")
    for heading, cell in (("Reviewer", "CD"), ("Level of harm", "In need"), ("In sample?", "Yes")):
        frame[heading] = pd.Series(cell, index=frame.index, dtype=object)
    host.write_table("Review", frame)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sharing_places.Places]:
    """The copy for the panel with people's own columns, and the workbook that it was made from."""
    root = tmp_path_factory.mktemp("released")
    sharing_places.made_once(root / "first")
    with pytest.MonkeyPatch.context() as patch:
        places = sharing_places.copied(root / "first", root / "second", patch)
        add_column(places.review, "Review", "Own notes")
        edit(places.review, lambda host: host.write_table("Review", planted(host.read_table("Review"), own_ids=True)))
        status, _, said = places.release("--own-columns", "--at-risk-open")
        assert status == 0, said
        yield places


def found(path: Path) -> dict[str, str]:
    return search(path.read_bytes(), [*WORDS, *HEADINGS], [DAY])


def test_everything_planted_is_seen_where_it_was_planted(made: dict[str, Path]) -> None:
    assert set(found(made["review"])) == {*WORDS, *HEADINGS, DAY.isoformat()}


@pytest.mark.parametrize("name", ["second", "briefing", "publication"])
def test_no_file_that_is_made_from_review_has_what_stays(made: dict[str, Path], name: str) -> None:
    assert found(made[name]) == {}


def test_the_copy_for_the_panel_has_neither_what_stays_nor_its_headings(released: sharing_places.Places) -> None:
    [copy] = released.panel.glob("*.xlsx")
    assert "Own notes" in table(copy, "Review")
    assert found(copy) == {}


def test_nothing_reaches_the_working_workbook_its_log_or_the_audit(released: sharing_places.Places) -> None:
    files = [one for one in released.working.parent.rglob("*") if one.is_file()]
    assert len(files) > 2
    assert {one.name: found(one) for one in files if found(one)} == {}


def test_in_the_review_workbook_no_part_but_the_sheet_review_has_what_was_typed(made: dict[str, Path]) -> None:
    """Pivot caches, charts, defined names, comments and properties among them; shared texts are Review's alone."""
    with zipfile.ZipFile(made["review"]) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    has = {name for name, data in parts.items() if search(data, WORDS, [DAY])}
    assert re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"].decode())[1] == "Review"
    assert has <= {"xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"}
    shown = {name: "\n".join(map(str, cells)) for name, cells in _cells(made["review"], but=["Review"]).items()}
    assert {name: word for name, text in shown.items() for word in WORDS if word in text} == {}


def test_no_table_but_review_has_what_was_typed(made: dict[str, Path]) -> None:
    """Findings, Compare, Language, Second reader and Audit among them; those of the sample compared with, too."""
    host_tables = _tables(made["review"])
    assert {"Findings", "Compare", "Language", "Harms", "Audit", "Thresholds"} <= set(host_tables)
    for name, frame in host_tables.items():
        shown = "\n".join(str(cell) for cell in frame.to_numpy().ravel()) + "\n".join(map(str, frame.columns))
        hits = [one for one in (*WORDS, *HEADINGS, DAY.isoformat()) if one in shown]
        assert (hits == []) == (name != "Review"), name


def test_figures_are_the_same_whether_somebody_is_flagged_or_not(made: dict[str, Path], tmp_path: Path) -> None:
    """Every table that Refresh analysis renews, and every formula of every sheet but Start and Review."""
    plain = tmp_path / "plain.xlsx"
    plain.write_bytes(_built(table(made["analysed"], "Review").drop(columns=HEADINGS), 0))
    assert dipsample("analyse", plain)[0] == 0
    but = ["Start", "Review", "Audit"]
    first, second = (
        {name: STAMP.sub("", str(cells)) for name, cells in _cells(path, but).items()}
        for path in (made["analysed"], plain)
    )
    assert [name for name, cells in first.items() if cells != second[name]] == []


def _built(rows: pd.DataFrame, number: int) -> bytes:
    tables = {"Review": rows, "Funnel": funnel_of(ROWS, 2, ("Case check", 3))}
    return build("review", tables, {"sample_id": f"S-{number}", "sample_name": f"Sample {number}"})


def _tables(path: Path) -> dict[str, pd.DataFrame]:
    host = FileHost.open(path, SilentUi(), read_only=True)
    return {name: host.read_table(name) for name in host.tables()}


def _cells(path: Path, but: Sequence[str]) -> dict[str, list[list[object]]]:
    """What stands on each sheet but some."""
    book = python_calamine.load_workbook(io.BytesIO(path.read_bytes()))
    names = [name for name in book.sheet_names if name not in but]
    assert {"Summary", "Charts", "Pivots", "Thresholds", "Variations", "Findings"} <= set(names)
    return {name: list(book.get_sheet_by_name(name).to_python()) for name in names}
