"""Synthetic people and cases for made-up reports.

Everything here is SYNTHETIC: names come from the short lists below, identifiers,
dates and factors from a seeded random generator. No row is about a real person.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

SURNAMES = [
    "Ashdown",
    "Barley",
    "Cobbett",
    "Dunmore",
    "Eastgate",
    "Fallow",
    "Garside",
    "Hawthorn",
    "Inglewood",
    "Jessop",
    "Kettle",
    "Larkhill",
    "Mossley",
    "Northway",
    "O'Farrow",
    "Pennant",
    "Quill",
    "Rowanby",
    "Stillwater",
    "Thackray",
    "Underhill",
    "Varley",
    "Wetherby",
    "Yarrow",
    "Brönte-Hay",
    "de la Cour",
    "Nuñez",
    "Van Der Lee",
]
FORENAMES = [
    "Ada",
    "Bo",
    "Carys",
    "Dev",
    "Elsie",
    "Finn",
    "Grace",
    "Hari",
    "Isla",
    "Jude",
    "Kezia",
    "Leo",
    "Mina",
    "Noor",
    "Otis",
    "Poppy",
    "Rhys",
    "Siân",
    "Theo",
    "Una",
    "Wren",
    "Zoë",
]
ODD_SURNAMES = ["Page", "Total", "End", "Count", "Report"]
TEAMS = ["North", "South", "East", "MASH", "Assessment 1", "Children in Care", "Riverside"]
ETHNICITIES = ["White British", "Asian British", "Black British", "Mixed", "Any other group", "Not known"]
OUTCOMES = [
    "No further action",
    "Progress to referral",
    "Information and advice",
    "Ended - passed to early help",
    "Report requested",
    "Strategy discussion",
    "Assessment",
]
REFERRED = ["Early Help", "School", "Total Respite Ltd", "CAMHS", "Health visitor", "Police", ""]
WORKERS = ["A. Sample", "B. Worker", "C. Example", "D. Madeup", "E. Invented"]
NOTES = [
    "",
    "",
    "",
    "Seen at home",
    "Discussed with school; no concerns",
    "Call back on Monday",
    "Two lines\nof notes",
    'Mother said: "not today"',
]
ODD_NOTES = [
    "Total: 3 siblings",
    "*** End of report ***",
    "Page 1 of 1 of the police report attached",
    "Report produced by police",
    "Sub-total of savings: 45",
]
FACTORS = [
    ("1A", "Alcohol misuse: child"),
    ("1B", "Alcohol misuse: parent"),
    ("2A", "Drug misuse: child"),
    ("2B", "Drug misuse: parent"),
    ("3A", "Domestic abuse: child"),
    ("3B", "Domestic abuse: parent"),
    ("4A", "Mental health: child"),
    ("4B", "Mental health: parent"),
    ("5A", "Learning disability: child"),
    ("12A", "Going missing"),
    ("13A", "Child sexual exploitation"),
    ("16A", "Neglect"),
]
ID_PATTERNS = {  # the shape of the ID column, as a regular expression over what is written
    "number 6": r"\d{6}",
    "number 7": r"\d{7}",
    "leading zeros": r"0\d{7}",
    "letter": r"P\d{6}",
    "year dash": r"20\d\d-\d{5}",
    "letters dash": r"[A-Z]{2}-\d{5}",
    "short number": r"\d{2,4}",
}
START, DAYS = date(2026, 1, 1), 90  # the period every report covers


@dataclass(frozen=True)
class PeopleStyle:
    """How the cases of one report are written."""

    id_shape: str  # a key of ID_PATTERNS
    id_as: str  # number / text / mixed
    names: str  # two / one / comma / none
    dates: str  # real / real time / uk / uk time / iso / month
    age: str  # dob / age / both / none
    factors: str  # long / wide / list / none
    yes_no: tuple[object, object]
    notes: bool
    team: bool


@dataclass
class Case:
    """One true case row: column key -> value as written."""

    cells: dict[str, object]
    team: str
    planted: str = ""
    mark: str = ""  # the kind of planted case
    bare: bool = False  # the ID is its only filled cell
    thin: bool = False  # the ID and one other thing only

    @property
    def id(self) -> str:
        """The ID as written, '' where there is none."""
        value = self.cells.get("id")
        return "" if value is None else str(value)


@dataclass
class People:
    """Makes cases in one style."""

    rng: random.Random
    style: PeopleStyle
    used: set[str] = field(default_factory=set)
    wide: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.style.factors == "wide":
            self.wide = self.rng.sample(FACTORS, self.rng.randint(2, 6))

    def new_id(self) -> str:
        """An unused ID of the column's shape."""
        rng, shape = self.rng, self.style.id_shape
        while True:
            text = {
                "number 6": lambda: str(rng.randint(100000, 999999)),
                "number 7": lambda: str(rng.randint(1000000, 9999999)),
                "leading zeros": lambda: f"{rng.randint(1, 9999999):08d}",
                "letter": lambda: f"P{rng.randint(1, 999999):06d}",
                "year dash": lambda: f"20{rng.randint(19, 26)}-{rng.randint(1, 99999):05d}",
                "letters dash": lambda: f"{rng.choice(['CH', 'LC', 'YP'])}-{rng.randint(1, 99999):05d}",
                "short number": lambda: str(rng.randint(11, 4999)),
            }[shape]()
            if text not in self.used:
                self.used.add(text)
                return text

    def write_id(self, text: str) -> object:
        """The ID as the report stores it: a number or text."""
        kind = self.style.id_as
        if not text.isdigit() or text.startswith("0") or kind == "text":
            return text
        return text if kind == "mixed" and self.rng.random() < 0.3 else int(text)

    def write_date(self, day: date) -> object:
        """A date as the report stores it."""
        if self.style.dates == "real time":
            return datetime.combine(day, time(9, 30))
        formats = {"uk": "%d/%m/%Y", "uk time": "%d/%m/%Y 00:00:00", "iso": "%Y-%m-%d", "month": "%d-%b-%Y"}
        return day if self.style.dates == "real" else day.strftime(formats[self.style.dates])

    def name_cells(self, surname: str, forename: str) -> dict[str, object]:
        """The name in one column, two or none."""
        ways: dict[str, dict[str, object]] = {
            "two": {"surname": surname, "forename": forename},
            "one": {"name": f"{forename} {surname}"},
            "comma": {"name": f"{surname}, {forename}"},
            "none": {},
        }
        return ways[self.style.names]

    def child(self) -> dict[str, object]:
        """The cells about one child (without the contact)."""
        rng = self.rng
        born = START - timedelta(days=rng.randint(30, 17 * 365))
        cells: dict[str, object] = {"id_text": self.new_id()}
        cells.update(self.name_cells(rng.choice(SURNAMES), rng.choice(FORENAMES)))
        if self.style.age in ("dob", "both"):
            cells["dob"] = self.write_date(born)
        if self.style.age in ("age", "both"):
            cells["age"] = (START - born).days // 366
        cells["gender"] = rng.choice(["Male", "Female", "M", "F", "Not stated"])
        cells["ethnicity"] = rng.choice(ETHNICITIES)
        return cells

    def contact(self, child: dict[str, object], day: date, team: str) -> list[Case]:
        """The row or (long form) rows of one contact."""
        rng = self.rng
        base = {key: value for key, value in child.items() if key != "id_text"}
        base.update(
            date=self.write_date(day),
            outcome=rng.choice(OUTCOMES),
            referred=rng.choice(REFERRED) or None,
            worker=rng.choice(WORKERS),
        )
        if self.style.team:
            base["team"] = team
        if self.style.notes:
            base["notes"] = rng.choice(NOTES) or None
        if self.style.factors == "list":
            base["factors"] = "; ".join(code for code, _ in rng.sample(FACTORS, rng.randint(0, 3))) or None
        for code, _ in self.wide:
            yes, no = self.style.yes_no
            base["f" + code] = yes if rng.random() < 0.3 else no
        many: list[tuple[str, str] | None] = [None]
        if self.style.factors == "long":
            many = [*rng.sample(FACTORS, rng.choice([1, 1, 2, 2, 3, 4]))]
        rows = []
        for factor in many:
            cells = dict(base, id=self.write_id(str(child["id_text"])))
            if factor is not None:
                cells["factors"] = " ".join(factor)
            rows.append(Case(cells, team))
        return rows

    def cases(self, number: int, teams: list[str]) -> list[Case]:
        """About `number` rows: some children come twice, on another day, at times in another team."""
        rng = self.rng
        rows: list[Case] = []
        again = rng.choice([0, 0.15, 0.15, 0.3])
        while len(rows) < number:
            child, team = self.child(), rng.choice(teams)
            days = rng.sample(range(DAYS), 2 if rng.random() < again else 1)
            for place, day in enumerate(days):
                where = rng.choice(teams) if place and rng.random() < 0.5 else team
                rows.extend(self.contact(child, START + timedelta(days=day), where))
        return rows[: max(number, 1)]

    def one(self, team: str) -> Case:
        """One more full row, of a new child."""
        day = START + timedelta(days=self.rng.randrange(DAYS))
        return self.contact(self.child(), day, team)[0]

    def rename(self, case: Case, surname: str, forename: str) -> None:
        """Give the row another name."""
        case.cells.update(self.name_cells(surname, forename))

    def plant(self, kind: str, team: str) -> Case | None:
        """A real case which looks like furniture; None where this report has no room for that kind."""
        rng, case = self.rng, self.one(team)
        named = self.style.names != "none"
        odd, fore = rng.choice(ODD_SURNAMES), rng.choice(FORENAMES)
        name_keys = set(self.name_cells("", ""))
        keep: set[str] | None = None
        if kind in ("surname", "page last", "page first", "report last", "report first") and named:
            self.rename(case, odd, fore)
            case.planted = f"surname {odd}"
        elif kind in ("page last", "page first", "report last", "report first"):
            case.planted = "an ordinary row"
        elif kind == "forename" and named:
            self.rename(case, rng.choice(["Total", "Count", "Kettle"]), "Sub")
            case.planted = "forename Sub"
        elif kind == "page one" and named:
            self.rename(case, rng.choice(["One", "Two"]), "Page")
            case.planted = "a child called Page One or Page Two"
        elif kind == "odd id":
            text = rng.choice([t for t in ("TOTAL1", "END01", "PAGE2", "COUNT45") if t not in self.used] or [""])
            if not text:
                return None
            self.used.add(text)
            case.cells["id"] = text
            case.planted = f"ID {text}"
        elif kind == "id and date":
            keep, case.thin, case.planted = {"id", "date"}, True, "only an ID and a date"
        elif kind == "id and name" and named:
            surname, forename = (rng.choice(["One", "End"]), "Page") if rng.random() < 0.4 else (odd, fore)
            self.rename(case, surname, forename)
            keep, case.thin = {"id"} | name_keys, True
            case.planted = f"only an ID and a name ({forename} {surname})"
        elif kind == "id alone last" and rng.random() < 0.7:
            return None  # kept rarer than the rest: it is a doubt
        elif kind in ("id alone", "id alone last"):
            keep, case.bare, case.planted = {"id"}, True, "only an ID"
        elif kind == "notes" and self.style.notes:
            text = rng.choice(ODD_NOTES)
            case.cells["notes"] = text
            case.planted = f"notes say '{text}'"
        elif kind == "worker":
            text = rng.choice(["Total, Ann", "E. Page", "Report Writer", "End-Smith, Jo"])
            case.cells["worker"] = text
            case.planted = f"worker {text}"
        elif kind == "no id" and named:
            self.rename(case, odd, fore)
            case.cells["id"] = None
            case.planted = f"surname {odd} and no ID, otherwise a full row"
        else:
            return None
        if keep is not None:
            case.cells = {key: value for key, value in case.cells.items() if key in keep}
        return case


PLANTS = [
    "surname",
    "surname",
    "forename",
    "page one",
    "odd id",
    "id and date",
    "id and name",
    "id alone",
    "id alone last",
    "notes",
    "notes",
    "worker",
    "no id",
    "page last",
    "page first",
    "report last",
    "report first",
]
