"""What FileHost refuses: one sentence, and the file as it was."""

from __future__ import annotations

import io
import re
from pathlib import Path

import msoffcrypto
import pytest

from tests import bad_files
from tests.silent_ui import SilentUi
from tests.workbook import person_workbook as pw
from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem, WorkbookProblem
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost


def refused(path: Path, *, read_only: bool = False) -> DipSampleError:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(DipSampleError) as caught:
        FileHost.open(path, SilentUi(), read_only=read_only)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert "\n" not in caught.value.sentence
    assert caught.value.sentence.endswith(".")
    return caught.value


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.xlsx").code == "no-such-file"
    assert refused(tmp_path).code == "not-a-file"


def test_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for content, code in (
        (b"", "empty-file"),
        (b"a,b\n1,2\n", "not-a-workbook"),
        (b"PK\3\4 broken", "damaged-workbook"),
    ):
        path.write_bytes(content)
        assert refused(path).code == code


def test_a_zip_that_is_something_else(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    import zipfile

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refused(path).code == "not-a-workbook"


def test_a_damaged_workbook_at_any_place(tmp_path: Path) -> None:
    whole = pw.make(tmp_path / "a.xlsx", "working").read_bytes()
    path = tmp_path / "b.xlsx"
    for length in (10, len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:length])
        assert refused(path).code == "damaged-workbook"
    flipped = bytearray(whole)
    start = whole.index(b"xl/workbook.xml") + 40
    flipped[start : start + 20] = b"\xff" * 20
    path.write_bytes(bytes(flipped))
    assert refused(path).code == "damaged-workbook"


def test_a_password(tmp_path: Path) -> None:
    plain = pw.make(tmp_path / "a.xlsx", "working").read_bytes()
    locked = io.BytesIO()
    from msoffcrypto.format.ooxml import OOXMLFile

    OOXMLFile(io.BytesIO(plain)).encrypt("secret words", locked)
    path = tmp_path / "b.xlsx"
    path.write_bytes(locked.getvalue())
    assert msoffcrypto.OfficeFile(io.BytesIO(locked.getvalue())).is_encrypted()
    assert refused(path).code == "password"
    leaves_the_lock_on(refused(path).sentence)


def test_a_label_or_rights_that_encrypt(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(bad_files.with_rights())
    assert refused(path).code == "labelled"
    leaves_the_lock_on(refused(path).sentence)


def leaves_the_lock_on(sentence: str) -> None:
    assert "leave it so" in sentence
    assert not re.search(r"\b(remove|take|unprotect|off|decrypt)\b", sentence)


def test_a_workbook_of_somebody_elses(tmp_path: Path) -> None:
    for name in ("kind", "spec_version", "sample_id", "sample_name"):
        path = pw.make(tmp_path / f"{name}.xlsx", "working", leave_out=[name])
        assert refused(path).code == "not-ours"
    assert refused(pw.make(tmp_path / "k.xlsx", "working", names={"kind": "other"})).code == "not-ours"


def test_a_table_that_is_gone_or_renamed(tmp_path: Path) -> None:
    error = refused(pw.make(tmp_path / "a.xlsx", "working", leave_out=["CaseCheck"]))
    assert isinstance(error, WorkbookProblem)
    assert re.search(r"sheet Case check the table CaseCheck", error.sentence)
    error = refused(pw.make(tmp_path / "b.xlsx", "working", rename={"CaseCheck": "Cases"}))
    assert re.search(r"sheet Case check the table CaseCheck", error.sentence)


def test_a_heading_that_is_gone_or_renamed(tmp_path: Path) -> None:
    error = refused(pw.make(tmp_path / "a.xlsx", "working", rename={"Decision": "Verdict"}))
    assert isinstance(error, WorkbookProblem)
    assert re.search(r"sheet Case check the table CaseCheck has no column Decision", error.sentence)


def test_a_workbook_from_a_newer_tool(tmp_path: Path) -> None:
    assert refused(pw.make(tmp_path / "a.xlsx", "working", names={"spec_version": "99"})).code == "newer-workbook"
    FileHost.open(pw.make(tmp_path / "b.xlsx", "working", names={"spec_version": "0.1"}), SilentUi())


@pytest.mark.parametrize("lock", ["~$a.xlsx", ".~lock.a.xlsx#"])
def test_a_workbook_that_somebody_has_open(tmp_path: Path, lock: str) -> None:
    path = pw.make(tmp_path / "a.xlsx", "working")
    (tmp_path / lock).write_bytes(b"x")
    assert refused(path).code == "open-elsewhere"
    host = FileHost.open(path, SilentUi(), read_only=True)
    assert host.kind == "working"
    host.write_value("sample_id", "x")
    with pytest.raises(FileProblem, match="only to be read"):
        host.save()


def test_a_workbook_that_somebody_opened_or_saved_in_the_meantime(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "a.xlsx", "working")
    host = FileHost.open(path, SilentUi())
    host.write_value("sample_id", "x")
    (tmp_path / "~$a.xlsx").write_bytes(b"x")
    with pytest.raises(FileProblem, match="is open in Excel"):
        host.save()
    (tmp_path / "~$a.xlsx").unlink()
    other = path.read_bytes() + b" "
    path.write_bytes(other)
    with pytest.raises(FileProblem, match="Somebody saved"):
        host.save()
    assert path.read_bytes() == other


def test_a_dtd_in_a_part(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "a.xlsx", "working")
    book = pw.members(path)["xl/workbook.xml"][1]
    bad = book.replace(b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook', 1)
    pw.rezip(path, {"xl/workbook.xml": bad})
    assert refused(path).code == "dtd"


def test_the_strict_dialect(tmp_path: Path) -> None:
    path = pw.make(tmp_path / "a.xlsx", "working")
    book = pw.members(path)["xl/workbook.xml"][1]
    strict = book.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    pw.rezip(path, {"xl/workbook.xml": strict})
    assert refused(path).code == "strict-dialect"
