"""The words by which a row of a report shows that it is no case: page numbers, ends, totals, who printed it.

A word alone never makes a row leave: real cases have surnames such as Page and Total. `report_shape` asks here only
about rows that have no case ID of their column's shape and are not as full as the others.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Of = Literal["rows", "young people", "either"]

_PAGE = re.compile(r"(?:.* )?(?:page|pg\.?|p\.) ?\d+(?: ?(?:of|/) ?\d+)?|[-\u2013] ?\d+ ?[-\u2013]|\d+ (?:of|/) \d+")
_END = re.compile(
    r"\W*(?:end|finish)(?: (?:of|the|this|report|list|data|file|extract|export|page|document|results|records?))*\W*"
)
_BEGINS_PRINTED = re.compile(
    r"(?:report|data|list|file|extract) ?(?:id|name|title|date|run|author|owner|source|parameters?|criteria|filters?|"
    r"version|printed|produced|generated|created|extracted|exported|ref)\b|"
    r"(?:printed|produced|generated|extracted|exported|downloaded|prepared|compiled|refreshed|print date|run date|"
    r"run (?:on|by|at)|created (?:on|by|at)|parameters?|criteria|filters?|source|date range|period|as at|as of|"
    r"reporting period)\b(?: ?:| (?:on|by|at|from|date|time|for|of)\b| ?\d|$)"
)
_MARKING = re.compile(
    r"\W*(?:official|restricted|confidential|protect|sensitive|private|strictly confidential|not protectively marked|"
    r"unclassified)\b[\w \-\u2013:,()]*\W*"
)
_NOTE = re.compile(
    r"(?:\*+|\u2020|#|\(?\d\)) ?\w.*|"
    r"(?:notes?|n\.?b\.?|key|please|source|legend|explanation|glossary|codes?|"
    r"meanings?|descriptions?|abbreviations?|average|mean|median)\b.*"
)
_WHOLE_NUMBER = re.compile(r"(?<![\w.,/-])\d{1,3}(?:,\d{3})+(?![\w.,/-])|(?<![\w.,/-])\d+(?![\w,/-]|\.\d)")
_NO_OF = re.compile(r"\W*(?:no|num)\b\.? of\b")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")

_ROWS = frozenset(
    {"records", "record", "rows", "row", "lines", "entries", "contacts", "contact", "referrals", "referral"}
    | {"assessments", "assessment", "episodes", "results", "items", "events"}
)
_YOUNG = frozenset(
    {"children", "child", "young", "people", "person", "persons", "clients", "client", "individuals", "individual"}
    | {"youngsters", "users", "user", "pupils", "yp", "cyp"}
)
_COUNTS = frozenset(
    {"total", "totals", "subtotal", "sub", "count", "number", "grand", "overall", "sum", "cyfanswm", "nifer"}
)
_BETWEEN = frozenset(
    {"of", "for", "in", "the", "this", "on", "a", "all", "report", "list", "listed", "returned", "found", "shown"}
    | {"displayed", "exported", "included", "distinct", "unique", "different", "service", "cases", "case", "is", "are"}
    | {"here", "above", "data", "group", "section", "team", "and", "to", "selected", "reported"}
    | {"no", "num"}
    | {"affected", "matched", "matching", "retrieved", "showing", "displaying", "your", "search", "criteria"}
)
_UNIT = "|".join(sorted({*_ROWS, *_YOUNG, "cases", "open", "closed"} - {"child", "person", "client"}))
_YEAR_BEHIND = re.compile(rf"\b(?:{_UNIT}) (?:in |for )?(?:19|20)\d\d\W*$")
_STRETCH = re.compile(r"\b\d+ ?(?:to|-|\u2013) ?\d+ (?=of \d+\b)")  # "1 to 30 of 609 entries"
_SAMPLE_SIZE = re.compile(r"\W*n ?= ?(\d+)\W*")
_OF_WHICH = re.compile(r" ?\((?:of (?:which|whom|these)|incl)[^)]*\)")
_PARTS = re.compile(r"[|;]|\. |, ")
_CLEAR_IN_TITLE = re.compile(
    rf"(?:total|number|count|no\.?|cyfanswm|nifer)\b.*[:=(]? ?\d+\W*|[^\d]*[:=(]?\b\d+ (?:{_UNIT})\b[^\d]*|"
    rf"(?:{_UNIT}) ?[:=] ?\d+\W*"
)
_LABEL_AND_COUNT = re.compile(rf"(?:.*\b)?(?:{_UNIT})\b[^\d]*[(\[](?P<number>\d+)[)\]]")
_LABEL_AND_UNIT = re.compile(rf"[^\d]+ ?[:(\u2013-] ?(?P<number>\d+) (?P<unit>{_UNIT})\)?")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_OTHER_SUM = re.compile(r"\b(?:sum|days?|hours?|weeks?|average|mean|cost|duration|age)\b")
_WHOLE_LIST = frozenset({"grand", "overall", "report", "list"})


@dataclass(frozen=True)
class Said:
    """A number that a row says about the report. `within`: "" when the words do not name a group."""

    number: int
    of: Of
    sub: bool  # its words say that it is a part: "Sub-total", or a group's name
    whole: bool  # its words say that it is the whole list: "Grand total"


def is_page_number(text: str) -> bool:
    """Whether a folded, caseless text is the number of a page.

    >>> [is_page_number(text) for text in ("page 2 of 7", "- 2 -", "page")]
    [True, True, False]
    """
    return _PAGE.fullmatch(text) is not None


def is_end(text: str) -> bool:
    """Whether it says that the report ends: "*** end of report ***"."""
    return _END.fullmatch(text) is not None


def is_printed(text: str) -> bool:
    """Whether it begins as a line about the report itself does: who ran it, when, from what."""
    return _BEGINS_PRINTED.match(text) is not None


def is_marking(text: str) -> bool:
    """Whether it is a protective marking: "official-sensitive"."""
    return _MARKING.fullmatch(text) is not None


def is_note(text: str) -> bool:
    """Whether it begins as a note does."""
    return _NOTE.fullmatch(text) is not None


def numbers(text: str) -> list[int]:
    """The whole numbers of a text, "1,204" as one; none of a date, a code or a decimal.

    >>> numbers("Total 1,204 (of 12/03/2024, 16A, 3.5)")
    [1204]
    """
    return [int(found.replace(",", "")) for found in _WHOLE_NUMBER.findall(text)]


def is_other(word: str) -> bool:
    """Whether a word is none of those by which a report speaks of its own numbers: it may be a group's name."""
    return word not in _COUNTS and word not in _ROWS and word not in _YOUNG and word not in _BETWEEN


def is_counting(word: str) -> bool:
    """Whether a word says that something is counted, or only stands between such words: "total", "for"."""
    return word in _COUNTS or word in _BETWEEN


def is_unit(word: str) -> bool:
    """Whether a word is what a report counts: "children", "rows"."""
    return word in _ROWS or word in _YOUNG


def is_of_a_group(text: str) -> bool:
    """Whether it is a label and a group's name, "team: children in care (56)", and not a number of records.

    >>> is_of_a_group("team: children in care (56)"), is_of_a_group("total records: 56")
    (True, False)
    """
    label, colon, rest = text.partition(":")
    words = _WORD.findall(label.replace("-", " "))
    if not (colon and rest.strip() and 0 < len(words) <= 3):
        return False
    return words in (["team"], ["group"], ["section"]) or all(map(is_other, words))


def counts(text: str) -> bool:
    """Whether the text has a word of counting at all: "total", "count", "12 rows"."""
    words = set(_WORD.findall(text.replace("-", " ")))
    return (
        bool(words & _COUNTS)
        or _NO_OF.match(text) is not None
        or _SAMPLE_SIZE.fullmatch(text) is not None
        or (bool(words & (_ROWS | _YOUNG)) and bool(numbers(text)))
    )


def said(text: str, beside: int | None, groups: Collection[str]) -> Said | None:
    """What a folded, caseless text states about the report, with the number `beside` it where it has none itself.

    `groups` are the caseless names of the report's groups. None when the text states nothing, or something else than
    a number of rows or of young people ("total pages", "number of children under 5").

    >>> said("total records: 609", None, ()).number, said("number of children", 449, ()).of
    (609, 'young people')
    >>> said("number of children under 5: 12", None, ()), said("total pages: 7", None, ())
    (None, None)
    """
    if _YEAR_BEHIND.search(text):
        return None  # "referrals 2024"
    sample = _SAMPLE_SIZE.fullmatch(text)
    text = f"count {sample[1]}" if sample else _STRETCH.sub("", text)
    named = [group for group in groups if group and re.search(rf"(?<!\w){re.escape(group)}(?!\w)", text)]
    rest = text
    for group in sorted(named, key=len, reverse=True):
        rest = rest.replace(group, " ")
    own = numbers(rest)
    if len(own) > 1 or (not own and beside is None):
        return None
    words = set(_WORD.findall(rest.replace("-", " ")))
    telling = words & (_COUNTS | _ROWS | _YOUNG)
    if not (telling or _NO_OF.match(rest)) or words - telling - _BETWEEN or re.search(r"[<>%]", rest):
        return None
    number = own[0] if own else beside
    if number is None:
        return None
    of: Of = "young people" if words & _YOUNG else "rows" if words & _ROWS else "either"
    sub = bool(named) or bool(words & {"sub", "subtotal"})
    return Said(number, of, sub, not sub and bool(words & _WHOLE_LIST))


def several_said(text: str) -> list[Said]:
    """What the parts of a longer text state, each by itself: "children: 30 | referrals: 34".

    >>> [one.number for one in several_said("limited to the first 30 rows. 609 records matched your search.")]
    [609]
    """
    parts = [one.strip(" .") for one in _PARTS.split(_OF_WHICH.sub("", text))]
    found = [said(part, None, ()) for part in parts if numbers(part)]
    return [one for one in found if one is not None and one.of != "either"]


def title_said(text: str) -> list[Said]:
    """What a title states; clearer words are asked for than in a footer, since titles have years and report numbers.

    >>> [[one.number for one in title_said(text)] for text in ("cin cases (31)", "referrals 2024", "open: 33 children")]
    [[31], [], [33]]
    """
    text = text.strip()
    for pattern in (_LABEL_AND_COUNT, _LABEL_AND_UNIT):
        whole = pattern.fullmatch(text)
        if whole is not None and not _A_YEAR.fullmatch(whole["number"]):
            of: Of = "either"
            if pattern is _LABEL_AND_UNIT:
                of = "young people" if whole["unit"] in _YOUNG else "rows" if whole["unit"] in _ROWS else "either"
            return [Said(int(whole["number"]), of, sub=False, whole=True)]
    parts = [one.strip(" .") for one in _PARTS.split(_OF_WHICH.sub("", text))]
    return [one for part in parts if _CLEAR_IN_TITLE.fullmatch(part) for one in several_said(part)]


def is_of_other_sums(heading: str) -> bool:
    """Whether a column adds up something else than cases: "sum of daysopen"."""
    return _OTHER_SUM.search(heading) is not None
