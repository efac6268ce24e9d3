"""Threat 17: a text that a program would take for a formula, in names, labels, reasons and reviews."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest

from tests.actions.typing_in import decide, edit, set_cell
from tests.actions.workbooks import PASSPHRASE, READING, dipsample, table
from tests.office import libreoffice
from xl_dipsample.privacy.key import key_file, reading_list

TEXTS = (
    "=cmd|'/c calc'!A0",
    "@SUM(1)",
    "+1",
    "-1",
    "\t=4711+1",
    "\r=4711+2",
    '=HYPERLINK("http://evil.example/","Zqclick")',
    '=IMPORTXML("http://evil.example/","//a")',
    "+SUM(1;1)*cmd|'/c calc'!A0",
    "'=4711+3",
    "{=4711+4}",
    "%0A-2+3",
    "http://evil.example/",
    "mailto:zq@evil.example",
    "_x0041_lice",
    "1e5",
    "<a>&amp;",
)
HEADINGS = ["Case number", "Name", "DOB", "Date of referral", "Assessment factors", "Outcome", "=4711+5", "@SUM(2)"]
Made = dict[str, Path]


def _rows() -> list[list[str]]:
    return [
        [f"{text}{n}", text, "15/06/2008", f"{n + 1:02}/09/2022", "11A", text, text, f"own {text}"]
        for n, text in enumerate(TEXTS)
    ]


def _csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEADINGS, *_rows()])


def _xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for at, cells in enumerate([HEADINGS, *_rows()], start=1):
        for column, text in enumerate(cells, start=1):
            cell = book.active.cell(at, column)
            cell.value, cell.data_type = text.replace("_x0041_", "_x005F_x0041_"), "s"  # as Excel writes it
    book.save(path)


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Every file of one sample, made from an export that is full of such texts."""
    root = tmp_path_factory.mktemp(f"formulas-{request.param}")
    for name in ("work", "key", "share"):
        (root / name).mkdir()
    files = {
        "working": root / "work" / "working.xlsx", "key": root / "key" / "key.xlsx",
        "reading": root / "key" / "reading.xlsx", "review": root / "share" / "review.xlsx",
    }  # fmt: skip
    export = root / "work" / f"export.{request.param}"
    {"csv": _csv, "xlsx": _xlsx}[request.param](export)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIPSAMPLE_PASSPHRASE", PASSPHRASE)
        patch.setenv("DIPSAMPLE_READING_PASSPHRASE", READING)
        assert dipsample("new", files["working"])[0] == 0
        _, result, said = dipsample("import", files["working"], export, "--map", "case_id=Case number")
        assert result["figures"]["rows"] == len(TEXTS), said
        set_cell(files["working"], "Focus", "Main question", "=4711+1")
        set_cell(files["working"], "Focus", "Part of the file", "=4711+1")
        for action in ("check", "narrow"):
            dipsample(action, files["working"])
        decide(files["working"], {n: ("Include", text, "AB") for n, text in enumerate(TEXTS, start=1)})
        dipsample("narrow", files["working"])
        given = ("--review", files["review"], "--key", files["key"], "--reading-list", files["reading"])
        for _ in range(2):
            status, _, said = dipsample("pseudonymise", files["working"], *given)
            assert status == 0, said
            edit(files["review"], _review)
        assert dipsample("analyse", files["review"])[0] == 0
    return files


def _review(host) -> None:
    frame = host.read_table("Review")
    frame["Summary of harm"] = list(TEXTS)
    frame["Outcome"] = list(TEXTS)
    host.write_table("Review", frame)


def test_threat_17_every_text_comes_back_as_it_was(made: Made) -> None:
    listed = table(made["working"], "LongList")
    for heading in ("Name (export)", "Outcome (export)", "=4711+5"):
        assert listed[heading].tolist() == list(TEXTS)
    for heading in ("Name", "Outcome"):
        assert listed[heading].tolist() == [text.strip() for text in TEXTS]
    assert listed["@SUM(2)"].tolist() == [f"own {text}" for text in TEXTS]
    assert table(made["working"], "CaseCheck")["Reason"].tolist() == list(TEXTS)
    assert table(made["review"], "Review")["Summary of harm"].tolist() == list(TEXTS)
    assert table(made["review"], "Review")["Outcome"].tolist() == list(TEXTS)
    key = key_file.open_key(made["key"], PASSPHRASE).book.key.sort_values("Record")
    assert key["Name"].tolist() == [text.strip() for text in TEXTS]
    wanted = {f"{text}{n}".strip() for n, text in enumerate(TEXTS)}
    assert set(key["Case ID"]) == wanted
    listed = reading_list.read(made["reading"], READING)
    assert set(listed["Case ID"]) == wanted
    assert set(listed["Part of the file"]) == {"=4711+1"}


def _plain(made: Made, name: str, folder: Path) -> Path:
    """The file as a spreadsheet program reads it, its password taken off."""
    path = folder / f"{name}.xlsx"
    data = made[name].read_bytes()
    secret = {"key": PASSPHRASE, "reading": READING}.get(name)
    if secret:
        plain, file = io.BytesIO(), msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=secret)
        file.decrypt(plain)
        data = plain.getvalue()
    path.write_bytes(data)
    return path


DANGERS = ("cmd|", "evil", "SUM(1)", "SUM(1;1)", "4711", "SUM(2)", "Zqclick")


def _cells(path: Path) -> tuple[set[str], list[str]]:
    """The texts of a workbook's cells, and what is a formula or a link because of us."""
    texts, bad = set(), []
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                words = getattr(cell.value, "text", cell.value)
                if cell.data_type == "f" and any(one in str(words) for one in DANGERS):
                    bad.append(f"{sheet.title} {cell.coordinate}")
                if cell.hyperlink and "evil" in f"{cell.hyperlink.target}{cell.hyperlink.location}":
                    bad.append(f"{sheet.title} {cell.coordinate} links")
                if cell.data_type != "f":
                    texts.add(str(words))
    return texts, bad


@pytest.mark.parametrize("name", ["working", "review", "key", "reading"])
def test_threat_17_no_file_holds_one_as_a_formula_or_link(made: Made, name: str, tmp_path: Path) -> None:
    path = _plain(made, name, tmp_path)
    assert _cells(path)[1] == []
    assert not openpyxl.load_workbook(path)._external_links


@pytest.mark.office
@pytest.mark.parametrize("name", ["working", "review", "key", "reading"])
def test_threat_17_opened_in_libreoffice_nothing_is_calculated(made: Made, name: str, tmp_path: Path) -> None:
    opened = libreoffice.recalculate(_plain(made, name, tmp_path), tmp_path / "opened")
    texts, bad = _cells(opened)
    assert bad == []
    starts = {"=cmd|'/c calc'!A0", "@SUM(1)", "+1", "-1", '=HYPERLINK("http://evil.example/","Zqclick")'}
    shown = {text.rstrip("0123456789") for text in texts} | texts
    assert {one.rstrip("0123456789") if name == "reading" else one for one in starts} <= shown
