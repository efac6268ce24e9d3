"""What the add-ins' VBA may not do: start anything, call Windows, or take settings from where a workbook lies.

The ribbon asks the desk and does nothing else. The optional add-in with worksheet functions calls xlwings' DLL.
"""

from __future__ import annotations

import re

import pytest
from oletools.mraptor import MacroRaptor

from tests.building.vba_reader import sources
from xl_dipsample.addin.installing import desk_entries
from xl_dipsample.building import make_addin
from xl_dipsample.domain.shared import reference

RIBBON, FUNCTIONS = (sources(reference.template_folder() / one.file_name) for one in make_addin.ADD_INS)
SOURCES = {**RIBBON, **FUNCTIONS}


def code_of(source):
    """The source without comments, texts kept; a line that goes on is one line."""
    lines = re.sub(r" _\n\s*", " ", source).split("\n")
    return [re.sub(r"""^((?:[^'"]|"[^"]*")*)'.*$""", r"\1", line) for line in lines if not line.startswith("Attribute")]


EVERYTHING = [*RIBBON.items(), *FUNCTIONS.items()]
LINES = [(name, line.strip()) for name, source in EVERYTHING for line in code_of(source) if line.strip()]
OF_RIBBON = [(name, line.strip()) for name, source in RIBBON.items() for line in code_of(source) if line.strip()]
OBJECTS = {"Scripting.FileSystemObject", "WScript.Shell"}  # of worksheet functions: to read the install record
LIBRARIES = {"kernel32": {"LoadLibraryExW"}, "xlwings": {"XLPyDLLActivateAuto"}}
# What Office runs by itself when a file is opened or closed.
BY_ITSELF = r"\b(Auto_?(Open|Close|Exec|Exit)|Workbook_(Open|BeforeClose|Activate)|Document_(Open|Close))\b"


def matching(pattern, lines=LINES):
    return [(name, line) for name, line in lines if re.search(pattern, line, re.IGNORECASE)]


def test_nothing_starts_a_program():
    assert matching(r"\.(Run|Exec|ShellExecute|Create)\b") == []


def test_the_ribbon_calls_nothing_of_windows_makes_nothing_but_the_desk_and_runs_nothing_by_itself():
    assert matching(r"\bDeclare\b", OF_RIBBON) == []
    assert matching(r"\b(Create|Get)Object\b", OF_RIBBON) == [
        ("Desk", "Set FoundDesk = GetObject(, THE_DESK)"),
        ("Desk", "If FoundDesk Is Nothing Then Set FoundDesk = CreateObject(THE_DESK)"),
    ]
    assert [line for _, line in matching(r"\bTHE_DESK =", OF_RIBBON)] == [
        f'Private Const THE_DESK = "{desk_entries.PROG_ID}"'
    ]
    assert matching(BY_ITSELF, OF_RIBBON) == []
    assert matching(BY_ITSELF) != []  # the other add-in's, which describes its functions: the pattern finds some


def test_a_scanner_of_macros_does_not_call_the_ribbon_suspicious():
    """mraptor's word is not Defender's; it looks for what runs by itself together with what writes or starts."""
    scanned = MacroRaptor("\n".join(RIBBON.values()))
    scanned.scan()
    assert not scanned.suspicious
    assert not scanned.autoexec
    other = MacroRaptor("\n".join(FUNCTIONS.values()))
    other.scan()
    assert other.suspicious  # so that the claim can fail; the IT guide says so of this add-in


def test_the_desk_is_told_a_buttons_id_excels_window_and_the_workbooks_name_alone():
    assert [line for _, line in matching(r"\bdesk\.Press\b", OF_RIBBON)] == [
        'If trouble = "" Then trouble = WhyNotTaken(desk.Press(id, window, name))'
    ]
    assert [line for _, line in matching(r"\bAskedOf\(desk,", OF_RIBBON)] == [
        "If desk Is Nothing Then trouble = NoDesk(id) Else trouble = AskedOf(desk, id, Application.Hwnd, ActiveName())"
    ]


@pytest.mark.parametrize(
    "word",
    [
        r"(?<!\.)\bShell\s*[( ]\s*[\"\w]", r"\bFollowHyperlink\b", r"\bSendKeys\b", r"\bEvaluate\b",
        r"\bExecuteExcel4Macro\b", r"\bDDE\w+", r"\bVBProject\b", r"\bCallByName\b", r"\bApplication\.Run\b",
        r"\bWorkbooks\.(Open|Add)\b", r"\bSaveAs\b", r"\bKill\b", r"\bFileCopy\b", r"\bChDir\b", r"\bOpen\s.+\sFor\b",
        r"\b(Save|Get)Setting\b", r"\bRegRead\b", r"\bRegWrite\b", r"\bXMLHTTP\b", r"\bWinHttp", r"\bADODB\b",
        r"\bwinmgmts\b", r"\bcmd(\.exe)?\b", r"\bpowershell\b", r"\bURLDownload",
    ],
)  # fmt: skip
def test_nothing_else_that_malware_uses_is_there(word):
    assert matching(word) == []


def test_worksheet_functions_make_two_of_windows_objects_and_no_others():
    made = {
        found for _, line in matching(r"\bCreateObject\b") for found in re.findall(r'CreateObject\("([^"]+)"\)', line)
    }
    assert made == OBJECTS


def test_only_known_functions_of_known_libraries_are_declared():
    declared = [re.search(r'Function (\w+) Lib "(kernel32|[a-z]+)', line) for _, line in matching(r"\bDeclare\b")]
    assert declared
    for found in declared:
        assert found[1] in LIBRARIES[found[2]]


@pytest.mark.parametrize(
    "word",
    [
        r"Workbook\.Path\b", r"\bMe\.(Path|FullName)", r"\bParent\.(Path|FullName)", r"\bCurDir\b",
        r"\bDir\$?\(", r"xlwings\.conf", r"\.conf\b", r"\bPYTHONPATH\b", r"\bEnviron\b",
        r"Worksheets\([^)]*\bconf", r"\bCustomDocumentProperties\b",
    ],
)  # fmt: skip
def test_nothing_is_taken_from_the_workbooks_folder_or_settings(word):
    assert matching(word) == []


def test_the_workbooks_full_name_is_read_once_to_tell_the_desk_which_one_was_pressed():
    assert matching(r"\.FullName") == [
        ("Desk", "If Not ActiveWorkbook Is Nothing Then ActiveName = ActiveWorkbook.FullName")
    ]


def test_every_action_that_is_started_is_a_buttons_id():
    """AskDesk gets what the ribbon calls the button, and from nowhere else."""
    assert {line for _, line in matching(r"\bAskDesk\b")} == {
        "Public Sub AskDesk(ByVal id As String)",
        "AskDesk id",
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


@pytest.mark.parametrize("name", [name for name in SOURCES if name not in ("Functions", "Buttons", "Tool")])
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
