"""Files that import must refuse, each made here from nothing: (name, bytes, code of the refusal)."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from tests.reference.writers import compound_file, record, write_ods
from xl_dipsample.building import compound_file as compound

HEADINGS = ["Child Unique ID", "Name", "Date of birth", "Contact date", "Type of harm"]
ROWS = [
    ["0012", "Ann Example", "03/02/2010", "01/09/2024", "Gangs"],
    ["0013", "Bob Example", "04/02/2010", "02/09/2024", "16A Neglect"],
]
XLSX_MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
XLSM_MAIN = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
XLSB_MAIN = b"application/vnd.ms-excel.sheet.binary.macroEnabled.main"
DOCX_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def good_csv() -> bytes:
    return "\r\n".join(",".join(row) for row in [HEADINGS, *ROWS]).encode()


def good_xlsx(rows: list[list[object]] | None = None) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Export")
        for at, row in enumerate(rows or [HEADINGS, *ROWS]):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
    return made.getvalue()


def good_ods(folder: Path) -> bytes:
    path = folder / "made.ods"
    write_ods([HEADINGS, *ROWS], path)
    data = path.read_bytes()
    path.unlink()
    return data


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def changed(part: str, change: Callable[[bytes], bytes], data: bytes | None = None) -> bytes:
    parts = members(data or good_xlsx())
    parts[part] = change(parts[part])
    return packed(parts)


def with_part(name: str, content: bytes, data: bytes | None = None) -> bytes:
    return packed({**members(data or good_xlsx()), name: content})


def with_main_type(kind: bytes) -> bytes:
    return changed("[Content_Types].xml", lambda xml: xml.replace(XLSX_MAIN, kind))


def with_password(data: bytes | None = None) -> bytes:
    file = OOXMLFile(io.BytesIO(data or good_xlsx()))
    made = io.BytesIO()
    file.encrypt("a passphrase for tests", made)
    return made.getvalue()


def container(*names: str) -> bytes:
    """A container with a storage of the first name and streams of the others."""
    return compound.compound_file(dict.fromkeys(names[1:], b"synthetic" * 600), names[0], {"Version": b"synthetic"})


def with_rights() -> bytes:
    """What a label that encrypts makes of an .xlsx. Source: [MS-OFFCRYPTO] 1.3.2."""
    return container("DRMEncryptedDataSpace", "EncryptedPackage")


def old_with_rights() -> bytes:
    """The same of an old workbook: a sheet that says who may open it stands where the workbook was."""
    return container("\x06DataSpaces", "\tDRMContent", "Workbook")


def dimensions(rows: int, columns: int) -> bytes:
    return record(0x0200, struct.pack("<IIHHH", 0, rows, 0, columns, 0))


def xls(*book_records: bytes, in_sheet: bytes = b"") -> bytes:
    """An old workbook with these records in its head, and one sheet with nothing but what is told."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0x41, 0x06))
    sheet = (
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0x41, 0x06)) + in_sheet + record(0x000A)
    )
    begins = len(begin) + sum(map(len, book_records)) + 4  # where the sheet begins: the book ends with an empty record
    book = [
        one[:4] + struct.pack("<I", begins) + one[8:] if one[:2] == b"\x85\0" and one[4:8] == bytes(4) else one
        for one in book_records
    ]
    return compound_file(begin + b"".join(book) + record(0x000A) + sheet)


def with_sectors_of(shift: int) -> bytes:
    """A container whose header says that a sector has 2 ** shift bytes."""
    data = bytearray(xls(bound_sheet(0)))
    struct.pack_into("<H", data, 30, shift)
    return bytes(data)


def bound_sheet(kind: int) -> bytes:
    return record(0x0085, struct.pack("<IBB", 0, 0, kind) + b"\x06\x00Export")


def book_link(path: str) -> bytes:
    return record(0x01AE, struct.pack("<HH", 1, len(path)) + b"\x00" + path.encode("latin-1"))


def twice() -> bytes:
    made = io.BytesIO(good_xlsx())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("XL/workbook.xml", b"<workbook/>")
    return made.getvalue()


def many_members(count: int = 70_000) -> bytes:
    made = io.BytesIO(good_xlsx())
    with zipfile.ZipFile(made, "a") as archive:
        for number in range(count):
            archive.writestr(f"xl/media/{number}.png", b"")
    return made.getvalue()


def bomb(megabytes: int = 200) -> bytes:
    made = io.BytesIO(good_xlsx())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/a.bin", "w") as file:
        for _ in range(megabytes):
            file.write(bytes(2**20))
    return made.getvalue()


def lying_about_its_size() -> bytes:
    """The table of contents says 100 bytes, the sheet unpacks to more."""
    data = bytearray(good_xlsx())
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", data, at + 28)[0]
        if data[at + 46 : at + 46 + length] == b"xl/worksheets/sheet1.xml":
            struct.pack_into("<I", data, at + 24, 100)
        at = data.rfind(b"PK\x01\x02", 0, at)
    return bytes(data)


def flipped() -> bytes:
    """One bit of the packed sheet is wrong."""
    data = bytearray(good_xlsx())
    data[data.find(b"xl/worksheets/sheet1.xml") + 60] ^= 0xFF
    return bytes(data)


def with_doctype(xml: bytes, encoding: str = "utf-8") -> bytes:
    text = xml.decode().split("?>", 1)[-1]
    return (f'<?xml version="1.0" encoding="{encoding}"?>' + '<!DOCTYPE x [<!ENTITY a "b">]>' + text).encode(encoding)


def late_doctype(xml: bytes) -> bytes:
    """A document type behind a comment so long that no look at the first bytes sees it."""
    return xml.replace(b"?>", b"?><!--" + b"x" * 600_000 + b"-->" + b"<!DOCTYPE x []>", 1)


def with_cell(cell: str) -> bytes:
    return changed(
        "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", cell.encode() + b"</sheetData>")
    )


def external_image(xml: bytes) -> bytes:
    link = b'<Relationship Id="rId9" Type="http://x/image" Target="//server/share/a.png" TargetMode="External"/>'
    return xml.replace(b"</Relationships>", link + b"</Relationships>")


def ods_with(folder: Path, old: bytes, new: bytes) -> bytes:
    return changed("content.xml", lambda xml: xml.replace(old, new, 1), good_ods(folder))


def encrypted_ods(folder: Path) -> bytes:
    told = b'<manifest:file-entry manifest:full-path="x"><manifest:encryption-data/></manifest:file-entry>'
    return changed(
        "META-INF/manifest.xml", lambda x: x.replace(b"</manifest:m", told + b"</manifest:m"), good_ods(folder)
    )


LONG = "x" * 30_000
FIRST_CELL = b'<table:table-cell office:value-type="string"><text:p>'
REPEATED = FIRST_CELL.replace(b" office", b' table:number-columns-repeated="16000" office')


def uncountable(xml: bytes) -> bytes:
    return re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4294967296"', xml)


def same_sheet_often(xml: bytes) -> bytes:
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n + 5) for n in range(500))
    return xml.replace(b"</sheets>", sheets + b"</sheets>")


def related_macros(xml: bytes) -> bytes:
    kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    link = b'<Relationship Id="rId9" Type="' + kind + b'" Target="media/picture.png"/></Relationships>'
    return xml.replace(b"</Relationships>", link)


def with_directory_in_a_circle() -> bytes:
    """The table of sectors says that the directory goes on with its own first sector."""
    data = bytearray(xls(bound_sheet(0)))
    directory, table = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 76)[0]
    struct.pack_into("<I", data, (table + 1) * 512 + directory * 4, directory)
    return bytes(data)


def with_one_text_often() -> bytes:
    """Twenty thousand cells that show one text of 8,000 characters."""
    text = struct.pack("<IIHB", 10_000, 1, 8_000, 0) + b"x" * 8_000
    cells = b"".join(
        record(0x00FD, struct.pack("<HHHI", row, column, 15, 0)) for row in range(200) for column in range(100)
    )
    return xls(bound_sheet(0), record(0x00FC, text), in_sheet=cells)


def corpus(folder: Path) -> list[tuple[str, bytes, str]]:
    """Every bad file: its name, its bytes, and the code by which it is refused."""
    sheet = "xl/worksheets/sheet1.xml"
    links = b'<externalLink xmlns="x"><externalBook/></externalLink>'
    dde_links = b'<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    csv_text = good_csv()
    return [
        *((f"empty{end}", b"", "empty-file") for end in (".xlsx", ".xlsm", ".xls", ".ods", ".csv")),
        ("export", csv_text, "extension"),
        ("export.txt", csv_text, "extension"),
        ("export.xlsb", good_xlsx(), "extension"),
        ("export.xlsx.exe", good_xlsx(), "extension"),
        # content that does not match the name
        ("text.xlsx", csv_text, "content-extension"),
        ("text.xlsm", csv_text, "content-extension"),
        ("text.xls", csv_text, "content-extension"),
        ("text.ods", csv_text, "content-extension"),
        ("workbook.csv", good_xlsx(), "content-extension"),
        ("workbook.xls", good_xlsx(), "content-extension"),
        ("workbook.xlsm", good_xlsx(), "content-extension"),
        ("workbook.ods", good_xlsx(), "content-extension"),
        ("macros.xlsx", with_main_type(XLSM_MAIN), "content-extension"),
        ("binary.xlsx", with_main_type(XLSB_MAIN), "content-extension"),
        ("letter.xlsx", with_main_type(DOCX_MAIN), "content-extension"),
        ("ods.xlsx", good_ods(folder), "content-extension"),
        ("old.xlsx", xls(bound_sheet(0)), "content-extension"),
        ("old.csv", xls(bound_sheet(0)), "content-extension"),
        ("page.xls", b"\xef\xbb\xbf <html><table><tr><td>a</td></tr></table></html>", "content-extension"),
        ("page.csv", b"<!DOCTYPE html><html></html>", "content-extension"),
        ("spreadsheet2003.xls", b'<?xml version="1.0"?><Workbook/>', "content-extension"),
        ("paper.csv", b"%PDF-1.7\n", "content-extension"),
        ("pictures.xlsx", packed({"a.png": b"x"}), "content-extension"),
        # passwords
        ("locked.xlsx", with_password(), "password"),
        ("locked.xls", xls(record(0x002F, b"\x01\x00"), bound_sheet(0)), "password"),
        ("locked.ods", encrypted_ods(folder), "password"),
        ("renamed.xls", with_password(), "password"),
        ("locked.xml", with_password(), "password"),
        # labels and rights that encrypt
        ("labelled.xlsx", with_rights(), "labelled"),
        ("labelled.xls", old_with_rights(), "labelled"),
        ("labelled.csv", with_rights(), "labelled"),
        ("labelled.xml", with_rights(), "labelled"),
        ("label-told.xlsx", container("\x06DataSpaces", "EncryptedPackage", "LabelInfo"), "labelled"),
        ("labelled.csv.pfile", b"synthetic", "labelled"),
        ("labelled.pxml", b"synthetic", "labelled"),
        # damaged and absurd
        ("half.xlsx", good_xlsx()[:2000], "zip-damaged"),
        ("flipped.xlsx", flipped(), "zip-damaged"),
        ("lying.xlsx", lying_about_its_size(), "zip-damaged"),
        ("half.xls", xls(bound_sheet(0))[:700], "zip-damaged"),
        ("sectors.xls", with_sectors_of(31), "zip-damaged"),
        ("vast.xls", xls(bound_sheet(0), in_sheet=dimensions(2**31, 200)), "zip-damaged"),
        (
            "far.xls",
            xls(bound_sheet(0), in_sheet=record(0x0203, struct.pack("<HHHd", 1, 60_000, 0, 1.0))),
            "zip-damaged",
        ),
        ("cut.xls", xls(bound_sheet(0), in_sheet=struct.pack("<HH", 0x0203, 60_000)), "zip-damaged"),
        ("twice.xlsx", twice(), "zip-twice"),
        ("many.xlsx", many_members(), "zip-members"),
        ("bomb.xlsx", bomb(), "zip-bomb"),
        ("up.xlsx", with_part("../evil.xml", b"<a/>"), "zip-names"),
        ("absolute.xlsx", with_part("/etc/evil.xml", b"<a/>"), "zip-names"),
        ("drive.xlsx", with_part("C:\\evil.xml", b"<a/>"), "zip-names"),
        # document types, in every part and encoding
        ("dtd.xlsx", changed(sheet, with_doctype), "dtd"),
        ("dtd-strings.xlsx", changed("xl/sharedStrings.xml", with_doctype), "dtd"),
        ("dtd-types.xlsx", changed("[Content_Types].xml", with_doctype), "dtd"),
        ("dtd-custom.xlsx", with_part("customXml/item1.xml", with_doctype(b"<a/>")), "dtd"),
        ("dtd-odd-name.xlsx", with_part("xl/media/picture.png", with_doctype(b"<a/>")), "dtd"),
        ("dtd-utf16.xlsx", changed(sheet, lambda xml: with_doctype(xml, "utf-16")), "dtd"),
        ("dtd-late.xlsx", changed(sheet, late_doctype), "dtd"),
        ("dtd.ods", changed("content.xml", with_doctype, good_ods(folder)), "dtd"),
        ("ebcdic.xlsx", changed(sheet, lambda xml: xml.decode().encode("cp037")), "xml-encoding"),
        ("utf7.xlsx", changed(sheet, lambda x: x.replace(b"UTF-8", b"UTF-7")), "xml-encoding"),
        # links, DDE, old macros
        ("links.xlsx", with_part("xl/externalLinks/externalLink1.xml", links), "external-links"),
        ("image.xlsx", changed("xl/_rels/workbook.xml.rels", external_image), "external-links"),
        ("links.xls", xls(bound_sheet(0), book_link("\x01C:\\other.xls")), "external-links"),
        (
            "links.ods",
            ods_with(folder, b"<table:table-row>", b"<table:table-source/><table:table-row>"),
            "external-links",
        ),
        ("dde.xlsx", with_part("xl/externalLinks/externalLink1.xml", dde_links), "dde"),
        ("dde-formula.xlsx", with_cell('<row r="9"><c r="A9"><f>cmd|\'/c calc\'!A0</f><v>1</v></c></row>'), "dde"),
        ("dde.xls", xls(bound_sheet(0), book_link("cmd\x03/c calc")), "dde"),
        ("dde.ods", ods_with(folder, b"<table:table-row>", b"<office:dde-source/><table:table-row>"), "dde"),
        ("macrosheet.xlsx", with_part("xl/macrosheets/sheet1.xml", b"<a/>"), "excel4-macros"),
        ("macrosheet.xls", xls(bound_sheet(0), bound_sheet(1)), "excel4-macros"),
        # more than Excel can hold
        ("wide.csv", b",".join(b"a%d" % n for n in range(16_385)) + b"\n", "too-many-columns"),
        ("wide.xlsx", with_cell('<row r="9"><c r="XFE9"><v>1</v></c></row>'), "too-many-columns"),
        ("wider.xlsx", with_cell('<row r="9"><c r="AAAA9"><v>1</v></c></row>'), "too-many-columns"),
        ("deep.xlsx", with_cell('<row r="9999999"><c r="A9999999"><v>1</v></c></row>'), "too-many-rows"),
        ("long.csv", b"a,b\n1," + b"x" * 32_768 + b"\n", "long-text"),
        ("far.xlsx", with_cell('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "far-cells"),
        (
            "far.ods",
            ods_with(
                folder,
                b"<table:table-cell ",
                b'<table:table-cell table:number-columns-repeated="1000000000" ',
            ),
            "too-many-columns",
        ),
        # what would fill the computer's memory
        ("line.csv", b"x" * (5 * 2**20), "long-line"),
        ("wider.csv", b",".join(b"c%d" % n for n in range(200_000)) + b"\r\n1,2\r\n", "too-many-columns"),
        ("padded.csv", b"c," * 16_000 + b"c\r\n" + b"1\r\n" * 3_000, "too-many-cells"),
        ("placeless.xlsx", with_cell(f'<row r="1048576">{"<c/>" * 16_000}<c><v>1</v></c></row>'), "far-cells"),
        ("place-twice.xlsx", with_cell('<row r="9"><c r="A9" r="XFE1048577"><v>1</v></c></row>'), "zip-damaged"),
        ("strings.xlsx", good_xlsx([HEADINGS, *[["1", LONG, LONG, LONG, LONG]] * 4_000]), "too-much-text"),
        ("counted.xlsx", changed("xl/sharedStrings.xml", uncountable), "zip-damaged"),
        ("one-sheet-often.xlsx", changed("xl/workbook.xml", same_sheet_often), "sheet-twice"),
        ("endless.ods", ods_with(folder, b"</table:table>", b"/table:table>"), "zip-damaged"),
        ("repeated.ods", ods_with(folder, FIRST_CELL, REPEATED + LONG.encode()), "too-much-text"),
        ("spaces.ods", ods_with(folder, b"<text:p>", b'<text:p><text:s text:c="9999999999"/>'), "zip-damaged"),
        # what would be sought through anew for each half tag
        (
            "half-tags.xlsx",
            with_cell('<row r="1048576"><c r="XFD1048576" s="0"/></row>' + '<c r="A1" ' * 200_000),
            "zip-damaged",
        ),
        ("half-types.xlsx", with_main_type(XLSB_MAIN[:24] * 200_000), "content-extension"),
        ("half-tags.ods", ods_with(folder, b"</table:table>", b"<table:table " * 200_000), "zip-damaged"),
        ("circle.xls", with_directory_in_a_circle(), "zip-damaged"),
        ("sheet-often.xls", xls(bound_sheet(0), bound_sheet(0)), "zip-damaged"),
        ("strings.xls", with_one_text_often(), "too-much-text"),
        # code where nobody looks for it
        ("code.xlsx", with_part("xl/vbaProject.bin", b"synthetic"), "hidden-macros"),
        ("code-renamed.xlsx", changed("xl/_rels/workbook.xml.rels", related_macros), "hidden-macros"),
        ("links.bin.xlsx", with_part("xl/externalLinks/externalLink1.bin", links), "external-links"),
        ("nul.csv", b"ID,Name\n1,\0\n", "csv-nul"),
        ("cut.csv", b"\xff\xfeI\0D", "csv-cut"),
    ]
