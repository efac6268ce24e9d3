"""Of whom the sample is, counted from the rules alone: docs/design.md, section 6 and 7. Slow, in plain Python."""

from __future__ import annotations

from typing import Any, NamedTuple

from narrow_slowly import (
    ABOVE,
    AGE_NEAR_LIMIT,
    AGE_NOT_KNOWN,
    BELOW,
    DATE_MISSING,
    DUPLICATE,
    MONTH_ONLY,
    PERIOD,
    Columns,
    Verdict,
    case_id,
    cell_of,
    read_date,
)


class Whom(NamedTuple):
    """Young people, contacts, rows."""

    people: int
    contacts: int
    rows: int


def in_sample(verdict: Verdict) -> bool:
    return verdict.state in ("Included", "Sample")


def in_the_whole(verdict: Verdict) -> bool:
    """Still in after the stages of period and age; a duplicate row is none of its own."""
    return verdict.stage not in (DUPLICATE, PERIOD, BELOW, ABOVE)


def in_the_period(verdict: Verdict) -> bool:
    return verdict.stage not in (DUPLICATE, PERIOD)


def is_sure(verdict: Verdict) -> bool:
    """Nothing is doubtful about its date and its age."""
    return not verdict.doubts & {AGE_NOT_KNOWN, AGE_NEAR_LIMIT, DATE_MISSING, MONTH_ONLY}


def count(verdicts: list[Verdict], rows: list[list[Any]], columns: Columns) -> Whom:
    """Each young person once, by the case ID; a row without one is one. A contact: young person and date."""
    people: list[Any] = []
    contacts: list[Any] = []
    for verdict in verdicts:
        cells = rows[verdict.index]
        person = case_id(cell_of(cells, columns.case_id))
        day = read_date(cell_of(cells, columns.contact_date))
        if person is None:
            people.append(verdict)
            contacts.append(verdict)
            continue
        if person not in people:
            people.append(person)
        if day is None:
            contacts.append(verdict)
        elif (person, day) not in contacts:
            contacts.append((person, day))
    return Whom(len(people), len(contacts), len(verdicts))


def whom(verdicts: list[Verdict], rows: list[list[Any]], columns: Columns) -> dict[str, Whom]:
    """Every line of the table YoungPeople."""

    def of(some: list[Verdict]) -> Whom:
        return count(some, rows, columns)

    whole = [verdict for verdict in verdicts if in_the_whole(verdict)]
    alone = [one for one in whole if case_id(cell_of(rows[one.index], columns.case_id)) is None]
    everyone, sure = of(whole), of([verdict for verdict in whole if is_sure(verdict)])
    return {
        "On the long list": of(verdicts),
        "In the period": of([verdict for verdict in verdicts if in_the_period(verdict)]),
        "In the period and of age": everyone,
        "Of these, without case ID": of(alone),
        "Of these, date or age not sure": Whom(*(a - b for a, b in zip(everyone, sure, strict=True))),
        "In the sample": of([verdict for verdict in verdicts if in_sample(verdict)]),
    }
