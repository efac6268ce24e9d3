"""Case check, A3: how many candidates are decided, by the rule of docs/design.md, section 7."""

from __future__ import annotations

from xl_dipsample.workbook.sheets.parts import table_places
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout

_NONE = "Nothing to decide yet: Narrow down fills this sheet."
_LATER = "The decisions are made during review, so none is needed here."


def layout(book: Book) -> Layout:
    """Include needs initials, Exclude a reason and initials (Focus's initials count where a row has none)."""
    frame = book.tables["CaseCheck"]
    lead = table_places.text(table_places.setting(book, "Focus", "Initials"))
    during = table_places.text(table_places.setting(book, "Criteria", "Case check")).lower() == "during review"
    rows = decided = unsure = reasonless = 0
    for row, word, reason, initials in zip(
        frame["Record"], frame["Decision"], frame["Reason"], frame["Initials"], strict=True
    ):
        if row in (None, ""):
            continue
        rows += 1
        decision, known = table_places.text(word).lower(), bool(table_places.text(initials) or lead)
        has_reason = table_places.text(reason) != ""
        decided += known and (decision == "include" or (decision == "exclude" and has_reason))
        unsure += decision == "unsure"
        reasonless += decision == "exclude" and not has_reason
    value = f"{decided} of {rows} decided"
    value += f"; {unsure} unsure" if unsure else ""
    value += f"; {reasonless} excluded without a reason" if reasonless else ""
    value += "; initials are missing here and on Focus" if _no_initials(book, lead) else ""
    return Layout(state=table_places.state(_formula(book), _NONE if not rows else _LATER if during else value))


def _no_initials(book: Book, lead: str) -> bool:
    frame = book.tables["CaseCheck"]
    return not lead and any(
        table_places.text(word).lower() in ("include", "exclude") and not table_places.text(initials)
        for word, initials in zip(frame["Decision"], frame["Initials"], strict=True)
    )


def _formula(book: Book) -> str:
    lead = f'(TRIM({table_places.cell(book, "Focus", "Initials", "Value")})<>"")'
    when = table_places.cell(book, "Criteria", "Case check", "Value")
    there_is = '(CaseCheck[Record]<>"")'
    included, excluded, undecided = (
        f"{there_is}*" + table_places.true_where(f'TRIM(CaseCheck[Decision])="{word}"')
        for word in ("Include", "Exclude", "Unsure")
    )
    signed, reasoned = (
        table_places.true_where(f'TRIM(CaseCheck[{heading}])<>""') for heading in ("Initials", "Reason")
    )
    known = f"(({signed}+{lead})>0)"
    rows = f"SUMPRODUCT(--{there_is})"
    decided = f"(SUMPRODUCT({included}*{known})+SUMPRODUCT({excluded}*{reasoned}*{known}))"
    unsure = f"SUMPRODUCT({undecided})"
    reasonless = f"SUMPRODUCT({excluded}*(1-{reasoned}))"
    unsigned = f"(SUMPRODUCT({included}*(1-{signed}))+SUMPRODUCT({excluded}*(1-{signed})))"
    told = (
        f'{decided}&" of "&{rows}&" decided"'
        f'&IF({unsure}>0,"; "&{unsure}&" unsure","")'
        f'&IF({reasonless}>0,"; "&{reasonless}&" excluded without a reason","")'
        f'&IF(AND({lead}=FALSE,{unsigned}>0),"; initials are missing here and on Focus","")'
    )
    return f'=IF({rows}=0,"{_NONE}",IF(TRIM({when})="During review","{_LATER}",{told}))'
