"""Check before sharing: a release copy, built new from what may be shared, and scanned byte by byte.

Only a copy in which nothing was found is written. First Review's texts are checked against the key, because those
places a person can decide (Check text for names); then the copy is built in memory, and the scanner, which knows
nothing of how it was built, reads its bytes. No message says what was found: only where, and by which rule.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.parts import told_of_risk
from xl_dipsample.actions.renewing import older_analysis
from xl_dipsample.actions.running.action import FIRST_LINE, Button, action, option
from xl_dipsample.actions.running.confirm import wanted
from xl_dipsample.actions.running.marks import initials, with_row
from xl_dipsample.actions.with_key import key_checks
from xl_dipsample.domain.publication import disclosure
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files import folders
from xl_dipsample.files.atomic import refuse_unwritable, replace_file
from xl_dipsample.privacy import audit_lines, scanner
from xl_dipsample.privacy.key import conflicts, passphrase
from xl_dipsample.privacy.names import STRONG, Searcher, text_check
from xl_dipsample.privacy.names.birth_dates import serials
from xl_dipsample.sharing import last_check, neighbours, own_cells, rows_without_id, what_was_searched
from xl_dipsample.sharing.screened_texts import texts_of
from xl_dipsample.sharing.what_lies_there import Look
from xl_dipsample.workbook.build import release_copy
from xl_dipsample.workbook.host import Host

MOST_PLACES = 200  # messages, one for each place
GO_ON = "Check all the same"
_SAMPLE_ID = re.compile(r"[0-9a-z]{16}")


@action(
    "release",
    "Check before sharing",
    "Builds the copy for the panel, scans its bytes, and says safe, or not safe and where.",
    place=70,
    subject="review",
    step=True,
    button=Button("Privacy", "FileDocumentInspect"),
)
class ReleaseOptions:
    """`to`: the folder for the copy. `own_columns`: people's own columns come along. `accept_k`: noted on Audit."""

    key: Path = option("the encrypted key of this sample", ask="open", question="Where is the key?")
    to: Path = option(
        "the folder for the copy; not the review workbook's, nor one above it",
        ask="folder",
        question="Which folder shall the panel's copy lie in? Not the review workbook's",
    )
    passphrase_file: Path | None = option(FIRST_LINE, default=None)
    own_columns: bool = option("columns that people added come along, and are scanned", default=False)
    accept_k: bool = option("note on Audit that the panel may see rows that are like no other", default=False)
    at_risk_open: bool = option(told_of_risk.OPTION, default=False)


@dataclass
class _Check:
    """One check on its way."""

    host: Host
    options: ReleaseOptions
    result: Result
    now: dt.datetime
    tables: dict[str, pd.DataFrame]
    shared: dict[str, pd.DataFrame]
    searcher: Searcher
    accepted: text_check.Accepted
    k: disclosure.KReport
    found: text_check.Open = field(default_factory=lambda: text_check.Open([], [], 0))
    to_decide: int = 0  # places that Check text for names lists
    by_hand: int = 0  # others
    older: bool = False  # the sheets of values hold words that Review has no more
    copy: bytes = b""

    @property
    def places(self) -> int:
        """How many places were found."""
        return self.to_decide + self.by_hand

    @property
    def when(self) -> str:
        """When the check was made, as the workbooks say it."""
        return last_check.stamp(self.now)

    @property
    def day(self) -> str:
        """The day of the check, as it stands in the copy's file name."""
        return f"{self.now:%Y-%m-%d}"


def run(host: Host, options: ReleaseOptions) -> Result:
    """Raises DipSampleError before anything was written: folder rule, key, passphrase, key of another sample.

    The result is not ok when something was found; then there is no copy, and a message for each place.
    """
    seen = _refuse_places(host, options)
    result = Result("release")
    told_of_risk.ask(host, GO_ON, result, said=options.at_risk_open)
    secret = passphrase.of_key(options.passphrase_file, host.ui)
    host.ui.progress("Reading the key and the review workbook", 0.0)
    check = _started(host, options, secret, result)
    neighbours.say_unread([seen], check.result)
    host.ui.progress("Looking for names in the texts", 0.2)
    _check_texts(check)
    _check_analysis(check)
    if not check.places and not check.older:
        host.ui.progress("Building and scanning the copy", 0.5)
        _build_and_scan(check)
    _ask_about_k(check)
    _say_k(check)
    rows_without_id.say(check.tables["Review"], check.result)
    _say_what_stays_behind(check)
    key_checks.notice_earlier(host.path, check.result)
    _finish(check)
    return check.result


def _refuse_places(host: Host, options: ReleaseOptions) -> Look:
    """The copy's folder is for the panel: neither the review workbook, the key nor a working workbook is there."""
    if not options.to.is_dir():
        raise FileProblem("no-folder", f"There is no folder {options.to}; make it first, or choose another.")
    if folders.lies_in_or_below(host.path, options.to):
        raise PrivacyProblem(
            "folder-of-review",
            f"The copy may not lie in the folder of {host.path.name}, or in one above it, where people could take one "
            "for the other: choose another folder with --to.",
        )
    for shared in (options.to, host.path):
        folders.refuse_shared_folder(options.key, shared)
    refuse_unwritable(options.to, "with --to")
    return neighbours.refuse_beside_names(options.to, "the panel's copy", "--to")


def _started(host: Host, options: ReleaseOptions, secret: str, result: Result) -> _Check:
    sample_id = trimmed(host.read_value("sample_id"))
    tables = {name: host.read_table(name) for name in host.tables()}
    book = key_checks.opened_for(host, options.key, secret, result, tables["Review"]).book
    options = _with_own_columns(host, options, tables)
    shared = release_copy.shared_tables(tables, own_columns=options.own_columns)
    return _Check(
        host,
        options,
        result,
        dt.datetime.now().astimezone(),
        tables,
        shared,
        text_check.searcher_of(book, sample_id),
        text_check.accepted_of(book, sample_id),
        disclosure.k_report(shared["Review"]),
    )


def _with_own_columns(host: Host, options: ReleaseOptions, tables: Mapping[str, pd.DataFrame]) -> ReleaseOptions:
    """Where people added columns, whether they come along is asked."""
    own = sum(len(headings) for headings in release_copy.own_headings(tables).values())
    if options.own_columns or not own:
        return options
    question = f"{plural(own, 'column', 'columns')} of people's own: shall they come along, and be scanned"
    return replace(options, own_columns=wanted(host.ui, question, "--own-columns"))


def _ask_about_k(check: _Check) -> None:
    """Whether the panel may see rows that are like no other, once nothing else is in the way."""
    asked = bool(check.copy) and not check.places and check.k.alone and not check.options.accept_k
    question = f"{check.k.sentence} May the panel see this? Audit then records it"
    if asked and wanted(check.host.ui, question, "--accept-k"):
        check.options = replace(check.options, accept_k=True)


def _check_texts(check: _Check) -> None:
    """The texts that a person can decide about, against the key."""
    check.found = text_check.open_places(texts_of(check.shared), check.searcher, check.accepted)
    found = check.found.strong
    check.to_decide += len(found)
    for place in found[:MOST_PLACES]:
        check.result.say(
            "error", place.rule, text_check.sentence(place), sheet=place.sheet, row=place.row, column=place.column
        )
    if check.searcher.find_in_parts(check.host.path.stem):
        check.by_hand += 1
        check.result.say("error", "file-name", "The review workbook's file name holds an identifier: rename the file.")


def _check_analysis(check: _Check) -> None:
    """Words that were taken out of Review may still stand where Refresh analysis copied them to."""
    check.older = bool(older_analysis.tables_with_older_words(check.tables))
    if check.older:
        check.result.say(
            "error",
            "analysis-older",
            "Texts on Thresholds or Language are older than Review: press Refresh analysis, and check again. There is "
            "no copy.",
            sheet="Thresholds",
        )


def _build_and_scan(check: _Check) -> None:
    """Build the copy in memory, and scan its bytes."""
    audit = with_row(check.shared["Audit"], initials(check.host), "release", {"k": check.k.k, "alone": check.k.alone})
    audit = audit.drop(columns=audit_lines.CHAIN)  # no line of a copy is followed, so none says more than it shows
    values = {name: check.host.read_value(name) for name in ("sample_id", *release_copy.AS_OF)}
    data = release_copy.made({**check.shared, "Audit": audit}, values, check.when)
    allowed = _allowed(check)
    if _SAMPLE_ID.fullmatch(trimmed(values["sample_id"])):  # ours, whatever its figures look like
        allowed = replace(allowed, known=allowed.known | {trimmed(values["sample_id"])})
    allowed = replace(allowed, stamps=last_check.stamps_of([*values.values(), check.when], check.now))
    found = scanner.scan(data, check.searcher, allowed)
    check.by_hand += len(found)
    for one in found[:MOST_PLACES]:
        check.result.say("error", one.rule, one.words)
    check.copy = data


def _allowed(check: _Check) -> scanner.Allowed:
    """Our own texts, and what people decided to keep: by unique ID, or by the text where a row has none."""
    kept = {(scope, said) for scope, said, tier in check.accepted if tier == STRONG}
    kept |= {(scope, number) for scope, said in kept for number in _as_numbers(said)}
    said_in: dict[str, list[str]] = {}
    for scope, said in kept:
        said_in.setdefault(scope, []).append(said)
    texts = [one for one in texts_of(check.shared) if one.unique_id is None]
    ways = [(way, one.scope) for one in texts for way in (one.text, *(_as_numbers(one.text) if one.whole else ()))]
    in_texts = [(way, said) for way, scope in ways for said in said_in.get(scope, ())]
    allowed = scanner.Allowed.of(release_copy.template(), kept, in_texts)
    return replace(allowed, made=own_cells.made(check.shared, check.searcher.births))


def _as_numbers(said: str) -> list[str]:
    """A date that was kept, as the numbers by which a workbook holds it.

    >>> _as_numbers("2009-03-07"), _as_numbers("synthetic name")
    (['38417', '39879'], [])
    """
    try:
        return [str(number) for number in sorted(serials([dt.date.fromisoformat(said)]))]
    except ValueError:
        return []


def _free(path: Path) -> Path:
    """A name that no earlier copy has."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} ({number}).xlsx")
        number += 1
    return candidate


def _say_k(check: _Check) -> None:
    check.result.figures |= {"k": check.k.k, "alone": check.k.alone}
    if check.k.alone and not check.options.accept_k:
        text = f"{check.k.sentence} If the panel may see this, say so with --accept-k: Audit then records it."
        check.result.say("warning", "k", text, sheet="Review")
    else:
        check.result.say("note", "k", check.k.sentence, sheet="Review")


def _say_what_stays_behind(check: _Check) -> None:
    """How many of what did not come along; the names of sheets, columns and people stay behind as well."""
    left = _of_file(check.host.path)
    own = release_copy.own_headings(check.tables)
    if own and not check.options.own_columns:
        left["columns of people's own"] = sum(len(headings) for headings in own.values())
    if len(check.tables.get("SetAside", ())):
        left["rows of Set aside"] = len(check.tables["SetAside"])
    check.result.figures["left_behind"] = left
    if left:
        listed = ", ".join(f"{what} ({number})" for what, number in left.items())
        check.result.say("note", "left-behind", f"Stays behind in the review workbook: {listed}.")
    if own and check.options.own_columns:
        _say_weak(check, own)


def _say_weak(check: _Check, own: Mapping[str, list[str]]) -> None:
    """People's own columns come along: what is only worth a look is listed for them."""
    texts = [one for one in texts_of(check.shared) if one.column in own.get(one.table, ())]
    found = [one for one in text_check.find(texts, check.searcher, check.accepted) if not one.strong]
    for place in sorted({place for one in found for place in text_check.places_of(one)})[:MOST_PLACES]:
        check.result.say("warning", "worth-a-look", "Worth a look before sharing: this may be a name.",
                         sheet=place.sheet, row=place.row, column=place.column)  # fmt: skip


def _of_file(path: Path) -> dict[str, int]:
    try:
        return release_copy.left_behind(path.read_bytes())
    except OSError:  # open in Excel on a share: what it holds cannot be counted
        return {}


def _what_to_do(check: _Check) -> str:
    decide = "Decide them on Text check: press Check text for names"
    correct = "Correct by hand what the lines above name"
    if not check.by_hand:
        return f"{decide}, and then check again."
    if not check.to_decide:
        return f"{correct}, and check again."
    return f"{decide}. {correct} besides, and check again."


def _say_what_lies_beside(check: _Check) -> None:
    """Text check lists beside the key, once they have done their work."""
    lists = conflicts.beside(check.options.key, neighbours.TEXT_CHECK)
    if lists:
        counted = plural(len(lists), "Text check list lies", "Text check lists lie")
        result = check.result
        result.figures["text_check_lists"] = len(lists)
        result.say(
            "note",
            "text-check-there",
            f"{counted} beside the key. They show words that may say who a child is: delete what is decided.",
        )


def _finish(check: _Check) -> None:
    result, places = check.result, check.places
    rows = len(check.shared["Review"])
    result.figures |= {"rows": rows, "places": places}
    figures = {"rows": rows, "places": places, "k": check.k.k, "alone": check.k.alone}
    if places or check.older:
        result.ok = False
        last_check.remember_not_safe(check.host, check.when)
    result.audit = figures
    if check.older and not places:
        return
    if places:
        found = f"Not safe to share: {plural(places, 'place')}. There is no copy."
        result.say("error", "not-safe", f"{found} {_what_to_do(check)}")
        more = places - MOST_PLACES
        if more > 0:
            result.say("note", "more-places", f"{more} more places are not listed.")
        return
    _say_what_lies_beside(check)
    named = check.searcher.has_names
    if named:
        last_check.remember_safe(check.host, check.when)
    else:
        result.ok = False
        last_check.remember_not_safe(check.host, check.when)
    if check.options.accept_k:
        figures["k_accepted"] = 1
    result.mark(f"Safe to share: {rows} rows" if named else f"Names not checked: {rows} rows", done=named)
    path = _free(check.options.to / f"{check.host.path.stem} release {check.day}.xlsx")
    replace_file(check.copy, path)  # last: what is refused before leaves no copy
    result.made.append(path)  # nor does a review workbook that cannot be saved
    result.files.append(str(path))
    holds = f"{path.name} holds {rows} rows, and nothing of what was looked for is in it."
    result.say("note", "safe" if named else "copy-made", f"Safe to share: {holds}" if named else holds)
    what_was_searched.say(check.searcher, result)
    figures["worth_a_look"] = result.figures["worth_a_look"] = check.found.looks
    looks = what_was_searched.looks_open(check.found)
    if looks:
        result.say("warning", "looks-open", f"{looks} Press Check text for names to see them.", sheet="Review")
