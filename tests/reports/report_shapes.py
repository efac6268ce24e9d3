# ruff: noqa: DTZ001, FBT001, FBT003 - kept as written by somebody who had not seen the reader
"""Made-up reports of children's social care cases, in many shapes, with the truth about each.

Everything here is SYNTHETIC: no row is about a real person. `clean_report` writes an
ordinary report in which nothing is wrong; `shaped_report` mixes titles, headings, page
breaks, groups, sub-totals, footers, notes and several sheets at random, and plants real
cases which look like such furniture. The same seed gives the same cells.
"""

from __future__ import annotations

import copy
import csv
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from report_furniture import (
    KINDS,
    Layout,
    Row,
    closing_rows,
    grand_total,
    note_rows,
    page_break,
    run_by,
    sub_total,
    title_rows,
)
from report_people import ETHNICITIES, FACTORS, ID_PATTERNS, ODD_SURNAMES, PLANTS, TEAMS, Case, People, PeopleStyle


@dataclass(frozen=True)
class SubTotal:
    """A number the report states for one of its groups."""

    group: str
    number: int
    of: str
    right: bool


@dataclass(frozen=True)
class Report:
    """A written report and the truth about it."""

    path: Path
    cases: int  # rows which are true cases, exact duplicates included
    young_people: int  # distinct IDs plus one for each case without an ID
    ids: tuple[str, ...]  # one for each case in order, as written; '' where missing
    stated_total: int | None  # the total the report states of itself
    stated_of: str | None  # rows / young people / pages / None
    stated_is_right: bool | None  # None where nothing is stated, or pages
    furniture: dict[str, int]  # kind -> rows; the first heading rows are in none of them
    planted: tuple[str, ...]  # tricky real cases
    sheets: tuple[str, ...]  # names in order; () for .csv
    case_sheet: str  # '' for .csv
    has_a_doubt: bool  # a careful person could not say for sure of some row
    doubts: tuple[str, ...]  # why
    sub_totals: tuple[SubTotal, ...]  # per group
    sub_totals_right: bool | None  # None where there are none
    heading_rows: int  # 1 or 2
    row_kinds: dict[str, tuple[str, ...]]  # sheet -> a kind for each of its rows (case, heading, or as furniture)
    factor_yes: dict[str, int]  # heading of a Yes/No column -> rows with a clear yes
    traits: tuple[str, ...]  # the shapes chosen, to sort failures by
    id_heading: str
    id_pattern: str  # the shape of the ID column, as a regular expression
    wording: tuple[str, str]  # .csv: encoding and delimiter; ('', '') for .xlsx

    @property
    def must_raise(self) -> bool:
        """A total stated here is not equal to the truth: an error is due."""
        return self.stated_is_right is False or self.sub_totals_right is False


def young_people(cases: Sequence[Case]) -> int:
    """Distinct IDs plus one for each case without an ID."""
    return len({case.id for case in cases if case.id}) + sum(not case.id for case in cases)


def say(rng: random.Random, truth: int, right: bool, avoid: set[int]) -> int:
    """The number to state: the truth, or another, 1 to 20 off, which is true of nothing else here."""
    while not right:
        number = truth + rng.choice([-1, 1]) * rng.choice([1, 1, 2, rng.randint(1, 20)])
        if number > 0 and number not in avoid:
            return number
    return truth


def write_xlsx(path: Path, sheets: dict[str, list[Row]], active: str) -> None:
    """Write the sheets in order, with merges and dates as dd/mm/yyyy."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet: Worksheet = book.create_sheet(name)
        for n, row in enumerate(rows, 1):
            for column, value in row.cells.items():
                if value is not None:
                    cell = sheet.cell(n, column + 1, value)
                    if isinstance(value, date):
                        cell.number_format = "dd/mm/yyyy hh:mm" if isinstance(value, datetime) else "dd/mm/yyyy"
            for first, last in row.across:
                sheet.merge_cells(start_row=n, end_row=n, start_column=first + 1, end_column=last + 1)
            for column in row.down:
                sheet.merge_cells(start_row=n, end_row=n + 1, start_column=column + 1, end_column=column + 1)
    book.active = list(sheets).index(active)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == active
    book.properties.created = book.properties.modified = datetime(2026, 2, 3, 10, 14)
    book.save(path)


def write_csv(
    path: Path, rows: list[Row], rng: random.Random, encoding: str, delimiter: str, traits: list[str]
) -> None:
    """Write one list of rows; other rows than cases may be shorter than the table."""
    ragged = rng.random() < 0.5
    ending, quoted = rng.choice([("\r\n", False), ("\r\n", True), ("\n", False)])
    traits += ["ragged lines" if ragged else "padded lines", "CRLF" if ending == "\r\n" else "LF"]
    width = max(max(row.cells, default=0) for row in rows) + 1
    with path.open("w", encoding=encoding, newline="") as handle:
        writer = csv.writer(
            handle, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
        )
        for row in rows:
            size = max(row.cells, default=-1) + 1 if ragged and row.kind != "case" else width
            values = [row.cells.get(column) for column in range(size)]
            writer.writerow(["" if v is None else str(v).upper() if isinstance(v, bool) else v for v in values])


def case_row(layout: Layout, case: Case) -> Row:
    """A case as a row of the table."""
    cells = {layout.at(key): value for key, value in case.cells.items() if key in layout.keys and value is not None}
    return Row("case", cells, case=case)


def people_style(rng: random.Random, is_csv: bool, clean: bool) -> PeopleStyle:
    """How the cases are written."""
    shapes = ["number 6", "number 6", "number 7", "leading zeros", "letter", "letter", "year dash", "letters dash"]
    shape = rng.choice(shapes)
    if not clean and rng.random() < 0.06:
        shape = "short number"
    dates = ["uk", "uk", "iso", "month", "uk time"] + ([] if is_csv else ["real"] * 5 + ["real time"])
    marks: list[tuple[object, object]] = [("Y", "N"), ("Yes", "No"), (1, 0), (True, False), ("x", None), ("1", "0")]
    return PeopleStyle(
        shape,
        rng.choice(["number", "number", "text"] + ([] if clean else ["mixed"])),
        rng.choice(["two", "two", "one", "comma", "none"]),
        rng.choice(dates),
        rng.choice(["dob", "age", "both", "none"]),
        rng.choice(["long", "wide", "wide", "list", "none"]),
        rng.choice(marks),
        rng.random() < 0.5,
        rng.random() < 0.6,
    )


def other_sheets(rng: random.Random, cases: Sequence[Case], few: bool) -> dict[str, list[Row]]:
    """Sheets beside the list: cover, parameters, a pivot summary, a lookup, a list of workers."""
    teams = sorted({case.team for case in cases})
    pivot: list[dict[int, object]] = [{0: "Row Labels", 1: "Count of Person ID"}]
    pivot += [{0: team, 1: sum(case.team == team for case in cases)} for team in teams] + [
        {0: "Grand Total", 1: len(cases)}
    ]
    staff: list[dict[int, object]] = [{0: "Worker ID", 1: "Surname", 2: "Forename", 3: "Start Date"}]
    staff += [{0: f"W{1000 + n}", 1: name, 2: "Sam", 3: date(2020, 1, n)} for n, name in enumerate(ODD_SURNAMES, 1)]
    lookup: list[dict[int, object]] = [{0: "Code", 1: "Description"}]
    lookup += [{0: code, 1: words} for code, words in FACTORS]
    lookup += [{0: n, 1: word} for n, word in enumerate(ETHNICITIES, 1)]
    found: dict[str, list[dict[int, object]]] = {
        "Cover": [{0: "Contacts with factors"}, {}, {0: f"Prepared by {run_by(rng)}"}, {0: "OFFICIAL-SENSITIVE"}],
        "Parameters": [{0: "Parameter", 1: "Value"}, {0: "Start Date", 1: date(2026, 1, 1)}, {0: "Team", 1: "All"}],
        "Sheet2": [{}, {}, *pivot],
        "Lookup": lookup,
        "Workers": staff,
    }
    names = rng.sample(list(found), rng.choice([0, 0, 1] if few else [0, 1, 2, 3]))
    return {name: [Row("other sheet", dict(cells)) for cells in found[name]] for name in names}


def grouped(cases: list[Case], teams: list[str]) -> dict[str, list[Case]]:
    """Cases by team, in the order of the teams."""
    return {team: part for team in teams if (part := [case for case in cases if case.team == team])}


class Build:
    """One shaped or clean report while it is put together."""

    def __init__(self, seed: int, clean: bool) -> None:
        self.rng = rng = random.Random(seed)
        self.clean = clean
        self.traits: list[str] = []
        self.is_csv = rng.random() < 0.4
        self.people = People(rng, people_style(rng, self.is_csv, clean))
        style = self.people.style
        self.layout = Layout(
            rng, self.people, 0 if clean else rng.choice([0, 0, 0, 1, 2]), not clean and rng.random() < 0.35
        )
        if not clean and rng.random() < 0.1:
            self.layout.add_gap()
            self.traits.append("empty column inside")
        self.tall_id = self.layout.two_rows and rng.random() < 0.2
        self.teams = rng.sample(TEAMS, rng.randint(2, 4))
        self.groups = not clean and rng.random() < 0.4
        self.paged = not clean and rng.random() < 0.4
        self.planted: list[str] = []
        self.doubts: list[str] = []
        self.sub_totals: list[SubTotal] = []
        self.traits += [
            ".csv" if self.is_csv else ".xlsx",
            f"ID {style.id_shape}",
            f"ID as {style.id_as}",
            f"names {style.names}",
            f"dates {style.dates}",
            f"age {style.age}",
            f"factors {style.factors}",
            f"empty first columns {self.layout.first}",
            f"heading rows {1 + self.layout.two_rows}",
        ]
        self.traits += [
            word
            for word, true in (("ID heading merged down", self.tall_id), ("groups", self.groups), ("pages", self.paged))
            if true
        ]
        if style.factors == "wide":
            yes, no = style.yes_no
            self.traits.append(f"yes/no {yes!r}/{'blank' if no is None else repr(no)}")

    def add_oddities(self, cases: list[Case]) -> list[Case]:
        """Missing IDs, exact duplicates, odd Yes/No cells and planted cases; returns cases in report order."""
        rng, people = self.rng, self.people
        if rng.random() < 0.3:
            for case in rng.sample(cases, rng.randint(1, 3)):
                case.cells["id"] = None
            self.traits.append("missing IDs")
        for code, _ in people.wide:
            if rng.random() < 0.25:
                for case in rng.sample(cases, rng.choice([1, 1, 2])):
                    case.cells["f" + code] = rng.choice(["?", "N/K"])
                self.traits.append("odd Yes/No cell")
        if rng.random() < 0.25:
            for case in rng.sample(cases, rng.randint(1, 3)):
                cases.insert(cases.index(case) + 1, copy.deepcopy(case))
            self.traits.append("exact duplicates")
        parts = grouped(cases, self.teams) if self.groups else {"": cases}
        kinds = rng.sample(PLANTS, rng.randint(1, 5)) if rng.random() < 0.75 else []
        for kind in dict.fromkeys(kinds):
            team = rng.choice(list(parts))
            team = list(parts)[-1] if kind in ("id alone last", "report last") else team
            team = next(iter(parts)) if kind == "report first" else team
            part = parts[team]
            made = people.plant(kind, team or self.teams[0])
            if made is None or (kind == "id alone" and len(part) < 3):
                continue
            if kind in ("page last", "page first") and not self.paged:
                continue
            made.planted = {
                "page last": "last of a page: ",
                "page first": "first after a page break: ",
                "report last": "last of the report: ",
                "report first": "first of the report: ",
            }.get(kind, "") + made.planted
            made.mark = kind
            place = {"id alone last": len(part), "report last": len(part), "report first": 0}.get(kind)
            part.insert(rng.randint(1, max(1, len(part) - 1)) if place is None else place, made)
        return [case for part in parts.values() for case in part]

    def find_doubts(self, rows: list[Row]) -> None:
        """Rows of which a careful person could not say for sure."""
        table = [row for row in rows if row.kind == "case"]
        pattern = re.compile(ID_PATTERNS[self.people.style.id_shape])
        column = self.layout.at("id")
        for row in rows:
            if row.case is not None:
                if row.case.bare and row is table[-1]:
                    self.doubts.append("the last case is an ID alone")
                elif (row.case.bare or row.case.thin) and self.people.style.id_shape == "short number":
                    self.doubts.append("a nearly empty case whose ID could be a count")
            elif pattern.fullmatch(str(row.cells.get(column, ""))):
                self.doubts.append(f"a {row.kind} has a number of the shape of an ID under the ID heading")

    def body(self, cases: list[Case]) -> list[Row]:
        """Cases with group headings, sub-totals and blank rows between groups."""
        rng, layout = self.rng, self.layout
        rows: list[Row] = []
        if not self.groups:
            return [case_row(layout, case) for case in cases]
        form, of = rng.randrange(6), rng.choice(["rows", "rows", "rows", "young people"])
        header, totals = rng.choice(["none", "plain", "count"]), rng.random() < 0.75
        if header == "none" and not totals:
            header = "count"
        gaps, parts = rng.random() < 0.6, grouped(cases, self.teams)
        wrong = rng.choice(list(parts)) if totals and rng.random() < 0.15 else None
        where = layout.place(rng.choice(["id", "sheet"]))
        for team, part in parts.items():
            if header != "none":
                label = f"Team: {team} ({len(part)})" if header == "count" else f"Team: {team}"
                rows.append(Row("group heading", {where: label}))
                if header == "count":
                    self.sub_totals.append(SubTotal(team, len(part), "rows", True))
            rows.extend(case_row(layout, case) for case in part)
            if totals:
                truth = young_people(part) if of == "young people" else len(part)
                number = say(rng, truth, team != wrong, {len(part), young_people(part)})
                rows.append(sub_total(layout, form, team, number, of))
                self.sub_totals.append(SubTotal(team, number, of, number == truth))
            if gaps:
                rows.append(Row("blank"))
        self.traits += [f"group heading {header}"] + ([f"sub-totals of {of}, form {form}"] if totals else [])
        return rows

    def add_pages(self, rows: list[Row], title: str) -> list[Row]:
        """Break the body into pages of N rows; a row which is an ID alone is never at an edge."""
        rng, layout, size = self.rng, self.layout, self.rng.randint(12, 45)
        style = rng.choice(
            [
                "heading",
                "title heading",
                "number heading",
                "title number heading",
                "number",
                "number right heading",
                "blank heading",
                "foot blank heading",
                "foot marking title heading",
                "heading lower",
                "number",
            ]
        )
        ends: list[int] = []
        since = 0
        for n, row in enumerate(rows[:-1]):
            since += 1
            marks = {r.case.mark for r in (row, rows[n + 1]) if r.case}
            wanted = (row.case is not None and row.case.mark == "page last") or (
                (after := rows[n + 1].case) is not None and after.mark == "page first"
            )
            if (
                (wanted or since >= size)
                and any(r.cells for r in rows[n + 1 :])
                and not marks & {"id alone", "id alone last"}
            ):
                ends.append(n)
                since = 0
        result: list[Row] = []
        pages = len(ends) + 1
        for n, row in enumerate(rows):
            result.append(row)
            if n in ends:
                result.extend(page_break(layout, style, ends.index(n) + 2, pages, title, self.tall_id))
        for place, row in enumerate(rows):  # tell of a page's edge only where it came about
            if row.case and (
                (row.case.mark == "page last" and place not in ends)
                or (row.case.mark == "page first" and place - 1 not in ends)
            ):
                row.case.planted = row.case.planted.split(": ", 1)[-1]
        if "foot" in style:
            result.append(Row("footer", {layout.place("id"): f"Page {pages} of {pages}"}))
        self.pages = pages
        self.traits.append(f"page break: {style}")
        return result

    def write(self, seed: int, folder: Path) -> Report:
        """Put the report together, write it and tell the truth about it."""
        rng, layout, clean = self.rng, self.layout, self.clean
        number = min(395, 20 + int(rng.expovariate(1 / 58)))
        cases = self.people.cases(number, self.teams)
        if clean:
            if rng.random() < 0.2 and self.people.style.names != "none":
                odd = rng.choice(ODD_SURNAMES)
                self.people.rename(cases[len(cases) // 2], odd, "Ada")
                self.planted.append(f"surname {odd}")
        else:
            cases = self.add_oddities(cases)[:400]
        self.pages, young = 1, young_people(cases)
        of: str | None = (
            rng.choice(["rows", "rows", "young people"]) if rng.random() < (0.4 if clean else 0.65) else None
        )
        right = clean or rng.random() < 0.7
        truth = young if of == "young people" else len(cases)
        total = say(rng, truth, right, {young, len(cases)}) if of else None
        on_top = of is not None and not clean and rng.random() < 0.15
        words = {"rows": f"Total records: {total}", "young people": f"Number of children: {total}"}
        titles = title_rows(
            layout, rng.choice([0, 0, 0, 1, 2] if clean else [0, 1, 2, 3, 4, 5, 6]), words[of] if on_top and of else ""
        )
        on_top = on_top and bool(titles)
        first = next((str(next(iter(row.cells.values()))) for row in titles if row.cells), "Contacts with factors")
        rows = self.body(cases)
        if self.paged:
            rows = self.add_pages(rows, first)
        rows = titles + layout.heading_rows("heading", self.tall_id) + rows
        yes = self.people.style.yes_no[0]
        counts = {
            "f" + code: sum(type(v := case.cells.get("f" + code)) is type(yes) and v == yes for case in cases)
            for code, _ in self.people.wide
        }
        if of is None and not clean and self.paged and rng.random() < 0.2:
            of, total = "pages", self.pages
        foot: list[Row] = []
        if of is not None and total is not None and not on_top:
            foot.append(grand_total(layout, total, of, counts))
        if clean:
            foot += [Row("footer", {0: "*** End of report ***"})] if rng.random() < 0.3 else []
        else:
            closing = closing_rows(layout, self.pages)
            foot = closing + foot if rng.random() < 0.25 else foot + closing
            foot += note_rows(layout, young)
        if foot and rng.random() < 0.4:
            foot.insert(0, Row("blank"))
        rows += foot
        while rows[-1].kind == "blank":
            rows.pop()
        self.find_doubts(rows)
        return self.save(seed, folder, rows, cases, total, of, counts)

    def save(
        self,
        seed: int,
        folder: Path,
        rows: list[Row],
        cases: list[Case],
        total: int | None,
        of: str | None,
        counts: dict[str, int],
    ) -> Report:
        """Write the file and return the truth."""
        rng, clean, style = self.rng, self.clean, self.people.style
        sheets: dict[str, list[Row]] = {}
        name, wording = "", ("", "")
        path = folder / f"{'clean' if clean else 'shaped'}_{seed:04d}.{'csv' if self.is_csv else 'xlsx'}"
        if self.is_csv:
            wording = (
                ("utf-8-sig", ",")
                if clean and rng.random() < 0.6
                else (rng.choice(["utf-8", "utf-8-sig", "cp1252"]), rng.choice([",", ",", ";"]))
            )
            self.traits += list(wording)
            write_csv(path, rows, rng, *wording, self.traits)
            kinds = {"": rows}
        else:
            name = rng.choice(["Report", "Sheet1", "Data", "Contacts", "Page1_1"])
            extra = other_sheets(rng, cases, clean)
            order = list(extra)
            order.insert(rng.randint(0, len(order)), name)
            sheets = {sheet: extra.get(sheet, rows) for sheet in order}
            breaks = [n for n in range(1, len(rows)) if rows[n].kind == "page heading" and rows[n - 1].kind == "case"]
            if self.paged and not self.groups and breaks and rng.random() < 0.15:
                cut = rng.choice(breaks)
                second = "Page1_2" if name == "Page1_1" else name + " (2)"
                order.insert(order.index(name) + 1, second)
                sheets = {sheet: extra.get(sheet, rows[cut:] if sheet == second else rows[:cut]) for sheet in order}
                self.doubts.append("the list goes on upon a second sheet")
                self.traits.append("list over two sheets")
            active = rng.choice(order) if not clean and rng.random() < 0.5 else order[0]
            write_xlsx(path, sheets, active)
            kinds = {sheet: part for sheet, part in sheets.items() if sheet not in extra}
            self.traits += [f"sheets {len(sheets)}", f"list on sheet {order.index(name) + 1}"]
        furniture = {kind: sum(row.kind == kind for row in rows) for kind in KINDS}
        truth = young_people(cases) if of == "young people" else len(cases)
        return Report(
            path=path,
            cases=len(cases),
            young_people=young_people(cases),
            ids=tuple(case.id for case in cases),
            stated_total=total,
            stated_of=of,
            stated_is_right=None if of in (None, "pages") else total == truth,
            furniture={kind: n for kind, n in furniture.items() if n},
            planted=tuple(self.planted + [case.planted for case in cases if case.planted]),
            sheets=tuple(sheets),
            case_sheet=name,
            has_a_doubt=bool(self.doubts),
            doubts=tuple(self.doubts),
            sub_totals=tuple(self.sub_totals),
            sub_totals_right=all(s.right for s in self.sub_totals) if self.sub_totals else None,
            heading_rows=1 + self.layout.two_rows,
            row_kinds={sheet: tuple(row.kind for row in part) for sheet, part in kinds.items()},
            factor_yes={self.layout.head[key]: count for key, count in counts.items()},
            traits=tuple(dict.fromkeys(self.traits)),
            id_heading=self.layout.head["id"],
            id_pattern=ID_PATTERNS[style.id_shape],
            wording=wording,
        )


def clean_report(seed: int, folder: Path) -> Report:
    """An ordinary report with nothing wrong: no error may be raised for it."""
    return Build(seed, True).write(seed, Path(folder))


def shaped_report(seed: int, folder: Path) -> Report:
    """A report of many mixed shapes with tricky real cases planted in it."""
    return Build(seed, False).write(seed, Path(folder))
