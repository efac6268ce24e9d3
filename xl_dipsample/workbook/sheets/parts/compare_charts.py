"""The three charts of Compare: clustered columns with the 95% interval, each with its numbers in a block beside it.

A block has a line for each figure and three groups of columns for this sample and the four latest earlier ones: the
per cent, and how far the interval goes down and up from it. All are looked up in the table Compare.
"""

from __future__ import annotations

from dataclasses import dataclass

from xl_dipsample.domain.comparison import comparison
from xl_dipsample.domain.comparison.comparison import FUNNEL, HARM, LEAVING, LEFT, OTHER_WORDS, OUTCOME
from xl_dipsample.domain.focus import recipe
from xl_dipsample.domain.narrowing import stages
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.count_formulas import address
from xl_dipsample.workbook.sheets.parts.layout import Book, Chart, Layout, LiveCell, Series

SHOWN = 5
OTHER_RECIPE = " (other recipe)"
NONE_HERE = "-"  # stands in a legend where there is no further sample
BLOCK = 15  # the first column of a block (O), right of the charts
CHART_ROWS = 23  # rows from one chart to the next
WIDTH, HEIGHT = 1240, 400
CODES = " Codes changed in 2021 and 2022: see Change to now."
LEGEND = "Lines on the columns: 95% interval. A dash in the legend: no further sample. No column: few, or not known."
_GROUPS = ("%", "Interval: down by", "Interval: up by")


@dataclass(frozen=True)
class _Picture:
    """One chart: its question, the part of Compare that it shows, the figures in order, and of what they are."""

    title: str
    part: str
    figures: tuple[str, ...]
    of: str
    note: str = ""


def add(made: Layout, book: Book, row: int) -> None:
    """Put the charts and their blocks one under the other, from `row` down."""
    shown = _Shown(book)
    for picture in pictures(book):
        made.cells.append(LiveCell(row, 1, picture.title, style="section"))
        _block(made, shown, picture, row)
        made.charts.append(_chart(picture, row))
        made.cells.append(LiveCell(row, 8, f"{LEGEND}{picture.note}", style="note"))
        row += CHART_ROWS
    made.widths |= dict.fromkeys(range(BLOCK + 1, BLOCK + 1 + 3 * SHOWN), 13.0)


def pictures(book: Book) -> tuple[_Picture, ...]:
    """What is drawn; the types of harm are those of Criteria, chosen ones first."""
    outcomes = (*book.lists.words(lead_lists.OUTCOME), OTHER_WORDS)[: CHART_ROWS - 4]
    return (
        _Picture("Do more cases end in another outcome than before?", OUTCOME, outcomes, "cases with an outcome"),
        _Picture("Do young people in the sample experience other types of harm than before?", HARM, _harms(book),
                 "cases in the sample", CODES),
        _Picture("Do more or fewer rows of the long list leave at a stage than before?", FUNNEL,
                 (*_stages(book), LEFT), "rows of the long list"),
    )  # fmt: skip


def _stages(book: Book) -> list[str]:
    """The stages of narrowing down; the upper age only where Criteria has one."""
    no_upper_age = excel_text(table_places.setting(book, "Criteria", "Upper age")) == ""
    return [stage for stage in LEAVING if not (stage == stages.ABOVE and no_upper_age)]


def _harms(book: Book) -> tuple[str, ...]:
    table = book.tables["Categories"]
    pairs = list(zip(table["Category"].tolist(), table["Chosen"].tolist(), strict=True))
    chosen = [excel_text(word) for word, yes in pairs if excel_text(yes).casefold() == "yes"]
    words = [*chosen, *comparison.harm_words([{"Categories": table}])]
    return tuple(dict.fromkeys(word for word in words if word))[: CHART_ROWS - 4]


class _Shown:
    """What the table Compare holds, for the values of the formulas."""

    def __init__(self, book: Book) -> None:
        table = book.tables["Samples"]
        pairs = zip(table["Sample"].tolist(), table["Recipe"].tolist(), strict=True)
        names = [(excel_text(name), recipe.DIFFER in excel_text(verdict)) for name, verdict in pairs]
        names = [*names, *[("", False)] * SHOWN][:SHOWN]
        self.labels = [f"{name}{OTHER_RECIPE if other else ''}" if name else NONE_HERE for name, other in names]
        self._names = [name.casefold() for name, _ in names]
        frame = book.tables["Compare"]
        keys = zip(*(frame[name].tolist() for name in ("Part", "Figure", "Sample")), strict=True)
        numbers = zip(*(frame[name].tolist() for name in ("%", "From", "To")), strict=True)
        self._numbers = {
            tuple(excel_text(part).casefold() for part in key): found for key, found in zip(keys, numbers, strict=True)
        }

    def line(self, part: str, figure: str, place: int) -> tuple[CellValue, CellValue, CellValue]:
        """Per cent, down by, up by; '' where there is none."""
        key = (part.casefold(), figure.casefold(), self._names[place])
        share, low, high = self._numbers.get(key, (None, None, None))
        if not all(isinstance(value, int | float) for value in (share, low, high)):
            return "", "", ""
        return share, share - low, high - share


def _block(made: Layout, shown: _Shown, picture: _Picture, row: int) -> None:
    """The numbers of one chart: headers in rows `row` and `row` + 1, figures below."""
    head = row + 1
    made.cells.append(LiveCell(head, BLOCK, picture.part, style="header"))
    for group, words in enumerate(_GROUPS):
        made.cells.append(LiveCell(row, BLOCK + 1 + group * SHOWN, words, style="plain_bold"))
        for place in range(SHOWN):
            name, verdict = (f'IFERROR(INDEX(Samples[{one}],{place + 1})&"","")' for one in ("Sample", "Recipe"))
            marked = f'{name}&IF(ISNUMBER(FIND("{recipe.DIFFER}",{verdict})),"{OTHER_RECIPE}","")'
            formula = f'=IF({name}="","{NONE_HERE}",{marked})'
            column = BLOCK + 1 + group * SHOWN + place
            made.cells.append(LiveCell(head, column, shown.labels[place], formula, "header_number"))
    for line, figure in enumerate(picture.figures, head + 1):
        made.cells.append(LiveCell(line, BLOCK, figure, style="label"))
        for place in range(SHOWN):
            made.cells += _line(shown, picture.part, figure, place, (head, line))
    made.heights[head] = 60.0


def _line(shown: _Shown, part: str, figure: str, place: int, rows: tuple[int, int]) -> list[LiveCell]:
    """The three cells of one figure in one sample; `rows`: of the names, and of this line."""
    head, line = rows
    share, down, up = (BLOCK + 1 + group * SHOWN + place for group in range(3))
    match = (
        f'(Compare[Part]="{part}")*(Compare[Figure]={address(line, BLOCK)})'
        f"*(Compare[Sample]=INDEX(Samples[Sample],{place + 1}))"
    )
    cell = address(line, share)
    there = f"SUMPRODUCT({match}*ISNUMBER(Compare[%]))"
    formulas = (
        f'=IF({address(head, share)}="{NONE_HERE}","",IF({there}=0,"",SUMPRODUCT({match},Compare[%])))',
        f'=IF({cell}="","",{cell}-SUMPRODUCT({match},Compare[From]))',
        f'=IF({cell}="","",SUMPRODUCT({match},Compare[To])-{cell})',
    )
    values = shown.line(part, figure, place)
    columns = (share, down, up)
    return [
        LiveCell(line, column, value, formula, "decimal")
        for column, value, formula in zip(columns, values, formulas, strict=True)
    ]


def _chart(picture: _Picture, row: int) -> Chart:
    head, first, last = row + 1, row + 2, row + 1 + len(picture.figures)

    def area(column: int) -> str:
        return f"=Compare!{address(first, column)}:{address(last, column)}"

    return Chart(
        kind="clustered_column",
        title=picture.title,
        alt_text=(
            f"Columns, one group for each line of {picture.part}: per cent of the {picture.of} in this sample and in "
            "up to four earlier ones, each with its 95% interval. The numbers stand in the block to the right and in "
            "the table Compare."
        ),
        anchor=f"A{row + 1}",
        series=tuple(
            Series(
                f"=Compare!{address(head, BLOCK + 1 + place)}",
                area(BLOCK),
                area(BLOCK + 1 + place),
                error_minus=area(BLOCK + 1 + SHOWN + place),
                error_plus=area(BLOCK + 1 + 2 * SHOWN + place),
            )
            for place in range(SHOWN)
        ),
        width=WIDTH,
        height=HEIGHT,
        y_title=f"% of the {picture.of}",
        legend=True,
        labels=False,
    )
