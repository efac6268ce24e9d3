"""What is counted for a publication: the same as Summary, nothing that people typed, and what is left out."""

from __future__ import annotations

from functools import partial

import pandas as pd
import pytest

from tests.domain.publication.published_reviews import funnel_of, review_of
from xl_dipsample.domain.publication.public_table import PublicTable
from xl_dipsample.domain.publication.publication import Publication, publication
from xl_dipsample.domain.shared.lead_lists import shipped
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.sheets import summary_sheet as live_summary
from xl_dipsample.workbook.specs import spec

as_published = partial(publication, lists=shipped())

TYPED = "Zqtyped words of somebody"


def table(made: Publication, name: str) -> PublicTable:
    return next(one for one in made.tables if one.name == name)


def true_numbers(made: Publication, name: str) -> dict[str, int]:
    """Label -> number before anything is hidden, of one table."""
    return {label: made.safe.figures.counts[cells[-1]] for label, cells in table(made, name).lines}


def on_summary(review: pd.DataFrame, funnel: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Heading -> label -> n, read from the cells of the sheet Summary."""
    layout = live_summary.layout(sheets.book("review", {"Review": review, "Funnel": funnel}, {}))
    cells = {(cell.row, cell.column): cell.value for cell in layout.cells}
    found: dict[str, dict[str, int]] = {}
    heading = ""
    for row, column in sorted(cells):
        if column == 1 and cells.get((row, 2)) == "n":
            heading = str(cells[row, 1])
        elif column == 1 and isinstance(cells.get((row, 2)), int):
            found.setdefault(heading, {})[str(cells[row, 1])] = int(str(cells[row, 2]))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_every_number_is_the_one_on_summary_before_it_is_hidden(seed: int) -> None:
    review, funnel = review_of(80, seed, left=3), funnel_of(80, 3, ("Case check", 9))
    made, summary = as_published(review, funnel), on_summary(review, funnel)
    for name, heading in (
        ("outcome", "Outcome"),
        ("scenario", "Scenario"),
        ("harm", "Type of harm"),
        ("age", "Age band"),
        ("gender", "Gender"),
        ("ethnicity", "Ethnicity"),
        ("referred", "Referred to?"),
    ):
        published = true_numbers(made, name)
        assert published.pop("All cases in the sample") == summary["Sample"]["In the sample now"] == 80
        assert published.items() <= summary[heading].items(), heading
        assert not any(number for label, number in summary[heading].items() if label not in published), heading


def test_the_funnel_ends_as_summary_does() -> None:
    review, funnel = review_of(40, 1, left=7), funnel_of(40, 7, ("Below the age cut-off", 12))
    made = as_published(review, funnel)
    steps = true_numbers(made, "funnel")
    assert steps == {"Long list": 59, "Below the age cut-off": 47, "Left during review": 40, "Sample": 40}
    assert on_summary(review, funnel)["Sample"]["Long list"] == steps["Long list"]


def test_rows_that_left_after_the_workbook_was_made_are_counted_as_review_says_now() -> None:
    review = review_of(40, 1, left=7)
    made = as_published(review, funnel_of(47, 0, ("Below the age cut-off", 12)))
    assert true_numbers(made, "funnel")["Left during review"] == 40


def test_a_stage_that_was_not_applied_counts_nobody() -> None:
    funnel = funnel_of(40, 0, ("No chosen category", 0))
    funnel.loc[1, "Excluded"] = "not applied"
    assert true_numbers(as_published(review_of(40, 1), funnel), "funnel")["No chosen category"] == 40


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda f: f.iloc[:0], "empty"),
        (lambda f: f.assign(Remaining=f["Remaining"] + 1), "number of cases in Review"),
        (lambda f: f.assign(Stage=[TYPED, *f["Stage"][1:]]), "stages"),
        (lambda f: f.assign(Excluded=[None, 11, 0, 0]), "add up"),
        (lambda f: f.assign(Remaining=["many", *f["Remaining"][1:]]), "add up"),
        (lambda f: f.iloc[::-1].reset_index(drop=True), "stages|add up"),
    ],
)
def test_a_funnel_that_somebody_changed_is_left_out_and_the_rest_as_published(change: object, why: str) -> None:
    funnel = change(funnel_of(40, 0, ("Below the age cut-off", 12)))  # type: ignore[operator]
    made = as_published(review_of(40, 1), funnel)
    assert "funnel" not in {one.name for one in made.tables}
    assert len(made.tables) >= 7
    reasons = dict(made.left_out)
    assert any(part in reasons["From the long list to the sample"] for part in why.split("|"))


def test_words_that_people_typed_are_counted_and_never_shown() -> None:
    review = review_of(60, 2)
    for heading in ("Outcome", "Gender", "Ethnicity", "Type of harm", "Referred to?", "Age at time of contact"):
        review.loc[:9, heading] = TYPED
    made = as_published(review, funnel_of(60, 0))
    shown = "\n".join(one.body(made.safe).to_string() for one in made.tables)
    assert TYPED not in shown
    assert "DS-0000" not in shown
    assert true_numbers(made, "gender")["Other words"] >= 10


def test_no_column_but_seven_is_counted() -> None:
    """Every other column may hold anything: the publication is the same."""
    review = review_of(60, 2)
    counted = {
        "Unique ID", "Type of harm", "Age at time of contact", "Gender", "Ethnicity", "Outcome", "Referred to?",
        "Level of harm", "Parenting concerns", "In sample?",
    }  # fmt: skip
    full = review.assign(**{h: TYPED for h in spec.table("review", "Review").headings if h not in counted})
    assert [one.body(as_published(full, None).safe).to_csv() for one in as_published(full, None).tables] == [
        one.body(as_published(review, None).safe).to_csv() for one in as_published(review, None).tables
    ]


def test_the_cross_table_puts_small_lines_together_and_hides_nothing_elsewhere() -> None:
    review, funnel = review_of(300, 7, several_outcomes=0.8), funnel_of(300, 0, ("Case check", 3))
    made = as_published(review, funnel)
    cross = table(made, "cross").body(made.safe)
    assert "All other outcomes" in list(cross["Outcome"])
    inner = {cell for cell in table(made, "cross").cells if cell.startswith("cross:") and cell.count(":") == 2}
    counted = [cell for cell in inner if made.safe.figures.counts[cell]]
    assert 2 * sum(cell in made.safe.hidden for cell in counted) <= len(counted)
    lines = [row for row in cross.to_numpy().tolist() if "c" not in row]
    assert all(row[1] == sum(row[2:]) for row in lines)


def test_a_table_that_is_left_out_is_named_with_its_reason() -> None:
    made = as_published(review_of(12, 3), funnel_of(12, 0))
    assert dict(made.left_out)["Outcomes by scenario"] == "its numbers are too small"


def test_below_ten_cases_no_percentages_stand() -> None:
    few = as_published(review_of(9, 4, several_outcomes=5.0), None)
    many = as_published(review_of(10, 4, several_outcomes=5.0), None)
    assert few.safe.shown("all") == 9
    assert list(table(few, "outcome").body(few.safe).columns) == ["Outcome", "Number of cases"]
    assert list(table(many, "outcome").body(many.safe).columns)[-1] == "Percentage of cases"
