"""The section of a briefing that shows the pairs which the lead chose, each as a cross table of cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xl_dipsample.briefing.source import Room, Section, Source, cases
from xl_dipsample.briefing.texts_used import Used, one_line, shortened
from xl_dipsample.briefing.word import Block, Heading, Paragraph, Table
from xl_dipsample.domain.analysis import number_bands
from xl_dipsample.domain.analysis.figures_for_briefing import Line
from xl_dipsample.domain.review import question_pairs, review_columns, review_rules
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.sheet_files import Column
from xl_dipsample.workbook.specs import columns

_ACROSS = 6  # columns that a page has room for
_NAME = 80  # characters of a question
_NO_NUMBER = "No number"
_SEVERAL = " A case with several counts in each of them."


def pairs(source: Source, used: Used, room: Room) -> Section:
    """A cross table for each pair; nothing where none was chosen."""
    asked = columns.of_review(source.tables.get("Questions"))
    found = question_pairs.pairs(source.tables.get(question_pairs.TABLE), asked)
    if not found or not len(source.rows):
        return Section([])
    blocks: list[Block] = [Heading("Answers beside each other")]
    for pair in found:
        blocks += _pair(source, used, room, pair)
    return Section(blocks, len(found))


def _pair(source: Source, used: Used, room: Room, pair: question_pairs.QuestionPair) -> list[Block]:
    down, across = ((_name(source, used, one), _lines(source, used, one, room)) for one in pair)
    if len(across[1]) > len(down[1]):
        down, across = across, down
    title = f"{down[0]} beside {across[0]}"
    both = _rows(down[1]) & _rows(across[1])
    if not both:
        return [Heading(title, 2), Paragraph("No case has both answers yet.")]
    lines = _merged([_of(both, line) for line in down[1]], room.lines)
    heads = _merged([_of(both, line) for line in across[1]], _ACROSS)
    less = len(source.rows) - len(both)
    told = f"Of the {cases(len(both))} with both answers" + (
        f"; {plural(less, 'does', 'do')} not have both." if less else "."
    )
    told += _SEVERAL if any(one.several for one in pair) else ""
    body = tuple(
        (line.label, *(str(len(set(line.rows) & set(head.rows))) for head in heads), str(line.count)) for line in lines
    )
    last = ("All", *(str(head.count) for head in heads), str(len(both)))
    table = Table(
        f"{title}: cases with each two answers.",
        (down[0], *(head.label for head in heads), "All"),
        (*body, last),
        (2.6, *(1.4 for _ in heads), 0.9),
        frozenset(range(1, len(heads) + 2)),
    )
    return [Heading(title, 2), Paragraph(told, "Intro"), table]


def _name(source: Source, used: Used, one: Column) -> str:
    """What a column is called; a question of the team in the words in which it was typed."""
    at = _asked_at(source, one)
    name = shortened(one_line(one.heading), _NAME)
    return name if at is None else used.take(name, ("Questions", at, "Heading"))


def _lines(source: Source, used: Used, one: Column, room: Room) -> list[Line]:
    """The answers that cases have, with their cases."""
    if one.words == number_bands.LIST:
        return _bands(source, one)
    words = (*review_columns.words_of(one, source.lists), review_rules.NOT_MAPPED)
    found = source.lines(used, one.heading, words, room, several=one.several)
    found = [line for line in found if line.label != review_rules.NOT_MAPPED]  # it is none, nor one of the Other words
    at = _asked_at(source, one)
    if at is not None:
        for line in found:
            if not line.own:
                used.take(line.label, ("Questions", at, "Choices"))
    return found


def _bands(source: Source, one: Column) -> list[Line]:
    """The bands of a number that cases have; what is none stands together in the last."""
    rows: dict[str, list[int]] = {}
    cells = source.rows[one.heading].tolist() if one.heading in source.rows.columns else []
    for at, cell in zip(source.rows.index, cells, strict=bool(cells)):
        if one_line(cell):
            rows.setdefault(number_bands.band_of(cell) or _NO_NUMBER, []).append(int(str(at)))
    labels = [*(band.words for band in number_bands.bands()), _NO_NUMBER]
    return [Line(label, tuple(rows[label])) for label in labels if label in rows]


def _asked_at(source: Source, one: Column) -> int | None:
    """The place of a question of the team in the table Questions, from 0; None for a column of ours."""
    if not one.of_answered:
        return None
    headings = [one_line(cell) for cell in source.tables["Questions"]["Heading"]]
    return headings.index(one_line(one.heading)) if one_line(one.heading) in headings else None


def _rows(lines: Sequence[Line]) -> set[int]:
    return {row for line in lines for row in line.rows}


def _of(rows: set[int], line: Line) -> Line:
    return replace(line, rows=tuple(row for row in line.rows if row in rows))


def _merged(lines: Sequence[Line], most: int) -> list[Line]:
    """The lines that have cases; where there are too many, those with the fewest cases stand together in the last."""
    there = [line for line in lines if line.rows]
    if len(there) <= most:
        return there
    kept = sorted(there, key=lambda line: -line.count)[: most - 1]
    rest = [line for line in there if line not in kept]
    rows = tuple(sorted(_rows(rest)))
    return [*(line for line in there if line in kept), Line(f"Others ({len(rest)} different)", rows)]
