"""docs/design.md, section 7, once more: slow, obvious, written from the rules alone.

Plain loops over plain rows, no pandas, and nothing imported from the package: an oracle that shared a line with
the product would share its mistakes. The facts come straight from the CSV files of workbook_template/reference.

What goes in: the rows of an export below its headings, as lists of cell values; which column holds which field;
the settings under the names they have on Focus and Criteria. What comes out: one `Verdict` for every row of the
long list. Where the rules leave something open, the verdict says so (None) instead of guessing.
"""

from __future__ import annotations

import csv
import json
import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).resolve().parents[2] / "workbook_template" / "reference"

DUPLICATE = "Duplicate row"
PERIOD = "Outside the period"
BELOW = "Below the age cut-off"
ABOVE = "Above the upper age"
CATEGORY = "No chosen category"
ANOTHER = "Another contact of the same young person"
CASE_CHECK = "Case check"
STAGES = (DUPLICATE, PERIOD, BELOW, ABOVE, CATEGORY, ANOTHER, CASE_CHECK)

AGE_NOT_KNOWN = "age not known"
AGE_NEAR_LIMIT = "age near the limit"
DATE_MISSING = "the date that the period is about is missing"
MONTH_ONLY = "only the month is known of the date that the period is about"
LABEL_NOT_MAPPED = "label not mapped"

NOTHING = "nothing recorded"
NOT_CHOSEN = "known, on no list"


@dataclass
class Columns:
    """Which column (counted from 0) holds which field; None where the export has no such column."""

    case_id: int | None = None
    date_of_birth: int | None = None
    contact_date: int | None = None
    end_date: int | None = None
    age: int | None = None
    harm: int | None = None
    yes_no: dict[int, str] = field(default_factory=dict)
    """One Yes/No column per factor: column -> its label."""


@dataclass
class Verdict:
    """What the rules say about one row of the long list."""

    row: int
    index: int
    """Where the row stood in the input."""
    stage: str = ""
    doubts: set[str] = field(default_factory=set)
    confirm: bool | None = False
    """None: the rules do not say (18C, but its category is not on the list, or the lead mapped it otherwise)."""
    age_text: str = ""
    age_as_exported: bool = False
    categories: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    state: str = ""


# --- cells ---------------------------------------------------------------------------------------------------------


def trim(cell: Any) -> Any:
    """A cell as written, without spaces and no-break spaces at both ends; a blank one is None."""
    if isinstance(cell, str):
        cell = cell.strip(" \u00a0")
        return cell if cell != "" else None
    if isinstance(cell, float) and math.isnan(cell):
        return None
    return cell


def is_nothing(cell: Any) -> bool:
    """Is this how a system says "nothing" (section 8)?"""
    cell = trim(cell)
    if cell is None:
        return True
    if isinstance(cell, (date, datetime)):
        return (cell.year, cell.month, cell.day) == (1900, 1, 1)
    if isinstance(cell, str):
        if cell.upper() in ("NULL", "N/A", "#MULTIVALUE"):
            return True
        days = read_date(cell, told_nothing=True)
        return days is not None and days == (date(1900, 1, 1), date(1900, 1, 1))
    return False


DAY_FORMATS = (
    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y",
    "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%B-%Y", "%d-%b-%y", "%d %b %y", "%d %B %y",
    "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S.%f", "%d-%b-%Y %H:%M:%S", "%d %b %Y %H:%M",
)  # fmt: skip
MONTH_FORMATS = ("%m/%Y", "%B %Y", "%b %Y", "%Y-%m", "%b-%Y", "%B-%Y")


def read_date(cell: Any, *, told_nothing: bool = False) -> tuple[date, date] | None:
    """The first and the last day that a cell can mean (the same but for a month); None when it cannot be read."""
    cell = trim(cell)
    if not told_nothing and is_nothing(cell):
        return None
    if isinstance(cell, datetime):
        return cell.date(), cell.date()
    if isinstance(cell, date):
        return cell, cell
    if isinstance(cell, bool):
        return None
    if isinstance(cell, str) and re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", cell):
        cell = float(cell)
    if isinstance(cell, (int, float)):
        if 1 <= cell < 100000:
            day = date(1899, 12, 30) + timedelta(days=int(cell))
            return day, day
        return None
    if not isinstance(cell, str):
        return None
    for form in DAY_FORMATS:
        try:
            day = datetime.strptime(cell, form).date()  # noqa: DTZ007
        except ValueError:
            continue
        return day, day
    for form in MONTH_FORMATS:
        try:
            first = datetime.strptime(cell, form).date()  # noqa: DTZ007
        except ValueError:
            continue
        last = first
        while (last + timedelta(days=1)).month == first.month:
            last = last + timedelta(days=1)
        return first, last
    return None


def whole_years(cell: Any) -> int | None:
    """The age column: whole years, "13.5" is 13."""
    if is_nothing(cell) or isinstance(cell, (bool, date, datetime)):
        return None
    try:
        return math.floor(float(trim(cell)))
    except ValueError:
        return None


def case_id(cell: Any) -> str | None:
    """As text, trimmed, 12.0 read as 12; leading zeros count."""
    if is_nothing(cell):
        return None
    cell = trim(cell)
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    text = str(cell)
    if re.fullmatch(r"[0-9]+\.0+", text):
        text = text.split(".")[0]
    return text


def same_cell(one: Any, other: Any) -> bool:
    """Equal as written, trimmed; the case of letters counts, and so does text against number."""
    one, other = trim(one), trim(other)
    if isinstance(one, str) != isinstance(other, str):
        return False
    return bool(one == other)


# --- age -----------------------------------------------------------------------------------------------------------


def age_on(born: date, day: date) -> int:
    """Whole years by counting birthdays; 29 February has its birthday on 1 March in other years."""
    years = 0
    while True:
        year = born.year + years + 1
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        birthday = date(year, 3, 1) if (born.month, born.day) == (2, 29) and not leap else born.replace(year=year)
        if birthday > day:
            return years
        years += 1


def ages_of(birth_cell: Any, contact_cell: Any, age_cell: Any) -> tuple[int, int, bool] | None:
    """(youngest, oldest, as exported?) at the contact date; None: not known."""
    birth = read_date(birth_cell)
    contact = read_date(contact_cell)
    if birth is None or contact is None:
        years = whole_years(age_cell)
        return None if years is None else (years, years, True)
    youngest_born, oldest_born = birth[1], birth[0]
    if youngest_born > contact[0]:
        return None
    youngest = age_on(youngest_born, contact[0])
    oldest = age_on(oldest_born, contact[1])
    if oldest > 120:
        return None
    return youngest, oldest, False


# --- type of harm --------------------------------------------------------------------------------------------------


def reference(name: str) -> list[dict[str, str]]:
    """The rows of a reference CSV."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


FACTORS = reference("dfe_factors")
CATEGORIES = reference("harm_categories")
CATEGORY_ORDER = [row["category"] for row in CATEGORIES]
CONFIRM_CODES = ("18A", "18C", "19A", "19C")


def plain(label: str) -> str:
    """A label for comparing: case and blanks do not count."""
    return " ".join(label.replace("\u00a0", " ").split()).casefold()


def labels_of(cell: Any) -> list[str]:
    """The labels of one cell: a list with , / ; | or line breaks, or a JSON array."""
    if is_nothing(cell):
        return []
    cell = trim(cell)
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    text = str(cell)
    if text.startswith("["):
        items = [str(item) for item in json.loads(text) if item is not None]
    else:
        items = re.split(r"[,/;|\r\n]", text)
    labels = []
    for item in items:
        if not is_nothing(item):
            labels.append(trim(item))
    return labels


def meaning_of_code(code: str) -> tuple[str, bool] | None:
    """(category, NOT_CHOSEN or NOTHING; must it be confirmed?) of a DfE code."""
    for row in FACTORS:
        if row["code"].casefold() == code.casefold():
            if row["role"] == "none":
                return NOTHING, False
            if row["role"] in ("known", "opt-in"):
                return NOT_CHOSEN, False
            return row["category"], row["code"] in CONFIRM_CODES
    return None


def meaning_of(label: str, means: dict[str, str]) -> tuple[str, bool | None] | None:
    """What a label means; None when nobody has mapped it. The lead's word goes before ours.

    Must 18C be confirmed when the lead said what it means? The rules leave it open: None.
    """
    text = plain(label)
    ours = our_meaning_of(text)
    if text in means:
        word = means[text]
        if word == "Not chosen":
            return NOT_CHOSEN, False
        if word == "Nothing recorded":
            return NOTHING, False
        return word, None if ours is not None and ours[1] else False
    return ours


def our_meaning_of(text: str) -> tuple[str, bool] | None:
    """What reference/ says about a label."""
    text = re.sub(r"^[a-z]\) ", "", text)
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    found = meaning_of_code(text)
    if found is not None:
        return found
    for row in CATEGORIES:
        if text == row["category"].casefold() or text in row["label_synonyms"].split("|"):
            return row["category"], False
    for row in FACTORS:
        if text == row["label"].casefold():
            return meaning_of_code(row["code"])
    both = re.match(r"^([0-9]{1,2}[a-f]?)( - | – |: | )", text)
    if both is not None:
        return meaning_of_code(both.group(1))
    return None


def in_order(settings: dict[str, Any]) -> list[str]:
    """The types of harm in the order of Categories: the lead's own come last."""
    return [*CATEGORY_ORDER, *settings.get("Own categories", ())]


def says_yes(cell: Any) -> bool:
    """Is a Yes/No column ticked?"""
    cell = trim(cell)
    if isinstance(cell, str):
        return cell.casefold() in ("yes", "y", "true", "1", "1.0")
    return cell is not None and cell == 1


# --- the stages ----------------------------------------------------------------------------------------------------


def filled(cells: list[Any]) -> int:
    """How many cells hold something."""
    return sum(1 for cell in cells if trim(cell) is not None)


def narrow_slowly(
    rows: list[list[Any]],
    columns: Columns,
    settings: dict[str, Any],
    means: dict[tuple[str, str], str] | None = None,
    decisions: dict[int, tuple[str, str, str]] | None = None,
) -> list[Verdict]:
    """A verdict for every row of the long list, in its order.

    `settings`: Period is about, Period from, Period to, Initials (Focus); Age cut-off, Upper age, Unit, Keep,
    No category recorded, Case check (Criteria); Categories (the chosen ones); Own categories, if any.
    `means`: (field, label) -> word.
    `decisions`: row -> (decision, reason, initials).
    """
    harm_means: dict[str, str] = {}
    for (about, label), word in (means or {}).items():
        if about == "Type of harm":
            harm_means[plain(label)] = word
    decisions = decisions or {}

    # Blank rows and a report's footer are not rows.
    verdicts: list[Verdict] = []
    for index, cells in enumerate(rows):
        has_id = columns.case_id is not None and not is_nothing(cells[columns.case_id])
        if filled(cells) == 0 or (not has_id and filled(cells) <= 1):
            continue
        verdicts.append(Verdict(row=len(verdicts) + 1, index=index))

    # Duplicate row: equal to an earlier one in every source cell.
    for later in verdicts:
        for earlier in verdicts:
            if earlier.row >= later.row:
                break
            pairs = zip(rows[earlier.index], rows[later.index], strict=True)
            if all(same_cell(one, other) for one, other in pairs):
                later.stage = DUPLICATE
                break

    for verdict in verdicts:
        if verdict.stage == "":
            one_row_at_a_time(verdict, rows[verdict.index], columns, settings, harm_means)

    same_young_person(verdicts, rows, columns, settings)

    for verdict in verdicts:
        if verdict.stage == "":
            case_check(verdict, decisions.get(verdict.row, ("", "", "")), settings)
    return verdicts


def cell_of(cells: list[Any], column: int | None) -> Any:
    """A row's cell, nothing where the export has no such column."""
    return None if column is None else cells[column]


def one_row_at_a_time(
    verdict: Verdict, cells: list[Any], columns: Columns, settings: dict[str, Any], means: dict[str, str]
) -> None:
    """The stages that look at one row alone: period, age, category."""
    # Outside the period: both ends belong to it; a stage takes only what it is sure of.
    begin, end = settings["Period from"], settings["Period to"]
    if begin is not None or end is not None:
        about = columns.end_date if settings["Period is about"] == "End date" else columns.contact_date
        days = read_date(cell_of(cells, about))
        if days is None:
            verdict.doubts.add(DATE_MISSING)
        else:
            first, last = days
            if (begin is not None and last < begin) or (end is not None and first > end):
                verdict.stage = PERIOD
                return
            if (begin is not None and first < begin) or (end is not None and last > end):
                verdict.doubts.add(MONTH_ONLY)

    # Age at time of contact.
    ages = ages_of(
        cell_of(cells, columns.date_of_birth), cell_of(cells, columns.contact_date), cell_of(cells, columns.age)
    )
    cut_off, upper = settings["Age cut-off"], settings["Upper age"]
    if ages is None:
        verdict.doubts.add(AGE_NOT_KNOWN)
    else:
        youngest, oldest, verdict.age_as_exported = ages
        verdict.age_text = str(youngest) if youngest == oldest else f"{youngest}-{oldest}"
        if oldest < cut_off:
            verdict.stage = BELOW
            return
        if youngest < cut_off:
            verdict.doubts.add(AGE_NEAR_LIMIT)
        if upper is not None:
            if youngest > upper:
                verdict.stage = ABOVE
                return
            if oldest > upper:
                verdict.doubts.add(AGE_NEAR_LIMIT)

    # No chosen category.
    if columns.harm is None and not columns.yes_no:
        return
    labels = labels_of(cell_of(cells, columns.harm))
    for column, label in columns.yes_no.items():
        if says_yes(cells[column]):
            labels.append(label)
    found: set[str] = set()
    known_but_not_chosen = False
    unmapped = []
    for label in labels:
        meaning = meaning_of(label, means)
        if meaning is None:
            unmapped.append(label)
        elif meaning[0] == NOT_CHOSEN:
            known_but_not_chosen = True
        elif meaning[0] != NOTHING:
            found.add(meaning[0])
            if meaning[1] is not False and verdict.confirm is not True:
                verdict.confirm = meaning[1] if meaning[0] in settings["Categories"] else None
    verdict.categories = tuple(name for name in in_order(settings) if name in found)
    if any(name in settings["Categories"] for name in found):
        return
    if unmapped:
        verdict.doubts.add(LABEL_NOT_MAPPED)
        verdict.unmapped = tuple(unmapped)
        return
    nothing_recorded = not found and not known_but_not_chosen
    if nothing_recorded and settings["No category recorded"] == "Case check":
        return
    verdict.stage = CATEGORY


def same_young_person(
    verdicts: list[Verdict], rows: list[list[Any]], columns: Columns, settings: dict[str, Any]
) -> None:
    """All but one of a young person's remaining rows leave (unit contact: of the same contact date)."""
    remaining = [verdict for verdict in verdicts if verdict.stage == ""]
    groups: dict[Any, list[Verdict]] = {}
    for verdict in remaining:
        cells = rows[verdict.index]
        person = case_id(cell_of(cells, columns.case_id))
        if person is None:
            continue
        day = read_date(cell_of(cells, columns.contact_date))
        if settings["Unit"] == "Contact":
            if day is None:
                continue  # two missing dates are not surely the same contact
            key: Any = (person, day)
        else:
            key = person
        groups.setdefault(key, []).append(verdict)
    for group in groups.values():
        kept = group[0]
        for other in group[1:]:
            if comes_before(other, kept, rows, columns, settings["Keep"]):
                kept = other
        kept_day = read_date(cell_of(rows[kept.index], columns.contact_date))
        union: set[str] = set(kept.categories)
        confirm = kept.confirm
        for other in group:
            if other is kept:
                continue
            other.stage = ANOTHER
            other_day = read_date(cell_of(rows[other.index], columns.contact_date))
            if kept_day is not None and other_day == kept_day:
                union.update(other.categories)
                confirm = True if other.confirm or confirm else None if None in (confirm, other.confirm) else False
        kept.categories = tuple(name for name in in_order(settings) if name in union)
        kept.confirm = confirm


def comes_before(one: Verdict, other: Verdict, rows: list[list[Any]], columns: Columns, keep: str) -> bool:
    """Is `one`, which stands further down, kept rather than `other`?"""
    if bool(one.doubts) != bool(other.doubts):
        return not one.doubts
    one_day = read_date(cell_of(rows[one.index], columns.contact_date))
    other_day = read_date(cell_of(rows[other.index], columns.contact_date))
    if one_day is None or other_day is None:
        return one_day is not None and other_day is None
    if one_day == other_day:
        return False
    return one_day < other_day if keep == "First" else one_day > other_day


def case_check(verdict: Verdict, decided: tuple[str, str, str], settings: dict[str, Any]) -> None:
    """A person's decision: Include needs initials, Exclude a reason and initials."""
    decision, reason, initials = decided
    signed = trim(initials) is not None or trim(settings["Initials"]) is not None
    if decision == "Exclude" and trim(reason) is not None and signed:
        verdict.stage = CASE_CHECK
        verdict.state = "Excluded"
    elif settings["Case check"] == "During review":
        verdict.state = "Sample"
    elif decision == "Include" and signed:
        verdict.state = "Included"
    else:
        verdict.state = "Undecided"
