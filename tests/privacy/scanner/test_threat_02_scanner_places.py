"""Threat 2, our scanner is blind: one secret in each hiding place, each is found; what is clean passes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import xl_dipsample.privacy.scanner as package
from tests.privacy.scanner import clean_copies, hiding_places
from xl_dipsample.privacy.scanner import Allowed, Finding, scan
from xl_dipsample.workbook.build import release_copy


@pytest.fixture(scope="module")
def safe() -> bytes:
    return clean_copies.copy(1, rows=12)


@pytest.fixture(scope="module")
def allowed() -> Allowed:
    return Allowed.of(release_copy.template())


def test_the_copy_without_a_secret_is_safe(safe: bytes, allowed: Allowed) -> None:
    assert scan(safe, hiding_places.searcher(), allowed) == []


STRUCTURE = (
    "bytes", "a member that", "the zip's comment", "a member's comment", "a member's extra", "an extra field",
    "an entity of a document", "a chart's link",
)  # fmt: skip


@pytest.mark.parametrize("place", hiding_places.PLACES)
def test_a_secret_is_found_in(place: str, safe: bytes, allowed: Allowed) -> None:
    """By reading it; only where nothing can be read, by the form of the file alone."""
    found = scan(hiding_places.PLACES[place](safe), hiding_places.searcher(), allowed)
    rules = {one.rule for one in found}
    assert rules
    assert place.startswith(STRUCTURE) or rules & {"name", "name-alone", "case-id", "date-of-birth"}
    _assert_says_where_and_nothing_else(found)


@pytest.mark.parametrize("seed", range(16))
def test_a_clean_copy_passes(seed: int, allowed: Allowed) -> None:
    assert scan(clean_copies.copy(seed), clean_copies.searcher(), allowed) == []


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(16, 150))
def test_many_more_clean_copies_pass(seed: int, allowed: Allowed) -> None:
    assert scan(clean_copies.copy(seed), clean_copies.searcher(), allowed) == []


def test_a_copy_of_300_rows_passes(allowed: Allowed) -> None:
    assert scan(clean_copies.copy(77, rows=300), clean_copies.searcher(), allowed) == []


def test_without_the_key_form_is_still_judged(safe: bytes, allowed: Allowed) -> None:
    assert scan(safe, None, allowed) == []
    assert scan(hiding_places.PLACES["comments"](safe), None, allowed)
    assert scan(safe + b"x", None, allowed)


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all", b"PK\x05\x06" + b"\0" * 18, b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_not_safe_or_holds_nothing(data: bytes) -> None:
    found = scan(data, hiding_places.searcher())
    assert found or data.startswith(b"PK\x05\x06")


def test_every_cut_of_a_copy_is_refused_and_none_crashes(safe: bytes, allowed: Allowed) -> None:
    for length in range(0, len(safe), len(safe) // 40):
        assert scan(safe[:length], hiding_places.searcher(), allowed)


def test_a_kept_word_counts_in_its_row_alone(safe: bytes) -> None:
    row = (
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c>'
        b'<c r="B%d" t="inlineStr"><is><t>seen with Zqforean Zqsuram</t></is></c></row>'
    )
    rows = b"".join(row % (n, n, one, n) for n, one in ((900, b"DS-7GK-4MX3"), (901, b"DS-8HL-5NY4")))
    data = hiding_places.swap(hiding_places.SHEET, b"</sheetData>", rows + b"</sheetData>")(safe)
    allowed = Allowed.of(release_copy.template(), [("DS-7GK-4MX3", "zqforean  ZQSURAM")])
    assert [one.place for one in scan(data, hiding_places.searcher(), allowed)] == ["cell B901"]


def test_words_kept_in_one_text_count_in_that_text_alone(safe: bytes) -> None:
    cells = hiding_places.cells(
        b' t="inlineStr"><is><t> Zqforean asked </t></is>', b' t="inlineStr"><is><t>Zqforean asked more</t></is>'
    )
    allowed = Allowed.of(release_copy.template(), (), [("Zqforean asked", "Zqforean")])
    assert [one.place for one in scan(cells(safe), hiding_places.searcher(), allowed)] == ["cell B900"]


def test_a_cell_equal_to_the_templates_is_not_searched_for_names(safe: bytes) -> None:
    known = Allowed(known=frozenset({"Zqforean Zqsuram"}) | Allowed.of(release_copy.template()).known)
    data = hiding_places.cells(b' t="inlineStr"><is><t>Zqforean Zqsuram</t></is>')(safe)
    assert scan(data, hiding_places.searcher(), known) == []


def test_the_scanner_imports_no_library_that_reads_or_writes_workbooks() -> None:
    taken = set()
    for path in Path(str(package.__file__)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                taken |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                taken.add(str(node.module))
    assert not {one for one in taken if one.split(".")[0] in {"openpyxl", "xlsxwriter", "python_calamine", "zipfile"}}
    assert not {one for one in taken if one.startswith("xl_dipsample.") and ".privacy.scanner" not in one}


def _assert_says_where_and_nothing_else(found: list[Finding]) -> None:
    secrets = ("zqfo", "zqsur", hiding_places.CASE_ID, "17th", str(hiding_places.SERIAL_1900))
    for one in found:
        said = repr(one).casefold()
        assert one.words.endswith(".")
        assert not [secret for secret in secrets if secret in said]
