"""Reports as real people and systems write them, each with its truth. SYNTHETIC DATA ONLY: every name, number, date
and place in here is invented by a seeded generator; nobody in them exists.

Made by a tester who had not read the product's code nor its tests. `REPORTS` lists functions; each takes a folder,
writes one file there and returns its truth, which was written down before the tool was run on it:

file     the path
rows     one dict for each row that is a case, in order; keys: id name dob contact end age gender harm outcome.
         A key that is missing is not compared; None says that the field must be blank.
young    how many young people
args     options of `import` that a person would give after the tool's question
ask      True: a question, a refusal or a finding is a fair answer, since the file itself leaves it open
says     words (a regular expression) of which a finding or message must have one, else a wrong result is silent
note     what is special
must_say True: the report states a number that is not the list's, and that must be said (E01)
no_e01   True: nothing in the report states a number of cases
args_first True: `args` belong to the first import

`python tests/reports/fresh_reports.py FOLDER [NAME ...]` writes the files.
Types of harm are the names of the sheet Categories; `harm` of a row is the set that it truly has.
"""

# ruff: noqa: C416, DTZ001, E501, E731, FBT002, FBT003, PIE810, T201

from __future__ import annotations

import csv
import io
import random
import shutil
import subprocess
import tempfile
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
from openpyxl.styles import Font, PatternFill

FIRST = [
    "Aldo",
    "Bronte",
    "Cerys",
    "Dilan",
    "Esme",
    "Farid",
    "Greta",
    "Hamza",
    "Imre",
    "Jolie",
    "Kofi",
    "Lowri",
    "Mateo",
    "Nadia",
    "Osian",
    "Pip",
    "Quill",
    "Rhea",
    "Soren",
    "Tansy",
]
LAST = [
    "Ambrey",
    "Birchfold",
    "Coxley",
    "Dunmarsh",
    "Eastley",
    "Fernsby",
    "Gantry",
    "Holloway",
    "Inskip",
    "Jessop",
    "Kettlewell",
    "Larkrise",
    "Mundell",
    "Norcott",
    "Oakhanger",
    "Pellow",
    "Quested",
    "Rushmere",
    "Stanbury",
    "Thackrow",
]
HARMS = {
    "Missing": ("10A", "Going/being missing"),
    "CSE": ("11A", "Child sexual exploitation"),
    "Trafficking": ("12A", "Trafficking"),
    "Gangs": ("13A", "Gangs"),
    "Socially unacceptable behaviour": ("14A", "Socially unacceptable behaviour"),
    "Drug - child": ("2A", "Drug misuse - child"),
    "CCE": ("24A", "Child criminal exploitation"),
}
OUTCOMES = ["No further action", "Child in Need", "Strategy discussion", "Early help", "Child Protection"]


def people(n: int, seed: int = 1, start: int = 4100000, per: int = 1) -> list[dict]:
    rng = random.Random(seed)
    out = []
    ids = rng.sample(range(start, start + 800000), n)
    for i in range(n):
        contact = date(2024, 1, 1) + timedelta(days=rng.randrange(330))
        first, last = FIRST[i % 20], LAST[(i * 7 + i // 20) % 20]
        dob = contact - timedelta(days=365 * rng.randrange(13, 17) + rng.randrange(30, 330))
        for k in range(per):
            c = contact + timedelta(days=9 * k)
            out.append(
                {
                    "id": ids[i],
                    "first": first,
                    "last": last,
                    "name": f"{last}, {first}",
                    "dob": dob,
                    "contact": c,
                    "end": c + timedelta(days=rng.randrange(20, 45)),
                    "gender": ["Female", "Male"][i % 2],
                    "eth": ["White British", "Black Caribbean", "Pakistani", "Any other White background"][i % 4],
                    "harm": set(rng.sample(sorted(HARMS), rng.randrange(1, 4))),
                    "outcome": OUTCOMES[i % 5],
                    "worker": f"{FIRST[(i + 9) % 20]} {LAST[(i + 4) % 20]}",
                    "team": ["MASH", "Locality North", "Locality South"][i % 3],
                    "age": (c - dob).days // 365,
                }
            )
    return out


def truth(file, ps, keys="id name dob contact", young=None, args=(), ask=False, says="", note="", **over):
    rows = [{k: (over[k](p) if k in over else p[k]) for k in {*keys.split(), *over}} for p in ps]
    return {
        "file": file,
        "rows": rows,
        "young": young if young is not None else len({p["id"] for p in ps}),
        "args": list(args),
        "ask": ask,
        "says": says,
        "note": note,
    }


def xl(folder, name, grid, sheet="Sheet1", merge=(), more=None, after=None):
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = sheet
    for r in grid:
        ws.append(list(r))
    for m in merge:
        ws.merge_cells(m)
    for s, g in (more or {}).items():
        w2 = wb.create_sheet(s)
        for r in g:
            w2.append(list(r))
    if after:
        after(wb)
    path = Path(folder) / name
    wb.save(path)
    return path


def text(folder, name, grid, sep=",", enc="utf-8-sig", pre="", post="", quote=csv.QUOTE_MINIMAL, eol="\r\n"):
    buf = io.StringIO()
    csv.writer(buf, delimiter=sep, quoting=quote, lineterminator=eol).writerows(grid)
    path = Path(folder) / name
    path.write_bytes((pre + buf.getvalue() + post).encode(enc))
    return path


def convert(path: Path, to: str) -> Path:
    with tempfile.TemporaryDirectory() as prof:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{prof}",
                "--headless",
                "--convert-to",
                to,
                "--outdir",
                str(path.parent),
                str(path),
            ],
            check=True,
            capture_output=True,
        )
    path.unlink()
    return path.with_suffix("." + to)


def rezip(path: Path, change) -> Path:
    other = path.with_suffix(".tmp")
    with zipfile.ZipFile(path) as a, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as b:
        for n in a.namelist():
            b.writestr(n, change(n, a.read(n)))
    shutil.move(other, path)
    return path


def uk(d):
    return d.strftime("%d/%m/%Y")


H = ["Case ID", "Name", "DOB", "Referral Date", "Gender", "Ethnicity", "Factors", "Outcome"]


def codes(p, sep=", "):
    return sep.join(HARMS[h][0] for h in sorted(p["harm"]))


def words(p, sep="; "):
    return sep.join(HARMS[h][1] for h in sorted(p["harm"]))


def row(p, d=lambda x: x):
    return [p["id"], p["name"], d(p["dob"]), d(p["contact"]), p["gender"], p["eth"], codes(p), p["outcome"]]


FULL = "id name dob contact gender harm outcome"
REPORTS = []


def report(f):
    REPORTS.append(f)
    return f


# ---- how reporting tools lay a list out ----


@report
def ssrs_spacers(folder):
    ps = people(31, 1)
    grid = [["Assessments Completed", *[None] * 14], [], ["Parameters: Team = All; From 01/01/2024 to 31/12/2024"], []]

    def spread(r):
        out = []
        for v in r:
            out += [v, None]
        return [None, *out]

    grid.append(spread(H))
    grid += [spread(row(p)) for p in ps]
    grid += [
        [],
        [None, "Report run by: BI Team", None, None, None, None, None, "05/01/2025 09:12", None, "Page 1 of 1"],
    ]
    merges = ["A1:O1"] + [f"{a}{r}:{b}{r}" for r in range(5, 37) for a, b in (("B", "C"), ("D", "E"), ("F", "G"))]
    return truth(xl(folder, "ssrs_spacers.xlsx", grid, merge=merges), ps, FULL)


@report
def crystal_shifted(folder):
    """Crystal: the headings stand one column left of their values."""
    ps = people(24, 2)
    grid = [["Referrals by Team", None, None], ["Print Date: 06/01/2025"], [], [*H, None]]
    grid += [[None, *row(p)] for p in ps]
    grid += [[None, "Grand Total:", 24]]
    return truth(xl(folder, "crystal_shifted.xlsx", grid), ps, ask=True)


@report
def crystal_groups_by_team(folder):
    ps = people(40, 3)
    grid = [["Open Referrals"], ["As at 06/01/2025"], []]
    order = []
    for t in ("MASH", "Locality North", "Locality South"):
        grp = [p for p in ps if p["team"] == t]
        order += grp
        grid += [["Team:", t], H] + [row(p) for p in grp] + [["Count for " + t, None, len(grp)], []]
    grid += [["Overall count", None, 40], ["Page 1"]]
    return truth(xl(folder, "crystal_groups_by_team.xlsx", grid), order, FULL)


@report
def crystal_groups_by_child(folder):
    """The ID stands only in a group row above each child's referrals."""
    ps = people(15, 4, per=2)
    grid = [["Referral history"], [], ["Referral Date", "Factors", "Outcome", "Gender"]]
    for i in range(0, 30, 2):
        p = ps[i]
        grid.append([f"{p['last']}, {p['first']} ({p['id']})  DOB: {uk(p['dob'])}"])
        grid += [[q["contact"], codes(q), q["outcome"], q["gender"]] for q in ps[i : i + 2]]
    return truth(xl(folder, "crystal_groups_by_child.xlsx", grid), ps, "contact outcome", ask=True)


@report
def bo_sections(folder):
    ps = people(36, 5)
    grid, order = [], []
    for t in ("MASH", "Locality North", "Locality South"):
        grp = [p for p in ps if p["team"] == t]
        order += grp
        grid += [[t], [], H] + [row(p) for p in grp] + [[None, None, None, None, None, None, "Sum:", len(grp)], []]
    grid += [["Sum:", None, None, None, None, None, None, 36]]
    return truth(xl(folder, "bo_sections.xlsx", grid, "Report1"), order, FULL)


@report
def powerbi_table(folder):
    ps = people(33, 6)
    head = [
        "Child[PersonID]",
        "Child[FullName]",
        "Child[DateOfBirth]",
        "Referral[ReferralDate]",
        "Child[Gender]",
        "Sum of DaysOpen",
    ]
    grid = [head] + [[p["id"], p["name"], p["dob"], p["contact"], p["gender"], 12] for p in ps]
    grid += [["Total", None, None, None, None, 33 * 12], [], ["Applied filters:\nYear is 2024\nTeam is not (Blank)"]]
    return truth(xl(folder, "powerbi_table.xlsx", grid, "Export"), ps, "id name dob contact gender")


@report
def pivot_tabular_blanks(folder):
    """A pivot in tabular form: ID and name only in each child's first row."""
    ps = people(20, 7, per=2)
    grid = [["Team", "(All)"], [], ["Case ID", "Name", "DOB", "Referral Date", "Outcome"]]
    for i, p in enumerate(ps):
        grid.append(
            [p["id"], p["name"], p["dob"], p["contact"], p["outcome"]]
            if i % 2 == 0
            else [None, None, None, p["contact"], p["outcome"]]
        )
    grid.append(["Grand Total"])
    return truth(xl(folder, "pivot_tabular_blanks.xlsx", grid), ps, "contact outcome", ask=True)


@report
def pivot_counts_only(folder):
    grid = [
        ["Row Labels", "Count of Case ID"],
        ["MASH", 12],
        ["Locality North", 14],
        ["Locality South", 7],
        ["Grand Total", 33],
    ]
    return {
        "file": xl(folder, "pivot_counts_only.xlsx", grid),
        "rows": [],
        "young": 0,
        "args": [],
        "ask": True,
        "says": "",
        "note": "no list of cases: refuse",
    }


@report
def merged_children(folder):
    ps = people(16, 8, per=2)
    grid = [H] + [
        row(p) if i % 2 == 0 else [None, None, None, p["contact"], None, None, codes(p), p["outcome"]]
        for i, p in enumerate(ps)
    ]
    merges = [f"{c}{r}:{c}{r + 1}" for r in range(2, 34, 2) for c in "ABCEF"]
    return truth(xl(folder, "merged_children.xlsx", grid, merge=merges), ps, FULL, ask=True)


@report
def two_level_child_mother(folder):
    ps, ms = people(26, 9), people(26, 90, start=6000000)
    grid = [
        ["Mother", None, None, "Child", None, None, "Referral", None, "Assessment", None, None],
        ["ID", "Name", "DOB", "ID", "Name", "DOB", "Date", "Outcome", "Start", "End", "Outcome"],
    ]
    grid += [
        [
            m["id"],
            m["name"],
            date(1985, 5, 17),
            p["id"],
            p["name"],
            p["dob"],
            p["contact"],
            "Progress",
            p["contact"] + timedelta(2),
            p["end"],
            p["outcome"],
        ]
        for p, m in zip(ps, ms, strict=True)
    ]
    return truth(
        xl(folder, "two_level_child_mother.xlsx", grid, merge=["A1:C1", "D1:F1", "G1:H1", "I1:K1"]),
        ps,
        "id name dob contact",
    )


@report
def mother_first_flat(folder):
    ps, ms = people(26, 10), people(26, 91, start=6000000)
    grid = [["Person ID", "Mother's Name", "Mother's DOB", "Child ID", "Child Name", "Child DOB", "Date of referral"]]
    grid += [
        [m["id"], m["name"], date(1985, 5, 17), p["id"], p["name"], p["dob"], p["contact"]]
        for p, m in zip(ps, ms, strict=True)
    ]
    return truth(xl(folder, "mother_first_flat.xlsx", grid), ps)


@report
def adult_and_child_person_ids(folder):
    ps, ms = people(26, 11), people(26, 92, start=6000000)
    grid = [
        [
            "Person ID",
            "Person Name",
            "Person DOB",
            "Relationship",
            "Related Person ID",
            "Related Person Name",
            "Related DOB",
            "Contact Date",
        ]
    ]
    grid += [
        [m["id"], m["name"], date(1985, 5, 17), "Mother", p["id"], p["name"], p["dob"], p["contact"]]
        for p, m in zip(ps, ms, strict=True)
    ]
    return truth(
        xl(folder, "adult_and_child_person_ids.xlsx", grid),
        ps,
        ask=True,
        says="25 or older|parent",
        note="the child is the related person",
    )


@report
def three_heading_rows(folder):
    ps = people(22, 12)
    grid = [
        ["Child", None, None, "Referral", "Child", None, "Assessment", None],
        H,
        [f"({i})" for i in range(1, 9)],
    ] + [row(p) for p in ps]
    return truth(xl(folder, "three_heading_rows.xlsx", grid, merge=["A1:C1", "E1:F1", "G1:H1"]), ps, FULL)


@report
def format_hint_row(folder):
    ps = people(22, 13)
    grid = [H, ["number", "text", "dd/mm/yyyy", "dd/mm/yyyy", "list", "list", "list", "list"]] + [row(p) for p in ps]
    return truth(xl(folder, "format_hint_row.xlsx", grid), ps, FULL)


@report
def example_row(folder):
    """A template with an example row above the cases."""
    ps = people(22, 14)
    grid = [H, ["e.g. 1234567", "e.g. Smith, Jo", "e.g. 01/02/2010", "e.g. 03/04/2024", "F", "WBRI", "11A", "NFA"]] + [
        row(p) for p in ps
    ]
    return truth(xl(folder, "example_row.xlsx", grid), ps, FULL, says="E02")


@report
def long_preface(folder):
    ps = people(25, 15)
    pre = [["Guidance for users of this report"]] + [
        [
            f"{i}. Please read note {i}: the referral date is the date the contact was received; DOB may be expected date."
        ]
        for i in range(1, 56)
    ]
    grid = pre + [[], H] + [row(p) for p in ps]
    return truth(xl(folder, "long_preface.xlsx", grid), ps, FULL)


@report
def parameters_like_headings(folder):
    ps = people(25, 16)
    grid = [
        ["Report", "Case ID list with DOB"],
        ["Referral Date", "From", date(2024, 1, 1), "To", date(2024, 12, 31)],
        ["Gender", "All", "Ethnicity", "All"],
        ["Team", "All", "Name", "Contains", "*"],
        [],
        H,
    ]
    grid += [row(p) for p in ps]
    return truth(xl(folder, "parameters_like_headings.xlsx", grid), ps, FULL)


@report
def newline_headings(folder):
    ps = people(25, 17)
    grid = [
        [
            "Case\nNo.",
            "Child's\nName\n(Surname, Forename)",
            "D.O.B.\n(dd/mm/yy)",
            "Date of\nReferral\nto MASH",
            "M/F",
            "Ethnic\nOrigin",
            "DfE\nFactors\n(codes)",
            "Outcome of\nReferral",
        ]
    ]
    grid += [[*row(p)[:4], p["gender"][0], *row(p)[5:]] for p in ps]
    return truth(xl(folder, "newline_headings.xlsx", grid), ps, "id name dob contact harm outcome")


@report
def nbsp_everywhere(folder):
    ps = people(25, 18)
    grid = [[h.replace(" ", "\u00a0") + "\u00a0" for h in H]] + [
        [
            f"\u00a0{p['id']}\u200b",
            p["name"].replace(" ", "\u00a0"),
            "\u00a0" + uk(p["dob"]),
            uk(p["contact"]) + "\u00a0",
            p["gender"],
            p["eth"],
            codes(p),
            p["outcome"],
        ]
        for p in ps
    ]
    return truth(xl(folder, "nbsp_everywhere.xlsx", grid), ps, FULL)


# ---- which column is which ----


@report
def row_number_first(folder):
    ps = people(30, 19)
    grid = [["Ref", "Mosaic No", "Child", "DOB", "Contact Received", "Outcome"]] + [
        [i + 1, p["id"], p["name"], p["dob"], p["contact"], p["outcome"]] for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "row_number_first.xlsx", grid), ps, "id name dob contact outcome")


@report
def id_heading_is_row_number(folder):
    ps = people(30, 20, per=2)
    grid = [["ID", "LCS Number", "Child", "DOB", "Contact Date"]] + [
        [i + 1, p["id"], p["name"], p["dob"], p["contact"]] for i, p in enumerate(ps)
    ]
    return truth(
        xl(folder, "id_heading_is_row_number.xlsx", grid), ps, "id name dob contact", note="ID is the row number"
    )


@report
def many_ids(folder):
    ps = people(30, 21, per=2)
    grid = [
        [
            "Referral ID",
            "Assessment ID",
            "Family ID",
            "UPN",
            "Child ID",
            "Worker ID",
            "Child Name",
            "DOB",
            "Referral Date",
        ]
    ]
    grid += [
        [900000 + i, 300000 + i, 7000 + i // 4, f"A{820000000000 + i}", p["id"], 55, p["name"], p["dob"], p["contact"]]
        for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "many_ids.xlsx", grid), ps)


@report
def referral_id_only_plus_nhs(folder):
    ps = people(30, 22, per=2)
    grid = [["Referral No", "NHS Number", "Name", "DOB", "Referral Date"]] + [
        [f"R{90000 + i}", f"485 777 {3456 + i // 2}", p["name"], p["dob"], p["contact"]] for i, p in enumerate(ps)
    ]
    return truth(
        xl(folder, "referral_id_only_plus_nhs.xlsx", grid),
        ps,
        "name dob contact",
        ask=True,
        says="same name and date of birth|NHS",
        note="a referral number is not a young person's",
    )


@report
def nhs_beside(folder):
    ps = people(30, 23)
    grid = [
        ["NHS Number", "NHS No. Verified", "System ID", "Known As", "Legal Name", "DOB", "Date Opened", "Date Closed"]
    ]
    grid += [
        [4857773456 + i, "Yes", p["id"], p["first"], f"{p['first']} {p['last']}", p["dob"], p["contact"], p["end"]]
        for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "nhs_beside.xlsx", grid), ps, "id dob contact end", ask=True)


@report
def many_dates(folder):
    ps = people(30, 24)
    grid = [
        [
            "Child ID",
            "Name",
            "Date of Last Contact",
            "Date of Next Visit",
            "Report Run Date",
            "DOB",
            "Referral Date",
            "Date Closed",
        ]
    ]
    grid += [
        [
            p["id"],
            p["name"],
            p["contact"] + timedelta(200),
            date(2025, 2, 3),
            date(2025, 1, 6),
            p["dob"],
            p["contact"],
            p["end"],
        ]
        for p in ps
    ]
    return truth(xl(folder, "many_dates.xlsx", grid), ps, "id name dob contact end")


@report
def last_contact_only(folder):
    """No contact date in the sense of the sample; only the last visit and the next."""
    ps = people(30, 25)
    grid = [["Child ID", "Name", "DOB", "Last Contact Date", "Next Review Date", "Outcome"]] + [
        [p["id"], p["name"], p["dob"], p["contact"] + timedelta(200), date(2025, 2, 3), p["outcome"]] for p in ps
    ]
    return truth(xl(folder, "last_contact_only.xlsx", grid), ps, "id name dob", contact=lambda p: None, ask=True)


@report
def many_names(folder):
    ps = people(30, 26)
    grid = [["Worker Name", "Team Name", "School Name", "Referrer", "Child", "Child ID", "Birth Date", "Received"]]
    grid += [
        [p["worker"], p["team"], "Oakhanger High", "PC 4471", p["name"], p["id"], p["dob"], p["contact"]] for p in ps
    ]
    return truth(xl(folder, "many_names.xlsx", grid), ps, ask=True)


@report
def surname_first_cols(folder):
    ps = people(30, 27)
    grid = [["SURNAME", "FORENAME(S)", "CHILD REF", "D O B", "DATE REFERRED", "SEX"]] + [
        [p["last"].upper(), p["first"], p["id"], p["dob"], p["contact"], p["gender"][0]] for p in ps
    ]
    return truth(
        xl(folder, "surname_first_cols.xlsx", grid),
        ps,
        "id dob contact",
        name=lambda p: ("both", p["first"], p["last"].upper()),
    )


@report
def funny_surnames(folder):
    ps = people(20, 28)
    for p, s in zip(
        ps,
        ["Total", "Page", "End", "Grand", "Count", "Report", "Summary", "Filter", "Name", "Test", "Sum", "Average"],
        strict=False,
    ):
        p["last"], p["name"] = s, f"{s}, {p['first']}"
    grid = (
        [["Case ID", "Surname", "Forename", "DOB", "Referral Date"]]
        + [[p["id"] if i else "TOTAL1", p["last"], p["first"], p["dob"], p["contact"]] for i, p in enumerate(ps)]
        + [["Total", 20]]
    )
    ps[0]["id"] = "TOTAL1"
    return truth(xl(folder, "funny_surnames.xlsx", grid), ps, "id dob contact")


@report
def mosaic_codes(folder):
    ps = people(30, 29)
    grid = [
        [
            "PERSON_ID",
            "FULL_NAME",
            "DATE_OF_BIRTH",
            "CONTACT_START_DT",
            "SEX_CD",
            "ETHN_CD",
            "FACTORS_CSV",
            "OUTCOME_DESC",
        ]
    ] + [row(p) for p in ps]
    return truth(xl(folder, "mosaic_codes.xlsx", grid), ps, FULL)


@report
def census_ncodes(folder):
    ps = people(30, 30)
    grid = [
        [
            "N00097 LAchildID",
            "N00066 PersonBirthDate",
            "N00783 Sex",
            "N00177 Ethnicity",
            "N00100 CINreferralDate",
            "N00181 AssessmentFactors",
            "N00102 CINclosureDate",
            "N00103 ReasonForClosure",
        ]
    ]
    grid += [
        [
            p["id"],
            p["dob"].isoformat(),
            p["gender"][0],
            "WBRI",
            p["contact"].isoformat(),
            codes(p, ";"),
            p["end"].isoformat(),
            "RC1",
        ]
        for p in ps
    ]
    return truth(text(folder, "census_ncodes.csv", grid), ps, "id dob contact end harm")


@report
def welsh(folder):
    ps = people(30, 31)
    grid = [
        [
            "Rhif achos",
            "Enw'r plentyn",
            "Dyddiad geni",
            "Dyddiad atgyfeirio",
            "Rhywedd",
            "Ethnigrwydd",
            "Math o niwed",
            "Canlyniad",
        ]
    ] + [row(p) for p in ps]
    return truth(xl(folder, "welsh.xlsx", grid), ps, FULL, ask=True)


@report
def american(folder):
    ps = people(30, 32)
    us = lambda d: d.strftime("%m/%d/%Y")
    grid = [
        [
            "Client ID",
            "Client Name (Last, First)",
            "DOB (MM/DD/YYYY)",
            "Intake Date",
            "Sex",
            "Race/Ethnicity",
            "Allegation Type",
            "Disposition",
        ]
    ] + [row(p, us) for p in ps]
    return truth(text(folder, "american.csv", grid), ps, FULL, ask=True, says="day and month|cannot be read")


@report
def hidden_old_id(folder):
    ps = people(30, 33)
    grid = [["Case ID", "Old Case ID", "Name", "DOB", "Referral Date"]] + [
        [p["id"], 1000 + i, p["name"], p["dob"], p["contact"]] for i, p in enumerate(ps)
    ]
    return truth(
        xl(
            folder,
            "hidden_old_id.xlsx",
            grid,
            after=lambda wb: setattr(wb.active.column_dimensions["B"], "hidden", True),
        ),
        ps,
    )


@report
def referral_columns_wide(folder):
    ps = people(20, 34)
    grid = [
        [
            "Case ID",
            "Name",
            "DOB",
            "Referral 1 Date",
            "Referral 1 Outcome",
            "Referral 2 Date",
            "Referral 2 Outcome",
            "Referral 3 Date",
            "Referral 3 Outcome",
        ]
    ]
    grid += [
        [
            p["id"],
            p["name"],
            p["dob"],
            p["contact"],
            p["outcome"],
            p["contact"] + timedelta(40) if i % 2 else None,
            "NFA" if i % 2 else None,
            None,
            None,
        ]
        for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "referral_columns_wide.xlsx", grid), ps, "id name dob", ask=True)


@report
def no_headings_at_all(folder):
    ps = people(20, 35)
    return truth(xl(folder, "no_headings_at_all.xlsx", [row(p) for p in ps]), ps, ask=True, says="head")


@report
def no_heading_over_id(folder):
    ps = people(20, 36)
    grid = [[None, "Name", "DOB", "Referral Date", "Outcome"]] + [
        [p["id"], p["name"], p["dob"], p["contact"], p["outcome"]] for p in ps
    ]
    return truth(xl(folder, "no_heading_over_id.xlsx", grid), ps, ask=True, says="case ID")


# ---- types of harm ----


def _flag(folder, name, yes, no, heads, above=None, seed=40, ask=False, says="", suffix=".xlsx"):
    ps = people(28, seed)
    hs = sorted(HARMS)
    grid = ([above] if above else []) + [["Case ID", "Name", "DOB", "Referral Date", *heads]]
    grid += [[p["id"], p["name"], p["dob"], p["contact"], *[yes if h in p["harm"] else no for h in hs]] for p in ps]
    return truth(xl(folder, name, grid), ps, "id name dob contact harm", ask=ask, says=says)


@report
def flags_ticks(folder):
    return _flag(
        folder,
        "flags_ticks.xlsx",
        "\u2713",
        None,
        [f"{HARMS[h][0]} - {HARMS[h][1]}" for h in sorted(HARMS)],
        [None] * 4 + ["Assessment factors identified"] + [None] * 6,
    )


@report
def flags_x(folder):
    return _flag(
        folder,
        "flags_x.xlsx",
        "x",
        "",
        [HARMS[h][0] for h in sorted(HARMS)],
        [None] * 4 + ["DfE factors"] + [None] * 6,
        41,
    )


@report
def flags_bool(folder):
    return _flag(folder, "flags_bool.xlsx", True, False, [HARMS[h][1] + "?" for h in sorted(HARMS)], None, 42)


@report
def flags_ones(folder):
    return _flag(folder, "flags_ones.xlsx", 1, 0, ["factor_" + HARMS[h][0] for h in sorted(HARMS)], None, 43)


@report
def flags_dates(folder):
    """A date in the cell says yes (the day the flag was set)."""
    return _flag(
        folder,
        "flags_dates.xlsx",
        date(2024, 3, 9),
        None,
        [h + " flag date" for h in sorted(HARMS)],
        None,
        44,
        ask=True,
        says="Labels|label",
    )


@report
def flags_risk_levels(folder):
    ps = people(28, 45)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "CSE Risk Level", "CCE Risk Level", "Missing Risk Level"]]
    lv = lambda p, h: ["High", "Medium", "Low"][p["id"] % 3] if h in p["harm"] else "No risk identified"
    grid += [[p["id"], p["name"], p["dob"], p["contact"], lv(p, "CSE"), lv(p, "CCE"), lv(p, "Missing")] for p in ps]
    return truth(
        xl(folder, "flags_risk_levels.xlsx", grid), ps, ask=True, harm=lambda p: p["harm"] & {"CSE", "CCE", "Missing"}
    )


@report
def flags_traps(folder):
    """Yes/No columns that name a harm and are not one; the truth is in Factors alone."""
    ps = people(28, 46)
    grid = [
        [
            "Case ID",
            "Name",
            "DOB",
            "Referral Date",
            "CSE Screening Tool Completed",
            "Missing Return Interview Offered",
            "Missing Information?",
            "Gangs Worker Allocated",
            "Trafficking NRM Considered",
            "Factors",
        ]
    ]
    grid += [[p["id"], p["name"], p["dob"], p["contact"], "Yes", "No", "Yes", "No", "Yes", codes(p)] for p in ps]
    return truth(xl(folder, "flags_traps.xlsx", grid), ps, "id name dob contact harm")


@report
def flags_traps_alone(folder):
    ps = people(28, 47)
    grid = [
        [
            "Case ID",
            "Name",
            "DOB",
            "Referral Date",
            "CSE leaflet given",
            "Missing from School?",
            "Previously Missing",
            "Sibling in Gang",
            "CSE ruled out",
        ]
    ]
    grid += [[p["id"], p["name"], p["dob"], p["contact"], "Y", "Y", "N", "Y", "Y"] for p in ps]
    return truth(xl(folder, "flags_traps_alone.xlsx", grid), ps, ask=True, harm=lambda p: set())


@report
def flags_mixed_with_factors(folder):
    ps = people(28, 48)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factors", "CSE Flag", "CCE Flag"]]
    grid += [
        [
            p["id"],
            p["name"],
            p["dob"],
            p["contact"],
            ", ".join(HARMS[h][0] for h in sorted(p["harm"] - {"CSE", "CCE"})),
            "Yes" if "CSE" in p["harm"] else "No",
            "Yes" if "CCE" in p["harm"] else "N/K",
        ]
        for p in ps
    ]
    return truth(xl(folder, "flags_mixed_with_factors.xlsx", grid), ps, "id name dob contact harm")


@report
def factor_numbered(folder):
    ps = people(28, 49)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factor 1", "Factor 2", "Factor 3"]]
    for p in ps:
        hs = [HARMS[h][1] for h in sorted(p["harm"])]
        grid.append([p["id"], p["name"], p["dob"], p["contact"], *(hs + [None] * 3)[:3]])
    return truth(xl(folder, "factor_numbered.xlsx", grid), ps, "id name dob contact harm")


@report
def factor_long(folder):
    """One row for each factor: 28 children, more rows."""
    ps = people(28, 50)
    rows = [dict(p, harm={h}) for p in ps for h in sorted(p["harm"])]
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factor Code", "Factor Description"]] + [
        [p["id"], p["name"], p["dob"], p["contact"], HARMS[min(p["harm"])][0], HARMS[min(p["harm"])][1]] for p in rows
    ]
    return truth(xl(folder, "factor_long.xlsx", grid), rows, "id name dob contact harm")


@report
def harm_mixture(folder):
    ps = people(28, 51)

    def mix(i, p):
        hs = sorted(p["harm"])
        return [" / ", " & ", " + ", "\n", " and ", " | ", ",", ";"][i % 8].join(
            HARMS[h][(i + k) % 2] for k, h in enumerate(hs)
        )

    grid = [["Case ID", "Name", "DOB", "Referral Date", "Type of Harm"]] + [
        [p["id"], p["name"], p["dob"], p["contact"], mix(i, p)] for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "harm_mixture.xlsx", grid), ps, "id name dob contact harm", says="label")


@report
def harm_negated(folder):
    ps = people(28, 52)
    txt = ["No CSE", "Not CSE - ruled out", "CSE (No)", "Gangs: N", "CSE? no evidence", "Nil", "no concerns re gangs"]
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Type of Harm"]] + [
        [p["id"], p["name"], p["dob"], p["contact"], txt[i % 7]] for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "harm_negated.xlsx", grid), ps, harm=lambda p: set(), says="label")


@report
def harm_yes_no_pairs_in_cell(folder):
    ps = people(28, 53)
    txt = lambda p: "; ".join(f"{h}: {'Yes' if h in p['harm'] else 'No'}" for h in sorted(HARMS))
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Exploitation Types"]] + [
        [p["id"], p["name"], p["dob"], p["contact"], txt(p)] for p in ps
    ]
    return truth(xl(folder, "harm_yes_no_pairs_in_cell.xlsx", grid), ps, "id name dob contact harm", says="label")


@report
def harm_present_absent(folder):
    return _flag(
        folder,
        "harm_present_absent.xlsx",
        "Present",
        "Not present",
        [h for h in sorted(HARMS)],
        None,
        54,
        ask=True,
        says="label",
    )


@report
def harm_primary_secondary(folder):
    ps = people(28, 55)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Primary Harm", "Secondary Harm"]]
    for p in ps:
        p["harm"] = set(sorted(p["harm"])[:2])
        hs = sorted(p["harm"])
        grid.append(
            [p["id"], p["name"], p["dob"], p["contact"], HARMS[hs[0]][1], HARMS[hs[1]][1] if len(hs) > 1 else "None"]
        )
    return truth(xl(folder, "harm_primary_secondary.xlsx", grid), ps, "id name dob contact harm")


@report
def tracker_by_hand(folder):
    ps = people(18, 56)
    ty = lambda p: "/".join(sorted(p["harm"] & {"CSE", "CCE", "Missing"})) or "none known"
    grid = [
        ["EXPLOITATION TRACKER - OFFICIAL SENSITIVE", None, None, None, None, None, None],
        ["key:", "red = high", "amber = med", "green = low"],
        [],
        ["LCS no", "YP initials", "dob", "date came in", "what type?", "RAG", "notes / update"],
    ]
    grid += [
        [
            p["id"],
            p["first"][0] + p["last"][0],
            p["dob"],
            p["contact"],
            ty(p),
            "R",
            f"{uk(p['contact'])} - strat held. End of month: review.",
        ]
        for p in ps
    ]

    def colour(wb):
        for c in wb.active[2]:
            c.fill = PatternFill("solid", fgColor="FFFF0000")
        wb.active.freeze_panes = "C5"

    return truth(
        xl(folder, "tracker_by_hand.xlsx", grid, after=colour),
        ps,
        "id dob contact",
        ask=True,
        harm=lambda p: p["harm"] & {"CSE", "CCE", "Missing"},
    )


# ---- dates and ages ----


def _dates(folder, name, fmt, seed, ask=False, says="", per_row=None):
    ps = people(40, seed)
    grid = [H] + [row(p, (lambda d, i=i: per_row(i, d)) if per_row else fmt) for i, p in enumerate(ps)]
    return truth(text(folder, name, grid), ps, FULL, ask=ask, says=says)


@report
def dates_us(folder):
    return _dates(folder, "dates_us.csv", lambda d: d.strftime("%m/%d/%Y"), 60, ask=True, says="month")


@report
def dates_us_time(folder):
    return _dates(
        folder, "dates_us_time.csv", lambda d: f"{d.month}/{d.day}/{d.year} 12:00:00 AM", 61, ask=True, says="month"
    )


@report
def dates_us_few(folder):
    """US dates, in which only three rows have a day above 12."""
    ps = people(40, 62)
    for i, p in enumerate(ps):
        p["contact"] = p["contact"].replace(day=(i % 12) + 1) if i > 2 else p["contact"].replace(day=20 + i)
        p["dob"] = p["dob"].replace(day=(i % 11) + 1)
    grid = [H] + [row(p, lambda d: d.strftime("%m/%d/%Y")) for p in ps]
    return truth(text(folder, "dates_us_few.csv", grid), ps, FULL, ask=True, says="day and month|month")


@report
def dates_half_swapped(folder):
    """A US Excel opened a UK csv: days up to 12 became true dates, day and month swapped; the others stayed text."""
    ps = people(40, 63)
    sw = lambda d: datetime(d.year, d.day, d.month) if d.day <= 12 else uk(d)
    return truth(
        xl(folder, "dates_half_swapped.xlsx", [H] + [row(p, sw) for p in ps]),
        ps,
        FULL,
        ask=True,
        says="day and month|month",
    )


@report
def dates_iso_t(folder):
    return _dates(folder, "dates_iso_t.csv", lambda d: d.isoformat() + "T00:00:00.000Z", 64)


@report
def dates_iso_bst(folder):
    """UTC stamps of midnight in British Summer Time: 23:00 of the day before."""
    f = lambda d: (
        (d - timedelta(1)).isoformat() + "T23:00:00.000Z" if 4 <= d.month <= 10 else d.isoformat() + "T00:00:00.000Z"
    )
    return _dates(folder, "dates_iso_bst.csv", f, 65, ask=True, says="UTC|23:00|summer")


@report
def dates_serial(folder):
    return _dates(folder, "dates_serial.csv", lambda d: str((d - date(1899, 12, 30)).days), 66)


@report
def dates_serial_float(folder):
    return _dates(folder, "dates_serial_float.csv", lambda d: f"{(d - date(1899, 12, 30)).days}.4583", 67)


@report
def dates_words(folder):
    def f(i, d):
        n = d.day
        o = "th" if 11 <= n <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
        return [
            d.strftime("%A, %d %B %Y"),
            f"{n}{o} {d.strftime('%B %Y')}",
            d.strftime("%d-%b-%y"),
            d.strftime("%d.%m.%Y"),
            d.strftime("%Y%m%d"),
            d.strftime("%d/%m/%y"),
            d.strftime("%b %d, %Y"),
            d.strftime("%d %b %Y 14:05"),
        ][i % 8]

    return _dates(folder, "dates_words.csv", None, 68, per_row=f, says="cannot be read")


@report
def dates_compact_ddmmyyyy(folder):
    return _dates(
        folder, "dates_compact_ddmmyyyy.csv", lambda d: d.strftime("%d%m%Y"), 69, ask=True, says="cannot be read"
    )


@report
def dates_1904(folder):
    ps = people(25, 70)

    def after(wb):
        wb.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    return truth(xl(folder, "dates_1904.xlsx", [H] + [row(p) for p in ps], after=after), ps, FULL)


@report
def dates_placeholders(folder):
    ps = people(25, 71)
    grid = [H] + [row(p, uk) for p in ps]
    for i, v in enumerate(["00/00/0000", "01/01/1900", "NULL", "31/02/2009", "unknown", "2009"]):
        grid[i + 1][2] = v
        ps[i]["dob"] = None if i != 1 else date(1900, 1, 1)
    return truth(
        text(folder, "dates_placeholders.csv", grid),
        ps,
        "id name contact",
        says="cannot be read",
        note="six bad dates of birth",
    )


@report
def age_words(folder):
    ps = people(24, 72)
    f = lambda i, a: [
        f"{a} yrs",
        f"{a} years 3 months",
        f"{a}y 3m",
        f"{a} (at referral)",
        f"Age {a}",
        f"{a}.5",
        f"{a} years old",
        str(a),
    ][i % 8]
    grid = [["Case ID", "Name", "Age at Referral", "Referral Date"]] + [
        [p["id"], p["name"], f(i, p["age"]), p["contact"]] for i, p in enumerate(ps)
    ]
    return truth(
        xl(folder, "age_words.xlsx", grid), ps, "id name contact", age=lambda p: ("floor", p["age"]), says="age cannot"
    )


@report
def age_in_months(folder):
    ps = people(24, 73)
    grid = [["Case ID", "Name", "Age (months)", "Referral Date"]] + [
        [p["id"], p["name"], p["age"] * 12 + 5, p["contact"]] for p in ps
    ]
    return truth(
        xl(folder, "age_in_months.xlsx", grid),
        ps,
        "id name contact",
        age=lambda p: ("floor", p["age"]),
        ask=True,
        says="age cannot",
    )


@report
def age_at_end_of_year(folder):
    """Two ages: today's and the one at the contact; no date of birth."""
    ps = people(24, 74)
    grid = [["Case ID", "Name", "Current Age", "Age at Contact", "Contact Date"]] + [
        [p["id"], p["name"], p["age"] + 2, p["age"], p["contact"]] for p in ps
    ]
    return truth(xl(folder, "age_at_end_of_year.xlsx", grid), ps, "id name contact", age=lambda p: ("floor", p["age"]))


# ---- IDs ----


@report
def ids_spaces(folder):
    ps = people(24, 80)
    grid = [H] + [[f"{str(p['id'])[:3]} {str(p['id'])[3:]}", *row(p)[1:]] for p in ps] + [["Total 24"]]
    return truth(xl(folder, "ids_spaces.xlsx", grid), ps, FULL, id=lambda p: f"{str(p['id'])[:3]} {str(p['id'])[3:]}")


@report
def ids_float_csv(folder):
    ps = people(24, 81)
    return truth(
        text(folder, "ids_float_csv.csv", [H] + [[f"{p['id']}.0", *row(p, uk)[1:]] for p in ps]), ps, FULL, ask=True
    )


@report
def ids_thousands_csv(folder):
    ps = people(24, 82)
    return truth(
        text(folder, "ids_thousands_csv.csv", [H] + [[f"{p['id']:,}", *row(p, uk)[1:]] for p in ps]), ps, FULL, ask=True
    )


@report
def ids_zeros_partly_lost(folder):
    ps = people(24, 83, per=2)
    for p in ps:
        p["id"] = f"{p['id'] % 100000:08d}"
    grid = [H] + [[p["id"] if i % 2 else int(p["id"]), *row(p)[1:]] for i, p in enumerate(ps)]
    return truth(xl(folder, "ids_zeros_partly_lost.xlsx", grid), ps, "name dob contact", young=24, says="I02")


@report
def ids_scientific(folder):
    ps = people(24, 84)
    for i, p in enumerate(ps):
        p["id"] = 202400000000 + i * 1000
    grid = [H] + [[f"{p['id']:.5E}", *row(p, uk)[1:]] for p in ps]
    return truth(
        text(folder, "ids_scientific.csv", grid), ps, "name dob contact", young=24, ask=True, says="I0|E02|rounded"
    )


@report
def ids_mixed_shapes(folder):
    ps = people(30, 85)
    for i, s in ((3, "P{}"), (9, "{}/2"), (14, "TEMP-44"), (20, "NEW"), (25, "{}A")):
        ps[i]["id"] = s.format(ps[i]["id"])
    return truth(xl(folder, "ids_mixed_shapes.xlsx", [H] + [row(p) for p in ps] + [["Total cases:", 30]]), ps, FULL)


@report
def only_ids(folder):
    ps = people(40, 86)
    return truth(xl(folder, "only_ids.xlsx", [["Case ID"]] + [[p["id"]] for p in ps] + [["Total: 40"]]), ps, "id")


@report
def no_ids(folder):
    ps = people(40, 87)
    grid = [H[1:]] + [row(p)[1:] for p in ps] + [["Total", 40]]
    return truth(
        xl(folder, "no_ids.xlsx", grid), ps, "name dob contact gender harm outcome", id=lambda p: None, ask=True
    )


@report
def one_row(folder):
    ps = people(1, 88)
    return truth(xl(folder, "one_row.xlsx", [H, row(ps[0])]), ps, FULL)


@report
def id_missing_rows(folder):
    ps = people(30, 89)
    grid = [H] + [row(p) for p in ps]
    grid[5][0], grid[9][0], grid[12][0] = None, "TBC", "Awaiting"
    grid[15][1], grid[15][2] = "*** RESTRICTED ***", None
    grid[20] = [ps[19]["id"], None, None, None, None, None, None, None]
    grid += [["Number of records", None, 30]]
    for i, v in ((4, None), (8, "TBC"), (11, "Awaiting")):
        ps[i]["id"] = v
    return truth(xl(folder, "id_missing_rows.xlsx", grid), ps, "id", young=30)


# ---- totals, footers, notes ----


@report
def total_lost_row(folder):
    ps = people(30, 100)
    r = truth(
        xl(folder, "total_lost_row.xlsx", [["CIN cases (31)"], [], H] + [row(p) for p in ps]), ps, FULL, says="E01"
    )
    r["must_say"] = True  # the title states 31
    return r


@report
def total_in_words(folder):
    ps = people(20, 101, per=2)
    grid = [H] + [row(p) for p in ps] + [[], ["There are 20 children and 40 referrals in this report."]]
    return truth(xl(folder, "total_in_words.xlsx", grid), ps, FULL, says="E06", note="E01 would be wrong")


@report
def total_words_wrong(folder):
    ps = people(20, 102, per=2)
    grid = [H] + [row(p) for p in ps] + [[], ["n = 42"]]
    r = truth(xl(folder, "total_words_wrong.xlsx", grid), ps, FULL, says="E01")
    r["must_say"] = True
    return r


@report
def total_distinct_wrong(folder):
    ps = people(20, 103, per=2)
    grid = [["Distinct children", 21], ["Referrals", 40], [], H] + [row(p) for p in ps]
    r = truth(xl(folder, "total_distinct_wrong.xlsx", grid), ps, FULL, says="E01")
    r["must_say"] = True
    return r


@report
def rows_returned(folder):
    ps = people(30, 104)
    r = truth(
        text(
            folder,
            "rows_returned.csv",
            [H] + [row(p, uk) for p in ps],
            post="\r\n(32 rows affected)\r\n\r\nCompletion time: 2025-01-06T09:12:11\r\n",
        ),
        ps,
        FULL,
        says="E01",
    )
    r["must_say"] = True
    return r


@report
def footer_run_id(folder):
    ps = people(30, 105)
    grid = (
        [H]
        + [row(p) for p in ps]
        + [[], ["Run ID", 4471203, datetime(2025, 1, 6, 9, 13)], ["Printed by", "jbloggs", datetime(2025, 1, 6, 9, 14)]]
    )
    return truth(xl(folder, "footer_run_id.xlsx", grid), ps, FULL, says="E02")


@report
def legend_below_no_gap(folder):
    ps = people(30, 106)
    grid = (
        [H]
        + [row(p) for p in ps]
        + [
            ["11A", "Child sexual exploitation"],
            ["13A", "Gangs"],
            ["24A", "Child criminal exploitation"],
            ["WBRI", "White British"],
        ]
    )
    return truth(xl(folder, "legend_below_no_gap.xlsx", grid), ps, FULL, says="E02")


@report
def legend_beside(folder):
    ps = people(30, 107)
    key = [("Code", "Meaning"), ("11A", "CSE"), ("13A", "Gangs"), ("10A", "Missing"), ("Total", 30)]
    grid = [[*H, None, *key[0]]] + [[*row(p), None, *(key[i + 1] if i < 4 else (None, None))] for i, p in enumerate(ps)]
    return truth(xl(folder, "legend_beside.xlsx", grid), ps, FULL)


@report
def legend_beside_longer(folder):
    """The key at the right goes on below the last case."""
    ps = people(12, 108)
    key = [(f"{i}A", f"Factor {i}") for i in range(1, 25)]
    grid = [[*H, None, "Code", "Factor"]] + [
        [*(row(ps[i]) if i < 12 else [None] * 8), None, *key[i]] for i in range(24)
    ]
    return truth(xl(folder, "legend_beside_longer.xlsx", grid), ps, FULL, says="E02")


@report
def side_by_side(folder):
    """Two lists side by side with the same headings: open on the left, closed on the right."""
    ps = people(40, 109)
    grid = [["Open", None, None, None, None, "Closed"], [*H[:4], None, *H[:4]]] + [
        [*row(ps[i])[:4], None, *row(ps[i + 20])[:4]] for i in range(20)
    ]
    return truth(xl(folder, "side_by_side.xlsx", grid), ps, ask=True, says="second list|same heading|twice|E03|beside")


@report
def second_list_below_other_order(folder):
    ps = people(40, 110)
    a, b = ps[:25], ps[25:]
    grid = (
        [["Open cases"], H]
        + [row(p) for p in a]
        + [
            [],
            ["Closed cases"],
            ["Name", "Case ID", "Referral Date", "DOB", "Outcome", "Gender", "Ethnicity", "Factors"],
        ]
    )
    grid += [[p["name"], p["id"], p["contact"], p["dob"], p["outcome"], p["gender"], p["eth"], codes(p)] for p in b]
    return truth(xl(folder, "second_list_below_other_order.xlsx", grid), ps, FULL, ask=True)


@report
def second_list_swapped_dates_only(folder):
    """The second block has the same headings but DOB and Referral Date have changed places."""
    ps = people(40, 111)
    a, b = ps[:25], ps[25:]
    h2 = [*H]
    h2[2], h2[3] = h2[3], h2[2]
    grid = [H] + [row(p) for p in a] + [[], h2] + [[*row(p)[:2], p["contact"], p["dob"], *row(p)[4:]] for p in b]
    return truth(xl(folder, "second_list_swapped_dates_only.xlsx", grid), ps, FULL, ask=True)


@report
def note_rows_between(folder):
    ps = people(20, 112)
    grid = [H]
    for i, p in enumerate(ps):
        grid.append(row(p))
        if i % 4 == 0:
            grid.append([None, "Note: awaiting strategy discussion; chase police"])
    return truth(xl(folder, "note_rows_between.xlsx", grid), ps, FULL, says="E02")


@report
def wrapped_text_rows(folder):
    ps = people(20, 113)
    grid = [H]
    for i, p in enumerate(ps):
        r = row(p)
        if i % 3 == 0:
            r[6], rest = "10A, 11A,", "13A"
            p["harm"] = {"Missing", "CSE", "Gangs"}
            grid += [r, [None] * 6 + [rest, None]]
        else:
            grid.append(r)
    return truth(xl(folder, "wrapped_text_rows.xlsx", grid), ps, FULL, ask=True, says="E0")


@report
def sibling_rows(folder):
    ps = people(20, 114)
    out, grid = [], [H]
    for i, p in enumerate(ps):
        grid.append(row(p))
        out.append(p)
        if i % 5 == 0:
            s = dict(p, id=None, name=f"{p['last']}, Sib (sibling)", dob=p["dob"] + timedelta(700))
            grid.append([None, s["name"], s["dob"], *row(p)[3:]])
            out.append(s)
    return truth(xl(folder, "sibling_rows.xlsx", grid), out, FULL, young=24)


@report
def cancelled_and_test(folder):
    ps = people(24, 115)
    ps[3]["name"], ps[4]["name"] = "TEST, Child", "ZZTEST, Do Not Use"
    grid = [[*H, "Status"]] + [
        [*row(p), "Cancelled - entered in error" if i % 6 == 5 else "Complete"] for i, p in enumerate(ps)
    ]

    def strike(wb):
        for r in range(2, 26):
            if (r - 2) % 6 == 5:
                for c in wb.active[r]:
                    c.font = Font(strike=True)

    return truth(xl(folder, "cancelled_and_test.xlsx", grid, after=strike), ps, FULL)


@report
def last_row_sparse(folder):
    ps = people(24, 116)
    grid = [H] + [row(p) for p in ps]
    grid[-1] = [ps[-1]["id"], ps[-1]["name"], *[None] * 6]
    return truth(xl(folder, "last_row_sparse.xlsx", grid), ps, "id name")


@report
def footer_right_after_with_number(folder):
    ps = people(24, 117)
    grid = [H] + [row(p) for p in ps] + [[2400024, None, None, None, None, None, None, None]]
    return truth(
        xl(folder, "footer_right_after_with_number.xlsx", grid),
        ps,
        FULL,
        says="E02",
        note="a bare number in the ID column below the list",
    )


@report
def gap_of_blank_rows(folder):
    ps = people(30, 118)
    grid = [H] + [row(p) for p in ps[:10]] + [[]] * 60 + [row(p) for p in ps[10:]]
    return truth(xl(folder, "gap_of_blank_rows.xlsx", grid), ps, FULL)


# ---- sheets ----


@report
def team_sheets(folder):
    ps = people(45, 120)
    g = lambda a, t: [[t], [], H] + [row(p) for p in a] + [["Total", len(a)]]
    return truth(
        xl(
            folder,
            "team_sheets.xlsx",
            g(ps[:15], "North"),
            "North",
            more={
                "South": g(ps[15:30], "South"),
                "East": g(ps[30:], "East"),
                "Summary": [["Team", "Cases"], ["North", 15], ["South", 15], ["East", 15], ["Total", 45]],
            },
        ),
        ps,
        FULL,
        args=["--sheet", "all"],
    )


@report
def team_sheets_other_order(folder):
    ps = people(40, 121)
    h2 = ["Name", "Case ID", "Referral Date", "DOB", "Sex", "Outcome", "Factors", "Ethnicity"]
    b = [[p["name"], p["id"], p["contact"], p["dob"], p["gender"], p["outcome"], codes(p), p["eth"]] for p in ps[20:]]
    return truth(
        xl(folder, "team_sheets_other_order.xlsx", [H] + [row(p) for p in ps[:20]], "North", more={"South": [h2, *b]}),
        ps,
        FULL,
        args=["--sheet", "all"],
        ask=True,
    )


@report
def second_sheet_no_headings(folder):
    ps = people(40, 122)
    return truth(
        xl(
            folder,
            "second_sheet_no_headings.xlsx",
            [H] + [row(p) for p in ps[:20]],
            "Page 1",
            more={"Page 2": [row(p) for p in ps[20:]]},
        ),
        ps,
        FULL,
        args=["--sheet", "all"],
        ask=True,
        says="E03|go on",
    )


@report
def hidden_full_list(folder):
    """The visible sheet holds a part, a hidden sheet the whole list."""
    ps = people(40, 123)
    return truth(
        xl(
            folder,
            "hidden_full_list.xlsx",
            [H] + [row(p) for p in ps[:12]],
            "Mine",
            more={"Data": [H] + [row(p) for p in ps]},
            after=lambda wb: setattr(wb["Data"], "sheet_state", "hidden"),
        ),
        ps,
        FULL,
        args=["--sheet", "Data"],
    )


@report
def filtered_rows(folder):
    ps = people(40, 124)

    def hide(wb):
        ws = wb.active
        ws.auto_filter.ref = "A1:H41"
        for r in range(2, 42):
            if r % 2:
                ws.row_dimensions[r].hidden = True

    return truth(xl(folder, "filtered_rows.xlsx", [H] + [row(p) for p in ps], after=hide), ps, FULL)


@report
def months_and_annual(folder):
    """Three monthly sheets and a sheet with all of them: reading all would count each case twice."""
    ps = people(36, 125)
    g = lambda a: [H] + [row(p) for p in a]
    return truth(
        xl(
            folder,
            "months_and_annual.xlsx",
            g(ps[:12]),
            "Apr",
            more={"May": g(ps[12:24]), "Jun": g(ps[24:]), "Q1": g(ps)},
        ),
        ps,
        FULL,
        args=["--sheet", "Q1"],
    )


# ---- files ----


@report
def csv_semicolon_cp1252(folder):
    ps = people(24, 130)
    ps[2]["name"], ps[5]["name"] = "Ren\u00e9e, Zo\u00eb", "O\u2019Malley, Si\u00e2n"
    return truth(text(folder, "csv_semicolon_cp1252.csv", [H] + [row(p, uk) for p in ps], ";", "cp1252"), ps, FULL)


@report
def csv_sep_line(folder):
    ps = people(24, 131)
    return truth(
        text(folder, "csv_sep_line.csv", [H] + [row(p, uk) for p in ps], ";", "utf-8", pre="sep=;\r\n"), ps, FULL
    )


@report
def txt_utf16_tabs(folder):
    ps = people(24, 132)
    return truth(text(folder, "txt_utf16_tabs.csv", [H] + [row(p, uk) for p in ps], "\t", "utf-16"), ps, FULL)


@report
def csv_pipe(folder):
    ps = people(24, 133)
    return truth(text(folder, "csv_pipe.csv", [H] + [row(p, uk) for p in ps], "|"), ps, FULL)


@report
def csv_notes_newlines(folder):
    ps = people(24, 134)
    grid = [[*H, "Notes", "", ""]] + [
        [*row(p, uk), 'Said "no", left\r\n4100001,Total,01/01/2010\r\n\r\nEnd of report', "", ""] for p in ps
    ]
    return truth(text(folder, "csv_notes_newlines.csv", grid, quote=csv.QUOTE_ALL), ps, FULL)


@report
def csv_unquoted_comma(folder):
    """Names with an unquoted comma: every value after it has moved one column to the right."""
    ps = people(24, 135)
    lines = [",".join(H[:6])] + [
        f"{p['id']},{p['name']},{uk(p['dob'])},{uk(p['contact'])},{p['gender']},{p['eth']}" for p in ps
    ]
    path = Path(folder) / "csv_unquoted_comma.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    return truth(path, ps, "id dob contact", ask=True, says="more cells|D0|more fields|more values")


@report
def csv_some_unquoted_commas(folder):
    """In four rows only the address has an unquoted comma, before the dates."""
    ps = people(24, 136)
    lines = ["Case ID,Name,Address,Visit Date,Referral Date,DOB,Outcome"]
    for i, p in enumerate(ps):
        a = "4 Elm Way, Oldbury" if i % 6 == 2 else "9 Ash Road"
        lines.append(
            f"{p['id']},{p['first']} {p['last']},{a},{uk(p['contact'] + timedelta(5))},{uk(p['contact'])},{uk(p['dob'])},{p['outcome']}"
        )
    path = Path(folder) / "csv_some_unquoted_commas.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    return truth(path, ps, "id dob contact", ask=True, says="more cells|D0|more fields|more values")


@report
def csv_broken_lines(folder):
    """Line breaks in an unquoted notes field split rows."""
    ps = people(24, 137)
    lines = [",".join([*H[:6], "Notes"])]
    for i, p in enumerate(ps):
        lines.append(
            f"{p['id']},{p['first']} {p['last']},{uk(p['dob'])},{uk(p['contact'])},{p['gender']},{p['eth']},ok"
        )
        if i % 6 == 0:
            lines.append("second line of the note")
    path = Path(folder) / "csv_broken_lines.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    return truth(path, ps, "id dob contact gender", says="E0")


@report
def csv_whole_line_quoted(folder):
    ps = people(24, 138)
    lines = [
        '"' + ",".join(str(v).replace('"', '""') if "," not in str(v) else f'""{v}""' for v in r) + '"'
        for r in [H] + [row(p, uk) for p in ps]
    ]
    path = Path(folder) / "csv_whole_line_quoted.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    return truth(path, ps, FULL, ask=True, says="head")


@report
def html_as_xls(folder):
    ps = people(24, 139)
    path = Path(folder) / "html_as_xls.xls"
    path.write_text(
        "<html><body><table>"
        + "".join("<tr>" + "".join(f"<td>{v}</td>" for v in r) + "</tr>" for r in [H] + [row(p, uk) for p in ps])
        + "</table></body></html>"
    )
    return truth(path, ps, FULL, ask=True)


@report
def tabs_as_xls(folder):
    ps = people(24, 140)
    return truth(text(folder, "tabs_as_xls.xls", [H] + [row(p, uk) for p in ps], "\t", "cp1252"), ps, FULL, ask=True)


@report
def xls_by_libreoffice(folder):
    ps = people(24, 141)
    f = xl(
        folder,
        "xls_by_libreoffice.xlsx",
        [["Referrals 2024"], [], H] + [row(p) for p in ps] + [["Total", 24]],
        merge=["A1:H1"],
    )
    return truth(convert(f, "xls"), ps, FULL)


@report
def ods_by_libreoffice(folder):
    ps = people(24, 142)
    f = xl(
        folder,
        "ods_by_libreoffice.xlsx",
        [["Referrals 2024"], [], H] + [row(p) for p in ps] + [["Total", 24]],
        merge=["A1:H1"],
    )
    return truth(convert(f, "ods"), ps, FULL)


@report
def xlsx_wrong_dimension(folder):
    ps = people(24, 143)
    f = xl(folder, "xlsx_wrong_dimension.xlsx", [H] + [row(p) for p in ps])
    import re

    return truth(
        rezip(
            f,
            lambda n, b: (
                re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:H3"', b) if n.endswith("sheet1.xml") else b
            ),
        ),
        ps,
        FULL,
    )


@report
def xlsx_prefixed(folder):
    """As the OpenXML SDK writes it: every element with the prefix x."""
    ps = people(24, 144)
    f = xl(folder, "xlsx_prefixed.xlsx", [H] + [row(p) for p in ps])
    import re

    def ch(n, b):
        if n.endswith("sheet1.xml") or n.endswith("sharedStrings.xml"):
            b = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", b).replace(b"xmlns=", b"xmlns:x=")
        return b

    return truth(rezip(f, ch), ps, FULL)


@report
def xlsx_formulas_uncached(folder):
    """IDs made by a formula that no program has worked out yet: the cells have no values."""
    ps = people(24, 145)
    grid = [["Prefix", "Number", "Case ID", "Name", "DOB", "Referral Date"]] + [
        ["C", p["id"], f"=A{i + 2}&B{i + 2}", p["name"], p["dob"], p["contact"]] for i, p in enumerate(ps)
    ]
    return truth(
        xl(folder, "xlsx_formulas_uncached.xlsx", grid),
        ps,
        "name dob contact",
        ask=True,
        says="formula|I01|no case ID|V06",
    )


@report
def xlsx_text_box_numbers(folder):
    """Numbers and dates stored as text with a leading apostrophe."""
    ps = people(24, 146)
    return truth(
        xl(folder, "xlsx_text_box_numbers.xlsx", [H] + [["'" + str(p["id"]), *row(p, uk)[1:]] for p in ps]),
        ps,
        FULL,
        ask=True,
    )


@report
def wide(folder):
    ps = people(24, 147)
    grid = [[*[f"Q{i} response" for i in range(150)], *H, *[f"S47 item {i}" for i in range(150)]]] + [
        [*["n/a"] * 150, *row(p), *[None] * 150] for p in ps
    ]
    return truth(xl(folder, "wide.xlsx", grid), ps, FULL)


@report
def long_paged(folder):
    ps = people(6000, 148)
    grid = [["Big report"], H]
    for i, p in enumerate(ps):
        if i and i % 45 == 0:
            grid += [[f"Page {i // 45} of 134"], ["Big report"], H]
        grid.append(row(p, uk))
    grid.append(["Total records: 6,000"])
    return truth(text(folder, "long_paged.csv", grid), ps, FULL)


@report
def total_column_and_chart_sheet(folder):
    ps = people(24, 149)
    grid = [[*H, "Total"]] + [[*row(p), 1] for p in ps] + [["Total", *[None] * 7, 24]]

    def chart(wb):
        wb.create_chartsheet("Chart")
        wb.create_sheet("Sheet2")
        wb.create_sheet("Sheet3")

    return truth(xl(folder, "total_column_and_chart_sheet.xlsx", grid, after=chart), ps, FULL)


# ---- second round: what the first round made worth trying ----


def _cont(folder, name, cont, seed, cols=None, merge=False):
    """Two referrals a child; the second row has only what `cont` gives."""
    ps = people(18, seed, per=2)
    for p in ps[1::2]:
        p["harm"] = {sorted(p["harm"])[0]}
    grid = [cols or H] + [row(p) if i % 2 == 0 else cont(p) for i, p in enumerate(ps)]
    r = truth(xl(folder, name, grid), ps, "contact", ask=True)
    r["young"] = None
    return r


@report
def blank_id_one_factor(folder):
    """As merged_children, the second row of each child with one factor alone."""
    return _cont(
        folder,
        "blank_id_one_factor.xlsx",
        lambda p: [None, None, None, p["contact"], None, None, codes(p), p["outcome"]],
        200,
    )


@report
def blank_id_one_factor_text_dates(folder):
    return _cont(
        folder,
        "blank_id_one_factor_text_dates.xlsx",
        lambda p: [None, None, None, uk(p["contact"]), None, None, codes(p), p["outcome"]],
        201,
    )


@report
def blank_id_factor_and_date_only(folder):
    return _cont(
        folder,
        "blank_id_factor_and_date_only.xlsx",
        lambda p: [None, None, None, p["contact"], None, None, codes(p), None],
        202,
    )


@report
def blank_id_words(folder):
    return _cont(
        folder,
        "blank_id_words.xlsx",
        lambda p: [None, None, None, p["contact"], None, None, words(p), p["outcome"]],
        203,
    )


@report
def blank_id_date_only(folder):
    return _cont(
        folder, "blank_id_date_only.xlsx", lambda p: [None, None, None, p["contact"], None, None, None, None], 204
    )


@report
def odd_cases(folder):
    """Cases with little in them: unborn without an ID, restricted ones, a name and a factor only."""
    ps = people(26, 205)
    grid = [H] + [row(p) for p in ps]
    odd = [
        [None, "Unborn Ambrey", None, uk(ps[0]["contact"]), None, None, "11A", None],
        ["RESTRICTED", "RESTRICTED", "RESTRICTED", uk(ps[1]["contact"]), None, None, None, None],
        [None, "Baby Coxley", None, None, None, None, "13A", "Early help"],
        ["Not yet known", "Pellow, Rhea", None, None, None, None, None, None],
        [4999999, None, None, uk(ps[4]["contact"]), None, None, None, None],
        [4999998, None, None, None, None, None, "10A", None],
    ]
    for i, o in enumerate(odd):
        grid[4 * i + 3] = o
        ps[4 * i + 2].update(id=o[0], name=o[1])
    return truth(xl(folder, "odd_cases.xlsx", grid), ps, "id name", young=26)


@report
def factors_and_risk_level(folder):
    """Factors leave CSE out; CSE stands as a risk level in a column of its own."""
    ps = people(28, 206)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factors", "CSE Risk Level"]]
    grid += [
        [
            p["id"],
            p["name"],
            p["dob"],
            p["contact"],
            ", ".join(HARMS[h][0] for h in sorted(p["harm"] - {"CSE"})),
            "High" if "CSE" in p["harm"] else "None",
        ]
        for p in ps
    ]
    return truth(xl(folder, "factors_and_risk_level.xlsx", grid), ps, "id name dob contact harm", ask=True)


@report
def category_of_abuse_1_2(folder):
    ps = people(28, 207)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Harm Type 1", "Harm Type 2", "Harm Type 3"]]
    for p in ps:
        grid.append(
            [p["id"], p["name"], p["dob"], p["contact"], *([HARMS[h][1] for h in sorted(p["harm"])] + [None] * 3)[:3]]
        )
    return truth(xl(folder, "category_of_abuse_1_2.xlsx", grid), ps, "id name dob contact harm")


@report
def type_of_harm_other_types(folder):
    ps = people(28, 208)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Type of Harm", "Other Types of Harm", "Additional Factors"]]
    for p in ps:
        grid.append(
            [p["id"], p["name"], p["dob"], p["contact"], *([HARMS[h][1] for h in sorted(p["harm"])] + [None] * 3)[:3]]
        )
    return truth(xl(folder, "type_of_harm_other_types.xlsx", grid), ps, "id name dob contact harm")


@report
def factors_continued(folder):
    """The case system cuts the list of factors at a width: Factors, Factors (cont.)"""
    ps = people(28, 209)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factors", "Factors (cont.)"]]
    for p in ps:
        c = [HARMS[h][0] for h in sorted(p["harm"])]
        grid.append([p["id"], p["name"], p["dob"], p["contact"], c[0], ", ".join(c[1:])])
    return truth(xl(folder, "factors_continued.xlsx", grid), ps, "id name dob contact harm")


@report
def factors_child_parent(folder):
    ps = people(28, 210)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Parental Factors", "Child Factors"]]
    grid += [[p["id"], p["name"], p["dob"], p["contact"], "Drug misuse - parent; Gangs", words(p)] for p in ps]
    return truth(xl(folder, "factors_child_parent.xlsx", grid), ps, "id name dob contact harm", ask=True)


@report
def previous_columns(folder):
    ps = people(28, 211)
    grid = [
        [
            "Case ID",
            "Name",
            "DOB",
            "Previous Referral Date",
            "Previous Outcome",
            "Previous Factors",
            "Referral Date",
            "Outcome",
            "Factors",
        ]
    ]
    grid += [
        [
            p["id"],
            p["name"],
            p["dob"],
            p["contact"] - timedelta(300),
            "Early help",
            "13A",
            p["contact"],
            p["outcome"],
            codes(p),
        ]
        for p in ps
    ]
    return truth(xl(folder, "previous_columns.xlsx", grid), ps, "id name dob contact harm outcome")


@report
def previous_only(folder):
    ps = people(28, 212)
    grid = [["Case ID", "Name", "DOB", "Previous Referral Date", "Previous Factors"]] + [
        [p["id"], p["name"], p["dob"], p["contact"] - timedelta(300), "13A"] for p in ps
    ]
    return truth(
        xl(folder, "previous_only.xlsx", grid),
        ps,
        "id name dob",
        contact=lambda p: None,
        harm=lambda p: set(),
        ask=True,
    )


@report
def first_and_latest_referral(folder):
    ps = people(28, 213)
    grid = [["Case ID", "Name", "DOB", "First Referral Date", "Latest Referral Date"]] + [
        [p["id"], p["name"], p["dob"], p["contact"] - timedelta(300), p["contact"]] for p in ps
    ]
    return truth(xl(folder, "first_and_latest_referral.xlsx", grid), ps, "id name dob", ask=True)


@report
def mother_dob_only(folder):
    ps = people(28, 214)
    grid = [["Child ID", "Child Name", "Mother DOB", "Child Age", "Referral Date", "Mother Ethnicity", "Mother Gender"]]
    grid += [[p["id"], p["name"], date(1984, 3, 9), p["age"], p["contact"], "White Irish", "Female"] for p in ps]
    return truth(
        xl(folder, "mother_dob_only.xlsx", grid),
        ps,
        "id name contact",
        dob=lambda p: None,
        age=lambda p: ("floor", p["age"]),
        gender=lambda p: None,
    )


@report
def case_id_mostly_blank(folder):
    ps = people(28, 215)
    grid = [["Case ID", "Person ID", "Name", "DOB", "Referral Date"]] + [
        ["X1" if i == 3 else None, p["id"], p["name"], p["dob"], p["contact"]] for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "case_id_mostly_blank.xlsx", grid), ps)


@report
def case_per_referral_and_person(folder):
    """Case ID is a number of each referral, Person ID the child: young people counted by the first are too many."""
    ps = people(20, 216, per=2)
    grid = [["Case ID", "Person ID", "Name", "DOB", "Referral Date"]] + [
        [880000 + i, p["id"], p["name"], p["dob"], p["contact"]] for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "case_per_referral_and_person.xlsx", grid), ps)


@report
def case_id_per_referral_alone(folder):
    ps = people(20, 217, per=2)
    grid = [["Case ID", "Name", "DOB", "Referral Date"]] + [
        [880000 + i, p["name"], p["dob"], p["contact"]] for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "case_id_per_referral_alone.xlsx", grid), ps, "name dob contact", ask=True, says="P04")


@report
def family_id_first(folder):
    ps = people(20, 218)
    grid = [["Family ID", "Person ID", "Name", "DOB", "Referral Date"]] + [
        [7000 + i // 2, p["id"], p["name"], p["dob"], p["contact"]] for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "family_id_first.xlsx", grid), ps)


@report
def family_case_no(folder):
    """Case No is the family's: siblings share it."""
    ps = people(20, 219)
    grid = [["Case No", "Child", "DOB", "Referral Date"]] + [
        [7000 + i // 2, p["name"], p["dob"], p["contact"]] for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "family_case_no.xlsx", grid), ps, "dob contact", young=20, ask=True, says="P01")


def _stated(folder, name, texts, seed, where="end", n=30, wrong=True, says="E01"):
    ps = people(n, seed)
    foot = [[t] if isinstance(t, str) else t for t in texts]
    grid = (
        ([*foot, []] if where == "top" else []) + [H] + [row(p) for p in ps] + ([[], *foot] if where == "end" else [])
    )
    r = truth(xl(folder, name, grid), ps, FULL, says=says)
    r["must_say"] = wrong
    return r


@report
def showing_1_to_30_of_609(folder):
    return _stated(folder, "showing_1_to_30_of_609.xlsx", ["Showing 1 to 30 of 609 entries"], 230)


@report
def records_1_30_of_609(folder):
    return _stated(folder, "records_1_30_of_609.xlsx", ["Records 1-30 of 609"], 231)


@report
def first_30_only(folder):
    return _stated(
        folder,
        "first_30_only.xlsx",
        ["Results limited to the first 30 rows. 609 records matched your search."],
        232,
        "top",
    )


@report
def total_after_colon_in_title(folder):
    return _stated(
        folder,
        "total_after_colon_in_title.xlsx",
        ["Referrals to MASH, 1 Jan to 31 Dec 2024. Total number of children: 33 (of which 3 unborn)"],
        233,
        "top",
    )


@report
def two_totals_one_cell(folder):
    return _stated(folder, "two_totals_one_cell.xlsx", ["Children: 30 | Referrals: 34"], 234)


@report
def grand_total_right_column(folder):
    return _stated(
        folder, "grand_total_right_column.xlsx", [[None, None, None, None, None, None, "Grand Total", 33]], 235
    )


@report
def total_label_above_number(folder):
    return _stated(folder, "total_label_above_number.xlsx", [["Total cases"], [33]], 236)


@report
def rows_in_thousands(folder):
    return _stated(folder, "rows_in_thousands.xlsx", ["Count: 1,030"], 237)


@report
def total_right_by_number_word(folder):
    return _stated(
        folder,
        "total_right_by_number_word.xlsx",
        ["No. of cases = 30", "Total no. open > 45 days: 12", "Average days open: 38"],
        238,
        wrong=False,
        says="E06",
    )


@report
def summary_table_below(folder):
    ps = people(30, 239)
    grid = [H] + [row(p) for p in ps] + [[], ["Outcome", "Number"], *[[o, 6] for o in OUTCOMES], ["All", 30]]
    return truth(xl(folder, "summary_table_below.xlsx", grid), ps, FULL)


@report
def summary_table_above(folder):
    ps = people(30, 240)
    grid = [
        ["Outcome", "Gender", "Number"],
        *[[o, g, 3] for o in OUTCOMES for g in ("Female", "Male")],
        ["Total", None, 30],
        [],
        H,
    ] + [row(p) for p in ps]
    return truth(xl(folder, "summary_table_above.xlsx", grid), ps, FULL)


@report
def headings_again_at_end(folder):
    ps = people(30, 241)
    return truth(xl(folder, "headings_again_at_end.xlsx", [H] + [row(p) for p in ps] + [H]), ps, FULL)


@report
def subtotal_in_id_column(folder):
    """Excel's own total row of a table: =SUBTOTAL(103, ...) under the ID column, its value only."""
    ps = people(30, 242)
    return truth(
        xl(folder, "subtotal_in_id_column.xlsx", [H] + [row(p) for p in ps] + [[30, *[None] * 7]]), ps, FULL, says="E02"
    )


@report
def csv_equals_quotes(folder):
    """IDs written as ="0041234", so that Excel keeps the zeros."""
    ps = people(24, 243)
    for p in ps:
        p["id"] = f"{p['id'] % 100000:07d}"
    return truth(
        text(folder, "csv_equals_quotes.csv", [H] + [[f'="{p["id"]}"', *row(p, uk)[1:]] for p in ps]), ps, FULL
    )


@report
def csv_utf16_no_bom(folder):
    ps = people(24, 244)
    return truth(
        text(folder, "csv_utf16_no_bom.csv", [H] + [row(p, uk) for p in ps], "\t", "utf-16-le"), ps, FULL, ask=True
    )


@report
def csv_mac_cr(folder):
    ps = people(24, 245)
    return truth(text(folder, "csv_mac_cr.csv", [H] + [row(p, uk) for p in ps], eol="\r"), ps, FULL)


@report
def csv_decimal_ids_semicolon_comma_dates(folder):
    ps = people(24, 246)
    return truth(
        text(folder, "csv_decimal_ids.csv", [H] + [[f"{p['id']}.00", *row(p, uk)[1:]] for p in ps], ";"),
        ps,
        FULL,
        args=["--map", "case_id=Case ID"],
        ask=True,
    )


@report
def heading_names_of_systems(folder):
    ps = people(24, 247)
    grid = [
        [
            "Liquidlogic ID",
            "Client Name",
            "Client DOB",
            "Referral Received Date",
            "Legal Sex",
            "Ethnicity Description",
            "Assessment Factor(s)",
            "Referral Outcome",
        ]
    ] + [row(p) for p in ps]
    return truth(xl(folder, "heading_names_of_systems.xlsx", grid), ps, FULL)


@report
def heading_names_of_systems2(folder):
    ps = people(24, 248)
    grid = [
        [
            "CareFirst No.",
            "Child/YP Name",
            "Date of birth (or EDD)",
            "Contact Start",
            "Gender Identity",
            "Ethnic Group",
            "Presenting Issues",
            "Contact Outcome",
        ]
    ] + [row(p) for p in ps]
    return truth(xl(folder, "heading_names_of_systems2.xlsx", grid), ps, FULL, ask=True)


@report
def heading_names_of_systems3(folder):
    ps = people(24, 249)
    grid = [
        [
            "SubjectCompoundId",
            "SubjectName",
            "SubjectDateOfBirth",
            "FormStartDate",
            "FormAuthorisedDate",
            "Sex",
            "Ethnicity",
            "AssessmentFactors",
            "NextAction",
        ]
    ]
    grid += [[*row(p)[:4], p["end"], *row(p)[4:]] for p in ps]
    return truth(xl(folder, "heading_names_of_systems3.xlsx", grid), ps, "id name dob contact gender harm", ask=True)


@report
def mixed_dates_us_one_column(folder):
    """DOB is UK, the contact date US (another program wrote it), days above 12 in both."""
    ps = people(40, 250)
    grid = [H] + [[p["id"], p["name"], uk(p["dob"]), p["contact"].strftime("%m/%d/%Y"), *row(p)[4:]] for p in ps]
    return truth(text(folder, "mixed_dates_us_one_column.csv", grid), ps, FULL, ask=True, says="month")


@report
def iso_year_day_month(folder):
    """yyyy-dd-mm, which some SQL jobs write."""
    ps = people(40, 251)
    return truth(
        text(folder, "iso_year_day_month.csv", [H] + [row(p, lambda d: d.strftime("%Y-%d-%m")) for p in ps]),
        ps,
        FULL,
        ask=True,
        says="month",
    )


@report
def group_row_is_name(folder):
    """Worker names as group rows in the name column, above their cases."""
    ps = people(30, 252)
    order, grid = [], [H]
    for w in ("Birchfold, Rhea", "Jessop, Kofi", "Norcott, Pip"):
        grp = ps[len(order) : len(order) + 10]
        order += grp
        grid += [[None, w, None, None, None, None, None, None]] + [row(p) for p in grp]
    return truth(xl(folder, "group_row_is_name.xlsx", grid), order, FULL, says="E02")


@report
def team_code_group_rows(folder):
    ps = people(30, 253)
    grid, k = [H], 0
    for t in (1021, 1022, 1023):
        grid += [[t, "Team", None, None, None, None, None, None]] + [row(p) for p in ps[k : k + 10]]
        k += 10
    return truth(xl(folder, "team_code_group_rows.xlsx", grid), ps, FULL, says="E02")


@report
def duplicate_heading_first_blank(folder):
    ps = people(24, 254)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Referral Date", "Outcome", "Outcome"]] + [
        [p["id"], p["name"], p["dob"], None, p["contact"], None, p["outcome"]] for p in ps
    ]
    return truth(xl(folder, "duplicate_heading_first_blank.xlsx", grid), ps, "id name dob contact outcome", ask=True)


@report
def no_harm_words(folder):
    """Words for nothing, in a column of factors."""
    ps = people(28, 255)
    nil = ["N/A", "None", "-", "21", "21A", "No factors identified", "Not recorded"]
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factors"]]
    for i, p in enumerate(ps):
        if i % 2:
            p["harm"] = set()
        grid.append([p["id"], p["name"], p["dob"], p["contact"], codes(p) if p["harm"] else nil[(i // 2) % 7]])
    return truth(xl(folder, "no_harm_words.xlsx", grid), ps, "id name dob contact harm", says="label")


@report
def codes_glued(folder):
    """Codes without their letter, in lower case, with a full stop, run together with spaces."""
    ps = people(28, 256)

    def f(i, p):
        c = [HARMS[h][0] for h in sorted(p["harm"])]
        return [
            " ".join(c),
            ",".join(c).lower(),
            ". ".join(c),
            "^".join(c),
            "~".join(c),
            "\u2022 " + " \u2022 ".join(c),
            ";#".join(c),
            "[" + "][".join(c) + "]",
        ][i % 8]

    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factors"]] + [
        [p["id"], p["name"], p["dob"], p["contact"], f(i, p)] for i, p in enumerate(ps)
    ]
    return truth(xl(folder, "codes_glued.xlsx", grid), ps, "id name dob contact harm", says="label")


@report
def flags_not_known(folder):
    """Yes, No and Not known, most of them Not known, beside a column of factors without it."""
    ps = people(28, 257)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Gender", "CSE", "Gangs", "Missing"]]
    v = lambda p, h, i: "Yes" if h in p["harm"] else ("No" if i % 5 == 0 else "Not known")
    grid += [
        [p["id"], p["name"], p["dob"], p["contact"], p["gender"], v(p, "CSE", i), v(p, "Gangs", i), v(p, "Missing", i)]
        for i, p in enumerate(ps)
    ]
    return truth(
        xl(folder, "flags_not_known.xlsx", grid),
        ps,
        "id name dob contact",
        harm=lambda p: p["harm"] & {"CSE", "Gangs", "Missing"},
    )


@report
def flags_no_means_unknown_mix(folder):
    """Y, N, U, blank and a date in one column."""
    ps = people(28, 258)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "CSE Flag", "24A_CCE"]]
    v = lambda p, h, i: ("Y" if i % 4 else uk(p["contact"])) if h in p["harm"] else ["N", None, "U"][i % 3]
    grid += [[p["id"], p["name"], p["dob"], p["contact"], v(p, "CSE", i), v(p, "CCE", i)] for i, p in enumerate(ps)]
    return truth(
        xl(folder, "flags_no_means_unknown_mix.xlsx", grid),
        ps,
        "id name dob contact",
        harm=lambda p: p["harm"] & {"CSE", "CCE"},
        says="label",
    )


# ---- third round ----


@report
def second_block_other_date_first(folder):
    """The second block of the sheet has Assessment Date and Referral Date the other way round."""
    ps = people(40, 300)
    h1 = ["Case ID", "Name", "DOB", "Referral Date", "Assessment Date", "Gender"]
    h2 = ["Case ID", "Name", "DOB", "Assessment Date", "Referral Date", "Gender"]
    a = [[p["id"], p["name"], p["dob"], p["contact"], p["contact"] + timedelta(45), p["gender"]] for p in ps[:25]]
    b = [[p["id"], p["name"], p["dob"], p["contact"] + timedelta(45), p["contact"], p["gender"]] for p in ps[25:]]
    return truth(
        xl(folder, "second_block_other_date_first.xlsx", [["Open"], h1, *a, [], ["Closed"], h2, *b]), ps, ask=True
    )


@report
def second_block_family_id_first(folder):
    ps = people(40, 301)
    h1, h2 = (
        ["Child ID", "Family ID", "Name", "DOB", "Referral Date"],
        ["Family ID", "Child ID", "Name", "DOB", "Referral Date"],
    )
    a = [[p["id"], 4950000 + i // 2, p["name"], p["dob"], p["contact"]] for i, p in enumerate(ps[:20])]
    b = [[4950100 + i // 2, p["id"], p["name"], p["dob"], p["contact"]] for i, p in enumerate(ps[20:])]
    return truth(
        xl(folder, "second_block_family_id_first.xlsx", [["Open"], h1, *a, [], ["Closed"], h2, *b]), ps, ask=True
    )


@report
def second_block_extra_column(folder):
    """The second block has one column more, before the factors."""
    ps = people(40, 302)
    h2 = [*H[:6], "Closure Reason", *H[6:]]
    b = [[*row(p)[:6], "Case closed", *row(p)[6:]] for p in ps[25:]]
    return truth(
        xl(folder, "second_block_extra_column.xlsx", [["Open"], H, *[row(p) for p in ps[:25]], [], ["Closed"], h2, *b]),
        ps,
        FULL,
        ask=True,
    )


@report
def side_by_side_plain(folder):
    ps = people(40, 303)
    grid = [[*H[:4], None, *H[:4]]] + [[*row(ps[i])[:4], None, *row(ps[i + 20])[:4]] for i in range(20)]
    return truth(
        xl(folder, "side_by_side_plain.xlsx", grid), ps, ask=True, says="second list|same heading|twice|E03|beside|V11"
    )


@report
def side_by_side_full(folder):
    ps = people(40, 304)
    grid = [[*H, *H]] + [[*row(ps[i]), *row(ps[i + 20])] for i in range(20)]
    return truth(
        xl(folder, "side_by_side_full.xlsx", grid), ps, ask=True, says="second list|same heading|twice|E03|beside|V11"
    )


@report
def rows_affected(folder):
    """As rows_returned, without the time below."""
    ps = people(30, 305)
    r = truth(
        text(folder, "rows_affected.csv", [H] + [row(p, uk) for p in ps], post="\r\n(32 rows affected)\r\n"),
        ps,
        FULL,
        says="E01",
    )
    r["must_say"] = True
    return r


@report
def swapped_dates_typed(folder):
    """Excel sees dates only (the text ones were mended by hand): days up to 12 swapped with the month."""
    ps = people(60, 306)
    sw = lambda d: datetime(d.year, d.day, d.month) if d.day <= 12 else d
    return truth(
        xl(folder, "swapped_dates_typed.xlsx", [H] + [row(p, sw) for p in ps]),
        ps,
        FULL,
        ask=True,
        says="day and month|future",
    )


@report
def primary_secondary_codes(folder):
    ps = people(28, 307)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Primary Factor", "Secondary Factors"]]
    for p in ps:
        c = [HARMS[h][0] for h in sorted(p["harm"])]
        grid.append([p["id"], p["name"], p["dob"], p["contact"], c[0], ", ".join(c[1:])])
    return truth(xl(folder, "primary_secondary_codes.xlsx", grid), ps, "id name dob contact harm")


@report
def main_category_and_flags(folder):
    """A main type of harm, and more types in numbered columns whose headings say less."""
    ps = people(28, 308)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Category", "Category2", "Category3"]]
    for p in ps:
        grid.append(
            [p["id"], p["name"], p["dob"], p["contact"], *([HARMS[h][1] for h in sorted(p["harm"])] + [None] * 3)[:3]]
        )
    return truth(xl(folder, "main_category_and_flags.xlsx", grid), ps, "id name dob contact harm", ask=True)


@report
def merged_factor_heading(folder):
    """One heading 'Factors' merged over three columns, each with one factor."""
    ps = people(28, 309)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factors", None, None]]
    for p in ps:
        grid.append(
            [p["id"], p["name"], p["dob"], p["contact"], *([HARMS[h][1] for h in sorted(p["harm"])] + [None] * 3)[:3]]
        )
    return truth(xl(folder, "merged_factor_heading.xlsx", grid, merge=["E1:G1"]), ps, "id name dob contact harm")


@report
def no_id_one_factor(folder):
    """A list without IDs and names: date of birth, contact date, one code, outcome."""
    ps = people(28, 310)
    for p in ps:
        p["harm"] = {sorted(p["harm"])[0]}
    grid = [["DOB", "Referral Date", "Factors", "Outcome"]] + [
        [p["dob"], p["contact"], codes(p), p["outcome"]] for p in ps
    ]
    return truth(xl(folder, "no_id_one_factor.xlsx", grid), ps, "dob contact harm outcome", id=lambda p: None, ask=True)


@report
def id_like_code_rows(folder):
    """IDs that look like factor codes or short codes with letters, beside a name alone."""
    ps = people(28, 311)
    for i, p in enumerate(ps):
        p["id"] = f"{i + 1}A"
    grid = [["Case ID", "Name", "Outcome"]] + [[p["id"], p["name"], p["outcome"]] for p in ps]
    return truth(xl(folder, "id_like_code_rows.xlsx", grid), ps, "id name outcome", ask=True)


@report
def list_of_id_and_factor(folder):
    """Two columns alone: ID and factor, as for --join."""
    ps = people(28, 312)
    for p in ps:
        p["harm"] = {sorted(p["harm"])[0]}
    return truth(
        xl(folder, "list_of_id_and_factor.xlsx", [["Child ID", "Factors"]] + [[p["id"], words(p)] for p in ps]),
        ps,
        "id harm",
        ask=True,
    )


@report
def title_count_words(folder):
    return _stated(folder, "title_count_words.xlsx", ["Report: Open CIN - 33 children"], 313, "top")


@report
def footer_two_cells_odd_words(folder):
    return _stated(folder, "footer_two_cells_odd_words.xlsx", [["No of YP:", 33]], 314)


@report
def footer_total_rows_welsh(folder):
    return _stated(folder, "footer_total_rows_welsh.xlsx", ["Cyfanswm / Total: 33"], 315)


@report
def adult_rows_mixed(folder):
    """Adults stand among the children as rows of their own, Role says so."""
    ps, ms = people(20, 316), people(20, 93, start=6000000)
    grid, out = [["Person ID", "Name", "Role", "DOB", "Referral Date"]], []
    for p, m in zip(ps, ms, strict=True):
        grid += [
            [p["id"], p["name"], "Subject child", p["dob"], p["contact"]],
            [m["id"], m["name"], "Mother", date(1984, 5, 1), p["contact"]],
        ]
        out += [p, dict(m, dob=date(1984, 5, 1), contact=p["contact"])]
    return truth(xl(folder, "adult_rows_mixed.xlsx", grid), out, says="A05|A04")


# ---- fourth round ----


def _odd_flags(folder, name, heads, odd, seed, others=()):
    """Yes/No columns with odd words that mean no or not known; only Yes is the truth."""
    ps = people(28, seed)
    hs = ["CSE", "Gangs", "CCE"]
    grid = [["Case ID", "Name", "DOB", "Referral Date", *heads]]
    for i, p in enumerate(ps):
        grid.append(
            [
                p["id"],
                p["name"],
                p["dob"],
                p["contact"],
                *["Yes" if h in p["harm"] else (odd[i // 3 % len(odd)] if i % 3 == 0 else "No") for h in hs],
            ]
        )
    return truth(xl(folder, name, grid), ps, "id name dob contact", harm=lambda p: p["harm"] & set(hs), says="L01")


@report
def flags_code_headings_odd_cells(folder):
    return _odd_flags(
        folder,
        "flags_code_headings_odd_cells.xlsx",
        ["11A - CSE", "13A_Gangs", "24A CCE"],
        ["Not known", "Ruled out", "N/K"],
        400,
    )


@report
def flags_long_headings_odd_cells(folder):
    return _odd_flags(
        folder,
        "flags_long_headings_odd_cells.xlsx",
        ["11A Child sexual exploitation", "13A Gangs", "24A Child criminal exploitation"],
        ["Historic only", "Declined to answer", "?"],
        401,
    )


@report
def flags_bare_codes_odd_cells(folder):
    return _odd_flags(
        folder,
        "flags_bare_codes_odd_cells.xlsx",
        ["11A", "13A", "24A"],
        ["Unknown", "Not assessed", "no evidence"],
        402,
    )


@report
def flags_names_odd_cells(folder):
    return _odd_flags(
        folder, "flags_names_odd_cells.xlsx", ["CSE", "Gangs", "CCE"], ["Unknown", "Not assessed", "no evidence"], 403
    )


@report
def flags_negated_headings(folder):
    ps = people(28, 404)
    grid = [
        ["Case ID", "Name", "DOB", "Referral Date", "No CSE", "Not at risk of CCE", "Missing - no concerns", "Factors"]
    ]
    grid += [[p["id"], p["name"], p["dob"], p["contact"], "Yes", "Yes", "Yes", "13A"] for p in ps]
    return truth(xl(folder, "flags_negated_headings.xlsx", grid), ps, harm=lambda p: {"Gangs"}, ask=True)


@report
def flags_counts(folder):
    """Numbers of episodes under the name of a harm: more than none is a yes."""
    ps = people(28, 405)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Missing", "CSE"]]
    grid += [
        [
            p["id"],
            p["name"],
            p["dob"],
            p["contact"],
            1 + i % 5 if "Missing" in p["harm"] else 0,
            1 + i % 3 if "CSE" in p["harm"] else 0,
        ]
        for i, p in enumerate(ps)
    ]
    return truth(
        xl(folder, "flags_counts.xlsx", grid),
        ps,
        harm=lambda p: p["harm"] & {"Missing", "CSE"},
        ask=True,
        says="label|Choose|not taken",
    )


@report
def flags_who(folder):
    """The flag is about somebody else."""
    ps = people(28, 406)
    grid = [
        [
            "Case ID",
            "Name",
            "DOB",
            "Referral Date",
            "Parent missing",
            "CSE (sibling)",
            "Gangs - household",
            "Trafficking (parent)",
            "Factors",
        ]
    ]
    grid += [[p["id"], p["name"], p["dob"], p["contact"], "Yes", "Yes", "No", "Yes", "13A"] for p in ps]
    return truth(xl(folder, "flags_who.xlsx", grid), ps, harm=lambda p: {"Gangs"}, ask=True)


@report
def restricted_rows(folder):
    """Three restricted children: the system prints one word for ID, name and date of birth, and the contact date."""
    ps = people(30, 407)
    grid = [H] + [row(p) for p in ps]
    for i in (4, 11, 23):
        grid[i + 1] = ["RESTRICTED", "RESTRICTED", "RESTRICTED", ps[i]["contact"], None, None, None, None]
        ps[i].update(id="RESTRICTED", name="RESTRICTED")
    return truth(xl(folder, "restricted_rows.xlsx", grid), ps, "id name contact", young=28, says="E02")


@report
def babies_without_id(folder):
    """Three unborn children or babies without an ID and dates yet: name, factor, outcome."""
    ps = people(30, 408)
    grid = [H] + [row(p) for p in ps]
    for i in (4, 11, 23):
        grid[i + 1] = [None, f"Baby {ps[i]['last']}", None, None, None, None, "13A", ps[i]["outcome"]]
        ps[i].update(id=None, name=f"Baby {ps[i]['last']}")
    return truth(xl(folder, "babies_without_id.xlsx", grid), ps, "id name outcome", young=28, says="E02")


@report
def names_without_id(folder):
    """Three children who were typed in by hand: a full name and an outcome, no ID yet."""
    ps = people(30, 409)
    grid = [H] + [row(p) for p in ps]
    for i in (4, 11, 23):
        grid[i + 1] = [None, ps[i]["name"], None, None, None, None, None, ps[i]["outcome"]]
        ps[i].update(id=None)
    return truth(xl(folder, "names_without_id.xlsx", grid), ps, "id name outcome", young=28, says="E02")


@report
def case_rows_after_end_marker(folder):
    ps = people(30, 410)
    grid = [H] + [row(p) for p in ps[:20]] + [["*** End of report ***"], []] + [row(p) for p in ps[20:]]
    return truth(xl(folder, "case_rows_after_end_marker.xlsx", grid), ps, FULL)


def _titled(folder, name, title, seed):
    ps = people(24, seed)
    r = truth(xl(folder, name, [[title], [], H] + [row(p) for p in ps]), ps, FULL)
    r["no_e01"] = True
    return r


@report
def title_with_year(folder):
    return _titled(folder, "title_with_year.xlsx", "Referrals 2024", 411)


@report
def title_with_years(folder):
    return _titled(folder, "title_with_years.xlsx", "Children in need 2023/24", 412)


@report
def title_with_date(folder):
    return _titled(folder, "title_with_date.xlsx", "Open cases at 31 March 2024", 413)


@report
def title_with_report_number(folder):
    return _titled(folder, "title_with_report_number.xlsx", "Report 1042 - Contacts and referrals", 414)


@report
def title_with_list_number(folder):
    return _titled(
        folder, "title_with_list_number.xlsx", "Annex A List 3: Children 0-17, referrals in the last 6 months", 415
    )


@report
def preface_25(folder):
    ps = people(24, 416)
    return truth(
        xl(
            folder,
            "preface_25.xlsx",
            [[f"Note {i}: see the guidance"] for i in range(25)] + [[], H] + [row(p) for p in ps],
        ),
        ps,
        FULL,
    )


@report
def dates_number_yyyymmdd(folder):
    ps = people(24, 417)
    return truth(
        xl(folder, "dates_number_yyyymmdd.xlsx", [H] + [row(p, lambda d: int(d.strftime("%Y%m%d"))) for p in ps]),
        ps,
        FULL,
        says="cannot be read",
    )


@report
def dates_serial_xlsx(folder):
    ps = people(24, 418)
    return truth(
        xl(folder, "dates_serial_xlsx.xlsx", [H] + [row(p, lambda d: (d - date(1899, 12, 30)).days) for p in ps]),
        ps,
        FULL,
        says="cannot be read",
    )


@report
def three_categories_mapped(folder):
    """The lead says which three columns are the types of harm."""
    r = factor_numbered(folder)
    path = Path(folder) / "three_categories_mapped.xlsx"
    shutil.copy(r["file"], path)
    return {
        **r,
        "file": path,
        "args": ["--map", "categories=Factor 1", "--map", "categories=Factor 2", "--map", "categories=Factor 3"],
        "args_first": True,
    }


# ---- fifth round ----


@report
def id_and_name_blank(folder):
    """Three restricted children: ID and name are blank, all else is there."""
    ps = people(30, 500)
    grid = [H] + [row(p) for p in ps]
    for i in (4, 11, 23):
        grid[i + 1][0] = grid[i + 1][1] = None
        ps[i].update(id=None, name=None)
    return truth(xl(folder, "id_and_name_blank.xlsx", grid), ps, FULL, young=28, says="I01")


@report
def id_pending_no_name(folder):
    """The ID says Pending, the name is blank; contact date and factors are there."""
    ps = people(30, 501)
    grid = [H] + [row(p) for p in ps]
    for i in (4, 11, 23):
        grid[i + 1] = ["Pending", None, None, ps[i]["contact"], None, None, codes(ps[i]), None]
        ps[i].update(id="Pending", name=None)
    return truth(xl(folder, "id_pending_no_name.xlsx", grid), ps, "id name contact harm", young=28, says="E02|I0")


@report
def surname_forename_no_id(folder):
    ps = people(30, 502)
    grid = [["Case ID", "Surname", "Forename", "DOB", "Referral Date", "Outcome"]]
    for i, p in enumerate(ps):
        if i in (4, 11, 23):
            grid.append([None, p["last"], "Unborn", None, None, "Early help"])
            p.update(id=None, outcome="Early help")
        else:
            grid.append([p["id"], p["last"], p["first"], p["dob"], p["contact"], p["outcome"]])
    return truth(xl(folder, "surname_forename_no_id.xlsx", grid), ps, "id outcome", young=28, says="E02")


@report
def factors_with_no_in_words(folder):
    """Factors as code and answer: '11A: No; 13A: Yes'."""
    ps = people(28, 503)
    hs = ["CSE", "Gangs", "Missing"]
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factors"]]
    for p in ps:
        p["harm"] &= set(hs)
        grid.append(
            [
                p["id"],
                p["name"],
                p["dob"],
                p["contact"],
                "; ".join(f"{HARMS[h][0]}: {'Yes' if h in p['harm'] else 'No'}" for h in hs),
            ]
        )
    return truth(xl(folder, "factors_with_no_in_words.xlsx", grid), ps, "id name dob contact harm", says="L01")


@report
def factors_code_then_ruled_out(folder):
    """Some codes carry a remark that takes them back."""
    ps = people(28, 504)
    tail = [" - ruled out", " (not substantiated)", " - No", " historic, closed"]
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factors"]]
    for i, p in enumerate(ps):
        p["harm"] = {"Gangs"} if i % 2 else {"Gangs", "CSE"}
        grid.append([p["id"], p["name"], p["dob"], p["contact"], "13A; 11A" + (tail[(i // 2) % 4] if i % 2 else "")])
    return truth(xl(folder, "factors_code_then_ruled_out.xlsx", grid), ps, "id name dob contact harm", says="L01")


@report
def factors_names_then_ruled_out(folder):
    ps = people(28, 505)
    tail = [" - ruled out", " (not substantiated)", " - No", ": none"]
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factors"]]
    for i, p in enumerate(ps):
        p["harm"] = {"Gangs"} if i % 2 else {"Gangs", "CSE"}
        grid.append([p["id"], p["name"], p["dob"], p["contact"], "Gangs; CSE" + (tail[(i // 2) % 4] if i % 2 else "")])
    return truth(xl(folder, "factors_names_then_ruled_out.xlsx", grid), ps, "id name dob contact harm", says="L01")


@report
def flags_code_headings_nothing_words(folder):
    """Words for no or nothing in Yes/No columns whose headings have codes."""
    return _odd_flags(
        folder,
        "flags_code_headings_nothing_words.xlsx",
        ["11A - CSE", "13A - Gangs", "24A - CCE"],
        ["N/A", "-", "None", "NULL", ".", "False"],
        506,
    )


@report
def flags_code_headings_csv_true_false(folder):
    ps = people(28, 507)
    hs = sorted(HARMS)
    grid = [["Case ID", "Name", "DOB", "Referral Date", *[HARMS[h][0] for h in hs]]]
    grid += [
        [p["id"], p["name"], uk(p["dob"]), uk(p["contact"]), *["TRUE" if h in p["harm"] else "FALSE" for h in hs]]
        for p in ps
    ]
    return truth(text(folder, "flags_code_headings_csv_true_false.csv", grid), ps, "id name dob contact harm")


@report
def flags_beside_factor_text(folder):
    """A column CSE of words, not flags: who works on it, or a remark."""
    ps = people(28, 508)
    grid = [["Case ID", "Name", "DOB", "Referral Date", "Factors", "11A comment", "13A - Gangs (detail)"]]
    grid += [[p["id"], p["name"], p["dob"], p["contact"], "10A", "no concern", "not a member"] for p in ps]
    return truth(
        xl(folder, "flags_beside_factor_text.xlsx", grid), ps, "id name dob contact", harm=lambda p: {"Missing"}
    )


@report
def title_with_word_and_year_footer(folder):
    """A footer with a year that is not a number of cases."""
    ps = people(24, 509)
    r = truth(
        xl(
            folder,
            "title_with_word_and_year_footer.xlsx",
            [H] + [row(p) for p in ps] + [[], ["Source: case system, all referrals 2024"], ["Report 1042"]],
        ),
        ps,
        FULL,
    )
    r["no_e01"] = True
    return r


if __name__ == "__main__":
    import sys

    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for one in REPORTS:
        if not sys.argv[2:] or one.__name__ in sys.argv[2:]:
            print(one.__name__, one(target)["file"])
