"""Wrong passphrases are counted per file, and each further one has to wait longer.

The count lies in this user's local data, never beside the key: a sum of the file's place, how many, and since when.
No passphrase, no file name. It slows down somebody who sits at this computer and guesses; against a copied key only
the passphrase itself helps.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.files.windows import Windows

WRONG = "wrong-passphrase"  # the code of the error that counts
FREE = 3  # so many typing mistakes cost nothing
LONGEST_WAIT = 30.0  # seconds
FORGOTTEN = 24 * 60 * 60.0  # seconds after the last wrong one
_FILE = "wrong tries.json"

Count = tuple[int, float]  # how many, and when the last one was


@contextmanager
def counted(path: Path) -> Iterator[None]:
    """Around one try to open the encrypted file at `path`: waits when it must, counts a wrong passphrase.

    Raises PrivacyProblem as the block does; after some wrong ones its sentence says how many, and what else may be
    the reason. The right passphrase sets the count back.
    """
    file = _place(path)
    before, last = _read().get(file, (0, 0.0))
    time.sleep(max(0.0, min(wait_after(before), last + wait_after(before) - time.time())))
    try:
        yield
    except PrivacyProblem as problem:
        if problem.code != WRONG:
            raise
        number = before + 1
        _write(file, (number, time.time()))
        if number < FREE:
            raise
        raise PrivacyProblem(WRONG, f"{problem.sentence} {_said(number)}") from None
    if before:
        _write(file, None)


def wait_after(number: int) -> float:
    """Seconds to wait after so many wrong passphrases in a row.

    >>> [wait_after(number) for number in range(9)]
    [0.0, 0.0, 0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0]
    """
    return 0.0 if number < FREE else min(LONGEST_WAIT, 2.0 ** min(number - FREE, 10))


def _said(number: int) -> str:
    return (
        f"That was wrong passphrase number {number}, and the next try waits {wait_after(number):.0f} s. If it is "
        "surely the right one: it may have been changed since, or the file was altered; the second keyholder, and the "
        ".bak files beside it, may help."
    )


def _place(path: Path) -> str:
    return hashlib.sha256(os.path.normcase(os.path.realpath(path)).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _read() -> dict[str, Count]:
    """The counts that are not forgotten yet; none when the file cannot be read or was spoilt."""
    try:
        found = json.loads((Windows().local_data() / _FILE).read_text(encoding="utf-8"))
        counts = {str(place): (int(number), float(when)) for place, (number, when) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    now = time.time()
    return {place: count for place, count in counts.items() if 0 <= now - count[1] < FORGOTTEN and count[0] > 0}


def _write(place: str, count: Count | None) -> None:
    counts = {**_read(), place: count} if count else {key: one for key, one in _read().items() if key != place}
    file = Windows().local_data() / _FILE
    temporary = file.with_name(f"{_FILE}.{os.getpid()}")
    with suppress(OSError):  # nobody is kept from the key because this cannot be noted
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(counts), encoding="utf-8")
        temporary.replace(file)
