"""Tables and headings change only together with the version, and what a version had is written down once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.next_version import NEXT, OURS, Coming, coming
from xl_dipsample.building import version_record
from xl_dipsample.domain.shared import reference, upgrade_steps, version_records
from xl_dipsample.domain.shared.upgrade_steps import as_number
from xl_dipsample.privacy.key import key_file
from xl_dipsample.workbook.specs import spec

__all__ = ["coming"]


def test_the_record_of_this_version_says_what_its_tables_are() -> None:
    """When this fails, a table or heading changed: make templates begins a version; what was renamed needs a step."""
    record = version_records.recorded(spec.SPEC_VERSION)
    assert record is not None
    assert record.tables == version_record.tables_of_now(), "make templates"
    assert record.digest == version_record.digest_of_now(), "make templates"


def test_steps_lead_to_this_version_at_most_and_start_from_a_recorded_one() -> None:
    numbers = [as_number(one.to) for one in upgrade_steps.versions()]
    assert all(number <= as_number(spec.SPEC_VERSION) for number in numbers)
    assert all(version_records.recorded(one.to) for one in upgrade_steps.versions())


def test_a_step_names_tables_and_columns_that_the_version_before_it_had() -> None:
    """A misspelt name would be no error when a workbook is renewed: what is not there needs no step."""
    recorded = sorted(
        (path.stem for path in version_records.path_of("1").parent.glob("*.toml")), key=lambda one: as_number(one)
    )
    before = dict(zip(recorded[1:], recorded[:-1], strict=True))
    for version in upgrade_steps.versions():
        record = version_records.recorded(before[version.to])
        headings: dict[str, set[str]] = {}
        for tables in record.tables.values():
            for name, columns in tables.items():
                headings.setdefault(name, set()).update(columns)
        for step in version.steps:
            if step.do == "rename_table":
                assert step.of["from"] in headings, step
                headings[step.of["to"]] = headings.pop(step.of["from"])
                continue
            assert step.of["table"] in headings, step
            if step.do == "rename_column":
                assert step.of["from"] in headings[step.of["table"]], step


def test_the_key_is_of_a_version_that_is_recorded_and_has_its_tables() -> None:
    record = version_records.recorded(key_file.VERSION)
    assert record.tables["key"] == {name: list(columns) for name, columns in key_file.tables().items()}


def _one_more(folder: Coming) -> None:
    folder.with_column("DataChecks", "Looked at by the team")


def _one_less(folder: Coming) -> None:
    folder.change(folder.sheet_of("ExclusionLog"), lambda text: "\n".join(text.rstrip().splitlines()[:-2]) + "\n]\n")


def _another_heading(folder: Coming) -> None:
    folder.change(folder.sheet_of("ExclusionLog"), lambda text: text.replace('"Rule"', '"Which rule"'))


def _another_place(folder: Coming) -> None:
    folder.change(folder.sheet_of("ExclusionLog"), lambda text: text.replace('anchor = "A5"', 'anchor = "B5"'))


def _another_key(folder: Coming) -> None:
    folder.change(
        folder.sheet_of("Actions"), lambda text: text.replace('key = ["Action"]', 'key = ["Action", "Owner"]')
    )


def _another_hand(folder: Coming) -> None:
    folder.change(folder.sheet_of("ExclusionLog"), lambda text: text.replace('by = "us"', 'by = "people"', 1))


@pytest.mark.parametrize(
    "change", [_one_more, _one_less, _another_heading, _another_place, _another_key, _another_hand]
)
def test_a_change_of_tables_or_headings_changes_the_digest(
    coming: Callable[[], Coming], change: Callable[[Coming], None]
) -> None:
    before = version_record.digest_of_now()
    folder = coming()
    assert version_record.digest_of_now() == before
    change(folder)
    assert version_record.digest_of_now() != before


def test_help_and_widths_may_change_within_a_version(coming: Callable[[], Coming]) -> None:
    folder = coming()
    before = version_record.digest_of_now()
    folder.change(
        folder.sheet_of("ExclusionLog"),
        lambda text: text.replace('help = "', 'help = "Yes. ').replace("width = 8", "width = 9"),
    )
    assert version_record.digest_of_now() == before


def test_a_record_is_written_for_a_new_version_alone(coming: Callable[[], Coming]) -> None:
    folder = coming()
    _one_more(folder)
    theirs = folder.folder / "versions" / f"{OURS}.toml"
    before = theirs.read_bytes()
    assert version_record.write()
    new = version_records.path_of(NEXT)
    written = new.read_bytes()
    assert not version_record.write()
    _another_heading(folder)
    assert version_record.write()
    assert version_records.newest() == str(int(NEXT) + 1)
    assert (new.read_bytes(), theirs.read_bytes()) == (written, before)


def test_the_file_in_the_repository_is_what_make_templates_writes() -> None:
    path = version_records.path_of(spec.SPEC_VERSION)
    assert path.read_text(encoding="utf-8") == version_record.text(spec.SPEC_VERSION)
    assert path.parent == reference.template_folder() / "versions"
