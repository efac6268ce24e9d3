"""Undo last step: the tables are exactly what they were, Audit says so, and an Undo can be undone."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.actions.typing_in import add_column, decide, edit, include_all, set_cell
from tests.actions.workbooks import PASSPHRASE, dipsample, laid_out_working_workbook, row, table, write_csv
from tests.silent_ui import SilentUi
from xl_dipsample.actions import restore
from xl_dipsample.actions.running import snapshots
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.privacy import audit
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec

ROWS = [row(1), row(2, DOB="01/01/2015"), row(3), row(4, **{"Assessment factors": "Local code 7"})]
OTHERS = [row(3), row(1), row(7), row(8)]


@pytest.fixture(autouse=True)
def local_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's local data folder is the test's own."""
    monkeypatch.setattr(snapshots.platformdirs, "user_data_path", lambda name, appauthor: tmp_path / "local" / name)


def state(path: Path) -> dict[str, Any]:
    """Every table but Audit, and the named cells."""
    host = FileHost.open(path, SilentUi(), read_only=True)
    tables = {name: host.read_table(name) for name in host.tables() if name != "Audit"}
    kept: dict[str, Any] = {name: (list(one), one.to_numpy().tolist()) for name, one in tables.items()}
    names = [name for name in (*restore.NAMED_CELLS, "sample_name") if name in host._book.names]
    return kept | {name: host.read_value(name) for name in names}


def undo(path: Path, *options: object) -> dict[str, Any]:
    status, result, said = dipsample("restore", path, *options)
    assert status == 0, said
    return result


def codes(result: dict[str, Any]) -> list[str]:
    return [one["code"] for one in result["messages"]]


def test_undo_puts_every_table_back(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    imported = state(path)
    dipsample("narrow", path)
    assert state(path) != imported
    undo(path)
    assert state(path) == imported


def test_pressing_undo_twice_goes_two_steps_back(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    fresh = state(path)
    dipsample("import", path, write_csv(tmp_path / "export.csv", ROWS))
    imported = state(path)
    dipsample("narrow", path)
    undo(path)
    assert state(path) == imported
    undo(path)
    assert state(path) == fresh
    assert list(table(path, "LongList").columns) == spec.table("working", "LongList").headings
    status, _, said = dipsample("restore", path)
    assert status == 2
    assert "nothing to undo" in said


def test_undo_after_a_step_that_stopped_takes_back_the_one_before_and_says_which(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    imported = state(path)
    dipsample("check", path)
    set_cell(path, "Criteria", "Age cut-off", "many")
    typed = state(path)
    assert dipsample("narrow", path)[0] == 2
    said = " ".join(one["text"] for one in undo(path)["messages"])
    assert state(path) == imported
    assert "as it was before Check long list" in said
    assert "undone too: Criteria 1. To have them again, put back copy 1" in said
    undo(path, "--to", 1)
    assert state(path) == typed


def test_an_undo_can_be_undone(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    imported = state(path)
    dipsample("narrow", path)
    include_all(path)
    decided = state(path)
    told = undo(path)
    assert "typing-undone" in codes(told)
    undo(path, "--to", 1)
    assert state(path) == decided
    undo(path)
    assert state(path) == imported, "the next Undo is again that of Narrow down"


def test_a_step_after_an_undo_is_undone_first(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    imported = state(path)
    dipsample("narrow", path)
    undo(path)
    dipsample("check", path)
    undo(path)
    assert state(path) == imported
    undo(path)
    assert table(path, "LongList").empty


def test_audit_keeps_its_rows_and_gains_one_and_the_log_s_chain_holds(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    before = table(path, "Audit")
    undo(path)
    after = table(path, "Audit")
    assert after.iloc[: len(before)].to_numpy().tolist() == before.to_numpy().tolist()
    assert list(after["Action"])[len(before) :] == ["Undo last step"]
    log = audit.log_path(path)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [one["action"] for one in lines] == ["import", "narrow", "restore"]
    assert audit.verify(log) is None


def test_ten_steps_can_be_undone_one_after_another(tmp_path: Path) -> None:
    """The copies that Undo itself takes do not push out those that it still needs."""
    path = laid_out_working_workbook(tmp_path, ROWS)
    states = []
    for number in range(11):
        set_cell(path, "Focus", "Main question", f"Question {number}")
        states.append(state(path))
        dipsample("check", path)
    for expected in reversed(states[1:]):
        undo(path)
        assert state(path) == expected
        assert len(list(snapshots.folder_of(path, "working").iterdir())) == snapshots.KEPT
    assert dipsample("restore", path)[0] == 2


def test_what_was_typed_since_goes_and_the_message_says_how_much_and_where(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    dipsample("check", path)
    decide(path, {1: ("Include", None, "AB"), 3: ("Exclude", "Own words", "AB")})
    set_cell(path, "Focus", "Main question", "What happens next?")
    told = undo(path)
    assert told["figures"]["typing_undone"] == 3
    (typed,) = [one["text"] for one in told["messages"] if one["code"] == "typing-undone"]
    assert "Focus 1, Case check 2" in typed
    assert "Own words" not in str(told)
    assert table(path, "CaseCheck")["Decision"].isna().all()


def test_the_message_says_which_state_it_is(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    newest = snapshots.list_of(FileHost.open(path, SilentUi()))[0]
    assert f"as it was before Narrow down, {newest.when:%H:%M}." in undo(path)["messages"][0]["text"]


def test_list_says_number_time_and_step_and_changes_nothing(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    dipsample("check", path)
    undo(path)
    files = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    told = undo(path, "--list")
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == files
    shown = told["figures"]["snapshots"]
    assert [(one["number"], one["before"]) for one in shown] == [
        (1, "restore"),
        (2, "check"),
        (3, "narrow"),
        (4, "import"),
    ]
    assert told["figures"]["next"] == 3
    texts = [one["text"] for one in told["messages"]]
    assert texts[2].startswith("3: ")
    assert texts[2].endswith("before Narrow down; the next Undo goes here.")
    undo(path, "--to", 4)
    assert table(path, "LongList").empty


@pytest.mark.parametrize("number", [0, -1, 3, 99])
def test_a_number_that_is_not_on_the_list_is_refused(tmp_path: Path, number: int) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    status, _, said = dipsample("restore", path, "--to", number)
    assert (status, "There is no copy" in said) == (2, True)
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before


def test_nothing_to_undo_is_a_sentence_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "working.xlsx"
    dipsample("new", path)
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    for options in ((), ("--to", 1)):
        status, _, said = dipsample("restore", path, *options)
        assert status == 2
        assert "There is nothing to undo in working.xlsx here" in said
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before
    assert codes(undo(path, "--list")) == ["nothing-to-undo"]


def test_a_workbook_that_was_moved_or_renamed_has_nothing_to_undo_until_its_copies_follow(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path / "with space", ROWS)
    copies = snapshots.folder_of(path, "working")
    moved = path.rename(tmp_path / "other name.xlsx")
    status, _, said = dipsample("restore", moved)
    assert status == 2
    assert 'name it "other name undo copies"' in said
    copies.rename(tmp_path / "other name undo copies")
    undo(moved)
    assert table(moved, "LongList").empty


def test_copies_of_another_workbook_of_that_name_are_not_put_back(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    path.unlink()
    dipsample("new", path)
    before = path.read_bytes()
    status, _, said = dipsample("restore", path)
    assert (status, "nothing to undo" in said) == (2, True)
    assert path.read_bytes() == before
    assert undo(path, "--list")["figures"]["snapshots"] == []


def test_a_damaged_copy_is_a_sentence_and_the_others_can_be_put_back(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    before = path.read_bytes()
    newest = snapshots.list_of(FileHost.open(path, SilentUi()))[0]
    newest.path.write_bytes(newest.path.read_bytes()[:1000])
    status, _, said = dipsample("restore", path)
    assert (status, "cannot be used" in said) == (2, True)
    assert path.read_bytes() == before
    assert [one["number"] for one in undo(path, "--list")["figures"]["snapshots"]] == [2]
    undo(path, "--to", 2)
    assert table(path, "LongList").empty


# ---- what people added


def test_a_column_that_people_added_is_undone_like_the_rest_and_one_added_since_stays(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    add_column(path, "CaseCheck", "Before")
    set_cell(path, "CaseCheck", 1, "first", "Before")  # type: ignore[arg-type]
    dipsample("check", path)
    set_cell(path, "CaseCheck", 1, "second", "Before")  # type: ignore[arg-type]
    add_column(path, "CaseCheck", "Since")
    set_cell(path, "CaseCheck", 3, "stays", "Since")  # type: ignore[arg-type]
    undo(path)
    check = table(path, "CaseCheck").set_index("Record")
    assert check.loc[1, "Before"] == "first"
    assert check.loc[3, "Since"] == "stays"


def test_a_column_that_people_deleted_since_is_counted_and_the_rest_put_back(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    bare = path.read_bytes()
    add_column(path, "CaseCheck", "My column")
    decide(path, {1: ("Include", None, "AB")})
    dipsample("check", path)
    path.write_bytes(bare)
    told = undo(path)
    (gone,) = [one["text"] for one in told["messages"] if one["code"] == "columns-gone"]
    assert gone.endswith("put back: Case check 1.")
    assert table(path, "CaseCheck").set_index("Record").loc[1, "Decision"] == "Include"


def test_a_column_added_to_long_list_since_stays_beside_the_same_rows(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("import", path, write_csv(tmp_path / "second.csv", OTHERS))
    add_column(path, "LongList", "Seen")

    def fill(host: FileHost) -> None:
        frame = host.read_table("LongList")
        frame["Seen"] = frame["Case ID"].map(lambda case: f"seen {case}")
        host.write_table("LongList", frame)

    edit(path, fill)
    told = undo(path)
    listed = table(path, "LongList").set_index("Case ID")
    assert list(listed.index) == ["5001", "5002", "5003", "5004"]
    assert listed["Seen"].to_dict() == {"5001": "seen 5001", "5002": None, "5003": "seen 5003", "5004": None}
    (lost,) = [one["text"] for one in told["messages"] if one["code"] == "own-cells-gone"]
    assert lost.endswith("any more: 2.")


def test_a_formula_in_a_column_of_people_s_own_outlives_an_undo(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    add_column(path, "CaseCheck", "Sum")
    dipsample("check", path)
    book = openpyxl.load_workbook(path)
    sheet = book["Case check"]
    column = next(cell.column for cell in sheet[5] if cell.value == "Sum")
    sheet.cell(6, column).value = "=1+1"
    book.save(path)
    undo(path)
    assert openpyxl.load_workbook(path)["Case check"].cell(6, column).value == "=1+1"


def test_a_sheet_that_people_added_since_stays(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    dipsample("narrow", path)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Mine")["A1"] = "synthetic note"
    book.save(path)
    undo(path)
    assert openpyxl.load_workbook(path)["Mine"]["A1"].value == "synthetic note"


def test_named_cells_go_back_too(tmp_path: Path) -> None:
    path = laid_out_working_workbook(tmp_path, ROWS)
    edit(path, lambda host: host.write_value("what_if_cut_off", "13"))
    edit(path, lambda host: host.write_value("sample_name", "First name"))
    dipsample("narrow", path)
    edit(path, lambda host: host.write_value("what_if_cut_off", "11"))
    edit(path, lambda host: host.write_value("sample_name", "Second name"))
    undo(path)
    host = FileHost.open(path, SilentUi())
    assert (host.read_value("what_if_cut_off"), host.read_value("sample_name")) == ("13", "First name")


# ---- review workbook and Pseudonymise


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """A working workbook, its review workbook and its key."""
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
    for name in ("key", "share"):
        (tmp_path / name).mkdir()
    working, review, key = (
        laid_out_working_workbook(tmp_path / "work", ROWS),
        tmp_path / "share" / "review.xlsx",
        tmp_path / "key" / "key.xlsx",
    )
    set_cell(working, "Focus", "Sample name", "Test sample")
    dipsample("narrow", working)
    include_all(working)
    pseudonymise(working, review, key)
    return working, review, key


def pseudonymise(working: Path, review: Path, key: Path) -> None:
    status, _, said = dipsample("pseudonymise", working, "--review", review, "--key", key)
    assert status == 0, said


def test_undo_after_pseudonymise_leaves_key_and_review_workbook_and_says_so(both: tuple[Path, Path, Path]) -> None:
    working, review, key = both
    before = review.read_bytes(), key.read_bytes()
    told = undo(working)
    assert "not-undone" in codes(told)
    assert (review.read_bytes(), key.read_bytes()) == before
    assert "Done" not in table(working, "Start").set_index("What to do").loc["Pseudonymise", "State"]


def test_undo_on_the_review_workbook_puts_back_what_reviewers_had_typed_then(both: tuple[Path, Path, Path]) -> None:
    _, review, _ = both
    first = table(review, "Review")["Unique ID"][0]
    set_cell(review, "Review", first, "CIN", "Outcome")
    typed = state(review)
    assert dipsample("analyse", review)[0] == 0
    set_cell(review, "Review", first, "NFA", "Outcome")
    told = undo(review)
    assert state(review) == typed
    assert told["figures"]["typing_undone"] == 1
    assert [one.name for one in review.parent.iterdir()] == ["review.xlsx"]
    assert list(table(review, "Audit")["Action"])[-1] == "Undo last step"


def test_a_review_workbook_that_was_renewed_since_is_not_taken_back_behind_it(both: tuple[Path, Path, Path]) -> None:
    """Its new rows would be lost; the workbook as it was lies beside it."""
    working, review, key = both
    assert dipsample("analyse", review)[0] == 0
    decide(working, {1: ("Exclude", "Other", "AB")})
    pseudonymise(working, review, key)
    before = review.read_bytes()
    for options in ((), ("--to", 1)):
        status, _, said = dipsample("restore", review, *options)
        assert status == 2
        assert "renewed by Pseudonymise" in said
    assert review.read_bytes() == before


def test_a_release_copy_is_not_restored(tmp_path: Path) -> None:
    from xl_dipsample.actions.running import registry, runner

    class Release(FileHost):
        kind = "release"  # type: ignore[assignment]

    path = laid_out_working_workbook(tmp_path, ROWS)
    host = Release(path, SilentUi(), path.read_bytes(), read_only=False)
    with pytest.raises(WorkbookProblem, match="is a release copy; Undo last step needs the working workbook or the"):
        runner.run_on_host(registry.action("restore"), host, restore.RestoreOptions())


# ---- whatever people do


STEPS = st.lists(st.sampled_from(["import", "check", "narrow", "type", "undo", "undo", "forward"]), max_size=9)


class Model:
    """What Undo should do, said with a list of states: (before, after) of every step not undone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: list[dict[str, Any]] = []
        self.forward: tuple[dict[str, Any], list[dict[str, Any]]] | None = None

    def step(self, kind: str, exports: Iterator[Path], number: int) -> None:
        before = state(self.path)
        if kind == "type":
            self._type(number)
        elif kind == "undo":
            self._undo(before)
        elif kind == "forward" and self.forward is not None:
            expected, self.done = self.forward
            undo(self.path, "--to", 1)
            assert state(self.path) == expected
            self.forward = None
        elif kind != "forward":
            status, _, said = dipsample(kind, self.path, *([next(exports)] if kind == "import" else []))
            if status == 2:  # the list is empty again
                assert "Import" in said or "import" in said
                assert state(self.path) == before
            else:
                self.done.append(before)
                self.forward = None

    def _undo(self, before: dict[str, Any]) -> None:
        status, _, said = dipsample("restore", self.path)
        assert status == (0 if self.done else 2), said
        if self.done:
            self.forward = before, list(self.done)
            assert state(self.path) == self.done.pop()

    def _type(self, number: int) -> None:
        rows = list(table(self.path, "CaseCheck")["Record"])
        if rows:
            words = [("Include", None, "AB"), ("Exclude", f"Words {number}", "CD"), (None, None, None)]
            decide(self.path, {rows[number % len(rows)]: words[number % 3]})
        else:
            set_cell(self.path, "Focus", "Main question", f"Question {number}")


@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # shrinking takes long
@given(steps=STEPS)
@example(steps=["narrow", "check", "import", "narrow", "undo", "forward", "import", "import"])  # over ten copies
def test_undo_gives_back_the_exact_earlier_tables_whatever_was_done(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("undo")
    path = folder / "working.xlsx"
    assert dipsample("new", path)[0] == 0
    exports = itertools.cycle([write_csv(folder / "one.csv", ROWS), write_csv(folder / "two.csv", OTHERS)])
    model = Model(path)
    for number, kind in enumerate(["import", "narrow", *steps]):
        model.step(kind, exports, number)
        assert len(list(snapshots.folder_of(path, "working").glob("*"))) <= snapshots.KEPT
    while model.done:
        model.step("undo", exports, 0)
    shutil.rmtree(folder)
