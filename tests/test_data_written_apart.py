"""What was written apart from the product, to be held against it, is consistent in itself."""

from __future__ import annotations

import csv
import json
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_enough_different_headings_and_each_says_its_field() -> None:
    headings = rows("headings/headings_of_systems.csv")
    assert len({one["heading"].casefold() for one in headings}) == len(headings) >= 150
    assert all(one["field"] and one["values"] for one in headings)


def test_every_heading_that_a_whole_report_names_stands_in_it() -> None:
    for report in rows("headings/whole_reports.csv"):
        there = {heading.strip() for heading in report["headings"].split(" | ")}
        named = {pair.split("=", 1)[1].strip() for pair in report["truth"].split(" | ")}
        assert named - {"?"} <= there, report["report"]


def test_every_planted_identifier_stands_where_the_corpus_says_and_every_row_is_on_the_list() -> None:
    ids = {row["Case ID"] for row in rows("extracts/long_list.csv")}
    lines = (DATA / "extracts" / "extracts.jsonl").read_text(encoding="utf-8").splitlines()
    extracts = [json.loads(line) for line in lines]
    assert len(extracts) >= 400
    for number, extract in enumerate(extracts, 1):
        assert extract["row"] in ids, number
        assert all(extract["text"][one["start"] : one["end"]] == one["text"] for one in extract["planted"]), number
