"""Help me: what is installed and what is in the way, and no case data."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

from tests.actions.workbooks import dipsample
from xl_dipsample import __version__
from xl_dipsample.actions import doctor
from xl_dipsample.domain import reference

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_a_sound_installation_has_nothing_in_the_way() -> None:
    status, result, _ = dipsample("doctor")
    assert (status, result["figures"]["version"]) == (0, __version__)
    assert {one["level"] for one in result["messages"]} == {"note"}
    assert result["files"] == []


def test_every_package_that_we_need_is_named_with_its_version() -> None:
    needed = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[=<>~!\[ ]", one)[0] for one in needed}
    _, result, _ = dipsample("doctor")
    assert set(result["figures"]["packages"]) == names
    for name, version in result["figures"]["packages"].items():
        assert version == importlib.metadata.version(name)


def test_a_package_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", ("pandas", "no-such-package"))
    status, result, _ = dipsample("doctor")
    assert (status, result["ok"]) == (1, False)
    wrong = [one["text"] for one in result["messages"] if one["level"] == "error"]
    assert wrong == ["no-such-package is missing; install xl_dipsample again."]


def test_a_template_that_is_missing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "working.xltx").write_bytes(b"")
    monkeypatch.setattr(reference, "template_folder", lambda: tmp_path)
    status, result, _ = dipsample("doctor")
    wrong = [one["text"] for one in result["messages"] if one["level"] == "error"]
    assert (status, len(wrong)) == (1, 1)
    assert "review.xltx" in wrong[0]


def test_a_folder_that_may_not_be_written_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr(doctor.os, "access", lambda path, _: path != tmp_path)
    status, result, _ = dipsample("doctor")
    wrong = [one for one in result["messages"] if one["level"] == "error"]
    assert (status, [one["code"] for one in wrong]) == (1, ["folder-locked"])
    assert str(tmp_path / "data") in wrong[0]["text"]


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("user_data_path", "user_log_path"):
        monkeypatch.setattr(doctor, name, lambda *_, name=name, **__: tmp_path / name)
    assert dipsample("doctor")[0] == 0
    assert list(tmp_path.iterdir()) == []
