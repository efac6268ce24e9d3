"""Is a zip what it says it is? Looked at before any parser of workbooks sees it.

Sources: PKWARE APPNOTE 6.3.10 (zip), ECMA-376 part 2 (member names are compared without case).
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path
from typing import BinaryIO

from xl_dipsample.domain.shared.errors import FILE, FileProblem
from xl_dipsample.exports import locked_files

MOST_MEMBERS = 5_000
MOST_DIRECTORY = 2_000_000  # bytes of the table of contents: 5,000 members need at most about a quarter of it
MOST_BYTES = 2 * 2**30  # unpacked; a million rows by 25 columns need about 1.5 GB
BOMB_RATIO = 300  # deflate reaches about 1,030; the most repetitive sheet that we saw reaches 110
BOMB_BYTES = 20 * 2**20  # below this a high ratio does no harm
_END = b"PK\x05\x06"
_END_LENGTH = 22
_COMMENT = 65_535
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_zip(source: Path | bytes) -> zipfile.ZipFile:
    """The zip at a path or in memory, its structure checked: nothing is unpacked yet. The caller closes it.

    Raises FileProblem: damaged, absurdly many members, a member twice, unsafe names, packed like a bomb, a password.
    """
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        directory, members = _directory_size(file)
    if members > MOST_MEMBERS or directory > MOST_DIRECTORY:
        raise FileProblem(
            "zip-members",
            f"{FILE} consists of more than {MOST_MEMBERS:,} parts, which no export does: export it again.",
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error) as error:
        raise damaged() from error
    try:
        _check_members(archive.infolist())
    except FileProblem:
        archive.close()
        raise
    return archive


def damaged() -> FileProblem:
    """The refusal of a zip that cannot be unpacked."""
    return FileProblem("zip-damaged", f"{FILE} is damaged or was cut short: export or copy it again.")


def _directory_size(file: BinaryIO) -> tuple[int, int]:
    """Bytes of the table of contents, and how many members it says it has, from the zip's end record."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_LENGTH - _COMMENT))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_LENGTH:
        raise damaged()
    members, directory = struct.unpack_from("<HI", tail, at + 10)
    return directory, members


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise FileProblem(
            "zip-members",
            f"{FILE} consists of more than {MOST_MEMBERS:,} parts, which no export does: export it again.",
        )
    seen: set[str] = set()
    for member in members:
        _check_name(member.filename, seen)
        if member.flag_bits & _ENCRYPTED:
            raise locked_files.password()
        if member.compress_type not in _METHODS:
            raise FileProblem(
                "zip-method",
                f"{FILE} is packed in a way that Excel does not use: open it in Excel, save it, try again.",
            )
    _check_sizes(members)
    _check_overlap(members)


def _check_name(member: str, seen: set[str]) -> None:
    """Raise when a member could be taken for another one, or would be unpacked outside of a folder."""
    plain = member.replace("\\", "/")
    parts = plain.split("/")
    if plain.startswith("/") or ".." in parts or ":" in parts[0] or "\0" in member:
        raise FileProblem("zip-names", f"{FILE} has a part whose name leads out of the file: export it again.")
    if plain.casefold() in seen:
        raise FileProblem(
            "zip-twice", f"{FILE} has the same part twice, so that programs disagree on what it says: export it again."
        )
    seen.add(plain.casefold())


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """Raise for what unpacks to far more than an export can hold."""
    total = sum(member.file_size for member in members)
    for member in members:
        if member.file_size > BOMB_BYTES and member.file_size > BOMB_RATIO * max(member.compress_size, 1):
            raise bomb()
    if total > MOST_BYTES:
        raise bomb()


def bomb() -> FileProblem:
    """The refusal of a zip that would fill the computer's memory."""
    return FileProblem(
        "zip-bomb", f"{FILE} would unpack to far more than an export can hold: open it in Excel, save it, try again."
    )


def _check_overlap(members: list[zipfile.ZipInfo]) -> None:
    """Raise when two members share bytes: that is how a small file unpacks to a vast one."""
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise bomb()
        end = member.header_offset + member.compress_size
