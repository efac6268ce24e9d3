"""A .csv as rows of text: every cell as written, leading zeros, formulas and DDE included; they stay text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from xl_dipsample.domain.shared.errors import FILE, FileProblem
from xl_dipsample.exports import room

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES, _SAMPLE_CHARACTERS = 200, 2**20
_LONGEST_NOTE = 20  # lines of one record: more stand in a quote that is never closed
_NO_LIMIT = 2**31 - 1
_MOST_RESCANS = 20  # how many times the whole file may be looked at again for unclosed quotes
_SEP_LINE = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n|\r|\n)?', re.IGNORECASE)
# Windows leaves five bytes of cp1252 undefined; they stay the control characters that they are in Latin-1.
_CP1252 = {
    number: bytes([number]).decode("cp1252")
    for number in range(0x80, 0xA0)
    if number not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


@dataclass
class CsvRows:
    """`rows`: one list per record, blank ones included, all of one width. Numbers in the notes count records from 1."""

    rows: list[list[object]]
    delimiter: str
    unclosed: list[int] = field(default_factory=list)  # records with a quote that is never closed
    mixed: list[int] = field(default_factory=list)  # records written with another separator
    ragged: list[int] = field(default_factory=list)  # records with more or fewer cells than most


def read_csv(raw: bytes) -> CsvRows:
    r"""The records of a .csv.

    UTF-8 with or without BOM, UTF-16 with BOM, otherwise Windows' cp1252; comma, semicolon, tab or bar.
    Raises FileProblem: NUL characters, UTF-16 that is cut short, more lines, rows, columns or cells than are read.

    >>> read_csv(b"ID;Name\r\n0012;=1+1\r\n").rows
    [['ID', 'Name'], ['0012', '=1+1']]
    """
    lines, encoding = _lines(raw)
    sep = _SEP_LINE.fullmatch(lines[0]) if lines else None
    if sep:
        del lines[0]
    before = csv.field_size_limit(_NO_LIMIT)
    try:
        lines = _unwrapped(lines)
        delimiter = sep.group(1) if sep else _delimiter_of(_sample(lines))
        if raw.count(delimiter.encode(encoding, "replace")) > room.MOST_CELLS:
            raise room.too_many_cells()
        records, unclosed = _records(lines, delimiter)
    finally:
        csv.field_size_limit(before)
    return _judged(records, unclosed, delimiter)


def _lines(raw: bytes) -> tuple[list[str], str]:
    """The physical lines, their ends kept, and the encoding: CR LF, LF or CR, nothing else ends a line."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not raw.startswith(codecs.BOM_UTF32_LE):
        encoding = "utf-16-le" if raw.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        _check_lines(raw, encoding)
        try:
            lines = _split(raw, "utf-16")
        except UnicodeError as error:
            raise FileProblem("csv-cut", f"{FILE} is damaged or was cut short: export or copy it again.") from error
    else:
        encoding = "utf-8"
        _check_lines(raw, encoding)
        try:
            lines = _split(raw, "utf-8-sig")
        except UnicodeError:
            lines = [line.translate(_CP1252) for line in _split(raw, "latin-1")]
    if any("\0" in line for line in lines):
        raise FileProblem(
            "csv-nul", f"{FILE} holds characters that no text has (NUL): export it again, as .xlsx if you can."
        )
    longest = max(map(len, lines), default=0)
    if longest > room.LONGEST_LINE:
        at = next(n for n, line in enumerate(lines, 1) if len(line) == longest)
        raise FileProblem(
            "long-line",
            f"{FILE} has more than {room.LONGEST_LINE:,} characters in one line (line {at:,}), "
            "which no list has: export it again, as .xlsx if you can.",
        )
    return lines, encoding


def _check_lines(raw: bytes, encoding: str) -> None:
    """Raise FileProblem before so many lines stand in memory one by one."""
    feed, back = "\n".encode(encoding), "\r".encode(encoding)
    if raw.count(feed) + raw.count(back) - raw.count(back + feed) > room.MOST_LINES:
        raise room.too_many_rows(f"more than {room.MOST_LINES:,} lines")


def _split(raw: bytes, encoding: str) -> list[str]:
    return io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, newline="").readlines()


def _unwrapped(lines: list[str]) -> list[str]:
    """The lines without the quotes around each whole line, which a second saving puts there; as they are otherwise."""
    sample = [line.strip() for line in _sample(lines) if line.strip()]
    if len(sample) < 2 or not all(len(line) > 1 and line[0] == line[-1] == '"' for line in sample):
        return lines
    inner = [_one_cell(line) for line in sample]
    whole = [line for line in inner if line is not None]
    if len(whole) < len(inner) or not any(_widths(whole, delimiter) for delimiter in DELIMITERS):
        return lines
    return [line if (cell := _one_cell(line.strip())) is None else f"{cell}\r\n" for line in lines]


def _one_cell(line: str) -> str | None:
    """What a line holds that is one quoted cell by every separator; None for another line."""
    inner = line[1:-1]
    quoted = len(line) > 1 and line[0] == line[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if quoted else None


def _widths(lines: list[str], delimiter: str) -> bool:
    """Whether every line falls into the same number of cells, and more than one."""
    widths = {len(row) for row in csv.reader(lines, delimiter=delimiter)}
    return len(widths) == 1 and widths.pop() > 1


def _sample(lines: list[str]) -> list[str]:
    """The first lines, and no more of them than tell the separator."""
    found: list[str] = []
    length = 0
    for line in lines[:_SAMPLE_LINES]:
        length += len(line)
        if found and length > _SAMPLE_CHARACTERS:
            break
        found.append(line[:_SAMPLE_CHARACTERS])
    return found


def _delimiter_of(lines: list[str]) -> str:
    """The separator by which most lines are records of one width; the one that makes more cells wins a tie.

    A record counts with every line that its quoted cells go over: what a note says is no record of its own.
    """
    best, found = (0, 0), ","
    for delimiter in DELIMITERS:
        counted: Counter[int] = Counter()
        reader, before = csv.reader(lines, delimiter=delimiter), 0
        for row in reader:
            counted[len(row)] += min(reader.line_num - before, _LONGEST_NOTE) * (len(row) > 1)
            before = reader.line_num
        width, count = max(counted.items(), key=lambda one: one[1], default=(0, 0))
        if (count, width) > best:
            best, found = (count, width), delimiter
    return found


def _records(lines: list[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Every record, and the numbers of those with an unclosed quote.

    A quote that is never closed would swallow the rest of the file: its line is read without quotes instead.
    """
    records: list[list[str]] = []
    unclosed: list[int] = []
    start = looked_at = 0
    while start < len(lines):
        done, read, whole = _read_strictly(lines, start, delimiter, records)
        if whole:
            break
        bad = start + done
        looked_at += read - done
        if read - done == 1 and not _is_open(lines[bad], delimiter):
            _take(next(csv.reader([lines[bad]], delimiter=delimiter), []), records)
        else:
            _take(next(csv.reader([lines[bad]], delimiter=delimiter, quoting=csv.QUOTE_NONE), []), records)
            unclosed.append(len(records))
        start = bad + 1
        if looked_at > _MOST_RESCANS * len(lines):
            for record in csv.reader(_from(lines, start), delimiter=delimiter, quoting=csv.QUOTE_NONE):
                _take(record, records)
            break
    return records, unclosed


def _take(record: list[str], records: list[list[str]]) -> None:
    """One record more. Raises FileProblem as soon as there are more than the long list can hold."""
    if len(record) > room.MOST_COLUMNS:
        raise room.too_many_columns(len(record))
    if len(records) >= room.MOST_ROWS:
        raise room.too_many_rows("more records")
    records.append(record)


def _read_strictly(lines: list[str], start: int, delimiter: str, records: list[list[str]]) -> tuple[int, int, bool]:
    """Add records up to the first broken one: lines that are done, lines that were read, whether nothing was broken."""
    reader = csv.reader(_from(lines, start), delimiter=delimiter, strict=True)
    done = 0
    try:
        for record in reader:
            _take(record, records)
            done = reader.line_num
    except csv.Error:
        return done, reader.line_num, False
    return done, reader.line_num, True


def _from(lines: list[str], start: int) -> Iterator[str]:
    return map(lines.__getitem__, range(start, len(lines)))


def _is_open(line: str, delimiter: str) -> bool:
    """Whether a quote is still open at the end of a single line."""
    sentinel = "\x1e"
    rows = list(csv.reader([line.rstrip("\r\n") + "\n", sentinel], delimiter=delimiter))
    return not rows or rows[-1] != [sentinel]


def _judged(records: list[list[str]], unclosed: list[int], delimiter: str) -> CsvRows:
    """Point out records that do not fit; titles above the list and single words below it are not meant."""
    full = Counter(len(record) for record in records if len(record) > 1)
    usual = full.most_common(1)[0][0] if full else 1
    first = next((n for n, record in enumerate(records) if len(record) == usual), 0)
    mixed, ragged = [], []
    for number, record in enumerate(records[first:], first + 1):
        if len(record) == usual:
            continue
        if _other_separator(record, delimiter, usual):
            mixed.append(number)
        elif _does_not_fit(record, usual):
            ragged.append(number)
    width = max(map(len, records), default=0)
    if width * len(records) > room.MOST_CELLS:  # every record is made as wide as the widest
        widest = next(n for n, record in enumerate(records, 1) if len(record) == width)
        raise room.too_many_cells(f" ({len(records):,} records; record {widest:,} has {width:,} cells)")
    for record in records:
        if len(record) < width:
            record.extend([""] * (width - len(record)))
    rows = cast("list[list[object]]", records)
    return CsvRows(rows, delimiter, unclosed, mixed, [n for n in ragged if n not in set(unclosed)])


def _other_separator(record: list[str], delimiter: str, usual: int) -> bool:
    """Whether a record falls into more than one cell with another separator, and into too few with this one."""
    if usual < 2 or len(record) >= usual:
        return False
    return any(
        cell.count(other) >= max(1, usual - len(record))
        for cell in record
        for other in DELIMITERS
        if other != delimiter
    )


def _does_not_fit(record: list[str], usual: int) -> bool:
    filled = sum(1 for cell in record if cell.strip())
    if len(record) < usual:
        return filled > 1
    return any(cell.strip() for cell in record[usual:])
