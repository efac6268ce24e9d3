"""Which rows of a report are cases, and what the others are: repeated headings, titles, groups, totals, footers, notes.

A lost case is worse than an extra one. A row with an ID of its column's shape together with a date or a name is a
case, whatever its words; so is a row that is as full as the others and whose cells are what their columns hold. Only
what is left is looked at closely: what can be recognised leaves, what cannot stays in and is doubtful.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from xl_dipsample.domain.long_list.harm_categories import known_label
from xl_dipsample.domain.long_list.headings import Match
from xl_dipsample.domain.long_list.report_reading import report_words
from xl_dipsample.domain.long_list.report_reading.report_columns import (
    Columns,
    Row,
    filled,
    is_date,
    is_of_zeros,
    key,
    learn,
    numbers_columns,
)
from xl_dipsample.domain.shared.cell import is_nothing, trimmed

Kind = Literal["blank", "page heading", "page title", "group heading", "sub-total", "footer", "note", "row of zeros"]
KINDS: tuple[Kind, ...] = (
    "page heading", "page title", "group heading", "sub-total", "footer", "note", "row of zeros", "blank",
)  # fmt: skip

_Verdict = Literal["case", "doubtful", "id alone", "look around"]
_FEW = 0.5
_SENTENCE = 30  # characters
_BLANK = (None, "")
_FIGURE = re.compile(r"\d")
_WIDE = 5  # cells, and half of what others have
_RULED = 3  # cells of dashes alone: a line below the headings
_A_COUNT = 4  # figures: a longer number in the column of IDs may be an ID that was mistyped
_COUNT_BEHIND = re.compile(r"[ :\u2013-]*[(\[]? ?\d+ ?[)\]]?$")
_LABEL = re.compile(r"[^\W\d][\w /&'-]{1,24}:")
_LABELLED = re.compile(r"[^\W\d][\w /&'-]{1,24}: ?\S.*")


@dataclass(frozen=True)
class ReportShape:
    """Positions count from 0 among the rows below the headings.

    `kept`: the cases, doubtful ones too; `left`: every other row and what it is; `doubtful`: rows that stay in though
    they may be no cases; `further`: cases that got the ID and name of the row above; `dated`: its contact date.
    """

    kept: tuple[int, ...]
    left: dict[int, Kind]
    doubtful: tuple[int, ...]
    columns: Columns
    further: tuple[int, ...] = ()
    dated: tuple[int, ...] = ()

    def without_headers(self, headers: Collection[int]) -> ReportShape:
        """The shape when these rows name a child for the rows below, and are no cases."""
        if not headers:
            return self
        left = self.left | dict.fromkeys(headers, "group heading")
        kept, doubtful = ([one for one in rows if one not in left] for rows in (self.kept, self.doubtful))
        return replace(self, kept=tuple(kept), left=dict(sorted(left.items())), doubtful=tuple(doubtful))

    def count(self, *kinds: Kind) -> int:
        """How many rows of these kinds were left out."""
        return sum(kind in kinds for kind in self.left.values())


def read_shape(rows: Sequence[Row], headings: Sequence[object], match: Match, above: Sequence[Row] = ()) -> ReportShape:
    """The shape of a report. `rows` stand below the headings, `above` are the rows before them, headings included.

    >>> from xl_dipsample.domain.long_list.headings import match
    >>> headings = ["Case ID", "Surname", "DOB"]
    >>> rows = [[100200, "Page", "1/2/2010"], [100300, "Wu", "2/3/2011"], ["Total records:", 2, ""]]
    >>> shape = read_shape(rows, headings, match(headings, {}, {}, rows))
    >>> shape.kept, shape.left
    ((0, 1), {2: 'footer'})
    """
    words = {key(cell) for cell in headings} | {key(cell) for row in above[-2:] for cell in row}
    reader = _Reader(rows, learn(rows, words - {""}, match), words - {""}, above)
    return reader.read()


def every_row(rows: Sequence[Row], headings: Sequence[object], match: Match, _: Sequence[Row] = ()) -> ReportShape:
    """The shape of a list in which each row is a case, whatever stands in it: a return of a known schema."""
    return ReportShape(tuple(range(len(rows))), {}, (), learn(rows, {key(heading) for heading in headings}, match))


@dataclass
class _Reader:
    rows: Sequence[Row]
    columns: Columns
    heading_words: Collection[str]
    above: Sequence[Row]
    titles: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.titles = frozenset(told for row in self.above if (told := _told(row, filled(row))))

    def read(self) -> ReportShape:
        """The shape: plain cases first, then the others one by one, then those that need their surroundings."""
        others = self._others()
        verdicts: dict[int, _Verdict | Kind] = {}
        for at in others:
            places = filled(self.rows[at])
            verdicts[at] = self._judged(self.rows[at], places) if places else "blank"
        plain = len(self.rows) - 1
        while plain >= 0 and verdicts.get(plain, "case") != "case":
            plain -= 1
        self._look_around(verdicts, plain)
        kept: list[int] = []
        left: dict[int, Kind] = {}
        doubtful: list[int] = []
        for at in range(len(self.rows)):
            verdict = verdicts.get(at, "case")
            if verdict in ("case", "id alone", "doubtful"):
                kept.append(at)
                if verdict == "doubtful":
                    doubtful.append(at)
            else:
                left[at] = verdict  # type: ignore[assignment]
        return ReportShape(tuple(kept), left, tuple(doubtful), self.columns)

    def _others(self) -> list[int]:
        """The positions of rows that are not plainly cases."""
        columns = self.columns
        beside = sorted(columns.dates) if columns.short_ids else [*columns.names, *sorted(columns.dates)]
        beside = [at for at in beside if at != columns.id]
        if not columns.shapes or not beside:
            return list(range(len(self.rows)))
        first = beside[0]
        others = []
        for at, has_id in enumerate(columns.with_ids(self.rows)):
            row = self.rows[at]
            if has_id and first < len(row) and row[first] not in _BLANK:
                continue
            if not has_id or not any(one < len(row) and row[one] not in _BLANK for one in beside):
                others.append(at)
        return others

    def _judged(self, row: Row, places: list[int]) -> _Verdict | Kind:
        columns = self.columns
        says = [at for at in places if not is_nothing(row[at])]  # "NULL" fills a cell and says nothing
        if not says:
            return "doubtful" if len(places) > 1 else "note"
        if is_of_zeros([row[at] for at in says]):
            return "row of zeros"
        wide, places = len(places) >= max(_WIDE, _FEW * columns.usual), says
        texts = [key(row[at]) for at in places]
        has_id = columns.has_id(row)
        if has_id and not columns.short_ids:
            return "case" if len(places) > 1 else "id alone"
        if not has_id:
            repeated = self._repeated(row, places, texts)
            if repeated:
                return repeated
        if self._is_full(row, places):
            return "case"
        named = any(at in columns.names for at in places)
        dated = self._dated(row, places)
        if has_id:
            counting = any(report_words.counts(text) for text in texts)
            return "case" if dated or (len(places) > 1 and not counting) else "doubtful"
        if wide:  # no word makes a row with so many cells leave
            return "footer" if self._only_counts(texts) else "doubtful"
        return self._furniture(row, places, texts, sure=named and dated) or self._rest(row, places, named, dated)

    def _dated(self, row: Row, places: Sequence[int]) -> bool:
        return any(at in self.columns.dates and is_date(row[at]) for at in places)

    def _repeated(self, row: Row, places: list[int], texts: list[str]) -> Kind | None:
        if numbers_columns(texts) or (len(texts) >= _RULED and not set("".join(texts)) - set("-= ")):
            return "page heading"
        known = sum(text in self.heading_words for text in texts)
        if known == len(texts) or (known >= 3 and known >= 0.8 * len(texts)):
            return "page heading"
        return "page title" if _told(row, places) in self.titles else None

    def _is_full(self, row: Row, places: list[int]) -> bool:
        """Whether a row without an ID of the column's shape is as full as others, each cell where it belongs."""
        fits = [self.columns.fit(at, row[at]) for at in places if at != self.columns.id]
        if len(places) >= max(3, _FEW * self.columns.usual) and fits.count("fits") >= max(2, fits.count("odd")):
            return True
        if len(places) < max(2, self.columns.usual - 1) or "odd" in fits or "fits" not in fits:
            return False
        texts = [key(row[at]) for at in places]  # of a narrow list all is filled but the ID
        return self._furniture(row, places, texts, sure=False) is None

    def _furniture(self, row: Row, places: list[int], texts: list[str], *, sure: bool) -> Kind | None:
        """What its words make of a row; `sure`: with a date and a name beside, a single word makes nothing of it."""
        own = [text for at, text in zip(places, texts, strict=True) if not (sure and at in self.columns.names)]
        if any(map(report_words.is_page_number, own)):
            return "footer" if len(places) == 1 else "page title"
        if 1 < len(own) <= 3 and any(report_words.is_page_number(" ".join(one)) for one in (own, own[::-1])):
            return "footer"
        if any(map(report_words.is_end, own)) or any(map(report_words.is_printed, own)):
            return "footer"
        if any(map(report_words.is_marking, own)) and not self._dated(row, places):
            return "note"  # "restricted" beside a date is a case that hides who it is
        if len(own) == 1 and self._names_a_group(own[0]):
            return "group heading"
        if self._only_counts(own):
            return "footer"
        if sum(text in self.heading_words for text in own) == len(own) > 0:
            return "page heading"
        if own and report_words.is_note(own[0]) and not self.columns.has_contact(row):
            return "note"
        labelled = len(own) == len(places) == 2 and _LABEL.fullmatch(own[0]) and any(map(str.isalpha, own[1]))
        return "group heading" if labelled and not self._dated(row, places) else None

    def _only_counts(self, texts: list[str]) -> bool:
        """Whether a row says how many, and nothing else: beside the words stand numbers and dates at most."""
        others = [text for text in texts if not report_words.counts(text)]
        return len(others) < len(texts) and all(not any(map(str.isalpha, text)) or is_date(text) for text in others)

    def _names_a_group(self, text: str) -> bool:
        name = _COUNT_BEHIND.sub("", text)
        if report_words.is_of_a_group(text) and not report_words.is_note(text):
            return True
        return not report_words.counts(name) and any(name in words for words in self.columns.words.values())

    def _rest(self, row: Row, places: list[int], named: bool, dated: bool) -> _Verdict | Kind:  # noqa: FBT001
        at = self.columns.id
        given = trimmed(row[at]) if at is not None and at in places and not is_nothing(row[at]) else ""
        if given and not self.columns.shapes:
            return "case"
        like_id = bool(given) and any(map(str.isdigit, given)) and " " not in given
        if like_id and dated:
            return "doubtful"
        if not given and named and dated:
            return "doubtful"
        return "look around"

    def _look_around(self, verdicts: dict[int, _Verdict | Kind], plain: int) -> None:
        """Decide what one row alone did not tell; `plain` is the position of the last row that is plainly a case."""
        waiting = [at for at, verdict in verdicts.items() if verdict == "look around"]
        said = Counter(_told(self.rows[at], filled(self.rows[at])) for at in waiting)
        explained = False  # in a table that explains codes, each row is a note
        for at, verdict in verdicts.items():
            if verdict == "id alone":
                verdicts[at] = "doubtful" if at > plain else "case"
            if verdict == "look around":
                row, places = self.rows[at], filled(self.rows[at])
                if len(places) == 1:
                    verdicts[at] = self._single(row, places[0], at > plain, said[_told(row, places)] > 1)
                else:
                    explains = explained and verdicts.get(at - 1) == "note"
                    verdicts[at] = self._several(row, places, explains)
            if at > plain:
                self._is_of_a_summary(verdicts, at)
            explained = verdicts[at] == "note"

    def _is_of_a_summary(self, verdicts: dict[int, _Verdict | Kind], at: int) -> None:
        """Below the list, the headings of a small table of words and their numbers, and its sum, are no cases."""
        places = filled(self.rows[at])
        above = filled(self.rows[at - 1])
        if len(places) != 2 or places != above:
            return
        if verdicts[at] == "sub-total" and verdicts.get(at - 1) == "doubtful":
            texts = [key(self.rows[at - 1][one]) for one in above]
            if not any(map(_FIGURE.search, texts)):
                verdicts[at - 1] = "page heading"
        elif verdicts[at] == "doubtful" and verdicts.get(at - 1) == "sub-total":
            texts = [key(self.rows[at][one]) for one in places]
            if texts[1].isdigit() and not _FIGURE.search(texts[0]):
                verdicts[at] = "sub-total"

    def _single(self, row: Row, place: int, after: bool, repeated: bool) -> _Verdict | Kind:  # noqa: FBT001
        text = key(row[place])
        columns = self.columns
        if place in columns.dates and is_date(row[place]):
            return "doubtful"
        figures = text.replace(",", "")
        if figures.replace(".", "").replace("-", "").isdigit():
            mistyped = place == columns.id and len(figures) > _A_COUNT
            return "doubtful" if mistyped else "footer"
        if any(text in words for words in columns.words.values()):
            return "group heading"
        if repeated and place not in columns.names:
            return "page title"
        if place == columns.id and any(map(str.isdigit, text)) and " " not in text:
            return "doubtful"
        if _LABELLED.fullmatch(text) and not after:
            return "group heading"
        if after or len(text) > _SENTENCE:
            return "note"
        return "doubtful" if place in columns.names or place in columns.dates else "group heading"

    def _several(self, row: Row, places: list[int], explains: bool) -> _Verdict | Kind:  # noqa: FBT001
        texts = [trimmed(row[at]) for at in places]
        columns = self.columns
        if len(places) <= 3 and not self._dated(row, places) and not columns.has_contact(row):
            codes = [at for at, text in zip(places, texts, strict=True) if known_label(text) is not None]
            beside = [at for at in places if at in columns.names and at not in codes]
            if explains or (codes and not (beside and columns.id not in places)):
                return "note"
        named = [text for text in map(str.casefold, texts) if any(text in words for words in columns.words.values())]
        figures = [text for text in texts if text.isdigit()]
        if named and figures and len(named) + len(figures) == len(texts) == 2:
            return "sub-total"
        return "doubtful"


def _told(row: Row, places: Sequence[int]) -> str:
    """A row's words, every figure as #: what two titles are compared by. "" where there are no words."""
    told = re.sub(r"\d+", "#", " | ".join(key(row[at]) for at in places))
    return told if any(map(str.isalpha, told)) else ""
