"""A working workbook, its log, a review workbook and a key in their folders, and the action `key` upon them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.actions.typing_in import include_all
from tests.actions.workbooks import PASSPHRASE, SECOND, dipsample, row, working_workbook
from tests.silent_ui import SilentUi
from xl_dipsample.actions.key import KeyOptions, run
from xl_dipsample.domain.shared.errors import DipSampleError, QuestionUnanswered
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy import audit

NEW, THIRD = "anthem-boggle-crisp-devout-ember-fable", "walnut-sprout-ledge-ivory-crumb-hasty"


class Person(SilentUi):
    """Answers questions by their words, or is not there."""

    def __init__(self, **answers: str) -> None:
        super().__init__()
        self.answers = {name.replace("_", " "): answer for name, answer in answers.items()}
        self.asked: list[str] = []

    def ask_secret(self, question: str, option: str) -> str:
        self.asked.append(question)
        for words, answer in self.answers.items():
            if words in question:
                return answer
        raise QuestionUnanswered("question", option)

    def choose(self, question: str, choices: Sequence[str], option: str) -> str:
        self.asked.append(question)
        for words, answer in self.answers.items():
            if words in question and answer in choices:
                return answer
        raise QuestionUnanswered("question", option)


def made_files(root: Path) -> dict[str, bytes]:
    """Working workbook, its log, review workbook and key of three children, as the actions make them."""
    for name in ("key", "share"):
        (root / name).mkdir()
    working = working_workbook(root / "work", [row(number) for number in range(3)])
    dipsample("narrow", working)
    include_all(working)
    (root / "p.txt").write_text(PASSPHRASE, encoding="utf-8")
    review, path = root / "share" / "review.xlsx", root / "key" / "key.xlsx"
    status, _, said = dipsample(
        "pseudonymise", working, "--review", review, "--key", path, "--passphrase-file", root / "p.txt",
        "--no-second-keyholder",
    )  # fmt: skip
    assert status == 0, said
    log = audit.log_path(working)
    return {str(file.relative_to(root)): file.read_bytes() for file in (working, log, review, path)}


def laid_out(made: dict[str, bytes], folder: Path) -> Path:
    for name, content in made.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def file_of(place: Path, name: str, word: str) -> Path:
    file = place / f"{name}.txt"
    file.write_text(word + "\n", encoding="utf-8")
    return file


def act(place: Path, task: str, ui: SilentUi | None = None, **more: Any) -> Result:
    given = {"passphrase_file": file_of(place, "p", PASSPHRASE), **more}
    if task == "passphrase":
        given.setdefault("old_copies", "keep")
    result = run(ui or Person(), KeyOptions(task, place / "key" / "key.xlsx", **given))
    told = json.dumps(result.as_json())
    for word in (PASSPHRASE, SECOND, NEW, THIRD, "Synthetic", "5000"):
        assert word not in told
    return result


def refusal(place: Path, task: str, ui: SilentUi | None = None, **more: Any) -> DipSampleError:
    before = contents(place)
    with pytest.raises(DipSampleError) as refused:
        act(place, task, ui, **more)
    assert contents(place) == before, "a refusal changes nothing"
    return refused.value


def contents(place: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in place.rglob("*") if file.is_file() and file.suffix != ".txt"}


def codes(result: Result) -> dict[str, str]:
    return {one.code: one.level for one in result.messages}


def with_second(place: Path) -> None:
    act(place, "keyholder", second_keyholder_file=file_of(place, "s", SECOND))
