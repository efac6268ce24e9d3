"""A lint of our own: what the schemas and validators of Open XML do not see, and Excel repairs or refuses."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import unescape

import openpyxl
from openpyxl.formula import Tokenizer
from openpyxl.utils import range_boundaries

ROWS, COLUMNS = 1_048_576, 16_384
FORMULA, LIST, SHEET, TEXT, NAME = 8192, 255, 31, 32_767, 255
TITLE, PROMPT, WIDTH, HEIGHT = 32, 255, 255, 409.5
_NAME = re.compile(r"[A-Za-z_\\][A-Za-z0-9_.\\]*")
_CELLS = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+")
_SHEET_BEFORE = re.compile(r"('(?:[^']|'')*'|[^'!]*)!(.*)", re.DOTALL)
_COLUMN = re.compile(r"\[((?:'.|[^'\[\]])*)\]", re.DOTALL)
_PARTS = ("#This Row", "#Headers", "#Data", "#All", "#Totals")


def problems(data: bytes) -> list[str]:
    """What is wrong with a workbook, a sentence each; [] for a sound one."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        found = [f"{name} leads out of the workbook" for name in file.namelist() if "externalLink" in name]
        raw = file.read("xl/workbook.xml").decode()
    names = re.findall(r'<(?:\w+:)?sheet [^>]*?\bname="([^"]*)"', raw)
    found += _doubles("sheet", names)
    found += [
        f"the name of sheet {name} cannot be" for name in names if len(name) > SHEET or re.search(r"[\[\]:*?/\\]", name)
    ]
    book = openpyxl.load_workbook(io.BytesIO(data))
    named = [*book.defined_names, *(name for sheet in book.worksheets for name in sheet.tables)]
    found += _doubles("name", named)
    found += [f"the name {name} cannot be" for name in named if len(name) > NAME or not _NAME.fullmatch(name)]
    for sheet in book.worksheets:
        found += [f"{sheet.title}: {said}" for said in (*_tables(sheet), *_validations(sheet), *_sizes(sheet))]
    found += _pivots(data, book)
    there = _There(book)
    for where, formula in formulas(book):
        found += [f"{where}: {said} ({formula[:80]})" for said in there.wrong(formula)]
    return found


def formulas(book: Any) -> Iterator[tuple[str, str]]:
    """Every formula of a workbook and where it stands: cells, columns, drop-downs, formats, names."""
    for name, one in book.defined_names.items():
        yield f"name {name}", one.attr_text
    for sheet in book.worksheets:
        for name, one in sheet.defined_names.items():
            yield f"{sheet.title}, name {name}", one.attr_text
        for table in sheet.tables.values():
            for column in table.tableColumns:
                if column.calculatedColumnFormula is not None:
                    yield f"{sheet.title}, column {column.name}", column.calculatedColumnFormula.attr_text
        for rule in sheet.data_validations.dataValidation:
            yield from (
                (f"{sheet.title}, drop-down {rule.sqref}", one) for one in (rule.formula1, rule.formula2) if one
            )
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                yield from ((f"{sheet.title}, format {area.sqref}", one) for one in rule.formula)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title} {cell.coordinate}", str(getattr(cell.value, "text", cell.value))


def _doubles(what: str, names: list[str]) -> list[str]:
    small = [name.casefold() for name in names]
    return [f"the {what} {name} is there twice" for name in sorted({one for one in small if small.count(one) > 1})]


def _tables(sheet: Any) -> Iterator[str]:
    places = {table.name: range_boundaries(table.ref) for table in sheet.tables.values()}
    for table in sheet.tables.values():
        left, top, right, bottom = places[table.name]
        if right > COLUMNS or bottom > ROWS or bottom <= top:
            yield f"the table {table.name} has no room at {table.ref}"
        headings = [column.name.replace("_x000a_", "\n") for column in table.tableColumns]
        yield from _doubles(f"column of {table.name}", headings)
        if len(headings) != right - left + 1:
            yield f"the table {table.name} has {len(headings)} columns at {table.ref}"
            continue
        cells = [sheet.cell(top, left + number).value for number in range(len(headings))]
        for heading, cell in zip(headings, cells, strict=True):
            if cell != heading:
                yield f"a heading of {table.name} is {heading!r}, its cell says {cell!r}"
        if table.autoFilter is not None and table.autoFilter.ref != table.ref:
            yield f"the filter of {table.name} is at {table.autoFilter.ref}"
        for other, (first, above, last, below) in places.items():
            if other < table.name and first <= right and left <= last and above <= bottom and top <= below:
                yield f"the tables {other} and {table.name} overlap"


def _validations(sheet: Any) -> Iterator[str]:
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list" and str(rule.formula1).startswith('"') and len(rule.formula1) - 2 > LIST:
            yield f"the list at {rule.sqref} is too long"
        if max(len(rule.promptTitle or ""), len(rule.errorTitle or "")) > TITLE:
            yield f"the title of the prompt at {rule.sqref} is too long"
        if max(len(rule.prompt or ""), len(rule.error or "")) > PROMPT:
            yield f"the prompt at {rule.sqref} is too long"


def _pivots(data: bytes, book: Any) -> Iterator[str]:
    """PivotTables whose numbers for fields and words lead nowhere, or that stand on one another."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name).decode() for name in file.namelist() if "pivot" in name.lower()}
    columns = {
        table.name: [one.name for one in table.tableColumns] for sheet in book for table in sheet.tables.values()
    }
    words = {}
    for name, text in ((name, text) for name, text in parts.items() if name.startswith("xl/pivotCache/")):
        table = re.search(r'<worksheetSource[^>]*? name="([^"]*)"', text)
        fields = re.findall(r"""<cacheField name=["'](.*?)["'] numFmtId[^>]*>(.*?)</cacheField>""", text, re.DOTALL)
        if not table or table[1] not in columns:
            yield f"{name}: there is no table for it"
        elif [unescape(field, {"&quot;": '"'}) for field, _ in fields] != columns[table[1]]:
            yield f"{name}: its fields are not the columns of {table[1]}"
        words[name] = [len(re.findall(r"<[smnbde]\b", inside)) for _, inside in fields]
        for (field, inside), many in zip(fields, words[name], strict=True):
            if int((re.search(r'<sharedItems[^>]*? count="(\d+)"', inside) or ["", "0"])[1]) != many:
                yield f"{name}: {field} has not as many words as it says"
    places: dict[str, tuple[int, int, int, int]] = {}
    for name, text in ((name, text) for name, text in parts.items() if re.fullmatch(r"xl/pivotTables/[^/]*", name)):
        relations = parts.get(name.replace("pivotTables/", "pivotTables/_rels/") + ".rels", "")
        cache = (re.search(r'Target="[^"]*?(pivotCacheDefinition\d+\.xml)"', relations) or ["", ""])[1]
        of_cache = words.get(f"xl/pivotCache/{cache}", [])
        yield from (f"{name}: {said}" for said in _pivot(text, of_cache))
        area = re.search(r'<location[^>]*? ref="([^"]*)"', text)
        left, top, right, bottom = range_boundaries(area[1] if area else "A1")
        for other, (first, above, last, below) in places.items():
            if first <= right and left <= last and above <= bottom and top <= below:
                yield f"{name} and {other} overlap"
        places[name] = (left, top, right, bottom)


def _pivot(text: str, words: list[int]) -> Iterator[str]:
    """One PivotTable; `words`: how many each field of its cache has."""
    fields = re.findall(r"<pivotField\b[^>]*?(?:/>|>(.*?)</pivotField>)", text, re.DOTALL)
    if len(fields) != len(words):
        yield "it has other fields than its cache"
        return
    items = [[int(one) for one in re.findall(r'<item\b[^>]*? x="(\d+)"', inside)] for inside in fields]
    for number, (some, many, inside) in enumerate(zip(items, words, fields, strict=True)):
        if some and sorted(some) != list(range(many)):
            yield f"field {number} has not each word of its cache once"
        told = re.search(r'<items count="(\d+)"', inside)
        if told and int(told[1]) != inside.count("<item "):
            yield f"field {number} has not as many items as it says"
    for which in ("row", "col"):
        field = re.search(rf'<{which}Fields[^>]*><field x="(\d+)"', text)
        lines = re.search(rf'<{which}Items count="(\d+)">(.*?)</{which}Items>', text, re.DOTALL)
        if lines and int(lines[1]) != len(re.findall(r"<i\b", lines[2])):
            yield f"it has not as many {which}Items as it says"
        if (
            field
            and lines
            and max(map(int, re.findall(r'<x v="(\d+)"', lines[2])), default=0) >= len(items[int(field[1])])
        ):
            yield f"its {which}Items lead to no word"


def _sizes(sheet: Any) -> Iterator[str]:
    if sheet.max_row > ROWS or sheet.max_column > COLUMNS:
        yield "it has more rows or columns than Excel"
    yield from (
        f"column {name} is {one.width} wide" for name, one in sheet.column_dimensions.items() if one.width > WIDTH
    )
    rows = sheet.row_dimensions.items()
    yield from (f"row {number} is {one.height} high" for number, one in rows if one.height and one.height > HEIGHT)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "s" and len(str(cell.value)) > TEXT:
                yield f"the text in {cell.coordinate} is too long"


class _There:
    """What formulas of one workbook may refer to."""

    def __init__(self, book: Any) -> None:
        self.sheets = {name.casefold() for name in book.sheetnames}
        self.names = {name.casefold() for name in book.defined_names}
        self.columns: dict[str, set[str]] = {}
        for sheet in book.worksheets:
            self.names |= {name.casefold() for name in sheet.defined_names}
            for table in sheet.tables.values():
                self.columns[table.name.casefold()] = {column.name.casefold() for column in table.tableColumns}

    def wrong(self, formula: str) -> Iterator[str]:
        """What is wrong with one formula."""
        if len(formula) > FORMULA:
            yield "it is too long"
        tokens = Tokenizer(formula if formula.startswith("=") else f"={formula}").items
        for token in tokens:
            if token.type == "OPERAND" and token.subtype == "RANGE":
                yield from self._reference(token.value)
            if token.type == "OPERAND" and token.subtype == "ERROR":
                yield "it refers to nothing"

    def _reference(self, written: str) -> Iterator[str]:
        before = (
            _SHEET_BEFORE.fullmatch(written) if "[" not in written.partition("!")[0] or written[0] in "'[" else None
        )
        if before:
            yield from self._sheet(before[1])
            written = before[2]
        name, bracket, inside = written.partition("[")
        if bracket:
            yield from self._columns(name, bracket + inside)
        elif not (_CELLS.fullmatch(written) or written.casefold() in self.names | set(self.columns)):
            yield f"{written} is not there"

    def _sheet(self, written: str) -> Iterator[str]:
        quoted = written.startswith("'")
        name = written[1:-1].replace("''", "'") if quoted else written
        if "[" in name or "]" in name:
            yield f"{written} leads out of the workbook"
        elif not quoted and (not _NAME.fullmatch(name) or _CELLS.fullmatch(name.upper())):
            yield f"the sheet's name {name} stands without quotes"
        elif name.casefold() not in self.sheets:
            yield f"there is no sheet {name}"

    def _columns(self, table: str, inside: str) -> Iterator[str]:
        if table.casefold() not in self.columns:
            yield (
                f"there is no table {table}"
                if table
                else "a reference to a row as Excel shows it, not as files store it"
            )
            return
        one = inside[1:-1]
        found = _COLUMN.findall(one) or [one]
        for column in found:
            heading = re.sub(r"'(.)", r"\1", column)
            if column not in _PARTS and heading.casefold() not in self.columns[table.casefold()]:
                yield f"{table} has no column {heading}"
