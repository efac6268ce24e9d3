"""How actions speak with a person on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import click

from xl_dipsample.domain.shared.errors import QuestionUnanswered

PROGRESS_AFTER = 2.0  # seconds: shorter work needs no sign of life


class TerminalUi:
    """Questions are asked only when somebody is there; otherwise the sentence names the option to use."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.someone_there = sys.stdin is not None and sys.stdin.isatty() and not quiet
        self._started = time.monotonic()

    def tell(self, text: str) -> None:
        """Print one message."""
        if not self.quiet:
            click.echo(text)

    def ask(self, question: str, option: str) -> str:
        """Ask for words."""
        self._need_somebody(question, option)
        answer: str = click.prompt(question)
        return answer

    def ask_secret(self, question: str, option: str) -> str:
        """Ask for a passphrase; it does not show."""
        self._need_somebody(question, option)
        answer: str = click.prompt(question, hide_input=True, err=True)
        return answer

    def choose(self, question: str, choices: Sequence[str], option: str) -> str:
        """Ask for one of the choices by its number."""
        self._need_somebody(question, option)
        click.echo(question)
        for number, choice in enumerate(choices, 1):
            click.echo(f"  {number}. {choice}")
        answer: int = click.prompt("Number", type=click.IntRange(1, len(choices)))
        return choices[answer - 1]

    def progress(self, text: str, share: float | None = None) -> None:
        """A line on stderr, once the work has taken two seconds and somebody is watching."""
        if self.quiet or not sys.stderr.isatty() or time.monotonic() - self._started < PROGRESS_AFTER:
            return
        done = "" if share is None else f" {share:.0%}"
        click.echo(f"{text}{done} ...", err=True)

    def _need_somebody(self, question: str, option: str) -> None:
        if not self.someone_there:
            raise QuestionUnanswered("question", f"{question.rstrip('?:. ')}: nobody is here to answer; use {option}.")
