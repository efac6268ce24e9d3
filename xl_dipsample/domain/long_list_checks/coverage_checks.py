"""Checks of the list as a whole: what is not in it at all, and what the lead left out."""

from __future__ import annotations

import re
from collections import Counter

from xl_dipsample.domain.long_list.harm_categories import categories
from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import Level, ListRule, Whole

_EXPORT = re.compile(r" \(export(?: \d+)?\)$")
FEW = 20  # rows: the smallest long list from which a pattern can be read
MOSTLY = 0.5
EXPORT_AGAIN = "Add the column to the export, or choose its field on Headings, and import again."


def _blank_column(code: str, level: Level, heading: str, what: str, to_do: str) -> ListRule:
    """A column of ours that is empty in every row."""
    return ListRule(
        code, level, heading, f"No row has {what}.", to_do, lambda reading: _if(reading, reading.all_blank(heading))
    )


def _if(reading: Reading, wrong: bool) -> tuple[Whole, ...]:  # noqa: FBT001 - what was found
    return (Whole(alike=len(reading.raw)),) if wrong else ()


def _no_birth_but_ages(reading: Reading) -> tuple[Whole, ...]:
    return _if(reading, reading.all_blank("Date of birth") and not reading.all_blank("Age"))


def _no_birth_no_age(reading: Reading) -> tuple[Whole, ...]:
    return _if(reading, reading.all_blank("Date of birth") and reading.all_blank("Age"))


def _left_out(reading: Reading) -> tuple[Whole, ...]:
    """One finding for each harm category that occurs and is not chosen."""
    counts: Counter[str] = Counter()
    for found, number in Counter(reading.harm["categories"]).items():
        for category in found:
            counts[category] += number
    missing = [one for one in categories() if counts[one] and one not in reading.criteria.categories]
    return tuple(Whole(category, counts[category]) for category in missing)


def _mostly_no_harm(reading: Reading) -> tuple[Whole, ...]:
    blank = int(reading.harm["nothing"].astype(bool).sum())
    some = not reading.all_blank("Type of harm")
    return (Whole(alike=blank),) if some and blank > MOSTLY * len(reading.raw) else ()


def _few_rows(reading: Reading) -> tuple[Whole, ...]:
    return _if(reading, len(reading.raw) < FEW)


def _twice(reading: Reading) -> tuple[Whole, ...]:
    """Headings that stand in one export more than once; a heading is no case data.

    Import tells such columns apart by " (export)". Headings has each heading once for each export, so a heading
    that two joined exports share is not counted.
    """
    said = Counter(heading.casefold() for heading in reading.headings)
    columns = Counter(_EXPORT.sub("", heading) for heading in reading.source_columns)
    return tuple(Whole(name) for name, number in columns.items() if number > max(said[name.casefold()], 1))


def _all_on_one_day(reading: Reading) -> tuple[Whole, ...]:
    """Every contact on one day: usually the date of the export."""
    days = reading.contact["first"].dropna()
    return _if(reading, len(days) >= FEW and days.nunique() == 1)


RULES = (
    ListRule(
        "V01",
        "Warning",
        "Type of harm",
        "A harm category occurs in the list and is not chosen on Categories, so rows with nothing else leave.",
        "Decide whether it belongs to the sample. CCE (24A) has been recorded since 2022 only, so older lists of "
        "categories lack it.",
        _left_out,
    ),
    _blank_column(
        "V02",
        "Warning",
        "Type of harm",
        "a type of harm, so nothing can be chosen by it",
        "Join a second export that has it (Import long list), or look at every row on Case check.",
    ),
    ListRule(
        "V03",
        "Warning",
        "Date of birth",
        "No row has a date of birth, so the ages that the export gives are used.",
        "Check that they are ages at the contact and not today's, or add the date of birth to the export.",
        _no_birth_but_ages,
    ),
    ListRule(
        "V04",
        "Error",
        "Date of birth",
        "No row has a date of birth or an age, so nobody can be taken out by age.",
        EXPORT_AGAIN,
        _no_birth_no_age,
    ),
    _blank_column(
        "V05", "Error", "Contact date", "a contact date, so no age and no period can be checked", EXPORT_AGAIN
    ),
    _blank_column("V06", "Error", "Case ID", "a case ID, so the same young person is never recognised", EXPORT_AGAIN),
    ListRule(
        "V07",
        "Note",
        "",
        "The list has fewer than 20 rows.",
        "Check that the whole group was exported; few cases show single stories rather than a pattern.",
        _few_rows,
    ),
    _blank_column("V08", "Note", "Ethnicity", "an ethnicity", "Add it if you want to see who is screened out."),
    _blank_column("V09", "Note", "Gender", "a gender", "Add it if you want to see who is screened out."),
    _blank_column("V10", "Note", "Outcome", "an outcome", "Nothing: reviewers find it in the file."),
    ListRule(
        "V11",
        "Note",
        "",
        "Two columns of the export have the same heading.",
        "Check on Headings what they were taken for; give them different headings in the export.",
        _twice,
    ),
    _blank_column(
        "V12",
        "Warning",
        "Name",
        "a name, so names cannot be looked for in extracts",
        "Join a second export that has them (Import long list).",
    ),
    ListRule(
        "V13",
        "Warning",
        "Type of harm",
        "More than half of the rows have no type of harm.",
        "Find out whether it is recorded elsewhere; on Criteria choose whether such rows leave or go to Case check.",
        _mostly_no_harm,
    ),
    ListRule(
        "V14",
        "Warning",
        "Contact date",
        "Every contact has the same date, which may be the day of the export.",
        "Look which column was taken for the contact date: choose another on Headings, and import again.",
        _all_on_one_day,
    ),
)
