"""A file that somebody spoilt or armed is refused in one sentence, soon, and nothing changes: by every action."""

from __future__ import annotations

import pytest

from tests import hostile_kinds
from tests.actions import hostile_doors
from tests.actions.hostile_doors import DOORS, Door, Sample
from xl_dipsample.actions.running.registry import ACTIONS

pytestmark = pytest.mark.posix("forks, and measures what each child used")

# One of each way to be caught: before the zip, in the zip, in a part, by the size of what a parser would make of it.
FEW = ("a container in a circle", "a zip bomb", "an external entity", "a cell far away")
WORDS = {
    "a container in a circle": "password",
    "a cell far away": "far away",
    "an external entity": "document type",
    "program code": "program code",
    "a table narrower than its headings": "headings",
    "a table of one column to the last row": "headings",
    "a table nowhere": "cannot be read",
    "a table behind the last row": "cannot be read",
}
# Harmless where they stand, though others refuse them: the kind, the door, and what the action says of it.
_UNSEEN = "characters that nobody sees"
_UNDONE = "The workbook is as it was before"  # the copy before is taken: an empty one is of a step that was cut off
_SECOND, _OPENS = "second keyholder", "opens with the new passphrase"  # whatever one line says is a passphrase
TAKEN = {
    ("nothing in it", "restore-a-copy-for-Undo-working-undo-copies"): _UNDONE,
    ("nothing in it", "restore-a-copy-for-Undo-xl_dipsample"): _UNDONE,
    ("a control character", "import-export-report.xlsx"): _UNSEEN,
    ("a control character", "import-join-report.xlsx"): _UNSEEN,
    ("a control character", "import-append-report.xlsx"): _UNSEEN,
    ("cut off at nine tenths", "import-export-export.csv"): "1 row has more or fewer cells than the rest",
    **{
        (kind, name): said
        for kind in ("a web page", "cut off at nine tenths")
        for name, said in (
            ("pseudonymise-second_keyholder_file-p2.txt", _SECOND),
            ("key-second_keyholder_file-p2.txt", _SECOND),
            ("key-new_passphrase_file-new.txt", _OPENS),
        )
    },
}
# Files that an action makes and never reads: refused when they are there already.
ONLY_MADE = {("new", "workbook"), ("second-read", "draw"), ("briefing", "document"), ("publish", "out")}
# Folders, and what has its own tests: the example, and what is about the add-in.
NO_FILES = {("release", "to"), ("demo", "folder"), ("install", "xlstart"), ("selftest", "report")}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return hostile_doors.sample(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(autouse=True)
def _at_home(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile_doors.at_home(sample.folder, monkeypatch)


def test_every_file_that_an_action_opens_is_among_the_doors() -> None:
    opened = {(one.action, one.field) for one in DOORS}
    told = {(one.id, argument.field) for one in ACTIONS for argument in one.arguments if argument.kind == "path"}
    told |= {(one.id, "workbook") for one in ACTIONS if one.subject}
    secrets = {one for one in told if one[1] == "passphrase_file"}  # read by one function for all
    assert told - secrets - ONLY_MADE - NO_FILES <= opened
    assert {name for name, _ in opened} <= {one.id for one in ACTIONS}


@pytest.mark.parametrize("door", [one for one in DOORS if not one.field.endswith("_file")], ids=lambda one: one.name)
def test_a_spoilt_file_is_refused_by_every_action_that_opens_it(sample: Sample, door: Door) -> None:
    """By those that only look at it, it is named or passed over."""
    good = sample.good(door)
    for kind in FEW if door.must_refuse else FEW[1:3]:
        ended, fault = sample.press(door, hostile_kinds.KINDS[kind](good))
        assert not fault, kind
        if door.must_refuse:
            assert ended.status == 2, kind


@pytest.mark.parametrize("door", [one for one in DOORS if one.field.endswith("_file")], ids=lambda one: one.name)
def test_a_spoilt_file_of_a_passphrase_is_refused(sample: Sample, door: Door) -> None:
    ended, fault = sample.press(door, b"\xff\x00" * 500_000)
    assert not fault
    assert ended.status == 2


@pytest.mark.parametrize("name", ["check-workbook-working.xlsx", "analyse-workbook-review.xlsx"])
@pytest.mark.parametrize("kind", [*hostile_kinds.REFUSED, *hostile_kinds.REFUSED_IN_OURS])
def test_a_spoilt_workbook_is_refused_soon_and_stays_as_it_was(sample: Sample, kind: str, name: str) -> None:
    door = next(one for one in DOORS if one.name == name)
    ended, fault = sample.press(door, hostile_kinds.KINDS[kind](sample.good(door)))
    assert not fault
    assert ended.status == 2
    assert WORDS.get(kind, "") in ended.said


def test_one_cell_far_below_a_long_sheet_is_refused_before_rows_become_columns(sample: Sample) -> None:
    """Sixteen thousand columns, each of nine hundred thousand rows: it once took all memory."""
    door = next(one for one in DOORS if one.name == "analyse-workbook-review.xlsx")
    ended, fault = sample.press(door, hostile_kinds.KINDS["a long sheet with a cell far away"](sample.good(door)))
    assert not fault
    assert ended.status == 2
    assert "far away" in ended.said


@pytest.mark.parametrize(("kind", "name"), TAKEN)
def test_a_file_that_does_no_harm_there_is_taken_and_said(sample: Sample, kind: str, name: str) -> None:
    door = next(one for one in DOORS if one.name == name)
    assert not wrong_with(sample, kind, door, hostile_kinds.KINDS[kind](sample.good(door)))


@pytest.mark.campaign
@pytest.mark.parametrize("kind", hostile_kinds.KINDS)
def test_a_spoilt_file_ends_no_action_in_a_bug(sample: Sample, kind: str) -> None:
    """Every kind by every door."""
    made: dict[str, bytes] = {}
    wrong = []
    for door in DOORS:
        place = str(hostile_doors.place_of(door, sample.kept))
        made.setdefault(place, hostile_kinds.KINDS[kind](sample.good(door)))
        fault = wrong_with(sample, kind, door, made[place])
        wrong += [f"{door.name}: {fault}"] if fault else []
    assert not wrong


def wrong_with(sample: Sample, kind: str, door: Door, data: bytes) -> str:
    """What is wrong with how the action ends; "" for nothing."""
    ended, fault = sample.press(door, data)
    if fault:
        return fault
    if (kind, door.name) in TAKEN:
        known = ended.status in (0, 1) and TAKEN[kind, door.name] in ended.told
        return "" if known else f"was not taken: {ended.status} {ended.said} {ended.told}"
    refuses = kind in hostile_kinds.REFUSED and door.must_refuse
    return "was not refused" if refuses and ended.status != 2 else ""
