"""Funnel: the chart of what is left, the what-if panel, and, in the review workbook, the stage that follows Review.

Columns A to C hold the stages, D to H what stands beside them; the what-if table lies to the right of the printed page.
"""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.narrowing import counts_beside_funnel, stages
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.sheets.parts import people_formulas, table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Chart, Layout, LiveCell, Series
from xl_dipsample.workbook.specs import cell_styles, formulas, spec

LEFT = "Left during review"
_EMPTY = "Empty: Narrow down fills this sheet."
_STAGES = 9  # the chart's room in a workbook that has not been narrowed down: every stage that can be
_CATEGORIES = 12
_PANEL_ROW = 21
_FUNNEL_CHART, _CATEGORY_CHART = "A17", "A42"
_TITLES = (
    (4, 1, "Rows of the long list, stage by stage"),
    (4, 5, "Rows by type of harm"),
    (33, 5, "Of whom is the sample? Shares are of young people"),
    (41, 4, "Rows by age band, gender and ethnicity"),
)


def layout(book: Book) -> Layout:
    """Charts in both workbooks; the what-if panel in the working one, the live stage in the review one."""
    made = Layout(widths={4: 14})
    made.state = table_places.state(_state_formula(book), _state(book))
    made.charts = [_stage_chart(book), _category_chart(book)]
    made.cells += [LiveCell(row, column, words, style="section") for row, column, words in _TITLES]
    if book.kind == "working":
        _add_panel(made, book)
    else:
        _add_live_stages(made, book)
    return made


def _number(value: CellValue) -> int:
    return int(value) if isinstance(value, (int, float)) and not pd.isna(value) else 0


def _remaining(book: Book, stage: str) -> int | None:
    row = table_places.table_row(book, "Funnel", stage)
    return None if row is None else _number(book.tables["Funnel"]["Remaining"].tolist()[row])


def _state(book: Book) -> str:
    found = people_formulas.counted(book)
    if found is None or found.long_list is None:
        return _EMPTY
    undecided = _undecided(book)
    provisional = f"Provisional, {undecided} undecided: " if undecided > 0 else ""
    return f"{provisional}{found.in_words()}"


def _undecided(book: Book) -> int:
    if book.kind != "working":
        return 0
    return (_remaining(book, stages.CASE_CHECK) or 0) - (_remaining(book, stages.SAMPLE) or 0)


def _state_formula(book: Book) -> str:
    told = people_formulas.sentence(book)
    if book.kind == "working":
        undecided = "-".join(
            f'INDEX(Funnel[Remaining],MATCH("{stage}",Funnel[Stage],0))' for stage in (stages.CASE_CHECK, stages.SAMPLE)
        )
        told = f'IF({undecided}>0,"Provisional, "&({undecided})&" undecided: ","")&{told}'
    return f'=IFERROR({told},"{_EMPTY}")'


def live_left(book: Book) -> int:
    """How many rows of Review have left the sample."""
    return int(review_rules.has_left(book.tables["Review"]).sum())


def live_sample(book: Book) -> int:
    """What is left after every stage: the last stage that the frame counts, less those who left during review."""
    row = table_places.table_row(book, "Funnel", LEFT)
    before = book.tables["Funnel"]["Remaining"].tolist()
    if row is None or row == 0:
        return int(review_rules.in_sample(book.tables["Review"]).sum())
    return _number(before[row - 1]) - live_left(book)


def _add_live_stages(made: Layout, book: Book) -> None:
    """The last two rows follow In sample? on Review."""
    left, sample = table_places.table_row(book, "Funnel", LEFT), table_places.table_row(book, "Funnel", stages.SAMPLE)
    if left is None or sample is None or left == 0:
        return
    first = 6  # the first body row of the table, counted from 1
    there_is = table_places.true_where(f'TRIM({formulas.column("Unique ID")})<>""')
    has_left = table_places.true_where(f'TRIM({formulas.column("In sample?")})="No"')
    gone = f"=SUMPRODUCT({there_is}*{has_left})"
    rest = live_sample(book)
    made.cells += [
        LiveCell(first + left, 2, live_left(book), gone, "cell_whole"),
        LiveCell(first + left, 3, rest, f"=C{first + left - 1}-B{first + left}", "cell_whole"),
        LiveCell(first + sample, 3, rest, f"=C{first + sample - 1}", "cell_whole"),
    ]


def _rows(book: Book, table: str, least: int) -> tuple[int, int]:
    """First and last body row of a table, counted from 1; with room for `least` rows before it is filled."""
    first = int("".join(c for c in spec.table(book.kind, table).anchor if c.isdigit())) + 1
    n = len(book.tables[table])
    return first, first + max(n, least if book.kind == "working" else 1) - 1


def _stage_chart(book: Book) -> Chart:
    first, last = _rows(book, "Funnel", _STAGES)
    categories = f"=Funnel!$A${first}:$A${last}"
    return Chart(
        kind="stacked_bar",
        title="How many rows are left after each stage",
        alt_text=(
            "Horizontal bars, one per stage, long list on top: how many rows are left after the stage, and how many"
            " left at it. The numbers stand in the table Funnel."
        ),
        anchor=_FUNNEL_CHART,
        series=(
            Series("=Funnel!$C$5", categories, f"=Funnel!$C${first}:$C${last}", cell_styles.NAVY),
            Series("=Funnel!$B$5", categories, f"=Funnel!$B${first}:$B${last}", cell_styles.ORANGE),
        ),
        width=540,
        height=380,
        x_title="Rows of the long list",
        legend=True,
    )


def _category_chart(book: Book) -> Chart:
    first, last = _rows(book, "FunnelCategories", _CATEGORIES)
    categories = f"=Funnel!$E${first}:$E${last}"
    return Chart(
        kind="bar",
        title="Types of harm: long list and sample",
        alt_text=(
            "Horizontal bars, two per type of harm: rows of the long list and rows in the sample. The numbers stand in"
            " the table FunnelCategories."
        ),
        anchor=_CATEGORY_CHART,
        series=(
            Series("=Funnel!$F$5", categories, f"=Funnel!$F${first}:$F${last}", cell_styles.LILAC),
            Series("=Funnel!$H$5", categories, f"=Funnel!$H${first}:$H${last}", cell_styles.NAVY),
        ),
        width=540,
        height=700,
        x_title="Rows; one case can have several types",
        legend=True,
    )


def _add_panel(made: Layout, book: Book) -> None:
    """Three choices, and what the table WhatIf knows about them."""
    row = _PANEL_ROW
    made.cells += [
        LiveCell(row, 4, "What if the rules were others?", style="section"),
        LiveCell(row + 1, 4, "Choose in the yellow cells. Nothing changes until you change Criteria.", style="note"),
    ]
    chosen = _chosen(book)
    for offset, (name, label, drop_down) in enumerate(_INPUTS, row + 2):
        made.cells += [
            LiveCell(offset, 4, label, style="label_bold"),
            LiveCell(offset, 5, chosen[name], style="input"),
        ]
        made.names[name] = f"=Funnel!$E${offset}"
        made.drop_downs[f"E{offset}"] = drop_down
    for offset, (label, heading) in enumerate(_OUTPUTS, row + 6):
        value, formula = _looked_up(book, chosen, heading)
        made.cells += [
            LiveCell(offset, 5, label, style="label"),
            LiveCell(offset, 6, value, formula, "whole"),
        ]
    now, last = row + 9, row + 8
    before = _before_case_check(book)
    then = _look_up_value(book, chosen, "Before the case check")
    made.cells += [
        LiveCell(now, 5, "Left for the case check by the rules now", style="label"),
        LiveCell(now, 6, "" if before is None else before, f'=IFERROR({_BEFORE},"")', "whole"),
        LiveCell(now + 1, 5, "Difference", style="label_bold"),
        LiveCell(
            now + 1,
            6,
            "" if before is None or then is None else then - before,
            f'=IFERROR(IF(ISNUMBER(F{last}),F{last}-F{now},""),"")',
            "difference",
        ),
    ]


_INPUTS = (
    ("what_if_cut_off", "Age cut-off", "what_if_cut_offs"),
    ("what_if_preset", "Categories", "what_if_presets"),
    ("what_if_cce", "CCE", "what_if_cce"),
)
_OUTPUTS = (
    ("Would leave below the age cut-off", "Below the age cut-off"),
    ("Would leave without a chosen category", "No chosen category"),
    ("Would be left for the case check", "Before the case check"),
)
_BEFORE = f'INDEX(Funnel[Remaining],MATCH("{stages.CASE_CHECK}",Funnel[Stage],0)-1)'
_UNKNOWN = "not known"


def _before_case_check(book: Book) -> int | None:
    row = table_places.table_row(book, "Funnel", stages.CASE_CHECK)
    return None if not row else _number(book.tables["Funnel"]["Remaining"].tolist()[row - 1])


def _chosen(book: Book) -> dict[str, CellValue]:
    """What stands in the yellow cells: the settings of Criteria until somebody chooses."""
    categories = book.tables["Categories"]
    chosen_cce = any(
        excel_text(category) == "CCE" and excel_text(word).lower() == "yes"
        for category, word in zip(categories["Category"], categories["Chosen"], strict=True)
    )
    defaults: dict[str, CellValue] = {
        "what_if_cut_off": excel_text(table_places.setting(book, "Criteria", "Age cut-off")),
        "what_if_preset": counts_beside_funnel.YOUR_CHOICE,
        "what_if_cce": counts_beside_funnel.WITH_CCE if chosen_cce else counts_beside_funnel.WITHOUT_CCE,
    }
    return {name: excel_text(book.values.get(name)) or default for name, default in defaults.items()}


def _matches(book: Book, chosen: dict[str, CellValue]) -> pd.Series:
    table = book.tables["WhatIf"]
    return (
        (table["Age cut-off"].map(excel_text) == chosen["what_if_cut_off"])
        & (table["Preset"].map(excel_text) == chosen["what_if_preset"])
        & (table["CCE"].map(excel_text) == chosen["what_if_cce"])
    )


def _look_up_value(book: Book, chosen: dict[str, CellValue], heading: str) -> int | None:
    matching = _matches(book, chosen)
    if not len(matching) or not matching.any():
        return None
    return sum(_number(value) for value in book.tables["WhatIf"].loc[matching, heading])


def _looked_up(book: Book, chosen: dict[str, CellValue], heading: str) -> tuple[CellValue, str]:
    keys = '(WhatIf[Age cut-off]&""=what_if_cut_off&"")*(WhatIf[Preset]=what_if_preset)*(WhatIf[CCE]=what_if_cce)'
    value = _look_up_value(book, chosen, heading)
    formula = f'=IF(SUMPRODUCT({keys})=0,"{_UNKNOWN}",SUMPRODUCT({keys},WhatIf[{heading}]))'
    return (_UNKNOWN if value is None else value), formula
