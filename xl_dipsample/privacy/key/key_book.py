"""What the key says: which unique ID stands for which child, in which sample, in which state.

Values in, values out; `key_file` reads and writes. The frames have dtype object and None for a blank.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.privacy.key.ids import new_ids

State = Literal["pending", "committed", "retired"]
PENDING: State = "pending"  # the key knows the ID; the review workbook may not have it yet
COMMITTED: State = "committed"  # the review workbook has it
RETIRED: State = "retired"  # the row left the sample; the ID is never given to another

KEY_COLUMNS = (
    "Unique ID", "Case ID", "Name", "Date of birth", "Contact date", "Record", "Sample", "Sample ID", "State",
    "Fingerprint",
)  # fmt: skip
NAMES_COLUMNS = ("Name", "Case ID", "Role")
ANCHOR_COLUMNS = ("Sample ID", "Lines", "Head", "When")
WORKING_LOG, REVIEW_LINES = "", ", review workbook"  # what stands after the sample's ID in Anchors
ACCEPTED_COLUMNS = ("Unique ID", "Sample ID", "Column", "Text", "Decision", "Who", "When")
ACCEPTED_BY = ["Unique ID", "Sample ID", "Column", "Text"]  # one decision for each of these
KEYHOLDER_COLUMNS = ("When", "What", "Mark")
ROW_COLUMNS = ("Case ID", "Name", "Date of birth", "Contact date", "Record", "Fingerprint")

CONTACT = "contact"
CHILD = "child"  # of the roles in Names


def _empty(columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns), dtype=object)


@dataclass(frozen=True)
class KeyBook:
    """The tables of a key. `read_from`: sha256 of the encrypted file they came from, None for a new key.

    `key`: KEY_COLUMNS, one row per unique ID ever given out. `names`: NAMES_COLUMNS, everything of the long lists that
    is searched for, with the role that `names_listed` gives it (blank: child). `anchors`: ANCHOR_COLUMNS, how far the
    audit log of each sample, and the lines of its review workbook, went when the key was written. `accepted`:
    ACCEPTED_COLUMNS, what a person decided about words in one row and column of Review. `keyholders`:
    KEYHOLDER_COLUMNS, the history of passphrase and second keyholder (`keyholders`), oldest first.
    """

    key: pd.DataFrame = field(default_factory=lambda: _empty(KEY_COLUMNS))
    names: pd.DataFrame = field(default_factory=lambda: _empty(NAMES_COLUMNS))
    anchors: pd.DataFrame = field(default_factory=lambda: _empty(ANCHOR_COLUMNS))
    accepted: pd.DataFrame = field(default_factory=lambda: _empty(ACCEPTED_COLUMNS))
    keyholders: pd.DataFrame = field(default_factory=lambda: _empty(KEYHOLDER_COLUMNS))
    read_from: str | None = None

    def known_ids(self) -> list[str]:
        """Every unique ID of the key, retired ones included."""
        return [str(unique_id) for unique_id in self.key["Unique ID"]]


@dataclass(frozen=True, repr=False)
class OpenKey:
    """A key that is open: where it lies, the passphrase that opens it, and what it says. Its repr shows nothing."""

    path: Path
    passphrase: str
    book: KeyBook = field(default_factory=KeyBook)

    def with_book(self, book: KeyBook) -> OpenKey:
        """The same key with another book, not yet written."""
        return replace(self, book=book)


@dataclass(frozen=True)
class Child:
    """Whom an ID stands for."""

    unique_id: str
    name: str
    case_id: str
    sample: str
    state: str
    contact_date: str = ""


def assign(book: KeyBook, rows: pd.DataFrame, sample: str, sample_id: str, unit: str) -> tuple[KeyBook, pd.Series[Any]]:
    """Give every row of the sample its unique ID.

    `rows` has ROW_COLUMNS, one row per row of the sample; Fingerprint is used where there is no case ID. `unit` is
    Criteria's word: "Young person" or "Contact". Returns the book with these rows in it, and the IDs on the index of
    `rows`. The same young person (with the unit contact: and contact date) of the same sample keeps the ID of an
    earlier run; the ID of a row that left is retired, and taken up again when the row returns; names, dates of birth
    and rows are renewed. IDs that the review workbook does not have yet are pending.
    """
    if not sample_id:
        raise WorkbookProblem("no-sample-id", "The workbook has lost its sample ID: take an earlier copy of it.")
    asked = [_child(record) for record in rows.to_dict("records")]
    kept: list[dict[str, Any]] = [
        {column: record[column] for column in KEY_COLUMNS}
        for record in _objects(book.key, KEY_COLUMNS).to_dict("records")
    ]
    ours = [at for at, record in enumerate(kept) if trimmed(record["Sample ID"]) == sample_id]
    found = _match(asked, kept, ours, by_contact=unit.strip().casefold() == CONTACT)

    fresh = iter(new_ids(found.count(None), taken=set(book.known_ids())))
    unique_ids: list[str] = []
    for child, at in zip(asked, found, strict=True):
        if at is None:
            record: dict[str, Any] = {"Unique ID": next(fresh), "State": PENDING}
            kept.append(record)
        else:
            record = kept[at]
            if record["State"] == RETIRED:
                record["State"] = PENDING
        record.update(child, Sample=sample)
        record["Sample ID"] = sample_id
        unique_ids.append(str(record["Unique ID"]))
    for at in set(ours) - set(found):
        kept[at]["State"] = RETIRED
    key = _objects(pd.DataFrame(kept, columns=list(KEY_COLUMNS), dtype=object), KEY_COLUMNS)
    return replace(book, key=key), pd.Series(unique_ids, index=rows.index, dtype=object, name="Unique ID")


def commit(book: KeyBook, sample_id: str) -> KeyBook:
    """The pending IDs of a sample are now in the review workbook."""
    key = book.key.copy()
    key.loc[(key["Sample ID"] == sample_id) & (key["State"] == PENDING), "State"] = COMMITTED
    return replace(book, key=key)


def with_names(book: KeyBook, long_list: pd.DataFrame) -> KeyBook:
    """Add every distinct name with its case ID and role of a long list; those of earlier lists stay.

    `long_list` has at least the columns Name and Case ID. A cell without either is left out.
    """
    columns = list(NAMES_COLUMNS)
    given = long_list["Role"] if "Role" in long_list.columns else [None] * len(long_list)
    roles = [None if role == CHILD else role for role in given]  # blank, as in keys of before there were roles
    listed = long_list.assign(Role=pd.Series(roles, index=long_list.index, dtype=object))
    both = pd.concat([_objects(book.names, columns), _objects(listed, columns)], ignore_index=True)
    both = both[both[["Name", "Case ID"]].notna().any(axis=1)].drop_duplicates(ignore_index=True)
    return replace(book, names=_objects(both, columns))


def with_anchor(
    book: KeyBook, sample_id: str, lines: int, head: str, when: dt.datetime, *, of: str = WORKING_LOG
) -> KeyBook:
    """Remember how far a sample's audit log went, so that an edited or shortened log is noticed.

    `of`: WORKING_LOG, the log beside the working workbook, or REVIEW_LINES, the sheet Audit of the review workbook.
    """
    others = book.anchors[book.anchors["Sample ID"] != sample_id + of]
    now = pd.DataFrame(
        [[sample_id + of, lines, head, when.isoformat(timespec="seconds")]], columns=list(ANCHOR_COLUMNS)
    )
    return replace(book, anchors=_objects(pd.concat([others, now.astype(object)]), ANCHOR_COLUMNS))


def anchor(book: KeyBook, sample_id: str, *, of: str = WORKING_LOG) -> tuple[int, str] | None:
    """Lines and head of a sample's audit log when the key was last written; None when never. `of`: as above."""
    found = book.anchors[book.anchors["Sample ID"] == sample_id + of]
    return None if found.empty else (int(found["Lines"].iloc[-1]), str(found["Head"].iloc[-1]))


def with_accepted(book: KeyBook, rows: pd.DataFrame) -> KeyBook:
    """Remember what a person decided about words of Review; the latest decision about the same words counts.

    `rows` has ACCEPTED_COLUMNS; the words stay in the key, encrypted. A row with a blank Decision takes the earlier
    one back.
    """
    both = pd.concat([_objects(book.accepted, ACCEPTED_COLUMNS), _objects(rows, ACCEPTED_COLUMNS)], ignore_index=True)
    both = both.drop_duplicates(ACCEPTED_BY, keep="last")
    both["When"] = [
        when.isoformat(timespec="seconds") if isinstance(when, dt.datetime) else when for when in both["When"]
    ]
    return replace(book, accepted=_objects(both[both["Decision"].notna()], ACCEPTED_COLUMNS))


def with_keyholder(book: KeyBook, what: str, mark: str | None, when: dt.datetime) -> KeyBook:
    """Note what happened to passphrase or second keyholder; `mark`: of the second keyholder's file, if it was made."""
    now = pd.DataFrame(
        [[when.isoformat(timespec="seconds"), what, mark]], columns=list(KEYHOLDER_COLUMNS), dtype=object
    )
    both = pd.concat([_objects(book.keyholders, KEYHOLDER_COLUMNS), now], ignore_index=True)
    return replace(book, keyholders=_objects(both, KEYHOLDER_COLUMNS))


def find(book: KeyBook, unique_id: str) -> Child | None:
    """Whom a unique ID (as `ids.parse` gives it) stands for; None when the key does not know it."""
    found = book.key[book.key["Unique ID"] == unique_id]
    return None if found.empty else _as_child(found.iloc[0])


def of_case(book: KeyBook, case_id: str) -> list[Child]:
    """Every unique ID of a case ID, over all samples of the key, in the key's order."""
    wanted = trimmed(case_id)
    same = [bool(wanted) and trimmed(cell) == wanted for cell in book.key["Case ID"]]
    return [_as_child(record) for _, record in book.key[same].iterrows()]


def _as_child(record: pd.Series[Any]) -> Child:
    contact = record["Contact date"]
    unique_id, name, case_id, sample, state = (
        trimmed(record[column]) for column in ("Unique ID", "Name", "Case ID", "Sample", "State")
    )
    shown = f"{contact:%d/%m/%Y}" if isinstance(contact, dt.date) else trimmed(contact)
    return Child(unique_id, name, case_id, sample, state, shown)


def _match(
    asked: Sequence[dict[str, Any]], kept: Sequence[dict[str, Any]], ours: Sequence[int], *, by_contact: bool
) -> list[int | None]:
    """For each row asked for, the place of its earlier row, or None. No earlier row is given twice."""
    found: list[int | None] = [None] * len(asked)
    ways = [_by_fingerprint, _by_case_and_date] if by_contact else [_by_fingerprint, _by_case_and_date, _by_case]
    for retired in (False, True):  # a row that somebody may be typing in comes before one that had left
        for way in ways:
            used = set(found)
            free: defaultdict[Hashable, deque[int]] = defaultdict(deque)
            for at in ours:
                if at not in used and (kept[at]["State"] == RETIRED) == retired:
                    free[way(kept[at])].append(at)
            free.pop(None, None)
            for place, child in enumerate(asked):
                same = free.get(way(child))
                if found[place] is None and same:
                    found[place] = same.popleft()
    return found


def _by_fingerprint(record: dict[str, Any]) -> Hashable:
    return trimmed(record["Fingerprint"]) or None if not trimmed(record["Case ID"]) else None


def _by_case_and_date(record: dict[str, Any]) -> Hashable:
    case = trimmed(record["Case ID"])
    return (case, trimmed(record["Contact date"])) if case else None


def _by_case(record: dict[str, Any]) -> Hashable:
    return trimmed(record["Case ID"]) or None


def _child(record: dict[Hashable, Any]) -> dict[str, Any]:
    """A row of the sample as the key keeps it: a fingerprint only where there is no case ID."""
    child = {column: _cell(record[column]) for column in ROW_COLUMNS}
    child["Case ID"] = trimmed(child["Case ID"]) or None
    if child["Case ID"] is not None:
        child["Fingerprint"] = None
    return child


def _objects(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The columns as plain Python objects, None for a blank, on a fresh index."""
    plain = {column: [_cell(value) for value in frame[column]] for column in columns}
    return pd.DataFrame(plain, columns=list(columns), dtype=object)


def _cell(value: Any) -> Any:
    if value is None or value is pd.NaT or value is pd.NA or value == "":
        return None
    if isinstance(value, float) and value != value:
        return None
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return value.item() if hasattr(value, "item") else value
