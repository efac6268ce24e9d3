"""What is made for others does not lie where names do: beside a working workbook, a key, or what belongs to one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.sharing.shared_beside import names_of_sheets

TEXT_CHECK = "* text check.xlsx"
# What lies beside a working workbook or a key, and nowhere else.
COMPANIONS = ("*.audit.jsonl", "* undo copies", TEXT_CHECK, "* second keyholder.xlsx", "*.xlsx.*.bak")
MOST_LOOKED_AT = 200  # workbooks of one folder
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def refuse(folder: Path, what: str, option: str = "") -> None:
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
    refuse(out.parent, what)


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
