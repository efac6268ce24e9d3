"""The release copy: a new workbook from the review workbook's tables that may be shared, for reading only.

Nothing of the review workbook's file comes along but the cells of those tables: no comment, no sheet or name of a
person's own, no document property, no history. What stayed behind is counted, so that nobody misses it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import unescape

import pandas as pd

from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import lead_lists, reference
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.exports import door
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import CellValue
from xl_dipsample.workbook.specs import columns, spec

_OUR_NAMES = re.compile(
    r"list_\w+|(?:Charts|Compare|Pivots|Summary|Thresholds)_\w{1,12}|_xlnm\.\w+|kind|spec_version|sample_id|sample_name|checked_for_sharing|analysed_on|compared_on"
)
AS_OF = ("analysed_on", "compared_on")  # the named cells that say when the sheets of values were renewed
_COUNTED: tuple[tuple[str, str, bytes], ...] = (  # what, the parts it stands in, what one of them looks like
    ("comments or notes", r"xl/comments[^/]*\.xml|xl/comments/.*\.xml", rb"<(?:\w+:)?comment\b"),
    ("threaded comments", r"xl/threadedComments/.*", rb"<(?:\w+:)?threadedComment\b"),
    ("pictures", r"xl/media/.*", b""),
    ("shapes or text boxes", r"xl/drawings/drawing\d+\.xml", rb"<xdr:sp\b"),
    ("custom document properties", r"docProps/custom\.xml", rb"<(?:\w+:)?property\b"),
    ("parts of custom XML or labels", r"customXml/item\d+\.xml|docMetadata/.*", b""),
    ("printer settings", r"xl/printerSettings/.*", b""),
    ("links to other workbooks", r"xl/externalLinks/externalLink\d+\.xml", b""),
    ("data connections", r"xl/connections\.xml|xl/queryTables/.*", b""),
    ("macros", r"xl/vbaProject\.bin", b""),
)


def shared_tables(tables: Mapping[str, pd.DataFrame], *, own_columns: bool = False) -> dict[str, pd.DataFrame]:
    """The tables of a review workbook that may be shared, with their shareable columns only.

    `own_columns`: the columns that people added come along, too; the team's own questions always do.
    """
    asked = [one.heading for one in columns.questions(tables.get("Questions"))]
    found: dict[str, pd.DataFrame] = {}
    for table in spec.tables("review"):
        if table.name not in tables or not sheets.may_be_shared(table):
            continue
        frame = tables[table.name]
        allowed = [column.heading for column in table.columns if column.share]
        allowed += [one for one in asked if table.name == "Review" and one not in table.headings]
        own = [one for one in frame.columns if one not in table.headings] if own_columns else []
        found[table.name] = frame[[one for one in frame.columns if one in allowed or one in own]]
    laid_out = lead_lists.laid_out(tables)
    if laid_out is not None and lead_lists.TABLE in found:  # the copy counts as the workbook does
        found[lead_lists.TABLE] = laid_out[[one for one in found[lead_lists.TABLE].columns if one in laid_out.columns]]
    return found


def own_headings(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[str]]:
    """The columns that people added, by table; tables without any are left out."""
    ours = {table.name: table.headings for table in spec.tables("review")}
    found = {
        name: [one for one in tables[name].columns if one not in frame and one not in ours[name]]
        for name, frame in shared_tables(tables).items()
    }
    return {name: headings for name, headings in found.items() if headings}


def made(shared: Mapping[str, pd.DataFrame], values: Mapping[str, CellValue], copied_on: str) -> bytes:
    """The bytes of the release copy. `copied_on`: the date and time that Start shows. Raises WorkbookProblem."""
    named = {name: values.get(name) for name in ("sample_id", *AS_OF)}
    named |= {"kind": "release", "checked_for_sharing": copied_on}
    return build("review", {name: _of_review(name, frame, shared) for name, frame in shared.items()}, named)


def _of_review(name: str, frame: pd.DataFrame, shared: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Rows of the second reading are kept while Review has their case: what was set aside is not shared."""
    if name not in ("SecondReader", "ReadTwice"):
        return frame
    there = set(review_rules.keys(shared["Review"], "Unique ID")) - {""}
    return frame.loc[review_rules.keys(frame, "Unique ID").isin(there)].reset_index(drop=True)


def template() -> bytes:
    """The review workbook as we ship it, without any case: what the scanner knows as ours."""
    return (reference.template_folder() / "review.xltx").read_bytes()


def left_behind(data: bytes) -> dict[str, int]:
    """What a review workbook's file holds beside its tables: in words, how many. Damaged parts count as none."""
    found: dict[str, int] = {}
    try:
        door.check(data, "The workbook")
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = {name: file.read(name) for name in file.namelist() if _is_counted(name)}
    except (FileProblem, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return found
    for what, where, one in _COUNTED:
        texts = [text for name, text in parts.items() if re.fullmatch(where, name)]
        found[what] = sum(len(re.findall(one, text)) if one else 1 for text in texts)
    book = parts.get("xl/workbook.xml", b"").decode("utf-8", "replace")
    ours = {sheet.name for sheet in spec.sheets("review")}
    found["sheets of people's own"] = sum(name not in ours for name in _named("sheet", book))
    found["defined names"] = sum(not _OUR_NAMES.fullmatch(name) for name in _named("definedName", book))
    core = parts.get("docProps/core.xml", b"").decode("utf-8", "replace")
    found["names of authors"] = len(re.findall(r"<(?:dc:creator|cp:lastModifiedBy)\b[^>]*>[^<]", core))
    return {what: number for what, number in found.items() if number}


def _is_counted(name: str) -> bool:
    return name in ("xl/workbook.xml", "docProps/core.xml") or any(
        re.fullmatch(where, name) for _, where, _ in _COUNTED
    )


def _named(element: str, book: str) -> list[str]:
    return [unescape(name) for name in re.findall(rf'<{element}\b[^>]*?\bname="([^"]*)"', book)]
