"""What an action that uses the key looks at first: another key, copies of a sync client, the second keyholder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from xl_dipsample.actions.result import Result
from xl_dipsample.privacy import agreement, conflicts, key, keyholders, passphrase


def refuse_another_key(book: key.KeyBook, shown: pd.DataFrame, sample_id: str, review: Path, path: Path) -> None:
    """Raise PrivacyProblem when the table Review has IDs of another key: all typing would be set aside."""
    found = agreement.disagreement(book, shown["Unique ID"], sample_id)
    agreement.refuse_another_key(found, review.name, path.name)


def notice_copies(book: key.KeyBook, secret: str, path: Path, workbook: Path | None, result: Result) -> None:
    """Warn of copies beside the key and a workbook; raise PrivacyProblem when one of the key has IDs that it lacks."""
    told = conflicts.refuse_lost_ids(path, book, secret).sentences(path)
    if workbook is not None:
        told.append(conflicts.sentence(workbook, conflicts.conflict_copies(workbook)))
    for sentence in filter(None, told):
        result.say("warning", "conflict-copy", sentence)


def with_second_keyholder(
    book: key.KeyBook, secret: str, second: str | None, path: Path, *, on_purpose: bool
) -> tuple[key.KeyBook, passphrase.Escrow | None]:
    """The book remembers the second keyholder's file, to be put beside it, or that there is none on purpose."""
    if second is not None:
        return keyholders.added(book, secret, second)
    refused = on_purpose and not passphrase.escrow_path(path).exists()
    return (keyholders.refused(book) if refused else book), None
