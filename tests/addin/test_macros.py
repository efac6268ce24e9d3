"""The add-in's VBA as LibreOffice runs it: what it decides, and what it would start."""

from __future__ import annotations

import itertools

import pytest
import xlsxwriter

from tests.addin.macros import Macros, StandIn
from tests.engines.office import Office
from xl_dipsample import __version__
from xl_dipsample.addin.installing import install_record
from xl_dipsample.building import make_addin, ribbon
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import reference
from xl_dipsample.workbook.build.build import build as built

pytestmark = pytest.mark.office
FOLDER = r"C:\Users\Łucja Test\AppData\Local"
PYTHON = rf"{FOLDER}\Programs\Dip sampling\pythonw.exe"
RECORD = install_record.InstallRecord(PYTHON.replace("pythonw", "python"), PYTHON, __version__)
BUTTONS = [entry for entry, _ in ribbon.buttons()]
KINDS = ("working", "review", "release", "other", "none", "protected")


@pytest.fixture(scope="module")
def macros():
    office = Office()
    yield Macros(office, reference.template_folder() / make_addin.FILE_NAME)
    office.stop()


class Windows:
    """Stands in for Windows' two script objects, and writes down what it was asked."""

    def __init__(self, macros, record=RECORD, *, missing=(), ends=0):
        self.asked = []
        path = rf"{FOLDER}\xl_dipsample\install.txt"
        there = {PYTHON, "pythonw.exe", *([path] if record else [])} - set(missing)
        text = install_record.encoded(record).decode("utf-16-le") if record else ""
        file = StandIn(macros.office, {"ReadAll": lambda: text}, ReadAll=text)
        self.files = StandIn(
            macros.office,
            {
                "FileExists": lambda name: name in there,
                "OpenTextFile": lambda name, *_: file if name == path else None,
                "GetAbsolutePathName": lambda name: name if name[1:3] == ":\\" else rf"C:\Share\{name}",
                "GetParentFolderName": lambda name: name.rpartition("\\")[0],
            },
        )

        def run(*given):
            self.asked.append((*given, self.shell.values["CurrentDirectory"]))
            if isinstance(ends, Exception):
                raise ends
            return ends

        self.shell = StandIn(
            macros.office,
            {"Run": run, "ExpandEnvironmentStrings": lambda text: text.replace("%LOCALAPPDATA%", FOLDER)},
            CurrentDirectory=r"S:\Share",
        )

    def press(self, macros, action="narrow"):
        """What the ribbon would say."""
        return macros.call("Runner.RunWith", self.files, self.shell, action, 4321)


def test_libreoffice_reads_every_module(macros):
    assert set(macros.modules) == {module.name for module in make_addin.modules()}


def test_a_press_starts_the_recorded_python_in_its_own_folder_and_waits(macros):
    windows = Windows(macros)
    assert windows.press(macros) == ""
    command = f'"{PYTHON}" -I -X utf8 -m xl_dipsample.addin.press.entry narrow --pid 4321'
    assert windows.asked == [(command, 0, True, PYTHON.rpartition("\\")[0])]


def test_after_a_press_the_folder_is_put_back(macros):
    windows = Windows(macros)
    windows.press(macros)
    assert windows.shell.values["CurrentDirectory"] == r"S:\Share"


@pytest.mark.parametrize(
    ("windows", "says"),
    [
        ({"record": None}, "Dip-sampling is not installed for you: ask IT to run install."),
        ({"missing": [PYTHON]}, "Python is no longer where it was installed: ask IT to run install again."),
        (
            {"record": install_record.InstallRecord("python.exe", "pythonw.exe", __version__)},
            "Python is no longer where it was installed: ask IT to run install again.",
        ),
        (
            {"record": install_record.InstallRecord(PYTHON, PYTHON, "99.0")},
            "This ribbon is older than the tool behind it: close Excel and ask IT to run install again.",
        ),
        (
            {"record": install_record.InstallRecord(PYTHON, PYTHON, "0.0.9")},
            "This ribbon is newer than the tool behind it: ask IT to update the tool and run install.",
        ),
    ],
    ids=["no record", "Python gone", "no whole path", "ribbon older", "ribbon newer"],
)
def test_what_is_in_the_way_is_said_and_nothing_is_started(macros, windows, says):
    there = Windows(macros, **windows)
    assert there.press(macros) == says
    assert there.asked == []


@pytest.mark.parametrize("ends", [1, RuntimeError("blocked")], ids=["ended badly", "refused"])
def test_a_start_that_fails_is_said_and_the_folder_put_back(macros, ends):
    windows = Windows(macros, ends=ends)
    assert windows.press(macros) == "Python could not run Narrow down: ask IT to run install again."
    assert windows.shell.values["CurrentDirectory"] == r"S:\Share"


def test_help_me_runs_whatever_the_version(macros):
    windows = Windows(macros, install_record.InstallRecord(PYTHON, PYTHON, "99.0"))
    assert windows.press(macros, "doctor") == ""
    assert len(windows.asked) == 1


@pytest.mark.parametrize("key", ["python", "pythonw", "version"])
def test_the_install_record_is_read_as_install_wrote_it(macros, key):
    text = install_record.encoded(RECORD).decode("utf-16-le")  # its mark still at the front
    assert macros.call("Runner.ValueOf", text, key) == getattr(RECORD, key)


@pytest.mark.parametrize(("installed", "own", "older"), [("0.10.0", "0.9.1", True), ("1.0", "1.0.1", False)])
def test_versions_are_compared_number_by_number(macros, installed, own, older):
    assert ("older" in macros.call("Runner.WhyNotThisVersion", installed, own)) is older


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
    assert macros.call("NextCase.NextIncomplete", CHECKS, here) == row


def test_next_case_finds_nothing_when_every_case_is_complete(macros):
    assert macros.call("NextCase.NextIncomplete", ("", review_rules.COMPLETE, review_rules.LEFT, ""), 0) == 0


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
