"""Checks of a children in need (CIN) census return that came as .xml: what no schema has, and which year's it is.

Import alone sees the return. It writes these findings on Data checks, as it does with a report's, where the next check
finds them again.
"""

from __future__ import annotations

from xl_dipsample.domain.long_list_checks.found_by_import.report_checks import rule_of_import

ELEMENTS, ODD_CODES, NO_EPISODE, YEAR, RETURN = "S01", "S02", "S03", "S04", "S05"


RULES = (
    rule_of_import(
        ELEMENTS,
        "Warning",
        "The return has elements that none of the known schemas has; what stands in them was not read.",
        "If one of them is a date, a factor or a reason that your sample needs, tell whoever looks after this tool.",
    ),
    rule_of_import(
        ODD_CODES,
        "Warning",
        "The return has codes that are not in the code set of its year; they are on the long list as they are.",
        "Look at them on Long list, and on Labels where they are a type of harm, an outcome or a gender.",
    ),
    rule_of_import(
        NO_EPISODE,
        "Warning",
        "Children stand in the return without an episode (CINdetails), so they have no row.",
        "Find out in the case system whether an episode is missing in the return.",
    ),
    rule_of_import(
        YEAR,
        "Warning",
        "The year of the return is not sure, or its schema is not known.",
        "Check that it is the return of the year that you mean; elements and codes were held against every known year.",
    ),
    rule_of_import(
        RETURN,
        "Note",
        "The list is a census return: one row for each episode of need, and no names.",
        "Join a list that has names (Import long list), otherwise names cannot be looked for in extracts.",
    ),
)
