"""Import + narrow on one 100,000 x 12 export against the analyst's script, as whole processes, in turn.

    python benchmarks/bench_narrow.py [ROUNDS [CHECKOUT]]

Prints seconds, peak memory and the ratios, round by round and as medians; RESULTS.md keeps what was measured. With
another CHECKOUT of this repository: its import and narrow against those of this one, in turn, in processor seconds;
compile both first (`python -m compileall -q xl_dipsample`), or the one without compiled files pays for it.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

ROWS = 100_000
HEADINGS = (
    "Case number", "Child's name", "DOB", "Date of referral", "Date closed", "Age", "Sex", "Ethnicity",
    "Assessment factors", "Assessment outcome", "Step down to", "Allocated team",
)  # fmt: skip
FACTORS = ("10A", "11A", "13A", "2A", "10A, 11A", "16A", "17A", "3B, 1B", "4B", "4A", "16A, 4B", "5A", "20", None)


def make_export(path: Path) -> None:
    """A synthetic export: 100,000 rows, a fifth of them other contacts of the same young person."""
    draw = random.Random(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Report")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for row in range(1, ROWS + 1):
        born = dt.datetime(2004, 1, 1) + dt.timedelta(days=draw.randrange(6000))
        seen = dt.datetime(2022, 1, 1) + dt.timedelta(days=draw.randrange(300))
        child = draw.randrange(ROWS)
        sheet.write_number(row, 0, 100_000 + child)
        sheet.write_string(row, 1, f"Synthetic Child-{child}")
        sheet.write_datetime(row, 2, born, day)
        sheet.write_datetime(row, 3, seen, day)
        sheet.write_datetime(row, 4, seen + dt.timedelta(days=draw.randrange(10, 45)), day)
        sheet.write_number(row, 5, (seen - born).days // 365)
        sheet.write_string(row, 6, draw.choice(("Male", "Female", "b) Female")))
        sheet.write_string(row, 7, draw.choice(("WBRI", "MWBC", "APKN", "BAFR", "NOBT")))
        factor = draw.choice(FACTORS)
        if factor:
            sheet.write_string(row, 8, factor)
        sheet.write_string(row, 9, draw.choice(("CIN", "NFA", "Early help", "CPP")))
        sheet.write_string(row, 10, draw.choice(("None", "CAMHS", "YOT")))
        sheet.write_string(row, 11, f"Team {draw.randrange(12)}")
    book.close()


def run(*commands: list[str]) -> tuple[float, float]:
    """Wall seconds of all commands one after another, and the largest peak memory in MB."""
    peak, started = 0.0, time.perf_counter()
    for command in commands:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            raise SystemExit(process.stderr.read().decode() if process.stderr else "failed")
        peak = max(peak, usage.ru_maxrss / 1024)
    return time.perf_counter() - started, peak


def processor(command: list[str], checkout: Path) -> tuple[float, float]:
    """Processor seconds of a command in a checkout, and its peak memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=checkout)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(process.stderr.read().decode() if process.stderr else "failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def beside(rounds: int, other: Path) -> None:
    """Measure this checkout against another one, and print the ratios."""
    here = Path(__file__).resolve().parent.parent
    program = [sys.executable, "-m", "xl_dipsample"]
    ratios = []
    with tempfile.TemporaryDirectory() as name:
        export = Path(name) / "export.xlsx"
        make_export(export)
        for number in range(rounds):
            found = []
            for checkout in (other.resolve(), here):
                working = str(Path(name) / f"working{number}{len(found)}.xlsx")
                processor([*program, "new", working], checkout)
                imported = processor([*program, "import", working, str(export)], checkout)
                narrowed = processor([*program, "narrow", working], checkout)
                found.append((*imported, *narrowed))
            ratios.append([new / old for old, new in zip(*found, strict=True)])
            print(f"round {number + 1}: " + "; ".join(_told(one) for one in found))
    print("ratios, median: {:.3f} import, {:.3f} its memory, {:.3f} narrow, {:.3f} its memory".format(
        *map(statistics.median, zip(*ratios, strict=True))
    ))  # fmt: skip


def _told(found: tuple[float, ...]) -> str:
    return "import {:.2f} s, {:.0f} MB, narrow {:.2f} s, {:.0f} MB".format(*found)


def main(rounds: int) -> None:
    """Measure and print."""
    here = Path(__file__).parent
    python = sys.executable
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export = folder / "export.xlsx"
        make_export(export)
        ours, theirs = [], []
        for number in range(rounds):
            working = folder / f"working{number}.xlsx"
            run([python, "-m", "xl_dipsample", "new", str(working)])
            imported = run([python, "-m", "xl_dipsample", "import", str(working), str(export)])
            narrowed = run([python, "-m", "xl_dipsample", "narrow", str(working)])
            ours.append((imported[0] + narrowed[0], max(imported[1], narrowed[1])))
            theirs.append(run([python, str(here / "analyst.py"), str(export), str(folder / f"result{number}.xlsx")]))
            print(
                f"round {number + 1}: import {imported[0]:.2f} s + narrow {narrowed[0]:.2f} s = {ours[-1][0]:.2f} s, "
                f"{ours[-1][1]:.0f} MB; analyst {theirs[-1][0]:.2f} s, {theirs[-1][1]:.0f} MB; "
                f"ratio {ours[-1][0] / theirs[-1][0]:.3f}"
            )
        time_ratio = statistics.median(a[0] / b[0] for a, b in zip(ours, theirs, strict=True))
        memory_ratio = statistics.median(a[1] / b[1] for a, b in zip(ours, theirs, strict=True))
        print(f"median of {rounds}: time ratio {time_ratio:.3f}, memory ratio {memory_ratio:.3f}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        beside(int(sys.argv[1]), Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
