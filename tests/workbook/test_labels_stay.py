"""A label that people gave to a workbook of ours is on it still when we have written to it, or renewed it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests import labels
from tests.actions.renewing.compared import review_workbook
from tests.actions.workbooks import dipsample, row, working_workbook
from tests.bad_files import members
from tests.next_version import NEXT, Coming, coming
from tests.silent_ui import SilentUi
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

__all__ = ["coming"]
LABELS = pytest.mark.parametrize(
    ("label", "part"), [(labels.with_label, labels.INFO), (labels.with_older_label, labels.CUSTOM)]
)


def labelled(path: Path, label: Callable[[bytes], bytes]) -> bytes:
    path.write_bytes(label(path.read_bytes()))
    openpyxl.load_workbook(path)
    return path.read_bytes()


def is_led_to(parts: dict[str, bytes], part: str) -> bool:
    """Whether the package names the part once among its relationships, and once among its types."""
    links = parts["_rels/.rels"].decode().count(f'Target="{part}"')
    ids = re.findall(r'\bId="([^"]+)"', parts["_rels/.rels"].decode())
    return links == 1 == parts["[Content_Types].xml"].decode().count(f'"/{part}"') and len(set(ids)) == len(ids)


@LABELS
def test_an_action_that_writes_leaves_the_label_byte_for_byte(
    tmp_path: Path, label: Callable[[bytes], bytes], part: str
) -> None:
    path = working_workbook(tmp_path, [row(1)])
    before = members(labelled(path, label))
    status, _, told = dipsample("check", path)
    assert status in (0, 1), told
    after = members(path.read_bytes())
    assert after[part] == before[part]
    assert is_led_to(after, part)


@LABELS
def test_an_upgrade_which_builds_the_workbook_anew_keeps_the_label_and_no_other_property(
    tmp_path: Path, coming: Callable[[], Coming], label: Callable[[bytes], bytes], part: str
) -> None:
    path = review_workbook(tmp_path / "review.xlsx", 0, 2025)
    before = members(labelled(path, label))
    coming()
    status, _, told = dipsample("analyse", path)
    assert status == 0, told
    assert FileHost.open(path, SilentUi(), read_only=True).read_value("spec_version") == NEXT
    after = members(path.read_bytes())
    assert is_led_to(after, part)
    assert after[part].count(b"MSIP_Label_") == before[part].count(b"MSIP_Label_")
    assert b"Somebody else" not in after[part]
    if part == labels.INFO:
        assert after[part] == before[part]
    openpyxl.load_workbook(path)
