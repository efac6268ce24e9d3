"""Our search and two other programs on the same texts in the same run, scored alike.

python benchmarks/peers_report.py PYTHON [FILE]

PYTHON: that of the environment with requirements/peers.txt (`make peers` makes it). Without a file, printed only.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.privacy.names.written_apart import Score, extracts, names_searched_for, score, searcher
from xl_dipsample.privacy.names import STRONG, WEAK, Hit

KINDS = (
    "own child",
    "own child, as written",
    "own child, slip of a letter",
    "in lower case",
    "in capitals",
    "in own script",
    "words as names",
    "listed",
    "listed: child",
    "listed: alias",
    "listed: parent",
    "listed: worker",
    "listed: school",
    "listed: street",
    "third parties of the export",
    "imported identifiers",
    "identifier: case id",
    "identifier: referral id",
    "identifier: upn",
    "identifier: nhs",
    "identifier: date of birth",
    "identifier: email",
    "identifier: phone",
    "identifier: postcode",
    "identifier: handle",
    "identifier: car registration",
    "unlisted person",
    "all",
)


def peers(python: str, texts: list[str], names: list[str]) -> dict[str, Any]:
    """What the other programs found, each as it comes and with the names. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "given.json"
        given.write_text(json.dumps({"texts": texts, "names": names}), encoding="utf-8")
        done = subprocess.run(
            [python, str(Path(__file__).with_name("peers_find.py")), str(given)], check=True, stdout=subprocess.PIPE
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def page(python: str) -> str:
    """The page docs/privacy_peers.md."""
    texts, cases = [one.text for one in extracts()], [one.case_id for one in extracts()]
    names = names_searched_for()
    ours = searcher()
    began = time.process_time()
    hits = ours.find(texts, cases)
    seconds = {"ours": time.process_time() - began}
    scores: dict[str, Score] = {"ours": score(hits)}
    told = peers(python, texts, names)
    for name, one in told.items():
        scores[name] = score([Hit(at, start, end, WEAK, rule) for at, start, end, rule in one["found"]])
        seconds[name] = one["seconds"]
    versions = ", ".join(sorted({f"{name.partition(',')[0]} {one['version']}" for name, one in told.items()}))
    shown = ("ours, strong", "ours, strong or weak", *told)
    return "\n".join(
        [
            "# The search for names beside two other programs",
            "",
            f"Written by `make peers`: {len(texts)} extracts that were written apart from the search, by somebody who",
            "had not read it (tests/data/extracts, all invented); in one run, on one computer, scored alike: found",
            f"means that a part of it is. {versions}. Presidio has spaCy's small English",
            "model and its recognisers for the United Kingdom. Scrubadub's detectors for names fetch word lists or",
            "models when they run, which could not be had, so it finds names only when it is given them. Each runs as",
            f"it comes, and once more with the same {len(names):,} names, schools, streets and numbers of the long",
            "list that our search is given, as they stand there: our search takes names apart itself, and is given",
            "case IDs and dates of birth besides. Neither knows whose row a text stands in, and neither has tiers.",
            "These texts have been used to measure our search ever since, and not the others: on new texts ours may",
            "find less. Some of their e-mail addresses end in .example, which presidio takes for none.",
            "",
            f"| planted | how many | {' | '.join(shown)} |",
            f"|---|---|{'---|' * len(shown)}",
            *(_row(kind, scores) for kind in KINDS),
            "",
            "| | false alarms an extract | of them dates | seconds of CPU |",
            "|---|---|---|---|",
            *(_alarms(name, one, seconds[name]) for name, one in scores.items()),
            "",
            "A false alarm is a word in a row where nothing was planted, counted once. Of ours,",
            f"{_strong(scores['ours']):.2f} an extract are strong and would stop a release until somebody decides.",
            "",
        ]
    )


def _row(kind: str, scores: dict[str, Score]) -> str:
    planted, strong, _ = scores["ours"].counts[kind]
    cells = [strong, *(one.counts[kind][2] for one in scores.values())]
    shown = f"**{kind}**" if kind == "all" else kind
    return f"| {shown} | {planted} | {' | '.join(f'{100 * one / planted:.0f}%' for one in cells)} |"


def _alarms(name: str, one: Score, seconds: float) -> str:
    dates = sum("DATE" in hit.rule or "date" in hit.rule for hit, _ in one.false)
    return f"| {name} | {len(one.false) / one.extracts:.2f} | {dates / one.extracts:.2f} | {seconds:.1f} |"


def _strong(one: Score) -> float:
    return sum(hit.tier == STRONG for hit, _ in one.false) / one.extracts


if __name__ == "__main__":
    made = page(sys.argv[1])
    print(made)
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_text(made, encoding="utf-8")
