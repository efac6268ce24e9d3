"""What an action that uses the key looks at first: another key, copies of a sync client, the second keyholder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import PrivacyProblem, SettingProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy import audit, audit_lines
from xl_dipsample.privacy.key import conflicts, key_and_review, key_book, key_file, keyholders, passphrase
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.workbook.host import Host

MOST_NAMED = 3
NOBODY_ELSE = (
    "Nobody else holds the key's passphrase: if it is lost, no unique ID can be traced back to its case. "
    "dipsample key keyholder KEY mends that."
)


def refuse_another_key(key: OpenKey, shown: pd.DataFrame, sample_id: str, review: Path) -> None:
    """Raise PrivacyProblem when the table Review has IDs of another key: all typing would be set aside."""
    found = key_and_review.disagreement(key.book, shown["Unique ID"], sample_id)
    key_and_review.refuse_another_key(found, review.name, key.path.name)


def refuse_disagreement(key: OpenKey, shown: pd.DataFrame, sample_id: str, review: Path, result: Result) -> None:
    """Refuse to check a review workbook by a key that does not belong to it; warn of what Pseudonymise mends.

    `shown`: the table Review. Raises PrivacyProblem: the key has no row of this sample, Review has unique IDs that the
    key does not know for this sample, or a cell of Unique ID holds something else (which is never repeated).
    """
    if sample_id not in {trimmed(one) for one in key.book.key["Sample ID"]}:
        raise PrivacyProblem(
            "another-sample",
            f"{key.path.name} is the key of another sample: choose the key that {review.name} was made with.",
        )
    found = key_and_review.disagreement(key.book, shown["Unique ID"], sample_id)
    key_and_review.refuse_another_key(found, review.name, key.path.name)
    told = found.sentences(review.name, key.path.name)
    if found.not_ids:
        raise PrivacyProblem("key-disagrees", told[-1])
    for sentence in told:
        result.say("warning", "key-disagrees", sentence, sheet="Review")


def notice_copies(key: OpenKey, workbook: Path | None, result: Result) -> None:
    """Warn of copies beside the key and a workbook; raise PrivacyProblem when one of the key has IDs that it lacks."""
    told = conflicts.refuse_lost_ids(key).sentences(key.path)
    if workbook is not None:
        told.append(conflicts.sentence(workbook, conflicts.conflict_copies(workbook)))
    for sentence in filter(None, told):
        result.say("warning", "conflict-copy", sentence)


def opened(path: Path, secret: str, result: Result) -> OpenKey:
    """The key, and warnings of copies beside it. Raises PrivacyProblem when one has IDs that the key lacks."""
    key = key_file.open_key(path, secret)
    notice_copies(key, None, result)
    return key


def opened_for(host: Host, path: Path, secret: str, result: Result, shown: pd.DataFrame | None = None) -> OpenKey:
    """The key of the review workbook `host`, by `refuse_disagreement`; `shown`: its table Review, if it was read."""
    key = opened(path, secret, result)
    shown = host.read_table("Review") if shown is None else shown
    refuse_disagreement(key, shown, trimmed(host.read_value("sample_id")), host.path, result)
    return key


def refuse_passphrase_alone(passphrase_file: Path | None) -> None:
    """Raise SettingProblem for a passphrase where no key was given."""
    if passphrase_file is not None:
        raise SettingProblem("passphrase-without-key", "--passphrase-file belongs to --key: give both or neither.")


def notice_earlier(review: Path, result: Result) -> None:
    """Warn of earlier review workbooks beside this one: no check looks into them, and everybody can."""
    found = conflicts.earlier_versions(review)
    if not found:
        return
    result.figures["earlier_versions"] = len(found)
    counted = plural(len(found), "earlier version lies", "earlier versions lie")
    names = [one.name for one in found if one.name.startswith(f"{review.stem} until ")][:MOST_NAMED]
    which = f" ({', '.join(names)}{' and more' if len(names) < len(found) else ''})" if names else ""
    result.say(
        "warning",
        "earlier-versions",
        f"{counted} beside {review.name}{which}. They show what they showed then, and nobody checked them: "
        "delete them, or move them to a restricted folder.",
    )


def anchored(key: OpenKey, workbook: Path, sample_id: str) -> OpenKey:
    """The key remembers how far the audit log beside the working workbook went before this action."""
    head = audit.head(audit.log_path(workbook))
    return key.with_book(key_book.with_anchor(key.book, sample_id, head.lines, head.sha256, dt.datetime.now(dt.UTC)))


def with_lines(key: OpenKey, lines: pd.DataFrame, sample_id: str, review: str, result: Result) -> OpenKey:
    """The key remembers how far Audit of the review workbook goes; what was changed there by hand, it never takes on.

    `lines`: the table Audit. Lines that do not follow from each other, or that are not those the key remembers, leave
    it as it was, with a warning.
    """
    seen, before = audit_lines.look(lines), key_book.anchor(key.book, sample_id, of=key_book.REVIEW_LINES)
    if not seen.is_chained:
        return key
    if not seen.is_whole or (before and not seen.holds(audit_lines.Head(*before))):
        result.say(
            "warning",
            "audit-changed",
            f"Lines on Audit of {review} were changed by hand, so the key remembers only what it did before: dipsample "
            "key verify KEY --workbook WORKBOOK says which lines.",
            sheet="Audit",
        )
        return key
    now = dt.datetime.now(dt.UTC)
    head = seen.head
    return key.with_book(
        key_book.with_anchor(key.book, sample_id, head.lines, head.mark, now, of=key_book.REVIEW_LINES)
    )


def write_or_warn(key: OpenKey, result: Result) -> None:
    """Write the key; when another program holds it, the new one lies beside it, and the result says so."""
    written = key_file.write_key(key)
    result.files.append(str(written.path))
    if not written.in_place:
        result.ok = False
        result.say("warning", "key-not-in-place", written.sentence)


def with_second_keyholder(
    key: OpenKey, second: str | None, *, on_purpose: bool
) -> tuple[OpenKey, passphrase.Escrow | None]:
    """The key remembers the second keyholder's file, to be put beside it, or that there is none on purpose."""
    if second is not None:
        return keyholders.added(key, second)
    refused = on_purpose and not passphrase.escrow_path(key.path).exists()
    return (keyholders.refused(key) if refused else key), None
