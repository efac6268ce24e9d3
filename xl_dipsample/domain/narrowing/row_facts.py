"""The long list in typed form: what is known about each row before any stage looks at it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.shared import columns_read

OLDEST = 120  # years (docs/design.md, section 7): a date of birth that makes the person older is an error in the data


def years_between(birth: pd.Series, contact: pd.Series) -> pd.Series:
    """Whole years by birthday arithmetic; NaN where a date is missing.

    Who was born on 29 February has the birthday on 1 March in other years (docs/design.md, section 7).

    >>> years_between(pd.Series(pd.to_datetime(["2008-02-29"])), pd.Series(pd.to_datetime(["2021-02-28"]))).tolist()
    [12.0]
    """
    before_birthday = (contact.dt.month * 100 + contact.dt.day) < (birth.dt.month * 100 + birth.dt.day)
    years = contact.dt.year - birth.dt.year - before_birthday.astype(float)
    known: pd.Series = years.where(birth.notna() & contact.notna()).astype(float)
    return known


def gather(long_list: pd.DataFrame, criteria: Criteria) -> pd.DataFrame:
    """One row per long-list row (same index).

    Columns: case_id (text or None); contact, contact_last, period_first, period_last (datetime64);
    age_young, age_old (whole years, NaN when not known), age_exported (bool); categories, labels, unmapped,
    confirm (tuples), nothing, known (bool).
    """
    birth = columns_read.parse_dates(long_list["Date of birth"])
    contact = columns_read.parse_dates(long_list["Contact date"])
    ages = _ages(birth, contact, columns_read.parse_ages(long_list["Age"]))
    period = contact if criteria.period_about == "Contact date" else columns_read.parse_dates(long_list["End date"])
    harm = label_mapping.parse_harm(long_list["Type of harm"], criteria.means.get("Type of harm", {}))
    return pd.DataFrame(
        {
            "case_id": columns_read.case_ids(long_list["Case ID"]),
            "contact": contact["first"],
            "contact_last": contact["last"],
            "period_first": period["first"],
            "period_last": period["last"],
            **{name: ages[name] for name in ages.columns},
            **{name: harm[name] for name in ("categories", "labels", "unmapped", "confirm", "nothing", "known")},
        },
        index=long_list.index,
    )


def _ages(birth: pd.DataFrame, contact: pd.DataFrame, exported: pd.DataFrame) -> pd.DataFrame:
    """The youngest and the oldest that the person can have been at the contact.

    A month of birth is tried at both ends. Without a usable pair of dates the exported age counts, but not
    where the date of birth is an error in the data (after the contact, or older than 120).
    """
    old = years_between(birth["first"], contact["last"])
    young = years_between(birth["last"], contact["first"]).clip(lower=0)
    impossible = (birth["first"] > contact["last"]) | (young > OLDEST)
    use_exported = old.isna() & exported["years"].notna()
    none = np.nan
    return pd.DataFrame(
        {
            "age_young": young.mask(impossible, none).where(~use_exported, exported["years"]),
            "age_old": old.mask(impossible, none).where(~use_exported, exported["years"]),
            "age_exported": use_exported,
        }
    )


def age_texts(facts: pd.DataFrame) -> pd.Series:
    """The age as people read it: "14", "14-15" (only the month of birth is known), "" (not known)."""
    young = facts["age_young"].fillna(-1).astype(int)
    old = facts["age_old"].fillna(-1).astype(int)
    pairs = list(zip(young.tolist(), old.tolist(), strict=True))
    words = {(a, b): "" if a < 0 else str(a) if a == b else f"{a}-{b}" for a, b in set(pairs)}
    return pd.Series([words[pair] for pair in pairs], index=facts.index, dtype=object)
