"""The door looks at the same bytes once, and at the same bytes under another name again."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.exports import door


def with_macros() -> bytes:
    whole = io.BytesIO()
    openpyxl.Workbook().save(whole)
    with zipfile.ZipFile(whole, "a") as file:
        file.writestr("xl/vbaProject.bin", b"no program")
    return whole.getvalue()


def test_what_passed_as_one_kind_of_file_is_refused_as_another() -> None:
    data = with_macros()
    door.check(data, "synthetic.xlsm")
    for _ in range(2):
        with pytest.raises(FileProblem):
            door.check(data, "synthetic.xlsx")
    door.check(data, "synthetic.xlsm")


def test_one_byte_more_is_another_file() -> None:
    whole = io.BytesIO()
    openpyxl.Workbook().save(whole)
    door.check(whole.getvalue(), "synthetic.xlsx")
    with pytest.raises(FileProblem):
        door.check(whole.getvalue()[:-300], "synthetic.xlsx")
