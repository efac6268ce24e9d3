"""Compare: which samples, what differs in their recipe, the clearest changes, three charts; below, the four tables.

All of it looks up what Compare samples wrote into the tables, which may grow: they stand at the bottom, side by side.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_cell_to_rowcol

from xl_dipsample.domain.comparison import published_figures
from xl_dipsample.domain.focus import recipe
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.sheets.parts import compare_charts, table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs import spec

NOTHING = "Empty: Compare samples fills this sheet."
SHOWN = 5  # samples in the list on top and in the charts: this one and the four latest earlier ones
LONGEST = 64  # letters of a setting in the list on top
LINES = 6  # settings that differ, clear changes
SAMPLES_ROW = 5
RECIPE_ROW = SAMPLES_ROW + SHOWN + 4
CHANGES_ROW = RECIPE_ROW + LINES + 3
NOTES_ROW = CHANGES_ROW + LINES + 4
NOTES = (
    "The intervals say how far a share can lie from the long-run practice if it went on; who comes is chance.",
    "A sample of every case in its period has no sampling error: for that period its shares are exact.",
    "Half-filled reviews: shares of outcomes are of the cases with an outcome so far, of scenarios of those with one.",
    "No part of the recipe: the period, the name of the sample, lead, reviewers, initials, your own review questions.",
    "What the labels of the case system mean stands in the working workbooks only: compare it there.",
    "A case can have several types of harm, so their percentages add up to more than 100.",
    "Language: every sample is searched for the terms of this workbook (Lists); dismissed wording is left out.",
    "Young people are of those in the period and of age, the funnel is of rows. In both: known if the key was given.",
)
TITLES = {
    "Compare": "All figures",
    "Samples": "All samples",
    "Recipe": "All settings, those that differ first",
    "Context": "Published figures of the local authority",
}
_SAMPLE_COLUMNS = (
    (2, "Sample"), (3, "Period"), (4, "Rows on the long list"), (5, "Young people in the period and of age"),
    (6, "Young people in the sample"), (7, "Sample size"), (8, "Complete"), (9, "In both"),
)  # fmt: skip
_RECIPE_COLUMN, _LAST_COLUMN = 10, 12


def layout(book: Book) -> Layout:
    """Everything above the tables; every cell stays where it is, however many samples there are."""
    made = Layout()
    _links(made, book)
    _samples(made, book)
    _recipe(made, book)
    _changes(made, book)
    made.cells += [LiveCell(row, 1, words, style="note") for row, words in enumerate(NOTES, NOTES_ROW)]
    compare_charts.add(made, book, NOTES_ROW + len(NOTES) + 1)
    _titles(made, book)
    made.state = _state(book)
    return made


def column(book: Book, table: str, heading: str) -> list[CellValue]:
    """One column of a table, row by row."""
    return list(book.tables[table][heading].tolist())


def _filled(book: Book, table: str, heading: str) -> int:
    return sum(value not in (None, "") for value in column(book, table, heading))


def _state(book: Book) -> LiveCell:
    when = excel_text(book.values.get("compared_on"))
    n = _filled(book, "Samples", "Sample")
    count = 'SUMPRODUCT(--(Samples[Sample]<>""))'
    formula = f'=IF({count}=0,"{NOTHING}",IF(compared_on="","","As of "&compared_on&": ")&{count}&" samples")'
    return table_places.state(formula, f"{f'As of {when}: ' if when else ''}{n} samples" if n else NOTHING)


def _links(made: Layout, book: Book) -> None:
    """Row 4: where the tables are."""
    targets = ((1, "All figures", "Compare"), (2, "All samples", "Samples"), (3, "All settings", "Recipe"))
    for col, words, table in (*targets, (_LAST_COLUMN, "Published figures of the local authority", "Context")):
        anchor = spec.table(book.kind, table).anchor
        made.cells.append(LiveCell(4, col, f"{words} (below)", style="link", link=f"internal:'Compare'!{anchor}"))


def _titles(made: Layout, book: Book) -> None:
    """A title above each of the four tables."""
    for table, words in TITLES.items():
        top, left = xl_cell_to_rowcol(spec.table(book.kind, table).anchor)  # from 0: the row above, from 1
        made.cells.append(LiveCell(top, left + 1, words, style="section"))
        if table == "Context":
            made.cells.append(LiveCell(top - 1, left + 1, published_figures.NOTE, style="note"))


def _samples(made: Layout, book: Book) -> None:
    row = SAMPLES_ROW
    made.cells.append(LiveCell(row, 1, "Which samples, and is their recipe the same?", style="section"))
    made.cells.append(LiveCell(row + 1, 1, "", style="header"))
    for col, heading in (*_SAMPLE_COLUMNS, (_RECIPE_COLUMN, "Recipe")):
        number = heading not in ("Sample", "Period", "Recipe")
        made.cells.append(LiveCell(row + 1, col, heading, style="header_number" if number else "header"))
    made.cells += [LiveCell(row + 1, col, "", style="header") for col in range(_RECIPE_COLUMN + 1, _LAST_COLUMN + 1)]
    made.heights[row + 1] = 64.0
    for place in range(SHOWN):
        line = row + 2 + place
        label = "This sample" if place == 0 else "Earlier sample"
        shown = _nth(book, "Samples", "Sample", place + 1)
        formula = f'=IF({_index("Samples", "Sample", place + 1)}="","","{label}")'
        made.cells.append(LiveCell(line, 1, label if shown else "", formula, "label"))
        for col, heading in _SAMPLE_COLUMNS:
            style = "text" if col <= 3 else "whole"
            made.cells.append(_looked_up(book, line, col, "Samples", heading, place + 1, style))
        made.cells.append(_looked_up(book, line, _RECIPE_COLUMN, "Samples", "Recipe", place + 1, "plain_bold"))
    n = _filled(book, "Samples", "Sample")
    more = f"and {n - SHOWN} more in the table Samples below" if n > SHOWN else ""
    count = 'SUMPRODUCT(--(Samples[Sample]<>""))'
    made.cells.append(
        LiveCell(row + 2 + SHOWN, 1, more, f'=IF({count}>{SHOWN},"and "&{count}-{SHOWN}&" more in the table Samples '
                 f'below","")', "note")
    )  # fmt: skip


def _recipe(made: Layout, book: Book) -> None:
    """The first settings that differ, one line each; the table Recipe has them first."""
    row = RECIPE_ROW
    made.cells.append(LiveCell(row, 1, "What differs in the recipe", style="section"))
    verdicts = column(book, "Recipe", "Same?")
    differ = sum(verdict == recipe.DIFFERS for verdict in verdicts)
    count = f'SUMPRODUCT(--(Recipe[Same?]="{recipe.DIFFERS}"))'
    made.names["Compare_Recipe"] = f"=Compare!$A${row}"
    for place in range(1, LINES + 1):
        line = row + 1 + place
        is_one = place <= differ
        for col, heading, style in (
            (1, "Same?", "plain_bold"),
            (2, "Setting", "plain"),
            (3, "Earlier sample", "plain"),
        ):
            value = _nth(book, "Recipe", heading, place) if is_one else ""
            formula = f'=IF({place}>{count},"",{_index("Recipe", heading, place)})'
            made.cells.append(LiveCell(line, col, value, formula, style))
        now, then = (_short(str(_nth(book, "Recipe", heading, place))) for heading in ("Now", "Then"))
        cells = [_short_formula(_index("Recipe", heading, place)) for heading in ("Now", "Then")]
        told = f'"Now: "&{cells[0]}&". Then: "&{cells[1]}'
        value = f"Now: {now}. Then: {then}" if is_one else ""
        made.cells.append(LiveCell(line, 4, value, f'=IF({place}>{count},"",{told})', "plain"))
    summary, formula = _how_many_differ(book, differ, count)
    made.cells.append(LiveCell(row + 1, 1, summary, formula, "note"))


def _short(words: str) -> str:
    """The start of a long text: a line has no room for more, and the table Recipe has it whole."""
    return f"{words[: LONGEST - 3]}..." if len(words) > LONGEST else words


def _short_formula(cell: str) -> str:
    return f'IF(LEN({cell})>{LONGEST},LEFT({cell},{LONGEST - 3})&"...",{cell})'


def _how_many_differ(book: Book, differ: int, count: str) -> tuple[str, str]:
    """The line above the list."""
    none = "Nothing differs in the settings that can be compared."
    all_of = 'SUMPRODUCT(--(Recipe[Setting]<>""))'
    formula = (
        f'=IF({all_of}=0,"",IF({count}=0,"{none}",IF({count}>{LINES},"and "&{count}-{LINES}&" more in the table Recipe '
        f'below. ","")&"Figures of samples with another recipe are marked: Not the same recipe."))'
    )
    if not _filled(book, "Recipe", "Setting"):
        return "", formula
    if not differ:
        return none, formula
    more = f"and {differ - LINES} more in the table Recipe below. " if differ > LINES else ""
    return f"{more}Figures of samples with another recipe are marked: Not the same recipe.", formula


def _changes(made: Layout, book: Book) -> None:
    """The surest of the clear changes, under the table's own headings; and how many figures were compared."""
    row = CHANGES_ROW
    made.cells.append(LiveCell(row, 1, "The clearest changes", style="section"))
    made.names["Compare_Changes"] = f"=Compare!$A${row}"
    headings = [heading for heading in spec.table(book.kind, "Compare").headings if heading != "Clear change"]
    numbered = {value: place for place, value in enumerate(column(book, "Compare", "Clear change"), 1) if value}
    for col, heading in enumerate(headings, 1):
        kind = spec.table(book.kind, "Compare").column(heading).type
        made.cells.append(LiveCell(row + 2, col, heading, style="header" if "text" in kind else "header_number"))
        for place in range(1, LINES + 1):
            made.cells.append(_clear_change(book, row + 2 + place, col, heading, numbered.get(place), place))
    made.heights |= {row + 2: 32.0} | {row + 2 + place: 32.0 for place in range(1, LINES + 1)}
    made.cells.append(LiveCell(row + 1, 1, *_how_many(book), "note"))


def _clear_change(book: Book, row: int, col: int, heading: str, at: int | None, place: int) -> LiveCell:
    """One cell of the clear change numbered `place`, which stands in row `at` (from 1) of the table Compare."""
    kind = spec.table(book.kind, "Compare").column(heading).type
    cell = f"INDEX(Compare[{heading}],MATCH({place},Compare[Clear change],0))"
    value = "" if at is None else column(book, "Compare", heading)[at - 1]
    if "text" in kind:
        return LiveCell(row, col, excel_text(value), f'=IFERROR({cell}&"","")', "label")
    return LiveCell(row, col, value, f'=IFERROR({cell},"")', "whole" if kind == "whole" else "decimal")


def _how_many(book: Book) -> tuple[str, str]:
    """How many figures were compared, how many changed clearly, how many would by chance."""
    compared = sum(isinstance(value, int | float) for value in column(book, "Compare", "Change"))
    clear = sum(isinstance(value, int | float) for value in column(book, "Compare", "Clear change"))
    n, c = "SUMPRODUCT(--ISNUMBER(Compare[Change]))", "SUMPRODUCT(--ISNUMBER(Compare[Clear change]))"
    told = (
        f'{c}&" of "&{n}&" figures that could be compared changed clearly. By chance alone about 1 in 20 would look '
        f'clear, here about "&ROUND({n}/20,0)&"."'
    )
    value = (
        f"{clear} of {compared} figures that could be compared changed clearly. By chance alone about 1 in 20 would "
        f"look clear, here about {int(compared / 20 + 0.5)}."
    )
    return (value if compared else ""), f'=IF({n}=0,"",{told})'


def _index(table: str, heading: str, place: int) -> str:
    """The cell in row `place` (from 1) of a table as text; '' below its last row."""
    return f'IFERROR(INDEX({table}[{heading}],{place})&"","")'


def _nth(book: Book, table: str, heading: str, place: int) -> CellValue:
    cells = column(book, table, heading)
    return excel_text(cells[place - 1]) if place <= len(cells) else ""


def _looked_up(book: Book, row: int, col: int, table: str, heading: str, place: int, style: str) -> LiveCell:
    """A live cell with the cell in row `place` of a table: a number stays one."""
    cells = column(book, table, heading)
    value = cells[place - 1] if place <= len(cells) else None
    if style != "whole":
        return LiveCell(row, col, excel_text(value), f"={_index(table, heading, place)}", style)
    cell = f"INDEX({table}[{heading}],{place})"
    formula = f'=IFERROR(IF(ISNUMBER({cell}),{cell},""),"")'
    return LiveCell(row, col, value if isinstance(value, int | float) else "", formula, style)
