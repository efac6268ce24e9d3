"""Checks of the report itself: what import left out, what it was not sure of, what the report says of its own number.

Import alone sees the whole report. It writes these findings on Data checks, where the next check finds them again.
"""

from __future__ import annotations

from collections.abc import Callable

from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.domain.long_list_checks.rule import Level, ListRule, Whole

DIFFERS, DOUBTFUL, UNREAD, SETTLED, LEFT_OUT, EQUAL = "E01", "E02", "E03", "E04", "E05", "E06"
DATES_UNSURE, DATES_TURNED, DATES_UTC, DATES_EITHER, DATES_EARLY = "D20", "D21", "D22", "D23", "D24"
FURTHER, ANOTHER, ANOTHER_ORDER = "E07", "E08", "E09"
PUT_RIGHT, MOVED, IDS_ABOVE, DATED = "E10", "E11", "E12", "E13"


def rule_of_import(code: str, level: Level, sentence: str, to_do: str) -> ListRule:
    """A rule about what import found and wrote on Data checks: the next check finds it there."""
    return ListRule(code, level, "", sentence, to_do, remembered(code))


def remembered(code: str) -> Callable[[Reading], tuple[Whole, ...]]:
    """What import found under a code, for a rule that says it again."""
    return lambda reading: tuple(Whole(value, alike) for value, alike in reading.of_report.get(code, ()))


RULES = (
    rule_of_import(
        DIFFERS,
        "Error",
        "The report states another number than was read.",
        "Compare it with the case system, and with the rows that were left out. Put your initials here when you know "
        "why: Narrow down asks until then.",
    ),
    rule_of_import(
        DOUBTFUL,
        "Warning",
        "Rows are in the list that may be no cases: no usual case ID, or hardly a cell filled.",
        "Look at them. Take a row that is no case out of the export and import again; otherwise leave it.",
    ),
    rule_of_import(
        UNREAD,
        "Warning",
        "The list may go on: another sheet has the same headings, or rows like these, and was not read.",
        "If it does, import again and choose these sheets together.",
    ),
    rule_of_import(
        SETTLED,
        "Note",
        "Rows that look unlike the others are in the list, and with them it has the report's own total.",
        "Nothing, unless you know better.",
    ),
    rule_of_import(
        LEFT_OUT,
        "Note",
        "Rows of the report were left out, being no cases; Value says what they are, and where.",
        "Look at one or two of them in the export if the number of cases surprises you. A case among them comes in "
        "when its row has its case ID, and a date or a name.",
    ),
    rule_of_import(
        DATES_UNSURE,
        "Error",
        "A column of dates is not to be trusted: day and month of some dates have changed places, or both orders stand "
        "in it.",
        "Open a .csv with Import alone: Excel, when it opens one by double click, loses which is the day. Export it "
        "again, import the new file, and compare some dates with the case system.",
    ),
    rule_of_import(
        DATES_TURNED,
        "Warning",
        "A column of dates is not written with the day first, and was read as it is written.",
        "Compare some dates with the case system.",
    ),
    rule_of_import(
        DATES_UTC,
        "Warning",
        "A column of dates holds midnights that are told in another time zone, such as 23:00 of the day before in "
        "summer; the day here was read.",
        "Compare some dates with the case system.",
    ),
    rule_of_import(
        DATES_EITHER,
        "Note",
        "Nobody can tell from the report alone whether a program has changed the places of day and month, where both "
        "can be a month: these dates are spread over the whole year and week.",
        "Compare two or three dates up to the 12th of a month with the case system.",
    ),
    rule_of_import(
        DATES_EARLY,
        "Error",
        "No date of a column is later than the 12th of a month, which does not happen by chance: the day or the month "
        "may be written first, and it was read with the day first.",
        "Compare some dates with the case system. If the month is written first, export the report with the day first, "
        "or as .xlsx, and import it again.",
    ),
    rule_of_import(EQUAL, "Note", "The report's own number is what was read.", "Nothing."),
    rule_of_import(
        FURTHER,
        "Warning",
        "Rows without an ID got the ID and name of the row above: the report prints them once for each child.",
        "Look at one or two in the case system. If they are other children, fill in their IDs in the export and import "
        "again.",
    ),
    rule_of_import(
        ANOTHER,
        "Error",
        "Another list stands in the same sheet, below or beside the first, under headings of its own; what was read of "
        "it was read by the first headings.",
        "Put it into a file of its own, import this one, and then that one: to add its rows, or its columns when "
        "it has the same rows.",
    ),
    rule_of_import(
        ANOTHER_ORDER,
        "Warning",
        "From a later row of headings on, the columns stand in another order; they were read by those headings.",
        "Compare one row below these headings with the export.",
    ),
    rule_of_import(
        PUT_RIGHT,
        "Warning",
        "Cells stood beside their headings, and were put under them again.",
        "Compare one of these rows with the case system.",
    ),
    rule_of_import(
        MOVED,
        "Error",
        "Rows have more cells than there are headings, so that cells may stand under the wrong heading.",
        "Look at these rows in the export: a comma inside a cell parts it in two, or a heading is missing. Put it "
        "right there, or export as .xlsx, and import again.",
    ),
    rule_of_import(
        IDS_ABOVE,
        "Error",
        "The case ID seems to stand in rows of its own above the cases, and was not read: young people cannot be "
        "counted.",
        "Export the report as a table that has the case ID in every row, and import it again.",
    ),
    rule_of_import(
        DATED,
        "Warning",
        "Rows without a contact date got that of the row above: the report prints each date once.",
        "Look at one or two in the case system. If they have another date, export the report with the date in every "
        "row, and import it again.",
    ),
)
