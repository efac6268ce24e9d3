"""The map: docs/design.md says what is there, and what cites it finds its place."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import left_out
from xl_dipsample.building import house_picture, table_list
from xl_dipsample.domain.narrowing import stages
from xl_dipsample.workbook.specs import spec

ROOT = Path(__file__).parents[1]
DESIGN = ROOT / "docs" / "design.md"
DECISIONS = ROOT / "docs" / "decisions"
FOLDERS = ("xl_dipsample", "tests", "benchmarks", "udfs", "workbook_template", "docs", "bundle", ".github")
TEXTS = {".py", ".md", ".toml", ".bas", ".cls", ".cmd", ".yml", ".sh"}
CITED = re.compile(r"docs/design\.md,\s+section\s+(\d+)")
PAGE_ELSEWHERE = re.compile(r'\b(?:DESIGN|PRIVACY)\b(?:\.md)?|\bLOOK(?:\.md|, ")')
IMPORTED = re.compile(r"^\s*from (xl_dipsample[\w.]*) import (\w[\w, ]*)", re.MULTILINE)
PATH = re.compile(r"\b(?:xl_dipsample|tests|benchmarks|docs)/[\w/.-]+\.(?:py|md|toml|csv|svg)\b")


def texts() -> Iterator[tuple[str, str]]:
    """Every text of ours by its place, this file left out."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in TEXTS and "node_modules" not in path.parts and path != Path(__file__):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    for name in ("README.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml"):
        yield name, (ROOT / name).read_text(encoding="utf-8")


def part(number: int) -> str:
    """One section of the design."""
    return DESIGN.read_text(encoding="utf-8").split(f"\n## {number}. ")[1].split("\n## ")[0]


def test_every_section_that_is_cited_is_there() -> None:
    there = re.findall(r"^## (\d+)\. ", DESIGN.read_text(encoding="utf-8"), re.MULTILINE)
    assert there == [str(number) for number in range(1, len(there) + 1)]
    cited = [(place, number) for place, text in texts() for number in CITED.findall(text)]
    assert len({place for place, _ in cited}) > 15
    assert [(place, number) for place, number in cited if number not in there] == []


def test_no_text_cites_a_page_that_is_not_here() -> None:
    assert [(place, found) for place, text in texts() for found in PAGE_ELSEWHERE.findall(text)] == []


def test_every_place_and_module_that_a_text_names_is_there() -> None:
    """Programs in strings and pages name modules too, and nothing else notices when one moves."""
    gone = [(place, path) for place, text in texts() for path in PATH.findall(text) if not (ROOT / path).exists()]
    assert gone == []
    for place, text in texts():
        for module, told in IMPORTED.findall(text):
            for name in (one.strip().split(" as ")[0] for one in told.split(",") if one.strip()):
                loaded = importlib.import_module(module)
                assert hasattr(loaded, name) or importlib.util.find_spec(f"{module}.{name}"), (
                    f"{place}: {module}.{name}"
                )


def test_the_picture_shows_the_house_of_the_import_contracts() -> None:
    assert house_picture.PLACE.read_text(encoding="utf-8") == house_picture.picture(), "make templates"
    assert "](pictures/house.svg)" in part(4)
    shown = house_picture.house(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    rooms = {room for floor in shown.floors for room in floor}
    package = ROOT / "xl_dipsample"
    assert rooms == {f"xl_dipsample.{path.parent.name}" for path in package.glob("*/__init__.py")} | {
        "xl_dipsample.cli"
    }


def test_a_room_of_another_contract_changes_the_picture() -> None:
    told = house_picture.house(
        {
            "tool": {
                "importlinter": {
                    "contracts": [
                        {"type": "layers", "layers": ["a.top", "a.left | a.right"]},
                        {"type": "layers", "containers": ["xl_dipsample.domain"], "layers": ["one | two"]},
                    ]
                }
            }
        }
    )
    assert told.floors == (("a.top",), ("a.left", "a.right"))
    assert told.domain == (("one", "two"),)


def test_the_tables_are_those_of_the_specs() -> None:
    written = DESIGN.read_text(encoding="utf-8")
    assert written == table_list.page(written), "make templates"
    for kind in spec.KINDS:
        for table in spec.tables(kind):
            assert table.name in part(6)


def test_the_stages_are_those_of_the_funnel_in_their_order() -> None:
    told = re.findall(r"^\| ([^|]+?) \| ", part(7), re.MULTILINE)
    wanted = [
        stages.LONG_LIST, stages.REMOVED, stages.DUPLICATE, stages.PERIOD, stages.BELOW, stages.ABOVE, stages.CATEGORY,
        stages.ANOTHER,
        stages.CASE_CHECK, stages.SAMPLE,
    ]  # fmt: skip
    assert told == ["stage", *wanted]


def test_the_settings_of_the_rules_are_on_the_sheets_that_the_page_names() -> None:
    for sheet, told in re.findall(r"(Focus|Criteria): ([^;|]+)", part(7).split("\n* ")[0]):
        settings = {str(row[0]) for row in spec.table("working", sheet).rows}
        assert {one.strip() for one in told.split(",")} <= settings, told


def test_every_decision_is_in_the_index_and_every_number_is_explained() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r"^\| (\d{4}) \| \S", index, re.MULTILINE)]
    missing = [page.name for page in sorted(DECISIONS.glob("0*.md")) if f"| {page.name[:4]} | [" not in index]
    missing += [page.name for page in sorted(DECISIONS.glob("0*.md")) if f"]({page.name}) |" not in index]
    assert missing == [], "add a line to docs/decisions/README.md"
    assert numbers == list(range(1, len(numbers) + 1))
    pages = [page.name[:4] for page in DECISIONS.glob("0*.md")]
    assert len(pages) == len(set(pages))


def test_tests_that_need_linux_are_left_out_on_windows_alone_and_say_why() -> None:
    class Marked:
        def __init__(self, *, posix: bool) -> None:
            self.posix = posix

        def get_closest_marker(self, name: str) -> object:
            return name if self.posix and name == "posix" else None

    plain, marked = Marked(posix=False), Marked(posix=True)
    assert left_out([plain, marked], "posix") == ([plain, marked], [])  # type: ignore[list-item]
    assert left_out([plain, marked], "nt") == ([plain], [marked])  # type: ignore[list-item]
    for place, text in texts():
        assert "mark.posix\n" not in text, f"{place}: a mark without its reason"


@pytest.mark.parametrize("path", sorted((ROOT / ".github").rglob("*.*")), ids=lambda one: one.name)
def test_whoever_reports_something_is_told_to_leave_case_data_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name not in ("config.yml", "tests.yml"):
        assert "real case data" in text
