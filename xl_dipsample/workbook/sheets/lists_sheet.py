"""Lists: the choices behind the drop-downs, and the workbook's named cells."""

from __future__ import annotations

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from xl_dipsample.domain.narrowing import counts_beside_funnel
from xl_dipsample.domain.shared import lead_lists, reference
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs import columns, spec

_HEADER_ROW = 5
MEANS, REASONS, PAIRS = "label_means", "exclusion_reasons", "pair_columns"
LIVE = {
    MEANS: 300,
    REASONS: 40,
    PAIRS: 60,
}  # the lists that follow what the lead types, and the words that they have room for
_FIRST = ("Not chosen", "Nothing recorded")
_CATEGORIES, _WORDS, _ASKED = "ROWS(Categories[Category])", "ROWS(MyLists[Word])", "ROWS(Questions[Heading])"
_WITH_ANSWERS = ("Choose one", columns.SEVERAL, "Yes / No", "Number")  # what can be counted by its answers


def named_values(book: Book) -> dict[str, CellValue]:
    """The named cells that stand on Lists, with what is in them."""
    return {
        "kind": book.values["kind"] if book.is_release or book.is_second else book.kind,
        "spec_version": spec.SPEC_VERSION,
        "sample_id": book.values.get("sample_id"),
        "checked_for_sharing": book.values.get("checked_for_sharing"),
        "analysed_on": book.values.get("analysed_on"),
        "compared_on": book.values.get("compared_on"),
    }


def all_lists(book: Book) -> dict[str, tuple[str, ...]]:
    """Every drop-down list of the workbook, those of the team's own questions included."""
    found = dict(spec.lists()) | {name: book.lists.words(heading) for name, heading in lead_lists.DROP_DOWNS.items()}
    if book.kind == "working":
        found["what_if_cut_offs"] = tuple(str(age) for age in counts_beside_funnel.CUT_OFFS)
        found["what_if_presets"] = (counts_beside_funnel.YOUR_CHOICE, *reference.words("category_presets", "preset"))
        found["what_if_cce"] = (counts_beside_funnel.WITHOUT_CCE, counts_beside_funnel.WITH_CCE)
    else:
        found |= columns.question_lists(columns.questions(book.tables.get("Questions")))
    return found


def layout(book: Book) -> Layout:
    """Named cells first, then the lists, to the right of the tables."""
    made = Layout()
    column = _first_free(book)
    made.cells += [
        LiveCell(_HEADER_ROW, column, "What the tool knows", style="header"),
        LiveCell(_HEADER_ROW, column + 1, "Value", style="header"),
    ]
    made.widths |= {column: 24, column + 1: 20}
    for row, (name, value) in enumerate(named_values(book).items(), _HEADER_ROW + 1):
        made.cells += [
            LiveCell(row, column, name.replace("_", " ").capitalize(), style="text"),
            LiveCell(row, column + 1, value, style="text"),
        ]
        made.names[name] = f"=Lists!${xl_col_to_name(column)}${row}"
    sample_name = table_places.cell(book, "Focus", "Sample name", "Value")
    made.names["sample_name"] = f"={sample_name}"
    if not book.is_release:  # nobody chooses anything there
        _add_lists(made, book, column + 3)
    return made


def _add_lists(made: Layout, book: Book, column: int) -> None:
    """One list below the other in two columns, so that the sheet can be read and printed."""
    made.cells += [
        LiveCell(_HEADER_ROW, column, "List", style="header"),
        LiveCell(_HEADER_ROW, column + 1, "Choice", style="header"),
    ]
    made.widths |= {column: 28, column + 1: 52}
    letters = xl_col_to_name(column)
    row, lists = _HEADER_ROW + 1, all_lists(book)
    for name in LIVE if book.kind == "working" else ():
        del lists[name]
        row = _add_live(made, book, name, row, column)
    for name, words in ((name, words or ("",)) for name, words in lists.items()):  # a name needs a cell
        made.names[f"list_{name}"] = f"=Lists!${letters}${row}:${letters}${row + len(words) - 1}"
        for word in words:
            made.cells += [
                LiveCell(row, column, name.replace("_", " ").capitalize(), style="text"),
                LiveCell(row, column + 1, word, style="text"),
            ]
            row += 1


def _add_live(made: Layout, book: Book, name: str, row: int, column: int) -> int:
    """A list that follows what the lead types on My lists and Categories, with room to grow; the row below it.

    Right of a word stands its place on My lists, and right of the first how many there are: there the name ends.
    """
    last = row + LIVE[name] - 1
    words, places, how_many = (xl_col_to_name(column + beside) for beside in range(3))
    shown = _words_of_labels(book) if name == MEANS else _reasons(book) if name == REASONS else _columns_of_pairs(book)
    for number, at in enumerate(range(row, last + 1), 1):
        word, place = shown[number - 1] if number <= len(shown) else ("", "")
        before = "" if number == 1 else f"{places}{at - 1}"
        formula, place_formula = (
            _word_at(f"{places}{at}") if name == REASONS else _LISTED[name](number),
            _next_reason(before) if name == REASONS else None,
        )
        made.cells += [
            LiveCell(at, column, name.replace("_", " ").capitalize(), style="text"),
            LiveCell(at, column + 1, word, formula, "text"),
        ]
        if place_formula:
            made.cells.append(LiveCell(at, column + 2, place, place_formula, "text"))
    counted = {
        MEANS: f"={len(_FIRST)}+{_CATEGORIES}+{_WORDS}",
        REASONS: f"=COUNT({places}{row}:{places}{last})",
        PAIRS: f"={len(_our_columns())}+{_ASKED}",
    }[name]
    made.cells.append(LiveCell(row, column + 3, len(shown), counted, "text"))
    area = f"Lists!${words}${row}:${words}${last}"
    made.names[f"list_{name}"] = f"=Lists!${words}${row}:INDEX({area},MAX(1,Lists!${how_many}${row}))"
    return last + 1


def _words_of_labels(book: Book) -> list[tuple[CellValue, CellValue]]:
    """Our two words, the types of harm, the words of the other lists; reasons are no meaning of a label."""
    mine = book.tables[lead_lists.TABLE]
    words = [*_FIRST, *map(excel_text, book.tables[lead_lists.CATEGORIES]["Category"])]
    pairs = zip(mine["List"], mine["Word"], strict=True)
    words += ["" if _is_reason(name) else excel_text(word) for name, word in pairs]
    return [(word, "") for word in words]


def _reasons(book: Book) -> list[tuple[CellValue, CellValue]]:
    """The reasons and where they stand on My lists, from 1."""
    mine = book.tables[lead_lists.TABLE]
    pairs = enumerate(zip(mine["List"], mine["Word"], strict=True), 1)
    return [(excel_text(word), place) for place, (name, word) in pairs if _is_reason(name)]


def _is_reason(name: object) -> bool:
    """As Excel compares two texts: without capitals, with spaces."""
    return isinstance(name, str) and name.casefold() == lead_lists.REASON.casefold()


def _word_of_labels(number: int) -> str:
    """The formula of the `number`th word, from 1."""
    if number <= len(_FIRST):
        return f'="{_FIRST[number - 1]}"'
    at = number - len(_FIRST)
    of_mine = (
        f'IF(INDEX(MyLists[List],{at}-{_CATEGORIES})="{lead_lists.REASON}","",'
        f"TRIM(INDEX(MyLists[Word],{at}-{_CATEGORIES})))"
    )
    return (
        f'=IF({at}<={_CATEGORIES},TRIM(INDEX(Categories[Category],{at})),IF({at}-{_CATEGORIES}<={_WORDS},{of_mine},""))'
    )


def _our_columns() -> tuple[str, ...]:
    return spec.lists()[PAIRS]


def _columns_of_pairs(book: Book) -> list[tuple[CellValue, CellValue]]:
    """Our own columns that are counted, then the team's questions that can be; a blank one for each other question."""
    asked = book.tables["Questions"]
    pairs = zip(asked["Heading"], asked["Type"], strict=True)
    known = [kind.casefold() for kind in _WITH_ANSWERS]
    own = [excel_text(heading) if excel_text(kind).casefold() in known else "" for heading, kind in pairs]
    return [(word, "") for word in (*_our_columns(), *(own or [""]))]  # a table has one row at least


def _column_of_pairs(number: int) -> str:
    """The formula of the `number`th column, from 1."""
    ours = _our_columns()
    if number <= len(ours):
        return f'="{ours[number - 1]}"'
    at = number - len(ours)
    kind = f"TRIM(INDEX(Questions[Type],{at}))"
    counted = "+".join(f'({kind}="{one}")' for one in _WITH_ANSWERS)
    return f'=IF({at}>{_ASKED},"",IF({counted},TRIM(INDEX(Questions[Heading],{at})),""))'


_LISTED = {MEANS: _word_of_labels, PAIRS: _column_of_pairs}


def _word_at(place: str) -> str:
    return f'=IF({place}="","",TRIM(INDEX(MyLists[Word],{place})))'


def _next_reason(before: str) -> str:
    """The place of the first reason below `before`, the cell with the place of the one before it."""
    reason = f'"{lead_lists.REASON}"'
    if not before:
        return f'=IFERROR(MATCH({reason},MyLists[List],0),"")'
    rest = f"INDEX(MyLists[List],{before}+1):INDEX(MyLists[List],{_WORDS})"
    return f'=IF({before}="","",IF({before}>={_WORDS},"",IFERROR({before}+MATCH({reason},{rest},0),"")))'


def _first_free(book: Book) -> int:
    """The first column, from 1, to the right of every table on the sheet."""
    here = [table for table in spec.tables(book.kind) if table.sheet == "Lists" and not book.is_second]
    return max((xl_cell_to_rowcol(table.anchor)[1] + len(table.columns) + 1 for table in here), default=0) + 1
