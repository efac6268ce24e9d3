"""Checks of every text cell of the export: what spreadsheets and systems leave behind in them."""

from __future__ import annotations

from xl_dipsample.domain.long_list_checks.rule import CellRule

# A formula begins so; a negative number, a phone number and a lone dash do not count.
FORMULA = r"\A\s*(?:[=@](?=\S)|[+\-](?=[^\d\s+\-.,]|\d+[+*/(!]))"
ERROR_WORD = r"#(?:REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)"
LONG = r"\A(?s:.){1001}"  # more characters than a label or a name ever has
# What UTF-8 looks like when it was read as Windows-1252, and the sign that stands for a lost letter.
BROKEN = "[\u00c3\u00c2][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u20ac\u2122]|\u00e2\u20ac|\ufffd"

RULES = (
    CellRule(
        "T01",
        "Warning",
        "The text begins like a formula.",
        "Nothing here: it stays text and is never worked out. Find out how it came into the case system.",
        FORMULA,
    ),
    CellRule(
        "T02",
        "Error",
        "The cell holds the words of a broken formula, such as #REF!.",
        "Mend the export: what stood there was lost before it came here.",
        ERROR_WORD,
    ),
    CellRule(
        "T03",
        "Warning",
        "The cell holds more than 1,000 characters.",
        "Leave case notes out of the export: they are not needed, and hold names.",
        LONG,
    ),
    CellRule(
        "T04",
        "Warning",
        "Letters with accents have been broken on the way, so a name here is not found in extracts.",
        "Export again as .xlsx, or as .csv in UTF-8.",
        BROKEN,
    ),
)
