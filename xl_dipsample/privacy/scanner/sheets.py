"""The cells of sheets as texts: shared strings looked up, dates told from counts, rows told by their unique ID."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from xl_dipsample.privacy.scanner.read_parts import Part

_UNIQUE_ID = re.compile(r"DS-[A-Z0-9]{3}-[A-Z0-9]{4}")
_ROW = re.compile(r"\d+")
_REFERENCE = re.compile(r"[A-Z]{1,3}\d{1,7}")
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and where it stands. `row_id`: the unique ID of its row on a sheet."""

    part: str
    place: str
    value: str
    row_id: str = ""
    is_number: bool = False
    is_date: bool = False
    is_formula: bool = False


@dataclass
class Workbook:
    """What the sheets share."""

    strings_part: str
    strings: Sequence[str]
    dates: frozenset[str]  # the cell styles that show a date
    names: dict[str, str]  # part -> how to call the sheet
    shown: set[int] = field(default_factory=set)

    @classmethod
    def of(
        cls, members: Sequence[tuple[str, bytes]], parts: Sequence[tuple[str, str, Part]], known: frozenset[str]
    ) -> Workbook:
        """From all members. A sheet is called by its name only when the name is one of ours."""
        strings = next(((shown, part.strings) for kind, shown, part in parts if kind == "strings"), ("", []))
        data = dict(members)
        return cls(strings[0], strings[1], _date_styles(data.get("xl/styles.xml", b"")), _sheet_names(data, known))

    def strings_nobody_shows(self) -> Iterator[Text]:
        """The shared strings that no cell refers to; to be asked for after all sheets."""
        for number, text in enumerate(self.strings):
            if number not in self.shown:
                yield Text(self.strings_part, f"text {number + 1}, which no cell shows", text)


def texts_of_sheet(book: Workbook, shown: str, part: Part) -> Iterator[Text]:
    """Every cell and formula of a sheet."""
    sheet = book.names.get(shown, shown)
    rows: dict[str, str] = {}
    texts: list[tuple[str, str, str, str]] = []
    for cell in part.cells:
        value, kind = cell.text, cell.type
        if kind == "s":
            number = int(value) if value.isdigit() else -1
            known = 0 <= number < len(book.strings)
            value = book.strings[number] if known else value
            book.shown.add(number)
        if not value and not cell.formula:
            continue
        row = (_ROW.findall(cell.reference) or [""])[-1]
        if value.startswith("DS-") and row not in rows and _UNIQUE_ID.fullmatch(value):
            rows[row] = value
        if value:
            texts.append((cell.reference, row, value, "date" if cell.style in book.dates else kind))
        if cell.formula:
            texts.append((cell.reference, row, cell.formula, "formula"))
    for reference, row_number, value, kind in texts:
        place = f"cell {reference}" if _REFERENCE.fullmatch(reference) else "a cell"
        yield Text(
            sheet,
            f"{place}, its formula" if kind == "formula" else place,
            value,
            rows.get(row_number, ""),
            is_number=kind in ("n", "date"),
            is_date=kind == "date",
            is_formula=kind == "formula",
        )


def _sheet_names(data: dict[str, bytes], known: frozenset[str]) -> dict[str, str]:
    try:
        book = fromstring(data.get("xl/workbook.xml", b"<a/>"))
        relations = fromstring(data.get("xl/_rels/workbook.xml.rels", b"<a/>"))
    except (ParseError, DefusedXmlException, ValueError):
        return {}
    targets = {one.get("Id"): f"xl/{one.get('Target', '')}" for one in relations}
    found: dict[str, str] = {}
    for element in book.iter():
        if element.tag.endswith("}sheet") and element.get("name") in known:
            ids = [value for key, value in element.items() if key.endswith("}id")]
            found[targets.get(ids[0] if ids else None, "")] = f"sheet {element.get('name')}"
    return found


def _date_styles(data: bytes) -> frozenset[str]:
    """The numbers of the cell styles whose number format is a date's."""
    try:
        styles = fromstring(data or b"<a/>")
    except (ParseError, DefusedXmlException, ValueError):
        return frozenset()
    own = {
        element.get("numFmtId")
        for element in styles.iter()
        if element.tag.endswith("}numFmt") and _DATE_LETTERS.search(_NOT_CODE.sub("", element.get("formatCode", "")))
    }
    own |= {str(number) for number in _DATE_FORMATS}
    cells = [xf for element in styles if element.tag.endswith("}cellXfs") for xf in element]
    return frozenset(str(number) for number, xf in enumerate(cells) if xf.get("numFmtId") in own)
