"""Publication copy: counts for everyone, with small numbers hidden, as an accessible workbook.

From Review and Funnel alone. No words that people typed, no IDs, no dates. It is scanned before it is written.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.publication_words import LETTERS, cover, how_to_read, sheet_name
from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.action import FIRST_LINE, Button, action, argument, option
from xl_dipsample.actions.with_key import key_checks
from xl_dipsample.domain.publication.publication import Publication, publication
from xl_dipsample.domain.publication.suppression import LARGEST
from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.privacy.key import passphrase
from xl_dipsample.privacy.scanner import Allowed, SearchesText, scan
from xl_dipsample.sharing import neighbours, own_cells, rows_without_id
from xl_dipsample.sharing.what_lies_there import Look
from xl_dipsample.workbook.build.publication_copy import Sheet, build_publication
from xl_dipsample.workbook.host import Host

ROUNDED_TO = 5


@action(
    "publish",
    "Publication copy",
    "Counts for everyone, in an accessible workbook; 1 to 5, and what would give them away, are hidden.",
    place=140,
    subject="review",
    step=True,
    button=Button("Analyse", "PivotTableInsert"),
)
class PublishOptions:
    """`out`: the workbook to make. `round`: every count to the nearest 5. `key`: the scan looks for its names too."""

    out: Path = argument(
        "the publication copy to make, an .xlsx that is not there yet",
        ask="save",
        question="Where shall the publication copy lie? It is for everyone",
    )
    round: bool = option(
        "round every number to the nearest 5",
        default=False,
        ask="tick",
        question="Round every number to the nearest 5",
    )
    key: Path | None = option(
        "the encrypted key: the scan then looks for its names too",
        default=None,
        ask="open",
        tick="Look for the key's names in it too, before it is written",
        question="Where is the key?",
    )
    passphrase_file: Path | None = option(FIRST_LINE, default=None)


def run(host: Host, options: PublishOptions) -> Result:
    """Write the publication copy; the review workbook gets its line on Audit and on Start, nothing else.

    Raises FileProblem (a file is there already, no such folder, no .xlsx), SettingProblem (a passphrase without its
    key), PrivacyProblem (too few cases, nothing can be shown safely, the key is of another sample or cannot be
    opened, the scan found something): then nothing is written.
    """
    seen = _refuse_place(options.out)
    result = Result("publish")
    neighbours.say_unread([seen], result)
    table = review_columns.without_staying(host.read_table("Review"))
    searcher = _searcher(host, table, options, result)
    cases = int(review_rules.in_sample(table).sum())
    if cases <= LARGEST:
        raise PrivacyProblem(
            "too-few-cases",
            f"The sample has fewer than {LARGEST + 1} cases: nothing can be published of it. The review workbook and "
            "its release copy are for the panel.",
        )
    funnel = host.read_table("Funnel")
    there = [name for name in (*lead_lists.TABLES, lead_lists.GIVEN) if name in host.tables()]
    lists = Lists.of({name: host.read_table(name) for name in there})
    made = publication(table, funnel, lists, rounded=options.round)
    if not made.tables:
        raise PrivacyProblem(
            "nothing-safe", "No table can be shown without giving small numbers away: nothing is written."
        )
    data = as_workbook(made)
    _refuse_found(data, searcher, made, own_cells.largest_count(funnel))
    if searcher is not None and searcher.find_in_parts(options.out.stem):
        raise PrivacyProblem(
            "name-in-file-name",
            "The name of the publication copy has the name, case ID or date of birth of a young person in it: choose "
            "another name.",
        )
    _refuse_place(options.out)  # somebody may have put a file there meanwhile
    _tell(result, made, cases, options)
    rows_without_id.say(table, result)
    if registry.action("publish").label in set(host.read_table("Audit")["Action"]):
        result.say(
            "warning",
            "published-before",
            "There was a publication copy of this sample before. Whoever has two that differ can compare them: publish "
            "one, and take the other back.",
        )
    result.mark(plural(len(made.tables), "table"))
    replace_file(data, options.out)  # last: what is refused before leaves no copy
    result.made.append(options.out)  # nor does a review workbook that cannot be saved
    host.open_after(options.out)
    return result


def as_workbook(made: Publication) -> bytes:
    """The publication copy as the bytes of an .xlsx; equal publications give equal bytes."""
    sheets = [
        Sheet(sheet_name(table.name), table.title, table.body(made.safe), how_to_read(table, made.safe))
        for table in made.tables
    ]
    return build_publication(sheets, LETTERS, cover(made))


def _refuse_place(out: Path) -> Look:
    return neighbours.refuse_output(out, ".xlsx", "the publication copy")


def _searcher(host: Host, table: pd.DataFrame, options: PublishOptions, result: Result) -> SearchesText | None:
    """What looks for the key's names; None without a key. Raises PrivacyProblem when the key is not this sample's."""
    if options.key is None:
        key_checks.refuse_passphrase_alone(options.passphrase_file)
        return None
    from xl_dipsample.privacy.names.searcher import Searcher

    secret = passphrase.of_key(options.passphrase_file, host.ui)
    book = key_checks.opened_for(host, options.key, secret, result, table).book
    return Searcher.of(book.names, book.key)


def _refuse_found(data: bytes, searcher: SearchesText | None, made: Publication, largest: int) -> None:
    """The look of our own pages and the counts that were just made are no identifiers, whatever their figures."""
    found = scan(data, searcher, _allowed(made, largest)) if searcher is not None else scan(data, None)
    if found:
        raise PrivacyProblem(
            "publication-not-safe",
            f"The publication copy is not written: the scan found {plural(len(found), 'place')} in it that may not "
            f"be shared. The first: {found[0].words} Please report this as a fault of dipsample.",
        )


def _allowed(made: Publication, largest: int) -> Allowed:
    """`largest`: numbers of the tables up to this are counts, in any cell; a text beside a number is searched."""
    numbers = {
        ("", str(int(cell)))
        for table in made.tables
        for cell in table.body(made.safe).to_numpy().ravel()
        if isinstance(cell, (int, float)) and cell <= largest + ROUNDED_TO
    }
    page = Sheet("Funnel", "", pd.DataFrame({"Stage": ["c"], "Cases": ["c"]}), [])
    return replace(Allowed.of(build_publication([page], [("c", "c")], [])), made=frozenset(numbers))


def _tell(result: Result, made: Publication, cases: int, options: PublishOptions) -> None:
    safe = made.safe
    result.figures = {
        "in_sample": cases,
        "tables": len(made.tables),
        "numbers": made.numbers,
        "small": len(safe.small),
        "hidden_besides": len(safe.secondary),
        "tables_left_out": len(made.left_out),
    }
    result.files = [str(options.out)]
    rounded = ", each rounded to the nearest 5" if safe.rounded else ""
    result.say(
        "note",
        "published",
        f"{options.out.name} has {plural(len(made.tables), 'table')}{rounded}. Shown as c: "
        f"{plural(len(safe.small), 'small number')}, and {len(safe.secondary)} more that would give them away.",
    )
    for title, reason in made.left_out:
        result.say("note", "table-left-out", f"{title} is left out: {reason}.")
    if options.key is None:
        result.say("note", "names-not-checked", "Scanned without the key: names not checked. --key FILE checks them.")
    else:
        result.say("note", "names-checked", "Scanned with the key: no name, case ID or date of birth in it.")
    result.say(
        "note",
        "before-publishing",
        "Before it goes out, write beside it whose figures these are, and for which period.",
    )
