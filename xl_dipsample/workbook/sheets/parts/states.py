"""A3 of the sheets that hold one table: how much is in it, in words."""

from __future__ import annotations

from collections.abc import Callable

from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell


def _count(table: str, heading: str) -> str:
    return f'SUMPRODUCT(--({table}[{heading}]<>""))'


def _filled(book: Book, table: str, heading: str) -> int:
    return sum(value not in (None, "") for value in book.tables[table][heading])


_READ_ONLY = "Read only here. To change something, change it in the working workbook."
_CRITERIA_HEADS = [LiveCell(15, 1, "Types of harm that count", style="section")]


def _counted(book: Book, table: str, heading: str, one: str, many: str, none: str) -> Layout:
    """So many rows, in words, or the sentence for an empty table."""
    n = _filled(book, table, heading)
    count = _count(table, heading)
    formula = f'=IF({count}=0,"{none}",IF({count}=1,"1 {one}",TEXT({count},"#,##0")&" {many}"))'
    return Layout(state=table_places.state(formula, none if n == 0 else f"1 {one}" if n == 1 else f"{n:,} {many}"))


def _settings(book: Book) -> Layout:
    """Focus: how many of the five questions are answered. In the review workbook it only says where to change it."""
    heads = [LiveCell(17, 1, "Your own review questions", style="section")]
    if book.kind != "working":
        return _read_only(heads)
    asked = ("Main question", "Group of cases (in words)", "Period from", "Part of the file", "Reviewers")
    cells = [table_places.cell(book, "Focus", name, "Value") for name in asked]
    answered = sum(table_places.text(table_places.setting(book, "Focus", name)) != "" for name in asked)
    total = "+".join(f'(TRIM({one})<>"")' for one in cells if one)
    return Layout(
        cells=heads,
        state=table_places.state(
            f'=({total})&" of {len(asked)} first questions answered"',
            f"{answered} of {len(asked)} first questions answered",
        ),
    )


def _read_only(heads: list[LiveCell]) -> Layout:
    return Layout(
        cells=heads,
        state=LiveCell(3, 1, _READ_ONLY, style="state"),
    )


def _criteria(book: Book) -> Layout:
    if book.kind != "working":
        return _read_only(_CRITERIA_HEADS)
    chosen = sum(table_places.text(value).lower() == "yes" for value in book.tables["Categories"]["Chosen"])
    labels = book.tables["Labels"]
    open_labels = sum(
        value not in (None, "") and table_places.text(means) == ""
        for value, means in zip(labels["Label as exported"], labels["Means"], strict=True)
    )
    count = 'SUMPRODUCT(--(TRIM(Categories[Chosen])="Yes"))'
    unmapped = 'SUMPRODUCT((Labels[Label as exported]<>"")*(TRIM(Labels[Means])=""))'
    return Layout(
        cells=[*_CRITERIA_HEADS, LiveCell(4, 7, "What the labels of the case system mean", style="section")],
        state=table_places.state(
            f'="Categories chosen: "&{count}&"; labels still to map: "&{unmapped}',
            f"Categories chosen: {chosen}; labels still to map: {open_labels}",
        ),
    )


def _data_checks(book: Book) -> Layout:
    levels = [table_places.text(value) for value in book.tables["DataChecks"]["Level"]]
    none = "Nothing found, or not checked yet: Check long list fills this sheet."
    words = (("Error", "Errors"), ("Warning", "warnings"), ("Note", "notes"))
    parts = '&", '.join(f'{many}: "&SUMPRODUCT(--(DataChecks[Level]="{word}"))' for word, many in words)
    value = ", ".join(f"{many}: {levels.count(word)}" for word, many in words)
    total = _count("DataChecks", "Finding")
    found = _filled(book, "DataChecks", "Finding")
    return Layout(state=table_places.state(f'=IF({total}=0,"{none}","{parts})', value if found else none))


def decided(table: str, heading: str, key: str, none: str) -> Callable[[Book], Layout]:
    """How many rows with a key have a word in the column `heading`."""

    def made(book: Book) -> Layout:
        frame = book.tables[table]
        rows = _filled(book, table, key)
        done = sum(
            k not in (None, "") and table_places.text(v) != "" for k, v in zip(frame[key], frame[heading], strict=True)
        )
        count = _count(table, key)
        formula = (
            f'=IF({count}=0,"{none}",SUMPRODUCT(({table}[{key}]<>"")*(TRIM({table}[{heading}])<>""))'
            f'&" of "&{count}&" decided")'
        )
        return Layout(state=table_places.state(formula, f"{done} of {rows} decided" if rows else none))

    return made


def counter(table: str, heading: str, one: str, many: str, none: str) -> Callable[[Book], Layout]:
    """The layout that says how many rows a table has, or `none`."""
    return lambda book: _counted(book, table, heading, one, many, none)


STATES: dict[str, Callable[[Book], Layout]] = {
    "focus": _settings,
    "criteria": _criteria,
    "data_checks": _data_checks,
    "long_list": counter("LongList", "Row", "row", "rows", "Empty: Import long list fills this sheet."),
    "exclusion_log": counter("ExclusionLog", "Row", "case left", "cases left", "Empty: Narrow down fills this sheet."),
    "exclusions": counter("Exclusions", "Stage", "reason", "reasons", "Nobody left on the way to the sample."),
    "harms": counter("Harms", "Unique ID", "row", "rows", "Empty: Refresh analysis fills this sheet."),
    "audit": counter("Audit", "When", "entry", "entries", "Nothing has been done yet."),
    "set_aside": counter("SetAside", "Unique ID", "row", "rows", "Nothing was set aside."),
}
