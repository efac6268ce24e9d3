"""The compression of VBA source text, as MS-OVBA section 2.4.1 describes it."""

from __future__ import annotations

from collections import defaultdict

_CHUNK = 4096
_SIGNATURE = 0x01
_LARGEST_FLAGGED = 8


def compress(data: bytes) -> bytes:
    """`data` as a CompressedContainer: a signature byte, then one chunk for every 4096 bytes."""
    chunks = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    return bytes([_SIGNATURE]) + b"".join(_chunk(chunk) for chunk in chunks)


def _chunk(data: bytes) -> bytes:
    """One chunk with its header (2.4.1.1.5): its size less 3, the bits 011, and whether it is compressed."""
    tokens = _tokens(data)
    if len(tokens) < _CHUNK:
        return (0xB000 | (len(tokens) - 1)).to_bytes(2, "little") + tokens
    return (0x3000 | (_CHUNK - 1)).to_bytes(2, "little") + data.ljust(_CHUNK, b"\0")


def _tokens(data: bytes) -> bytes:
    """Token sequences (2.4.1.1.7): a byte of flags, then up to eight tokens: a byte, or a copy of earlier text."""
    out = bytearray()
    earlier: defaultdict[bytes, list[int]] = defaultdict(list)
    position = 0
    while position < len(data):
        flags, body = 0, bytearray()
        for bit in range(_LARGEST_FLAGGED):
            if position >= len(data):
                break
            length, offset = _longest(data, position, earlier)
            if length:
                flags |= 1 << bit
                body += _copy_token(position, length, offset)
            else:
                body.append(data[position])
            for passed in range(position, position + max(length, 1)):
                earlier[data[passed : passed + 3]].append(passed)
            position += max(length, 1)
        out.append(flags)
        out += body
    return bytes(out)


def _longest(data: bytes, position: int, earlier: dict[bytes, list[int]]) -> tuple[int, int]:
    """The longest earlier text like the one at `position`: its length and distance, (0, 0) when there is none."""
    most = min(len(data) - position, (0xFFFF >> _offset_bits(position)) + 3)
    best, at = 0, 0
    for candidate in reversed(earlier.get(data[position : position + 3], ())):
        length = 0
        while length < most and data[candidate + length] == data[position + length]:
            length += 1
        if length > best:
            best, at = length, candidate
    return (best, position - at) if best >= 3 else (0, 0)


def _offset_bits(position: int) -> int:
    """How many bits of a copy token hold the distance (2.4.1.3.19.1): at least 4, more as the chunk goes on."""
    return max((position - 1).bit_length(), 4)


def _copy_token(position: int, length: int, offset: int) -> bytes:
    return ((offset - 1) << (16 - _offset_bits(position)) | (length - 3)).to_bytes(2, "little")
