"""How many young people are in two samples: only the key tells, and only their number is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xl_dipsample.actions.parts.compared_samples import Read
from xl_dipsample.actions.with_key import key_checks
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.columns_read import case_ids, trimmed
from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy.key import conflicts, passphrase
from xl_dipsample.privacy.key.key_book import RETIRED, KeyBook
from xl_dipsample.privacy.key.key_file import open_key
from xl_dipsample.workbook.host import Host


def opened(host: Host, path: Path | None, passphrase_file: Path | None, result: Result) -> KeyBook | None:
    """The key; None when none is given.

    Raises SettingProblem for a passphrase without its key, PrivacyProblem when the key cannot be opened or does not
    hold this sample.
    """
    if path is None:
        key_checks.refuse_passphrase_alone(passphrase_file)
        return None
    key = open_key(path, passphrase.of_key(passphrase_file, host.ui))
    if trimmed(host.read_value("sample_id")) not in set(key.book.key["Sample ID"]):
        raise PrivacyProblem(
            "key-of-another-sample",
            f"{path.name} is the key of another sample: give this sample's, or compare without --key.",
        )
    for sentence in conflicts.key_conflicts(key).sentences(path):
        result.say("warning", "conflict-copy", sentence)
    return key.book


def in_both(book: KeyBook | None, now: Read, then: Read) -> int | None:
    """How many case IDs are in both samples; None when that is not known (no key, or another key's sample)."""
    if book is None or not then.sample_id or then.sample_id not in set(book.key["Sample ID"]):
        return None
    return len(_cases(book, now) & _cases(book, then))


def say(book: KeyBook | None, names: Sequence[str], both: Sequence[int | None], result: Result) -> None:
    """One sentence for each earlier sample; without the key one that says why nothing is known."""
    if book is None:
        result.say("note", "in-both-not-known", "Whether a young person is in two of these samples is not known: only "
                   "the key tells (--key FILE).", sheet="Compare")  # fmt: skip
        return
    for name, count in zip(names, both, strict=True):
        if count is None:
            words = f"{name}: the key does not hold this sample, so who is in both is not known."
        else:
            people = "1 young person is" if count == 1 else f"{count} young people are"
            words = f"{name}: {people} in that sample and in this one."
        result.say("note", "in-both", words, sheet="Compare")


def _cases(book: KeyBook, sample: Read) -> set[str]:
    """The case IDs of the cases that are in a sample now; those without a case ID cannot be told."""
    table = sample.tables["Review"]
    kept = set(review_rules.texts(table.loc[review_rules.in_sample(table)], "Unique ID"))
    rows = book.key[(book.key["Sample ID"] == sample.sample_id) & (book.key["State"] != RETIRED)]
    rows = rows[[trimmed(unique_id) in kept for unique_id in rows["Unique ID"]]]
    return {case for case in case_ids(rows["Case ID"]) if case}
