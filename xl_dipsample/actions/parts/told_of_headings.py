"""What Import says about a report's headings: which column was taken for what, and what could not be placed.

A heading that is one of our synonyms is said; of any other, which may be a name, the column's letter.
"""

from __future__ import annotations

from collections.abc import Collection

from xl_dipsample.actions.parts.choose_sheet import ordinal
from xl_dipsample.actions.parts.known_reports import MAIN
from xl_dipsample.actions.parts.read_report import ReadReport
from xl_dipsample.domain.long_list import headings as domain_headings
from xl_dipsample.domain.long_list.column_evidence import supports
from xl_dipsample.domain.shared.cell import folded, trimmed
from xl_dipsample.domain.shared.columns_read import plain_id
from xl_dipsample.domain.shared.result import Result

_SHOWN = 10  # letters of columns in one sentence
_CELLS = {
    "case_id": "case IDs",
    "name": "names",
    "forename": "forenames",
    "surname": "surnames",
    "date_of_birth": "dates",
    "contact_date": "dates",
    "end_date": "dates",
    "age": "ages",
    "gender": "genders",
    "ethnicity": "ethnic groups",
    "outcome": "outcomes",
    "referred_to": "services",
    "categories": "types of harm",
}


def tell_of_headings(result: Result, read: ReadReport) -> None:
    """Everything, of the report that a person gave."""
    names = taken_headings(read)
    result.figures["taken"] = names
    unplaced = [read.chosen.column(at).removeprefix("column ") for at in read.match.unplaced if read.headings[at]]
    result.figures["unplaced"] = unplaced
    for field, name in names.items():
        result.say("note", "heading-taken", f"{name[0].upper()}{name[1:]} was taken for {_said(field)}.")
    if unplaced and not read.chosen.sheet.is_a_return:
        shown = ", ".join(unplaced[:_SHOWN]) + (f" and {len(unplaced) - _SHOWN} more" if len(unplaced) > _SHOWN else "")
        which = f"column {shown}" if len(unplaced) == 1 else f"{len(unplaced)} columns ({shown})"
        result.say(
            "note",
            "headings-unplaced",
            f"Taken for nothing, and kept on Long list: {which} of the sheet that was read.",
        )
    changed = _ids_made_plain(read)
    if changed:
        result.say(
            "note",
            "ids-made-plain",
            "Case IDs that were written in another way (as a number or a formula, with another dash, with characters "
            f"that nobody sees), and were read as the plain ID: {changed}.",
            sheet="Long list",
        )
    tell_of_doubts(result, read)


def tell_of_doubts(result: Result, read: ReadReport) -> None:
    """What waits for the lead, and what is odd about the file: of a report that is read again, this alone."""
    which = "" if read.report.number == MAIN else f" in report {read.report.number}"
    for field, columns in read.match.unsure.items():
        places = ", ".join(_shown_apart(read, column, columns) for column in columns) + _why(read, field, columns)
        asked = f"Which column is the {_said(field)}{which}? It could be: {places}. Choose it on Headings"
        if field == "categories":
            asked = (
                f"Which columns hold types of harm{which}? It could be: {places}. Choose each on Headings (categories)"
            )
        result.say(
            "warning",
            "headings-wait",
            f"{asked} and import again, or say it with --map {field}=HEADING.",
            sheet="Headings",
        )
    if read.not_followed:
        lost = ", ".join(read.chosen.column(at) for at in read.not_followed[:_SHOWN])
        result.say(
            "warning",
            "choice-not-followed",
            f"What was chosen on Headings{which} could not be followed for {lost}: there is no such field, or it "
            "was chosen for several columns. Choose one column for each field, from the list in the cell, and import "
            "again.",
            sheet="Headings",
        )
    for code, text in read.match.notes:
        result.say("warning", code, text, row=read.chosen.header_row)
    if read.chosen.sheet.hidden:
        place = ordinal(read.chosen.sheet.number)
        result.say("warning", "hidden-sheet", f"The list stands on a hidden sheet, the {place}; is it the right one?")
    for note in read.notes:
        result.say(note.level, note.code, note.text, row=note.row, column=note.column)


def taken_headings(read: ReadReport) -> dict[str, str]:
    """Field -> the column taken for it: its heading in quotes, or its letter; several are joined by "; "."""
    match = read.match
    columns: dict[str, list[int]] = {field: list(places) for field, places in match.taken.items()}
    if match.yes_no:
        columns["categories"] = [*columns.get("categories", []), *match.yes_no]
    return {field: "; ".join(_shown(read, column) for column in places) for field, places in columns.items()}


def _said(field: str) -> str:
    return "types of harm" if field == "categories" else field.replace("_", " ")


def _shown(read: ReadReport, column: int) -> str:
    heading = folded(read.headings[column])
    # a type of harm is said as our tables have it
    ours = domain_headings.is_known(heading) or column in read.match.yes_no
    return f'"{heading}"' if ours or read.chosen.sheet.is_a_return else read.chosen.column(column)


def _shown_apart(read: ReadReport, column: int, among: Collection[int]) -> str:
    """The heading; with the column's letter, where another column has the same."""
    shown = _shown(read, column)
    alike = sum(_shown(read, other) == shown for other in among) > 1
    return f"{shown} ({read.chosen.column(column)})" if alike else shown


def _why(read: ReadReport, field: str, columns: Collection[int]) -> str:
    """Why a single column is asked about."""
    if len(columns) > 1:
        return ""
    if _is_something_else(read, field, columns):
        return f", but its cells do not look like {_CELLS.get(field, 'that')}"
    return ", but its heading alone does not say so for sure"


def _is_something_else(read: ReadReport, field: str, columns: Collection[int]) -> bool:
    return any(supports(field, read.cases, column) is False for column in columns)


def _ids_made_plain(read: ReadReport) -> int:
    """How many case IDs were read as another text than stands in the export."""
    column = read.match.column("case_id")
    if column is None:
        return 0
    cells = (row[column] for row in read.cases if column < len(row))
    texts = (trimmed(cell) for cell in cells if isinstance(cell, str) and not cell.isalnum())
    return sum(plain_id(text) != text for text in texts)
