"""Threat 9: names in extracts. A person decides each; what was found is shown beside the key and nowhere else.

All children, cases and texts are synthetic.
"""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import platformdirs
import pytest

from tests.actions import screening
from tests.actions.screening import CLOSURE, EXTRACT, SUMMARY, Screened, screened
from tests.actions.workbooks import PASSPHRASE, edit, table
from tests.privacy.threat_search import search
from tests.silent_ui import SilentUi
from xl_dipsample.actions.running import registry, runner, snapshots
from xl_dipsample.actions.screen import ScreenOptions
from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key
from xl_dipsample.privacy.names import text_check
from xl_dipsample.sharing.screened_texts import texts_of
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

REPLACE, KEEP = {"Decision": "Replace"}, {"Decision": "Keep in this row"}
PLANTED = ["Zodwa", "Testchild", "Kwabena", "Notreal", "Tariq", "7351902", "07700 900123"]
TEXTS = (
    (0, EXTRACT, "Zodwa Testchild (7351902) met Kwabena."),
    (0, CLOSURE, "Ring 07700 900123."),
    (1, EXTRACT, "Kwabena\r\nNotreal was seen with Tariq."),
    (2, SUMMARY, "Kwabena again"),
)


@pytest.fixture
def files(tmp_path: Path) -> Screened:
    return screened(tmp_path, texts=TEXTS)


def _in_the_share(files: Screened) -> dict[str, dict[str, str]]:
    """What is found in the shared folder, file by file; Review itself holds what the reviewers typed."""
    return {
        one.name: found
        for one in files.review.parent.rglob("*")
        if one.is_file() and (found := search(one.read_bytes(), PLANTED))
    }


def test_the_share_never_holds_more_than_the_reviewers_typed(files: Screened) -> None:
    before = _in_the_share(files)
    assert set(before) == {"review.xlsx"}
    seen: list[dict[str, dict[str, str]]] = []

    class Watching(SilentUi):
        def progress(self, text: str, share: float | None = None) -> None:
            seen.append(_in_the_share(files))

    def press(*, roles: bool) -> None:
        options = ScreenOptions(files.key, files.key.with_name("passphrase.txt"), roles)
        runner.run_on_file(registry.action("screen"), files.review, options, Watching())

    def places() -> list[str]:
        return sorted(f"{one.table} {one.column} {one.index}" for one in _hits(files))

    typed = places()
    press(roles=False)
    assert places() == typed, "a press that decides nothing writes no words anywhere"
    assert set(_in_the_share(files)) == {"review.xlsx"}
    press(roles=True)
    assert _in_the_share(files) == {}, "what was replaced is gone from every part of the file"
    assert len(seen) >= 3
    assert all(set(one) <= {"review.xlsx"} for one in seen)
    assert [one.name for one in files.review.parent.iterdir()] == ["review.xlsx"]


def _hits(files: Screened) -> list[text_check.Text]:
    host = FileHost.open(files.review, SilentUi(), read_only=True)
    texts = texts_of({name: host.read_table(name) for name in host.tables()})
    return [one for one in texts if search(one.text.encode(), PLANTED)]


def test_no_message_result_log_or_audit_line_holds_what_was_found(files: Screened) -> None:
    told = []
    for more in ((), ("--roles",), ()):
        files.decide({"Tariq": KEEP}) if more else None
        status, result, said = files.press(*more)
        told.append(json.dumps([status, result, said]))
    for name in ("Audit", "Start"):
        told.append(table(files.review, name).to_string())
    assert len(table(files.review, "Audit")) == 3
    assert search("\n".join(told).encode(), PLANTED) == {}
    own = Path(platformdirs.user_data_dir())
    copies = snapshots.folder_of(files.review, "review")  # of the review workbook as it was, for Undo
    others = [one for one in own.rglob("*") if one.is_file() and copies.parent not in one.parents]
    assert all(search(one.read_bytes(), PLANTED) == {} for one in others)


def test_the_list_lies_beside_the_key_and_shows_what_was_found(files: Screened) -> None:
    files.press()
    assert files.list.parent == files.key.parent
    assert set(search(files.list.read_bytes(), PLANTED)) == set(PLANTED)


@pytest.mark.parametrize("below", ["", "below/"])
def test_a_key_in_the_shared_folder_is_refused_and_no_list_made(files: Screened, below: str) -> None:
    elsewhere = files.review.parent / below / "key.xlsx"
    elsewhere.parent.mkdir(exist_ok=True)
    files.key.replace(elsewhere)
    files.key.with_name("passphrase.txt").replace(elsewhere.with_name("passphrase.txt"))
    moved = Screened(files.review, elsewhere, files.ids)
    as_it_was = files.review.read_bytes()
    status, _, said = moved.press()
    assert (status, "may not lie in or below" in said) == (2, True)
    assert not list(files.review.parent.rglob("*text check*"))
    assert files.review.read_bytes() == as_it_was


def test_a_link_to_a_key_leads_to_a_list_beside_the_real_one(files: Screened, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "key.xlsx"
    link.parent.mkdir()
    link.symlink_to(files.key)
    secret = files.key.with_name("passphrase.txt")
    screening.dipsample("screen", files.review, "--key", link, "--passphrase-file", secret)
    assert files.list.exists()
    assert [one.name for one in link.parent.iterdir()] == ["key.xlsx"]


def test_kept_words_are_kept_in_that_row_alone(files: Screened) -> None:
    files.press()
    assert (files.ids[2], "Kwabena") in files.found()
    _decide_one(files, files.ids[2], "Kwabena", "Keep in this row")
    files.press()
    assert (files.ids[2], "Kwabena") not in files.found()
    assert (files.ids[0], "Kwabena") in files.found()
    files.type_in(2, CLOSURE, "And Kwabena once more.")
    files.type_in(3, CLOSURE, "Kwabena, in another row.")
    files.press()
    assert (files.ids[2], "Kwabena") not in files.found()
    assert (files.ids[3], "Kwabena") in files.found()


def _decide_one(files: Screened, unique_id: str, words: str, decision: str) -> None:
    book = openpyxl.load_workbook(files.list)
    page = book["Text check"]
    heads = {cell.value: cell.column for cell in page[5]}
    for row in range(6, page.max_row + 1):
        if (page.cell(row, heads["Unique ID"]).value, page.cell(row, heads["Found"]).value) == (unique_id, words):
            page.cell(row, heads["Decision"]).value = decision
    book.save(files.list)


def test_words_kept_as_worth_a_look_are_asked_again_when_they_must_be_decided(tmp_path: Path) -> None:
    files = screened(tmp_path, texts=[(0, EXTRACT, "They saw Rose at the park.")])
    files.press()
    files.decide({"Rose": KEEP})
    assert files.press()[1]["figures"]["kept"] == 1
    assert files.found() == []
    book = open_key(files.key, PASSPHRASE).book
    searcher = text_check.searcher_of(book, screening.SAMPLE)
    accepted = text_check.accepted_of(book, screening.SAMPLE)
    assert (files.ids[0], "rose", "weak") in accepted
    assert (files.ids[0], "rose", "strong") not in accepted
    files.type_in(0, EXTRACT, "They saw Rose Invented at the park.")
    host = FileHost.open(files.review, SilentUi(), read_only=True)
    texts = texts_of({name: host.read_table(name) for name in host.tables()})
    assert [one.column for one in text_check.strong_open(texts, searcher, accepted)] == [EXTRACT]


def test_a_decision_to_keep_can_be_taken_back(files: Screened) -> None:
    files.press()
    files.decide({"Tariq": KEEP})
    files.press()
    assert (files.ids[1], "Tariq") not in files.found()
    files.decide({"Tariq": {"Take back?": "Yes"}}, sheet="Kept")
    files.press()
    assert (files.ids[1], "Tariq") in files.found()
    assert "taken back 1" in table(files.review, "Audit")["Figures"].iloc[-1]
    assert "Tariq" not in set(files.accepted()["Text"])


def test_decisions_are_in_the_encrypted_key_with_who_and_when(files: Screened) -> None:
    files.press()
    files.decide({"Tariq": KEEP | {"Initials": "XY"}, "07700 900123": REPLACE})
    files.press()
    rows = files.accepted().set_index("Text")
    assert tuple(rows.loc["Tariq", ["Unique ID", "Sample ID", "Column", "Decision", "Who"]]) == (
        files.ids[1],
        screening.SAMPLE,
        EXTRACT,
        "Keep in this row",
        "XY",
    )
    assert rows.loc["07700 900123", "Decision"] == "Replaced with [PHONE]"
    assert rows["When"].notna().all()
    assert search(files.key.read_bytes(), PLANTED) == {}


def test_open_places_are_told_to_release_without_their_words(files: Screened) -> None:
    book = open_key(files.key, PASSPHRASE).book
    host = FileHost.open(files.review, SilentUi(), read_only=True)
    texts = texts_of({name: host.read_table(name) for name in host.tables()})
    searcher = text_check.searcher_of(book, screening.SAMPLE)
    places = text_check.strong_open(texts, searcher, frozenset())
    assert {(one.column, one.rule) for one in places} >= {(EXTRACT, "name"), (EXTRACT, "case-id"), (CLOSURE, "phone")}
    assert search(repr(places).encode() + "".join(map(text_check.sentence, places)).encode(), PLANTED) == {}
    assert text_check.strong_open([], searcher, frozenset()) == []


def _everything(files: Screened) -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in files.review.parents[1].rglob("*") if one.is_file()}


def _lock(files: Screened) -> None:
    files.list.with_name(f"~${files.list.name}").touch()


def _foreign_list(files: Screened) -> None:
    files.list.write_bytes(files.review.read_bytes())


def _list_of_another_sample(files: Screened) -> None:
    data = files.list.read_bytes()
    edit(files.review, lambda host: host.write_value("sample_id", "another"))
    book = open_key(files.key, PASSPHRASE).book
    rows = book.key.assign(**{"Sample ID": "another"})
    write_key(OpenKey(files.key, PASSPHRASE, key_book.KeyBook(rows, book.names, read_from=book.read_from)))
    files.list.write_bytes(data)


def _unknown_id(files: Screened) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("Review")
        frame.loc[0, "Unique ID"] = "DS-222-2222"
        host.write_table("Review", frame)

    edit(files.review, fill)


def _wrong_passphrase(files: Screened) -> None:
    files.key.with_name("passphrase.txt").write_text("not the passphrase", encoding="utf-8")


def _another_key(files: Screened) -> None:
    book = open_key(files.key, PASSPHRASE).book
    rows = book.key.assign(**{"Sample ID": "another"})
    write_key(OpenKey(files.key, PASSPHRASE, key_book.KeyBook(rows, book.names, read_from=book.read_from)))


@pytest.mark.parametrize(
    ("spoil", "said_so"),
    [
        (_lock, "save your decisions, close it"),
        (_foreign_list, "is no Text check list"),
        (_list_of_another_sample, "belongs to another sample"),
        (_unknown_id, "DS-222-2222"),
        (_wrong_passphrase, "does not open"),
        (_another_key, "choose"),
        (lambda files: files.key.unlink(), "no file"),
    ],
)
def test_what_is_refused_says_what_to_do_and_changes_nothing(files: Screened, spoil: object, said_so: str) -> None:
    files.press()
    files.decide({"Tariq": REPLACE})
    spoil(files)  # type: ignore[operator]
    before = _everything(files)
    status, result, said = files.press()
    assert (status, result) == (2, {})
    assert said_so in said
    assert search(said.encode(), PLANTED) == {}
    assert _everything(files) == before
