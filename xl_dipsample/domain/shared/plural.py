"""How many of a thing, in words: the one place that knows a plural."""

from __future__ import annotations


def plural(number: int, one: str, many: str = "") -> str:
    """The number with its thing; `many` where an s does not do.

    >>> plural(1, "row"), plural(1200, "row"), plural(2, "case is", "cases are")
    ('1 row', '1,200 rows', '2 cases are')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
