"""The add-in's file: one empty sheet, the VBA project and the ribbon, packed reproducibly.

The same content gives the same bytes. So the parts are stored, not compressed: what a compressor makes of
them differs from one zlib to another.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import xlsxwriter

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a file's date has no zone
_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_RIBBON_PART = "customUI/customUI14.xml"
# The part customUI14.xml goes with the namespace 2009/07 and this relationship; customUI.xml with 2006/01 and 2006.
_RIBBON = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"


def addin_file(vba: bytes, ribbon: str | None) -> bytes:
    """The .xlam with this vbaProject.bin and this customUI XML, if any."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook(vba))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            _add(target, name, _part(name, source.read(name), tab=ribbon is not None))
        if ribbon is not None:
            _add(target, _RIBBON_PART, ribbon.encode())
    return out.getvalue()


def _workbook(vba: bytes) -> bytes:
    """A macro workbook with one empty sheet, as XlsxWriter makes it."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    workbook.set_properties({"title": "Dip-sampling", "created": _CREATED, "author": "", "company": ""})
    workbook.set_vba_name("ThisWorkbook")
    workbook.add_vba_project(io.BytesIO(vba), is_stream=True)
    workbook.add_worksheet("Sheet1").set_vba_name("Sheet1")
    workbook.close()
    return out.getvalue()


def _part(name: str, data: bytes, *, tab: bool) -> bytes:
    """One part, changed where an add-in is no ordinary workbook."""
    match name:
        case "[Content_Types].xml":
            return _replaced(name, data, _WORKBOOK, _ADDIN)
        case "_rels/.rels" if tab:
            ours = f'<Relationship Id="rIdRibbon" Type="{_RIBBON}" Target="{_RIBBON_PART}"/>'
            return _replaced(name, data, "</Relationships>", f"{ours}</Relationships>")
        case "xl/workbook.xml":
            return _replaced(name, data, "<workbookView ", '<workbookView visibility="hidden" ')
        case _:
            return data


def _replaced(part: str, data: bytes, old: str, new: str) -> bytes:
    if data.count(old.encode()) != 1:
        raise ValueError(f"{part} does not hold {old} exactly once")
    return data.replace(old.encode(), new.encode())


def _add(target: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name, date_time=_FIXED_DATE)
    member.create_system = 0  # whatever the system
    target.writestr(member, data, zipfile.ZIP_STORED)
