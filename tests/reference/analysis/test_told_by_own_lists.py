"""By lists of the lead's own: the numbers in Findings, in the briefing and in the publication copy."""

from __future__ import annotations

import re

import plain_cases as plain
import plain_lists
import pytest
import sheet_figures
import told_figures
from asked_of_the_product import refreshed, tables_of
from own_list_samples import own_sample
from test_figures_by_own_lists import SEEDS

from xl_dipsample.briefing import beside, outcomes
from xl_dipsample.briefing.pages import ROOMS
from xl_dipsample.briefing.source import Room, Source
from xl_dipsample.briefing.texts_used import Used
from xl_dipsample.briefing.word import Table
from xl_dipsample.domain.publication.publication import publication
from xl_dipsample.domain.shared import lead_lists

ROOMY = Room(*[1000] * 7, cross=True)


def parts_in(sentence: str) -> list[tuple[int, int]]:
    """Every "k of n" of a sentence."""
    return [(int(k), int(n)) for k, n in re.findall(r"(\d+) of (\d+)", sentence)]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_sentence_of_findings_about_sides_and_protection_has_the_lead_s_numbers(seed: int) -> None:
    made = own_sample(seed)
    table = refreshed(tables_of(made), "Variations", "Findings")["Findings"]
    said = dict(zip(table["About"], table["Finding"], strict=True))
    with plain.counting_by(made):
        expected, by_harm = told_figures.findings(made), told_figures.by_harm(made)
    assert {about: parts_in(said.get(about, "")) for about in expected} == expected
    sentence = said.get("No further action by type of harm", "")
    listed = {
        word: parts_in(found.group())[0]
        for word in by_harm
        if (found := re.search(rf"{re.escape(word)} \d+ of \d+", sentence))
    }
    if any(k for k, _ in by_harm.values()):
        assert listed == {word: by_harm[word] for word in listed}
        assert len(listed) == min(5, len(by_harm))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_table_of_the_briefing_counts_by_the_lead_s_lists(seed: int) -> None:
    made = own_sample(seed)
    source = Source(tables_of(made))
    with plain.counting_by(made):
        cases = plain.cases(made.review)
        having = [case for case in cases if plain.is_filled(case, "Outcome")]
        [told] = _tables(outcomes.outcomes(source, Used(), ROOMY).blocks) or [None]
        numbers = {row[0].lower(): int(row[1]) for row in told.rows} if told else {}
        words = [case["Outcome"].lower() for case in having]
        assert numbers == {word: words.count(word) for word in words}
        assert told is None or {row[3] for row in told.rows} == {str(len(having))}
        by_scenario = told_figures.decisions(made)
    sides, *crosses = _tables(outcomes.scenarios(source, Used(), ROOMY).blocks) or [None]
    if sides:
        assert {row[0]: tuple(map(int, row[1:5])) for row in sides.rows} == by_scenario
    for cross in crosses:
        for word, *counts in cross.rows:
            for scenario, count in zip(cross.headings[1:], counts, strict=True):
                is_in = sheet_figures.scenarios()[scenario]
                assert int(count) == sum(case["Outcome"].lower() == word.lower() and is_in(case) for case in cases)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_pair_of_the_briefing_counts_cases_with_both_answers(seed: int) -> None:
    made = own_sample(seed)
    source = Source(tables_of(made))
    with plain.counting_by(made):
        held = {heading: told_figures.answers(made, heading) for pair in made.pairs for heading in pair}
    found = [one for one in _tables(beside.pairs(source, Used(), ROOMS[0]).blocks) if "cases with each" in one.about]
    both = [pair for pair in made.pairs if any(a and b for a, b in zip(*(held[one] for one in pair), strict=True))]
    assert len(found) == (len(both) if len(source.rows) else 0)
    for table, pair in zip(found, both, strict=True):
        down = table.headings[0]
        across = pair[0] if pair[1] == down else pair[1]
        cases = [(a, b) for a, b in zip(held[down], held[across], strict=True) if a and b]
        assert table.rows[-1][-1] == str(len(cases))
        for word, *counts, every in table.rows[:-1]:
            if not word.startswith(("Others (", "Other words (")):
                assert int(every) == sum(word.lower() in a for a, _ in cases), (pair, word)
            for head, count in zip(table.headings[1:-1], counts, strict=True):
                if not (
                    word.startswith(("Others (", "Other words (")) or head.startswith(("Others (", "Other words ("))
                ):
                    assert int(count) == sum(word.lower() in a and head.lower() in b for a, b in cases)


def _tables(blocks: list[object]) -> list[Table]:
    return [one for one in blocks if isinstance(one, Table)]


@pytest.mark.parametrize("seed", [0, 1, *SEEDS[5:40]])
def test_every_count_behind_the_publication_copy_is_by_the_lead_s_lists(seed: int) -> None:
    made = own_sample(seed, number=60)
    tables = tables_of(made)
    found = publication(tables["Review"], tables["Funnel"], lead_lists.Lists.of(tables))
    with plain.counting_by(made):
        cases = plain.cases(made.review)
        blocks = {
            "outcome": sheet_figures.listed("Outcome", made),
            "scenario": sheet_figures.scenarios(),
            "harm": sheet_figures.listed("Type of harm", made),
            "age": sheet_figures.bands(),
            "gender": sheet_figures.listed("Gender", made),
            "ethnicity": sheet_figures.listed("Ethnicity", made),
            "referred": sheet_figures.listed("Referred to?", made),
        }
        compared = 0
        for table in found.tables:
            lines = blocks.get(table.name, {})
            for label, cells in table.lines[1:] if lines else []:
                assert found.safe.figures.counts[cells[0]] == sum(map(lines[label], cases)), (table.name, label)
                compared += 1
        cross = next((one for one in found.tables if one.name == "cross"), None)
        for label, cells in cross.lines if cross else []:
            for scenario, cell in zip(cross.columns[1:], cells[1:], strict=True):
                if label in blocks["outcome"] and scenario in blocks["scenario"]:
                    down, across = blocks["outcome"][label], blocks["scenario"][scenario]
                    assert found.safe.figures.counts[cell] == sum(down(case) and across(case) for case in cases)
                    compared += 1
    assert compared


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rename_gives_reviewers_cells_the_new_word_and_nothing_else(seed: int) -> None:
    made = own_sample(seed)
    tables = tables_of(made)
    found, _ = lead_lists.renamed(made.review, lead_lists.Lists.of(tables))
    expected = plain_lists.renamed(made.review, plain_lists.read(made.lists))
    assert found.astype(str).to_dict() == expected.astype(str).to_dict()
