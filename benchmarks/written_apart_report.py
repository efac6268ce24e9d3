"""What the search finds in extracts that were written apart from it, and all that it misses.

python benchmarks/written_apart_report.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.privacy.names.written_apart import searched
from xl_dipsample.privacy.names import STRONG


def main() -> None:
    """Print the figures, what is missed, and false alarms."""
    found = searched()
    for kind, (planted, blocked, either) in sorted(found.counts.items()):
        print(f"{kind:45} {planted:4} blocked {100 * blocked / planted:5.1f}%  found {100 * either / planted:5.1f}%")
    strong = sum(hit.tier == STRONG for hit, _ in found.false)
    print(f"false alarms an extract: {len(found.false) / found.extracts:.2f}, strong {strong / found.extracts:.2f}")
    for missed in sorted(found.missed):
        print("missed", *missed, sep=" | ")
    for hit, text in sorted(found.false, key=lambda one: (one[0].tier, one[0].rule)):
        words = text[max(0, hit.start - 20) : hit.end + 12].replace("\n", "/")
        print(f"false {hit.tier} {hit.rule} [{text[hit.start : hit.end]!r}] {words}")


if __name__ == "__main__":
    main()
