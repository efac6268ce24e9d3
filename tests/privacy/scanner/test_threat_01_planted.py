"""Threats 1, 3 and 4: identifiers left in the review workbook, wherever a workbook can hold them."""

from __future__ import annotations

import base64
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.typing_in import edit
from tests.actions.workbooks import PASSPHRASE, READING, dipsample, table
from tests.privacy.scanner import planted
from tests.privacy.threat_search import search

WORDS = [*planted.words(), *planted.path_words()]
Share = tuple[Path, Path, list[Path]]


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Share:
    """The working workbook, the review workbook, and every file of the share after two runs and an analysis."""
    root = tmp_path_factory.mktemp("planted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
        patch.setenv("DIPSAMPLE_READING_PASSPHRASE", READING)
        working = planted.working_workbook(root)
        for name in ("Zqkeyfolder", "share"):
            (root / name).mkdir()
        review = root / "share" / "review.xlsx"
        for _ in range(2):
            status, _, said = dipsample(
                "pseudonymise", working, "--review", review, "--key", root / "Zqkeyfolder" / "key.xlsx",
                "--reading-list", root / "Zqkeyfolder" / "reading.xlsx",
            )  # fmt: skip
            assert status == 0, said
            edit(review, _review_a_row)
            assert dipsample("analyse", review)[0] == 0
    return working, review, sorted(review.parent.iterdir())


def _review_a_row(host) -> None:
    frame = host.read_table("Review")
    frame.loc[0, "Summary of harm"] = "Kept because a reviewer typed it"
    host.write_table("Review", frame)


def test_everything_planted_is_seen_where_it_was_planted(share: Share) -> None:
    found = search(share[0].read_bytes(), planted.words(), planted.days())
    assert [one for one in planted.words() if one not in found] == []
    assert [day for day in planted.days() if day.isoformat() not in found] == []


def test_threat_1_nothing_planted_is_in_any_file_of_the_share(share: Share) -> None:
    _, review, files = share
    assert files == [review]  # the earlier one is kept where the share does not reach
    for path in files:
        assert search(path.name.encode(), WORDS) == {}
        assert search(path.read_bytes(), [*WORDS, "Zqkeyfolder"], planted.days()) == {}, path.name


def test_threat_1_the_sample_is_there_and_so_is_what_lead_and_reviewers_typed(share: Share) -> None:
    _, review, _ = share
    assert len(table(review, "Review")) == planted.CHILDREN - 1
    kept = [planted.LEADS_WORDS, "Kept because a reviewer typed it", "Autumn sample"]
    assert set(search(review.read_bytes(), kept)) == set(kept)


def test_threat_1_labels_that_nobody_mapped_show_as_not_mapped_and_own_reasons_as_other(share: Share) -> None:
    shown = table(share[1], "Review")
    for heading in ("Gender", "Ethnicity", "Outcome", "Referred to?"):
        assert "Not mapped" in shown[heading].tolist()
    assert "CSE; Not mapped" in shown["Type of harm"].tolist()
    assert table(share[1], "Exclusions")["Reason"].tolist() == ["Other"]


def test_threat_3_pivot_caches_keep_no_rows(share: Share) -> None:
    with zipfile.ZipFile(share[1]) as file:
        names = file.namelist()
        caches = [file.read(name).decode() for name in names if "pivotCacheDefinition" in name and "_rels" not in name]
    assert caches
    assert not [name for name in names if "pivotCacheRecords" in name]
    assert all('saveData="0"' in text for text in caches)
    assert {re.search(r'worksheetSource name="(\w+)"', text)[1] for text in caches} == {"Review", "Harms"}  # type: ignore[index]


def test_threat_4_properties_hold_no_person_company_or_path(share: Share) -> None:
    with zipfile.ZipFile(share[1]) as file:
        texts = {name: file.read(name).decode() for name in file.namelist() if name.startswith("docProps/")}
        workbook = file.read("xl/workbook.xml").decode()
        dates = {info.date_time for info in file.infolist()}
    assert set(texts) == {"docProps/app.xml", "docProps/core.xml"}
    for element in ("dc:creator", "cp:lastModifiedBy", "Company", "Manager", "HyperlinkBase"):
        for text in texts.values():
            assert not re.search(rf"<{element}>[^<]", text), element
    assert not re.search(r"absPath|fileSharing|userName|lastEdited=.*path|[A-Z]:\\|/home/|/root|/tmp", workbook)
    assert all(str(dt.datetime.now(dt.UTC).year) not in text for text in texts.values())
    assert len(dates) == 1


def _with_member(data: bytes, name: str, text: bytes, **info: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        member = zipfile.ZipInfo(name)
        member.compress_type = zipfile.ZIP_DEFLATED
        for key, value in info.items():
            setattr(member, key, value)
        file.writestr(member, text)
    return out.getvalue()


def _replaced(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            raw = source.read(name)
            if name == part:
                assert old in raw
                raw = raw.replace(old, new, 1)
            target.writestr(name, raw)
    return out.getvalue()


def _commented(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as file:
        file.comment = b"Zqforean"
    return out.getvalue()


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
HIDDEN: dict[str, Callable[[bytes], bytes]] = {
    "bytes after the end": lambda data: data + b"ZQFOREAN",
    "the zip's comment": _commented,
    "a member's name": lambda data: _with_member(data, "xl/zqforean.xml", b"<a/>"),
    "a member's comment": lambda data: _with_member(data, "xl/a.xml", b"<a/>", comment=b"Zqforean"),
    "an extra field": lambda data: _with_member(data, "xl/a.xml", b"<a/>", extra=b"\x99\x99\x08\x00Zqforean"),
    "a part in UTF-16": lambda data: _with_member(data, "xl/a.bin", b"x" + "Zqforean".encode("utf-16-le")),
    "base64": lambda data: _with_member(data, "xl/a.bin", base64.b64encode(b"Dear Zqforean of")),
    "hex": lambda data: _with_member(data, "xl/a.bin", b"zqforean".hex().upper().encode()),
    "entities": lambda data: _with_member(data, "xl/a.xml", b"<a b='Zqfo&#114;ean'/>"),
    "two entities deep": lambda data: _with_member(data, "xl/a.xml", b"<a>Zqfo&amp;#114;ean</a>"),
    "backwards": lambda data: _with_member(data, "xl/a.xml", b"<a>naerofqZ</a>"),
    "split over runs": lambda data: _replaced(
        data, STRINGS, b"</sst>", b"<si><r><t>Zqfo</t></r><r><t>rean</t></r></si></sst>"
    ),
    "split over cells": lambda data: _replaced(
        data, SHEET, b"</sheetData>",
        b'<row r="900"><c r="A900" t="inlineStr"><is><t>Zqfo</t></is></c>'
        b'<c r="B900" t="inlineStr"><is><t>rean</t></is></c></row></sheetData>',
    ),
    "a workbook inside": lambda data: _with_member(data, "xl/embeddings/a.xlsx", _with_member(b"", "a", b"Zqforean")),
}  # fmt: skip


@pytest.mark.parametrize("place", HIDDEN)
def test_the_search_finds_a_name_in_every_hiding_place(share: Share, place: str) -> None:
    assert search(HIDDEN[place](share[1].read_bytes()), ["Zqforean"]) != {}


@pytest.mark.parametrize("written", ["39130", "37668", "2007-02-17", "17/2/2007", "17 February 2007", "17th Feb 2007"])
def test_the_search_finds_a_day_however_it_is_written(share: Share, written: str) -> None:
    cell = f'<row r="900"><c r="A900"><v>{written}</v></c></row></sheetData>'.encode()
    assert search(_replaced(share[1].read_bytes(), SHEET, b"</sheetData>", cell), days=[dt.date(2007, 2, 17)]) != {}


@pytest.mark.parametrize("written", ["7351902", "7351902.0", "7,351,902"])
def test_the_search_finds_a_case_id_also_as_a_number(share: Share, written: str) -> None:
    cell = f'<row r="900"><c r="A900"><v>{written}</v></c></row></sheetData>'.encode()
    assert search(_replaced(share[1].read_bytes(), SHEET, b"</sheetData>", cell), ["7351902"]) != {}
