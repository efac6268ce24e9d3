"""Ways to spoil or arm a file, whatever it is. Each takes the good file's bytes; all that is in them is synthetic."""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from functools import cache

from tests import bad_files, labels
from tests.reference.writers import compound_file
from xl_dipsample.workbook.build.build import build

Spoil = Callable[[bytes], bytes]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
PLACELESS = b'<row r="1048576">' + b"<c/>" * 16_000 + b"<c><v>1</v></c></row>"
ERRORS = b'<row r="900">' + b'<c r="A900" t="e"><f>' * 50_000 + b"</row>"
_HALF_TAGS = b"<row <c <sheet <table <tableColumn <definedName <si <v " * 20_000
_CONTROL = "\x1b[2J\x07\u202e\u200b\ufeff\x85"


@cache
def stand_in() -> bytes:
    """A workbook of ours, where the file that is to be spoilt is no zip."""
    return build("working", {}, {"sample_id": "S-1"})


def parts_of(data: bytes) -> dict[str, bytes]:
    """The members of a zip; of a stand-in where the bytes are no zip."""
    return bad_files.members(data if data.startswith(b"PK") else stand_in())


def _sheets(parts: dict[str, bytes]) -> list[str]:
    return sorted(one for one in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", one))


def _largest(parts: dict[str, bytes], begin: str) -> str:
    return max((one for one in parts if one.startswith(begin)), key=lambda one: len(parts[one]))


def _in_each(begin: str, old: bytes, new: bytes) -> Spoil:
    """Every part whose name begins so has `new` in the place of `old`, once."""

    def spoil(data: bytes) -> bytes:
        parts = parts_of(data)
        for name in parts:
            if name.startswith(begin) and name.endswith((".xml", ".rels")):
                parts[name] = parts[name].replace(old, new, 1)
        return bad_files.packed(parts)

    return spoil


def _in_sheets(more: bytes) -> Spoil:
    return _in_each("xl/worksheets/sheet", b"</sheetData>", more + b"</sheetData>")


def _in_book(more: bytes) -> Spoil:
    return _in_each("xl/workbook.xml", b"</definedNames>", more + b"</definedNames>")


def _pattern(begin: str, old: bytes, new: bytes) -> Spoil:
    """Every part whose name begins so has `new` where the pattern stands."""

    def spoil(data: bytes) -> bytes:
        parts = parts_of(data)
        for name in parts:
            if name.startswith(begin) and name.endswith((".xml", ".rels")):
                parts[name] = re.sub(old, new, parts[name])
        return bad_files.packed(parts)

    return spoil


def _with(name: str, content: bytes) -> Spoil:
    return lambda data: bad_files.packed({**parts_of(data), name: content})


def _only(content: bytes) -> Spoil:
    return lambda _: content


def table_at(reference: bytes) -> Spoil:
    """The largest table says that it lies elsewhere."""

    def spoil(data: bytes) -> bytes:
        parts = parts_of(data)
        if not any(one.startswith("xl/tables/") for one in parts):
            parts = parts_of(stand_in())
        name = _largest(parts, "xl/tables/")
        parts[name] = re.sub(rb'(<table [^>]*\bref=")[^"]*', rb"\g<1>" + reference, parts[name], count=1)
        return bad_files.packed(parts)

    return spoil


def tables_to_the_last_row(data: bytes) -> bytes:
    """Every table goes on to Excel's last row, over all its columns."""
    return _pattern("xl/tables/", rb'(<table [^>]*\bref="[A-Z]+\d+:[A-Z]+)\d+', rb"\g<1>1048576")(data)


def without(name: str) -> Spoil:
    """One part is gone."""
    return lambda data: bad_files.packed({one: part for one, part in parts_of(data).items() if one != name})


def _twice(data: bytes) -> bytes:
    made = io.BytesIO(bad_files.packed(parts_of(data)))
    with warnings.catch_warnings(), zipfile.ZipFile(made, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("XL/workbook.xml", b"<workbook/>")
    return made.getvalue()


def _bomb(data: bytes) -> bytes:
    made = io.BytesIO(bad_files.packed(parts_of(data)))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/a.bin", "w") as file:
        for _ in range(30):
            file.write(bytes(2**20))
    return made.getvalue()


def _noise(megabytes: int) -> bytes:
    """Text that deflate makes ten times smaller, not three hundred times."""
    block = "".join(random.Random(7).choices("abcdefghij \n", k=9_000)).encode()
    return block * (megabytes * 2**20 // len(block))


def _shared_texts(inside: bytes) -> Spoil:
    head = (
        b'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    )

    def spoil(data: bytes) -> bytes:
        parts = parts_of(data)
        for name in _sheets(parts):
            row = b'<row r="900000"><c r="A900000" t="s"><v>0</v></c></row></sheetData>'
            parts[name] = parts[name].replace(b"</sheetData>", row)
        return bad_files.packed({**parts, "xl/sharedStrings.xml": head + inside + b"</sst>"})

    return spoil


def _huge_text(data: bytes) -> bytes:
    return _shared_texts(b"<si><t>" + _noise(60) + b"</t></si>")(data)


def _many_texts(data: bytes) -> bytes:
    dice = random.Random(3)
    some = b"".join(b"<si><t>%d</t></si>" % dice.randrange(10**9) for _ in range(20_000))
    return _shared_texts(some * 100)(data)


def _deep(name: str) -> Spoil:
    def spoil(data: bytes) -> bytes:
        parts = parts_of(data)
        found = name if name in parts else _largest(parts, name)
        end = parts[found].rfind(b"</")
        parts[found] = parts[found][:end] + b"<a>" * 300_000 + b"</a>" * 300_000 + parts[found][end:]
        return bad_files.packed(parts)

    return spoil


def _doctype(name: str, encoding: str = "utf-8") -> Spoil:
    def spoil(data: bytes) -> bytes:
        parts = parts_of(data)
        found = name if name in parts else _largest(parts, name)
        text = parts[found].decode().split("?>", 1)[-1]
        kind = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;">]>'
        parts[found] = f'<?xml version="1.0" encoding="{encoding}"?>{kind}{text}'.encode(encoding)
        return bad_files.packed(parts)

    return spoil


def _many_columns(data: bytes) -> bytes:
    return _in_sheets(b'<row r="900000">' + b"<c><v>1</v></c>" * 200_000 + b"</row>")(data)


def _table_of_columns(data: bytes) -> bytes:
    more = b"".join(b'<tableColumn id="%d" name="c%d"/>' % (number, number) for number in range(1_000, 201_000))
    return _in_each("xl/tables/", b"</tableColumns>", more + b"</tableColumns>")(data)


def _column_twice(data: bytes) -> bytes:
    return _pattern("xl/tables/", rb'(<tableColumn id="\d+" name=")[^"]*', rb"\g<1>Same")(data)


def _tables_named(name: bytes) -> Spoil:
    return _pattern("xl/tables/", rb'(<table [^>]*\b(?:displayName|name)=")[^"]*', rb"\g<1>" + name)


def _rows_below_tables(data: bytes) -> bytes:
    """Every table ends with its headings and one row; the rest lies below it."""
    return _pattern("xl/tables/", rb'(<table [^>]*\bref="[A-Z]+)(\d+)(:[A-Z]+)\d+', rb"\g<1>\g<2>\g<3>\g<2>")(data)


def _many_rows_below(data: bytes) -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>7</v></c></row>' % (at, at) for at in range(2_000, 7_000))
    return _in_sheets(rows)(data)


def _cells_are(attributes: bytes, inside: bytes) -> Spoil:
    """Every cell below row 5 that holds something holds this."""
    cell = rb'<c r="([A-Z]+(?:[6-9]|\d\d+))"([^>]*?)(?: t="\w+")?>(?:(?!</c>).)*</c>'
    return _pattern("xl/worksheets/", cell, rb'<c r="\1"' + attributes + rb">" + inside + b"</c>")


def _named(value: bytes) -> Spoil:
    """Every defined name says this."""
    return _pattern("xl/workbook.xml", rb"(<definedName [^>]*>)[^<]*", rb"\g<1>" + value)


def _many_sheets(data: bytes) -> bytes:
    parts = parts_of(data)
    sheets, rels, types = b"", b"", b""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    link = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    page = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    for n in range(3_000):
        parts[f"xl/worksheets/more{n}.xml"] = page
        sheets += b'<sheet name="m%d" sheetId="%d" r:id="m%d"/>' % (n, n + 900, n)
        rels += b'<Relationship Id="m%d" Type="%s" Target="worksheets/more%d.xml"/>' % (n, link, n)
        types += b'<Override PartName="/xl/worksheets/more%d.xml" ContentType="%s"/>' % (n, kind)
    for name, end, more in (
        ("xl/workbook.xml", b"</sheets>", sheets),
        ("xl/_rels/workbook.xml.rels", b"</Relationships>", rels),
        ("[Content_Types].xml", b"</Types>", types),
    ):
        parts[name] = parts[name].replace(end, more + end)
    return bad_files.packed(parts)


def _ole(*names: str) -> bytes:
    """An OLE container that has these words among its names."""
    data = bytearray(compound_file(b"synthetic" * 1_000))
    return bytes(data) + b"".join(name.encode("utf-16-le") for name in names)


def _circle(_: bytes) -> bytes:
    return bad_files.with_directory_in_a_circle() + "EncryptedPackage".encode("utf-16-le")


def _half_encrypted(data: bytes) -> bytes:
    sealed = bytearray(data if data.startswith(_OLE) else bad_files.with_password(stand_in()))
    dice = random.Random(5)
    for _ in range(200):
        sealed[dice.randrange(512, len(sealed))] = dice.randrange(256)
    return bytes(sealed)


def _zip_method(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in parts_of(data).items():
            archive.writestr(name, content)
    return made.getvalue()


def _flagged(data: bytes) -> bytes:
    """Every member says that it is encrypted."""
    made = bytearray(bad_files.packed(parts_of(data)))
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 8] |= 1
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def _sizes_lie(data: bytes) -> bytes:
    made = bytearray(bad_files.packed(parts_of(data)))
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", made, at + 24, 50)
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def _cut(share: float) -> Spoil:
    return lambda data: data[: int(len(data) * share)]


def _long_far(data: bytes) -> bytes:
    """A sheet of more than 4 MB, so that it is long, with one cell far away."""
    rows = b"".join(
        b'<row r="%d"><c r="B%d"><v>%d</v></c></row>' % (at, at, at * 7919) for at in range(70_000, 170_000)
    )
    return _in_sheets(rows + FAR)(data)


def _repeated_texts(data: bytes) -> bytes:
    """One text of 30,000 characters stands in 60,000 cells of a long sheet."""
    text = _noise(1)[:30_000]
    parts = parts_of(_shared_texts(b"<si><t>" + text + b"</t></si>")(data))
    name = _sheets(parts)[-1]
    rows = b"".join(b'<row r="%d"><c r="B%d" t="s"><v>0</v></c></row>' % (at, at) for at in range(900_001, 960_001))
    parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")
    return bad_files.packed(parts)


_OBJECT = _only(_ole("EncryptedPackage", "DataSpaces", "DRMEncryptedTransform"))
NAMES = b'<definedName name="x">' * 100_000

# What must be refused whatever the action does with a workbook.
REFUSED: dict[str, Spoil] = {
    "nothing in it": _only(b""),
    "one byte": _only(b"P"),
    "a zip that is empty": _only(b"PK\x05\x06" + bytes(18)),
    "a picture": _only(b"\x89PNG\r\n\x1a\n" + bytes(2_000)),
    "a web page": _only(b"<html><table><tr><td>Case ID</td></tr></table></html>"),
    "one line of 60 MB": _only(b"x" * (60 * 2**20)),
    "an old workbook": _only(_ole("Workbook")),
    "a container with a password": lambda _: bad_files.with_password(),
    "a container with a label": _OBJECT,
    "a container in a circle": _circle,
    "a container half written over": _half_encrypted,
    "a zip bomb": _bomb,
    "sizes that lie": _sizes_lie,
    "members that say they are encrypted": _flagged,
    "an odd way of packing": _zip_method,
    "a member twice": _twice,
    "a member that leads out": _with("../../evil.xml", b"<a/>"),
    "a member with a drive": _with("C:\\evil.xml", b"<a/>"),
    "cut off at a tenth": _cut(0.1),
    "cut off at nine tenths": _cut(0.9),
    "an external entity": _doctype("xl/workbook.xml"),
    "an external entity in a sheet": _doctype("xl/worksheets/sheet"),
    "an external entity in UTF-16": _doctype("xl/styles.xml", "utf-16"),
    "program code": _with("xl/vbaProject.bin", b"synthetic"),
    "an old macro sheet": _with("xl/macrosheets/sheet1.xml", b"<a/>"),
    "a cell far away": _in_sheets(FAR),
    "cells without a place": _in_sheets(PLACELESS),
    "cells that never end": _in_sheets(ERRORS),
    "200,000 columns": _many_columns,
    "a row that no sheet has": _in_sheets(b'<row r="99999999"><c r="A99999999"><v>1</v></c></row>'),
    "a control character": _in_sheets(b'<row r="900000"><c r="A900000" t="inlineStr"><is><t>\x01</t></is></c></row>'),
    "a character that is none": _in_sheets(
        b'<row r="900000"><c r="A900000" t="inlineStr"><is><t>&#xD800;</t></is></c></row>'
    ),
    "no list of parts": without("[Content_Types].xml"),
    "no workbook part": without("xl/workbook.xml"),
    "no relationships": without("xl/_rels/workbook.xml.rels"),
}
# What must be refused in a workbook of ours, whose tables and names are known, and whose XML is read as text.
REFUSED_IN_OURS: dict[str, Spoil] = {
    "no styles": without("xl/styles.xml"),
    "tags in a comment": _in_sheets(b"<!--" + _HALF_TAGS + b"-->"),
    "tags in a comment of the workbook part": _in_book(b"<!--" + _HALF_TAGS + b"-->"),
    "tags in a comment of a table": _in_each(
        "xl/tables/", b"</tableColumns>", b"<!--" + _HALF_TAGS + b"--></tableColumns>"
    ),
    "tags in a text": _in_sheets(
        b'<row r="900"><c r="A900" t="inlineStr"><is><t><![CDATA[' + _HALF_TAGS + b"]]></t></is></c></row>"
    ),
    "tags in an instruction": _in_sheets(b"<?x " + _HALF_TAGS + b"?>"),
    "a document part that never ends": _in_book(NAMES),
    "a table narrower than its headings": table_at(b"A5:B6"),
    "a table of one column to the last row": table_at(b"A5:A1048576"),
    "a table behind the last row": table_at(b"ZZZ99999999:A1"),
    "a table nowhere": table_at(b"nonsense"),
    "a table without a place": table_at(b""),
    "200,000 columns in each table": _table_of_columns,
    "columns of one name": _column_twice,
    "tables of one name": _tables_named(b"Same"),
    "names that say nonsense": _named(b"nonsense!!$$"),
    "names that lead nowhere": _named(b"#REF!"),
    "names far away": _named(b"Start!$ZZZZ$99999999"),
    "names in another file": _named(b"[1]Start!$A$1"),
    "names without a word": _named(b""),
    "every cell is wrong": _cells_are(b' t="e"', b"<v>#NONSENSE!</v>"),
}
# What may be read: then nothing else may go wrong.
OTHER: dict[str, Spoil] = {
    "tables to the last row": tables_to_the_last_row,
    "rows below every table": _rows_below_tables,
    "5,000 rows below": _many_rows_below,
    "a long sheet with a cell far away": _long_far,
    "one text in 60,000 cells": _repeated_texts,
    "a text of 60 MB": _huge_text,
    "two million texts": _many_texts,
    "a deep workbook part": _deep("xl/workbook.xml"),
    "a deep sheet": _deep("xl/worksheets/sheet"),
    "a deep table": _deep("xl/tables/"),
    "a deep part of styles": _deep("xl/styles.xml"),
    "a deep list of parts": _deep("[Content_Types].xml"),
    "a table in the way": table_at(b"A1:XFD2"),
    "an object of another program": _with("xl/embeddings/oleObject1.bin", _ole("Package")),
    "a label": lambda data: labels.with_label(data if data.startswith(b"PK") else stand_in()),
    "3,000 sheets": _many_sheets,
    "no shared texts": without("xl/sharedStrings.xml"),
    "no properties": without("docProps/core.xml"),
    "no theme": without("xl/theme/theme1.xml"),
    "every cell yes": _cells_are(b' t="b"', b"<v>1</v>"),
    "every cell a vast number": _cells_are(b"", b"<v>1e308</v>"),
    "every cell no number": _cells_are(b"", b"<v>NaN</v>"),
    "every cell without end": _cells_are(b"", b"<v>-INF</v>"),
    "every cell words as a number": _cells_are(b"", b"<v>words</v>"),
    "every cell a text that is not there": _cells_are(b' t="s"', b"<v>99999999</v>"),
    "every cell a date": _cells_are(b' t="d"', b"<v>2022-09-01T00:00:00</v>"),
    "every cell of no kind": _cells_are(b' t="zz"', b"<v>1</v>"),
    "every cell control signs": _cells_are(
        b' t="inlineStr"', f"<is><t>{_CONTROL[8:]}_x0001__x001B_[2J</t></is>".encode()
    ),
    "every cell a formula": _cells_are(b' t="str"', b"<f>HYPERLINK(\"//x/y\",A1)</f><v>=cmd|'/c x'!A1</v>"),
    "every cell long": _cells_are(b' t="inlineStr"', b"<is><t>" + b"long " * 6_600 + b"</t></is>"),
    "every cell empty text": _cells_are(b' t="inlineStr"', b"<is><t></t></is>"),
    "odd styles": _pattern("xl/styles.xml", rb'numFmtId="\d+"', b'numFmtId="999999"'),
    "styles as dates": _pattern("xl/styles.xml", rb'numFmtId="\d+"', b'numFmtId="14"'),
    "sheets of no name": _pattern("xl/workbook.xml", rb'(<sheet [^>]*name=")[^"]*', rb"\g<1>"),
    "sheets of one name": _pattern("xl/workbook.xml", rb'(<sheet [^>]*name=")[^"]*', rb"\g<1>Start"),
    "relationships to nowhere": _pattern("xl/_rels/workbook.xml.rels", rb'Target="[^"]*"', b'Target="gone.xml"'),
    "relationships to themselves": _pattern("xl/worksheets/_rels/", rb'Target="[^"]*"', b'Target="../workbook.xml"'),
    "a version that is a word": _cells_are(b' t="inlineStr"', b"<is><t>review</t></is>"),
}
KINDS: dict[str, Spoil] = {**REFUSED, **REFUSED_IN_OURS, **OTHER}
