"""The report of the self-test: plain text to read, and the same as JSON. No case data, no users, no folders."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

_DRIVE = r"(?:\b[A-Za-z]:|\\\\|https?:/)[\\/]*"
_SLASH = r"(?<![\w.])/(?=\S)"
_FOLDERS = r"(?:[^\\/:*?\"<>|\r\n]+[\\/]+)"
State = Literal["passed", "failed", "not tried"]
STATES: tuple[State, ...] = ("failed", "not tried", "passed")
_WORDS = {"passed": "passed", "failed": "FAILED", "not tried": "not tried"}

# What a program cannot try; docs/selftest.md says how a person looks at it.
BY_HAND = (
    "how the tab Dip-sampling looks, and that a press on a button starts Python",
    "message boxes, questions, the windows that ask for a file or a passphrase",
    "Excel while a cell is being edited or a box is open",
    "two Excels at once, AutoSave, and workbooks on SharePoint or OneDrive",
    "what the organisation's rules (macros, trusted locations, labels) do to the add-in when a person starts Excel",
)


@dataclass(frozen=True)
class Outcome:
    """One thing that was tried. `words`: why it failed or was not tried; what was measured when it passed."""

    theme: str
    claim: str
    state: State
    words: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Report:
    """`about`: versions, by name."""

    when: dt.datetime
    about: dict[str, str]
    outcomes: Sequence[Outcome]

    def count(self, state: State) -> int:
        """How many ended so."""
        return sum(one.state == state for one in self.outcomes)

    @property
    def verdict(self) -> str:
        """One sentence for all of it."""
        tried = len(self.outcomes) - self.count("not tried")
        failed = self.count("failed")
        said = f"All {tried} passed." if not failed else f"{failed} of {tried} failed."
        missing = self.count("not tried")
        return said + (f" {missing} could not be tried." if missing else "")

    def text(self) -> str:
        """The report to read and to send."""
        lines = ["Self-test of the dip-sampling tool in a spreadsheet program", ""]
        lines += [f"Date: {self.when:%d %B %Y, %H:%M}"]
        lines += [f"{name}: {value}" for name, value in self.about.items()]
        lines += ["", self.verdict, ""]
        for state in ("failed", "not tried"):
            found = [one for one in self.outcomes if one.state == state]
            if found:
                lines += ["What failed" if state == "failed" else "What could not be tried here, and why"]
                lines += [f"  {one.claim} ({one.theme}): {one.words}" for one in found] + [""]
        lines += ["What no program can try; please look at it by hand (docs/selftest.md)"]
        lines += [f"  {one}" for one in BY_HAND] + ["", "Everything, in order"]
        theme = ""
        for one in self.outcomes:
            if one.theme != theme:
                theme = one.theme
                lines += ["", f"  {theme[:1].upper()}{theme[1:]}"]
            measured = f" - {one.words}" if one.state == "passed" and one.words else ""
            lines.append(f"    {_WORDS[one.state]:<9} {one.seconds:6.2f} s  {one.claim}{measured}")
        lines += ["", "All data in this test is synthetic. The report holds no case data, no names and no folders."]
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """The same for programs."""
        counts = {state.replace(" ", "_"): self.count(state) for state in STATES}
        whole = {
            "when": self.when.isoformat(timespec="minutes"),
            "about": self.about,
            "counts": counts,
            "outcomes": [asdict(one) for one in self.outcomes],
            "by_hand": list(BY_HAND),
        }
        return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def without_folders(words: str, *secrets: str) -> str:
    r"""Words in which each path is only its last name, and each secret (a user's or computer's name) is left out.

    >>> without_folders(r"Cannot open C:\Users\somebody\x y\a.xlsx now", "somebody")
    'Cannot open a.xlsx now'
    >>> without_folders("No file /home/somebody/t/working 2.xlsx.")
    'No file working 2.xlsx.'
    """
    shortened = re.sub(rf"(?:{_DRIVE}{_FOLDERS}*|{_SLASH}{_FOLDERS}+)", "", words)
    for secret in sorted((one for one in secrets if len(one) > 1), key=len, reverse=True):
        shortened = re.sub(re.escape(secret), "(left out)", shortened, flags=re.IGNORECASE)
    return " ".join(shortened.split())


def write(report: Report, path: Path) -> list[Path]:
    """Both files. Raises OSError."""
    beside = path.with_suffix(".json")
    path.write_text(report.text(), encoding="utf-8")
    beside.write_text(report.as_json(), encoding="utf-8")
    return [path, beside]
