"""Check before sharing on 300 rows against a key of 20,000 names, as a whole process against its imports alone.

    python benchmarks/bench_release.py [ROUNDS]

Prints seconds of the processor (what else the computer does is then not in them), peak memory and the ratios, round by
round and as medians; RESULTS.md keeps what was measured. Everything is synthetic.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROWS, NAMES, LENGTH = 300, 20_000, 400
WORDS = "benchmark-lantern-orchid-harbour"  # opens a synthetic key that lives for seconds
IMPORTS = """
import xl_dipsample.cli, pandas, msoffcrypto, xlsxwriter, python_calamine, rapidfuzz
import xl_dipsample.actions.release, xl_dipsample.actions.running.runner, xl_dipsample.workbook.sheets
"""
RELEASE = "import sys; from xl_dipsample.cli import main; main(sys.argv[1:])"  # as the command runs it


def make_input(folder: Path) -> list[str]:
    """A review workbook of 300 rows, its key and an empty folder; gives the command's arguments."""
    import pandas as pd
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    from xl_dipsample.privacy.key import key_book, key_file
    from xl_dipsample.privacy.names.common_words import common_words
    from xl_dipsample.workbook.build.build import build
    from xl_dipsample.workbook.specs import spec

    draw = random.Random(1)
    forenames = [*FREQUENCY_LISTS["male_names"], *FREQUENCY_LISTS["female_names"]]
    surnames = list(FREQUENCY_LISTS["surnames"])
    names: dict[str, None] = {}
    while len(names) < NAMES:
        names[f"{draw.choice(forenames)} {draw.choice(surnames)}".title()] = None
    long_list = pd.DataFrame({"Name": list(names), "Case ID": [str(7_100_000 + n) for n in range(NAMES)]}, dtype=object)
    rows = long_list.head(ROWS).assign(
        **{
            "Date of birth": [dt.date(2008, 1, 1) + dt.timedelta(days=n) for n in range(ROWS)],
            "Contact date": dt.date(2025, 11, 3),
            "Record": range(1, ROWS + 1),
            "Fingerprint": None,
        }
    )
    book, unique_ids = key_book.assign(key_book.KeyBook(), rows.astype(object), "Benchmark", "ab" * 8, "Young person")
    book = key_book.commit(key_book.with_names(book, long_list), "ab" * 8)
    for name in ("key", "share", "panel"):
        (folder / name).mkdir()
    key_file.write_key(key_book.OpenKey(folder / "key" / "key.xlsx", WORDS, book))
    known = {part.casefold() for name in names for part in name.replace("-", " ").split()}
    words = sorted(word for word in common_words() if word.isalpha() and word not in known and len(word) > 3)
    review = spec.table("review", "Review")
    table = pd.DataFrame(None, index=range(ROWS), columns=review.headings, dtype=object)
    table["Unique ID"] = sorted(unique_ids)
    for heading in [one.heading for one in review.columns if one.type == "long_text"]:
        table[heading] = [" ".join(draw.choices(words, k=LENGTH // 6)) for _ in range(ROWS)]
    path = folder / "share" / "review.xlsx"
    path.write_bytes(build("review", {"Review": table}, {"sample_id": "ab" * 8, "sample_name": "Benchmark"}))
    (folder / "pass.txt").write_text(WORDS, encoding="utf-8")
    options = {"--key": "key/key.xlsx", "--to": "panel", "--passphrase-file": "pass.txt"}
    return ["release", str(path), *(part for flag, name in options.items() for part in (flag, str(folder / name)))]


def run(code: str, arguments: list[str]) -> tuple[float, float]:
    """Seconds of the processor and peak memory in MB of a whole process."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    said = process.stderr.read() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"failed: {said}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(rounds: int) -> None:
    """Print one line for each round, then the medians."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["HOME"] = name  # snapshots and logs of the benchmark go with it
        arguments = make_input(Path(name))
        print("| round | imports | peak | release | peak | time ratio | memory ratio |\n|---|---|---|---|---|---|---|")
        measured = []
        for number in range(1, rounds + 1):
            (imports, least), (whole, most) = run(IMPORTS, []), run(RELEASE, arguments)
            measured.append((imports, least, whole, most, whole / imports, most / least))
            _print(str(number), measured[-1])
        _print("median", tuple(statistics.median(column) for column in zip(*measured, strict=True)))


def _print(name: str, line: tuple[float, ...]) -> None:
    imports, least, whole, most, time_ratio, memory_ratio = line
    print(f"| {name} | {imports:.2f} s | {least:.0f} MB | {whole:.2f} s | {most:.0f} MB | {time_ratio:.2f} | "
          f"{memory_ratio:.2f} |")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
