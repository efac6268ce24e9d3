"""Case IDs in texts: with other separators, with or without leading zeros."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from xl_dipsample.privacy.names.common_words import RUN
from xl_dipsample.privacy.names.normalise import fold, holds_a_figure

_SEPARATORS = re.compile(r"[\s\-/.,_:]{1,2}")
_LONG_ENOUGH = 5
_CUE = re.compile(r"(?:case|child|client|person|record|file|ref|reference|id|no|number|mosaic|lcs)(?:[\s.:#]|is)*$|#$")
_OTHER_NUMBER = re.compile(
    r"(?:[£$€%/.,:\-+]|aged?|age of|over|under|about|around|approximately|room|flat|year|section|s)\s?$"
)
_UNIT = re.compile(
    r"\s?(?:[%/:\-]|[.,]\d|years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|times?|am\b|pm\b|people|children"
    r"|miles?|pounds?|tablets?|mg|ml|cm|kg|st\b|nd\b|rd\b|th\b)"
)
_YEARS = range(1900, 2100)
_DATE = re.compile(r"(?<!\d)(?:[0-3]?\d([/.\-])[01]?\d\1(?:\d{4}|\d\d)|(?:19|20)\d\d([/.\-])[01]?\d\2[0-3]?\d)(?!\d)")


class CaseIds:
    """The case IDs of the long list, and whose they are (case ID -> unique IDs) for the sampled ones."""

    def __init__(self, case_ids: Collection[str], children: Iterable[tuple[str, str]]) -> None:
        self.children: defaultdict[str, set[str]] = defaultdict(set)
        for case_id, unique_id in children:
            self.children[_plain(case_id)].add(unique_id)
        plain = {_plain(case_id) for case_id in case_ids} | set(self.children)
        plain.discard("")
        self.short = {one for one in plain if len(one) < _LONG_ENOUGH and one.isdigit()}
        self.long = plain - self.short
        self.starts = {one[:2] for one in self.long}
        self.in_letters = any(map(str.isalpha, self.long))
        self.longest = max(map(len, self.long), default=0)

    def strong(self, text: str, tokens: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
        """Start, end and plain case ID of each long one in a folded text."""
        if not self.long or (not self.in_letters and not holds_a_figure(text)):
            return
        dates = [match.span() for match in _DATE.finditer(text)]
        for at, (start, end, run) in enumerate(tokens):
            whole = run.lstrip("0") if run.isdigit() else run
            if whole in self.long and not (whole.isalpha() and len(whole) == 1):
                yield start, end, whole
            elif (len(whole) < 2 or whole[:2] in self.starts) and len(whole) < self.longest:
                for found in self._in_pieces(text, tokens, at):
                    if not any(_part_of(found[0], found[1], date) for date in dates):
                        yield found

    def _in_pieces(self, text: str, tokens: list[tuple[int, int, str]], at: int) -> Iterator[tuple[int, int, str]]:
        """A case ID written with separators, or with other ones than the long list has."""
        whole = tokens[at][2]
        for after in range(at + 1, min(at + 5, len(tokens))):
            if not _SEPARATORS.fullmatch(text, tokens[after - 1][1], tokens[after][0]):
                return
            whole += tokens[after][2]
            plain = whole.lstrip("0") if whole.isdigit() else whole
            if plain in self.long and not plain.isalpha():
                yield tokens[at][0], tokens[after][1], plain

    def weak(self, text: str, tokens: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
        """Numbers under five figures that are case IDs, and neither an age, a count, a year nor part of a date."""
        for start, end, run in tokens if self.short else ():
            if not run.isdigit() or run.lstrip("0") not in self.short:
                continue
            if _CUE.search(text, max(0, start - 16), start) or self._may_be_one(text, start, end, run):
                yield start, end, run.lstrip("0")

    @staticmethod
    def _may_be_one(text: str, start: int, end: int, run: str) -> bool:
        if len(run) < 3 or int(run) in _YEARS:
            return False
        return not _OTHER_NUMBER.search(text, max(0, start - 16), start) and not _UNIT.match(text, end)


def _part_of(start: int, end: int, date: tuple[int, int]) -> bool:
    """Whether a place is a part of a date, and not all of it: 03/2026 in 31/03/2026."""
    return date[0] <= start and end <= date[1] and (start, end) != date


def _plain(case_id: str) -> str:
    """Letters and figures only; a number without its leading zeros."""
    if case_id.isascii() and case_id.isdigit():
        return case_id.lstrip("0")
    simple = case_id.isascii() and case_id.isalnum()
    whole = case_id.lower() if simple else "".join(RUN.findall(fold(case_id).text))
    return whole.lstrip("0") if whole.isdigit() else whole
