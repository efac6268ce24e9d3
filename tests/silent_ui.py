"""A person who is not there: nothing may be asked, and what was told is kept."""

from __future__ import annotations

from collections.abc import Sequence


class SilentUi:
    """The ui of a host in tests."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def tell(self, text: str) -> None:
        self.told.append(text)

    def ask(self, question: str, option: str) -> str:
        raise AssertionError(question)

    def ask_secret(self, question: str, option: str) -> str:
        raise AssertionError(question)

    def choose(self, question: str, choices: Sequence[str], option: str) -> str:
        raise AssertionError(question)

    def progress(self, text: str, share: float | None = None) -> None: ...
