"""Finished workbooks and keys of every version since the second: each action works on them, and nothing typed is lost.

tests/data/versions holds them; `python -m xl_dipsample.building.keep_version tests/data/versions` adds those of a new
version. All synthetic.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.actions.workbooks import dipsample
from tests.silent_ui import SilentUi
from xl_dipsample.actions import lookup
from xl_dipsample.building.keep_version import OPENED_BY, OPENS, OWN
from xl_dipsample.privacy.key import key_file
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec
from xl_dipsample.workbook.upgrading.read_older import open_to_read

KEPT = Path(__file__).parents[1] / "data" / "versions"
VERSIONS = sorted((one.name for one in KEPT.iterdir()), key=int)
# the oldest takes every step there is, the last two are what most teams have; the campaign takes those between as well
ASKED = [
    one if one in (VERSIONS[0], *VERSIONS[-2:]) else pytest.param(one, marks=pytest.mark.campaign) for one in VERSIONS
]
# What people type and nothing of ours renews: table -> its key, and the columns.
TYPED = {
    "working": {
        "CaseCheck": ("Case ID", ("Decision", "Reason", "Initials", OWN)),
        "Focus": ("Setting", ("Value",)),
        "Criteria": ("Setting", ("Value",)),
        "Categories": ("Category", ("Chosen",)),
        "Labels": ("Label as exported", ("Means",)),
        "Questions": ("Heading", ("Type", "Choices")),
        "Terms": ("Words", ("Concern", "Why it matters")),
        "LongList": ("Source row", ("Case ID", "Name", "Date of birth", OWN)),
    },
    "review": {
        "Review": (
            "Unique ID",
            (
                "Outcome", "Referred to?", "Reason for social care involvement (extract)", "Level of harm", "Seen as",
                "Parenting concerns", "Summary of harm", "In sample?", "Reason if not in sample", "Reviewer", OWN,
            ),
        ),
        "Actions": ("Action", ("Owner", "By when", "Done?", OWN)),
        "Findings": ("About", ("Keep?", "In your words", OWN)),
        "SecondReader": ("Unique ID", ("Agreed answer", "Why")),
        "Terms": ("Words", ("Concern", "Consider instead")),
        "Focus": ("Setting", ("Value",)),
    },
}  # fmt: skip


def typed(host: Host, kind: str) -> Counter[tuple[object, ...]]:
    """(table, key, column, type, words) of every cell that people filled."""
    found: Counter[tuple[object, ...]] = Counter()
    for name, (key, columns) in TYPED[kind].items():
        frame = host.read_table(name)
        for row in frame.to_dict("records"):
            found.update(
                (name, row[key], one, type(row[one]).__name__, row[one]) for one in columns if row[one] is not None
            )
    return found


def opened(path: Path) -> FileHost:
    return FileHost.open(path, SilentUi(), read_only=True)


@pytest.fixture(params=ASKED)
def files(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder work, a folder share and a folder key, as a team has them."""
    kept = KEPT / request.param
    for folder, names in (("work", ["working"]), ("share", ["review", "second reader"]), ("key", ["key"])):
        (tmp_path / folder).mkdir()
        for name in names:
            shutil.copy(kept / f"{name}.xlsx", tmp_path / folder)
    monkeypatch.setenv("DIPSAMPLE_PASSPHRASE", (kept / OPENED_BY).read_text(encoding="utf-8").strip())
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "local data"))
    return tmp_path


def did(*arguments: object) -> dict:
    status, result, said = dipsample(*arguments)
    assert status in (0, 1), said
    return result


def test_files_of_this_version_are_kept() -> None:
    """When this fails, a version was begun: make templates makes its files."""
    assert spec.SPEC_VERSION in VERSIONS
    for version in VERSIONS:
        for name in ("working", "review"):
            assert opened(KEPT / version / f"{name}.xlsx").read_value("spec_version") == version


def test_a_working_workbook_of_that_version_goes_on(files: Path) -> None:
    path = files / "work" / "working.xlsx"
    before, listed = typed(opened(path), "working"), len(opened(path).read_table("LongList"))
    assert sum(before.values()) > 1500
    for action in ("check", "narrow"):
        did(action, path)
        host = opened(path)
        assert host.read_value("spec_version") == spec.SPEC_VERSION
        assert not before - typed(host, "working")
        assert len(host.read_table("LongList")) == listed
    funnel = did("narrow", path)["figures"]["funnel"]
    # since version 6 criminal exploitation counts in a new sample; those begun before keep what they had chosen
    chosen = before["Categories", "CCE", "Chosen", "str", "Yes"]
    assert (funnel[0]["remaining"], funnel[-1]["remaining"]) == (listed, 79 if chosen else 72)


def test_a_review_workbook_of_that_version_goes_on(files: Path) -> None:
    path = files / "share" / "review.xlsx"
    before = typed(opened(path), "review")
    assert sum(before.values()) > 500
    assert {name for name, *_ in before} == set(TYPED["review"])
    said = opened(path).read_table("GroupQuestions" if "GroupQuestions" in opened(path).tables() else "PanelQuestions")
    steps = [
        ("analyse", path),
        ("screen", path, "--key", files / "key" / "key.xlsx"),
        ("second-read", path, "--read", files / "share" / "second reader.xlsx"),
        ("restore", path),
    ]
    for step in steps:
        did(*step)
        host = opened(path)
        assert host.read_value("spec_version") == spec.SPEC_VERSION
        assert not before - typed(host, "review"), step[0]
    now = opened(path).read_table("PanelQuestions")
    assert now.to_dict("records") == said.to_dict("records")
    assert sorted(one.name for one in path.parent.iterdir()) == ["review.xlsx", "second reader.xlsx"]


def test_it_is_compared_as_the_earlier_sample_and_its_recipe_is_taken_over(files: Path) -> None:
    then = files / "share" / "review.xlsx"
    before = then.read_bytes()
    now = files / "share" / "now.xlsx"
    tables = {name: open_to_read(then, SilentUi()).read_table(name) for name in ("Review", "Focus", "Criteria")}
    now.write_bytes(build("review", tables, {"sample_id": "another"}))
    assert did("compare", now, then)["figures"]["samples"] == 2
    compared = opened(now).read_table("Compare")
    assert compared["Count"].notna().sum() > 100
    made = files / "work" / "new.xlsx"
    did("new", made, "--like", then)
    actions = open_to_read(then, SilentUi()).read_table("Actions")
    still_open = actions.loc[[str(cell).casefold() != "yes" for cell in actions["Done?"]], "Action"].dropna()
    assert list(opened(made).read_table("Actions")["Action"]) == list(still_open)
    assert len(still_open)
    assert then.read_bytes() == before


def test_pseudonymised_again_every_id_and_all_typing_stay(files: Path) -> None:
    review, key = files / "share" / "review.xlsx", files / "key" / "key.xlsx"
    before, ids = typed(opened(review), "review"), list(opened(review).read_table("Review")["Unique ID"])
    book = key_file.open_key(key, OPENS).book
    shown = review.read_bytes()
    did("pseudonymise", files / "work" / "working.xlsx", "--review", review, "--key", key)
    assert not before - typed(opened(review), "review")
    assert list(opened(review).read_table("Review")["Unique ID"]) == ids
    assert sorted(one.name for one in review.parent.iterdir()) == ["review.xlsx", "second reader.xlsx"]
    kept = list((files / "local data").rglob("*pseudonymise.xlsx"))
    assert [one.read_bytes() for one in kept] == [shown]
    now = key_file.open_key(key, OPENS).book
    columns = ["Unique ID", "Case ID", "Name", "Date of birth", "Record", "Sample", "State"]
    assert now.key[columns].to_dict("records") == book.key[columns].to_dict("records")
    assert now.names.to_dict("records") == book.names.to_dict("records")
    assert now.accepted.to_dict("records") == book.accepted.to_dict("records")
    assert book.key["Record"].notna().all()
    assert set(book.key["State"]) >= {"committed"}


def test_whoever_is_asked_for_is_found_in_the_key_of_that_version(files: Path) -> None:
    path = files / "key" / "key.xlsx"
    before = path.read_bytes()
    unique_id = opened(files / "share" / "review.xlsx").read_table("Review")["Unique ID"].iloc[0]
    ui = SilentUi()
    assert lookup.run(ui, lookup.LookupOptions(path, unique_id, is_terminal=True)).ok
    row = key_file.open_key(path, OPENS).book.key.set_index("Unique ID").loc[unique_id]
    assert str(row["Case ID"]) in " ".join(ui.told)
    assert path.read_bytes() == before
