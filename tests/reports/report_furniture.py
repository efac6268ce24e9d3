# ruff: noqa: FBT001, FBT002 - kept as written by somebody who had not seen the reader
"""The rows of a made-up report which are not cases: titles, headings, page breaks, sub-totals, footers, notes.

Everything here is SYNTHETIC: no council, person, team or system output is real.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from report_people import FACTORS, Case, People

KINDS = ("title", "group heading", "page heading", "blank", "sub-total", "footer", "note")
CHILD = ("id", "surname", "forename", "name", "dob", "age", "gender", "ethnicity")
HEADINGS: dict[str, list[str]] = {
    "id": ["Person ID", "Child ID", "Case ID", "Client ID", "Person ID"],
    "surname": ["Surname", "Last Name", "Family Name"],
    "forename": ["Forename", "First Name"],
    "name": ["Name", "Child Name", "Full Name"],
    "dob": ["Date of Birth", "DOB"],
    "age": ["Age", "Age at Contact"],
    "gender": ["Gender", "Sex"],
    "ethnicity": ["Ethnicity", "Ethnic Group"],
    "date": ["Contact Date", "Date of Contact", "Referral Date"],
    "outcome": ["Outcome", "Contact Outcome"],
    "referred": ["Referred To"],
    "team": ["Team", "Responsible Team"],
    "worker": ["Worker", "Allocated Worker"],
    "notes": ["Notes", "Comments"],
    "factors": ["Factors", "Factors Identified"],
}


@dataclass
class Row:
    """One row of the sheet: kind, cells by column, merges across (first, last) and down (column)."""

    kind: str
    cells: dict[int, object] = field(default_factory=dict)
    across: list[tuple[int, int]] = field(default_factory=list)
    down: list[int] = field(default_factory=list)
    case: Case | None = None


@dataclass
class Layout:
    """Which column stands where, and the heading rows."""

    rng: random.Random
    people: People
    first: int  # empty columns before the table
    two_rows: bool
    keys: list[str] = field(default_factory=list)  # '' is an empty column inside the table
    head: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng, style = self.rng, self.people.style
        child = ["id", *self.people.name_cells("", "")]
        child += {"dob": ["dob"], "age": ["age"], "both": ["dob", "age"], "none": []}[style.age]
        child += [key for key in ("gender", "ethnicity") if rng.random() < 0.7]
        contact = ["date"] + [key for key in ("outcome", "referred", "worker") if rng.random() < 0.7]
        contact += ["team"] if style.team else []
        contact += ["notes"] if style.notes else []
        factors = ["f" + code for code, _ in self.people.wide]
        factors += ["factors"] if style.factors in ("list", "long") else []
        order = rng.choice([[child, contact, factors]] * 4 + [[contact, child, factors], [child, factors, contact]])
        self.keys = [key for part in order for key in part]
        dashes = rng.choice([": ", " - "])
        self.head = {key: rng.choice(HEADINGS[key]) for key in self.keys if key in HEADINGS}
        self.head.update({"f" + code: words.replace(": ", dashes) for code, words in self.people.wide})

    def add_gap(self) -> None:
        """An empty column inside the table, as merged cells leave behind."""
        self.keys.insert(self.rng.randint(1, len(self.keys) - 1), "")

    @property
    def last(self) -> int:
        """The last column of the table."""
        return self.first + len(self.keys) - 1

    def at(self, key: str) -> int:
        """The column of a key."""
        return self.first + self.keys.index(key)

    def place(self, where: str) -> int:
        """A column for a furniture text: id, name, date, factor, any, last, sheet (column A)."""
        if where == "name":
            where = next((key for key in ("surname", "name") if key in self.keys), "any")
        if where == "factor":
            where = next((key for key in self.keys if key.startswith("f") and key != "forename"), "any")
        if where == "any":
            return self.rng.randint(self.first, self.last)
        if where in ("last", "sheet"):
            return self.last if where == "last" else 0
        return self.at(where)

    def group_of(self, key: str) -> str:
        """The word of the merged group above a column."""
        if key in CHILD:
            return "Child"
        return "Factors" if key.startswith("f") else "Contact"

    def heading_rows(self, kind: str, tall_id: bool, lower_only: bool = False) -> list[Row]:
        """The heading row, with the row of groups above it where the report has two."""
        lower = Row(kind, {self.first + n: self.head[key] for n, key in enumerate(self.keys) if key})
        if not self.two_rows or lower_only:
            return [lower]
        upper, seen = Row(kind), ""
        start = end = self.first
        spans: list[tuple[int, int]] = []
        for n, key in enumerate(self.keys):
            column = self.first + n
            if tall_id and key == "id":
                upper.cells[column] = self.head["id"]
                upper.down.append(column)
                lower.cells.pop(column)
                spans.append((start, end))
                start, end, seen = column, column, ""
                continue
            group = self.group_of(key) if key else seen
            if group and group != seen:
                spans.append((start, end))
                upper.cells[column] = group
                start, seen = column, group
            end = column
        upper.across = [(a, b) for a, b in [*spans, (start, end)] if a < b and a in upper.cells]
        return [upper, lower]


def run_by(rng: random.Random) -> str:
    """Who ran the report (made up)."""
    return rng.choice(["A. Sample", "Data Team", "Example, Casey", "svc_reports"])


def title_rows(layout: Layout, number: int, stated: str) -> list[Row]:
    """`number` rows above the headings; `stated` (or '') is a total given among them."""
    rng, people = layout.rng, layout.people
    start = rng.choice([0, layout.first])
    day = people.write_date(date(2026, 2, 3))
    texts: list[dict[int, object]] = [
        {0: rng.choice(["Contacts with factors", "Children's Social Care - Long List", "CS042 Contacts, all teams"])},
        {0: f"Report run: 03/02/2026 by {run_by(rng)}"},
        {0: "Team: MASH | Period: 01/01/2026 - 31/03/2026"},
        {0: "Parameters: Age = 0 to 17; Team = All, Status = Open"},
        {0: "OFFICIAL-SENSITIVE"},
        {0: "Report run:", 1: day, 2: "by", 3: run_by(rng)},
        {0: "Team", 1: "All", 2: "Period", 3: "01/01/2026 - 31/03/2026"},
        {0: "Start Date:", 1: day},
        {0: "Madeup Borough Council"},
        {0: "Page 1 of 1"},
    ]
    chosen = [texts[0], *rng.sample(texts[1:], number)][:number]
    if stated and number:
        chosen[-1] = {0: stated}
    rows = []
    for cells in chosen:
        row = Row("title", {start + n: value for n, value in cells.items()})
        if len(cells) == 1 and rng.random() < 0.3 and start < layout.last:
            row.across.append((start, layout.last))
        rows.append(row)
    if rows and rng.random() < 0.5:
        rows.insert(rng.randint(1, len(rows)), Row("blank"))
    return rows


def page_break(layout: Layout, style: str, page: int, pages: int, title: str, tall_id: bool) -> list[Row]:
    """What stands between two pages. Style is a set of words: foot, blank, title, number, heading, lower."""
    rows: list[Row] = []
    words = style.split()
    if "foot" in words:
        rows.append(Row("footer", {layout.place("id"): f"Page {page - 1} of {pages}"}))
    if "marking" in words:
        rows.append(Row("footer", {layout.place("name"): "OFFICIAL-SENSITIVE"}))
    if "blank" in words:
        rows.append(Row("blank"))
    if "title" in words:
        rows.append(Row("page heading", {layout.place("id"): title}))
    if "number" in words:
        column = layout.place("last" if "right" in words else "id")
        rows.append(Row("page heading", {column: f"Page {page} of {pages}"}))
    if "heading" in words:
        rows.extend(layout.heading_rows("page heading", tall_id, "lower" in words))
    return rows


def sub_total(layout: Layout, form: int, group: str, number: int, of: str) -> Row:
    """The sub-total under a group, of rows or of young people, in one of several forms."""
    ident, last = layout.place("id"), layout.last
    named = any(key in layout.keys for key in ("surname", "name"))
    other = layout.place("name") if named else last if last != ident else layout.first
    if of == "young people":
        return Row(
            "sub-total", {ident: [f"Children in {group}: {number}", f"Sub-total {group}: {number} children"][form % 2]}
        )
    forms: list[dict[int, object]] = [
        {ident: f"Sub-total {group}: {number}"},
        {other: f"Count: {number}"},
        {ident: number, other: "Total"},
        {ident: f"{group} total", ident + 1: number},
        {layout.first: f"Total for {group}: {number}"},
        {ident: "Sub-total", (last if last != ident else ident + 1): number},
    ]
    row = Row("sub-total", forms[form % len(forms)])
    if form % len(forms) == 4:
        row.across.append((layout.first, last))
    return row


def grand_total(layout: Layout, number: int, of: str, yes_counts: dict[str, int]) -> Row:
    """The total the report states of itself, in one of many forms and columns."""
    rng, ident = layout.rng, layout.place("id")
    name = layout.place("name")
    if name == ident:
        name = ident + 1
    across: dict[int, object] = {layout.first: ""}
    if of == "pages":
        return Row("footer", {layout.place(rng.choice(["id", "last"])): f"Total pages: {number}"})
    if of == "young people":
        forms: list[dict[int, object]] = [
            {ident: f"Number of children: {number}"},
            {ident: "Total children", ident + 1: number},
            {name: f"Young people: {number}"},
            {layout.place("any"): f"Number of children: {number}"},
            {ident: f"Distinct children: {number}"},
            across,
        ]
        words = f"Total number of children in this report: {number}"
    else:
        forms = [
            {ident: "Total records:", ident + 1: number},
            {ident: f"Total records: {number}"},
            {ident: f"Grand total {number}", ident + 2: number},
            {ident: f"{number} rows"},
            {ident: f"Total: {number} rows"},
            {name: f"Total records: {number}"},
            {layout.place("any"): f"Record count: {number}"},
            {layout.place("factor"): f"Total records: {number}"},
            {ident: number, name: "Total"},
            across,
        ]
        words = f"Total number of records: {number}"
        if yes_counts:
            sums: dict[int, object] = {layout.at(key): count for key, count in yes_counts.items()}
            forms += [{ident: f"Total ({number} rows)", **sums}] * 2
    chosen = rng.choice(forms)
    if chosen is across:
        return Row("footer", {layout.first: words}, [(layout.first, layout.last)])
    return Row("footer", chosen)


def closing_rows(layout: Layout, pages: int) -> list[Row]:
    """Zero to four lines after the list which say nothing of its length."""
    rng, people, ident = layout.rng, layout.people, layout.place("id")
    day = people.write_date(date(2026, 2, 3))
    lines = [
        "*** End of report ***",
        "End of report",
        f"Report produced by {run_by(rng)}",
        f"Page {pages} of {pages}",
        "Printed 03/02/2026 10:14",
        "Data source: Mosaic",
        "End",
        "Report ID: CS042 v3",
    ]
    rows: list[Row] = []
    for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 4])):
        where = rng.choice(["id", "id", "name", "any", "factor", "date", "across", "several", "sheet"])
        text = rng.choice(lines)
        if where == "across":
            rows.append(Row("footer", {layout.first: text}, [(layout.first, layout.last)]))
        elif where == "several":
            name = layout.place("name")
            name = ident + 1 if name == ident else name
            rows.append(
                Row(
                    "footer",
                    rng.choice(
                        [
                            {ident: "Printed", layout.at("date"): day},
                            {ident: f"Page {pages} of {pages}", layout.at("date"): day},
                            {ident: "Report produced by", name: run_by(rng)},
                            {ident: "Page", name: pages},
                            {ident: "Printed 03/02/2026 10:14", layout.last: f"Page {pages} of {pages}"},
                            {ident: "End of report", name: run_by(rng), layout.at("date"): day},
                        ]
                    ),
                )
            )
        else:
            rows.append(Row("footer", {layout.place(where): text}))
    return rows


def note_rows(layout: Layout, young: int) -> list[Row]:
    """Confidentiality, an explanation of codes, and a part count which is not the list's total."""
    rng, ident = layout.rng, layout.place("id")
    rows: list[Row] = []
    if rng.random() < 0.3:
        where = rng.choice(["id", "name", "any", "sheet"])
        rows.append(
            Row(
                "note",
                {
                    layout.place(where): rng.choice(
                        [
                            "OFFICIAL-SENSITIVE",
                            "OFFICIAL-SENSITIVE: contains personal data. Do not forward.",
                            "Factors are those recorded when the assessment ended.",
                            "* age at the date of contact",
                        ]
                    )
                },
            )
        )
    if rng.random() < 0.2:
        if rng.random() < 0.5:
            rows.append(Row("note", {ident: rng.choice(["Code", "Key to factors:"]), ident + 1: "Meaning"}))
        for code, words in rng.sample(FACTORS, rng.randint(3, 8)):
            rows.append(Row("note", {ident: code, ident + 1: words}))
    if rng.random() < 0.06:
        rows.append(Row("note", {ident: f"Number of children under 5: {max(1, young // 4)}"}))
    if rng.random() < 0.06:
        rows.append(Row("note", {ident: "Average age", ident + 1: 9.4}))
    if rows and rng.random() < 0.4:
        rows.insert(0, Row("blank"))
    return rows
