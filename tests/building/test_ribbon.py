"""The tab Dip-sampling: what Excel demands of its XML, and that every callback is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from tests.building.vba_reader import sources
from xl_dipsample.actions.running.registry import EVERYTHING
from xl_dipsample.building import make_addin, ribbon
from xl_dipsample.domain.shared import reference

NAMES = Path(__file__).parents[1] / "data" / "office_control_names.txt"
XML = fromstring(ribbon.custom_ui())
BUTTONS = [element for element in XML.iter() if element.tag.endswith("}button")]
# How VBA has to declare a callback, by the attribute that names it; Excel calls no Sub of another shape.
SIGNATURES = {"onAction": r"Public Sub {}\(control As IRibbonControl\)"}
LONGEST = {"label": 1024, "screentip": 1024, "supertip": 1024, "id": 1024, "imageMso": 1024, "onAction": 4096}
NC_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)


def test_every_entry_of_the_registry_that_has_a_button_is_on_the_tab():
    assert {button.get("id") for button in BUTTONS} == {entry.id for entry in EVERYTHING if entry.button}


def test_the_groups_come_in_the_order_of_the_work():
    groups = [element.get("label") for element in XML.iter() if element.tag.endswith("}group")]
    assert groups == ["Sample", "Privacy", "Review", "Analyse", "Help"]


def test_there_is_one_tab():
    tabs = [element.get("label") for element in XML.iter() if element.tag.endswith("}tab")]
    assert tabs == ["Dip-sampling"]


def test_the_xml_is_of_the_kind_that_excel_2010_and_later_read():
    assert XML.tag == "{http://schemas.microsoft.com/office/2009/07/customui}customUI"


def test_every_id_is_one_and_an_xml_id():
    ids = [element.get("id") for element in XML.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(NC_NAME.fullmatch(one) for one in ids)


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.get("id"))
def test_a_button_says_what_it_will_change_in_the_length_that_excel_takes(button):
    assert set(button.keys()) == {"id", "label", "size", "imageMso", "screentip", "supertip", "onAction"}
    for name, longest in LONGEST.items():
        assert 0 < len(button.get(name)) <= longest
    assert button.get("supertip").endswith(".")


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.get("id"))
def test_every_icon_is_one_of_offices_own(button):
    lines = NAMES.read_text(encoding="ascii").splitlines()
    names = {name for line in lines if not line.startswith("#") for name in line.split()}
    assert button.get("imageMso") in names


def test_every_callback_is_in_the_vba_with_the_right_signature():
    named = {(attribute, element.get(attribute)) for element in XML.iter() for attribute in callbacks(element)}
    assert named
    code = "\n".join(sources(reference.template_folder() / make_addin.RIBBON.file_name).values())
    for attribute, callback in named:
        pattern = SIGNATURES[attribute].format(re.escape(callback))
        assert len(re.findall(rf"^{pattern}$", code, re.MULTILINE)) == 1, callback


def callbacks(element):
    return [name for name in element.attrib if name == "onAction" or name.startswith(("get", "on", "load"))]


def test_the_vba_knows_every_buttons_workbook():
    code = ribbon.buttons_bas()
    for entry, _ in ribbon.buttons():
        said = re.search(rf'Case [^\n]*"{entry.id}"[^\n]*: SubjectOf = "(\w+)"', code)
        assert (said[1] if said else None) == entry.subject


def test_a_screen_reader_hears_no_programmers_words():
    for button in BUTTONS:
        words = f"{button.get('label')} {button.get('supertip')}".lower()
        assert not re.search(r"\b(python|vba|macro|workbook_|dataframe|json)\b", words)
