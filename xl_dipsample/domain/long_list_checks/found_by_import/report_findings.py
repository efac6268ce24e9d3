"""What import found about the report, as rows of Data checks, and as the next check reads them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from xl_dipsample.domain.long_list.import_rows import Joined
from xl_dipsample.domain.long_list.report_reading.report_shape import KINDS, ReportShape
from xl_dipsample.domain.long_list.report_reading.report_totals import Stated
from xl_dipsample.domain.long_list_checks.found_by_import import census_checks, joined_checks, report_checks
from xl_dipsample.domain.long_list_checks.found_by_import.looked_at import LOOKED_AT
from xl_dipsample.domain.long_list_checks.id_checks import AT_IMPORT, found_at_import
from xl_dipsample.domain.long_list_checks.rule import COLUMNS, SHOWN
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.columns_read import case_ids

_RANGES = 30  # stretches of rows that one finding names; the rest is counted
_RULES = (*report_checks.RULES, *census_checks.RULES, *joined_checks.RULES)
_CODES = tuple(rule.code for rule in _RULES)
_KINDS = {
    "page heading": "headings repeated",
    "page title": "titles repeated",
    "group heading": "names of groups",
    "sub-total": "sub-totals",
    "footer": "totals and footers",
    "note": "notes",
    "row of zeros": "rows of zeros",
}
Found = dict[str, tuple[tuple[str | None, int | None], ...]]


@dataclass(frozen=True)
class OfReport:
    """What import found: code -> (value, how many rows) for each finding."""

    found: Found

    @property
    def differing(self) -> int:
        """How many numbers of the report are not what was read."""
        return len(self.found.get(report_checks.DIFFERS, ()))

    def alike(self, code: str) -> int:
        """How many rows the findings of a code are about."""
        return sum(alike or 0 for _, alike in self.found.get(code, ()))

    def table(self) -> pd.DataFrame:
        """The rows of the table DataChecks."""
        rows = [
            (rule.level, rule.code, rule.sentence, None, None, value, rule.to_do, alike)
            for rule in (*_RULES, *AT_IMPORT)
            for value, alike in self.found.get(rule.code, ())
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def of_report(
    shape: ReportShape,
    totals: Sequence[Stated],
    source_rows: Sequence[int],
    unread: Sequence[tuple[int, int]],
    first_record: int | None = 1,
    sheets: Sequence[tuple[int, int]] = (),
) -> OfReport:
    """The findings. `source_rows` are the sheet's numbers of the rows; `unread`: number of a sheet, and of its rows.

    `first_record`: of the rows on Long list; None for a report that brings columns only. `sheets`: as in `places`.
    """
    found: dict[str, list[tuple[str | None, int | None]]] = {}
    for stated in totals:
        if not stated.is_equal and len(found.get(report_checks.DIFFERS, ())) < SHOWN:
            found.setdefault(report_checks.DIFFERS, []).append((_says(stated, source_rows), None))
    equal = [stated for stated in totals if stated.is_equal]
    whole = [stated for stated in equal if not stated.in_group]
    told = [(_says(stated, source_rows), None) for stated in whole]
    if len(equal) > len(whole):
        told.append((f"numbers of its groups: {len(equal) - len(whole)}", None))
    found[report_checks.EQUAL] = list(dict.fromkeys(told))
    if shape.doubtful:
        settled = bool(whole) and all(stated.is_equal for stated in totals)
        code = report_checks.SETTLED if settled else report_checks.DOUBTFUL
        found[code] = [(_where(shape.doubtful, shape, source_rows, first_record), len(shape.doubtful))]
    if shape.dated:
        found[report_checks.DATED] = [(_where(shape.dated, shape, source_rows, first_record), len(shape.dated))]
    if shape.further:
        found[report_checks.FURTHER] = [(_where(shape.further, shape, source_rows, first_record), len(shape.further))]
    for number, rows in unread:
        found.setdefault(report_checks.UNREAD, []).append((f"sheet {number}", rows))
    for kind in KINDS:
        those = [position for position, other in shape.left.items() if other == kind]
        if those and kind != "blank":
            found.setdefault(report_checks.LEFT_OUT, []).append(
                (f"{_KINDS[kind]}: {places(those, source_rows, sheets)}", len(those))
            )
    return OfReport({code: tuple(findings) for code, findings in found.items() if findings})


def _where(positions: Sequence[int], shape: ReportShape, source_rows: Sequence[int], first_record: int | None) -> str:
    if first_record is None:
        return f"Excel rows {ranges([source_rows[position] for position in positions])}"
    records = {position: record for record, position in enumerate(shape.kept, first_record)}
    return f"records {ranges([records[position] for position in positions])}"


def of_another(number: int, found: Found, before: Found) -> OfReport:
    """What was found in a report that was added to the list, behind what stands there of the others."""
    name = f"report {number}: "
    codes = dict.fromkeys([*before, *found])
    whole = {
        code: (
            *((value, alike) for value, alike in before.get(code, ()) if not f"{value or ''}: ".startswith(name)),
            *((f"{name}{value}" if value else name.strip(": "), alike) for value, alike in found.get(code, ())),
        )
        for code in codes
    }
    return OfReport({code: findings for code, findings in whole.items() if findings})


def of_joined(joined: Joined, unsure: Sequence[int]) -> Found:
    """Who found no partner, and how the others found theirs. `unsure`: records whose types of harm nobody can tell."""
    harm, ids = joined.harm, joined.ids
    found: Found = {}
    if joined.alone:
        found[joined_checks.ALONE] = ((f"records {ranges(joined.alone)}", len(joined.alone)),)
    if joined.strangers:
        found[joined_checks.STRANGERS] = ((f"Excel rows {ranges(joined.strangers)}", len(joined.strangers)),)
    if ids.without_zeros:
        found[joined_checks.ZEROS] = ((None, ids.without_zeros),)
    if ids.alike:
        found[joined_checks.ZEROS_COUNT] = ((None, ids.alike),)
    not_placed = [(f"records {ranges(unsure)}", len(unsure))] if len(unsure) else []
    if joined.placeless:
        not_placed.append((f"Excel rows {ranges(joined.placeless)}", len(joined.placeless)))
    if not_placed:
        found[joined_checks.NOT_PLACED] = tuple(not_placed)
    if harm is not None and harm.by_case:
        found[joined_checks.BY_CASE] = ((None, harm.by_case),)
    return found


def of_ids(long_list: pd.DataFrame) -> Found:
    """What Check says of case IDs that decides how many young people there are, and import says already."""
    told = found_at_import(case_ids(long_list["Case ID"]))
    wrong = {code: long_list["Record"][rows.to_numpy()] for code, rows in told.items()}
    return {code: ((f"records {ranges(list(those))}", len(those)),) for code, those in wrong.items() if len(those)}


def remembered(data_checks: pd.DataFrame) -> Found:
    """What import found, from the table DataChecks."""
    found: dict[str, list[tuple[str | None, int | None]]] = {}
    for code, value, alike in zip(
        data_checks["Code"], data_checks["Value"], data_checks["How many alike"], strict=True
    ):
        if code in _CODES:
            number = int(alike) if isinstance(alike, (int, float)) and alike == alike else None
            found.setdefault(str(code), []).append((trimmed(value) or None, number))
    return {code: tuple(findings) for code, findings in found.items()}


def not_looked_at(data_checks: pd.DataFrame) -> int:
    """How many numbers of the report are not what was read, and nobody has put initials beside them."""
    initials = data_checks[LOOKED_AT] if LOOKED_AT in data_checks.columns else [None] * len(data_checks)
    pairs = zip(data_checks["Code"], initials, strict=True)
    return sum(code == report_checks.DIFFERS and not trimmed(who) for code, who in pairs)


def ranges(numbers: Sequence[int]) -> str:
    """Numbers as people write them.

    >>> ranges([12, 13, 14, 20])
    '12 to 14, 20'
    """
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][1] + 1:
            stretches[-1][1] = number
        else:
            stretches.append([number, number])
    told = [f"{first} to {last}" if last > first else str(first) for first, last in stretches[:_RANGES]]
    rest = sum(last - first + 1 for first, last in stretches[_RANGES:])
    return ", ".join(told) + (f" and {rest} more" if rest else "")


def excel_rows(numbers: Sequence[int]) -> str:
    """Rows of the export's sheet, as Excel numbers them.

    >>> excel_rows([12]), excel_rows([12, 13])
    ('Excel row 12', 'Excel rows 12 to 13')
    """
    return f"Excel {'row' if len(numbers) == 1 else 'rows'} {ranges(numbers)}"


def places(positions: Sequence[int], source_rows: Sequence[int], sheets: Sequence[tuple[int, int]] = ()) -> str:
    """Rows of the export by their positions; `sheets`: the first position of each sheet and its number, if several.

    >>> places([0, 1, 3], [5, 6, 7, 2], [(0, 1), (3, 2)])
    'Excel rows 5 to 6 of sheet 1; Excel row 2 of sheet 2'
    """
    if not sheets:
        return excel_rows([source_rows[position] for position in positions])
    ends = [*(first for first, _ in sheets[1:]), len(source_rows)]
    told = []
    for (first, number), end in zip(sheets, ends, strict=True):
        rows = [source_rows[position] for position in positions if first <= position < end]
        told += [f"{excel_rows(rows)} of sheet {number}"] if rows else []
    return "; ".join(told)


def _says(stated: Stated, source_rows: Sequence[int]) -> str:
    """One number of the report and what was read, without the words around it, which may hold a name."""
    first = source_rows[0] if len(source_rows) else 1
    row = source_rows[stated.position] if stated.position >= 0 else first + stated.position
    of = {"rows": "rows", "young people": "young people", "either": "rows or young people"}[stated.of]
    read = {"rows": f"{stated.rows}", "young people": f"{stated.young_people}"}.get(
        stated.of, f"{stated.rows} rows, {stated.young_people} young people"
    )
    where = "in its group" if stated.in_group else "in all"
    return f"Excel row {row} says {stated.number} {of} {where}; read: {read}"
