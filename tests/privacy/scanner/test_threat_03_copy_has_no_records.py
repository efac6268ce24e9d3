"""Threat 3, a pivot cache keeps the source rows: none of ours does, and the scanner refuses one that would."""

from __future__ import annotations

import re

from tests.privacy.scanner import clean_copies, hiding_places
from xl_dipsample.privacy.scanner import scan


def test_the_copys_pivot_caches_have_no_records_and_their_source_is_a_shared_table() -> None:
    parts = hiding_places.parts_of(clean_copies.copy(3, rows=12))
    caches = {name: data.decode() for name, data in parts.items() if "pivotCacheDefinition" in name}
    assert caches
    assert not [name for name in parts if "pivotCacheRecords" in name]
    assert all('saveData="0"' in text for text in caches.values())
    assert {re.search(r'worksheetSource name="(\w+)"', text)[1] for text in caches.values()} == {"Review", "Harms"}  # type: ignore[index]


def test_a_cache_that_keeps_its_rows_is_refused() -> None:
    data = clean_copies.copy(3, rows=12)
    changed = hiding_places.swap("xl/pivotCache/pivotCacheDefinition1.xml", b'saveData="0"', b'saveData="1"')(data)
    records = hiding_places.more("xl/pivotCache/pivotCacheRecords1.xml", b"<pivotCacheRecords/>")(data)
    assert [one.rule for one in scan(changed, hiding_places.searcher())] == ["records-kept"]
    assert [one.rule for one in scan(records, hiding_places.searcher())] == ["part-not-allowed"]
