"""A column of Review is one line of 10_review.toml: what it says is to be done with it happens everywhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import python_calamine

from xl_dipsample.domain.review import review_columns
from xl_dipsample.domain.shared import reference

HEADING = "Where it was read"
ASKED = "Are more cases progressed in some places?"
LINE = (
    f'  {{ heading = "{HEADING}", type = "choice", list = "read_where", '
    'choices = ["Online", "On paper", "Both"], width = 16, by = "people", optional = true, '
    f'share = true, count = true, group_by = true, second_reader = true, crossed = true, asked = "{ASKED}", '
    'example = [9, 1, 1, 2], help = "A column that is not there." },\n'
)
BEFORE = '  { heading = "Summary of harm"'
# What somebody does who adds a column: `make templates`, and the example. In a Python of its own: nothing is cached.
MADE = """
import sys
from pathlib import Path
from xl_dipsample.domain.shared import reference
reference.template_folder = lambda: Path(sys.argv[1])
from xl_dipsample.building import column_guide, make_templates
from xl_dipsample.cli import main
make_templates.write_templates()
Path(sys.argv[2]).with_suffix(".md").write_text(column_guide.page(), encoding="utf-8")
sys.exit(main(["demo", sys.argv[2]]))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an example that was made with one more column."""
    place = tmp_path_factory.mktemp("one more column")
    folder = place / "workbook_template"
    shutil.copytree(reference.template_folder(), folder)
    path = folder / "sheets" / "10_review.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(BEFORE) == 1
    path.write_text(text.replace(BEFORE, LINE + BEFORE), encoding="utf-8")
    run = [sys.executable, "-c", MADE, str(folder), str(place / "example")]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return place / "example"


def missing(made: Path, heading: str) -> list[str]:
    """Where a column of Review does not arrive, by the key that should bring it there."""
    book = python_calamine.load_workbook(made / "share" / "review.xlsx")
    first = {
        name: [str(row[0]) for row in book.get_sheet_by_name(name).to_python() if row] for name in book.sheet_names
    }
    agreement = [str(cell) for row in book.get_sheet_by_name("Second reader").to_python() for cell in row]
    review = [row for row in book.get_sheet_by_name("Review").to_python() if any(row)]
    head = next(row for row in review if row[0] == "Unique ID")
    cells = [row[head.index(heading)] for row in review[review.index(head) + 1 :]]
    second = python_calamine.load_workbook(made / "share" / "second reader.xlsx").get_sheet_by_name("Review")
    guide = made.with_suffix(".md").read_text(encoding="utf-8")
    there = {
        "count: Summary has no block": heading in first["Summary"],
        "group_by: Variations has no groups": first["Variations"].count(heading) > 1,
        "second_reader: Second reader has no line": agreement.count(heading) >= 1,
        "crossed: Charts has no chart of decisions": f"{heading}: decisions" in first["Charts"],
        "example: the made-up sample leaves it blank": len({str(cell) for cell in cells} - {""}) > 1,
        "share: the second reader's workbook lacks it": heading in [cell for row in second.to_python() for cell in row],
        "docs/columns.md lacks it": f"| {heading} |" in guide,
    }
    return [what for what, is_there in there.items() if not is_there]


def test_one_line_brings_a_column_everywhere(made: Path) -> None:
    assert missing(made, HEADING) == []


def test_what_a_line_does_not_ask_for_is_missing(made: Path) -> None:
    assert [what.split(":")[0] for what in missing(made, "Summary of harm")] == [
        "count", "group_by", "second_reader", "crossed"
    ]  # fmt: skip


def test_the_chart_of_a_column_has_its_question_above(made: Path) -> None:
    book = python_calamine.load_workbook(made / "share" / "review.xlsx")
    assert ASKED in [row[0] for row in book.get_sheet_by_name("Charts").to_python() if row]


def test_the_example_leaves_out_what_its_weights_leave_out(made: Path) -> None:
    """Four weights for three words: the last is for blank."""
    book = python_calamine.load_workbook(made / "share" / "review.xlsx")
    rows = [row for row in book.get_sheet_by_name("Review").to_python() if any(row)]
    head = next(row for row in rows if row[0] == "Unique ID")
    words = [row[head.index(HEADING)] for row in rows[rows.index(head) + 1 :] if row[head.index("Reviewer")]]
    assert 0 < words.count("") < len(words) / 2 < words.count("Online")


def test_people_find_every_column_of_review_filled_in_the_example(made: Path) -> None:
    """One that they fill and that nobody would see filled names its key: example. Nobody in it is at risk now."""
    book = python_calamine.load_workbook(made / "share" / "review.xlsx")
    rows = [row for row in book.get_sheet_by_name("Review").to_python() if any(row)]
    head = next(row for row in rows if row[0] == "Unique ID")
    columns = dict(zip(head, zip(*rows[rows.index(head) + 1 :], strict=True), strict=True))
    assert [name for name, cells in columns.items() if not any(cells)] == ["DOB", *review_columns.staying()]
