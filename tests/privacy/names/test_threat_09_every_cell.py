"""Threat 9: every cell of our tables is searched, also those that nobody is asked to fill. All data are synthetic."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.actions.screening import BORN, CASES, EXTRACT, NAMES, SAMPLE, Screened, screened
from tests.actions.workbooks import PASSPHRASE, dipsample, edit, table
from tests.privacy.threat_search import search
from xl_dipsample.privacy.key.key_file import open_key
from xl_dipsample.privacy.names import text_check
from xl_dipsample.sharing.screened_texts import texts_of
from xl_dipsample.workbook.build import release_copy
from xl_dipsample.workbook.specs import spec

REVIEWED, CONTACT = "Reviewed on", "Contact date"
OTHER_DAY = dt.date(2008, 2, 10)  # nobody's of the sample
FULL = NAMES[0]


@pytest.fixture
def files(tmp_path: Path) -> Screened:
    (tmp_path / "panel").mkdir()
    return screened(tmp_path)


def release(files: Screened) -> tuple[int, dict[str, Any], str]:
    panel, secret = files.review.parents[1] / "panel", files.key.with_name("passphrase.txt")
    return dipsample("release", files.review, "--key", files.key, "--to", panel, "--passphrase-file", secret)


def errors(result: dict[str, Any]) -> list[tuple[Any, ...]]:
    told = [one for one in result["messages"] if one["level"] == "error" and one["code"] != "not-safe"]
    return [(one["sheet"], one["row"], one["column"], one["code"]) for one in told]


def not_safe(result: dict[str, Any]) -> str:
    [told] = [one["text"] for one in result["messages"] if one["code"] == "not-safe"]
    return str(told)


def test_a_sampled_child_s_date_of_birth_is_found_as_a_date_or_number_in_our_own_columns(files: Screened) -> None:
    serial = (BORN[1] - dt.date(1899, 12, 30)).days
    typed = (REVIEWED, BORN[1]), (CONTACT, BORN[1]), ("Age at time of contact", serial), ("DOB", float(serial))
    for child, (column, value) in enumerate(typed):
        files.type_in(child, column, value)
    wanted = sorted((column, "date-of-birth") for column, _ in typed)
    for status, result, _ in (files.press(), release(files)):
        assert (status, sorted(place[2:] for place in errors(result))) == (1, wanted)
    assert files.press("--roles")[0] == 0
    assert [files.text(child, column) for child, (column, _) in enumerate(typed)] == ["[DATE OF BIRTH]"] * 4
    assert release(files)[0] == 0


def test_other_dates_ages_and_counts_in_our_own_columns_are_not_looked_at(files: Screened) -> None:
    files.type_in(0, REVIEWED, OTHER_DAY)
    files.type_in(1, CONTACT, dt.date(2022, 9, 1))
    files.type_in(2, "Age at time of contact", int(CASES[0][:4]))
    assert files.press()[1]["figures"]["strong"] == 0
    assert release(files)[0] == 0


def test_a_date_that_a_person_decided_to_keep_may_be_shared(files: Screened) -> None:
    files.type_in(0, REVIEWED, BORN[1])
    files.press()
    files.decide({BORN[1].isoformat(): {"Decision": "Keep in this row"}})
    assert files.press()[0] == 0
    assert release(files)[0] == 0
    files.type_in(2, REVIEWED, BORN[1])
    assert release(files)[0] == 1


def overtyped() -> dict[str, pd.DataFrame]:
    """For every table of the review workbook but Review: one row more, whose every text is a synthetic child's name."""
    made = {}
    for one in spec.tables("review"):
        if one.name not in ("Review", "Questions"):
            cells = {column.heading: FULL for column in one.columns if column.type not in ("whole", "number", "date")}
            made[one.name] = pd.DataFrame([cells], dtype=object)
    return made


def test_every_text_that_may_be_shared_is_one_that_the_text_check_lists(files: Screened) -> None:
    """Counts, labels, steps, history: nobody is asked to type there, and Excel lets everybody."""
    frames = {"Review": table(files.review, "Review"), **overtyped()}
    searcher = text_check.searcher_of(open_key(files.key, PASSPHRASE).book, SAMPLE)
    listed = {(one.table, one.column) for one in texts_of(frames) if one.text == FULL}
    assert {name for name, _ in listed} == set(overtyped())
    found = text_check.strong_open(texts_of(release_copy.shared_tables(frames)), searcher, frozenset())
    assert set(found) <= set(text_check.strong_open(texts_of(frames), searcher, frozenset()))
    shared = {(name, column) for name, frame in release_copy.shared_tables(frames).items() for column in frame.columns}
    formulas = {(one.name, column.heading) for one in spec.tables("review") for column in one.columns if column.formula}
    whole = {(name, column) for name, column in shared - formulas if name != "Review" and column in overtyped()[name]}
    assert whole <= listed


def test_a_name_typed_over_a_label_is_listed_and_replaced_or_left_to_a_person(files: Screened) -> None:
    over = {
        "Harms": "Unique ID", "TextLengths": "Unique ID", "Funnel": "Stage", "Exclusions": "Reason",
        "Start": "What it found", "Audit": "Figures",
    }  # fmt: skip

    def fill(host: Any) -> None:
        for name, heading in over.items():
            frame = host.read_table(name)
            frame.loc[0 if name == "Start" else len(frame), heading] = FULL
            host.write_table(name, frame.astype(object).where(frame.notna(), None))

    edit(files.review, fill)
    status, result, _ = files.press()
    sheets = [next(one.sheet for one in spec.tables("review") if one.name == name) for name in over]
    assert status == 1
    assert sorted((place[0], place[3]) for place in errors(result)) == sorted((sheet, "name") for sheet in sheets)
    assert search(str(result).encode(), FULL.split()) == {}
    assert files.press("--roles")[0] == 1
    left = {name for name in over if FULL in str(table(files.review, name).to_numpy().tolist())}
    assert left == {"Harms", "TextLengths", "Start", "Audit"}  # unique IDs, steps and history: by hand


def test_release_sends_people_to_the_text_check_for_what_it_lists_and_for_nothing_else(files: Screened) -> None:
    files.type_in(0, EXTRACT, f"{FULL} left.")
    assert "Check text for names" in not_safe(release(files)[1])
    written = FULL.replace("Z", "&#90;").replace("T", "&#84;")  # read by the scanner, which trusts nobody, alone
    files.type_in(0, EXTRACT, written)
    assert files.press()[1]["figures"]["strong"] == 0
    status, result, _ = release(files)
    assert status == 1
    assert "orrect by hand" in not_safe(result)
    assert "Text check" not in not_safe(result)
