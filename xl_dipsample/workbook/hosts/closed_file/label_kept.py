"""A sensitivity label that people gave to a workbook stays on it when the workbook is built anew.

Sources: [MS-OFFCRYPTO] 2.6 (the part LabelInfo.xml), ECMA-376 part 2 (parts and relationships of a package), and
Microsoft's description of the custom properties MSIP_Label_*, which older versions of Office write.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from xl_dipsample.workbook.hosts.closed_file.zip_members import Package, packed

_TYPES, _LINKS = "[Content_Types].xml", "_rels/.rels"
_LABELS = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_LABELS_TYPE = "application/vnd.ms-office.classificationlabels+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_LINK = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_NOT_A_LABELS = re.compile(
    r'<((?:\w+:)?)property\b(?=[^>]*\bname=["\'])(?![^>]*\bname=["\']MSIP_Label_)[^>]*>.*?</\1property>', re.DOTALL
)


def _labels_alone(xml: str) -> str:
    """Custom properties without those that are no label's; '' when none is left."""
    left = _NOT_A_LABELS.sub("", xml)
    return left if "MSIP_Label_" in left else ""


# How the new package calls the part, whatever the old one called it.
_PARTS: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    (_LABELS, "docMetadata/LabelInfo.xml", _LABELS_TYPE, str),
    (_CUSTOM, "docProps/custom.xml", _CUSTOM_TYPE, _labels_alone),
)


def with_label_of(old: Package, data: bytes) -> bytes:
    """The workbook `data` with the label that `old` has; the very same bytes where it has none."""
    new = Package.of(data)
    changed = False
    for relationship, name, kind, what_stays in _PARTS:
        xml = _part(old, relationship)
        stays = what_stays(xml) if xml else ""
        if stays and name not in new:
            new = _with(new, relationship, name, kind, stays)
            changed = True
    return new.data() if changed else data


def _part(old: Package, relationship: str) -> str:
    """The part to which the package itself leads by such a relationship; '' for none."""
    if _LINKS not in old:
        return ""
    for link in _LINK.findall(old.text(_LINKS)):
        target = re.search(r'\bTarget=["\']/?([^"\']+)["\']', link)
        if f'"{relationship}"' in link.replace("'", '"') and target and target[1] in old:
            return old.text(target[1])
    return ""


def _with(new: Package, relationship: str, name: str, kind: str, xml: str) -> Package:
    link = f'<Relationship Id="label{len(name)}" Type="{relationship}" Target="{name}"/>'
    override = f'<Override PartName="/{name}" ContentType="{kind}"/>'
    return new.with_members(
        [
            packed(name, xml),
            packed(_LINKS, new.text(_LINKS).replace("</Relationships>", f"{link}</Relationships>")),
            packed(_TYPES, new.text(_TYPES).replace("</Types>", f"{override}</Types>")),
        ]
    )
