"""Small samples at random, as people leave a review workbook in the middle of the work. Everything is invented.

Several types of harm in one case, words of no list, "Not mapped", blanks, error cells, other capitals and spaces, rows
that left, rows without a unique ID, scenarios that nobody is in, outcomes in people's own words, texts with the words
that the sheet Language looks for.
"""

from __future__ import annotations

import csv
import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

TEMPLATE = Path(__file__).resolve().parents[3] / "workbook_template"
LISTS = tomllib.loads((TEMPLATE / "lists.toml").read_text(encoding="utf-8"))["lists"]
REVIEW = tomllib.loads((TEMPLATE / "sheets" / "10_review.toml").read_text(encoding="utf-8"))["table"][0]
COLUMNS = {column["heading"]: column for column in REVIEW["columns"]}
HEADINGS = list(COLUMNS)
LISTS |= {one["list"]: one["choices"] for one in COLUMNS.values() if "choices" in one}
WHERE, HELD, TOLD = "Where did the harm happen?", "Was a return interview held?", "What was the plan?"
QUESTIONS = [
    [WHERE, "Choose several", "School\nPark\nOnline\n park"],
    [HELD, "Yes / No", None],
    [TOLD, "Text", None],
    ["Days until the visit", "Number", None],
]
# What Terms may hold, each with a regular expression for the same words, written by hand.
TERMS = [
    ("street ?wise", "Adultifies", r"street ?wise"),
    ("mature for (his|her|their) age", "Adultifies", r"mature for (?:his|her|their) age"),
    ("(put|puts|putting) (him|her|them)sel(f|ves) at risk", "Blames the child",
     r"(?:put|puts|putting) (?:him|her|them)sel(?:f|ves) at risk"),
    ("at risk", "Says too little", r"at risk"),
    ("abscond*", "Blames the child", r"abscond\w*"),
    ("boyfriend", "Normalises the harm", r"boyfriend"),
    ("refus(e|es|ed) to engage", "Blames the child", r"refus(?:e|es|ed) to engage"),
    ("no-show", "Not in any text", r"no-show"),
]  # fmt: skip
_SAID = ["street wise", "Streetwise", "puts herself at risk", "PUT THEMSELVES AT RISK", "at\nrisk", "absconded",
         "absconding", "her \u2018boyfriend\u2019", "boyfriends", "refused  to engage",
         "mature for his age"]  # fmt: skip
_PLAIN = ["police", "visited", "school", "mother", "father's", "group", "older", "youths", "park", "phone", "worry",
          "plan", "review", "meeting", "the", "and", "of", "was", "a", "to", "with", "they", "were", "found", "money",
          "gifts", "missing", "home", "worker", "agreed", "closed", "step", "family", "visit", "ysgol", "t\u0177", "2",
          "14", "[CHILD]", "risk", "[SCHOOL]", "age", "self-harm", "wasn't", "station", "knife", "train"]  # fmt: skip
_ERRORS = ["#N/A", "#NAME?"]


def column_of(table: str, column: str) -> list[str]:
    """A column of a reference table, blanks left out."""
    with (TEMPLATE / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file) if row[column]]


HARMS = column_of("harm_categories", "category")
# What the lead has added to My lists, or changed there: (list, word) -> side, child protection.
OWN_LISTS = {
    ("Outcome", "Family Help"): ("Progressed", "No"),
    ("Outcome", "ROTH plan"): ("progressed", "yes"),
    ("Outcome", "Closed: context referral"): ("Closed", None),
    ("Outcome", "Awaiting panel"): (None, None),
    ("Outcome", "Transferred to another service or area"): ("Closed", "No"),
    ("Referred to?", "MACE panel"): (None, None),
    ("Gender", "Trans boy"): (None, None),
}


def _with_own(name: str, words: list[str]) -> list[str]:
    return [*words, *(word for one, word in OWN_LISTS if one == name and word not in words)]


OUTCOMES = _with_own("Outcome", column_of("outcomes", "outcome"))
SERVICES = _with_own("Referred to?", column_of("referred_to", "service"))
GENDERS = _with_own("Gender", column_of("gender", "gender"))
ETHNICITIES = column_of("ethnicity", "label")
SIDES = {
    "Closed": ["No further action", "Advice and information", "Early help", "Closed: context referral"],
    "Progressed": ["Child in Need", "Strategy discussion / section 47", "Child Protection", "Looked after",
                   "Family Help", "ROTH plan"],
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sample:
    """The tables that people and earlier steps fill: Review, Funnel, Categories (added rows), Questions, Terms.

    `lists`: the rows of My lists as they were laid out, with their headings, where the lead has lists of their own;
    `waiting`: the same with the rows that the team has typed below since. `chosen`: Chosen of Categories, where it is
    not as shipped. `second`: the second decision point is turned on, and its column is the first of the questions.
    """

    review: pd.DataFrame
    funnel: list[list[object]]
    own_categories: list[str]
    terms: list[tuple[str, str, str]]
    lists: pd.DataFrame | None = None
    waiting: pd.DataFrame | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    questions: Sequence[Sequence[str | None]] = tuple(QUESTIONS)
    pairs: Sequence[tuple[str, str]] = ()
    second: bool = False


class _Writer:
    """Writes cells as people do; how untidy is drawn once for a sample."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.untidy = chance.choice([0.0, 0.1, 0.4])
        self.blank = chance.choice([0.0, 0.1, 0.4])
        self.own = chance.choice([0.0, 0.05, 0.2])
        self.outcomes = chance.sample(OUTCOMES, chance.choice([1, 3, 4, 5, len(OUTCOMES)]))
        self.harms = chance.sample(HARMS, chance.choice([2, 3, len(HARMS)]))
        self.ethnicities = chance.sample(ETHNICITIES, chance.choice([2, 4, len(ETHNICITIES)]))
        self.genders = chance.sample(GENDERS, chance.choice([1, 2, len(GENDERS)]))
        self.levels = chance.sample(LISTS["level_of_harm"], chance.choice([1, 2, 3]))
        self.follows = chance.random() < 0.4  # outcomes follow parenting concerns
        self.concerns = chance.sample(LISTS["yes_no_not_clear"], chance.choice([1, 2, 3]))

    def some(self, word: str) -> str:
        """The word, perhaps with other capitals and spaces."""
        if self.chance.random() >= self.untidy:
            return word
        return self.chance.choice([word.upper(), word.lower(), f" {word}  ", word.replace(" ", "  ")])

    def one(self, words: Sequence[str], own: Sequence[str], blank: float | None = None) -> object:
        """A word of a list; or somebody's own words, Not mapped, an error, nothing."""
        if self.chance.random() < (self.blank if blank is None else blank):
            return self.chance.choice([None, None, "", "  ", self.chance.choice(_ERRORS)])
        if self.chance.random() < self.own:
            return self.some(self.chance.choice([*own, "Not mapped"]))
        return self.some(self.chance.choice(list(words)))

    def several(self, words: Sequence[str], own: Sequence[str]) -> object:
        """One to three words of a list, joined as people join them."""
        first = self.one(words, own)
        if not isinstance(first, str) or first.strip() in {"", *_ERRORS}:
            return first
        more = [self.some(self.chance.choice(list(words))) for _ in range(self.chance.choice([0, 0, 1, 2]))]
        joined = self.chance.choice(["; ", "; ", ";", " ; "]).join([first, *more])
        return f"{joined};" if self.chance.random() < self.untidy / 4 else joined

    def age(self) -> object:
        """A number, a number as text, two ages, or what is no age."""
        if self.chance.random() < self.own:
            return self.chance.choice(["13-14", "14-15", "15 - 16", "about 14", "130", 9, 13.5, "#VALUE!", None, "18"])
        age = self.chance.randint(10, 18)
        return self.chance.choice([age, float(age), str(age), f" {age} "])

    def text(self, length: int, tells: float, lean: int = 0) -> object:
        """Words in any order, now and then with some that Language looks for; `lean`: some words more often."""
        if self.chance.random() < self.blank:
            return self.chance.choice([None, "", " ", "#N/A"])
        pools = [_PLAIN, _PLAIN, _PLAIN[lean : lean + 8] or _PLAIN]
        words = [self.chance.choice(self.chance.choice(pools)) for _ in range(self.chance.randint(1, length))]
        if self.chance.random() < tells:
            for _ in range(self.chance.choice([1, 1, 2])):
                words.insert(self.chance.randrange(len(words) + 1), self.chance.choice(_SAID))
        return self.chance.choice([" ", " ", ", ", "\n"]).join(words)


@cache
def sample(seed: int, number: int | None = None, tells: float = 0.25) -> Sample:
    """A sample of 0 to 60 rows, or of `number`; the same for the same seed."""
    chance = random.Random(seed)
    size = number if number is not None else chance.choice([0, 1, 5, 10, *range(12, 61), *range(45, 61)])
    write = _Writer(chance)
    leaving = chance.choice([0.0, 0.1, 0.3])
    rows = [_row(write, place, leaving, tells) for place in range(size)]
    frame = pd.DataFrame(rows, columns=[*HEADINGS, WHERE, HELD, TOLD, "Days until the visit", "Notes"], dtype=object)
    total = size + chance.randint(0, 300)
    funnel: list[list[object]] = [
        ["Long list", 0, total], ["Duplicate row", chance.choice([0, None]), total],
        ["Below the age cut-off", total - size, size], ["Case check", 0, size],
        ["Left during review", None, None], ["Sample", 0, None],
    ]  # fmt: skip
    own = ["County lines"] if chance.random() < 0.3 else []
    terms = TERMS if chance.random() < 0.7 else chance.sample(TERMS, 4)
    return Sample(frame.where(frame.notna(), None), funnel if seed % 10 else [], own, terms)


def _row(write: _Writer, place: int, leaving: float, tells: float) -> dict[str, object]:
    chance = write.chance
    in_sample: object = chance.choice(["No", "no ", "NO"]) if chance.random() < leaving else None
    if in_sample is None and chance.random() < 0.2:
        in_sample = chance.choice(["Yes", "yes", "not sure", " "])
    concerns = write.one(write.concerns, ["Perhaps"])
    side = "Progressed" if "y" in str(concerns).lower() else "Closed"
    outcomes = SIDES[side] if write.follows and chance.random() < 0.95 else write.outcomes
    outcome = write.one(outcomes, ["Closed - moved away", "Child in Need; no", "?"])
    told: dict[str, object] = {
        "Unique ID": None if chance.random() < 0.02 else f"K{place:03d}-T",
        "Type of harm": write.several([*write.harms, "No category recorded"], ["County lines", "Cuckooing", "C"]),
        "Age at time of contact": write.age(),
        "Gender": write.one(write.genders, ["Trans boy", "*"]),
        "Ethnicity": write.one(write.ethnicities, ["Kurdish", "White"]),
        "Outcome": outcome,
        "Referred to?": write.several(SERVICES, ["Scouts", "Police officer"]),
        "Reason for social care involvement (extract)": write.text(25, tells),
        "Reason for closure or progression (extract)": write.text(25, tells, lean=len(str(outcome).strip()) % 30),
        "Level of harm": write.one(write.levels, ["Some harm"]),
        "Parenting concerns": concerns,
        "Seen as": write.one(LISTS["seen_as"], ["A child"], blank=0.3),
        "Engagement": write.one(LISTS["engagement"], ["Willing"], blank=0.3),
        "Summary of harm": write.text(5, tells / 2) if chance.random() < 0.5 else None,
        "Quote to use?": write.one(LISTS["yes_no"], ["Maybe"], blank=0.7),
        "Hard to find?": write.one(LISTS["yes_no"], ["Maybe"], blank=0.5),
        "In sample?": in_sample,
        "Reason if not in sample": "Other" if in_sample else None,
        "Reviewer": write.one(["AB", "CD"], ["EF"]),
        WHERE: write.several(["School", "Park", "Online"], ["Bus"]),
        HELD: write.one(["Yes", "No"], ["Do not know"]),
        TOLD: write.text(8, tells / 2),
        "Days until the visit": chance.choice([None, 3, 3.0, 0, " "]),
        "Notes": chance.choice([None, "boyfriend", "CSE", 12]),
    }
    for heading, column in COLUMNS.items():  # those that came since
        if heading not in told and column["by"] == "people" and column.get("list") in LISTS:
            told[heading] = write.one(LISTS[column["list"]], ["Own words"], blank=0.3)
    return told
