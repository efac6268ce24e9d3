"""Every way by which a file that somebody else had in hand comes into an action, and what the action makes of it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import resource
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.actions import sharing_places
from tests.actions.typing_in import edit
from tests.actions.workbooks import PASSPHRASE, READING, dipsample
from xl_dipsample import cli
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

MOST_SECONDS, MOST_MEMORY = 20, 1024  # of CPU; MB
_IMPORTS = 160  # MB of a command of its own, when it has imported what it needs
WORKING, REVIEW, KEY = "work/working.xlsx", "share/review.xlsx", "key/key.xlsx"
_MOST_ADDRESSES = 6 * 2**30
_NEW = "walnut-sprout-ledge-ivory-crumb-hasty"


_BYSTANDERS = ("beside what is made", "remembered", "a copy")


@dataclass(frozen=True)
class Door:
    """One file of one action. `file`: what is spoilt; `field`: the argument, or what else the action opens."""

    action: str
    field: str
    file: str
    more: tuple[str, ...] = ()

    @property
    def must_refuse(self) -> bool:
        """Whether the action stands or falls with this file; others are only named, or looked at."""
        return self.action != "doctor" and self.field not in _BYSTANDERS

    @property
    def name(self) -> str:
        """How a test calls it."""
        return f"{self.action} {self.field} {Path(self.file).name}".replace(" ", "-")


def _of(action: str, subject: str, *rest: tuple[str, str], more: tuple[str, ...] = ()) -> list[Door]:
    """The doors of one command: its main workbook, and (field, file) of each other file that it opens."""
    return [Door(action, field, file, (subject, *more)) for field, file in (("workbook", subject), *rest)]


_SEALED = ("--review", REVIEW, "--key", KEY, "--reading-list", "key/reading.xlsx", "--passphrase-file", "key/p.txt",
           "--reading-passphrase-file", "key/r.txt")  # fmt: skip
_KEYED = ("--key", KEY, "--passphrase-file", "key/p.txt")
_OPENED = (("key", KEY), ("passphrase_file", "key/p.txt"))
_NEIGHBOUR = ("beside what is made", "new/other.xlsx")
DOORS: tuple[Door, ...] = (
    *(Door("new", "like", file, ("new/new.xlsx", "--like", file)) for file in (WORKING, REVIEW)),
    Door("new", *_NEIGHBOUR, ("new/new.xlsx",)),
    *_of("import", WORKING, ("export", "work/export.csv"), more=("work/export.csv",)),
    Door("import", "export", "work/report.xlsx", (WORKING, "work/report.xlsx")),
    Door("import", "join", "work/report.xlsx", (WORKING, "work/report.xlsx", "--join")),
    Door("import", "append", "work/report.xlsx", (WORKING, "work/report.xlsx", "--append")),
    Door("import", "also", "work/report.xlsx", (WORKING, "work/export.csv", "--also", "work/report.xlsx")),
    Door("import", "remembered", "work/joined.csv", (WORKING, "work/export.csv")),
    *_of("check", WORKING),
    *_of("narrow", WORKING),
    *_of("pseudonymise", WORKING, ("review", REVIEW), ("reading_list", "key/reading.xlsx"),
         ("reading_passphrase_file", "key/r.txt"), *_OPENED, more=_SEALED),
    Door("pseudonymise", "second_keyholder_file", "key/p2.txt", (WORKING, *_SEALED, "--second-keyholder-file",
                                                                "key/p2.txt")),
    Door("pseudonymise", "beside what is made", "new/other.xlsx",
         (WORKING, "--review", "new/r.xlsx", *_KEYED)),
    *_of("screen", REVIEW, *_OPENED, ("the list", "key/review text check.xlsx"), more=_KEYED),
    *_of("release", REVIEW, *_OPENED, ("beside what is made", "panel/other.xlsx"), more=("--to", "panel", *_KEYED)),
    *(Door("lookup", field, file, (KEY, "--case-id", "7351901", "--passphrase-file", "key/p.txt"))
      for field, file in _OPENED),
    *(Door("key", field, file, ("verify", *_KEYED[1:2], *_KEYED[2:], "--workbook", WORKING))
      for field, file in (*_OPENED, ("workbook", WORKING))),
    Door("key", "workbook", REVIEW, ("verify", KEY, *_KEYED[2:], "--workbook", REVIEW)),
    *(Door("key", field, file, ("passphrase", KEY, *_KEYED[2:], "--new-passphrase-file", "key/new.txt", "--old-copies",
                               "renew"))
      for field, file in (("new_passphrase_file", "key/new.txt"), ("key", KEY), ("a copy", "key/key.xlsx.bak"))),
    *(Door("key", field, file, ("keyholder", KEY, *_KEYED[2:], "--second-keyholder-file", "key/p2.txt"))
      for field, file in (("second_keyholder_file", "key/p2.txt"), ("key", KEY))),
    *_of("second-read", REVIEW, ("beside what is made", "new/other.xlsx"), more=("--draw", "new/second.xlsx")),
    *_of("second-read", REVIEW, ("read", "second/second.xlsx"), more=("--read", "second/second.xlsx")),
    *_of("analyse", REVIEW),
    *_of("compare", REVIEW, ("others", "earlier/review.xlsx"), *_OPENED, more=("earlier/review.xlsx", *_KEYED)),
    *_of("briefing", REVIEW, *_OPENED, ("beside what is made", "new/other.xlsx"), more=("new/briefing.docx", *_KEYED)),
    *_of("publish", REVIEW, *_OPENED, ("beside what is made", "new/other.xlsx"), more=("new/out.xlsx", *_KEYED)),
    *_of("restore", WORKING, ("a copy for Undo", "work/working undo copies")),
    *_of("restore", REVIEW, ("a copy for Undo", "home/xl_dipsample")),
    Door("doctor", "workbook", WORKING, ("--workbook", WORKING)),
    Door("doctor", "the log", "work/working.audit.jsonl", ("--workbook", WORKING)),
)  # fmt: skip


def made(folder: Path) -> None:
    """A whole sample with everything that an action may open, in `folder`."""
    with pytest.MonkeyPatch.context() as patch:
        at_home(folder, patch)
        (folder / "home").mkdir()
        places = sharing_places.made(folder)
        for name in ("new", "second", "earlier"):
            (folder / name).mkdir()
        for name, word in (("key/p", PASSPHRASE), ("key/r", READING), ("key/new", _NEW), ("key/p2", _NEW[::-1])):
            (folder / f"{name}.txt").write_text(word + "\n", encoding="utf-8")
        (folder / "earlier/review.xlsx").write_bytes(places.review.read_bytes())
        edit(folder / "earlier/review.xlsx", lambda host: host.write_value("sample_id", "earlier"))
        _filled(places.review)
        (folder / "work/joined.csv").write_text("Case number,Worker\n7351901,Synthetic\n", encoding="utf-8")
        (folder / "work/report.xlsx").write_bytes(_report())
        _done("import", places.working, folder / "work/joined.csv", "--join")
        _done("narrow", places.working)
        _done("pseudonymise", places.working, *(folder / one if "/" in one else one for one in _SEALED))
        _done("screen", places.review, *(folder / one if "/" in one else one for one in _KEYED))
        _done("second-read", places.review, "--draw", folder / "second/second.xlsx")
        _filled(folder / "second/second.xlsx")


def _report() -> bytes:
    from tests import bad_files

    return bad_files.good_xlsx([["Case number", "Worker", "Date of referral"], ["7351901", "Synthetic", "01/09/2022"]])


def _filled(path: Path) -> None:
    """Review as reviewers fill it in."""
    answers = {"Outcome": "No further action", "Referred to?": "No", "Reviewer": "AB", "Level of harm": "In need",
               "Parenting concerns": "No"}  # fmt: skip

    def fill(host: FileHost) -> None:
        frame = host.read_table("Review")
        for heading, answer in answers.items():
            frame[heading] = answer
        for heading in (one for one in frame.columns if one.endswith("(extract)")):
            frame[heading] = "Met by older people at the park."
        host.write_table("Review", frame)

    edit(path, fill)


def _done(*arguments: object) -> None:
    status, _, said = dipsample(*arguments)
    assert status in (0, 1), said


def at_home(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """The folders of this user, inside `folder`."""
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        patch.setenv(name, str(folder / "home"))
    sharing_places.with_passphrases(patch)


def place_of(door: Door, folder: Path) -> Path:
    """The file that is to be spoilt."""
    path = folder / door.file
    if door.field == "a copy for Undo":
        return max(path.rglob("*.xlsx"))
    if door.field == "a copy":
        return next(path.parent.glob("key.xlsx*.bak"), path)
    return path


class _Screen(io.StringIO):
    """Lookup shows names to somebody who sits there."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Ended:
    """How a command ended: its status, what it said on stderr and told on stdout, seconds of CPU, MB of memory."""

    status: int
    said: str
    told: str
    seconds: float
    memory: int

    def fault(self) -> str:
        """What is wrong with it; "" when it is as it must be."""
        if self.status not in (0, 1, 2):
            return f"ended with {self.status}: {self.said}"
        if self.status == 2 and (self.said.count("\n") != 1 or not self.said.strip().endswith((".", "!"))):
            return f"not one sentence: {self.said}"
        if self.status == 2 and self.seconds > MOST_SECONDS:
            return f"{self.seconds:.0f} seconds"
        return f"{self.memory} MB" if self.memory > MOST_MEMORY else ""


@dataclass(frozen=True)
class Sample:
    """A sample in `folder`, and a copy of it to begin again from: copies for Undo know a workbook by place."""

    folder: Path
    kept: Path

    def press(self, door: Door, data: bytes) -> tuple[Ended, str]:
        """How the action ends when its file has these bytes, and what is wrong with that ("" for nothing)."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)
        place = place_of(door, self.folder)
        place.write_bytes(data)
        before = seen(self.folder)
        ended = pressed(door, self.folder)
        fault = ended.fault()
        if not fault and ended.status == 2:
            after = seen(self.folder)
            changed = [one for one in {**before, **after} if before.get(one) != after.get(one)]
            fault = f"changed {changed}" if changed else ""
        return ended, fault

    def good(self, door: Door) -> bytes:
        """What the file is before it is spoilt."""
        place = place_of(door, self.kept)
        return place.read_bytes() if place.is_file() else b""


def sample(folder: Path) -> Sample:
    """Made once, below `folder`."""
    found = Sample(folder / "sample", folder / "kept")
    found.folder.mkdir()
    made(found.folder)
    shutil.copytree(found.folder, found.kept)
    return found


def pressed(door: Door, folder: Path) -> Ended:
    """The command, in a child process that is measured. Its files lie in `folder`."""
    arguments = [str(folder / one) if "/" in one or one == "panel" else one for one in door.more]
    reader, writer = os.pipe()
    before = _resident()
    child = os.fork()
    if not child:
        status = 99
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (3 * MOST_SECONDS,) * 2)
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_ADDRESSES,) * 2)
            said, told = io.StringIO(), _Screen()
            with contextlib.redirect_stdout(told), contextlib.redirect_stderr(said):
                status = cli.run([door.action, *arguments])
            os.write(writer, json.dumps([said.getvalue()[:4000], told.getvalue()[:8000]]).encode())
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as file:
        said_there, told_there = json.loads(file.read() or '["", ""]')
    _, ended, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(ended)
    memory = used.ru_maxrss // 1024 - max(0, before - _IMPORTS)
    return Ended(code, said_there, told_there, used.ru_utime + used.ru_stime, memory)


def _resident() -> int:
    """MB that this process holds now: the child begins with them, whatever tests ran here before."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 2**20


def seen(folder: Path) -> dict[str, str]:
    """Every file below a folder, and what is in it; without the log of bugs."""
    return {
        str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest() if one.is_file() else "folder"
        for one in sorted(folder.rglob("*"))
        if one.name != "bugs.log"
    }
