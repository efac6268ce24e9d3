"""Language: how many findings a person has decided about, and links to what belongs to it."""

from __future__ import annotations

from xlsxwriter.utility import xl_cell_to_rowcol

from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs import spec

EMPTY = "Empty: Refresh analysis fills this sheet."
NONE = "none of the words in the table Terms was found."
PATTERNS, TERMS, FINDINGS = "Where the words gather", "The words that are looked for", "The findings, one by one"
_WORDS = (("Confirm", "confirmed"), ("Dismiss", "dismissed"))
_LINKS_ROW = 4


def layout(book: Book) -> Layout:
    """How many of the rows are decided, and how."""
    return Layout(
        cells=[link(book.kind, PATTERNS, "LanguagePatterns", 1), link(book.kind, TERMS, "Terms", 4)],
        state=_state(book),
    )


def link(kind: Kind, words: str, table: str, column: int) -> LiveCell:
    """A link in row 4 to the first heading of a table."""
    where = spec.table(kind, table)
    return LiveCell(_LINKS_ROW, column, words, style="link", link=f"internal:'{where.sheet}'!{where.anchor}")


def anchor_column(kind: Kind, table: str) -> int:
    """The column, from 1, of a table's first heading."""
    return int(xl_cell_to_rowcol(spec.table(kind, table).anchor)[1]) + 1


def _state(book: Book) -> LiveCell:
    table = book.tables["Language"]
    there = review_rules.texts(table, "Term") != ""
    decisions = review_rules.keys(table, "Decision").where(there, "")
    n, decided = int(there.sum()), int((decisions != "").sum())
    split = ", ".join(f"{int((decisions == word.lower()).sum())} {said}" for word, said in _WORDS)
    counted = f"{decided} of {n} decided ({split})." if n else NONE

    rows = 'SUMPRODUCT(--(TRIM(Language[Term])<>""))'
    done = f"SUMPRODUCT({_given(_NOT_BLANK)})"
    parts = '&", '.join(f'"&SUMPRODUCT({_given(_EQUALS.format(word))})&" {said}"' for word, said in _WORDS)
    formula = f'IF({rows}=0,"{NONE}",{done}&" of "&{rows}&" decided ({parts}&").")'
    return as_of(book, rows, n, formula, counted)


def as_of(book: Book, rows: str, n: int, formula: str, value: str) -> LiveCell:
    """A3 of a sheet that Refresh analysis fills: how it is filled, or since when it is and what is in it.

    `rows` and `formula` are formulas for how many rows there are and for what is said of them, `n` and `value` what
    they show. A release copy may not know since when.
    """
    when = excel_text(book.values.get("analysed_on"))
    since = f"As of {when}: " if when else ""
    return table_places.state(
        f'=IF(AND(analysed_on="",{rows}=0),"{EMPTY}",IF(analysed_on="","","As of "&analysed_on&": ")&{formula})',
        f"{since}{value}" if when or n else EMPTY,
    )


_NOT_BLANK = 'TRIM(Language[Decision])<>""'
_EQUALS = 'TRIM(Language[Decision])="{}"'


def _given(condition: str) -> str:
    """1 for each row with a finding for which the condition holds; a cell that shows an error counts as blank."""
    return f'(TRIM(Language[Term])<>"")*{table_places.true_where(condition)}'
