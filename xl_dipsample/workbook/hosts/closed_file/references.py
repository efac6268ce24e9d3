"""Cell references and ranges: "B7", "A5:D60", "'Case check'!$A$5:$D$60"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from xl_dipsample.domain.shared.errors import WorkbookProblem

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,9})$")
_CORNERS = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)(?::(\$?)([A-Z]{1,3})(\$?)(\d+))?$")
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


@cache
def letters(column: int) -> str:
    """The letters of a column that counts from 1.

    >>> letters(1), letters(27), letters(16384)
    ('A', 'AA', 'XFD')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@cache
def number(column: str) -> int:
    """The number of a column given by its letters, from 1.

    >>> number("A"), number("aa"), number("XFD")
    (1, 27, 16384)
    """
    total = 0
    for letter in column.upper():
        total = total * 26 + ord(letter) - 64
    return total


def cell(reference: str) -> tuple[int, int]:
    """Row and column of a reference, both from 1. Raises WorkbookProblem.

    >>> cell("$B$7")
    (7, 2)
    """
    found = _CELL.match(reference)
    row, column = (int(found[2]), number(found[1])) if found else (0, 0)
    if not (1 <= row <= LAST_ROW and column <= LAST_COLUMN):
        raise WorkbookProblem("bad-reference", "A cell reference in the workbook cannot be read. Repair it in Excel.")
    return row, column


@dataclass(frozen=True)
class Area:
    """A rectangle of cells; rows and columns count from 1, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, reference: str) -> Area:
        """Read "A5:D60" or "B7". Raises WorkbookProblem.

        >>> Area.of("A5:D60")
        Area(top=5, left=1, bottom=60, right=4)
        """
        first, _, last = reference.partition(":")
        top, left = cell(first)
        bottom, right = cell(last) if last else (top, left)
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def __str__(self) -> str:
        first = f"{letters(self.left)}{self.top}"
        last = f"{letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    def meets(self, other: Area) -> bool:
        """Whether the two have a cell in common."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


@dataclass(frozen=True)
class Stretch:
    """How a table changed: its body before (headings not counted) and its new last row and last column.

    `ended` is the last row that the table itself knew of, when people had typed more rows below it.
    """

    before: Area
    bottom: int
    right: int
    ended: int = 0

    def applied(self, area: Area) -> Area | None:
        """The area after the change: what ended with the body still does; None when it lay in what is gone.

        >>> change = Stretch(Area(6, 1, 10, 4), bottom=20, right=4)
        >>> [str(change.applied(Area.of(one))) for one in ("C6:C10", "C6:C8", "C1")]
        ['C6:C20', 'C6:C8', 'C1']
        """
        body = self.before
        if not area.meets(body):
            return area
        if area.top > self.bottom and area.bottom <= body.bottom:
            return None
        bottom, right = area.bottom, area.right
        whole = area.top <= body.top or area.bottom > area.top  # not the last row's cell alone
        if whole and bottom >= (self.ended or body.bottom) and (bottom <= body.bottom or bottom < self.bottom):
            bottom = self.bottom
        if right == body.right and area.left == body.left:
            right = self.right
        return replace(area, bottom=max(bottom, area.top), right=max(right, area.left))


def stretched(reference: str, changes: list[Stretch]) -> str | None:
    """One reference ("C6:C10", "$C$6:$C$10"), after the changes; None when it lay in rows that are gone.

    Whole rows and columns, and what cannot be read, stay as they are.
    """
    found = _CORNERS.match(reference)
    if not found:
        return reference
    area: Area | None = Area.of(reference)
    for change in changes:
        area = change.applied(area) if area else None
    if area is None:
        return None
    one, two, three, four = found[1], found[3], found[5], found[7]
    first = f"{one}{letters(area.left)}{two}{area.top}"
    if found[8] is None and area.top == area.bottom and area.left == area.right:
        return first
    three, four = (one, two) if three is None else (three, four)
    return f"{first}:{three}{letters(area.right)}{four}{area.bottom}"


def sqref(references: str, changes: list[Stretch]) -> str:
    """A list of areas, as conditional formats and validations have it, after the changes; '' when none is left."""
    kept = (stretched(one, changes) for one in references.split())
    return " ".join(dict.fromkeys(one for one in kept if one))


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it.

    >>> quoted("Case check"), quoted("Review")
    ("'Case check'", 'Review')
    """
    return sheet if re.fullmatch(r"[A-Za-z_]\w*", sheet) else "'" + sheet.replace("'", "''") + "'"


_SHEET_AND_AREA = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)$")


def sheet_and_area(reference: str) -> tuple[str, str] | None:
    """The sheet and the area of "'Case check'!$A$5:$A$9"; None when it is something else.

    >>> sheet_and_area("'Case check'!$A$5:$A$9")
    ('Case check', '$A$5:$A$9')
    """
    found = _SHEET_AND_AREA.match(reference.strip().removeprefix("="))
    if not found:
        return None
    name = found[1].replace("''", "'") if found[1] else found[2]
    return name, found[3]
