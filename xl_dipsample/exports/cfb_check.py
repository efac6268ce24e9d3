"""The container of an old .xls, read as a parser reads it: every chain of sectors must end, and hold what it says.

Source: [MS-CFB] 2.2 (header), 2.3 (FAT), 2.4 (mini FAT), 2.5 (DIFAT), 2.6 (directory).
"""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass

from xl_dipsample.exports.zip_check import damaged

_END, _NO_SECTOR, _RESERVED = 0xFFFFFFFE, 0xFFFFFFFC, 0xFFFFFFFA
_ENTRY, _MINI, _IN_MINI = 128, 64, 4096
_HEADER, _SHIFTS_AT = 512, 30
_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")


@dataclass(frozen=True)
class _Entry:
    name: str
    start: int
    size: int


class Container:
    """The sectors of a file. Raises FileProblem when a chain leads out of it, or in a circle."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER:
            raise damaged()
        self._data = data
        self._size = 1 << struct.unpack_from("<H", data, _SHIFTS_AT)[0]
        self._sectors = len(data) // self._size + 1
        directory, mini_start, mini_count, more = struct.unpack_from("<I8xIII", data, 48)
        self._fat = self._read_fat(more)
        self._entries = [_entry(one, self._size) for one in _pieces(self._chain(directory, self._fat), _ENTRY)]
        if not self._entries:
            raise damaged()
        self._mini_fat, self._mini = array("I"), b""
        if mini_count:
            self._mini = self._stream(self._entries[0])
            self._mini_fat = _numbers(self._chain(mini_start, self._fat))

    def workbook(self) -> bytes | None:
        """The stream of the workbook; None when the container holds none."""
        for name in _STREAMS:
            for entry in self._entries:
                if entry.name == name:
                    return self._stream(entry, mini=entry.size < _IN_MINI)
        return None

    def _read_fat(self, more: int) -> array[int]:
        listed = array("I", struct.unpack_from("<109I", self._data, 76))
        steps = 0
        while more < _RESERVED:
            listed.extend(_numbers(self._sector(more)))
            more = listed.pop()
            steps += 1
            if steps > self._sectors:
                raise damaged()
        used = [one for one in listed if one < _NO_SECTOR]
        if len(used) > self._sectors:
            raise damaged()
        return _numbers(b"".join(map(self._sector, used)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        found = self._data[start : start + self._size]
        if not found:
            raise damaged()
        return found

    def _chain(self, sector: int, fat: array[int]) -> bytes:
        found: list[bytes] = []
        while sector != _END:
            if sector >= len(fat) or len(found) > self._sectors:
                raise damaged()
            found.append(self._sector(sector))
            sector = fat[sector]
        return b"".join(found)

    def _stream(self, entry: _Entry, *, mini: bool = False) -> bytes:
        found = self._mini_chain(entry.start) if mini else self._chain(entry.start, self._fat)
        if len(found) < entry.size:
            raise damaged()
        return found[: entry.size]

    def _mini_chain(self, sector: int) -> bytes:
        found: list[bytes] = []
        while sector != _END:
            if sector >= len(self._mini_fat) or len(found) > _IN_MINI // _MINI:
                raise damaged()
            found.append(self._mini[sector * _MINI : (sector + 1) * _MINI])
            sector = self._mini_fat[sector]
        return b"".join(found)


def _numbers(data: bytes) -> array[int]:
    return array("I", struct.unpack_from(f"<{len(data) // 4}I", data))


def _pieces(data: bytes, length: int) -> list[bytes]:
    return [data[at : at + length] for at in range(0, len(data) - length + 1, length)]


def _entry(data: bytes, sector: int) -> _Entry:
    name = data[:64].decode("utf-16-le", "replace").partition("\0")[0]
    start = struct.unpack_from("<I", data, 116)[0]
    size = struct.unpack_from("<I" if sector == _HEADER else "<Q", data, 120)[0]
    return _Entry(name, start, size)
