"""How often each word stands in a made-up sample. Invented, as in an English dip-sample; no council's figures.

Columns are drawn apart from each other, types of harm of one case alone depend on each other: so what is planted in
one column leaves every other question without an answer to find.
"""

from __future__ import annotations

import csv

from tests.reference.analysis.made_up_samples import TEMPLATE

Shares = dict[str, float]

NFA, PROTECTION = "No further action", "Child Protection"
OUTCOMES: Shares = {
    NFA: 0.30, "Advice and information": 0.10, "Early help": 0.18, "Child in Need": 0.22,
    "Strategy discussion / section 47": 0.07, PROTECTION: 0.07, "Looked after": 0.02,
    "Transferred to another service or area": 0.02, "Other": 0.01, "Not recorded": 0.01,
}  # fmt: skip
CLOSED = (NFA, "Advice and information", "Early help")
PROGRESSED = ("Child in Need", "Strategy discussion / section 47", PROTECTION, "Looked after")
DECISIONS: dict[str, tuple[str, ...]] = {
    "no further action": (NFA,), "child protection": (PROTECTION,), "closed": CLOSED, "progressed": PROGRESSED,
}  # fmt: skip

GENDERS: Shares = {
    "Female": 0.52, "Male": 0.44, "Other or indeterminate": 0.01, "Not stated or recorded": 0.02, "Not mapped": 0.01,
}  # fmt: skip
ETHNICITIES: Shares = {
    "White British": 0.50, "White Irish": 0.01, "Gypsy/Roma": 0.01, "Any other White background": 0.05,
    "White and Black Caribbean": 0.06, "White and Black African": 0.02, "White and Asian": 0.02,
    "Any other Mixed background": 0.03, "Indian": 0.01, "Pakistani": 0.04, "Bangladeshi": 0.03,
    "Any other Asian background": 0.02, "Caribbean": 0.06, "African": 0.07, "Any other Black background": 0.02,
    "Any other ethnic group": 0.02, "Refused": 0.01, "Information not yet obtained": 0.01, "Unknown": 0.01,
}  # fmt: skip
AGES: dict[int, float] = {12: 0.06, 13: 0.12, 14: 0.20, 15: 0.26, 16: 0.22, 17: 0.14}
LEVELS: Shares = {"Significant harm": 0.45, "In need": 0.48, "Not clear from the file": 0.07}
CONCERNS: Shares = {"Yes": 0.42, "No": 0.50, "Not clear from the file": 0.08}
# An empty word stands for a cell that nobody filled in.
SEEN_AS: Shares = {"Victim": 0.40, "Perpetrator": 0.22, "Both": 0.14, "Neither or not said": 0.18, "": 0.06}
ENGAGEMENT: Shares = {
    "Engaged": 0.30, "Partly engaged": 0.18, "Described as not engaging": 0.26, "Not said": 0.18, "": 0.08,
}  # fmt: skip
SERVICES: Shares = {
    "None": 0.34, "Early help": 0.16, "Exploitation team": 0.14, "Youth justice service": 0.08, "Health or CAMHS": 0.08,
    "Youth work or voluntary sector": 0.08, "Substance misuse service": 0.05, "School or education": 0.04,
    "Not recorded": 0.03,
}  # fmt: skip
HELD: Shares = {"Yes": 0.45, "No": 0.45, "": 0.10}
PLACES: Shares = {"School": 0.30, "Park": 0.40, "Online": 0.30}
READERS: Shares = {"AB": 0.5, "CD": 0.3, "EF": 0.2}
HARD_TO_FIND: Shares = {"Yes": 0.15, "No": 0.55, "": 0.30}
QUOTE: Shares = {"Yes": 0.12, "": 0.88}

# Each type of harm by itself; a case with none of them is given one by these weights. About 1.8 in a case.
HARMS: Shares = {
    "Missing": 0.30, "CSE": 0.25, "CCE": 0.22, "Physical abuse - other": 0.20, "Gangs": 0.15, "Drug - child": 0.15,
    "Sexual abuse - other": 0.14, "Socially unacceptable behaviour": 0.12, "Domestic violence - other": 0.07,
    "Trafficking": 0.05,
}  # fmt: skip

# The share of cases whose extracts hold such a sentence; of summaries, which are reviewers' own words.
BLAMING, OTHER_WORDING, CHILD_CENTRED, IN_SUMMARY = 0.20, 0.10, 0.25, 0.10

SCENARIOS = {
    ("Significant harm", "Yes"): "Significant harm, parenting concerns",
    ("Significant harm", "No"): "Significant harm, no parenting concerns",
    ("In need", "Yes"): "In need, parenting concerns",
    ("In need", "No"): "In need, no parenting concerns",
}


def broad_groups() -> dict[str, str]:
    """Each ethnicity of the list -> its broad group; Unknown for what says nothing."""
    with (TEMPLATE / "reference" / "ethnicity.csv").open(encoding="utf-8", newline="") as file:
        return {row["label"]: row["group"] for row in csv.DictReader(file)}
