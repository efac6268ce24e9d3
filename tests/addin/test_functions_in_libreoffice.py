"""The VBA of the worksheet functions as LibreOffice runs it, with the real Python functions behind it."""

from __future__ import annotations

import pytest

from tests.addin.macros import Macros, StandIn
from tests.engines.office import Office
from xl_dipsample.addin.worksheet_functions import functions
from xl_dipsample.building import make_addin, udf_wrappers
from xl_dipsample.building.addin_file import addin_file
from xl_dipsample.building.vba_project import Module, vba_project

pytestmark = pytest.mark.office
# The DLL is Windows': in the place of what calls it, a function that hands over the server that a test gives it.
STAND_IN = """\
Public Sub UseServer(ByVal given As Object)
    Set server = given
End Sub

Public Function PythonServer() As Object
    If server Is Nothing Then Err.Raise NO_SERVER, "Dip-sampling", "There is no Python."
    Set PythonServer = server
End Function

Public Sub AskAbout(ByVal address As String)
    Dim answer As Variant
    answer = DIP_NHS_VALID(ThisWorkbook.Worksheets(1).Range(address))
End Sub
"""


def without_dll():
    before, _, rest = udf_wrappers.dll_bas().partition("Public Function PythonServer() As Object\n")
    after = rest.partition("End Function\n")[2]
    assert after
    return (
        before.replace("Private trouble As String\n", "Private trouble As String\nPrivate server As Object\n")
        + STAND_IN
        + after
    )


def opened(office, folder, dll):
    """The add-in with this text for its module Dll."""
    kept = [module for module in make_addin.FUNCTIONS.modules() if module.name not in ("Dll", "Functions")]
    made = [Module("Dll", dll), Module("Functions", udf_wrappers.worksheet_functions_bas())]
    path = folder / "functions.xlam"
    path.write_bytes(addin_file(vba_project([*kept, *made], make_addin.FUNCTIONS.project), None))
    return Macros(office, path, make_addin.FUNCTIONS.project)


@pytest.fixture(scope="module")
def office():
    running = Office()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def with_python(office, tmp_path_factory):
    macros = opened(office, tmp_path_factory.mktemp("python"), without_dll())
    asked = []

    def call(module, name, cells, *rest):
        asked.append((module, name, cells, rest))
        [answer] = functions()[name](*cells)
        return answer[0] if len(answer) == 1 else tuple(answer)

    server = StandIn(office, {"CallUDF": call})
    return macros, asked, server


@pytest.fixture(scope="module")
def dll(office, tmp_path_factory):
    return opened(office, tmp_path_factory.mktemp("dll"), udf_wrappers.dll_bas())


def test_without_python_a_cell_gets_the_sentence_and_no_error(with_python):
    macros, asked, _ = with_python
    assert macros.call("Functions.DIP_AGE", "15/06/2008", "15/06/2022") == "There is no Python."
    assert asked == []


@pytest.mark.parametrize(
    ("name", "cells", "answer"),
    [
        ("DIP_AGE", ("15/06/2008", "15/06/2022"), "14"),
        ("DIP_CATEGORY", ("10A, 11A",), "Missing; CSE"),
        ("DIP_CATEGORIES", ("10A, 11A",), ("Missing", "CSE")),
        ("DIP_SCENARIO", ("In need", "Yes"), "In need, parenting concerns"),
        ("DIP_CHECK_ID", ("7gk4mx3",), True),
        ("DIP_CONCERNS", ("Streetwise.",), "Adultifies"),
        ("DIP_NHS_VALID", ("9434765918",), False),
        ("DIP_INTERVAL", (5, 4), ("", "")),
        ("DIP_DIFFERENCE", (1, 9, 5, 40), ("", "", "", "1 of 9 then, 5 of 40 now: too few cases to compare")),
    ],
)
def test_a_function_hands_its_cells_to_python_and_gives_back_the_answer(with_python, name, cells, answer):
    macros, asked, server = with_python
    macros.call("Dll.UseServer", server)
    assert macros.call(f"Functions.{name}", *cells) == answer
    module, called, handed, rest = asked[-1]
    assert (module, called, len(handed)) == ("xl_dipsample.addin.worksheet_functions", name, len(cells))
    assert rest == (None, None), "neither the workbook nor the calling cell"


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("A2:A5", range(2, 6)), ("A8:A9", range(8, 10)), ("A:A", range(1, 7)), ("A3:A1048576", range(3, 7)),
        ("B:B", range(1, 7)),
    ],
    ids=["a range", "a range below the last", "a column", "a column from row 3", "an empty column"],
)  # fmt: skip
def test_a_range_is_handed_over_as_its_values_and_a_whole_column_down_to_the_last_row_in_use(
    with_python, address, rows
):
    macros, asked, server = with_python
    macros.call("Dll.UseServer", server)
    sheet = macros.document.Sheets.getByIndex(0)
    for row in range(6):
        sheet.getCellByPosition(0, row).setString(f"text {row + 1}")
    macros.call("Dll.AskAbout", address)
    _, _, [values], _ = asked[-1]
    filled = "A" in address
    assert [row[0] or None for row in values] == [f"text {row}" if filled and row <= 6 else None for row in rows]


def test_what_python_says_of_an_error_is_not_shown(with_python, office):
    macros, _, server = with_python

    def broken(*_):
        raise RuntimeError("a traceback that holds Ann Other")

    macros.call("Dll.UseServer", StandIn(office, {"CallUDF": broken}))
    assert macros.call("Functions.DIP_CONCERNS", "Streetwise.") == (
        "No answer from Python: press Help me on the Dip-sampling tab."
    )
    macros.call("Dll.UseServer", server)


def test_telling_excel_about_the_functions_fails_quietly_where_it_is_refused(with_python):
    macros, _, _ = with_python
    assert macros.call("Functions.RegisterFunctions") is None


@pytest.mark.parametrize(
    ("path", "folder"),
    [(r"C:\Tools\x.dll", "C:\\Tools\\"), ("x.dll", ""), ("", ""), (r"\\share\a\x.dll", "\\\\share\\a\\")],
)
def test_the_folder_of_the_dll_is_that_of_the_record(dll, path, folder):
    assert dll.call("Dll.FolderOf", path) == folder


def test_the_command_starts_the_interpreter_of_the_record_shut_off_from_its_surroundings(dll):
    assert dll.call("Dll.ServerCommand", r"C:\Dip sampling & more\pythonw.exe") == (
        r'"C:\Dip sampling & more\pythonw.exe" -I -B -X utf8 -c '
        "\"import xl_dipsample.addin.worksheet_functions as f; f.serve('$(CLSID)')\""
    )


@pytest.mark.parametrize(
    "path", ['C:\\a"b\\pythonw.exe', r"C:\$(Dir)\pythonw.exe", "C:\\" + "long\\" * 400 + "pythonw.exe"]
)
def test_a_path_that_the_dll_would_read_in_its_own_way_is_refused(dll, path):
    assert dll.call("Dll.CanStandInACommand", path) is False


def test_an_ordinary_path_is_taken(dll):
    assert dll.call("Dll.CanStandInACommand", r"C:\Program Files (x86)\Dip sampling & more\pythonw.exe") is True
