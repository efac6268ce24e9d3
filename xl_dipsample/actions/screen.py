"""Check text for names: what may say who a child is in the texts of a review workbook, listed for a person to decide.

The words that are found stand on the Text check list beside the key and nowhere else
(docs/decisions/0010-where-the-text-check-lies.md). Each press takes over what was decided there, checks again, and
lists what is open. Messages, Audit and figures say where and by which rule, and how many.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.running.action import FIRST_LINE, Button, action, option
from xl_dipsample.actions.running.confirm import wanted
from xl_dipsample.actions.running.marks import initials, local_time
from xl_dipsample.actions.with_key import key_checks
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.exports.preflight import preflight
from xl_dipsample.files import folders, locks
from xl_dipsample.files.atomic import remove_leftovers, replace_file
from xl_dipsample.privacy.key import in_place, key_book, passphrase
from xl_dipsample.privacy.names import Searcher, text_check
from xl_dipsample.privacy.names.text_check import Finding
from xl_dipsample.sharing import neighbours, text_decisions, what_was_searched
from xl_dipsample.sharing.screened_texts import texts_of
from xl_dipsample.workbook.build import text_check_list
from xl_dipsample.workbook.build.text_check_list import TextCheckList
from xl_dipsample.workbook.host import Host

STEP = "Check text for names"
MOST_PLACES = 50  # messages, one for each place
_MINUTE = 60.0


@action(
    "screen",
    "Check text for names",
    "Looks for names and other identifiers in the texts, and lists them beside the key for you to decide.",
    place=60,
    subject="review",
    step=True,
    button=Button("Privacy", "DataValidationCircleInvalid"),
)
class ScreenOptions:
    """The key, and whether the proposed role takes the place of everything that must be decided."""

    key: Path = option("the encrypted key of this sample", ask="open", question="Where is the key?")
    passphrase_file: Path | None = option(FIRST_LINE, default=None)
    roles: bool = option("put the proposed role in the place of everything that must be decided", default=False)


@dataclass(frozen=True)
class _Screened:
    """The tables, and what nobody has decided in them."""

    frames: dict[str, pd.DataFrame]
    texts: int
    findings: list[Finding]

    @property
    def strong(self) -> list[Finding]:
        return [one for one in self.findings if one.strong]


def list_path(review: Path, key_path: Path) -> Path:
    """Where the Text check list of a review workbook lies: beside the key.

    >>> list_path(Path("/share/autumn review.xlsx"), Path("/restricted/autumn key.xlsx")).name
    'autumn review text check.xlsx'
    """
    return Path(os.path.realpath(key_path)).with_name(f"{review.stem} text check.xlsx")


def run(host: Host, options: ScreenOptions) -> Result:
    """Raises DipSampleError before anything was written: folder rule, key, passphrase, a list that is open."""
    where = list_path(host.path, options.key)
    for identifiable in (options.key, where):
        folders.refuse_shared_folder(identifiable, host.path)
    refuse_open(where)
    seen = neighbours.shared_above(where) if where.exists() else neighbours.refuse_among_shared(where, where.name)
    secret = passphrase.of_key(options.passphrase_file, host.ui)
    sample_id = trimmed(host.read_value("sample_id"))
    with locks.held(options.key):
        result = Result("screen")
        neighbours.say_beside(seen, where.name, "working", result)
        key = key_checks.opened_for(host, options.key, secret, result)
        listed, kept = earlier_list(where, sample_id)
        back = text_decisions.taken_back(key.book.accepted, sample_id, kept)
        book = key_book.with_accepted(key.book, back) if len(back) else key.book
        host.ui.progress("Looking for names", 0.2)
        searcher = text_check.searcher_of(book, sample_id)
        before = _screen(host, searcher, book, sample_id)
        decided = _decided(host, options, before.findings, listed)
        changed = text_decisions.changed_tables(before.frames, decided.decisions)
        rows = text_decisions.key_rows(decided.decisions, sample_id, _who(host), local_time())
        book = key_book.with_accepted(book, rows) if len(rows) else book
        for name, frame in changed.items():
            host.write_table(name, frame)
        now = before
        if decided.decisions:
            host.ui.progress("Looking once more", 0.6)
            now = _screen(host, searcher, book, sample_id)
        host.ui.progress("Writing what is left to decide", 0.8)  # the last place to stop: key and list are written now
        if len(rows) or len(back):
            key = key_checks.with_lines(
                key.with_book(book), host.read_table("Audit"), sample_id, host.path.name, result
            )
            key_checks.write_or_warn(key, result)
        listed_now = _write_list(host, where, now, decided, book, sample_id, result)
    key_checks.notice_earlier(host.path, result)
    problems = text_decisions.problems_in(listed_now, decided)
    _finish(before, now, decided, problems, len(back), result)
    what_was_searched.say(searcher, result)
    if now.findings:
        host.open_after(where)
    return result


def refuse_open(where: Path) -> None:
    """The list must be closed, and saved, before it is read."""
    try:
        in_place.refuse_open_elsewhere(where)
    except FileProblem as problem:
        sentence = f"{where.name} is open: save your decisions, close it there, and press {STEP} again."
        raise FileProblem(problem.code, sentence) from None


def earlier_list(where: Path, sample_id: str) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    """The list of the press before, as people left it. Raises FileProblem, PrivacyProblem when it is another's."""
    if not where.exists():
        return None, None
    preflight(where)
    try:
        data = where.read_bytes()
    except OSError:
        raise FileProblem("cannot-read", f"{where.name} cannot be read: close it where it is open.") from None
    whose, rows, kept = text_check_list.read(data, where.name)
    if whose != sample_id:
        raise PrivacyProblem(
            "list-of-another-sample",
            f"{where.name} beside the key belongs to another sample: move it away, and press again.",
        )
    return rows, kept


def _screen(host: Host, searcher: Searcher, book: key_book.KeyBook, sample_id: str) -> _Screened:
    frames = {name: host.read_table(name) for name in host.tables()}
    texts = texts_of(frames)
    accepted, given = text_check.accepted_of(book, sample_id), text_check.roles_given(book, sample_id)
    return _Screened(frames, len(texts), text_check.find(texts, searcher, accepted, given))


def _decided(
    host: Host, options: ScreenOptions, findings: list[Finding], listed: pd.DataFrame | None
) -> text_decisions.Decided:
    """What the list says. Once a person could look at it, the proposed roles are offered for all that is left."""
    decided = text_decisions.decide(findings, listed, roles=options.roles)
    if options.roles or listed is None:
        return decided
    by_role = text_decisions.decide(findings, listed, roles=True)
    left = len(by_role.decisions) - len(decided.decisions)
    places = plural(left, "place has", "places have")
    question = f"{places} no decision on the Text check list. Put the proposed role there"
    return by_role if left and wanted(host.ui, question, "--roles") else decided


def _who(host: Host) -> str | None:
    """The initials on Focus; without them the user's name, since this goes into the key alone."""
    found = initials(host)
    if found:
        return found
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no user database, as in some containers
        return None


def _write_list(
    host: Host,
    where: Path,
    now: _Screened,
    decided: text_decisions.Decided,
    book: key_book.KeyBook,
    sample_id: str,
    result: Result,
) -> pd.DataFrame:
    rows, more = put_list(where, host.path.name, now.findings, decided, book, sample_id)
    result.files.insert(0, str(where))
    if more:
        result.say("note", "more-worth-a-look", more)
    return rows


def put_list(
    where: Path,
    review: str,
    findings: list[Finding],
    decided: text_decisions.Decided,
    book: key_book.KeyBook,
    sample_id: str,
) -> tuple[pd.DataFrame, str]:
    """Write the list; gives its rows and the sentence about what it leaves out. `review`: the workbook's name."""
    rows, left_out = text_decisions.list_rows(findings, decided)
    more = f"{left_out} more that are worth a look follow when these are decided." if left_out else ""
    made = TextCheckList(
        sample_id=sample_id,
        review=review,
        rows=rows,
        kept=text_decisions.kept_rows(book.accepted, sample_id),
        state=more,
        decisions=(text_check.REPLACE, text_check.KEEP, text_check.APART),
        must=text_check.MUST,
    )
    remove_leftovers(where.parent, older_than=_MINUTE)  # of a run that was killed; it holds what a list holds
    replace_file(text_check_list.build(made), where)
    with suppress(OSError):
        where.chmod(0o600)  # as the key: for whoever wrote it
    return rows, more


def _finish(
    before: _Screened,
    now: _Screened,
    decided: text_decisions.Decided,
    problems: Sequence[tuple[int | None, str]],
    back: int,
    result: Result,
) -> None:
    replaced = [one for one in decided.decisions if one.words is not None]
    by_role = sum(one.by_role for one in replaced)
    figures = {
        "texts": before.texts,
        "strong": len(before.strong),
        "weak": len(before.findings) - len(before.strong),
        "open": len(now.strong),
        "replaced": len(replaced),
        "kept": len(decided.decisions) - len(replaced),
    }
    result.figures |= figures
    _tell(now, problems, result)
    extra = {"replaced_by_role": by_role} if by_role else {}
    result.audit = figures | extra | ({"taken_back": back} if back else {})
    looked = len(now.findings) - len(now.strong)
    result.mark(f"{len(now.strong)} must be decided, {looked} worth a look", done=not now.strong)
    if now.strong:
        result.ok = False


def _tell(now: _Screened, problems: Sequence[tuple[int | None, str]], result: Result) -> None:
    """Where and by which rule; never what."""
    for row, told in problems:
        result.say("warning", "decision-not-taken", told, sheet="Text check", row=row, column="Decision")
        result.ok = False
    places = sorted({place for one in now.strong for place in text_check.places_of(one)})
    for place in places[:MOST_PLACES]:
        result.say(
            "error", place.rule, text_check.sentence(place), sheet=place.sheet, row=place.row, column=place.column
        )
    if len(places) > MOST_PLACES:
        result.say("error", "more-places", f"{len(places) - MOST_PLACES} more places stand on Text check.")
    looked = len(now.findings) - len(now.strong)
    if now.findings:
        result.say(
            "note",
            "text-check",
            f"To be decided: {len(now.strong)}; worth a look: {looked}. Decide them on the Text check list "
            "beside the key, save and close it, and press this again.",
        )
    else:
        result.say(
            "note",
            "nothing-open",
            "Nothing of what was looked for is left to decide in what people type into the tables. Comments, headers "
            "and sheets of your own are not read here; Check before sharing leaves them behind.",
        )
