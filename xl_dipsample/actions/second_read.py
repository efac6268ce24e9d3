"""Second reader: draws cases to be read blind by a second person, and later says how far the two agree.

Which cases were drawn stands in the second reader's workbook alone; Audit has their number.
"""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.running.action import Button, action, option
from xl_dipsample.actions.running.marks import initials, local_time, with_row
from xl_dipsample.actions.running.runner import KIND_WORDS
from xl_dipsample.domain.pseudonymise.unique_id import fault
from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.domain.review import second_reader as readers
from xl_dipsample.domain.review.second_reader import Compared
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem, SettingProblem, WorkbookProblem
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.domain.shared.statistics import FEW
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.sharing import last_check, neighbours, rows_without_id
from xl_dipsample.sharing.what_lies_there import Look
from xl_dipsample.workbook.build import second_workbook
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import columns, spec
from xl_dipsample.workbook.upgrading.read_older import open_to_read

# What lies beside a working workbook or a key, and nowhere else: such a folder is not for a second reader.
ACTION = "second-read"


@action(
    "second-read",
    "Second reader",
    "Draws cases to be read blind by a second person; later says how far the two agree.",
    place=100,
    subject="review",
    button=Button("Review", "ReviewNewComment"),
    either="What is to be done?",
)
class SecondReadOptions:
    """One of the two: `draw`, the second reader's workbook to make; `read`, the same one, filled in."""

    draw: Path | None = option(
        "the second reader's workbook to make; a fifth of the cases, at least five, drawn at random",
        default=None,
        ask="save",
        question="Where shall the second reader's workbook lie? A folder that the second reader can open",
        name="second reader.xlsx",
        answer="Draw cases for a second reader",
    )
    read: Path | None = option(
        "the second reader's workbook, filled in",
        default=None,
        ask="open",
        question="Which file did the second reader fill in?",
        answer="Read what the second reader filled in",
    )


def run(host: Host, options: SecondReadOptions) -> Result:
    """Draw or read. Raises SettingProblem unless it is exactly one of the two; then nothing is written."""
    if options.draw is not None and options.read is None:
        return _draw(host, options.draw)
    if options.read is not None and options.draw is None:
        return _read(host, options.read)
    raise SettingProblem(
        "draw-or-read",
        "Second reader needs one of two: --draw FILE makes a workbook for the second reader, --read FILE takes the "
        "answers from it once it is filled in.",
    )


# ---- draw


def _draw(host: Host, out: Path) -> Result:
    """Make the second reader's workbook. Raises FileProblem, PrivacyProblem, WorkbookProblem; then there is none."""
    seen = _refuse_place(host, out)
    table = host.read_table("Review")
    _refuse_twice(table, host.path.name)
    listed = review_rules.texts(table, "Unique ID")[readers.can_be_drawn(table)].tolist()
    if not listed:
        raise WorkbookProblem(
            "nothing-to-draw",
            "No case in the sample has been read yet: a case can be drawn once Reviewer is filled in on Review.",
        )
    _refuse_no_ids(listed)
    drawn = readers.draw(listed)
    figures = {"drawn": len(drawn), "of": len(listed)}
    tables = second_workbook.tables_for({name: host.read_table(name) for name in _NEEDED}, drawn)
    nothing = pd.DataFrame(columns=spec.table("review", "Audit").headings, dtype=object)
    tables["Audit"] = with_row(nothing, initials(host), ACTION, {"drawn": len(drawn)})
    data = second_workbook.made(tables, {"sample_id": host.read_value("sample_id")})
    result = Result(ACTION, figures=dict(figures), files=[str(out)])
    neighbours.say_unread([seen], result)
    result.say(
        "note",
        "drawn",
        f"{_cases(len(drawn))} of {len(listed)} that have been read and are in the sample, drawn at random into "
        f"{out.name}. Which ones stands only there.",
    )
    result.say(
        "note",
        "keep-blind",
        "Give that file alone to the second reader, and the reading list: whoever opens the review workbook sees the "
        "first answers.",
    )
    result.say(
        "note",
        "names-not-checked",
        "Names not checked: the settings, the team's questions and the words of the lists go along as they are.",
    )
    if len(drawn) < FEW:
        result.say(
            "note",
            "few",
            f"With fewer than {FEW} cases read twice, agreement is shown in counts only. Drawing again later adds "
            "cases.",
        )
    _refuse_place(host, out)  # somebody may have put a file there meanwhile
    replace_file(data, out)
    result.made.append(out)  # it may not stay when the review workbook cannot be noted on and saved
    return result


def _refuse_no_ids(listed: list[str]) -> None:
    """Anything else in that column would go to the second reader as it is, a name as well."""
    wrong = sum(bool(fault(one)) for one in listed)
    if wrong:
        rows = plural(wrong, "row has", "rows have")
        raise WorkbookProblem(
            "no-unique-id",
            f"On Review {rows} something else in the column Unique ID than a unique ID: put the unique IDs back, or "
            "use an earlier copy, and draw again.",
        )


_NEEDED = ("Review", "Focus", "Questions", "Criteria", "Categories", "MyLists", "GivenWords")


def _refuse_place(host: Host, out: Path) -> Look:
    """The file must be new, an .xlsx, and not beside what names children."""
    if os.path.realpath(out) == os.path.realpath(host.path):
        raise FileProblem(
            "same-file", f"{out.name} is the review workbook itself: choose another name for the second reader's."
        )
    return neighbours.refuse_output(out, ".xlsx", "the second reader's workbook")


# ---- read


def _read(host: Host, path: Path) -> Result:
    """Compare, and renew the sheet Second reader. Raises FileProblem, WorkbookProblem; then nothing changes."""
    second = _second(host, path)
    table = review_columns.without_staying(host.read_table("Review"))
    _refuse_twice(table, host.path.name)
    _refuse_twice(second, path.name)
    left = _refuse_unknown(host, table, second, path)
    filled_in = second
    second = second.loc[review_rules.is_row(second) & ~review_rules.keys(second, "Unique ID").isin(left)]
    asked = compared(host.read_table("Questions"))
    begun = second.loc[readers.is_begun(second, asked)]
    if begun.empty:
        raise WorkbookProblem(
            "nothing-answered",
            f"Nothing is filled in yet in {path.name}: read it when the second reader is done.",
        )
    known = set(review_rules.keys(table, "Unique ID"))
    earlier = host.read_table("ReadTwice")
    earlier = earlier.loc[review_rules.keys(earlier, "Unique ID").isin(known)]
    twice = readers.joined(earlier, readers.pairs(table, begun, asked), begun["Unique ID"])
    agreement = readers.agreement(twice, asked)
    now = local_time()
    agreement["As of"] = pd.Series([now] * len(agreement), index=agreement.index, dtype=object)
    before = host.read_table("SecondReader")
    listed = readers.differences(twice, before, asked)
    host.write_table("ReadTwice", twice)
    host.write_table("Agreement", agreement)
    host.write_table("SecondReader", listed)
    result = _result(second, begun, agreement, listed, asked, path)
    if left:
        result.say(
            "note",
            "left-meanwhile",
            f"{_cases(len(left))} of {path.name} left Review since they were drawn, and are not counted.",
        )
    rows_without_id.say(filled_in, result, path.name)
    if set(review_rules.texts(listed, "Second reader")) - set(review_rules.texts(before, "Second reader")):
        last_check.forget_lengths(host)  # words of another file stand here now, which nobody has checked
    last_check.say_without_key(host, result)
    return result


def compared(questions: pd.DataFrame) -> list[Compared]:
    """The questions that are compared: Review's own, and the team's that are answered by choosing."""
    own = [
        Compared(one.heading, several=one.type == columns.SEVERAL)
        for one in columns.questions(questions)
        if one.type in ("Choose one", columns.SEVERAL, "Yes / No")
    ]
    taken = {column.heading.casefold() for column in spec.table("review", "Review").columns}
    return [*readers.standard(), *(one for one in own if one.heading.casefold() not in taken)]


def _second(host: Host, path: Path) -> pd.DataFrame:
    """Review as the second reader filled it in."""
    second = open_to_read(path, host.ui)
    if second.kind != second_workbook.KIND:
        raise WorkbookProblem(
            "wrong-kind",
            f"{path.name} is a {KIND_WORDS[second.kind]}; choose the second reader's workbook, which Second reader "
            "made when the cases were drawn.",
        )
    if trimmed(second.read_value("sample_id")) != trimmed(host.read_value("sample_id")):
        raise PrivacyProblem(
            "another-sample", f"{path.name} is of another sample: choose the one that was drawn from this workbook."
        )
    words = (lead_lists.TABLE, lead_lists.GIVEN, lead_lists.CATEGORIES)
    lists = Lists.of({name: host.read_table(name) for name in words if name in host.tables()})
    made, _ = lead_lists.renamed(second.read_table("Review"), lists)  # drawn before a word got another name
    return made


def _refuse_twice(frame: pd.DataFrame, name: str) -> None:
    keys = review_rules.keys(frame, "Unique ID")
    if keys[(keys != "") & keys.duplicated()].any():
        raise WorkbookProblem(
            "id-twice", f"On Review of {name} a unique ID stands in two rows: leave one row for each, and try again."
        )


def _refuse_unknown(host: Host, table: pd.DataFrame, second: pd.DataFrame, path: Path) -> set[str]:
    """The unique IDs, without capitals, that were set aside since the draw. Raises WorkbookProblem for any others."""
    missing = set(review_rules.keys(second, "Unique ID")) - set(review_rules.keys(table, "Unique ID")) - {""}
    aside: set[str] = set()
    if missing and "SetAside" in host.tables():
        aside = set(review_rules.keys(host.read_table("SetAside"), "Unique ID"))
    unknown = missing - aside
    if unknown:
        raise WorkbookProblem(
            "unknown-ids",
            f"{path.name} has unique IDs that are not on Review ({len(unknown)}): correct them there, as the reading "
            "list has them, and read it again.",
        )
    return missing


def _result(
    second: pd.DataFrame,
    begun: pd.DataFrame,
    agreement: pd.DataFrame,
    listed: pd.DataFrame,
    asked: list[Compared],
    path: Path,
) -> Result:
    answered = int(readers.is_answered(begun).sum())
    result = Result(ACTION)
    result.figures = {
        "drawn": len(second),
        "read": len(begun),
        "answered": answered,
        "differences": len(listed),
        "read_twice": max((int(n) for n in agreement["Read twice"]), default=0),
        "questions": [
            {"question": _name(number, one), "read_twice": row["Read twice"], "same": row["Same answer"],
             "percent": row["%"], "kappa": row["Kappa"], "low": row["Kappa from"], "high": row["Kappa to"]}
            for number, (one, row) in enumerate(zip(asked, agreement.to_dict("records"), strict=True), 1)
        ],
    }  # fmt: skip
    if answered < len(second):
        result.say(
            "warning",
            "half-filled",
            f"{path.name} holds {_cases(len(second))}: {answered} answered, {len(begun) - answered} begun, "
            f"{len(second) - len(begun)} blank. What both answered is compared; read the file again later.",
        )
    result.say(
        "note",
        "read",
        f"{_cases(len(begun))} read twice in {path.name}. The differences stand on Second reader: {len(listed)}. Talk "
        "them through, write down what you agree, and change Review only then.",
        sheet="Second reader",
    )
    return result


def _name(number: int, one: Compared) -> str:
    """Our own headings as they are; the team's by number, since people typed them."""
    standard = len(readers.standard())
    return one.heading if number <= standard else f"team question {number - standard}"


def _cases(number: int) -> str:
    return plural(number, "case")
