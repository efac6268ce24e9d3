"""Packs of words that were picked on Focus come into My lists, once each.

At the next press of Import, Check, Narrow down or Pseudonymise, before My lists is read for anything else.
"""

from __future__ import annotations

from dataclasses import dataclass

from xl_dipsample.domain.focus import pack_words, picked_packs
from xl_dipsample.domain.focus.picked_packs import WORDS
from xl_dipsample.domain.shared import lead_lists, standing
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host

SHEET = "My lists"


@dataclass(frozen=True)
class TakenPacks:
    """Which packs of words were taken over just now, and what came of it; nothing when none was."""

    packs: tuple[str, ...] = ()
    came: pack_words.Taken | None = None

    def say(self, result: Result) -> None:
        """Tell what was added to My lists, and what was left as the lead has it."""
        if self.came is None:
            return
        came = self.came
        kept = standing.excel_rows(came.sides_kept, standing.first_row(came.frame, lead_lists.FIRST_ROW))
        result.figures["packs"] = {
            "taken": list(self.packs), "words": came.words, "codes": came.codes, "codes_moved": came.moved,
            "codes_left": came.left, "sides_kept": len(came.sides_kept), "no_room": came.no_room,
        }  # fmt: skip
        result.say(
            "note",
            "packs-taken",
            f"Word packs of Focus came into My lists: {', '.join(self.packs)}. "
            f"Added: {plural(came.words, 'word')}, {plural(came.codes, 'code or spelling', 'codes and spellings')}.",
            sheet=SHEET,
        )
        if came.moved:
            result.say(
                "note",
                "pack-codes-moved",
                f"{plural(came.moved, 'code or spelling means', 'codes and spellings mean')} the pack's own word now, "
                "no longer the wider word that a new workbook has for it.",
                sheet=SHEET,
            )
        if came.left:
            result.say(
                "note",
                "pack-codes-left",
                f"{plural(came.left, 'code or spelling', 'codes and spellings')} of a pack already "
                f"{'means' if came.left == 1 else 'mean'} another word of your list: that stays.",
                sheet=SHEET,
            )
        if came.sides_kept:
            result.say(
                "note",
                "pack-sides-kept",
                f"Your side of the line stays where the pack has another: {kept}.",
                sheet=SHEET,
            )
        if came.no_room:
            result.say(
                "warning",
                "pack-no-room",
                f"{plural(came.no_room, 'word')} of a pack found no room: a list has {lead_lists.MOST} words at most. "
                "Take out what you do not need, take the pack off Focus, and pick it again.",
                sheet=SHEET,
            )


def take(host: Host) -> TakenPacks:
    """Add the words of newly picked packs to My lists. Raises SettingProblem for a name that is no pack."""
    focus, before = host.read_table("Focus"), host.read_table(picked_packs.TABLE)
    packs = picked_packs.newly_picked(focus, before, WORDS)
    came = None
    if packs:
        mine = host.read_table(lead_lists.TABLE)
        came = pack_words.taken(mine, packs)
        came.frame.attrs = mine.attrs
        if came.words or came.codes:
            host.write_table(lead_lists.TABLE, came.frame)
    after = picked_packs.recorded(focus, before, WORDS)
    if after.to_numpy().tolist() != before.to_numpy().tolist():
        host.write_table(picked_packs.TABLE, after)
    return TakenPacks(packs, came)


def say_what_would_help(host: Host, result: Result) -> None:
    """Name the packs that are not picked and have words for labels that wait on Labels."""
    labels, focus = host.read_table("Labels"), host.read_table("Focus")
    waiting = [
        (trimmed(field), trimmed(label))
        for field, label, means in zip(labels["Field"], labels["Label as exported"], labels["Means"], strict=True)
        if not trimmed(means)
    ]
    picked = picked_packs.picked(focus, WORDS)
    found = pack_words.that_would_help(waiting, (one for one in picked_packs.names(WORDS) if one not in picked))
    if found:
        named = ", ".join(f"{pack} ({plural(number, 'label')})" for pack, number in found.items())
        result.figures["packs_that_would_help"] = found
        result.say(
            "note",
            "packs-would-help",
            f"Labels that wait for you are words of ready-made packs: {named}. Pick them on Focus, under Word packs, "
            "and press Narrow down.",
            sheet="Focus",
        )
