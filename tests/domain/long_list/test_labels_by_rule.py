"""What stands in a label besides what it says, and where a case goes: proposed, and never taken for sure."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from xl_dipsample.domain.focus import pack_words, picked_packs
from xl_dipsample.domain.focus.criteria import lists_of
from xl_dipsample.domain.long_list import label_mapping
from xl_dipsample.domain.shared.lead_lists import Lists
from xl_dipsample.workbook.specs import defaults, spec

NO_LABELS = pd.DataFrame(columns=list(label_mapping.COLUMNS), dtype=object)
SURE, PERHAPS, NEITHER = "sure", "perhaps", ""


@cache
def lists() -> Lists:
    mine = defaults.default(spec.table("working", "MyLists"))
    frame = pack_words.taken(mine, picked_packs.names(picked_packs.WORDS)).frame
    return lists_of(frame, defaults.default(spec.table("working", "Categories")))


def read(field: str, label: str) -> tuple[str, str]:
    """What Labels says of a label: how sure, and the word."""
    table = label_mapping.label_table(pd.DataFrame({field: [label]}, dtype=object), NO_LABELS, lists())
    ((means, perhaps),) = table[["Means", "Perhaps"]].itertuples(index=False)
    return (SURE, means) if means else (PERHAPS, perhaps) if perhaps else (NEITHER, "")


OUTCOMES = (
    # its own initials, in brackets or before them
    ("Child Looked After (CLA)", SURE, "Looked after"),
    ("FGDM (Family Group Decision Making)", SURE, "Family group decision making"),
    ("Child Looked After (CLA) ended", NEITHER, ""),
    # a team's short name or a council
    ("Strategy discussion (Northumberland)", PERHAPS, "Strategy discussion / section 47"),
    ("CIN plan (MAFT)", PERHAPS, "Child in Need"),
    ("Child Protection (ENDED)", NEITHER, ""),
    ("Strategy discussion (CIN)", NEITHER, ""),
    ("CHILD PROTECTION (MAFT)", NEITHER, ""),
    # where a case goes
    ("Step up from early help to CIN", PERHAPS, "Child in Need"),
    ("Escalated from CIN to child protection plan", PERHAPS, "Child Protection"),
    ("Step down from CP to CIN declined", NEITHER, ""),
    ("CP to CIN", NEITHER, ""),
    # both sides of a stroke
    ("Section 47 / strategy meeting", PERHAPS, "Strategy discussion / section 47"),
    ("CIN / CP plan", NEITHER, ""),
    ("CP enquiry / plan", NEITHER, ""),
    # what closes is social care
    ("Signposted - closed to children's social care", PERHAPS, "Advice and information"),
    ("CIN - closed to children's social care", NEITHER, ""),
    ("Early help closed", NEITHER, ""),
    # a referral is not yet what it is about, nor is another step beside No further action none
    ("LAC referral", NEITHER, ""),
    ("Referral to early help", SURE, "Early help"),
    ("NFA - early help agreed", NEITHER, ""),
    ("NFA - early help declined", SURE, "No further action"),
    ("NFA - passed to the Sunrise project", NEITHER, ""),
    ("NFA - assessment continues", NEITHER, ""),
    # what may mean a word
    ("Threshold not met", PERHAPS, "No further action"),
    ("Strategy discussion (threshold not met)", NEITHER, ""),
)
SERVICES = (
    ("Health - CAMHS", SURE, "Health or CAMHS"),
    ("Health services - drug and alcohol", PERHAPS, "Substance misuse service"),
    ("Health - CAMHS refused", NEITHER, ""),
    ("Barnardo's young women's project", PERHAPS, "Youth work or voluntary sector"),
    ("Barnardo's return home interview", NEITHER, ""),
    ("Barnardo's - not accepted", NEITHER, ""),
    ("Police cyber choices officer", PERHAPS, "Police"),
    ("Police schools officer", NEITHER, ""),
    ("Multi Agency Child Exploitation Panel (MACEP)", SURE, "Multi-agency child exploitation panel (MACE)"),
)
HARMS = (
    ("Child Sexual Exploitation including online", PERHAPS, "CSE"),
    ("Child on child (extra-familial) physical abuse", PERHAPS, "Physical abuse - other"),
    ("Child on child (intra-familial) physical abuse", NEITHER, ""),
    ("Alcohol misuse: concerns about alcohol misuse by another person living in the household", SURE, "Not chosen"),
    ("Drug misuse: concerns about drug misuse by the child", SURE, "Drug - child"),
    ("Drug misuse: concerns about drug misuse by the child's mother and father", NEITHER, ""),
    ("Drug misuse: concerns about alcohol misuse by the child", NEITHER, ""),
    ("Drug misuse: concerns about drug misuse by the child ruled out", NEITHER, ""),
    ("Gangs: concerns that services may be required or the child may be at risk of harm", SURE, "Gangs"),
    ("Gangs: concerns about the child", PERHAPS, "Gangs"),
)
ALL = [(field, *one) for field, of in (("Outcome", OUTCOMES), ("Referred to?", SERVICES)) for one in of]
ALL += [("Type of harm", *one) for one in HARMS]


@pytest.mark.parametrize(("field", "label", "how", "word"), ALL, ids=[f"{one[0]}: {one[1]}" for one in ALL])
def test_a_label_is_sure_or_proposed_or_left_by_the_rule(field: str, label: str, how: str, word: str) -> None:
    assert read(field, label) == (how, word)
