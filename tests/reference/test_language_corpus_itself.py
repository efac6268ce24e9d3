"""The sentences written apart for the language check are whole: what they are held against stands elsewhere."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "data" / "language_corpus"
SETS = ("seen", "held")
CONCERNS = {"blames", "consents", "minimises", "criminalises", "labels", "disengaged"}
LABELS = CONCERNS | {"protective", "none"}
COLUMNS = ["id", "set", "text", "label", "words", "also", "trap", "looks_like", "form", "source", "named", "note"]
# Words that stand nowhere in small letters: short forms, days, languages, what opens a sentence. No name.
WITH_A_CAPITAL = """
    ADHD AWOL BTP CAMHS CAWNs CCTV CIN CP CPS CSC CSE DNA DSL EDT EHCP GP IRO ISVA LAC LADO MACE MASH MS NFA NRM PE PR
    PSHE RHI RSE SARC SENCo YJS Anonymous Anti Arrest Assessment Benefits Caribbean Case Chronology Communities
    Considered Consultation Contact Continued Copied Copy Core Credit Crime Discussed Diverted Duty Easter English
    Foundation Friday Healthy Horseplay Intel Interpreter January Joint June Licensing Low Manager March Minutes Monday
    Mondays Multi Neighbour Notes Outline Parent Pashto Please Polish Presented Promiscuity Protective Public Pupil
    Really Recorded Referral Registration Returned Review Second Seen Snapchat Stepdad Sunday Supervision Telephone
    Theirs Third Thursday Tit Toxic Toxicology Training Transfer Tuesday Unaccompanied Underage Uploaded Viewed
    Wednesday White
"""


def rows() -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for name in SETS:
        with (CORPUS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            assert reader.fieldnames == COLUMNS, name
            some = list(reader)
        assert {row["set"] for row in some} == {name}
        found.extend(some)
    return found


def readme() -> str:
    return (CORPUS / "README.md").read_text(encoding="utf-8")


def test_no_sentence_and_no_number_stands_twice() -> None:
    assert sorted(row["id"] for row in rows()) == [f"L{number:03}" for number in range(1, len(rows()) + 1)]
    assert len({row["text"].casefold() for row in rows()}) == len(rows())


def test_every_row_has_known_labels_and_says_yes_or_no() -> None:
    for row in rows():
        assert row["label"] in LABELS, row["id"]
        assert row["also"] in LABELS - {"none", row["label"]} | {""}, row["id"]
        assert {row["trap"], row["named"]} <= {"yes", "no"}, row["id"]
        assert row["form"], row["id"]
        assert all(value is not None and value == value.strip() for value in row.values()), row["id"]


def test_the_words_that_carry_a_label_stand_in_the_text() -> None:
    for row in rows():
        words = row["words"].split(" | ") if row["words"] else []
        assert bool(words) == (row["label"] != "none"), row["id"]
        for one in words:
            assert one.strip(" .,:;"), row["id"]
            assert row["text"].count(one) == 1, row["id"]


def test_a_trap_says_which_concern_it_must_not_be_taken_for_and_no_concern_is_a_trap() -> None:
    for row in rows():
        assert (row["trap"] == "yes") == (row["looks_like"] in CONCERNS), row["id"]
        assert row["trap"] == "no" or row["label"] in ("none", "protective"), row["id"]
        assert row["trap"] == "no" or row["label"] == "protective" or row["note"], row["id"]


def test_there_are_as_many_of_each_label_as_the_readme_says() -> None:
    told = {
        cells[0]: tuple(int(one) for one in cells[1:])
        for cells in re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", readme(), re.MULTILINE)
    }
    counted = {}
    for label in LABELS:
        some = [row for row in rows() if row["label"] == label]
        sets = Counter(row["set"] for row in some)
        counted[label] = (len(some), sets["seen"], sets["held"], sum(row["trap"] == "yes" for row in some))
    assert counted == told
    assert sum(counted[label][0] for label in CONCERNS) == 300
    assert len(rows()) == 600


def test_one_third_of_each_kind_is_seen() -> None:
    kinds = Counter((row["label"], row["trap"]) for row in rows())
    seen = Counter((row["label"], row["trap"]) for row in rows() if row["set"] == "seen")
    assert all(seen[kind] * 3 == number for kind, number in kinds.items())


def test_the_readme_explains_every_source_and_no_other() -> None:
    explained = set(re.findall(r"^\| ([A-Z0-9]+) \| ", readme(), re.MULTILINE))
    assert {row["source"] for row in rows()} - {""} == explained
    assert all((row["source"] == "") == (row["label"] == "none") for row in rows())


def test_nothing_in_it_is_a_name_or_another_identifier() -> None:
    texts = {row["id"]: row["text"] for row in rows()}
    known = set(WITH_A_CAPITAL.split())
    small = {word for text in texts.values() for word in re.findall(r"\b[a-z]+\b", text)}
    for number, text in texts.items():
        for word in re.findall(r"\b[A-Z][A-Za-z]+\b", text):
            assert word.casefold() in small or word in known, (number, word)
        assert not re.search(r"\d{4,}|\d+[/-]\d+|@|https?:|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b", text), number
