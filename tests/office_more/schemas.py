"""ECMA-376's transitional schemas, out of the jar that prepare.sh brings: what a part of a file may hold."""

from __future__ import annotations

import functools
import hashlib
import re
import tempfile
import zipfile
from pathlib import Path

from lxml import etree

JAR = Path(__file__).parents[2] / ".venv-engines" / "poi-ooxml-full-5.5.1.jar"
SUM = "dbc7c6e6108ceb9f151c2fc866a2b287d48af3a10b05425da21315eec16ce022"
_INSIDE = "org/apache/poi/schemas/ooxml/src/"
# Each brings those that it builds on.
_FIRST = (
    "sml.xsd",
    "wml.xsd",
    "dml-main.xsd",
    "dml-chart.xsd",
    "dml-spreadsheetDrawing.xsd",
    "shared-documentPropertiesExtended.xsd",
    "shared-documentPropertiesCustom.xsd",
    "opc-relationships.xsd",
)
_XML = "http://www.w3.org/XML/1998/namespace"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MIXED = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_XSD = "http://www.w3.org/2001/XMLSchema"
# Parts for which the jar has no schema: the validator of the Open XML SDK knows them, but for Microsoft's ribbon.
WITHOUT = {"[Content_Types].xml", "docProps/core.xml", "customUI/customUI14.xml"}


@functools.cache
def _schema() -> etree.XMLSchema:
    if hashlib.sha256(JAR.read_bytes()).hexdigest() != SUM:
        raise RuntimeError(f"{JAR.name} is not the one whose sum stands in {Path(__file__).name}.")
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(JAR) as jar:
        folder = Path(name)
        for one in jar.namelist():
            if one.startswith(_INSIDE) and one.endswith(".xsd"):
                (folder / Path(one).name).write_bytes(jar.read(one))
        attributes = "".join(f'<xsd:attribute name="{one}" type="xsd:string"/>' for one in ("space", "lang"))
        xml = f'<xsd:schema xmlns:xsd="{_XSD}" targetNamespace="{_XML}">{attributes}</xsd:schema>'
        (folder / "xml.xsd").write_text(xml)
        imports = f'<xsd:import namespace="{_XML}" schemaLocation="xml.xsd"/>'
        for one in _FIRST:
            [space] = re.findall(r'targetNamespace="([^"]+)"', (folder / one).read_text())
            imports += f'<xsd:import namespace="{space}" schemaLocation="{one}"/>'
        whole = folder / "whole.xsd"
        whole.write_text(f'<xsd:schema xmlns:xsd="{_XSD}">{imports}</xsd:schema>')
        return etree.XMLSchema(etree.parse(str(whole), etree.XMLParser(no_network=True)))


def problems(path: Path) -> list[str]:
    """What the schemas do not allow in the parts of a file, a line each; [] when every part is as they say."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist() if name not in WITHOUT}
    return [line for name, data in parts.items() if name.endswith((".xml", ".rels")) for line in _problems(name, data)]


def _problems(name: str, data: bytes) -> list[str]:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    _without_extensions(root)
    schema = _schema()
    return [] if schema.validate(root) else [f"{name}: {error.message}" for error in schema.error_log]


def _without_extensions(root: etree._Element) -> None:
    """The part as a program reads it that knows the standard alone: ECMA-376, part 3.

    Excel also writes xml:space on every text with spaces at an end, which the schema of <t> does not say.
    """
    ignored: set[str | None] = set()
    for element in root.iter(etree.Element):
        listed = element.attrib.pop(f"{{{_MIXED}}}Ignorable", "")
        ignored |= {element.nsmap[prefix] for prefix in listed.split()}
    for choice in list(root.iter(f"{{{_MIXED}}}AlternateContent")):
        parent, fallback = choice.getparent(), choice.find(f"{{{_MIXED}}}Fallback")
        place = parent.index(choice)
        parent[place : place + 1] = list(fallback) if fallback is not None else []
    for element in list(root.iter(etree.Element)):
        for name in list(element.attrib):
            if etree.QName(name).namespace in ignored:
                del element.attrib[name]
        if element.tag == f"{{{_MAIN}}}t":
            element.attrib.pop(f"{{{_XML}}}space", None)
        if etree.QName(element).namespace in ignored and element.getparent() is not None:
            element.getparent().remove(element)
