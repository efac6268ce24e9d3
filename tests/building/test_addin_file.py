"""The two add-ins: the same bytes from the same sources, and nothing in it that is not ours."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from tests.office import validator
from xl_dipsample.building import addin_file, make_addin, ribbon
from xl_dipsample.building.vba_project import vba_project
from xl_dipsample.domain.shared import reference

ADDIN = reference.template_folder() / make_addin.RIBBON.file_name
BOTH = pytest.mark.parametrize("one", make_addin.ADD_INS, ids=lambda one: one.folder)
XLWINGS = Path(find_spec("xlwings").origin).parent
PRINT = "import sys; from xl_dipsample.building.make_addin import RIBBON; sys.stdout.buffer.write(RIBBON.build())"


@pytest.fixture(scope="module")
def parts():
    with zipfile.ZipFile(ADDIN) as file:
        return {name: file.read(name) for name in file.namelist()}


@BOTH
def test_the_committed_add_in_is_what_its_sources_make(one):
    assert (reference.template_folder() / one.file_name).read_bytes() == one.build()


def test_the_add_in_of_worksheet_functions_has_no_tab():
    with zipfile.ZipFile(reference.template_folder() / make_addin.FUNCTIONS.file_name) as file:
        assert not [name for name in file.namelist() if "customUI" in name]
        assert b"customUI" not in file.read("_rels/.rels")


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0", "USER": "somebody"},
        {"TZ": "America/Adak", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "COLUMNS": "40", "SOURCE_DATE_EPOCH": "0"},
    ],
    ids=["far east", "far west"],
)
def test_time_zone_language_person_and_hash_seed_do_not_show(surroundings, tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", PRINT], env={**os.environ, **surroundings}, cwd=tmp_path, capture_output=True, check=True
    )
    assert run.stdout == make_addin.RIBBON.build()


def test_a_checkout_with_windows_line_ends_makes_the_same(tmp_path, monkeypatch):
    folder = tmp_path / "vba" / "ribbon"
    folder.mkdir(parents=True)
    for path in (reference.template_folder() / "vba" / "ribbon").iterdir():
        (folder / path.name).write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    made = make_addin.RIBBON.build()
    monkeypatch.setattr(reference, "template_folder", lambda: tmp_path)
    assert make_addin.RIBBON.build() == made


def test_no_compressor_has_a_say_in_the_bytes():
    with zipfile.ZipFile(ADDIN) as file:
        assert {member.compress_type for member in file.infolist()} == {zipfile.ZIP_STORED}
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.create_system for member in file.infolist()} == {0}


def test_excel_takes_it_for_an_add_in(parts):
    types = parts["[Content_Types].xml"].decode()
    assert 'PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.addin.macroEnabled.main+xml"' in types
    assert "sheet.macroEnabled" not in types
    assert types.count("application/vnd.ms-office.vbaProject") == 1


def test_the_ribbon_goes_with_the_relationship_of_its_namespace(parts):
    targets = {one.get("Target"): one.get("Type") for one in fromstring(parts["_rels/.rels"])}
    assert targets["customUI/customUI14.xml"].endswith("/2007/relationships/ui/extensibility")
    assert parts["customUI/customUI14.xml"].decode() == ribbon.custom_ui()
    assert len(re.findall(rb"ui/extensibility", parts["_rels/.rels"])) == 1


def test_the_workbook_and_its_sheet_have_the_names_that_the_project_knows_them_by(parts):
    assert b'codeName="ThisWorkbook"' in parts["xl/workbook.xml"]
    assert b'codeName="Sheet1"' in parts["xl/worksheets/sheet1.xml"]
    assert parts["xl/vbaProject.bin"] == vba_project(make_addin.RIBBON.modules(), make_addin.RIBBON.project)


def test_it_holds_one_empty_sheet_and_no_settings(parts):
    assert [name for name in parts if name.startswith("xl/worksheets/")] == ["xl/worksheets/sheet1.xml"]
    assert b"<sheetData/>" in parts["xl/worksheets/sheet1.xml"]
    assert b"definedName" not in parts["xl/workbook.xml"]
    assert b'visibility="hidden"' in parts["xl/workbook.xml"]


def test_nobodys_name_and_no_folder_is_in_it(parts):
    core = fromstring(parts["docProps/core.xml"])
    texts = {element.tag.split("}")[1]: element.text for element in core}
    assert not texts.get("creator")
    assert not texts.get("lastModifiedBy")
    assert not re.search(rb"<Company>[^<]", parts["docProps/app.xml"])
    for name, data in parts.items():
        assert not re.search(rb"/home/|/Users/|C:\\Users|/root/", data), name


def test_a_part_that_is_not_as_expected_is_an_error():
    with pytest.raises(ValueError, match="exactly once"):
        addin_file._replaced("xl/workbook.xml", b"<workbookView /><workbookView />", "<workbookView ", "")


@pytest.mark.office
@BOTH
def test_the_validator_finds_nothing(one):
    assert validator.validate(reference.template_folder() / one.file_name) == []


@pytest.mark.office
@pytest.mark.parametrize(
    "damage",
    [
        ('size="large"', 'size="huge"'),
        ("onAction=", "onPress="),
        ('label="Sample"', f'label="{"x" * 1025}"'),
        (ribbon.NAMESPACE, "http://schemas.microsoft.com/office/2006/01/customui"),
    ],
    ids=["no such size", "no such attribute", "too long", "the older namespace"],
)
def test_the_validator_does_read_the_ribbon(damage, tmp_path):
    """So that its silence on ours means something; the last is what is wrong with xlwings' quickstart."""
    broken = tmp_path / "broken.xlam"
    broken.write_bytes(
        addin_file.addin_file(
            vba_project(make_addin.RIBBON.modules(), make_addin.RIBBON.project), ribbon.custom_ui().replace(*damage)
        )
    )
    assert validator.validate(broken)


@pytest.mark.office
def test_xlwings_quickstart_fails_for_the_reason_in_our_decision():
    """docs/decisions/0008: its ribbon has the namespace of 2006 under the relationship of 2007."""
    path = XLWINGS / "quickstart_addin_ribbon.xlam"
    assert len(validator.validate(path)) == 1
    with zipfile.ZipFile(path) as file:
        assert b"office/2006/01/customui" in file.read("customUI/customUI.xml")
        assert b"2007/relationships/ui/extensibility" in file.read("_rels/.rels")
