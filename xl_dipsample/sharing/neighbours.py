"""Neighbours: what is made for others does not lie where names do, and names are not made more of among the shared."""

from __future__ import annotations

import os
import re
import zipfile
from contextlib import suppress
from pathlib import Path

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.exports import zip_check

TEXT_CHECK = "* text check.xlsx"
# What lies beside a working workbook or a key, and nowhere else.
COMPANIONS = ("*.audit.jsonl", "* undo copies", TEXT_CHECK, "* second keyholder.xlsx", "*.xlsx.*.bak")
MOST_LOOKED_AT = 200  # workbooks of one folder
_MOST_OF_BOOK = 64 * 2**20  # bytes that are read of the part with the sheets' names
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OURS = re.compile(rb'<(?:\w+:)?definedName\b[^>]*\bname="kind"')
_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*\bname="([^"]*)"')


def refuse_beside_names(folder: Path, what: str, option: str = "") -> None:
    """Raise PrivacyProblem when names lie in `folder`; `what`: what was to be written, in words."""
    if is_restricted(folder):
        where = f"choose another with {option}" if option else "choose another"
        raise PrivacyProblem(
            "folder-of-working",
            f"A working workbook, a key or a text check list lies in the folder {folder.name} or below it: {where} for "
            f"{what}, which others open.",
        )


def refuse_output(out: Path, ending: str, what: str) -> None:
    """Raise FileProblem or PrivacyProblem unless `out` is a free name with that `ending`, in a folder for others."""
    if out.suffix.lower() != ending:
        code = f"not-{ending.removeprefix('.')}"
        raise FileProblem(code, f"{out.name} does not end in {ending}: choose a name that does.")
    if os.path.lexists(out):
        raise FileProblem("there-already", f"{out.name} is there already: choose another name, or move it away.")
    if not out.parent.is_dir():
        raise FileProblem("no-such-folder", f"There is no folder {out.parent}: make it, or choose another.")
    refuse_beside_names(out.parent, what)


def is_restricted(folder: Path) -> bool:
    """Whether a folder holds a working workbook or one with a password; or, also one below, what lies beside them."""
    if any(next(folder.glob(f"{below}{name}"), None) for name in COMPANIONS for below in ("", "*/")):
        return True
    with suppress(OSError):
        found = sorted(one for one in folder.iterdir() if one.suffix.lower() == ".xlsx")
        return any(_names_children(one) for one in found[:MOST_LOOKED_AT])
    return False


def _names_children(workbook: Path) -> bool:
    """Whether a file is a working workbook of ours, or encrypted as the key is; False when it cannot be told."""
    with suppress(OSError), workbook.open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            return _ENCRYPTED in file.read()
    return "Long list" in names_of_sheets(workbook)


def refuse_among_shared(working: Path) -> None:
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
    with suppress(
        FileProblem, OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError
    ):
        with zip_check.open_zip(workbook) as file, file.open("xl/workbook.xml") as part:
            book = part.read(_MOST_OF_BOOK)
        if _OURS.search(book):
            return frozenset(name.decode("utf-8", "replace") for name in _SHEET.findall(book))
    return frozenset()
