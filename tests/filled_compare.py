"""What Compare samples leaves in its tables, for tests of how the sheet looks and calculates. All invented."""

from __future__ import annotations

from tests.filled_workbooks import Tables, Values, review, table
from xl_dipsample.domain.comparison import comparison, published_figures
from xl_dipsample.domain.comparison.comparison import Counted, Sample
from xl_dipsample.domain.focus import recipe
from xl_dipsample.domain.shared import reference

HARMS = reference.words("harm_categories", "category")


def compared(samples: int) -> tuple[Tables, Values]:
    """Tables and named cells of a review workbook in which `samples` samples were compared; 0: none yet."""
    tables, values = review()
    if not samples:
        return tables, values
    names = [f"Sample {number}" for number in range(1, samples + 1)]
    made = [_sample(name, number) for number, name in enumerate(names)]
    period, verdict = "01/09/2025 to 30/11/2025", "1 setting differs"
    rows: list[list[object]] = [
        [
            n,
            period,
            400 - 9 * i,
            None if i == 3 else 290 - i,
            None if i == 3 else 60 - i,
            60 - i,
            50 - i,
            i or None,
            verdict,
        ]
        for i, n in enumerate(names)
    ]
    tables["Samples"] = table("review", "Samples", rows)
    long = "What is decided about harm outside the home, and where do those cases go next? " * 3
    lines = [
        recipe.Line(recipe.DIFFERS, "Age cut-off", "12", "10"),
        recipe.Line(recipe.DIFFERS, "Main question", long, "?"),
        recipe.Line(recipe.SAME, "Unit", "Young person", "Young person"),
    ]
    settings: list[list[object]] = [[*line, name] for name in names[1:] for line in lines]
    tables["Recipe"] = table("review", "Recipe", sorted(settings, key=lambda row: recipe.ORDER.index(row[0])))
    tables["Compare"] = comparison.compare_table(made[0], made[1:])
    tables["Context"] = published_figures.context_table("Rutland", [2023, 2025])
    return tables, {**values, "compared_on": "24/11/2026 03:20:41"}


def _sample(name: str, number: int) -> Sample:
    """Shares that move from sample to sample, a small one, and figures that a sample does not have."""
    of = 8 if number == 2 else 60 - number
    found: comparison.Figures = {}
    for place, stage in enumerate(comparison.LEAVING):
        found[comparison.FUNNEL, stage] = Counted(None if place == 3 else 10 * place + 15 * number, 400 - 9 * number)
    of_people = Counted() if number == 3 else Counted(of, 290 - number)
    found[comparison.PEOPLE, comparison.OF_THE_WHOLE] = of_people
    found[comparison.FUNNEL, comparison.IN_THE_SAMPLE] = Counted(of, 400 - 9 * number)
    for place, word in enumerate([*reference.words("outcomes", "outcome"), comparison.OTHER_WORDS]):
        found[comparison.OUTCOME, word] = Counted(min(of, (5 * place + 17 * number) % 40), of)
    for place, word in enumerate(HARMS):
        found[comparison.HARM, word] = Counted(min(of, (7 * place + 11 * number) % 50), of)
    unlike = (recipe.Line(recipe.DIFFERS, "Age cut-off", "12", "10"),) if number == 1 else ()
    return Sample(name, {}, range(2025 - number, 2026 - number), unlike, found)
