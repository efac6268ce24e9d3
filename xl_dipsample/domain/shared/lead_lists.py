"""The lists that the lead owns: outcomes with their side of the decision line, services, genders, ethnicities, reasons.

They stand on the sheet My lists of the workbook; types of harm stand on Categories, which has what no other list has
(chosen or not, presets, census factors). The tables of reference/ only fill a new workbook. Everybody who asks which
words there are, or on which side an outcome stands, asks the `Lists` of the workbook in hand: adding a word takes one
row there. docs/decisions/0031.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

import pandas as pd

from xl_dipsample.domain.shared import reference, standing, word_lists
from xl_dipsample.domain.shared.cell import excel_text, folded, trimmed

TABLE, CATEGORIES = "MyLists", "Categories"
GIVEN = "GivenWords"  # of a review workbook: its lists as they were laid out; what the team adds is on TABLE alone
TABLES = (TABLE, CATEGORIES)  # what a working workbook has
OUTCOME, REFERRED, GENDER, ETHNICITY, REASON = "Outcome", "Referred to?", "Gender", "Ethnicity", "Exclusion reason"
HARM = "Type of harm"  # its list is the table Categories
NAMES = (OUTCOME, REFERRED, REASON, GENDER, ETHNICITY)
SECOND_OUTCOME = "Outcome at the end of assessment"  # a column of Review that the lead can turn on
# columns of Review -> the list whose words they hold; a test holds it against the sheet's spec
IN_REVIEW = {
    OUTCOME: OUTCOME, SECOND_OUTCOME: OUTCOME, REFERRED: REFERRED, GENDER: GENDER, ETHNICITY: ETHNICITY, HARM: HARM,
    "Reason if not in sample": REASON,
}  # fmt: skip
# what the tool itself says in the place of a word: a word of a list that is spelt so could not be told from it
SAID_BY_THE_TOOL = ("Not mapped", "Not chosen", "Nothing recorded", "Other words", "Not filled in yet")
CLOSED, PROGRESSED, NEITHER = "Closed", "Progressed", "Neither"
SIDES = (CLOSED, PROGRESSED, NEITHER)
LONGEST = 100  # letters of a word: it is the label of lines, columns and charts
MOST = 50  # words of a list: a formula nests one level for each, and Excel allows 64
FIRST_ROW = 6  # the first row of the table as Excel numbers it; a test holds it against the sheet's spec
HEADINGS = ("List", "Word", "Order", "Side", "Child protection", "Codes and words that mean it", "In use", "Was called")
# list -> reference table, its column of words, its columns of codes and words
_SHIPPED = {
    OUTCOME: ("outcomes", "outcome", ("synonyms",)),
    REFERRED: ("referred_to", "service", ("synonyms",)),
    GENDER: ("gender", "gender", ("synonyms",)),
    ETHNICITY: ("ethnicity", "label", ("code", "numeric_2021")),
}
# the lists of lists.toml and the drop-downs of these names, by the list that they are
DROP_DOWNS = {
    "outcome": OUTCOME, "referred_to": REFERRED, "gender": GENDER, "ethnicity": ETHNICITY, "exclusion_reasons": REASON,
}  # fmt: skip
WAS_A_WORD = (
    "Was called has a word that the list has now, so nobody can say which of the two is meant; take it out there, or "
    "give the other word another name"
)
_BETWEEN = re.compile(r"[;|\r\n]+")


@dataclass(frozen=True)
class Entry:
    """One word of a list; `row` is the place in its table, from 0."""

    word: str
    side: str = NEITHER
    protects: bool = False
    codes: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    row: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Problem:
    """Something on My lists that cannot stand: the table, the place of the row in it, what is wrong."""

    table: str
    row: int
    code: str
    told: str


@dataclass(frozen=True)
class Lists:
    """The lists of one workbook, each in its order; `problems` is what cannot stand, and counts as not there."""

    entries: Mapping[str, tuple[Entry, ...]]
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame]) -> Lists:
        """The lists of a workbook from its tables; what it does not have is as shipped.

        Of a review workbook these are the lists by which its sheets are laid out: a word added since counts with the
        next Pseudonymise, so that no two sheets count by different lists.
        """
        return _read(laid_out(tables), tables.get(CATEGORIES))

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a list in their order. Raises KeyError.

        >>> shipped().words("Outcome")[:2]
        ('No further action', 'Advice and information')
        """
        return tuple(one.word for one in self.entries[name])

    def side(self, outcome: str) -> str:
        """The side of an outcome, Closed or Progressed; '' for neither, also for a word that is on no list.

        >>> shipped().side("child in need"), shipped().side("Other")
        ('Progressed', '')
        """
        return self._sides.get(outcome.casefold(), "")

    def standing(self, outcome: str) -> str:
        """Where an outcome stands, in words: its side, and whether it is child protection.

        >>> shipped().standing("Child Protection"), shipped().standing("Zorbing")
        ('Progressed, child protection', 'Not on the list')
        """
        called = self.now(OUTCOME, outcome)
        if not called:
            return "Not on the list"
        return (self.side(called) or NEITHER) + (", child protection" if called in self.protection else "")

    def on(self, side: str) -> tuple[str, ...]:
        """The outcomes on one side of the line, in their order."""
        return tuple(one.word for one in self.entries[OUTCOME] if one.side == side)

    @property
    def protection(self) -> tuple[str, ...]:
        """The outcomes that are child protection."""
        return tuple(one.word for one in self.entries[OUTCOME] if one.protects)

    def now(self, name: str, word: str) -> str:
        """What a word is called now; '' when it is on the list no more. Raises KeyError.

        >>> shipped().now("Outcome", "early HELP"), shipped().now("Outcome", "Zorbing")
        ('Early help', '')
        """
        return self._called[name].get(key(word), "")

    def means(self, name: str) -> dict[str, str]:
        """What a label means by the list alone: its words, what they were called, their codes; keys are normalised.

        '' stands for a word that the tool knows and the lead took off the list: nobody says what it means now.
        """
        gone = {key(word): "" for word in shipped().words(name)} if name != REASON else {}
        codes = {key(code): one.word for one in reversed(self.entries[name]) for code in one.codes}
        return {**gone, **codes, **self._called[name]}

    @cached_property
    def _sides(self) -> Mapping[str, str]:
        return {one.word.casefold(): one.side for one in self.entries[OUTCOME] if one.side != NEITHER}

    @cached_property
    def _called(self) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, entries in self.entries.items():
            before = {key(was): one.word for one in entries for was in one.was}
            found[name] = before | {key(one.word): one.word for one in entries}
        return found


def laid_out(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame | None:
    """The table of words by which a workbook counts: what was given to it, or My lists where nothing was."""
    given = tables.get(GIVEN)
    there = given is not None and "Word" in given.columns and any(trimmed(cell) for cell in given["Word"])
    return given if there else tables.get(TABLE)


def key(label: str) -> str:
    """How words are told apart: small letters, every run of blanks one space."""
    return folded(trimmed(label)).casefold()


@cache
def shipped() -> Lists:
    """The lists as a new workbook has them, from reference/ and lists.toml."""
    return Lists(
        {
            **{name: tuple(_shipped(name)) for name in _SHIPPED},
            REASON: tuple(Entry(word) for word in word_lists.words("exclusion_reasons")),
            HARM: tuple(Entry(word) for word in reference.words("harm_categories", "category")),
        }
    )


def _shipped(name: str) -> Iterator[Entry]:
    table, column, others = _SHIPPED[name]
    for row in reference.table(table):
        codes = tuple(code for other in others for code in reference.parts(row[other]))
        yield Entry(row[column], row.get("side") or NEITHER, row.get("child_protection") == "yes", codes)


def default_rows() -> list[list[object]]:
    """The rows of My lists in a new workbook."""
    made: list[list[object]] = []
    for name in NAMES:
        for place, one in enumerate(shipped().entries[name], 1):
            line = [one.side, "Yes" if one.protects else "No"] if name == OUTCOME else [None, None]
            made.append([name, one.word, place, *line, "; ".join(one.codes) or None, None, None])
    return made


def _read(table: pd.DataFrame | None, categories: pd.DataFrame | None) -> Lists:
    problems: list[Problem] = []
    entries = dict(shipped().entries)
    if table is not None:
        rows = [row for row in _rows(table) if any(row.get(one) for one in HEADINGS if one != "In use")]
        for name in NAMES:
            listed = [row for row in rows if key(row["List"]) == key(name)]
            entries[name] = tuple(_entries(TABLE, name, sorted(listed, key=_order), problems))
        known = {key(name) for name in NAMES}
        lost = [row["at"] for row in rows if key(row["List"]) not in known]
        problems += [Problem(TABLE, int(at), "list-unknown", f"List is none of: {', '.join(NAMES)}") for at in lost]
    if categories is not None:
        of_harm = [row | {"Word": row.get("Category", "")} for row in _rows(categories)]
        typed = ("Word", "Chosen", "Codes and words that mean it", "Was called")
        listed = [row for row in of_harm if any(row.get(one) for one in typed)]
        entries[HARM] = tuple(_entries(CATEGORIES, HARM, listed, problems))
    return Lists(entries, tuple(sorted(problems, key=lambda one: (one.table, one.row))))


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    cells = {str(name): [trimmed(cell) for cell in table[name]] for name in table.columns}
    return [{name: column[at] for name, column in cells.items()} | {"at": str(at)} for at in range(len(table))]


def _order(row: Mapping[str, str]) -> tuple[float, int]:
    """By Order, then as they stand; without a number last."""
    try:
        return float(row.get("Order", "")), int(row["at"])
    except ValueError:
        return float("inf"), int(row["at"])


def _entries(table: str, name: str, rows: list[dict[str, str]], problems: list[Problem]) -> Iterator[Entry]:
    """The words that can stand, each once; what is wrong with the others is added to `problems`."""
    taken: dict[str, str] = {}
    codes: dict[str, str] = {}
    words = {key(row["Word"]) for row in rows}
    for row in rows:
        at, word = int(row["at"]), excel_text(row["Word"])  # as every count reads it: single spaces
        missing = ("word-empty", f"there is no {'Word' if table == TABLE else 'Category'}; type one, or delete the row")
        wrong = _wrong(word, row, taken) if word else missing
        if not wrong:
            for one in (*parts_of(row.get("Codes and words that mean it", "")), *parts_of(row.get("Was called", ""))):
                if codes.setdefault(key(one), word) != word:
                    wrong = ("code-twice", "one of its codes or words means another word of the list, too")
            if (words - {key(word)}) & {key(one) for one in parts_of(row.get("Was called", ""))}:
                wrong = ("was-a-word", WAS_A_WORD)
        if wrong:
            problems.append(Problem(table, at, *wrong))
            continue
        taken[key(word)] = word
        side = next((one for one in SIDES if key(one) == key(row.get("Side", ""))), NEITHER)
        yield Entry(
            word,
            side if name == OUTCOME else NEITHER,
            name == OUTCOME and key(row.get("Child protection", "")) == "yes",
            parts_of(row.get("Codes and words that mean it", "")),
            parts_of(row.get("Was called", "")),
            at,
        )


def _wrong(word: str, row: Mapping[str, str], taken: Mapping[str, str]) -> tuple[str, str] | None:
    if len(word) > LONGEST:
        return "word-long", f"the word has more than {LONGEST} letters; shorten it"
    if re.search(r"[;\r\n]", word):
        return (
            "word-separator",
            "the word has a semicolon or a line break in it; take it out",
        )
    if not re.search(r"[a-zA-Z0-9]", word):  # the publication copy refuses such a cell: nobody can read it aloud
        return "word-signs", "the word has no letter from a to z and no digit in it; write it in words"
    if key(word) in {key(one) for one in SAID_BY_THE_TOOL}:
        return "word-said", "the tool itself says this where there is no word; choose another word"
    if len(taken) >= MOST:
        return "list-long", f"the list has more than {MOST} words, and the sheets have no room for more; take some out"
    if key(word) in taken:
        return "word-twice", "the word stands in this list twice; delete one of the two rows"
    if row.get("Side") and key(row["Side"]) not in {key(one) for one in SIDES}:
        return "side-unknown", f"Side is none of: {', '.join(SIDES)}; choose one of them"
    if row.get("Child protection") and key(row["Child protection"]) not in ("yes", "no"):
        return "protection-unknown", "Child protection is neither Yes nor No; choose one"
    return None


def renamed(frame: pd.DataFrame, lists: Lists) -> tuple[pd.DataFrame, int]:
    """The table Review with what words are called now, where it still has what they were called; and in how many cells.

    >>> lists = Lists({**shipped().entries, OUTCOME: (Entry("Family Help", was=("Early help",)),)})
    >>> made, cells = renamed(pd.DataFrame({"Outcome": ["early HELP", "Own words", None]}, dtype=object), lists)
    >>> made["Outcome"].tolist(), cells
    (['Family Help', 'Own words', None], 1)
    """
    made, changed = frame.copy(deep=False), 0
    for column, name in IN_REVIEW.items():
        if column not in frame.columns or name not in lists.entries:
            continue
        old = {key(was): one.word for one in lists.entries[name] for was in one.was}
        old = {was: word for was, word in old.items() if was not in {key(one.word) for one in lists.entries[name]}}
        if not old:
            continue
        cells = [_renamed(cell, old) for cell in frame[column].tolist()]
        changed += sum(one != cell for one, cell in zip(cells, frame[column].tolist(), strict=True))
        made[column] = pd.Series(cells, index=frame.index, dtype=object)
    return made, changed


def _renamed(cell: object, old: Mapping[str, str]) -> object:
    """A cell with one word, or with several between semicolons."""
    if not isinstance(cell, str):
        return cell
    words = dict.fromkeys(old.get(key(part), part.strip()) for part in cell.split(";"))  # two may have become one
    return "; ".join(words) if any(key(part) in old for part in cell.split(";")) else cell


def parts_of(cell: str) -> tuple[str, ...]:
    """The codes and words of a cell, each once as it is written, with semicolons, bars or line breaks between them.

    >>> parts_of("cin; s17 | section  17;")
    ('cin', 's17', 'section 17')
    """
    return tuple(folded(part) for part in _BETWEEN.split(cell) if part.strip())


def excel_row(problem: Problem, tables: Mapping[str, pd.DataFrame]) -> int:
    """The row that a person sees."""
    return standing.first_row(tables[problem.table], FIRST_ROW) + problem.row
