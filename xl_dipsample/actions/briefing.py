"""Make briefing: a Word document of at most six pages for the panel, checked before it is written.

With the key, every text in it is searched for the key's names, as Check before sharing does; a document in which
something stands that must be decided is not written. Without the key, extracts are quoted only where they are as they
were when the texts were last found safe, and the rules that need no names run.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.parts import told_of_risk
from xl_dipsample.actions.running.action import FIRST_LINE, Button, action, argument, option
from xl_dipsample.actions.with_key import key_checks
from xl_dipsample.briefing.pages import Pages, pages
from xl_dipsample.briefing.source import Source
from xl_dipsample.briefing.specimen import specimen
from xl_dipsample.briefing.word import write
from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files import folders
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.privacy import scanner
from xl_dipsample.privacy.key import passphrase
from xl_dipsample.privacy.names import STRONG, Searcher, text_check
from xl_dipsample.sharing import last_check, neighbours, rows_without_id
from xl_dipsample.sharing.what_lies_there import Look
from xl_dipsample.workbook.host import Host

MOST_PLACES = 50  # messages, one for each place
GO_ON = "Make the briefing all the same"
_NOBODY = ["Unique ID", "Name", "Case ID", "Date of birth"]


@action(
    "briefing",
    "Make briefing",
    "Writes a Word document of at most six pages for the panel: charts, tables, kept findings, quotes, questions.",
    place=130,
    subject="review",
    step=True,
    button=Button("Analyse", "FileSaveAs"),
)
class BriefingOptions:
    """`document`: the .docx to make. `key`: its names are looked for in every text of the document."""

    document: Path = argument(
        "the briefing to make, a .docx that is not there yet",
        ask="save",
        question="Where shall the briefing lie? In a folder that the panel can open",
        files="document",
        name="briefing.docx",
    )
    key: Path | None = option(
        "a check of every text for the names of the encrypted key",
        default=None,
        ask="open",
        question="Where is the key?",
    )
    passphrase_file: Path | None = option(FIRST_LINE, default=None)
    at_risk_open: bool = option(told_of_risk.OPTION, default=False)


@dataclass(frozen=True)
class _Check:
    """What looks for identifiers, and what people have decided to keep. `named`: with the key's names."""

    searcher: Searcher
    accepted: text_check.Accepted
    named: bool
    analysed_on: str = ""  # our own date and time, which is no case ID


def run(host: Host, options: BriefingOptions) -> Result:
    """Write the briefing; the review workbook gets its line on Audit and on Start, nothing else.

    The result is not ok when something was found (then there is no document), or when there are no findings yet.
    Raises FileProblem (a file is there already, no such folder, no .docx), SettingProblem (a passphrase without its
    key), PrivacyProblem (the folder rule, key, passphrase, key of another sample): then nothing is written.
    """
    seen = _refuse_place(options)
    result = Result("briefing")
    told_of_risk.ask(host, GO_ON, result, said=options.at_risk_open)
    neighbours.say_unread([seen], result)
    check = _check(host, options, result)
    host.ui.progress("Reading the review workbook", 0.1)
    if any(hit.tier == STRONG for hit in check.searcher.find([options.document.stem])):
        raise PrivacyProblem(
            "name-in-file-name",
            "The name of the briefing has the name, case ID or date of birth of a young person in it: choose another.",
        )
    tables = review_columns.to_count({name: host.read_table(name) for name in host.tables()})
    check = replace(check, analysed_on=trimmed(host.read_value("analysed_on")))
    quotable = None if check.named else last_check.unchanged_since_safe(host)
    made = pages(Source(tables, check.analysed_on, quotable))
    result.figures = dict(made.figures)
    host.ui.progress("Writing the document", 0.4)
    data = write(made.blocks)
    host.ui.progress("Looking for names in it", 0.7)
    places = _say_found(result, made, data, tables, check)
    _say_quotes(result, made, check, quotable)
    _say_progress(result, tables)
    rows_without_id.say(tables["Review"], result)
    result.audit = {name: number for name, number in result.figures.items() if not name.endswith("left_out")}
    if places:
        return result
    result.mark(f"{plural(made.figures['findings'], 'finding')}, {plural(made.figures['quotes'], 'quote')}")
    _refuse_place(options)  # somebody may have put a file there meanwhile
    replace_file(data, options.document)  # last: what is refused before leaves no document
    result.made.append(options.document)  # nor does a review workbook that cannot be noted on and saved
    result.files = [str(options.document)]
    result.say("note", "made", f"{options.document.name} is for the panel: pass it on to nobody else.")
    return result


def _refuse_place(options: BriefingOptions) -> Look:
    """The document is shared: neither the key nor a working workbook lies in its folder."""
    out = options.document
    if options.key is not None:
        folders.refuse_shared_folder(options.key, out.parent)
    else:
        key_checks.refuse_passphrase_alone(options.passphrase_file)
    return neighbours.refuse_output(out, ".docx", "the briefing")


def _check(host: Host, options: BriefingOptions, result: Result) -> _Check:
    """With the key its names and decisions; without it nobody's names. Raises PrivacyProblem for another key."""
    if options.key is None:
        nobody = pd.DataFrame(columns=_NOBODY, dtype=object)
        return _Check(Searcher.of(nobody[["Name", "Case ID"]], nobody), frozenset(), named=False)
    secret = passphrase.of_key(options.passphrase_file, host.ui)
    host.ui.progress("Reading the key", 0.0)
    sample_id = trimmed(host.read_value("sample_id"))
    book = key_checks.opened_for(host, options.key, secret, result).book
    return _Check(text_check.searcher_of(book, sample_id), text_check.accepted_of(book, sample_id), named=True)


def _say_found(result: Result, made: Pages, data: bytes, tables: dict[str, pd.DataFrame], check: _Check) -> int:
    """Look through the cells that are in the document, then through its bytes; gives the number of places."""
    texts = made.used.texts(tables)
    places = text_check.strong_open(texts, check.searcher, check.accepted)
    for place in places[:MOST_PLACES]:
        result.say("error", place.rule, text_check.sentence(place), sheet=place.sheet, row=place.row,
                   column=place.column)  # fmt: skip
    kept = [(scope, said) for scope, said, tier in check.accepted if tier == STRONG]
    stamps = last_check.stamps_of([check.analysed_on], dt.datetime.now().astimezone())
    allowed = replace(scanner.Allowed.of(specimen(), in_texts=made.used.kept(texts, kept)), stamps=stamps)
    found = [] if places else scanner.scan(data, check.searcher, allowed)
    for one in found[:MOST_PLACES]:
        result.say("error", one.rule, one.words)
    number = len(places) + len(found)
    result.figures["places"] = number
    if number:
        result.ok = False
        result.say(
            "error",
            "not-safe",
            f"The briefing is not written: {plural(number, 'place')} in it may not be shared. Decide them with Check "
            "text for names or correct them, and make it again.",
        )
    return number


def _say_quotes(result: Result, made: Pages, check: _Check, quotable: frozenset[str] | None) -> None:
    """Whether names were looked for, and how many quotes are left out for want of it."""
    if check.named:
        result.say("note", "names-checked", "Every text in it was searched for the names, case IDs and dates of birth "
                   "of the key.")  # fmt: skip
        return
    result.say("warning", "names-not-checked", "Names not checked: --key FILE looks for them in every text of it.")
    left = made.unchecked
    result.figures["quotes_not_checked"] = left
    if left:
        why = "their texts changed since they were found safe"
        if not quotable:
            why = "nothing that stands in them now was found safe by Check before sharing"
        result.say("warning", "quotes-left-out", f"{plural(left, 'quote')} left out: {why}.", sheet="Review")


def _say_progress(result: Result, tables: dict[str, pd.DataFrame]) -> None:
    """How much is in it."""
    done = review_rules.progress(tables["Review"])
    if done.in_sample == 0:
        result.say("warning", "no-case", "There is no case in the sample: the briefing has no figures.", sheet="Review")
    elif done.complete < done.in_sample:
        result.say("warning", "not-complete", f"{done.complete} of {done.in_sample} cases are complete; each figure "
                   "says how many cases it counts.", sheet="Review")  # fmt: skip
    if not len(tables["Findings"]):
        result.ok = False
        result.say("warning", "no-findings", "There are no findings yet: press Refresh analysis, read them, and make "
                   "the briefing again.", sheet="Findings")  # fmt: skip
