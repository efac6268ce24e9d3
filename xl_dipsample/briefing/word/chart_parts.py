"""Native charts for Word: the chart part's XML with its numbers inside, and no workbook behind them.

Categories and values are literals (ECMA-376 part 1, 21.2.2: strLit, numLit), so that the numbers in the picture are
the only ones in the file.
"""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

from xl_dipsample.briefing.word.content import Chart, Series
from xl_dipsample.briefing.word.word_styles import LANGUAGE
from xl_dipsample.workbook.specs import cell_styles

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DARK = (cell_styles.NAVY, cell_styles.PLUM, cell_styles.CHARCOAL, cell_styles.SEQUENCE[1])
_GRID = "E3E7EC"
_TITLE, _AXIS, _LEGEND_ROW = 0.95, 1.2, 0.55  # centimetres
_LONG = 20  # characters of a series' name: three of them stand beside each other in the legend, of longer ones two
_CATEGORIES, _VALUES = 111, 222  # the two axes


def chart_part(chart: Chart) -> bytes:
    """The chart as the bytes of its part."""
    stacked = len(chart.series) > 1
    bars = "".join(_bars(chart, number, one, stacked=stacked) for number, one in enumerate(chart.series))
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(900)}</c:legend>' if stacked else ""
    overlap = '<c:overlap val="100"/>' if stacked else ""
    place = _place(chart, stacked=stacked)
    whole = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}"><c:roundedCorners val="0"/><c:chart>'
        f'{_title(chart.title, 1100, bold=True)}<c:autoTitleDeleted val="0"/><c:plotArea>{place}'
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{"stacked" if stacked else "clustered"}"/>'
        f'<c:varyColors val="0"/>{bars}<c:gapWidth val="40"/>{overlap}'
        f'<c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/></c:barChart>'
        f"{_category_axis()}{_value_axis(chart)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>{_line(cell_styles.LINE)}</c:spPr>{_text(900)}'
        "</c:chartSpace>"
    )
    return whole.encode("utf-8")


def _place(chart: Chart, *, stacked: bool) -> str:
    """Where the bars are: beside them room for every category's words, below them for the axis and the legend."""
    top = _TITLE / chart.height
    beside = 2 if any(len(one.name) > _LONG for one in chart.series) else 3
    legend = _LEGEND_ROW * math.ceil(len(chart.series) / beside) + 0.2 if stacked else 0.0
    height = 1 - top - (_AXIS + legend) / chart.height
    places = (("x", chart.words), ("y", top), ("w", 0.97 - chart.words), ("h", height))
    shares = "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in places)
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{shares}</c:manualLayout></c:layout>"
    )


def _bars(chart: Chart, number: int, series: Series, *, stacked: bool) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{escape(one)}</c:v></c:pt>' for at, one in enumerate(chart.categories))
    values = "".join(f'<c:pt idx="{at}"><c:v>{one}</c:v></c:pt>' for at, one in enumerate(series.values))
    count = f'<c:ptCount val="{len(chart.categories)}"/>'
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v>{escape(series.name)}</c:v></c:tx>'
        f"<c:spPr>{_fill(series.colour)}{_line(cell_styles.WHITE)}</c:spPr>"
        f'<c:invertIfNegative val="0"/>{_labels(series.colour, stacked=stacked) if chart.numbers else ""}'
        f"<c:cat><c:strLit>{count}{points}</c:strLit></c:cat>"
        f"<c:val><c:numLit><c:formatCode>General</c:formatCode>{count}{values}</c:numLit></c:val></c:ser>"
    )


def _labels(colour: str, *, stacked: bool) -> str:
    """The number at the end of a bar; inside it where bars are stacked, and none for a part that is not there."""
    ink = (cell_styles.WHITE if colour in _DARK else "#000000") if stacked else cell_styles.CHARCOAL
    return (
        f'<c:dLbls><c:numFmt formatCode="{"0;;" if stacked else "0"}" sourceLinked="0"/><c:spPr><a:noFill/>'
        f'<a:ln><a:noFill/></a:ln></c:spPr>{_text(900, ink)}<c:dLblPos val="{"ctr" if stacked else "outEnd"}"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _category_axis() -> str:
    return (
        f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_line(cell_styles.LINE)}</c:spPr>{_text(900)}"
        f'<c:crossAx val="{_VALUES}"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(chart: Chart) -> str:
    return (
        f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/><c:majorGridlines><c:spPr>'
        f"{_line('#' + _GRID)}</c:spPr></c:majorGridlines>{_title(chart.axis, 900)}"
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text(900)}'
        f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="max"/><c:crossBetween val="between"/>{_step(chart)}</c:valAx>'
    )


def _step(chart: Chart) -> str:
    """Few cases: the axis counts in whole ones."""
    highest = max((sum(values) for values in zip(*(one.values for one in chart.series), strict=True)), default=0)
    return '<c:majorUnit val="1"/>' if highest <= 5 else ""


def _title(words: str, size: int, *, bold: bool = False) -> str:
    weight = ' b="1"' if bold else ' b="0"'
    ink = f'{_fill(cell_styles.CHARCOAL)}<a:latin typeface="{cell_styles.FONT}"/>'
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}"{weight}>{ink}</a:defRPr></a:pPr><a:r>'
        f'<a:rPr lang="{LANGUAGE}" sz="{size}"{weight}>{ink}</a:rPr><a:t>{escape(words)}</a:t></a:r></a:p></c:rich>'
        '</c:tx><c:overlay val="0"/></c:title>'
    )


def _text(size: int, ink: str = cell_styles.CHARCOAL) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}">{_fill(ink)}<a:latin typeface="{cell_styles.FONT}"/>'
        f'</a:defRPr></a:pPr><a:endParaRPr lang="{LANGUAGE}"/></a:p></c:txPr>'
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'


def _line(colour: str) -> str:
    return f'<a:ln w="9525">{_fill(colour)}</a:ln>'
