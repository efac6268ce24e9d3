"""A workbook of XlsxWriter whose parts are not packed by it: we change them, and pack them once, when they are done."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.packager import Packager


class LooseWorkbook(xlsxwriter.Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    """Has its parts, by name and in their order, in `parts` once it is closed. Nothing reaches a disk."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(io.BytesIO(), {**options, "in_memory": True})
        self.parts: dict[str, bytes] = {}

    def _get_packager(self) -> Packager:
        return _Kept(self.parts)


class _Kept(Packager):  # type: ignore[misc]
    """Puts the parts aside, and gives XlsxWriter none to pack."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        super().__init__()
        self._parts = parts

    def _create_package(self) -> list[Any]:
        for file, name, is_binary in super()._create_package():
            self._parts[name] = file.getvalue() if is_binary else file.getvalue().encode("utf-8")
        return []
