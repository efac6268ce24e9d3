"""A synthetic export, as dirty as real ones are. No row stands for a real child; every name says that it is made up."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
from typing import Any

import xlsxwriter

from xl_dipsample.actions.example.example_samples import NOW, RETURNING, Example

TITLE = "SYNTHETIC DATA for trying things out - no real child, family or worker"
FOOTER = "End of report - SYNTHETIC DATA"
HEADINGS = (
    "Case number", "Child's name", "DOB", "Date of referral", "Date closed", "Age", "Sex", "Ethnicity",
    "Assessment factors", "Assessment outcome", "Step down to", "Allocated team", "Stage",
)  # fmt: skip
WORDS = (
    "Alder", "Amber", "Aspen", "Birch", "Bracken", "Cedar", "Clover", "Coral", "Elder", "Fern", "Flint", "Hazel",
    "Heather", "Holly", "Indigo", "Jasper", "Juniper", "Larch", "Linden", "Maple", "Marlow", "Ocean", "Olive", "Pearl",
    "Quill", "River", "Robin", "Rowan", "Rush", "Sage", "Sorrel", "Teal", "Willow", "Wren",
)  # fmt: skip
TEAMS = ("Assessment team 1", "Assessment team 2", "Assessment team 3", "MASH", "")
ETHNICITIES = (
    "WBRI", "WBRI", "WBRI", "a) WBRI", "White British", "WOTH", "MWBC", "MWBA", "d) MWAS", "APKN", "ABAN", "BCRB",
    "BAFR", "BOTH", "OOTH", "NOBT", "s) NOBT", None,
)  # fmt: skip
CHOSEN_FACTORS = (
    ("10A",), ("11A",), ("13A",), ("2A",), ("14A",), ("10A", "11A"), ("13A", "24A"), ("2A", "13A"), ("12A",), ("18B",),
    ("19B",), ("18C",), ("3C",), ("10A", "24A"), ("11A", "19B"),
)  # fmt: skip
OTHER_FACTORS = (
    ("16A",),
    ("17A",),
    ("3B", "1B"),
    ("4B",),
    ("4A",),
    ("16A", "4B"),
    ("3A",),
    ("5A",),
    ("24A",),
    ("20",),
    ("15A",),
)
WORDS_OF = {
    "2A": "Drug misuse: child", "3B": "Domestic abuse: parent or carer", "3C": "Domestic violence - other",
    "10A": "Going missing", "11A": "CSE", "12A": "Trafficking", "13A": "Gangs", "14A": "Anti-social behaviour",
    "16A": "Neglect", "18B": "Physical abuse - other", "19B": "Sexual abuse - other",
    "24A": "Child criminal exploitation",
}  # fmt: skip
REFERRED = ("None", "Early help", "YOT", "CAMHS", "MACE", "School nurse", "Mentoring", "", None)


def export(example: Example = NOW) -> bytes:
    """The export as an .xlsx: a title, a blank row, the headings, the rows, a footer. Always the same bytes."""
    rows = _rows(example)
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": TITLE, "created": dt.datetime.combine(example.period_to, dt.time())})
    sheet = book.add_worksheet("Report 1")
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_string(0, 0, TITLE, bold)
    sheet.write_row(2, 0, HEADINGS, bold)
    sheet.set_column(0, len(HEADINGS) - 1, 18)
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, column, dt.datetime.combine(value, dt.time()), day)
            elif isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
    sheet.write_string(len(rows) + 4, 1, FOOTER)
    book.close()
    return memory.getvalue()


def _rows(example: Example) -> list[list[Any]]:
    """Young people with their contacts in no order, some rows twice, and the planted oddities."""
    draw = random.Random(example.seed)
    rows = [row for _, rows in _young_people(draw, example) for row in rows]
    rows += [_row(draw, child, example) for child in _returning(example)]
    draw.shuffle(rows)
    for place in (17, 90, 203, 260):
        rows.append(list(rows[place]))  # exact duplicates
    rows += _oddities() if example is NOW else []
    rows.insert(140, [None] * len(HEADINGS))
    return rows


def _young_people(draw: random.Random, example: Example) -> list[tuple[dict[str, Any], list[list[Any]]]]:
    """Each young person with one row or more: some have a second contact, some a second row of one contact."""
    found = []
    for number in range(example.young_people):
        child = _child(draw, example, number)
        rows = [_row(draw, child, example)]
        if draw.random() < 0.12:
            again = child | {"contact": child["contact"] + dt.timedelta(days=draw.randrange(10, 120))}
            rows.append(_row(draw, again, example))
        if draw.random() < 0.04:
            rows.append(_row(draw, child | {"factors": draw.choice(CHOSEN_FACTORS)}, example))
        found.append((child, rows))
    return found


def _returning(example: Example) -> list[dict[str, Any]]:
    """In the earlier sample, some young people of the later one, a year younger."""
    if example is NOW:
        return []
    children = [child for child, _ in _young_people(random.Random(NOW.seed), NOW)]
    old_enough = [
        child for child in children if child["age"] > 13 and child["contact"] >= NOW.period_from
        and child["factors"] in CHOSEN_FACTORS
    ]  # fmt: skip
    year = dt.timedelta(days=365)
    return [child | {"contact": child["contact"] - year, "age": child["age"] - 1} for child in old_enough[:RETURNING]]


def _child(draw: random.Random, example: Example, number: int) -> dict[str, Any]:
    contact = example.period_from + dt.timedelta(days=draw.randrange(-12, 222))
    age = draw.choices((5, 9, 11, 12, 13, 14, 15, 16, 17), (9, 9, 8, 12, 14, 16, 15, 12, 9))[0]
    birth = contact - dt.timedelta(days=int(age * 365.25) + draw.randrange(5, 360))
    known = example.first_number % len(WORDS) + number
    return {
        "id": example.first_number + number * 7,
        "name": f"Synthetic {WORDS[known % len(WORDS)]} {WORDS[(known * 7 + known // len(WORDS)) % len(WORDS)]}",
        "birth": birth,
        "contact": contact,
        "age": age,
        "sex": draw.choice(("F", "M", "Female", "Male", "b) Female", "a) Male", "Not known")),
        "ethnicity": draw.choice(ETHNICITIES),
        "factors": draw.choice(CHOSEN_FACTORS) if draw.random() < 0.29 else draw.choice(OTHER_FACTORS),
        "team": draw.choice(TEAMS),
    }


def _row(draw: random.Random, child: dict[str, Any], example: Example) -> list[Any]:
    closed = child["contact"] + dt.timedelta(days=draw.randrange(12, 50))
    return [
        _dirty_id(draw, child["id"]),
        child["name"],
        _dirty_birth(draw, child["birth"]),
        _dirty_date(draw, child["contact"]),
        _dirty_date(draw, closed),
        _dirty_age(draw, child["age"]),
        child["sex"],
        child["ethnicity"],
        _dirty_factors(draw, child["factors"]),
        draw.choice(example.outcomes),
        draw.choice(REFERRED),
        child["team"],
        draw.choice(("Closed", "Authorised")),
    ]


def _dirty_id(draw: random.Random, number: int) -> Any:
    return draw.choices((number, float(number), f" {number}", f"{number}\u00a0"), (8, 1, 1, 1))[0]


def _dirty_date(draw: random.Random, day: dt.date) -> Any:
    serial = (day - dt.date(1899, 12, 30)).days
    text = (f"{day:%d/%m/%Y}", f"{day:%d-%b-%Y}", f"{day:%Y-%m-%d}T00:00:00", f"{day.day} {day:%B %Y}")
    return draw.choices((day, *text, serial), (20, 4, 1, 1, 1, 1))[0]


def _dirty_birth(draw: random.Random, day: dt.date) -> Any:
    kind = draw.random()
    if kind < 0.02:
        return draw.choice((None, "NULL", "N/A", dt.date(1900, 1, 1)))
    if kind < 0.05:
        return f"{day:%m/%Y}"
    return _dirty_date(draw, day)


def _dirty_age(draw: random.Random, age: int) -> Any:
    return draw.choices((age, f"{age}.5", round(age + draw.random(), 6), None), (6, 1, 2, 2))[0]


def _dirty_factors(draw: random.Random, codes: tuple[str, ...]) -> str:
    words = [WORDS_OF.get(code, code) for code in codes]
    ways = (", ".join(codes), "; ".join(codes), "\n".join(codes), json.dumps(codes), "/".join(codes), "; ".join(words))
    return draw.choice(ways)


def _oddities() -> list[list[Any]]:
    """What every real export has one of; each is found by a check or a rule."""
    day, closed = dt.date(2025, 11, 3), dt.date(2025, 12, 8)
    born = dt.date(2010, 2, 14)

    def odd(number: Any, name: str, **other: Any) -> list[Any]:
        row = dict(
            zip(
                HEADINGS,
                [number, name, born, day, closed, 15, "F", "WBRI", "11A", "CIN", "None", "MASH", "Closed"],
                strict=True,
            )
        )
        row |= other
        return [row[heading] for heading in HEADINGS]

    return [
        odd("00731", "Synthetic Zeros"),
        odd(731, "Synthetic Nozeros", DOB=dt.date(2011, 7, 1)),
        odd(90001, "Test Record"),
        odd(90002, "90002", **{"Assessment factors": "13A"}),
        odd(None, "Synthetic Noid"),
        odd(90003, "Synthetic Later", DOB=dt.date(2026, 5, 1)),
        odd(90004, "Synthetic Oldest", DOB="01/05/1885"),
        odd(90005, "Synthetic Unclear", DOB="31/02/2011", Age=None),
        odd(90006, "Synthetic Local", **{"Assessment factors": "Community safety concern (local code 7)"}),
        odd(90007, "Synthetic Local", **{"Assessment factors": "Community safety concern (local code 7)"}),
        odd(90008, "Synthetic Vague", **{"Assessment factors": "Other vulnerability"}),
        odd(90009, "Synthetic Nofactor", **{"Assessment factors": "21"}),
        odd(90010, "Synthetic Nofactor", **{"Assessment factors": None}),
        odd(90011, "Synthetic Former", **{"Assessment factors": "18A"}),
        odd(90012, "Synthetic Nodate", **{"Date of referral": None}),
        odd(90013, "Synthetic Formula", **{"Step down to": "=1+1"}),
        odd(90014, "Synthetic Twice"),
        odd(90014, "Synthetic Twice", **{"DOB": dt.date(2010, 4, 12), "Date of referral": dt.date(2026, 1, 9)}),
        odd(90015, "Synthetic Leap", **{"DOB": dt.date(2012, 2, 29), "Date of referral": dt.date(2026, 2, 28)}),
        odd(90016, "Synthetic Backwards", **{"Date closed": dt.date(2025, 10, 1)}),
    ]
