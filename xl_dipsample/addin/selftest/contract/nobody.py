"""A person who is not there: questions are refused, and what was told is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from xl_dipsample.domain.shared.errors import QuestionUnanswered


class NobodyThere:
    """The ui of a host under test."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def tell(self, text: str) -> None:
        """Keep the message."""
        self.told.append(text)

    def ask(self, question: str, option: str) -> str:
        """Nobody answers. Raises QuestionUnanswered."""
        _unanswered(question, option)

    def ask_secret(self, question: str, option: str) -> str:
        """Nobody answers. Raises QuestionUnanswered."""
        _unanswered(question, option)

    def choose(self, question: str, choices: Sequence[str], option: str) -> str:
        """Nobody answers. Raises QuestionUnanswered."""
        del choices
        _unanswered(question, option)

    def progress(self, text: str, share: float | None = None) -> None:
        """Nobody watches."""


def _unanswered(question: str, option: str) -> NoReturn:
    raise QuestionUnanswered("question", f"{question.rstrip('?:. ')}: nobody is here to answer; use {option}.")
