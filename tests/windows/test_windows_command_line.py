"""The command line on Windows: help, a person's mistake, and the whole example in a folder as people name them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.windows.pc import WindowsPc
from xl_dipsample.actions.demo import FOLDERS

pytestmark = pytest.mark.windows


def test_help_lists_the_actions(pc: WindowsPc) -> None:
    done = pc.dipsample("--help")
    assert done.code == 0, done.err
    assert {"narrow", "pseudonymise", "release", "doctor"} <= {
        line.split()[0] for line in done.out.splitlines() if line.strip()
    }


def test_a_mistake_is_one_sentence_and_no_traceback(pc: WindowsPc, desktop: Path) -> None:
    done = pc.dipsample("check", desktop / "not there.xlsx")
    assert done.code != 0
    assert "not there.xlsx" in done.words
    assert "Traceback" not in done.words


def test_the_whole_example_runs_in_a_long_folder_with_spaces_and_accents(pc: WindowsPc, desktop: Path) -> None:
    folder = desktop / "quality assurance and improvement" / "children's safeguarding – dip samples" / "2025 to 2026"
    folder.mkdir(parents=True)
    done = pc.dipsample("demo", folder / "example")
    assert done.code == 0, done.words
    made = folder / "example"
    assert set(FOLDERS) <= {one.name for one in made.iterdir()}
    workbooks = sorted(made.rglob("*.xlsx"))
    plain = [one for one in workbooks if one.read_bytes()[:2] == b"PK"]
    assert len(plain) >= 4  # the key and the reading list are encrypted
    assert len(workbooks) > len(plain)
    for one in plain:
        openpyxl.load_workbook(one, read_only=True).close()
    assert not list(made.rglob("*.tmp"))
    assert not list(made.rglob("*.lock"))
