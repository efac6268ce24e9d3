"""Help me says since when the audit log is not anchored in the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.silent_ui import SilentUi
from xl_dipsample.addin.installing import doctor
from xl_dipsample.addin.installing.audit_check import audit_is_anchored
from xl_dipsample.addin.installing.doctor import DoctorOptions
from xl_dipsample.privacy import audit


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "local data"))
    return tmp_path / "sample.xlsx"


def log(workbook: Path, *actions: str) -> Path:
    for action in actions:
        audit.append(audit.log_path(workbook), audit.Entry("AB", action, {"rows": 3}))
    return audit.log_path(workbook)


def test_lines_since_the_key_last_looked_are_not_anchored(workbook: Path) -> None:
    log(workbook, "import", "narrow", "pseudonymise", "check")
    found = audit_is_anchored(workbook)
    assert (found.level, found.code) == ("note", "audit-anchored")
    assert "follow from each other (4 lines)" in found.text
    assert "remembers the 2 lines before that; for the 2 since" in found.text


def test_the_last_time_counts(workbook: Path) -> None:
    log(workbook, "pseudonymise", "narrow", "pseudonymise")
    assert "the 2 lines before that; for the 1 since" in audit_is_anchored(workbook).text


def test_a_log_that_no_key_remembers_is_pointed_out(workbook: Path) -> None:
    log(workbook, "import", "narrow")
    assert audit_is_anchored(workbook).code == "audit-not-anchored"


def test_a_line_that_was_changed_is_named_by_its_number(workbook: Path) -> None:
    path = log(workbook, "import", "narrow", "pseudonymise")
    path.write_bytes(path.read_bytes().replace(b'"narrow"', b'"import"'))
    found = audit_is_anchored(workbook)
    assert (found.level, found.code) == ("error", "audit-changed")
    assert "line 2 " in found.text


def test_a_workbook_without_its_log_is_pointed_out(workbook: Path) -> None:
    assert audit_is_anchored(workbook).code == "audit-missing"


def test_help_me_says_it_for_the_workbook_that_is_named_and_names_neither_file_nor_person(workbook: Path) -> None:
    path = log(workbook, "pseudonymise")
    result = doctor.run(SilentUi(), DoctorOptions(workbook))
    assert "audit-anchored" in {message.code for message in result.messages}
    report = Path(result.files[0]).read_text(encoding="utf-8-sig")
    assert "it is not anchored" in report
    assert "sample.xlsx" not in report
    path.write_bytes(b"{}\n")
    assert not doctor.run(SilentUi(), DoctorOptions(workbook)).ok
    assert "audit" not in {message.code[:5] for message in doctor.run(SilentUi(), DoctorOptions()).messages}


def test_threat_11_a_log_that_was_written_anew_is_not_vouched_for(workbook: Path) -> None:
    """Somebody wrote all of it anew, with lines that follow from each other: only the key can tell."""
    log(workbook, "import", "pseudonymise", "narrow")
    audit.log_path(workbook).unlink()
    log(workbook, "import", "pseudonymise", "narrow")
    text = audit_is_anchored(workbook).text
    assert "whole" not in text
    assert "the key alone can tell, and it was not opened here" in text
    assert "key verify KEY --workbook" in text
