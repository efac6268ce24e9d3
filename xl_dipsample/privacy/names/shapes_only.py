"""The search without a key: only what has an identifier's shape, whoever it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from xl_dipsample.privacy.names.hits import STRONG, Hit, without_overlaps
from xl_dipsample.privacy.names.normalise import fold
from xl_dipsample.privacy.names.patterns import shapes

# Every shape has a digit or an @. What is not ASCII may be folded into one of them.
_MAY_HOLD_ONE = re.compile(r"[0-9@]|[^\x00-\x7f]")


class ShapesOnly:
    """Finds NHS and National Insurance numbers, postcodes, phones and e-mail addresses."""

    @staticmethod
    def may_hold_one(text: str) -> bool:
        """Whether a text has to be read at all: False for most."""
        return _MAY_HOLD_ONE.search(text) is not None

    def find(self, texts: Sequence[str], rows: Sequence[str] | None = None) -> list[Hit]:
        """Every hit, by text and place, as Searcher.find gives them; equal texts are read once.

        >>> [(hit.start, hit.end, hit.rule) for hit in ShapesOnly().find(["write to M1 4BT", "no number"])]
        [(9, 15, 'postcode')]
        """
        del rows
        known: dict[str, list[Hit]] = {}
        found: list[Hit] = []
        for at, text in enumerate(texts):
            if text not in known:
                known[text] = _in(text) if self.may_hold_one(text) else []
            found += [replace(hit, text=at) for hit in known[text]]
        return found


def _in(text: str) -> list[Hit]:
    page = fold(text)
    return list(
        without_overlaps(Hit(0, *page.span(start, end), STRONG, rule, None) for start, end, rule in shapes(page))
    )
