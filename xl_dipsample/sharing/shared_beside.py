"""A working workbook that somebody copied to where others can open it: no action makes more of its names there."""

from __future__ import annotations

import os
import re
import zipfile
from contextlib import suppress
from pathlib import Path

from xl_dipsample.domain.shared.errors import PrivacyProblem

MOST_LOOKED_AT = 200  # workbooks of one folder
_OURS = re.compile(rb'<(?:\w+:)?definedName\b[^>]*\bname="kind"')
_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*\bname="([^"]*)"')


def refuse(working: Path) -> None:
    """Raise PrivacyProblem when a review workbook, or a copy made from one, lies in the working workbook's folder.

    Copies for Undo and the audit log would lie there too.
    """
    real = Path(os.path.realpath(working))
    for place in dict.fromkeys((working.parent, real.parent)):
        if any(is_shared(one) for one in _beside(place) if one.name != real.name):
            raise PrivacyProblem(
                "folder-shared",
                f"{working.name} holds names and lies in one folder with a review workbook or a copy of one, which are "
                "for others to open: move it to a restricted folder, and start the step again there.",
            )


def _beside(folder: Path) -> list[Path]:
    try:
        found = [one for one in folder.iterdir() if one.suffix.lower() == ".xlsx" and not one.name.startswith("~$")]
    except OSError:
        return []
    return sorted(found)[:MOST_LOOKED_AT]


def is_shared(workbook: Path) -> bool:
    """Whether a file is one of our review workbooks, release copies or second readers' copies; False when unsure."""
    return "Review" in names_of_sheets(workbook)  # working workbooks have no such sheet


def names_of_sheets(workbook: Path) -> frozenset[str]:
    """The names of the sheets of one of our workbooks; none for any other file, and when it cannot be told."""
    with suppress(OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        with zipfile.ZipFile(workbook) as file:
            book = file.read("xl/workbook.xml")
        if _OURS.search(book):
            return frozenset(name.decode("utf-8", "replace") for name in _SHEET.findall(book))
    return frozenset()
