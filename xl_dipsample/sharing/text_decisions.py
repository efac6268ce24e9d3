"""What people decided on the Text check list, applied: replacements in the tables, decisions for the key.

A decision counts only while the text is what was screened: its mark says so. A word that is none of the choices is
said, not guessed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from xl_dipsample.domain.shared.columns_read import trimmed
from xl_dipsample.privacy.key.key_book import ACCEPTED_COLUMNS
from xl_dipsample.privacy.names import RULES, text_check
from xl_dipsample.privacy.names.text_check import APART, KEEP, REPLACE, Finding

MOST_WEAK = 100  # rows of one rule that is only worth a look
TYPED = ("Decision", "Replace with", "Initials", "Decided on")
TOP = 6  # the row of the list's first line on its sheet
CHANGED = "Changed since you decided, so it is looked at again."
UNKNOWN = f"Decision has neither {REPLACE} nor {KEEP} nor {APART}: choose one."
SOME_LEFT = "These are decided one by one: they are taken over when all of them are decided."
NOTHING = "Replace with is empty: say what shall stand there."
BY_HAND = "Nothing is replaced for you here (a heading, a question, Start or Audit): change it by hand, or keep it."


@dataclass(frozen=True)
class Decision:
    """One decision to apply. `words`: what takes the place; None keeps what is there. `by_role`: nobody was asked."""

    finding: Finding
    words: str | None
    who: str | None
    when: dt.datetime | None
    by_role: bool = False


@dataclass
class Decided:
    """What the list says: `decisions`, and what stays with rows that are asked again, by `Finding.asked`.

    `apart`: the findings (`Finding.asked`) that are decided one by one. `problems`: rows of the list that could not be
    taken over, by `Finding.asked` (a mark's first half), and why.
    """

    decisions: list[Decision] = field(default_factory=list)
    typed: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    apart: set[str] = field(default_factory=set)


def decide(findings: Sequence[Finding], listed: pd.DataFrame | None, *, roles: bool) -> Decided:
    """What to do about the findings: what the list says; with `roles` all other strong ones get their proposed role."""
    made = Decided()
    every = [one for whole in findings for one in (whole, *(text_check.alone(whole) if len(whole.spots) > 1 else ()))]
    by_mark = {one.mark: one for one in every}
    asked = {one.asked for one in every}
    for row in listed.to_dict("records") if listed is not None else []:
        mark = trimmed(row["Mark"])
        which, is_alone = _asked(mark)
        if is_alone and which in asked:
            made.apart.add(which.partition(":")[0])
        if which in asked:  # else the words are gone: somebody changed the text by hand
            told = _of_row(made, row, by_mark.get(mark))
            if told:
                made.notes[which] = told
                made.problems.append((which, told))
            if told != CHANGED:
                made.typed[which] = {name: row[name] for name in TYPED if row[name] is not None}
    _wait_for_all(made, findings)
    if roles:
        done = {one.finding.mark for one in made.decisions}
        for one in findings:
            if one.strong and not one.by_hand and one.mark not in done and one.asked not in made.apart:
                words = trimmed(made.typed.get(one.asked, {}).get("Replace with")) or one.role
                made.decisions.append(Decision(one, words, None, None, by_role=True))
    return made


def _of_row(made: Decided, row: Mapping[Any, Any], finding: Finding | None) -> str:
    """Take over one row of the list; why not, '' when there is nothing to say."""
    word = trimmed(row["Decision"]).casefold()
    if not word:
        return ""
    if word == APART.casefold() and finding is not None and len(finding.spots) > 1:
        made.apart.add(finding.asked)
        return ""
    if word not in (REPLACE.casefold(), KEEP.casefold()):
        return UNKNOWN
    if finding is None:
        return CHANGED
    words = trimmed(row["Replace with"]) if word == REPLACE.casefold() else None
    if words is not None and finding.by_hand:
        return BY_HAND
    if words == "":
        return NOTHING
    made.decisions.append(Decision(finding, words, trimmed(row["Initials"]) or None, _moment(row["Decided on"])))
    return ""


def _asked(mark: str) -> tuple[str, bool]:
    """`Finding.asked` of a mark, and whether it is of one occurrence that is decided by itself."""
    which, _, rest = mark.partition("-")
    number = rest.partition(":")[2]
    return (f"{which}:{number}" if number else which), bool(number)


def _wait_for_all(made: Decided, findings: Sequence[Finding]) -> None:
    """Decisions one by one count when all of them are there: keeping one word would else keep it in the whole row."""
    for whole in findings:
        if whole.asked in made.apart:
            marks = {one.mark for one in text_check.alone(whole)}
            taken = [one for one in made.decisions if one.finding.mark in marks]
            if len(taken) < len(marks):
                made.decisions = [one for one in made.decisions if one.finding.mark not in marks]
                made.notes |= {one.asked: SOME_LEFT for one in text_check.alone(whole)} if taken else {}


def _moment(value: Any) -> dt.datetime | None:
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime.combine(value, dt.time()) if isinstance(value, dt.date) else None


def changed_tables(frames: Mapping[str, pd.DataFrame], decisions: Sequence[Decision]) -> dict[str, pd.DataFrame]:
    """The tables in which something is replaced, as they will be."""
    spots: defaultdict[tuple[str, str, int], list[tuple[int, int, str]]] = defaultdict(list)
    for one in decisions:
        for spot in one.finding.spots if one.words is not None else ():
            spots[spot.text.table, spot.text.column, spot.text.index].append((spot.start, spot.end, str(one.words)))
    made: dict[str, pd.DataFrame] = {}
    for (table, column, index), changes in spots.items():
        frame = made.setdefault(table, frames[table].copy())
        cells = frame[column].tolist()
        cell = cells[index]
        # a number or date goes as a whole: half of a date of birth is still one
        cells[index] = text_check.replaced(cell, changes) if isinstance(cell, str) else changes[0][2]
        frame[column] = pd.Series(cells, index=frame.index, dtype=object)
    return made


def key_rows(decisions: Sequence[Decision], sample_id: str, who: str | None, now: dt.datetime) -> pd.DataFrame:
    """The rows for the key's table Accepted. `who` and `now` count where the list says nothing."""
    rows = []
    for one in decisions:
        word = text_check.kept(one.finding) if one.words is None else text_check.REPLACED + one.words
        rows += text_check.decided_rows(one.finding, word, one.who or who, one.when or now, sample_id)
    return pd.DataFrame(rows, columns=list(ACCEPTED_COLUMNS), dtype=object)


def taken_back(accepted: pd.DataFrame, sample_id: str, kept: pd.DataFrame | None) -> pd.DataFrame:
    """The rows of Accepted that people took back, with a blank decision as the key wants it."""
    wanted = set()
    if kept is not None:
        wanted = {mark for mark, word in zip(kept["Mark"], kept["Take back?"], strict=True) if _yes(word)}
    ours = accepted[[trimmed(cell) == sample_id for cell in accepted["Sample ID"]]]
    back = ours[[_kept_mark(row) in wanted for row in ours.to_dict("records")]]
    return back.assign(Decision=None).astype(object)


def _yes(word: object) -> bool:
    return trimmed(word).casefold() == "yes"


def kept_rows(accepted: pd.DataFrame, sample_id: str) -> pd.DataFrame:
    """The rows of the list's sheet Kept."""
    tiers = {KEEP: text_check.MUST, text_check.KEEP_WEAK: text_check.LOOK}
    rows = [
        {
            "Unique ID": row["Unique ID"],
            "Column": row["Column"],
            "Kept words": row["Text"],
            "Tier": tiers[trimmed(row["Decision"])],
            "Who": row["Who"],
            "When": trimmed(row["When"]).replace("T", " "),
            "Mark": _kept_mark(row),
        }
        for row in accepted.to_dict("records")
        if trimmed(row["Sample ID"]) == sample_id and trimmed(row["Decision"]) in tiers
    ]
    return pd.DataFrame(rows, dtype=object)


def _kept_mark(row: Mapping[Any, Any]) -> str:
    parts = [trimmed(row[name]) for name in ("Unique ID", "Column", "Text")]
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def list_rows(findings: Sequence[Finding], decided: Decided) -> tuple[pd.DataFrame, int]:
    """The rows of the list, and how many that are only worth a look were left out."""
    seen: Counter[str] = Counter()
    rows = []
    shown: list[Finding] = []
    for whole in findings:
        shown += text_check.alone(whole) if whole.asked in decided.apart else [whole]
    for one in shown:
        seen[one.rule] += not one.strong
        if one.strong or seen[one.rule] <= MOST_WEAK:
            rows.append(_list_row(one) | decided.typed.get(one.asked, {}) | {"Note": decided.notes.get(one.asked)})
    return pd.DataFrame(rows, dtype=object), len(shown) - len(rows)


def problems_in(rows: pd.DataFrame, decided: Decided) -> list[tuple[int | None, str]]:
    """The Excel row of each problem on the list as it is written anew, and the sentence; None: it is not on it."""
    marks = rows["Mark"].tolist() if len(rows) else []
    now = {_asked(trimmed(mark))[0]: TOP + at for at, mark in enumerate(marks)}
    return [(now.get(which), told) for which, told in decided.problems]


def _list_row(one: Finding) -> dict[str, Any]:
    text = one.first.text
    columns = dict.fromkeys(spot.text.column for spot in one.spots if not spot.text.copy_of)
    return {
        "Unique ID": text.unique_id,
        "Sheet": text.sheet,
        "Excel row": text.row,
        "Column": "\n".join(columns) or text.column,
        "Rule": RULES.get(one.rule, one.rule),
        "Tier": text_check.MUST if one.strong else text_check.LOOK,
        "Words before": text_check.before(one.first),
        "Found": one.first.words,
        "Words after": text_check.after(one.first),
        "Times": len(one.spots),
        "Also here": text_check.also(one) or None,
        "Replace with": None if one.by_hand else one.role,
        "Mark": one.mark,
    }
