"""Each sentence of findings.toml stands in an example: whoever adds one is told that its example is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.domain.findings import told_sentences

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ONE_MORE = "hard.never"
# The word-for-word tests, and the examples in the docstrings of whatever says a sentence.
EXAMPLES = (HERE / "test_findings_sentences.py", ROOT / "xl_dipsample" / "domain" / "findings")


def never_said(folder: Path, more: str) -> list[str]:
    """The sentences that no example reaches. The examples run in a Python of their own."""
    noted = folder / "said.json"
    options = ["-p", told_sentences.__name__, "-p", "no:cacheprovider", "-p", "no:xdist", "-q"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *map(str, EXAMPLES)],
        cwd=ROOT,
        env={**os.environ, told_sentences.NOTED_IN: str(noted), told_sentences.MORE: more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    found = json.loads(noted.read_text(encoding="utf-8"))
    assert len(found["all"]) > 50
    return sorted(set(found["all"]) - set(found["said"]))


@pytest.fixture(scope="module")
def missing(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The sentences without an example, when there is one more that has none."""
    return never_said(tmp_path_factory.mktemp("said"), more=ONE_MORE)


def test_every_sentence_of_findings_is_said_in_an_example(missing: list[str]) -> None:
    without = [one for one in missing if one != ONE_MORE]
    assert without == [], "give each an example, beside its code or in test_findings_sentences.py"


def test_a_sentence_without_an_example_is_noticed(missing: list[str]) -> None:
    assert ONE_MORE in missing
