"""The labels of an export and what they mean: the sheet Labels, which the lead sees and edits once.

What reference/ knows is filled in; what nobody has said stands first; what a person wrote is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import pandas as pd

from xl_dipsample.domain.long_list import harm_categories
from xl_dipsample.domain.long_list.harm_categories import NOT_CHOSEN, NOTHING_RECORDED, categories, parse_harm
from xl_dipsample.domain.shared import label_words, lead_lists, reference_words, standing
from xl_dipsample.domain.shared.cell import by_unique, folded, trimmed
from xl_dipsample.domain.shared.errors import SettingProblem
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.reference_words import NOT_MAPPED, map_words, normalise, word_for_nothing

__all__ = [
    "FIELDS", "NOTHING_RECORDED", "NOT_CHOSEN", "NOT_MAPPED", "categories", "label_table", "map_words", "means_of",
    "normalise", "parse_harm", "word_for_nothing",
]  # fmt: skip

FIRST_ROW = 6  # the first row of the table Labels as Excel numbers it; a test holds it against the sheet's spec
# The field words of the table Labels, which are the headings of Long list, and our short names for them.
FIELDS = {
    "Type of harm": "harm",
    "Outcome": "outcome",
    "Ethnicity": "ethnicity",
    "Gender": "gender",
    "Referred to?": "referred_to",
}
COLUMNS = ("Field", "Label as exported", "Rows", "Means", "Perhaps")


def allowed_means(field: str, lists: Lists) -> tuple[str, ...]:
    """Every word that the column Means may hold for a field ("Outcome" or "outcome").

    >>> allowed_means("Type of harm", lead_lists.shipped())[-2:]
    ('Not chosen', 'Nothing recorded')
    """
    heading = _heading(field)
    also = (NOT_CHOSEN, NOTHING_RECORDED) if heading == lead_lists.HARM else (NOTHING_RECORDED,)
    return (*lists.words(heading), *also)


def _heading(field: str) -> str:
    """The heading of a field that may be given by its short name."""
    return next(name for name, short in FIELDS.items() if field in (name, short))


def means_of(labels_table: pd.DataFrame, field: str, lists: Lists) -> dict[str, str]:
    """The mapping of one field ("Outcome" or "outcome"): normalised label -> Means; what Labels says, then the list.

    What Labels says in a word that was renamed since means its new name. '' stands for a word that was taken off the
    list: nobody says what it means now.

    Raises SettingProblem when a Means is no word of its field, or not any more; it names the Excel rows, not what
    stands there.

    >>> table = pd.DataFrame([["Outcome", "Closed - advice", 3, "advice and information", None]], columns=list(COLUMNS))
    >>> means_of(table, "Outcome", lead_lists.shipped())["closed - advice"]
    'Advice and information'
    """
    heading = _heading(field)
    allowed = {normalise(word): word for word in allowed_means(heading, lists)}
    means = lists.means(heading)
    wrong = []
    for at, (of_field, label, meaning) in enumerate(_rows(labels_table)):
        if of_field != heading or not meaning or not normalise(label):
            continue
        word = allowed.get(normalise(meaning)) or lists.now(heading, meaning)
        if not word:
            wrong.append(at)
        means[normalise(label)] = word
    if wrong:
        rows = standing.excel_rows(wrong, standing.first_row(labels_table, FIRST_ROW))
        raise SettingProblem(
            "means-of-another-field",
            f'{rows} of the sheet Labels: "Means" is not a word for {heading}. '
            "Choose one that fits, or leave the cell blank. Where a word got another name, put the old one into "
            "Was called on its list.",
        )
    return means


def label_table(long_list: pd.DataFrame, earlier: pd.DataFrame, lists: Lists) -> pd.DataFrame:
    """The table Labels for a long list: Field, Label as exported, Rows, Means, Perhaps; the unmapped stand first.

    Perhaps is what a label may mean where nobody has said and the tool is not sure; it counts for nothing.

    `earlier` is the table as it stands (it may be empty). What a person wrote there is kept, also for labels that
    are no longer in the long list (Rows 0). Raises SettingProblem as `means_of` does.
    """
    told = {
        (heading, normalise(label)): (label, meaning)
        for heading, label, meaning in _rows(earlier)
        if heading in FIELDS and meaning
    }
    rows: list[tuple[str, str, int, str | None, str | None]] = []
    for heading, short in FIELDS.items():
        means, by_list = means_of(earlier, heading, lists), lists.means(heading)
        known = _known(short, by_list)
        counted = _count(long_list, heading, short, means)
        for key, (label, number) in counted.items():
            word = means.get(key) or _default(short, label, by_list, known)
            rows.append((heading, label, number, word, None if word else label_words.like(short, label, known)))
        for (of_field, key), (label, meaning) in told.items():
            if of_field == heading and key not in counted and meaning != _default(short, label, by_list, known):
                rows.append((heading, label, 0, means.get(key, meaning), None))
    order = list(FIELDS)
    rows.sort(key=lambda row: (row[3] is not None, order.index(row[0]), -row[2], row[1].casefold()))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _rows(labels_table: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Field, label and Means of every row, as text."""
    if labels_table.empty:
        return
    columns = (labels_table[name] for name in ("Field", "Label as exported", "Means"))
    for heading, label, meaning in zip(*columns, strict=True):
        yield trimmed(heading), trimmed(label), trimmed(meaning)


def _count(long_list: pd.DataFrame, heading: str, short: str, means: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Normalised label -> (as first exported, in how many rows)."""
    if heading not in long_list.columns:
        return {}

    def labels_of(value: object) -> tuple[str, ...]:
        if short == "harm":
            return tuple(harm_categories.split_labels(value, means))
        return () if reference_words.holds_nothing(short, value) else (folded(trimmed(value)),)

    codes, answers = by_unique(long_list[heading], labels_of)
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for code, number in pd.Series(codes).value_counts(sort=False).sort_index().items():
        for label in answers[int(str(code))]:
            first.setdefault(normalise(label), label)
            counts[normalise(label)] += int(number)
    return {key: (label, counts[key]) for key, label in first.items()}


def _known(short: str, by_list: Mapping[str, str]) -> label_words.Index:
    if short == "harm":
        return label_words.index(short, harm_categories.known_words(by_list))
    return reference_words.known_labels(short, by_list)


def _default(short: str, label: str, by_list: Mapping[str, str], known: label_words.Index) -> str | None:
    """What a label means by the lead's list, and by what the tool knows of codes and words."""
    if short == "harm":
        meaning = harm_categories.lookup(label, by_list)
        return None if meaning is None else meaning.word
    return reference_words.read_word(short, label, by_list, known)
