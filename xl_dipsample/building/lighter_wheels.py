"""Wheels without other people's macro files, which virus scanners put into quarantine and nothing of ours opens.

A wheel that changes says so by a build number in its name, and its own list of files (RECORD) is true again. Source:
the packaging guide's "Binary distribution format" (RECORD, build tag).
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from pathlib import Path

MACRO_FILES = frozenset({".xlam", ".xlsm", ".xltm", ".xla", ".xll"})
BUILD = "1nomacros"


def left_out_of(wheel: Path) -> list[str]:
    """The macro files of a wheel, by their places in it."""
    with zipfile.ZipFile(wheel) as archive:
        return [name for name in archive.namelist() if Path(name).suffix.casefold() in MACRO_FILES]


def lighter(wheel: Path) -> Path:
    """Put a wheel without macro files in the place of one that has some; gives where it lies."""
    gone = frozenset(left_out_of(wheel))
    if not gone:
        return wheel
    name, version, tags = wheel.name.split("-", 2)
    made = wheel.with_name(f"{name}-{version}-{BUILD}-{tags}")
    with zipfile.ZipFile(wheel) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        whole = {info.filename: archive.read(info) for info in archive.infolist() if info.filename not in gone}
        about = next(one for one in whole if one.endswith(".dist-info/WHEEL"))
        record = about.removesuffix("WHEEL") + "RECORD"
        whole[about] = whole[about].rstrip(b"\r\n") + f"\nBuild: {BUILD}\n".encode()
        whole[record] = _record(whole, record)
        for info in archive.infolist():
            if info.filename in whole:
                info.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(info, whole[info.filename])
    wheel.unlink()
    return made


def _record(files: dict[str, bytes], record: str) -> bytes:
    """The list of a wheel's files with their hashes; its own line has none."""
    lines = io.StringIO()
    out = csv.writer(lines, lineterminator="\n")
    for name, content in files.items():
        if name != record and not name.endswith("/"):
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            out.writerow((name, f"sha256={digest}", len(content)))
    out.writerow((record, "", ""))
    return lines.getvalue().encode()
