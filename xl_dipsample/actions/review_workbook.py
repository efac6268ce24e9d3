"""The review workbook's tables: built from nothing, with what people typed in the earlier one carried over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.narrow import Working, funnel_table
from xl_dipsample.actions.parts import before_figures
from xl_dipsample.actions.parts.before_figures import Below
from xl_dipsample.domain.analysis import tallies
from xl_dipsample.domain.narrowing import counts_beside_funnel
from xl_dipsample.domain.pseudonymise import review_rows
from xl_dipsample.domain.review import decision_points, question_pairs, review_rules
from xl_dipsample.domain.review.given_rows import Seen
from xl_dipsample.domain.shared import lead_lists, standing
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem, SettingProblem
from xl_dipsample.workbook.build.release_copy import AS_OF
from xl_dipsample.workbook.host import Host, Ui
from xl_dipsample.workbook.hosts.closed_file.table_writes import LONGEST_HEADING
from xl_dipsample.workbook.specs import columns, spec
from xl_dipsample.workbook.upgrading import older_tables
from xl_dipsample.workbook.upgrading.read_older import open_to_read

SHARED_SETTINGS = ("Focus", "Criteria", "Categories", "Questions", "Pairs", "MyLists")
KEPT_WHOLE = (
    "Variations", "Language", "LanguagePatterns", "TypicalWords", "Collocations", "SecondReader", "Agreement",
    "ReadTwice", "Findings", "PanelQuestions", "Actions", "Samples", "Recipe", "Compare", "Context", "Terms", "Audit",
)  # fmt: skip
FROM_WORKING = ("Terms", "Actions")  # what the working workbook took over from an earlier sample
NOT_DECIDED = "Not decided yet"


@dataclass(frozen=True)
class Earlier:
    """What an earlier review workbook of the same sample holds."""

    tables: Mapping[str, pd.DataFrame]
    as_of: Mapping[str, object]  # when the sheets of values were renewed
    own_sheets: list[int]  # the numbers of sheets that people added: what these are called is theirs
    rows: Seen  # which rows of Review are others than were given
    said_of_rows: list[str]
    below: list[Below]  # what people typed below tables


def read_earlier(path: Path, sample_id: str, ui: Ui) -> Earlier | None:
    """Everything of the review workbook at `path`; None when there is none yet.

    Raises FileProblem or PrivacyProblem when another file lies there, so that nothing of somebody else's is replaced.
    """
    if path.suffix.lower() != ".xlsx":
        raise FileProblem(
            "not-xlsx", f"{path.name} does not end in .xlsx; choose a name for the review workbook that does."
        )
    if not path.parent.is_dir():
        raise FileProblem("no-folder", f"There is no folder {path.parent} for the review workbook; make it first.")
    if not path.exists():
        return None
    host = open_to_read(path, ui, others_may_have_it=False)
    if host.kind != "review" or host.read_value("sample_id") != sample_id:
        raise PrivacyProblem(
            "another-sample", f"{path.name} is not the review workbook of this sample; choose another name for it."
        )
    tables = {name: host.read_table(name) for name in host.tables()}
    as_of = {name: value for name, value in older_tables.carried_cells(host).items() if name in AS_OF}
    seen, said = before_figures.on_review(host)
    return Earlier(tables, as_of, older_tables.own_sheets(host), seen, said, before_figures.below_tables(host))


def tables_for(host: Host, work: Working, unique_ids: pd.Series, earlier: Earlier | None) -> dict[str, pd.DataFrame]:
    """Every table of the review workbook, by name."""
    old = earlier.tables if earlier else {}
    spec_of_review = spec.table("review", "Review")
    questions = host.read_table("Questions")
    asked = _asked(questions, spec_of_review.headings, second=work.criteria.second_outcome)
    headings = [*spec_of_review.headings, *(one for one in asked if one not in spec_of_review.headings)]
    new = review_rows.new_rows(work.listed, work.narrowed, unique_ids, work.criteria, headings)
    people = [column.heading for column in spec_of_review.columns if column.by == "people"]
    nothing = pd.DataFrame(columns=spec_of_review.headings, dtype=object)
    # what a word was called before it was renamed is that word still, wherever somebody typed it
    typed, _ = lead_lists.renamed(_answered(old, asked, spec_of_review.headings), work.criteria.lists)
    aside, _ = lead_lists.renamed(old.get("SetAside", nothing[["Unique ID"]]), work.criteria.lists)
    carried = review_rows.carry_over(
        new,
        typed,
        aside,
        people,
        spec_of_review.headings,
        dt.datetime.now().astimezone().date(),
    )
    # the spec's own columns alone: beside them people may have noted anything, children's names too
    tables = {name: host.read_table(name)[spec.table("review", name).headings] for name in SHARED_SETTINGS}
    if work.criteria.second_outcome:
        tables["Questions"] = decision_points.with_second(tables["Questions"], work.criteria.lists)
    _refuse_pairs(host.read_table("Pairs"), tables["Questions"])
    there = set(host.tables())
    tables |= {
        name: host.read_table(name)[spec.table("review", name).headings] for name in FROM_WORKING if name in there
    }
    tables |= {name: old[name] for name in KEPT_WHOLE if name in old}
    tables["Review"] = carried.review
    tables["GivenRows"] = carried.review[["Unique ID"]]
    if len(carried.set_aside):
        tables["SetAside"] = review_rows.with_less(carried.set_aside, work.criteria)
    tables["Harms"] = tallies.harms_table(carried.review)
    tables["Thresholds"] = tallies.thresholds_table(carried.review, work.criteria.lists)
    tables["Funnel"] = _funnel(work, carried.review)
    tables["YoungPeople"] = work.people
    tables["FunnelCategories"] = counts_beside_funnel.by_category(work.narrowed, work.criteria)
    tables["FunnelGroups"] = counts_beside_funnel.by_group(work.listed, work.narrowed, work.criteria)
    tables["Exclusions"] = review_rows.exclusions(work.narrowed.exclusion_log, work.criteria.lists)
    return tables


def _answered(old: Mapping[str, pd.DataFrame], asked: Sequence[str], ours: Sequence[str]) -> pd.DataFrame:
    """The earlier Review without the columns of questions that were taken away before anybody answered them."""
    table = old.get("Review")
    if table is None:
        return pd.DataFrame(columns=list(ours), dtype=object)
    before = [trimmed(heading) for heading in old["Questions"]["Heading"]] if "Questions" in old else []
    gone = [one for one in before if one in table.columns and one not in asked and one not in ours]
    return table.drop(columns=[one for one in gone if not table[one].map(trimmed).any()])


def _refuse_pairs(typed: pd.DataFrame, questions: pd.DataFrame) -> None:
    """Raise SettingProblem for the first pair that cannot stand; `questions`: those of the review workbook."""
    there = spec.table("working", question_pairs.TABLE)
    for one in question_pairs.problems(typed, columns.of_review(questions)):
        row = standing.first_row(typed, there.first_row) + one.position
        raise SettingProblem(one.code, f"Excel row {row} of the sheet {there.sheet}: {one.told}.")


def _asked(questions: pd.DataFrame, headings: Sequence[str], *, second: bool) -> list[str]:
    """The headings of the team's questions.

    Raises SettingProblem for one of our own headings, for one that is too long, and for two that are alike but for
    capitals: Excel takes none of them.

    `second`: the column of the second decision point comes first.
    """
    ours = set(headings)
    taken = {heading.casefold() for heading in headings}
    there = spec.table("working", "Questions")
    asked = [decision_points.SECOND] if second else []
    for row, heading in enumerate(questions["Heading"], start=standing.first_row(questions, there.first_row)):
        name = trimmed(heading)
        if not name:
            continue
        if len(name) > LONGEST_HEADING:
            raise SettingProblem(
                "question-heading-long",
                f"Excel row {row} of the sheet {there.sheet} has a heading of more than {LONGEST_HEADING} letters, "
                "which Excel does not take; shorten it.",
            )
        if name in ours:
            raise SettingProblem(
                "question-heading-ours",
                f"Excel row {row} of the sheet {there.sheet} has the heading of a column that Review has anyway; give "
                "it another heading, or delete the row.",
            )
        if second and name.casefold() == decision_points.SECOND.casefold():
            raise SettingProblem(
                "question-heading-second",
                f"Excel row {row} of the sheet {there.sheet} has the heading of the column that "
                f"{decision_points.SETTING} on Focus adds; give it another heading, or choose No there.",
            )
        if name.casefold() in taken:
            raise SettingProblem(
                "question-heading-taken",
                f"Excel row {row} of the sheet {there.sheet} has the heading of another column of Review, capital "
                "letters aside; give it another heading, or delete the row.",
            )
        taken.add(name.casefold())
        asked.append(name)
    return asked


def _funnel(work: Working, table: pd.DataFrame) -> pd.DataFrame:
    shown = funnel_table(work.narrowed)
    undecided = work.narrowed.undecided
    if undecided:
        waiting = pd.DataFrame(
            [[NOT_DECIDED, undecided, shown.iloc[-1]["Remaining"]]], columns=shown.columns, dtype=object
        )
        shown = pd.concat([shown.iloc[:-1], waiting, shown.iloc[-1:]], ignore_index=True)
    return review_rows.funnel_rows(shown, int(review_rules.has_left(table).sum()))
