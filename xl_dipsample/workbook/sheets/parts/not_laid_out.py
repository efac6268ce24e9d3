"""Words in Review that the sheets have no line for: said with their number wherever such a column is counted."""

from __future__ import annotations

from dataclasses import dataclass

from xl_dipsample.domain.analysis import own_words
from xl_dipsample.domain.review import review_rules
from xl_dipsample.workbook.sheets.parts import count_formulas
from xl_dipsample.workbook.sheets.parts.blocks import Block
from xl_dipsample.workbook.sheets.parts.layout import LiveCell


@dataclass(frozen=True)
class Said:
    """What is said of one block: the words now, '' when every answer is laid out; and the formula that says it."""

    words: str
    formula: str

    def after(self, note: str, row: int, column: int) -> LiveCell:
        """A note with this behind it.

        >>> Said("2 of 6 are.", '"2 of 6 are."').after("It counts.", 5, 1).value
        'It counts. 2 of 6 are.'
        """
        if not self.formula:
            return LiveCell(row, column, note, None, "note")
        shown = f"{note} {self.words}".strip()
        return LiveCell(row, column, shown, f'=TRIM("{note} "&{self.formula})', "note")


NOTHING = Said("", "")


def of_lines(block: Block, numbers: list[int], first: int, n: int, whole: str) -> Said:
    """What is said of a block with one of the lead's lists; of another, nothing.

    Its lines stand from row `first` down, their counts, `numbers`, in column 2; `n` cases stand at `whole`.
    """
    if block.heading not in own_words.headings() or not block.own_words:
        return NOTHING
    lines = [block.labels.index(one) for one in (count_formulas.OTHER_WORDS, block.blank, review_rules.NOT_MAPPED)]
    other, *no_answer = (count_formulas.address(first + line, 2) for line in lines)
    own, *none = (numbers[line] for line in lines)
    told = f"{own_words.ANSWERS[block.heading]} are {own_words.NOT_LAID_OUT}."
    words = f"{own} of {n - sum(none)} {told}" if own else ""
    answered = f"({whole}-{'-'.join(no_answer)})"
    return Said(words, f'IF({other}=0,"",{other}&" of "&{answered}&" {told}")')
