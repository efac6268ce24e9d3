"""What this program writes itself is no identifier, whatever its figures; what is planted beside it is found.

All data are synthetic, from a fixed seed.
"""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.actions.typing_in import include_all, set_cell
from tests.actions.workbooks import PASSPHRASE, dipsample, row, table, working_workbook
from tests.privacy.scanner.hiding_places import swap
from xl_dipsample.privacy.names import Searcher
from xl_dipsample.privacy.scanner import Allowed, scan
from xl_dipsample.sharing import own_cells
from xl_dipsample.workbook.build import release_copy
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import spec

PERIOD = dt.date(2025, 4, 1), dt.date(2026, 3, 31)
SERIAL_OF_A_SHADOW = dt.date(1899, 12, 30) + dt.timedelta(days=40_000)  # the theme has shadows of 40000
CONTACT = "Contact date"


def searcher(case_id: str, born: dt.date, unique_id: str = "DS-7GK-4MX3") -> Searcher:
    child = pd.DataFrame([[unique_id, "Zqforean Zqsuram", case_id, born]], dtype=object,
                         columns=["Unique ID", "Name", "Case ID", "Date of birth"])  # fmt: skip
    return Searcher.of(child[["Name", "Case ID"]], child)


def lists(seed: int) -> list[dict[str, str]]:
    """A long list whose IDs are short runs of figures and whose dates fall on each other."""
    dice = random.Random(seed)
    ids = dice.sample(
        [f"{m}{y}" for m in range(1, 13) for y in (2025, 2026)]
        + [f"{c}{n}" for c in ("A", "B", "C", "P", "AB") for n in range(1, 90)]
        + [str(n) for n in (*range(20, 300), 40000, 42000, 63000, 45748, 46112, 12700, 9525)],
        30,
    )
    days = [PERIOD[0] + dt.timedelta(days=dice.randrange(364)) for _ in range(6)]
    births = [*days, SERIAL_OF_A_SHADOW, *PERIOD, dt.date(2010, 6, 15), dt.date(2011, 3, 31)]
    made = []
    for number, case_id in enumerate(ids):
        contact = dice.choice(days)
        born = dice.choice([one for one in births if one != contact])
        made.append(
            row(number) | {
                "Case number": case_id, "Date of referral": f"{contact:%d/%m/%Y}", "DOB": f"{born:%d/%m/%Y}",
                "Sex": dice.choice("FM"),
            }
        )  # fmt: skip
    return made


def narrowed(folder: Path, rows: list[dict[str, str]], shown: str) -> Path:
    """A working workbook with every case of it in the sample."""
    path = working_workbook(folder / "work", rows)
    for name, day in zip(("Period from", "Period to"), PERIOD, strict=True):
        set_cell(path, "Focus", name, day)
    set_cell(path, "Criteria", "Age cut-off", 0)
    set_cell(path, "Criteria", "Contact date in Review", shown)
    dipsample("narrow", path)
    if len(table(path, "CaseCheck")):
        include_all(path)
    dipsample("narrow", path)
    return path


def shared(folder: Path, path: Path) -> tuple[list[object], list[object]]:
    """Pseudonymise into `folder`; the arguments for what comes after."""
    for name in ("share", "key", "panel"):
        (folder / name).mkdir(exist_ok=True)
    secret = folder / "key" / "passphrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    key = ["--key", folder / "key" / "key.xlsx", "--passphrase-file", secret]
    return ["pseudonymise", path, "--review", folder / "share" / "review.xlsx", *key, "--no-second-keyholder"], key


@pytest.mark.parametrize(("seed", "shown"), [(1, "Full date"), (2, "Month"), (3, "Full date"), (4, "Month")])
def test_no_list_is_refused_for_figures_of_our_own(tmp_path: Path, seed: int, shown: str) -> None:
    path = narrowed(tmp_path, lists(seed), shown)
    command, key = shared(tmp_path, path)
    assert dipsample(*command)[::2] == (0, "")
    review = tmp_path / "share" / "review.xlsx"
    status, result, said = dipsample("release", review, *key, "--to", tmp_path / "panel")
    assert (status, said) == (0, ""), result
    status, result, said = dipsample("publish", review, tmp_path / "panel" / "public.xlsx", *key)
    assert (status, said) == (0, ""), result


def test_a_birthday_in_the_contact_date_of_its_own_row_is_named_by_record_and_excel_row(tmp_path: Path) -> None:
    rows = [row(n) | {"Date of referral": "03/11/2025", "DOB": "15/06/2011"} for n in range(6)]
    rows[4] |= {"DOB": "03/11/2025"}
    path = narrowed(tmp_path, rows, "Full date")
    command, _ = shared(tmp_path, path)
    status, _, said = dipsample(*command)
    first = spec.table("working", "LongList").first_row
    assert status == 2
    assert f"record 5 (Excel row {first + 4})" in said
    assert "choose Month for Contact date in Review" in said
    assert not (tmp_path / "share" / "review.xlsx").exists()
    set_cell(path, "Criteria", "Contact date in Review", "Month")
    dipsample("narrow", path)
    assert dipsample(*command)[::2] == (0, "")


def copy_with(case_id: str, born: dt.date, contact: object, funnel: pd.DataFrame | None = None) -> tuple[bytes, Any]:
    """A release copy of one row, and a scan's two other arguments."""
    headings = spec.table("review", "Review").headings
    review = pd.DataFrame([dict.fromkeys(headings) | {"Unique ID": "DS-7GK-4MX3", CONTACT: contact}], dtype=object)
    tables = {"Review": review} | ({"Funnel": funnel} if funnel is not None else {})
    seeker = searcher(case_id, born)
    allowed = Allowed.of(release_copy.template())
    allowed = Allowed(allowed.known, made=own_cells.made(tables, seeker.births))
    return build("review", tables, {"sample_id": "S", "kind": "release"}), (seeker, allowed)


def found(data: bytes, how: Any) -> set[tuple[str, str]]:
    return {(one.part, one.rule) for one in scan(data, *how)}


BORN = dt.date(2011, 6, 15)


@pytest.mark.parametrize(
    ("contact", "case_id", "rules"),
    [
        ("03/2026", "32026", set()),
        (dt.date(2026, 3, 31), "32026", set()),
        ("03/2026 32026", "32026", {"case-id"}),
        ("32026", "32026", {"case-id"}),
        (32026, "32026", {"case-id"}),
        ("03/2026 Zqforean Zqsuram", "7351902", {"name"}),
        ("15 June 2011", "32026", {"date-of-birth"}),
        (BORN, "32026", {"date-of-birth"}),
    ],
)
def test_a_contact_date_is_a_date_and_anything_else_there_is_searched(
    contact: object, case_id: str, rules: set[str]
) -> None:
    data, how = copy_with(case_id, BORN, contact)
    assert found(data, how) == {("sheet Review", rule) for rule in rules}


def funnel(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["Stage", "Excluded", "Remaining"], dtype=object)


def test_a_count_is_a_count_while_the_funnel_adds_up() -> None:
    good = funnel(("Long list", None, 32026), ("Period", 26, 32000), ("Sample", 0, 32000))
    typed = funnel(("Long list", None, 32026), ("Period", 26, 45123), ("Sample", 0, 32000))
    data, how = copy_with("32026", BORN, None, good)
    assert found(data, how) == set()
    data, how = copy_with("45123", BORN, None, typed)
    assert ("sheet Funnel", "case-id") in found(data, how)


PLANTED = (
    ("a range of a sheet", "xl/worksheets/sheet6.xml", b'<dimension ref="', b'<dimension ref="7351902 '),
    ("the width of a column", "xl/worksheets/sheet6.xml", b' width="', b' width="7351902 '),
    ("a formula", "xl/worksheets/sheet6.xml", b"<f>", b"<f>7351902*1+"),
    ("a name in a formula", "xl/worksheets/sheet6.xml", b"<f>", b"<f>Zqforean+"),
    ("a shadow of the theme", "xl/theme/theme1.xml", b' val="', b' val="7351902 '),
)


@pytest.mark.parametrize(("part", "old", "new"), [one[1:] for one in PLANTED], ids=[one[0] for one in PLANTED])
def test_what_is_planted_beside_a_measure_of_ours_is_found(part: str, old: bytes, new: bytes) -> None:
    data, how = copy_with("7351902", BORN, None)
    assert found(data, how) == set()
    assert {rule for _, rule in found(swap(part, old, new)(data), how)} & {"case-id", "name-alone"}


def test_a_case_id_that_reads_like_the_end_of_a_date_is_found_by_itself() -> None:
    seeker = searcher("32026", BORN)
    assert [seeker.find_in_parts(text) != [] for text in ("by 31/03/2026", "ref 32026", "ref 3-2026")] == [
        False, True, True,
    ]  # fmt: skip
