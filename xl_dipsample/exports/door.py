"""The one door for workbooks of ours that are opened as files: looked at byte by byte before any parser sees them.

People had them in their hands, and programs saved them: what holds for an export holds for them. Links to other files
may be there (nobody follows them here). Long sheets are measured when a parser is to read them (`measure`): the reader
of long sheets has bounds of its own.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import PurePath

from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.exports import ooxml_check, room
from xl_dipsample.exports.shared_scan import SharedTexts
from xl_dipsample.exports.sheet_scan import SheetScan
from xl_dipsample.exports.zip_check import damaged, open_zip

_let_in: deque[tuple[bytes, bool]] = deque(maxlen=16)  # what passed: digest, and whether macros may be in it
_ROOM = "more cells or more text than can be read, or single cells far away from its tables"
_HOLDS = {
    "dtd": "a document type definition, which no workbook needs",
    "dde": "a DDE link, which can start programs",
    "excel4-macros": "an Excel 4 macro sheet, which can start programs",
    "hidden-macros": "program code, which a workbook of its name (.xlsx) cannot have",
    "far-cells": _ROOM,
    "too-many-cells": _ROOM,
    "too-many-columns": _ROOM,
    "too-many-rows": _ROOM,
    "too-much-text": _ROOM,
}


def check(data: bytes, name: str) -> None:
    """Raise FileProblem for bytes that no parser of workbooks should see. `name`: the file's, for the sentence.

    The very same bytes are not looked at again: an action may need a workbook in more than one place.
    """
    macros = PurePath(name).suffix.casefold() == ".xlsm"
    seen = (hashlib.sha256(data).digest(), macros)
    if seen in _let_in:
        return
    try:
        with open_zip(data) as archive:
            names = {ooxml_check.plain_name(one) for one in archive.infolist()}
            if "xl/workbook.xml" in names and not any(one.startswith("xl/styles") for one in names):
                raise damaged()  # a parser needs it when it reads what was written, which is too late to refuse
            ooxml_check.examine(archive, macros=macros, ours=True)
    except FileProblem as problem:
        raise _refusal(problem, name) from problem
    _let_in.append(seen)


def measure(again: Callable[[], Iterator[bytes]], shared: Iterator[bytes], name: str) -> None:
    """Raise FileProblem for a long sheet that a parser should not see.

    `again`: gives the pieces of its XML; `shared`: those of the shared texts.
    """
    texts, scan = SharedTexts(), SheetScan()
    try:
        for piece in shared:
            texts.feed(piece)
        texts.close()
        for piece in again():
            scan.feed(piece)
        ooxml_check.measured(scan.close(), again, texts, most=room.MOST_OWN_CELLS)
    except FileProblem as problem:
        raise _refusal(problem, name) from problem


def _refusal(problem: FileProblem, name: str) -> FileProblem:
    if problem.code in _HOLDS:
        return FileProblem(
            problem.code,
            f"{name} holds {_HOLDS[problem.code]}. Open it in Excel, take that out, and save it; or use an earlier copy"
            " of it.",
        )
    return FileProblem(
        "damaged-workbook", f"{name} is damaged. Open it in Excel, let Excel repair it, and save it again."
    )
