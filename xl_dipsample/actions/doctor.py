"""Help me: what is installed and what is in the way, without any case data."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path, user_log_path

from xl_dipsample import __version__
from xl_dipsample.actions.result import Result
from xl_dipsample.domain import reference
from xl_dipsample.workbook.host import Ui

PACKAGES = (
    "xlwings", "openpyxl", "pandas", "pandera", "python-calamine", "XlsxWriter", "msoffcrypto-tool", "olefile",
    "defusedxml", "platformdirs", "click", "xkcdpass", "zxcvbn",
)  # fmt: skip
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class DoctorOptions:
    """Help me asks nothing."""


def run(ui: Ui, options: DoctorOptions) -> Result:  # noqa: ARG001 - every action has the same shape
    """Look at Python, the packages, the template and the folders; say what is wrong."""
    result = Result("doctor")
    versions = _versions(result)
    folders = {
        "data": user_data_path("xl_dipsample", appauthor=False),
        "log": user_log_path("xl_dipsample", appauthor=False),
    }
    result.figures = {
        "version": __version__,
        "python": platform.python_version(),
        "bits": 64 if sys.maxsize > 2**32 else 32,
        "system": f"{platform.system()} {platform.release()}",
        "packages": versions,
        "folders": {name: str(path) for name, path in folders.items()},
    }
    if sys.version_info < OLDEST_PYTHON:
        result.say("error", "python-old", f"Python is {platform.python_version()}; install 3.11 or later.")
    _look_at_template(result)
    for name, path in folders.items():
        _look_at_folder(result, name, path)
    result.ok = not any(message.level == "error" for message in result.messages)
    result.say(
        "note", "versions", f"xl_dipsample {__version__}, Python {platform.python_version()}, {platform.system()}."
    )
    for package, version in versions.items():
        result.say("note", "package", f"{package} {version or 'is missing'}.")
    return result


def _versions(result: Result) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = None
            result.say("error", "package-missing", f"{package} is missing; install xl_dipsample again.")
    return found


def _look_at_template(result: Result) -> None:
    for name in ("working.xltx", "review.xltx"):
        if not (reference.template_folder() / name).is_file():
            result.say("error", "template-missing", f"The template {name} is missing; install xl_dipsample again.")


def _look_at_folder(result: Result, name: str, path: Path) -> None:
    nearest = next(folder for folder in (path, *path.parents) if folder.exists())
    if not os.access(nearest, os.W_OK):
        result.say("error", "folder-locked", f"The {name} folder {path} may not be written; ask IT to allow it.")
