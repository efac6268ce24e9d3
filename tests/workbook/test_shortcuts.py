"""Short ways that save time give what the long ways give."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xl_dipsample.privacy.names import ShapesOnly
from xl_dipsample.sharing.screened_texts import texts_of
from xl_dipsample.workbook.hosts.closed_file.sheet_rows import Rewriter
from xl_dipsample.workbook.specs import defaults, heights, spec

WORDS = st.lists(st.sampled_from(["synthetic", "a", "", "word", "\n", "x" * 90]), max_size=600)


@example([""] * 200, 1.0)
@example(["word"] * 600, 20.0)
@settings(max_examples=60, deadline=None)
@given(WORDS, st.floats(0.5, 60))
def test_a_row_is_as_high_as_all_its_lines_need(words: list[str], width: float) -> None:
    text = " ".join(words)
    lines = heights.lines(text, width)
    assert heights.row_height([(text, width)]) == (min(lines * heights.LINE, 409.0) if lines > 1 else None)


ROW = '<row r="7"><c r="A7" t="s"><v>4</v></c><c r="B7" s="2"><f>1</f><v>0</v></c><c r="C7"/></row>'


@pytest.mark.parametrize(
    "row", [ROW, ROW.replace('<c r="B7" s="2">', '<c s="2" r="B7">')], ids=["plain", "other order"]
)
def test_single_cells_are_replaced_and_the_others_stay(row: str) -> None:
    pass_ = Rewriter(row.encode(), [], {7: {3: lambda where, _: f'<c r="{where}"><v>1</v></c>'.encode(), 2: _kept}})
    made = b"".join(pass_.chunks()).decode()
    assert made == row.replace('<c r="C7"/>', '<c r="C7"><v>1</v></c>')
    assert pass_.shared == {4}
    assert len(pass_.removed) == 1


def _kept(_: str, old: bytes) -> bytes:
    return old


def test_the_search_without_the_key_reads_every_text_that_can_hold_a_number() -> None:
    frames = {table.name: defaults.default(table) for table in spec.tables("review")}
    review = defaults.default(spec.table("review", "Review"))
    review.loc[0, "Summary of harm"] = "synthetic words"
    review.loc[0, "Extra notes 2"] = "synthetic words"
    review.loc[1, "Summary of harm"] = "write to synthetic@example.org"
    frames["Review"] = review.astype(object).where(review.notna(), None)
    every, wanted = texts_of(frames), texts_of(frames, ShapesOnly.may_hold_one)
    assert wanted == [text for text in every if ShapesOnly.may_hold_one(text.text)]
    assert "Extra notes 2" in [text.text for text in wanted]
    assert len(wanted) < len(every)
