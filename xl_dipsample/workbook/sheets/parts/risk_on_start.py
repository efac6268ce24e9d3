"""Start of the review workbook: the unique IDs of children who may be at risk now, and nobody has acted yet.

The rule of domain/review/act_now.py as formulas that Excel 2016 knows. Each ID stands in a cell of its own: mark it,
press Who is this?, and the name is in a message alone.
"""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.review import act_now
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.sheets.parts.table_places import true_where
from xl_dipsample.workbook.specs import formulas, spec

TITLE = "A child at risk now"
OPEN, WHO = "Act now? and not acted on", "Who is this?"
NONE = (
    "None. A child may be at risk now? Follow your procedure, tell your manager, then choose Yes on Review. This "
    "workbook tells nobody."
)
DO = "Follow your procedure and tell your manager now. This workbook tells nobody."
MARK = "Mark a unique ID here and press the button: a message shows the name."
FIRST, COLUMNS, LINES = 3, 4, 2  # the IDs stand from column C on, four in a line
SHOWN = COLUMNS * LINES
_MORE, _LEFT = ", of which {} are not listed here (filter Act now? on Review)", "; on Set aside: {}"
_AT_RISK = " flagged Act now? and not acted on: see below the steps. "
_REVIEW = "Review"
_ID = formulas.column("Unique ID")
_HEADER = "ROW(Review[[#Headers],[Unique ID]])"


def add(made: Layout, book: Book, row: int) -> int:
    """Put the section at `row` of Start; gives the row at which the next one begins."""
    number, formula = _open(book, _REVIEW)
    left, of_left = _open(book, act_now.SET_ASIDE)
    ids = _ids(book.tables[_REVIEW])
    more = len(ids) - SHOWN
    words = [str(number), _MORE.format(more) if more > 0 else "", _LEFT.format(left) if left else ""]
    of_more = _MORE.format(f'"&({formula}-{SHOWN})&"')
    of_this = _LEFT.format(f'"&{of_left}&"')
    parts = [formula, f'IF({formula}>{SHOWN},"{of_more}","")']
    parts += [f'IF({of_left}=0,"","{of_this}")'] if of_left else []
    made.cells += [
        LiveCell(row, 1, TITLE, style="section"),
        LiveCell(row + 1, 2, OPEN, style="link_question", link=f"internal:'{_REVIEW}'!A1"),
        LiveCell(
            row + 1,
            FIRST,
            f"{''.join(words)}. {DO}" if number + left else NONE,
            f'=IF({_total(formula, of_left)}=0,"{NONE}",{"&".join(parts)}&". {DO}")',
            "plain",
        ),
        LiveCell(row + 2, 2, WHO if number else "", f'=IF({formula}=0,"","{WHO}")', "plain_bold"),
        LiveCell(row + 2, FIRST, MARK if number else "", f'=IF({formula}=0,"","{MARK}")', "plain"),
    ]
    for at in range(SHOWN):
        line, column = divmod(at, COLUMNS)
        value = ids[at] if at < len(ids) else ""
        made.cells.append(LiveCell(row + 3 + line, FIRST + column, value, _nth(at + 1), "plain"))
    return row + 4 + LINES


def before_all(book: Book) -> tuple[str, str]:
    """What the first line of Start begins with while somebody is at risk, and the formula with its "&"."""
    number, formula = _open(book, _REVIEW)
    left, of_left = _open(book, act_now.SET_ASIDE)
    total = _total(formula, of_left)
    return f"{number + left}{_AT_RISK}" if number + left else "", f'IF({total}=0,"",{total}&"{_AT_RISK}")&'


def _total(formula: str, of_left: str) -> str:
    return f"({formula}+{of_left})" if of_left else formula


def _open(book: Book, table: str) -> tuple[int, str]:
    """How many rows of a table are open, and the formula; none where Set aside is older than these columns."""
    frame = book.tables[table]
    if not {act_now.FLAG, act_now.BY, act_now.ON} <= set(frame.columns):
        return 0, "" if table == act_now.SET_ASIDE else "0"
    return int(act_now.open_rows(frame).sum()), f"SUMPRODUCT({_condition(table)})"


def _ids(frame: pd.DataFrame) -> list[str]:
    """What stands in the cells, from the upper row down; a row without unique ID has its Excel row."""
    top = spec.table("review", _REVIEW).first_row
    there = enumerate(zip(act_now.open_rows(frame), frame["Unique ID"].tolist(), strict=True))
    return [excel_text(unique_id) or f"Excel row {top + at}" for at, (is_open, unique_id) in there if is_open]


def _nth(number: int) -> str:
    """The formula of the cell with the n-th of them: the largest of 1 / Excel row is the uppermost."""
    row = f"ROUND(1/SUMPRODUCT(LARGE({_condition(_REVIEW)}/ROW({_ID}),{number})),0)"
    unique_id = f"TRIM(INDEX({_ID},{row}-{_HEADER}))"
    return f'=IFERROR(IF({unique_id}="","Excel row "&{row},{unique_id}),"")'


def _condition(table: str) -> str:
    """1 for each row of a table that is open, 0 for any other."""
    flag, by, on = (formulas.column(heading, table) for heading in (act_now.FLAG, act_now.BY, act_now.ON))
    flagged = true_where(f'(TRIM({flag})<>"")*(TRIM({flag})<>"{act_now.NO}")')
    initials = true_where(f'ISTEXT({by})*(TRIM({by})<>"")*(LEN(TRIM({by}))<={act_now.letters()})')
    dated = true_where(f"ISNUMBER({on})*({on}>={act_now.FIRST_NUMBER})")
    return f"{flagged}*(1-{initials}*{dated})"
