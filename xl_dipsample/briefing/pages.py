"""What stands in a briefing, section by section, made from the review workbook's tables.

Every text that people may have typed is taken through `Used`. A section never says more than its denominator: below
ten cases there are counts and the word "few".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

import pandas as pd

from xl_dipsample.briefing import beside, outcomes
from xl_dipsample.briefing import pictures as charts
from xl_dipsample.briefing.source import Room, Section, Source, as_text, cases
from xl_dipsample.briefing.texts_used import Used, lines_of, one_line, rows_of, shortened
from xl_dipsample.briefing.word import Block, Bullets, Heading, Paragraph, Table, fits, texts
from xl_dipsample.briefing.word.skeleton import TITLE
from xl_dipsample.domain.analysis import figures_for_briefing as figures
from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.narrowing import people_counted
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.workbook.specs import spec

EXTRACTS = (
    ("Why social care was involved", "Reason for social care involvement (extract)"),
    ("Why it closed or progressed", "Reason for closure or progression (extract)"),
)
_KEPT, _ASKED, _SAID = "In your words", "Question", "What the group says"
_SHORT = 60  # characters of what is a word or two
_CHANGE, _THIS = "Change to now", "This sample"
_COMPARED = (_CHANGE, "Part", "Figure", "Sample", "Clear change")
_PARTS = ("decision", "outcome", "type", "young people", "contacts", "funnel")  # what weighs most of what is not clear
_PRIVATE = "Pseudonymised, for the panel. A small number can point to one young person: pass it on to nobody else."
_ENDING = "The figures stand on the sheets Summary, Thresholds, Findings and Compare of the review workbook."
_WIDE = (3.0, 7.0)


ROOMS = (
    Room(14, 6, 14, 8, 8, 12, 300, cross=True),
    Room(12, 6, 12, 8, 8, 10, 300),
    Room(12, 6, 12, 6, 6, 8, 260),
    Room(10, 6, 10, 6, 6, 8, 220),
    Room(8, 5, 10, 5, 6, 6, 200),
    Room(8, 4, 8, 4, 5, 5, 160),
    Room(6, 3, 6, 3, 4, 4, 120),
)


@dataclass(frozen=True)
class Pages:
    """A briefing before it is written. `unchecked`: quotes left out because their texts may not be used."""

    blocks: list[Block]
    used: Used
    figures: dict[str, int]
    unchecked: int


def pages(source: Source) -> Pages:
    """The briefing with as much as fits on six pages."""
    for room in ROOMS:
        made = _made(source, room)
        if fits(made.blocks):
            break
    made.used.spread(text for block in made.blocks for text in texts(block))
    return made


def _made(source: Source, room: Room) -> Pages:
    used = Used()
    blocks = _title(source, used)
    found: dict[str, int] = {"in_sample": len(source.rows)}
    for name, section in SECTIONS:
        one = section(source, used, room)
        blocks += one.blocks
        if name:
            found |= {name: one.shown, f"{name}_left_out": one.left_out}
    return Pages([*blocks, Paragraph(_ENDING, "Note")], used, found, len(source.unchecked))


def _title(source: Source, used: Used) -> list[Block]:
    rows, frame = source.rows, source.tables["Review"]
    number = len(rows)
    blocks: list[Block] = [Paragraph(TITLE, "Title")]
    name = source.setting(used, "Focus", "Sample name", 90)
    if name:
        blocks.append(Paragraph(name, "Subtitle"))
    if not number:
        return [*blocks, Paragraph("There is no case in the sample yet.", "Lead"), Paragraph(_PRIVATE, "Note")]
    told = people_counted.of_review(source.tables).in_words()
    blocks.append(Paragraph(f"{told or f'{cases(number)} in the sample'}.", "Lead"))
    complete = review_rules.progress(frame).complete
    told = f"{'All' if complete == number else complete or 'None'} of the {cases(number)} " if number > 1 else ""
    if told:
        told += "are fully reviewed." if complete != 1 else "is fully reviewed."
    else:
        told = "It is fully reviewed." if complete else "It is not fully reviewed yet."
    if complete < number:
        told += " Each figure says how many cases it counts."
    return [*blocks, Paragraph(told), Paragraph(_PRIVATE, "Note")]


def _findings(source: Source, used: Used, room: Room) -> Section:
    frame = source.tables["Findings"]
    kept = []
    for at, row in enumerate(lines_of(frame, ("Finding", "Keep?", _KEPT))):
        column = _KEPT if row[_KEPT] else "Finding"
        if row[column] and row["Keep?"].casefold() != "no":
            kept.append((at, column, row[column]))
    blocks: list[Block] = [Heading("What the sample says")]
    if not kept:
        words = (
            "Nobody has kept a finding." if len(frame) else "There are no findings yet: Refresh analysis makes them."
        )
        return Section([*blocks, Paragraph(words)])
    shown = kept[: room.findings]
    items = [used.take(shortened(text, room.letters), ("Findings", at, column)) for at, column, text in shown]
    blocks.append(Bullets(tuple(items)))
    when = f"As of {source.analysed_on}. " if source.analysed_on else ""
    more = len(kept) - len(shown)
    rest = _more(more, "Findings") if more else ""
    if when or rest:
        blocks.append(Paragraph(f"{when}{rest}".strip(), "Note"))
    return Section(blocks, len(shown), more)


def _recipe(source: Source, used: Used, room: Room) -> Section:
    def of(table: str, name: str, most: int = _SHORT) -> str:
        return source.setting(used, table, name, most)

    chosen = [
        (at, row["Category"])
        for at, row in rows_of(source.tables["Categories"], ("Category", "Chosen"))
        if row["Chosen"].casefold() == "yes"
    ]
    harms = ", ".join(word for _, word in chosen)
    harms = used.take(shortened(harms, 2 * room.letters), *(("Categories", at, "Category") for at, _ in chosen))
    first, last = of("Focus", "Period from"), of("Focus", "Period to")
    period = " to ".join(part for part in (f"from {first}" if first else "", last) if part)
    about = of("Focus", "Period is about") if period else ""
    cut_off, upper = of("Criteria", "Age cut-off"), of("Criteria", "Upper age")
    unit, keep = of("Criteria", "Unit"), of("Criteria", "Keep")
    ages = " to ".join(part for part in (cut_off, upper) if part) + ("" if upper or not cut_off else " and over")
    rows = (
        ("Main question", of("Focus", "Main question", room.letters)),
        ("Group of cases", of("Focus", "Group of cases (in words)", room.letters)),
        ("Part of the file", of("Focus", "Part of the file", room.letters)),
        ("Period", f"{about} {period}".strip()),
        ("Types of harm", harms),
        ("Age at time of contact", ages),
        ("One row for each", f"{unit} ({keep.casefold()} contact)" if unit and keep else unit),
        ("No type of harm recorded", of("Criteria", "No category recorded")),
        ("Case check", of("Criteria", "Case check")),
    )
    agreed = tuple((name, value or "Not agreed") for name, value in rows)
    about_it = "What was agreed before the first case, setting by setting."
    return Section([Heading("What was asked, and how"), Table(about_it, ("Setting", "Agreed"), agreed, _WIDE)])


def _funnel(source: Source, _used: Used, _room: Room) -> Section:
    stages = figures.funnel(source.tables["Funnel"], source.tables["Review"])
    if not stages:
        return Section([])
    found = people_counted.of_review(source.tables)
    words = ". ".join(part for part in (found.in_words(), found.doubts_in_words()) if part)
    intro = Paragraph(f"{words}.", "Intro")
    return Section([Heading("From the long list to the sample"), intro, charts.funnel(stages)])


def _compared(source: Source, used: Used, room: Room) -> Section:
    found = [one for one in rows_of(source.tables["Compare"], _COMPARED) if one[1][_CHANGE] != _THIS]
    if not found:
        return Section([])
    found.sort(key=lambda one: _weight(one[1]))
    body = []
    for at, row in found[: room.compared]:
        figure = ": ".join(part for part in (row["Part"], row["Figure"]) if part)
        body.append(
            (
                used.take(shortened(figure, 90), ("Compare", at, "Part"), ("Compare", at, "Figure")),
                used.take(shortened(row["Sample"], 60), ("Compare", at, "Sample")),
                used.take(shortened(row[_CHANGE], room.letters), ("Compare", at, _CHANGE)),
            )
        )
    blocks: list[Block] = [Heading("Beside earlier samples")]
    recipe = rows_of(source.tables["Recipe"], ("Setting", "Same?")) if "Recipe" in source.tables else []
    differs = len({row["Setting"] for _, row in recipe if row["Same?"] == "Differs"})
    if differs:
        words = plural(differs, "setting differs", "settings differ")
        blocks.append(Paragraph(f"The recipes are not the same: {words}. They stand on the sheet Compare.", "Intro"))
    about = "What changed from an earlier sample to this one, figure by figure; clear changes first."
    blocks.append(Table(about, ("Figure", "Earlier sample", "Change to now"), tuple(body), (3, 2, 5)))
    more = len(found) - len(body)
    if more:
        blocks.append(Paragraph(f"{more} more on the sheet Compare.", "Note"))
    return Section(blocks, len(body), more)


def _weight(row: dict[str, str]) -> tuple[int, int]:
    """Clear changes in their order, the surest first; then decisions and outcomes before the rest."""
    clear = int(row["Clear change"]) if row["Clear change"].isdigit() else len(row[_CHANGE]) + 10**6
    part = row["Part"].casefold()
    return min(clear, 10**6), next((at for at, name in enumerate(_PARTS) if part.startswith(name)), len(_PARTS))


def _quotes(source: Source, used: Used, room: Room) -> Section:
    rows, marked = source.rows, source.quotes
    may = [at for at in marked if at not in source.unchecked]
    blocks: list[Block] = []
    shown = 0
    for at in may:
        said = [(words, heading, one_line(rows[heading][at])) for words, heading in EXTRACTS if heading in rows.columns]
        said = [one for one in said if one[2]]
        if said and shown < room.quotes:
            blocks += _quote(used, room, at, said, cast("pd.Series", rows.loc[at]))
            shown += 1
    if marked and not may:
        blocks = [Paragraph("No quote is shown: the texts have to be checked for names first.")]
    if not blocks:
        return Section([], 0, len(marked))
    return Section([Heading("In the words of the files"), *blocks], shown, len(marked) - shown)


def _quote(used: Used, room: Room, at: int, said: Iterable[tuple[str, str, str]], row: pd.Series) -> list[Block]:
    """The extracts of one case, and what became of it; not its unique ID, which the panel does not need."""
    made: list[Block] = []
    for words, heading, text in said:
        cut = shortened(text, room.letters)
        used.take(f"{words}: “{cut}”", ("Review", at, heading))
        made.append(Paragraph(f"“{cut}”", "Quote", f"{words}: "))
    outcome = used.take(shortened(one_line(row["Outcome"]), 60), ("Review", at, "Outcome"))
    scenario = row["Scenario"] or tallies.NOT_ANSWERED
    ending = f"{scenario}. Outcome: {outcome or tallies.NOT_FILLED.lower()}."
    return [*made, Paragraph(used.take(ending, ("Review", at, "Outcome")), "Quote source")]


def _questions(source: Source, used: Used, room: Room) -> Section:
    table = source.tables.get("PanelQuestions")
    found = rows_of(table, (_ASKED, _SAID)) if table is not None else []
    if not found:
        return Section([])
    body = tuple(
        tuple(used.take(shortened(row[name], room.letters), ("PanelQuestions", at, name)) for name in (_ASKED, _SAID))
        for at, row in found[: room.questions]
    )
    about = "Questions for the group, with room for what it says."
    more = len(found) - len(body)
    blocks: list[Block] = [Heading("Questions for the group"), Table(about, (_ASKED, _SAID), body, (4, 6), room=1.3)]
    if more:
        blocks.append(Paragraph(_more(more, "PanelQuestions"), "Note"))
    return Section(blocks, len(body), more)


def _actions(source: Source, used: Used, room: Room) -> Section:
    headings = ("Action", "Owner", "By when")
    frame = source.tables["Actions"]
    found = [(at, row) for at, row in rows_of(frame, (*headings, "Done?")) if row["Done?"].casefold() != "yes"]
    blocks: list[Block] = [Heading("Actions")]
    if not found:
        return Section([*blocks, Paragraph(f"No open action is noted on the sheet {_sheet('Actions')}.")])
    dates = frame["By when"].tolist() if "By when" in frame.columns else [None] * len(frame)
    body = []
    for at, row in found[: room.actions]:
        cells = row | {"By when": as_text(dates[at])}
        most = dict.fromkeys(headings, _SHORT) | {"Action": room.letters}
        body.append(tuple(used.take(shortened(cells[one], most[one]), ("Actions", at, one)) for one in headings))
    more = len(found) - len(body)
    blocks.append(Table("Open actions: what, who, by when.", headings, tuple(body), (6, 2.4, 1.6)))
    if more:
        blocks.append(Paragraph(_more(more, "Actions"), "Note"))
    return Section(blocks, len(body), more)


SECTIONS: tuple[tuple[str, Callable[[Source, Used, Room], Section]], ...] = (
    ("findings", _findings),
    ("", _recipe),
    ("", _funnel),
    ("", outcomes.outcomes),
    ("", outcomes.harms),
    ("", outcomes.scenarios),
    ("", beside.pairs),
    ("compared", _compared),
    ("quotes", _quotes),
    ("questions", _questions),
    ("actions", _actions),
)


def _more(number: int, table: str) -> str:
    return f"{number} more on the sheet {_sheet(table)}."


def _sheet(table: str) -> str:
    return spec.table("review", table).sheet
