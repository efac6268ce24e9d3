"""Try an example: a synthetic export through every step, to finished workbooks.

Decisions and reviews are filled in through the same tables that a person would use.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xl_dipsample.actions import demo_export, demo_people, registry, snapshots
from xl_dipsample.actions.result import Result
from xl_dipsample.actions.runner import run_on_file
from xl_dipsample.domain import reference
from xl_dipsample.domain.errors import FileProblem
from xl_dipsample.privacy import passphrase
from xl_dipsample.workbook.filehost import FileHost
from xl_dipsample.workbook.host import Ui

MARKER = "This is a synthetic example.txt"
FOLDERS = ("work", "key", "share")
EXPORT, WORKING, KEY, READING, REVIEW = (
    "export (synthetic).xlsx",
    "working.xlsx",
    "key.xlsx",
    "reading list.xlsx",
    "review.xlsx",
)
# What an earlier demo wrote, with the log and the dated files that its steps keep.
OURS = re.compile(
    r"(export \(synthetic\)|working|key|reading list|review)"
    r"( until [\d ()-]+\.xlsx|\.xlsx|\.audit\.jsonl|\.xlsx\.[\d ()-]+\.bak)"
)


@dataclass(frozen=True)
class DemoOptions:
    """`folder`: empty, not there yet, or made by an earlier demo."""

    folder: Path


class _DemoUi:
    """Answers the questions that the demo's steps ask; everything else goes to the person."""

    def __init__(self, ui: Ui, passphrases: dict[str, str]) -> None:
        self._ui = ui
        self._passphrases = passphrases

    def tell(self, text: str) -> None:
        """The steps speak through the demo's own lines."""

    def ask(self, question: str, option: str) -> str:
        """Nothing is asked in words."""
        return self._ui.ask(question, option)

    def ask_secret(self, question: str, option: str) -> str:
        """The passphrase that the demo made."""
        del question
        return self._passphrases["reading" if "reading" in option else "key"]

    def choose(self, question: str, choices: Any, option: str) -> str:
        """Nothing is chosen."""
        return self._ui.choose(question, choices, option)

    def progress(self, text: str, share: float | None = None) -> None:
        """Passed on."""
        self._ui.progress(text, share)


def run(ui: Ui, options: DemoOptions) -> Result:
    """Make everything below the folder. Raises FileProblem when the folder holds anything else."""
    folder = options.folder
    _prepare(folder)
    told = tomllib.loads((reference.template_folder() / "demo.toml").read_text(encoding="utf-8"))
    made = {
        name: passphrase.offer()
        for name, variable in (("key", passphrase.KEY_VARIABLE), ("reading", passphrase.READING_VARIABLE))
        if not os.environ.get(variable)
    }
    quiet = _DemoUi(ui, made)
    work, key, share = (folder / name for name in FOLDERS)
    (work / EXPORT).write_bytes(demo_export.export())
    working, review = work / WORKING, share / REVIEW
    steps = Result("demo")

    def step(name: str, subject: Path | None, **given: Any) -> Result:
        ui.progress(registry.action(name).label)
        action = registry.action(name)
        if subject is None:
            return action.load()(quiet, action.make_options(given))
        return run_on_file(action, subject, action.make_options(given), quiet)

    step("new", None, workbook=working)
    _edit(working, quiet, lambda host: demo_people.fill_focus(host, told))
    imported = step("import", working, export=work / EXPORT)
    _edit(working, quiet, lambda host: demo_people.map_labels(host, told["means"]))
    checked = step("check", working)
    step("narrow", working)
    _edit(working, quiet, demo_people.decide)
    narrowed = step("narrow", working)
    step("pseudonymise", working, review=review, key=key / KEY, reading_list=key / READING)
    _edit(review, quiet, lambda host: demo_people.fill_reviews(host, told))
    analysed = step("analyse", review)
    steps.figures = {
        "import": {"rows": imported.figures["rows"]},
        "check": {name: checked.figures[name] for name in ("errors", "warnings", "notes")},
        "narrow": {name: narrowed.figures[name] for name in ("long_list", "sample", "undecided", "funnel")},
        "analyse": analysed.figures,
    }
    _say_what_lies_where(steps, folder, made)
    return steps


def _prepare(folder: Path) -> None:
    """Make the three folders; an earlier demo's are emptied, anything else is refused."""
    if folder.exists() and not folder.is_dir():
        raise FileProblem("not-a-folder", f"{folder.name} is a file, not a folder; choose another name.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise FileProblem(
            "folder-not-empty", f"The folder {folder.name} holds other files; choose an empty folder for the example."
        )
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file in (folder / name).iterdir():
            if file.is_file() and OURS.fullmatch(file.name):  # a file that somebody put there stays
                file.unlink()
    snapshots.forget(folder / "work" / WORKING, "working")
    snapshots.forget(folder / "share" / REVIEW, "review")
    (folder / MARKER).write_text(
        "Everything here is synthetic: made up to try the tool out. No real child, family or worker.\n",
        encoding="utf-8",
    )


def _edit(path: Path, ui: Ui, fill: Callable[[FileHost], None]) -> None:
    """Type into a workbook as a person would, and save it."""
    host = FileHost.open(path, ui)
    with host.transaction():
        fill(host)
    host.save()


def _say_what_lies_where(result: Result, folder: Path, made: dict[str, str]) -> None:
    result.say(
        "note", "demo-share", f"Open first: {folder / 'share' / REVIEW} (review workbook, no names).", sheet=None
    )
    result.say("note", "demo-work", f"{folder / 'work'} holds the synthetic export and the working workbook (names).")
    result.say("note", "demo-key", f"{folder / 'key'} holds the encrypted key and the encrypted reading list.")
    if "key" in made:
        result.say("note", "demo-passphrase", f"The key opens with: {made['key']}")
    if "reading" in made:
        result.say("note", "demo-reading-passphrase", f"The reading list opens with: {made['reading']}")
    result.files = [
        str(folder / "work" / EXPORT), str(folder / "work" / WORKING), str(folder / "key" / KEY),
        str(folder / "key" / READING), str(folder / "share" / REVIEW),
    ]  # fmt: skip
