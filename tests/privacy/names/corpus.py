"""Synthetic extracts with planted identifiers: every child, number and place is made up, no text is from a file.

Forenames and surnames are those of Faker's British list (MIT licence), short forms those of the package nicknames
(Apache licence 2.0), which our own table of diminutives was not made from. The sentences are ours.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

import pandas as pd
from faker.providers.person.en_GB import Provider
from nicknames import NickNamer

from tests.privacy.names.corpus_sentences import ABOUT_SOMEBODY, PLAIN
from xl_dipsample.domain.long_list_checks.id_checks import is_nhs_number
from xl_dipsample.privacy.names.common_words import common_words

FORENAMES = sorted(set(Provider.first_names))
SURNAMES = sorted(set(Provider.last_names))
WORD_FORENAMES = ["Will", "Grace", "May", "Hope", "Summer", "Rose", "Faith", "Mark", "Dawn", "Frank"]
WORD_SURNAMES = ["Young", "White", "Street", "English", "Day", "Long", "Short", "Field", "Price", "Brown"]
ODD_SURNAMES = [
    "O’Brien",
    "O'Neill",
    "de Souza",
    "McDonald",
    "Núñez",
    "Taylor-Jones",
    "D’Arcy",
    "van Dijk",
    "MacKenzie",
]
ODD_FORENAMES = ["Zoë", "Anne-Marie", "Chloé", "Renée", "Lily-Mae", "Łukasz"]
UNLISTED = ["Kofi", "Anouk", "Thandiwe", "Ravinder", "Ngozi", "Mehmet", "Yaw", "Oluwaseun"]
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
LOOK_ALIKE = str.maketrans("aeocpx", "\u0430\u0435\u043e\u0441\u0440\u0445")  # Cyrillic
CHILDREN = 300
_SHORT_FORMS = NickNamer()


@dataclass(frozen=True)
class Planted:
    """What was written into an extract, and where."""

    kind: str
    start: int
    end: int


@dataclass
class Extract:
    """A text of one row and what was planted in it."""

    row: str
    text: str = ""
    planted: list[Planted] = field(default_factory=list)

    def add(self, sentence: str, kind: str = "", what: str = "") -> None:
        """Put a sentence at the end; `what` stands where it has {}."""
        if self.text:
            self.text += " "
        if kind:
            start = len(self.text) + sentence.index("{}")
            self.planted.append(Planted(kind, start, start + len(what)))
            sentence = sentence.replace("{}", what)
        self.text += sentence


@dataclass(frozen=True)
class Corpus:
    """`names` and `children` as a key holds them, and the extracts."""

    names: pd.DataFrame
    children: pd.DataFrame
    extracts: list[Extract]


def long_list(draw: random.Random, count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Names and Case ID of a made-up long list, and its first 300 children as sampled."""
    names: dict[str, None] = {}
    while len(names) < count:
        forename = draw.choice(draw.choices([FORENAMES, ODD_FORENAMES, WORD_FORENAMES], [84, 10, 6])[0])
        surname = draw.choice(draw.choices([SURNAMES, ODD_SURNAMES, WORD_SURNAMES], [82, 12, 6])[0])
        middle = draw.choice(FORENAMES) + " " if draw.random() < 0.15 else ""
        names[f"{forename} {middle}{surname}"] = None
    frame = pd.DataFrame({"Name": list(names), "Case ID": [str(100_000 + at * 7) for at in range(count)]}, dtype=object)
    children = frame.head(CHILDREN).copy()
    children["Unique ID"] = [f"SYN-{at:03d}" for at in range(len(children))]
    first = dt.date(2005, 1, 1)
    children["Date of birth"] = [first + dt.timedelta(days=draw.randrange(3650)) for _ in range(len(children))]
    return frame, children.astype(object)


def make(seed: int = 1, count: int = 300, length: int = 2000, list_size: int = 5000, share: float = 0.3) -> Corpus:
    """`count` extracts of about `length` characters, `share` of their sentences with an identifier planted."""
    draw = random.Random(seed)
    names, children = long_list(draw, list_size)
    others = list(names["Name"][:2000])
    extracts = []
    for at in range(count):
        child = children.iloc[at % len(children)]
        extract = Extract(str(child["Unique ID"]))
        while len(extract.text) < length:
            if draw.random() < share:
                kind, what = _identifier(draw, str(child["Name"]), child, draw.choice(others))
                if what:
                    extract.add(draw.choice(ABOUT_SOMEBODY.get(kind, ABOUT_SOMEBODY[""])), kind, what)
            else:
                extract.add(draw.choice(PLAIN))
        extracts.append(extract)
    return Corpus(names, children, extracts)


def _identifier(draw: random.Random, own: str, child: pd.Series, other: str) -> tuple[str, str]:
    """A kind and what to write; nothing where the name has no such form."""
    name = own if draw.random() < 0.6 else other
    words = name.split()
    forename, surname = words[0], " ".join(words[1:]) if words[1] in {"de", "van"} else words[-1]
    if words[-2] in {"de", "van"}:
        surname = " ".join(words[-2:])
    forms = {
        "forename and surname": f"{forename} {surname}",
        "surname, forename": f"{surname}, {forename}",
        "full name with middle name": name if len(words) > 2 else "",
        "in capitals": f"{forename} {surname}".upper(),
        "initial and surname": f"{forename[0]}. {surname}",
        "split by a line break": f"{forename}\n{surname}",
        "possessive": f"{forename} {surname}'s",
    }
    alone = {"forename alone": forename, "surname alone": surname, "broken word": forename[:3] + "-\n" + forename[3:]}
    for kind, what in alone.items():
        plain = what.replace("-\n", "").casefold() in common_words()
        forms["a word as name, alone" if plain else kind] = "" if plain and "\n" in what else what
    forms |= _bent(draw, forename, surname) | _numbers(draw, child) | _others(draw, own)
    kinds = [kind for kind, what in forms.items() if what]
    kind = draw.choice(kinds)
    return kind, forms[kind]


def _bent(draw: random.Random, forename: str, surname: str) -> dict[str, str]:
    """Forms that need more than the name as written."""
    short = sorted(_SHORT_FORMS.nicknames_of(forename))
    at = draw.randrange(1, max(2, len(forename) - 1))
    swapped = forename[:at] + forename[at + 1 : at + 2] + forename[at] + forename[at + 2 :]
    worn = surname.replace("’", "").replace("'", "")
    return {
        "short form of another's list": draw.choice(short).capitalize() if short else "",
        "misspelt": swapped if len(forename) > 4 and swapped != forename else "",
        "letter by letter": " ".join(forename) if forename.isalpha() and len(forename) > 2 else "",
        "look-alike letters of another alphabet": f"{forename} {surname}".translate(LOOK_ALIKE),
        "apostrophe left out": worn if worn != surname else "",
        "accents left out": forename.replace("ë", "e").replace("é", "e").replace("Ł", "L")
        if not forename.isascii()
        else "",
        "half of a double name": forename.split("-")[0] if "-" in forename else "",
    }


def _numbers(draw: random.Random, child: pd.Series) -> dict[str, str]:
    born = child["Date of birth"]
    written = [f"{born:%d/%m/%Y}", f"{born.day}.{born.month}.{born:%y}", f"{born.day} {born:%b %Y}", f"{born:%Y-%m-%d}"]
    digits = "".join(str(draw.randrange(10)) for _ in range(10))
    while not is_nhs_number(digits):
        digits = "".join(str(draw.randrange(10)) for _ in range(10))
    outward = draw.choice(["M1", "SW1A", "LS11", "B33"])
    ordinal = ORDINALS[born.day % 10] if 20 < born.day < 30 else ""
    words = f"twenty-{ordinal}" if ordinal else {7: "seventh", 12: "twelfth", 30: "thirtieth"}.get(born.day, "")
    return {
        "case ID": str(child["Case ID"]),
        "date of birth, day in words": f"{words} of {born:%B} {born.year}" if words else "",
        "date of birth, month first, day above the 12th": f"{born:%m/%d/%Y}" if born.day > 12 else "",
        "date of birth, month first, other days": f"{born:%m/%d/%Y}" if born.day <= 12 != born.month else "",
        "day and month of birth, no year": f"{born.day} {born:%B}",
        "date of birth": draw.choice([*written, f"{born.day}th of {born:%B} {born.year}"]),
        "NHS number": f"{digits[:3]} {digits[3:6]} {digits[6:]}",
        "National Insurance number": f"AB {draw.randrange(10, 99)} {draw.randrange(10, 99)} 56 C",
        "postcode": f"{outward} {draw.randrange(1, 9)}{draw.choice(['AA', 'TH', 'ZX'])}",
        "phone": draw.choice(["07700 900", "0161 4960", "+44 7700 900"]) + f"{draw.randrange(100, 999)}",
        "e-mail": "synthetic.person@example.org",
    }


def _others(draw: random.Random, own: str) -> dict[str, str]:
    words = own.split()
    return {
        "initials": words[0][0] + words[-1][0],
        "mum, Ms, brother and an unlisted name": draw.choice(UNLISTED),
        "unlisted name without such a word": draw.choice(UNLISTED),
        "school": draw.choice(["Oakfield Primary School", "St Made-Up Academy", "Northbridge High School"]),
        "street": f"{draw.randrange(2, 90)} {draw.choice(['Acacia Avenue', 'Made Up Road', 'Larch Close'])}",
    }
