"""What a report says about its own number of rows and of young people, compared with what was read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from xl_dipsample.domain.long_list.report_reading import report_words
from xl_dipsample.domain.long_list.report_reading.report_columns import Row, filled, key
from xl_dipsample.domain.long_list.report_reading.report_shape import ReportShape
from xl_dipsample.domain.long_list.report_reading.report_words import Of, Said
from xl_dipsample.domain.shared.cell import is_nothing, trimmed
from xl_dipsample.domain.shared.columns_read import plain_id

_COUNT_BEHIND = re.compile(
    r"(?!.*\d[:\u2013-]\d)(?P<group>.*?)\s*[(\[:=\u2013-]\s*(?P<number>\d+)(?P<of> [a-z ]+)?\s*[)\]]?"
)
_NUMBER_BEHIND = re.compile(r"(?P<words>.*\w)\s*[:=(]\s*(?P<number>\d+)\W*")
_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019&][^\W\d_]+)*")
_NUMBERED_GROUP = re.compile(r"(?P<group>[^\W\d].* \d+) (?:sub-?)?(?:total|count)\W*")  # "area 1 total"
_FIGURES = re.compile(r"\d+")
_LABEL = re.compile(r"[^\W\d][\w ]{1,24}: *")
_CONTINUED = re.compile(r"\W*\b(?:continued|cont(?:'d|d)?\.?)\W*$")
_NO_GROUP = frozenset({"pages", "page", "under", "over", "aged", "age", "average", "mean", "median", "cost", "days"})
_MOST_WORDS = 60  # values of a column that names groups


@dataclass(frozen=True)
class Stated:
    """One number that the report states.

    `position`: of its row among the rows below the headings; negative above them, -1 being the last row of headings.
    `rows`, `young_people`: what was read, in the whole list or in the group that the number is about.
    """

    position: int
    number: int
    of: Of
    in_group: bool
    rows: int
    young_people: int

    @property
    def is_equal(self) -> bool:
        """Whether the report is right about what was read."""
        asked = {"rows": (self.rows,), "young people": (self.young_people,)}
        return self.number in asked.get(self.of, (self.rows, self.young_people))


def stated_totals(rows: Sequence[Row], shape: ReportShape, above: Sequence[Row] = ()) -> tuple[Stated, ...]:
    """Every total that the rows left out, or the titles `above`, state; in the order of the rows."""
    return _Totals(rows, shape, above[-1] if above else ()).read(above)


@dataclass
class _Totals:
    rows: Sequence[Row]
    shape: ReportShape
    headings: Row
    groups: set[str] = field(init=False)
    values: dict[str, int] = field(init=False)  # a word -> the column that has it
    start: int = 0  # position of the first row of the group that we are in
    before: int = 0  # and of the one before
    opened: tuple[int, Said] | None = None  # the group heading that stated a number
    found: list[Stated] = field(default_factory=list)
    templates: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        few = {at: words for at, words in self.shape.columns.words.items() if len(words) <= _MOST_WORDS}
        self.values = {word: at for at, words in few.items() for word in words if not word.isdigit() and len(word) > 1}
        self.groups = set(self.values)

    def read(self, above: Sequence[Row]) -> tuple[Stated, ...]:
        """Go through the report once, from its titles to its last footer."""
        for number, row in enumerate(above):
            for told in self._in_title(row):
                self._compare(number - len(above), told, 0, len(self.rows), in_group=False)
        last = self.shape.kept[-1] if self.shape.kept else -1
        for at, kind in sorted(self.shape.left.items()):
            if kind == "group heading":
                self._close(at)
                self._open(at)
            elif kind in ("sub-total", "footer", "note"):
                self._total(at, after=at > last)
        self._close(len(self.rows))
        return tuple(sorted(self.found, key=lambda one: one.position))

    def _open(self, at: int) -> None:
        row = self.rows[at]
        text = _CONTINUED.sub("", " ".join(key(row[one]) for one in filled(row)))
        told = _COUNT_BEHIND.fullmatch(text)
        name = _LABEL.sub("", told["group"] if told and told["group"] else text).strip()
        if told and told["group"]:
            of = report_words.said(f"total {told['of'] or ''}", int(told["number"]), ())
            if of is not None:
                self.opened = (at, Said(of.number, of.of, sub=True, whole=False))
        if name:
            self.groups.add(name)
        self.before = self.start = at

    def _close(self, at: int) -> None:
        if self.opened is not None:
            self._compare(self.opened[0], self.opened[1], self.opened[0], at, in_group=True)
        self.opened = None

    def _total(self, at: int, *, after: bool) -> None:
        row = self.rows[at]
        unknown: list[str] = []
        told = self._said(row, unknown)
        if told is None:
            self._otherwise(at, after=after)
            return
        template = self._template(row, unknown)
        if unknown and after and template not in self.templates:
            self._otherwise(at, after=after)
            return
        empty = not self._kept(self.start, at)
        if told.whole or (after and not told.sub and not unknown and (empty or template not in self.templates)):
            either = after and not told.whole and bool(self.templates) and not empty
            if not (either and self._is_of(told, self.start, at)):
                self._compare(at, told, 0, len(self.rows), in_group=False)
                return
        if not after:
            self.templates.add(template)
        self._close(at)
        if empty and after and not told.sub and not unknown:
            self._compare(at, told, 0, len(self.rows), in_group=False)
            return
        start = self.before if empty else self.start
        if not self._of_word(at, start, told, row):
            self._compare(at, told, start, at, in_group=True)
        self.before, self.start = start, at

    def _in_title(self, row: Row) -> list[Said]:
        """Clear numbers of a title, or a label and a number in two cells."""
        places = filled(row)
        if len(places) == 1:
            return report_words.title_said(key(row[places[0]]))
        told = self._said(row, ())
        clear = told is not None and not told.sub and told.of != "either"
        return [told] if told is not None and clear else []

    def _otherwise(self, at: int, *, after: bool) -> None:
        """Several totals in one cell, or a label with its number in the row below it; below the list alone."""
        places = filled(self.rows[at])
        if not after or len(places) != 1 or self.shape.left[at] == "note":
            return
        text = key(self.rows[at][places[0]])
        told = report_words.several_said(text)
        below = self.rows[at + 1] if at + 1 < len(self.rows) else ()
        if not told and report_words.counts(text) and len(filled(below)) == 1 and at + 1 in self.shape.left:
            number = key(below[filled(below)[0]])
            one = report_words.said(text, int(number.replace(",", "")), ()) if _is_whole(number) else None
            told = [one] if one is not None else []
        for one in told:
            self._compare(at, one, 0, len(self.rows), in_group=False)

    def _is_of_a_column(self, at: int, number: int) -> bool:
        """Whether a number stands under a column of numbers and adds up that column."""
        columns = self.shape.columns
        if at == columns.id or at not in columns.spread:
            return False
        if at < len(self.headings) and report_words.is_of_other_sums(key(self.headings[at])):
            return True
        cells = (trimmed(self.rows[one][at]) for one in self.shape.kept if at < len(self.rows[one]))
        read = [float(cell) for cell in cells if re.fullmatch(r"-?\d+(?:\.\d+)?", cell)]
        return bool(read) and len(set(read)) > 1 and sum(read) == number

    def _of_word(self, at: int, start: int, told: Said, row: Row) -> bool:
        """A part that is no stretch of rows: "Female: 30" below the list counts those whose cell says so."""
        text = " ".join(key(row[one]) for one in filled(row))
        for word in sorted((word for word in self.values if _names(word, text)), key=len, reverse=True)[:1]:
            column = self.values[word]
            kept = [one for one in self.shape.kept if column < len(self.rows[one])]
            of_word = [one for one in kept if key(self.rows[one][column]) == word]
            stretch = self._kept(start, at)
            within = {key(self.rows[one][column]) for one in stretch if column < len(self.rows[one])} - {""}
            if within == {word} and set(of_word) <= set(stretch):
                return False  # the rows above are this group, also those without the word
            if self._matches(told, of_word):
                self._put(at, told, of_word, in_group=True)
                return True
        return False

    def _said(self, row: Row, unknown: list[str] | tuple[()]) -> Said | None:
        """What a row states: the number beside the words, the one in the column of IDs, or the only one."""
        places = filled(row)
        texts = [key(row[at]) for at in places]
        bare = {at: int(text.replace(",", "")) for at, text in zip(places, texts, strict=True) if _is_whole(text)}
        bare = {at: number for at, number in bare.items() if not self._is_of_a_column(at, number)}
        for at, text in zip(places, texts, strict=True):
            if at in bare or _is_whole(text) or not (report_words.counts(text) or (bare and len(places) == 2)):
                continue
            beside = bare.get(at + 1, bare.get(self.shape.columns.id or 0))
            if beside is None and len(bare) == 1:
                beside = next(iter(bare.values()))
            groups = {group for group in self.groups if _names(group, text)} | self._ids_in(text)
            named_first = beside is not None and _NUMBERED_GROUP.fullmatch(text)
            told = None if named_first and not groups else report_words.said(text, beside, groups)
            if named_first and not groups and isinstance(unknown, list) and beside is not None:
                unknown.extend(_WORDS.findall(named_first["group"]))
                told = Said(beside, "either", sub=True, whole=False)
            if told is None and groups and beside is not None and len(places) == 2 and len(texts[0]) < 60:
                told = report_words.said(f"total {text}", beside, groups)
            if told is None and isinstance(unknown, list):
                told = self._of_unknown(text, beside, unknown)
            if told is not None:
                return told
        return None

    def _ids_in(self, text: str) -> set[str]:
        """The IDs of the list that a text names: "423492 total" is about one child, and no count of 423492."""
        return set(re.findall(r"[\w/-]+", text)) & self.ids if _FIGURES.search(text) else set()

    @cached_property
    def ids(self) -> frozenset[str]:
        """The IDs of the cases; none where they are as short as a count."""
        columns = self.shape.columns
        if columns.id is None or columns.short_ids:
            return frozenset()
        at = columns.id
        return frozenset(key(self.rows[one][at]) for one in self.shape.kept if at < len(self.rows[one])) - {""}

    def _of_unknown(self, text: str, beside: int | None, unknown: list[str]) -> Said | None:
        """A total of a group that nothing else names: "Total for Riverside: 12" between the rows."""
        if not report_words.counts(text):
            return None
        words = [word for word in _WORDS.findall(text) if report_words.is_other(word)]
        behind = _NUMBER_BEHIND.fullmatch(text)
        if behind is not None and report_words.numbers(behind["words"]):  # "total for assessment 1: 12"
            beside = int(behind["number"])
            if not words:
                words = [word for word in _WORDS.findall(text) if not report_words.is_counting(word)]
                words = words[1:] if len(words) > 1 and report_words.is_unit(words[0]) else words
            text = _FIGURES.sub(" ", behind["words"])
        elif beside is not None:  # "area 1 total" and 12 beside it
            text = _FIGURES.sub(" ", text)
        if not words or len(words) > 5 or set(words) & _NO_GROUP:
            return None
        unknown.extend(words)
        told = report_words.said(text, beside, words)
        if told is None or not told.sub:
            return None
        # "children in care total": "children" may belong to the group's name; behind the number it does not
        behind_number = re.split(r"\d", text)[-1] if re.search(r"\d", text) else ""
        of = told.of if told.of != "either" and report_words.counts(f"{behind_number} 1") else "either"
        return Said(told.number, of, sub=True, whole=False)

    def _template(self, row: Row, unknown: Sequence[str]) -> str:
        text = " | ".join(key(row[at]) for at in filled(row))
        for name in sorted({*unknown, *(group for group in self.groups if _names(group, text))}, key=len, reverse=True):
            text = text.replace(name, "@")
        return re.sub(r"@(?: [@#])+", "@", re.sub(r"\d+", "#", text))

    def _kept(self, start: int, end: int) -> Sequence[int]:
        kept = self.shape.kept
        return kept[bisect_left(kept, start) : bisect_left(kept, end)]

    def _is_of(self, told: Said, start: int, end: int) -> bool:
        return self._matches(told, self._kept(start, end))

    def _matches(self, told: Said, kept: Sequence[int]) -> bool:
        return Stated(0, told.number, told.of, True, len(kept), self._young(kept)).is_equal  # noqa: FBT003

    def _compare(self, at: int, told: Said, start: int, end: int, *, in_group: bool) -> None:
        self._put(at, told, self._kept(start, end), in_group=in_group)

    def _put(self, at: int, told: Said, kept: Sequence[int], *, in_group: bool) -> None:
        self.found.append(Stated(at, told.number, told.of, in_group, len(kept), self._young(kept)))

    def _young(self, kept: Sequence[int]) -> int:
        """Distinct IDs, and one for each row without an ID."""
        column = self.shape.columns.id
        if column is None:
            return len(kept)
        cells = [self.rows[at][column] if column < len(self.rows[at]) else None for at in kept]
        given = [plain_id(trimmed(cell)) for cell in cells if not is_nothing(cell)]
        return len(set(given)) + len(cells) - len(given)


def _is_whole(text: str) -> bool:
    return text.replace(",", "").isdigit() and text.isascii()


def _names(word: str, text: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
