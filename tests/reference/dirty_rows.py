"""Makes exports as dirty as councils' systems make them, from a seed. Everything in them is invented.

`make_export(rng)` gives one `DirtyExport`: the rows as a file would hold them, which column holds what, settings, the
lead's label mapping and decisions. It leans towards the edges of the rules: birthdays on the contact date and the
day before, ends of the period, months of birth that reach over the cut-off. What section 7 leaves open (a label
with a separator in it, a year alone as a date of birth) it does not make.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from narrow_slowly import CATEGORY_ORDER, FACTORS, Columns, plain, read_date, reference

NBSP = "\u00a0"
NOTHING_WORDS = ("NULL", "N/A", "#MULTIVALUE", "   ", NBSP, "", None)
UNREADABLE_DATES = ("tbc", "31/02/2010", "03/14/2010", "29/02/2011", "00/00/0000", "approx summer", "??/05/2009")
UNKNOWN_LABELS = (
    "Peer on peer concern", "Missing from education", "Physical abuse", "Sexual abuse", "N6", "N1 - Abuse or Neglect",
    "N6 - Socially unacceptable behaviour", "Domestic violence", "CSE risk", "99Z", "18D", "Gang", "Local code 7",
)  # fmt: skip
GUIDE_NINE = tuple(row["category"] for row in reference("harm_categories") if row["in_guide"] == "yes")
CODES = tuple(row["code"] for row in FACTORS)
FACTOR_LABEL = {row["code"]: row["label"] for row in FACTORS}
SYNONYMS = {row["field"]: tuple(row["synonyms"].split("|")) for row in reference("headings")}
CHOSEN_CODES = ("2A", "3C", "10A", "11A", "12A", "13A", "14A", "18A", "18B", "18C", "19A", "19B", "19C")
OTHER_CODES = ("3A", "16A", "17A", "15A", "1B", "20", "21", "21", "24A", "24A", "9A", "22A")
YES_NO_CODES = ("2A", "3A", "3C", "10A", "11A", "12A", "13A", "14A", "16A", "18B", "18C", "19C", "24A", "21", "15A")
CODE_WORDS = {
    factor: row["label_synonyms"].split("|")
    for row in reference("harm_categories")
    for factor in (row["dfe_factors"].split("|")[0],)
}
NOTES = (
    "",
    None,
    "seen at home",
    "file note, see system",
    "re-referral; closed",
    "R\u00e9sum\u00e9 on file",
    "\u00a320 taken",
)


@dataclass
class DirtyExport:
    """One export and everything that narrowing it down needs."""

    headings: list[str]
    rows: list[list[Any]]
    columns: Columns
    settings: dict[str, Any]
    above: list[list[Any]] = field(default_factory=list)
    means: dict[tuple[str, str], str] = field(default_factory=dict)
    decisions: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    made: Counter[str] = field(default_factory=Counter)
    """What kinds of dirt are in it, counted."""


def exports(rows: int = 12) -> st.SearchStrategy[DirtyExport]:
    """Small exports that hypothesis can shrink."""
    return st.randoms(use_true_random=False).map(lambda rng: make_export(rng, rows))


# --- single cells --------------------------------------------------------------------------------------------------


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 29 February becomes 28 February there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def day_cell(rng: random.Random, day: date, style: str) -> Any:
    """A day as some system writes it."""
    if style == "mixed":
        style = rng.choice(("date", "uk", "iso", "words", "serial", "stamp"))
    if style == "date":
        return day
    if style == "uk":
        return rng.choice((
            day.strftime("%d/%m/%Y"), f"{day.day}/{day.month}/{day.year}", day.strftime("%d-%m-%Y"),
            day.strftime("%d.%m.%Y"), day.strftime("%d/%m/%Y"), day.strftime("%d/%m/%y"),
        ))  # fmt: skip
    if style == "words":
        return rng.choice((day.strftime("%d %b %Y"), day.strftime("%d %B %Y"), day.strftime("%d-%b-%Y")))
    if style == "serial":
        serial = (day - date(1899, 12, 30)).days
        return rng.choice((serial, float(serial), serial + 0.375, str(serial)))
    if style == "stamp":
        hour, minute = rng.randrange(24), rng.randrange(60)
        stamp = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001
        return rng.choice((
            stamp, stamp.strftime("%d/%m/%Y %H:%M"), stamp.strftime("%Y-%m-%d %H:%M:%S"),
            stamp.strftime("%Y-%m-%dT%H:%M:%S"), stamp.strftime("%d/%m/%Y 00:00:00"),
        ))  # fmt: skip
    return day.strftime("%Y-%m-%d")


def month_cell(rng: random.Random, day: date) -> str:
    """The month of a day as some system writes it."""
    return rng.choice((day.strftime("%m/%Y"), day.strftime("%B %Y"), day.strftime("%Y-%m"), day.strftime("%b %Y")))


def nothing_cell(rng: random.Random, made: Counter[str]) -> Any:
    """How systems say "nothing"."""
    made["a word for nothing"] += 1
    return rng.choice(NOTHING_WORDS)


def id_cell(rng: random.Random, number: int, kind: str, made: Counter[str]) -> Any:
    """A case ID as text, as a number, as 12.0, with leading zeros, padded, or none."""
    roll = rng.random()
    if kind == "missing" or roll < 0.02:
        made["no case ID"] += 1
        return nothing_cell(rng, made)
    if kind == "letters":
        return f"P{number:05d}"
    if kind == "zeros":
        made["leading zeros"] += 1
        return f"{number:06d}"
    if roll < 0.05:
        made["leading zeros beside none"] += 1
        return f"00{number}"
    made["case ID as number and text"] += 1
    plain_id = rng.choice((number, float(number), str(number), f"{number}.0", str(number)))
    if isinstance(plain_id, str) and rng.random() < 0.3:
        made["padded case ID"] += 1
        return rng.choice((f" {plain_id}", f"{plain_id}{NBSP}", f"{NBSP} {plain_id} "))
    return plain_id


def age_cell(rng: random.Random, years: int, made: Counter[str]) -> Any:
    """The age column: a number, text, with a fraction, or rubbish; often today's age, not the one at contact."""
    years = max(0, years + rng.choice((0, 0, 0, 1, -1, 2)))
    roll = rng.random()
    if roll < 0.12:
        return nothing_cell(rng, made)
    if roll < 0.18:
        made["unreadable age"] += 1
        return rng.choice(("teenager", "fourteen", "?"))
    return rng.choice((years, float(years), str(years), f"{years}.5", round(years + 0.94, 2), f" {years} "))


def birth_cell(rng: random.Random, born: date, contact: date, style: str, made: Counter[str]) -> Any:
    """A date of birth; sometimes only its month, nothing, rubbish, or impossible."""
    roll = rng.random()
    if style == "month" or roll < 0.14:
        if born.year < contact.year - 2:
            made["month of birth only"] += 1
            return month_cell(rng, born)
        return None if style == "month" else day_cell(rng, born, "uk")
    if roll < 0.19:
        return nothing_cell(rng, made)
    if roll < 0.23:
        made["unreadable date of birth"] += 1
        return rng.choice(UNREADABLE_DATES)
    if roll < 0.26:
        made["born after the contact"] += 1
        return day_cell(rng, contact + timedelta(days=rng.randrange(1, 500)), "uk")
    if roll < 0.28:
        made["born in 1880"] += 1
        return rng.choice(("14/03/1880", "1880-03-14", "March 1880"))
    if roll < 0.31:
        made["1900-01-01"] += 1
        return rng.choice(("01/01/1900", "1900-01-01", "1900-01-01 00:00:00", date(1900, 1, 1)))
    return day_cell(rng, born, style)


def contact_cell(rng: random.Random, contact: date, style: str, made: Counter[str], *, alone: bool) -> Any:
    """A contact or end date; sometimes nothing, rubbish, or (for a child with one row) a month."""
    roll = rng.random()
    if roll < 0.05:
        made["contact date missing"] += 1
        return nothing_cell(rng, made)
    if roll < 0.07:
        made["unreadable contact date"] += 1
        return rng.choice(UNREADABLE_DATES)
    if roll < 0.08:
        made["contact date 1900-01-01"] += 1
        return "01/01/1900"
    if roll < 0.10 and alone:
        made["month of contact only"] += 1
        return month_cell(rng, contact)
    return day_cell(rng, contact, style)


# --- type of harm --------------------------------------------------------------------------------------------------


def spell(rng: random.Random, code: str, style: str, used: dict[str, set[str]]) -> str:
    """One factor as code, in words, or both."""
    if style == "mixed":
        style = rng.choice(("codes", "words", "both"))
    words = FACTOR_LABEL[code]
    if code in CODE_WORDS and rng.random() < 0.5:
        words = rng.choice(CODE_WORDS[code])
    if style == "codes":
        label = code if rng.random() < 0.9 else code.lower()
    elif style == "both":
        label = rng.choice((f"{code} {words}", f"{code} - {words}"))
    else:
        label = rng.choice((words, words.upper(), words.title(), words))
    used.setdefault(code, set()).add(label)
    return label


def harm_cell(rng: random.Random, labels: list[str], joiner: str, made: Counter[str], style: str) -> Any:
    """The labels of a row in one cell."""
    if not labels:
        return rng.choice(("[]", None)) if joiner == "json" else nothing_cell(rng, made)
    if len(labels) == 1 and labels[0] in ("21", "20") and style == "codes" and rng.random() < 0.5:
        made["numeric code"] += 1
        return rng.choice((int(labels[0]), float(labels[0])))
    if joiner == "json":
        made["JSON array"] += 1
        return json.dumps(labels)
    made[f"joined by {joiner.strip() or 'line break'}"] += len(labels) > 1
    text = joiner.join(labels)
    return text + rng.choice(("", "", "", " ", joiner, NBSP))


def some_labels(rng: random.Random, style: str, used: dict[str, set[str]], made: Counter[str]) -> list[str]:
    """None to three labels of one row."""
    labels = []
    for _ in range(rng.choice((0, 1, 1, 1, 1, 2, 2, 3))):
        roll = rng.random()
        if roll < 0.55:
            code = rng.choice(CHOSEN_CODES)
        elif roll < 0.87:
            code = rng.choice(OTHER_CODES)
        else:
            label = rng.choice(UNKNOWN_LABELS)
            used.setdefault(label, set()).add(label)
            made["unknown label"] += 1
            labels.append(label)
            continue
        made[f"factor {code}"] += 1
        labels.append(spell(rng, code, style, used))
    return labels


# --- settings ------------------------------------------------------------------------------------------------------


def some_settings(rng: random.Random) -> dict[str, Any]:
    """Focus and Criteria, anywhere in what they allow; often the defaults."""
    begin = rng.choice((date(2023, 11, 1), date(2024, 2, 1), date(2024, 2, 29), date(2022, 3, 1)))
    end = begin + timedelta(days=rng.choice((29, 29, 60, 92, 0)))
    which = rng.choice(("both", "both", "both", "from", "to", "none", "none"))
    cut_off = rng.choice((12, 12, 12, 11, 13, 10, 14))
    chosen = list(GUIDE_NINE)
    if rng.random() < 0.6:
        chosen.append("CCE")  # the default; without it the guide's nine to the letter
    if rng.random() < 0.2:
        chosen = [name for name in CATEGORY_ORDER if rng.random() < 0.6] or ["CSE"]
    return {
        "Period is about": rng.choice(("Contact date", "Contact date", "End date")),
        "Period from": begin if which in ("both", "from") else None,
        "Period to": end if which in ("both", "to") else None,
        "Around": begin,
        "Age cut-off": cut_off,
        "Upper age": rng.choice((None, None, None, 17, 16, cut_off, cut_off + 2)),
        "Unit": rng.choice(("Young person", "Young person", "Contact")),
        "Keep": rng.choice(("First", "First", "Last")),
        "No category recorded": rng.choice(("Leave", "Case check")),
        "Case check": rng.choice(("Before review", "Before review", "During review")),
        "Categories": tuple(chosen),
        "Initials": rng.choice(("", "QA", " ")),
    }


def some_contact_day(rng: random.Random, settings: dict[str, Any]) -> date:
    """A day in or near the period, often at its very ends, or round the end of February."""
    begin: date = settings["Around"]
    end = settings["Period to"] or begin + timedelta(days=40)
    roll = rng.random()
    if roll < 0.3:
        return rng.choice((begin, end, begin - timedelta(days=1), end + timedelta(days=1)))
    if roll < 0.4:
        return rng.choice((date(2023, 2, 28), date(2023, 3, 1), date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)))
    if roll < 0.9:
        return begin + timedelta(days=rng.randrange(0, max(1, (end - begin).days + 1)))
    return begin + timedelta(days=rng.randrange(-60, 120))


def some_birthday(rng: random.Random, contact: date, settings: dict[str, Any], made: Counter[str]) -> date:
    """A date of birth, often a whole number of years before the contact, give or take a day."""
    limits = [settings["Age cut-off"], settings["Age cut-off"], settings["Age cut-off"] + 1, 18, 15]
    if settings["Upper age"] is not None:
        limits += [settings["Upper age"], settings["Upper age"] + 1]
    years = rng.choice(limits)
    roll = rng.random()
    if roll < 0.15:
        made["birthday on the contact date"] += 1
        return years_before(contact, years)
    if roll < 0.3:
        made["birthday the day after the contact"] += 1
        return years_before(contact + timedelta(days=1), years)
    if roll < 0.36 or (contact.month, contact.day) in ((2, 28), (3, 1)):
        made["born on 29 February"] += 1
        return date(rng.choice((2008, 2012, 2004, 2016)), 2, 29)
    if roll < 0.5:
        return years_before(contact, years) + timedelta(days=rng.randrange(-40, 40))
    return years_before(contact, rng.randrange(3, 20)) - timedelta(days=rng.randrange(365))


# --- whole exports -------------------------------------------------------------------------------------------------


@dataclass
class Layout:
    """How this export lays out its fields."""

    fields: list[str]
    headings: list[str]
    yes_no: dict[int, str]
    style: str
    """How labels are spelt."""
    joiner: str
    birth_style: str
    date_style: str
    id_kind: str


def heading_of(rng: random.Random, name: str) -> str:
    """One of a field's headings as a system might write it."""
    text = rng.choice(SYNONYMS[name])
    return rng.choice(
        (text, text.upper(), text.title() if "'" not in text else text, text.capitalize(), f" {text}{NBSP}")
    )


def some_layout(rng: random.Random, made: Counter[str]) -> Layout:
    """Which columns there are, in which order, under which headings."""
    fields = ["case_id", "name", "date_of_birth", "contact_date", "end_date", "notes", "stage"]
    fields += [name for name in ("age", "age", "gender", "ethnicity", "outcome", "team") if rng.random() < 0.6]
    fields = list(dict.fromkeys(fields))
    harm = rng.choice(("one column", "one column", "one column", "one column", "yes/no", "none"))
    if rng.random() < 0.7 and harm == "none":
        harm = "one column"
    made[f"type of harm: {harm}"] += 1
    if harm == "one column":
        fields.append("categories")
    for absent in ("case_id", "date_of_birth", "end_date", "name"):
        if rng.random() < 0.04:
            fields.remove(absent)
            made[f"no column {absent}"] += 1
    rng.shuffle(fields)
    birth_style = rng.choice(("date", "uk", "iso", "words", "serial", "stamp", "mixed", "mixed", "mixed"))
    if "date_of_birth" in fields and rng.random() < 0.06:
        birth_style = "month"
    headings, yes_no = [], {}
    for name in fields:
        if name == "notes":
            headings.append(rng.choice(("Notes", "Percentage", "Page", "Comments")))
        elif name == "stage":
            headings.append("Stage")
        elif name == "date_of_birth" and birth_style == "month" and rng.random() < 0.5:
            headings.append(heading_of(rng, "birth_month"))
            made["column month of birth"] += 1
        else:
            headings.append(heading_of(rng, name))
    if harm == "yes/no":
        for code in rng.sample(YES_NO_CODES, rng.randrange(3, 9)):
            label = rng.choice(
                (code, FACTOR_LABEL[code], f"{code} {FACTOR_LABEL[code]}", f"{code} - {FACTOR_LABEL[code]}")
            )
            yes_no[len(fields)] = label
            fields.append(f"yes/no {code}")
            headings.append(label)
    return Layout(
        fields=fields,
        headings=headings,
        yes_no=yes_no,
        style=rng.choice(("codes", "words", "both", "mixed", "mixed")),
        joiner=rng.choice((", ", ",", "; ", ";", " / ", "/", " | ", "\n", "json")),
        birth_style=birth_style,
        date_style=rng.choice(("date", "uk", "iso", "words", "serial", "stamp", "mixed", "mixed", "mixed")),
        id_kind=rng.choice(("number", "number", "number", "zeros", "letters")),
    )


def make_export(rng: random.Random, rows: int = 40) -> DirtyExport:
    """About `rows` rows, children with several of them, repeated rows, blank rows and a footer."""
    made: Counter[str] = Counter()
    used: dict[str, set[str]] = {}
    settings = some_settings(rng)
    layout = some_layout(rng, made)
    body: list[list[Any]] = []
    number = rng.randrange(1, 90)
    while len(body) < rows:
        number += rng.randrange(1, 50)
        body += child_rows(rng, number, settings, layout, used, made)
    body = body[:rows]
    if rng.random() < 0.5:
        rng.shuffle(body)
    add_duplicates(rng, body, layout, made)
    add_lines_that_are_no_rows(rng, body, layout, made)
    del settings["Around"]
    export = DirtyExport(
        headings=layout.headings,
        rows=body,
        columns=Columns(
            case_id=where(layout, "case_id"),
            date_of_birth=where(layout, "date_of_birth"),
            contact_date=where(layout, "contact_date"),
            end_date=where(layout, "end_date"),
            age=where(layout, "age"),
            harm=where(layout, "categories"),
            yes_no=layout.yes_no,
        ),
        settings=settings,
        made=made,
        above=titles(rng, made),
    )
    export.means = some_means(rng, used, made)
    export.decisions = some_decisions(rng, len(body), made)
    return export


def where(layout: Layout, name: str) -> int | None:
    """The column of a field."""
    return layout.fields.index(name) if name in layout.fields else None


def titles(rng: random.Random, made: Counter[str]) -> list[list[Any]]:
    """What a report prints above its headings."""
    if rng.random() < 0.7:
        return []
    made["titles above the headings"] += 1
    return rng.choice(
        ([["Synthetic report"]], [["Synthetic report"], []], [["Synthetic report", "01/12/2023"], [None]])
    )


def child_rows(
    rng: random.Random,
    number: int,
    settings: dict[str, Any],
    layout: Layout,
    used: dict[str, set[str]],
    made: Counter[str],
) -> list[list[Any]]:
    """One child's rows: one, one for each factor, or several contacts."""
    kind = rng.choice(("one", "one", "one", "one per factor", "several contacts", "same day"))
    how_many = 1 if kind == "one" else rng.randrange(2, 5)
    made[f"child: {kind}"] += 1
    contact = some_contact_day(rng, settings)
    born = some_birthday(rng, contact, settings, made)
    id_kind = "missing" if rng.random() < 0.04 else layout.id_kind
    undated = rng.random() < 0.06
    made["child without any contact date"] += undated
    rows = []
    for turn in range(how_many):
        if kind == "several contacts" and turn:
            contact = contact + timedelta(days=rng.choice((1, -1, 7, 20, -15, 0)))
        ended = contact + timedelta(days=rng.choice((0, 1, 10, 35, 45)))
        values = {
            "case_id": id_cell(rng, number, id_kind, made),
            "name": f"Testchild{NBSP if rng.random() < 0.2 else ' '}No{number:04d}",
            "date_of_birth": birth_cell(rng, born, contact, layout.birth_style, made),
            "contact_date": nothing_cell(rng, made)
            if undated
            else contact_cell(rng, contact, layout.date_style, made, alone=how_many == 1),
            "end_date": contact_cell(rng, ended, layout.date_style, made, alone=True),
            "age": age_cell(rng, max(0, contact.year - born.year), made),
            "gender": rng.choice(("Female", "a) Male", "b) Female", "M", "9", None)),
            "ethnicity": rng.choice(("a) WBRI", "WBRI", "White British", "s) NOBT", "Gypsy/Roma", "", None)),
            "outcome": rng.choice(("NFA", "(NFACore)", "Child in Need", "RC8", "Local outcome", None)),
            "team": rng.choice(("Synthetic Team North", "Synthetic Team South", "")),
            "notes": rng.choice(NOTES),
            "stage": rng.choice(("1", "2", "17", None)),
        }
        labels = some_labels(rng, layout.style, used, made) if "categories" in layout.fields else []
        if kind == "one per factor":
            labels = labels[:1]
        values["categories"] = harm_cell(rng, labels, layout.joiner, made, layout.style)
        row = [values.get(name) for name in layout.fields]
        for column in layout.yes_no:
            row[column] = yes_no_cell(rng)
        rows.append(row)
    return rows


def yes_no_cell(rng: random.Random) -> Any:
    """A tick or none."""
    return rng.choice(("No", "No", "No", "N", "no", None, "", 0, 0.0, "Yes", "Y", "yes", 1, 1.0, "No", "No ", "Yes "))


def add_duplicates(rng: random.Random, body: list[list[Any]], layout: Layout, made: Counter[str]) -> None:
    """Rows that repeat an earlier one, wholly or all but something."""
    for _ in range(rng.randrange(0, 4)):
        copied = list(rng.choice(body))
        texts = [at for at, cell in enumerate(copied) if isinstance(cell, str) and cell.strip(f" {NBSP}")]
        blanks = [at for at, cell in enumerate(copied) if cell is None or cell == ""]
        kind = rng.choice(("exact", "outer blanks", "case of letters", "blank written otherwise", "NULL for a blank"))
        day = read_date(copied[layout.fields.index("contact_date")])
        if day is not None and day[0] != day[1]:
            kind = "exact"  # are two contacts of one month the same contact? Section 7 leaves it open
        if kind == "outer blanks" and texts:
            at = rng.choice(texts)
            copied[at] = rng.choice((f" {copied[at]}", f"{copied[at]}{NBSP}", f"{NBSP}{copied[at]}  "))
        elif kind == "case of letters" and "name" in layout.fields:
            at = layout.fields.index("name")
            copied[at] = str(copied[at]).upper()
        elif kind == "blank written otherwise" and blanks:
            copied[rng.choice(blanks)] = rng.choice((None, "", "  ", NBSP))
        elif (
            kind == "NULL for a blank"
            and "notes" in layout.fields
            and copied[layout.fields.index("notes")] in ("", None)
        ):
            copied[layout.fields.index("notes")] = "NULL"
        else:
            kind = "exact"
        made[f"repeated row: {kind}"] += 1
        body.insert(rng.randrange(len(body) + 1), copied)


def add_lines_that_are_no_rows(rng: random.Random, body: list[list[Any]], layout: Layout, made: Counter[str]) -> None:
    """Blank rows, a line inside, a footer; never in the column of case IDs."""
    width = len(layout.fields)
    for _ in range(rng.choice((0, 0, 1, 2))):
        made["blank row"] += 1
        body.insert(rng.randrange(1, len(body) + 1), [rng.choice((None, None, "", " ", NBSP)) for _ in range(width)])
    free = [at for at, name in enumerate(layout.fields) if name in ("name", "notes", "outcome", "team")]
    for text in rng.choice(((), (), ("Total: 40",), ("Total: 40", "End of synthetic report"))):
        made["footer"] += 1
        footer: list[Any] = [None] * width
        footer[rng.choice(free)] = text
        body.append(footer)


def some_means(rng: random.Random, used: dict[str, set[str]], made: Counter[str]) -> dict[tuple[str, str], str]:
    """The lead's mapping: of labels nobody knows, and now and then of one that we know otherwise."""
    means = {}
    words = (*CATEGORY_ORDER, "Not chosen", "Not chosen", "Nothing recorded", "Nothing recorded")
    for code, spellings in sorted(used.items()):
        unknown = code in UNKNOWN_LABELS
        if len({plain(label) for label in spellings}) > 1 or rng.random() > (0.35 if unknown else 0.06):
            continue
        word = "Domestic violence - other" if code == "3A" and rng.random() < 0.7 else rng.choice(words)
        means["Type of harm", sorted(spellings)[0]] = word
        made["lead opts in to 3A" if code == "3A" else f"lead maps {'an unknown' if unknown else 'a known'} label"] += 1
        made[f"lead says {word}"] += 1
    return means


def some_decisions(rng: random.Random, rows: int, made: Counter[str]) -> dict[int, tuple[str, str, str]]:
    """The case check so far: any row may have a decision, complete or not."""
    decisions = {}
    share = rng.choice((0.0, 0.6, 1.0, 1.0))
    for row in range(1, rows + 1):
        if rng.random() < share:
            decision = rng.choice(("Include", "Include", "Include", "Exclude", "Unsure", ""))
            reason = rng.choice(("Harm is inside the home only", "Own words", "", "  "))
            initials = rng.choice(("AB", "AB", "", " "))
            decisions[row] = (decision, reason, initials)
            made[f"decision {decision}".strip()] += 1
    return decisions
