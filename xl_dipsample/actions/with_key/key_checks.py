"""What an action that uses the key looks at first: another key, copies of a sync client, the second keyholder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy.key import conflicts, key_and_review, key_book, keyholders, passphrase

MOST_NAMED = 3


def refuse_another_key(book: key_book.KeyBook, shown: pd.DataFrame, sample_id: str, review: Path, path: Path) -> None:
    """Raise PrivacyProblem when the table Review has IDs of another key: all typing would be set aside."""
    found = key_and_review.disagreement(book, shown["Unique ID"], sample_id)
    key_and_review.refuse_another_key(found, review.name, path.name)


def refuse_disagreement(
    book: key_book.KeyBook, shown: pd.DataFrame, sample_id: str, review: Path, path: Path, result: Result
) -> None:
    """Refuse to check a review workbook by a key that does not belong to it; warn of what Pseudonymise mends.

    `shown`: the table Review. Raises PrivacyProblem: the key has no row of this sample, Review has unique IDs that the
    key does not know for this sample, or a cell of Unique ID holds something else (which is never repeated).
    """
    if sample_id not in {trimmed(one) for one in book.key["Sample ID"]}:
        raise PrivacyProblem(
            "another-sample",
            f"{path.name} is the key of another sample: choose the key that {review.name} was made with.",
        )
    found = key_and_review.disagreement(book, shown["Unique ID"], sample_id)
    key_and_review.refuse_another_key(found, review.name, path.name)
    told = found.sentences(review.name, path.name)
    if found.not_ids:
        raise PrivacyProblem("key-disagrees", told[-1])
    for sentence in told:
        result.say("warning", "key-disagrees", sentence, sheet="Review")


def notice_copies(book: key_book.KeyBook, secret: str, path: Path, workbook: Path | None, result: Result) -> None:
    """Warn of copies beside the key and a workbook; raise PrivacyProblem when one of the key has IDs that it lacks."""
    told = conflicts.refuse_lost_ids(path, book, secret).sentences(path)
    if workbook is not None:
        told.append(conflicts.sentence(workbook, conflicts.conflict_copies(workbook)))
    for sentence in filter(None, told):
        result.say("warning", "conflict-copy", sentence)


def notice_earlier(review: Path, result: Result) -> None:
    """Warn of earlier review workbooks beside this one: no check looks into them, and everybody can."""
    found = conflicts.earlier_versions(review)
    if not found:
        return
    result.figures["earlier_versions"] = len(found)
    counted = "1 earlier version lies" if len(found) == 1 else f"{len(found)} earlier versions lie"
    names = [one.name for one in found if one.name.startswith(f"{review.stem} until ")][:MOST_NAMED]
    which = f" ({', '.join(names)}{' and more' if len(names) < len(found) else ''})" if names else ""
    result.say(
        "warning",
        "earlier-versions",
        f"{counted} beside {review.name}{which}. They show what they showed then, and nobody checked them: "
        "delete them, or move them to a restricted folder.",
    )


def with_second_keyholder(
    book: key_book.KeyBook, secret: str, second: str | None, path: Path, *, on_purpose: bool
) -> tuple[key_book.KeyBook, passphrase.Escrow | None]:
    """The book remembers the second keyholder's file, to be put beside it, or that there is none on purpose."""
    if second is not None:
        return keyholders.added(book, secret, second)
    refused = on_purpose and not passphrase.escrow_path(path).exists()
    return (keyholders.refused(book) if refused else book), None
