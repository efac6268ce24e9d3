"""A zip with the same bytes for the same parts, on every computer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """One zip of the parts in their order, without dates or rights of this computer.

    >>> packed({"a.xml": b"<a/>"}) == packed(unpacked(packed({"a.xml": b"<a/>"})))
    True
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            member = zipfile.ZipInfo(name, date_time=_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            member.external_attr = 0
            target.writestr(member, data, None, 6)
    return out.getvalue()
