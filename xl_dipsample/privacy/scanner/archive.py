"""The zip around a workbook, read byte by byte: every byte must belong to a member, and every member must agree.

Source: PKWARE's APPNOTE.TXT 6.3 (local header 4.3.7, central directory 4.3.12, end record 4.3.16).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_END_SIZE, _CENTRAL_SIZE, _LOCAL_SIZE = 22, 46, 30
_STORED, _DEFLATED = 0, 8
_UTF8 = 0x800
_SPEED = 0x6  # how hard the writer tried: says nothing
LARGEST = 256 * 2**20  # bytes that all parts together may have, unpacked


@dataclass
class Archive:
    """The members of a zip, unpacked, and what is wrong with it: pairs of (member's number or 0, rule)."""

    members: list[tuple[str, bytes]] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Entry:
    """One line of the central directory."""

    name: bytes
    flags: int
    method: int
    stamp: bytes
    crc: int
    packed: int
    size: int
    extra: bytes
    comment: bytes
    disk: int
    start: int


def read(data: bytes) -> Archive:
    """Every member of a zip. Never raises: what cannot be read is wrong.

    >>> read(b"no zip").wrong
    [(0, 'zip-damaged')]
    """
    found = Archive()
    end = data.rfind(_END)
    if end < 0 or end + _END_SIZE > len(data):
        found.wrong.append((0, "zip-damaged"))
        return found
    disk, first_disk, here, total, length, start, comment = struct.unpack_from("<4H2LH", data, end + 4)
    if comment:
        found.wrong.append((0, "zip-comment"))
    if end + _END_SIZE + comment != len(data):
        found.wrong.append((0, "bytes-after-end"))
    if disk or first_disk or here != total or start + length > end:
        found.wrong.append((0, "zip-damaged"))
        return found
    if start + length != end:
        found.wrong.append((0, "bytes-between"))
    try:
        entries = list(_entries(data[start : start + length], total))
    except (ValueError, struct.error):
        found.wrong.append((0, "zip-damaged"))
        return found
    _read_members(found, data[:start], entries)
    return found


def _entries(directory: bytes, total: int) -> Iterator[_Entry]:
    at = 0
    for _ in range(total):
        if directory[at : at + 4] != _CENTRAL:
            raise ValueError
        made = struct.unpack_from("<6H3L5H2L", directory, at + 4)
        _, _, flags, method, _, _, crc, packed, size, name, extra, comment, disk, _, _, start = made
        begin = at + _CENTRAL_SIZE
        ends = begin + name, begin + name + extra, begin + name + extra + comment
        if ends[2] > len(directory):
            raise ValueError
        yield _Entry(
            directory[begin : ends[0]],
            flags,
            method,
            directory[at + 12 : at + 16],
            crc,
            packed,
            size,
            directory[ends[0] : ends[1]],
            directory[ends[1] : ends[2]],
            disk,
            start,
        )
        at = ends[2]
    if at != len(directory):
        raise ValueError


def _read_members(found: Archive, body: bytes, entries: list[_Entry]) -> None:
    """Unpack all members; they must fill the file without gap or overlap, each name once."""
    room, reached = LARGEST, 0
    names: set[str] = set()
    order = {entry: number for number, entry in enumerate(entries, 1)}
    for entry in sorted(entries, key=lambda one: one.start):
        number = order[entry]
        found.wrong += [(number, rule) for rule in _wrong_with(entry)]
        try:
            begin = _after_local_header(body, entry, number, found)
            packed = body[begin : begin + entry.packed]
            if len(packed) != entry.packed or entry.size > room:
                raise ValueError
            unpacked = _unpacked(entry, packed, number, found)
        except (ValueError, zlib.error, struct.error):
            found.wrong.append((number, "zip-damaged"))
            continue
        if entry.start != reached:
            found.wrong.append((number, "bytes-between"))
        reached, room = begin + entry.packed, room - entry.size
        name = entry.name.decode("utf-8" if entry.flags & _UTF8 else "cp437", "replace")
        if name.casefold() in names:
            found.wrong.append((number, "member-twice"))
        names.add(name.casefold())
        found.members.append((name, unpacked))
    if reached != len(body):
        found.wrong.append((0, "bytes-between"))


def _wrong_with(entry: _Entry) -> Iterator[str]:
    if entry.extra:
        yield "extra-field"
    if entry.comment:
        yield "member-comment"
    if entry.disk or entry.flags & ~(_UTF8 | _SPEED) or entry.method not in (_STORED, _DEFLATED):
        yield "zip-damaged"


def _after_local_header(body: bytes, entry: _Entry, number: int, found: Archive) -> int:
    """Where a member's bytes begin. Its own header must say what the directory says."""
    if body[entry.start : entry.start + 4] != _LOCAL:
        raise ValueError
    _, flags, method = struct.unpack_from("<3H", body, entry.start + 4)
    stamp = body[entry.start + 10 : entry.start + 14]
    crc, packed, size, name_length, extra = struct.unpack_from("<3L2H", body, entry.start + 14)
    begin: int = entry.start + _LOCAL_SIZE
    name = body[begin : begin + name_length]
    if extra:
        found.wrong.append((number, "extra-field"))
    if (name, flags, method, stamp, crc, packed, size) != (
        entry.name,
        entry.flags,
        entry.method,
        entry.stamp,
        entry.crc,
        entry.packed,
        entry.size,
    ):
        found.wrong.append((number, "headers-differ"))
    return begin + int(name_length) + int(extra)


def _unpacked(entry: _Entry, packed: bytes, number: int, found: Archive) -> bytes:
    if entry.method == _STORED:
        data = packed
    else:
        reader = zlib.decompressobj(-15)
        data = reader.decompress(packed, entry.size + 1)
        if reader.unused_data or not reader.eof:
            found.wrong.append((number, "bytes-between"))
    if len(data) != entry.size or zlib.crc32(data) != entry.crc:
        raise ValueError
    return data
