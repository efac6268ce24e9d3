"""Question packs from Focus to the columns of Review: picked, taken over once, answered, taken off again."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.actions.typing_in import edit, include_all, set_cell
from tests.actions.workbooks import PASSPHRASE, dipsample, laid_out_working_workbook, row, table
from xl_dipsample.actions.second_read import compared
from xl_dipsample.domain.review import question_packs
from xl_dipsample.sharing import last_check
from xl_dipsample.workbook.build import release_copy
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import columns, spec

ROWS = [row(n) for n in range(1, 4)]
CONTEXTS, REASONS = question_packs.packs()[:2]
HEADINGS = [one.heading for one in CONTEXTS.questions]
WHERE, COMPANY = HEADINGS[0], HEADINGS[1]
Places = tuple[Path, Path, Path]


def pick(path: Path, packs: str | None) -> None:
    set_cell(path, "Focus", "Question packs", packs)


def questions(path: Path) -> list[str]:
    return [one for one in table(path, "Questions")["Heading"] if one]


def codes(result: dict) -> list[str]:
    return [one["code"] for one in result["messages"]]


def told(result: dict, code: str) -> str:
    return next(one["text"] for one in result["messages"] if one["code"] == code)


def pseudonymise(places: Places) -> dict:
    working, key, review = places
    status, result, said = dipsample("pseudonymise", working, "--review", review, "--key", key, "--no-second-keyholder")
    assert status == 0, said
    return result


def answer(path: Path, heading: str, text: str) -> str:
    """Type an answer into the first row of Review; its unique ID."""
    unique_id = table(path, "Review").loc[0, "Unique ID"]

    def fill(host: Host) -> None:
        frame = host.read_table("Review")
        frame.loc[frame["Unique ID"] == unique_id, heading] = text
        host.write_table("Review", frame)

    edit(path, fill)
    return unique_id


def delete(path: Path, *headings: str) -> None:
    def fill(host: Host) -> None:
        frame = host.read_table("Questions")
        host.write_table("Questions", frame.loc[~frame["Heading"].isin(headings)].reset_index(drop=True))

    edit(path, fill)


@pytest.fixture(scope="module")
def picked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    """The folder of a working workbook whose first pack Narrow down took over, with every case included."""
    folder = tmp_path_factory.mktemp("packs") / "all"
    working = laid_out_working_workbook(folder / "work", ROWS)
    for name in ("key", "share"):
        (folder / name).mkdir()
    pick(working, CONTEXTS.name.upper())
    _, result, said = dipsample("narrow", working)
    assert result, said
    include_all(working)
    return folder, result


@pytest.fixture(scope="module")
def reviewed(picked: tuple[Path, dict], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That folder with the review workbook, in which somebody answered the first question."""
    folder = shutil.copytree(picked[0], tmp_path_factory.mktemp("reviewed") / "all")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
        pseudonymise(places_in(folder))
    answer(folder / "share" / "review.xlsx", WHERE, "Online; Home of others")
    return folder


def places_in(folder: Path) -> Places:
    return folder / "work" / "working.xlsx", folder / "key" / "key.xlsx", folder / "share" / "review.xlsx"


@pytest.fixture
def places(reviewed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    return places_in(shutil.copytree(reviewed, tmp_path / "all"))


def test_a_picked_pack_adds_its_questions_with_help_source_and_name(picked: tuple[Path, dict]) -> None:
    folder, result = picked
    found = table(folder / "work" / "working.xlsx", "Questions")
    assert found.to_numpy().tolist() == [one.row(CONTEXTS.name) for one in CONTEXTS.questions]
    assert told(result, "questions-added") == (
        f"{len(HEADINGS)} questions of the picked packs were added to Questions (Contexts). Delete the rows that you "
        "do not want; the others become columns of Review with the next Pseudonymise."
    )
    assert ["Question packs", "Contexts"] in table(folder / "work" / "working.xlsx", "PacksTaken").to_numpy().tolist()


@pytest.mark.parametrize("action", ["check", "narrow"])
def test_a_pack_is_taken_over_once_and_a_deleted_question_does_not_return(places: Places, action: str) -> None:
    working = places[0]
    delete(working, COMPANY)
    _, result, said = dipsample(action, working)
    assert "questions-added" not in codes(result), said
    assert questions(working) == [one for one in HEADINGS if one != COMPANY]
    pick(working, f"{CONTEXTS.name}; {REASONS.name}")
    _, result, said = dipsample(action, working)
    assert questions(working) == [
        *(one for one in HEADINGS if one != COMPANY), *(one.heading for one in REASONS.questions),
    ], said  # fmt: skip
    assert "(Decision reasons)" in told(result, "questions-added")


def test_an_import_takes_a_pack_over_too(places: Places) -> None:
    working = places[0]
    pick(working, f"{CONTEXTS.name};{REASONS.name}")
    status, result, said = dipsample("import", working, working.parent / "export.csv")
    assert status == 0, said
    assert len(questions(working)) == len(HEADINGS) + len(REASONS.questions)
    assert "questions-added" in codes(result)


def test_the_questions_are_columns_of_review_with_choices_and_help(places: Places) -> None:
    review = places[2]
    frame = table(review, "Review")
    assert list(frame.columns)[-len(HEADINGS) :] == HEADINGS
    book = openpyxl.load_workbook(io.BytesIO(review.read_bytes()))
    sheet = book["Review"]
    top = next(r for r in range(1, 12) if sheet.cell(r, 1).value == "Unique ID")
    at = {sheet.cell(top, c).value: c for c in range(1, sheet.max_column + 1)}
    for one in CONTEXTS.questions:
        cell = sheet.cell(top + 1, at[one.heading]).coordinate
        (rule,) = [found for found in sheet.data_validations.dataValidation if cell in found.cells]
        assert (rule.prompt or "").startswith(one.help)
        assert rule.type == "list"
        _, area = next(book.defined_names[rule.formula1.removeprefix("=")].destinations)
        shown = [cell.value for (cell,) in book["Lists"][area.replace("$", "")]]
        assert tuple(shown) == one.choices
    told_there = table(review, "Questions")
    assert told_there["Why it is asked"].tolist() == [one.row("")[4] for one in CONTEXTS.questions]


def test_a_pack_picked_just_before_pseudonymise_is_in_the_review_workbook(places: Places) -> None:
    pick(places[0], f"{CONTEXTS.name}; {REASONS.name}")
    assert "questions-added" in codes(pseudonymise(places))
    frame = table(places[2], "Review")
    assert {one.heading for one in REASONS.questions} <= set(frame.columns)
    assert frame[WHERE].tolist().count("Online; Home of others") == 1, "what was answered before stays"


def test_no_answer_is_lost_when_a_pack_is_taken_off(places: Places) -> None:
    working, _, review = places
    pick(working, None)
    _, result, _ = dipsample("narrow", working)
    assert told(result, "questions-stay").startswith(
        "Not picked on Focus any more, but still on Questions: Contexts. Delete the rows"
    )
    assert questions(working) == HEADINGS
    delete(working, *HEADINGS)
    pseudonymise(places)
    frame = table(review, "Review")
    assert frame[WHERE].tolist().count("Online; Home of others") == 1
    assert COMPANY not in frame.columns, "nobody had answered it"
    pick(working, CONTEXTS.name)
    pseudonymise(places)
    frame = table(review, "Review")
    assert frame[WHERE].tolist().count("Online; Home of others") == 1
    assert COMPANY in frame.columns, "picked again, asked again"


def test_a_question_of_the_team_with_the_same_heading_is_kept_and_said(places: Places) -> None:
    working = places[0]
    heading = REASONS.questions[0].heading

    def mine(host: Host) -> None:
        frame = host.read_table("Questions")
        frame.loc[len(frame)] = [heading.lower(), "Text", *[None] * (len(frame.columns) - 2)]
        host.write_table("Questions", frame)

    edit(working, mine)
    pick(working, REASONS.name)
    _, result, _ = dipsample("narrow", working)
    assert told(result, "questions-there") == f"On Questions already, and kept as they stand: {heading}."
    found = table(working, "Questions").set_index("Heading")
    assert found.loc[heading.lower(), "Type"] == "Text"
    assert heading not in found.index


def test_an_unknown_pack_is_refused_with_its_row_and_nothing_changes(places: Places) -> None:
    working = places[0]
    pick(working, f"{REASONS.name}; Zorbing")
    before = working.read_bytes()
    for arguments in (("narrow", working), ("import", working, working.parent / "export.csv")):
        status, _, said = dipsample(*arguments)
        assert status == 2
        assert "of the sheet Focus: Question packs has a name that is no pack" in said
        assert "Zorbing" not in said
    assert working.read_bytes() == before


def test_a_question_with_the_heading_of_a_column_of_ours_is_refused_with_its_row(places: Places) -> None:
    working, key, review = places

    def ours(host: Host) -> None:
        frame = host.read_table("Questions")
        frame.loc[len(frame)] = ["Outcome", "Text", *[None] * (len(frame.columns) - 2)]
        host.write_table("Questions", frame)

    edit(working, ours)
    dipsample("narrow", working)
    before = review.read_bytes()
    status, _, said = dipsample("pseudonymise", working, "--review", review, "--key", key, "--no-second-keyholder")
    assert status == 2
    at = spec.table("working", "Questions").first_row + len(HEADINGS)
    assert (
        f"Excel row {at} of the sheet Questions has the heading of a column that Review has anyway; give it another "
        "heading, or delete the row." in said
    )
    assert review.read_bytes() == before


def test_the_next_sample_begins_with_the_pack_s_questions_and_does_not_take_them_over_anew(
    places: Places, tmp_path: Path
) -> None:
    for like in (places[0], places[2]):
        path = tmp_path / f"like {like.stem}.xlsx"
        status, _, said = dipsample("new", path, "--like", like)
        assert status == 0, said
        assert table(path, "Questions").to_numpy().tolist() == [one.row(CONTEXTS.name) for one in CONTEXTS.questions]
        assert ["Question packs", "Contexts"] in table(path, "PacksTaken").to_numpy().tolist()


def test_a_second_reader_is_asked_the_pack_s_questions_and_the_panel_s_copy_has_them(places: Places) -> None:
    review = places[2]
    assert set(HEADINGS) <= {one.heading for one in compared(table(review, "Questions"))}
    shared = release_copy.shared_tables({name: table(review, name) for name in ("Review", "Questions")})
    assert set(HEADINGS) <= set(shared["Review"].columns)
    assert list(shared["Questions"].columns) == spec.table("review", "Questions").headings


def test_a_typed_answer_is_searched_and_a_chosen_one_is_not(places: Places) -> None:
    review = places[2]
    names = ("Review", "Questions", "Focus", "Funnel")

    def found() -> list[str]:
        return [one.column for one in last_check.rules_without_names({name: table(review, name) for name in names})]

    assert found() == []
    answer(review, WHERE, "Online; ask zq@example.org")
    assert found() == ["a column of your own"]


def test_every_type_of_a_pack_is_one_that_review_knows() -> None:
    assert {one.type for pack in question_packs.packs() for one in pack.questions} <= {"Choose one", columns.SEVERAL}
