"""Native charts: title, alt text, axis titles, the palette, and the order of the table from top to bottom."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from xl_dipsample.workbook.sheets.parts.layout import Chart, Series
from xl_dipsample.workbook.specs import cell_styles

_KINDS: dict[str, dict[str, str]] = {
    "bar": {"type": "bar"},
    "stacked_bar": {"type": "bar", "subtype": "stacked"},
    "column": {"type": "column"},
    "clustered_column": {"type": "column"},
}
_INK = {"name": cell_styles.FONT, "color": cell_styles.CHARCOAL}
_DARK = (cell_styles.NAVY, cell_styles.PLUM, cell_styles.CHARCOAL, cell_styles.SEQUENCE[1])


def insert(workbook: xlsxwriter.Workbook, sheet: Any, chart: Chart) -> None:
    """Put one chart on a sheet."""
    made = workbook.add_chart(_KINDS[chart.kind])
    horizontal = chart.kind in ("bar", "stacked_bar")
    stacked = chart.kind == "stacked_bar"
    for number, series in enumerate(chart.series):
        drawn = _series(series, number, stacked=stacked, many=len(chart.series))
        if not chart.labels:
            del drawn["data_labels"]
        made.add_series(drawn)
    made.set_title({"name": chart.title, "name_font": {**_INK, "size": 14, "bold": True}, "overlay": False})
    # XlsxWriter names the axes of bars by where they are drawn: the categories stand on the y axis.
    categories, numbers = (made.set_y_axis, made.set_x_axis) if horizontal else (made.set_x_axis, made.set_y_axis)
    categories(_category_axis(chart, horizontal=horizontal))
    numbers(_value_axis(chart, horizontal=horizontal))
    if chart.legend or len(chart.series) > 1:
        made.set_legend({"position": "bottom", "font": {**_INK, "size": 11}})
    else:
        made.set_legend({"none": True})
    made.set_size({"width": chart.width, "height": chart.height})
    made.set_chartarea({"border": {"color": cell_styles.LINE}})
    sheet.insert_chart(chart.anchor, made, {"description": chart.alt_text, "object_position": 2})


def _series(series: Series, number: int, *, stacked: bool, many: int) -> dict[str, Any]:
    colour = series.colour or cell_styles.CHART_COLOURS[number % len(cell_styles.CHART_COLOURS)]
    made: dict[str, Any] = {
        "name": series.name,
        "categories": series.categories,
        "values": series.values,
        "fill": {"color": colour},
        "border": {"color": cell_styles.WHITE, "width": 0.75},
        "gap": 40 if stacked or many == 1 else 80,
        "data_labels": _labels(
            colour, stacked=stacked, last=number == many - 1, error_bars=series.error_plus is not None
        ),
    }
    if series.error_plus and series.error_minus:
        made["y_error_bars"] = {
            "type": "custom",
            "plus_values": series.error_plus,
            "minus_values": series.error_minus,
            "line": {"color": cell_styles.CHARCOAL, "width": 1},
        }
    return made


def _labels(colour: str, *, stacked: bool, last: bool, error_bars: bool) -> dict[str, Any]:
    """The number on the bar: inside a stacked one, at the end of others, at the base where an error bar is drawn.

    The last part of a stacked bar may be thin: its number starts at its base and runs on to the right.
    """
    if stacked:
        ink = cell_styles.WHITE if colour in _DARK else "#000000"
        # A stage that nobody left has no bar, so it needs no 0 on top of its neighbour's number.
        return {
            "value": True,
            "position": "inside_base" if last else "center",
            "num_format": "0;;",
            "font": {**_INK, "color": ink, "size": 10},
        }
    if error_bars:
        ink = cell_styles.WHITE if colour in _DARK else "#000000"
        return {"value": True, "position": "inside_base", "font": {**_INK, "color": ink, "size": 10}}
    return {"value": True, "position": "outside_end", "font": {**_INK, "size": 10}}


def _category_axis(chart: Chart, *, horizontal: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "num_font": {**_INK, "size": 10},
        "line": {"color": cell_styles.LINE},
        "major_gridlines": {"visible": False},
        "major_tick_mark": "none",
        "interval_unit": 1,  # every category gets its words, however many there are
    }
    title = chart.y_title if horizontal else chart.x_title
    if title:
        made |= {"name": title, "name_font": {**_INK, "size": 10, "bold": False}}
    if horizontal:
        made |= {"reverse": True, "crossing": "max"}  # the first row of the table on top, the numbers below
    return made


def _value_axis(chart: Chart, *, horizontal: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "num_font": {**_INK, "size": 10},
        "min": 0,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": "#E3E7EC", "width": 0.75}},
    }
    title = chart.x_title if horizontal else chart.y_title
    if title:
        made |= {"name": title, "name_font": {**_INK, "size": 10, "bold": False}}
    return made
