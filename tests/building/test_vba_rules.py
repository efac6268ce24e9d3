"""What the add-in's VBA may not do: start anything but our Python, or take settings from where a workbook lies."""

from __future__ import annotations

import re

import pytest

from tests.building.vba_reader import sources
from xl_dipsample.building import make_addin
from xl_dipsample.domain.shared import reference

SOURCES = sources(reference.template_folder() / make_addin.FILE_NAME)


def code_of(source):
    """The source without comments, texts kept; a line that goes on is one line."""
    lines = re.sub(r" _\n\s*", " ", source).split("\n")
    return [re.sub(r"""^((?:[^'"]|"[^"]*")*)'.*$""", r"\1", line) for line in lines if not line.startswith("Attribute")]


LINES = [(name, line.strip()) for name, source in SOURCES.items() for line in code_of(source) if line.strip()]
# The whole of what reaches out of Excel: module, and the line with its spaces.
STARTS = {
    ("Runner", "ended = host.Run(CommandLine(program, id, pid), HIDDEN, True)"),
}
OBJECTS = {"Scripting.FileSystemObject", "WScript.Shell"}
LIBRARIES = {"kernel32": {"GetCurrentProcessId", "LoadLibraryExW"}, "xlwings": {"XLPyDLLActivateAuto"}}


def matching(pattern):
    return [(name, line) for name, line in LINES if re.search(pattern, line, re.IGNORECASE)]


def test_one_line_starts_a_program():
    assert set(matching(r"\.(Run|Exec|ShellExecute|Create)\b")) == STARTS


@pytest.mark.parametrize(
    "word",
    [
        r"(?<!\.)\bShell\s*[( ]\s*[\"\w]", r"\bGetObject\b", r"\bFollowHyperlink\b", r"\bSendKeys\b", r"\bEvaluate\b",
        r"\bExecuteExcel4Macro\b", r"\bDDE\w+", r"\bVBProject\b", r"\bCallByName\b", r"\bApplication\.Run\b",
        r"\bWorkbooks\.(Open|Add)\b", r"\bSaveAs\b", r"\bKill\b", r"\bFileCopy\b", r"\bChDir\b", r"\bOpen\s.+\sFor\b",
        r"\b(Save|Get)Setting\b", r"\bRegRead\b", r"\bRegWrite\b", r"\bXMLHTTP\b", r"\bWinHttp", r"\bADODB\b",
        r"\bwinmgmts\b", r"\bcmd(\.exe)?\b", r"\bpowershell\b", r"\bURLDownload",
    ],
)  # fmt: skip
def test_nothing_else_that_malware_uses_is_there(word):
    assert matching(word) == []


def test_two_of_windows_objects_are_made_and_no_others():
    made = {
        found for _, line in matching(r"\bCreateObject\b") for found in re.findall(r'CreateObject\("([^"]+)"\)', line)
    }
    assert made == OBJECTS
    assert len(matching(r"\bCreateObject\b")) == len(matching(r'\bCreateObject\("'))


def test_only_known_functions_of_known_libraries_are_declared():
    declared = [re.search(r'Function (\w+) Lib "(kernel32|[a-z]+)', line) for _, line in matching(r"\bDeclare\b")]
    assert declared
    for found in declared:
        assert found[1] in LIBRARIES[found[2]]


@pytest.mark.parametrize(
    "word",
    [
        r"Workbook\.(Path|FullName\w*)\b", r"\bMe\.(Path|FullName)", r"\bParent\.(Path|FullName)", r"\bCurDir\b",
        r"\bDir\$?\(", r"xlwings\.conf", r"\.conf\b", r"\bPYTHONPATH\b", r"\bEnviron\b",
        r"Worksheets\([^)]*\bconf", r"\bCustomDocumentProperties\b",
    ],
)  # fmt: skip
def test_nothing_is_taken_from_the_workbooks_folder_or_settings(word):
    assert matching(word) == []


def test_the_command_line_holds_the_recorded_python_the_action_and_a_number_alone():
    line = next(line for name, line in LINES if name == "Runner" and line.startswith("CommandLine = "))
    parts = [part.strip() for part in re.split(r'"(?:[^"]|"")*"', line.partition("=")[2])]
    assert [part.strip("& ") for part in parts if part.strip("& ")] == ["program", "id", "CStr(pid)"]
    assert "%" not in line
    assert " -I " in line


def test_every_action_that_is_started_is_a_buttons_id():
    """RunPython gets what the ribbon calls the button, and from nowhere else."""
    assert {line for _, line in matching(r"\bRunPython\b")} == {
        "Public Sub RunPython(ByVal id As String)",
        "RunPython id",
    }
    assert {line for _, line in matching(r"^(Public Sub )?Press\b")} == {
        "Press control.ID",
        "Public Sub Press(ByVal id As String)",
    }


@pytest.mark.parametrize("name", SOURCES)
def test_every_module_declares_its_variables_and_is_plain_text(name):
    assert "\nOption Explicit\n" in SOURCES[name]
    assert SOURCES[name].isascii()
    assert "\t" not in SOURCES[name]


@pytest.mark.parametrize("name", [name for name in SOURCES if name not in ("Functions", "Buttons")])
def test_hand_written_vba_is_short_and_fits_a_screen(name):
    lines = SOURCES[name].split("\n")
    assert len(lines) <= 180
    assert max(map(len, lines)) <= 120


def test_every_message_is_one_sentence_that_says_what_to_do():
    texts = [text for name, line in LINES for text in re.findall(r'"((?:[^"]|"")*)"', line) if len(text.split()) > 5]
    messages = [text for text in texts if ": " in text or text.endswith(".")]
    assert messages
    for text in messages:
        assert not re.search(r"\b(error|exception|null|invalid|failed)\b", text, re.IGNORECASE), text


def test_the_function_wizard_shows_our_worksheet_functions_and_nothing_else():
    """Excel lists every public function of a module that is not private."""
    shown = {
        found
        for name, source in SOURCES.items()
        if "\nOption Private Module\n" not in source and name not in make_addin.DOCUMENTS
        for found in re.findall(r"^(?:Public )?Function (\w+)", source, re.MULTILINE)
    }
    assert shown
    assert {name for name in shown if not name.startswith("DIP_")} == set()
