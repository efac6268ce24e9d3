"""Every number on Summary, Charts and Thresholds, counted in plain Python: (section, table, line, column) -> value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import product

import plain_cases as plain
from made_up_samples import COLUMNS, HELD, TOLD, WHERE, Sample
from plain_cases import NOTHING, OTHER, Case
from statsmodels.stats.proportion import proportion_confint

Key = tuple[str, str, str, str]
Figures = dict[Key, object]
Lines = dict[str, Callable[[Case], bool]]  # the label of a line -> whether a case is in it
ENDS = ("At least (95%)", "At most (95%)")
EVERYBODY = "All cases in the sample"


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
    words = list(plain.LISTED[heading])
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


def decision_line() -> Lines:
    return {
        "Closed": lambda case: plain.side(case) == "Closed",
        "Progressed": lambda case: plain.side(case) == "Progressed",
        "On neither side": lambda case: bool(case["Outcome"]) and not plain.side(case),
        "No outcome yet": lambda case: not case["Outcome"],
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
        (WHERE, WHERE): lines_of(WHERE, ["School", "Park", "Online"], several=True),
        (HELD, HELD): lines_of(HELD, ["Yes", "No"], several=False),
        (TOLD, TOLD): _answered(TOLD),
        ("Days until the visit",) * 2: _answered("Days until the visit"),
    }
    blocks |= {(heading, heading): listed(heading, sample) for heading in plain.LISTED if heading != "Type of harm"}
    for (title, header), block in blocks.items():
        made |= _list(title, header, block, cases, ("n", "%", "Of", *ENDS))
    return made


def _hard(cases: Sequence[Case]) -> int:
    return sum(case["Hard to find?"].lower() == "yes" for case in cases)


def _list(title: str, header: str, lines: Lines, cases: Sequence[Case], columns: Sequence[str]) -> Figures:
    made: Figures = {}
    for label, test in lines.items():
        cells = share(sum(map(test, cases)), len(cases), "in the sample")
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
    protected = [plain.scenario(case) for case in cases if case["Outcome"].lower() in plain.PROTECTED]
    alone = protected.count("Significant harm, no parenting concerns")
    concerns = sum("harm, parenting" in one or "need, parenting" in one for one in protected)
    n, at = len(protected), "at child protection"
    outcomes = "Child Protection, ROTH plan"
    because = f"Because of extra-familial harm: child protection ({outcomes}), significant harm, no parenting concerns"
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
