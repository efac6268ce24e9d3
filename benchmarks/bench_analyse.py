"""Refresh analysis on 300 reviewed cases, and Compare with 10 samples, as whole processes against their imports alone.

    python benchmarks/bench_analyse.py [ROUNDS]

Prints seconds of the clock and of the processor, peak memory and the ratios, round by round and as medians; RESULTS.md
keeps what was measured. Everything is synthetic.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CASES, LENGTH, EARLIER, EARLIER_CASES = 300, 2_000, 10, 60
# The imports alone: every module that the action has imported when it is done, and nothing else.
IMPORTS = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
"""
MODULES = """
import sys
before = set(sys.modules)
from xl_dipsample.cli import run
run(sys.argv[1:])
names = [name for name in sys.modules if name not in before and "xl_dipsample" in name]
print("MODULES", "pandas", "python_calamine", *names)
"""
ACTION = "import sys; from xl_dipsample.cli import run; sys.exit(run(sys.argv[1:]) % 2)"


def make_review(path: Path, cases: int, length: int, seed: int) -> None:
    """A synthetic review workbook in which every case is reviewed, with extracts of `length` characters."""
    import pandas as pd

    from xl_dipsample.privacy.names.common_words import common_words
    from xl_dipsample.workbook.build.build import build
    from xl_dipsample.workbook.specs import spec

    draw = random.Random(seed)
    words = sorted(common_words())
    terms = ("puts herself at risk", "streetwise", "failed to engage", "her boyfriend", "absconded", "promiscuous")
    lists = spec.lists()

    def extract() -> str:
        text = "Synthetic."
        while len(text) < length:
            text += " " + (draw.choice(terms) if draw.random() < 0.003 else draw.choice(words))
        return text[:length]

    rows = []
    for _ in range(cases):
        row = {
            "Unique ID": new_id(draw),
            "Type of harm": "; ".join(draw.sample(lists["categories"], draw.choice((1, 1, 2)))),
            "Contact date": dt.date(2025, 9, 1) + dt.timedelta(days=draw.randrange(200)),
            "Age at time of contact": str(draw.randrange(12, 18)),
            "Gender": draw.choice(lists["gender"]),
            "Ethnicity": draw.choice(lists["ethnicity"]),
            "Outcome": draw.choice(lists["outcome"]),
            "Referred to?": draw.choice(lists["referred_to"]),
            "Reason for social care involvement (extract)": extract(),
            "Reason for closure or progression (extract)": extract(),
            "Level of harm": draw.choice(lists["level_of_harm"]),
            "Parenting concerns": draw.choice(lists["yes_no_not_clear"]),
            "Seen as": draw.choice(lists["seen_as"]),
            "Engagement": draw.choice(lists["engagement"]),
            "Summary of harm": "synthetic example",
            "Reviewer": "AB",
        }
        rows.append(row)
    table = pd.DataFrame(rows, columns=spec.table("review", "Review").headings, dtype=object)
    table = table.where(table.notna(), None)
    path.write_bytes(build("review", {"Review": table}, {"sample_id": f"{seed:016x}", "sample_name": f"S{seed}"}))


def new_id(draw: random.Random) -> str:
    """A unique ID that is the same every time."""
    from xl_dipsample.domain.pseudonymise import unique_id

    while True:
        drawn = "".join(draw.choice(unique_id.ALPHABET) for _ in range(unique_id.DRAWN))
        check = unique_id.check_character(drawn)
        if check:
            return unique_id.written(drawn + check)


def run(code: str, *arguments: str) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak memory in MB of a whole process."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("failed")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(name: str, rounds: int, subject: Path, folder: Path, *others: str) -> None:
    """Imports alone and the whole action, in turn; every round on a fresh copy."""
    ratios = []
    shutil.copy(subject, folder / "subject.xlsx")
    asked = [sys.executable, "-c", MODULES, name, str(folder / "subject.xlsx"), *others]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    modules = said.split("MODULES ")[1].split()
    for number in range(rounds):
        copy = folder / "subject.xlsx"
        shutil.copy(subject, copy)
        alone = run(IMPORTS, *modules)
        whole = run(ACTION, name, str(copy), *others)
        ratios.append([one / other for one, other in zip(whole, alone, strict=True)])
        print(
            f"{name}, round {number + 1}: imports {alone[0]:.2f} s ({alone[1]:.2f} s processor), {alone[2]:.0f} MB; "
            f"whole {whole[0]:.2f} s ({whole[1]:.2f} s), {whole[2]:.0f} MB; ratio {ratios[-1][0]:.2f}"
        )
    clock, processor, memory = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(f"{name}, median of {rounds}: clock {clock:.2f}, processor {processor:.2f}, memory {memory:.2f}")


def main(rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_review(folder / "review.xlsx", CASES, LENGTH, 1)
        measure("analyse", rounds, folder / "review.xlsx", folder)
        make_review(folder / "now.xlsx", EARLIER_CASES, LENGTH, 2)
        others = [folder / f"earlier {number}.xlsx" for number in range(EARLIER)]
        for number, path in enumerate(others):
            make_review(path, EARLIER_CASES, LENGTH, 3 + number)
        measure("compare", rounds, folder / "now.xlsx", folder, *map(str, others))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
