"""Who is this? Threat 8: a mistyped ID opens another child's file."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.silent_ui import SilentUi
from xl_dipsample.actions.lookup import LookupOptions, run
from xl_dipsample.domain.errors import DipSampleError, QuestionUnanswered
from xl_dipsample.privacy import ids, key
from xl_dipsample.privacy.key_file import write_key
from xl_dipsample.privacy.passphrase import KEY_VARIABLE

PASSPHRASE = "gravel-unsaid-plank-tidy-omen-lurch"  # noqa: S105


class Screen(SilentUi):
    """A person at a screen: what was told, and how often a passphrase was asked for."""

    def __init__(self, passphrase: str | None = PASSPHRASE) -> None:
        super().__init__()
        self.passphrase = passphrase

    def ask_secret(self, question: str, option: str) -> str:
        if self.passphrase is None:
            raise QuestionUnanswered("question", option)
        return self.passphrase


@pytest.fixture(autouse=True)
def _no_passphrase_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A key of two committed children, one without case ID, and a third who has left."""
    rows = pd.DataFrame(
        [["1001", "Ann Sentinel", 1, None], [None, "Bo Sentinel", 2, "f2"], ["1003", None, 3, None]],
        columns=["Case ID", "Name", "Row", "Fingerprint"],
        dtype=object,
    ).assign(**{"Date of birth": None, "Contact date": None})
    book, unique_ids = key.assign(key.KeyBook(), rows, "Spring 2024", "s1", "Young person")
    book, _ = key.assign(key.commit(book, "s1"), rows.iloc[:2], "Spring 2024", "s1", "Young person")
    path = tmp_path_factory.mktemp("restricted") / "key.xlsx"
    write_key(path, book, PASSPHRASE)
    return path, unique_ids.tolist()


def look_up(path: Path, typed: str, screen: Screen, *, is_terminal: bool = True) -> str:
    before = {file: file.read_bytes() for file in path.parent.iterdir()}
    try:
        result = run(screen, LookupOptions(path, typed, is_terminal))
    finally:
        assert {file: file.read_bytes() for file in path.parent.iterdir()} == before, "nothing is written"
    assert "entinel" not in json.dumps(result.as_json())
    assert "100" not in json.dumps(result.as_json())
    return "\n".join(screen.told)


def refusal(path: Path, typed: str, screen: Screen, *, is_terminal: bool = True) -> DipSampleError:
    with pytest.raises(DipSampleError) as refused:
        look_up(path, typed, screen, is_terminal=is_terminal)
    assert screen.told == []
    assert "entinel" not in refused.value.sentence
    assert "100" not in refused.value.sentence
    return refused.value


def test_an_id_shows_name_and_case_id_on_the_screen(sample: tuple[Path, list[str]]) -> None:
    path, [one, two, _] = sample
    told = look_up(path, one, Screen())
    assert told == f"{one}: Ann Sentinel, case ID 1001, sample Spring 2024."
    assert look_up(path, one.lower().replace("-", " "), Screen()) == told
    assert look_up(path, two, Screen()) == f"{two}: Bo Sentinel, no case ID, sample Spring 2024."


def test_a_retired_id_says_so(sample: tuple[Path, list[str]]) -> None:
    path, [_, _, gone] = sample
    told = look_up(path, gone, Screen())
    assert told.startswith(f"{gone}: no name recorded, case ID 1003")
    assert told.endswith("This ID is retired: the row has left the sample.")


def test_redirected_or_as_json_it_is_refused_before_anything_is_asked(sample: tuple[Path, list[str]]) -> None:
    path, [one, *_] = sample
    problem = refusal(path, one, Screen(passphrase=None), is_terminal=False)
    assert problem.code == "lookup-needs-terminal"
    assert "--json" in problem.sentence


def test_threat_8_a_mistyped_id_names_nobody_and_says_did_you_mean(sample: tuple[Path, list[str]]) -> None:
    path, [one, *_] = sample
    swapped = next(one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(7, 10) if one[at] != one[at + 1])
    for typed in (one[:-1] + ("3" if one[-1] == "2" else "2"), one[:-1], one + "7", one[:-1] + "0", swapped):
        problem = refusal(path, typed, Screen())
        assert problem.sentence.endswith(f"Did you mean {one}?"), typed


def test_an_id_that_is_no_edit_away_gets_no_suggestion(sample: tuple[Path, list[str]]) -> None:
    path, known = sample
    [stranger] = ids.new_ids(1, taken=known)
    assert refusal(path, stranger, Screen()).code == "id-unknown"
    problem = refusal(path, "Ann Sentinel", Screen())
    assert "Did you mean" not in problem.sentence


def test_a_wrong_passphrase_shows_nothing(sample: tuple[Path, list[str]]) -> None:
    path, [one, *_] = sample
    assert refusal(path, one, Screen("wrong")).code == "wrong-passphrase"


def test_without_anybody_to_ask_the_option_is_named(sample: tuple[Path, list[str]]) -> None:
    path, [one, *_] = sample
    assert "--passphrase-file" in refusal(path, one, Screen(None)).sentence


def test_the_passphrase_may_come_from_a_file(sample: tuple[Path, list[str]], tmp_path: Path) -> None:
    path, [one, *_] = sample
    (tmp_path / "p.txt").write_text(PASSPHRASE + "\n")
    screen = Screen(None)
    run(screen, LookupOptions(path, one, is_terminal=True, passphrase_file=tmp_path / "p.txt"))
    assert "Ann Sentinel" in screen.told[0]


def test_a_key_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DipSampleError, match="There is no file"):
        run(Screen(), LookupOptions(tmp_path / "key.xlsx", "DS-7GK-4MX3", is_terminal=True))
