"""What the lead typed and Pseudonymise carries into the share: searched as extracts are, and shown to decide.

The decisions are made on the Text check list beside the key, as those about extracts (Check text for names); until
each is made nothing else is written. They go into the key, so that nobody is asked twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from xl_dipsample.actions import screen
from xl_dipsample.actions.running.marks import initials, local_time
from xl_dipsample.domain.shared.errors import PrivacyProblem
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy.key import key_book
from xl_dipsample.privacy.key.key_book import KeyBook
from xl_dipsample.privacy.names import text_check
from xl_dipsample.sharing import lead_words, neighbours, text_decisions
from xl_dipsample.sharing.lead_words import MOST_PLACES
from xl_dipsample.workbook.host import Host


@dataclass(frozen=True)
class Where:
    """The files of the sample, its ID, and what rows are called that stand in the review workbook as yet."""

    review: Path
    key: Path
    sample_id: str
    places: Mapping[tuple[str, int], str] = field(default_factory=dict)


def decided(
    host: Host, tables: Mapping[str, pd.DataFrame], book: KeyBook, at: Where, result: Result
) -> tuple[dict[str, pd.DataFrame], KeyBook]:
    """The tables that changed by the decisions, and the key's book with them; also put into the working workbook.

    `tables`: those that the lead typed, as they go into the review workbook. Raises PrivacyProblem while something
    waits for a decision: the list lies beside the key then, and the sentence says where each place is, never what.
    """
    texts = lead_words.typed_texts(tables)
    lead_words.say_links(texts, result)
    lead_words.say_formulas(host, result)
    review, sample_id = at.review, at.sample_id
    searcher = text_check.searcher_of(book, sample_id)
    found = text_check.find(texts, searcher, text_check.accepted_of(book, sample_id))
    asked = [one for one in found if one.strong]
    lead_words.say_worth_a_look([one for one in found if not one.strong], result)
    if not asked:
        return {}, book
    where = screen.list_path(review, at.key)
    screen.refuse_open(where)
    listed, _ = screen.earlier_list(where, sample_id)
    made = text_decisions.decide(asked, listed, roles=False)
    done = {one.finding.mark for one in made.decisions}
    waiting = [one for one in asked if one.mark not in done]
    if waiting:
        if not where.exists():
            neighbours.refuse_among_shared(where, where.name)
        screen.put_list(where, review.name, asked, made, book, sample_id)
        spots = ((spot.text.table, spot.text.row) for one in waiting for spot in one.spots)
        places = dict.fromkeys(at.places.get(spot) or lead_words.in_working(*spot) for spot in spots)
        more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
        raise PrivacyProblem(
            "typed-by-lead",
            f"What is typed on {'; '.join(list(places)[:MOST_PLACES])}{more} may say who somebody is, and would be "
            f"shared: change it there, or decide it on {where.name} beside the key, save and close that, and press "
            "Pseudonymise again.",
        )
    changed = text_decisions.changed_tables(tables, made.decisions)
    for name, frame in changed.items():
        _put_back(host, name, frame)
    rows = text_decisions.key_rows(made.decisions, sample_id, initials(host), local_time())
    return changed, key_book.with_accepted(book, rows)


def _put_back(host: Host, name: str, frame: pd.DataFrame) -> None:
    """The same cells in the working workbook, whose table may have columns of people's own."""
    ours = host.read_table(name)
    host.write_table(name, ours.assign(**{heading: frame[heading] for heading in frame.columns if heading in ours}))
