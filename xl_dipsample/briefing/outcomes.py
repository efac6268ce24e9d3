"""The sections of a briefing that count outcomes, types of harm and decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_dipsample.briefing import pictures as charts
from xl_dipsample.briefing.source import Room, Section, Source, cases, in_figure
from xl_dipsample.briefing.texts_used import Used
from xl_dipsample.briefing.word import Block, Heading, Paragraph, Table
from xl_dipsample.domain.analysis import figures_for_briefing as figures
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.statistics import FEW
from xl_dipsample.workbook.specs import cell_styles


def outcomes(source: Source, used: Used, room: Room) -> Section:
    """What happened at the close of assessment: a chart and its table."""
    if not len(source.rows):
        return Section([])
    lines, whole = _outcome_lines(source, used, room), source.with_outcome
    blocks: list[Block] = [Heading("What happened at the close of assessment")]
    blocks.append(Paragraph(in_figure(whole, len(source.rows), "an outcome"), "Intro" if lines else "Normal"))
    if not lines:
        return Section(blocks)
    blocks.append(charts.bars(f"Outcomes ({cases(whole)})", lines, whole, cell_styles.NAVY))
    body = tuple((one.label, str(one.count), charts.share(one.count, whole), str(whole)) for one in lines)
    headings = ("Outcome", "Cases", "%", "Of")
    table = Table("Outcomes: cases, share, and of how many.", headings, body, (7, 1, 1.2, 1), frozenset({1, 2, 3}))
    return Section([*blocks, table])


def _outcome_lines(source: Source, used: Used, room: Room) -> list[figures.Line]:
    """The outcomes that cases have; "Not mapped" is none."""
    lines = source.lines(used, "Outcome", [*source.lists.words(lead_lists.OUTCOME), review_rules.NOT_MAPPED], room)
    return [one for one in lines if one.label != review_rules.NOT_MAPPED]


def harms(source: Source, used: Used, room: Room) -> Section:
    """Types of harm: a chart."""
    rows = source.rows
    words = [*source.lists.words(lead_lists.HARM), review_rules.NOT_MAPPED, "No category recorded"]
    lines = source.lines(used, "Type of harm", words, room, several=True)
    if not lines:
        return Section([])
    lines.sort(key=lambda line: -line.count)
    blank = len(rows) - figures.filled(rows, "Type of harm")
    told = f"Of all {cases(len(rows))} in the sample{f'; {blank} without any' if blank else ''}. "
    told += "A case can have several types, so the lines add up to more."
    chart = charts.bars(f"Types of harm ({cases(len(rows))})", lines, len(rows), cell_styles.TEAL)
    return Section([Heading("Types of harm"), Paragraph(told, "Intro"), chart])


def scenarios(source: Source, used: Used, room: Room) -> Section:
    """Decisions and outcomes in each scenario: two charts and their tables."""
    rows = source.rows
    if not len(rows):
        return Section([])
    found = figures.decisions(rows, source.lists)
    words = (
        "A scenario is the level of harm, with or without parenting concerns. Progressed: Child in Need or above. "
        "Closed: below that. Neither: another outcome, or none yet."
    )
    blocks: list[Block] = [Heading("Do decisions follow harm, or parenting concerns?"), Paragraph(words, "Intro")]
    body = []
    for one in found:
        decided = one.closed + one.progressed
        share = _progressed(one.progressed, decided)
        body.append((one.scenario, str(one.cases), str(one.closed), str(one.progressed), str(one.neither), share))
    headings = ("Scenario", "Cases", "Closed", "Progressed", "Neither", "% progressed")
    about = "For each scenario: cases, closed, progressed, neither; the share that progressed of closed and progressed."
    table = Table(about, headings, tuple(body), (4.4, 1, 1.1, 1.6, 1.2, 1.9), frozenset(range(1, 6)))
    blocks += [charts.decisions(found), table]
    lines = _outcome_lines(source, used, room)
    if lines:
        cross = figures.cross(rows, lines)
        blocks.append(charts.by_scenario(f"Outcome by scenario ({cases(source.with_outcome)})", lines, cross))
        blocks += [_cross(lines, cross)] if room.cross else []
    return Section(blocks)


def _progressed(progressed: int, decided: int) -> str:
    """The share that progressed; below ten cases the count, and that they are few."""
    if decided < FEW:
        return f"{progressed} of {decided} (few)" if decided else "none"
    return f"{charts.share(progressed, decided)} of {decided}"


def _cross(lines: Sequence[figures.Line], cross: Mapping[str, tuple[int, ...]]) -> Table:
    """Outcome by scenario in numbers."""
    shown = [(words, numbers) for words, numbers in cross.items() if any(numbers)]
    body = tuple((line.label, *(str(numbers[at]) for _, numbers in shown)) for at, line in enumerate(lines))
    headings = ("Outcome", *(words for words, _ in shown))
    about = "Outcome by scenario: cases for each outcome in each scenario."
    return Table(about, headings, body, (2.4, *(2.0 for _ in shown)), frozenset(range(1, len(headings))))
