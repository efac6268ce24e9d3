"""Run as a program: add one child after another to a sample in a key that somebody else writes too."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from key_writing import PASSPHRASE, children

from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.files import locks
from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key


def add(path: Path, sample: str, rounds: int) -> None:
    done = 0
    while done < rounds:
        try:
            with locks.held(path):
                book, _ = key_book.assign(
                    open_key(path, PASSPHRASE).book, children(0, done + 1), sample, sample, "Young person"
                )
                write_key(OpenKey(path, PASSPHRASE, key_book.commit(book, sample)))
        except PrivacyProblem as problem:
            if problem.code != "locked":
                raise
            time.sleep(0.01)
        else:
            done += 1


if __name__ == "__main__":
    add(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
