"""Findings: how many are decided, how many actions are open."""

from __future__ import annotations

from xlsxwriter.utility import xl_cell_to_rowcol

from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell
from xl_dipsample.workbook.specs import spec

_EMPTY = "Empty: Refresh analysis fills this sheet."
_TITLES = {
    "Findings": "What the numbers say",
    "GroupQuestions": "Questions for the group",
    "Actions": "What was agreed",
}
_THERE = '((Findings[Finding]<>"")+(Findings[In your words]<>"")>0)'


def layout(book: Book) -> Layout:
    """The state, and a title above each of the three tables."""
    made = Layout(state=table_places.state(_formula(), _value(book)))
    for table, words in _TITLES.items():
        row, column = xl_cell_to_rowcol(spec.table(book.kind, table).anchor)  # from 0: the row above, from 1
        made.cells.append(LiveCell(row, column + 1, words, style="section"))
    return made


def _formula() -> str:
    """As of when, how many of the lines have an answer in Keep?, how many actions are not done."""
    there = f"SUMPRODUCT(--{_THERE})"
    kept = table_places.true_where('TRIM(Findings[Keep?])<>""')
    decided = f"SUMPRODUCT({_THERE}*{kept})"
    typed, done = (
        table_places.true_where('TRIM(Actions[Action])<>""'),
        table_places.true_where('TRIM(Actions[Done?])="Yes"'),
    )
    actions = f"SUMPRODUCT({typed}*(1-{done}))"
    as_of = 'IF(analysed_on="","","As of "&analysed_on&": ")'
    told = f'{as_of}&{decided}&" of "&{there}&IF({there}=1," finding"," findings")&" decided"'
    open_actions = f'IF({actions}=1,"1 action",{actions}&" actions")&" open"'
    return f'=IF({there}=0,"{_EMPTY} ",{told}&"; ")&{open_actions}'


def _value(book: Book) -> str:
    findings, actions = book.tables["Findings"], book.tables["Actions"]
    lines = zip(findings["Finding"], findings["In your words"], findings["Keep?"], strict=True)
    there = [
        table_places.text(keep)
        for sentence, words, keep in lines
        if sentence not in (None, "") or words not in (None, "")
    ]
    is_open = sum(
        table_places.text(action) != "" and table_places.text(done).casefold() != "yes"
        for action, done in zip(actions["Action"], actions["Done?"], strict=True)
    )
    told = f"{is_open} {'action' if is_open == 1 else 'actions'} open"
    if not there:
        return f"{_EMPTY} {told}"
    when = table_places.text(book.values.get("analysed_on"))
    decided = sum(keep != "" for keep in there)
    as_of = f"As of {when}: " if when else ""
    return f"{as_of}{decided} of {len(there)} {'finding' if len(there) == 1 else 'findings'} decided; {told}"
