"""What the tests of the key share, and, run as a program, somebody who writes one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pandas as pd

from xl_dipsample.files import locks
from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import open_key, write_key

PASSPHRASE = "gravel-unsaid-plank-tidy-omen-lurch"  # noqa: S105
SENTINEL = "Zaphodsentinel"
MANY = 400  # names, so that sheets have a size that a library may want to keep on disk


def children(first: int, last: int) -> pd.DataFrame:
    return pd.DataFrame(
        [[str(n), f"{SENTINEL} {n}", None, None, n, None] for n in range(first, last)],
        columns=list(key_book.ROW_COLUMNS),
        dtype=object,
    )


def book_of(count: int) -> key_book.KeyBook:
    book, _ = key_book.assign(key_book.KeyBook(), children(0, count), "Sample", "s1", "Young person")
    return key_book.with_names(book, children(0, count))


def write_on_and_on(path: Path) -> None:
    """One child more with every write; the new ID is told once the key has it."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with locks.held(path):
        book = open_key(path, PASSPHRASE).book if path.exists() else key_book.KeyBook()
        while True:
            so_many = len(book.key) + 1
            book, unique_ids = key_book.assign(book, children(0, so_many), "Sample", "s1", "Young person")
            book = write_key(OpenKey(path, PASSPHRASE, key_book.with_names(book, children(0, MANY)))).key.book
            sys.stdout.write(f"{unique_ids.iloc[-1]}\n")
            sys.stdout.flush()


def watch(path: Path) -> None:
    """Write a key twice and tell every file that was opened for writing, and every temporary file."""
    opened: list[str] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes) and isinstance(arguments[2], int):
            if arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                opened.append(os.fsdecode(arguments[0]))
        elif event in ("tempfile.mkstemp", "tempfile.mkdtemp"):
            opened.append(str(arguments[0]))

    write_key(OpenKey(path, PASSPHRASE, book_of(1)))  # what is only imported is imported now
    path.unlink()
    sys.addaudithook(note)
    written = write_key(OpenKey(path, PASSPHRASE, book_of(MANY)))
    write_key(OpenKey(path, PASSPHRASE, key_book.commit(written.key.book, "s1")))
    open_key(path, PASSPHRASE)
    told = list(dict.fromkeys(opened))
    sys.stdout.write("".join(f"{name}\n" for name in told))


if __name__ == "__main__":
    {"write": write_on_and_on, "watch": watch}[sys.argv[1]](Path(sys.argv[2]))
