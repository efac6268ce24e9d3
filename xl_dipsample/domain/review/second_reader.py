"""How far two readers of the same files agree: percentages, Cohen's kappa, and where they differ.

Both readers' frames have the headings of table Review, and cells are compared as domain/review.py reads them: capitals
and spaces make no difference. A cell that may hold several words is the set of them. "Not mapped" is no answer.
"""

from __future__ import annotations

import math
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import pandas as pd

from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.domain.shared import share_cells
from xl_dipsample.domain.shared.statistics import FEW, Z95

UNIQUE_ID, QUESTION, FIRST, SECOND = "Unique ID", "Question", "First reader", "Second reader"
PAIR_HEADINGS = (UNIQUE_ID, QUESTION, FIRST, SECOND)
AGREED, WHY = "Agreed answer", "Why"
AGREEMENT_HEADINGS = ("Question", "Read twice", "Same answer", "%", "Kappa", "Kappa from", "Kappa to", "In words")
IN_SAMPLE, SCENARIO, REVIEWER = "In sample?", "Scenario", "Reviewer"
ONE_OF, FEWEST = 5, 5  # a fifth of the cases is read twice, and at least five (docs/design.md, section 9)
_PLACES = 2  # decimals of kappa and its interval
_NOISE = 1e-14  # what rounding leaves of a variance that is none


class Compared(NamedTuple):
    """One question that both readers answer; `several`: a cell may hold more than one word."""

    heading: str
    several: bool = False


@cache
def standard() -> tuple[Compared, ...]:
    """Review's own questions, those of its columns that say so."""
    return tuple(Compared(one.heading, one.several) for one in review_columns.compared())


class Kappa(NamedTuple):
    """Cohen's kappa and its 95% interval, each from -1 to 1."""

    kappa: float
    low: float
    high: float


def can_be_drawn(frame: pd.DataFrame) -> pd.Series:
    """True for the rows from which cases are drawn: in the sample, and somebody has read them (Reviewer is there)."""
    return review_rules.in_sample(frame) & (review_rules.texts(frame, REVIEWER) != "")


def how_many(cases: int) -> int:
    """How many of so many cases are read twice: 20%, rounded up, at least five; all where there are no more.

    >>> [how_many(cases) for cases in (0, 3, 25, 26, 60)]
    [0, 3, 5, 6, 12]
    """
    return min(cases, max(FEWEST, -(-cases // ONE_OF)))


def draw(unique_ids: Sequence[str]) -> list[str]:
    """Those that are read twice, drawn so that nobody can foresee or repeat it; each is as likely as any other."""
    return secrets.SystemRandom().sample(list(unique_ids), how_many(len(unique_ids)))


def answers(frame: pd.DataFrame, asked: Sequence[Compared]) -> pd.DataFrame:
    """What one reader answered: a row for each unique ID of `frame`, a column for each question, '' for no answer.

    In sample?: "No" where it is No; otherwise "Yes" where it is filled in or a Reviewer stands in the row, since blank
    counts as Yes. Every other question has an answer only in rows that are in the sample.
    """
    rows = frame.loc[review_rules.is_row(frame)]
    kept = review_rules.in_sample(rows)
    read = (review_rules.texts(rows, REVIEWER) != "") | (review_rules.texts(rows, IN_SAMPLE) != "")
    columns = {}
    for one in asked:
        if one.heading == IN_SAMPLE:
            columns[one.heading] = pd.Series("", index=rows.index, dtype=object).mask(read, "Yes").mask(~kept, "No")
            continue
        words = review_rules.scenario(rows) if one.heading == SCENARIO else review_rules.texts(rows, one.heading)
        nothing = words.map(lambda cell, one=one: not _answer(cell, several=one.several)).astype(bool)
        columns[one.heading] = words.mask(nothing | ~kept, "")
    made = pd.DataFrame(columns, columns=[one.heading for one in asked], index=rows.index, dtype=object)
    made.index = pd.Index(review_rules.texts(rows, UNIQUE_ID), name=UNIQUE_ID, dtype=object)
    return made


def _answer(cell: str, *, several: bool) -> str:
    """What is compared: without capitals, several words in one order; '' where nothing is answered."""
    key = cell.casefold()
    if several:
        key = "; ".join(sorted({part.strip(" ") for part in key.split(";")} - {""}))
    return "" if key == review_rules.NOT_MAPPED.casefold() else key


def is_answered(frame: pd.DataFrame) -> pd.Series:
    """True for the rows that a reader is done with: In sample? is No, or what Review asks for and is compared is there.

    The rest is optional on Review, too.
    """
    missing = pd.Series(False, index=frame.index)  # noqa: FBT003 - a value, not a switch
    for one in review_columns.compared():
        if one.required:
            missing |= review_rules.not_filled(frame, one.heading)
    return review_rules.has_left(frame) | (review_rules.in_sample(frame) & ~missing)


def is_begun(frame: pd.DataFrame, asked: Sequence[Compared]) -> pd.Series:
    """True for the rows in which a reader has answered anything, or written who read it."""
    typed = review_rules.texts(frame, REVIEWER) != ""
    for one in asked:
        if one.heading != SCENARIO:
            typed |= review_rules.texts(frame, one.heading) != ""
    return review_rules.is_row(frame) & typed


def pairs(first: pd.DataFrame, second: pd.DataFrame, asked: Sequence[Compared]) -> pd.DataFrame:
    """The table ReadTwice: one row for each case of `second` and question that both readers answered.

    Rows are in the order of `first`, then of `asked`. A unique ID stands once in each frame.
    """
    ours, theirs = answers(first, asked), answers(second, asked)
    here = {str(unique_id).casefold(): at for at, unique_id in enumerate(theirs.index)}
    found = []
    for unique_id, said in zip(ours.index, ours.itertuples(index=False), strict=True):
        at = here.get(str(unique_id).casefold())
        if at is None:
            continue
        for one, mine, other in zip(asked, said, theirs.iloc[at], strict=True):
            if mine and other:
                found.append((unique_id, one.heading, mine, other))
    return pd.DataFrame(found, columns=list(PAIR_HEADINGS), dtype=object)


def is_same(table: pd.DataFrame, asked: Sequence[Compared]) -> pd.Series:
    """True for the rows of ReadTwice in which both readers gave the same answer."""
    firsts, seconds = _compared(table, asked)
    return pd.Series([one == other for one, other in zip(firsts, seconds, strict=True)], index=table.index, dtype=bool)


def _compared(table: pd.DataFrame, asked: Sequence[Compared]) -> tuple[list[str], list[str]]:
    several = {one.heading.casefold() for one in asked if one.several}
    sets = [cell in several for cell in review_rules.keys(table, QUESTION)]
    first, second = (
        [_answer(cell, several=many) for cell, many in zip(review_rules.texts(table, heading), sets, strict=True)]
        for heading in (FIRST, SECOND)
    )
    return first, second


def kappa(first: Sequence[str], second: Sequence[str]) -> Kappa | None:
    """Cohen's kappa of two readers' answers to the same cases, with its 95% interval; None when it is not defined.

    It is not defined without cases, and when both gave one and the same answer throughout: then chance alone would
    make them agree. Sources: Cohen (1960), Educational and Psychological Measurement 20, 37-46; the standard error is
    that of Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72, 323-327, formula 13.

    >>> [round(number, 3) for number in kappa(list("aaabbbcccc"), list("aabbbbcccb"))]
    [0.701, 0.345, 1.0]
    """
    n = len(first)
    both = Counter(zip(first, second, strict=True))
    mine, theirs = Counter(first), Counter(second)
    if not both or set(mine) == set(theirs) == {first[0]}:
        return None
    seen = sum(count for (one, other), count in both.items() if one == other) / n
    chance = sum(mine[word] * theirs[word] for word in mine) / n**2
    value = (seen - chance) / (1 - chance)
    apart = 1 - value
    diagonal = sum(
        both[word, word] / n * (1 - (mine[word] + theirs[word]) / n * apart) ** 2 for word in mine if both[word, word]
    )
    beside = sum(
        count / n * ((theirs[one] + mine[other]) / n) ** 2 for (one, other), count in both.items() if one != other
    )
    variance = diagonal + apart**2 * beside - (value - chance * apart) ** 2
    error = math.sqrt(variance / n) / (1 - chance) if variance > _NOISE else 0.0
    return Kappa(value, max(-1.0, value - Z95 * error), min(1.0, value + Z95 * error))


def agreement(table: pd.DataFrame, asked: Sequence[Compared]) -> pd.DataFrame:
    """The table Agreement: a row for each question, in the order of `asked`, from the rows of ReadTwice.

    Below ten cases there are counts alone. The interval is left out where it has no width.
    """
    questions = review_rules.keys(table, QUESTION).tolist()
    firsts, seconds = _compared(table, asked)
    rows: list[list[object]] = []
    for one in asked:
        at = [place for place, question in enumerate(questions) if question == one.heading.casefold()]
        rows.append([one.heading, *_measured([firsts[place] for place in at], [seconds[place] for place in at])])
    return pd.DataFrame(rows, columns=list(AGREEMENT_HEADINGS), dtype=object)


def _measured(first: Sequence[str], second: Sequence[str]) -> list[object]:
    """Everything of one row of Agreement but its question."""
    n, same = len(first), sum(one == other for one, other in zip(first, second, strict=True))
    if not n:
        return [0, 0, None, None, None, None, "No case yet that both have answered."]
    if n < FEW:
        return [n, same, None, None, None, None, f"{same} of {n} the same: few, so counts only."]
    found = kappa(first, second)
    told = f"{same} of {n} ({share_cells.percent(same, n)}) the same. {_in_words(found, first, second)}"
    percent = round(100 * same / n, 1)
    if found is None:
        return [n, same, percent, None, None, None, told]
    ends = [None, None] if found.low == found.high else [round(found.low, _PLACES), round(found.high, _PLACES)]
    return [n, same, percent, round(found.kappa, _PLACES), *ends, told]


def _in_words(found: Kappa | None, first: Sequence[str], second: Sequence[str]) -> str:
    """What kappa says, with care."""
    if found is None:
        return "Both gave the same one answer throughout, so kappa cannot be worked out."
    if len(set(first)) == 1 or len(set(second)) == 1:
        return "One reader gave the same answer throughout: kappa is 0 then, and says nothing."
    if list(first) == list(second):
        return "Kappa is 1: no difference was found. Without one there is no interval."
    shown = f"Kappa {found.kappa:.2f}, likely between {found.low:.2f} and {found.high:.2f}: "
    if found.low > 0:
        return f"{shown}more alike than chance would make them."
    return f"{shown}{'less alike than chance would make them' if found.high < 0 else 'it may be no more than chance'}."


def differences(table: pd.DataFrame, earlier: pd.DataFrame, asked: Sequence[Compared]) -> pd.DataFrame:
    """The table SecondReader: where the two differ, by unique ID; what people typed in `earlier` stays.

    A row in which people typed stays also when the two no longer differ. Scenario follows from two other questions
    and is not listed. Columns that people added to `earlier` come along.
    """
    own = [heading for heading in earlier.columns if heading not in PAIR_HEADINGS]
    headings = [*PAIR_HEADINGS, *(own or (AGREED, WHY))]
    before = {_key(row[UNIQUE_ID], row[QUESTION]): row for row in earlier.to_dict("records")}
    typed = {key for key, row in before.items() if any(review_rules.text(row[heading]) for heading in own)}
    same = is_same(table, asked)
    now: dict[tuple[str, str], dict[str, object]] = {}
    for row, alike in zip(table.to_dict("records"), same, strict=True):
        key = _key(row[UNIQUE_ID], row[QUESTION])
        if key in typed or not (alike or row[QUESTION] == SCENARIO):
            now[key] = {str(name): cell for name, cell in {**before.get(key, {}), **row}.items()}
    for key in typed - set(now):
        now[key] = {str(name): cell for name, cell in before[key].items()}
    order = {one.heading.casefold(): place for place, one in enumerate(asked)}
    listed = sorted(now, key=lambda key: (key[0], order.get(key[1], len(order)), key[1]))
    frame = pd.DataFrame([now[key] for key in listed], columns=headings, dtype=object)
    return frame.where(frame.notna(), None)


def _key(unique_id: object, question: object) -> tuple[str, str]:
    return review_rules.text(unique_id).casefold(), review_rules.text(question).casefold()


def joined(earlier: pd.DataFrame, new: pd.DataFrame, renewed: Iterable[str]) -> pd.DataFrame:
    """ReadTwice after another file: the rows of `new`, and those of `earlier` about cases that are not in `renewed`.

    So each case counts once, with its latest second reading.
    """
    again = {review_rules.text(unique_id).casefold() for unique_id in renewed}
    kept = earlier.loc[[cell not in again and cell != "" for cell in review_rules.keys(earlier, UNIQUE_ID)]]
    whole = pd.concat([kept[list(PAIR_HEADINGS)].astype(object), new], ignore_index=True).astype(object)
    return whole.where(whole.notna(), None)
