"""Sensitivity labels that encrypt nothing, as Office puts them on a workbook. Synthetic."""

from __future__ import annotations

from tests import bad_files

INFO, CUSTOM = "docMetadata/LabelInfo.xml", "docProps/custom.xml"
_ID = "00000000-0000-4000-8000-000000000001"
_PROPERTIES = b"http://schemas.openxmlformats.org/officeDocument/2006/"


def with_label(data: bytes) -> bytes:
    """What a label adds to a workbook today. Source: [MS-OFFCRYPTO] 2.6.3."""
    label = (
        b'<?xml version="1.0" encoding="utf-8"?><clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/'
        b'mipLabelMetadata"><clbl:label id="{00000000-0000-4000-8000-000000000001}" enabled="1" method="Privileged" '
        b'siteId="{00000000-0000-4000-8000-000000000002}" contentBits="0" removed="0"/></clbl:labelList>'
    )
    kind = b"http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
    return _with(data, INFO, label, kind, b"application/vnd.ms-office.classificationlabels+xml")


def with_older_label(data: bytes) -> bytes:
    """The custom properties that older versions write, and one that somebody else wrote."""
    label = b"".join(_property(number, f"MSIP_Label_{_ID}_{one}") for number, one in enumerate(("Enabled", "Name"), 2))
    xml = b'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="%scustom-properties" xmlns:vt="%s">%s</Properties>'
    content = xml % (_PROPERTIES, _PROPERTIES + b"docPropsVTypes", _property(4, "Somebody else's") + label)
    kind = _PROPERTIES + b"relationships/custom-properties"
    return _with(data, CUSTOM, content, kind, b"application/vnd.openxmlformats-officedocument.custom-properties+xml")


def _property(number: int, name: str) -> bytes:
    return (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        "<vt:lpwstr>synthetic</vt:lpwstr></property>"
    ).encode()


def _with(data: bytes, name: str, content: bytes, relationship: bytes, kind: bytes) -> bytes:
    parts = {**bad_files.members(data), name: content}
    place = name.encode()
    link = b'<Relationship Id="rId%s" Type="%s" Target="%s"/></Relationships>' % (place[3:7], relationship, place)
    override = b'<Override PartName="/%s" ContentType="%s"/></Types>' % (place, kind)
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", link)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    return bad_files.packed(parts)
