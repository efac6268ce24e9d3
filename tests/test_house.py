"""What holds for every module that people are given: read from the source, so that nobody has to remember it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import twins

CHECKOUT = Path(__file__).parents[1]
# The open-source xlwings alone: these parts of it need a licence.
PAID = ("xlwings.pro", "xlwings.reports", "xlwings.server")
LICENCE = "XLWINGS_LICENSE_KEY"
ONLY_WINDOWS = ("winreg", "ctypes")
WINDOWS = ("xl_dipsample/files/windows.py", "xl_dipsample/files/windows_kernel.py")
LONGEST = 420  # lines of a module
MOST_SIDE_BY_SIDE = 21  # modules of one folder

Rule = Callable[[ast.AST], Iterator[str]]


def modules(*folders: str) -> dict[str, str]:
    found = {
        path.relative_to(CHECKOUT).as_posix(): path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted((CHECKOUT / folder).rglob("*.py"))
    }
    assert len(found) > 2
    return found


def names(node: ast.AST) -> Iterator[str]:
    """Modules and names that a node brings in or follows, with their dots."""
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield node.module or ""
        yield from (f"{node.module}.{one.name}" for one in node.names)
    elif isinstance(node, ast.Attribute):
        yield ast.unparse(node)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value  # import_module("...")


def below(name: str, roots: tuple[str, ...]) -> bool:
    return any(name == root or name.startswith(f"{root}.") for root in roots)


def paid(node: ast.AST) -> Iterator[str]:
    for name in names(node):
        plain = f"xlwings.{name[3:]}" if name.startswith("xw.") else name
        if below(plain, PAID) or LICENCE in name:
            yield name


def full_name(node: ast.AST) -> Iterator[str]:
    """xlwings' own lets a sheet of the workbook say where OneDrive's files lie; ours asks this PC's settings."""
    if isinstance(node, ast.Attribute) and node.attr == "fullname":
        yield ast.unparse(node)
    if isinstance(node, ast.Constant) and node.value == "fullname":
        yield "fullname"


def windows_only(node: ast.AST) -> Iterator[str]:
    yield from (name for name in names(node) if below(name, ONLY_WINDOWS))
    if isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.platform":
        yield "sys.platform"
    if isinstance(node, ast.ImportFrom) and node.module == "sys" and any(one.name == "platform" for one in node.names):
        yield "sys.platform"


def found(rule: Rule, sources: dict[str, str]) -> list[str]:
    return [
        f"{name} line {getattr(node, 'lineno', '?')}: {what}"
        for name, source in sources.items()
        for node in ast.walk(ast.parse(source))
        for what in rule(node)
    ]


def test_nothing_of_ours_uses_a_part_of_xlwings_that_needs_a_licence() -> None:
    assert found(paid, modules("xl_dipsample", "udfs")) == []


def test_nothing_asks_xlwings_for_the_full_name_of_a_workbook() -> None:
    assert found(full_name, modules("xl_dipsample", "udfs")) == []


def test_one_module_alone_touches_windows() -> None:
    """Others may ask os.name, which says whether a file has rights as on Linux."""
    sources = modules("xl_dipsample", "udfs")
    for name in WINDOWS:
        assert found(windows_only, {name: sources.pop(name)}) != []
    assert found(windows_only, sources) == []


@pytest.mark.parametrize("name", modules("xl_dipsample"))
def test_no_module_is_longer_than_a_reader_can_hold(name: str) -> None:
    assert len((CHECKOUT / name).read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_two_modules_of_the_product_share_a_name() -> None:
    named: dict[str, list[str]] = {}
    for module in modules("xl_dipsample", "udfs"):
        name = Path(module).name
        if not name.startswith("__"):
            named.setdefault(name, []).append(module)
    assert [places for places in named.values() if len(places) > 1] == []


def test_no_room_holds_more_modules_than_a_reader_can_take_in() -> None:
    rooms: dict[str, int] = {}
    for module in modules("xl_dipsample", "udfs"):
        rooms[str(Path(module).parent)] = rooms.get(str(Path(module).parent), 0) + (not module.endswith("__init__.py"))
    assert {room: many for room, many in rooms.items() if many > MOST_SIDE_BY_SIDE} == {}


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (paid, "import xlwings.pro"),
        (paid, "import xlwings.pro.reports as r"),
        (paid, "from xlwings import pro"),
        (paid, "from xlwings.reports import create_report"),
        (paid, "def f():\n    import xlwings as xw\n    xw.pro.do()"),
        (paid, "xlwings.server"),
        (paid, "import_module('xlwings.server')"),
        (paid, "os.environ['XLWINGS_LICENSE_KEY'] = 'x'"),
        (full_name, "path = book.fullname"),
        (full_name, "getattr(book, 'fullname')"),
        (windows_only, "def f():\n    import winreg"),
        (windows_only, "from ctypes import wintypes"),
        (windows_only, "import ctypes.wintypes"),
        (windows_only, "if sys.platform == 'win32': pass"),
        (windows_only, "from sys import platform"),
    ],
)
def test_each_rule_notices_what_it_is_for(rule: Rule, line: str) -> None:
    assert found(rule, {"a module": line}) != []


@pytest.mark.parametrize("line", ["import xlwings as xw", "from xlwings import apps", "xw.apps[1]", "xw.serve('x')"])
def test_the_open_part_of_xlwings_is_no_fault(line: str) -> None:
    assert found(paid, {"a module": line}) == []


def test_two_test_files_of_one_name_are_told_before_anything_is_collected(tmp_path: Path) -> None:
    """pytest refuses them too, but late, and then runs nothing."""
    assert twins(CHECKOUT / "tests") == ""
    for place in ("domain/test_words.py", "actions/test_words.py", "domain/conftest.py", "actions/conftest.py"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).touch()
    told = twins(tmp_path)
    assert told.endswith("Rename one of each: actions/test_words.py and domain/test_words.py.")
