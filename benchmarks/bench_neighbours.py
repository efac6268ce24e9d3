"""A look at what lies in folders of 20,000 files, against the two seconds that are promised.

    python benchmarks/bench_neighbours.py [ROUNDS [CHECKOUT]]

Prints seconds by the clock and of the processor, and bytes read and unpacked a file; with another CHECKOUT of this
repository, its look in turn with this one's. The files lie in memory (/dev/shm) where there is such a place. One folder
is mixed, as a council's is; each of the others holds nothing but workbooks of one kind, none of which is a list of
children, so that every one must be looked into to its end.
"""

from __future__ import annotations

import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import xlsxwriter

FILES = 20_000
HEADINGS = ("Staff ID", "Name", "Team", "Start date", "Hours", "Manager", "Grade", "Notes")
ROWS = [
    [number, f"Some Body {number % 37}", "North", "01/04/2026", 37, "A Manager", "7", "none"] for number in range(200)
]

_LOOK = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from xl_dipsample.sharing import neighbours
neighbours.names_below(Path(sys.argv[3]))
started, used = time.perf_counter(), time.process_time()
look = neighbours.names_below(Path(sys.argv[2]))
print(time.perf_counter() - started, time.process_time() - used, len(look.found), len(look.unread))
"""


def with_openpyxl(sheets: int = 1, rows: int = 30) -> bytes:
    book, whole = openpyxl.Workbook(), io.BytesIO()
    for number in range(sheets):
        page = book.active if number == 0 else book.create_sheet(f"Sheet {number + 1}")
        page.append(HEADINGS)
        for row in ROWS[:rows]:
            page.append(row)
    book.save(whole)
    return whole.getvalue()


def with_xlsxwriter(sheets: int = 1, rows: int = 30) -> bytes:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True}) as book:
        for _ in range(sheets):
            page = book.add_worksheet()
            for number, row in enumerate([list(HEADINGS), *ROWS[:rows]]):
                page.write_row(number, 0, row)
    return whole.getvalue()


def with_pandas(rows: int = 30) -> bytes:
    whole = io.BytesIO()
    pd.DataFrame(ROWS[:rows], columns=list(HEADINGS)).to_excel(whole, index=False)
    return whole.getvalue()


def with_libreoffice(ending: str = "xlsx") -> bytes:
    """A workbook as LibreOffice writes it; b'' where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        return b""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "in").mkdir()
        (folder / "in" / "list.xlsx").write_bytes(with_xlsxwriter())
        subprocess.run(
            [program, "--headless", f"-env:UserInstallation=file://{place}/profile", "--convert-to", ending,
             "--outdir", place, str(folder / "in" / "list.xlsx")],
            check=True, capture_output=True,
        )  # fmt: skip
        return (folder / f"list.{ending}").read_bytes()


def inline_strings(rows: int = 30) -> bytes:
    """As export programs write them: texts in the cells."""
    whole = io.BytesIO()
    book = openpyxl.Workbook(write_only=True)
    book.create_sheet("Report")
    book.save(whole)
    cells = "".join(
        f'<row r="{at}">' + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for at, row in enumerate([list(HEADINGS), *ROWS[:rows]], 1)
    )
    made = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"<sheetData/>", b"<sheetData>" + cells.encode() + b"</sheetData>")
                data = data.replace(b"<sheetData></sheetData>", b"<sheetData>" + cells.encode() + b"</sheetData>")
            new.writestr(name, data)
    return made.getvalue()


def csv_file(rows: int = 30) -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in [list(HEADINGS), *ROWS[:rows]]).encode()


def docx_file() -> bytes:
    import docx

    document, whole = docx.Document(), io.BytesIO()
    document.add_paragraph("Minutes of the meeting")
    document.save(whole)
    return whole.getvalue()


def kinds() -> dict[str, list[tuple[str, bytes]]]:
    """Folder -> the files it is filled with in turn: ending, what is in it."""
    writers: dict[str, Callable[[], bytes]] = {
        "openpyxl, lists of 30 rows": with_openpyxl,
        "openpyxl, lists of 200 rows": lambda: with_openpyxl(rows=200),
        "openpyxl, 12 sheets": lambda: with_openpyxl(12),
        "XlsxWriter, lists of 30 rows": with_xlsxwriter,
        "XlsxWriter, lists of 200 rows": lambda: with_xlsxwriter(rows=200),
        "XlsxWriter, 12 sheets": lambda: with_xlsxwriter(12),
        "pandas, lists of 30 rows": with_pandas,
        "LibreOffice, lists of 30 rows": with_libreoffice,
        "texts in the cells, lists of 30 rows": inline_strings,
    }
    workbooks = {name: whole for name, make in writers.items() if (whole := make())}
    once = [(".xlsx", whole) for name, whole in workbooks.items() if not name.endswith("sheets")] * 3
    once += [(".xlsx", whole) for name, whole in workbooks.items() if name.endswith("sheets")]  # one in twenty
    others = [(".csv", csv_file()), (".csv", csv_file(200)), (".docx", docx_file()), (".pdf", b"%PDF-1.7\n" * 500)]
    ods = with_libreoffice("ods")
    mixed = [*once, *others * 4, *([(".ods", ods)] if ods else [])]
    return {"mixed": mixed, **{name: [(".xlsx", whole)] for name, whole in workbooks.items()}, ".csv": others[:2]}


def fill(folder: Path, files: list[tuple[str, bytes]], count: int = FILES) -> None:
    """Put so many files there, 500 to a folder."""
    for number in range(count):
        ending, whole = files[number % len(files)]
        place = folder / f"{number // 500}"
        if number % 500 == 0:
            place.mkdir(parents=True)
        (place / f"{number}{ending}").write_bytes(whole)


def looked(checkout: Path, folder: Path, empty: Path) -> tuple[float, float]:
    """Seconds by the clock and of the processor for one look, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", _LOOK, str(checkout), str(folder), str(empty)],
        check=True, capture_output=True, text=True, cwd=checkout, env={**os.environ, "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    wall, processor, found, unread = done.stdout.split()
    if (found, unread) != ("0", "0"):
        raise SystemExit(f"{folder}: {found} found, {unread} not read, where there is neither")
    return float(wall), float(processor)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    here = Path(__file__).resolve().parents[1]
    checkouts = [here, *([Path(sys.argv[2]).resolve()] if len(sys.argv) > 2 else [])]
    memory = Path("/dev/shm")  # noqa: S108 - a folder is made in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        empty = Path(place) / "empty"
        empty.mkdir()
        for name, files in kinds().items():
            folder = Path(place) / "files"
            fill(folder, files)
            took: dict[Path, list[tuple[float, float]]] = {one: [] for one in checkouts}
            for _ in range(rounds):
                for one in checkouts:
                    took[one].append(looked(one, folder, empty))
            said = [
                f"{statistics.median(wall for wall, _ in took[one]):.2f} s by the clock, "
                f"{statistics.median(used for _, used in took[one]):.2f} s of the processor"
                for one in checkouts
            ]
            print(f"{name}: {'; before: '.join(said)}", flush=True)
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
