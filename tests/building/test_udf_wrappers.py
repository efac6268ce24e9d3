"""The VBA side of the worksheet functions: made from the functions, whole, and within Excel's limits."""

from __future__ import annotations

import inspect
import re
from importlib.metadata import version

import pytest

from udfs import functions as listed
from xl_dipsample.addin.worksheet_functions import functions
from xl_dipsample.building import make_addin, udf_wrappers
from xl_dipsample.domain.shared import reference

TEXT = udf_wrappers.worksheet_functions_bas()
DLL = udf_wrappers.dll_bas()
NAMES = sorted(listed.__all__)
# What starts programs, reaches files or the network, or reads what a workbook or its folder says.
FORBIDDEN = (
    "Shell", "CreateObject", "GetObject", "WScript", "cmd", "powershell", "Environ", "CurDir", "ChDir", "Open", "Kill",
    "http", "https", "ActiveWorkbook", "FullName", "ThisWorkbook.Path", "SendKeys", "VBProject", "Evaluate",
    "Execute", "CallByName", "Application.Run", "conda", "PYTHONPATH", "DisplayAlerts",
)  # fmt: skip
# Names that VBA keeps for itself: as an argument they would not compile.
RESERVED = frozenset(
    """
    any as boolean byref byte byval call case close const currency date debug declare dim do double each else elseif
    empty end enum erase error event exit false for friend function get global gosub goto if implements in input
    integer is let like line load lock long loop lset me mid mod name new next not nothing null object on open
    option optional or paramarray preserve print private property public put raiseevent redim rem resume return rset
    select set single static stop string sub then time to true type unload unlock until variant wend while with
    write xor
    """.split()  # noqa: SIM905 - a long list is hard to read
)


def wrapper(name):
    found = re.search(rf"^Public Function {name}\(([^\n]*)\) As Variant\n(.*?)^End Function$", TEXT, re.M | re.S)
    assert found, name
    return [each.removesuffix(" As Variant") for each in found[1].split(", ")], found[2]


def test_every_function_of_udfs_is_there_and_none_besides():
    marked = re.findall(r"@xw\.func.*\n(?:@.*\n)*def (\w+)", inspect.getsource(listed))
    assert sorted(marked) == NAMES == list(functions())
    assert re.findall(r"^Public Function (\w+)", TEXT, re.MULTILINE) == NAMES
    assert re.findall(r"^Public Sub (\w+)", TEXT, re.MULTILINE) == ["RegisterFunctions"]


@pytest.mark.parametrize("name", NAMES)
def test_a_wrapper_has_the_functions_arguments_in_its_order_and_hands_them_all_over(name):
    arguments, body = wrapper(name)
    assert arguments == list(inspect.signature(functions()[name]).parameters)
    assert not RESERVED & {each.casefold() for each in arguments}
    cells = ", ".join(f"CellsOf({each})" for each in arguments)
    assert f'    {name} = Answer("{name}", Array({cells}))\n' in body


@pytest.mark.parametrize("name", NAMES)
def test_the_help_is_the_functions_own_and_within_excels_limits(name):
    _, body = wrapper(name)
    text = " ".join(inspect.getdoc(functions()[name]).split("\n\n")[0].split())
    assert f'Attribute {name}.VB_Description = "{text}"' in body
    described = re.search(rf'Describe "{name}", _\n +"(.*)", _\n +Array\(((?:.|\n)*?)\)\n', TEXT)
    docs = re.findall(r'"([^"]*)"', described[2])
    assert described[1] == text
    assert len(docs) == len(inspect.signature(functions()[name]).parameters)
    assert all(0 < len(told) <= 255 for told in (text, *docs))


def test_a_long_or_missing_help_is_refused_when_the_addin_is_built():
    def without(cells):
        """Help."""

    def long(cells: listed.Labels):
        pass

    long.__doc__ = "x" * 256
    for function in (without, long):
        with pytest.raises(ValueError, match="help"):
            udf_wrappers.help_of("DIP_X", function)


def test_quotes_in_the_help_are_doubled():
    assert udf_wrappers._quoted('say "yes"') == '"say ""yes"""'


@pytest.mark.parametrize("text", [TEXT, DLL], ids=["Functions", "Dll"])
def test_a_module_can_stand_in_a_vba_project(text):
    assert text.splitlines()[0] == f'Attribute VB_Name = "{"Functions" if text is TEXT else "Dll"}"'
    assert text.splitlines()[1] == "Option Explicit"
    assert text.replace("\n", "\r\n").encode("cp1252").decode("ascii").count("\r\n") == text.count("\n")
    assert "\r" not in text
    assert "\t" not in text
    assert max(map(len, text.splitlines())) < 1023, "VBA takes no longer line"
    for statement in re.findall(r"(?:.* _\n)+.*", text):
        assert statement.count("\n") <= 24, "VBA takes no more continued lines"
    assert text.endswith("\n")


@pytest.mark.parametrize("text", [TEXT, DLL], ids=["Functions", "Dll"])
def test_a_module_starts_no_program_and_reads_nothing_from_a_workbook_or_its_folder(text):
    code = re.sub(r"^ *'.*$", "", text, flags=re.MULTILINE)
    for word in FORBIDDEN:
        assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", code, re.IGNORECASE), word


@pytest.mark.parametrize("text", [TEXT, DLL], ids=["Functions", "Dll"])
def test_every_block_of_a_module_is_closed(text):
    code = [line.split(" '")[0].strip() for line in text.splitlines() if not line.strip().startswith("'")]
    for kind in ("Function", "Sub"):
        opened = [line for line in code if re.match(rf"(Public |Private ){kind} ", line)]
        assert len(opened) == code.count(f"End {kind}") > 0
    blocks = [line for line in code if line.startswith("If ") and line.endswith("Then")]
    assert len(blocks) == code.count("End If")


def test_python_is_not_told_of_the_workbook_in_which_the_formula_stands():
    """With a workbook, xlwings looks for code on its sheets; a left-out argument would count as a workbook."""
    [call] = re.findall(r"\.CallUDF\((.*)\)", TEXT)
    assert call == '"xl_dipsample.addin.worksheet_functions", name, cells, Empty, Empty'


def test_the_dll_is_that_of_the_xlwings_that_is_installed():
    assert re.findall(r'Lib "(xlwings\d\d-.*?)"', DLL) == [
        f"xlwings{bits}-{version('xlwings')}.dll" for bits in (64, 32)
    ]
    assert "{" not in DLL
    assert "{XLWINGS_VERSION}" in (reference.template_folder() / "vba" / "functions" / "Dll.bas").read_text(
        encoding="ascii"
    )


def test_the_command_holds_the_interpreter_and_our_module_and_nothing_else():
    command = re.search(r"ServerCommand = (.*) _\n +(.*)\n", DLL)
    assert command[1] == '"""" & program & """ -I -B -X utf8 -c " &'
    assert command[2] == '''"""import xl_dipsample.addin.worksheet_functions as f; f.serve('$(CLSID)')"""'''
    assert sorted(set(re.findall(r'InstallRecord\("(\w+)"\)', DLL))) == ["dll", "pythonw", "version"]


@pytest.mark.parametrize(
    "name", ["InstallRecord", "WhyNotThisVersion", "HELP_BUTTON", "TOOL_VERSION", "PythonServer", "NO_SERVER"]
)
def test_what_the_two_modules_use_of_others_is_public_in_exactly_one_module(name):
    public = re.compile(rf"^Public (?:Function|Const) {name}\b", re.MULTILINE)
    assert len([module for module in make_addin.FUNCTIONS.modules() if public.search(module.source)]) == 1
    assert re.search(rf"\b{name}\b", TEXT + DLL)


def test_the_addin_holds_both_modules_as_they_are_made():
    held = {module.name: module.source for module in make_addin.FUNCTIONS.modules()}
    assert (held["Functions"], held["Dll"]) == (TEXT, DLL)
