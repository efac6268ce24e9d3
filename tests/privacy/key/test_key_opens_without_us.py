"""The key opens in a spreadsheet program with nothing but its passphrase. Threat 10: and not without it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from key_writing import PASSPHRASE, book_of

from xl_dipsample.privacy.key.key_book import OpenKey
from xl_dipsample.privacy.key.key_file import write_key

MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}
</script:module>"""
# Basic, because it comes with LibreOffice itself: no bridge to Python has to be installed
LOOK = """
Sub Look
  On Error Resume Next
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden" : how(0).Value = True
  how(1).Name = "Password" : how(1).Value = "{passphrase}"
  book = StarDesktop.loadComponentFromURL("{key}", "_blank", 0, how())
  Open "{told}" For Output As #1
  If IsNull(book) Or IsEmpty(book) Then
    Print #1, "closed"
  Else
    page = book.Sheets.getByName("Key")
    For row = 4 To 7
      words = ""
      For column = 0 To 8
        words = words & page.getCellByPosition(column, row).String & "|"
      Next
      Print #1, words
    Next
    book.close(True)
  End If
  Close #1
  StarDesktop.terminate
End Sub
"""


def look(key: Path, passphrase: str, folder: Path) -> list[list[str]]:
    """The headings and first three rows of table Key as LibreOffice shows them; empty when it did not open."""
    told, basic = folder / "told.txt", folder / "profile" / "user" / "basic"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore"]
    # a new profile's first run lays out its folders, and an empty Module1
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=120)
    macro = LOOK.format(passphrase=passphrase, key=key.as_uri(), told=told)
    (basic / "Standard" / "Module1.xba").write_text(MODULE.format(escape(macro)))
    subprocess.run([*command, "macro:///Standard.Module1.Look"], check=True, capture_output=True, timeout=120)
    rows = [line.split("|")[:-1] for line in told.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row]


@pytest.mark.office
def test_libreoffice_opens_the_key_with_its_passphrase(tmp_path: Path) -> None:
    book = book_of(3)
    write_key(OpenKey(tmp_path / "key.xlsx", PASSPHRASE, book))
    shown = look(tmp_path / "key.xlsx", PASSPHRASE, tmp_path)
    assert shown[0] == book.key.columns[:9].tolist()
    columns = [shown[0].index(heading) for heading in ("Unique ID", "Case ID", "Name", "State")]
    expected = book.key[["Unique ID", "Case ID", "Name", "State"]].to_numpy().tolist()
    assert [[row[column] for column in columns] for row in shown[1:]] == expected


@pytest.mark.office
def test_threat_10_libreoffice_does_not_open_the_key_with_another_passphrase(tmp_path: Path) -> None:
    write_key(OpenKey(tmp_path / "key.xlsx", PASSPHRASE, book_of(3)))
    assert look(tmp_path / "key.xlsx", PASSPHRASE.upper(), tmp_path) == []
