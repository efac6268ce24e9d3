"""The briefing's pictures: the funnel, outcomes, types of harm, outcome by scenario, decisions by scenario."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from xl_dipsample.briefing.word import Chart, Series
from xl_dipsample.domain.analysis.figures_for_briefing import Decisions, Line, Stage
from xl_dipsample.domain.shared.share_cells import percent
from xl_dipsample.domain.shared.statistics import FEW
from xl_dipsample.workbook.sheets.charts_sheet import SCENARIO_COLOURS
from xl_dipsample.workbook.specs import cell_styles

_BAR, _AROUND, _LEGEND = 0.62, 2.2, 0.6  # centimetres: one bar, title and axis, the legend
HEIGHTS = range(3, 19)  # a picture is so many whole centimetres high
COLOUR = cell_styles.NAVY
_SIDES = (("Closed", cell_styles.ORANGE), ("Progressed", cell_styles.NAVY), ("Neither", cell_styles.LILAC))


def share(count: int, whole: int) -> str:
    """A share as the document shows it: below ten cases only "few".

    >>> share(3, 9), share(3, 10)
    ('few', '30%')
    """
    return percent(count, whole) if whole >= FEW else "few"


def funnel(stages: Sequence[Stage]) -> Chart:
    """How many rows are left after each stage."""
    return Chart(
        "How many rows remained after each stage, and how many were excluded at it",
        "Bars, one for each stage. " + "; ".join(map(_stage_in_words, stages)) + ".",
        tuple(_stage_label(one, first=not at) for at, one in enumerate(stages)),
        (
            Series("Remaining", tuple(one.remaining for one in stages), cell_styles.NAVY),
            Series("Excluded", tuple(one.left or 0 for one in stages), cell_styles.ORANGE),
        ),
        _height(len(stages), 1),
        numbers=False,
        words=0.46,
    )


def _stage_label(stage: Stage, *, first: bool) -> str:
    """The numbers stand beside the bar: inside a thin one nobody could read them."""
    if stage.left is None:
        return f"{stage.name} (not applied): {stage.remaining}"
    gone = "" if first or not stage.left else f" (−{stage.left})"
    return f"{stage.name}: {stage.remaining}{gone}"


def _stage_in_words(stage: Stage) -> str:
    if stage.left is None:
        return f"{stage.name}: not applied, {stage.remaining} remain"
    return f"{stage.name}: {stage.left} left out, {stage.remaining} remain"


def bars(title: str, lines: Sequence[Line], whole: int, colour: str) -> Chart:
    """One bar for each line; its share of `whole` stands beside its words."""
    told = [f"{one.label}: {one.count}" for one in lines]
    return Chart(
        title,
        f"Bars, one for each line, of {whole} cases. " + "; ".join(told) + ".",
        tuple(f"{one.label} ({share(one.count, whole)})" if whole >= FEW else one.label for one in lines),
        (Series("Cases", tuple(one.count for one in lines), colour),),
        _height(len(lines)),
    )


def by_scenario(title: str, lines: Sequence[Line], cross: Mapping[str, tuple[int, ...]]) -> Chart:
    """One bar for each outcome, divided by scenario; scenarios without a case are left out."""
    series, told = [], []
    for (words, counts), colour in zip(cross.items(), SCENARIO_COLOURS, strict=True):
        if any(counts):
            series.append(Series(words, counts, colour))
            pairs = [f"{one.label} {count}" for one, count in zip(lines, counts, strict=True) if count]
            told.append(f"{words}: {', '.join(pairs)}")
    return Chart(
        title,
        "Bars, one for each outcome, divided by scenario. " + "; ".join(told) + ".",
        tuple(one.label for one in lines),
        tuple(series),
        _height(len(lines), 3),
    )


def decisions(found: Sequence[Decisions]) -> Chart:
    """Closed and progressed cases in each scenario."""
    counts = [(one.closed, one.progressed, one.neither) for one in found]
    told = [f"{one.scenario}: {one.closed} closed, {one.progressed} progressed, {one.neither} neither" for one in found]
    return Chart(
        "Decisions in each scenario",
        "Bars, one for each scenario, divided into closed, progressed and neither. " + "; ".join(told) + ".",
        tuple(one.scenario for one in found),
        tuple(Series(name, tuple(one[at] for one in counts), colour) for at, (name, colour) in enumerate(_SIDES)),
        _height(len(found), 1),
        words=0.4,
    )


def _height(bars: int, legend: int = 0) -> float:
    """Centimetres for so many bars and lines of the legend."""
    needed = math.ceil(max(bars, 2) * _BAR + _AROUND + legend * _LEGEND)
    return float(min(max(needed, HEIGHTS[0]), HEIGHTS[-1]))
