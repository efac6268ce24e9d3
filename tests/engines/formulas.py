"""Formulas between Excel's notation (`Sheet!A1`, commas) and the one that LibreOffice's interface takes."""

from __future__ import annotations

import re
from collections.abc import Callable

_PIECES = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")            # a text
      | (?P<sheet>'(?:[^']|'')*'|(?<![\w.$])[A-Za-z_][\w.]*)!   # a sheet in front of a reference
      | (?P<constants>\{[^}]*\})            # an array of constants
      | (?P<table>(?<![\w.])[A-Za-z_\\][\w.]*)?(?P<columns>\[(?:[^\[\]]|\[[^\[\]]*\])*\])   # a part of a table
      | (?P<newer>_xlfn\.(?:_xlws\.)?)      # how files mark newer functions
      | (?P<comma>,)""",
    re.VERBOSE,
)
_CALC_PIECES = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
      | \$?(?P<sheet>'(?:[^']|'')*'|(?<![\w.])[A-Za-z_]\w*)\.(?=\$?[A-Z]{1,3}\$?\d)
      | (?P<constants>\{[^}]*\})
      | (?P<columns>\[(?:[^\[\]]|\[[^\[\]]*\])*\])
      | (?P<separator>;)""",
    re.VERBOSE,
)
_REFERENCE = re.compile(r"(?P<column>\$?[A-Z]{1,3})(?P<fixed>\$?)(?P<row>\d{1,7})(?![\w(.!\[])")
_SKIPPED = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|\[(?:[^\[\]]|\[[^\[\]]*\])*\]|[A-Za-z_]\w*\(|[^\W\d]\w{3,}")


def to_calc(formula: str, own_table: str = "") -> str:
    """Excel's notation to LibreOffice's. `own_table`: the table that a bare [@Column] speaks of.

    >>> to_calc("=SUM(A1,'Long list'!$B$3)&Focus[@Value]")
    "=SUM(A1;$'Long list'.$B$3)&Focus[[#This Row];[Value]]"
    """
    return _PIECES.sub(_translated(own_table), formula)


def _translated(own_table: str) -> Callable[[re.Match[str]], str]:
    def one(piece: re.Match[str]) -> str:
        if piece["sheet"]:
            return f"${piece['sheet']}."
        if piece["constants"]:
            return piece["constants"].replace(";", "|").replace(",", ";")
        if piece["columns"]:
            return (piece["table"] or own_table) + _columns(piece["columns"])
        if piece["newer"]:
            return ""
        return ";" if piece["comma"] else piece[0]

    return one


def _columns(columns: str) -> str:
    inside = columns[1:-1]
    if inside.startswith("@"):
        column = inside[1:] if inside[1:].startswith("[") else f"[{inside[1:]}]"
        return f"[[#This Row];{column}]"
    return re.sub(r"\]\s*,\s*\[", "];[", columns)


def to_excel(formula: str) -> str:
    """LibreOffice's notation to Excel's.

    >>> to_excel("=SUM($'Long list'.A1:B2;{1;2|3;4})&Focus[[#This Row];[Value]]")
    "=SUM('Long list'!A1:B2,{1,2;3,4})&Focus[[#This Row],[Value]]"
    """
    return _CALC_PIECES.sub(_back, formula)


def _back(piece: re.Match[str]) -> str:
    if piece["sheet"]:
        return f"{piece['sheet']}!"
    if piece["constants"]:
        return piece["constants"].replace(";", ",").replace("|", ";")
    if piece["columns"]:
        return piece["columns"].replace("];[", "],[")
    return "," if piece["separator"] else piece[0]


def shifted(formula: str, rows: int, columns: int = 0) -> str:
    """A LibreOffice formula as it reads when it is filled down by `rows` and right by `columns`.

    >>> shifted("=$B6&A$1&Focus[Setting]&LOG10(C7)", 2)
    '=$B8&A$1&Focus[Setting]&LOG10(C9)'
    """
    out, place = [], 0
    while place < len(formula):
        found = _REFERENCE.match(formula, place)
        if found and not (place and re.match(r"[\w$]", formula[place - 1])):
            out.append(_moved(found, rows, columns))
            place = found.end()
            continue
        skipped = _SKIPPED.match(formula, place)
        end = skipped.end() if skipped else place + 1
        out.append(formula[place:end])
        place = end
    return "".join(out)


def _moved(reference: re.Match[str], rows: int, columns: int) -> str:
    column, row = reference["column"], int(reference["row"])
    if not column.startswith("$"):
        column = column_letters(column_number(column) + columns)
    return f"{column}{reference['fixed']}{row if reference['fixed'] else row + rows}"


def column_number(letters: str) -> int:
    """A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
