"""How a search did on a corpus: of each kind of planted item how many were found, what was missed, false alarms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xl_dipsample.privacy.names import STRONG, Hit


@dataclass(frozen=True)
class Item:
    """Characters `start` to `end` of a text: its kind, every line of the score that it counts in, how it is written."""

    start: int
    end: int
    kind: str
    lines: tuple[str, ...]
    form: str


@dataclass(frozen=True)
class Marked:
    """One text of a corpus, by its number or its row, with everything planted in it."""

    id: str
    text: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Score:
    """Of each kind: planted, blocked, found. `missed`: text's id, kind, form, never the name. `false`: alarms."""

    counts: Mapping[str, tuple[int, int, int]]
    missed: tuple[tuple[str, str, str], ...]
    false: tuple[tuple[str, Hit], ...]
    extracts: int

    def share(self, kind: str, *, strong: bool = False) -> float:
        """The part of a kind that is found, or blocked."""
        planted, blocked, found = self.counts[kind]
        return (blocked if strong else found) / planted

    def alarms(self, *, strong: bool = False) -> float:
        """False alarms for each extract, all or the strong ones; one word in one row counts once."""
        return sum(hit.tier == STRONG or not strong for _, hit in self.false) / self.extracts


def score(corpus: Sequence[Marked], hits: Iterable[Hit], must_block: Callable[[Item], bool]) -> Score:
    """Found: a hit overlaps the item. What must block and does not is missed too."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    missed: list[tuple[str, str, str]] = []
    false: dict[tuple[str, str, str], Hit] = {}
    of_text: defaultdict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        of_text[hit.text].append(hit)
    for at, marked in enumerate(corpus):
        for item in marked.items:
            over = [hit for hit in of_text[at] if hit.start < item.end and item.start < hit.end]
            strong = any(hit.tier == STRONG for hit in over)
            for kind in item.lines:
                for place, true in enumerate((True, strong, bool(over))):
                    counts[kind][place] += true
            if not over or (must_block(item) and not strong):
                missed.append((marked.id, item.kind, item.form))
        for hit in of_text[at]:
            if not any(item.start < hit.end and hit.start < item.end for item in marked.items):
                false.setdefault(_alarm(hit, marked), hit)
    return Score(
        {kind: (n, a, b) for kind, (n, a, b) in counts.items()},
        tuple(missed),
        tuple((key[0], hit) for key, hit in false.items()),
        len(corpus),
    )


def _alarm(hit: Hit, marked: Marked) -> tuple[str, str, str]:
    """The occurrences of one word in one row are one alarm."""
    return marked.id, hit.tier, " ".join(marked.text[hit.start : hit.end].casefold().split())
