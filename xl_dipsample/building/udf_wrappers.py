"""The VBA side of the worksheet functions, made when the add-in is built, so that help and code never drift apart.

Excel's function wizard shows at most 255 characters for a function and for each argument: longer ones are refused
here, when the add-in is built, and not cut off there.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, get_type_hints

from xl_dipsample import __version__
from xl_dipsample.actions.running import registry
from xl_dipsample.addin import worksheet_functions
from xl_dipsample.domain.shared import reference

LONGEST_HELP = 255
CATEGORY = "Dip-sampling"
_PLACEHOLDER = "{XLWINGS_VERSION}"


@dataclass(frozen=True)
class Help:
    """What Excel shows of a function: its name, the first paragraph of its docstring, its arguments' `doc`."""

    name: str
    text: str
    arguments: Mapping[str, str]


def help_of(name: str, function: Callable[..., Any]) -> Help:
    """The help of one function. Raises ValueError when something is missing or too long for Excel."""
    hints = get_type_hints(function, include_extras=True)
    arguments = {each: _doc(hints.get(each)) for each in inspect.signature(function).parameters}
    text = " ".join((inspect.getdoc(function) or "").split("\n\n")[0].split())
    for told in (text, *arguments.values()):
        if not 0 < len(told) <= LONGEST_HELP or not told.isascii() or not told.isprintable():
            raise ValueError(f"{name}: help is missing, longer than {LONGEST_HELP} characters, or not plain text")
    return Help(name, text, arguments)


def helps() -> list[Help]:
    """The help of every worksheet function, in alphabetical order."""
    return [help_of(name, function) for name, function in worksheet_functions.functions().items()]


def worksheet_functions_bas() -> str:
    """The text of the VBA module Functions: one Function for each worksheet function, and RegisterFunctions."""
    listed = helps()
    parts = [_HEAD, *(_wrapper(one) for one in listed), _REGISTER, _describe_all(listed), _SHARED]
    return "\n".join(parts)


def dll_bas() -> str:
    """The text of the VBA module Dll: Windows wants the DLL's name, which holds xlwings' version, as a constant."""
    source = (reference.template_folder() / "vba" / "functions" / "Dll.bas").read_text(encoding="ascii")
    return source.replace(_PLACEHOLDER, version("xlwings"))


def tool_bas() -> str:
    """The text of the VBA module Tool: which version of the tool this add-in belongs to."""
    return "\n".join(
        [
            'Attribute VB_Name = "Tool"',
            "Option Explicit",
            "Option Private Module",
            "' Made when the add-in is built; do not change it by hand.",
            f'Public Const TOOL_VERSION = "{__version__}"',
            f'Public Const HELP_BUTTON = "{registry.action("doctor").label}"',
            "",
        ]
    )


def _doc(hint: Any) -> str:
    """The `doc` of an Annotated argument, where xlwings looks for it as well."""
    return str(next((extra["doc"] for extra in getattr(hint, "__metadata__", ()) if "doc" in extra), ""))


def _wrapper(one: Help) -> str:
    typed = ", ".join(f"{name} As Variant" for name in one.arguments)
    cells = ", ".join(f"CellsOf({name})" for name in one.arguments)
    return "\n".join(
        [
            f"Public Function {one.name}({typed}) As Variant",
            f"Attribute {one.name}.VB_Description = {_quoted(one.text)}",
            f'Attribute {one.name}.VB_ProcData.VB_Invoke_Func = " \\n14"',
            f'    {one.name} = Answer("{one.name}", Array({cells}))',
            "End Function",
            "",
        ]
    )


def _describe_all(listed: list[Help]) -> str:
    lines = ["' False when Excel refuses.", "Private Function DescribeAll() As Boolean", "    On Error GoTo Refused"]
    for one in listed:
        arguments = ", _\n        ".join(_quoted(doc) for doc in one.arguments.values())
        lines.append(f'    Describe "{one.name}", _\n        {_quoted(one.text)}, _\n        Array({arguments})')
    return "\n".join([*lines, "    DescribeAll = True", "Refused:", "End Function", ""])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


_HEAD = """\
Attribute VB_Name = "Functions"
Option Explicit
' Made from the worksheet functions in udfs/ when the add-in is built; do not change it by hand.
' The functions are for people's own cells. Python works them out; see the module Dll.
"""

# ThisWorkbook calls it a moment after the start. Excel refuses to describe functions of a hidden workbook (error
# 1004, "Cannot edit a macro on a hidden workbook"), and an add-in counts as hidden in some versions: then the add-in
# is shown for the moment that it takes, with the screen and events switched off. If that fails too, people see each
# function without the help for its arguments, and nothing else is amiss.
_REGISTER = f"""\
' Tells Excel's function wizard what the functions and their arguments are.
Public Sub RegisterFunctions()
    Dim subject As Object, events As Boolean, screen As Boolean, saved As Boolean
    On Error Resume Next
    Set subject = ActiveWindow
    If subject Is Nothing Then Exit Sub
    If DescribeAll() Then Exit Sub
    events = Application.EnableEvents
    screen = Application.ScreenUpdating
    saved = ThisWorkbook.Saved
    Application.EnableEvents = False
    Application.ScreenUpdating = False
    ThisWorkbook.IsAddin = False
    DescribeAll
    ThisWorkbook.IsAddin = True
    ThisWorkbook.Saved = saved
    subject.Activate
    Application.ScreenUpdating = screen
    Application.EnableEvents = events
End Sub

Private Sub Describe(ByVal name As String, ByVal help As String, ByVal arguments As Variant)
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & name, Description:=help, _
        Category:="{CATEGORY}", ArgumentDescriptions:=arguments
End Sub
"""

# Neither the workbook nor the calling cell is handed over: xlwings would look for code on the workbook's sheets, and
# nothing of ours needs the cell. What Python says of an error can hold what a cell holds, so it is never shown.
_SHARED = """\
' What Python answers; a short sentence when it cannot.
Private Function Answer(ByVal name As String, ByVal cells As Variant) As Variant
    On Error GoTo Failed
    Answer = ""
    If WizardIsOpen() Then Exit Function
    Answer = PythonServer().CallUDF("xl_dipsample.addin.worksheet_functions", name, cells, Empty, Empty)
    Exit Function
Failed:
    If Err.Number = NO_SERVER Then
        Answer = Err.Description
    Else
        Answer = "No answer from Python: press " & HELP_BUTTON & " on the Dip-sampling tab."
    End If
End Function

' While the function wizard is open, Excel works a function out anew at every key: the toolbar tells.
Private Function WizardIsOpen() As Boolean
    On Error Resume Next
    WizardIsOpen = Not Application.CommandBars("Standard").Controls(1).Enabled
End Function

' What stands in an argument's cells.
Private Function CellsOf(ByRef argument As Variant) As Variant
    If IsMissing(argument) Then Exit Function
    If IsObject(argument) Then
        CellsOf = ValuesOf(argument)
    Else
        CellsOf = argument
    End If
End Function

' The values of a range, with dates as dates; of several areas the first. A whole column ends with the last row that
' the sheet uses: a million blanks would take minutes.
Private Function ValuesOf(ByVal cells As Object) As Variant
    Dim area As Object, used As Object, last As Long
    Set area = cells.Areas(1)
    If area.Row + area.Rows.Count - 1 = area.Worksheet.Rows.Count Then
        Set used = area.Worksheet.UsedRange
        last = used.Row + used.Rows.Count - 1
        If last < area.Row Then last = area.Row
        Set area = area.Resize(last - area.Row + 1)
    End If
    ValuesOf = area.Value
End Function
"""
