"""Every number on Summary, Charts and Thresholds, counted in plain Python: (section, table, line, column) -> value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import product

import plain_cases as plain
from made_up_samples import COLUMNS, Sample
from plain_cases import NOTHING, OTHER, Case
from statsmodels.stats.proportion import proportion_confint

Key = tuple[str, str, str, str]
Figures = dict[Key, object]
Lines = dict[str, Callable[[Case], bool]]  # the label of a line -> whether a case is in it
ENDS = ("At least (95%)", "At most (95%)")
EVERYBODY = "All cases in the sample"
SECOND = "Outcome at the end of assessment"


@cache
def wilson(k: int, n: int) -> tuple[float, float]:
    """The Wilson interval, by a library."""
    low, high = proportion_confint(k, n, method="wilson")
    return float(low), float(high)


def share(k: int, n: int, of: str) -> dict[str, object]:
    """The columns %, Of and the interval; few below 10 cases; no interval for a part larger than its whole."""
    made: dict[str, object] = {"n": k, "Of": f"of {n} {of}"}
    if n < 10:
        return made | dict.fromkeys(("%", *ENDS), "few")
    return made | {"%": k / n} | dict(zip(ENDS, wilson(k, n) if k <= n else ("", ""), strict=True))


def lines_of(heading: str, words: Sequence[str], *, several: bool, own: bool = True) -> Lines:
    """A line for each word, one for other words, one for nothing."""
    known = {word.lower() for word in words}

    def held(case: Case) -> list[str]:
        if not several:
            return [case[heading].lower()] if case[heading] else []
        return plain.parts(case[heading])

    made: Lines = {word: lambda case, word=word: word.lower() in held(case) for word in words}  # type: ignore[misc]
    if own:
        made[OTHER] = lambda case: bool(set(held(case)) - known)
    made[NOTHING] = lambda case: not case[heading]
    return made


def listed(heading: str, sample: Sample) -> Lines:
    """The lines of one column of Review."""
    words = plain.listed(heading)
    if heading == "Type of harm":
        words += sample.own_categories
    return lines_of(heading, words, several=heading in plain.SEVERAL)


def scenarios() -> Lines:
    words = [*plain.SCENARIOS.values(), "Not clear", ""]
    return {word or "Not yet answered": lambda case, word=word: plain.scenario(case) == word for word in words}  # type: ignore[misc]


def bands() -> Lines:
    words = plain.LISTS["age_bands"]
    made: Lines = {word: lambda case, word=word: plain.age_band(case) == word for word in words}  # type: ignore[misc]
    return made | {NOTHING: lambda case: False}


def decision_line(heading: str = "Outcome") -> Lines:
    return {
        "Closed": lambda case: plain.side_of(case[heading]) == "Closed",
        "Progressed": lambda case: plain.side_of(case[heading]) == "Progressed",
        "On neither side": lambda case: bool(case[heading]) and not plain.side_of(case[heading]),
        "No outcome yet": lambda case: not case[heading],
    }


def _answered(heading: str) -> Lines:
    return {"Answered": lambda case: bool(case[heading]), NOTHING: lambda case: not case[heading]}


# ---- Summary


def summary(sample: Sample) -> Figures:
    cases, left = plain.cases(sample.review), plain.left(sample.review)
    n, total = len(cases), sample.funnel[0][2] if sample.funnel else None
    first: dict[str, dict[str, object]] = {
        "Long list": {"n": "not known" if total is None else total, "Of": "rows: every row of the defined group"},
        # these samples are of an earlier version: rows, named as rows
        "Young people in the period and of age": {
            "n": "not known",
            "Of": "young people were not counted by the version that made it",
        },
        "Young people in the sample now": {"n": "not known"} | dict.fromkeys(("%", "Of", *ENDS), ""),
        "In the sample now": {"n": n} | dict.fromkeys(("%", "Of", *ENDS), "")
        if total is None
        else share(n, int(str(total)), "rows of the long list"),
        "Left during review": {"n": left, "Of": f"of {n + left} cases drawn"},
        "Reviewed completely": share(sum(map(plain.is_complete, cases)), n, "in the sample"),
        "Hard to find": share(_hard(cases), n, "in the sample"),
    }
    made = {("Sample", "Sample", line, column): v for line, cells in first.items() for column, v in cells.items()}
    blocks: dict[tuple[str, str], Lines] = {
        ("Types of harm", "Type of harm"): listed("Type of harm", sample),
        ("Age band", "Age band"): bands(),
        ("Scenario", "Scenario"): scenarios(),
    }
    blocks |= {(heading, heading): listed(heading, sample) for heading in plain.LISTED if heading != "Type of harm"}
    for (title, header), block in blocks.items():
        made |= _list(title, header, block, cases, ("n", "%", "Of", *ENDS))
    for heading, kind, choices in sample.questions:
        block = asked(str(heading), str(kind), choices)
        made |= _list(str(heading), str(heading), block, cases, ("n", "%", "Of", *ENDS), of_answered=_is_counted(block))
    return made | _beside(sample, cases)


def _beside(sample: Sample, cases: Sequence[Case]) -> Figures:
    """The pairs, the side with more lines down; and what changed between the two decision points."""
    made: Figures = {}
    for pair in sample.pairs:
        sides = [(one, side(one, sample)) for one in pair]
        if len(sides[1][1]) > len(sides[0][1]):
            sides.reverse()
        (down, rows), (across, columns) = sides
        made |= _cross(f"{down} beside {across}", down, rows, columns, cases)
    if sample.second:
        title, header = "What changed between the two decision points", "Outcome, and what it became"
        first, second = decision_line(), decision_line(SECOND)
        made |= _cross(title, header, first, second, cases)
        both = [case for case in cases if all(plain.side_of(case[one]) for one in ("Outcome", SECOND))]
        changed = sum(first["Closed"](case) != second["Closed"](case) for case in both)
        cells = share(changed, len(both), "closed or progressed at both points")
        columns = zip(("All", *second), ("n", "%", "Of", *ENDS), strict=True)
        made |= {(title, header, "On another side at the second point", at): cells[one] for at, one in columns}
    return made


def side(heading: str, sample: Sample) -> Lines:
    """The lines of one side of a pair."""
    own = {str(one): (str(kind), choices) for one, kind, choices in sample.questions}
    if heading in own:
        return asked(heading, *own[heading])
    return scenarios() if heading == "Scenario" else bands() if heading == "Age band" else listed(heading, sample)


def asked(heading: str, kind: str, choices: str | None) -> Lines:
    """The lines of a question of the team, by its type."""
    if kind in ("Text", "Date"):
        return _answered(heading)
    if kind == "Number":
        return _numbers(heading)
    words: dict[str, str] = {}
    for line in ("Yes\nNo" if kind == "Yes / No" else str(choices)).splitlines():
        words.setdefault(" ".join(line.split()).lower(), " ".join(line.split()))
    return lines_of(heading, list(words.values()), several=kind == "Choose several")


def _numbers(heading: str) -> Lines:
    """Bands of numbers, each beginning above the one before; a number written as text is none."""
    ends = {"0 or below": 0, "Up to 1": 1, "Up to 2": 2, "Up to 5": 5, "Up to 10": 10, "Up to 20": 20}

    def band(case: Case) -> str:
        told = case[heading]
        if not case.get(f"{heading} is a number"):
            return OTHER if told else NOTHING
        return next((name for name, end in ends.items() if float(told) <= end), "Above 20")

    labels = [*ends, "Above 20", OTHER, NOTHING]
    return {label: lambda case, label=label: band(case) == label for label in labels}  # type: ignore[misc]


def _is_counted(lines: Lines) -> bool:
    """Whether the answers are counted by what they are, so that their shares are of the answered."""
    return "Answered" not in lines


def _hard(cases: Sequence[Case]) -> int:
    return sum(case["Hard to find?"].lower() == "yes" for case in cases)


def _list(
    title: str, header: str, lines: Lines, cases: Sequence[Case], columns: Sequence[str], *, of_answered: bool = False
) -> Figures:
    """`of_answered`: how many have an answer stands first, and the lines are shares of these, but for the last."""
    made: Figures = {}
    with_answer = [case for case in cases if not lines[NOTHING](case)] if of_answered else cases
    if of_answered:
        nothing = lines[NOTHING]
        lines = {"Answered": lambda case: not nothing(case)} | lines
    for label, test in lines.items():
        is_part = of_answered and label not in ("Answered", NOTHING)
        of, words = (len(with_answer), "answered") if is_part else (len(cases), "in the sample")
        cells = share(sum(map(test, cases)), of, words)
        made |= {(title, header, label, column): cells[column] for column in columns}
    return made


def _cross(title: str, header: str, down: Lines, across: Lines, cases: Sequence[Case]) -> Figures:
    everybody: Lines = {EVERYBODY: lambda case: True}
    everything: Lines = {"All": lambda case: True}
    return {
        (title, header, row, column): sum(one(case) and other(case) for case in cases)
        for (row, one), (column, other) in product((everybody | down).items(), (everything | across).items())
    }


# ---- Charts

CHARTS = {
    "outcome": "What happened to young people at the close of assessment?",
    "services": "Which services are young people referred to?",
    "harm": "Which types of harm do young people experience?",
    "heat map": "Are some types of harm more likely to end in no further action?",
    "follow": "Do decisions follow the level of harm, or parenting concerns?",
}


def charts(sample: Sample) -> Figures:
    cases = plain.cases(sample.review)
    outcome, harm = listed("Outcome", sample), listed("Type of harm", sample)
    made = _stages(sample)
    for name, header, lines in (
        ("outcome", "Outcome", outcome),
        ("services", "Referred to?", listed("Referred to?", sample)),
        ("harm", "Type of harm", harm),
    ):
        made[CHARTS[name], header, EVERYBODY, "n"] = len(cases)
        made |= _list(CHARTS[name], header, lines, cases, ("n", "%"))
    for heading, kind, choices in sample.questions:
        lines = asked(str(heading), str(kind), choices)
        if _is_counted(lines):
            made[str(heading), str(heading), EVERYBODY, "n"] = len(cases)
            made |= _list(str(heading), str(heading), lines, cases, ("n", "%"), of_answered=True)
    rest: Lines = {"On neither side, or no outcome yet": lambda case: not plain.side(case)}
    made |= _cross(CHARTS["heat map"], "Type of harm", harm, outcome | rest, cases)
    made |= _cross(CHARTS["follow"], "Outcome", outcome, scenarios(), cases)
    for title, header, lines in (
        ("Which scenarios are closed, and which progressed?", "Scenario", scenarios()),
        ("Are more cases progressed at some ages?", "Age band", bands()),
        ("Are more cases progressed for girls or for boys?", "Gender", listed("Gender", sample)),
        ("Are more cases progressed for some ethnic groups?", "Ethnicity", listed("Ethnicity", sample)),
        *((one["asked"], name, listed(name, sample)) for name, one in COLUMNS.items() if _is_new_chart(one)),
    ):
        made |= _cross(title, f"{header}: decisions", lines, decision_line(), cases)
    return made


def _is_new_chart(column: dict[str, object]) -> bool:
    """Whether a column has a chart of decisions besides the four of the guide."""
    return bool(column.get("crossed")) and column["heading"] not in ("Scenario", "Age band", "Gender", "Ethnicity")


def funnel(sample: Sample) -> dict[str, tuple[object, object]]:
    """Excluded and Remaining of each stage, as Funnel shows them: who left during review follows Review."""
    made: dict[str, tuple[object, object]] = {}
    before: object = 0
    for stage, excluded, remaining in sample.funnel:
        if stage == "Left during review":
            excluded = plain.left(sample.review)
            remaining = int(str(before)) - excluded
        elif stage == "Sample":
            remaining = before
        before = remaining
        made[str(stage)] = ("" if excluded is None else excluded, remaining)
    return made


def _stages(sample: Sample) -> Figures:
    title = "How did the long list become the sample?"
    made: Figures = {}
    for stage, (excluded, remaining) in (funnel(sample) or {"": ("", "")}).items():
        made[title, "Stage", stage, "Excluded"], made[title, "Stage", stage, "Remaining"] = excluded, remaining
    return made


# ---- Thresholds

DECIDED = "closed or progressed"


def thresholds(sample: Sample) -> Figures:
    cases = plain.cases(sample.review)
    title = "How many cases each scenario has"
    made: Figures = {(title, "Scenario", EVERYBODY, "n"): len(cases)}
    made |= _list(title, "Scenario", scenarios(), cases, ("n", "%", "Of", *ENDS))
    title = "Decisions under and over the line"
    for header, lines in (
        ("Decisions by scenario", scenarios()),
        ("Decisions by level of harm", listed("Level of harm", sample)),
        ("Decisions by parenting concerns", listed("Parenting concerns", sample)),
    ):
        made |= _cross(title, header, lines, decision_line(), cases)
        everybody: Lines = {EVERYBODY: lambda case: True}
        for label, test in (everybody | lines).items():
            found = [plain.side(case) for case in cases if test(case) and plain.side(case)]
            cells = share(found.count("Progressed"), len(found), DECIDED)
            made |= {(title, header, label, "% progressed"): cells["%"], (title, header, label, "Of"): cells["Of"]}
    made |= _cross("What happened in each scenario", "Outcome", listed("Outcome", sample), scenarios(), cases)
    services = listed("Referred to?", sample)
    made |= _cross("Which services were offered in each scenario", "Referred to?", services, scenarios(), cases)
    for (question, line), (k, n, of) in _answers(cases).items():
        made |= {(question, "The question, and its answer", line, c): v for c, v in share(k, n, of).items()}
    return made


def _answers(cases: Sequence[Case]) -> dict[tuple[str, str], tuple[int, int, str]]:
    """k, n, of what: the guide's questions."""
    question = "Are cases at child protection because of extra-familial harm?"
    named = plain.lists().protected
    at_protection = {word.lower() for word in named}
    protected = [plain.scenario(case) for case in cases if case["Outcome"].lower() in at_protection]
    alone = protected.count("Significant harm, no parenting concerns")
    concerns = sum("harm, parenting" in one or "need, parenting" in one for one in protected)
    n, at = len(protected), "at child protection"
    at_words = ", ".join(named) or "none on the list"
    because = f"Because of extra-familial harm: child protection ({at_words}), significant harm, no parenting concerns"
    others = "All others at child protection (in need without concerns, not clear, not yet answered)"
    made = {
        (question, because): (alone, len(cases), "in the sample"),
        (question, "The same cases, of all at child protection"): (alone, n, at),
        (question, "At child protection with parenting concerns"): (concerns, n, at),
        (question, others): (n - alone - concerns, n, at),
        ("Was the information hard to find?", "Hard to find? Yes"): (_hard(cases), len(cases), "in the sample"),
    }
    for question, which in (
        ("What happens to significant harm where there are no parenting concerns?", ("significant harm", "no")),
        ("What happens to a child in need level of harm with parenting concerns?", ("in need", "yes")),
    ):
        sides = [plain.side(case) for case in cases if plain.scenario(case) == plain.SCENARIOS[which]]
        decided = len(sides) - sides.count("")
        made[question, "Closed"] = (sides.count("Closed"), decided, DECIDED)
        made[question, "Progressed"] = (sides.count("Progressed"), decided, DECIDED)
        neither = "On neither side of the line, or no outcome yet"
        made[question, neither] = (sides.count(""), len(sides), "in this scenario")
    for line, heading, word in (
        ("Progressed with significant harm", "Level of harm", "significant harm"),
        ("Progressed with a child in need level of harm", "Level of harm", "in need"),
        ("Progressed with parenting concerns", "Parenting concerns", "yes"),
        ("Progressed without parenting concerns", "Parenting concerns", "no"),
    ):
        sides = [plain.side(case) for case in cases if case[heading].lower() == word and plain.side(case)]
        made[CHARTS["follow"], line] = (sides.count("Progressed"), len(sides), DECIDED)
    return made


# ---- the sentence in A3


def told(sheet: str, sample: Sample) -> list[int]:
    """The numbers of the sentence below the title of a sheet, in their order."""
    cases = plain.cases(sample.review)
    if sheet == "summary":
        return [sum(map(plain.is_complete, cases)), len(cases), plain.left(sample.review)]
    with_scenario = [sum(plain.scenario(case) != "" for case in cases)] if sheet == "thresholds" else []
    return [*with_scenario, len(cases)]
