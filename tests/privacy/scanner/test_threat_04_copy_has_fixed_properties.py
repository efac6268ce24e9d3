"""Threat 4, author, company and path in the properties: the copy's are the same for everybody."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from tests.privacy.scanner import clean_copies, hiding_places


def test_the_copys_properties_are_those_of_an_empty_one() -> None:
    copy, empty = (
        hiding_places.parts_of(data) for data in (clean_copies.copy(4, rows=12), clean_copies.copy(9, rows=0))
    )
    assert copy["docProps/core.xml"] == empty["docProps/core.xml"]
    assert {name for name in copy if name.startswith("docProps/")} == {"docProps/core.xml", "docProps/app.xml"}
    for element in ("dc:creator", "cp:lastModifiedBy", "Company", "Manager", "HyperlinkBase"):
        assert not re.search(rf"<{element}>[^<]".encode(), copy["docProps/core.xml"] + copy["docProps/app.xml"])


def test_no_path_user_or_time_of_making_stands_in_the_copy() -> None:
    data = clean_copies.copy(4, rows=12)
    book = hiding_places.parts_of(data)["xl/workbook.xml"].decode()
    assert not re.search(r"absPath|fileSharing|userName|[A-Z]:\\|/home/|/root|/tmp", book)
    with zipfile.ZipFile(BytesIO(data)) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
