"""Words that picked packs bring to My lists stand on the side, and are child protection, as the table of packs says."""

from __future__ import annotations

import csv
from itertools import combinations

import plain_lists
import pytest
from made_up_samples import TEMPLATE

from xl_dipsample.domain.focus import pack_words
from xl_dipsample.workbook.specs import defaults, spec

PACKS = ["Families First", "Services", "Contacts and steps", "Census"]
PICKED = [picked for number in (1, 2, 4) for picked in combinations(PACKS, number)]


@pytest.mark.parametrize("picked", PICKED, ids="+".join)
def test_the_words_of_picked_packs_stand_where_the_packs_table_says(picked: tuple[str, ...]) -> None:
    before = defaults.default(spec.table("working", "MyLists"))
    shipped, read = plain_lists.read(before), plain_lists.read(pack_words.taken(before, picked).frame)
    with (TEMPLATE / "packs" / "words.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["pack"] in picked]
    for name in ("Outcome", "Referred to?", "Gender"):
        brought = {row["word"]: row for row in rows if row["list"] == name}
        new = [word for word in brought if word not in shipped.words[name]]
        assert sorted(read.words[name]) == sorted([*shipped.words[name], *new])
        for word in new if name == "Outcome" else []:
            side = "Closed" if word.lower() in read.closed else "Progressed" if word.lower() in read.progressed else ""
            assert (side or "Neither") == brought[word]["side"], word
            assert (word in read.protected) == (brought[word]["child_protection"] == "yes"), word
    kept = {word.lower() for word in shipped.words["Outcome"]}
    assert (set(read.closed) & kept, set(read.progressed) & kept) == (shipped.closed, shipped.progressed)
