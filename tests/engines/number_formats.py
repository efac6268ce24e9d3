"""Number formats of a document, in Excel's notation."""

from __future__ import annotations

import re
from typing import Any, Literal

Kind = Literal["general", "text", "date", "flag", "other"]
_GENERAL = 0
_DATE_OR_TIME, _TEXT, _LOGICAL, _STANDARD = 2 | 4, 256, 1024, 16
_OUTSIDE_QUOTES = re.compile(r'"[^"]*"|\[[^\]]*\]|AM/PM|[DMYHS]+')


class NumberFormats:
    """LibreOffice knows each format by a number of the document."""

    def __init__(self, document: Any, locale: Any) -> None:
        self._formats, self._locale = document.getNumberFormats(), locale
        self._keys: dict[str, int] = {"General": _GENERAL}
        self._asked: dict[int, str] = {}  # as it was written by xlwings
        self._kinds: dict[int, tuple[Kind, str]] = {}

    def key(self, number_format: str) -> int:
        """The document's number of a format, made when it has none."""
        if number_format not in self._keys:
            key = self._formats.queryKey(number_format, self._locale, False)  # noqa: FBT003
            self._keys[number_format] = key if key >= 0 else self._formats.addNew(number_format, self._locale)
            self._asked.setdefault(self._keys[number_format], number_format)
        return self._keys[number_format]

    def flag_key(self) -> int:
        """The format that makes TRUE of 1; Excel needs none."""
        return int(self._formats.getStandardFormat(_LOGICAL, self._locale))

    def kind(self, key: int) -> Kind:
        return self._known(key)[0]

    def excel(self, key: int) -> str:
        """As Excel writes it."""
        return self._known(key)[1]

    def _known(self, key: int) -> tuple[Kind, str]:
        if key not in self._kinds:
            properties = self._formats.getByKey(key)
            self._kinds[key] = _described(properties.Type, properties.FormatString)
        kind, text = self._kinds[key]
        return kind, self._asked.get(key, text)


def _described(type_: int, text: str) -> tuple[Kind, str]:
    if type_ & _LOGICAL:
        return "flag", "General"
    if type_ & _TEXT:
        return "text", text
    if text in ("General", "Standard"):
        return "general", "General"
    if type_ & _DATE_OR_TIME:
        lower = _OUTSIDE_QUOTES.sub(lambda part: part[0].lower() if part[0].isalpha() else part[0], text)
        return "date", lower
    return "other", text
