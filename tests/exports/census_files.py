"""Census returns for tests, made from nothing: small ones by their pieces, and one of many children as a stream."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[1] / "data" / "cin_census"
FACTORS = ("2A", "3B", "4B", "10A", "11A", "13A", "14A", "16A", "18B", "24A")
ETHNICITIES = ("WBRI", "MWBC", "APKN", "BAFR", "NOBT")
HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>"
    "<Source><SourceLevel>L</SourceLevel><LEA>999</LEA></Source></Header>"
)


def tag(name: str, *inside: str) -> str:
    return f"<{name}>{''.join(inside)}</{name}>"


def assessment(*factors: str, start: str = "2025-05-02", end: str = "2025-06-10") -> str:
    codes = "".join(tag("AssessmentFactors", one) for one in factors)
    return tag(
        "Assessments",
        tag("AssessmentActualStartDate", start),
        tag("AssessmentAuthorisationDate", end) if end else "",
        tag("FactorsIdentifiedAtAssessment", codes) if factors else "",
    )


def episode(*more: str, referral: str = "2025-05-01", closed: str = "", reason: str = "", nfa: str = "0") -> str:
    return tag(
        "CINdetails",
        tag("CINreferralDate", referral) if referral else "",
        tag("ReferralSource", "6"),
        tag("PrimaryNeedCode", "N1"),
        tag("CINclosureDate", closed) if closed else "",
        tag("ReasonForClosure", reason) if reason else "",
        *more,
        tag("ReferralNFA", nfa) if nfa else "",
    )


def child(
    number: int, *episodes: str, born: str = "<PersonBirthDate>2010-04-03</PersonBirthDate>", sex: str = ""
) -> str:
    who = tag("ChildIdentifiers", tag("LAchildID", f"SYN{number:07d}"), born, sex or tag("Sex", "F"))
    about = tag("ChildCharacteristics", tag("Ethnicity", "WBRI"))
    return tag("Child", who, about, *episodes)


def census(*children: str, header: str = HEADER, more: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tag("Message", header, tag("Children", *children), more)}'


def one_child(*episodes: str, **more: Any) -> str:
    return census(child(1, *episodes, **more))


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def many(path: Path, children: int, padding: int = 0) -> int:
    """A return of so many children, of one to three episodes each, `padding` blanks behind each; how many episodes."""
    chance = random.Random(20260331)
    episodes = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<Message>{HEADER}<Children>\n')
        for number in range(children):
            these = []
            for at in range(chance.choice((1, 1, 1, 2, 3))):
                found = chance.sample(FACTORS, chance.randint(1, 4))
                day = f"2025-{4 + at:02d}-{1 + number % 28:02d}"
                these.append(
                    episode(
                        assessment(*found, start=day),
                        assessment(*found[:1], start=day, end=""),
                        tag("ChildProtectionPlans", tag("CPPstartDate", day)) if number % 7 == 0 else "",
                        referral=day,
                    )
                )
            episodes += len(these)
            file.write(child(number, *these) + " " * padding + "\n")
        file.write("</Children></Message>")
    return episodes
