"""Every name of the long list, taken apart once, so that a text's words need only be looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import combinations

from xl_dipsample.privacy.names.listed_names import Form, diminutives, initials_of, joined, parts_of


@dataclass
class NameIndex:
    """`words`: one folded word -> the parts of names it may stand for. `sequences`: first word -> longer forms.

    `pairs` and `initials` say which parts stand in one name, and which initial goes with a part. `listed` holds the
    words that stand in a name as they are, so that the others are short forms. `children` says whose a part is.
    """

    words: dict[str, set[str]] = field(default_factory=dict)
    sequences: dict[str, dict[Form, set[str]]] = field(default_factory=dict)
    glued: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    initials: set[tuple[str, str]] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    children: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    own_initials: dict[str, frozenset[str]] = field(default_factory=dict)  # unique ID -> its child's initials

    @classmethod
    def of(cls, names: Collection[str], children: Iterable[tuple[str, str]]) -> NameIndex:
        """From the names of the long list, and unique ID and name of each sampled child."""
        index, sampled = cls(), list(children)
        for name in dict.fromkeys([*names, *(name for _, name in sampled)]):
            index._add(name)
        index._add_short_forms()
        for unique_id, name in sampled:
            index.own_initials[unique_id] = initials_of(name)
            for part in parts_of(name):
                index.children[part.key].add(unique_id)
        return index

    def belong_together(self, some: Iterable[str], others: Collection[str]) -> bool:
        """Whether a name has one part of each."""
        return any((min(a, b), max(a, b)) in self.pairs for a in some for b in others)

    def initial_of(self, letter: str, keys: Iterable[str]) -> bool:
        """Whether a name with one of these parts has another part that begins with the letter."""
        return any((letter, key) in self.initials for key in keys)

    def _add(self, name: str) -> None:
        parts = parts_of(name)
        for part in parts:
            for form in part.forms:
                self._add_form(form, part.key)
                if len(form) == 1:
                    self.listed.add(form[0])
        for one, other in combinations(parts, 2):
            self.pairs.add((min(one.key, other.key), max(one.key, other.key)))
            self.initials.add((one.key[0], other.key))
            self.initials.add((other.key[0], one.key))
        keys = tuple(part.key for part in parts)
        for whole in joined(name):
            self.glued[whole] = keys

    def _add_form(self, form: Form, key: str) -> None:
        if len(form) == 1:
            self.words.setdefault(form[0], set()).add(key)
        else:
            self.sequences.setdefault(form[0], {}).setdefault(form, set()).add(key)

    def _add_short_forms(self) -> None:
        others = diminutives()
        for word in [word for word in self.listed if word in others]:
            for other in others[word]:
                self._add_form((other,), word)
