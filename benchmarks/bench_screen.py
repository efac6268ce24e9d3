"""Names in 300 extracts of 2,000 characters against 20,000 names, as a whole process against its imports alone.

    python benchmarks/bench_screen.py [ROUNDS]

Prints seconds of the processor (what else the computer does is then not in them), peak memory and the ratios, round by
round and as medians; RESULTS.md keeps what was measured.
"""

from __future__ import annotations

import os
import pickle
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLED, NAMES, EXTRACTS, LENGTH = 300, 20_000, 300, 2_000
IMPORTS = """
import pickle, sys, time
import pandas
from rapidfuzz import process
from rapidfuzz.distance import OSA
from xl_dipsample.privacy.names import Searcher
names, children, texts, rows = pickle.load(open(sys.argv[1], "rb"))
"""
WORK = """
started = time.process_time()
searcher = Searcher.of(names, children)
made = time.process_time()
hits = searcher.find(texts, rows)
print(made - started, time.process_time() - made, len(hits))
"""


def make_input(path: Path) -> None:
    """A synthetic key and extracts: published forenames and surnames put together by chance, ordinary words."""
    import datetime as dt

    import pandas as pd
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    from xl_dipsample.privacy.names.common_words import common_words

    draw = random.Random(1)
    forenames = [*FREQUENCY_LISTS["male_names"], *FREQUENCY_LISTS["female_names"]]
    surnames = list(FREQUENCY_LISTS["surnames"])
    wanted: dict[str, None] = {}
    while len(wanted) < NAMES:
        wanted[f"{draw.choice(forenames)} {draw.choice(surnames)}".title()] = None
    names = pd.DataFrame({"Name": list(wanted), "Case ID": [str(100_000 + at) for at in range(NAMES)]}, dtype=object)
    children = names.head(SAMPLED).copy()
    children["Unique ID"] = [f"SYN-{at:03d}" for at in range(SAMPLED)]
    children["Date of birth"] = [dt.date(2008, 1, 1) + dt.timedelta(days=at) for at in range(SAMPLED)]
    words = sorted(common_words())
    texts = []
    for at in range(EXTRACTS):
        text = ""
        while len(text) < LENGTH:
            word = draw.choice(words) if draw.random() < 0.98 else draw.choice(names["Name"][at].split())
            text += (word.title() if draw.random() < 0.08 else word) + draw.choice([" "] * 9 + [". "])
        texts.append(text)
    with path.open("wb") as file:
        pickle.dump((names, children.astype(object), texts, list(children["Unique ID"])), file)


def run(code: str, path: Path) -> tuple[float, float, str]:
    """Seconds of the processor and peak memory in MB of a whole process, and what it printed."""
    process = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
    said = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def main(rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "input.pickle"
        make_input(path)
        ratios = []
        for number in range(rounds):
            alone, whole = run(IMPORTS, path), run(IMPORTS + WORK, path)
            making, finding, hits = whole[2].split()
            ratios.append((whole[0] / alone[0], whole[1] / alone[1], float(making) + float(finding)))
            print(
                f"round {number + 1}: imports {alone[0]:.2f} s, {alone[1]:.0f} MB; whole {whole[0]:.2f} s, "
                f"{whole[1]:.0f} MB (names taken apart {float(making):.2f} s, {hits} hits found in "
                f"{float(finding):.2f} s); ratio {ratios[-1][0]:.2f}, memory {ratios[-1][1]:.2f}"
            )
        time_ratio, memory_ratio, work = (statistics.median(column) for column in zip(*ratios, strict=True))
        print(f"median of {rounds}: time ratio {time_ratio:.2f}, memory ratio {memory_ratio:.2f}, work {work:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
