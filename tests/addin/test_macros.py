"""The add-ins' VBA as LibreOffice runs it: what it decides, and what it asks the desk."""

from __future__ import annotations

import itertools

import pytest
import xlsxwriter

from tests.addin.macros import Macros, StandIn
from tests.engines.office import Office
from xl_dipsample import __version__
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.installing import install_record
from xl_dipsample.building import make_addin, ribbon
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import reference
from xl_dipsample.workbook.build.build import build as built

pytestmark = pytest.mark.office
PYTHON = r"C:\Users\Łucja Test\AppData\Local\Programs\Dip sampling\pythonw.exe"
RECORD = install_record.InstallRecord(PYTHON.replace("pythonw", "python"), PYTHON, __version__)
BUTTONS = [entry for entry, _ in ribbon.buttons()]
KINDS = ("working", "review", "release", "other", "none", "protected")


def opened(which):
    office = Office()
    yield Macros(office, reference.template_folder() / which.file_name, which.project)
    office.stop()


@pytest.fixture(scope="module")
def macros():
    yield from opened(make_addin.RIBBON)


@pytest.fixture(scope="module")
def functions():
    yield from opened(make_addin.FUNCTIONS)


class Desk:
    """Stands in for the desk, and writes down what it was asked."""

    def __init__(self, macros, answer="taken", version=__version__):
        self.asked = []

        def press(*given):
            self.asked.append(given)
            if isinstance(answer, Exception):
                raise answer
            return answer

        self._stand_in = StandIn(macros.office, {"Press": press, "Version": lambda: version})

    def pressed(self, macros, action="narrow"):
        """What the ribbon would say."""
        return macros.call("Desk.AskedOf", self._stand_in, action, 4321, r"C:\sample\working.xlsx")


def test_libreoffice_reads_every_module(macros, functions):
    assert set(macros.modules) == {module.name for module in make_addin.RIBBON.modules()}
    assert set(functions.modules) == {module.name for module in make_addin.FUNCTIONS.modules()}


def test_a_press_that_the_desk_takes_says_nothing(macros):
    desk = Desk(macros)
    assert desk.pressed(macros) == ""
    assert desk.asked == [("narrow", 4321, r"C:\sample\working.xlsx")]


def test_without_a_desk_it_says_how_to_open_one(macros):
    said = macros.call("Desk.NoDesk", "narrow")
    assert said == "The desk is not open: choose Dip-sampling in the Start menu, then press Narrow down again."


@pytest.mark.parametrize(
    ("answer", "version", "says"),
    [
        ("busy", __version__, "Another step is still at work"),
        ("other version", __version__, "of different versions: ask IT to run install again."),
        ("anything", __version__, "of different versions: ask IT to run install again."),
        (RuntimeError("gone"), __version__, "The desk does not answer: close its window"),
        ("taken", "99.0", "This ribbon is older than the desk: close Excel"),
        ("taken", "0.0.9", "The desk is older than this ribbon: close the desk"),
    ],
)
def test_what_is_in_the_way_is_one_sentence(macros, answer, version, says):
    desk = Desk(macros, answer, version)
    said = desk.pressed(macros)
    assert says in said
    assert said.count(".") == 1
    assert (desk.asked == []) is (version != __version__)


@pytest.mark.parametrize("key", ["python", "pythonw", "version"])
def test_the_install_record_is_read_as_install_wrote_it(functions, key):
    text = install_record.encoded(RECORD).decode("utf-16-le")  # its mark still at the front
    assert functions.call("Record.ValueOf", text, key) == getattr(RECORD, key)


@pytest.mark.parametrize(("installed", "own", "older"), [("0.10.0", "0.9.1", True), ("1.0", "1.0.1", False)])
def test_versions_are_compared_number_by_number(macros, installed, own, older):
    assert ("ribbon is older" in macros.call("Desk.WhyNotThisVersion", installed, own)) is older


@pytest.mark.parametrize(("entry", "kind"), list(itertools.product(BUTTONS, KINDS)), ids=lambda x: getattr(x, "id", x))
def test_a_button_says_why_it_cannot_work_and_what_comes_first(macros, entry, kind):
    said = macros.call("Reasons.WhyNot", entry.id, kind)
    ours = kind in ("working", "review", "release")
    if entry.subject in (None, kind) or (entry.subject == "any" and ours):
        assert said == ""
        return
    assert said.count(".") == 1
    assert said.endswith(".")
    assert ("open the review workbook" if entry.subject == "review" else "open the working workbook") in said
    assert ("Pseudonymise" if entry.subject == "review" else "New dip-sample") in said
    assert ("Enable Editing" in said) is (kind == "protected")


def test_only_our_own_words_are_a_kind(macros):
    assert [macros.call("Reasons.KnownKind", value) for value in ("review", "Review", "", 3, None)] == [
        "review", "other", "other", "other", "other",
    ]  # fmt: skip


CHECKS = (
    "",
    review_rules.COMPLETE,
    "Missing: Outcome, Reviewer",
    review_rules.LEFT,
    review_rules.NO_ID,
    "",
    "Missing: Reviewer",
)


@pytest.mark.parametrize(("here", "row"), [(0, 2), (1, 2), (2, 6), (5, 6), (6, 2), (-3, 2), (99, 2)])
def test_next_case_takes_the_next_row_that_is_not_complete_and_begins_again_at_the_top(macros, here, row):
    assert macros.call("NextCase.NextIncomplete", CHECKS, here, 1) == row


@pytest.mark.parametrize(("here", "row"), [(0, 6), (1, 6), (2, 6), (5, 2), (6, 2), (7, 6), (-3, 6), (99, 6)])
def test_previous_case_takes_the_row_before_that_is_not_complete_and_goes_on_at_the_bottom(macros, here, row):
    assert macros.call("NextCase.NextIncomplete", CHECKS, here, -1) == row


@pytest.mark.parametrize("entry", BUTTONS, ids=lambda entry: entry.id)
def test_only_next_and_previous_case_go_down_or_up_the_sheet(macros, entry):
    assert macros.call("Buttons.WayOf", entry.id) == registry.WAYS.get(entry.id, 0)


def test_next_case_finds_nothing_when_every_case_is_complete(macros):
    assert macros.call("NextCase.NextIncomplete", ("", review_rules.COMPLETE, review_rules.LEFT, ""), 0, 1) == 0


def test_a_number_in_place_of_a_check_is_not_complete(macros):
    assert macros.call("NextCase.IsDone", 3) is False
    assert macros.call("NextCase.FirstMissing", 3) == ""


def test_next_case_goes_to_the_first_cell_that_is_missing(macros):
    assert macros.call("NextCase.FirstMissing", "Missing: Referred to?, Reviewer") == "Referred to?"
    assert macros.call("NextCase.FirstMissing", review_rules.NO_ID) == ""


@pytest.mark.parametrize("entry", BUTTONS, ids=lambda entry: entry.id)
def test_messages_call_a_button_what_stands_on_it(macros, entry):
    assert macros.call("Buttons.LabelOf", entry.id) == entry.label


@pytest.mark.parametrize("kind", ["working", "review", "other"])
def test_the_workbook_on_screen_is_known_by_its_named_cell(macros, kind, tmp_path):
    path = tmp_path / f"{kind}.xlsx"
    if kind == "other":
        with xlsxwriter.Workbook(path) as workbook:
            workbook.add_worksheet("Kind").write("A1", "review")
            workbook.define_name("kind", "=1")
    else:
        path.write_bytes(built(kind))
    document = macros.open(path, hidden=False)
    try:
        assert macros.call("Reasons.KindOfWorkbook") == kind
    finally:
        document.close(True)  # noqa: FBT003 - LibreOffice's own
