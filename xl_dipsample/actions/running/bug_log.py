"""How an action that did not finish is told: a sentence, or, for a bug, a reference number and where the log lies.

The command line and the ribbon use it. The log holds where a bug happened, never what the values were: an
exception's own words may hold case data.
"""

from __future__ import annotations

import traceback
import uuid
from dataclasses import dataclass
from pathlib import Path

from xl_dipsample import __version__
from xl_dipsample.domain.shared.errors import DipSampleError

LOG_NAME = "bugs.log"


@dataclass(frozen=True)
class Ended:
    """What the person is told, in one line. `reference` is '' when it was a refusal, not a bug."""

    sentence: str
    reference: str = ""


def ended(problem: Exception) -> Ended:
    """What to say of the error that ended an action; a bug is written to the log.

    >>> ended(PermissionError(13, "denied", "C:/share/review.xlsx")).sentence
    'review.xlsx may not be read or written here; close it elsewhere, or choose another folder.'
    """
    if isinstance(problem, DipSampleError):
        return Ended(" ".join(problem.sentence.split()))
    if isinstance(problem, PermissionError):
        file = Path(str(problem.filename)).name if problem.filename else "A file"
        return Ended(f"{file} may not be read or written here; close it elsewhere, or choose another folder.")
    if isinstance(problem, OSError):
        return Ended(
            f"The computer could not finish reading or writing ({type(problem).__name__}); check the disk "
            "and the folder, and try again."
        )
    return _logged(problem)


def _logged(bug: Exception) -> Ended:
    from platformdirs import user_log_path

    reference = uuid.uuid4().hex[:8]
    what = "Something went wrong in the tool itself."
    try:
        log = user_log_path("xl_dipsample", appauthor=False, ensure_exists=True) / LOG_NAME
        with log.open("a", encoding="utf-8") as file:
            file.write(words(bug, reference))
    except OSError:  # the log cannot be written: the person is told all the same
        return Ended(f"{what} Reference {reference}; the log could not be written.", reference)
    return Ended(f"{what} Reference {reference}; the log is {log}.", reference)


def words(bug: BaseException, reference: str) -> str:
    """The lines of the log: version, kind of error, and file, line and function of every step to it."""
    lines = [f"{reference} xl_dipsample {__version__} {type(bug).__name__}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(bug.__traceback__)
    ]
    return "\n".join(lines) + "\n"
