"""A compound file (MS-CFB, version 3) with one storage: the container of a VBA project.

The same streams give the same bytes: no time stamps, no class ids, entries in the order that the specification asks.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

_SECTOR = 512
_SMALL = 64  # a sector of the mini stream
_CUTOFF = 4096  # a shorter stream lies in the mini stream (2.2)
_FREE, _END, _FAT_SECTOR, _NO_STREAM = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_IN_HEADER = 109  # sectors of the FAT that the header itself can name


@dataclass
class _Entry:
    """A directory entry (2.6.1); `left`, `right` and `child` are numbers of other entries."""

    name: str
    kind: int
    data: bytes = b""
    colour: int = _BLACK
    left: int = _NO_STREAM
    right: int = _NO_STREAM
    child: int = _NO_STREAM
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16sIQQIQ", name, len(name) + 2, self.kind, self.colour, self.left, self.right, self.child,
            b"", 0, 0, 0, self.start, self.size,
        )  # fmt: skip


@dataclass
class _Sectors:
    """Sectors of one size and the chain that joins them."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    chain: list[int] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        """Append `content`; the number of its first sector."""
        if not content:
            return _END
        first, count = len(self.chain), -(-len(content) // self.size)
        self.data += content.ljust(count * self.size, b"\0")
        self.chain += [*range(first + 1, first + count), _END]
        return first


def compound_file(streams: Mapping[str, bytes], storage: str, inside: Mapping[str, bytes]) -> bytes:
    """The bytes of a compound file that holds `streams` and, in the storage of that name, the streams `inside`.

    >>> compound_file({"PROJECT": b""}, "VBA", {"dir": b""})[:8].hex()
    'd0cf11e0a1b11ae1'
    """
    entries = [_Entry("Root Entry", _ROOT)]
    top = [_Entry(name, _STREAM, data) for name, data in streams.items()] + [_Entry(storage, _STORAGE)]
    entries[0].child = _add_tree(entries, top)
    holder = next(entry for entry in entries if entry.kind == _STORAGE)
    holder.child = _add_tree(entries, [_Entry(name, _STREAM, data) for name, data in inside.items()])
    sectors = _Sectors(_SECTOR)
    first_of_small_chain, small_chain_sectors = _place(entries, sectors)
    directory = b"".join(entry.packed() for entry in entries)
    unused = struct.pack("<68xIII48x", *[_NO_STREAM] * 3)
    first_of_directory = sectors.add(directory + unused * (-len(entries) % 4))
    fat = _add_fat(sectors)
    return _header(fat, first_of_directory, first_of_small_chain, small_chain_sectors) + bytes(sectors.data)


def _add_tree(entries: list[_Entry], siblings: list[_Entry]) -> int:
    """Append the siblings as a red-black tree (2.6.4), shorter names first; the number of its root."""
    ordered = sorted(siblings, key=lambda entry: (len(entry.name), entry.name.upper()))
    first = len(entries)
    entries += ordered
    deepest = len(ordered).bit_length() - 1

    def join(low: int, high: int, depth: int) -> int:
        if low >= high:
            return _NO_STREAM
        middle = (low + high) // 2
        # The last level alone is red: so every way down passes equally many black entries.
        ordered[middle].colour = _RED if depth == deepest and depth else _BLACK
        ordered[middle].left = join(low, middle, depth + 1)
        ordered[middle].right = join(middle + 1, high, depth + 1)
        return first + middle

    return join(0, len(ordered), 0)


def _place(entries: list[_Entry], sectors: _Sectors) -> tuple[int, int]:
    """Put every stream into sectors; where the chain of the mini stream begins, and how many sectors it has."""
    small = _Sectors(_SMALL)
    for entry in entries:
        if entry.kind == _STREAM:
            entry.size = len(entry.data)
            entry.start = (small if entry.size < _CUTOFF else sectors).add(entry.data)
    entries[0].size = len(small.data)
    entries[0].start = sectors.add(bytes(small.data))
    chain = _numbers(small.chain)
    return sectors.add(chain), len(chain) // _SECTOR


def _numbers(chain: list[int]) -> bytes:
    """A chain as whole sectors of numbers, the rest marked as free."""
    padded = chain + [_FREE] * (-len(chain) % (_SECTOR // 4))
    return struct.pack(f"<{len(padded)}I", *padded)


def _add_fat(sectors: _Sectors) -> list[int]:
    """Append the FAT (2.3), which lists its own sectors too; the numbers of those."""
    count = 1
    while len(sectors.chain) + count > count * (_SECTOR // 4):
        count += 1
    if count > _IN_HEADER:
        raise ValueError("The VBA project is too large for a compound file without a second list of sectors")
    first = len(sectors.chain)
    sectors.chain += [_FAT_SECTOR] * count
    sectors.data += _numbers(sectors.chain)
    return list(range(first, first + count))


def _header(fat: list[int], directory: int, small_chain: int, small_chain_sectors: int) -> bytes:
    """The header (2.2)."""
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, len(fat), directory, 0, _CUTOFF, small_chain, small_chain_sectors, _END, 0,
    )  # fmt: skip
    return head + struct.pack(f"<{_IN_HEADER}I", *fat, *[_FREE] * (_IN_HEADER - len(fat)))
