"""A3 of the sheets that hold one table: how much is in it, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from xlsxwriter.utility import xl_cell_to_rowcol

from xl_dipsample.domain.review import question_pairs
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs import spec


def _count(table: str, heading: str) -> str:
    return f'SUMPRODUCT(--({table}[{heading}]<>""))'


def _filled(book: Book, table: str, heading: str) -> int:
    return sum(value not in (None, "") for value in book.tables[table][heading])


PAIRS = "Pairs: two columns of Review beside each other"
_READ_ONLY = "Read only here. To change something, change it in the working workbook."
_ADDED = (
    "words of yours wait for the next Pseudonymise. Type new ones below the last row; what came from the lead stays as "
    "it is."
)
_TEAMS_WORDS = "Words that could not go to the lead's list"
_NO_ACTIONS = "Nothing has been agreed yet."
_BY_IMPORT = "Empty: Import long list fills this sheet."
_BY_NARROW = "Empty: Narrow down fills this sheet."


def _counted(book: Book, table: str, heading: str, one: str, many: str, none: str) -> Layout:
    """So many rows, in words, or the sentence for an empty table."""
    n = _filled(book, table, heading)
    count = _count(table, heading)
    formula = f'=IF({count}=0,"{none}",IF({count}=1,"1 {one}",TEXT({count},"#,##0")&" {many}"))'
    return Layout(state=table_places.state(formula, plural(n, one, many) if n else none))


def _settings(book: Book) -> Layout:
    """Focus: how many of the five questions are answered. In the review workbook it only says where to change it."""
    row, column = xl_cell_to_rowcol(spec.table(book.kind, question_pairs.TABLE).anchor)
    pairs = LiveCell(row, column + 1, PAIRS, style="section")  # in the row above its headings
    if book.kind != "working":
        made = _read_only(book, "Questions", "Your own review questions")
        return replace(made, cells=[pairs, *made.cells])
    asked = ("Main question", "Group of cases (in words)", "Period from", "Part of the file", "Reviewers")
    cells = [table_places.cell(book, "Focus", name, "Value") for name in asked]
    answered = sum(excel_text(table_places.setting(book, "Focus", name)) != "" for name in asked)
    total = "+".join(f'(TRIM({one})<>"")' for one in cells if one)
    return Layout(
        state=table_places.state(
            f'=({total})&" of {len(asked)} first questions answered"',
            f"{answered} of {len(asked)} first questions answered",
        ),
        cells=[pairs],
    )


def _read_only(book: Book, below: str, title: str) -> Layout:
    """What the review workbook says of the settings; the table `below` them gets a title."""
    row = spec.table(book.kind, below).first_row - 2
    return Layout(cells=[LiveCell(row, 1, title, style="section")], state=LiveCell(3, 1, _READ_ONLY, style="state"))


def _criteria(book: Book) -> Layout:
    """Criteria: what is still open on the two sheets that belong to it."""
    if book.kind != "working":
        return _read_only(book, "Categories", "Types of harm that count")
    (chosen, chosen_formula), (waiting, waiting_formula) = _chosen(book), labels_to_map(book)
    return Layout(
        state=table_places.state(
            f'="Categories chosen: "&{chosen_formula}&"; labels still to map: "&{waiting_formula}',
            f"Categories chosen: {chosen}; labels still to map: {waiting}",
        ),
    )


def _chosen(book: Book) -> tuple[int, str]:
    """How many categories are chosen, and the formula that counts them."""
    chosen = sum(excel_text(value).lower() == "yes" for value in book.tables["Categories"]["Chosen"])
    return chosen, 'SUMPRODUCT(--(TRIM(Categories[Chosen])="Yes"))'


def labels_to_map(book: Book) -> tuple[int, str]:
    """How many labels nobody has said the meaning of, and the formula that counts them."""
    labels = book.tables["Labels"]
    waiting = sum(
        value not in (None, "") and excel_text(means) == ""
        for value, means in zip(labels["Label as exported"], labels["Means"], strict=True)
    )
    return waiting, 'SUMPRODUCT((Labels[Label as exported]<>"")*(TRIM(Labels[Means])=""))'


def _categories(book: Book) -> Layout:
    (chosen, formula), every = _chosen(book), _count("Categories", "Category")
    value = f"{chosen} of {_filled(book, 'Categories', 'Category')} categories chosen"
    return Layout(state=table_places.state(f'={formula}&" of "&{every}&" categories chosen"', value))


def _my_lists(book: Book) -> Layout:
    """How many words there are; in the review workbook how many the team added, which are not laid out yet."""
    words = _filled(book, "MyLists", "Word")
    value, formula = f"{words} words", f'={_count("MyLists", "Word")}&" words"'
    if book.is_release or book.is_second:
        return Layout(state=LiveCell(3, 1, value, style="state"))
    if book.kind == "working":
        return Layout(state=table_places.state(formula, value))
    given, given_formula = _filled(book, "GivenWords", "Word"), _count("GivenWords", "Word")
    added = max(0, words - given) if given else 0  # one that does not say what it was given has none of the team's
    count = f"IF({given_formula}=0,0,MAX(0,{_count('MyLists', 'Word')}-{given_formula}))"
    title = LiveCell(4, 9, _TEAMS_WORDS, style="section")
    return Layout(cells=[title], state=table_places.state(f'={count}&" {_ADDED}"', f"{added} {_ADDED}"))


def _labels(book: Book) -> Layout:
    (waiting, formula), every = labels_to_map(book), _count("Labels", "Label as exported")
    rows = _filled(book, "Labels", "Label as exported")
    value = f"{waiting} of {rows} labels still to map" if rows else _BY_IMPORT
    told = f'=IF({every}=0,"{_BY_IMPORT}",{formula}&" of "&{every}&" labels still to map")'
    return Layout(state=table_places.state(told, value))


def _data_checks(book: Book) -> Layout:
    levels = [excel_text(value) for value in book.tables["DataChecks"]["Level"]]
    none = "Nothing found, or not checked yet: Check long list fills this sheet."
    words = (("Error", "Errors"), ("Warning", "warnings"), ("Note", "notes"))
    parts = '&", '.join(f'{many}: "&SUMPRODUCT(--(DataChecks[Level]="{word}"))' for word, many in words)
    value = ", ".join(f"{many}: {levels.count(word)}" for word, many in words)
    total = _count("DataChecks", "Finding")
    found = _filled(book, "DataChecks", "Finding")
    return Layout(state=table_places.state(f'=IF({total}=0,"{none}","{parts})', value if found else none))


def _panel_questions(book: Book) -> Layout:
    asked = _filled(book, "PanelQuestions", "Question")
    frame = book.tables["PanelQuestions"]
    said = sum(
        question not in (None, "") and excel_text(answer) != ""
        for question, answer in zip(frame["Question"], frame["What the group says"], strict=True)
    )
    noted = 'SUMPRODUCT((PanelQuestions[Question]<>"")*' + _typed("PanelQuestions[What the group says]") + ")"
    count = _count("PanelQuestions", "Question")
    return Layout(
        state=table_places.state(
            f'={noted}&" of "&{count}&" questions have an answer"', f"{said} of {asked} questions have an answer"
        )
    )


def _typed(column: str) -> str:
    return table_places.true_where(f'TRIM({column})<>""')


def _actions(book: Book) -> Layout:
    """How many of the actions are not done."""
    frame = book.tables["Actions"]
    done = [
        excel_text(word).casefold() == "yes"
        for action, word in zip(frame["Action"], frame["Done?"], strict=True)
        if excel_text(action) != ""
    ]
    typed, ready = _typed("Actions[Action]"), table_places.true_where('TRIM(Actions[Done?])="Yes"')
    total, is_open = f"SUMPRODUCT(--{typed})", f"SUMPRODUCT({typed}*(1-{ready}))"
    formula = f'=IF({total}=0,"{_NO_ACTIONS}",{is_open}&" of "&{total}&" open")'
    return Layout(
        state=table_places.state(formula, f"{done.count(False)} of {len(done)} open" if done else _NO_ACTIONS)
    )


def decided(table: str, heading: str, key: str, none: str) -> Callable[[Book], Layout]:
    """How many rows with a key have a word in the column `heading`."""

    def made(book: Book) -> Layout:
        frame = book.tables[table]
        rows = _filled(book, table, key)
        done = sum(k not in (None, "") and excel_text(v) != "" for k, v in zip(frame[key], frame[heading], strict=True))
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
    "questions": counter("Questions", "Heading", "question", "questions", "No questions of your own yet."),
    "categories": _categories,
    "my_lists": _my_lists,
    "labels": _labels,
    "headings": counter("Headings", "Heading", "heading", "headings", _BY_IMPORT),
    "reports": counter("Reports", "Report", "report", "reports", _BY_IMPORT),
    "data_checks": _data_checks,
    "actions": _actions,
    "panel_questions": _panel_questions,
    "long_list": counter("LongList", "Record", "row", "rows", _BY_IMPORT),
    "what_changed": counter("WhatChanged", "What", "line", "lines", "Nothing has changed since the last run."),
    "exclusion_log": counter("ExclusionLog", "Record", "row left", "rows left", _BY_NARROW),
    "exclusions": counter("Exclusions", "Stage", "reason", "reasons", "Nobody left on the way to the sample."),
    "harms": counter("Harms", "Unique ID", "row", "rows", "Empty: Refresh analysis fills this sheet."),
    "audit": counter("Audit", "When", "entry", "entries", "Nothing has been done yet."),
    "set_aside": counter("SetAside", "Unique ID", "row", "rows", "Nothing was set aside."),
}
