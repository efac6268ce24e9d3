"""The message at the end of a press can be read at a glance."""

from __future__ import annotations

from xl_dipsample.actions.running import registry
from xl_dipsample.addin.press import shown
from xl_dipsample.domain.shared.result import Result

CHECK = registry.action("check")


def result(*levels: str, sheet: str | None = None) -> Result:
    made = Result("check")
    for number, level in enumerate(levels):
        made.say(level, f"code-{number}", f"Sentence {number}.", sheet=sheet)  # type: ignore[arg-type]
    return made


def test_errors_come_first_then_warnings_then_notes() -> None:
    lines = shown.words(CHECK, result("note", "warning", "error", "note", "error")).splitlines()
    assert lines[0] == "Check long list: done."
    assert lines[2:] == [
        "• Error: Sentence 2.", "• Error: Sentence 4.", "• Please look: Sentence 1.", "• Sentence 0.", "• Sentence 3.",
    ]  # fmt: skip


def test_what_is_said_once_comes_before_a_list_of_details() -> None:
    made = Result("import")
    for number in range(20):
        made.say("note", "heading-taken", f"Heading {number}.")
    made.say("note", "rows", "411 rows were imported.")
    assert shown.words(CHECK, made).splitlines()[2] == "• 411 rows were imported."


def test_more_than_twelve_are_counted_sheet_by_sheet() -> None:
    made = result(*["error"] * 30, sheet="Long list")
    made.say("note", "elsewhere", "Elsewhere.", sheet="Data checks")
    made.say("note", "nowhere", "Nowhere.")
    lines = shown.words(CHECK, made).splitlines()
    assert len(lines) == 2 + shown.LINES
    assert lines[-1] == "and 19 more on sheet Long list, 1 more on sheet Data checks, 1 more."


def test_twelve_are_all_shown() -> None:
    text = shown.words(CHECK, result(*["note"] * shown.LINES))
    assert "more" not in text
    assert len(text.splitlines()) == 2 + shown.LINES


def test_where_it_is_stands_behind_the_sentence() -> None:
    made = Result("check")
    made.say("error", "a", "Not a date.", sheet="Long list", row=12, column="Contact date")
    assert "• Error: Not a date. (sheet Long list, Excel row 12, Contact date)" in shown.words(CHECK, made)


def test_what_needs_a_person_what_was_written_and_what_comes_next_are_said() -> None:
    made = result("warning")
    made.ok = False
    made.files = [f"C:/share/{number}.xlsx" for number in range(9)]
    text = shown.words(CHECK, made, "Narrow down")
    assert text.startswith("Check long list: done, and it needs you:")
    assert "Files written:\nC:/share/0.xlsx\n" in text
    assert "and 4 more beside them" in text
    assert text.endswith("Next: Narrow down.")


def test_what_the_ribbon_opens_itself_the_person_is_not_told_to_open() -> None:
    made = result("note")
    made.say("note", "open-next", "Open sample.xlsx to go on.")
    assert shown.words(CHECK, made) == "Check long list: done.\n\n• Sentence 0."


def test_an_action_that_has_told_everything_itself_gets_no_second_box() -> None:
    assert shown.words(registry.action("lookup"), Result("lookup")) == ""
