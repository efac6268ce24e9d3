"""Passphrases. Threat 12: the passphrase is lost."""

from __future__ import annotations

import codecs
import random
import string
import unicodedata
from pathlib import Path

import pytest

from xl_dipsample.domain.shared.errors import FileProblem, PrivacyProblem, QuestionUnanswered
from xl_dipsample.privacy.key import passphrase
from xl_dipsample.privacy.key.guess_count import guesses
from xl_dipsample.privacy.key.passphrase import KEY_VARIABLE, check_strength, offer, read_passphrase

pytestmark = pytest.mark.usefixtures("local_data")

STRONG = "gravel-unsaid-plank-tidy-omen-lurch"
SECOND = "quilt-manor-eject-sudden-flaky-row"


class Answers:
    """Somebody who answers the questions one after another, or nobody."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.questions: list[str] = []

    def ask_secret(self, question: str, option: str) -> str:
        self.questions.append(question)
        if not self.answers:
            raise QuestionUnanswered("question", f"nobody there; use {option}")
        return self.answers.pop(0)


@pytest.fixture(autouse=True)
def _no_passphrase_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


def test_the_offered_passphrase_is_six_words_strong_enough_and_never_the_same() -> None:
    offered = [offer() for _ in range(200)]
    assert len(set(offered)) == 200
    for text in offered[:20]:
        assert len(text.split("-")) == 6
        check_strength(text)
    assert len({word for text in offered for word in text.split("-")}) > 1000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "passphrase-short"),
        ("Tr0ub4dor&3xx", "passphrase-short"),
        ("passwordpassword", "passphrase-weak"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "passphrase-weak"),
        ("12345678901234567890", "passphrase-weak"),
        ("qwertyuiopasdfgh", "passphrase-weak"),
        ("Safeguarding2026", "passphrase-weak"),
        ("our key password", "passphrase-weak"),
        ("BirminghamCouncil!2026", "passphrase-weak"),
        ("Knowsley+Kirklees-21", "passphrase-weak"),
        ("Northumberland November 2026", "passphrase-weak"),
        ("gravel-unsaid\tplank-tidy", "passphrase-unusable"),
        (STRONG * 10, "passphrase-long"),
    ],
)
def test_a_short_or_guessable_passphrase_is_refused_without_repeating_it(text: str, code: str) -> None:
    with pytest.raises(PrivacyProblem) as refused:
        check_strength(text)
    assert refused.value.code == code
    assert not text or text not in refused.value.sentence


def test_a_persons_own_long_sentence_is_accepted() -> None:
    check_strength("my heron eats 3 tin kettles on Tuesdays")
    check_strength((STRONG + " ") * 5)


WRITTEN = Path(__file__).parents[2] / "data" / "passphrases"


def written(name: str) -> list[str]:
    lines = (WRITTEN / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[1] for line in lines]


@pytest.mark.parametrize(("name", "count"), [("officers", 122), ("officers_later", 62)])
def test_threat_10_what_an_officer_would_choose_to_get_past_the_check_is_refused(name: str, count: int) -> None:
    texts = written(name)
    assert len(texts) == count
    assert min(map(len, texts)) >= passphrase.SHORTEST, "refused for its length: no proof"
    accepted = [text for text in texts if guesses(text) >= passphrase.GUESSES]
    assert accepted == []


@pytest.mark.parametrize(("name", "count"), [("good", 30), ("good_later", 15)])
def test_a_passphrase_that_nobody_could_guess_is_accepted(name: str, count: int) -> None:
    texts = written(name)
    assert len(texts) == count
    for text in texts:
        check_strength(text)


def test_what_is_drawn_at_random_is_accepted_words_letters_and_marks_alike() -> None:
    """Marks used to be left out before the rest was counted: nine in ten from a password manager were refused."""
    draw = random.Random(20261128)
    signs = string.ascii_letters + string.digits + string.punctuation
    for text in [offer(5) for _ in range(20)] + ["".join(draw.choices(signs, k=15)) for _ in range(80)]:
        assert guesses(text) >= passphrase.GUESSES, text


@pytest.mark.parametrize(
    ("text", "less_than"),
    [
        ("İİİİİİİİİİİİİİİİ", 1e12),  # small letters of two signs
        ("----------------", 1e12),
        ("child social worker review", 1e12),  # four words, 10,000 to the third for zxcvbn alone
    ],
)
def test_guesses_are_counted_whatever_the_text_is(text: str, less_than: float) -> None:
    assert 0 < guesses(text) < less_than


@pytest.mark.parametrize(
    "content",
    [
        STRONG.encode(),
        STRONG.encode() + b"\n",
        STRONG.encode() + b"\r\nsecond line\r\n",
        codecs.BOM_UTF8 + STRONG.encode() + b"\r\n",
        (STRONG + "\r\n").encode("utf-16"),
    ],
)
def test_the_first_line_of_a_file_is_the_passphrase_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "p.txt"
    file.write_bytes(content)
    assert read_passphrase(file, KEY_VARIABLE, Answers(), "?", new=True) == STRONG


def test_blanks_at_the_ends_of_the_line_belong_to_the_passphrase(tmp_path: Path) -> None:
    file = tmp_path / "p.txt"
    file.write_text(f" {STRONG} \n")
    assert passphrase.from_file(file) == f" {STRONG} "


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "passphrase-empty"), (b"\nx", "passphrase-empty"), (b"\xff\xfa\x81", "passphrase-file-unreadable")],
)
def test_a_file_without_a_passphrase_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "p.txt"
    file.write_bytes(content)
    with pytest.raises(PrivacyProblem) as refused:
        passphrase.from_file(file)
    assert refused.value.code == code


def test_a_passphrase_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "no.txt", tmp_path):
        with pytest.raises(FileProblem, match="cannot be read"):
            passphrase.from_file(path)


def test_the_file_comes_before_the_variable_and_both_before_the_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "from the variable")
    nobody = Answers()
    assert read_passphrase(None, KEY_VARIABLE, nobody, "?", new=False) == "from the variable"
    file = tmp_path / "p.txt"
    file.write_text("from the file")
    assert read_passphrase(file, KEY_VARIABLE, nobody, "?", new=False) == "from the file"
    assert nobody.questions == []
    monkeypatch.setenv(KEY_VARIABLE, "")
    assert read_passphrase(None, KEY_VARIABLE, Answers("typed"), "?", new=False) == "typed"


def test_a_new_passphrase_is_offered_and_asked_for_twice() -> None:
    person = Answers(STRONG, STRONG)
    assert read_passphrase(None, KEY_VARIABLE, person, "Passphrase", new=True) == STRONG
    assert len(person.questions) == 2
    assert person.questions[0].count("-") >= 5, "one is offered"
    again = Answers(STRONG, SECOND, "passwordpassword", STRONG, STRONG)
    assert read_passphrase(None, KEY_VARIABLE, again, "Passphrase", new=True) == STRONG
    assert "not the same" in again.questions[2]
    assert "easy to guess" in again.questions[3]


def test_an_old_passphrase_is_asked_for_once_and_may_be_weak() -> None:
    person = Answers("weak")
    assert read_passphrase(None, KEY_VARIABLE, person, "Passphrase", new=False) == "weak"
    assert person.questions == ["Passphrase"]


def test_without_anybody_there_the_sentence_names_option_and_variable() -> None:
    with pytest.raises(QuestionUnanswered, match=f"--reading-passphrase-file FILE or set {KEY_VARIABLE}"):
        read_passphrase(None, KEY_VARIABLE, Answers(), "?", new=True, option="--reading-passphrase-file")


def test_an_accent_is_the_same_however_it_was_typed(tmp_path: Path) -> None:
    file = tmp_path / "p.txt"
    file.write_text(unicodedata.normalize("NFD", "Äpfel"), encoding="utf-8")
    assert passphrase.from_file(file) == unicodedata.normalize("NFC", "Äpfel")


def test_threat_12_the_second_keyholder_gets_the_keys_passphrase_back(tmp_path: Path) -> None:
    key_path = tmp_path / "key.xlsx"
    path = passphrase.put_escrow(key_path, passphrase.make_escrow(STRONG, SECOND))
    assert path.parent == key_path.parent
    assert list(tmp_path.iterdir()) == [path]
    assert STRONG.encode() not in path.read_bytes()
    assert passphrase.escrow_holds(key_path, SECOND) == [STRONG]
    with pytest.raises(PrivacyProblem, match="does not open"):
        passphrase.escrow_holds(key_path, STRONG)


def test_the_escrow_is_rewritten_when_the_passphrase_changes(tmp_path: Path) -> None:
    key_path = tmp_path / "key.xlsx"
    passphrase.put_escrow(key_path, passphrase.make_escrow("the old one", SECOND))
    passphrase.put_escrow(key_path, passphrase.make_escrow(STRONG, SECOND))
    assert passphrase.escrow_holds(key_path, SECOND) == [STRONG]
    assert len(list(tmp_path.iterdir())) == 1, "no old passphrase is left beside it"


def test_the_second_keyholder_needs_another_passphrase(tmp_path: Path) -> None:
    with pytest.raises(PrivacyProblem, match="another passphrase"):
        passphrase.put_escrow(tmp_path / "key.xlsx", passphrase.make_escrow(STRONG, STRONG))
    assert list(tmp_path.iterdir()) == []


def test_an_escrow_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        passphrase.escrow_holds(tmp_path / "key.xlsx", SECOND)
