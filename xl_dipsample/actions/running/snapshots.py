"""The workbook as it was before each action: copies that Undo puts back.

A working workbook's copies hold names, so they lie beside it, in the same restricted folder. A review workbook lies
where others can open it, so its copies lie in the user's local data folder, for 30 days at most. Of both, the last
ten are kept. Names of files say when and before which action, never anything out of the workbook.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.workbook.host import Host

KEPT = 10
DAYS = 30  # of a review workbook's
_FOLDER = "undo copies"
_TIME = "%Y-%m-%d %H%M%S"
_NAME = re.compile(r"(\d{4,}) (\d{4}-\d\d-\d\d \d{6}) ([a-z-]+?)(?: of (\d{4,}))?\.xlsx")
_NAMED_FOLDER = re.compile(r".+ ([0-9a-f]{12})")
_LEFTOVER = re.compile(r"\.dipsample-.*\.(tmp|xlsx)")  # of FileHost and of ExcelHost


@dataclass(frozen=True)
class Snapshot:
    """One copy. `number` only grows; `action`: the id of what was started next; `put_back`: what an Undo went to."""

    path: Path
    number: int
    when: dt.datetime
    action: str
    put_back: int | None = None


def folder_of(workbook: Path, kind: str) -> Path:
    """Where the snapshots of a workbook lie, there already or not.

    A working workbook's lie where the file really is, not beside a link to it. A review workbook is known by its
    place: another place is another workbook.

    >>> folder_of(Path("/restricted/sample 2024.xlsx"), "working").name
    'sample 2024 undo copies'
    """
    real = Path(os.path.realpath(workbook))
    if kind == "working":
        return real.with_name(f"{real.stem} {_FOLDER}")
    return _local_folder() / hashlib.sha256(os.path.normcase(real).encode()).hexdigest()[:12]


def list_of(host: Host) -> list[Snapshot]:
    """The snapshots of a workbook, the newest first; what is too old is deleted before."""
    _rename_old()
    _delete_old()
    return _in_folder(folder_of(host.path, host.kind))


def take(host: Host, action: str) -> Snapshot:
    """Copy the workbook as it is now, before an action. `keep` or `discard` it when the action has ended.

    Raises FileProblem when that is not possible: then nothing is left behind and the action must not start.
    """
    return _taken(host.path, host.kind, action, host.save_copy)


def take_file(path: Path, kind: str, action: str) -> Snapshot:
    """Copy a closed workbook that an action is going to put another one in the place of, as `take` does."""
    return _taken(path, kind, action, lambda copy: replace_file(path.read_bytes(), copy))


def _taken(workbook: Path, kind: str, action: str, save_copy: Callable[[Path], None]) -> Snapshot:
    folder = folder_of(workbook, kind)
    _rename_old()
    _delete_old()
    found = _in_folder(folder)
    number = found[0].number + 1 if found else 1
    made_folder = not folder.exists()
    _remove_leftovers(folder)
    path: Path | None = None
    try:
        _make(folder)
        path, number = _reserved(folder, number, action)
        save_copy(path)
    except BaseException as error:
        _remove(path, folder if made_folder else None)
        if isinstance(error, (DipSampleError, OSError)):
            raise FileProblem("no-snapshot", _refusal(workbook, folder)) from error
        raise
    return _read(path)


def keep(taken: Snapshot, put_back: int | None = None) -> Snapshot:
    """The action was done: its snapshot stays, and only the last ten of its folder.

    `put_back`: the number of the snapshot that the action put back. When there are too many, those leave first that
    were put back (an Undo after an Undo goes further back, and needs the older ones), then the oldest.
    """
    if put_back is not None:
        marked = taken.path.with_name(f"{taken.path.stem} of {put_back:04d}.xlsx")
        with suppress(OSError):  # held by a virus scanner: the next Undo goes back to the same state once more
            taken = _read(taken.path.rename(marked))
    found = _in_folder(taken.path.parent)
    used = _put_back(found)
    leaving = sorted(found, key=lambda one: (one.number not in used, one.number))
    for one in [one for one in leaving if one != taken][: max(0, len(found) - KEPT)]:
        with suppress(OSError):  # in use: the next action deletes it
            one.path.unlink()
    return taken


def _put_back(newest_first: list[Snapshot]) -> set[int]:
    """The numbers that were put back; not by an Undo that was itself undone, since that step stands again."""
    used: set[int] = set()
    for one in newest_first:
        if one.put_back is not None and one.number not in used:
            used.add(one.put_back)
    return used


def discard(taken: Snapshot) -> None:
    """The action was refused or failed: nothing of its snapshot stays, nor a folder made for it."""
    _remove(taken.path, taken.path.parent)


def forget(workbook: Path, kind: str) -> None:
    """Delete every snapshot of a workbook, as when another one takes its name."""
    _rename_old()
    folder = folder_of(workbook, kind)
    for one in _in_folder(folder):
        _remove(one.path, folder)


def _in_folder(folder: Path) -> list[Snapshot]:
    made = []
    for file in _files(folder):
        with suppress(OSError, ValueError):  # gone meanwhile; somebody else's file
            if file.stat().st_size:  # an empty one is left from a run that was killed
                made.append(_read(file))
    return sorted(made, key=lambda one: one.number, reverse=True)


def _files(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # there is none
        return []


def _read(path: Path) -> Snapshot:
    parts = _NAME.fullmatch(path.name)
    if parts is None:
        raise ValueError("not the name of a snapshot")
    number, when, action, put_back = parts.groups()
    moment = dt.datetime.strptime(when, _TIME)  # noqa: DTZ007 - local, as a person reads it
    return Snapshot(path, int(number), moment, action, int(put_back) if put_back else None)


def _reserved(folder: Path, number: int, action: str) -> tuple[Path, int]:
    """A name that nobody else has, not even a second run in the same second."""
    when = dt.datetime.now().astimezone().strftime(_TIME)
    while True:
        path = folder / f"{number:04d} {when} {action}.xlsx"
        try:
            path.open("xb").close()
        except FileExistsError:
            number += 1
        else:
            return path, number


def _make(folder: Path) -> None:
    if folder.is_symlink():  # it would lead the copies out of the restricted folder
        raise FileProblem("no-snapshot", f"{folder.name} is a link.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _remove_leftovers(folder: Path) -> None:
    """What a run that was killed left there: its temporary file, and the name that it had reserved."""
    for file in _files(folder):
        with suppress(OSError):
            if _LEFTOVER.fullmatch(file.name) or (_NAME.fullmatch(file.name) and not file.stat().st_size):
                file.unlink()


def _remove(path: Path | None, folder: Path | None) -> None:
    with suppress(OSError):
        if path is not None:
            path.unlink(missing_ok=True)
    with suppress(OSError):  # only an empty folder can be removed
        if folder is not None:
            folder.rmdir()


def _refusal(workbook: Path, folder: Path) -> str:
    return (
        f"No copy of {workbook.name} could be kept for {undo_label()}, so nothing was started or changed. Check that "
        f"you may write to {folder.parent} and that the disk is not full, and try again."
    )


def undo_label() -> str:
    """What the button is called that puts a snapshot back."""
    from xl_dipsample.actions.running import registry

    return registry.action(registry.UNDO).label


def _local_folder() -> Path:
    return platformdirs.user_data_path("xl_dipsample", appauthor=False) / "review snapshots"


def _rename_old() -> None:
    """Earlier versions put the review workbook's name, which may be a child's, before the hash of its place."""
    for folder in _files(_local_folder()):
        named = _NAMED_FOLDER.fullmatch(folder.name)
        if named is None:
            continue
        new = folder.with_name(named[1])
        with suppress(OSError):  # in use: the next action renames it
            new.mkdir(exist_ok=True)
            for file in _files(folder):
                if not (new / file.name).exists():
                    file.rename(new / file.name)
            folder.rmdir()


def _delete_old() -> None:
    """Delete the snapshots of every review workbook of this user that are older than 30 days, by name or by file."""
    last = dt.datetime.now() - dt.timedelta(days=DAYS)  # noqa: DTZ005 - local, as the names
    for folder in _files(_local_folder()):
        for file in _files(folder):
            with suppress(OSError, ValueError):
                if min(_read(file).when, _changed(file)) < last:
                    file.unlink()
                    folder.rmdir()  # when that was the last one


def _changed(file: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(file.stat().st_mtime)  # noqa: DTZ006 - local, as the names
