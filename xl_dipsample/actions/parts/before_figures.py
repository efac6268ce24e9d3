"""What is looked at before any action shows a figure: rows and settings that a person deleted, copied or mistyped.

Of Long list `rows_by_hand` knows; here are Review, Focus and Criteria, and words below the tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from xl_dipsample.actions.running.action import Action
from xl_dipsample.domain.focus import settings_there
from xl_dipsample.domain.review import given_rows, review_rules
from xl_dipsample.domain.review.given_rows import Seen
from xl_dipsample.domain.shared import standing
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host, Kind
from xl_dipsample.workbook.specs import spec

_SHOWN = 10
_FILLS = ("import",)  # it counts nothing, and is the way to put rows back


@dataclass(frozen=True)
class Below:
    """Excel rows below a table, with words that no table holds."""

    table: str
    sheet: str
    rows: tuple[int, ...]

    @property
    def place(self) -> str:
        """The sheet and its rows, in words."""
        listed = ", ".join(map(str, self.rows[:_SHOWN])) + (" and more" if len(self.rows) > _SHOWN else "")
        return f"{self.sheet}, {'row' if len(self.rows) == 1 else 'rows'} {listed}"


def refuse(host: Host, action: Action) -> None:
    """Raise SettingProblem or WorkbookProblem when a figure would be of other rows or rules than were agreed."""
    if action.subject not in ("working", "review") or action.id in _FILLS:
        return
    there = host.tables()
    for sheet in settings_there.SHEETS:
        if sheet in there:
            settings_there.refuse_missing(sheet, host.read_table(sheet), typed_there=host.kind == "working")
    if host.kind == "review":
        refuse_other_rows(host)


def refuse_other_rows(host: Host, *, of: str = "Review") -> None:
    """Raise WorkbookProblem when Review has not the rows that Pseudonymise gave, each once. `of`: how it is called."""
    seen, sentences = on_review(host, of)
    if seen:
        raise WorkbookProblem("review-rows", " ".join(sentences))


def on_review(host: Host, of: str = "Review") -> tuple[Seen, list[str]]:
    """What is wrong with the rows of Review, and how it is said."""
    table = host.read_table("Review")
    there = table["Unique ID"].tolist()
    given = host.read_table("GivenRows")["Unique ID"].tolist() if "GivenRows" in host.tables() else []
    seen = given_rows.compare(there, given)
    first = standing.first_row(table, spec.table("review", "Review").first_row)
    unnamed = (review_rules.review_check(table) == review_rules.NO_ID).to_numpy().nonzero()[0].tolist() if seen else []
    return seen, given_rows.sentences(seen, there, first, of=of, unnamed=unnamed)


def below_tables(host: Host) -> list[Below]:
    """Words below the tables that people fill in, where nothing of ours stands."""
    kind: Kind = host.kind if host.kind in spec.KINDS else "review"
    there = host.tables()
    found = []
    for sheet in spec.sheets(kind):
        if len(sheet.tables) == 1 and sheet.tables[0].name in there and _filled_by_people(sheet.tables[0]):
            rows = host.rows_below(sheet.tables[0].name)
            if rows:
                found.append(Below(sheet.tables[0].name, sheet.name, tuple(rows)))
    return found


def _filled_by_people(table: spec.Table) -> bool:
    return table.open_columns or any(column.by == "people" for column in table.columns)


def say_below(found: list[Below], result: Result) -> None:
    """Warn of the words below tables: nothing counts them."""
    for one in found:
        result.say(
            "warning",
            "below-table",
            f"On {one.place}: words below the table are no part of it, so nothing counts them. Move them up, right "
            "below its last row, or away from the table.",
            sheet=one.sheet,
            row=one.rows[0],
        )
