"""Made-up samples of a lead who owns the lists: words of packs, own words on each side, renamed ones, own questions.

Everything is invented. Words are added, taken out, renamed and put on another side; some are child protection; some
nobody uses. Reviewers type them as people do, beside what words were called, words of the team that wait, and words of
no list.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import tomllib
from dataclasses import replace
from functools import cache

import pandas as pd
import plain_lists
from made_up_samples import HARMS, TEMPLATE, Sample, sample
from plain_lists import CODES

LEAD = ["List", "Word", "Order", "Side", "Child protection", CODES, "Was called"]
SECOND = "Outcome at the end of assessment"
SIDES = ["Closed", "Progressed", "Neither", "progressed", "CLOSED ", None]
OWN = {
    "Outcome": ["Safety planning meeting", "Stepped down to  universal", "Panel <12", "Plan (level 3)?", "Pathway 2*",
                "Contextual safeguarding plan", "Joint s47 with police"],
    "Referred to?": ["Detached youth work", "Mentor (own)", "Boxing club", "Early help hub"],
    "Gender": ["Trans boy", "Non-binary", "Girl"],
    "Ethnicity": ["Kurdish", "Roma (own list)", "Somali", "White European"],
}  # fmt: skip
_CODES = {"Roma (own list)": "WROM", "White European": "WOTH; other white"}
_SHIPPED = {
    "Outcome": ("outcomes", "outcome", "synonyms"),
    "Referred to?": ("referred_to", "service", "synonyms"),
    "Gender": ("gender", "gender", "synonyms"),
    "Ethnicity": ("ethnicity", "label", "code"),
}
NEW_NAMES = {
    "Early help": "Family Help (own)", "Child in Need": "Family Help plan (own)", "No further action": "Ended",
    "Police": "Police or PREVENT", "Female": "Girl or woman", "White British": "British (white)",
    "Other": "Something else",
}  # fmt: skip
WAITING, NOWHERE = (
    ["Step-across panel", "Multi-agency huddle"],
    ["Zorbing", "Closed - moved", "Progressed", "?", "plan"],
)
PLACES = "Where it happened (own)"
QUESTIONS = [
    (PLACES, "Choose several", "School\nPark  or street\nOnline\npark or street\nHome of others"),
    ("Who raised it?", "Choose one", "Parent\nSchool\nPolice <2\nA*"),
    ("Was a plan agreed?", "Yes / No", None),
    ("Moves in the last year", "Number", None),
    ("What was tried", "Text", None),
    ("When was it agreed?", "Date", None),
]
OURS = ["Outcome", "Scenario", "Age band", "Gender", "Ethnicity", "Referred to?", "Type of harm", "Level of harm"]
NUMBERS = [None, 0, -1, 1, 2, 2.5, 3.0, 5, 6, 20, 21, 400, "3", " ", "two", "#N/A"]


def _table(name: str) -> list[dict[str, str]]:
    with (TEMPLATE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _pack_questions(chance: random.Random) -> list[tuple[str, str, str | None]]:
    """Some questions of one pack, as its file has them."""
    path = chance.choice(sorted((TEMPLATE / "packs" / "questions").glob("*.toml")))
    asked = tomllib.loads(path.read_text(encoding="utf-8"))["question"]
    return [(one["heading"], one["type"], "\n".join(one.get("choices", [])) or None) for one in asked[:2]]


def lead_lists(chance: random.Random) -> pd.DataFrame:
    """My lists: what is shipped, what packs bring, and what a lead did with it."""
    rows: list[dict[str, object]] = []
    for name, (file, column, codes) in _SHIPPED.items():
        words = [
            {"List": name, "Word": one[column], CODES: one[codes], "Side": one.get("side"),
             "Child protection": (one.get("child_protection") or "").capitalize() or None}
            for one in _table(f"reference/{file}")
        ]  # fmt: skip
        rows += chance.sample(words, len(words) - chance.choice([0, 0, 1, 3])) if name != "Ethnicity" else words
    packs = chance.sample(["Families First", "Services", "Contacts and steps", "Census"], chance.randint(0, 4))
    for one in _table("packs/words"):
        there = {(row["List"], str(row["Word"]).lower()) for row in rows}
        if one["pack"] in packs and (one["list"], one["word"].lower()) not in there:
            rows.append({"List": one["list"], "Word": one["word"], "Side": one["side"] or None,
                         "Child protection": one["child_protection"].capitalize() or None})  # fmt: skip
    for name, words in OWN.items():
        for word in chance.sample(words, chance.randint(0, len(words))):
            side = chance.choice(SIDES) if name == "Outcome" else None
            rows.append({"List": name, "Word": word, "Side": side, CODES: _CODES.get(word),
                         "Child protection": chance.choice(["Yes", "No", "yes ", None]) if side else None})  # fmt: skip
    chance.shuffle(rows)
    protects = chance.random() < 0.85
    for place, row in enumerate(rows):
        row["Order"] = chance.choice([place, place, float(place), None])
        if row["Word"] in NEW_NAMES and chance.random() < 0.4:
            row["Was called"], row["Word"] = row["Word"], NEW_NAMES[str(row["Word"])]
        if row["List"] == "Outcome" and chance.random() < 0.15:
            row["Side"] = chance.choice(SIDES)
        if row["List"] == "Outcome" and not protects:
            row["Child protection"] = "No"
    taken = [str(row[CODES]).split(";")[0] for row in rows if row["Word"] in _CODES]  # the lead moved these codes
    for row in rows:
        row[CODES] = None if row.get(CODES) in taken and row["Word"] not in _CODES else row.get(CODES)
    most = {name: [row for row in rows if row["List"] == name][:50] for name in _SHIPPED}
    kept = [row for row in rows if any(row is one for one in most[str(row["List"])])]
    made = pd.DataFrame([[row.get(heading) for heading in LEAD] for row in kept], columns=LEAD, dtype=object)
    return made.where(made.notna(), None)


@cache
def own_sample(seed: int, *, number: int | None = None) -> Sample:
    """A sample counted by lists of its own; the same for the same seed."""
    chance = random.Random(seed * 7919 + 14)
    base = sample(seed + 20_000, number=number if number is not None else chance.choice([9, 25, 40, 60, 60]))
    lists = lead_lists(chance)
    words = plain_lists.read(lists).words
    waiting = [["Outcome", word, None, "Progressed", "Yes", None, None] for word in WAITING]
    own = chance.sample(["County lines", "Harm in school", "Sextortion (own)"], chance.randint(0, 3))
    chosen = dict.fromkeys(chance.sample([*HARMS, *own], 4), "No")
    questions: list[tuple[str, str, str | None]] = [*chance.sample(QUESTIONS, 4), *_pack_questions(chance)]
    second = chance.random() < 0.6
    if second:
        questions.insert(0, (SECOND, "Choose one", "\n".join(words["Outcome"])))
    sides = [one for one, kind, _ in questions if kind not in ("Text", "Date")]
    pairs = []
    for _ in range(chance.randint(0, 3)):
        first = chance.choice(sides)
        pairs.append((first, chance.choice([one for one in [*OURS, *sides] if one != first])))
    review = base.review[[name for name in base.review if name not in _asked(base)]].copy()
    for heading, cells in _typed(chance, len(review), lists, [*HARMS, *own], questions).items():
        review[heading] = pd.Series(cells, index=review.index, dtype=object)
    return replace(
        base, review=review, own_categories=own, chosen=chosen, lists=lists, questions=questions, second=second,
        waiting=pd.concat([lists, pd.DataFrame(waiting, columns=LEAD, dtype=object)], ignore_index=True),
        pairs=list({frozenset(pair): pair for pair in pairs}.values()),
    )  # fmt: skip


def _asked(base: Sample) -> list[str]:
    return [str(one[0]) for one in base.questions]


def _typed(
    chance: random.Random,
    size: int,
    lists: pd.DataFrame,
    harms: list[str],
    questions: list[tuple[str, str, str | None]],
) -> dict[str, list[object]]:
    """What reviewers typed in the columns whose words are the lead's, and under the questions."""
    read = plain_lists.read(lists)
    blank, own, old = chance.choice([0.0, 0.1, 0.3]), chance.choice([0.0, 0.1, 0.2]), chance.choice([0.0, 0.15])
    untidy = chance.choice([0.0, 0.2])

    def cell(words: list[str], others: list[str], before: list[str], *, several: bool = False) -> object:
        if chance.random() < blank:
            return chance.choice([None, "", " ", "#N/A"])
        made = []
        for _ in range(chance.choice([1, 1, 2, 3]) if several else 1):
            drawn = chance.random()
            pool = [*others, "Not mapped"] if drawn < own else before if before and drawn < own + old else words
            word = chance.choice(pool)
            made.append(chance.choice([word.upper(), f" {word} ", word.replace(" ", "  ")])
                        if chance.random() < untidy else word)  # fmt: skip
        return "; ".join(dict.fromkeys(made))

    found: dict[str, list[object]] = {}
    for name, words in read.words.items():
        some = chance.sample(list(words), max(1, len(words) - chance.choice([0, 3, len(words) // 2])))  # rest: unused
        before = [str(word) for word in lists.loc[lists["List"] == name, "Was called"] if word]
        others = [*WAITING, *NOWHERE] if name == "Outcome" else NOWHERE
        several = name == "Referred to?"
        found[name] = [cell(some, others, before, several=several) for _ in range(size)]
    found["Type of harm"] = [cell(harms, ["Cuckooing", "No category recorded"], [], several=True) for _ in range(size)]
    for heading, kind, choices in questions:
        words = ["Yes", "No"] if kind == "Yes / No" else (choices or "x").splitlines()
        if kind == "Number":
            found[heading] = [chance.choice(NUMBERS) for _ in range(size)]
        elif kind == "Date":
            found[heading] = [chance.choice([None, dt.date(2026, 3, 1), "soon"]) for _ in range(size)]
        else:
            found[heading] = [cell(words, ["Bus"], [], several=kind == "Choose several") for _ in range(size)]
    found["Act now?"] = [chance.choice([None, None, "Yes"]) for _ in range(size)]
    found["Acted by"] = [chance.choice([None, "AB"]) for _ in range(size)]
    found["Acted on"] = [chance.choice([None, dt.date(2026, 4, 2)]) for _ in range(size)]
    return found
