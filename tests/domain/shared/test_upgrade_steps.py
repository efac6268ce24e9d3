"""What became of tables, columns and settings: a test for each kind of step, and for what upgrades.toml may say."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest

from xl_dipsample.domain.shared import reference, upgrade_steps
from xl_dipsample.domain.shared.errors import SpecProblem

Frames = dict[str, pd.DataFrame]


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Write upgrades.toml: one string of steps for each version from 11 on."""
    monkeypatch.setattr(reference, "template_folder", lambda: tmp_path)

    def write(*versions: str) -> None:
        text = "\n".join(f'[[version]]\nto = "{number}"\n{one}' for number, one in enumerate(versions, 11))
        (tmp_path / upgrade_steps.FILE).write_text(text, encoding="utf-8")
        upgrade_steps._read.cache_clear()

    yield write
    upgrade_steps._read.cache_clear()


def frame(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({name.replace("_", " "): pd.Series(cells, dtype=object) for name, cells in columns.items()})


def step(do: str, **of: object) -> str:
    lines = [
        f'do = "{do}"',
        *(f"{name} = {value if isinstance(value, int) else repr(value)}" for name, value in of.items()),
    ]
    return "[[version.step]]\n" + "\n".join(lines) + "\n"


def rows(table: pd.DataFrame) -> list[dict[str, object]]:
    return table.to_dict("records")


def test_a_table_gets_its_new_name_with_all_that_it_holds(steps) -> None:
    steps(step("rename_table", **{"from": "Labels", "to": "Meanings"}))
    made = upgrade_steps.applied({"Labels": frame(Field=["harm"], Ours=["note"]), "Other": frame(A=[1])}, 10)
    assert list(made) == ["Other", "Meanings"]
    assert rows(made["Meanings"]) == [{"Field": "harm", "Ours": "note"}]


def test_a_column_gets_its_new_heading_and_keeps_its_place_and_its_cells(steps) -> None:
    steps(step("rename_column", table="List", **{"from": "Row", "to": "Record"}))
    cells = ["007", None, "N/A", 1.5, True]
    made = upgrade_steps.applied({"List": frame(Name=list("abcde"), Row=cells, Note=[1] * 5)}, 10)["List"]
    assert list(made.columns) == ["Name", "Record", "Note"]
    assert list(made["Record"]) == cells
    assert [type(one) for one in made["Record"]] == [type(one) for one in cells]


def test_a_column_of_the_export_that_has_our_new_heading_stands_beside_it(steps) -> None:
    """Excel takes headings that differ in capitals alone for one."""
    steps(step("rename_column", table="LongList", **{"from": "Row", "to": "Record"}))
    given = pd.DataFrame([[1, "R-9", "other"]], columns=["Row", "RECORD", "RECORD (export)"], dtype=object)
    made = upgrade_steps.applied({"LongList": given}, 10)["LongList"]
    assert list(made.columns) == ["Record", "RECORD (export 2)", "RECORD (export)"]
    assert made.iloc[0].tolist() == [1, "R-9", "other"]
    assert list(given.columns) == ["Row", "RECORD", "RECORD (export)"]


def test_a_setting_gets_its_new_name_and_keeps_its_value(steps) -> None:
    steps(step("rename_setting", table="Focus", **{"from": "Lead", "to": "Held by"}))
    made = upgrade_steps.applied({"Focus": frame(Setting=["Lead", "Lead time"], Value=["AB", 3])}, 10)["Focus"]
    assert rows(made) == [{"Setting": "Held by", "Value": "AB"}, {"Setting": "Lead time", "Value": 3}]


@pytest.mark.parametrize("there", ["no table", "no row", "a row"])
def test_a_value_moves_to_another_table_of_settings(steps, there: str) -> None:
    steps(step("move_values", table="Focus", **{"from": "Initials"}, to_table="Criteria", to="Lead's initials"))
    criteria = {
        "no table": {},
        "no row": {"Criteria": frame(Setting=["Unit"], Value=["Contact"], Ours=["x"])},
        "a row": {"Criteria": frame(Setting=["Unit", "Lead's initials"], Value=["Contact", None], Ours=["x", None])},
    }[there]
    made = upgrade_steps.applied({"Focus": frame(Setting=["Lead", "Initials"], Value=["A", "AB"])} | criteria, 10)
    assert list(made["Focus"]["Setting"]) == ["Lead"]
    assert dict(zip(made["Criteria"]["Setting"], made["Criteria"]["Value"], strict=True))["Lead's initials"] == "AB"
    assert len(made["Criteria"]) == (1 if there == "no table" else 2)


def test_a_value_that_moves_takes_nothing_else_of_peoples_with_it_and_puts_nothing_in_place_of_theirs(steps) -> None:
    steps(step("move_values", table="Focus", **{"from": "Initials"}, to_table="Criteria", to="Initials"))
    focus = frame(Setting=["Initials"], Value=["AB"], Ours=["a note"])
    made = upgrade_steps.applied({"Focus": focus}, 10)
    assert rows(made["Focus"]) == [{"Setting": "Initials", "Value": None, "Ours": "a note"}]
    assert rows(made["Criteria"]) == [{"Setting": "Initials", "Value": "AB"}]
    typed_there = {"Focus": focus, "Criteria": frame(Setting=["Initials"], Value=["CD"])}
    made = upgrade_steps.applied(typed_there, 10)
    assert rows(made["Focus"]) == rows(focus)
    assert rows(made["Criteria"]) == [{"Setting": "Initials", "Value": "CD"}]


@pytest.mark.parametrize("value", ["Full date", 12, ""])
def test_what_was_in_force_without_a_setting_stays_in_force(steps, value: object) -> None:
    steps(step("setting_was", table="Criteria", setting="Contact date in Review", value=value))
    older = frame(Setting=["Unit"], Value=["Contact"])
    made = upgrade_steps.applied({"Criteria": older}, 10)["Criteria"]
    assert rows(made)[-1] == {"Setting": "Contact date in Review", "Value": value or None}


def test_a_setting_that_somebody_left_blank_is_not_filled_in(steps) -> None:
    steps(step("setting_was", table="Criteria", setting="Upper age", value=17))
    older = frame(Setting=["Upper age"], Value=[None])
    assert rows(upgrade_steps.applied({"Criteria": older}, 10)["Criteria"]) == [{"Setting": "Upper age", "Value": None}]


def test_versions_are_gone_through_one_after_another_from_the_workbooks_own(steps) -> None:
    one = step("rename_column", table="A", **{"from": "x", "to": "y"})
    two = step("rename_column", table="A", **{"from": "y", "to": "z"}) + step(
        "rename_table", **{"from": "A", "to": "B"}
    )
    steps(one, two)
    assert list(upgrade_steps.applied({"A": frame(x=[1])}, "10")["B"].columns) == ["z"]
    assert list(upgrade_steps.applied({"A": frame(y=[1], x=[2])}, "11")["B"].columns) == ["z", "x"]
    assert list(upgrade_steps.applied({"A": frame(y=[1])}, "12")["A"].columns) == ["y"]


@pytest.mark.parametrize("of", [
    {"do": "rename_table", "from": "Gone", "to": "New"},
    {"do": "rename_column", "table": "Gone", "from": "x", "to": "y"},
    {"do": "rename_column", "table": "A", "from": "Gone", "to": "y"},
    {"do": "rename_setting", "table": "Gone", "from": "x", "to": "y"},
    {"do": "move_values", "table": "Gone", "from": "x", "to_table": "A", "to": "y"},
    {"do": "setting_was", "table": "Gone", "setting": "x", "value": "y"},
])  # fmt: skip
def test_what_a_workbook_does_not_have_is_no_error(steps, of: dict[str, str]) -> None:
    steps(step(**of))
    given = {"A": frame(Setting=["a"], Value=[1])}
    made = upgrade_steps.applied(given, 10)
    assert {name: rows(one) for name, one in made.items()} == {"A": [{"Setting": "a", "Value": 1}]}


@pytest.mark.parametrize(("text", "told"), [
    ('[[version]]\nto = "3"\n[[version.step]]\ndo = "rename"', "there is no step rename"),
    ('[[version]]\nto = "3"\n[[version.step]]\ndo = "rename_table"\nfrom = "A"', "says from, to, and nothing else"),
    ('[[version]]\nto = "4"\n[[version]]\nto = "3"', "the earliest first"),
    ('[[version]]\nto = "3"\n[[version]]\nto = "3"', "once"),
    ("[[version", "upgrades.toml: "),
])  # fmt: skip
def test_a_mistake_in_the_table_of_steps_is_named(tmp_path: Path, steps, text: str, told: str) -> None:
    (tmp_path / upgrade_steps.FILE).write_text(text, encoding="utf-8")
    upgrade_steps._read.cache_clear()
    with pytest.raises(SpecProblem, match=r"upgrades\.toml") as refused:
        upgrade_steps.versions()
    assert told in refused.value.sentence


def test_random_typing_survives_random_steps(steps) -> None:
    """Whatever steps there are, every cell that was typed is there afterwards, and as often."""
    dice = random.Random(20_261_128)
    for _ in range(200):
        names, headings = ["A", "B", "C"], ["Setting", "Value", "x", "y", "Own"]
        made = [
            step(
                "rename_column",
                table=dice.choice(names),
                **{"from": dice.choice("xy"), "to": dice.choice(["w", "Own"])},
            ),
            step("rename_setting", table=dice.choice(names), **{"from": "s1", "to": "s9"}),
            step("move_values", table=dice.choice(names), **{"from": "s2"}, to_table=dice.choice(names), to="s2 moved"),
            step("rename_table", **{"from": dice.choice(names), "to": "D"}),
        ]
        dice.shuffle(made)
        steps(made[0] + made[1], made[2], made[3])
        given = {
            name: pd.DataFrame(
                [
                    [f"s{row}", f"{name}{row} typed", *(dice.choice([None, f"{name}{row}{n}"]) for n in range(3))]
                    for row in range(4)
                ],
                columns=headings,
                dtype=object,
            )
            for name in names
        }  # fmt: skip
        after = upgrade_steps.applied(given, 10)
        settings = {"s0", "s1", "s2", "s3", "s9", "s2 moved"}

        def typed(tables: Frames, but: set[str] = settings) -> list[str]:
            return sorted(
                cell
                for one in tables.values()
                for cell in one.to_numpy().ravel()
                if cell is not None and cell not in but
            )

        assert typed(after) == typed(given)
