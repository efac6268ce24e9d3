"""Refresh analysis fills Language and Language patterns; decisions stay; nothing is counted by worker."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.actions.typing_in import add_column, edit
from tests.actions.workbooks import dipsample, table
from xl_dipsample.actions.renewing import renew_language
from xl_dipsample.domain.language.term_hits import CLOSURE, INVOLVEMENT
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.lead_lists import shipped
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import defaults, spec

QUESTION = "What did the young person say?"
NAMES = ("Language", "LanguagePatterns", "TypicalWords", "Collocations")
TEXT = (
    "Mother said that she is \u2018PROMISCUOUS\u2019 and that her boyfriend collects her. "
    "The boyfriend is not at school."
)


def rows(count: int = 24) -> list[dict[str, Any]]:
    """Synthetic cases, half closed and half progressed; every third with wording to look at."""
    outcomes = (shipped().on("Closed")[0], shipped().on("Progressed")[0])
    reasons = ("Threshold not met, closed with advice", "Safety plan agreed with the school nurse")
    return [
        {
            "Unique ID": f"DS-{n:03d}",
            "Type of harm": "CSE; Gangs" if n % 4 else "Missing",
            "Outcome": outcomes[n % 2],
            INVOLVEMENT: TEXT if n % 3 == 0 else "Seen by a youth worker.",
            CLOSURE: reasons[n % 2],
            "Reviewer": "AB" if n < 12 else "CD",
            QUESTION: "I was sexually active" if n == 1 else None,
        }
        for n in range(count)
    ]


def frames(given: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """The tables of a new review workbook with these cases and one question that is answered in words."""
    headings = [*spec.table("review", "Review").headings, QUESTION]
    frame = pd.DataFrame([[row.get(one) for one in headings] for row in given], columns=headings, dtype=object)
    asked = pd.DataFrame([[QUESTION, "Text", None]], columns=["Heading", "Type", "Choices"], dtype=object)
    return defaults.frames("review", {"Review": frame, "Questions": asked})


def renewed(tables: dict[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], Result]:
    result = Result("analyse")
    return tables | renew_language.renew(tables, result), result


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "review.xlsx"
    made.write_bytes(build("review", frames(rows())))
    return made


def change(path: Path, name: str, *cells: tuple[int, str, object]) -> None:
    """Type into a table: row (from 0), heading, cell."""

    def fill(host: Any) -> None:
        frame = host.read_table(name)
        for row, heading, cell in cells:
            frame.loc[row, heading] = cell
        host.write_table(name, frame)

    edit(path, fill)


def test_every_finding_stands_on_language_with_what_belongs_to_it(path: Path) -> None:
    status, result, said = dipsample("analyse", path)
    assert status == 0, said
    found = table(path, "Language")
    assert len(found) == 8 * 3 + 1 == result["figures"]["language"]
    one = found.iloc[0]
    assert (one["Unique ID"], one["Column"], one["Term"]) == ("DS-000", INVOLVEMENT, "PROMISCUOUS")
    assert one["Around it"] == "after 'said that'; in quotation marks"
    shipped = {row["concern"]: row for row in reference.table("language_terms")}
    assert one["Why it matters"] in {row["why_it_matters"] for row in shipped.values()}
    assert found.loc[found["Term"] == "sexually active", "Column"].tolist() == [QUESTION]
    assert found["No."].tolist() == list(range(1, 26))


def test_decisions_survive_two_refreshes_and_changes_elsewhere(path: Path) -> None:
    dipsample("analyse", path)
    add_column(path, "Language", "Talked about")
    decisions = ((1, "Decision", "Confirm"), (2, "Decision", "Dismiss"), (5, "Decision", "Dismiss"))
    change(path, "Language", *decisions, (1, "Talked about", "with the team"))
    change(path, "Review", (0, INVOLVEMENT, f"A new beginning with an older girlfriend. {TEXT} And an end."))
    for _ in range(2):
        status, result, _ = dipsample("analyse", path)
        assert status == 0
        found = table(path, "Language").set_index("No.")
        assert found["Decision"].dropna().to_dict() == {2: "Confirm", 3: "Dismiss", 6: "Dismiss"}
        assert found["Talked about"].dropna().to_dict() == {2: "with the team"}
        assert found.loc[3, "Words after"] == "is not at school. And an end."
        assert found.loc[26, "Term"] == "older girlfriend"
        assert result["figures"]["language_decided"] == 3
        assert "language_lost" not in result["figures"]


def test_what_is_gone_or_cannot_be_read_is_told_without_a_word_of_it(path: Path) -> None:
    dipsample("analyse", path)
    change(path, "Language", (0, "Decision", "Confirm"), (4, "Decision", "Dismiss"))
    change(path, "Review", (0, INVOLVEMENT, "Something else altogether."), (3, "In sample?", "No"))
    change(path, "Terms", (0, "Words", "seen by"), (1, "Words", "(SECRET Name"))
    status, result, said = dipsample("analyse", path)
    assert status == 0
    assert (table(path, "Language")["Term"] == "Seen by").sum() == 16
    assert result["figures"]["language_lost"] == 2
    lost = [message["text"] for message in result["messages"] if message["code"] == "language-lost"]
    assert len(lost) == 1
    assert lost[0].startswith("2 findings on Language")
    told = [message for message in result["messages"] if message["code"] == "language-term"]
    row = int("".join(one for one in spec.table("review", "Terms").anchor if one.isdigit())) + 2
    assert [(one["sheet"], one["row"], one["column"]) for one in told] == [("Lists", row, "Words")]
    assert f"row {row} " in told[0]["text"]
    whole = str(result).lower() + said
    assert not [word for word in ("promiscuous", "boyfriend", "threshold", "ds-00", "nurse", "secret") if word in whole]


def test_dismissed_findings_leave_the_patterns_and_confirmed_ones_are_counted() -> None:
    before, _ = renewed(frames(rows()))
    counted = before["LanguagePatterns"].set_index(["By", "Group", "Concern"])
    assert counted.loc[("All cases", "In the sample", "Disbelieves or minimises"), "Cases"] == 8
    before["Language"].loc[[0, 1], "Decision"] = ["Dismiss", "Confirm"]
    after, _ = renewed(before)
    counted = after["LanguagePatterns"].set_index(["By", "Group", "Concern"])
    assert counted.loc[("All cases", "In the sample", "Disbelieves or minimises"), "Cases"] == 7
    assert counted.loc[("All cases", "In the sample", "Normalises the harm"), "Confirmed"] == 1
    assert counted.loc[("All cases", "In the sample", "Any concern"), "Of"] == 24
    assert ("Closed or progressed", "Closed", "Any concern") in counted.index


def test_an_empty_table_of_terms_means_the_shipped_terms() -> None:
    tables = frames(rows())
    shipped, _ = renewed(tables)
    empty, _ = renewed(tables | {"Terms": tables["Terms"].iloc[:0]})
    assert empty["Language"].equals(shipped["Language"])


def test_typical_words_need_ten_closed_and_ten_progressed_cases() -> None:
    enough, result = renewed(frames(rows()))
    words = enough["TypicalWords"].set_index("Word")["Typical for"]
    assert (words["threshold"], words["plan"]) == ("Closed", "Progressed")
    assert ["school", "nurse"] in enough["Collocations"][["Word", "Beside it"]].to_numpy().tolist()
    assert not [message for message in result.messages if message.code == "few-for-words"]
    few, result = renewed(frames(rows(18)))
    assert few["TypicalWords"].empty
    told = next(message for message in result.messages if message.code == "few-for-words")
    assert "9 closed and 9 progressed cases" in told.text


def test_no_table_changes_when_other_people_reviewed() -> None:
    first, _ = renewed(frames(rows()))
    others, _ = renewed(frames([row | {"Reviewer": f"R{n}", "Reviewed on": "x"} for n, row in enumerate(rows())]))
    for name in NAMES:
        assert first[name].equals(others[name])


def test_an_empty_review_gives_empty_tables_and_every_concern_with_nobody() -> None:
    empty, result = renewed(frames([]))
    assert empty["Language"].empty
    assert empty["TypicalWords"].empty
    assert set(empty["LanguagePatterns"]["Of"]) == {0}
    assert result.figures["language"] == 0


def test_a_workbook_of_an_earlier_version_gets_what_it_has_room_for() -> None:
    tables, _ = renewed(frames(rows()))
    earlier = {name: tables[name] for name in ("Review", "Questions")}
    earlier["Language"] = tables["Language"].drop(columns=["No.", "Around it"])
    older = renew_language.renew(earlier, Result("analyse"))
    assert list(older) == ["Language"]
    assert older["Language"].equals(tables["Language"].drop(columns=["No.", "Around it"]))


def test_three_hundred_cases_with_long_extracts_take_little_time() -> None:
    words = [word for row in reference.table("language_terms") for word in row["why_it_matters"].lower().split()]
    listed = []
    for n in range(300):
        text = (
            " ".join(words[(n * 7 + k * k) % len(words)] for k in range(400))[:1900] + " her older boyfriend. " + TEXT
        )
        listed.append({"Unique ID": f"DS-{n}", "Outcome": "Early help", INVOLVEMENT: text, CLOSURE: text[::-1] + text})
    tables = {
        "Review": pd.DataFrame(listed, dtype=object),
        "Language": defaults.default(spec.table("review", "Language")),
    }
    started = time.process_time()
    renew_language.renew(tables, Result("analyse"))
    assert time.process_time() - started < 3, "seconds; it takes about a fifth of one"
