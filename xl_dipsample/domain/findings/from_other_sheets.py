"""Findings that other sheets have already put into words: variations, language, the second reader, comparisons.

Their tables are read as they stand; one that is not there, or not filled, gives no finding.
"""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.findings.sentences import Cell, Finding, Says, about, listed, say, share, short
from xl_dipsample.domain.findings.what_is_counted import Sample, ranked
from xl_dipsample.domain.language.concern_patterns import ALL
from xl_dipsample.domain.language.term_hits import ANY_CONCERN
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.share_cells import whole_number
from xl_dipsample.domain.shared.statistics import FEW

CLEAR_DIFFERENCE = " often, by "
CLEAR_CHANGE = ("a clear rise", "a clear fall")
NOT_THE_SAME = "not the same recipe"
_FIRST_ASKED = "Outcome"
_SIDES = (("Cases", "Progressed"), ("Other cases", "Others progressed"))


def variations(sample: Sample) -> list[Finding]:
    """The clear differences between groups, the clearest first."""
    table = sample.table("Variations", "By", "Group", "Cases", "Progressed", "In words")
    clear = [row for row, words in enumerate(table["In words"]) if CLEAR_DIFFERENCE in review_rules.text(words)]
    chance = table["p over all tests"].tolist() if "p over all tests" in table else [0.0] * len(table)
    numbers = table["Cases"].tolist()
    clear.sort(key=lambda row: (_number(chance[row]), -_number(numbers[row])))
    found, told = [], set()
    for row in clear:
        line = table.iloc[row]
        by, group, words = (review_rules.text(line[heading]) for heading in ("By", "Group", "In words"))
        sides = [(line.get(n), line.get(k)) for n, k in _SIDES]
        if (by, *sides[::-1]) in told:  # the same two groups, seen from the other one
            continue
        told.add((by, *sides))
        name = f"{about('variation')}: {by}, {group}"
        source = Cell("Variations", row, "Progressed")
        found.append(Finding(name, say("variation", by=by, group=group, words=words.rstrip(".")), source))
    return found


def second_reader(sample: Sample) -> Finding | None:
    """How often two readers gave the same answer on the outcome, and on what they agreed least."""
    table = sample.table("Agreement", "Question", "Read twice", "Same answer")
    lines = [
        (row, review_rules.text(question), whole_number(same), whole_number(twice))
        for row, (question, same, twice) in enumerate(
            zip(table["Question"], table["Same answer"], table["Read twice"], strict=True)
        )
    ]
    read = [(row, question, k, n) for row, question, k, n in lines if k is not None and n and k <= n]
    if not read:
        return None
    row, question, k, n = next((one for one in read if one[1].casefold() == _FIRST_ASKED.casefold()), read[0])
    words = say("second", question=question, share=share(k, n))
    lowest = min((one[2] / one[3] for one in read if one[3] >= FEW), default=1.0)
    if n >= FEW and lowest < k / n:
        least = [f"{one[1]} ({short(one[2], one[3])})" for one in read if one[3] >= FEW and one[2] / one[3] == lowest]
        words += say("second", "least", questions=listed(least))
    return Finding(about("second"), words, Cell("Agreement", row, "Same answer"))


def compared(sample: Sample) -> list[Finding]:
    """The clear changes from earlier samples of the same recipe, in the order of the sheet."""
    table = sample.table("Compare", "Part", "Figure", "Sample", "Count", "Change to now")
    found = []
    for row, line in enumerate(table.to_dict("records")):
        words = review_rules.text(line["Change to now"])
        if NOT_THE_SAME in words.casefold() or not any(change in words.casefold() for change in CLEAR_CHANGE):
            continue
        part, figure, other = (review_rules.text(line[heading]) for heading in ("Part", "Figure", "Sample"))
        name = f"{about('compared')}: {part}, {figure}, {other}"
        sentence = say("compared", part=part, figure=figure, words=words.rstrip("."), sample=other)
        found.append(Finding(name, sentence, Cell("Compare", row, "Count")))
    return found


def language(sample: Sample) -> Finding | None:
    """How many cases have wording to look at twice, and the most common concern; what was dismissed does not count.

    Of the cases that have a text to read, as on Language patterns.
    """
    table = sample.table("LanguagePatterns", "By", "Concern", "Cases", "Of")
    lines = [
        (row, review_rules.text(concern), k, n)
        for row, (by, concern, k, n) in enumerate(
            zip(
                table["By"], table["Concern"], map(whole_number, table["Cases"]), map(whole_number, table["Of"]),
                strict=True,
            )
        )
        if review_rules.text(by) == ALL[0] and k is not None and n
    ]  # fmt: skip
    whole = next((one for one in lines if one[1] == ANY_CONCERN), None)
    if whole is None:
        return None
    row, _, k, n = whole
    told = share(k, n, " with a text to read" if n < sample.n else "")
    levels = ranked({concern: number for _, concern, number, _ in lines if concern != ANY_CONCERN})
    words = say("language", "none", cases=told)
    if levels:
        number, names = levels[0]
        variant, each = ("text", "") if len(names) == 1 else ("tie", " each")
        words = say("language", variant, cases=told, concern=listed(names), share=short(number, n, each))
    return Finding(about("language"), words, Cell("LanguagePatterns", row, "Cases"))


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, int | float) and not pd.isna(cell) else 0.0


SAID: dict[str, Says] = {
    "language": language,
    "second": second_reader,
}  # topic of findings.toml -> what says it
