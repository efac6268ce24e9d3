"""Findings on the sheet: each sentence points at the cell of its first number; A3 counts what is decided and open."""

from __future__ import annotations

import io
import re

import openpyxl
import pandas as pd
import pytest

from tests.domain.findings.findings_reviews import frame, generated
from xl_dipsample.actions.renewing import renew_findings
from xl_dipsample.domain.analysis import variations
from xl_dipsample.domain.shared.lead_lists import shipped
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook import sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.sheets.parts.address_of_a_figure import Places
from xl_dipsample.workbook.specs import spec

Tables = dict[str, pd.DataFrame]


def analysed(number: int, seed: int) -> Tables:
    """A review workbook's tables with Variations, some of the other tables, and Findings."""
    tables = generated(number, seed)
    tables["Variations"] = variations.variations_table(tables["Review"], shipped())
    lines = [["All cases", "In the sample", "Any concern", 7, number, 1, "words"]]
    tables["LanguagePatterns"] = frame("LanguagePatterns", lines)
    tables["Agreement"] = tables["Agreement"].reindex([0, 1]).assign(
        **{"Question": ["Seen as", "Outcome"], "Read twice": [12, 12], "Same answer": [5, 9]}
    ).astype(object)  # fmt: skip
    return {**tables, **renew_findings.renew(tables, Result("analyse"))}


@pytest.mark.parametrize(("number", "seed"), [(60, 1), (14, 3), (1, 4)])
def test_every_finding_points_at_a_cell_that_holds_its_first_number(number: int, seed: int) -> None:
    tables = analysed(number, seed)
    book = openpyxl.load_workbook(io.BytesIO(build("review", tables)), data_only=True)
    lines = tables["Findings"]
    assert len(lines) > 5
    for about, sentence, where in zip(lines["About"], lines["Finding"], lines["Where it comes from"], strict=True):
        sheet, cell = re.fullmatch(r"'?([^'!]+)'?!([A-Z]+\d+)", where).groups()
        words = sentence.removeprefix(about.removeprefix("Variation: ")).replace("section 47", "")
        first = int(re.search(r"\d[\d,]*", words)[0].replace(",", ""))
        assert book[sheet][cell].value == first, about
    assert [cell.value for cell in book["Findings"]["D"][5 : 5 + len(lines)]] == ["Show"] * len(lines)


def test_a_sheet_with_a_space_in_its_name_is_quoted() -> None:
    lines = analysed(20, 5)["Findings"].set_index("About")["Where it comes from"]
    assert lines["Language"] == "'Language patterns'!D6"
    assert lines["Second reader"].startswith("'Second reader'!")


def test_a_figure_is_found_by_the_words_beside_it_and_above_it() -> None:
    tables = generated(30, 1)
    places = Places("review", tables)
    book = openpyxl.load_workbook(io.BytesIO(build("review", tables)), data_only=True)

    def label(address: str) -> tuple[object, str]:
        sheet, cell = address.split("!")
        return book[sheet][f"A{re.sub('[A-Z]', '', cell)}"].value, sheet

    assert label(places.of_figure("Summary", "outcome", "child protection", "n")) == ("Child Protection", "Summary")
    assert label(places.of_figure("Charts", "Type of harm", "CSE", "No further action")) == ("CSE", "Charts")
    assert places.of_figure("Summary", "Outcome", "No such line", "n") == "Summary!A1"


def test_what_people_type_in_review_moves_no_figure() -> None:
    few, many = Places("review", generated(1, 1)), Places("review", generated(60, 2))
    for line in ("Child in Need", "Other words"):
        assert few.of_figure("Summary", "Outcome", line, "n") == many.of_figure("Summary", "Outcome", line, "n")


def state(tables: Tables, when: str | None, live: str = "findings") -> tuple[object, str]:
    made = sheets.layout(live, sheets.book("review", tables, {"analysed_on": when})).state
    assert made is not None
    return made.value, str(made.formula)


def test_a3_counts_findings_decided() -> None:
    tables = generated(0, 1)
    lines = [["A", "One sentence.", "Summary!B8", None, "Yes"], ["B", "Another.", "Summary!B9", None, " "]]
    lines += [["C", None, None, None, "no", "In words of our own"], [None] * 6]
    width = len(spec.table("review", "Findings").headings)
    tables["Findings"] = frame("Findings", [line + [None] * (width - len(line)) for line in lines])
    assert state(tables, "24/11/2026 03:20:41")[0] == "As of 24/11/2026 03:20:41: 2 of 3 findings decided"
    assert state(tables, None)[0] == "2 of 3 findings decided"


def test_a3_counts_actions_open_and_questions_with_an_answer() -> None:
    tables = generated(0, 1)
    assert state(tables, None, "actions")[0] == "Nothing has been agreed yet."
    tables["Actions"] = frame(
        "Actions",
        [["Ring the club", "AB", None, "yes", None], ["Write the policy", None, None, None, None],
         ["Ask again", None, None, "No", "Spring"], [None, "CD", None, None, None]],
    )  # fmt: skip
    assert state(tables, None, "actions")[0] == "2 of 3 open"
    tables["PanelQuestions"].loc[2, "What the group says"] = "We did not expect it."
    asked = len(tables["PanelQuestions"])
    assert state(tables, None, "panel_questions")[0] == f"1 of {asked} questions have an answer"


def test_a3_of_an_empty_sheet_says_how_it_is_filled() -> None:
    assert state(generated(0, 1), None)[0] == "Empty: Refresh analysis fills this sheet."


def test_the_groups_questions_are_there_from_the_start() -> None:
    questions = generated(0, 1)["PanelQuestions"]["Question"].tolist()
    assert len(questions) >= 10
    assert all(one.endswith("?") for one in questions)
