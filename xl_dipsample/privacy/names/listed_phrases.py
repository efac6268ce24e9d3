"""Schools and streets of the long list, as runs of words: the whole name, and the short one that people write."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from xl_dipsample.privacy.names.common_words import RUN, a_set
from xl_dipsample.privacy.names.hits import STRONG, WEAK, Tier
from xl_dipsample.privacy.names.listed_names import Form
from xl_dipsample.privacy.names.normalise import Folded, fold

Token = tuple[int, int, str]
SCHOOL, PLACE = "school", "place"
_KIND = a_set(
    "school academy college nursery primary secondary high infant infants junior juniors first middle upper lower "
    "community special grammar comprehensive catholic rc ce cofe c of e church england independent free foundation "
    "voluntary aided controlled pru sixth form centre trust girls boys s and the for"
)
_ENDS = {
    "road": "rd", "street": "st", "avenue": "ave", "lane": "ln", "drive": "dr", "close": "cl", "crescent": "cres",
    "court": "ct", "gardens": "gdns", "terrace": "terr", "place": "pl", "grove": "gr", "square": "sq",
}  # fmt: skip
_SCHOOLS = a_set("school academy college nursery primary secondary infant infants junior juniors pru")
_APART = re.compile(r"[,;\n]")
_NUMBER = re.compile(r"\d+[a-z]?")
_FLAT = a_set("flat apartment apt unit no number room house")
_BETWEEN = re.compile(r"(?:[\s'.\-]|-\n){1,3}")
_LEAST = 4  # letters of a name that stands for itself


class ListedPhrases:
    """`find` gives start and end in a folded text, tier and rule."""

    def __init__(
        self, listed: Iterable[tuple[str, str]], plain: Collection[str], ours: Collection[Form] = frozenset()
    ) -> None:
        """`listed`: pairs of text and role, SCHOOL or PLACE; `ours`: phrases of our own tables, which are none."""
        self.plain = plain
        self.forms: dict[str, dict[Form, tuple[Tier, str]]] = {}
        for text, role in dict.fromkeys(listed):
            for form, tier, rule in _school(text, plain) if role == SCHOOL else _place(text, plain):
                if form in ours:
                    continue
                here = self.forms.setdefault(form[0], {})
                if here.get(form, (WEAK, ""))[0] == WEAK:
                    here[form] = (tier, rule)

    def find(self, page: Folded, tokens: list[Token]) -> Iterator[tuple[int, int, Tier, str]]:
        """The longest at each place."""
        for at, (start, _, run) in enumerate(tokens if self.forms else ()):
            best: tuple[int, Tier, str] | None = None
            for form, (tier, rule) in self.forms.get(run, {}).items():
                last = at + len(form) - 1
                if (best is None or last > best[0]) and self._stands(page, tokens, at, form):
                    best = (last, tier, rule)
            if best is not None:
                yield start, tokens[best[0]][1], best[1], best[2]

    @staticmethod
    def _stands(page: Folded, tokens: list[Token], at: int, form: Form) -> bool:
        here = tokens[at : at + len(form)]
        return tuple(one[2] for one in here) == form and all(
            _BETWEEN.fullmatch(page.text, one[1], other[0]) for one, other in pairwise(here)
        )


def _school(text: str, plain: Collection[str]) -> Iterator[tuple[Form, Tier, str]]:
    runs = RUN.findall(fold(_APART.split(text)[0]).text)
    rule = "listed-school"
    for form in _with_possessive(runs):
        if len(form) > 1 and (form[-1] in _SCHOOLS or not _is_plain(form, plain)):
            yield form, STRONG, rule
        else:
            yield from _short(form, plain, rule)  # no school: home educated, alternative provision
    short = runs[1:] if runs[:1] == ["the"] else runs
    while len(short) > 1 and short[-1] in _KIND:
        short = short[:-1]
    if len(short) == len(runs) and len(short) > 2:
        short = short[:-1]  # Ysgol Glan
    for form in _with_possessive([*short, "s"] if _cut_possessive(runs, short) else short):
        yield from _short(form, plain, rule)


def _cut_possessive(runs: list[str], short: list[str]) -> bool:
    """St Cuthbert's loses no s; Ashdene Girls' School does not get one."""
    at = len(short) + (runs[:1] == ["the"] and short[:1] != ["the"])
    return runs[at : at + 1] == ["s"]


def _place(text: str, plain: Collection[str]) -> Iterator[tuple[Form, Tier, str]]:
    rule = "listed-place"
    for number, part in enumerate(_APART.split(text)):
        runs = RUN.findall(fold(part).text)
        while runs and (runs[0] in _FLAT or _NUMBER.fullmatch(runs[0])):
            runs = runs[1:]
        if not runs or (number and runs[-1] not in _ENDS and runs[-1] not in _ENDS.values()):
            continue  # after a comma: a town, unless it is a street
        for form in _with_possessive(runs):
            if len(form) > 1 and (form[-1] in _ENDS or not _is_plain(form, plain)):
                yield form, STRONG, rule
            else:
                yield from _short(form, plain, rule)
        if len(runs) > 1 and runs[-1] in _ENDS:
            yield (*runs[:-1], _ENDS[runs[-1]]), STRONG, rule


def _short(form: Form, plain: Collection[str], rule: str) -> Iterator[tuple[Form, Tier, str]]:
    if _is_plain(form, plain):
        if len(form) > 1:
            yield form, WEAK, "listed-short"
    elif len("".join(form)) >= _LEAST:
        yield form, STRONG, rule


def _is_plain(form: Form, plain: Collection[str]) -> bool:
    return all(run in plain or run in _KIND for run in form)


def _with_possessive(runs: list[str]) -> Iterator[Form]:
    """St Cuthbert's also as St Cuthberts."""
    if runs:
        yield tuple(runs)
    joined: list[str] = []
    for run in runs:
        if run == "s" and joined:
            joined[-1] += "s"
        else:
            joined.append(run)
    if len(joined) < len(runs):
        yield tuple(joined)
