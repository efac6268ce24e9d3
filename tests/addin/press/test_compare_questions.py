"""Compare samples: what its button asks. Several workbooks at once or one by one, an authority, perhaps the key."""

from __future__ import annotations

from pathlib import Path

from tests.addin.press.pressing import Answers
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.press.excel_ui import ExcelUi
from xl_dipsample.addin.press.questions import NO, OTHER, YES, Around, Asked, options_of
from xl_dipsample.privacy.key import ids


def ask(around: Around, *answers: object) -> tuple[Asked, Answers]:
    person = Answers(*answers)
    asked = options_of(registry.action("compare"), ExcelUi(None, dialogs=person), around)
    assert person.left == 0
    return asked, person


def test_it_asks_for_one_workbook_after_another_until_there_is_no_more(tmp_path: Path) -> None:
    first, second = tmp_path / "2023" / "review.xlsx", tmp_path / "2024" / "review.xlsx"
    asked, person = ask(Around(folder=tmp_path), first, YES, second, NO, "Rutland", NO)
    assert (asked.options.others, asked.options.authority, asked.options.key) == ([first, second], "Rutland", None)
    assert [one for one in person.proposed if isinstance(one, Path)] == [tmp_path, first.parent]


def test_it_takes_several_workbooks_at_once_and_more_from_other_folders_each_once(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("a/2022.xlsx", "a/2023.xlsx", "b/2024.xlsx"))
    asked, person = ask(Around(folder=tmp_path), [first, second], YES, [third, second], NO, "", NO)
    assert asked.options.others == [first, second, third]
    assert person.asked[1].startswith("Chosen: a/2022.xlsx, a/2023.xlsx. Is there another one")
    assert person.asked[3].startswith("Chosen: a/2022.xlsx, a/2023.xlsx, b/2024.xlsx.")


def test_one_workbook_and_the_key_are_enough_and_no_key_forgets_none(tmp_path: Path) -> None:
    earlier, key = tmp_path / "review.xlsx", tmp_path / "key.xlsx"
    key.write_bytes(b"synthetic")
    asked, _ = ask(Around(), earlier, NO, "", YES, key)
    assert (asked.options.others, asked.options.key, asked.places) == ([earlier], key, {"key": str(key)})
    asked, _ = ask(Around(places={"key": str(key)}), OTHER, earlier, NO, "", NO)
    assert (asked.options.key, asked.places) == (None, {})


def test_a_marked_unique_id_is_not_proposed_as_an_authority(tmp_path: Path) -> None:
    (unique_id,) = ids.new_ids(1, set())
    _, person = ask(Around(marked=unique_id), tmp_path / "r.xlsx", NO, "", NO)
    assert unique_id not in person.proposed
