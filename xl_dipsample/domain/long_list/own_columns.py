"""Our own columns of Long list, read from the columns of an export that were taken for them.

What can be read without guessing is read (dates, case IDs, ages); the rest stays as exported, so that check can
say what is wrong with it. The ways to say "nothing" become blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from xl_dipsample.domain.long_list.factor_columns import CROSS, NO_WORDS, YES_WORDS
from xl_dipsample.domain.long_list.harm_categories import known_label, split_labels
from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list.report_reading.report_columns import is_date
from xl_dipsample.domain.shared.cell import by_unique, folded, is_nothing, spread, trimmed
from xl_dipsample.domain.shared.changed_places import are_early, places
from xl_dipsample.domain.shared.columns_read import case_ids, month_text, parse_dates, read_date
from xl_dipsample.domain.shared.date_order import Order, in_order, written
from xl_dipsample.domain.shared.reference_words import holds_nothing

OWN_COLUMNS = (
    "Record", "Source row", "Case ID", "Name", "Date of birth", "Age", "Contact date", "End date", "Gender",
    "Ethnicity", "Type of harm", "Outcome", "Referred to?", "Check",
)  # fmt: skip
DATES = {"date_of_birth": "Date of birth", "contact_date": "Contact date", "end_date": "End date"}
_SIGNS_BETWEEN = re.compile(r"[;|,\r\n\t\v\f]+")  # labels are taken apart at them
_NOTHING_SAID = frozenset({"none", "nil", ".", "[]"})  # in a Yes/No column, beside what is nothing in every column
_MONTHS = 12
_EXCEL_STARTS = np.datetime64("1900-01-02")  # Excel has no earlier day that is not an empty date

Objects = npt.NDArray[np.object_]


def objects(cells: Iterable[object]) -> Objects:
    """Cells as a column of Python objects; nothing in them is turned into anything else."""
    cells = cells if isinstance(cells, list) else list(cells)
    column = np.empty(len(cells), dtype=object)
    column[:] = cells
    return column


def own_columns(
    columns: list[Objects], match: Match, orders: Mapping[str, Order] = MappingProxyType({})
) -> dict[str, Objects]:
    """Our own columns, read from the columns that `match` took; all None where it took nothing.

    `orders`: how the dates of a field are written, where that is not day first (see `date_orders`).
    """
    rows = len(columns[0]) if columns else 0
    empty = np.full(rows, None, dtype=object)

    def taken(name: str) -> pd.Series:
        column = match.column(name)
        return pd.Series(empty if column is None else columns[column], dtype=object)

    def dated(name: str) -> Order:
        return orders.get(name, "day first")

    return {
        "Record": empty,
        "Source row": empty,
        "Case ID": case_ids(taken("case_id")).to_numpy(),
        "Name": _names(taken("name"), taken("forename"), taken("surname")),
        "Date of birth": _birth(taken("date_of_birth"), taken("birth_month"), dated("date_of_birth")),
        "Age": _read(taken("age"), _number_or_text),
        "Contact date": _dates(taken("contact_date"), dated("contact_date")),
        "End date": _dates(taken("end_date"), dated("end_date")),
        "Gender": _words("gender", taken("gender")),
        "Ethnicity": _words("ethnicity", taken("ethnicity")),
        "Type of harm": _harm(columns, match, rows),
        "Outcome": _outcome(taken("outcome"), match),
        "Referred to?": _words("referred_to", taken("referred_to")),
        "Check": empty,
    }


def _read(values: pd.Series, read: Callable[[Any], object]) -> Objects:
    return cast("Objects", spread(*by_unique(values, read), values.index).to_numpy())


def _text(value: object) -> str | None:
    return None if is_nothing(value) else trimmed(value)


def _number_or_text(value: object) -> object:
    """A number as number, also when the export has it as text; otherwise the text."""
    if is_nothing(value):
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = trimmed(value)
    whole, point, rest = text.partition(".")
    if whole.isascii() and whole.isdigit() and (rest.isdigit() or not point):
        return float(text) if point else int(text)
    return text


def _raw(value: object) -> object:
    """A cell of a date column that is no full day: as exported, without blanks at its ends."""
    if is_nothing(value):
        return None
    return trimmed(value) if isinstance(value, (str, date, bool)) else value


def date_orders(columns: list[Objects], match: Match, headings: Sequence[object]) -> dict[str, Order]:
    """How each column of dates is written: field -> order, of those that are not simply day first.

    What one column says for sure counts for another of the report whose dates can be read either way.
    """
    found: dict[str, Order] = {}
    different: dict[str, Objects] = {}
    either: list[str] = []
    is_sure = False
    for name in DATES:
        column = match.column(name)
        if column is None or column >= len(columns):
            continue
        heading = trimmed(headings[column]) if column < len(headings) else ""
        different[name] = pd.unique(columns[column])
        found[name], is_open, sure = written(different[name], heading)
        is_sure |= sure
        if found[name] == "day first" and is_open:
            either.append(name)
    for order in ("mixed", "month first"):
        if order in found.values():
            found |= dict.fromkeys(either, order)
    if not is_sure:
        for name in either:
            days = (read_date(cell).first for cell in different[name])
            if found[name] == "day first" and are_early(day for day in days if day is not None):
                found[name] = "early"
    found |= _places({name: cells for name, cells in different.items() if found[name] == "day first"})
    return {name: order for name, order in found.items() if order != "day first"}


def _places(different: Mapping[str, Objects]) -> dict[str, Order]:
    """The columns of true dates in which day and month may have changed places, as those of the events show.

    Of dates of birth alone nobody can tell; what happened to the other columns of a report happened to them.
    """
    true = {name: [cell for cell in cells if isinstance(cell, date)] for name, cells in different.items()}
    true = {name: days for name, days in true.items() if days and 2 * len(days) > len(different[name])}
    if all(day.day <= _MONTHS for days in true.values() for day in days):
        return {name: "early" for name, days in true.items() if are_early(days)}
    told = {name: places(days) for name, days in true.items() if name != "date_of_birth"}
    if "changed" in told.values():
        return {name: "changed" for name in true if told.get(name, "changed") == "changed"}
    return {name: "either" for name, said in list(told.items())[:1] if said == "either"}


def _dates(values: pd.Series, order: Order) -> Objects:
    """Full days as dates; a month, or what cannot be read, as exported; None where there is none."""
    codes, different = pd.factorize(values.to_numpy(dtype=object))
    different = objects([*(in_order(value, order) for value in different), None])
    read = parse_dates(pd.Series(different, dtype=object))
    day = (read["state"] == "day").to_numpy() & (read["first"] >= _EXCEL_STARTS).to_numpy()
    answers = objects(read["first"].dt.date)
    for position in np.flatnonzero(~day).tolist():
        answers[position] = None if read["state"].iloc[position] == "nothing" else _raw(different[position])
    return answers[codes]


def _birth(days: pd.Series, months: pd.Series, order: Order) -> Objects:
    """The date of birth, and where a row has none its month of birth."""
    born = _dates(days, order)
    missing = born == np.array(None)
    if missing.any() and months.notna().any():
        born[missing] = _read(months, lambda value: month_text(value) or _raw(value))[missing]
    return born


def _names(names: pd.Series, forenames: pd.Series, surnames: pd.Series) -> Objects:
    """The name, and where a row has none its forename and surname."""
    whole = _read(names, _text)
    if forenames.notna().any() or surnames.notna().any():
        pairs = zip(_read(forenames, _text), _read(surnames, _text), strict=True)
        joined = [" ".join(part for part in pair if part) or None for pair in pairs]
        whole = objects([name or other for name, other in zip(whole, joined, strict=True)])
    return whole


def _words(field_name: str, values: pd.Series) -> Objects:
    return _read(values, lambda value: None if holds_nothing(field_name, value) else trimmed(value))


def _outcome(values: pd.Series, match: Match) -> Objects:
    """The outcome as exported; "Referral NFA?" answers with Yes or No, which says whether there was one."""
    if match.outcome_is_nfa:
        return _read(values, _outcome_of_nfa)
    return _words("outcome", values)


def _outcome_of_nfa(value: object) -> str | None:
    text = _text(value)
    said = (text or "").casefold()
    if said in YES_WORDS:
        return "No further action"
    return "Not recorded" if said in NO_WORDS else text


def _harm(columns: list[Objects], match: Match, rows: int) -> Objects:
    """The labels as exported; of one Yes/No column per factor, the factors that say Yes, joined by "; "."""
    found: list[Objects] = [
        _read(pd.Series(columns[column], dtype=object), _text) for column in match.taken.get("categories", ())
    ]
    for column, label in match.yes_no.items():
        cells = pd.Series(columns[column], dtype=object)
        yes = YES_WORDS | {label.casefold()}
        said = {trimmed(value).casefold() for value in cells.unique()}
        if not said & yes:
            yes |= {CROSS}
        found.append(_read(cells, partial(_factor, label, yes)))
    if not found:
        return np.full(rows, None, dtype=object)
    if len(found) == 1:
        return found[0]
    return objects(["; ".join(_united(cells)) or None for cells in zip(*found, strict=True)])


def _united(cells: Iterable[str | None]) -> Iterable[str]:
    """What several columns say, each once; an array is written as its labels, since more stands beside it."""
    said = (label for cell in cells if cell for label in (split_labels(cell, {}) if cell.startswith("[") else (cell,)))
    return dict.fromkeys(said)


def _factor(label: str, yes: frozenset[str], value: object) -> str | None:
    """What one Yes/No column says about a row. Words that are neither stay, so that a person sees them."""
    text = _text(value)
    said = (text or "").casefold()
    if text is None or said in NO_WORDS | _NOTHING_SAID:
        return None
    return label if said in yes else odd_label(label, value)


def odd_label(label: str, value: object) -> str:
    """One open label for a cell of a Yes/No column that says neither: never split, and never known by its heading.

    >>> odd_label("CSE", "Unknown"), odd_label("24A - CCE", "Red/Amber"), odd_label("Gangs", "?")
    ('CSE: Unknown', 'Column 24A - CCE: Red/Amber', 'Gangs: not clear (?)')
    """
    text = trimmed(value)
    # "Gangs: ?" would be read as the label itself: signs at the end of a label mean nothing
    words = text if any(map(str.isalnum, text)) else f"not clear ({text})"
    if is_date(value):
        words = "a date"
    odd = folded(_SIGNS_BETWEEN.sub(" - ", f"{label}: {words}"))
    if known_label(odd) is not None or not _is_one(odd):
        odd = f"Column {odd}"
    if not _is_one(odd):
        odd = odd.replace("/", "-")
    return odd if known_label(odd) is None else f"{odd} - not clear"


def _is_one(label: str) -> bool:
    return list(split_labels(label, {})) == [label]
