"""PivotTables that FileHost leaves behind store what pandas counts at that moment; somebody's own stay as they are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from tests.silent_ui import SilentUi
from tests.workbook import workbook_lint
from xl_dipsample.domain.analysis import tallies
from xl_dipsample.files import fixed_zip
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import pivot_parts, spec

HEADINGS = spec.table("review", "Review").headings
OUTCOMES = ["Early help", "Child in Need", "No further action", "Early help", "Child in Need", "Early help"]
FIRST = "xl/pivotTables/pivotTable1.xml"  # Outcome by scenario


def review(outcomes: list[str | None], said: list[str | None] | None = None, **columns: Any) -> pd.DataFrame:
    made = pd.DataFrame({heading: [None] * len(outcomes) for heading in HEADINGS}, dtype=object)
    made["Unique ID"] = [f"K{number}" for number in range(len(outcomes))]
    made["Outcome"], made["In sample?"] = outcomes, said or [None] * len(outcomes)
    made["Type of harm"], made["Gender"], made["Ethnicity"] = "CSE", "Female", "White British"
    made["Referred to?"], made["Level of harm"], made["Parenting concerns"] = "None", "In need", "No"
    made["Age at time of contact"] = "14"
    for heading, values in columns.items():
        made[heading.replace("_", " ")] = pd.Series(values, dtype=object) if isinstance(values, list) else values
    return made.where(made.notna(), None).astype(object)


def tables(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {"Review": frame, "Harms": tallies.harms_table(frame)}


def changed(data: bytes, frame: pd.DataFrame, path: Path) -> bytes:
    """The workbook after Review and Harms were written by the host."""
    path.write_bytes(data)
    host = FileHost.open(path, SilentUi())
    with host.transaction():
        for name, table in tables(frame).items():
            host.write_table(name, table)
    host.save()
    return path.read_bytes()


def parts(data: bytes, kind: str = "pivot") -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist() if kind in name.lower()}


def edited(data: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    """The workbook with one part as another program left it."""
    there = fixed_zip.unpacked(data)
    new = edit(there[part].decode())
    assert new != there[part].decode()
    return fixed_zip.packed({**there, part: new.encode()})


def typed(data: bytes, **cells: str) -> bytes:
    """The workbook after somebody typed into its sheet Pivots, not into its PivotTables."""
    names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    part = f"xl/worksheets/sheet{names.index('Pivots') + 1}.xml"
    for reference, words in cells.items():
        row = re.sub(r"\D", "", reference)
        cell = f'<c r="{reference}" t="inlineStr"><is><t>{words}</t></is></c>'
        data = edited(data, part, lambda xml, row=row, cell=cell: with_row(xml, row, cell))
    return data


def with_row(xml: str, row: str, cell: str) -> str:
    assert f'<row r="{row}"' not in xml
    return xml.replace("</sheetData>", f'<row r="{row}">{cell}</row></sheetData>')


def shown(data: bytes) -> dict[str, list[list[Any]]]:
    """By title, the lines of every PivotTable as they stand on the sheet, its area taken from its part."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Pivots"]
    found = {}
    for text in (text for name, text in parts(data).items() if re.fullmatch(r"xl/pivotTables/\w+\.xml", name)):
        title, area = re.search(r'<pivotTableDefinition[^>]*? name="([^"]+)".*?<location ref="([^"]+)"', text).groups()
        found[title] = [[cell.value for cell in row] for row in sheet[area]]
    return found


def test_what_is_stored_after_a_write_is_what_pandas_counts(tmp_path: Path) -> None:
    frame = review(OUTCOMES, ["no", None, None, "Yes", None, None], Parenting_concerns=["Yes", "No"] * 3)
    data = changed(build("review", tables(review(OUTCOMES[:2]))), frame, tmp_path / "r.xlsx")
    counted = frame[frame["In sample?"] != "no"]
    scenario = counted["Parenting concerns"].map(
        {"Yes": "In need, parenting concerns", "No": "In need, no parenting concerns"}
    )
    cross = pd.crosstab(counted["Outcome"], scenario)
    lines = shown(data)["Outcome by scenario"]
    assert lines[1][1:] == ["In need, parenting concerns", "In need, no parenting concerns", "Grand Total"]
    for outcome, *numbers, total in lines[2:-1]:
        assert numbers == [cross.loc[outcome, word] or None for word in lines[1][1:-1]]
        assert total == (counted["Outcome"] == outcome).sum()
    assert lines[-1] == ["Grand Total", *(int((scenario == word).sum()) for word in lines[1][1:-1]), 5]
    assert {title: one[-1][-1] for title, one in shown(data).items()} == dict.fromkeys(shown(data), 5)
    assert openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Pivots"]["A3"].value == (
        "These tables count the 5 cases in the sample."
    )


@pytest.mark.parametrize("before", [[], OUTCOMES[:1], [*OUTCOMES, "Not recorded"]])
def test_the_parts_and_cells_are_those_of_a_workbook_that_is_built_anew(
    tmp_path: Path, before: list[str | None]
) -> None:
    frame = review([*OUTCOMES, None, "Not mapped"], Gender=["Male", None] * 4)
    frame["Referred to?"] = ["Police", "None; Police"] * 4
    old = build("review", tables(review(before)))
    new = changed(old, frame, tmp_path / "r.xlsx")
    wanted = build("review", tables(frame))
    assert shown(new) == shown(wanted)
    assert parts(new) == parts(wanted)


def test_headings_with_quotation_marks_are_no_hindrance(tmp_path: Path) -> None:
    questions = pd.DataFrame([['A "quoted" <one> & more', "Text", None]], columns=["Heading", "Type", "Choices"])
    whole = {**tables(review(OUTCOMES[:1])), "Questions": questions.astype(object)}
    path = tmp_path / "r.xlsx"
    path.write_bytes(build("review", whole))
    host = FileHost.open(path, SilentUi())
    frame = host.read_table("Review")
    frame.loc[0, "Outcome"] = "Child in Need"
    with host.transaction():
        host.write_table("Review", frame)
    host.save()
    assert [line[0] for line in shown(path.read_bytes())["Outcome by scenario"]][2:] == ["Child in Need", "Grand Total"]


def test_a_table_that_became_smaller_leaves_no_old_line_behind(tmp_path: Path) -> None:
    old = build("review", tables(review(OUTCOMES)))
    data = changed(old, review(["Early help"]), tmp_path / "r.xlsx")
    assert [line[0] for line in shown(data)["Outcome by scenario"]] == ["Cases", "Outcome", "Early help", "Grand Total"]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Pivots"]
    assert [cell.value for cell in sheet["A"]][7:] == [
        None,
        "Cases",
        "Outcome",
        "Early help",
        "Grand Total",
        None,
        None,
    ]
    nobody = changed(old, review(["Early help"], ["No"]), tmp_path / "n.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(nobody), data_only=True)["Pivots"]
    assert {cell.value for row in sheet.iter_rows(min_row=pivot_parts.TOP_ROW) for cell in row} == {None}
    assert sheet["A3"].value == "Empty: no case is in the sample yet."


def test_a_word_that_somebody_typed_stands_on_the_sheet_and_in_no_part(tmp_path: Path) -> None:
    old = build("review", tables(review(OUTCOMES)))
    data = changed(old, review(["Zebra crossing", "Early help", None]), tmp_path / "r.xlsx")
    assert [line[0] for line in shown(data)["Outcome by scenario"][2:]] == [
        "Early help", "Zebra crossing", "(blank)", "Grand Total",
    ]  # fmt: skip
    assert not [name for name, text in parts(data).items() if "Zebra" in text]
    assert "<rowItems" not in parts(data)[FIRST]
    again = changed(data, review(OUTCOMES), tmp_path / "again.xlsx")
    assert shown(again) == shown(old)
    assert "<rowItems" in parts(again)[FIRST]


def test_only_pivots_and_what_was_written_change(tmp_path: Path) -> None:
    old = build("review", tables(review(OUTCOMES)))
    new = changed(old, review(OUTCOMES, ["No", *[None] * 5]), tmp_path / "r.xlsx")
    before, after = fixed_zip.unpacked(old), fixed_zip.unpacked(new)
    assert list(before) == list(after)
    assert workbook_lint.problems(new) == []
    assert 'saveData="0"' in parts(new)["xl/pivotCache/pivotCacheDefinition1.xml"]
    assert not [name for name in after if "pivotCacheRecords" in name]


def test_the_look_that_somebody_gave_to_one_stays(tmp_path: Path) -> None:
    old = build("review", tables(review(OUTCOMES)))
    dressed = edited(old, FIRST, lambda xml: xml.replace("PivotStyleLight16", "PivotStyleDark3"))
    new = changed(dressed, review(["Early help"]), tmp_path / "r.xlsx")
    assert 'name="PivotStyleDark3"' in parts(new)[FIRST]
    assert len(shown(new)["Outcome by scenario"]) == 4


OTHERWISE = {
    "another filter": lambda xml: re.sub(r'(<pageField [^>]*?item=)"0"', r'\1"1"', xml),
    "all": lambda xml: re.sub(r'(<pageField [^>]*?) item="0"', r"\1", xml),
    "a word hidden": lambda xml: xml.replace('<item x="1"/>', '<item h="1" x="1"/>', 1),
    "a word renamed": lambda xml: xml.replace('<item x="1"/>', '<item n="Advice" x="1"/>', 1),
    "sorted": lambda xml: xml.replace('axis="axisRow"', 'axis="axisRow" sortType="descending"'),
    "no totals": lambda xml: xml.replace("<pivotTableDefinition", '<pivotTableDefinition colGrandTotals="0"', 1),
    "another count": lambda xml: xml.replace('subtotal="count"', 'subtotal="max"'),
    "moved": lambda xml: re.sub(r'<location ref="A9:\w+"', '<location ref="A30:C35"', xml),
    "another name": lambda xml: xml.replace('name="Outcome by scenario"', 'name="Mine"'),
    "other rows": lambda xml: xml.replace('<rowFields count="1"><field x="7"/>', '<rowFields count="1"><field x="4"/>'),
}  # fmt: skip


@pytest.mark.parametrize("how", OTHERWISE)
def test_one_that_somebody_changed_is_left_until_it_refreshes(tmp_path: Path, how: str) -> None:
    old = edited(build("review", tables(review(OUTCOMES))), FIRST, OTHERWISE[how])
    before = openpyxl.load_workbook(io.BytesIO(old))["Pivots"]
    new = changed(old, review(["Early help", None]), tmp_path / "r.xlsx")
    assert parts(new)[FIRST] == parts(old)[FIRST]
    after = openpyxl.load_workbook(io.BytesIO(new))["Pivots"]
    left = [[cell.value for cell in row] for row in after["A7:H20"]]
    assert left == [[cell.value for cell in row] for row in before["A7:H20"]]
    others = shown(new)
    assert {title: others[title][-1][-1] for title in ("Ethnicity", "Gender", "Outcome by type of harm")} == {
        "Ethnicity": 2, "Gender": 2, "Outcome by type of harm": 2,
    }  # fmt: skip


def test_a_cache_that_somebody_s_own_uses_too_gets_no_new_word(tmp_path: Path) -> None:
    old = edited(build("review", tables(review(OUTCOMES))), FIRST, OTHERWISE["sorted"])
    new = changed(old, review([*OUTCOMES, None], Gender=None), tmp_path / "r.xlsx")
    [cache] = [text for name, text in parts(new).items() if 'worksheetSource name="Review"' in text]
    assert cache in parts(old).values()
    assert shown(new)["Gender"][1:] == [["(blank)", 7], ["Grand Total", 7]]


def test_a_note_that_stands_in_the_way_is_not_written_over(tmp_path: Path) -> None:
    old = typed(build("review", tables(review(["Early help"]))), A13="mine")
    new = changed(old, review(OUTCOMES), tmp_path / "r.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(new))["Pivots"]["A13"].value == "mine"
    assert parts(new)[FIRST] == parts(old)[FIRST]
    assert shown(new)["Gender"][-1] == ["Grand Total", 6]
