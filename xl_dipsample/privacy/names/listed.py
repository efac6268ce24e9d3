"""The search list of a key by role: who belongs to which case, schools, streets and numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from xl_dipsample.domain.shared.cell import is_nothing, trimmed
from xl_dipsample.privacy.names.case_ids import CaseIds
from xl_dipsample.privacy.names.listed_names import parts_of
from xl_dipsample.privacy.names.name_pass import Whose

CHILD, ALIAS = "child", "alias"  # roles of the row's own child
SCHOOL, PLACE, NUMBER = "school", "place", "number"
_SAID = {"parent": "PARENT", "worker": "WORKER", "relative": "RELATIVE"}


@dataclass
class Listed:
    """`people`: every name of a person. `phrases`: text and role of schools and places. `whose`: by unique ID.

    `words`: unique ID -> the spellings of its child's names. `counts`: entries by role, for the sentence.
    """

    people: list[str] = field(default_factory=list)
    phrases: list[tuple[str, str]] = field(default_factory=list)
    numbers: CaseIds = field(default_factory=lambda: CaseIds([], []))
    whose: dict[str, Whose] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    roles: dict[str, dict[str, str]] = field(default_factory=dict)  # unique ID -> part of a name -> role
    everywhere: dict[str, str] = field(default_factory=dict)  # part of a name -> role, where no child has it
    counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Any, sampled: Sequence[tuple[str, str, str]]) -> Listed:
        """From the key's table Names, and unique ID, name and case ID of each sampled child."""
        given = names["Role"] if "Role" in names.columns else [None] * len(names)
        rows = [
            (name, trimmed(case), CHILD if role is None else trimmed(role) or CHILD)
            for cell, case, role in zip(names["Name"], names["Case ID"], given, strict=True)
            if (name := trimmed(cell)) and not is_nothing(name)
        ]
        made = cls()
        by_role: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for name, _, role in rows:
            by_role[role][name] = None
        made.counts = {role: len(found) for role, found in by_role.items()}
        made.people = [name for role, found in by_role.items() if role not in (SCHOOL, PLACE, NUMBER) for name in found]
        made.phrases = [(text, role) for role in (SCHOOL, PLACE) for text in by_role[role]]
        made.numbers = CaseIds(list(by_role[NUMBER]), [])
        made._add_cases(rows, sampled)
        made._add_roles(by_role)
        return made

    def role(self, keys: Iterable[str], row: str | None) -> str:
        """The role of a name with these parts in a row, '' for a child or nobody known."""
        here = self.roles.get(row or "", {})
        said = {here.get(key, self.everywhere.get(key, "")) for key in keys}
        return said.pop() if len(said) == 1 else ""

    def _add_cases(self, rows: Sequence[tuple[str, str, str]], sampled: Sequence[tuple[str, str, str]]) -> None:
        of_case: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        wanted = {case for _, _, case in sampled if case}
        for name, case, role in rows:
            if case in wanted and role not in (SCHOOL, PLACE, NUMBER):
                of_case[case].append((name, role))
        for unique_id, name, case in sampled:
            here = [(name, CHILD), *(of_case[case] if case else ())]
            own = [part for text, role in here if role in (CHILD, ALIAS) for part in parts_of(text)]
            keys = frozenset(part.key for part in own)
            others = {
                part.key: _SAID.get(role, "")
                for text, role in here
                if role not in (CHILD, ALIAS)
                for part in parts_of(text)
            }
            self.whose[unique_id] = Whose(keys, frozenset(others) - keys)
            self.words[unique_id] = frozenset("".join(form) for part in own for form in part.forms)
            self.roles[unique_id] = dict.fromkeys(keys, "") | {k: r for k, r in others.items() if k not in keys}

    def _add_roles(self, by_role: dict[str, dict[str, None]]) -> None:
        if not any(by_role.get(role) for role in _SAID):
            return  # then nobody asks which names are the children's
        taken = {part.key for role in (CHILD, ALIAS) for name in by_role.get(role, ()) for part in parts_of(name)}
        for role, said in _SAID.items():
            for name in by_role.get(role, ()):
                for part in parts_of(name):
                    if part.key not in taken:
                        self.everywhere[part.key] = said if self.everywhere.get(part.key, said) == said else ""
