"""Neighbours: what is made for others does not lie where names do, and names are not made more of among the shared.

An action that puts a new file somewhere is refused beside the other kind, and offered another folder. One that renews
a file where it lies goes on, and says what lies beside it: refusing would keep people from their own work.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Set
from pathlib import Path

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.sharing.what_lies_there import TEXT_CHECK, Look, Neighbour, identifiable_below, shared_in

__all__ = [
    "TEXT_CHECK",
    "beside_renewed",
    "names_below",
    "refuse_among_shared",
    "refuse_beside_names",
    "refuse_output",
    "say_beside",
    "say_unread",
    "sentence",
    "shared_above",
]

MOST_UNREAD = 3


def refuse_beside_names(folder: Path, what: str, option: str = "", told: dict[str, str] | None = None) -> Look:
    """Raise PrivacyProblem when names lie in `folder` or below it; `what`: what was to be written, in words.

    Gives what was seen there, for `say_unread`. `told`: the headings of this sample's lists, by field.
    """
    look = names_below(folder, told=told)
    if look.found:
        with_option = f" with {option}" if option else ""
        raise PrivacyProblem(
            "folder-of-working",
            f"In the folder {folder.name} or below it lies {_listed(look.found)}, and {what} is for others to open: "
            f"choose another folder{with_option}, such as {_free(folder, 'for others')}.",
        )
    return look


def refuse_output(out: Path, ending: str, what: str) -> Look:
    """Raise FileProblem or PrivacyProblem unless `out` is a free name with that `ending`, in a folder for others."""
    if out.suffix.lower() != ending:
        code = f"not-{ending.removeprefix('.')}"
        raise FileProblem(code, f"{out.name} does not end in {ending}: choose a name that does.")
    if os.path.lexists(out):
        raise FileProblem("there-already", f"{out.name} is there already: choose another name, or move it away.")
    if not out.parent.is_dir():
        raise FileProblem("no-such-folder", f"There is no folder {out.parent}: make it, or choose another.")
    return refuse_beside_names(out.parent, what)


def refuse_among_shared(new: Path, what: str) -> Look:
    """Raise PrivacyProblem when a new file that names children would lie in or below a folder that others open.

    `what`: what was to be written, in words. Gives what was seen there, for `say_unread`.
    """
    look = shared_above(new)
    if look.found:
        place = look.found[0].path.parent
        raise PrivacyProblem(
            "folder-shared",
            f"{what} names children and may not lie where others look: {_listed(look.found)} lies in the folder "
            f"{place.name}. Choose a restricted folder, such as {_free(place, 'restricted')}.",
        )
    return look


def beside_renewed(path: Path, kind: str, told: dict[str, str] | None = None) -> Look:
    """What of the other kind lies beside a workbook that is renewed where it lies. `kind`: working, review."""
    return shared_above(path) if kind == "working" else names_below(path.parent, {_real(path)}, told)


def names_below(folder: Path, but: Set[Path] = frozenset(), told: dict[str, str] | None = None) -> Look:
    """What names children in a folder or below it, whatever way the folder is written."""
    return _together(identifiable_below(place, but, told) for place in dict.fromkeys((folder, _real(folder))))


def shared_above(path: Path) -> Look:
    """What others open in the folder of a file and in those above it, as written and as the file system says."""
    ways = (path, _real(path), _real(path.parent) / path.name)
    folders = [folder for way in ways for folder in Path(os.path.abspath(way)).parents]  # noqa: PTH100 - keeps links
    return _together(shared_in(folder, {_real(path)}) for folder in dict.fromkeys(folders))


def sentence(look: Look, name: str, kind: str) -> str:
    """What Start, and the action's result, say of the other kind beside the workbook `name`; '' for nothing."""
    if not look.found:
        return ""
    if kind == "working":
        return f"Beside {name}, which names children, lies {_listed(look.found)}, which others open. Move one of them."
    return f"Beside {name}, which others open, lies {_listed(look.found)}, which names children. Move it away."


def say_beside(look: Look, name: str, kind: str, result: Result) -> None:
    """Name in the result, which then needs a person, what of the other kind lies beside a file that is renewed."""
    told = sentence(look, name, kind)
    if told:
        result.ok = False
        result.say("warning", "neighbour", told)
    say_unread([look], result)


def say_unread(looks: Iterable[Look], result: Result) -> None:
    """Name what could not be read: nobody knows whether it may lie there, so somebody has to look."""
    unread = list(dict.fromkeys(path.name for look in looks for path in look.unread))
    if unread:
        more = f" and {len(unread) - MOST_UNREAD} more" if len(unread) > MOST_UNREAD else ""
        result.ok = False
        result.say(
            "warning",
            "neighbours-unread",
            f"Beside it lies what could not be read: {', '.join(unread[:MOST_UNREAD])}{more}. See for yourself that no "
            "names are in it, or move it away.",
        )


def _together(looks: Iterable[Look]) -> Look:
    """One look of several, each file once."""
    whole, seen = Look(), set[Path]()
    for look in looks:
        for one in look.found:
            if _real(one.path) not in seen:
                seen.add(_real(one.path))
                whole.found.append(one)
        for path in look.unread:
            if _real(path) not in seen:
                seen.add(_real(path))
                whole.unread.append(path)
        if whole.is_enough:
            break
    return whole


def _listed(found: list[Neighbour]) -> str:
    return ", ".join(f"{one.path.name} ({one.what})" for one in found)


def _free(folder: Path, ending: str) -> Path:
    """A folder beside `folder` that could be made: offered, not made."""
    real = _real(folder)
    return real.with_name(f"{real.name} {ending}") if real.name else real / ending


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
