"""The folder rule: no identifiable file in, or below, the folder of a shared one.

Folders are compared twice: by what the file system says they are (a link, a mapped drive or other case leads to the
same place), and, where a folder is not there yet, by name.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from xl_dipsample.domain.shared.errors import PrivacyProblem


def refuse_shared_folder(identifiable: Path, shared: Path) -> None:
    """Raise PrivacyProblem when `identifiable` lies in or below the folder of `shared`.

    `identifiable`: a working workbook, key, reading list or folder of snapshots, there already or not.
    `shared`: a review workbook or release copy (then its folder counts), or an existing folder.
    """
    if lies_in_or_below(identifiable, shared):
        if _real(identifiable) == _real(shared):
            raise PrivacyProblem(
                "one-file-for-two",
                f"{shared.name} was chosen for two things: one that holds names, and one that others open. Choose "
                "another file.",
            )
        folder = f"the folder {shared.name}" if shared.is_dir() else f"the folder of {shared.name}"
        raise PrivacyProblem(
            "folder-shared",
            f"{identifiable.name} holds identifiable data and may not lie in or below {folder}, which others can open: "
            "choose a restricted folder elsewhere.",
        )


def lies_in_or_below(identifiable: Path, shared: Path) -> bool:
    """Whether a path leads into the folder of `shared`, whatever way the path is written."""
    folders = [shared] if shared.is_dir() else [shared.parent]
    if not shared.is_dir() and shared.is_symlink():
        folders.append(_real(shared).parent)  # the link's own folder is shared, and so is the one it leads to
    ours = {way for folder in folders for way in (_absolute(folder), _real(folder))}
    return any(_same_folder(step, folder) for step in _chain(identifiable) for folder in ours)


def _chain(path: Path) -> Iterator[Path]:
    """The folders above a path (and itself), as written and as the file system resolves it."""
    # pathlib keeps ".." and the file system follows links before "..": both ways to read it count
    for way in dict.fromkeys((_absolute(path), _real(path), _real(path.parent) / path.name)):
        yield way
        yield from way.parents


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(_plain(str(path))))  # noqa: PTH100  # resolve() would follow links


def _real(path: Path) -> Path:
    return Path(_plain(os.path.realpath(path)))


def _plain(text: str) -> str:
    r"""A Windows path without its long-path prefix, and a computer's own share of a drive as the drive.

    >>> print(_plain(r"\\?\UNC\server\team\key.xlsx"))
    \\server\team\key.xlsx
    >>> print(_plain(r"\\?\C:\team\key.xlsx"))
    C:\team\key.xlsx
    >>> print(_plain(r"\\localhost\c$\team\key.xlsx"))
    c:\team\key.xlsx
    """
    for prefix, instead in (("\\\\?\\UNC\\", "\\\\"), ("\\\\?\\", ""), ("\\\\.\\", "")):
        if text.upper().startswith(prefix):
            text = instead + text[len(prefix) :]
    parts = text.split("\\")
    own_share = len(parts) > 3 and parts[:2] == ["", ""] and len(parts[3]) == 2 and parts[3].endswith("$")
    if own_share and parts[2].casefold() in {"localhost", "127.0.0.1", "::1"}:
        return "\\".join([parts[3][0] + ":", *parts[4:]])
    return text


def _same_folder(one: Path, other: Path) -> bool:
    if _name(one) == _name(other):
        return True
    near, near_rest = _what_is_there(one)
    far, far_rest = _what_is_there(other)
    if near_rest != far_rest:
        return False
    try:
        return near.samefile(far)
    except OSError:
        return False


def _what_is_there(folder: Path) -> tuple[Path, tuple[str, ...]]:
    """The nearest folder above that is there, and the names below it that are not there yet."""
    rest: list[str] = []
    while not _is_there(folder) and folder != folder.parent:
        rest.insert(0, unicodedata.normalize("NFC", folder.name).casefold())
        folder = folder.parent
    return folder, tuple(rest)


def _is_there(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError:  # no permission to look
        return False


def _name(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path))
