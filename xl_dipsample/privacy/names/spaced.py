"""Names written letter by letter: S a m, Z.o.d.w.a."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xl_dipsample.privacy.names.hits import STRONG, WEAK, Tier
from xl_dipsample.privacy.names.name_index import NameIndex
from xl_dipsample.privacy.names.normalise import Folded

_GAP = re.compile(r"[ ._*\-]{1,3}|\n")
_THREE = re.compile(r"(?<![^\W_])[^\W\d_](?:(?:[ ._*\-]{1,3}|\n)[^\W\d_]){2}(?![^\W_])")
_LEAST, _MOST = 3, 40  # letters; two are initials
_SURE = 4  # three letters may be somebody's initials


@dataclass(frozen=True)
class Spaced:
    """Characters `start` to `end` of a folded text are the letters of a name with `keys` as its parts."""

    start: int
    end: int
    keys: frozenset[str]
    tier: Tier
    rule: str
    whole: bool


def spaced_names(
    page: Folded, tokens: Sequence[tuple[int, int, str]], index: NameIndex, plain: frozenset[str]
) -> Iterator[Spaced]:
    """Every name of the long list, or forename and surname, whose letters stand apart; the longest first."""
    alone = {at for at, (_, _, run) in enumerate(tokens) if len(run) == 1}
    if len(alone) < _LEAST or not _THREE.search(page.text):
        return
    at = 0
    while at < len(tokens) - _LEAST + 1:
        if at not in alone:
            at += 1
            continue
        run = _run(page, tokens, at)
        found = next((one for one in _windows(run, index, plain)), None) if len(run) >= _LEAST else None
        if found is None:
            at += 1
        else:
            yield found
            at += next(n for n, token in enumerate(run) if token[1] == found.end) + 1


def _run(page: Folded, tokens: Sequence[tuple[int, int, str]], at: int) -> list[tuple[int, int, str]]:
    """The single letters from here on that stand one after the other."""
    run: list[tuple[int, int, str]] = []
    for token in tokens[at : at + _MOST]:
        if len(token[2]) > 1 or not token[2].isalpha() or (run and not _GAP.fullmatch(page.text, run[-1][1], token[0])):
            break
        run.append(token)
    return run


def _windows(run: list[tuple[int, int, str]], index: NameIndex, plain: frozenset[str]) -> Iterator[Spaced]:
    """The names that begin with the first letter of a run."""
    for last in range(len(run), _LEAST - 1, -1):
        word = "".join(token[2] for token in run[:last])
        start, end = run[0][0], run[last - 1][1]
        glued = index.glued(word)
        if glued:
            yield Spaced(start, end, glued, STRONG, "name", whole=True)
        elif word in index.words and word in plain:
            yield Spaced(start, end, frozenset(index.words[word]), WEAK, "name-word", whole=False)
        elif word in index.words:
            sure = len(word) >= _SURE
            rule = "name-alone" if sure else "near-miss"
            yield Spaced(start, end, frozenset(index.words[word]), STRONG if sure else WEAK, rule, whole=False)
