"""Start: five things to agree, the steps with their states, what is in the file, and where to get help."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from xlsxwriter.utility import xl_cell_to_rowcol

from xl_dipsample.domain.focus.criteria import added_categories
from xl_dipsample.domain.narrowing import what_changed
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.sheets.parts import (
    given_on_review,
    risk_on_start,
    second_copy,
    states,
    table_places,
    text_lengths,
)
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs import spec

_QUESTIONS_TITLE = {"working": "First agree five things", "review": "What was agreed before the first case"}
_HELP_OF_COPY = (
    "Nothing here is to be filled in. Changes belong in the review workbook; the next copy has them.",
    "Every figure follows from the table Review by formulas; Thresholds, Language and Harms say as of when.",
)
_OPEN = "Not answered yet: click the question."
_QUESTIONS = (
    ("What do you want to find out?", "Main question"),
    ("Which group of cases?", "Group of cases (in words)"),
    ("Which period?", "Period from"),
    ("Which part of the file will you read?", "Part of the file"),
    ("Who reviews?", "Reviewers"),
)
# Where a step takes you: what to do -> sheet.
_SHEETS = {
    "Import long list": "Long list",
    "Check long list": "Data checks",
    "Narrow down": "Funnel",
    "Case check": "Case check",
    "Pseudonymise": "Exclusion log",
    "Review": "Review",
    "Check text for names": "Review",
    "Refresh analysis": "Summary",
    "Compare samples": "Compare",
    "Check before sharing": "Audit",
    "Make briefing": "Findings",
    "Publication copy": "Summary",
    "Read the cases": "Review",
}
_INSIDE = {
    "working": "Names, case IDs and dates of birth. It stays in the restricted folder; never share it.",
    "review": "No names: unique IDs stand for the young people. What reviewers copy from files may still hold names.",
    "release": "No names: unique IDs stand for the young people. It is for the panel: pass it on to nobody else.",
    "second": second_copy.INSIDE,
}
_HELP = (
    "Every yellow cell says what belongs in it when you select it. Only yellow cells are yours; the rest is filled in.",
    "Every step can be run again: what people typed is kept. Undo last step takes the last button back.",
    "Help me says what is installed and what may be wrong; its report holds no case data.",
    "The buttons are on the tab Dip-sampling. Without that tab everything here still works but the buttons.",
)
_WIDER = "Kept as they were chosen. The default is now wider; a new sample chooses, too: "
_AS_NEW = "What a new sample chooses beyond the guide's nine is chosen here."
_ROOM = 21  # points: rows that one clicks on
_NEVER_CHECKED = "Never checked for sharing"
CHECKED = "checked_for_sharing"
NOT_SAFE = "Not safe"  # how checked_for_sharing begins when places were found; otherwise it is date and time


def layout(book: Book) -> Layout:
    """The whole page but the table of steps, which the actions fill."""
    made = Layout()
    made.state = _state(book)
    _add_questions(made, book)
    header, last = _steps(book)
    if book.is_release:
        _add_about(made, book, header)
        return made
    made.cells.append(LiveCell(header - 1, 1, "Then take the steps in order", style="section"))
    _add_step_links(made, book, header)
    has_risk = book.kind == "review" and not _is_copy(book)
    _add_about(made, book, risk_on_start.add(made, book, last + 2) if has_risk else last + 2)
    return made


def _is_copy(book: Book) -> bool:
    """Whether no action works on this workbook."""
    return book.is_release or book.is_second


def _steps(book: Book) -> tuple[int, int]:
    """The header row and the last row of the table of steps, counted from 1."""
    row, _ = xl_cell_to_rowcol(spec.table(book.kind, "Start").anchor)
    return row + 1, row + 1 + max(1, len(book.tables["Start"]))


def _state(book: Book) -> LiveCell:
    if book.is_release:
        copied = excel_text(book.values.get("checked_for_sharing"))
        return LiveCell(3, 1, f"Copy of {copied}: do not edit. What is changed here goes no further.", style="state")
    if book.is_second:
        return _progress(book)
    steps = book.tables["Start"]
    coming = [what for what, how in zip(steps["What to do"], steps["State"], strict=True) if how == "Next"]
    done = "All steps are done."
    formula = f'IFERROR("Next: "&INDEX(Start[What to do],MATCH("Next",Start[State],0)),"{done}")'
    first, before = risk_on_start.before_all(book) if book.kind == "review" else ("", "")
    return table_places.state(f"={before}{formula}", f"{first}Next: {coming[0]}" if coming else f"{first}{done}")


def _progress(book: Book) -> LiveCell:
    """How many of a second reader's cases are done: there the steps do not move by themselves."""
    done = "+".join(f'(Review[Check]="{word}")' for word in (review_rules.COMPLETE, review_rules.LEFT))
    words = "cases are done: see Review."
    found = book.progress
    total = found.in_sample + found.left
    return table_places.state(
        f'=SUMPRODUCT({done})&" of "&SUMPRODUCT(--(TRIM(Review[Unique ID])<>""))&" {words}"',
        f"{found.complete + found.left_complete} of {total} {words}",
    )


def _add_questions(made: Layout, book: Book) -> None:
    made.cells.append(LiveCell(5, 1, _QUESTIONS_TITLE[book.kind], style="section"))
    for row, (question, name) in enumerate(_QUESTIONS, 6):
        made.heights[row] = _ROOM
        where = table_places.cell(book, "Focus", name, "Value") or "Focus!$B$6"
        value, formula = _period(book) if name == "Period from" else _answer(book, name, where)
        made.cells += [
            LiveCell(row, 1, row - 5, style="number_chip"),
            LiveCell(row, 2, question, style="link_question", link=f"internal:{where.replace('$', '')}"),
            LiveCell(row, 3, value, formula, "answer"),
        ]
        made.cells += [LiveCell(row, column, None, style="answer") for column in (4, 5, 6)]


def _answer(book: Book, name: str, where: str) -> tuple[CellValue, str]:
    value = excel_text(table_places.setting(book, "Focus", name))
    return value or _OPEN, f'=IF(TRIM({where})="","{_OPEN}",TRIM({where}))'


def _period(book: Book) -> tuple[CellValue, str]:
    about, first, last = (table_places.setting(book, "Focus", f"Period {name}") for name in ("is about", "from", "to"))
    cells = [table_places.cell(book, "Focus", f"Period {name}", "Value") for name in ("is about", "from", "to")]
    none = "Not set: cases of every date count."

    def shown(cell: str | None, open_end: str) -> str:
        return f'IF({cell}="","{open_end}",TEXT({cell},"dd/mm/yyyy"))'

    formula = (
        f'=IF(AND({cells[1]}="",{cells[2]}=""),"{none}",'
        f'{cells[0]}&" from "&{shown(cells[1], "the beginning")}&" to "&{shown(cells[2], "the end")})'
    )
    if first in (None, "") and last in (None, ""):
        return none, formula
    return _from_to(about, first, last), formula


def period_words(focus: pd.DataFrame) -> str:
    """The sentence that Start has for the period of table Focus."""
    said = dict(zip(focus["Setting"], focus["Value"], strict=True))
    return _from_to(*(said.get(f"Period {name}") for name in ("is about", "from", "to")))


def _from_to(about: CellValue, first: CellValue, last: CellValue) -> str:
    return f"{about or ''} from {_day(first, 'the beginning')} to {_day(last, 'the end')}"


def _day(value: CellValue, open_end: str) -> str:
    if value in (None, ""):
        return open_end
    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else str(value)


def _add_step_links(made: Layout, book: Book, header: int) -> None:
    names = [sheet.name for sheet in spec.sheets(book.kind)]
    for offset, what in enumerate(book.tables["Start"]["What to do"], header + 1):
        made.heights[offset] = _ROOM
        sheet = _SHEETS.get(str(what))
        if sheet in names:
            made.cells.append(LiveCell(offset, 2, what, style="link_button", link=f"internal:'{sheet}'!A1"))


def _add_about(made: Layout, book: Book, row: int) -> None:
    made.cells.append(LiveCell(row, 1, "About this workbook", style="section"))
    sample = excel_text(table_places.setting(book, "Focus", "Sample name"))
    checked, formula = _checked(book)
    rows: list[tuple[str, CellValue, str | None]] = [
        ("Sample", sample or "No name yet", '=IF(TRIM(sample_name)="","No name yet",TRIM(sample_name))'),
        ("What is in it", _INSIDE[str(book.values["kind"]) if _is_copy(book) else book.kind], None),
        *([] if book.is_second else [("Checked for sharing", checked, formula)]),
        ("Sample ID", excel_text(book.values.get("sample_id")), '=sample_id&""'),
        *([("Labels", *_labels(book)), ("What changed", *_changed(book))] if book.kind == "working" else []),
        *([] if _is_copy(book) else [("Categories", *_wider(book))]),
        *([("Rows of Review", *given_on_review.told(book))] if book.kind == "review" and not _is_copy(book) else []),
    ]
    names = [sheet.name for sheet in spec.sheets(book.kind)]
    for offset, (label, value, shown) in enumerate(rows, row + 1):
        link = f"internal:'{label}'!A1" if label in names else None
        made.cells += [
            LiveCell(offset, 2, label, style="link_question" if link else "plain_bold", link=link),
            LiveCell(offset, 3, value, shown, "plain"),
        ]
    below = row + len(rows) + 2
    made.cells.append(LiveCell(below, 1, "Help", style="section"))
    lines = _HELP_OF_COPY if book.is_release else second_copy.HELP if book.is_second else _HELP
    made.cells += [LiveCell(below + 1 + i, 2, line, style="plain") for i, line in enumerate(lines)]


def _labels(book: Book) -> tuple[str, str]:
    """How many labels wait for the lead to say what they mean, and the formula."""
    waiting, formula = states.labels_to_map(book)
    return f"{waiting} still to map", f'={formula}&" still to map"'


def _wider(book: Book) -> tuple[str, str]:
    """What a new sample chooses beyond the guide's nine and this one does not, and the formula."""
    table, added = book.tables["Categories"], added_categories()
    pairs = zip(table["Category"], table["Chosen"], strict=True)
    chosen = {excel_text(word).casefold() for word, yes in pairs if excel_text(yes).casefold() == "yes"}
    missing = "".join(f", {word}" for word in added if word.casefold() not in chosen)
    parts = "&".join(
        f'IF(SUMPRODUCT((TRIM(Categories[Category])="{word}")*(TRIM(Categories[Chosen])="Yes"))=0,", {word}","")'
        for word in added
    )
    return (
        f"{_WIDER}{missing[2:]}" if missing else _AS_NEW,
        f'=IF({parts}="","{_AS_NEW}","{_WIDER}"&MID({parts},3,500))',
    )


def _changed(book: Book) -> tuple[str, str]:
    """What stands on the sheet What changed, in one line, and the formula."""
    parts = "&".join(
        f'IF({number}>0,"; {words}: "&{number},"")'
        for words, number in (
            (words, f'SUMIF(WhatChanged[What],"{what}",WhatChanged[How many])') for what, words in what_changed.words()
        )
    )
    told = what_changed.in_words(book.tables["WhatChanged"])
    return told, f'=IF(SUM(WhatChanged[How many])=0,"{what_changed.NOTHING}",MID({parts},3,500))'


def _checked(book: Book) -> tuple[str, str]:
    """What Start says of the last check, and the formula: in the review workbook it notices what people type after."""
    checked = excel_text(book.values.get("checked_for_sharing"))
    same = f'"Safe to share on "&{CHECKED}'
    if book.kind == "review" and not _is_copy(book):
        changed = f'"Changed since "&{CHECKED}&": check again before sharing"'
        since = f"IF({text_lengths.formula(book)},{same},{changed})"
        same = f'IF(LEFT({CHECKED},{len(NOT_SAFE)})="{NOT_SAFE}",{CHECKED},{since})'
    formula = f'=IF({CHECKED}="","{_NEVER_CHECKED}",{same})'
    if not checked:
        return _NEVER_CHECKED, formula
    if book.kind != "review" or _is_copy(book):
        return f"Safe to share on {checked}", formula
    if checked.startswith(NOT_SAFE):
        return checked, formula
    if text_lengths.same(book):
        return f"Safe to share on {checked}", formula
    return f"Changed since {checked}: check again before sharing", formula
