"""Make briefing, pressed: where the document shall lie, and whether the key is there to check it with."""

from __future__ import annotations

from pathlib import Path

from tests.addin.press.pressing import Answers
from xl_dipsample.actions.running import registry
from xl_dipsample.addin.press.excel_ui import ExcelUi
from xl_dipsample.addin.press.questions import FILES, NO, YES, Around, options_of


def test_it_asks_for_a_word_document_and_goes_without_the_key(tmp_path: Path) -> None:
    person = Answers(tmp_path / "briefing.docx", NO)
    asked = options_of(registry.action("briefing"), ExcelUi(None, dialogs=person), Around(folder=tmp_path))
    assert (asked.options.document, asked.options.key) == (tmp_path / "briefing.docx", None)
    assert asked.places == {}
    assert person.left == 0
    assert FILES["document"] == (("Word document", "*.docx"),)


def test_it_takes_the_key_of_somebody_who_has_it(tmp_path: Path) -> None:
    person = Answers(tmp_path / "briefing.docx", YES, tmp_path / "key.xlsx")
    asked = options_of(registry.action("briefing"), ExcelUi(None, dialogs=person), Around(folder=tmp_path))
    assert asked.options.key == tmp_path / "key.xlsx"
    assert asked.places == {"key": str(tmp_path / "key.xlsx")}
