"""The parts of a zip, read by need and without faith in it: for files that merely lie somewhere, thousands of them.

What is imported goes through `preflight` and `zip_check` instead. Source: PKWARE APPNOTE 6.3.10.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

SMALL = 128 * 1024  # bytes: read at once
_TAIL = 22 + 65_535
_END, _ENTRY, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_MEMBER = struct.Struct("<4s4xHH8xIIHHH8xI")
_PIECE = 64 * 1024
_LONGEST_DIRECTORY = 4_000_000
_STORED, _DEFLATED = 0, 8


class ZipParts:
    """The members of one zip by name. `names`: as written there. Closed with the file that was given."""

    def __init__(self, file: BinaryIO, beginning: bytes = b"") -> None:
        """`beginning`: the first bytes, where they were read already; when they are fewer than SMALL, all of it.

        Raises ValueError when the file is no zip, or one whose table of contents cannot be followed; OSError.
        """
        self._file = file
        if beginning and len(beginning) < SMALL:
            tail, size = beginning, len(beginning)
        else:
            size = os.fstat(file.fileno()).st_size
            tail = self._at(max(0, size - max(SMALL, _TAIL)), max(SMALL, _TAIL))
        self._whole = tail if size <= len(tail) else b""
        end = tail.rfind(_END)
        if end < 0 or len(tail) - end < 22:
            raise ValueError("no end record")
        count, length, start = struct.unpack_from("<HII", tail, end + 10)
        end += size - len(tail)
        if start == 0xFFFFFFFF or count == 0xFFFF or length > min(end, _LONGEST_DIRECTORY):
            raise ValueError("a table of contents that is too large")
        self._shift = end - length - start  # of what stands before the zip
        self._members = self._listed(self._slice(end - length, length), count)

    @property
    def names(self) -> list[str]:
        """The members' names."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def pieces(self, name: str, size: int = _PIECE * 4) -> Iterator[bytes]:
        """A member, unpacked in pieces of at most `size` bytes. Raises ValueError, KeyError, OSError."""
        method, packed, offset = self._members[name]
        head = self._slice(offset, 30)
        if head[:4] != _LOCAL or len(head) < 30:
            raise ValueError("no member there")
        at = offset + 30 + sum(struct.unpack_from("<HH", head, 26))
        if method == _STORED:
            for done in range(0, packed, _PIECE):
                yield self._slice(at + done, min(_PIECE, packed - done))
            return
        if method != _DEFLATED:
            raise ValueError("packed in a way that nobody uses")
        unpack = zlib.decompressobj(-15)
        for done in range(0, packed, _PIECE):
            rest = self._slice(at + done, min(_PIECE, packed - done))
            while rest:
                try:
                    piece = unpack.decompress(rest, size)
                except zlib.error as error:
                    raise ValueError("damaged") from error
                if piece:
                    yield piece
                rest = unpack.unconsumed_tail

    def read(self, name: str, most: int) -> bytes:
        """The first `most` bytes of a member, or a little more. Raises as `pieces`."""
        found: list[bytes] = []
        length = 0
        for piece in self.pieces(name):
            found.append(piece)
            length += len(piece)
            if length >= most:
                break
        return found[0] if len(found) == 1 else b"".join(found)

    def _listed(self, directory: bytes, count: int) -> dict[str, tuple[int, int, int]]:
        members: dict[str, tuple[int, int, int]] = {}
        at, unpack, fixed, shift = 0, _MEMBER.unpack_from, _MEMBER.size, self._shift
        try:
            for _ in range(count):
                mark, flags, method, packed, _size, name, extra, comment, offset = unpack(directory, at)
                if mark != _ENTRY or flags & 1:
                    raise ValueError("no member, or one with a password")
                start = at + fixed
                at = start + name
                members[directory[start:at].decode("utf-8", "replace")] = (method, packed, offset + shift)
                at += extra + comment
        except struct.error as error:
            raise ValueError("a table of contents that is cut short") from error
        return members

    def _slice(self, at: int, length: int) -> bytes:
        return self._whole[at : at + length] if self._whole else self._at(at, length)

    def _at(self, at: int, length: int) -> bytes:
        self._file.seek(at)
        return self._file.read(length)
