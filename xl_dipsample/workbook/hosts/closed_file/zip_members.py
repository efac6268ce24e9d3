"""The zip around the parts: members that nobody touched are copied as they are, compressed bytes and all.

Everything is held in memory: the file on disk is opened once, read, and closed.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.workbook.hosts.closed_file.xml import plain_dialect, without_prefix

MOST_MEMBERS = 70_000
MOST_BYTES = 2 * 1024**3  # of all members together, unpacked: more than a full sheet of text needs
LEVEL = 1  # the bytes of a long list are many and much alike: 1 is three times as fast as 6, and a fifth larger
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same input gives the same bytes
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF8_NAME = 0x800


@dataclass(frozen=True)
class Member:
    """One member: its bytes as they lie in the zip, and what its header says."""

    name: str
    raw: bytes | memoryview
    method: int
    crc: int
    size: int
    moment: tuple[int, int]  # date and time as the header has them
    external: int = 0

    def content(self) -> bytes:
        """The bytes of the part. Raises FileProblem when they are damaged."""
        return b"".join(self.chunks())

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the part, a megabyte or so at a time. Raises FileProblem when they are damaged."""
        crc, size = 0, 0
        try:
            for chunk in self._inflated():
                crc, size = zlib.crc32(chunk, crc), size + len(chunk)
                if size > self.size:
                    break
                yield chunk
        except zlib.error as error:
            raise _damaged() from error
        if crc != self.crc or size != self.size:
            raise _damaged()

    def _inflated(self) -> Iterator[bytes]:
        if self.method == zipfile.ZIP_STORED:
            yield bytes(self.raw)
            return
        machine = zlib.decompressobj(-15)
        pending: bytes | memoryview = self.raw
        while pending:
            yield machine.decompress(pending, 1 << 20)
            pending = machine.unconsumed_tail
        yield machine.flush()


def packed(name: str, content: bytes | str) -> Member:
    """A new member."""
    out = _Compressor()
    out.add(content.encode("utf-8") if isinstance(content, str) else content)
    return Member(name, out.finished(), zipfile.ZIP_DEFLATED, out.crc, out.size, _dos(_EPOCH))


def streamed(name: str, chunks: Iterable[bytes]) -> Member:
    """A new member from pieces, so that a long sheet never stands in memory as a whole."""
    out = _Compressor()
    pieces = iter(chunks)
    first, second = next(pieces, b""), next(pieces, None)
    out.add(first)
    if second is not None:
        with ThreadPoolExecutor(max_workers=1) as beside:  # zlib lets other threads run while it works
            under_way = beside.submit(out.add, second)
            for chunk in pieces:
                under_way.result()
                under_way = beside.submit(out.add, chunk)
            under_way.result()
    return Member(name, out.finished(), zipfile.ZIP_DEFLATED, out.crc, out.size, _dos(_EPOCH))


class _Compressor:
    """Compressed bytes, and what a header says of them."""

    def __init__(self) -> None:
        self._machine = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
        self._out = io.BytesIO()
        self.crc, self.size = 0, 0

    def add(self, chunk: bytes) -> None:
        self.crc, self.size = zlib.crc32(chunk, self.crc), self.size + len(chunk)
        self._out.write(self._machine.compress(chunk))

    def finished(self) -> bytes:
        self._out.write(self._machine.flush())
        return self._out.getvalue()


def ahead(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces, the next one made while the last one is looked at."""
    pieces = iter(chunks)
    with ThreadPoolExecutor(max_workers=1) as beside:
        coming = beside.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = beside.submit(next, pieces, None)
            yield piece


class Package:
    """The members of a zip by name, in order. Replacing one gives a new Package; nothing is changed in place."""

    def __init__(self, members: dict[str, Member]) -> None:
        self._members = members

    @classmethod
    def of(cls, data: bytes) -> Package:
        """Read a zip. Raises FileProblem when it is damaged or absurd."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise _damaged() from error
        names = {info.filename.casefold() for info in infos}
        absurd = len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_BYTES
        if absurd or len(names) < len(infos):
            raise _damaged()
        view = memoryview(data)
        return cls({info.filename: _member(view, info) for info in infos})

    def names(self) -> list[str]:
        """The names of all members, in their order."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def member(self, name: str) -> Member:
        """One member. Raises FileProblem when it is not there."""
        try:
            return self._members[name]
        except KeyError:
            raise _damaged() from None

    def read(self, name: str) -> bytes:
        """The bytes of one part. Raises FileProblem."""
        return self.member(name).content()

    def shared_texts(self) -> Iterator[bytes]:
        """The pieces of the part with the shared texts; none when there is no such part."""
        for name, member in self._members.items():
            if name.casefold() == "xl/sharedstrings.xml":
                yield from member.chunks()

    def text(self, name: str) -> str:
        """One XML part as text. Raises FileProblem and WorkbookProblem as `xml` does."""
        try:
            return self.xml(name).decode("utf-8")
        except UnicodeDecodeError as error:
            raise _damaged() from error

    def xml(self, name: str) -> bytes:
        """One XML part, in UTF-8 and with the spreadsheet's namespace as the default one.

        Raises FileProblem; also for a DTD, which no spreadsheet program writes. Raises WorkbookProblem for the
        strict dialect.
        """
        data = self.read(name).removeprefix(b"\xef\xbb\xbf")
        head = data[:4096]
        if head[:2] not in (b"\xff\xfe", b"\xfe\xff") and plain_dialect(head.decode("utf-8", "replace")):
            return data
        try:
            text = data.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
        except UnicodeDecodeError as error:
            raise _damaged() from error
        if "<!DOCTYPE" in text[:4096] or "<!ENTITY" in text[:4096]:
            raise _damaged()
        return without_prefix(text).encode("utf-8")

    def with_members(self, changed: Iterable[Member], removed: Iterable[str] = ()) -> Package:
        """A package in which some members are new and some are gone; the order stays."""
        members = dict(self._members)
        members.update((member.name, member) for member in changed)
        for name in removed:
            members.pop(name, None)
        return Package(members)

    def data(self) -> bytes:
        """The zip."""
        out, central = io.BytesIO(), []
        for member in self._members.values():
            name = member.name.encode("utf-8")
            flags = 0 if name.isascii() else _UTF8_NAME
            header = (20, flags, member.method, member.moment[1], member.moment[0], member.crc, len(member.raw))
            offset = out.tell()
            central.append(
                _CENTRAL.pack(b"PK\1\2", 20, *header, member.size, len(name), 0, 0, 0, 0, member.external, offset)
                + name
            )
            out.write(_LOCAL.pack(b"PK\3\4", *header, member.size, len(name), 0))
            out.write(name)
            out.write(member.raw)
        start, directory, count = out.tell(), b"".join(central), len(central)
        out.write(directory)
        out.write(_END.pack(b"PK\5\6", 0, 0, count, count, len(directory), start, 0))
        return out.getvalue()


def _member(view: memoryview, info: zipfile.ZipInfo) -> Member:
    start = info.header_offset
    head = view[start : start + _LOCAL.size]
    if len(head) < _LOCAL.size or bytes(head[:4]) != b"PK\3\4":
        raise _damaged()
    fields = _LOCAL.unpack(head)
    begin = start + _LOCAL.size + fields[9] + fields[10]
    raw = view[begin : begin + info.compress_size]
    known = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if len(raw) < info.compress_size or not known or info.flag_bits & 1:
        raise _damaged()
    return Member(
        info.filename,
        raw,
        info.compress_type,
        info.CRC,
        info.file_size,
        _dos(info.date_time),
        info.external_attr,
    )


def _dos(moment: tuple[int, int, int, int, int, int]) -> tuple[int, int]:
    year, month, day, hour, minute, second = moment
    return (year - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2


def _damaged() -> FileProblem:
    return FileProblem(
        "damaged-workbook", "The workbook is damaged. Open it in Excel, let Excel repair it, and save it again."
    )
