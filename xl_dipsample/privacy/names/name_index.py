"""Every name of the long list, taken apart once, so that a text's words need only be looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from xl_dipsample.privacy.names.listed_names import Form, diminutives, forms_of, initials_of, parts_of, simple_words


@dataclass
class NameIndex:
    """`words`: one folded word -> the parts of names it may stand for. `sequences`: first word -> longer forms.

    `listed` holds the
    words that stand in a name as they are, so that the others are short forms. `children` says whose a part is.
    """

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sequences: dict[str, dict[Form, set[str]]] = field(default_factory=dict)
    _parts: list[str] = field(default_factory=list)  # of each name, in its order, with spaces between
    _numbers: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # part -> who has it
    _sets: dict[str, frozenset[int]] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    children: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _simple: set[str] = field(default_factory=set)  # parts of one plain word whose forms are known
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
        """Whether a name has one part of each, two parts."""
        return any(a != b and not self._names_of(a).isdisjoint(self._names_of(b)) for a in some for b in others)

    def initial_of(self, letter: str, keys: Iterable[str]) -> bool:
        """Whether a name with one of these parts has another part that begins with the letter."""
        return any(
            other != key and other[0] == letter
            for key in keys
            for number in self._numbers.get(key, ())
            for other in self._parts[number].split()
        )

    def glued(self, run: str) -> frozenset[str] | None:
        """The parts of a name whose first and last word a run joins, either first: as in user names."""
        least = 1 if "\u3400" <= run[:1] <= "\u9fff" else 2
        for at in range(least, len(run) - least + 1):
            one, other = run[:at], run[at:]
            if one in self._numbers and other in self._numbers:
                for number in self._names_of(one) & self._names_of(other):
                    parts = self._parts[number].split()
                    if {parts[0], parts[-1]} == {one, other}:
                        return frozenset(parts)
        return None

    def _names_of(self, key: str) -> frozenset[int]:
        if key not in self._sets:
            self._sets[key] = frozenset(self._numbers.get(key, ()))
        return self._sets[key]

    def _add(self, name: str) -> None:
        number = len(self._parts)
        simple = simple_words(name)
        if simple is not None:
            self._parts.append(" ".join(simple))
            for key in simple:
                self._numbers[key].append(number)
                if key not in self._simple:  # most forenames are many children's
                    self._simple.add(key)
                    self._add_forms(forms_of(key), key)
            return
        parts = parts_of(name)
        self._parts.append(" ".join([part.key for part in parts]))
        for part in parts:
            self._numbers[part.key].append(number)
            self._add_forms(part.forms, part.key)

    def _add_forms(self, forms: Iterable[Form], key: str) -> None:
        for form in forms:
            self._add_form(form, key)
            if len(form) == 1:
                self.listed.add(form[0])

    def _add_form(self, form: Form, key: str) -> None:
        if len(form) == 1:
            known = self.words.get(form[0], ())
            if key not in known:
                self.words[form[0]] = (*known, key)
        else:
            self.sequences.setdefault(form[0], {}).setdefault(form, set()).add(key)

    def _add_short_forms(self) -> None:
        others = diminutives()
        for word in [word for word in self.listed if word in others]:
            for other in others[word]:
                self._add_form((other,), word)
