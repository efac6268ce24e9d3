"""Pseudonymise: unique IDs, the encrypted key, the reading list, and a new review workbook without names.

The order (docs/design.md, section 10): lock, rows pending in the key, review workbook in place, rows committed. A crash
anywhere leaves at worst an unused ID, never an ID without a row in the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.narrow import Working, read_and_narrow, refuse_stale
from xl_dipsample.actions.parts import picked_questions, taken_packs, told_of_rebuild, told_of_risk
from xl_dipsample.actions.parts.choose_sheet import ordinal
from xl_dipsample.actions.review_workbook import SHARED_SETTINGS, Earlier, read_earlier, tables_for
from xl_dipsample.actions.running import beside_on_start, older_copies, snapshots
from xl_dipsample.actions.running.action import FIRST_LINE, Button, action, option
from xl_dipsample.actions.running.confirm import confirm
from xl_dipsample.actions.running.marks import initials, with_row
from xl_dipsample.actions.with_key import contact_day, key_checks, typed_by_lead, words_of_team
from xl_dipsample.domain.narrowing import case_decisions
from xl_dipsample.domain.pseudonymise.words_from_review import Returned
from xl_dipsample.domain.shared import columns_read, standing
from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem, WorkbookProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files import folders, locks
from xl_dipsample.files.atomic import refuse_unwritable, remove_leftovers, replace_file
from xl_dipsample.privacy.key import key_book, key_file, names_listed, passphrase, reading_list
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.names import text_check
from xl_dipsample.sharing import built_check, lead_words, neighbours, what_was_searched
from xl_dipsample.sharing.what_lies_there import Look
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import defaults, spec

GO_ON = "Go on with the included cases"


@action(
    "pseudonymise",
    "Pseudonymise",
    "Gives unique IDs, writes the encrypted key, and builds a new review workbook without names.",
    place=50,
    subject="working",
    step=True,
    button=Button("Privacy", "Lock"),
)
class PseudonymiseOptions:
    """Where things go, and the answers to the questions that this action asks."""

    review: Path = option(
        "the review workbook to make or renew",
        ask="save",
        question="Where shall the review workbook lie? A folder that the reviewers can open",
        name="review.xlsx",
    )
    key: Path = option(
        "the encrypted key; not in or below the review workbook's folder",
        ask="save",
        question="Where shall the key lie? Not in the review workbook's folder",
        name="key.xlsx",
    )
    reading_list: Path | None = option(
        "an encrypted list for reviewers: unique ID, case ID, contact date",
        default=None,
        ask="save",
        question="Where shall the reading list lie? Not in the review workbook's folder",
        name="reading list.xlsx",
    )
    reading_passphrase_file: Path | None = option(
        "a file whose first line is the reading list's passphrase",
        default=None,
    )
    passphrase_file: Path | None = option(FIRST_LINE, default=None)
    second_keyholder: bool = option(
        "ask a second keyholder for a passphrase of their own",
        default=False,
        ask="yes",
        question="Is a second keyholder here to type a passphrase of their own? Without one, a lost passphrase "
        "means that no unique ID can be traced back",
    )
    second_keyholder_file: Path | None = option(
        "a file whose first line is the second keyholder's passphrase",
        default=None,
    )
    no_second_keyholder: bool = option("go on without a second keyholder", default=False)
    contact_day: bool = option(
        "the review workbook shows the exact day of contact, not its month; Criteria keeps that choice",
        default=False,
    )
    without_undecided: bool = option("go on with the included cases; the others can follow later", default=False)


@dataclass(frozen=True)
class _Secrets:
    """Passphrases, asked for before anything is written."""

    key: str
    reading: str | None
    second: str | None


@dataclass(frozen=True)
class _Run:
    """What is known before anything is written. `earlier`: what the review workbook holds that is there already."""

    host: Host
    options: PseudonymiseOptions
    work: Working
    earlier: Earlier | None
    words: Returned | None
    sample_id: str
    sample: str
    result: Result

    @property
    def earlier_tables(self) -> Mapping[str, pd.DataFrame]:
        """The tables of the earlier review workbook, by name."""
        return self.earlier.tables if self.earlier else {}


def run(host: Host, options: PseudonymiseOptions) -> Result:
    """Raises DipSampleError before anything was written; afterwards only a crash can interrupt."""
    beside = _refuse_places(host, options)
    if options.contact_day:
        contact_day.choose_the_day(host)
    run = _started(host, options)
    picked_questions.take_over(host, run.result)
    beside.say(options, run.result)
    secret = _ask_secrets(host, options)
    for shown in filter(None, (options.review, options.reading_list)):
        refuse_unwritable(shown.parent, f"for {shown.name}")
    with locks.held(options.key):
        for folder in (options.review.parent, host.path.parent):
            remove_leftovers(folder)
        key, escrow = _opened_key(run, secret)
        key, unique_ids = _with_rows(run, key)
        # in memory, before anything is written: what cannot be built, or is not safe, leaves nothing behind
        key, tables, data = _built(run, key, unique_ids, beside.review)
        _scan(run, key.book, unique_ids, tables, data)
        host.ui.progress("Writing the key", 0.5)
        pending = key_file.write_in_place(key)  # before any ID can be seen elsewhere
        if escrow is not None:
            run.result.files.append(str(passphrase.put_escrow(options.key, escrow)))
        _put_review(data, options.review, run.result)
        _commit(run, pending, tables["Audit"])
    if options.reading_list is not None and secret.reading is not None:
        _write_reading_list(run, unique_ids, options.reading_list, secret)
    contact_day.say_k(tables["Review"], run.result)
    told_of_risk.say_set_aside(tables, run.result)
    words_of_team.say(run.words, tables, run.work.criteria.lists, run.result)
    run.result.figures["set_aside"] = len(tables.get("SetAside", ()))
    _finish(host, run.work, unique_ids, run.earlier, options, run.result)
    return run.result


@dataclass(frozen=True)
class _Beside:
    """What of the other kind lies beside the review workbook that is renewed, and beside key and reading list."""

    review: Look
    others: dict[Path, Look]

    def say(self, options: PseudonymiseOptions, result: Result) -> None:
        """Name it in the result."""
        neighbours.say_beside(self.review, options.review.name, "review", result)
        for path, look in self.others.items():
            neighbours.say_beside(look, path.name, "working", result)


def _refuse_places(host: Host, options: PseudonymiseOptions) -> _Beside:
    """Identifiable files may not lie in or below the folder of the review workbook."""
    copies = snapshots.folder_of(host.path, host.kind)  # they hold names too
    for identifiable in filter(None, (host.path, copies, options.key, options.reading_list)):
        folders.refuse_shared_folder(identifiable, options.review)
    places = [p.resolve() for p in (host.path, options.key, options.reading_list, options.review) if p is not None]
    if len(set(places)) < len(places):
        raise FileProblem("same-file", "The key, the reading list and the review workbook need different names.")
    others = {
        path: neighbours.shared_above(path) if path.exists() else neighbours.refuse_among_shared(path, path.name)
        for path in filter(None, (options.key, options.reading_list))
    }
    review, told = options.review, beside_on_start.remembered(host)
    if review.exists():
        return _Beside(neighbours.beside_renewed(review, "review", told), others)
    return _Beside(neighbours.refuse_beside_names(review.parent, "the review workbook", "--review", told), others)


def _started(host: Host, options: PseudonymiseOptions) -> _Run:
    """The long list, narrowed down, and the review workbook that is there already."""
    host.ui.progress("Reading the long list", 0.0)
    packs = taken_packs.take(host)
    sample_id = str(host.read_value("sample_id") or "")
    earlier = read_earlier(options.review, sample_id, host.ui)
    words = words_of_team.bring(host, earlier)
    work = read_and_narrow(host)
    refuse_stale(host, work)
    _ask_about_undecided(host, work, options)
    result = Result("pseudonymise")
    packs.say(result)
    if not work.listed["Name"].map(columns_read.trimmed).any():
        host.ui.tell(what_was_searched.NO_NAMES)  # before the sample is made
        result.say("warning", "names-not-checked", what_was_searched.NO_NAMES)
    if earlier is not None and not options.key.exists():  # new IDs would set everything aside that reviewers typed
        raise PrivacyProblem(
            "key-missing",
            f"{options.review.name} has unique IDs of a key that is not at {options.key.name}; name that key.",
        )
    sample = columns_read.trimmed(host.read_value("sample_name")) or f"Sample {sample_id[:6]}"
    return _Run(host, options, work, earlier, words, sample_id, sample, result)


def _ask_about_undecided(host: Host, work: Working, options: PseudonymiseOptions) -> None:
    undecided, included = work.narrowed.undecided, int(work.narrowed.in_sample.sum())
    if undecided and included and not options.without_undecided:
        question = f"{undecided} cases on Case check are not decided. Go on with the {included} included ones"
        problem = WorkbookProblem("undecided", f"{undecided} cases are not decided; decide them on Case check first.")
        confirm(host.ui, question, GO_ON, "--without-undecided, or decide them first", problem)
    if not included:
        raise WorkbookProblem("sample-empty", "No case is in the sample; decide cases on Case check first.")


def _ask_secrets(host: Host, options: PseudonymiseOptions) -> _Secrets:
    own = passphrase.of_key(options.passphrase_file, host.ui, new=not options.key.exists())
    second = reading = None
    if options.second_keyholder or options.second_keyholder_file is not None:
        second = passphrase.of_new_second_keyholder(options.key, own, options.second_keyholder_file, host.ui)
    if options.reading_list is not None:
        reading = reading_list.ask_passphrase(options.reading_list, own, options.reading_passphrase_file, host.ui)
    return _Secrets(own, reading, second)


def _opened_key(run: _Run, secret: _Secrets) -> tuple[OpenKey, passphrase.Escrow | None]:
    """The key, or a new one, and the second keyholder's file that is to lie beside it."""
    options = run.options
    new = not options.key.exists()
    key = OpenKey(options.key, secret.key) if new else key_file.open_key(options.key, secret.key)
    if run.earlier is not None:
        key_checks.refuse_another_key(key, run.earlier.tables["Review"], run.sample_id, options.review)
    key_checks.notice_copies(key, options.review, run.result)
    return key_checks.with_second_keyholder(key, secret.second, on_purpose=options.no_second_keyholder)


def _with_rows(run: _Run, key: OpenKey) -> tuple[OpenKey, pd.Series]:
    """The key with every row of the sample and every name of the long list, and the unique IDs of the rows."""
    work = run.work
    listed = work.listed[work.narrowed.in_sample]
    rows = listed[["Case ID", "Name", "Date of birth", "Contact date", "Record"]].copy()
    rows["Fingerprint"] = case_decisions.marks_of(listed, work.source_columns)
    book, unique_ids = key_book.assign(key.book, rows.astype(object), run.sample, run.sample_id, work.criteria.unit)
    return key.with_book(key_book.with_names(book, names_listed.entries(work.listed, work.source_columns))), unique_ids


def _built(
    run: _Run, key: OpenKey, unique_ids: pd.Series, seen: Look
) -> tuple[OpenKey, dict[str, pd.DataFrame], bytes]:
    """The key with what was decided, the review workbook's tables and its bytes."""
    run.host.ui.progress("Building the review workbook", 0.3)
    tables = tables_for(run.host, run.work, unique_ids, run.earlier)
    tables |= words_of_team.aside(run.words)
    key, tables = _searched(run, key, tables)
    audited = tables.get("Audit", pd.DataFrame())
    review, plain = run.options.review, defaults.default(spec.table("review", "Start"))
    start = older_copies.noted(plain, older_copies.sentence(review))
    start = beside_on_start.in_review(plain if start is None else start, review, seen) if seen.found else start
    if start is not None:
        tables["Start"] = start
    tables["Audit"] = with_row(audited, initials(run.host), "pseudonymise", {"rows": len(unique_ids)})
    as_of = run.earlier.as_of if run.earlier else {}
    return key, tables, build("review", tables, {**as_of, "sample_id": run.sample_id, "sample_name": run.sample})


def _searched(run: _Run, key: OpenKey, tables: dict[str, pd.DataFrame]) -> tuple[OpenKey, dict[str, pd.DataFrame]]:
    """What the lead typed, looked through: refused, or decided by the lead. Raises PrivacyProblem."""
    book, options = key.book, run.options
    searcher, accepted = text_check.searcher_of(book, run.sample_id), text_check.accepted_of(book, run.sample_id)
    places = words_of_team.places(run.words)
    lead_words.refuse_identifiers(tables, searcher, accepted, options.review, places)
    typed = {name: frame for name, frame in tables.items()
             if (name in lead_words.TYPED and name not in run.earlier_tables) or name in SHARED_SETTINGS}  # fmt: skip
    where = typed_by_lead.Where(options.review, options.key, run.sample_id, places)
    changed, book = typed_by_lead.decided(run.host, typed, book, where, run.result)
    return key.with_book(book), tables | changed


def _scan(
    run: _Run, book: key_book.KeyBook, unique_ids: pd.Series, tables: Mapping[str, pd.DataFrame], data: bytes
) -> None:
    """Refuse what would say who a child is: in what the lead typed, and anywhere in the bytes."""
    review, was = run.options.review, run.earlier_tables
    searcher = text_check.searcher_of(book, run.sample_id)
    built_check.refuse_own_birth(tables["Review"], searcher.births, _rows_of(run.work.listed, unique_ids))
    run.host.ui.progress("Looking through the review workbook", 0.4)
    built_check.refuse_identifiers(data, tables, was, searcher, review)
    built_check.say_what_came_along(was, searcher, run.result)


def _rows_of(listed: pd.DataFrame, unique_ids: pd.Series) -> dict[str, tuple[int, int]]:
    """Unique ID -> Record and Excel row of Long list."""
    first = standing.first_row(listed, spec.table("working", "LongList").first_row)
    places = listed.index.get_indexer(unique_ids.index)
    records = listed["Record"].loc[unique_ids.index]
    return {
        str(unique_id): (int(record), first + int(place))
        for unique_id, record, place in zip(unique_ids, records, places, strict=True)
    }


def _put_review(data: bytes, path: Path, result: Result) -> None:
    """The new review workbook in place; the old one among the snapshots of this user, not in the share."""
    taken = snapshots.take_file(path, "review", "pseudonymise") if path.exists() else None
    try:
        replace_file(data, path)
    except BaseException:
        if taken is not None:
            snapshots.discard(taken)
        raise
    result.files.insert(0, str(path))
    if taken is not None:
        kept = snapshots.keep(taken).path
        result.files.append(str(kept))
        result.say(
            "note",
            "old-kept",
            f"The earlier review workbook is kept on this computer for {snapshots.DAYS} days, as {kept}.",
        )
    copies = older_copies.sentence(path)
    if copies:
        result.say("warning", "older-copies", copies, sheet="Start")


def _commit(run: _Run, pending: OpenKey, lines: pd.DataFrame) -> None:
    """The review workbook has the rows now; the key also remembers how far the audit log and its Audit went."""
    committed = pending.with_book(key_book.commit(pending.book, run.sample_id))
    committed = key_checks.with_lines(committed, lines, run.sample_id, run.options.review.name, run.result)
    key_checks.write_or_warn(key_checks.anchored(committed, run.host.path, run.sample_id), run.result)


def _write_reading_list(run: _Run, unique_ids: pd.Series, path: Path, secret: _Secrets) -> None:
    listed = run.work.listed.loc[unique_ids.index]
    focus = run.host.read_table("Focus").set_index("Setting")["Value"]
    frame = pd.DataFrame(
        {
            "Unique ID": unique_ids,
            "Case ID": listed["Case ID"],
            "Contact date": listed["Contact date"],
            "Part of the file": columns_read.trimmed(focus.get("Part of the file")),
        },
        dtype=object,
    )
    reading_list.write(path, frame, str(secret.reading), key_passphrase=secret.key)
    run.result.files.append(str(path))


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
    if earlier is not None:
        told_of_rebuild.say(earlier, set(unique_ids), result)
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
            key_checks.NOBODY_ELSE,
        )
    result.audit = figures
    result.mark(found)
    host.open_after(options.review)
