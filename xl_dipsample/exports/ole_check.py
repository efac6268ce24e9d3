"""Is an old .xls what it says it is? Also tells an encrypted .xlsx, which lies in the same kind of container.

Sources: [MS-CFB] (the container), [MS-XLS] 2.4.28 BoundSheet8, 2.4.117 FilePass, 2.4.271 SupBook.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile  # type: ignore[import-untyped]

from xl_dipsample.domain.shared.errors import FILE, FileProblem
from xl_dipsample.exports import locked_files
from xl_dipsample.exports.cfb_check import Container
from xl_dipsample.exports.xls_sheets import check_sheets
from xl_dipsample.exports.xml_check import dde, links, old_macros
from xl_dipsample.exports.zip_check import damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _SUPBOOK = 0x0809, 0x000A, 0x002F, 0x0085, 0x01AE
_DIMENSIONS, _MULTIPLE = 0x0200, 0x00BD
_CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x0006, 0x0406, 0x027E, 0x00FD, 0x00D6, _MULTIPLE})
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256  # of the old format; a parser takes a file's word for how much room it needs
_MACRO_SHEET = 1
_HEADER, _SHIFTS_AT, _SHIFTS, _MINI_SHIFT = 512, 30, (9, 12), 6  # [MS-CFB] 2.2
_OWN_BOOK, _ADD_INS = 0x0401, 0x3A01  # a SupBook that stands for the workbook itself, or for add-in functions
_SAME_SHEET = b"\x00\x01\x00\x00"
_DDE_MARK = b"\x03"  # parts the program from the topic


def check_ole(path: Path) -> None:
    """Look at an OLE file that calls itself .xls.

    Raises FileProblem: password, damaged, no workbook inside, Excel 4 macros, links, DDE.
    """
    if not _has_usual_sectors(path):
        raise damaged()
    try:
        data = Container(path.read_bytes()).workbook()
        if data is None:
            raise FileProblem("not-a-workbook", f"{FILE} is an Office file but no workbook: choose the export itself.")
        _check_records(data)
        check_sheets(data)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise damaged() from error


def check_locks(path: Path) -> None:
    """Raise FileProblem when an OLE file is a workbook that a password, a label or rights encrypt.

    An old .xls with rights holds a workbook too: one sheet that says who may open it.
    """
    if not _has_usual_sectors(path):
        return
    try:
        with olefile.OleFileIO(str(path)) as container:
            names = {name for place in container.listdir(streams=True, storages=True) for name in place}
    except (OSError, ValueError, IndexError, struct.error, TypeError, AttributeError, RecursionError):
        return
    refusal = locked_files.in_names(names)
    if refusal is not None:
        raise refusal


def _has_usual_sectors(path: Path) -> bool:
    """Whether the container's header says 512 or 4,096 bytes a sector: readers take its word and ask for that much."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if len(header) < _HEADER:
        return False
    shift, mini_shift = struct.unpack_from("<HH", header, _SHIFTS_AT)
    return shift in _SHIFTS and mini_shift == _MINI_SHIFT


def _check_records(data: bytes) -> None:
    """Walk over the records of the workbook itself, and of its sheets after that."""
    if len(data) < 4 or struct.unpack_from("<H", data)[0] != _BOF:
        raise damaged()
    in_book = True
    for kind, at, length in _records(data):
        if kind in _CELLS:
            _check_cell(data, kind, at, length)
        elif kind == _DIMENSIONS:
            _check_dimensions(data[at : at + length])
        elif in_book:
            _check_book_record(kind, data[at : at + length])
            in_book = kind != _EOF


def _check_book_record(kind: int, body: bytes) -> None:
    if kind == _FILEPASS:
        raise locked_files.password()
    if kind == _BOUNDSHEET and len(body) > 5 and body[5] & 0x0F == _MACRO_SHEET:
        raise old_macros()
    if kind == _SUPBOOK:
        _check_book(body)


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Every record: its kind, where its content begins, and how long that is. Behind the last is blank padding."""
    at, head, end = 0, struct.Struct("<HH"), len(data)
    while at + 4 <= end:
        kind, length = head.unpack_from(data, at)
        if not kind:
            if data[at:].strip(b"\x00"):  # a parser would go on here, and take what it finds for sizes
                raise damaged()
            return
        at += 4
        if at + length > end:
            raise damaged()
        yield kind, at, length
        at += length


def _check_cell(data: bytes, kind: int, at: int, length: int) -> None:
    """Raise for a cell in a column that the old format does not have."""
    last = at + length - 2 if kind == _MULTIPLE else at + 2  # a row of numbers ends with its last column
    if length < 6 or struct.unpack_from("<H", data, last)[0] >= _MOST_COLUMNS:
        raise damaged()


def _check_dimensions(body: bytes) -> None:
    """Raise for a sheet that says to be larger than the old format allows; BIFF8 has rows of 32 bits, BIFF5 of 16."""
    if len(body) not in (10, 14):
        raise damaged()
    first_row, last_row, first, last = struct.unpack_from("<IIHH" if len(body) == 14 else "<HHHH", body)
    if not (first_row <= last_row <= _MOST_ROWS and first <= last <= _MOST_COLUMNS):
        raise damaged()


def _check_book(body: bytes) -> None:
    if len(body) == 4 and struct.unpack_from("<H", body, 2)[0] in (_OWN_BOOK, _ADD_INS):
        return
    if body == _SAME_SHEET:
        return
    if _DDE_MARK in body[4:]:
        raise dde()
    raise links()
