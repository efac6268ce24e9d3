"""Looks for planted texts, numbers and dates in the bytes of a workbook, however they are written.

It knows nothing of how the workbook was made: it takes the file apart itself, and asks nothing of the package.
"""

from __future__ import annotations

import base64
import calendar
import datetime as dt
import html
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator

from defusedxml import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MONTHS = calendar.month_name[1:]


def search(data: bytes, words: Iterable[str] = (), days: Iterable[dt.date] = ()) -> dict[str, str]:
    """Each planted word or day that is found -> where. Words are looked for in any case and encoding."""
    wanted = {form: word for word in words for form in _word_forms(word)}
    exact = {form: word for word in words for form in _base64_forms(word)}
    numbers = {form: day.isoformat() for day in days for form in _day_forms(day)}
    found: dict[str, str] = {}
    for place, texts in itertools.groupby(_texts(data), key=lambda one: one[0]):
        # One look at many short texts, with a character between them that nothing planted holds.
        text = "\0".join(part for _, part in texts)
        small = text.casefold()
        for known, where in ((wanted, small), (exact, text)):
            for form in (one for one in known if one in where):
                found.setdefault(known[form], place)
        for form in (one for one in numbers if one in small):
            if re.search(rf"(?<![\da-f.]){re.escape(form)}(?!\d)", small):
                found.setdefault(numbers[form], place)
    return found


def _word_forms(word: str) -> set[str]:
    plain = word.casefold()
    forms = {plain, plain[::-1], plain.encode().hex(), html.escape(plain)}
    forms |= {"".join(f"&#{ord(one)};" for one in plain), "".join(f"_x{ord(one):04x}_" for one in plain)}
    if plain.isdigit():
        number = int(plain)
        forms |= {f"{number:,}", f"{number:x}".rjust(8, "0"), repr(float(number)), f"{number:e}"}
    return forms


def _base64_forms(word: str) -> set[str]:
    """What a word becomes inside base64, wherever it starts; upper and lower case too."""
    forms = set()
    for text in {word, word.casefold(), word.upper()}:
        for raw in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
            for before in range(3):
                coded = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
                forms.add(coded[4 if before else 0 : len(coded) - 1])
    return {form for form in forms if len(form) > 7}


def _day_forms(day: dt.date) -> set[str]:
    y, m, d, short = day.year, day.month, day.day, day.year % 100
    month = MONTHS[m - 1].casefold()
    suffix = "th" if 10 < d < 14 else {1: "st", 2: "nd", 3: "rd"}.get(d % 10, "th")
    serial = (day - dt.date(1899, 12, 30)).days
    forms = {str(serial), str(serial - 1462)}  # the two calendars of Excel: from 1900 and from 1904
    for sign in ("/", "-", ".", " "):
        forms |= {f"{one}{sign}{two}{sign}{y}" for one in (f"{d:02}", str(d)) for two in (f"{m:02}", str(m))}
        forms |= {f"{d:02}{sign}{m:02}{sign}{short:02}", f"{m:02}{sign}{d:02}{sign}{y}", f"{y}{sign}{m:02}{sign}{d:02}"}
    for name in (month, month[:3]):
        for one in (str(d), f"{d:02}", f"{d}{suffix}"):
            forms |= {f"{one}{sign}{name}{sign}{y}" for sign in (" ", "-", "")}
            forms |= {f"{name} {one}, {y}", f"{name} {one} {y}"}
    return forms | {f"{y}{m:02}{d:02}", f"{d:02}{m:02}{y}"}


def _texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Every text that the file holds, in every way to read it, with its place."""
    yield from _read_as("the file's bytes", data)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        yield from _read_as("the zip's comment", file.comment)
        members = {}
        for info in file.infolist():
            yield from _read_as(f"the name of {info.filename}", info.filename.encode())
            yield from _read_as(f"the extra field or comment of {info.filename}", info.extra + b"\0" + info.comment)
            members[info.filename] = file.read(info)
    for name, raw in members.items():
        yield from _read_as(name, raw)
        if raw.startswith(b"PK"):
            yield from ((f"{name}: {place}", text) for place, text in _texts(raw))
        if raw.lstrip(b"\xef\xbb\xbf").startswith(b"<"):
            yield from _joined_texts(name, raw)
    yield from _cells(members)


def _read_as(place: str, raw: bytes) -> Iterator[tuple[str, str]]:
    text = raw.decode("utf-8", "ignore")
    yield place, text
    if b"\0" in raw or len(text.encode()) != len(raw):  # no plain UTF-8
        yield place, raw.decode("latin-1")
        for start in (0, 1):
            yield from ((place, raw[start:].decode(f"utf-16-{order}", "ignore")) for order in ("le", "be"))
    if "&" in text:
        once = html.unescape(text)
        yield place, once
        yield place, html.unescape(once)
    if "_x" in text:
        yield place, re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _joined_texts(name: str, raw: bytes) -> Iterator[tuple[str, str]]:
    """Text across elements, so that a word split over runs or neighbours is whole again."""
    root = ElementTree.fromstring(raw)
    for cell in root.iter(f"{MAIN}c"):
        if cell.get("t") == "s":  # the number of a text, not a text
            for value in cell.iter(f"{MAIN}v"):
                value.text = " "
    yield f"{name}, joined", "".join(root.itertext())
    yield f"{name}, joined", " ".join(" ".join(root.itertext()).split())
    for one in root.iter():
        yield f"{name}, attributes", "".join(one.attrib.values())
    for item in root.iter(f"{MAIN}si"):
        yield f"{name}, runs", "".join(part.text or "" for part in item.iter(f"{MAIN}t"))


def _cells(members: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The cells of every sheet as a person reads them, joined along rows and columns."""
    shared: list[str] = []
    if "xl/sharedStrings.xml" in members:
        strings = ElementTree.fromstring(members["xl/sharedStrings.xml"])
        shared = ["".join(t.text or "" for t in item.iter(f"{MAIN}t")) for item in strings.iter(f"{MAIN}si")]
    for name, raw in members.items():
        if not name.startswith("xl/worksheets/sheet"):
            continue
        columns: dict[str, list[str]] = {}
        for row in ElementTree.fromstring(raw).iter(f"{MAIN}row"):
            line = []
            for cell in row.iter(f"{MAIN}c"):
                value = cell.find(f"{MAIN}v")
                text = "".join(t.text or "" for t in cell.iter(f"{MAIN}t"))
                if value is not None and value.text:
                    text = shared[int(value.text)] if cell.get("t") == "s" else value.text
                line.append(text)
                columns.setdefault(re.sub(r"\d", "", cell.get("r", "")), []).append(text)
            yield f"{name}, a row", "".join(line)
            yield f"{name}, a row", " ".join(line)
        for cells in columns.values():
            yield f"{name}, a column", "".join(cells)
