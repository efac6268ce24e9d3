"""LibreOffice without a window: recalculate a workbook, or render its sheets as a person sees them."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

_TIMEOUT = 300
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
# Recalculate always on load (0), whatever the file says about who wrote it.
_ITEMS = (
    _ITEM.format("Office.Calc/Formula/Load", "OOXMLRecalcMode", 0),
    _ITEM.format("Office.Calc/Formula/Load", "ODFRecalcMode", 0),
    _ITEM.format("Setup/L10N", "ooSetupSystemLocale", "en-GB"),
)
_SETTINGS = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{"".join(_ITEMS)}
</oor:items>
"""


def recalculate(path: Path, folder: Path) -> Path:
    """A copy of the workbook in `folder`, every formula of it calculated anew by LibreOffice.

    The copy keeps the name; `folder` is not the folder of `path`.
    """
    return _convert(path, folder, "xlsx:Calc MS Excel 2007 XML", path.with_suffix(".xlsx").name)


def to_pdf(path: Path, folder: Path) -> Path:
    """Every sheet as it would be printed, in one .pdf in `folder`."""
    return _convert(path, folder, "pdf", path.with_suffix(".pdf").name)


def to_png(path: Path, folder: Path, *, dots_per_inch: int = 70) -> list[Path]:
    """Every printed page as a picture in `folder`, in page order."""
    pdf = to_pdf(path, folder)
    subprocess.run(
        ["pdftoppm", "-r", str(dots_per_inch), "-png", str(pdf), str(folder / path.stem)],
        check=True, capture_output=True, timeout=_TIMEOUT,
    )  # fmt: skip
    return sorted(folder.glob(f"{path.stem}-*.png"))


def _profile() -> Path:
    """A LibreOffice profile of this process alone: two that share one wait for each other for ever."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = Path(tempfile.gettempdir()) / f"dipsample-libreoffice-{os.getuid()}-{os.getpid()}-{worker}"
    settings = folder / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
    return folder


def _convert(path: Path, folder: Path, kind: str, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / name
    if made.resolve() == path.resolve():
        raise ValueError("the folder for the result is the folder of the workbook")
    made.unlink(missing_ok=True)
    run = subprocess.run(
        [
            "soffice", f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--norestore",
            "--convert-to", kind, "--outdir", str(folder), str(path),
        ],
        capture_output=True, text=True, check=False, timeout=_TIMEOUT,
    )  # fmt: skip
    if not made.exists():
        raise RuntimeError(f"LibreOffice made no {name}: {run.stderr or run.stdout}")
    return made
