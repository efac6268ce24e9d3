"""Second reader: a blind random subset in a workbook of its own, and what comes back from it. All cases synthetic."""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from tests.actions.typing_in import add_column, edit
from tests.actions.workbooks import dipsample, table
from tests.silent_ui import SilentUi
from xl_dipsample.actions import review_workbook
from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.runner import run_on_file
from xl_dipsample.domain.pseudonymise import unique_id as unique_ids
from xl_dipsample.domain.review import review_columns
from xl_dipsample.domain.review import second_reader as readers
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.privacy.scanner import scan
from xl_dipsample.sharing import last_check, screened_texts
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec

CASES, SAMPLE_ID, SENTINEL, NUMBER = 60, "synthetic-sample", "Zqfirst", 424242
DAY = dt.date(2031, 7, 9)
TEAM = ["Zqheading, was it said?", "Zqheading, where?", "Zqheading, in words"]
QUESTIONS = pd.DataFrame(
    [[TEAM[0], "Yes / No", None], [TEAM[1], "Choose several", "School\nPark\nOnline"], [TEAM[2], "Text", None]],
    columns=["Heading", "Type", "Choices"],
    dtype=object,
)
SETTINGS = ("Focus", "Questions", "Criteria", "Categories", "MyLists")
WORDS = spec.lists()


def unique_id(number: int) -> str:
    """The same every time; their order is not that of the numbers."""
    dice = random.Random(number)
    while True:
        drawn = "".join(dice.choices(unique_ids.ALPHABET, k=unique_ids.DRAWN))
        last = unique_ids.check_character(drawn)
        if last:
            return unique_ids.written(drawn + last)


def review_of(cases: int, seed: int = 1) -> pd.DataFrame:
    """So many cases, every one read by a first reader."""
    dice = random.Random(seed)
    rows = [
        {
            "Unique ID": unique_id(number),
            "Type of harm": "CSE; Missing",
            "Contact date": dt.date(2025, 11, 1 + number % 28),
            "Age at time of contact": "14",
            "Outcome": dice.choice(WORDS["outcome"][:4]),
            "Referred to?": "; ".join(dice.sample(WORDS["referred_to"][:4], 2)),
            "Reason for social care involvement (extract)": f"{SENTINEL} extract",
            "Reason for closure or progression (extract)": f"{SENTINEL} extract",
            "Level of harm": dice.choice(WORDS["level_of_harm"]),
            "Parenting concerns": dice.choice(WORDS["yes_no_not_clear"]),
            "Seen as": dice.choice(WORDS["seen_as"]),
            "Engagement": dice.choice(WORDS["engagement"]),
            "Reviewer": "AB",
            TEAM[0]: dice.choice(["Yes", "No"]),
            TEAM[1]: "School; Park",
            TEAM[2]: SENTINEL,
        }
        for number in range(cases)
    ]
    frame = pd.DataFrame(rows, dtype=object)
    return frame.where(frame.notna(), None)


def workbook(path: Path, frame: pd.DataFrame, **more: pd.DataFrame) -> Path:
    path.parent.mkdir(exist_ok=True)
    tables = {"Review": frame, "Questions": QUESTIONS, **more}
    path.write_bytes(build("review", tables, {"sample_id": SAMPLE_ID}))
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review workbook from which cases were drawn twice: made once, since every test begins with it."""
    folder = tmp_path_factory.mktemp("made")
    draw(workbook(folder / "review.xlsx", review_of(CASES)), folder / "one.xlsx")
    draw(folder / "review.xlsx", folder / "other.xlsx")
    return folder


def copied(made: Path, name: str, to: Path) -> Path:
    to.parent.mkdir(exist_ok=True)
    shutil.copy(made / name, to)
    return to


@pytest.fixture
def review(made: Path, tmp_path: Path) -> Path:
    return copied(made, "review.xlsx", tmp_path / "share" / "review.xlsx")


@pytest.fixture
def second(made: Path, tmp_path: Path) -> Path:
    """A second reader's workbook in which nothing is filled in."""
    return copied(made, "one.xlsx", tmp_path / "second" / "second reader.xlsx")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where one can be made."""
    return tmp_path / "new second reader.xlsx"


def draw(review: Path, out: Path) -> dict[str, Any]:
    status, result, said = dipsample("second-read", review, "--draw", out)
    assert status == 0, said
    return result


def read(review: Path, path: Path) -> dict[str, Any]:
    status, result, said = dipsample("second-read", review, "--read", path)
    assert status == 0, said
    return result


def refused(*arguments: object) -> str:
    status, result, said = dipsample("second-read", *arguments)
    assert (status, result) == (2, {})
    assert said.count("\n") <= 1, "one sentence"
    return said


def fill(path: Path, answer: Callable[[str, dict[str, Any]], dict[str, Any]]) -> None:
    """Type what `answer` gives for each row."""

    def typed(host: FileHost) -> None:
        rows = [{**row, **answer(row["Unique ID"], row)} for row in host.read_table("Review").to_dict("records")]
        frame = pd.DataFrame(rows, dtype=object)
        host.write_table("Review", frame.where(frame.notna(), None))

    edit(path, typed)


def like_the_first(review: Path, **other: Any) -> Callable[[str, dict[str, Any]], dict[str, Any]]:
    """The first reader's answers by a second reader, with other ones for some questions."""
    first = table(review, "Review").set_index("Unique ID")
    ours = [one.heading for one in review_columns.compared() if one.by == "people" and one.heading != "In sample?"]
    asked = [*ours, *TEAM[:2]]
    return lambda name, row: {**{one: first.loc[name, one] for one in asked}, "Reviewer": "EF", **other}


def agreement(review: Path) -> dict[str, dict[str, Any]]:
    return {row["Question"]: row for row in table(review, "Agreement").to_dict("records")}


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as file:
        return {name: html.unescape(file.read(name).decode("utf-8", "replace")) for name in file.namelist()}


# --- the draw


def test_a_fifth_of_the_cases_that_were_read_is_drawn_into_a_workbook_of_its_own(review: Path, out: Path) -> None:
    typed = {unique_id(3): {"Reviewer": None}, unique_id(4): {"Reviewer": " "}, unique_id(5): {"In sample?": "No"}}
    fill(review, lambda name, row: typed.get(name, {}))
    result = draw(review, out)
    assert result["figures"] == {"drawn": 12, "of": 57}
    assert result["files"] == [str(out)]
    drawn = FileHost.open(out, SilentUi())
    assert (drawn.kind, drawn.read_value("sample_id")) == ("second", SAMPLE_ID)
    listed = drawn.read_table("Review")["Unique ID"].tolist()
    assert len(set(listed)) == 12
    assert set(listed) <= {unique_id(number) for number in range(CASES)} - set(typed)
    assert listed == sorted(listed), "the order says nothing but the order of random IDs"


def test_the_review_workbook_remembers_the_number_alone(made: Path, tmp_path: Path) -> None:
    fresh = workbook(tmp_path / "review.xlsx", review_of(CASES))
    before, after = (FileHost.open(path, SilentUi()) for path in (fresh, made / "review.xlsx"))
    audit = after.read_table("Audit")
    assert audit["Action"].tolist() == ["Second reader"] * 2
    assert audit["Figures"].tolist() == ["drawn 12, of 60"] * 2
    for name in before.tables():
        if name != "Audit":
            pd.testing.assert_frame_equal(before.read_table(name), after.read_table(name))
    assert table(made / "one.xlsx", "Audit")["Figures"].tolist() == ["drawn 12"]


def test_drawing_again_draws_anew(made: Path) -> None:
    """That both draws are the same happens once in 1,000,000,000,000 times."""
    one, other = (set(table(made / f"{name}.xlsx", "Review")["Unique ID"]) for name in ("one", "other"))
    assert one != other


def test_over_many_draws_every_case_is_drawn_about_equally() -> None:
    """Chi-square of 20 cases over 200 draws of 5; above 54 it would be chance once in 30,000 times."""
    listed = [unique_id(number) for number in range(20)]
    seen = dict.fromkeys(listed, 0)
    for _ in range(200):
        drawn = readers.draw(listed)
        assert len(set(drawn)) == 5
        for one in drawn:
            seen[one] += 1
    assert sum((count - 50) ** 2 / 50 for count in seen.values()) < 54


def planted(name: str) -> pd.DataFrame:
    """One row of a table with something planted in every cell."""
    cells = {"text": SENTINEL, "long_text": SENTINEL, "choice": SENTINEL, "whole": NUMBER, "number": NUMBER}
    columns = spec.table("review", name).columns
    return pd.DataFrame(
        [[None if one.by == "formula" else cells.get(one.type, DAY) for one in columns]],
        columns=[one.heading for one in columns],
        dtype=object,
    )


def test_nothing_that_anybody_wrote_elsewhere_is_in_any_part_of_it(tmp_path: Path, out: Path) -> None:
    frame = review_of(8)
    people = [one.heading for one in spec.table("review", "Review").columns if one.by == "people"]
    for heading in [*people, *TEAM]:
        frame[heading] = pd.Series(
            [NUMBER if heading == TEAM[2] else SENTINEL] * len(frame), index=frame.index, dtype=object
        )
    frame["Reviewed on"] = pd.Series([DAY] * len(frame), index=frame.index, dtype=object)
    told = (*SETTINGS, "Review", "Start", "GivenRows", "GivenWords")  # what must agree with Review and My lists
    elsewhere = [one.name for one in spec.tables("review") if one.name not in told]
    assert {"Thresholds", "Language", "Findings", "Compare", "Variations", "Harms", "Funnel"} <= set(elsewhere)
    review = tmp_path / "review.xlsx"
    tables = {name: planted(name) for name in elsewhere}
    review.write_bytes(
        build(
            "review",
            {"Review": frame, "Questions": QUESTIONS, **tables},
            {"sample_id": SAMPLE_ID, "checked_for_sharing": SENTINEL, "analysed_on": SENTINEL, "compared_on": SENTINEL},
        )
    )
    for name in ("Review", "Focus"):
        add_column(review, name, f"{SENTINEL} own {name}")
    assert sum(SENTINEL in text for text in parts(review).values()) > 10, "it is planted"
    draw(review, out)
    serial = str((DAY - dt.date(1899, 12, 30)).days)
    for name, text in parts(out).items():
        assert SENTINEL.casefold() not in (name + text).casefold(), name
        assert str(NUMBER) not in text, name
        assert f">{serial}<" not in text, name
    second = table(out, "Review")
    there = [one for one in people if one not in review_columns.staying()]
    assert second[[*there, *TEAM]].isna().all(axis=None)
    assert not set(review_columns.staying()) & set(second)
    assert second["Type of harm"].tolist() == ["CSE; Missing"] * 5


def test_it_has_what_reading_takes_and_no_sheet_that_shows_the_first_readers_answers(
    review: Path, second: Path
) -> None:
    host = FileHost.open(second, SilentUi())
    assert host.sheet_names() == ["Start", "Review", "Summary", "Focus", "Criteria", "My lists", "Lists", "Audit"]
    assert set(host.tables()) == {*SETTINGS, "Start", "Review", "Audit"}
    assert table(second, "Questions")["Heading"].tolist() == TEAM
    formulas = re.findall(r"<f>([^<]*)</f>", "".join(parts(second).values()))
    assert len(formulas) > 50
    named = {name for one in formulas for name in re.findall(r"(\w+)\[|(\w+)'?!", re.sub('"[^"]*"', "", one))}
    assert {table or sheet for table, sheet in named} <= {*host.tables(), *host.sheet_names()}


def test_the_scanner_finds_nothing_in_it_but_the_drop_downs(review: Path, second: Path) -> None:
    without = io.BytesIO()
    with zipfile.ZipFile(second) as source, zipfile.ZipFile(without, "w") as target:
        for member in source.infolist():
            data = re.sub(rb"<dataValidations.*?</dataValidations>", b"", source.read(member), flags=re.DOTALL)
            target.writestr(member, data)
    assert scan(without.getvalue(), None) == []


def test_few_cases_are_all_drawn_and_the_message_says_what_that_means(tmp_path: Path, out: Path) -> None:
    review = workbook(tmp_path / "share" / "review.xlsx", review_of(1))
    result = draw(review, out)
    assert result["figures"] == {"drawn": 1, "of": 1}
    assert any("counts only" in one["text"] for one in result["messages"])


@pytest.mark.parametrize("typed", [{"In sample?": "No"}, {"Reviewer": None}])
def test_without_a_case_that_was_read_and_is_in_the_sample_nothing_is_drawn(
    tmp_path: Path, out: Path, typed: dict[str, Any]
) -> None:
    review = workbook(tmp_path / "share" / "review.xlsx", review_of(4).assign(**typed))
    before = review.read_bytes()
    assert "No case in the sample has been read yet" in refused(review, "--draw", out)
    assert not out.exists()
    assert review.read_bytes() == before


def test_a_place_that_cannot_be_is_refused_and_nothing_changes(review: Path, tmp_path: Path) -> None:
    before = review.read_bytes()
    (tmp_path / "there.xlsx").write_bytes(b"synthetic")
    (tmp_path / "key").mkdir()
    (tmp_path / "key" / "key.xlsx.2026-01-01 101010.bak").write_bytes(b"synthetic")
    (tmp_path / "above" / "work").mkdir(parents=True)
    (tmp_path / "above" / "work" / "working.audit.jsonl").write_bytes(b"synthetic")
    for out, words in (
        (tmp_path / "there.xlsx", "there already"),
        (review, "review workbook itself"),
        (tmp_path / "second.xlsm", ".xlsx"),
        (tmp_path / "nowhere" / "second.xlsx", "no folder"),
        (tmp_path / "key" / "second.xlsx", "key"),
        (tmp_path / "above" / "second.xlsx", "working.audit.jsonl"),
    ):
        assert words in refused(review, "--draw", out)
    assert (tmp_path / "there.xlsx").read_bytes() == b"synthetic"
    assert review.read_bytes() == before
    assert not list(tmp_path.rglob("second*"))


def test_it_is_one_of_the_two(review: Path, out: Path) -> None:
    assert "one of two" in refused(review)
    assert "one of two" in refused(review, "--draw", out, "--read", out)
    assert not out.exists()


# --- what it is


def test_no_action_takes_it_for_another_workbook(review: Path, second: Path) -> None:
    before = second.read_bytes()
    for action in registry.ACTIONS:
        if action.subject is None:
            continue
        with pytest.raises(DipSampleError) as told:
            run_on_file(action, second, None, SilentUi())
        assert told.value.code == "wrong-kind"
        assert "second reader's workbook" in told.value.sentence
    with pytest.raises(DipSampleError, match="not the review workbook"):
        review_workbook.read_earlier(second, SAMPLE_ID, SilentUi())
    assert second.read_bytes() == before


# --- reading


def test_what_comes_back_is_compared_question_by_question(review: Path, second: Path) -> None:
    dice = random.Random(5)
    as_first = like_the_first(review)

    def answer(name: str, row: dict[str, Any]) -> dict[str, Any]:
        given = as_first(name, row)
        turned = "; ".join(reversed(given["Referred to?"].upper().split("; ")))
        return {**given, "Level of harm": dice.choice(WORDS["level_of_harm"]), "Referred to?": turned}

    fill(second, answer)
    result = read(review, second)
    again, first = table(second, "Review"), table(review, "Review").set_index("Unique ID")
    mine, theirs = first.loc[again["Unique ID"], "Level of harm"].tolist(), again["Level of harm"].tolist()
    words = sorted({*mine, *theirs})
    counts = np.zeros((len(words), len(words)))
    for one, other in zip(mine, theirs, strict=True):
        counts[words.index(one), words.index(other)] += 1
    expected = cohens_kappa(counts)
    shown = agreement(review)
    level = shown["Level of harm"]
    same = sum(one == other for one, other in zip(mine, theirs, strict=True))
    assert (level["Read twice"], level["Same answer"]) == (12, same)
    assert level["%"] == pytest.approx(100 * same / 12, abs=0.05)
    assert level["Kappa"] == pytest.approx(expected.kappa, abs=0.0051)
    assert level["Kappa from"] == pytest.approx(max(-1.0, expected.kappa - 1.959964 * expected.std_kappa), abs=0.0051)
    assert level["Kappa to"] == pytest.approx(min(1.0, expected.kappa + 1.959964 * expected.std_kappa), abs=0.0051)
    assert [shown[one]["Same answer"] for one in ("In sample?", "Outcome", "Referred to?", TEAM[0], TEAM[1])] == [
        12
    ] * 5
    assert TEAM[2] not in shown, "a text is not compared"
    assert {type(row["As of"]) for row in shown.values()} == {dt.datetime}
    listed = table(review, "SecondReader")
    assert set(listed["Question"]) == {"Level of harm"}, "the scenario follows from it and is not listed"
    assert len(listed) == 12 - same == result["figures"]["differences"]
    assert {name: result["figures"][name] for name in ("drawn", "read", "answered", "read_twice")} == {
        "drawn": 12, "read": 12, "answered": 12, "read_twice": 12,
    }  # fmt: skip
    told = next(one for one in result["figures"]["questions"] if one["question"] == "Level of harm")
    assert (told["percent"], told["kappa"]) == (level["%"], level["Kappa"])
    before = table(review, "Review")
    pd.testing.assert_frame_equal(before, before.assign(**review_of(CASES)[["Outcome", "Level of harm"]]))


def test_no_answer_and_no_heading_that_people_typed_is_in_a_message(review: Path, second: Path) -> None:
    fill(second, like_the_first(review, Outcome=f"{SENTINEL} own words"))
    result = read(review, second)
    assert SENTINEL in str(table(review, "SecondReader").to_numpy())
    told = json.dumps(result)
    assert SENTINEL not in told
    assert "Zqheading" not in told
    assert [one["question"] for one in result["figures"]["questions"]][-2:] == ["team question 1", "team question 2"]


def test_half_filled_says_how_many_are_answered(review: Path, second: Path) -> None:
    whole, begun = table(second, "Review")["Unique ID"].tolist()[:2]
    first = like_the_first(review)
    fill(second, lambda name, row: first(name, row) if name == whole else {"Seen as": "Both"} if name == begun else {})
    result = read(review, second)
    assert {name: result["figures"][name] for name in ("drawn", "read", "answered")} == {
        "drawn": 12, "read": 2, "answered": 1,
    }  # fmt: skip
    assert any("12 cases: 1 answered" in one["text"] for one in result["messages"])
    shown = agreement(review)
    assert (shown["Outcome"]["Read twice"], shown["Seen as"]["Read twice"]) == (1, 2)
    assert shown["Outcome"]["In words"] == "1 of 1 the same: few, so counts only."


def test_what_people_agreed_stays_when_the_file_is_read_again(review: Path, second: Path) -> None:
    fill(second, like_the_first(review, Engagement="Not sure, own words"))
    read(review, second)
    add_column(review, "SecondReader", "Our note")

    def decide(host: FileHost) -> None:
        listed = host.read_table("SecondReader")
        listed.loc[0, ["Agreed answer", "Why"]] = ["Engaged", "The visit counts"]
        listed.loc[1, "Our note"] = "ask the panel"
        host.write_table("SecondReader", listed)

    edit(review, decide)
    decided = table(review, "SecondReader")
    agreed = decided.loc[0, "Unique ID"]
    fill(review, lambda name, row: {"Engagement": "Not sure, own words"} if name == agreed else {})
    read(review, second)
    listed = table(review, "SecondReader").set_index("Unique ID")
    assert listed.loc[agreed, ["Agreed answer", "Why"]].tolist() == ["Engaged", "The visit counts"]
    assert listed.loc[decided.loc[1, "Unique ID"], "Our note"] == "ask the panel"
    assert len(listed) == 12, "the one that is settled stays, since something is written beside it"
    assert agreement(review)["Engagement"]["Same answer"] == 1


def test_a_second_draw_adds_and_a_case_counts_once_with_its_latest_reading(made: Path, review: Path) -> None:
    """And what Review says by then changes nothing of the first file: they may have talked in between."""
    one, other = (copied(made, f"{name}.xlsx", review.with_name(f"{name}.xlsx")) for name in ("one", "other"))
    fill(one, like_the_first(review, Engagement="x", **{"Seen as": "x"}))
    read(review, one)
    assert agreement(review)["Engagement"]["Same answer"] == 0
    fill(review, lambda name, row: {"Seen as": "x"})
    fill(other, like_the_first(review))
    result = read(review, other)
    shown = agreement(review)
    first, again = (set(table(path, "Review")["Unique ID"]) for path in (one, other))
    assert shown["Engagement"]["Read twice"] == len(first | again) == result["figures"]["read_twice"]
    assert shown["Engagement"]["Same answer"] == shown["Seen as"]["Same answer"] == len(again)


def test_a_row_that_was_set_aside_since_is_left_out_and_said(review: Path, second: Path, tmp_path: Path) -> None:
    fill(second, like_the_first(review))
    gone = table(second, "Review")["Unique ID"].tolist()[0]
    frame = review_of(CASES)
    aside = pd.DataFrame([[gone, DAY]], columns=["Unique ID", "Set aside on"], dtype=object)
    renewed = workbook(tmp_path / "renewed" / "review.xlsx", frame[frame["Unique ID"] != gone], SetAside=aside)
    result = read(renewed, second)
    assert result["figures"]["read_twice"] == 11
    assert any("1 case of" in one["text"] for one in result["messages"])


def test_another_file_is_refused_and_nothing_changes(review: Path, second: Path, tmp_path: Path) -> None:
    working = tmp_path / "working.xlsx"
    assert dipsample("new", working)[0] == 0
    before = review.read_bytes()
    assert "is a review workbook" in refused(review, "--read", review)
    assert "is a working workbook" in refused(review, "--read", working)
    assert "Nothing is filled in yet" in refused(review, "--read", second)
    listed = table(second, "Review")["Unique ID"].tolist()
    fill(second, lambda name, row: {"Reviewer": "EF", **({"Unique ID": "DS-UNKNOWN"} if name == listed[0] else {})})
    said = refused(review, "--read", second)
    assert "not on Review (1)" in said
    assert "DS-UNKNOWN" not in said
    fill(second, lambda name, row: {"Unique ID": listed[1]} if name == "DS-UNKNOWN" else {})
    assert "two rows" in refused(review, "--read", second)
    edit(second, lambda host: host.write_value("sample_id", "another"))
    assert "another sample" in refused(review, "--read", second)
    assert review.read_bytes() == before


def test_what_is_written_on_the_sheet_is_checked_for_names_and_kept_by_pseudonymise() -> None:
    typed = {"SecondReader": planted("SecondReader")}
    assert {one.column for one in screened_texts.texts_of(typed)} >= {"Agreed answer", "Why", "Second reader"}
    assert {"SecondReader", "Agreement", "ReadTwice"} <= set(review_workbook.KEPT_WHOLE)
    assert not any(column.share for column in spec.table("review", "ReadTwice").columns)


def test_what_comes_back_is_not_checked_for_names_and_start_says_so(review: Path, second: Path) -> None:
    def checked(host: FileHost) -> None:
        last_check.remember_safe(host, "01/02/2031 10:00:00")

    edit(review, checked)
    fill(second, like_the_first(review, Outcome="Zqsecond AB1 2CD"))
    said = {one["code"] for one in read(review, second)["messages"]}
    assert {"names-not-checked", "changed-since"} <= said
    assert set(table(review, "TextLengths")["Text length"]) == {0}


def test_something_else_than_unique_ids_is_not_drawn_and_not_repeated(tmp_path: Path, out: Path) -> None:
    frame = review_of(3)
    frame.loc[1, "Unique ID"] = "Zqname"
    said = refused(workbook(tmp_path / "share" / "review.xlsx", frame), "--draw", out)
    assert "1 row has something else" in said
    assert "Zqname" not in said
    assert not out.exists()


def test_answers_without_a_unique_id_are_said(review: Path, second: Path) -> None:
    fill(second, like_the_first(review))

    def lose(host: FileHost) -> None:
        frame = host.read_table("Review")
        frame.loc[0, "Unique ID"] = None
        host.write_table("Review", frame)

    edit(second, lose)
    assert "rows-without-id" in {one["code"] for one in read(review, second)["messages"]}
