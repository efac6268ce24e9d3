"""Compare samples: earlier samples beside this one, first what differs in the recipe, then the figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from xl_dipsample.actions.parts import compared_samples, young_people
from xl_dipsample.actions.parts.compared_samples import Read
from xl_dipsample.actions.renewing import renew_findings
from xl_dipsample.actions.running.action import FIRST_LINE, Button, action, argument, option
from xl_dipsample.domain.analysis import own_words
from xl_dipsample.domain.comparison import code_changes, comparison, published_figures, unlike_figures
from xl_dipsample.domain.focus import recipe, sample_period
from xl_dipsample.domain.language.terms import terms_of
from xl_dipsample.domain.narrowing import people_counted
from xl_dipsample.domain.review import review_columns, review_rules
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Level, Result
from xl_dipsample.exports.collecting import without_collecting
from xl_dipsample.sharing import last_check, rows_without_id
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

SHEET = "Compare"


@action(
    "compare",
    "Compare samples",
    "Puts earlier samples beside this one: what differs in the recipe, then the figures with their intervals.",
    place=120,
    subject="review",
    step=True,
    button=Button("Analyse", "CompareAndMergeWorkbooks"),
)
class CompareOptions:
    """`others`: review workbooks of earlier samples. `authority`: whose published figures stand beside them.

    `key`: the one key that holds the samples; only it tells who is in two of them.
    """

    others: Sequence[Path] = argument(
        "the review workbooks of earlier samples",
        ask="open",
        question="Which is the review workbook of an earlier sample?",
    )
    authority: str | None = option(
        "the local authority whose published figures are shown for context",
        default=None,
        ask="text",
        question="Which local authority's published figures shall stand beside yours? Leave it blank for none",
    )
    key: Path | None = option(
        "the key, to count the young people who are in two samples",
        default=None,
        ask="open",
        question="Where is the key?",
    )
    passphrase_file: Path | None = option(FIRST_LINE, default=None)


@without_collecting()
def run(host: Host, options: CompareOptions) -> Result:
    """Fill the sheet Compare; the other workbooks are only read.

    Raises SettingProblem (nothing to compare with, no such authority, a passphrase without its key), WorkbookProblem
    or FileProblem (a file that is no review workbook, is damaged, or is of this sample or of one given already),
    PrivacyProblem (the key cannot be opened or is of another sample).
    """
    result = Result("compare")
    asked = (options.authority or "").strip()
    area = published_figures.authority(asked) if asked else None
    key = young_people.opened(host, options.key, options.passphrase_file, result)
    now, *earlier = compared_samples.read_all(host, options.others)
    host.ui.progress("Counting", 0.8)
    recipes = [recipe.compare(now.tables, one.tables) for one in earlier]
    both = [young_people.in_both(key, now, one) for one in earlier]
    counted = _counted(now, earlier, recipes)
    host.write_table("Samples", _samples_table(now, earlier, recipes, both))
    host.write_table("Recipe", _recipe_table(earlier, recipes))
    host.write_table("Compare", counted)
    host.write_table("Context", _context(area, now, earlier, result))
    host.write_value("compared_on", last_check.stamp(dt.datetime.now().astimezone()))
    _say(result, now, earlier, recipes)
    young_people.say(key, [one.path.name for one in earlier], both, result)
    _say_figures(result, counted, 1 + len(earlier))
    tables = review_columns.to_count({name: host.read_table(name) for name in host.tables()})
    for name, frame in renew_findings.renew(tables, result).items():
        host.write_table(name, frame)  # what changed clearly is a finding, too
    rows_without_id.say(now.tables["Review"], result)
    for one in earlier:
        rows_without_id.say(one.tables["Review"], result, one.path.name)
    last_check.say_without_key(host, result)  # an earlier sample's own words came along
    result.mark(f"{1 + len(earlier)} samples")
    return result


def _counted(now: Read, earlier: Sequence[Read], recipes: Sequence[list[recipe.Line]]) -> pd.DataFrame:
    """The table Compare. Every sample is searched for this sample's wording and counted by the same lists."""
    terms = terms_of(now.tables.get("Terms")).terms
    harms = comparison.harm_words([one.tables for one in (now, *earlier)])

    def counted(one: Read, alone: set[str] | None = None) -> comparison.Figures:
        tables = one.tables if alone is None else unlike_figures.with_common_harm(one.tables, alone)
        return comparison.figures(tables, harms, terms)

    samples = [comparison.Sample(now.label, now.tables, now.period.years, figures=counted(now))]
    for one, lines in zip(earlier, recipes, strict=True):
        alone = unlike_figures.in_one_alone(lines)
        common = (counted(now, alone), counted(one, alone)) if unlike_figures.only_harms(lines) else None
        years = one.period.years
        samples.append(comparison.Sample(one.label, one.tables, years, tuple(lines), counted(one), common))
    return comparison.compare_table(samples[0], samples[1:])


def _samples_table(
    now: Read, earlier: Sequence[Read], recipes: Sequence[list[recipe.Line]], both: Sequence[int | None]
) -> pd.DataFrame:
    told = ["This sample", *(recipe.in_words(lines) for lines in recipes)]
    rows = []
    for one, words, shared in zip((now, *earlier), told, [None, *both], strict=True):
        progress = review_rules.progress(one.tables["Review"])
        found = people_counted.of_review(one.tables)
        people = (found.number(people_counted.OF_AGE, 0), found.young_people)
        cases = (progress.in_sample, progress.complete)
        rows.append([one.label, one.period.words, found.long_list, *people, *cases, shared, words])
    return pd.DataFrame(rows, columns=spec.table("review", "Samples").headings, dtype=object)


def _recipe_table(earlier: Sequence[Read], recipes: Sequence[list[recipe.Line]]) -> pd.DataFrame:
    """Every setting against every earlier sample; over all samples what differs comes first."""
    rows = [[*line, one.label] for one, lines in zip(earlier, recipes, strict=True) for line in lines]
    rows.sort(key=lambda row: recipe.ORDER.index(row[0]))
    return pd.DataFrame(rows, columns=spec.table("review", "Recipe").headings, dtype=object)


def _context(area: str | None, now: Read, earlier: Sequence[Read], result: Result) -> pd.DataFrame:
    """The table Context, and what must be known about it."""
    if area is None:
        return pd.DataFrame(columns=list(published_figures.HEADINGS), dtype=object)
    periods = [one.period.years for one in (now, *earlier)]
    shown = published_figures.nearest_years(periods)
    latest = published_figures.years()[-1]
    if any(years is None or years[-1] > latest for years in periods):
        result.say(
            "note",
            "latest-published",
            f"The latest published figures are those of the year to 31 March {latest}; they stand for later periods "
            "and for those that are not known.",
            sheet=SHEET,
        )
    result.say("note", "published", published_figures.NOTE, sheet=SHEET)
    return published_figures.context_table(area, shown)


def _say(result: Result, now: Read, earlier: Sequence[Read], recipes: Sequence[list[recipe.Line]]) -> None:
    """What a person must know before the figures are read, sample by sample."""
    result.figures["unlike"] = sum(recipe.differing(lines) > 0 for lines in recipes)
    result.ok = result.figures["unlike"] == 0
    for one, lines in zip(earlier, recipes, strict=True):
        for level, code, words in _warnings(now, one, lines):
            result.say(level, code, f"{one.path.name}: {words}", sheet=SHEET)
    _say_half_filled(result, [now, *earlier])
    _say_own_words(result, [now, *earlier])
    _say_not_counted(result, [now, *earlier])
    result.say(
        "note",
        "labels-not-compared",
        "What the labels of the case system mean stands in the working workbooks only: it cannot be compared here.",
        sheet=SHEET,
    )


def _warnings(now: Read, one: Read, lines: Sequence[recipe.Line]) -> Iterator[tuple[Level, str, str]]:
    """Level, code and words of what stands in the way of comparing one earlier sample with this one."""
    unlike, sides = recipe.differing(lines), recipe.unlike_sides(lines)
    if sides:
        outcomes = plural(sides, "outcome stands", "outcomes stand")
        marked = "Its decisions are marked: Not the same recipe. See My lists of both."
        yield "warning", "not-the-same-line", f"{outcomes} on another side of the decision line there. {marked}"
    if unlike:
        settings = plural(unlike, "setting differs", "settings differ")
        marked = "The figures that they touch are marked: Not the same recipe, and why."
        if unlike_figures.only_harms(lines):
            marked = (
                "Of the figures counted in Review those cases are compared that have a type of harm chosen in both, "
                "and called so; the funnel from there on is marked: Not the same recipe."
            )
        yield "warning", "not-the-same-recipe", f"{settings} from this sample's recipe. {marked}"
    if one.missing:
        listed = " and no ".join(one.missing)
        older = "since an older version of this tool made it. What needs that is blank, or counted without it."
        yield "warning", "older-version", f"it has no {listed}, {older}"
    changed = ", ".join(code_changes.notes(now.period.years, one.period.years))
    if changed:
        between = "codes of the census changed between its period and this one's"
        yield "warning", "codes-changed", f"{between}. Not comparable as they are: {changed}."
    if now.period.years is None or one.period.years is None:
        unknown = "whether codes of the census changed in between cannot be told, since a period is not known."
        yield "note", "period-not-known", unknown
    if _is_later(one.period, now.period):
        how = "open the later review workbook and compare from there, or read then and now the other way round."
        yield "warning", "later-sample", f"its period is later than this sample's: {how}"


def _is_later(one: sample_period.Period, other: sample_period.Period) -> bool:
    first, last = one.first or one.last, other.last or other.first
    return first is not None and last is not None and first > last


def _say_half_filled(result: Result, samples: Sequence[Read]) -> None:
    for one in samples:
        rows = one.tables["Review"]
        kept = rows.loc[review_rules.in_sample(rows)]
        without = int(review_rules.not_filled(kept, "Outcome").sum())
        if without:
            words = f"{without} of {len(kept)} cases have no outcome yet. Shares of outcomes are of the others."
            result.say("note", "half-filled", f"{one.path.name}: {words}", sheet=SHEET)


def _say_own_words(result: Result, samples: Sequence[Read]) -> None:
    """Words of no list are Other words in the figures, and an outcome among them is on neither side."""
    for one in samples:
        for found in own_words.own_words(one.tables["Review"], Lists.of(one.tables)):
            result.say("warning", "own-words", f"{one.path.name}: {found.in_words}", sheet=SHEET)


def _say_not_counted(result: Result, samples: Sequence[Read]) -> None:
    for one in samples:
        why = people_counted.of_review(one.tables).why_not_people
        if why:
            words = f"{why}: no share of young people is compared with it."
            result.say("warning", "people-not-counted", f"{one.path.name}: {words}", sheet=SHEET)


def _say_figures(result: Result, table: pd.DataFrame, samples: int) -> None:
    compared, clear = (int(table[heading].notna().sum()) for heading in ("Change", "Clear change"))
    result.figures = {"samples": samples, "compared": compared, "clear": clear} | result.figures
    result.say(
        "note",
        "compared",
        f"{samples} samples side by side; {clear} of {compared} figures that could be compared changed clearly. By "
        f"chance alone about 1 in 20 would look clear.",
        sheet=SHEET,
    )
