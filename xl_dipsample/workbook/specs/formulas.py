"""The formulas of formula columns, and the values that Python computes for them.

Each rule stands here as an Excel formula and in domain/review.py in pandas. Only functions that Excel 2016 and
LibreOffice 7.4 both know, no dynamic arrays. References are written the way files store them
(`Review[[#This Row],[Outcome]]`), not the way Excel shows them (`[@Outcome]`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import pandas as pd

from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.workbook.host import CellValue

GO_THERE, NOT_THERE = "Show", "Not in the list"
# These have a meaning of their own inside the brackets of a structured reference; an apostrophe takes it away.
_SPECIAL = "'[]#@"
# These stand between the columns of a reference: a name with one has brackets of its own, Review[[Age, in years]].
_BETWEEN = ",:"


def column_formula(name: str) -> str:
    """The formula of a column, with its leading "=". `name` is the spec's `formula`. Raises KeyError.

    >>> column_formula("scenario")[:38]
    '=IF(TRIM(Review[[#This Row],[Unique ID'
    """
    return "=" + _FORMULAS[name]()


def column_values(name: str, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame] | None = None) -> list[CellValue]:
    """What the formula shows in each row of `frame`, by the same rule in pandas. Raises KeyError.

    `tables`: the workbook's other tables by name, for a formula that looks into one.
    """
    if name in _LOOK_UPS:
        return _LOOK_UPS[name](frame, tables or {})
    return list(_VALUES[name](frame))


def column(heading: str, table: str = "Review") -> str:
    """A reference to a whole column.

    >>> column("Who's [there]?")
    "Review[Who''s '[there']?]"
    >>> column("Referred to?"), column("Age, in years")
    ('Review[Referred to?]', 'Review[[Age, in years]]')
    """
    name = _escaped(heading)
    return f"{table}[[{name}]]" if any(one in heading for one in _BETWEEN) else f"{table}[{name}]"


def columns_between(first: str, last: str, table: str = "Review") -> str:
    """A reference to neighbouring columns.

    >>> columns_between("Age", "Team #")
    "Review[[Age]:[Team '#]]"
    """
    return f"{table}[[{_escaped(first)}]:[{_escaped(last)}]]"


def this_row(heading: str, table: str = "Review") -> str:
    """A reference to a column's cell in the same row."""
    return f"{table}[[#This Row],[{_escaped(heading)}]]"


def quoted(words: str) -> str:
    """Words as a text in a formula."""
    return '"' + words.replace('"', '""') + '"'


def _escaped(heading: str) -> str:
    return "".join(f"'{character}" if character in _SPECIAL else character for character in heading)


def _text(heading: str) -> str:
    """A cell as review.text reads it: trimmed, '' when it shows an error."""
    return f'IFERROR(TRIM({this_row(heading)}),"")'


def _only_rows(then: str, otherwise: str = '""') -> str:
    return f'IF(TRIM({this_row("Unique ID")})="",{otherwise},{then})'


def _scenario() -> str:
    level, concerns = _text("Level of harm"), _text("Parenting concerns")
    words = [quoted(one) for one in review_rules.scenarios()]
    by_concern = [
        f'IF({concerns}="Yes",{words[start]},IF({concerns}="No",{words[start + 1]},{words[-1]}))' for start in (0, 2)
    ]
    known = (
        f"IF({level}={quoted(review_rules.SIGNIFICANT)},{by_concern[0]},"
        f"IF({level}={quoted(review_rules.IN_NEED)},{by_concern[1]},{words[-1]}))"
    )
    return _only_rows(f'IF(OR({level}="",{concerns}=""),"",{known})')


def _age_band() -> str:
    age, unknown = _text("Age at time of contact"), quoted(review_rules.age_not_known())
    low = f'VALUE(LEFT({age},FIND("-",{age}&"-")-1))'
    high = f'VALUE(MID({age},IFERROR(FIND("-",{age}),0)+1,9))'
    starts = ",".join(str(band.start) for band in review_rules.bands())
    names = ",".join(quoted(band.words) for band in review_rules.bands())

    def band(end: str) -> str:
        return f"LOOKUP({end},{{{starts}}},{{{names}}})"

    oldest = review_rules.OLDEST
    one = f"IF(AND({low}<={oldest},{high}<={oldest},{band(low)}={band(high)}),{band(low)},{unknown})"
    return _only_rows(f"IFERROR({one},{unknown})")


def _review_check() -> str:
    nothing_typed = ",".join(f'{_text(heading)}=""' for heading in review_columns.required())
    left = _verdict(review_columns.required_when_left(), review_rules.LEFT)
    in_sample = _verdict(review_columns.required(), review_rules.COMPLETE)
    return _only_rows(
        f'IF({_text("In sample?")}="No",{left},{in_sample})',
        otherwise=f'IF(AND({nothing_typed}),"",{quoted(review_rules.NO_ID)})',
    )


def _counts() -> str:
    return _only_rows(f'IF({_text("In sample?")}="No","No","Yes")')


def _harm_counts() -> str:
    """What Review says of the case now; No when it is not there any more."""
    case = this_row("Unique ID", "Harms")
    found = f"INDEX({column('Counts?')},MATCH({case},{column('Unique ID')},0))"
    return f'IF(TRIM({case})="","",IFERROR({found},"No"))'


def _harm_counts_values(frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> list[CellValue]:
    review = tables.get("Review")
    said: dict[str, str] = {}
    if review is not None:
        for case, word in zip(map(_sought, review["Unique ID"].tolist()), review_rules.counts(review), strict=True):
            said.setdefault(case, word)
    cases = frame["Unique ID"].tolist()
    return [said.get(_sought(case), "No") if excel_text(case) else "" for case in cases]


def _sought(case: object) -> str:
    """What MATCH compares: spaces count, capitals do not."""
    return "" if case is None else str(case).casefold()


def _verdict(headings: Iterable[str], done: str) -> str:
    """`done`, or "Missing: A, B". The list is built once: twice would double every row of the file."""
    missing = "&".join(_if_missing(heading) for heading in headings)
    listed = f'"Missing"&{missing}&"|"'
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({listed},"Missing|",{quoted(done)}),"Missing, ","Missing: "),"|","")'


def _if_missing(heading: str) -> str:
    """The heading when its cell is blank, shows an error, or says "Not mapped" (in any capitals)."""
    said = f'SUBSTITUTE(LOWER(TRIM({this_row(heading)})),{quoted(review_rules.NOT_MAPPED.lower())},"")'
    return f'IF(IFERROR({said},"")="",{quoted(", " + heading)},"")'


def _age_band_values(frame: pd.DataFrame) -> pd.Series:
    return review_rules.age_band(frame["Age at time of contact"]).where(review_rules.is_row(frame), "")


def _go_there() -> str:
    """A link to the cell that a finding's first number stands in."""
    where = this_row("Where it comes from", "Findings")
    return f'IF({where}="","",HYPERLINK("#"&{where},"{GO_THERE}"))'


def _go_there_values(frame: pd.DataFrame) -> list[CellValue]:
    return [GO_THERE if excel_text(cell) else "" for cell in frame["Where it comes from"]]


def _record_link(table: str) -> str:
    """A link to where a record of Long list stands now, however its sheet is sorted.

    An exact MATCH over one column: Excel and LibreOffice need no order for it.
    """
    record = this_row("Record", table)
    row = f"ROW(LongList[[#Headers],[Record]])+MATCH({record},{column('Record', 'LongList')},0)"
    link = f'IFERROR(HYPERLINK("#\'Long list\'!A"&({row}),"{GO_THERE}"),"{NOT_THERE}")'
    return f'IF({record}="","",{link})'


def _record_values(frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> list[CellValue]:
    asked = frame["Record"].tolist()
    if not any(excel_text(one) for one in asked):
        return [""] * len(asked)
    there = set(tables["LongList"]["Record"].tolist()) if "LongList" in tables else set()
    return ["" if not excel_text(one) else GO_THERE if one in there else NOT_THERE for one in asked]


def _in_use() -> str:
    """How many rows have a word of My lists: those whose label means it, or cases that left for it."""
    listed, word = this_row("List", lead_lists.TABLE), f"TRIM({this_row('Word', lead_lists.TABLE)})"
    by_label = f"SUMPRODUCT((Labels[Field]=TRIM({listed}))*(TRIM(Labels[Means])={word}),Labels[Rows])"
    left = f"SUMPRODUCT(--(TRIM(CaseCheck[Reason])={word}))"
    return f'IF({word}="","",IF(TRIM({listed})="{lead_lists.REASON}",{left},{by_label}))'


def _category_in_use() -> str:
    """How many rows have a label that means a type of harm."""
    word = f"TRIM({this_row('Category', lead_lists.CATEGORIES)})"
    by_label = f'SUMPRODUCT((Labels[Field]="{lead_lists.HARM}")*(TRIM(Labels[Means])={word}),Labels[Rows])'
    return f'IF({word}="","",{by_label})'


def _category_in_use_values(frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> list[CellValue]:
    listed = pd.DataFrame({"List": lead_lists.HARM, "Word": frame["Category"]}, dtype=object)
    return _in_use_values(listed, {name: tables[name] for name in ("Labels",) if name in tables})


def _in_use_values(frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> list[CellValue]:
    labels, check = tables.get("Labels"), tables.get("CaseCheck")
    counts: dict[tuple[str, str], int] = {}
    if labels is not None:
        for heading, means, rows in zip(labels["Field"], labels["Means"], labels["Rows"], strict=True):
            asked = (excel_text(heading).casefold(), excel_text(means).casefold())
            counts[asked] = counts.get(asked, 0) + (int(rows) if isinstance(rows, int | float) and rows == rows else 0)
    if check is not None:
        for reason in check["Reason"]:
            asked = (lead_lists.REASON.casefold(), excel_text(reason).casefold())
            counts[asked] = counts.get(asked, 0) + 1
    pairs = zip(frame["List"], frame["Word"], strict=True)
    return [
        counts.get((excel_text(name).casefold(), excel_text(word).casefold()), 0) if excel_text(word) else ""
        for name, word in pairs
    ]


# The formulas that look into another table.
_LOOK_UPS: dict[str, Callable[[pd.DataFrame, Mapping[str, pd.DataFrame]], list[CellValue]]] = {
    "checked_record": _record_values,
    "harm_counts": _harm_counts_values,
    "in_use": _in_use_values,
    "category_in_use": _category_in_use_values,
}
_FORMULAS: dict[str, Callable[[], str]] = {
    "scenario": _scenario,
    "age_band": _age_band,
    "review_check": _review_check,
    "go_there": _go_there,
    "counts": _counts,
    "checked_record": partial(_record_link, "DataChecks"),
    "harm_counts": _harm_counts,
    "in_use": _in_use,
    "category_in_use": _category_in_use,
}
_VALUES: dict[str, Callable[[pd.DataFrame], Iterable[CellValue]]] = {
    "scenario": review_rules.scenario,
    "age_band": _age_band_values,
    "review_check": review_rules.review_check,
    "go_there": _go_there_values,
    "counts": review_rules.counts,
}
