"""How far the cells of a sheet reach, and how much text they hold, cell by cell.

For sheets that the quick look cannot judge. Expat reads them piece by piece; what is not well-formed is refused here.

Source: ECMA-376 part 1, 18.3.1.4 (c: the place `r` is optional), 18.3.1.73 (row).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from xl_dipsample.exports.shared_scan import SharedTexts
from xl_dipsample.exports.sheet_scan import SheetFacts
from xl_dipsample.exports.zip_check import damaged

_MOST_FIGURES = 9


def exact(pieces: Iterable[bytes], shared: SharedTexts) -> SheetFacts:
    """Last row and column, filled cells and their texts' bytes; `shared`: the texts that cells refer to.

    Raises FileProblem when the sheet is not well-formed, or reaches further than Excel can.
    """
    look = _Look(shared)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = look.start, look.end
    parser.CharacterDataHandler = look.text
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes no keyword
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, ValueError) as error:
        raise damaged() from error
    return look.facts


def check_well_formed(pieces: Iterable[bytes]) -> None:
    """Raise FileProblem unless the part is well-formed: a parser may wait for ever for an end that does not come."""
    parser = WellFormed()
    for piece in pieces:
        parser.feed(piece)
    parser.close()


class WellFormed:
    """Feed it the pieces of a part as they lie in the file; it raises FileProblem where they are not well-formed.

    `plain`: no "<" may stand in a comment or the like, where what reads XML as text would take it for a tag.
    """

    def __init__(self, *, plain: bool = False) -> None:
        self._parser = expat.ParserCreate()
        if plain:
            self._parser.CommentHandler = _refuse_tags
            self._parser.ProcessingInstructionHandler = lambda _, words: _refuse_tags(words)
            self._parser.StartCdataSectionHandler = lambda: self._look_at_text(_refuse_tags)
            self._parser.EndCdataSectionHandler = lambda: self._look_at_text(None)

    def _look_at_text(self, look: Callable[[str], None] | None) -> None:
        self._parser.CharacterDataHandler = look

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Look at the next piece."""
        try:
            self._parser.Parse(piece, last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise damaged() from error

    def close(self) -> None:
        """The last piece has been fed."""
        self.feed(b"", last=True)


def _refuse_tags(words: str) -> None:
    if "<" in words:
        raise damaged()


class _Look:
    def __init__(self, shared: SharedTexts) -> None:
        self.facts = SheetFacts()
        self._texts = shared
        self._row, self._column = 1, 1  # of the next cell that names no place
        self._place = (1, 1)
        self._shared = self._filled = self._inside = False
        self._number = ""

    def start(self, name: str, given: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row" and "r" in given:
            self._row = _figures(given["r"])
        elif name == "c":
            if "r" in given:
                row, self._column = _place(given["r"])
                self._place = (row, self._column)
            else:
                self._place = (self._row, self._column)
            self._shared, self._filled, self._number = given.get("t") == "s", False, ""
            self._inside = True
        elif self._inside and name in ("v", "is"):
            self._filled = True

    def text(self, words: str) -> None:
        if self._inside:
            if self._shared:
                self._number += words[: _MOST_FIGURES + 1]
            else:
                self.facts.text += len(words.encode("utf-8", "surrogatepass"))

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self._row, self._column = self._row + 1, 1
        elif name == "c":
            self._column += 1
            self._inside = False
            if self._filled:
                self._add()

    def _add(self) -> None:
        facts, (row, column) = self.facts, self._place
        facts.cells += 1
        facts.last_row, facts.last_column = max(facts.last_row, row), max(facts.last_column, column)
        if self._shared:
            facts.text += self._texts.length(self._number.strip())


def _figures(written: str) -> int:
    if not (written.isascii() and written.isdigit()) or len(written) > _MOST_FIGURES:
        raise damaged()
    return int(written)


def _place(written: str) -> tuple[int, int]:
    """Row and column, from 1, of a reference such as B7."""
    letters = written.rstrip("0123456789")
    if not letters.isascii() or not letters.isalpha() or len(letters) > 4:
        raise damaged()
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return _figures(written[len(letters) :]), column
