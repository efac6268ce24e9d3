"""LibreOffice without a window: recalculate a workbook, or render its sheets as a person sees them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.engines.office import shared
from xl_dipsample.files import fixed_zip

_TIMEOUT = 300


def recalculate(path: Path, folder: Path) -> Path:
    """A copy of the workbook in `folder`, every formula of it calculated anew by LibreOffice.

    The copy keeps the name; `folder` is not the folder of `path`.
    """
    return _convert(path, folder, "Calc MS Excel 2007 XML", path.with_suffix(".xlsx").name)


def to_pdf(path: Path, folder: Path) -> Path:
    """Every sheet as it would be printed, in one .pdf in `folder`."""
    return _convert(path, folder, "calc_pdf_Export", path.with_suffix(".pdf").name)


def to_png(path: Path, folder: Path, *, dots_per_inch: int = 70) -> list[Path]:
    """Every printed page as a picture in `folder`, in page order."""
    pdf = to_pdf(path, folder)
    subprocess.run(
        ["pdftoppm", "-r", str(dots_per_inch), "-png", str(pdf), str(folder / path.stem)],
        check=True, capture_output=True, timeout=_TIMEOUT,
    )  # fmt: skip
    return sorted(folder.glob(f"{path.stem}-*.png"))


def _convert(path: Path, folder: Path, kind: str, name: str) -> Path:
    """Opened in the LibreOffice that this process keeps, which recalculates whatever it opens."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / name
    if made.resolve() == path.resolve():
        raise ValueError("the folder for the result is the folder of the workbook")
    made.unlink(missing_ok=True)
    office = shared()
    options = office.properties(Hidden=True, ReadOnly=True, MacroExecutionMode=0, UpdateDocMode=0)
    document = office.desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, options)
    if document is None:
        raise RuntimeError(f"LibreOffice cannot open {path.name}")
    try:
        document.storeToURL(made.resolve().as_uri(), office.properties(FilterName=kind, Overwrite=True))
    finally:
        document.close(True)  # noqa: FBT003
    return made


def without_values(data: bytes) -> bytes:
    """A workbook without any remembered value of a formula, so that LibreOffice has to calculate each."""
    parts = {
        name: re.sub(rb"</f><v>[^<]*</v>", b"</f>", part) if name.startswith("xl/worksheets/sheet") else part
        for name, part in fixed_zip.unpacked(data).items()
    }
    return fixed_zip.packed(parts)
