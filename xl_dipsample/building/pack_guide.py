"""The page docs/packs.md, from the packs: `python -m xl_dipsample.building.pack_guide > docs/packs.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

from xl_dipsample.domain.focus import pack_words
from xl_dipsample.domain.shared import reference, word_lists

HEAD = """# The ready-made words

Focus picks **word packs**: any number, with a semicolon between two. Their words come into My lists with the next
Import long list, Check long list, Narrow down or Pseudonymise, once; what you delete stays away. To have a pack's words
again, take it off Focus, press, and pick it again. What you have wins: a word that is there is not doubled, only its
codes and spellings are added; its side of the line stays yours; a code that means another word of yours stays there.

Each word says where it comes from and since when; what could not be sourced is not here. Where your council sees a side
otherwise, change Side on My lists: that is what counts.

This page is generated from the packs (`workbook_template/packs/`).
"""
LABELS = """## How a label finds its word

For sure: the label is the word, its code or one of its spellings, whatever its capitals, plurals and words that say
nothing ("Referred to Early Help", "Progress to S47 enquiry"). Perhaps: a known word stands in it, among words that
usually stand around ("CIN plan required"): Labels shows it in the column Perhaps, and it counts for nothing until you
choose it in Means. Otherwise it waits for you: "CP not progressed", "Early help (declined)" and "CIN plan ended" are
neither Child Protection nor Early help nor Child in Need.
"""
FACTORS = """## The census's factors

Types of harm stand on Categories, and the factors of the census are known in every workbook, with the years in which
each was collected.

| Code | Factor | First year | Last year |
|---|---|---|---|
"""


def page() -> str:
    """The whole page, Markdown."""
    lines = [HEAD]
    for pack, about in word_lists.packs()["Word packs"].items():
        lines += [f"## {pack}", "", about, ""]
        if pack == pack_words.GUIDES_OWN:
            lines += ["Its words and their sources: `workbook_template/reference/SOURCES.md`.", ""]
            continue
        lines += [
            "| List | Word | Side | Child protection | Since | Until | Source | Why it stands there |",
            "|" + "---|" * 8,
        ]
        lines += [_line(row) for row in pack_words.rows() if row["pack"] == pack]
        lines.append("")
    lines += [LABELS, FACTORS.rstrip("\n"), *_factors()]
    return "\n".join([*lines, ""])


def _line(row: Mapping[str, str]) -> str:
    cells = ("list", "word", "side", "child_protection", "since", "until", "source", "note")
    return f"| {' | '.join(row[name] for name in cells)} |"


def _factors() -> Iterator[str]:
    for row in reference.table("dfe_factors"):
        yield f"| {row['code']} | {row['label']} | {row['first_year']} | {row['last_year']} |"


if __name__ == "__main__":
    sys.stdout.write(page())
