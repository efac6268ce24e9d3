"""Help me: what is installed and what is in the way, on the screen and in a report without any case data."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
from collections.abc import Callable, Iterator
from pathlib import Path

from platformdirs import user_log_path

from xl_dipsample import __version__
from xl_dipsample.actions.running.action import Button, action, option
from xl_dipsample.addin.installing import audit_check, policies, program_rules, what_is_in_the_way
from xl_dipsample.addin.installing.computer import Computer
from xl_dipsample.addin.installing.what_is_in_the_way import Finding
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.workbook.host import Ui

PACKAGES = (
    "xlwings", "openpyxl", "pandas", "pandera", "python-calamine", "XlsxWriter", "msoffcrypto-tool", "olefile",
    "defusedxml", "platformdirs", "click", "xkcdpass", "zxcvbn", "rapidfuzz", "gptables", "highspy",
    "python-docx",
)  # fmt: skip
REPORT = "help me report.txt"
TEMPLATES = ("working.xltx", "review.xltx")

# What is looked at on Windows, in the order of the report.
ON_WINDOWS: tuple[Callable[[Computer], Iterator[Finding]], ...] = (
    what_is_in_the_way.python_is_fit,
    what_is_in_the_way.excel_is_fit,
    what_is_in_the_way.functions_find_their_dll,
    what_is_in_the_way.record_is_current,
    what_is_in_the_way.addin_is_in_place,
    what_is_in_the_way.others_do_not_clash,
    what_is_in_the_way.desk_is_known,
    what_is_in_the_way.onedrive_is_known,
    policies.macros_may_run,
    policies.defender_lets_functions_work,
    program_rules.defender_lets_new_programs_run,
    program_rules.defender_lets_us_write,
    program_rules.applocker_lets_us_run,
    program_rules.app_control_lets_us_run,
)


@action(
    "doctor",
    "Help me",
    "Says what is installed and what is in the way; a report without case data.",
    place=170,
    button=Button("Help", "Help"),
)
class DoctorOptions:
    """`workbook`: a working or review workbook whose audit lines are looked at too."""

    workbook: Path | None = option(
        "a working or review workbook: says which of its audit lines were checked, and against what",
        default=None,
        ask="screen",
    )


def run(ui: Ui, options: DoctorOptions, computer: Computer | None = None) -> Result:
    """Look at Python, the packages, the templates, the folders and Excel; say what is wrong, and save the report."""
    computer = computer or Computer.this()
    result = Result("doctor")
    versions = _versions(result)
    folders = {
        "data": computer.windows.local_data(),
        "log": user_log_path("xl_dipsample", appauthor=False),
    }
    result.figures = {
        "version": __version__,
        "python": platform.python_version(),
        "bits": computer.interpreter.bits,
        "system": f"{platform.system()} {platform.release()}",
        "packages": versions,
        "folders": {name: str(path) for name, path in folders.items()},
    }
    _look_at_templates(result)
    for name, path in folders.items():
        _look_at_folder(result, name, path)
    for finding in _findings(computer):
        result.say(finding.level, finding.code, finding.text)
    if options.workbook is not None:
        for audited in audit_check.looked_at(options.workbook, ui):
            result.say(audited.level, audited.code, audited.text)
    result.ok = not any(message.level == "error" for message in result.messages)
    result.say(
        "note", "versions", f"xl_dipsample {__version__}, Python {platform.python_version()}, {platform.system()}."
    )
    for package, version in versions.items():
        result.say("note", "package", f"{package} {version or 'is missing'}.")
    _save(result, computer)
    return result


def _findings(computer: Computer) -> list[Finding]:
    if not computer.windows.is_windows():
        return [Finding("note", "not-windows", "The ribbon needs Excel on Windows; the commands work here too.")]
    return [finding for check in ON_WINDOWS for finding in check(computer)]


def _versions(result: Result) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = None
            result.say("error", "package-missing", f"{package} is missing; install xl_dipsample again.")
    return found


def _look_at_templates(result: Result) -> None:
    for name in TEMPLATES:
        if not (reference.template_folder() / name).is_file():
            result.say("error", "template-missing", f"The template {name} is missing; install xl_dipsample again.")


def _look_at_folder(result: Result, name: str, path: Path) -> None:
    nearest = next(folder for folder in (path, *path.parents) if folder.exists())
    if not os.access(nearest, os.W_OK):
        result.say("error", "folder-locked", f"The {name} folder {path} may not be written; ask IT to allow it.")


def _save(result: Result, computer: Computer) -> None:
    """The report beside our other local files. What keeps it from being saved is a warning, not the end."""
    path = computer.windows.local_data() / REPORT
    text = report(result, dt.datetime.now().astimezone())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(text.replace("\n", "\r\n").encode("utf-8-sig"), path)
    except (OSError, FileProblem):
        result.say("warning", "report-not-saved", "The report could not be saved: copy what stands here instead.")
    else:
        result.files.append(str(path))


def report(result: Result, when: dt.datetime) -> str:
    """What doctor found, as text to send to a helper: no folder of the person's, no user name, no case data."""
    words = {"error": "IN THE WAY", "warning": "LOOK AT", "note": "note"}
    lines = [
        f"xl_dipsample {__version__}: help me report, {when:%d/%m/%Y %H:%M}",
        "It holds no case data: versions, settings, what is in the way, and of a workbook only its audit lines.",
        "",
        f"System: {result.figures['system']}",
    ]
    for level in ("error", "warning", "note"):
        found = [
            f"{words[level]}: {message.text} [{message.code}]" for message in result.messages if message.level == level
        ]
        lines += ["", *found] if found else []
    text = "\n".join(lines) + "\n"
    for folder in (*result.figures["folders"].values(), str(Path.home())):  # the only folders that a message can name
        text = text.replace(folder, "(a folder of the user)")
    return text
