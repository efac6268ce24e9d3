"""What the product shows for a sample: tables of Refresh analysis, cells of live sheets by the words beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd
from made_up_samples import OWN_LISTS, Sample

from xl_dipsample.actions import renewing
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout
from xl_dipsample.workbook.specs import defaults, spec

Tables = dict[str, pd.DataFrame]
Lines = dict[tuple[str, str, str, str], object]  # (section, table, line, column) -> value


@cache
def tables_of(sample: Sample) -> Tables:
    """Every table of the review workbook, before Refresh analysis."""
    given = {} if sample.lists is None else {"GivenWords": sample.lists}
    focus = defaults.default(spec.table("review", "Focus"))
    if sample.second:
        focus.loc[focus["Setting"] == "Second decision point", "Value"] = "Yes"
    pairs = [[f"Pair {place}", *pair] for place, pair in enumerate(sample.pairs, 1)]
    return defaults.frames(
        "review",
        given
        | {
            "Review": sample.review,
            "Funnel": _frame("Funnel", sample.funnel),
            "Focus": focus,
            "Categories": _categories(sample),
            "MyLists": my_lists() if sample.waiting is None else sample.waiting,
            "Questions": pd.DataFrame(sample.questions, columns=["Heading", "Type", "Choices"], dtype=object),
            "Pairs": _frame("Pairs", pairs),
            "Terms": _frame("Terms", [[words, concern, "Why.", "Instead."] for words, concern, _ in sample.terms]),
        },
    )


def _categories(sample: Sample) -> pd.DataFrame:
    """Categories as shipped, with the lead's own below and what is chosen."""
    known = defaults.default(spec.table("review", "Categories"))
    added = [[word, "Yes", *[None] * 5] for word in sample.own_categories]
    made = pd.concat([known, pd.DataFrame(added, columns=known.columns, dtype=object)], ignore_index=True)
    for word, chosen in sample.chosen.items():
        made.loc[made["Category"] == word, "Chosen"] = chosen
    return made


def my_lists() -> pd.DataFrame:
    """The sheet My lists: what is shipped, with what the lead changed and added."""
    frame = defaults.default(spec.table("review", "MyLists"))
    for (name, word), (side, protection) in OWN_LISTS.items():
        there = (frame["List"] == name) & (frame["Word"] == word)
        if there.any():
            frame.loc[there, ["Side", "Child protection"]] = [side, protection]
        else:
            row = {"List": name, "Word": word, "Side": side, "Child protection": protection}
            frame.loc[len(frame)] = [row.get(heading) for heading in frame.columns]
    return frame


def _frame(name: str, rows: list[list[object]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=spec.table("review", name).headings, dtype=object)


def refreshed(tables: Mapping[str, pd.DataFrame], *parts: str) -> Tables:
    """The tables after Refresh analysis, or after those parts of it."""
    made = dict(tables)
    for doing, renew in renewing.PARTS:
        if not parts or doing in parts:
            made |= renew(made, Result("analyse"))
    return made


def _layout(sheet: str, tables: Tables) -> Layout:
    return sheets.layout(sheet, Book("review", tables, {"analysed_on": ""}))


def state(sheet: str, tables: Tables) -> str:
    """The sentence in A3."""
    return _state(_layout(sheet, tables))


def _state(layout: Layout) -> str:
    return str(layout.state.value) if layout.state else ""


def state_and_lines(sheet: str, tables: Tables) -> tuple[str, Lines]:
    """The sentence in A3; every cell in a column with a heading, right of a label."""
    layout = _layout(sheet, tables)
    return _state(layout), _lines(layout)


def _lines(layout: Layout) -> Lines:
    rows: dict[int, dict[int, tuple[object, str]]] = {}
    for cell in layout.cells:
        rows.setdefault(cell.row, {})[cell.column] = (cell.value, cell.style)
    found: Lines = {}
    section, header, columns = "", "", {}
    for _, row in sorted(rows.items()):
        first, style = row.get(1, ("", ""))
        if style in ("section", "plain_bold"):
            section = str(first)
        elif style == "header":
            header, columns = str(first), {place: str(value) for place, (value, _) in row.items() if place > 1}
        elif style in ("label", "label_bold"):
            for place, (value, _) in row.items():
                if place > 1:
                    key = (section, header, str(first), columns[place])
                    assert key not in found
                    found[key] = value
    return found


def stages_on_funnel(tables: Tables) -> dict[str, tuple[object, object]]:
    """Excluded and Remaining of each stage, the live cells included."""
    cells = {(cell.row, cell.column): cell.value for cell in _layout("funnel", tables).cells}
    found: dict[str, tuple[object, object]] = {}
    for place, (stage, *numbers) in enumerate(tables["Funnel"].itertuples(index=False), 6):
        excluded, remaining = (cells.get((place, column), number) for column, number in enumerate(numbers, 2))
        found[str(stage)] = ("" if excluded is None else excluded, remaining)
    return found
