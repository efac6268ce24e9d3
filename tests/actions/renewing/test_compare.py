"""Compare samples, from the command to the sheet: earlier review workbooks beside this one; the others only read."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.actions.renewing.compared import Settings, older, review_workbook, set_all, unique_ids
from tests.actions.typing_in import edit
from tests.actions.workbooks import PASSPHRASE, dipsample, table
from tests.silent_ui import SilentUi
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import sheet_files
from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import write_key
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

NOW, THEN, BEFORE, UNLIKE = "now.xlsx", "then.xlsx", "before.xlsx", "unlike.xlsx"
OTHER_RECIPE: Settings = {
    "Criteria": {"Age cut-off": 10},
    "Categories": {"CCE": "No"},
    "Focus": {"Reviewers": "somebody else"},
}
TYPED = ("Autumn", "somebody else", "Child and Family Assessments", "DS-")  # people's words: in no message


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four samples: this one, one a year earlier, one of 2019, and one of another recipe."""
    folder = tmp_path_factory.mktemp("made")
    review_workbook(folder / NOW, 0, 2025)
    review_workbook(folder / THEN, 7, 2024)
    review_workbook(folder / BEFORE, 11, 2019)
    review_workbook(folder / UNLIKE, 3, 2023, settings=OTHER_RECIPE)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "share"))


def compare(folder: Path, *others: str | Path, more: tuple[object, ...] = ()) -> tuple[int, dict[str, Any], str]:
    """Run the command; whatever it says holds nothing that people typed."""
    status, result, said = dipsample("compare", folder / NOW, *(folder / one for one in others), *more)
    told = str([message["text"] for message in result.get("messages", [])]) + said
    for words in TYPED:
        assert words not in told
    return status, result, said


def codes(result: dict[str, Any]) -> list[str]:
    return [message["code"] for message in result["messages"]]


def refused(folder: Path, *others: str | Path, more: tuple[object, ...] = ()) -> str:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    status, _, said = compare(folder, *others, more=more)
    assert status == 2
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    return said


def test_samples_of_one_recipe_are_put_side_by_side_the_latest_first(folder: Path) -> None:
    others = {name: (folder / name).read_bytes() for name in (THEN, BEFORE)}
    status, result, _ = compare(folder, BEFORE, THEN)
    assert status == 0
    assert {name: (folder / name).read_bytes() for name in others} == others, "the others are only read"
    samples = table(folder / NOW, "Samples")
    assert samples["Sample"].tolist() == ["Autumn 2025", "Autumn 2024", "Autumn 2019"]
    assert samples["Recipe"].tolist() == ["This sample", "The same", "The same"]
    rows = table(folder / NOW, "Review")
    assert samples.loc[0, ["Rows on the long list", "Sample size", "Complete"]].tolist() == [
        412, review_rules.progress(rows).in_sample, review_rules.progress(rows).complete,
    ]  # fmt: skip
    assert samples["In both"].isna().all()
    figures = table(folder / NOW, "Compare")
    assert figures.groupby(["Part", "Figure"], dropna=False)["Sample"].apply(list).map(tuple).unique().tolist() == [
        ("Autumn 2025", "Autumn 2024", "Autumn 2019")
    ]
    cin = figures[(figures["Part"] == "Outcome") & (figures["Figure"] == "Child in Need")]
    for one, frame in zip(cin.to_dict("records"), (NOW, THEN, BEFORE), strict=True):
        kept = table(folder / frame, "Review")
        kept = kept[kept["Unique ID"].notna() & (kept["In sample?"] != "No")]
        have = kept[kept["Outcome"].notna() & (kept["Outcome"] != "Not mapped")]
        assert (one["Count"], one["Of"]) == (int((have["Outcome"] == "Child in Need").sum()), len(have))
    host = FileHost.open(folder / NOW, SilentUi(), read_only=True)
    assert str(host.read_value("compared_on"))[2:3] == "/"
    assert table(folder / NOW, "Audit")["Action"].tolist()[-1] == "Compare samples"
    assert result["figures"]["samples"] == 3
    assert result["figures"]["compared"] == int(figures["Change"].notna().sum())
    assert result["figures"]["clear"] == int(figures["Clear change"].notna().sum())


def test_another_recipe_is_said_first_and_marks_every_figure_of_that_sample(folder: Path) -> None:
    status, result, _ = compare(folder, UNLIKE, THEN)
    assert status == 1
    assert result["figures"]["unlike"] == 1
    warned = [one["text"] for one in result["messages"] if one["code"] == "not-the-same-recipe"]
    marked = "The figures that they touch are marked: Not the same recipe, and why."
    assert warned == [f"{UNLIKE}: 2 settings differ from this sample's recipe. {marked}"]
    recipe = table(folder / NOW, "Recipe")
    assert recipe.iloc[:2, :5].to_numpy().tolist() == [
        ["Differs", "Age cut-off", str(sheet_files.default("Criteria", "Age cut-off")), "10", "Autumn 2023"],
        ["Differs", "Type of harm chosen: CCE", "Yes", "No", "Autumn 2023"],
    ]
    assert (recipe["Same?"] == "Differs").sum() == 2
    figures = table(folder / NOW, "Compare").set_index("Sample")
    marked = figures.loc["Autumn 2023", "Change to now"].str.startswith("Not the same recipe: Age cut-off")
    before_age = {"Duplicate row", "Outside the period"}
    assert set(figures.loc["Autumn 2023", "Figure"][~marked.to_numpy()]) == before_age, "what no unlike setting touches"
    assert not figures.loc["Autumn 2024", "Change to now"].str.startswith("Not the same recipe: ").any()


def test_another_side_of_an_outcome_that_is_used_is_said_and_marks_the_decisions_alone(folder: Path) -> None:
    def fill(host: FileHost) -> None:
        frame = host.read_table("GivenWords")
        frame.loc[frame["Word"] == "Child in Need", "Side"] = "Neither"
        frame.loc[len(frame)] = ["Outcome", "Nobody's word", None, "Closed", "No", None, None]
        host.write_table("GivenWords", frame)

    edit(folder / THEN, fill)
    status, result, _ = compare(folder, THEN)
    assert status == 0
    [said] = [one["text"] for one in result["messages"] if one["code"] == "not-the-same-line"]
    assert said == (
        f"{THEN}: 1 outcome stands on another side of the decision line there. Its decisions are marked: Not the same "
        "recipe. See My lists of both."
    )
    figures = table(folder / NOW, "Compare")
    marked = figures["Change to now"].astype(str).str.startswith("Not the same recipe: ")
    assert set(figures.loc[marked, "Part"]) == {"Decision"}
    recipe = table(folder / NOW, "Recipe")
    assert recipe.iloc[0, :4].tolist() == ["Differs", "Side of the line: Child in Need", "Progressed", "Neither"]


def test_codes_that_changed_in_between_are_said_and_not_called_a_change(folder: Path) -> None:
    _, result, _ = compare(folder, BEFORE)
    assert "codes-changed" in codes(result)
    figures = table(folder / NOW, "Compare")
    then = figures[figures["Sample"] == "Autumn 2019"].set_index("Figure")
    for harm in ("CCE", "Physical abuse - other", "Sexual abuse - other"):
        assert "not comparable as it is" in then.loc[harm, "Change to now"]
        assert pd.isna(then.loc[harm, "Change"])
    assert "not comparable" not in then.loc["CSE", "Change to now"]
    assert "codes-changed" not in codes(compare(folder, THEN)[1])


def test_half_filled_reviews_say_so(folder: Path) -> None:
    def forget(host: FileHost) -> None:
        rows = host.read_table("Review")
        host.write_table("Review", rows.assign(Outcome=rows["Outcome"].where(rows.index > 20, None)))

    edit(folder / THEN, forget)
    result = compare(folder, THEN)[1]
    said = [one["text"] for one in result["messages"] if one["code"] == "half-filled"]
    kept = table(folder / THEN, "Review").query("`In sample?` != 'No'")
    without = int(review_rules.not_filled(kept, "Outcome").sum())
    assert f"{THEN}: {without} of {len(kept)} cases have no outcome yet. Shares of outcomes are of the others." in said
    figures = table(folder / NOW, "Compare")
    then = figures[figures["Sample"] == "Autumn 2024"].set_index(["Part", "Figure"])
    assert then.loc[("Outcome", "No outcome yet"), ["Count", "Of"]].tolist() == [without, len(kept)]
    assert then.loc[("Outcome", "Child in Need"), "Of"] == len(kept) - without


def test_an_older_workbook_gives_what_it_has_and_the_rest_is_said_to_be_missing(folder: Path) -> None:
    older(folder / THEN)
    status, result, _ = compare(folder, THEN)
    assert status == 0
    (said,) = (one["text"] for one in result["messages"] if one["code"] == "older-version")
    assert said.startswith(f"{THEN}: it has no table Language, since an older version of this tool made it.")
    assert table(folder / NOW, "Samples")["Sample"].tolist() == ["Autumn 2025", "Autumn 2024"]


@pytest.mark.parametrize("rows", [1, 0])
def test_an_earlier_sample_of_one_case_or_none_shows_counts_alone(folder: Path, rows: int) -> None:
    review_workbook(folder / "tiny.xlsx", 5, 2022, rows=rows)
    assert compare(folder, "tiny.xlsx")[0] == 0
    figures = table(folder / NOW, "Compare")
    then = figures[(figures["Sample"] == "Autumn 2022") & (figures["Part"] != "Funnel, in rows")]
    assert then["Of"].max() == rows
    assert then[["%", "From", "To", "Change", "Clear change"]].isna().all(axis=None)
    assert not then["Change to now"].str.contains("clear").any()


def test_two_samples_of_one_name_and_one_without_are_told_apart(folder: Path) -> None:
    edit(folder / THEN, lambda host: set_all(host, "Focus", {"Sample name": "autumn 2025"}))
    edit(folder / UNLIKE, lambda host: set_all(host, "Focus", {"Sample name": None}))
    compare(folder, THEN, UNLIKE)
    assert table(folder / NOW, "Samples")["Sample"].tolist() == [
        "Autumn 2025", "autumn 2025 (2)", "Sample, period 01/09/2023 to 30/11/2023",
    ]  # fmt: skip


def test_a_later_sample_is_pointed_out(folder: Path) -> None:
    review_workbook(folder / "later.xlsx", 4, 2026)
    assert "later-sample" in codes(compare(folder, "later.xlsx")[1])


def test_it_can_be_run_again_with_others(folder: Path) -> None:
    compare(folder, THEN, UNLIKE, more=("--authority", "rutland"))
    first = len(table(folder / NOW, "Compare"))
    assert len(table(folder / NOW, "Context")) > 1
    compare(folder, THEN)
    assert len(table(folder / NOW, "Compare")) < first
    assert table(folder / NOW, "Context")["Factor"].isna().all(), "what nobody asked for now is taken away"


def test_the_authoritys_published_figures_stand_beside(folder: Path) -> None:
    result = compare(folder, UNLIKE, more=("--authority", " RUTLAND"))[1]
    context = table(folder / NOW, "Context")
    assert set(context["Authority"]) == {"Rutland"}
    assert sorted(set(context["Year"])) == ["2024", "2025"]  # autumn 2023; the latest published for autumn 2025
    cse = context[context["Factor"].str.contains("11A")].iloc[-1]
    assert (cse["Count"], cse["Of"], cse["%"], cse["England %"]) == (22, 217, 10.1, 2.4)
    assert {"published", "latest-published"} <= set(codes(result))


def test_what_cannot_be_compared_is_refused_in_one_sentence(folder: Path, tmp_path: Path) -> None:
    assert "Did you mean Rutland?" in refused(folder, THEN, more=("--authority", "Rutlend"))
    shutil.copy(folder / NOW, folder / "copy.xlsx")
    assert "this very sample, or a copy of it" in refused(folder, "copy.xlsx")
    assert "this very sample" in refused(folder, NOW)
    shutil.copy(folder / THEN, folder / "copy.xlsx")
    assert f"{THEN} and copy.xlsx are two copies of the same sample" in refused(folder, THEN, "copy.xlsx")
    assert f"{THEN} was chosen twice" in refused(folder, THEN, THEN)
    assert dipsample("new", tmp_path / "working.xlsx")[0] == 0
    assert "working.xlsx is a working workbook" in refused(folder, tmp_path / "working.xlsx")
    edit(folder / "copy.xlsx", lambda host: host.write_value("kind", "release"))
    assert "copy.xlsx is a release copy" in refused(folder, "copy.xlsx")
    assert "no file" in refused(folder, "nowhere.xlsx")
    assert "--passphrase-file belongs to --key" in refused(folder, THEN, more=("--passphrase-file", folder / "p.txt"))
    assert dipsample("compare", folder / NOW)[0] == 2, "nothing to compare with"


def _key(folder: Path, cases: dict[str, list[str | None]]) -> tuple[object, ...]:
    """The options of a key that holds these samples: sample ID -> the case IDs, in the order of Review."""
    rows = []
    for sample, ids in cases.items():
        for unique_id, case in zip(unique_ids(int(sample.rpartition("-")[2])), ids, strict=False):
            row = {"Unique ID": unique_id, "Case ID": case, "Name": f"Synthetic {case}", "Sample": sample}
            rows.append(dict.fromkeys(key_book.KEY_COLUMNS) | row | {"Sample ID": sample, "State": key_book.COMMITTED})
    book = key_book.KeyBook(key=pd.DataFrame(rows, columns=list(key_book.KEY_COLUMNS), dtype=object))
    folder.mkdir()
    write_key(OpenKey(folder / "key.xlsx", PASSPHRASE, book))
    (folder / "p.txt").write_text(PASSPHRASE, encoding="utf-8")
    return ("--key", folder / "key.xlsx", "--passphrase-file", folder / "p.txt")


def test_only_the_key_tells_who_is_in_two_samples_and_only_their_number_is_told(folder: Path, tmp_path: Path) -> None:
    left = table(folder / NOW, "Review")["In sample?"].tolist().index("No")
    now: list[str | None] = [f"{100 + place}" for place in range(30)]
    then: list[str | None] = [None] * 30
    stayed = [place for place in range(30) if place != left and place not in (5, 9, 4, 8)][:2]
    then[0], then[1], then[2] = now[stayed[0]], f"{now[stayed[1]]}.0", now[left]  # the last one left during review
    more = _key(tmp_path / "key", {"sample-0": now, "sample-7": then})
    status, result, _ = compare(folder, THEN, UNLIKE, more=more)
    assert status == 1  # the other recipe
    said = [one["text"] for one in result["messages"] if one["code"] == "in-both"]
    assert said == [f"{THEN}: 2 young people are in that sample and in this one.",
                    f"{UNLIKE}: the key does not hold this sample, so who is in both is not known."]  # fmt: skip
    assert [None if pd.isna(one) else int(one) for one in table(folder / NOW, "Samples")["In both"]] == [None, 2, None]
    for name in ("Samples", "Compare", "Audit"):
        assert "Synthetic" not in table(folder / NOW, name).to_string()
    assert "is the key of another sample" in refused(folder, THEN, more=_key(tmp_path / "other", {"sample-9": ["1"]}))


def test_without_the_key_nothing_is_guessed(folder: Path) -> None:
    assert "in-both-not-known" in codes(compare(folder, THEN)[1])


def test_it_says_that_the_earlier_samples_own_words_were_not_checked_for_names(folder: Path) -> None:
    assert codes(compare(folder, THEN)[1]).count("names-not-checked") == 1


def test_with_unlike_types_of_harm_the_common_ones_are_compared_and_called_so(folder: Path) -> None:
    edit(folder / THEN, lambda host: set_all(host, "Categories", {"CCE": "No"}))
    status, result, _ = compare(folder, THEN)
    assert status == 1
    [said] = [one["text"] for one in result["messages"] if one["code"] == "not-the-same-recipe"]
    assert "those cases are compared that have a type of harm chosen in both" in said
    told = (
        table(folder / NOW, "Compare").query("Sample == 'Autumn 2024'").set_index(["Part", "Figure"])["Change to now"]
    )
    assert told["Outcome", "Child in Need"].startswith("Cases with a type of harm chosen in both: ")
    assert told["Type of harm", "CCE"].startswith("Not the same recipe: types of harm chosen. ")
    assert told["Funnel, in rows", "No chosen category"].startswith("Not the same recipe: types of harm chosen. ")
    assert not told["Funnel, in rows", "Below the age cut-off"].startswith("Not the same recipe")


def test_a_word_that_was_renamed_since_is_compared_as_one(folder: Path) -> None:
    def rename(host: FileHost) -> None:
        for name in ("MyLists", "GivenWords"):
            frame = host.read_table(name)
            at = (frame["List"] == "Outcome") & (frame["Word"] == "Early help")
            frame.loc[at, "Was called"], frame.loc[at, "Word"] = "Early help", "Family Help"
            host.write_table(name, frame)
        rows = host.read_table("Review")
        host.write_table("Review", rows.assign(Outcome=rows["Outcome"].replace("Early help", "Family Help")))

    compare(folder, THEN)
    before = table(folder / NOW, "Compare").set_index(["Figure", "Sample"])
    edit(folder / NOW, rename)
    status, _, _ = compare(folder, THEN)
    assert status == 0
    after = table(folder / NOW, "Compare").set_index(["Figure", "Sample"])
    for sample in ("Autumn 2025", "Autumn 2024"):
        was, now = before.loc[("Early help", sample)], after.loc[("Family Help", sample)]
        assert now[["Count", "Of", "Change to now"]].tolist() == was[["Count", "Of", "Change to now"]].tolist()
    assert ("Early help", "Autumn 2024") not in after.index
