"""The options of an action in Excel: what its button asks before it starts, and where things went the last time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xl_dipsample.actions.running.action import Action, Argument, Ask, Files
from xl_dipsample.actions.running.confirm import NO, YES
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.privacy.key import ids
from xl_dipsample.privacy.key.passphrase import escrow_path

if TYPE_CHECKING:
    from xl_dipsample.addin.press.excel_ui import ExcelUi

FILES: dict[Files, tuple[tuple[str, str], ...]] = {
    "workbook": (("Excel workbook", "*.xlsx"),),
    "export": (("Export", "*.xlsx *.xlsm *.xls *.ods *.csv *.xml"),),
    "document": (("Word document", "*.docx"),),
}
REMEMBERED = {"review": "Review workbook", "key": "Key", "reading_list": "Reading list"}
ANYTHING_ELSE = "Anything else? Tick what you want, and press OK"
UNIQUE_ID, CASE_ID = "A unique ID, mistyped", "A case ID"
ANOTHER, NONE = "Another workbook", "None"
THEIR_COLUMNS, THEIR_ROWS = "Columns of the same cases, by case ID", "Rows: other cases of the same period"
SAME, OTHER = "The same as last time", "Choose anew"


@dataclass(frozen=True)
class Around:
    """What is known before anything is asked. `folder`: of the workbook on screen; `marked`: the marked cell's text.

    `places`: where things of this sample went the last time, by argument; `listed`: there is a long list. `ours`: the
    workbook on screen, when it is one of ours, and its `kind`. `copies`: what Undo can put back, the last step first:
    its number and its words; none where the last step is all there is.
    """

    folder: Path | None = None
    marked: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    listed: bool = False
    ours: Path | None = None
    kind: str = ""
    copies: Sequence[tuple[int, str]] = ()


def options_of(action: Action, ui: ExcelUi, around: Around) -> Asked:
    """Ask what the action needs, in the registry's order. Raises Stopped."""
    given: dict[str, Any] = {}
    known = _the_same_again(action, ui, around.places)
    asked = [one for one in _one_of(action, ui) if one.ask]
    for argument in (one for one in asked if not tick_of(one)):
        if argument.field in known:
            given[argument.field] = known[argument.field]
        else:
            given[argument.field] = ASK[argument.ask](argument, ui, around, given)
    for argument in _ticked(asked, ui):
        given[argument.field] = True if argument.ask == "tick" else ASK[argument.ask](argument, ui, around, given)
    unasked = {"key"} if given.get("key") is None else set()  # a key that nobody wanted now is where it was
    places = {name: str(given[name] or "") for name in REMEMBERED if name in given and name not in unasked}
    if action.id == "lookup":
        given["is_terminal"] = True  # a message box: a person sees it, and it is kept nowhere
    return Asked(action.make_options(given), places)


def _one_of(action: Action, ui: ExcelUi) -> list[Argument]:
    """The arguments to ask for: all of them, or the one that the person chooses, which is then needed."""
    if not action.either:
        return list(action.arguments)
    chosen = ui.choose(action.either, tuple(one.answer for one in action.arguments if one.answer), "")
    return [replace(one, required=True) for one in action.arguments if one.answer == chosen]


def tick_of(argument: Argument) -> str:
    """Its line in the window that asks "Anything else?"; '' when it has a question of its own."""
    return argument.question if argument.ask == "tick" else argument.tick


def _ticked(asked: Sequence[Argument], ui: ExcelUi) -> list[Argument]:
    """What is wanted besides, all of it in one window; it is asked for once it is wanted."""
    offered = {tick_of(one): one for one in asked if tick_of(one)}
    ticked = ui.ticks(ANYTHING_ELSE, tuple(offered)) if offered else []
    return [replace(offered[one], required=True) for one in ticked]


def _the_same_again(action: Action, ui: ExcelUi, places: Mapping[str, str]) -> dict[str, Path | None]:
    """The places of the last time, when all that the action needs are known and the person wants them again."""
    wanted = [one for one in action.arguments if one.field in REMEMBERED and one.ask and not tick_of(one)]
    if not wanted or any(one.field not in places for one in wanted if one.required):
        return {}
    known = {one.field: _path(places.get(one.field, "")) for one in wanted}
    if not any(known.values()) or not all(_is_usable(one, known[one.field]) for one in wanted):
        return {}
    lines = [f"{REMEMBERED[name]}: {path}" for name, path in known.items() if path is not None]
    question = "\n".join(["Where things went last time:", *lines])
    return known if ui.choose(question, (SAME, OTHER), "") == SAME else {}


def _path(text: str) -> Path | None:
    return Path(text) if text else None


def _is_usable(argument: Argument, path: Path | None) -> bool:
    if path is None:
        return not argument.required
    return path.is_file() if argument.ask == "open" else path.parent.is_dir()


def _is_wanted(argument: Argument, ui: ExcelUi) -> bool:
    question = argument.first or f"Do you also want {argument.help}?"
    return argument.required or ui.choose(question, (NO, YES), argument.flag) == YES


def _folder(argument: Argument, around: Around) -> Path | None:
    last = _path(around.places.get(argument.field, ""))
    return last.parent if last is not None and last.parent.is_dir() else around.folder


def _ask_open(argument: Argument, ui: ExcelUi, around: Around, given: Mapping[str, Any]) -> Any:
    """A file; where the action takes many, several at once, and more from other folders."""
    del given
    if not _is_wanted(argument, ui):
        return None
    folder, kinds = _folder(argument, around), FILES[argument.files]
    if not argument.many:
        return ui.open_file(argument.question, folder, kinds)
    found = ui.open_files(argument.question, folder, kinds)
    while ui.choose(f"{_listed(found)} Is there another one, in another folder?", (NO, YES), argument.flag) == YES:
        found += [one for one in ui.open_files(argument.question, found[-1].parent, kinds) if one not in found]
    return found


def _ask_main(argument: Argument, ui: ExcelUi, around: Around, given: dict[str, Any]) -> Path:
    """One file, or several of one folder: the others wait under "also"."""
    first, *given["also"] = ui.open_files(argument.question, _folder(argument, around), FILES[argument.files])
    return first


def _ask_others(argument: Argument, ui: ExcelUi, around: Around, given: dict[str, Any]) -> list[Path]:
    """Which of several comes first; not asked where all of them add to a list that is there."""
    del around
    others: list[Path] = given["also"]
    if not others or given["join"] or given["append"]:
        return others
    files = {one.name: one for one in (given["export"], *others)}
    given["export"] = files.pop(ui.choose(argument.question, tuple(files), argument.flag))
    return list(files.values())


def _ask_their_rows(argument: Argument, ui: ExcelUi, around: Around, given: Mapping[str, Any]) -> bool:
    """What the others add; they do as the first one does where that adds something itself."""
    del around
    if not given["also"] or given["join"] or given["append"]:
        return bool(given["append"])
    return ui.choose(argument.question, (THEIR_COLUMNS, THEIR_ROWS), argument.flag) == THEIR_ROWS


def _listed(files: Sequence[Path]) -> str:
    """The files that were chosen so far, by their folder and name: review workbooks of two years may be called alike.

    >>> _listed([Path("/share/2023/review.xlsx"), Path("/share/2024/review.xlsx")])
    'Chosen: 2023/review.xlsx, 2024/review.xlsx.'
    """
    return f"Chosen: {', '.join(f'{one.parent.name}/{one.name}' for one in files)}."


def _ask_save(argument: Argument, ui: ExcelUi, around: Around, given: Mapping[str, Any]) -> Path | None:
    del given
    if not _is_wanted(argument, ui):
        return None
    name = Path(around.places.get(argument.field) or argument.name).name
    return ui.save_file(argument.question, _folder(argument, around), name, FILES[argument.files])


def _ask_folder(argument: Argument, ui: ExcelUi, around: Around, given: Mapping[str, Any]) -> Path:
    del given
    return ui.folder(argument.question, around.folder)


def _ask_text(argument: Argument, ui: ExcelUi, around: Around, given: Mapping[str, Any]) -> str:
    del given
    proposed = unique_id_in(around.marked) if argument.field == "unique_id" else ""
    return ui.ask(argument.question, argument.flag, proposed)


def _ask_one(argument: Argument, ui: ExcelUi, around: Around, given: Mapping[str, Any]) -> str:
    del around, given
    words = {told: value for value, told in argument.choices}
    return words[ui.choose(argument.question, tuple(words), argument.flag)]


def _ask_instead(argument: Argument, ui: ExcelUi, around: Around, given: dict[str, Any]) -> str | None:
    """A case ID that was typed where a unique ID is asked for; asked when it begins as those do and is none."""
    del around
    typed = str(given["unique_id"]).strip()
    if not typed or unique_id_in(typed):
        return None
    either = ids.bare(typed).startswith(ids.PREFIX)
    if either and ui.choose(argument.question, (UNIQUE_ID, CASE_ID), argument.flag) == UNIQUE_ID:
        return None
    given["unique_id"] = None
    return typed


def _ask_ours(argument: Argument, ui: ExcelUi, around: Around, given: Mapping[str, Any]) -> Path | None:
    """The workbook on screen is proposed when it can be meant: a log lies beside a working workbook alone."""
    fits = around.ours is not None and (around.kind == "working" or given.get("task") == "verify")
    on_screen = f"{around.ours.name}, which is open" if around.ours is not None and fits else ""
    answer = ui.choose(argument.question, (*filter(None, [on_screen]), NONE, ANOTHER), argument.flag)
    if answer == ANOTHER:
        return ui.open_file(argument.question, around.folder, FILES[argument.files])
    return around.ours if answer == on_screen else None


def _from_screen(argument: Argument, ui: ExcelUi, around: Around, given: Mapping[str, Any]) -> Path | None:
    """The working workbook on screen; it is looked at without asking."""
    del argument, ui, given
    return around.ours if around.kind == "working" else None


def _ask_copy(argument: Argument, ui: ExcelUi, around: Around, given: Mapping[str, Any]) -> int | None:
    """How far back; not asked where the last step is all there is."""
    del given
    numbers = {words: number for number, words in around.copies}
    if not numbers:
        return None
    return numbers[ui.choose(argument.question, tuple(numbers), argument.flag)]


def _ask_yes(argument: Argument, ui: ExcelUi, around: Around, given: Mapping[str, Any]) -> bool:
    """A second keyholder is asked for as long as there is none."""
    del around
    if argument.field == "second_keyholder" and escrow_path(Path(given["key"])).exists():
        return False
    return ui.choose(argument.question, (YES, NO), argument.flag) == YES


def _ask_added(argument: Argument, ui: ExcelUi, around: Around, given: Mapping[str, Any]) -> bool:
    """What a report adds to the list is asked until one answer is yes; where there is no list it is the list."""
    if not around.listed or any(answer is True for answer in given.values()):
        return False
    return ui.choose(argument.question, (NO, YES), argument.flag) == YES


def unique_id_in(text: str) -> str:
    """The text as a unique ID when it is one, otherwise ''.

    >>> unique_id_in(" ds-7gk-4mx3"), unique_id_in("Sheffield")
    ('DS-7GK-4MX3', '')
    """
    try:
        return ids.parse(text)
    except DipSampleError:
        return ""


ASK: dict[Ask, Callable[[Argument, ExcelUi, Around, dict[str, Any]], Any]] = {
    "open": _ask_open,
    "main": _ask_main,
    "others": _ask_others,
    "their rows": _ask_their_rows,
    "save": _ask_save,
    "folder": _ask_folder,
    "text": _ask_text,
    "yes": _ask_yes,
    "added": _ask_added,
    "one": _ask_one,
    "instead": _ask_instead,
    "ours": _ask_ours,
    "screen": _from_screen,
    "copy": _ask_copy,
}


@dataclass(frozen=True)
class Asked:
    """The action's own options, and the places to remember when it is done."""

    options: Any
    places: dict[str, str]
