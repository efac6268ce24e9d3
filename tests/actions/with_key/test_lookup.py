"""Who is this? Threat 8: a mistyped ID opens another child's file."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

from tests.silent_ui import SilentUi
from xl_dipsample.actions.lookup import LookupOptions, run
from xl_dipsample.domain.shared.errors import DipSampleError, QuestionUnanswered
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy.key import ids, key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import write_key
from xl_dipsample.privacy.key.passphrase import KEY_VARIABLE

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
        columns=["Case ID", "Name", "Record", "Fingerprint"],
        dtype=object,
    ).assign(**{"Date of birth": None, "Contact date": None})
    book, unique_ids = key_book.assign(key_book.KeyBook(), rows, "Spring 2024", "s1", "Young person")
    book, _ = key_book.assign(key_book.commit(book, "s1"), rows.iloc[:2], "Spring 2024", "s1", "Young person")
    path = tmp_path_factory.mktemp("restricted") / "key.xlsx"
    write_key(OpenKey(path, PASSPHRASE, book))
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


# ---- the other way, and with more said ----------------------------------------------------------------------------


@pytest.fixture
def two_samples(tmp_path: Path) -> tuple[Path, list[str]]:
    """A key in which one child is in two samples, and a long list with one more."""
    rows = pd.DataFrame(
        [["0042", "Synthetic Sentinel", 1, None], ["43", "Synthetic Other", 2, None]],
        columns=["Case ID", "Name", "Record", "Fingerprint"],
        dtype=object,
    ).assign(**{"Date of birth": None, "Contact date": dt.date(2024, 5, 6)})
    book, first = key_book.assign(key_book.KeyBook(), rows, "Spring", "s1", "Young person")
    book, second = key_book.assign(key_book.commit(book, "s1"), rows.iloc[:1], "Autumn", "s2", "Young person")
    book = key_book.with_names(
        key_book.commit(book, "s2"), pd.DataFrame({"Name": ["Synthetic Third"], "Case ID": ["44"]})
    )
    (tmp_path / "restricted").mkdir()
    path = tmp_path / "restricted" / "key.xlsx"
    write_key(OpenKey(path, PASSPHRASE, book))
    return path, [first.iloc[0], second.iloc[0]]


def of_case(path: Path, case_id: str | None, screen: Screen, typed: str | None = None) -> Result:
    return run(screen, LookupOptions(path, typed, is_terminal=True, case_id=case_id))


def test_a_case_id_shows_its_unique_ids_in_every_sample_and_no_name(two_samples: tuple[Path, list[str]]) -> None:
    path, [spring, autumn] = two_samples
    screen = Screen()
    result = of_case(path, " 0042 ", screen)
    assert screen.told == [
        f"{spring}: sample Spring, contact 06/05/2024.",
        f"{autumn}: sample Autumn, contact 06/05/2024.",
    ]
    assert result.figures == {"unique_ids": 2}
    for word in (spring, "0042", "Sentinel"):
        assert word not in json.dumps(result.as_json())


@pytest.mark.parametrize(("case_id", "why"), [("44", "but in no sample"), ("42", "leading zeros included")])
def test_a_case_without_unique_id_is_refused_and_not_repeated(
    two_samples: tuple[Path, list[str]], case_id: str, why: str
) -> None:
    with pytest.raises(DipSampleError, match=why) as refused:
        of_case(two_samples[0], case_id, Screen())
    assert case_id not in refused.value.sentence


def test_either_an_id_or_a_case_id_is_needed(two_samples: tuple[Path, list[str]]) -> None:
    path, [spring, _] = two_samples
    for case_id, typed in ((None, None), ("", ""), ("0042", spring)):
        with pytest.raises(DipSampleError, match="either a unique ID, or --case-id"):
            of_case(path, case_id, Screen(None), typed)


def test_threat_8_a_mistyped_id_says_which_character_is_wrong(sample: tuple[Path, list[str]]) -> None:
    path, ids_of_the_sample = sample
    one = next(one for one in ids_of_the_sample if one[7] not in (one[5], one[8]))  # the gap shows where it is
    typed = one[:4] + ("2" if one[4] != "2" else "3") + one[5:]
    problem = refusal(path, typed, Screen())
    assert f"The second character after DS is {typed[4]} and should be {one[4]}. Did you mean" in problem.sentence
    assert "The fourth character after DS, " in refusal(path, one[:7] + one[8:], Screen()).sentence
    stranger = refusal(path, "DS-222-O222", Screen())
    assert stranger.sentence.endswith("It is the fourth character after DS.")


def test_a_key_of_another_sample_says_how_many_samples_it_has(two_samples: tuple[Path, list[str]]) -> None:
    [stranger] = ids.new_ids(1, taken=two_samples[1])
    with pytest.raises(DipSampleError, match="it holds the IDs of 2 samples") as refused:
        of_case(two_samples[0], None, Screen(), stranger)
    assert refused.value.code == "id-unknown"


def test_threat_15_a_copy_beside_the_key_is_a_warning(two_samples: tuple[Path, list[str]]) -> None:
    path, [spring, _] = two_samples
    path.with_name("key (1).xlsx").write_bytes(path.read_bytes())
    result = of_case(path, None, Screen(), spring)
    assert [one.code for one in result.messages] == ["conflict-copy"]
