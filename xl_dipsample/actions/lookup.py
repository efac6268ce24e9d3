"""Who is this? A unique ID -> name and case ID, or a case ID -> its unique IDs; shown, never written."""

from __future__ import annotations

from pathlib import Path

from xl_dipsample.actions.running.action import FIRST_LINE, Button, action, argument, option
from xl_dipsample.domain.shared.cell import trimmed
from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy.key import conflicts, ids, key_book, passphrase
from xl_dipsample.privacy.key.key_file import open_key
from xl_dipsample.workbook.host import Ui


@action(
    "lookup",
    "Who is this?",
    "Shows the name and case ID behind a unique ID, after the passphrase. Nothing is written.",
    place=80,
    button=Button("Privacy", "FindDialogExcel"),
)
class LookupOptions:
    """Either `unique_id` or `case_id`.

    `is_terminal`: a person sees what is told (a terminal, or a message box); False when redirected or --json.
    """

    key: Path = argument("the encrypted key", ask="open", question="Where is the key?")
    unique_id: str | None = argument(
        "the unique ID, such as DS-7GK-4MX3",
        default=None,
        ask="text",
        question="Which unique ID, such as DS-7GK-4MX3? Or a case ID, to see its unique IDs",
    )
    is_terminal: bool = False
    case_id: str | None = option(
        "the other way: the unique IDs of this case ID, in all samples of the key",
        default=None,
        ask="instead",
        question="That is no unique ID as it stands. What is it?",
    )
    passphrase_file: Path | None = option(FIRST_LINE, default=None)


def run(ui: Ui, options: LookupOptions) -> Result:
    """Tell whom a unique ID stands for, or which unique IDs a case has. The Result holds neither name nor ID.

    Raises PrivacyProblem: nobody would see it but a file, both or none given, wrong passphrase, mistyped ID (which
    character, and "did you mean"), unknown ID or case ID.
    """
    if not options.is_terminal:
        raise PrivacyProblem(
            "lookup-needs-terminal",
            "Names are shown on a screen only: run lookup in a terminal, without --json and without sending its "
            "output elsewhere.",
        )
    if bool(options.unique_id) == bool(options.case_id):
        raise PrivacyProblem("lookup-one", "Give either a unique ID, or --case-id and a case ID.")
    key = open_key(options.key, passphrase.of_key(options.passphrase_file, ui))
    result = Result("lookup")
    if options.case_id:
        children = _of_case(key.book, options.case_id)
        for child in children:
            ui.tell(_words_of_id(child))
        result.figures["unique_ids"] = len(children)
    else:
        child = _find(key.book, str(options.unique_id))
        ui.tell(_words(child))
        result.figures["state"] = child.state
    for sentence in conflicts.key_conflicts(key).sentences(key.path):
        result.say("warning", "conflict-copy", sentence)
    return result


def _find(book: key_book.KeyBook, typed: str) -> key_book.Child:
    try:
        unique_id = ids.parse(typed)
    except PrivacyProblem as problem:
        hint = ids.hint(typed, book.known_ids())
        raise PrivacyProblem(problem.code, f"{problem.sentence} {hint}".rstrip()) from None
    child = key_book.find(book, unique_id)
    if child is None:
        samples = book.key["Sample ID"].nunique()
        near = ids.suggestions(typed, book.known_ids())
        did_you_mean = f" Did you mean {' or '.join(near)}?" if near else ""
        raise PrivacyProblem(
            "id-unknown",
            "The key does not know this unique ID: check that it is the key of this sample; it holds the IDs of "
            f"{plural(samples, 'sample')}.{did_you_mean}",
        )
    return child


def _of_case(book: key_book.KeyBook, case_id: str) -> list[key_book.Child]:
    children = key_book.of_case(book, case_id)
    if children:
        return children
    listed = trimmed(case_id) in map(trimmed, book.names["Case ID"])
    why = (
        "it is on a long list, but in no sample"
        if listed
        else "it is on no long list either; compare it with the case system, leading zeros included"
    )
    raise PrivacyProblem("case-unknown", f"No unique ID of this key stands for this case ID: {why}.")


def _words(child: key_book.Child) -> str:
    name = child.name or "no name recorded"
    case_id = f"case ID {child.case_id}" if child.case_id else "no case ID"
    return f"{child.unique_id}: {name}, {case_id}, sample {child.sample}.{_state(child)}"


def _words_of_id(child: key_book.Child) -> str:
    contact = f", contact {child.contact_date}" if child.contact_date else ""
    return f"{child.unique_id}: sample {child.sample}{contact}.{_state(child)}"


def _state(child: key_book.Child) -> str:
    states: dict[str, str] = {
        key_book.RETIRED: " This ID is retired: the row has left the sample.",
        key_book.PENDING: " The review workbook may not have this ID yet: run Pseudonymise again.",
    }
    return states.get(child.state, "")
