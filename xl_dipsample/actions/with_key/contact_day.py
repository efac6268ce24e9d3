"""The day of contact in Review: whether the lead asks for it, and what it costs in rows that are like no other."""

from __future__ import annotations

import pandas as pd

from xl_dipsample.domain.focus.criteria import CONTACT_DATE, DAY
from xl_dipsample.domain.publication import disclosure
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.workbook.host import Host


def choose_the_day(host: Host) -> None:
    """Put the lead's answer on Criteria, where it is seen and can be changed."""
    table = host.read_table("Criteria")
    cells = [DAY if setting == CONTACT_DATE else value
             for setting, value in zip(table["Setting"], table["Value"], strict=True)]  # fmt: skip
    host.write_table("Criteria", table.assign(Value=pd.Series(cells, index=table.index, dtype=object)))


def say_k(review: pd.DataFrame, result: Result) -> None:
    """How many rows are like no other, and what the exact day of contact adds to it."""
    shown, by_month = disclosure.k_report(review), disclosure.k_report(disclosure.by_month(review))
    result.figures |= {"k": shown.k, "alone": shown.alone}
    if by_month.alone < shown.alone or by_month.k > shown.k:
        result.figures |= {"k_by_month": by_month.k, "alone_by_month": by_month.alone}
        result.say(
            "warning",
            "contact-day",
            f"With the exact day of contact k is {shown.k}, and {shown.alone} of {shown.rows} rows are like no other; "
            f"with its month k would be {by_month.k}, and {by_month.alone} rows: choose Month on Criteria, unless the "
            "day is needed.",
            sheet="Criteria",
        )
    result.say("note", "k", shown.sentence, sheet="Review")
