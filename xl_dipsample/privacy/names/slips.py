"""Slips of one letter in a name of the row's own child: left out, added, wrong, or two that changed places.

Short forms too, where a rule makes them: the beginning or the end of a name (Alex, Rike), as it is or with an ending
of endearment (Trixie). Those that no rule makes are in the table of diminutives.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

_LEAST = 4
_STEM, _LONG_ENOUGH = 3, 5  # letters of a short form without its ending, and of a name that has one
_ENDINGS = ("", "y", "ie", "i", "ey", "ee", "o", "a", "s", "z", "zy", "ka", "ko", "ek", "ita", "ito", "chen", "lein")


class Slips:
    """Made once for a child: every spelling of its names, and each with one letter left out."""

    def __init__(self, words: Collection[str]) -> None:
        self.words = sorted(word for word in words if len(word) >= _LEAST and word.isalpha())
        self.shorter = frozenset().union(*map(_shorter, self.words))
        self.long = [word for word in self.words if len(word) >= _LONG_ENOUGH]
        self.lengths = {len(word) + by for word in self.words for by in (-1, 0, 1)}

    def find(self, rare: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
        """Start and end in the folded text of every word that is one slip away from a name, or a short form of it.

        `rare`: the words of a text that are no ordinary ones.
        """
        for start, end, run in rare:
            if len(run) < _STEM or run in self.words:
                continue
            if (len(run) in self.lengths and self._is_one(run)) or self._is_short(run):
                yield start, end

    def _is_short(self, run: str) -> bool:
        """Three letters and more of the beginning of a name, four and more of its end, and an ending."""
        for word in self.long:
            if run[:2] != word[:2] and run[:_STEM] not in word:
                continue
            for ending in _ENDINGS:
                stem = run.removesuffix(ending) if ending else run
                if (ending and stem == run) or not _STEM <= len(stem) < len(word):
                    continue
                if word.startswith(stem) or (len(stem) > _STEM and word.endswith(stem)):
                    return True
        return False

    def _is_one(self, run: str) -> bool:
        if run in self.shorter:  # a letter is left out
            return True
        same = [word for word in self.words if len(word) == len(run)]
        if any(_differs_once(word, run) for word in same):
            return True
        return not _shorter(run).isdisjoint(self.words)  # a letter was added


def _shorter(word: str) -> frozenset[str]:
    return frozenset(word[:at] + word[at + 1 :] for at in range(len(word)))


def _differs_once(word: str, run: str) -> bool:
    """One letter is another, or two neighbours changed places."""
    at = [n for n, (a, b) in enumerate(zip(word, run, strict=True)) if a != b]
    return len(at) == 1 or (
        len(at) == 2 and at[1] == at[0] + 1 and word[at[0]] == run[at[1]] and word[at[1]] == run[at[0]]
    )
