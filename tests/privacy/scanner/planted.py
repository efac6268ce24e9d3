"""A working workbook with something planted in every place that can hold a child's data."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.comments import Comment
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import TableColumn

from tests.actions.typing_in import edit, set_cell
from tests.actions.workbooks import dipsample
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

CHILDREN = 6
UNMAPPED_HEADINGS = ("Zqhedworker", "Zqhedschool", "Zqhedaddress", "NHS number", "Allocated team")
FIELDS = (
    "Case number", "Child name", "DOB", "Date of referral", "Closure date", "Age", "Sex", "Ethnicity",
    "Assessment factors", "Outcome", "Referred to",
)  # fmt: skip
OWN_COLUMNS_ON = ("LongList", "CaseCheck", "DataChecks", "ExclusionLog", "Labels")
LEADS_WORDS = "Kept because the lead typed it"
FOLDER, WORKBOOK, EXPORT, SHEET = "Zqfolder restricted", "Zqworkbook.xlsx", "Zqexport.xlsx", "Zqsheetname"


def name(child: int) -> str:
    return f"Zqfore{'abcdef'[child]}n Zqsur{'abcdef'[child]}m"


def case_id(child: int) -> str:
    return str(7351902 + 1117 * child)


def born(child: int) -> dt.date:
    return dt.date(2007, 2, 17) + dt.timedelta(days=37 * child)


def words() -> list[str]:
    """Every planted word; names are looked for part by part, so in any order."""
    found = [part for child in range(CHILDREN) for part in (*name(child).split(), case_id(child))]
    found += [f"{heading}v{child}" for heading in ("zqwork", "zqscho", "zqaddr", "zqteam") for child in range(CHILDREN)]
    found += [f"zqlab{field}" for field in ("harm", "outcome", "ethnicity", "gender", "referred", "old")]
    found += ["943476591", "zqbadbirth", "zqbadcontact", "zqbadend", "zqagetext"]
    found += [heading for heading in UNMAPPED_HEADINGS if heading.startswith("Zq")]
    found += [SHEET]
    found += ["zqfinding", "zqfindvalue", "zqownhead", "zqowncell", "zqreasoninclude", "zqreasonexclude"]
    found += ["zqpastreason", "zqpastid", "zqpastown", "zqheadingrow", "zqownsheet", "zqowntext"]
    found += ["zqcomment", "zqcommentator", "zqauthor", "zqlastby", "zqcompany", "zqmanager", "zqkeywords"]
    found += ["zqdefined", "zqdefname", "zqlogvalue", "zqstartfound", "zqauditfigures", "zqheaderfooter"]
    return found


def path_words() -> list[str]:
    """What the names of folder, working workbook and export hold; the working workbook itself need not have it."""
    return [FOLDER.split()[0], WORKBOOK.split(".")[0], EXPORT.split(".")[0]]


def days() -> list[dt.date]:
    return [born(child) for child in range(CHILDREN) if child != 1]  # that child's cannot be read


def working_workbook(root: Path) -> Path:
    """Import, check, narrow down, decide; then plant the rest as a person would leave it."""
    folder = root / FOLDER
    folder.mkdir()
    path = folder / WORKBOOK
    assert dipsample("new", path)[0] == 0
    status, _, said = dipsample("import", path, _export(folder / EXPORT))
    assert status == 0, said
    set_cell(path, "Focus", "Sample name", "Autumn sample")
    set_cell(path, "Focus", "Main question", LEADS_WORDS)
    dipsample("check", path)
    dipsample("narrow", path)
    for own in (*OWN_COLUMNS_ON, "Focus", "Criteria", "Categories", "Questions"):
        add_own_column(path, own, f"Zqownhead {own}", "zqowncell")
    edit(path, _type_in)
    dipsample("narrow", path)  # what is kept, and what is counted, comes with the next run
    edit(path, _leave_rows)
    _with_things_of_a_person(path)
    return path


def add_own_column(path: Path, name: str, heading: str, words: str) -> None:
    """A column of a person's own right of a table, with words in its first row."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        if name in sheet.tables:
            part = sheet.tables[name]
            left, top, right, bottom = range_boundaries(part.ref)
            sheet.cell(top, right + 1, heading)
            sheet.cell(top + 1, right + 1, words)
            part.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right + 1)}{bottom}"
            if part.autoFilter:
                part.autoFilter.ref = part.ref
            part.tableColumns.append(TableColumn(id=len(part.tableColumns) + 1, name=heading))
    book.save(path)


def _export(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append([*FIELDS, *UNMAPPED_HEADINGS])
    for child in range(CHILDREN):
        dates: list[object] = [born(child), dt.date(2022, 9, 1 + child), dt.date(2022, 11, 1 + child)]
        age: object = 15
        if child == 1:
            dates, age = ["zqbadbirth 2007", dt.date(2022, 9, 2), "zqbadend"], "15"
        if child == 2:
            dates, age = [born(child), "zqbadcontact", None], 15
        if child == 3:
            age = "zqagetext"
        labels = ["F", "WBRI", "11A", "CIN", "CAMHS"]
        if child == 4:
            labels = ["zqlabgender", "zqlabethnicity", "11A; zqlabharm", "zqlaboutcome", "zqlabreferred"]
        cells = [case_id(child), name(child), *dates, age, *labels]
        unmapped = [f"zqworkv{child}", f"zqschov{child}", f"zqaddrv{child} Street", 9434765910 + child]
        sheet.append([*cells, *unmapped, f"zqteamv{child}"])
    book.properties.creator = "zqauthor"
    book.save(path)
    return path


def _type_in(host: FileHost) -> None:
    check = host.read_table("CaseCheck")
    check["Decision"], check["Initials"] = "Include", "AB"
    check["Reason"] = "zqreasoninclude"
    last = check["Case ID"] == case_id(5)
    check.loc[last, ["Decision", "Reason"]] = ["Exclude", "zqreasonexclude in own words"]
    host.write_table("CaseCheck", check)
    labels = host.read_table("Labels")
    labels.loc[len(labels)] = pd.Series(
        {"Field": "Outcome", "Label as exported": "zqlabold", "Rows": 0, "Means": "Early help"}
    )
    host.write_table("Labels", labels.astype(object).where(labels.notna(), None))
    headings = host.read_table("Headings")
    headings.loc[len(headings)] = pd.Series({"Heading": "zqheadingrow", "Sheet": SHEET})
    host.write_table("Headings", headings)
    past = host.read_table("PastDecisions").iloc[:0]
    past.loc[0] = ["00ff", "zqpastid", dt.date(2021, 1, 1), "Exclude", "zqpastreason", "AB", None, '{"x": "zqpastown"}']
    host.write_table("PastDecisions", past)


def _leave_rows(host: FileHost) -> None:
    """Rows of the tables that earlier steps fill, with a child's data in every cell of text."""
    findings = host.read_table("DataChecks")
    findings.loc[len(findings)] = pd.Series(
        {"Level": "Note", "Code": "x", "Finding": "zqfinding", "Record": 1, "Value": "zqfindvalue"}
    )
    host.write_table("DataChecks", findings.astype(object).where(findings.notna(), None))
    log = host.read_table("ExclusionLog")
    log.loc[:, "Value"] = "zqlogvalue"
    host.write_table("ExclusionLog", log)
    start = host.read_table("Start")
    start["What it found"] = "zqstartfound"
    host.write_table("Start", start)
    audit = host.read_table("Audit")
    audit["Figures"] = "zqauditfigures"
    host.write_table("Audit", audit)


def _with_things_of_a_person(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    own = book.create_sheet("Zqownsheet")
    own["A1"] = "zqowntext"
    own["A1"].comment = Comment("zqcomment", "zqcommentator")
    own.oddHeader.center.text = "zqheaderfooter"
    own.sheet_state = "veryHidden"
    book["Focus"]["B5"].comment = Comment("zqcomment", "zqcommentator")
    book.defined_names["zqdefname"] = DefinedName("zqdefname", attr_text='"zqdefined"')
    book.properties.creator, book.properties.lastModifiedBy = "zqauthor", "zqlastby"
    book.properties.keywords = "zqkeywords"
    book.save(path)
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            data = source.read(member)
            if member == "docProps/app.xml":
                more = b"<Manager>zqmanager</Manager><Company>zqcompany</Company></Properties>"
                data = re.sub(rb"</Properties>", more, data)
            target.writestr(member, data)
    path.write_bytes(changed.getvalue())
