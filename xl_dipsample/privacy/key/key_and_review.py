"""Whether a key and a review workbook belong together: which unique IDs are on one side only. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xl_dipsample.domain.pseudonymise.unique_id import fault, parse
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.privacy.key.key_book import COMMITTED, PENDING, RETIRED, KeyBook

MOST_NAMED = 5


@dataclass(frozen=True)
class Disagreement:
    """Unique IDs by what is wrong with them, each sorted; false when nothing is.

    In the review workbook: `unknown` to the key, of an `other_sample` of the key, `retired` in it, and `not_ids` (how
    many cells hold something else). In the key: `missing` from the review workbook, and `pending`, not there yet.
    """

    unknown: tuple[str, ...] = ()
    other_sample: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    not_ids: int = 0
    shared: int = 0  # IDs on both sides

    def __bool__(self) -> bool:
        return bool(self.unknown or self.other_sample or self.retired or self.missing or self.pending or self.not_ids)

    @property
    def is_another_key(self) -> bool:
        """Whether going on would take other children for those of the review workbook."""
        return bool(self.unknown or self.other_sample)

    def sentences(self, review: str, key: str) -> list[str]:
        """What to tell the person, with the names of both files; unique IDs are named, nothing else."""
        if self.is_another_key and not self.shared:
            sentence = (
                f"{key} knows none of the unique IDs in {review}: it is the key of another sample. Name the key that "
                "this review workbook was made with."
            )
            return [sentence]
        told = [
            (self.unknown, f"In {review} and not in {key}", "Take a newer key, or a .bak file or copy beside it."),
            (self.other_sample, f"In {review}, but of another sample of {key}", "Name the right workbook."),
            (self.retired, f"In {review}, but retired in {key}", "Run Pseudonymise again."),
            (self.missing, f"In {key} and not in {review}", "If a row was deleted, run Pseudonymise again."),
            (self.pending, f"In {key} and not yet in {review}", "Run Pseudonymise again."),
        ]
        said = [f"{where}: {_named(found)}. {what}" for found, where, what in told if found]
        if self.not_ids:
            rows = plural(self.not_ids, "row")
            said.append(f"In {review}, {rows} with something else than a unique ID: compare with an earlier copy.")
        return said


def disagreement(book: KeyBook, review_ids: Iterable[object], sample_id: str) -> Disagreement:
    """Compare a key with the column Unique ID of Review. A blank cell is no ID, an ID that stands twice counts once."""
    cells = [trimmed(cell) for cell in review_ids]
    shown = {parse(cell) for cell in cells if cell and not fault(cell)}
    state = dict(zip(book.key["Unique ID"], book.key["State"], strict=True))
    ours = set(book.key.loc[[trimmed(one) == sample_id for one in book.key["Sample ID"]], "Unique ID"])
    absent = ours - shown
    return Disagreement(
        unknown=_sorted(shown - set(state)),
        other_sample=_sorted((shown & set(state)) - ours),
        retired=_sorted(one for one in shown & ours if state[one] == RETIRED),
        missing=_sorted(one for one in absent if state[one] == COMMITTED),
        pending=_sorted(one for one in absent if state[one] == PENDING),
        not_ids=sum(bool(fault(cell)) for cell in cells if cell),
        shared=len(shown & ours),
    )


def refuse_another_key(found: Disagreement, review: str, key: str) -> None:
    """Raise PrivacyProblem when the review workbook has IDs that the key does not know for this sample."""
    if found.is_another_key:
        raise PrivacyProblem("key-disagrees", f"{found.sentences(review, key)[0]} Nothing was changed.")


def _sorted(ids: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted(str(one) for one in ids))


def _named(ids: tuple[str, ...]) -> str:
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return f"{', '.join(ids[:MOST_NAMED])}{more}"
