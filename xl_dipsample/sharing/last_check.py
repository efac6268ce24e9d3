"""What the review workbook remembers of its last check before sharing, and what can be checked without the key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd

from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy.names import ShapesOnly, text_check
from xl_dipsample.sharing.screened_texts import texts_of
from xl_dipsample.workbook.build import release_copy
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.sheets import start_sheet
from xl_dipsample.workbook.sheets.parts import text_lengths

MOST_PLACES = 50  # messages, one for each place
STAMP = "%d/%m/%Y %H:%M:%S"
_RECENT = 731  # days


def stamp(now: dt.datetime) -> str:
    """How a check's date and time are written."""
    return now.strftime(STAMP)


def stamps_of(values: Iterable[object], now: dt.datetime) -> tuple[str, ...]:
    """Those of `values` that are dates and times as we write them, of the last two years: anything else is read.

    >>> stamps_of(["24/11/2026 05:02:15", "07/03/2012 00:00:00", "a name", None], dt.datetime(2026, 12, 1))
    ('24/11/2026 05:02:15',)
    """
    found = []
    for value in values:
        try:
            when = dt.datetime.strptime(str(value), STAMP)  # noqa: DTZ007 - local time, as the workbook keeps it
        except ValueError:
            continue
        if abs((now.replace(tzinfo=None) - when).days) < _RECENT and when.strftime(STAMP) == value:
            found.append(str(value))
    return tuple(found)


def remember_safe(host: Host, when: str) -> None:
    """Write that all texts were safe at `when`, and how long they were; Start then notices what people type."""
    review, questions = host.read_table("Review"), host.read_table("Questions")
    host.write_table(text_lengths.TABLE, text_lengths.table(review, questions, _salt(host, when)))
    host.write_value(start_sheet.CHECKED, when)


def remember_not_safe(host: Host, when: str) -> None:
    """Write that places were found at `when`."""
    host.write_table(text_lengths.TABLE, host.read_table(text_lengths.TABLE).iloc[:0])
    host.write_value(start_sheet.CHECKED, f"{start_sheet.NOT_SAFE} on {when}")


def changed_since(host: Host) -> str:
    """When the texts were last found safe, if they are not the same any more, letter by letter; '' otherwise.

    A workbook that was never found safe gives '', too: there is nothing to compare with.
    """
    when = trimmed(host.read_value(start_sheet.CHECKED))
    if not when or when.startswith(start_sheet.NOT_SAFE):
        return ""
    stored = host.read_table(text_lengths.TABLE)
    review, questions = host.read_table("Review"), host.read_table("Questions")
    return when if text_lengths.changed_since(review, questions, stored, _salt(host, when)) else ""


def unchanged_since_safe(host: Host) -> frozenset[str]:
    """The unique IDs whose texts are, letter by letter, those of the last check that found everything safe.

    None when there was no such check. Whether texts of other rows changed makes no difference.
    """
    when = trimmed(host.read_value(start_sheet.CHECKED))
    if not when or when.startswith(start_sheet.NOT_SAFE):
        return frozenset()
    stored = host.read_table(text_lengths.TABLE)
    review, questions = host.read_table("Review"), host.read_table("Questions")
    now = text_lengths.table(review, questions, _salt(host, when))
    return text_lengths.same_rows(now, stored)


def say_without_key(host: Host, result: Result) -> list[text_check.Place]:
    """For an action that has no key: what the rules without names find, and whether texts changed since the check.

    Adds messages to the result; where an edit of equal length was made, Start is made to show it.
    """
    when = changed_since(host)
    if when:
        forget_lengths(host)
        result.say("warning", "changed-since", f"Texts changed since {when}: check again before sharing.")
    found = rules_without_names({name: host.read_table(name) for name in host.tables()})
    for place in found[:MOST_PLACES]:
        result.say("warning", "found-without-key", text_check.sentence(place), sheet=place.sheet, row=place.row,
                   column=place.column)  # fmt: skip
    result.say(
        "note",
        "names-not-checked",
        f"Names not checked: without the key only numbers, postcodes and e-mail addresses are looked for ({len(found)} "
        "found).",
    )
    return found


def forget_lengths(host: Host) -> None:
    """Make Start show that texts changed since they were found safe, as when words came in from another file."""
    blank = host.read_table(text_lengths.TABLE).assign(**{text_lengths.LENGTH: 0}).astype(object)
    host.write_table(text_lengths.TABLE, blank)


def rules_without_names(tables: dict[str, pd.DataFrame]) -> list[text_check.Place]:
    """Where NHS and NI numbers, postcodes, phones and e-mail addresses stand in the texts that may be shared."""
    texts = texts_of(release_copy.shared_tables(tables), ShapesOnly.may_hold_one)
    return text_check.strong_open(texts, ShapesOnly(), frozenset())


def _salt(host: Host, when: str) -> str:
    return f"{trimmed(host.read_value('sample_id'))} {when}"
