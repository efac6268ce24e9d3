"""The VBA project of the add-in (vbaProject.bin), written from source text as MS-OVBA describes it.

Only the source is stored, never compiled code: the version 0xFFFF makes Office compile it afresh (MS-OVBA 2.3.4.1).
Nothing in it depends on the time, the computer or the person: ids and seeds are fixed.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from xl_dipsample.building.compound_file import compound_file
from xl_dipsample.building.vba_compression import compress

PROJECT_ID = "{5A1D7C0E-3B64-4E9A-9F2B-D1B5A3B1E001}"
LONGEST_NAME = 31  # characters of a module's name (2.3.4.2.3.2.1)
ENCODING = "cp1252"
_CODE_PAGE = 1252
_LANGUAGE = 0x0409
_WINDOWS_64_BIT = 3
_VERSION = (0x61EEF783, 3)
_SEEDS = {"CMG": 0x58, "DPB": 0x29, "GC": 0x71}  # bits 1 and 2 are zero: no bytes to ignore (2.4.3.2)
_UNPROTECTED, _NO_PASSWORD, _VISIBLE = b"\0\0\0\0", b"\0", b"\xff"
# What Excel itself lists for a new project; the libraries of VBA and Excel are always there and listed nowhere.
_OFFICE = r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library"
_REFERENCES = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    ("Office", rf"*\G{{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}}#2.0#0#{_OFFICE}"),
)


@dataclass(frozen=True)
class Module:
    """One module: its whole source with its attributes. `document`: the module of the workbook or of a sheet."""

    name: str
    source: str
    document: bool = False

    def stored(self) -> bytes:
        """The source as the project stores it."""
        return self.source.replace("\n", "\r\n").encode(ENCODING)


def vba_project(modules: Sequence[Module], name: str) -> bytes:
    """The bytes of vbaProject.bin. Raises ValueError when a module's name or source cannot stand in a project.

    `name`: the project's; two that are open in Excel at once need two names.
    """
    for module in modules:
        _check(module)
    if len({module.name.lower() for module in modules}) < len(modules):
        raise ValueError("Two modules have one name")
    return compound_file(
        {"PROJECT": _project(modules, name), "PROJECTwm": _project_wm(modules)},
        "VBA",
        {
            "_VBA_PROJECT": struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0),  # 2.3.4.1
            "dir": compress(_dir(modules, name)),
            **{module.name: compress(module.stored()) for module in modules},
        },
    )


def _check(module: Module) -> None:
    if not re.fullmatch(rf"[A-Za-z]\w{{0,{LONGEST_NAME - 1}}}", module.name, re.ASCII):
        raise ValueError(f"{module.name} is no name for a VBA module: letters and digits, {LONGEST_NAME} at most")
    if not module.source.startswith(f'Attribute VB_Name = "{module.name}"\n') or not module.source.endswith("\n"):
        raise ValueError(f"The source of {module.name} has to begin with its VB_Name and to end with a line end")
    if "\r" in module.source:
        raise ValueError(f"The source of {module.name} holds a carriage return")


def _project(modules: Sequence[Module], name: str) -> bytes:
    """The stream PROJECT (2.3.1): text, one property a line."""
    items = [f"Document={m.name}/&H00000000" if m.document else f"Module={m.name}" for m in modules]
    protection = {"CMG": _UNPROTECTED, "DPB": _NO_PASSWORD, "GC": _VISIBLE}
    lines = [
        f'ID="{PROJECT_ID}"',
        *items,
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        *(f'{name}="{encrypt(_SEEDS[name], data).hex().upper()}"' for name, data in protection.items()),
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{m.name}=0, 0, 0, 0, C" for m in modules),
        "",
    ]
    return "\r\n".join(lines).encode(ENCODING)


def encrypt(seed: int, data: bytes, project_id: str = PROJECT_ID) -> bytes:
    """`data` as the properties CMG, DPB and GC hold it (2.4.3.2); it is a disguise that protects nothing."""
    if seed & 6:
        raise ValueError("Bits 1 and 2 of a seed have to be zero")
    key = sum(project_id.encode(ENCODING)) & 0xFF
    out = [seed, seed ^ 2, seed ^ key]
    plain = key
    for byte in len(data).to_bytes(4, "little") + data:
        out.append(byte ^ ((out[-2] + plain) & 0xFF))
        plain = byte
    return bytes(out)


def _project_wm(modules: Sequence[Module]) -> bytes:
    """The stream PROJECTwm (2.3.3): each module's name, in the code page and in UTF-16."""
    names = (m.name.encode(ENCODING) + b"\0" + m.name.encode("utf-16-le") + b"\0\0" for m in modules)
    return b"".join(names) + b"\0\0"


def _record(number: int, data: bytes = b"") -> bytes:
    """A record of the stream dir: its number, the length of its data, the data."""
    return struct.pack("<HI", number, len(data)) + data


def _both(number: int, unicode_number: int, text: str) -> bytes:
    """A text in the code page and again in UTF-16."""
    return _record(number, text.encode(ENCODING)) + _record(unicode_number, text.encode("utf-16-le"))


def _dir(modules: Sequence[Module], project: str) -> bytes:
    """The stream dir (2.3.4.2) before compression: the project, its references, its modules."""
    information = (
        _record(0x01, struct.pack("<I", _WINDOWS_64_BIT))
        + _record(0x02, struct.pack("<I", _LANGUAGE))
        + _record(0x14, struct.pack("<I", _LANGUAGE))
        + _record(0x03, struct.pack("<H", _CODE_PAGE))
        + _record(0x04, project.encode(ENCODING))
        + _both(0x05, 0x40, "")  # description
        + _record(0x06) + _record(0x3D)  # help file
        + _record(0x07, bytes(4))  # help context
        + _record(0x08, bytes(4))  # flags of the library
        + struct.pack("<HIIH", 0x09, 4, *_VERSION)
        + _both(0x0C, 0x3C, "")  # constants for #If
    )  # fmt: skip
    references = b"".join(
        _both(0x16, 0x3E, name) + _record(0x0D, struct.pack("<I", len(library)) + library.encode(ENCODING) + bytes(6))
        for name, library in _REFERENCES
    )
    head = _record(0x0F, struct.pack("<H", len(modules))) + _record(0x13, struct.pack("<H", 0xFFFF))
    return information + references + head + b"".join(_module(m) for m in modules) + _record(0x10)


def _module(module: Module) -> bytes:
    """What the stream dir says of one module (2.3.4.2.3.2). Its stream holds the source alone, from byte 0."""
    return (
        _both(0x19, 0x47, module.name)
        + _both(0x1A, 0x32, module.name)  # the stream's name
        + _both(0x1C, 0x48, "")  # description
        + _record(0x31, bytes(4))  # where the source begins
        + _record(0x1E, bytes(4))  # help context
        + _record(0x2C, struct.pack("<H", 0xFFFF))  # cookie
        + _record(0x22 if module.document else 0x21)
        + _record(0x2B)
    )
