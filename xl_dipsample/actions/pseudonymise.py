"""Pseudonymise: unique IDs, the encrypted key, the reading list, and a new review workbook without names.

The order is that of PRIVACY: lock, rows pending in the key, review workbook in place, rows committed. A crash
anywhere leaves at worst an unused ID, never an ID without a row in the key.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.narrow import Working, read_and_narrow
from xl_dipsample.actions.parts.choose_sheet import ordinal
from xl_dipsample.actions.review_workbook import Earlier, read_earlier, tables_for
from xl_dipsample.actions.running import snapshots
from xl_dipsample.actions.running.marks import append_audit, initials, mark_done, with_row
from xl_dipsample.actions.with_key import key_checks
from xl_dipsample.domain.narrowing import case_decisions
from xl_dipsample.domain.shared import columns_read
from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem, WorkbookProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files import folders, locks
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.privacy import audit
from xl_dipsample.privacy.key import in_place, key_book, key_file, passphrase, reading_list
from xl_dipsample.privacy.names import text_check
from xl_dipsample.sharing import built_check, lead_words
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Host

LEFTOVER_START, LEFTOVER_END = ".dipsample-", ".tmp"  # how workbook.atomic names its temporary files
GO_ON, STOP = "Go on with the included cases", "Stop"


@dataclass(frozen=True)
class PseudonymiseOptions:
    """Where things go, and the answers to the questions that this action asks."""

    review: Path
    key: Path
    reading_list: Path | None = None
    reading_passphrase_file: Path | None = None
    passphrase_file: Path | None = None
    second_keyholder: bool = False
    second_keyholder_file: Path | None = None
    no_second_keyholder: bool = False
    without_undecided: bool = False


@dataclass(frozen=True)
class _Secrets:
    """Passphrases, asked for before anything is written."""

    key: str
    reading: str | None
    second: str | None


def run(host: Host, options: PseudonymiseOptions) -> Result:
    """Raises DipSampleError before anything was written; afterwards only a crash can interrupt."""
    _refuse_places(host, options)
    host.ui.progress("Reading the long list", 0.0)
    work = read_and_narrow(host)
    _refuse_stale(host, work)
    _ask_about_undecided(host, work, options)
    sample_id = str(host.read_value("sample_id") or "")
    earlier = read_earlier(options.review, sample_id, host.ui)
    _refuse_lost_key(options, earlier)
    secret = _ask_secrets(host, options)
    for shown in (options.review, options.reading_list):
        if shown is not None:
            _refuse_unwritable(shown)
    result = Result("pseudonymise")
    with locks.held(options.key):
        for folder in (options.review.parent, host.path.parent):
            _remove_leftovers(folder)
        book = key_file.open_key(options.key, secret.key) if options.key.exists() else key_book.KeyBook()
        if earlier is not None:
            key_checks.refuse_another_key(book, earlier.tables["Review"], sample_id, options.review, options.key)
        key_checks.notice_copies(book, secret.key, options.key, options.review, result)
        book, escrow = key_checks.with_second_keyholder(
            book, secret.key, secret.second, options.key, on_purpose=options.no_second_keyholder
        )
        sample = columns_read.trimmed(host.read_value("sample_name")) or f"Sample {sample_id[:6]}"
        book, unique_ids = _assign(book, work, sample, sample_id)
        host.ui.progress("Building the review workbook", 0.3)
        # in memory, before anything is written: what cannot be built is refused and leaves nothing behind
        tables, data = _built(host, work, unique_ids, earlier, sample, sample_id)
        searcher = text_check.searcher_of(book, sample_id)
        lead_words.refuse_identifiers(tables, searcher, text_check.accepted_of(book, sample_id), options.review)
        host.ui.progress("Looking through the review workbook", 0.4)
        was = earlier.tables if earlier is not None else {}
        built_check.refuse_identifiers(data, tables, was, searcher, options.review)
        built_check.say_what_came_along(was, searcher, result)
        host.ui.progress("Writing the key", 0.5)
        pending = _write_pending(options.key, book, secret.key)
        if escrow is not None:
            result.files.append(str(passphrase.put_escrow(options.key, escrow)))
        _put_review(data, options.review, result)
        result.figures["set_aside"] = len(tables.get("SetAside", ()))
        committed = _anchor(host, key_book.commit(pending, sample_id), sample_id)
        written = key_file.write_key(options.key, committed, secret.key)
        result.files.append(str(written.path))
        if not written.in_place:
            result.ok = False
            result.say("warning", "key-not-in-place", written.sentence)
    if options.reading_list is not None and secret.reading is not None:
        _write_reading_list(host, work, unique_ids, options.reading_list, secret)
        result.files.append(str(options.reading_list))
    _finish(host, work, unique_ids, earlier, options, result)
    return result


def _refuse_places(host: Host, options: PseudonymiseOptions) -> None:
    """Identifiable files may not lie in or below the folder of the review workbook."""
    copies = snapshots.folder_of(host.path, host.kind)  # they hold names too
    for identifiable in (host.path, copies, options.key, options.reading_list):
        if identifiable is not None:
            folders.refuse_shared_folder(identifiable, options.review)
    places = [p.resolve() for p in (host.path, options.key, options.reading_list, options.review) if p is not None]
    if len(set(places)) < len(places):
        raise FileProblem("same-file", "The key, the reading list and the review workbook need different names.")


def _write_pending(path: Path, book: key_book.KeyBook, secret: str) -> key_book.KeyBook:
    """The key with its pending rows, in place, before any ID can be seen elsewhere."""
    written = key_file.write_key(path, book, secret)
    if not written.in_place:  # nothing refers to these IDs yet, so the file beside it is of no use
        written.path.unlink(missing_ok=True)
        raise PrivacyProblem("key-held", f"{path.name} is held by another program; close it there and try again.")
    return written.book


def _refuse_lost_key(options: PseudonymiseOptions, earlier: Earlier | None) -> None:
    """A review workbook without its key: new IDs would set everything aside that reviewers typed."""
    if earlier is not None and not options.key.exists():
        raise PrivacyProblem(
            "key-missing",
            f"{options.review.name} has unique IDs of a key that is not at {options.key.name}; name that key.",
        )


def _refuse_stale(host: Host, work: Working) -> None:
    """The funnel on the sheets must be the one that the settings give now."""
    shown = host.read_table("CaseCheck")
    if host.read_table("Funnel").empty:
        raise WorkbookProblem("not-narrowed", "The long list is not narrowed down yet; press Narrow down first.")
    shown = shown[shown["Record"].notna()].sort_values("Record", kind="stable")  # people may have sorted the sheet
    same = list(shown["Record"]) == list(work.check["Record"]) and all(
        [columns_read.trimmed(cell) for cell in shown[name]]
        == [columns_read.trimmed(cell) for cell in work.check[name]]
        for name in ("Case ID", "Contact date", "Age at time of contact", "Type of harm")
    )
    if not same:
        raise WorkbookProblem(
            "narrow-again",
            "Settings or the long list changed since Narrow down, so Case check is out of date; narrow down again.",
        )


def _ask_about_undecided(host: Host, work: Working, options: PseudonymiseOptions) -> None:
    undecided, included = work.narrowed.undecided, int(work.narrowed.in_sample.sum())
    if undecided and not options.without_undecided:
        question = f"{undecided} cases on Case check are not decided. Go on with the {included} included ones"
        if host.ui.choose(question, (GO_ON, STOP), "--without-undecided, or decide them first") != GO_ON:
            raise WorkbookProblem("undecided", f"{undecided} cases are not decided; decide them on Case check first.")
    if not included:
        raise WorkbookProblem("sample-empty", "No case is in the sample; decide cases on Case check first.")


def _ask_secrets(host: Host, options: PseudonymiseOptions) -> _Secrets:
    is_new = not options.key.exists()
    own = passphrase.read_passphrase(
        options.passphrase_file, passphrase.KEY_VARIABLE, host.ui, "Passphrase of the key", new=is_new
    )
    second = reading = None
    if options.second_keyholder or options.second_keyholder_file is not None:
        second = passphrase.read_passphrase(
            options.second_keyholder_file,
            None,
            host.ui,
            "Passphrase of the second keyholder",
            new=True,
            option="--second-keyholder-file",
        )
        if second == own:
            raise PrivacyProblem(
                "passphrase-same", "The second keyholder needs another passphrase than the key's: choose a new one."
            )
        in_place.refuse_open_elsewhere(passphrase.escrow_path(options.key))
    if options.reading_list is not None:
        reading = passphrase.read_passphrase(
            options.reading_passphrase_file,
            passphrase.READING_VARIABLE,
            host.ui,
            "Passphrase of the reading list",
            new=not options.reading_list.exists(),
            option="--reading-passphrase-file",
        )
        if reading == own:
            raise PrivacyProblem(
                "passphrase-same", "The reading list needs a passphrase of its own, not the key's; choose another."
            )
        in_place.refuse_open_elsewhere(options.reading_list)
        if options.reading_list.exists():
            reading_list.read(options.reading_list, reading)  # refuses another file before anything is written
    return _Secrets(own, reading, second)


def _refuse_unwritable(path: Path) -> None:
    """Find out before the key is written whether a file can be written there."""
    try:
        handle, name = tempfile.mkstemp(prefix=LEFTOVER_START, suffix=LEFTOVER_END, dir=path.parent)
    except OSError as error:
        raise FileProblem(
            "folder-locked", f"The folder {path.parent} cannot be written to; choose another for {path.name}."
        ) from error
    os.close(handle)
    Path(name).unlink()


def _remove_leftovers(folder: Path) -> None:
    """Temporary files beside the review workbook and the working workbook of a run that was killed."""
    for leftover in folder.glob(f"{LEFTOVER_START}*{LEFTOVER_END}"):
        with contextlib.suppress(OSError):  # another program looks at it: the next run will get it
            leftover.unlink()


def _assign(book: key_book.KeyBook, work: Working, sample: str, sample_id: str) -> tuple[key_book.KeyBook, pd.Series]:
    listed = work.listed[work.narrowed.in_sample]
    rows = listed[["Case ID", "Name", "Date of birth", "Contact date", "Record"]].copy()
    rows["Fingerprint"] = case_decisions.marks_of(listed, work.source_columns)
    book, unique_ids = key_book.assign(book, rows.astype(object), sample, sample_id, work.criteria.unit)
    return key_book.with_names(book, work.listed), unique_ids


def _built(
    host: Host, work: Working, unique_ids: pd.Series, earlier: Earlier | None, sample: str, sample_id: str
) -> tuple[dict[str, pd.DataFrame], bytes]:
    """The review workbook's tables and its bytes."""
    tables = tables_for(host, work, unique_ids, earlier)
    audited = tables.get("Audit", pd.DataFrame())
    tables["Audit"] = with_row(audited, initials(host), "pseudonymise", {"rows": len(unique_ids)})
    as_of = earlier.as_of if earlier else {}
    return tables, build("review", tables, {**as_of, "sample_id": sample_id, "sample_name": sample})


def _put_review(data: bytes, path: Path, result: Result) -> None:
    """The new review workbook in place, the old one kept beside it."""
    if path.exists():
        kept = _dated(path)
        replace_file(path.read_bytes(), kept)
        result.files.append(str(kept))
        result.say(
            "note", "old-kept", f"The earlier review workbook is kept as {kept.name}; delete it when it is not needed."
        )
    replace_file(data, path)
    result.files.insert(0, str(path))


def _dated(path: Path) -> Path:
    """A free name beside it that says when the file was replaced."""
    stamp = dt.datetime.now().astimezone().strftime("%Y-%m-%d %H%M%S")
    candidate, number = path.with_name(f"{path.stem} until {stamp}.xlsx"), 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} until {stamp} ({number}).xlsx")
        number += 1
    return candidate


def _anchor(host: Host, book: key_book.KeyBook, sample_id: str) -> key_book.KeyBook:
    """The key remembers how far the audit log beside the working workbook went before this action."""
    head = audit.head(audit.log_path(host.path))
    return key_book.with_anchor(book, sample_id, head.lines, head.sha256, dt.datetime.now(dt.UTC))


def _write_reading_list(host: Host, work: Working, unique_ids: pd.Series, path: Path, secret: _Secrets) -> None:
    listed = work.listed.loc[unique_ids.index]
    part = columns_read.trimmed(host.read_table("Focus").set_index("Setting")["Value"].get("Part of the file"))
    frame = pd.DataFrame(
        {
            "Unique ID": unique_ids,
            "Case ID": listed["Case ID"],
            "Contact date": listed["Contact date"],
            "Part of the file": part,
        },
        dtype=object,
    )
    reading_list.write(path, frame, str(secret.reading), key_passphrase=secret.key)


def _finish(
    host: Host,
    work: Working,
    unique_ids: pd.Series,
    earlier: Earlier | None,
    options: PseudonymiseOptions,
    result: Result,
) -> None:
    result.figures |= {"sample": len(unique_ids), "undecided": work.narrowed.undecided}
    result.say("note", "pseudonymised", f"{len(unique_ids)} cases have a unique ID in {options.review.name}.")
    if work.narrowed.undecided:
        result.say(
            "note",
            "follow-later",
            f"{work.narrowed.undecided} undecided cases can follow: decide them and press again.",
        )
    if result.figures["set_aside"]:
        result.say(
            "note",
            "set-aside",
            f"Rows that left after somebody typed in them: {result.figures['set_aside']}.",
            sheet="Set aside",
        )
    if earlier is not None and earlier.own_sheets:
        result.say(
            "warning",
            "sheets-not-carried",
            "Sheets that people added are not carried over; they are only in the old file: "
            f"{', '.join('the ' + ordinal(number) for number in earlier.own_sheets)} sheet.",
        )
    figures = {
        "sample": len(unique_ids),
        "undecided": work.narrowed.undecided,
        "second_keyholders": int(passphrase.escrow_path(options.key).exists()),
    }
    found = f"{len(unique_ids)} unique IDs"
    if not figures["second_keyholders"]:
        figures["refused_a_second_keyholder"] = int(options.no_second_keyholder)
        found += "; no second keyholder" + (", on purpose" if options.no_second_keyholder else "")
        result.say(
            "warning",
            "no-second-keyholder",
            "Nobody else holds the key's passphrase: if it is lost, no unique ID can be traced back to its case. "
            "dipsample key keyholder KEY mends that.",
        )
    append_audit(host, "pseudonymise", figures)
    mark_done(host, "pseudonymise", found)
    host.open_after(options.review)
