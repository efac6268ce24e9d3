"""Passphrases: offered, checked, read from where they may come from, and kept for a second keyholder.

They come from a file, an environment variable or a prompt; never from an argument, which every process can see.
"""

from __future__ import annotations

import codecs
import os
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import pandas as pd

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem, QuestionUnanswered
from xl_dipsample.privacy.key import in_place, sealed
from xl_dipsample.privacy.key.guess_count import guesses
from xl_dipsample.privacy.key.key_file import read_sealed

KEY_VARIABLE = "DIPSAMPLE_PASSPHRASE"
READING_VARIABLE = "DIPSAMPLE_READING_PASSPHRASE"
WORDS = 6
SHORTEST = 14
LONGEST = 255  # what Excel's box takes
GUESSES = 1e12  # by `guess_count`: months on a graphics card, at Excel's 100,000 hashes
MOST_ASKED = 10  # times that a passphrase is asked for again
FILE_LENGTH = 65_536

ESCROW_KIND = "dip-sample second keyholder's file"
ESCROW_ABOUT = (
    "For the second keyholder. It holds the passphrase of the key that lies beside it, and nothing else.",
    "If the first keyholder is away for good, open the key with it.",
    "Two lines: the passphrase was being changed. Try the first, then the second.",
)
ESCROW_COLUMN = "Passphrase of the key"


class AsksSecrets(Protocol):
    """The part of a host's ui that is needed here."""

    def ask_secret(self, question: str, option: str) -> str:
        """Ask for a passphrase without showing it. Raises QuestionUnanswered."""


def offer(words: int = WORDS) -> str:
    """A new passphrase: words drawn at random from the list of the Electronic Frontier Foundation.

    >>> len(offer().split("-"))
    6
    """
    return "-".join(secrets.choice(_word_list()) for _ in range(words))


@cache
def _word_list() -> tuple[str, ...]:
    from xkcdpass.xkcd_password import locate_wordfile

    lines = Path(locate_wordfile("eff-long")).read_text(encoding="utf-8").split()
    return tuple(word for word in lines if word.isascii() and word.isalpha())


def check_strength(text: str) -> None:
    """Raise PrivacyProblem when a passphrase is short or easy to guess."""
    if len(text) < SHORTEST:
        raise PrivacyProblem(
            "passphrase-short",
            f"The passphrase needs {SHORTEST} characters or more: six words that say nothing will do.",
        )
    if len(text) > LONGEST:
        raise PrivacyProblem("passphrase-long", f"Excel takes passphrases of up to {LONGEST} characters: shorten it.")
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise PrivacyProblem("passphrase-unusable", "The passphrase has a tab or control character: leave it out.")
    if guesses(text) < GUESSES:
        raise PrivacyProblem(
            "passphrase-weak",
            "The passphrase is easy to guess, being made of usual words, names of councils or dates: take the six "
            "words that are offered, or six others that have nothing to do with each other.",
        )


def read_passphrase(
    option_file: Path | None,
    env_name: str | None,
    ui: AsksSecrets,
    question: str,
    *,
    new: bool,
    option: str = "--passphrase-file",
) -> str:
    """The passphrase: from the file when there is one, otherwise the environment variable, otherwise the person.

    A `new` one must be strong, and is asked for twice; when the person's is not, or is mistyped, it is asked for
    again, with the reason. `option` is named when nobody is there to answer. Raises PrivacyProblem (weak or empty,
    from outside; or as often as `MOST_ASKED`), FileProblem (no such file), QuestionUnanswered.
    """
    from_outside = _from_outside(option_file, env_name)
    if from_outside is not None:
        if new:
            check_strength(from_outside)
        return from_outside
    why = ""
    for last in (*[False] * (MOST_ASKED - 1), True):
        try:
            return _typed(ui, f"{why}{question}", env_name, option, new=new)
        except PrivacyProblem as problem:
            if last:
                raise
            why = f"{problem.sentence} "
    raise AssertionError  # the last time returns or raises


def _typed(ui: AsksSecrets, question: str, env_name: str | None, option: str, *, new: bool) -> str:
    """What the person types. Raises PrivacyProblem: empty; or, of a new one, weak or not the same twice."""
    text = _ask(ui, question, env_name, option, new=new)
    if new:
        check_strength(text)
    if new and _ask(ui, "The same passphrase again:", env_name, option, new=False) != text:
        raise PrivacyProblem("passphrase-mistyped", "The two passphrases are not the same: type it once more.")
    return text


def of_key(option_file: Path | None, ui: AsksSecrets, *, new: bool = False) -> str:
    """The key's passphrase, by `read_passphrase`."""
    return read_passphrase(option_file, KEY_VARIABLE, ui, "Passphrase of the key", new=new)


def of_second_keyholder(option_file: Path | None, ui: AsksSecrets, *, new: bool) -> str:
    """The second keyholder's passphrase, by `read_passphrase`."""
    question, option = "Passphrase of the second keyholder", "--second-keyholder-file"
    return read_passphrase(option_file, None, ui, question, new=new, option=option)


def of_new_second_keyholder(key_path: Path, own: str, option_file: Path | None, ui: AsksSecrets) -> str:
    """One for a new second keyholder's file, beside a key whose passphrase is `own`.

    Raises PrivacyProblem when both are the same, FileProblem when that file is open.
    """
    second = of_second_keyholder(option_file, ui, new=True)
    refuse_same(own, second)
    in_place.refuse_open_elsewhere(escrow_path(key_path))
    return second


def is_given(option_file: Path | None, env_name: str) -> bool:
    """Whether a passphrase stands in a file or the environment, so that nobody would be asked."""
    return option_file is not None or bool(os.environ.get(env_name))


def _from_outside(option_file: Path | None, env_name: str | None) -> str | None:
    if option_file is not None:
        return from_file(option_file)
    value = os.environ.get(env_name) if env_name else None
    return unicodedata.normalize("NFC", value) if value else None


def _ask(ui: AsksSecrets, question: str, env_name: str | None, option: str, *, new: bool) -> str:
    hint = f" (write it down in a safe place; one you could take: {offer()})" if new else ""
    try:
        # composed letters, as a Windows keyboard types them, so that Excel opens the file too
        text = unicodedata.normalize("NFC", ui.ask_secret(question + hint, option))
    except QuestionUnanswered:
        raise QuestionUnanswered(
            "passphrase-needed",
            f"A passphrase is needed: give {option} FILE" + (f" or set {env_name}." if env_name else "."),
        ) from None
    if not text:
        raise PrivacyProblem("passphrase-empty", "The passphrase is empty: type it, or give it in a file.")
    return text


def from_file(path: Path) -> str:
    """The first line of a file, without its line break. UTF-8 with or without BOM, or UTF-16 with BOM."""
    try:
        with path.open("rb") as file:
            raw = file.read(FILE_LENGTH)
    except OSError:
        raise FileProblem(
            "no-such-file", f"The passphrase file {path.name} cannot be read: check the name and your rights to it."
        ) from None
    is_utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # what PowerShell's > writes
    try:
        lines = raw.decode("utf-16" if is_utf16 else "utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise PrivacyProblem(
            "passphrase-file-unreadable", f"The passphrase file {path.name} is no plain text: save it as UTF-8."
        ) from None
    if not lines or not lines[0]:
        raise PrivacyProblem("passphrase-empty", f"The first line of {path.name} is empty: put the passphrase there.")
    return unicodedata.normalize("NFC", lines[0])


def escrow_path(key_path: Path) -> Path:
    """Where the second keyholder's file lies: beside the key.

    >>> escrow_path(Path("key.xlsx")).name
    'key second keyholder.xlsx'
    """
    return key_path.with_name(f"{key_path.stem} second keyholder.xlsx")


@dataclass(frozen=True)
class Escrow:
    """The second keyholder's file before it is written: plain and encrypted, with whose passphrase."""

    plain: bytes
    sealed: bytes
    second_passphrase: str


def make_escrow(passphrase: str, second_passphrase: str, *, before: str | None = None) -> Escrow:
    """The key's passphrase, encrypted with the second keyholder's, in memory. It holds no ID and no name.

    `before`: the passphrase that the key has until its new one is in place. Raises PrivacyProblem when both
    passphrases are the same.
    """
    refuse_same(passphrase, second_passphrase)
    held = pd.DataFrame({ESCROW_COLUMN: [passphrase, before][: 2 if before else 1]}, dtype=object)
    plain = sealed.build(ESCROW_KIND, 1, ESCROW_ABOUT, [sealed.Sheet("Passphrase", ESCROW_ABOUT[0], held, (60,))])
    return Escrow(plain, sealed.seal(plain, second_passphrase), second_passphrase)


def put_escrow(key_path: Path, escrow: Escrow) -> Path:
    """Put it in place beside the key. Returns its path.

    Raises FileProblem when another program holds the file or it cannot be written: the old one is then as it was.
    """
    path = escrow_path(key_path)
    in_place.put_or_refuse(path, escrow.plain, escrow.second_passphrase, sealed=escrow.sealed)
    return path


def refuse_same(passphrase: str, second_passphrase: str) -> None:
    """Raise PrivacyProblem when the second keyholder would get the key's own passphrase."""
    if passphrase == second_passphrase:
        raise PrivacyProblem(
            "passphrase-same", "The second keyholder needs another passphrase than the key's: choose a new one."
        )


def escrow_holds(key_path: Path, second_passphrase: str) -> list[str]:
    """What the file beside the key holds: the key's passphrase.

    Two when a change of it was cut off: the new one, then the one before. Raises FileProblem, PrivacyProblem.
    """
    path = escrow_path(key_path)
    try:
        encrypted = path.read_bytes()
    except OSError:
        raise FileProblem("no-such-file", f"There is no file {path.name} beside the key: check the folder.") from None
    _, frames = read_sealed(encrypted, second_passphrase, path.name, ESCROW_KIND)
    held = frames.get("Passphrase", pd.DataFrame())
    words = [str(word) for word in held[ESCROW_COLUMN] if word is not None] if ESCROW_COLUMN in held else []
    if not words:
        raise PrivacyProblem("damaged", f"{path.name} holds no passphrase: the key's holder can make it anew.")
    return words
