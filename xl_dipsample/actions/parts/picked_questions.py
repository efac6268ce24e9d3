"""Question packs that the lead picked on Focus: their questions come to Questions, once."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.focus import picked_packs
from xl_dipsample.domain.review import question_packs
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.lead_lists import key
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host

SHEET = "Questions"


def take_over(host: Host, result: Result) -> None:
    """Add the questions of packs that were picked since the last press, and say so; remember which were taken over.

    A pack that is not picked any more keeps its questions, since reviewers may have answered them. Raises
    SettingProblem with the Excel row for a name on Focus that is no pack.
    """
    focus, taken = host.read_table("Focus"), host.read_table(picked_packs.TABLE)
    now = picked_packs.picked(focus, picked_packs.QUESTIONS)
    new = picked_packs.newly_picked(focus, taken, picked_packs.QUESTIONS)
    before = [
        trimmed(pack)
        for kind, pack in zip(taken["Kind"], taken["Pack"], strict=True)
        if key(trimmed(kind)) == key(picked_packs.QUESTIONS)
    ]
    off = [one for one in before if key(one) not in map(key, now)]
    if not new and not off:
        return
    table = host.read_table("Questions")
    _say_off(table, off, result)
    added = question_packs.added(table, [pack for pack in question_packs.packs() if pack.name in new])
    if added.came:
        host.write_table("Questions", added.table)
        told = plural(len(added.came), "question of a picked pack was", "questions of the picked packs were")
        result.say(
            "note",
            "questions-added",
            f"{told} added to Questions ({', '.join(new)}). Delete the rows that you do not want; the others become "
            "columns of Review with the next Pseudonymise.",
            sheet=SHEET,
        )
    if added.there:
        result.say(
            "note",
            "questions-there",
            f"On Questions already, and kept as they stand: {'; '.join(added.there)}.",
            sheet=SHEET,
        )
    host.write_table(picked_packs.TABLE, picked_packs.recorded(focus, taken, picked_packs.QUESTIONS))


def _say_off(table: pd.DataFrame, off: list[str], result: Result) -> None:
    """What becomes of the questions of packs that were taken off Focus; packs without any row left are passed over."""
    left = [one for one in off if key(one) in {key(trimmed(pack)) for pack in table["Pack"]}]
    if left:
        result.say(
            "note",
            "questions-stay",
            f"Not picked on Focus any more, but still on Questions: {', '.join(left)}. Delete the rows that you do not "
            "want; a column of Review in which somebody answered stays.",
            sheet=SHEET,
        )
