"""The shared texts of an .xlsx: how long each may become. A cell that shows one costs its length anew in a parser.

Source: ECMA-376 part 1, 18.4.9 (sst), 18.4.8 (si).
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from xl_dipsample.exports import room
from xl_dipsample.exports.zip_check import damaged

_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
_COUNT = re.compile(rb"\b(?:uniqueCount|count)\s*=\s*[\"']([^\"']*)")
_KEEP = 64


class SharedTexts:
    """Feed it the pieces of the part in order; then ask for lengths in bytes, which are upper bounds."""

    def __init__(self) -> None:
        self._at, self._tail = 0, b""
        self._places: list[int] = []
        self._odd = False
        self.lengths: npt.NDArray[np.int64] | None = np.zeros(0, dtype=np.int64)
        self.longest = 0

    def feed(self, piece: bytes) -> None:
        """Look at the next piece. Raises FileProblem for more text than is read."""
        data = self._tail + piece
        start = self._at - len(self._tail)
        self._odd = self._odd or b"<!" in data
        fresh = len(self._tail) - _KEEP // 2
        self._places += [start + one.start() for one in _TEXT.finditer(data) if one.end() > max(fresh, 0)]
        if self._at == 0:
            self._check_counts(data)
        self._at += len(piece)
        self._tail = data[-_KEEP:]
        if self._at > room.MOST_TEXT:
            raise room.too_much_text()

    def close(self) -> None:
        """The last piece has been fed."""
        places = np.unique(np.array([*self._places, self._at], dtype=np.int64))
        self._places = []
        lengths = np.diff(places)
        self.longest = self._at if self._odd else int(lengths.max(initial=0))
        self.lengths = None if self._odd else lengths  # a comment can hide where a text begins

    def length(self, number: str) -> int:
        """Of the text with that number, as a cell writes it."""
        if self.lengths is None or not (number.isascii() and number.isdigit()) or len(number) > 9:
            return self.longest
        return int(self.lengths[int(number)]) if int(number) < len(self.lengths) else 0

    def _check_counts(self, head: bytes) -> None:
        """Raise for a number of texts that no such part can hold: a parser takes its word and asks for so much room."""
        for written in _COUNT.findall(head):
            if not written.isdigit() or len(written) > 9 or int(written) > room.MOST_TEXT // 10:
                raise damaged()
