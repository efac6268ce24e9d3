"""Run as a program: change the passphrase of a key to and fro, until somebody kills it."""

from __future__ import annotations

import sys
from pathlib import Path

from xl_dipsample.files import locks
from xl_dipsample.privacy.key import keyholders
from xl_dipsample.privacy.key.key_file import open_key

FIRST, OTHER = "gravel-unsaid-plank-tidy-omen-lurch", "anthem-boggle-crisp-devout-ember-fable"
SECOND = "quilt-manor-eject-sudden-flaky-row"


def to_and_fro(path: Path) -> None:
    """Each change takes the passphrase from the second keyholder's file, as somebody would after a power cut."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with locks.held(path):
        while True:
            old = keyholders.opens(path, SECOND)
            keyholders.change(open_key(path, old), OTHER if old == FIRST else FIRST, SECOND)
            sys.stdout.write("changed\n")
            sys.stdout.flush()


if __name__ == "__main__":
    to_and_fro(Path(sys.argv[1]))
