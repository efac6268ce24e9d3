"""Notes which sentences of findings.toml are said while tests run: `pytest -p tests.domain.findings.told_sentences`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from xl_dipsample.domain.findings import sentences

NOTED_IN = "TOLD_SENTENCES"  # the variable with the file's place
MORE = "TOLD_SENTENCES_MORE"  # a sentence that nobody says, as topic.variant: so it is seen that it is missed
_said: set[str] = set()


class _Noted(str):
    """A sentence, or words that go into one, which notes when it is put together."""

    __slots__ = ("name",)
    name: str

    def format(self, *words: Any, **named: Any) -> str:
        _said.add(self.name)
        return super().format(*words, **named)

    def __format__(self, spec: str) -> str:
        _said.add(self.name)
        return super().__format__(spec)


def sentences_of(data: dict[str, Any]) -> dict[str, str]:
    """Every sentence as topic.variant; `about` is the name of a line and not said."""
    topics = {topic: variants for topic, variants in data.items() if isinstance(variants, dict)}
    return {f"{topic}.{name}": text for topic, all_ in topics.items() for name, text in all_.items() if name != "about"}


def pytest_configure() -> None:
    """Every sentence notes itself from here on."""
    data = sentences.data()
    if os.environ.get(MORE):
        topic, variant = os.environ[MORE].split(".")
        data[topic][variant] = "Nobody says this of {cases}."
    for name, text in sentences_of(data).items():
        noted = _Noted(text)
        noted.name = name
        topic, variant = name.split(".", 1)
        data[topic][variant] = noted


def pytest_unconfigure() -> None:
    """What there is, and what was said."""
    found = {"all": sorted(sentences_of(sentences.data())), "said": sorted(_said)}
    Path(os.environ[NOTED_IN]).write_text(json.dumps(found), encoding="utf-8")
