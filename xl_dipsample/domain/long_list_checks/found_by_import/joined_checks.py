"""Checks of the reports that were added to the long list. Import alone sees them; the next check finds them again."""

from __future__ import annotations

from xl_dipsample.domain.long_list_checks.found_by_import.report_checks import rule_of_import

(
    ALONE,
    STRANGERS,
    ZEROS,
    ZEROS_COUNT,
    MISSING,
    TWICE,
    NOT_PLACED,
    BY_CASE,
) = ("J01", "J02", "J03", "J04", "J05", "J06", "J07", "J08")

RULES = (
    rule_of_import(
        ALONE,
        "Warning",
        "Rows of the list have no partner in a joined report: what it says is blank there.",
        "Check that the report covers the same period, teams and case IDs; without names, nobody can look for them in "
        "texts.",
    ),
    rule_of_import(
        STRANGERS,
        "Note",
        "Rows of a joined report belong to nobody on the list, and gave nothing.",
        "Nothing, when it covers more cases than the list. Otherwise check its case IDs.",
    ),
    rule_of_import(
        ZEROS,
        "Warning",
        "Rows of the list match a joined report only without zeros at the front of the case ID, and were joined so.",
        "Compare one or two in the case system; some program took the zeros away.",
    ),
    rule_of_import(
        ZEROS_COUNT,
        "Warning",
        "Rows of the list would match a joined report without zeros at the front of the case ID, but two different IDs "
        "of one report would become the same, so they were not joined.",
        "Write the case IDs alike in both reports: export them with the column as text, and import again.",
    ),
    rule_of_import(
        MISSING,
        "Error",
        "A report that was added to the list before is missing: what it gave is not in the list.",
        "Import it again, correct its folder on Reports, or say there that it is not needed. Narrow down asks until "
        "then.",
    ),
    rule_of_import(
        TWICE,
        "Warning",
        "Rows of an added report are about a case and a contact date that the list had already.",
        "Nothing when both reports may hold the case: it counts once. Otherwise look for double entries.",
    ),
    rule_of_import(
        NOT_PLACED,
        "Warning",
        "Types of harm of a joined report were left out: nobody can tell to which contact they belong.",
        "Look them up in the case system, and put them on the right contact there.",
    ),
    rule_of_import(
        BY_CASE,
        "Note",
        "Types of harm of a joined report were put on the contacts by the case alone, as no date says more.",
        "Export the report with the contact date, or the assessment's, when young people have several contacts.",
    ),
)
CODES = tuple(rule.code for rule in RULES)
