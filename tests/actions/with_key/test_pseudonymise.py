"""Pseudonymise: IDs, key, review workbook, reading list, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tests.actions.typing_in import add_column, decide, edit, include_all, set_cell
from tests.actions.workbooks import PASSPHRASE, READING, SECOND, dipsample, row, table, working_workbook
from tests.silent_ui import SilentUi
from xl_dipsample.actions.parts.choose_sheet import ordinal
from xl_dipsample.actions.running import snapshots
from xl_dipsample.privacy.key import ids, key_file, passphrase, reading_list
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

ROWS = [row(n) for n in range(1, 7)]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a narrowed working workbook with every case included; each test takes a copy."""
    folder = tmp_path_factory.mktemp("pseudonymise") / "work"
    working = working_workbook(folder, ROWS)
    set_cell(working, "Focus", "Sample name", "Test sample")
    dipsample("narrow", working)
    include_all(working)
    return folder


@pytest.fixture
def places(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """That working workbook, and where key and review workbook go."""
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DIPSAMPLE_READING_PASSPHRASE", READING)
    working = shutil.copytree(first, tmp_path / "work") / "working.xlsx"
    for name in ("key", "share"):
        (tmp_path / name).mkdir()
    return working, tmp_path / "key" / "key.xlsx", tmp_path / "share" / "review.xlsx"


@pytest.fixture(scope="module")
def once(first: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    """The folder of a sample that was pseudonymised once, with what was said of it; each test takes a copy."""
    folder = tmp_path_factory.mktemp("pseudonymised") / "all"
    working = shutil.copytree(first, folder / "work") / "working.xlsx"
    for name in ("key", "share"):
        (folder / name).mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
        status, result, said = pseudonymise(working, folder / "key" / "key.xlsx", folder / "share" / "review.xlsx")
    assert (status, result["figures"]["sample"]) == (0, 6), said
    return folder, result


@pytest.fixture
def done(once: tuple[Path, dict], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """Working workbook, key and review workbook of that sample."""
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    folder = shutil.copytree(once[0], tmp_path / "all")
    return folder / "work" / "working.xlsx", folder / "key" / "key.xlsx", folder / "share" / "review.xlsx"


def pseudonymise(working: Path, key: Path, review: Path, *more: object) -> tuple[int, dict, str]:
    return dipsample("pseudonymise", working, "--review", review, "--key", key, *more)


def type_in(review: Path, column: str, words: str, place: int = 0) -> str:
    """Type into one Review cell; returns the row's unique ID."""
    told = []

    def fill(host: FileHost) -> None:
        frame = host.read_table("Review")
        frame.loc[place, column] = words
        told.append(frame.loc[place, "Unique ID"])
        host.write_table("Review", frame)

    edit(review, fill)
    return str(told[0])


def test_every_case_gets_one_id_and_the_key_ties_it_to_its_name(done) -> None:
    _, key, review = done
    shown = table(review, "Review")
    book = key_file.open_key(key, PASSPHRASE).book
    assert list(shown["Unique ID"]) == sorted(shown["Unique ID"])
    assert [ids.parse(one) for one in shown["Unique ID"]] == list(shown["Unique ID"])
    assert set(book.key["Unique ID"]) == set(shown["Unique ID"])
    assert set(book.key["State"]) == {"committed"}
    assert set(book.key["Case ID"]) == {f"500{n}" for n in range(1, 7)}
    assert len(book.names) == 6


def test_the_working_workbook_gets_no_unique_id(done) -> None:
    working, _, _ = done
    for name in FileHost.open(working, None, read_only=True).tables():  # type: ignore[arg-type]
        assert "DS-" not in table(working, name).to_string()


def test_review_holds_reference_words_and_ages_and_no_name(done) -> None:
    _, _, review = done
    first = table(review, "Review").iloc[0]
    assert first["Type of harm"] == "CSE"
    assert first["Contact date"] == "09/2022"  # the month, unless the lead asks for the day
    assert str(first["Age at time of contact"]) == "14"
    assert (first["Gender"], first["Ethnicity"], first["Outcome"]) == ("Female", "White British", "Child in Need")
    assert first["DOB"] is None


@pytest.mark.parametrize("asked_on", ["Criteria", "question"])
def test_threat_6_the_lead_can_ask_for_the_day_and_is_told_what_k_becomes(places, asked_on: str) -> None:
    working, key, review = places
    if asked_on == "Criteria":
        set_cell(working, "Criteria", "Contact date in Review", "Full date")
    status, result, said = pseudonymise(working, key, review, *(["--contact-day"] if asked_on == "question" else []))
    assert status == 0, said
    assert table(review, "Review").iloc[0]["Contact date"] == dt.date(2022, 9, 1)
    for path in (working, review):
        rows = table(path, "Criteria").set_index("Setting")["Value"]
        assert rows["Contact date in Review"] == "Full date"
    assert "k" in result["figures"]


def test_month_of_birth_and_month_of_contact_are_the_leads_choice(places) -> None:
    working, key, review = places
    set_cell(working, "Criteria", "Birth month in Review", "Yes")
    set_cell(working, "Criteria", "Contact date in Review", "Month")
    pseudonymise(working, key, review)
    first = table(review, "Review").iloc[0]
    assert (first["DOB"], first["Contact date"]) == ("06/2008", "09/2022")


def test_a_second_run_keeps_ids_and_everything_that_people_typed(done) -> None:
    working, key, review = done
    add_column(review, "Review", "Our note")
    typed = {
        column: type_in(review, column, f"typed in {column}") for column in ("Reviewer", "Summary of harm", "Our note")
    }
    type_in(review, "Outcome", "Early help", 1)
    before = table(review, "Review")
    assert pseudonymise(working, key, review)[0] == 0
    after = table(review, "Review")
    assert list(after["Unique ID"]) == list(before["Unique ID"])
    for column, unique_id in typed.items():
        assert after.set_index("Unique ID").loc[unique_id, column] == f"typed in {column}"
    assert after["Outcome"].tolist() == before["Outcome"].tolist()


def test_the_old_review_workbook_is_kept_among_the_undo_copies_and_not_in_the_share(done) -> None:
    working, key, review = done
    type_in(review, "Reviewer", "AB")
    old = review.read_bytes()
    _, result, _ = pseudonymise(working, key, review)
    assert list(review.parent.iterdir()) == [review]
    kept = snapshots.list_of(FileHost.open(review, SilentUi()))[0].path
    assert kept.read_bytes() == old
    assert kept.is_relative_to(snapshots.folder_of(review, "review"))
    assert str(kept) in result["files"]


def test_a_row_that_left_after_somebody_typed_in_it_is_set_aside_and_comes_back(done) -> None:
    working, key, review = done
    unique_id = type_in(review, "Summary of harm", "typed words")
    book = key_file.open_key(key, PASSPHRASE).book.key.set_index("Unique ID")
    number = int(book.loc[unique_id, "Record"])
    decide(working, {number: ("Exclude", "Other", "AB")})
    dipsample("narrow", working)
    pseudonymise(working, key, review)
    assert unique_id not in set(table(review, "Review")["Unique ID"])
    aside = table(review, "SetAside").set_index("Unique ID")
    assert aside.loc[unique_id, "Summary of harm"] == "typed words"
    assert key_file.open_key(key, PASSPHRASE).book.key.set_index("Unique ID").loc[unique_id, "State"] == "retired"
    decide(working, {number: ("Include", None, "AB")})
    dipsample("narrow", working)
    pseudonymise(working, key, review)
    assert table(review, "Review").set_index("Unique ID").loc[unique_id, "Summary of harm"] == "typed words"


def test_a_new_question_comes_with_the_next_run_and_a_removed_one_keeps_its_column(places) -> None:
    working, key, review = places

    def ask(heading: str | None) -> None:
        def fill(host: FileHost) -> None:
            frame = host.read_table("Questions").iloc[:0]
            if heading:
                frame.loc[0, ["Heading", "Type", "Choices"]] = [heading, "Choose one", "Park\nSchool"]
            host.write_table("Questions", frame)

        edit(working, fill)

    ask("Where?")
    pseudonymise(working, key, review)
    unique_id = type_in(review, "Where?", "Park")
    ask(None)
    pseudonymise(working, key, review)
    assert table(review, "Review").set_index("Unique ID").loc[unique_id, "Where?"] == "Park"


def test_undecided_cases_are_refused_with_their_number_unless_the_lead_goes_on(places) -> None:
    working, key, review = places
    decide(working, {1: ("Unsure", None, None), 2: (None, None, None)})  # type: ignore[dict-item]
    dipsample("narrow", working)
    before = working.read_bytes()
    status, _, said = pseudonymise(working, key, review)
    assert status == 2
    assert "2 cases" in said
    assert "--without-undecided" in said
    assert working.read_bytes() == before
    assert not list(key.parent.iterdir())
    assert not list(review.parent.iterdir())
    status, result, _ = pseudonymise(working, key, review, "--without-undecided")
    assert (status, result["figures"]["sample"], result["figures"]["undecided"]) == (0, 4, 2)


def test_the_undecided_can_follow_later_without_disturbing_the_others(places) -> None:
    working, key, review = places
    decide(working, {1: ("Unsure", None, None)})
    dipsample("narrow", working)
    pseudonymise(working, key, review, "--without-undecided")
    first = set(table(review, "Review")["Unique ID"])
    decide(working, {1: ("Include", None, "AB")})
    dipsample("narrow", working)
    pseudonymise(working, key, review)
    assert first < set(table(review, "Review")["Unique ID"])


def test_settings_changed_since_narrowing_down_are_refused(places) -> None:
    working, key, review = places
    set_cell(working, "Criteria", "Age cut-off", 15)
    status, _, said = pseudonymise(working, key, review)
    assert status == 2
    assert "narrow down again" in said


def test_a_sorted_case_check_is_no_hindrance(places) -> None:
    working, key, review = places
    edit(working, lambda host: host.write_table("CaseCheck", host.read_table("CaseCheck").iloc[::-1]))
    assert pseudonymise(working, key, review)[0] == 0


def test_identifiable_files_are_refused_in_or_below_the_shared_folder(places) -> None:
    working, key, review = places
    below = review.parent / "below"
    below.mkdir()
    for bad_key, bad_review in (
        (below / "key.xlsx", review),
        (review.parent / "key.xlsx", review),
        (key, working.parent / "r.xlsx"),
    ):
        status, _, said = pseudonymise(working, bad_key, bad_review)
        assert status == 2
        assert "folder" in said
        assert not bad_key.exists()
        assert not bad_review.exists()


def test_the_reading_list_has_its_own_passphrase_and_no_names(places) -> None:
    working, key, review = places
    reading = key.parent / "reading.xlsx"
    assert pseudonymise(working, key, review, "--reading-list", reading)[0] == 0
    listed = reading_list.read(reading, READING)
    assert set(listed["Case ID"]) == {f"500{n}" for n in range(1, 7)}
    assert set(listed["Unique ID"]) == set(table(review, "Review")["Unique ID"])
    assert "Synthetic" not in listed.to_string()


def test_a_second_keyholder_can_open_the_escrow(places, tmp_path: Path) -> None:
    working, key, review = places
    second = tmp_path / "second.txt"
    second.write_text(SECOND + "\n", encoding="utf-8")
    status, result, _ = pseudonymise(working, key, review, "--second-keyholder-file", second)
    assert status == 0
    assert passphrase.escrow_holds(key, SECOND) == [PASSPHRASE]
    assert "second keyholders 1" in table(working, "Audit")["Figures"].iloc[-1]
    assert "no-second-keyholder" not in {one["code"] for one in result["messages"]}


def test_without_a_second_keyholder_it_goes_on_and_says_so(once) -> None:
    folder, result = once
    working = folder / "work" / "working.xlsx"
    assert "no-second-keyholder" in {one["code"] for one in result["messages"]}
    assert "no second keyholder" in table(working, "Start")["What it found"].dropna().str.cat()
    assert "second keyholders 0" in table(working, "Audit")["Figures"].iloc[-1]


def test_a_wrong_passphrase_changes_nothing(done, monkeypatch: pytest.MonkeyPatch) -> None:
    working, key, review = done
    kept = (working, key, *key.parent.iterdir(), *review.parent.iterdir())
    before = {path: path.read_bytes() for path in kept}
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", "another-long-passphrase-altogether")
    status, _, said = pseudonymise(working, key, review)
    assert (status, said.count("\n")) == (2, 1)
    after = (working, key, *key.parent.iterdir(), *review.parent.iterdir())
    assert {path: path.read_bytes() for path in after} == before


def test_a_workbook_of_another_sample_is_not_replaced(places, tmp_path: Path) -> None:
    working, key, review = places
    review.write_bytes(b"somebody's file")
    assert pseudonymise(working, key, review)[0] == 2
    assert review.read_bytes() == b"somebody's file"


def test_own_sheets_stay_in_the_old_file_and_their_places_are_told(done) -> None:
    import openpyxl

    working, key, review = done
    book = openpyxl.load_workbook(review)
    book.create_sheet("Our thoughts")["A1"] = "x"
    book.save(review)
    _, result, _ = pseudonymise(working, key, review)
    told = next(one for one in result["messages"] if one["code"] == "sheets-not-carried")
    assert f"the {ordinal(len(book.sheetnames))} sheet" in told["text"]
    assert "Our thoughts" not in str(result)


def test_order_says_nothing_about_the_export(done) -> None:
    _, key, review = done
    book = key_file.open_key(key, PASSPHRASE).book.key.set_index("Unique ID")
    rows = [int(book.loc[one, "Record"]) for one in table(review, "Review")["Unique ID"]]
    assert sorted(rows) == list(range(1, 7))


def test_a_review_workbook_without_its_key_is_refused(done) -> None:
    working, key, review = done
    before = review.read_bytes()
    status, _, said = pseudonymise(working, key.with_name("other.xlsx"), review)
    assert status == 2
    assert "key" in said
    assert review.read_bytes() == before
    assert not key.with_name("other.xlsx").exists()
