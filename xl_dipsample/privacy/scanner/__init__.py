"""The scanner: reads the bytes of a finished workbook or Word document and says what may not be shared, part by part.

It does not trust the code that wrote the file: it reads the zip and the XML itself, with neither our writer nor a
spreadsheet library. What a file may be made of stands in `grammar`; every text in it is searched.
"""

from __future__ import annotations

from xl_dipsample.privacy.scanner.allowed import Allowed, accepted_words
from xl_dipsample.privacy.scanner.scan import Finding, SearchesText, scan

__all__ = ["Allowed", "Finding", "SearchesText", "accepted_words", "scan"]
