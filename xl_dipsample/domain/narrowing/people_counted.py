"""Of whom every share is: young people, with contacts and rows beside them. Nothing else divides by the long list.

The whole is the young people with a row still in after the stages of period and age (docs/design.md, section 6), so
that an export that reaches further, over other dates or younger children, leaves the share as it is. The part is the
young people in the sample. A row without case ID counts as one young person, a row whose date or age is not sure stays
in; how many there are of both stands beside. Reviewers do not see the long list: its counts travel with the review
workbook in the table YoungPeople. A workbook of an earlier version has none, and then there are rows, named as rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.narrowing import case_check, stages
from xl_dipsample.domain.narrowing.funnel import Narrowed
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.share_cells import percent, whole_number
from xl_dipsample.domain.shared.statistics import FEW

TABLE = "YoungPeople"
WHO, PEOPLE, CONTACTS, ROWS = HEADINGS = ("Who is counted", "Young people", "Contacts", "Rows")
LISTED = "On the long list"
IN_PERIOD = "In the period"
OF_AGE = "In the period and of age"
NO_ID = "Of these, without case ID"
NOT_SURE = "Of these, date or age not sure"
SAMPLE = "In the sample"
THE_WHOLE = "in the period and of age"
YOUNG_PEOPLE, CONTACTS_OF, ROWS_OF = f"young people {THE_WHOLE}", f"contacts {THE_WHOLE}", "rows of the long list"
NOT_COUNTED = "young people were not counted by the version that made it"
SOME_LEFT = "how many young people is not known, since contacts left during review"
_IN_THE_PERIOD = ("", stages.BELOW, stages.ABOVE, stages.CATEGORY, stages.ANOTHER, stages.CASE_CHECK)
_OF_AGE = ("", stages.CATEGORY, stages.ANOTHER, stages.CASE_CHECK)


def table(narrowed: Narrowed, criteria: Criteria) -> pd.DataFrame:
    """The table YoungPeople. Contacts are None unless the unit is Contact.

    Young people of the line "date or age not sure": those of whom no row is sure.
    """
    facts, stage = narrowed.facts, narrowed.rows["stage"]
    person = pd.factorize(stages.same_person_key(facts, "Young person"))[0]
    contact = pd.factorize(stages.same_person_key(facts, "Contact"))[0] if criteria.unit == "Contact" else None

    def count(mask: np.ndarray) -> list[int | None]:
        return [_different(person, mask), None if contact is None else _different(contact, mask), int(mask.sum())]

    of_age = stage.isin(_OF_AGE).to_numpy()
    unsure = case_check.date_or_age_not_sure(facts, criteria).to_numpy()
    sure, everyone = count(of_age & ~unsure), count(of_age)
    not_sure = [
        None if all_of is None or others is None else all_of - others
        for all_of, others in zip(everyone, sure, strict=True)
    ]
    lines = {
        LISTED: count(np.ones(len(facts), dtype=bool)),
        IN_PERIOD: count(stage.isin(_IN_THE_PERIOD).to_numpy()),
        OF_AGE: everyone,
        NO_ID: count(of_age & facts["case_id"].isna().to_numpy()),
        NOT_SURE: not_sure,
        SAMPLE: count(narrowed.in_sample.to_numpy()),
    }
    return pd.DataFrame([[who, *counts] for who, counts in lines.items()], columns=list(HEADINGS), dtype=object)


def _different(codes: np.ndarray, mask: np.ndarray) -> int:
    return len(np.unique(codes[mask]))


class Part(NamedTuple):
    """So many of so many; `of_whom` says of what, such as "contacts in the period and of age"."""

    number: int
    of: int
    of_whom: str

    def in_words(self) -> str:
        """Count and whole: "61 of 291 young people in the period and of age"."""
        return f"{self.number:,} of {self.of:,} {self.of_whom}"

    def with_share(self) -> str:
        """The same with the share; below 10, and where the part is larger than its whole, the counts alone."""
        return self.in_words() + (f" ({percent(self.number, self.of)})" if FEW <= self.of >= self.number else "")


@dataclass(frozen=True)
class Counted:
    """Who is in the sample now, of whom. `drawn`: how many rows of the sample there are now, one for each case.

    `counts`: the lines of the table YoungPeople: young people, contacts, rows; None in an older workbook. `long_list`:
    its rows; None when that is not known.
    """

    cases: int
    counts: Mapping[str, tuple[int | None, int | None, int | None]] | None
    long_list: int | None

    def number(self, who: str, place: int) -> int | None:
        """A number of the table YoungPeople; `place`: 0 young people, 1 contacts, 2 rows."""
        return None if self.counts is None else self.counts[who][place]

    @cached_property
    def young_people(self) -> int | None:
        """Young people in the sample now.

        None when it is not known: in an older workbook; and where some have several contacts in the sample, and a
        contact left during review: only the key tells whose.
        """
        people, rows = self.number(SAMPLE, 0), self.number(SAMPLE, 2)
        if people is None or rows is None:
            return None
        if self.cases >= rows:
            return people
        return self.cases if people == rows else None

    @cached_property
    def of_people(self) -> Part | None:
        """Young people in the sample, of those in the period and of age."""
        whole = self.number(OF_AGE, 0)
        return None if whole is None or self.young_people is None else Part(self.young_people, whole, YOUNG_PEOPLE)

    @cached_property
    def of_contacts(self) -> Part | None:
        """With the unit Contact: contacts in the sample, of those in the period and of age."""
        whole = self.number(OF_AGE, 1)
        return None if whole is None else Part(self.cases, whole, CONTACTS_OF)

    @cached_property
    def of_rows(self) -> Part | None:
        """Rows in the sample, of all rows of the long list."""
        return None if self.long_list is None else Part(self.cases, self.long_list, ROWS_OF)

    @property
    def parts(self) -> list[Part]:
        """What is known, the headline first."""
        return [part for part in (self.of_people, self.of_contacts, self.of_rows) if part is not None]

    @property
    def why_not_people(self) -> str:
        """Why the headline is not of young people; '' when it is."""
        if self.of_people is not None:
            return ""
        return NOT_COUNTED if self.counts is None else SOME_LEFT

    def in_words(self) -> str:
        """The headline, and beside it what else is known; '' when nothing is. The sentence of Funnel and the briefing.

        >>> Counted(61, None, 412).in_words()
        '61 of 412 rows of the long list are in the sample (young people were not counted by the version that made it)'
        """
        if not self.parts:
            return ""
        first, *others = self.parts
        beside = [*([self.why_not_people] if self.why_not_people else []), *(part.in_words() for part in others)]
        return f"{first.in_words()} are in the sample" + (f" ({'; '.join(beside)})" if beside else "")

    def doubts_in_words(self) -> str:
        """How many without case ID, and with a date or age that is not sure, are counted in; '' when not known."""
        if self.counts is None:
            return ""
        alone, unsure = self.number(NO_ID, 2) or 0, self.number(NOT_SURE, 2) or 0
        return f"Counted in: {plural(alone, 'row')} without case ID, {unsure} with a date or age that is not sure"


def of_review(tables: Mapping[str, pd.DataFrame]) -> Counted:
    """Who is in the sample of a review workbook now, by its tables Review, Funnel and YoungPeople."""
    return Counted(review_rules.progress(tables["Review"]).in_sample, _counts(tables), long_list(tables))


def of_working(tables: Mapping[str, pd.DataFrame]) -> Counted | None:
    """Who is in the sample of a working workbook, by its tables Funnel and YoungPeople; None before Narrow down."""
    funnel = tables.get("Funnel")
    cases = None if funnel is None else _remaining(funnel, stages.SAMPLE)
    return None if cases is None else Counted(cases, _counts(tables), long_list(tables))


def long_list(tables: Mapping[str, pd.DataFrame]) -> int | None:
    """The rows of the long list, by the first line of the funnel; None when that is not known."""
    funnel = tables.get("Funnel")
    return None if funnel is None else _remaining(funnel, stages.LONG_LIST)


def harms_exported(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether the export held types of harm, by the funnel: without them their stage is not applied."""
    funnel = tables.get("Funnel")
    if funnel is None or not {"Stage", "Excluded"} <= set(funnel.columns):
        return True
    pairs = zip(funnel["Stage"], funnel["Excluded"], strict=True)
    return not any(
        excel_text(stage) == stages.CATEGORY and excel_text(excluded) == stages.NOT_APPLIED for stage, excluded in pairs
    )


def _remaining(funnel: pd.DataFrame, stage: str) -> int | None:
    if not {"Stage", "Remaining"} <= set(funnel.columns):
        return None
    for name, remaining in zip(funnel["Stage"], funnel["Remaining"], strict=True):
        if excel_text(name).casefold() == stage.casefold():
            return whole_number(remaining)
    return None


def _counts(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[int | None, int | None, int | None]] | None:
    """The lines of the table YoungPeople; None when it is not there, or not whole."""
    frame = tables.get(TABLE)
    if frame is None or not set(HEADINGS) <= set(frame.columns):
        return None
    found = {}
    for who, *cells in zip(*(frame[heading] for heading in HEADINGS), strict=True):
        people, contacts, rows = map(whole_number, cells)
        found[excel_text(who)] = (people, contacts, rows)
    whole = all(who in found and None not in found[who][::2] for who in (LISTED, OF_AGE, NO_ID, NOT_SURE, SAMPLE))
    return found if whole else None
