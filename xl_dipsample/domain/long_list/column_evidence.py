"""What the cells of a column say of the field that its heading may stand for: for it, against it, or nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from xl_dipsample.domain.long_list.harm_categories import read_harm
from xl_dipsample.domain.shared.cell import is_nothing, trimmed
from xl_dipsample.domain.shared.columns_read import plain_id, read_age
from xl_dipsample.domain.shared.date_order import may_be_date
from xl_dipsample.domain.shared.reference_words import read_word

MOST_LOOKED_AT = 400  # filled cells of a column: enough to know it by
_MANY, _SOME, _FEW = 0.6, 0.3, 0.1
_ID = re.compile(r"(?=\S*\d)[A-Za-z]{0,8}[-/ ]?[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)*|\d{2,}(?: \d{2,}){1,4}")
_LONGEST_ID = 24
_WORDS = 4  # of a surname
YES_NO = frozenset({"yes", "no", "y", "n", "true", "false", "0", "1"})


def supports(field: str, rows: Sequence[Sequence[object]], column: int) -> bool | None:
    """True when the cells are what the field holds, False when they are something else, None when nobody can tell.

    >>> supports("contact_date", [["03/02/2026"], ["04/02/2026"]], 0), supports("contact_date", [["North"]], 0)
    (True, False)
    >>> supports("contact_date", [], 0) is None
    True
    """
    look = _LOOKS.get(field)
    cells = list(islice(_filled(rows, column), MOST_LOOKED_AT))
    return look(cells) if look and cells else None


def are_surnames_first(rows: Sequence[Sequence[object]], column: int) -> bool:
    """Whether most cells are names as "Surname, Forename", which stand for a person whatever the heading is.

    >>> are_surnames_first([["Synthetic, One"], ["Synthetic, Two"]], 0), are_surnames_first([["Yes"]], 0)
    (True, False)
    """
    cells = list(islice(_filled(rows, column), MOST_LOOKED_AT))
    return bool(cells) and _share(cells, _is_surname_first) >= _MANY


def _is_surname_first(cell: object) -> bool:
    surname, comma, forename = trimmed(cell).partition(",")
    return bool(comma) and len(surname.split()) <= _WORDS and _is_name(surname) and _is_name(forename.strip())


def _filled(rows: Sequence[Sequence[object]], column: int) -> Iterable[object]:
    return (row[column] for row in rows if column < len(row) and not is_nothing(row[column]))


def _share(cells: Sequence[object], holds: Callable[[object], bool]) -> float:
    return sum(map(holds, cells)) / len(cells)


def _is_date(cell: object) -> bool:
    return may_be_date(cell)


def _is_id(cell: object) -> bool:
    text = plain_id(trimmed(cell))
    if len(text) > _LONGEST_ID or _ID.fullmatch(text) is None:
        return False
    return text.isdigit() or not (isinstance(cell, str) and _is_date(cell))  # 40117 could be a day of Excel's, too


def _is_name(cell: object) -> bool:
    """Mostly letters, of whatever script: their marks count with them."""
    text = trimmed(cell)
    letters = sum(one.isalpha() or unicodedata.combining(one) > 0 for one in text)
    return isinstance(cell, str) and letters > 1 and letters >= len(text) / 2


def _is_yes_no(cell: object) -> bool:
    return trimmed(cell).casefold() in YES_NO


def _dates(cells: Sequence[object]) -> bool | None:
    share = _share(cells, _is_date)
    return True if share >= _MANY else False if share < _SOME else None


def _ids(cells: Sequence[object]) -> bool | None:
    share = _share(cells, _is_id)
    return True if share >= _MANY else False if share < _SOME else None


def _names(cells: Sequence[object]) -> bool | None:
    share = _share(cells, _is_name)
    return True if share >= _MANY else False if share < _SOME else None


def _ages(cells: Sequence[object]) -> bool | None:
    share = _share(cells, lambda cell: read_age(cell)[1] == "ok")
    return True if share >= _MANY else False if share < _SOME else None


def _words_of(field: str) -> Callable[[Sequence[object]], bool | None]:
    def look(cells: Sequence[object]) -> bool | None:
        if field == "outcome" and _share(cells, _is_yes_no) >= _MANY:  # "Referral NFA?"
            return None
        share = _share(cells, lambda cell: read_word(field, cell, {}) is not None)
        if share >= _SOME:
            return True
        return False if share < _FEW and max(_share(cells, _is_date), _share(cells, _is_id)) >= _MANY else None

    return look


def _harm(cells: Sequence[object]) -> bool | None:
    reads = [read_harm(cell, {}) for cell in cells]
    told = sum(bool(read.categories or read.known) for read in reads) / len(reads)
    return True if told >= _SOME else False if told < _FEW else None


_LOOKS: dict[str, Callable[[Sequence[object]], bool | None]] = {
    "case_id": _ids,
    "name": _names,
    "forename": _names,
    "surname": _names,
    "date_of_birth": _dates,
    "contact_date": _dates,
    "end_date": _dates,
    "age": _ages,
    "gender": _words_of("gender"),
    "ethnicity": _words_of("ethnicity"),
    "outcome": _words_of("outcome"),
    "referred_to": _words_of("referred_to"),
    "categories": _harm,
}
