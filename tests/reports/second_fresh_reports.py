"""A second set of reports, written without a look at the reader or at the first set.

Every child, worker and number here is synthetic: made from syllables and fixed seeds. Each function marked @report
writes one report into a folder, as a reporting tool or a person would leave it, and returns what is true of it: the
rows that a careful officer would count, one Case each. accept names what an officer would accept as a question or
warning instead.
"""

import csv
import datetime as dt
import io
import random
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

Row = list[Any]

CANONICAL = {
    "2A": "Drug - child",
    "3C": "Domestic violence - other",
    "10A": "Missing",
    "11A": "CSE",
    "12A": "Trafficking",
    "13A": "Gangs",
    "14A": "Socially unacceptable behaviour",
    "18B": "Physical abuse - other",
    "19B": "Sexual abuse - other",
    "24A": "CCE",
}
WORDS = {
    "2A": "Drug misuse: child",
    "3C": "Domestic abuse: another person in the household",
    "10A": "Going or being absent from home",
    "11A": "Child sexual exploitation",
    "12A": "Trafficking",
    "13A": "Gangs",
    "14A": "Socially unacceptable behaviour",
    "18B": "Physical abuse: child on child",
    "19B": "Sexual abuse: child on child",
    "24A": "Child criminal exploitation",
    "16A": "Neglect",
}


@dataclass(frozen=True)
class Case:
    """One row that should be on the long list."""

    case_id: str
    forename: str
    surname: str
    born: dt.date | None
    contact: dt.date | None
    codes: tuple[str, ...]
    gender: str = "F"
    ethnicity: str = "WBRI"
    outcome: str = "NFA"
    team: str = "North"
    worker: str = ""

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}".strip()


@dataclass
class Report:
    """A written report and its truth; answers are what an officer would type when asked."""

    path: Path
    cases: list[Case]
    accept: str = ""
    answers: list[str] = field(default_factory=list)
    named: bool = True
    join: list[Path] = field(default_factory=list)
    append: list[Path] = field(default_factory=list)
    harm: bool = True
    not_a_list: bool = False

    @property
    def rows(self) -> int:
        return len(self.cases)

    @property
    def young_people(self) -> int:
        return len({case.case_id for case in self.cases})

    @property
    def contacts(self) -> int:
        return len({(case.case_id, case.contact) for case in self.cases})

    @property
    def first(self) -> dt.date | None:
        return min((case.contact for case in self.cases if case.contact), default=None)

    @property
    def last(self) -> dt.date | None:
        return max((case.contact for case in self.cases if case.contact), default=None)

    @property
    def by_harm(self) -> Counter[str]:
        return Counter(CANONICAL[code] for case in self.cases for code in set(case.codes) if code in CANONICAL)


REPORTS: dict[str, Callable[[Path], Report]] = {}


def report(function: Callable[[Path], Report]) -> Callable[[Path], Report]:
    REPORTS[function.__name__] = function
    return function


SYLLABLES = "bel dar fen gor hul jas kel lom mir nad pol quen ras sil tov ul vim wex yar zeb"


def invented(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES.split()) for _ in range(chance.choice((2, 3)))).capitalize()


def people(seed: int, count: int = 40, first_id: int = 400_000, most: int = 1) -> list[Case]:
    """count young people with 1 to most contacts each, in order of ID and date."""
    chance = random.Random(seed)
    ids = sorted(chance.sample(range(first_id, first_id * 2), count))
    found = []
    for number in ids:
        fore, sur = invented(chance), invented(chance)
        born = dt.date(2007, 1, 1) + dt.timedelta(days=chance.randrange(2300))
        days = sorted(chance.sample(range(180), chance.randint(1, most)))
        team = chance.choice(["North", "South", "East"])
        for day in days:
            codes = tuple(chance.sample(list(WORDS), chance.choice((1, 1, 2))))
            contact = dt.date(2025, 4, 1) + dt.timedelta(days=day)
            found.append(
                Case(
                    str(number),
                    fore,
                    sur,
                    born,
                    contact,
                    codes,
                    chance.choice("FM"),
                    chance.choice(["WBRI", "BCRB"]),
                    chance.choice(["NFA", "Early help", "CIN"]),
                    team,
                    f"{invented(chance)} {invented(chance)}",
                )
            )
    return found


def uk(day: dt.date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def midnight(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time()) if day else None


def serial(day: dt.date | None) -> int:
    assert day
    return (day - dt.date(1899, 12, 30)).days


def codes(case: Case, between: str = ", ") -> str:
    return between.join(case.codes)


def words(case: Case, between: str = "; ") -> str:
    return between.join(WORDS[code] for code in case.codes)


HEADINGS: Row = [
    "Person ID",
    "Forename",
    "Surname",
    "Date of Birth",
    "Contact Date",
    "Gender",
    "Ethnicity",
    "Assessment Factors",
    "Outcome",
]


def plain(case: Case, date: Callable[[dt.date | None], Any] = midnight) -> Row:
    return [
        int(case.case_id) if case.case_id.isdigit() else case.case_id,
        case.forename,
        case.surname,
        date(case.born),
        date(case.contact),
        case.gender,
        case.ethnicity,
        codes(case),
        case.outcome,
    ]


def excel(path: Path, rows: Iterable[Sequence[Any]], title: str = "Sheet1") -> Path:
    return sheets(path, {title: rows})


def sheets(path: Path, grids: Mapping[str, Iterable[Sequence[Any]]]) -> Path:
    """A workbook of several sheets, each with its rows."""
    book_of(grids).save(path)
    return path


def book_of(grids: Mapping[str, Iterable[Sequence[Any]]]) -> openpyxl.Workbook:
    """The same, not saved yet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in grids.items():
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None and value != "":
                    sheet.cell(number, column, value)
    return book


def one_sheet(rows: Iterable[Sequence[Any]]) -> tuple[openpyxl.Workbook, Worksheet]:
    """A workbook of one sheet, and the sheet, for what a person or a program did to it."""
    book = book_of({"Sheet": rows})
    return book, book.worksheets[0]


def text(
    path: Path,
    rows: Iterable[Sequence[Any]],
    encoding: str = "utf-8",
    quoting: int = 0,
    sep: str = ",",
    before: str = "",
    after: str = "",
) -> Path:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sep, quoting=csv.QUOTE_ALL if quoting else csv.QUOTE_MINIMAL)
    writer.writerows(rows)
    path.write_bytes((before + out.getvalue() + after).encode(encoding))
    return path


# SQL Server Reporting Services


@report
def ssrs_title_parameters_and_run_time(folder: Path) -> Report:
    cases = people(1)
    rows: list[Row] = [
        ["Contacts with factors (SYNTHETIC)"],
        [],
        ["From Date:", None, uk(dt.date(2025, 4, 1)), None, "Team(s):", "All"],
        ["To Date:", None, uk(dt.date(2025, 9, 30)), None, "Run by:", "REPORTS\\synthetic"],
        [],
        HEADINGS,
        *map(plain, cases),
        [],
        ["Run on", None, None, midnight(dt.date(2025, 10, 2)), None, "Page 1 of 1"],
    ]
    return Report(excel(folder / "ssrs1.xlsx", rows), cases)


@report
def ssrs_every_column_spans_two_cells(folder: Path) -> Report:
    cases = people(2)
    wide = [[cell for value in row for cell in (value, None)] for row in [HEADINGS, *map(plain, cases)]]
    book, sheet = one_sheet([["Synthetic contacts"], [], *wide])
    for number in range(3, 3 + len(wide)):
        for column in range(1, 2 * len(HEADINGS), 2):
            sheet.merge_cells(start_row=number, start_column=column, end_row=number, end_column=column + 1)
    book.save(folder / "ssrs2.xlsx")
    return Report(folder / "ssrs2.xlsx", cases)


@report
def ssrs_drill_down_with_hidden_detail(folder: Path) -> Report:
    cases = sorted(people(3), key=lambda case: case.team)
    rows: list[Row] = [["Team", "Cases", *HEADINGS]]
    hidden = []
    for team in sorted({case.team for case in cases}):
        members = [case for case in cases if case.team == team]
        rows.append([team, len(members)])
        for case in members:
            rows.append([None, None, *plain(case)])
            hidden.append(len(rows))
    rows.append(["Total", len(cases)])
    book, sheet = one_sheet(rows)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
        sheet.row_dimensions[number].outlineLevel = 1
    book.save(folder / "ssrs3.xlsx")
    return Report(folder / "ssrs3.xlsx", cases)


@report
def ssrs_page_break_on_team_makes_sheets(folder: Path) -> Report:
    cases = people(4)
    teams = {team: [case for case in cases if case.team == team] for team in ("East", "North", "South")}
    grids = {
        team: [[f"Team: {team} (synthetic)"], HEADINGS, *map(plain, members), [f"{team} total", len(members)]]
        for team, members in teams.items()
    }
    found = [case for members in teams.values() for case in members]
    return Report(sheets(folder / "ssrs4.xlsx", grids), found, "which sheets", ["--sheet", "all"])


@report
def ssrs_csv_repeats_text_boxes_in_each_row(folder: Path) -> Report:
    cases = people(5)
    heads = [
        "Textbox3",
        "Textbox17",
        "Person_ID",
        "Forename1",
        "Surname1",
        "DateOfBirth",
        "ContactDate",
        "Factors",
        "Textbox41",
    ]
    rows = [
        [
            "Synthetic contacts",
            "01/04/2025 - 30/09/2025",
            case.case_id,
            case.forename,
            case.surname,
            uk(case.born),
            uk(case.contact),
            codes(case),
            f"Total: {len(cases)}",
        ]
        for case in cases
    ]
    return Report(text(folder / "ssrs5.csv", [heads, *rows], "utf-8-sig"), cases)


@report
def ssrs_two_data_regions_in_one_csv(folder: Path) -> Report:
    cases = people(6)
    rows: list[Row] = [
        ["Team", "Count"],
        *[[team, sum(c.team == team for c in cases)] for team in ("East", "North", "South")],
        [],
        HEADINGS,
        *[plain(case, uk) for case in cases],
    ]
    return Report(text(folder / "ssrs6.csv", rows), cases)


@report
def ssrs_title_and_headings_on_every_page(folder: Path) -> Report:
    cases = people(7, 60)
    rows: list[Row] = []
    for page in range(5):
        rows += [["Confidential", None, None, None, "Synthetic Contacts Report"], HEADINGS]
        rows += list(map(plain, cases[page * 12 : page * 12 + 12]))
        rows += [[], [None, None, None, "Printed 02/10/2025 09:14", None, None, None, f"Page {page + 1} / 5"]]
    return Report(excel(folder / "ssrs7.xlsx", rows), cases)


@report
def ssrs_group_total_in_the_date_column(folder: Path) -> Report:
    cases = sorted(people(8), key=lambda case: (case.contact or dt.date.min).month)
    rows: list[Row] = [HEADINGS]
    for month in range(4, 10):
        members = [c for c in cases if c.contact and c.contact.month == month]
        rows += list(map(plain, members))
        rows.append([None, None, None, "Contacts in month:", len(members)])
    rows.append([None, None, None, "All contacts:", len(cases)])
    return Report(excel(folder / "ssrs8.xlsx", rows), cases)


# Crystal Reports


@report
def crystal_form_like_blocks(folder: Path) -> Report:
    cases = people(9, 15)
    rows: list[Row] = []
    for case in cases:
        rows += [
            ["Person ID:", case.case_id, None, "Name:", case.name],
            ["DOB:", uk(case.born), None, "Contact:", uk(case.contact)],
            ["Factors:", codes(case)],
            [],
        ]
    return Report(excel(folder / "crystal1.xlsx", rows), cases, "not a table", not_a_list=True)


@report
def crystal_record_over_two_lines(folder: Path) -> Report:
    cases = people(10, 30)
    rows: list[Row] = [["Person ID", "Name", "DOB", "Contact Date"], [None, "Assessment Factors", None, None]]
    for case in cases:
        rows += [[case.case_id, case.name, midnight(case.born), midnight(case.contact)], [None, codes(case)]]
    return Report(excel(folder / "crystal2.xlsx", rows), cases, "second lines / factors not recognised", harm=False)


@report
def crystal_headings_one_cell_left_of_data(folder: Path) -> Report:
    cases = people(11)
    rows = [[cell for value in HEADINGS for cell in (value, None)]]
    rows += [[cell for value in plain(case) for cell in (None, value)] for case in cases]
    return Report(excel(folder / "crystal3.xlsx", rows), cases, "headings stand beside their columns", not_a_list=True)


@report
def crystal_csv_headings_in_every_line(folder: Path) -> Report:
    cases = people(12)
    rows = [["Synthetic Report", *HEADINGS, *plain(case, uk), "Page 1 of 4"] for case in cases]
    return Report(text(folder / "crystal4.csv", rows, quoting=1), cases, "no headings", not_a_list=True)


@report
def crystal_group_counts_in_the_id_column(folder: Path) -> Report:
    cases = sorted(people(13, 50), key=lambda case: case.worker)
    rows: list[Row] = [HEADINGS]
    for start in range(0, 50, 10):
        rows.append([cases[start].worker])
        rows += list(map(plain, cases[start : start + 10]))
        rows.append(["Count: 10"])
    rows.append(["Grand count: 50"])
    return Report(excel(folder / "crystal5.xlsx", rows), cases)


@report
def crystal_id_and_name_only_in_group_header_row(folder: Path) -> Report:
    """The child stands in a line of its own, the contacts indented below it under headings of their own."""
    cases = people(14, 20, most=3)
    rows: list[Row] = [["Person ID", "Name", "DOB", "Contact Date", "Assessment Factors", "Outcome"]]
    last = ""
    for case in cases:
        if case.case_id != last:
            rows.append([case.case_id, case.name, midnight(case.born)])
            last = case.case_id
        rows.append([None, None, None, midnight(case.contact), codes(case), case.outcome])
    return Report(excel(folder / "crystal6.xlsx", rows), cases, "rows without ID, extra rows without date")


# Business Objects


@report
def bo_team_and_worker_in_first_row_only(folder: Path) -> Report:
    cases = sorted(people(15), key=lambda case: (case.team, case.case_id))
    rows: list[Row] = [["Team", "Worker", *HEADINGS]]
    team = ""
    for case in cases:
        rows.append(
            [case.team if case.team != team else None, case.worker if case.team != team else None, *plain(case)]
        )
        team = case.team
    return Report(excel(folder / "bo1.xlsx", rows), cases)


@report
def bo_break_on_child_blanks_repeats(folder: Path) -> Report:
    cases = people(16, 25, most=4)
    rows: list[Row] = [HEADINGS]
    last = ""
    for case in cases:
        row = plain(case)
        rows.append(row if case.case_id != last else [None, None, None, None, *row[4:]])
        last = case.case_id
    return Report(excel(folder / "bo2.xlsx", rows), cases)


@report
def bo_break_on_date_blanks_repeats(folder: Path) -> Report:
    """Sorted by date; a date that is that of the row above is left out."""
    cases = [replace(c, contact=dt.date(2025, 5, 1 + n // 3)) for n, c in enumerate(people(17, 36))]
    rows: list[Row] = [["Contact Date", *HEADINGS[:4], *HEADINGS[5:]]]
    last = None
    for case in cases:
        row = plain(case)
        rows.append([row[4] if case.contact != last else None, *row[:4], *row[5:]])
        last = case.contact
    return Report(excel(folder / "bo3.xlsx", rows), cases, "rows without contact date (D05)")


@report
def bo_starts_in_column_d_row_9(folder: Path) -> Report:
    cases = people(18)
    rows: list[Row] = [[] for _ in range(8)]
    rows += [[None, None, None, *row] for row in [HEADINGS, *map(plain, cases)]]
    rows[2] = [None, "Synthetic long list"]
    return Report(excel(folder / "bo4.xlsx", rows), cases)


@report
def bo_multivalue_and_unavailable(folder: Path) -> Report:
    cases = people(19)
    rows = [HEADINGS, *map(plain, cases)]
    for number in range(3, 30, 5):
        rows[number] = [*rows[number][:8], "#MULTIVALUE"]
        rows[number][6] = "#UNAVAILABLE"
    return Report(excel(folder / "bo5.xlsx", rows), cases)


@report
def bo_small_summary_beside_the_list(folder: Path) -> Report:
    cases = people(20)
    rows = [[*HEADINGS, None, None, "Team", "Contacts"], *map(plain, cases)]
    for number, team in enumerate(("East", "North", "South", "Total"), start=1):
        amount = len(cases) if team == "Total" else sum(case.team == team for case in cases)
        rows[number] = [*rows[number], None, None, team, amount]
    return Report(excel(folder / "bo6.xlsx", rows), cases)


@report
def bo_summary_above_the_list(folder: Path) -> Report:
    cases = people(21)
    rows: list[Row] = [
        ["Outcome", "Gender", "Contacts"],
        *[
            [o, g, sum(c.outcome == o and c.gender == g for c in cases)]
            for o in ("NFA", "Early help", "CIN")
            for g in "FM"
        ],
        ["Sum", None, len(cases)],
        [],
        [],
        HEADINGS,
        *map(plain, cases),
    ]
    return Report(excel(folder / "bo7.xlsx", rows), cases)


@report
def bo_break_totals_repeat_the_break_value(folder: Path) -> Report:
    cases = sorted(people(22), key=lambda case: case.team)
    rows: list[Row] = [["Team", *HEADINGS]]
    for team in ("East", "North", "South"):
        members = [case for case in cases if case.team == team]
        rows += [[team, *plain(case)] for case in members]
        rows.append([team, None, None, "Count:", None, len(members)])
        rows.append([team, None, None, "Percentage:", None, f"{100 * len(members) / len(cases):.1f}%"])
    return Report(excel(folder / "bo8.xlsx", rows), cases)


# Power BI


@report
def powerbi_applied_filters_note_below(folder: Path) -> Report:
    cases = people(23)
    note = "Applied filters:\nContact Date is on or after 01/04/2025 and is before 01/10/2025\n"
    note += "Team is North, South, or East"
    return Report(excel(folder / "pbi1.xlsx", [HEADINGS, *map(plain, cases), [], [note]], "Export"), cases)


@report
def powerbi_applied_filters_above_and_total_row(folder: Path) -> Report:
    cases = people(24)
    rows = [
        ["Applied filters:\nTeam is not (Blank)"],
        [],
        [*HEADINGS, "Count of Contacts"],
        *[[*plain(case), 1] for case in cases],
        ["Total", *[None] * 8, len(cases)],
    ]
    return Report(excel(folder / "pbi2.xlsx", rows), cases)


@report
def powerbi_dax_table_prefixes(folder: Path) -> Report:
    cases = people(25)
    heads = [
        "Person[PersonID]",
        "Person[Forename]",
        "Person[Surname]",
        "Person[DateOfBirth]",
        "Contacts[ContactDate]",
        "Person[Gender]",
        "Person[Ethnicity]",
        "Assessments[Factors]",
        "[CountOfContacts]",
    ]
    rows = [[*plain(c, lambda d: f"{d}T00:00:00" if d else "")[:8], 1] for c in cases]
    return Report(
        text(folder / "pbi3.csv", [heads, *rows], "utf-8-sig"),
        cases,
        "headings wait",
        ["--map", "case_id=Person[PersonID]", "--map", "contact_date=Contacts[ContactDate]"],
    )


@report
def powerbi_implicit_measures(folder: Path) -> Report:
    cases = people(26)
    heads = [
        "Person ID",
        "First Forename",
        "First Surname",
        "Earliest DOB",
        "Latest Contact Date",
        "First Factors",
        "Count of Contact ID",
    ]
    rows = [[c.case_id, c.forename, c.surname, c.born, c.contact, words(c), 1] for c in cases]
    return Report(
        text(folder / "pbi4.csv", [heads, *rows], "utf-8-sig"),
        cases,
        "headings wait",
        ["--map", "date_of_birth=Earliest DOB", "--map", "contact_date=Latest Contact Date"],
    )


# Mosaic


@report
def mosaic_ids_with_thousands_separators(folder: Path) -> Report:
    cases = people(27, 40, 1_200_000, most=2)
    rows = [[f"{int(c.case_id):,}", *plain(c)[1:]] for c in cases]
    return Report(excel(folder / "mosaic1.xlsx", [HEADINGS, *rows]), cases)


@report
def mosaic_other_peoples_columns_come_first(folder: Path) -> Report:
    cases = people(28)
    heads = [
        "Worker ID",
        "Worker Name",
        "Referrer Name",
        "Mother's DOB",
        "Subject ID",
        "Subject Name",
        "Subject Date of Birth",
        "Contact Date",
        "Sibling ID",
        "Assessment Factors",
    ]
    rows = [
        [
            f"W{n % 6:03}",
            c.worker,
            c.worker[::-1].title(),
            dt.datetime.combine(dt.date(1985, 2, 1 + n % 28), dt.time()),
            c.case_id,
            c.name,
            midnight(c.born),
            midnight(c.contact),
            cases[n - 1].case_id,
            codes(c),
        ]
        for n, c in enumerate(cases)
    ]
    return Report(
        excel(folder / "mosaic2.xlsx", [heads, *rows]),
        cases,
        "headings wait",
        ["--map", "case_id=Subject ID", "--map", "name=Subject Name", "--map", "date_of_birth=Subject Date of Birth"],
    )


@report
def mosaic_workflow_step_dates(folder: Path) -> Report:
    cases = people(29)
    heads = [
        "Workflow Step ID",
        "Person ID",
        "Full Name",
        "DOB",
        "Date Record Created",
        "Date of Contact",
        "Date Step Completed",
        "Factors Identified",
        "Next Action",
    ]
    rows = [
        [
            900_000 + n,
            c.case_id,
            c.name,
            midnight(c.born),
            dt.datetime.combine(dt.date(2025, 10, 1), dt.time(9, n)),
            midnight(c.contact),
            dt.datetime.combine(dt.date(2025, 10, 2), dt.time(9, n)),
            codes(c),
            c.outcome,
        ]
        for n, c in enumerate(cases)
    ]
    return Report(excel(folder / "mosaic3.xlsx", [heads, *rows]), cases)


@report
def mosaic_one_row_per_factor_and_contact(folder: Path) -> Report:
    cases = [replace(c, codes=(code,)) for c in people(30, 30, most=2) for code in c.codes]
    rows = [
        [c.case_id, c.name, midnight(c.born), midnight(c.contact), f"{c.codes[0]} - {WORDS[c.codes[0]]}"] for c in cases
    ]
    return Report(
        excel(folder / "mosaic4.xlsx", [["Mosaic ID", "Name", "DOB", "Contact Start Date", "Factor"], *rows]), cases
    )


@report
def mosaic_factor_code_and_factor_words_columns(folder: Path) -> Report:
    cases = people(31)
    heads = [
        "Mosaic ID",
        "Name",
        "DOB",
        "Contact Date",
        "Factor Code 1",
        "Factor Description 1",
        "Factor Code 2",
        "Factor Description 2",
    ]
    rows = []
    for c in cases:
        pair = [(code, WORDS[code]) for code in c.codes] + [(None, None)]
        rows.append([c.case_id, c.name, midnight(c.born), midnight(c.contact), *pair[0], *pair[1]])
    return Report(
        excel(folder / "mosaic5.xlsx", [heads, *rows]),
        cases,
        "headings wait",
        [a for n in (1, 2) for k in ("Code",) for a in ("--map", f"categories=Factor {k} {n}")],
    )


# Liquidlogic


@report
def liquidlogic_name_and_id_in_one_cell(folder: Path) -> Report:
    cases = people(32)
    rows = [[f"{c.surname.upper()}, {c.forename} ({c.case_id})", uk(c.born), uk(c.contact), codes(c)] for c in cases]
    return Report(
        excel(folder / "ll1.xlsx", [["Child", "DOB", "Contact Date", "Factors"], *rows]), cases, "no case ID (V06)"
    )


@report
def liquidlogic_birth_date_with_age(folder: Path) -> Report:
    cases = people(33)
    rows = [
        [
            c.case_id,
            c.name,
            f"{uk(c.born)} ({2025 - (c.born or dt.date.min).year} years)",
            f"{uk(c.contact)} 14:05",
            codes(c),
        ]
        for c in cases
    ]
    return Report(
        excel(folder / "ll2.xlsx", [["LCS ID", "Child's Name", "DoB (Age)", "Contact Date/Time", "Factors"], *rows]),
        cases,
        "dates of birth cannot be read, heading waits",
        ["--map", "date_of_birth=DoB (Age)"],
    )


@report
def liquidlogic_html_named_xls(folder: Path) -> Report:
    cases = people(34)
    cells = "".join(
        "<tr>" + "".join(f"<td>{v}</td>" for v in row) + "</tr>" for row in [HEADINGS, *[plain(c, uk) for c in cases]]
    )
    (folder / "ll3.xls").write_text(f"<html><body><table border=1>{cells}</table></body></html>", "utf-8")
    return Report(folder / "ll3.xls", cases, "it is a web page: save as .xlsx", not_a_list=True)


@report
def liquidlogic_factors_in_numbered_lines(folder: Path) -> Report:
    cases = people(35)
    rows = [
        [*plain(c)[:7], "\n".join(f"{n}) {code} {WORDS[code]}" for n, code in enumerate(c.codes, 1)), c.outcome]
        for c in cases
    ]
    return Report(excel(folder / "ll4.xlsx", [HEADINGS, *rows]), cases, "labels to map")


@report
def liquidlogic_contact_id_before_the_childs(folder: Path) -> Report:
    cases = people(36, 30, most=3)
    heads = [
        "Contact ID",
        "Episode ID",
        "Child LCS No.",
        "Child Name",
        "D.O.B.",
        "Contact Received",
        "Category of Need",
        "Factors",
    ]
    rows = [
        [5_000_000 + n, 700_000 + 3 * n, c.case_id, c.name, uk(c.born), uk(c.contact), "N1", words(c)]
        for n, c in enumerate(cases)
    ]
    return Report(
        excel(folder / "ll5.xlsx", [heads, *rows]),
        cases,
        "headings wait",
        ["--map", "case_id=Child LCS No.", "--map", "contact_date=Contact Received"],
    )


@report
def liquidlogic_spreadsheet_2003_xml(folder: Path) -> Report:
    cases = people(37)
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    body = "".join(
        "<Row>" + "".join(cell.format(v) for v in row) + "</Row>" for row in [HEADINGS, *[plain(c, uk) for c in cases]]
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    (folder / "ll6.xls").write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="R"><Table>'
        f"{body}</Table></Worksheet></Workbook>",
        "utf-8",
    )
    return Report(folder / "ll6.xls", cases, "XML named .xls: save as .xlsx", not_a_list=True)


# Azeus and others: headings over several rows


@report
def azeus_headings_over_three_rows(folder: Path) -> Report:
    cases = people(38)
    rows: list[Row] = [
        ["Young person", None, None, None, "Front door", None, None, None, None],
        ["Identity", None, None, "Birth", "Contact", "About", None, "Assessment", None],
        ["Person ID", "Forename", "Surname", "Date", "Date", "Gender", "Ethnicity", "Factors", "Outcome"],
        *map(plain, cases),
    ]
    book, sheet = one_sheet(rows)
    for place in ("A1:D1", "E1:I1", "A2:C2", "F2:G2", "H2:I2"):
        sheet.merge_cells(place)
    book.save(folder / "azeus1.xlsx")
    return Report(folder / "azeus1.xlsx", cases, "the two columns Date", ["--map", "contact_date=Contact Date"])


@report
def azeus_format_row_below_headings(folder: Path) -> Report:
    cases = people(39)
    rows = [
        HEADINGS,
        ["Number", "Text", "Text", "dd/mm/yyyy", "dd/mm/yyyy", "M/F", "Code", "Code list", "Text"],
        *map(plain, cases),
    ]
    return Report(excel(folder / "azeus2.xlsx", rows), cases)


@report
def azeus_numbers_below_headings(folder: Path) -> Report:
    cases = people(40)
    return Report(excel(folder / "azeus3.xlsx", [HEADINGS, list(range(1, 10)), *map(plain, cases)]), cases)


@report
def azeus_alphabet_sections(folder: Path) -> Report:
    cases = sorted(people(41), key=lambda case: case.surname)
    rows: list[Row] = [HEADINGS]
    letter = ""
    for case in cases:
        if case.surname[0] != letter:
            letter = case.surname[0]
            rows.append([letter])
        rows.append(plain(case))
    return Report(excel(folder / "azeus4.xlsx", rows), cases)


@report
def headings_with_line_breaks_and_capitals(folder: Path) -> Report:
    cases = people(42)
    heads = [
        "PERSON\nID ",
        " FORE-\nNAME",
        "SUR\u00adNAME",
        "DATE OF\r\nBIRTH",
        "DATE\u00a0OF  CONTACT",
        "SEX",
        "ETHNIC\nORIGIN",
        "FACTORS_IDENTIFIED_AT_END_OF_ASSESSMENT",
        "OUTCOME ",
    ]
    return Report(
        excel(folder / "azeus5.xlsx", [heads, *map(plain, cases)]),
        cases,
        "headings wait",
        ["--map", "forename= FORE-\nNAME", "--map", "surname=SUR\u00adNAME"],
    )


@report
def ticks_under_three_rows_of_headings(folder: Path) -> Report:
    cases = people(43)
    kinds = list(WORDS)
    rows: list[Row] = [
        ["Child", None, None, None, "Factors", *[None] * 10],
        [None] * 4 + ["Outside the home", *[None] * 9, "Home"],
        ["Person ID", "Name", "DOB", "Contact Date", *[WORDS[k] for k in kinds]],
    ]
    rows += [
        [c.case_id, c.name, midnight(c.born), midnight(c.contact), *["\u2713" if k in c.codes else None for k in kinds]]
        for c in cases
    ]
    return Report(excel(folder / "ticks1.xlsx", rows), cases)


@report
def ticks_as_ones_with_codes_above_and_a_sum_row(folder: Path) -> Report:
    cases = people(44)
    kinds = list(WORDS)
    rows: list[Row] = [["Person ID", "Name", "DOB", "Contact Date", *kinds, "Total factors"]]
    rows += [
        [c.case_id, c.name, midnight(c.born), midnight(c.contact), *[int(k in c.codes) for k in kinds], len(c.codes)]
        for c in cases
    ]
    rows.append(
        [None, None, None, None, *[sum(k in c.codes for c in cases) for k in kinds], sum(len(c.codes) for c in cases)]
    )
    return Report(excel(folder / "ticks2.xlsx", rows), cases)


@report
def ticks_as_true_false(folder: Path) -> Report:
    cases = people(45)
    kinds = list(WORDS)
    rows: list[Row] = [["Person ID", "Name", "DOB", "Contact Date", *[f"{k} {WORDS[k]}" for k in kinds]]]
    rows += [[c.case_id, c.name, midnight(c.born), midnight(c.contact), *[k in c.codes for k in kinds]] for c in cases]
    return Report(excel(folder / "ticks3.xlsx", rows), cases)


@report
def ticks_with_dates_in_place_of_yes(folder: Path) -> Report:
    """A flagged factor holds the day on which it was flagged; blank means no."""
    cases = people(46)
    kinds = list(WORDS)
    rows: list[Row] = [["Person ID", "Name", "DOB", "Contact Date", *[WORDS[k] for k in kinds]]]
    rows += [
        [
            c.case_id,
            c.name,
            midnight(c.born),
            midnight(c.contact),
            *[midnight(c.contact) if k in c.codes else None for k in kinds],
        ]
        for c in cases
    ]
    return Report(excel(folder / "ticks4.xlsx", rows), cases, "labels to map / cells that are neither yes nor no")


# Tableau and Excel pivot tables


@report
def tableau_utf16_tab_with_blank_repeats(folder: Path) -> Report:
    cases = people(47, 25, most=3)
    rows: list[Row] = [["Person ID", "Name", "Day of DOB", "Day of Contact Date", "Factors"]]
    last = ""
    for c in cases:
        lead = [c.case_id, c.name, f"{c.born:%d %B %Y}"] if c.case_id != last else ["", "", ""]
        rows.append([*lead, f"{c.contact:%d %B %Y}", codes(c)])
        last = c.case_id
    return Report(
        text(folder / "tableau1.csv", rows, "utf-16", sep="\t"),
        cases,
        "headings wait",
        ["--map", "date_of_birth=Day of DOB", "--map", "contact_date=Day of Contact Date"],
    )


@report
def tableau_measure_names_and_values(folder: Path) -> Report:
    cases = people(48, 20)
    rows: list[Row] = [["Person ID", "Measure Names", "Measure Values"]]
    for c in cases:
        rows += [
            [c.case_id, "DOB", uk(c.born)],
            [c.case_id, "Contact Date", uk(c.contact)],
            [c.case_id, "Factors", codes(c)],
        ]
    return Report(text(folder / "tableau2.csv", rows), cases, "no contact date, no date of birth", not_a_list=True)


@report
def pivot_tabular_with_sub_totals_per_child(folder: Path) -> Report:
    cases = people(49, 25, most=3)
    rows: list[Row] = [["Person ID", "Name", "DOB", "Contact Date", "Factors", "Count of Contact ID"]]
    for number in dict.fromkeys(c.case_id for c in cases):
        mine = [c for c in cases if c.case_id == number]
        for place, c in enumerate(mine):
            lead = [int(number), c.name, midnight(c.born)] if not place else [None] * 3
            rows.append([*lead, midnight(c.contact), codes(c), 1])
        rows.append([f"{number} Total", None, None, None, None, len(mine)])
    rows.append(["Grand Total", None, None, None, None, len(cases)])
    return Report(excel(folder / "pivot1.xlsx", rows), cases)


@report
def pivot_compact_in_one_column(folder: Path) -> Report:
    cases = people(50, 25, most=2)
    rows: list[Row] = [["Row Labels", "Count of Contact Date"]]
    for c in cases:
        rows += [[int(c.case_id), 1], [c.name, 1], [uk(c.contact), 1]]
    rows.append(["Grand Total", len(cases)])
    return Report(excel(folder / "pivot2.xlsx", rows), cases, "no known heading", not_a_list=True)


@report
def pivot_sheet_in_front_of_the_data(folder: Path) -> Report:
    cases = people(51)
    pivot: list[Row] = [
        ["Row Labels", "Count of Person ID"],
        *[[t, sum(c.team == t for c in cases)] for t in ("East", "North", "South")],
        ["Grand Total", len(cases)],
    ]
    data: list[Row] = [HEADINGS, *map(plain, cases)]
    return Report(sheets(folder / "pivot3.xlsx", {"Pivot": pivot, "Data": data}), cases)


@report
def pivot_drill_through_and_its_source_sheet(folder: Path) -> Report:
    """A double click on a pivot's total leaves a copy of some of the rows on a sheet of its own, in front."""
    cases = people(52)
    grids = {"Sheet2": [HEADINGS, *map(plain, cases[:11])], "Contacts 2025": [HEADINGS, *map(plain, cases)]}
    return Report(sheets(folder / "pivot4.xlsx", grids), cases, "which sheet", ["--sheet", "Contacts 2025"])


@report
def pivot_with_blank_labels(folder: Path) -> Report:
    cases = people(53)
    rows = [HEADINGS, *map(plain, cases)]
    for number in range(4, 40, 6):
        rows[number] = [*rows[number][:8], "(blank)"]
        rows[number][6] = "(blank)"
    rows.append(["Grand Total"])
    return Report(excel(folder / "pivot5.xlsx", rows), cases)


# Spreadsheets kept by hand


@report
def mace_month_bands_and_short_dates(folder: Path) -> Report:
    cases = sorted(people(54), key=lambda case: case.contact or dt.date.min)
    rows: list[Row] = [
        ["MACE tracker (synthetic)"],
        ["Key:", "red = high", "amber = medium"],
        [],
        ["No.", "LCS No", "Name", "DOB", "Date of referral", "Concerns", "Update"],
    ]
    month = 0
    for number, c in enumerate(cases, 1):
        assert c.contact
        assert c.born
        if c.contact.month != month:
            month = c.contact.month
            rows.append([f"{c.contact:%B %Y}".upper()])
        rows.append(
            [number, c.case_id, c.name, f"{c.born:%d.%m.%y}", f"{c.contact:%d.%m.%y}", words(c, "/"), "see notes"]
        )
    return Report(excel(folder / "mace1.xlsx", rows), cases, "labels to map")


@report
def mace_dates_in_words(folder: Path) -> Report:
    cases = people(55)

    def say(day: dt.date | None) -> str:
        assert day
        end = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
        return f"{day.day}{end} {day:%B %Y}"

    rows = [plain(c, say) for c in cases]
    return Report(excel(folder / "mace2.xlsx", [HEADINGS, *rows]), cases, "D01/D02")


@report
def mace_weekday_dates(folder: Path) -> Report:
    cases = people(56)
    rows = [plain(c, lambda d: f"{d:%a %d %b %Y}" if d else "") for c in cases]
    return Report(excel(folder / "mace3.xlsx", [HEADINGS, *rows]), cases, "D01/D02")


@report
def mace_notes_in_a_row_below_the_child(folder: Path) -> Report:
    cases = people(57)
    rows: list[Row] = [[*HEADINGS, "Discussion"]]
    for number, c in enumerate(cases):
        rows.append([*plain(c), "discussed"])
        if number % 3 == 0:
            rows.append([None] * 9 + ["Action for police: share intelligence by 12/06/2025"])
    return Report(excel(folder / "mace4.xlsx", rows), cases)


@report
def mace_one_sheet_per_month_and_drop_downs(folder: Path) -> Report:
    cases = people(58)
    grids: dict[str, list[Row]] = {"Cover": [["Cover"], ["Synthetic MACE log"], ["Owner", "Safeguarding"]]}
    found = []
    for month in range(4, 10):
        mine = [c for c in cases if c.contact and c.contact.month == month]
        found += mine
        grids[f"{dt.date(2025, month, 1):%b %y}"] = [[f"MACE {month}/25"], [], HEADINGS, *map(plain, mine)]
    grids["Dropdowns"] = [["Gender", "Outcome"], ["F", "NFA"], ["M", "CIN"]]
    return Report(sheets(folder / "mace5.xlsx", grids), found, "which sheets", ["--sheet", "all"])


@report
def mace_ditto_marks(folder: Path) -> Report:
    cases = people(59, 25, most=2)
    rows: list[Row] = [HEADINGS]
    last = ""
    for c in cases:
        row = plain(c)
        rows.append(row if c.case_id != last else ['"', '"', '"', '"', *row[4:]])
        last = c.case_id
    return Report(excel(folder / "mace6.xlsx", rows), cases, "case IDs of another kind / dates cannot be read")


@report
def mace_child_merged_over_its_rows(folder: Path) -> Report:
    """Cells of the child are merged downwards over the rows of its contacts."""
    cases = people(60, 25, most=3)
    book, sheet = one_sheet([HEADINGS])
    number = 2
    for who in dict.fromkeys(c.case_id for c in cases):
        mine = [c for c in cases if c.case_id == who]
        for place, c in enumerate(mine):
            for column, value in enumerate(plain(c), 1):
                if column > 4 or not place:
                    sheet.cell(number + place, column, value)
        if len(mine) > 1:
            for column in range(1, 5):
                sheet.merge_cells(
                    start_row=number, end_row=number + len(mine) - 1, start_column=column, end_column=column
                )
        number += len(mine)
    book.save(folder / "mace7.xlsx")
    return Report(folder / "mace7.xlsx", cases)


@report
def mace_high_medium_low_by_type(folder: Path) -> Report:
    cases = people(61)
    kinds = ["11A", "24A", "10A", "13A"]
    cases = [replace(c, codes=(kinds[n % 4],)) for n, c in enumerate(cases)]
    rows: list[Row] = [["LCS ID", "Name", "DOB", "Date of Contact", "CSE", "CCE", "Missing", "Gangs"]]
    rows += [
        [
            c.case_id,
            c.name,
            midnight(c.born),
            midnight(c.contact),
            *["HML"[n % 3] if k in c.codes else "N/A" for k in kinds],
        ]
        for n, c in enumerate(cases)
    ]
    return Report(excel(folder / "mace8.xlsx", rows), cases, "labels to map")


@report
def mace_closed_cases_below_a_band(folder: Path) -> Report:
    cases = people(62)
    rows = [
        ["OPEN CASES"],
        HEADINGS,
        *map(plain, cases[:22]),
        [],
        [],
        ["CLOSED CASES"],
        HEADINGS,
        *map(plain, cases[22:]),
    ]
    return Report(excel(folder / "mace9.xlsx", rows), cases)


@report
def mace_blank_row_between_all(folder: Path) -> Report:
    cases = people(63)
    rows: list[Row] = [HEADINGS, []]
    for c in cases:
        rows += [plain(c), []]
    return Report(excel(folder / "mace10.xlsx", rows), cases)


@report
def mace_name_and_birth_in_one_cell(folder: Path) -> Report:
    cases = people(64)
    rows = [[c.case_id, f"{c.name}\nDOB {uk(c.born)}", midnight(c.contact), words(c, "\n")] for c in cases]
    return Report(
        excel(folder / "mace11.xlsx", [["ID", "Name & DOB", "Date", "Risks"], *rows]),
        cases,
        "no date of birth",
        ["--map", "case_id=ID", "--map", "name=Name & DOB", "--map", "contact_date=Date", "--map", "categories=Risks"],
    )


@report
def fields_down_cases_across(folder: Path) -> Report:
    cases = people(65, 20)
    rows = [list(column) for column in zip(HEADINGS, *map(plain, cases), strict=True)]
    return Report(excel(folder / "mace12.xlsx", rows), cases, "lies on its side", not_a_list=True)


# Annex A


@report
def annex_a_lists_on_sheets(folder: Path) -> Report:
    cases = people(66)
    shared = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
    grids: dict[str, list[Row]] = {
        "Guidance": [["Annex A (synthetic)"], ["List 1: contacts"], ["List 2: early help"]],
        "List_1": [
            [*shared, "Date of Contact", "Contact Source"],
            *[[c.case_id, c.gender, c.ethnicity, midnight(c.born), 15, midnight(c.contact), "1A"] for c in cases],
        ],
        "List_2": [
            [*shared, "Assessment completion date"],
            *[[c.case_id, c.gender, c.ethnicity, midnight(c.born), 15, None] for c in cases[:9]],
        ],
    }
    sheets(folder / "annex1.xlsx", grids)
    return Report(folder / "annex1.xlsx", cases, "which sheet", ["--sheet", "List_1"], named=False, harm=False)


@report
def annex_a_guidance_row_below_headings(folder: Path) -> Report:
    cases = people(67)
    rows = [
        ["List 3"],
        HEADINGS,
        [
            "The local authority's unique ID",
            "",
            "",
            "dd/mm/yyyy. If unborn, expected date",
            "The date that the contact was received",
            "",
            "As in the census",
            "",
            "",
        ],
        *map(plain, cases),
    ]
    return Report(excel(folder / "annex2.xlsx", rows), cases)


# Texts


@report
def csv_cp1252_semicolons(folder: Path) -> Report:
    cases = [replace(c, surname=c.surname + "\u00e9\u2019x") for c in people(68)]
    return Report(text(folder / "csv1.csv", [HEADINGS, *[plain(c, uk) for c in cases]], "cp1252", sep=";"), cases)


@report
def csv_sep_line(folder: Path) -> Report:
    cases = people(69)
    return Report(
        text(folder / "csv2.csv", [HEADINGS, *[plain(c, uk) for c in cases]], sep=";", before="sep=;\r\n"), cases
    )


@report
def csv_utf16_with_notes_of_many_lines(folder: Path) -> Report:
    cases = people(70)
    rows = [[*plain(c, uk), f'Mother said "no";\r\nTotal: {n}\r\n\r\nPage 1 of 1, \ttabs'] for n, c in enumerate(cases)]
    return Report(text(folder / "csv3.csv", [[*HEADINGS, "Notes"], *rows], "utf-16", sep="\t"), cases)


@report
def csv_from_sqlcmd(folder: Path) -> Report:
    cases = people(71)
    rows = [HEADINGS, ["-" * len(h) for h in HEADINGS], *[plain(c, lambda d: f"{d} 00:00:00.000") for c in cases]]
    rows[7][8] = "NULL"
    return Report(text(folder / "csv4.csv", rows, after=f"\r\n({len(cases)} rows affected)\r\n"), cases)


@report
def csv_ids_as_text_formulas(folder: Path) -> Report:
    cases = [replace(c, case_id=c.case_id.zfill(9)) for c in people(72)]
    rows = [[f'="{c.case_id}"', *plain(c, uk)[1:]] for c in cases]
    return Report(text(folder / "csv5.csv", [HEADINGS, *rows]), cases, "T01 and case IDs")


@report
def csv_padded_fixed_widths(folder: Path) -> Report:
    cases = people(73, 40, most=2)
    rows = [[str(v).ljust(20) for v in plain(c, uk)] for c in cases]
    return Report(text(folder / "csv6.csv", [[h.ljust(20) for h in HEADINGS], *rows]), cases)


@report
def csv_pipes(folder: Path) -> Report:
    cases = people(74)
    return Report(text(folder / "csv7.csv", [HEADINGS, *[plain(c, uk) for c in cases]], sep="|"), cases, "separator")


@report
def csv_american_with_afternoon(folder: Path) -> Report:
    cases = people(75)
    rows = [plain(c, lambda d: f"{d.month}/{d.day}/{d.year} 2:33:00 PM" if d else "") for c in cases]
    return Report(text(folder / "csv8.csv", [HEADINGS, *rows]), cases, "D21")


@report
def csv_american_contacts_british_births(folder: Path) -> Report:
    cases = people(76)
    rows = [[*plain(c, uk)[:4], f"{c.contact:%m/%d/%Y}", *plain(c)[5:]] for c in cases]
    return Report(text(folder / "csv9.csv", [HEADINGS, *rows]), cases, "D21")


@report
def csv_first_twelve_days_american(folder: Path) -> Report:
    cases = [
        replace(c, contact=dt.date(2025, 4 + n % 6, 1 + n % 12), born=dt.date(2009, 1 + n % 12, 1 + n % 11))
        for n, c in enumerate(people(77))
    ]
    rows = [plain(c, lambda d: f"{d:%m/%d/%Y}" if d else "") for c in cases]
    return Report(text(folder / "csv10.csv", [HEADINGS, *rows]), cases, "D19: day and month may have changed places")


@report
def csv_two_digit_years(folder: Path) -> Report:
    cases = people(78)
    return Report(text(folder / "csv11.csv", [HEADINGS, *[plain(c, lambda d: f"{d:%d-%b-%y}") for c in cases]]), cases)


@report
def csv_midnights_told_in_utc(folder: Path) -> Report:
    cases = people(79)
    rows = [plain(c, lambda d: f"{(d or dt.date.min) - dt.timedelta(days=1)}T23:00:00Z") for c in cases]
    for row, c in zip(rows, cases, strict=True):
        assert c.born
        summer = 4 <= c.born.month <= 9
        if not summer:
            row[3] = f"{c.born}T00:00:00Z"
    cases = [c for c in cases if c.born and c.born.month not in (3, 10)]
    kept = [row for row, c in zip(rows, people(79), strict=True) if c.born and c.born.month not in (3, 10)]
    return Report(text(folder / "csv12.csv", [HEADINGS, *kept]), cases, "D22")


@report
def csv_times_with_offsets(folder: Path) -> Report:
    cases = people(80)
    rows = [[*plain(c, uk)[:4], f"{c.contact}T23:30:00+01:00", *plain(c)[5:]] for c in cases]
    return Report(text(folder / "csv13.csv", [HEADINGS, *rows]), cases)


@report
def csv_dates_without_separators(folder: Path) -> Report:
    cases = people(81)
    return Report(
        text(folder / "csv14.csv", [HEADINGS, *[plain(c, lambda d: f"{d:%Y%m%d}") for c in cases]]), cases, "D01/D02"
    )


@report
def csv_four_ways_of_writing_a_date(folder: Path) -> Report:
    cases = people(82)
    ways = ["%d/%m/%Y", "%d %b %Y", "%Y-%m-%d", "%d.%m.%Y"]
    rows = [plain(c, lambda d, n=n: d.strftime(ways[n % 4])) for n, c in enumerate(cases)]  # type: ignore[misc]
    return Report(text(folder / "csv15.csv", [HEADINGS, *rows]), cases)


@report
def csv_half_turned_by_excel(folder: Path) -> Report:
    """American texts opened by double click in a British Excel and saved again."""
    cases = people(83)

    def turned(day: dt.date | None) -> str:
        assert day
        return f"{day:%m/%d/%Y}"

    return Report(
        text(
            folder / "csv16.csv",
            [
                HEADINGS,
                *[
                    [*plain(c, uk)[:4], turned(c.contact) if n % 2 else uk(c.contact), *plain(c)[5:]]
                    for n, c in enumerate(cases)
                ],
            ],
        ),
        cases,
        "D20",
    )


@report
def csv_title_lines_are_ragged(folder: Path) -> Report:
    cases = people(84)
    rows = [
        ["Report:", "Synthetic, contacts"],
        ["Filters", "Team", "in", "North", "South"],
        [""],
        HEADINGS,
        *[plain(c, uk) for c in cases],
        [],
        ["Generated by", "System", "on", "02/10/2025", "at", "10:00"],
        ["End"],
    ]
    return Report(text(folder / "csv17.csv", rows), cases)


@report
def csv_trailing_separators_and_blank_lines(folder: Path) -> Report:
    cases = people(85)
    rows = [[*HEADINGS, "", "", ""], *[[*plain(c, uk), "", "", ""] for c in cases], *[[""] * 12] * 30]
    return Report(text(folder / "csv18.csv", rows, "utf-8-sig"), cases)


# Numbers, dates and IDs in workbooks


@report
def dates_as_bare_serials(folder: Path) -> Report:
    cases = people(86)
    return Report(excel(folder / "cell1.xlsx", [HEADINGS, *[plain(c, serial) for c in cases]]), cases)


@report
def dates_as_serials_in_text(folder: Path) -> Report:
    cases = people(87)
    return Report(
        excel(folder / "cell2.xlsx", [HEADINGS, *[plain(c, lambda d: str(serial(d))) for c in cases]]), cases, "D01/D02"
    )


@report
def dates_count_from_1904(folder: Path) -> Report:
    cases = people(88)
    book = xlsxwriter.Workbook(str(folder / "cell3.xlsx"), {"date_1904": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for number, c in enumerate(cases, 1):
        for column, value in enumerate(plain(c)):
            if isinstance(value, dt.datetime):
                sheet.write_datetime(number, column, value, day)
            else:
                sheet.write(number, column, value)
    book.close()
    return Report(folder / "cell3.xlsx", cases)


@report
def ids_as_floats_and_texts_mixed(folder: Path) -> Report:
    cases = people(89, 30, most=2)
    rows = [
        [float(c.case_id) if n % 3 == 0 else f"{c.case_id}.0" if n % 3 == 1 else c.case_id, *plain(c)[1:]]
        for n, c in enumerate(cases)
    ]
    return Report(excel(folder / "cell4.xlsx", [HEADINGS, *rows]), cases)


@report
def ids_in_scientific_text(folder: Path) -> Report:
    cases = [replace(c, case_id=f"2152{int(c.case_id):08}") for c in people(90)]
    rows = [[f"{float(c.case_id):.5E}", *plain(c, uk)[1:]] for c in cases]
    return Report(text(folder / "cell5.csv", [HEADINGS, *rows]), cases, "case IDs were rounded: export as text")


@report
def ids_with_invisible_characters(folder: Path) -> Report:
    cases = people(91, 30, most=3)
    marks = ["{}", "\u200b{}", "{}\u00a0", "\ufeff{}", "{}\u200e", "'{}", "{}\r\n", "\u2060{}"]
    rows = [[marks[n % 8].format(c.case_id), *plain(c)[1:]] for n, c in enumerate(cases)]
    return Report(excel(folder / "cell6.xlsx", [HEADINGS, *rows]), cases, "I09")


@report
def ids_with_two_kinds_of_dashes(folder: Path) -> Report:
    cases = [replace(c, case_id=f"LL-{c.case_id[:3]}-{c.case_id[3:]}") for c in people(92, 30, most=2)]
    rows = [[c.case_id.replace("-", "\u2013") if n % 2 else c.case_id, *plain(c)[1:]] for n, c in enumerate(cases)]
    return Report(excel(folder / "cell7.xlsx", [HEADINGS, *rows]), cases, "I09")


@report
def formulas_with_their_values(folder: Path) -> Report:
    cases = people(93)
    book = xlsxwriter.Workbook(str(folder / "cell8.xlsx"))
    sheet, day = book.add_worksheet("List"), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for number, c in enumerate(cases, 1):
        row = plain(c, serial)
        sheet.write_formula(
            number, 0, f'=HYPERLINK("https://synthetic.invalid/{c.case_id}","{c.case_id}")', None, c.case_id
        )
        for column, value in enumerate(row[1:], 1):
            sheet.write_formula(number, column, f"=Raw!{number}", day if column in (3, 4) else None, value)
    sheet.write_formula(len(cases) + 1, 0, "=SUBTOTAL(103,A2:A41)", None, len(cases))
    book.close()
    return Report(folder / "cell8.xlsx", cases)


@report
def subtotal_formula_alone_below_the_ids(folder: Path) -> Report:
    cases = people(94)
    return Report(excel(folder / "cell9.xlsx", [HEADINGS, *map(plain, cases), [], [len(cases)]]), cases)


@report
def errors_in_a_few_cells(folder: Path) -> Report:
    cases = people(95)
    rows = [HEADINGS, *map(plain, cases)]
    for number, error in zip(range(5, 38, 6), ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!"], strict=True):
        rows[number] = [*rows[number][:6], error, rows[number][7], error]
    return Report(excel(folder / "cell10.xlsx", rows), cases, "T02")


@report
def children_called_like_footers(folder: Path) -> Report:
    names = [
        ("Grand", "Total"),
        ("Page", "One"),
        ("Sub", "Total"),
        ("End", "Report"),
        ("Count", "Records"),
        ("Note", "Source"),
        ("Team", "Sum"),
    ]
    cases = [
        replace(c, forename=names[n % 7][0], surname=names[n % 7][1]) if n % 4 == 3 else c
        for n, c in enumerate(people(96))
    ]
    cases[-1] = replace(cases[-1], forename="Total", surname="Records")
    rows = [HEADINGS, *map(plain, cases), ["Total records:", len(cases)]]
    return Report(excel(folder / "cell11.xlsx", rows), cases)


@report
def filtered_list_with_a_visible_total(folder: Path) -> Report:
    cases = people(97)
    book, sheet = one_sheet([HEADINGS, *map(plain, cases)])
    sheet.auto_filter.ref = f"A1:I{len(cases) + 1}"
    sheet.auto_filter.add_filter_column(5, ["F"])
    for number, c in enumerate(cases, 2):
        sheet.row_dimensions[number].hidden = c.gender != "F"
    book.save(folder / "cell12.xlsx")
    return Report(folder / "cell12.xlsx", cases)


@report
def id_column_is_hidden(folder: Path) -> Report:
    cases = people(98)
    book, sheet = one_sheet([HEADINGS, *map(plain, cases)])
    for letter in "AD":
        sheet.column_dimensions[letter].hidden = True
    book.save(folder / "cell13.xlsx")
    return Report(folder / "cell13.xlsx", cases)


@report
def excel_table_with_a_totals_row(folder: Path) -> Report:
    cases = people(99)
    book, sheet = one_sheet([["Synthetic"], HEADINGS, *map(plain, cases), ["Total", *[None] * 7, len(cases)]])
    table = Table(displayName="Contacts", ref=f"A2:I{len(cases) + 3}", totalsRowCount=1)
    sheet.add_table(table)
    sheet["A1"].font = Font(bold=True)
    book.save(folder / "cell14.xlsx")
    return Report(folder / "cell14.xlsx", cases)


# Footers, notes, totals


@report
def totals_right_below_the_headings(folder: Path) -> Report:
    cases = people(100)
    return Report(
        excel(folder / "foot1.xlsx", [HEADINGS, ["Total", len(cases), None, None, None, "F+M"], *map(plain, cases)]),
        cases,
    )


@report
def signature_block_with_dates_under_the_columns(folder: Path) -> Report:
    cases = people(101)
    rows = [
        HEADINGS,
        *map(plain, cases),
        [],
        ["Signed off by:", "Mirsil", "Toval", None, midnight(dt.date(2025, 10, 3))],
        ["Prepared by:", "Gorhul", "Nadwex", None, midnight(dt.date(2025, 10, 2))],
    ]
    return Report(excel(folder / "foot2.xlsx", rows), cases)


@report
def numbered_notes_in_the_id_column(folder: Path) -> Report:
    cases = people(102)
    rows = [
        HEADINGS,
        *map(plain, cases),
        ["Notes"],
        [1, "Includes contacts received by the out-of-hours team."],
        [2, "Excludes contacts that were entered in error."],
        [3, "Factors as at 30/09/2025."],
    ]
    return Report(excel(folder / "foot3.xlsx", rows), cases)


@report
def no_records_lines_between_groups(folder: Path) -> Report:
    cases = people(103)
    rows: list[Row] = [HEADINGS]
    for number, start in enumerate(range(0, 40, 10)):
        rows += [
            ["Team:", f"Synthetic team {number}"],
            *map(plain, cases[start : start + 10]),
            ["Team:", f"Empty team {number}"],
            ["No records found for the selected period."],
        ]
    return Report(excel(folder / "foot4.xlsx", rows), cases)


@report
def continued_lines_at_page_breaks(folder: Path) -> Report:
    cases = people(104, 30, most=2)
    rows: list[Row] = [HEADINGS]
    for number, c in enumerate(cases):
        if number and number % 12 == 0:
            rows += [["Continued overleaf"], HEADINGS, [f"{cases[number - 1].name} (continued)"]]
        rows.append(plain(c))
    return Report(excel(folder / "foot5.xlsx", rows), cases)


@report
def stated_children_and_contacts_agree(folder: Path) -> Report:
    cases = people(105, 30, most=3)
    rows = [["Number of contacts", len(cases)], ["Number of children", 30], [], HEADINGS, *map(plain, cases)]
    return Report(excel(folder / "foot6.xlsx", rows), cases)


@report
def stated_total_is_larger_than_the_list(folder: Path) -> Report:
    cases = people(106)
    return Report(excel(folder / "foot7.xlsx", [HEADINGS, *map(plain, cases), [], ["Total cases", 57]]), cases, "E01")


@report
def percentages_and_averages_at_the_end(folder: Path) -> Report:
    cases = people(107)
    rows = [
        [*HEADINGS, "Days open"],
        *[[*plain(c), n % 45] for n, c in enumerate(cases)],
        ["Average", *[None] * 8, 19.5],
        ["Median", *[None] * 8, 20],
        ["% within 45 days", *[None] * 8, 1],
    ]
    return Report(excel(folder / "foot8.xlsx", rows), cases)


@report
def second_table_of_adults_below(folder: Path) -> Report:
    cases = people(108)
    rows = [
        HEADINGS,
        *map(plain, cases),
        [],
        ["Adults of concern"],
        ["Nominal No.", "Alias", "Risk level"],
        *[[f"AD{n:04}", invented(random.Random(n)), "High"] for n in range(8)],
    ]
    return Report(excel(folder / "foot9.xlsx", rows), cases, "E02/E08")


@report
def two_lists_side_by_side(folder: Path) -> Report:
    cases = people(109)
    rows = [
        ["Team North (synthetic)", *[None] * 9, "Team South"],
        [*HEADINGS, None, *HEADINGS],
        *[[*plain(a), None, *plain(b)] for a, b in zip(cases[:20], cases[20:], strict=True)],
    ]
    return Report(excel(folder / "foot10.xlsx", rows), cases, "two lists side by side", not_a_list=True)


@report
def later_pages_lack_a_column(folder: Path) -> Report:
    cases = people(110)
    rows = [
        HEADINGS,
        *map(plain, cases[:20]),
        [],
        [*HEADINGS[:5], *HEADINGS[6:]],
        *[[*r[:5], *r[6:]] for r in map(plain, cases[20:])],
    ]
    return Report(excel(folder / "foot11.xlsx", rows), cases, "E09")


@report
def birth_in_day_month_year_columns(folder: Path) -> Report:
    cases = people(111)
    rows = [
        [
            c.case_id,
            c.name,
            c.born.day if c.born else 0,
            c.born.month if c.born else 0,
            c.born.year if c.born else 0,
            midnight(c.contact),
            codes(c),
        ]
        for c in cases
    ]
    heads = ["Person ID", "Name", "DOB Day", "DOB Month", "DOB Year", "Contact Date", "Factors"]
    return Report(excel(folder / "foot12.xlsx", [heads, *rows]), cases, "no date of birth")


@report
def age_in_years_and_months(folder: Path) -> Report:
    cases = [replace(c, born=None) for c in people(112)]
    rows = [[c.case_id, c.name, f"{13 + n % 4}y {n % 12}m", midnight(c.contact), codes(c)] for n, c in enumerate(cases)]
    return Report(
        excel(folder / "foot13.xlsx", [["Person ID", "Name", "Age at contact", "Contact Date", "Factors"], *rows]),
        cases,
        "A02/V03",
    )


# Other kinds of files


@report
def macro_workbook(folder: Path) -> Report:
    cases = people(113)
    excel(folder / "kind1.tmp.xlsx", [HEADINGS, *map(plain, cases)])
    with (
        zipfile.ZipFile(folder / "kind1.tmp.xlsx") as old,
        zipfile.ZipFile(folder / "kind1.xlsm", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            new.writestr(name, data)
    return Report(folder / "kind1.xlsm", cases)


@report
def old_excel_workbook(folder: Path) -> Report:
    cases = people(114)
    excel(folder / "kind2.xlsx", [["Synthetic"], HEADINGS, *map(plain, cases), ["Total", len(cases)]])
    profile = (folder / "office").absolute().as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "xls:MS Excel 97",
            "--outdir",
            str(folder),
            str(folder / "kind2.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return Report(folder / "kind2.xls", cases)


@report
def open_document_with_repeated_cells(folder: Path) -> Report:
    """LibreOffice writes equal neighbours once, with a count; two rows that are wholly alike are written once too."""
    cases = people(115)
    cases = [*cases[:10], cases[9], *cases[10:]]

    def cell(value: object, times: int) -> str:
        again = f' table:number-columns-repeated="{times}"' if times > 1 else ""
        kind, shown = 'office:value-type="string"', str(value)
        if value in (None, ""):
            return f"<table:table-cell{again}/>"
        if isinstance(value, dt.datetime):
            kind = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"'
            shown = f"{value:%d/%m/%y}"
        elif isinstance(value, int):
            kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell{again} {kind}><text:p>{shown}</text:p></table:table-cell>"

    def line(values: Row, times: int = 1) -> str:
        runs: list[list[Any]] = []
        for value in values:
            if runs and runs[-1][0] == value:
                runs[-1][1] += 1
            else:
                runs.append([value, 1])
        again = f' table:number-rows-repeated="{times}"' if times > 1 else ""
        return f"<table:table-row{again}>" + "".join(cell(v, t) for v, t in runs) + "</table:table-row>"

    body = [line(["Synthetic long list"]), line([None], 4), line(HEADINGS)]
    skip = False
    for here, after in zip(cases, [*cases[1:], None], strict=True):
        if skip:
            skip = False
            continue
        skip = here == after
        body.append(line(plain(here), 2 if skip else 1))
    body.append(line([None], 1_000_000))
    names = "".join(f' xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{k}:1.0"' for k in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="List">{"".join(body)}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    with zipfile.ZipFile(folder / "kind3.ods", "w") as out:
        out.writestr("mimetype", kind, zipfile.ZIP_STORED)
        out.writestr("content.xml", content)
        out.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{entry}"><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" '
            'manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return Report(folder / "kind3.ods", cases)


def census(cases: list[Case], year: int = 2026) -> str:
    children = []
    for number in dict.fromkeys(c.case_id for c in cases):
        mine = [c for c in cases if c.case_id == number]
        details = "".join(
            f"<CINdetails><CINreferralDate>{c.contact}</CINreferralDate><ReferralSource>1A</ReferralSource><PrimaryNeedCode>N1"
            f"</PrimaryNeedCode><ReferralNFA>false</ReferralNFA><Assessments><AssessmentActualStartDate>{c.contact}"
            f"</AssessmentActualStartDate><AssessmentAuthorisationDate>{c.contact}</AssessmentAuthorisationDate>"
            f"<FactorsIdentifiedAtAssessment>{''.join(f'<AssessmentFactors>{k}</AssessmentFactors>' for k in c.codes)}"
            "</FactorsIdentifiedAtAssessment></Assessments></CINdetails>"
            for c in mine
        )
        children.append(
            f"<Child><ChildIdentifiers><LAchildID>{number}</LAchildID><UPNunknown>UN1</UPNunknown><PersonBirthDate>{mine[0].born}"
            f"</PersonBirthDate><Sex>{mine[0].gender}</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity>"
            f"</ChildCharacteristics>{details}</Child>"
        )
    return (
        f"<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year><ReferenceDate>{year}-03-31</ReferenceDate>"
        "</CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>999</LEA><SoftwareCode>Synthetic</SoftwareCode></Source></Header>"
        f"<Children>{''.join(children)}</Children></Message>"
    )


@report
def census_in_utf16_on_one_line(folder: Path) -> Report:
    cases = people(116, 30, most=2)
    (folder / "kind4.xml").write_bytes(('<?xml version="1.0" encoding="UTF-16"?>' + census(cases)).encode("utf-16"))
    return Report(folder / "kind4.xml", cases, "no names", named=False)


@report
def census_with_prefix_and_comments(folder: Path) -> Report:
    cases = people(117, 30, most=3)
    inside = census(cases).replace("</Child>", "<!-- </Child> synthetic --></Child>")
    inside = inside.replace("<Message>", '<Message xmlns="http://www.synthetic.invalid/cin">')
    (folder / "kind5.xml").write_text('<?xml version="1.0" encoding="utf-8"?>\n' + inside, "utf-8")
    return Report(folder / "kind5.xml", cases, "no names / namespace", named=False)


# Joined and appended reports


@report
def joined_factor_report_with_bands(folder: Path) -> Report:
    cases = people(118)
    main = excel(folder / "join1.xlsx", [[*HEADINGS[:7], "Outcome"], *[[*plain(c)[:7], c.outcome] for c in cases]])
    rows: list[Row] = [["Factors (synthetic)"], ["Person ID", "Contact Date", "Factor"]]
    for c in cases:
        rows += [
            [int(c.case_id), midnight(c.contact), WORDS[c.codes[0]]],
            *[[None, None, WORDS[k]] for k in c.codes[1:]],
        ]
    rows.append(["Total factors", sum(len(c.codes) for c in cases)])
    return Report(main, cases, join=[excel(folder / "join2.xlsx", rows)])


@report
def joined_names_with_lost_zeros(folder: Path) -> Report:
    cases = [replace(c, case_id=c.case_id.zfill(10)) for c in people(119)]
    main = text(
        folder / "join3.csv",
        [
            ["Child ID", "DOB", "Contact Date", "Factors"],
            *[[c.case_id, uk(c.born), uk(c.contact), codes(c)] for c in cases],
        ],
    )
    names = excel(
        folder / "join4.xlsx",
        [["ID", "Surname", "First name"], *[[int(c.case_id), c.surname, c.forename] for c in cases]],
    )
    return Report(main, cases, join=[names])


@report
def appended_half_with_other_headings(folder: Path) -> Report:
    cases = people(120)
    main = excel(folder / "half1.xlsx", [HEADINGS, *map(plain, cases[:20]), ["Total: 20"]])
    heads = ["DOB", "Client ID", "Date of Contact", "Surname", "Forename", "Factors", "Sex"]
    rows = [[uk(c.born), c.case_id, uk(c.contact), c.surname, c.forename, words(c), c.gender] for c in cases[20:]]
    return Report(main, cases, append=[text(folder / "half2.csv", [heads, *rows], "cp1252", sep=";")])


# Rows that are hard to tell


@report
def repeated_contact_times_of_one_day(folder: Path) -> Report:
    """Two contacts of one child on one day, at different hours: two rows, one date of contact."""
    base = people(121, 20)
    cases = [c for c in base for _ in range(2)]
    rows = [
        [*plain(c)[:4], dt.datetime.combine(c.contact or dt.date.min, dt.time(9 + 7 * (n % 2), 15)), *plain(c)[5:]]
        for n, c in enumerate(cases)
    ]
    return Report(excel(folder / "hard1.xlsx", [HEADINGS, *rows]), cases)


@report
def frozen_first_column_counts_rows(folder: Path) -> Report:
    """A first column without a heading counts the rows, over the totals too."""
    cases = people(122)
    rows: list[Row] = [[None, *HEADINGS], *[[n, *plain(c)] for n, c in enumerate(cases, 1)], [41, "Total", len(cases)]]
    return Report(excel(folder / "hard2.xlsx", rows), cases)


@report
def rows_that_lack_almost_all(folder: Path) -> Report:
    """Real cases of which the system knows hardly more than the ID and the day."""
    cases = people(123)
    rows = [HEADINGS, *map(plain, cases)]
    bare = [c if n % 8 else replace(c, forename="", surname="", born=None, codes=()) for n, c in enumerate(cases)]
    rows = [
        HEADINGS,
        *[plain(c) if n % 8 else [int(c.case_id), None, None, None, midnight(c.contact)] for n, c in enumerate(cases)],
    ]
    return Report(excel(folder / "hard3.xlsx", rows), bare)


@report
def unborn_children_without_names(folder: Path) -> Report:
    cases = people(124)
    cases = [replace(c, forename="Unborn", born=None) if n % 9 == 4 else c for n, c in enumerate(cases)]
    rows = [plain(c) for c in cases]
    for number, row in enumerate(rows):
        if number % 9 == 4:
            row[3] = "EDD 12/12/2025"
    return Report(excel(folder / "hard4.xlsx", [HEADINGS, *rows]), cases, "D01")


# More: what the first round made one think of


@report
def joined_factor_report_without_dates(folder: Path) -> Report:
    cases = people(125)
    main = excel(folder / "more1.xlsx", [[*HEADINGS[:7], "Outcome"], *[[*plain(c)[:7], c.outcome] for c in cases]])
    rows: list[Row] = [["Person ID", "Factor"]]
    for c in cases:
        rows += [[int(c.case_id), WORDS[c.codes[0]]], *[[None, WORDS[k]] for k in c.codes[1:]]]
    return Report(main, cases, join=[excel(folder / "more2.xlsx", rows)])


@report
def factors_below_their_contact(folder: Path) -> Report:
    """One contact, its further factors in rows of their own below it, in the list itself: one row per factor."""
    cases = people(126)
    rows: list[Row] = [[*HEADINGS[:8]]]
    for c in cases:
        rows += [[*plain(c)[:7], WORDS[c.codes[0]]], *[[None] * 7 + [WORDS[k]] for k in c.codes[1:]]]
    each = [replace(c, codes=(code,)) for c in cases for code in c.codes]
    return Report(excel(folder / "more3.xlsx", rows), each, "rows-continued")


@report
def bo_break_on_child_with_gender_repeated_csv(folder: Path) -> Report:
    cases = people(127, 25, most=3)
    rows: list[Row] = [["Child ID", "Child Name", "DOB", "Contact Date", "Contact Reason", "Factors", "Outcome"]]
    last = ""
    for c in cases:
        lead = [c.case_id, c.name, uk(c.born)] if c.case_id != last else ["", "", ""]
        rows.append([*lead, uk(c.contact), "Police report", codes(c, "; "), c.outcome])
        last = c.case_id
    return Report(text(folder / "more4.csv", rows), cases)


@report
def bo_break_on_id_alone(folder: Path) -> Report:
    """Only the ID is printed once; name and date of birth are repeated."""
    cases = people(128, 25, most=3)
    rows: list[Row] = [HEADINGS]
    last = ""
    for c in cases:
        row = plain(c)
        rows.append(row if c.case_id != last else [None, *row[1:]])
        last = c.case_id
    return Report(excel(folder / "more5.xlsx", rows), cases, "rows without ID (E07, I01)")


@report
def team_sub_totals_as_formulas_in_texts(folder: Path) -> Report:
    cases = sorted(people(129), key=lambda case: case.team)
    rows: list[Row] = [[*HEADINGS, "Team"]]
    for team in ("East", "North", "South"):
        members = [c for c in cases if c.team == team]
        rows += [[*plain(c), team] for c in members]
        rows.append([*[None] * 8, f"{team} Count", len(members)])
    rows.append([*[None] * 8, "Grand Count", len(cases)])
    return Report(excel(folder / "more6.xlsx", rows), cases)


@report
def excel_subtotal_in_the_column_left_of_the_ids(folder: Path) -> Report:
    """Data, Subtotal: a row "North Count" in the Team column, the count in the ID column."""
    cases = sorted(people(130), key=lambda case: case.team)
    rows: list[Row] = [["Team", *HEADINGS]]
    for team in ("East", "North", "South"):
        members = [c for c in cases if c.team == team]
        rows += [[team, *plain(c)] for c in members]
        rows.append([f"{team} Count", len(members)])
    rows.append(["Grand Count", len(cases)])
    return Report(excel(folder / "more7.xlsx", rows), cases)


@report
def worker_totals_with_average_age(folder: Path) -> Report:
    cases = people(131, 36)
    rows: list[Row] = [["Allocated Worker", *HEADINGS, "Age"]]
    for start in range(0, 36, 9):
        worker = cases[start].worker
        rows += [[worker, *plain(c), 14] for c in cases[start : start + 9]]
        rows.append([f"Total for {worker}", None, None, None, None, None, None, None, "9 cases", None, 14.0])
    return Report(excel(folder / "more8.xlsx", rows), cases)


@report
def french_quotes_and_totals_in_capitals_csv(folder: Path) -> Report:
    cases = people(132)
    rows = [HEADINGS, *[plain(c, uk) for c in cases], ["TOTAL CONTACTS = 40"], ["*** CONFIDENTIAL ***"], ["<EOF>"]]
    return Report(text(folder / "more9.csv", rows, "cp1252"), cases)


@report
def csv_notes_with_commas_in_tabs(folder: Path) -> Report:
    cases = people(133)
    rows = [[*plain(c, uk), f"Mum, dad, and nan; spoke on {uk(c.contact)}, again, later"] for c in cases]
    return Report(text(folder / "more10.csv", [[*HEADINGS, "Notes"], *rows], "utf-16", sep="\t"), cases)


@report
def csv_notes_with_line_breaks_in_commas(folder: Path) -> Report:
    cases = people(134)
    rows = [[*plain(c, uk), f'He said "home"\n\nTotal: {n}\n{HEADINGS[0]},{HEADINGS[1]}'] for n, c in enumerate(cases)]
    return Report(text(folder / "more11.csv", [[*HEADINGS, "Notes"], *rows], quoting=1), cases)


@report
def text_file_with_tabs_named_csv_utf8(folder: Path) -> Report:
    cases = people(135)
    rows = [[*plain(c, uk), "a, b"] for c in cases]
    return Report(text(folder / "more12.csv", [[*HEADINGS, "Notes"], *rows], sep="\t"), cases)


@report
def births_american_contacts_british_no_day_above_twelve(folder: Path) -> Report:
    """Births can only be American; every contact could be either."""
    cases = [replace(c, contact=dt.date(2025, 4 + n % 6, 1 + n % 12)) for n, c in enumerate(people(136))]
    rows = [plain(c, lambda d: f"{d:%m/%d/%Y}" if d else "") for c in cases]
    return Report(text(folder / "more13.csv", [HEADINGS, *rows]), cases, "D19")


@report
def contact_date_and_time_columns(folder: Path) -> Report:
    cases = people(137)
    heads = [*HEADINGS[:4], "Contact Date", "Contact Time", "Factors"]
    rows = [[*plain(c)[:5], dt.time(9, n), codes(c)] for n, c in enumerate(cases)]
    return Report(excel(folder / "more14.xlsx", [heads, *rows]), cases)


@report
def referral_and_assessment_dates_and_no_contact(folder: Path) -> Report:
    cases = people(138)
    heads = [*HEADINGS[:4], "Referral Date", "Assessment Start Date", "Assessment Authorised Date", "Factors"]
    later = [(c.contact or dt.date.min) + dt.timedelta(days=20) for c in cases]
    rows = [
        [*plain(c)[:5], midnight(d), midnight(d + dt.timedelta(days=20)), codes(c)]
        for c, d in zip(cases, later, strict=True)
    ]
    return Report(
        excel(folder / "more15.xlsx", [heads, *rows]), cases, "which date", ["--map", "contact_date=Referral Date"]
    )


@report
def headings_without_words_for_ids(folder: Path) -> Report:
    cases = people(139)
    heads = ["Ref", "1st Name", "Last Name", "Birthday", "When", "M/F", "Ethn.", "Issues", "Result"]
    answer = ["case_id=Ref", "forename=1st Name", "surname=Last Name", "date_of_birth=Birthday", "contact_date=When"]
    answer.append("categories=Issues")
    answers = [part for one in answer for part in ("--map", one)]
    return Report(excel(folder / "more16.xlsx", [heads, *map(plain, cases)]), cases, "headings wait", answers)


@report
def two_case_ids_of_two_systems(folder: Path) -> Report:
    cases = people(140, 30, most=2)
    heads = ["NHS Number", "EHM ID", "LCS ID", "UPN", *HEADINGS[1:]]
    rows = [
        [9_434_765_900 + n, f"E{n // 2:05}", *[int(c.case_id), f"A{n:011}B"], *plain(c)[1:]]
        for n, c in enumerate(cases)
    ]
    return Report(excel(folder / "more17.xlsx", [heads, *rows]), cases, "which ID", ["--map", "case_id=LCS ID"])


@report
def family_id_before_child_id(folder: Path) -> Report:
    cases = people(141, 40)
    heads = ["Family ID", "Group Number", "Person Ref", "Name", "D o B", "Contact date", "Presenting factors"]
    rows = [[8000 + n // 3, 5, c.case_id, c.name, uk(c.born), uk(c.contact), words(c)] for n, c in enumerate(cases)]
    return Report(
        excel(folder / "more18.xlsx", [heads, *rows]), cases, "headings wait", ["--map", "case_id=Person Ref"]
    )


@report
def very_hidden_old_list_and_visible_new_one(folder: Path) -> Report:
    cases = people(142)
    book = book_of({"old": [HEADINGS, *map(plain, people(143))], "new": [HEADINGS, *map(plain, cases)]})
    book.worksheets[0].sheet_state = "veryHidden"
    book.active = 1
    book.save(folder / "more19.xlsx")
    return Report(folder / "more19.xlsx", cases, "which sheet", ["--sheet", "new"])


@report
def sheets_by_quarter_with_other_headings(folder: Path) -> Report:
    """The second quarter's sheet has its columns in another order and one more."""
    cases = sorted(people(144), key=lambda case: case.contact or dt.date.min)
    turned = [["Status", *HEADINGS[::-1]], *[["Open", *plain(c)[::-1]] for c in cases[20:]]]
    sheets(folder / "more20.xlsx", {"Q1": [HEADINGS, *map(plain, cases[:20])], "Q2": turned})
    return Report(folder / "more20.xlsx", cases, "which sheets", ["--sheet", "all"])


@report
def month_sheets_where_one_is_a_summary(folder: Path) -> Report:
    cases = people(145)
    contacts: list[Row] = [HEADINGS, *map(plain, cases), [], ["Total", len(cases)]]
    by_month: list[Row] = [
        ["Month", "Contacts", "Under 12"],
        *[[dt.date(2025, m, 1), 7, 1] for m in range(4, 10)],
        ["Total", 42, 6],
    ]
    return Report(sheets(folder / "more21.xlsx", {"Contacts": contacts, "Summary": by_month}), cases)


@report
def rows_struck_out_say_duplicate(folder: Path) -> Report:
    """The lead typed DUPLICATE into a status column; the export has the rows, so they count."""
    cases = people(146, 30, most=2)
    rows = [[*plain(c), "DUPLICATE" if n % 7 == 3 else "Total" if n % 11 == 5 else "Open"] for n, c in enumerate(cases)]
    return Report(excel(folder / "more22.xlsx", [[*HEADINGS, "Status"], *rows]), cases)


@report
def zeros_for_blank_dates(folder: Path) -> Report:
    """A linked sheet shows 0 where its source is empty, which is 00/01/1900 as a date."""
    cases = people(147)
    cases = [replace(c, born=None) if n % 6 == 2 else c for n, c in enumerate(cases)]
    rows = [[*plain(c)[:3], midnight(c.born) or 0, *plain(c)[4:]] for c in cases]
    rows += [[0] * 9 for _ in range(25)]
    return Report(excel(folder / "more23.xlsx", [HEADINGS, *rows]), cases)


@report
def formulas_filled_down_below_the_list(folder: Path) -> Report:
    """Formulas that show "" were filled down to row 300."""
    cases = people(148)
    book = xlsxwriter.Workbook(str(folder / "more24.xlsx"))
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, [*HEADINGS, "Age now"])
    for number in range(1, 300):
        row = plain(cases[number - 1], serial) if number <= len(cases) else [""] * 9
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value, day if column in (3, 4) else None)
        sheet.write_formula(number, 9, f'=IF(A{number + 1}="","",15)', None, 15 if number <= len(cases) else "")
    book.close()
    return Report(folder / "more24.xlsx", cases)


@report
def ages_filled_down_below_the_list(folder: Path) -> Report:
    """A formula of age was filled down too far and shows 125 where there is no date of birth."""
    cases = people(149)
    rows = [[*HEADINGS, "Age"], *[[*plain(c), 14] for c in cases], *[[*[None] * 9, 125] for _ in range(12)]]
    return Report(excel(folder / "more25.xlsx", rows), cases)


@report
def outcome_repeated_as_a_second_row(folder: Path) -> Report:
    """A further outcome of the same contact stands in a row that has nothing else."""
    cases = people(150)
    rows: list[Row] = [HEADINGS]
    for n, c in enumerate(cases):
        rows.append(plain(c))
        if n % 5 == 0:
            rows.append([*[None] * 8, "Advice"])
    return Report(excel(folder / "more26.xlsx", rows), cases)


@report
def report_date_row_shaped_like_a_case(folder: Path) -> Report:
    cases = people(151)
    rows: list[Row] = [["Report ID", 400_123, None, None, midnight(dt.date(2025, 10, 1))], HEADINGS, *map(plain, cases)]
    rows.append(["Report run", "by", "Synthetic", None, midnight(dt.date(2025, 10, 1))])
    return Report(excel(folder / "more27.xlsx", rows), cases)


@report
def case_ids_that_read_as_words(folder: Path) -> Report:
    cases = people(152)
    ids = ["TOTAL1", "END-07", "PAGE2", "SUM003", "COUNT9", "NOTE12"]
    cases = [
        replace(c, case_id=ids[n // 7]) if n % 7 == 0 else replace(c, case_id=f"REF{n:03}") for n, c in enumerate(cases)
    ]
    return Report(excel(folder / "more28.xlsx", [HEADINGS, *map(plain, cases)]), cases)


@report
def stated_total_counts_young_people_in_words(folder: Path) -> Report:
    cases = people(153, 30, most=3)
    said = f"This report lists {len(cases)} contacts about 30 children between 01/04/2025 and 30/09/2025."
    return Report(excel(folder / "more29.xlsx", [[said], [], HEADINGS, *map(plain, cases)]), cases)


@report
def harm_in_several_columns_primary_secondary(folder: Path) -> Report:
    cases = people(154)
    heads = [*HEADINGS[:5], "Primary Factor", "Secondary Factor", "Other Factors"]
    rows = [[*plain(c)[:5], WORDS[c.codes[0]], WORDS[c.codes[1]] if c.codes[1:] else None, None] for c in cases]
    maps = ["--map", "categories=Primary Factor", "--map", "categories=Secondary Factor"]
    return Report(excel(folder / "more30.xlsx", [heads, *rows]), cases, "headings wait", maps)


@report
def harm_yes_no_and_not_known(folder: Path) -> Report:
    cases = people(155)
    kinds = list(WORDS)
    chance = random.Random(155)
    no = ["No", "N", "No", "Not known", "", "no "]
    rows: list[Row] = [["Person ID", "Name", "DOB", "Contact Date", *[WORDS[k] + "?" for k in kinds]]]
    for c in cases:
        marks = [chance.choice(["Yes", "Y", "YES "]) if k in c.codes else chance.choice(no) for k in kinds]
        rows.append([c.case_id, c.name, midnight(c.born), midnight(c.contact), *marks])
    return Report(excel(folder / "more31.xlsx", rows), cases, "labels to map")


# A third round


@report
def some_children_not_yet_on_the_system(folder: Path) -> Report:
    """No ID and no name yet, but a day, factors and an outcome in words: real contacts, each a row."""
    cases = people(160)
    cases = [replace(c, case_id=f"none{n}", forename="", surname="") if n % 8 == 3 else c for n, c in enumerate(cases)]
    rows = [[None, None, None, *plain(c)[3:]] if c.case_id.startswith("none") else plain(c) for c in cases]
    return Report(excel(folder / "third1.xlsx", [HEADINGS, *rows]), cases, "I01")


@report
def some_contacts_with_a_day_and_outcome_only(folder: Path) -> Report:
    cases = people(161)
    cases = [
        replace(c, case_id=f"none{n}", forename="", surname="", born=None, codes=(), outcome="Early help")
        if n % 8 == 3
        else c
        for n, c in enumerate(cases)
    ]
    rows = [
        [*[None] * 4, midnight(c.contact), None, None, None, c.outcome] if c.case_id.startswith("none") else plain(c)
        for c in cases
    ]
    return Report(excel(folder / "third2.xlsx", [HEADINGS, *rows]), cases, "E07 / E02 / I01")


@report
def child_in_a_band_contacts_below_without_id(folder: Path) -> Report:
    cases = people(162, 20, most=3)
    rows: list[Row] = [["Contact Date", "Factors", "Outcome"]]
    last = ""
    for c in cases:
        if c.case_id != last:
            rows.append([f"{c.surname}, {c.forename} ({c.case_id})  DOB {uk(c.born)}"])
            last = c.case_id
        rows.append([midnight(c.contact), codes(c), c.outcome])
    return Report(excel(folder / "third3.xlsx", rows), cases, "no case ID", not_a_list=True)


@report
def rest_of_the_list_on_a_second_sheet_without_headings(folder: Path) -> Report:
    cases = people(163)
    grids = {"Page1_1": [HEADINGS, *map(plain, cases[:25])], "Page1_2": list(map(plain, cases[25:]))}
    return Report(sheets(folder / "third4.xlsx", grids), cases, "E03", ["--sheet", "all"])


@report
def workbook_half_turned_by_excel(folder: Path) -> Report:
    """American texts typed into a British Excel: days up to 12 became dates, the wrong way; the rest stayed text."""
    cases = people(164)
    rows = []
    for c in cases:
        assert c.contact
        day = c.contact
        turned: Any = f"{day:%m/%d/%Y}"
        if day.day <= 12:
            turned = midnight(dt.date(day.year, day.day, day.month))
        rows.append([*plain(c)[:4], turned, *plain(c)[5:]])
    return Report(excel(folder / "third5.xlsx", [HEADINGS, *rows]), cases, "D20")


@report
def workbook_midnights_an_hour_early(folder: Path) -> Report:
    cases = people(165)
    hour = dt.timedelta(hours=1)
    rows = [
        [*plain(c)[:4], dt.datetime.combine(c.contact or dt.date.max, dt.time()) - hour, *plain(c)[5:]] for c in cases
    ]
    return Report(excel(folder / "third6.xlsx", [HEADINGS, *rows]), cases, "D22")


@report
def births_with_two_digit_years_as_text(folder: Path) -> Report:
    cases = people(166)
    rows = [plain(c, lambda d: f"{d.day}/{d.month}/{d:%y}" if d else "") for c in cases]
    return Report(excel(folder / "third7.xlsx", [HEADINGS, *rows]), cases)


@report
def pages_over_then_down(folder: Path) -> Report:
    """The printer's order: the right-hand columns of the same rows stand below the left-hand ones."""
    cases = people(167)
    rows = [HEADINGS[:5], *[plain(c)[:5] for c in cases], []]
    rows += [[HEADINGS[0], *HEADINGS[5:]], *[[plain(c)[0], *plain(c)[5:]] for c in cases]]
    return Report(excel(folder / "third8.xlsx", rows), cases, "E08", not_a_list=True)


@report
def ids_in_capitals_and_small_letters(folder: Path) -> Report:
    cases = [replace(c, case_id=f"AB{c.case_id}Q") for c in people(168, 30, most=2)]
    rows = [[c.case_id.lower() if n % 2 else c.case_id, *plain(c)[1:]] for n, c in enumerate(cases)]
    return Report(excel(folder / "third9.xlsx", [HEADINGS, *rows]), cases, "I09")


@report
def utf16_without_a_mark(folder: Path) -> Report:
    cases = people(169)
    return Report(
        text(folder / "third10.csv", [HEADINGS, *[plain(c, uk) for c in cases]], "utf-16-le"), cases, "encoding"
    )


@report
def crystal_detail_rows_with_outcomes_of_one_word(folder: Path) -> Report:
    """As crystal_id_and_name_only_in_group_header_row, but sorted and with a count below each child."""
    cases = people(170, 20, most=3)
    rows: list[Row] = [["LCS ID", "Child", "DOB", "Date of Contact", "Source", "Factors"]]
    for number in dict.fromkeys(c.case_id for c in cases):
        mine = [c for c in cases if c.case_id == number]
        rows.append([number, mine[0].name, uk(mine[0].born)])
        rows += [[None, None, None, uk(c.contact), "Police", words(c)] for c in mine]
        rows.append([None, None, None, f"Contacts: {len(mine)}"])
    return Report(excel(folder / "third11.xlsx", rows), cases, "E02 / D05")
