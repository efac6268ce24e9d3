"""The reading list: case IDs for the reviewers, neither names nor the key."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.privacy.key import reading_list, sealed
from xl_dipsample.privacy.key.ids import new_ids

KEYS, OWN = "gravel-unsaid-plank-tidy-omen-lurch", "quilt-manor-eject-sudden-flaky-row"


def rows(count: int = 20) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Unique ID": new_ids(count, taken=set()),
            "Case ID": [f"{number:04}" for number in range(count - 1)] + [None],
            "Contact date": [dt.date(2024, 1, 1), None] * (count // 2),
            "Part of the file": "Assessment",
            "Name": "Zaphodsentinel",
        },
        dtype=object,
    )


def test_the_list_is_sorted_by_unique_id_and_has_no_name(tmp_path: Path) -> None:
    path = tmp_path / "reading list.xlsx"
    given = rows()
    reading_list.write(path, given, OWN, key_passphrase=KEYS)
    listed = reading_list.read(path, OWN)
    assert listed.columns.tolist() == ["Unique ID", "Case ID", "Contact date", "Part of the file"]
    assert listed["Unique ID"].tolist() == sorted(given["Unique ID"])
    expected = given.drop(columns="Name").sort_values("Unique ID", ignore_index=True)
    pd.testing.assert_frame_equal(listed, expected)
    plain = tmp_path / "plain.zip"
    plain.write_bytes(sealed.unseal(path.read_bytes(), OWN, path.name))
    with zipfile.ZipFile(plain) as book:
        assert not [name for name in book.namelist() if b"Zaphodsentinel" in book.read(name)]


def test_it_has_a_passphrase_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "reading list.xlsx"
    with pytest.raises(PrivacyProblem, match="another passphrase than the key"):
        reading_list.write(path, rows(), KEYS, key_passphrase=KEYS)
    assert list(tmp_path.iterdir()) == []
    reading_list.write(path, rows(), OWN, key_passphrase=KEYS)
    with pytest.raises(PrivacyProblem, match="does not open"):
        reading_list.read(path, KEYS)


def test_an_older_list_is_replaced_and_no_copy_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "reading list.xlsx"
    reading_list.write(path, rows(4), OWN, key_passphrase=KEYS)
    reading_list.write(path, rows(6), OWN, key_passphrase=KEYS)
    assert len(reading_list.read(path, OWN)) == 6
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_something_else_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "something.xlsx"
    a_key = sealed.seal(sealed.build("dip-sample key", 1, (), ()), OWN)
    another_passphrase = sealed.seal(sealed.build(reading_list.KIND, 1, (), ()), KEYS)
    for content in (b"notes", a_key, another_passphrase):
        path.write_bytes(content)
        with pytest.raises(PrivacyProblem, match="choose another name"):
            reading_list.write(path, rows(), OWN, key_passphrase=KEYS)
        assert path.read_bytes() == content
