"""Try an example: a synthetic export through every step, to finished workbooks.

Decisions and reviews are filled in through the same tables that a person would use.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xl_dipsample.actions.example import example_export, example_people
from xl_dipsample.actions.example.example_samples import EARLIER, NOW, Example
from xl_dipsample.actions.running import registry, snapshots
from xl_dipsample.actions.running.action import Button, action, argument
from xl_dipsample.actions.running.runner import run_on_file
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.errors import STOPPED, DipSampleError, FileProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy.key import key_file, passphrase
from xl_dipsample.workbook.host import Ui
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

MARKER = "This is a synthetic example.txt"
FOLDERS = ("work", "key", "share", "panel")
EXPORT, WORKING, REVIEW = NOW.export, NOW.working, NOW.review
KEY, READING = "key.xlsx", "reading list.xlsx"
SECOND, BRIEFING, PUBLICATION = "second reader.xlsx", "briefing.docx", "publication copy.xlsx"
# What an earlier demo wrote, with the logs and the dated files that its steps keep.
OURS = re.compile(
    r"(export( \d{4})? \(synthetic\)|working( \d{4})?|key|reading list|review( \d{4})?( text check)?|second reader"
    r"|publication copy|review release [\d ()-]+)( until [\d ()-]+\.xlsx|\.xlsx|\.audit\.jsonl|\.xlsx\.[\d ()-]+\.bak)"
    r"|briefing\.docx"
)


@action(
    "demo",
    "Try an example",
    "Takes a synthetic export through every step, to finished workbooks.",
    place=160,
    button=Button("Help", "FileOpen"),
    opens="last",
)
class DemoOptions:
    """`folder`: empty, not there yet, or made by an earlier demo."""

    folder: Path = argument(
        "an empty folder, or one that an earlier demo made",
        ask="folder",
        question="An empty folder for the example",
    )


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


@dataclass
class _Making:
    """The example on its way: where it lies, how it speaks, the figures of its steps."""

    folder: Path
    ui: Ui
    quiet: _DemoUi
    told: dict[str, Any]
    figures: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def step(self, name: str, subject: Path | None, **given: Any) -> Result:
        """Run one action as the command line would, and remember its figures."""
        action = registry.action(name)
        self.ui.progress(action.label)
        options = action.make_options(given)
        if subject is None:
            result = action.load()(self.quiet, options)
        else:
            result = run_on_file(action, subject, options, self.quiet)
        self.figures[name] = result.figures
        return result

    def edit(self, path: Path, fill: Callable[[FileHost], None]) -> None:
        """Type into a workbook as a person would, and save it."""
        host = FileHost.open(path, self.quiet)
        with host.transaction():
            fill(host)
        host.save()

    def place(self, folder: str, name: str) -> Path:
        """Where a file of the example lies."""
        return self.folder / folder / name


def run(ui: Ui, options: DemoOptions) -> Result:
    """Make everything below the folder. Raises FileProblem when the folder holds anything else.

    An example that could not be made to its end, or that was stopped, is taken away again.
    """
    _refuse_other_files(options.folder)
    ui.progress("Emptying the folder of an earlier example")
    _prepare(options.folder)
    try:
        return _made(ui, options)
    except BaseException as problem:
        with suppress(OSError):
            _empty(options.folder)
        if isinstance(problem, DipSampleError) and problem.code == STOPPED:
            sentence = f"Stopped: no example was made; {options.folder.name} holds none now."
            raise FileProblem(STOPPED, sentence) from problem
        raise


def _made(ui: Ui, options: DemoOptions) -> Result:
    told = tomllib.loads((reference.template_folder() / "demo.toml").read_text(encoding="utf-8"))
    made = {
        name: passphrase.offer()
        for name, variable in (("key", passphrase.KEY_VARIABLE), ("reading", passphrase.READING_VARIABLE))
        if not os.environ.get(variable)
    }
    making = _Making(options.folder, ui, _DemoUi(ui, made), told)
    _sample(making, EARLIER, like=None)
    _sample(making, NOW, like=making.place("share", EARLIER.review))
    _copy_a_name(making, made)
    _analysis(making)
    _sharing(making)
    result = Result("demo")
    result.figures = _figures(making.figures)
    _say_what_lies_where(result, options.folder, made)
    return result


def _sample(making: _Making, example: Example, like: Path | None) -> None:
    """From the export to a filled review workbook."""
    export, working = making.place("work", example.export), making.place("work", example.working)
    review = making.place("share", example.review)
    export.write_bytes(example_export.export(example))
    making.step("new", None, workbook=working, like=like)
    making.edit(working, lambda host: example_people.fill_focus(host, making.told, example))
    making.step("import", working, export=export)
    making.edit(working, lambda host: example_people.map_labels(host, making.told["means"]))
    making.step("check", working)
    making.step("narrow", working)
    making.edit(working, lambda host: example_people.decide(host, example))
    making.step("narrow", working)
    lists = {"reading_list": making.place("key", READING)} if example is NOW else {}
    making.step("pseudonymise", working, review=review, key=making.place("key", KEY), **lists)
    making.edit(review, lambda host: example_people.fill_reviews(host, making.told, example))
    if example is EARLIER:
        making.step("analyse", review)


def _copy_a_name(making: _Making, made: Mapping[str, str]) -> None:
    """A reviewer copies a name with the words around it; Check text for names finds it and puts the role there."""
    secret = made.get("key") or os.environ[passphrase.KEY_VARIABLE]
    review, key = making.place("share", NOW.review), making.place("key", KEY)
    rows = key_file.open_key(key, secret).book.key
    ours = rows[rows["Sample"] == NOW.name]
    first = ours.sort_values("Unique ID").iloc[0]
    making.edit(review, lambda host: example_people.copy_a_name(host, first["Unique ID"], first["Name"]))
    making.step("screen", review, key=key, roles=True)


def _analysis(making: _Making) -> None:
    """What the sample tells: a second reader, the analysis, the comparison with the year before."""
    review, second = making.place("share", NOW.review), making.place("share", SECOND)
    making.step("second-read", review, draw=second)
    first = FileHost.open(review, making.quiet, read_only=True).read_table("Review")
    making.edit(second, lambda host: example_people.read_again(host, first, making.told))
    making.step("second-read", review, read=second)
    making.step("analyse", review)
    making.step("compare", review, others=(making.place("share", EARLIER.review),), key=making.place("key", KEY))
    making.edit(review, lambda host: example_people.keep_and_agree(host, making.told))


def _sharing(making: _Making) -> None:
    """What leaves the team: a copy for the panel, the briefing, counts for everyone."""
    review, key = making.place("share", NOW.review), making.place("key", KEY)
    making.step("release", review, key=key, to=making.folder / "panel", accept_k=True)
    making.step("briefing", review, document=making.place("share", BRIEFING), key=key)
    making.step("publish", review, out=making.place("panel", PUBLICATION), key=key)


def _figures(of: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The figures of the later sample's steps that tell most."""
    return {
        "import": {"rows": of["import"]["rows"]},
        "check": {name: of["check"][name] for name in ("errors", "warnings", "notes")},
        "narrow": {name: of["narrow"][name] for name in ("long_list", "sample", "undecided", "funnel")},
        **{name: dict(of[name]) for name in ("second-read", "analyse", "compare", "release")},
    }


def _refuse_other_files(folder: Path) -> None:
    """Only an empty folder, a new one, or an earlier demo's. Raises FileProblem."""
    if folder.exists() and not folder.is_dir():
        raise FileProblem("not-a-folder", f"{folder.name} is a file, not a folder; choose another name.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise FileProblem(
            "folder-not-empty", f"The folder {folder.name} holds other files; choose an empty folder for the example."
        )


def _empty(folder: Path) -> None:
    """Take away what a demo made; a file that somebody put there stays."""
    for name in FOLDERS:
        for file in (folder / name).iterdir():
            if file.is_file() and OURS.fullmatch(file.name):
                file.unlink()
    for example in (EARLIER, NOW):
        snapshots.forget(folder / "work" / example.working, "working")
        snapshots.forget(folder / "share" / example.review, "review")


def _prepare(folder: Path) -> None:
    """Make the three folders; an earlier demo's are emptied."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    _empty(folder)
    (folder / MARKER).write_text(
        "Everything here is synthetic: made up to try the tool out. No real child, family or worker.\n",
        encoding="utf-8",
    )


def _say_what_lies_where(result: Result, folder: Path, made: dict[str, str]) -> None:
    result.say(
        "note", "demo-share", f"Open first: {folder / 'share' / REVIEW} (review workbook, no names).", sheet=None
    )
    result.say("note", "demo-briefing", f"Then: {folder / 'share' / BRIEFING} (what the panel reads first).")
    result.say(
        "note", "demo-panel", f"{folder / 'panel'} holds the panel's copy and the publication copy for everyone."
    )
    result.say("note", "demo-work", f"{folder / 'work'} holds the synthetic exports and the working workbooks (names).")
    result.say("note", "demo-key", f"{folder / 'key'} holds the encrypted key and the encrypted reading list.")
    if "key" in made:
        result.say("note", "demo-passphrase", f"The key opens with: {made['key']}")
    if "reading" in made:
        result.say("note", "demo-reading-passphrase", f"The reading list opens with: {made['reading']}")
    made_files = [one for name in FOLDERS for one in sorted((folder / name).iterdir()) if OURS.fullmatch(one.name)]
    review = folder / "share" / REVIEW
    shown = [one for one in made_files if one.suffix in (".xlsx", ".docx") and one != review]
    result.files = [str(one) for one in (*shown, review)]  # the last one is opened in Excel
