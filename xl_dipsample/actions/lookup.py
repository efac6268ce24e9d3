"""Who is this? A unique ID -> name and case ID, after the passphrase; shown, never written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xl_dipsample.actions.result import Result
from xl_dipsample.domain.errors import PrivacyProblem
from xl_dipsample.privacy import ids, key
from xl_dipsample.privacy.key_file import open_key
from xl_dipsample.privacy.passphrase import KEY_VARIABLE, read_passphrase
from xl_dipsample.workbook.host import Ui


@dataclass(frozen=True)
class LookupOptions:
    """`is_terminal`: a person sees what is told (a terminal, or a message box); False when redirected or --json."""

    key: Path
    unique_id: str
    is_terminal: bool
    passphrase_file: Path | None = None


def run(ui: Ui, options: LookupOptions) -> Result:
    """Tell whom a unique ID stands for. The Result holds neither name nor case ID.

    Raises PrivacyProblem: nobody would see it but a file, wrong passphrase, mistyped ID (with "did you mean"),
    unknown ID.
    """
    if not options.is_terminal:
        raise PrivacyProblem(
            "lookup-needs-terminal",
            "Names are shown on a screen only: run lookup in a terminal, without --json and without sending its "
            "output elsewhere.",
        )
    passphrase = read_passphrase(options.passphrase_file, KEY_VARIABLE, ui, "Passphrase of the key:", new=False)
    book = open_key(options.key, passphrase)
    child = _find(book, options.unique_id)
    ui.tell(_words(child))
    return Result("lookup", figures={"state": child.state})


def _find(book: key.KeyBook, typed: str) -> key.Child:
    near = ids.suggestions(typed, book.known_ids())
    did_you_mean = f" Did you mean {' or '.join(near)}?" if near else ""
    try:
        unique_id = ids.parse(typed)
    except PrivacyProblem as problem:
        raise PrivacyProblem(problem.code, problem.sentence + did_you_mean) from None
    child = key.find(book, unique_id)
    if child is None:
        raise PrivacyProblem(
            "id-unknown",
            f"The key does not know this unique ID: check that it is the key of this sample.{did_you_mean}",
        )
    return child


def _words(child: key.Child) -> str:
    name = child.name or "no name recorded"
    case_id = f"case ID {child.case_id}" if child.case_id else "no case ID"
    states: dict[str, str] = {
        key.RETIRED: " This ID is retired: the row has left the sample.",
        key.PENDING: " The review workbook may not have this ID yet: run Pseudonymise again.",
    }
    return f"{child.unique_id}: {name}, {case_id}, sample {child.sample}.{states.get(child.state, '')}"
