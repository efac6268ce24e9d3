"""The reading list: which case file belongs to which unique ID, for the reviewers. No name, not the key."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.privacy.key import in_place, sealed
from xl_dipsample.privacy.key.key_file import read_sealed
from xl_dipsample.privacy.key.passphrase import READING_VARIABLE, AsksSecrets, read_passphrase

KIND = "dip-sample reading list"
VERSION = 1
COLUMNS = ("Unique ID", "Case ID", "Contact date", "Part of the file")
ABOUT = (
    "The reading list of a dip-sample: which case file to open for each unique ID of the review workbook.",
    "It holds case IDs. Keep it in a restricted folder, never where the review workbook lies.",
    "A new one is written with every Pseudonymise: do not edit it.",
)


def ask_passphrase(path: Path, own: str, option_file: Path | None, ui: AsksSecrets) -> str:
    """The passphrase of the list at `path`; a new one when there is none yet. `own`: the key's.

    Raises PrivacyProblem when both are the same or another file lies there, FileProblem when the list is open.
    """
    question, option = "Passphrase of the reading list", "--reading-passphrase-file"
    given = read_passphrase(option_file, READING_VARIABLE, ui, question, new=not path.exists(), option=option)
    if given == own:
        raise PrivacyProblem(
            "passphrase-same", "The reading list needs a passphrase of its own, not the key's; choose another."
        )
    in_place.refuse_open_elsewhere(path)
    if path.exists():
        read(path, given)  # refuses another file before anything is written
    return given


def write(path: Path, rows: pd.DataFrame, passphrase: str, *, key_passphrase: str) -> None:
    """Encrypt a reading list, sorted by unique ID, and put it in place.

    `rows` has COLUMNS; other columns are left out. The folder rule (`folders.refuse_shared_folder`) is asked before
    the first file of an action is written. Raises PrivacyProblem: the passphrase is the key's, or another file lies at
    `path` (an older list is replaced when it opens with the same passphrase); FileProblem: it cannot be written.
    """
    if passphrase == key_passphrase:
        raise PrivacyProblem(
            "passphrase-same", "The reading list needs another passphrase than the key: reviewers may not open the key."
        )
    if path.exists():
        _refuse_another_file(path, passphrase)
    listed = rows[list(COLUMNS)].astype(object).sort_values("Unique ID", ignore_index=True)
    listed = listed.where(listed.notna(), None)
    sheet = sealed.Sheet("Reading list", ABOUT[0], listed, (15, 16, 16, 60))
    in_place.put_or_refuse(path, sealed.build(KIND, VERSION, ABOUT, [sheet]), passphrase)


def read(path: Path, passphrase: str) -> pd.DataFrame:
    """The list: COLUMNS, dtype object, None for a blank. Raises PrivacyProblem, FileProblem."""
    try:
        encrypted = path.read_bytes()
    except OSError:
        raise FileProblem("no-such-file", f"There is no file {path.name}: check the name and the folder.") from None
    _, frames = read_sealed(encrypted, passphrase, path.name, KIND)
    return frames["Reading list"]


def _refuse_another_file(path: Path, passphrase: str) -> None:
    try:
        read(path, passphrase)
    except PrivacyProblem as problem:
        raise PrivacyProblem(
            "reading-list-exists",
            f"{path.name} is there already and is no reading list with this passphrase: choose another name, or "
            "delete it first.",
        ) from problem
