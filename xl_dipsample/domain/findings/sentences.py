"""How a finding is put into words: the sentences of findings.toml, and counts as people read them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from xl_dipsample.domain.findings.what_is_counted import Sample
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.share_cells import percent
from xl_dipsample.domain.shared.statistics import FEW


class Figure(NamedTuple):
    """A number on a live sheet: the table whose first heading is `head`, its line, and the heading above the number.

    `sheet` is the sheet's name ("Summary"); `column` is "n" where a table has n, % and more.
    """

    sheet: str
    head: str
    line: str
    column: str = "n"


class Cell(NamedTuple):
    """A number in a table: `row` counts the rows of its body from 0."""

    table: str
    row: int
    heading: str


class Finding(NamedTuple):
    """One sentence; `about` stays the same when numbers change; `source` is where its first number stands."""

    about: str
    sentence: str
    source: Figure | Cell


Says = Callable[[Sample], Finding | None]  # what one topic says of a sample, if anything


@cache
def data() -> dict[str, Any]:
    """Everything in findings.toml."""
    return tomllib.loads((reference.template_folder() / "findings.toml").read_text(encoding="utf-8"))


def about(topic: str) -> str:
    """The stable name of the finding `topic`."""
    name: str = data()[topic]["about"]
    return name


def say(topic: str, variant: str = "text", **words: object) -> str:
    """One sentence of findings.toml with its words filled in. Raises KeyError.

    >>> say("hard", hard=share(3, 20))
    'For 3 of 20 cases (15%) the information was hard to find. That tells you something, too.'
    """
    sentence: str = data()[topic][variant]
    return sentence.format(**words)


def cases(number: int) -> str:
    """A number of cases.

    >>> cases(1), cases(1200)
    ('1 case', '1,200 cases')
    """
    return "1 case" if number == 1 else f"{number:,} cases"


def share(k: int, n: int, what: str = "") -> str:
    """The count, of how many, and the share; below 10 cases the count alone. `what` stands after "cases".

    >>> share(12, 60), share(3, 9), share(12, 43, " with an outcome")
    ('12 of 60 cases (20%)', '3 of 9 cases', '12 of 43 cases with an outcome (28%)')
    """
    shown = "" if n < FEW else f" ({percent(k, n)})"
    return f"{k:,} of {cases(n)}{what}{shown}"


def short(k: int, n: int, each: str = "") -> str:
    """The same without the word "cases", for use inside brackets.

    >>> short(12, 60), short(3, 9), short(20, 60, " each")
    ('12 of 60, 20%', '3 of 9', '20 of 60 each, 33%')
    """
    return f"{k:,} of {n:,}{each}" + ("" if n < FEW else f", {percent(k, n)}")


def listed(words: Sequence[str]) -> str:
    """Words one after another.

    >>> listed(["CSE", "Gangs", "Missing"]), listed(["CSE"])
    ('CSE, Gangs and Missing', 'CSE')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
