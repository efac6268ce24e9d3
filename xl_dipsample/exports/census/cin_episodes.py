"""One child of a children in need (CIN) census return as rows of a long list, one for each episode (CINdetails).

Which element goes to which column, and why: docs/decisions/0024-the-cin-census-as-an-export.md. The elements, codes and
years are reference/cin_census_elements.csv and reference/cin_census_codes.csv; factors and ethnicity have tables of
their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache, lru_cache

from xl_dipsample.domain.long_list.harm_categories import known_label, split_labels
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.cell import is_nothing
from xl_dipsample.domain.shared.dates import read_date

# An element of the return: its name, as the schemas spell it, -> the texts and the groups of that name inside it.
Tree = dict[str, "list[str | Tree]"]

COLUMNS = (
    "LAchildID", "UPN", "FormerUPN", "UPNunknown", "PersonBirthDate", "ExpectedPersonBirthDate", "AgeIfUnborn", "Sex",
    "PersonDeathDate", "Ethnicity", "Disabilities", "CINreferralDate", "ReferralSource", "PrimaryNeedCode",
    "CINclosureDate", "ReferralNFA", "ReasonForClosure", "Outcome", "AssessmentFactors", "FactorsByAssessment",
    "CINPlanDates", "Section47", "DateOfInitialCPC", "ChildProtectionPlans",
)  # fmt: skip
# What the columns are is known, so that nobody is asked: field of reference/headings.csv -> its place in COLUMNS.
FIELDS: Mapping[str, int] = {
    "case_id": COLUMNS.index("LAchildID"),
    "upn": COLUMNS.index("UPN"),
    "date_of_birth": COLUMNS.index("PersonBirthDate"),
    "age": COLUMNS.index("AgeIfUnborn"),
    "gender": COLUMNS.index("Sex"),
    "ethnicity": COLUMNS.index("Ethnicity"),
    "contact_date": COLUMNS.index("CINreferralDate"),
    "end_date": COLUMNS.index("CINclosureDate"),
    "outcome": COLUMNS.index("Outcome"),
    "categories": COLUMNS.index("AssessmentFactors"),
}
OLDER_SEX = "GenderCurrent"  # what Sex was called until the census of 2024
REFERRAL_ONLY = "NFA - Referral, no further action"
OPEN = "Open at the reference date"  # reference/outcomes.csv has it under "Not recorded"
_NOT_BORN_YET = timedelta(days=365)  # an expected date that is so long past is a mistake, or a birth not recorded
_NO_FACTORS = "21"
_CODE_FIRST = re.compile(r"[^\W_]+(?=$|[^\w])")


class Episodes:
    """Makes the rows. `odd`: element -> how many of its codes are none of its census year; no code is kept.

    `year` is the census year, where the return's own schema is known; every code of any year counts otherwise.

    >>> child = {"ChildIdentifiers": [{"LAchildID": ["12"]}], "CINdetails": [{"ReferralNFA": ["1"]}]}
    >>> [row[COLUMNS.index("Outcome")] for row in Episodes(2026).rows_of(child)]
    ['NFA - Referral, no further action']
    """

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.odd: Counter[str] = Counter()

    def rows_of(self, child: Tree) -> Iterator[list[object]]:
        """A row for each episode of a child, its cells in the order of COLUMNS; '' where there is nothing."""
        of_child = self._of_child(child)
        for episode in _groups(child, "CINdetails"):
            cells = of_child | self._of_episode(episode)
            cells["AgeIfUnborn"] = _age_if_unborn(cells)
            yield [cells.get(column, "") for column in COLUMNS]

    def _of_child(self, child: Tree) -> dict[str, object]:
        who, about = _groups(child, "ChildIdentifiers"), _groups(child, "ChildCharacteristics")
        as_written = ("LAchildID", "UPN", "FormerUPN", "PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate")
        cells: dict[str, object] = {name: _said(who, name) for name in as_written}
        cells["UPNunknown"] = self._code(who, "UPNunknown")
        # as a code alone, which reference/gender.csv knows; a code of the other element is kept, and is odd
        sex = next((name for name in ("Sex", OLDER_SEX) if _said(who, name)), "Sex")
        self._code(who, sex)
        cells["Sex"] = _said(who, sex)
        ethnicity = cells["Ethnicity"] = _said(about, "Ethnicity").upper()
        self.odd["Ethnicity"] += not is_nothing(ethnicity) and ethnicity not in _ethnicities()
        disabilities = [group for one in about for group in _groups(one, "Disabilities")]
        cells["Disabilities"] = self._code(disabilities, "Disability")
        return cells

    def _of_episode(self, episode: Tree) -> dict[str, object]:
        cells: dict[str, object] = {
            name: _said([episode], name) for name in ("CINreferralDate", "CINclosureDate", "DateOfInitialCPC")
        }
        for name in ("ReferralSource", "PrimaryNeedCode", "ReferralNFA", "ReasonForClosure"):
            cells[name] = self._code([episode], name)
        nfa = cells["ReferralNFA"] = _yes_or_no(str(cells["ReferralNFA"]))
        cells["Outcome"] = _outcome(nfa, str(cells["ReasonForClosure"]), closed=not is_nothing(cells["CINclosureDate"]))
        union: dict[str, None] = {}
        alone, by_assessment = True, []
        for assessment in _groups(episode, "Assessments"):
            labels = self._factors(assessment)
            union |= dict.fromkeys(labels)
            alone &= len(labels) < 2 or _NO_FACTORS not in labels
            if labels:
                span = _span(assessment, "AssessmentActualStartDate", "AssessmentAuthorisationDate")
                by_assessment.append(f"{span}: {', '.join(labels)}")
        if len(union) > 1 and alone:  # "no factors" in one assessment, and some in another: there are some
            union.pop(_NO_FACTORS, None)
        cells["AssessmentFactors"] = "; ".join(union)
        cells["FactorsByAssessment"] = "; ".join(by_assessment)
        plans = _groups(episode, "CINPlanDates")
        cells["CINPlanDates"] = "; ".join(_span(plan, "CINPlanStartDate", "CINPlanEndDate") for plan in plans)
        cells["Section47"] = "; ".join(map(_enquiry, _groups(episode, "Section47")))
        cells["ChildProtectionPlans"] = "; ".join(map(self._protection, _groups(episode, "ChildProtectionPlans")))
        return cells

    def _factors(self, assessment: Tree) -> list[str]:
        labels: dict[str, None] = {}
        for text in _texts_of([*_groups(assessment, "FactorsIdentifiedAtAssessment"), assessment], "AssessmentFactors"):
            for label, known in factors_in(text):
                if not known and label not in labels:
                    self.odd["AssessmentFactors"] += 1
                labels[label] = None
        return list(labels)

    def _protection(self, plan: Tree) -> str:
        told = [_span(plan, "CPPstartDate", "CPPendDate")]
        for name, words in (("InitialCategoryOfAbuse", "at first"), ("LatestCategoryOfAbuse", "last")):
            said = self._code([plan], name)
            told += [f"{words} {said}"] if said else []
        before = _said([plan], "NumberOfPreviousCPP")
        return ", ".join([*told, f"plans before {before}"] if before else told)

    def _code(self, groups: Sequence[Tree], element: str) -> str:
        return "; ".join(self._say(element, one) for one in _texts_of(groups, element))

    def _say(self, element: str, text: str) -> str:
        """A code with its words, "N1 - Abuse, neglect or exploitation"; what is no code of the element, as it is."""
        if is_nothing(text):
            return text
        shown, known = _known_code(element, text, self.year)
        self.odd[element] += not known
        return shown


def _groups(tree: Tree, name: str) -> list[Tree]:
    return [one for one in tree.get(name, ()) if isinstance(one, dict)]


def _texts_of(groups: Sequence[Tree], name: str) -> list[str]:
    return list(dict.fromkeys(one for group in groups for one in group.get(name, ()) if isinstance(one, str) and one))


def _said(groups: Sequence[Tree], name: str) -> str:
    """What an element says of which there is one at most; where it comes twice and differs, both, and no date is taken.

    >>> _said([{"UPN": ["A1", "", "A1"]}], "UPN"), _said([{"CINclosureDate": ["2026-01-02", "2026-02-03"]}], "UPN")
    ('A1', '')
    """
    return "; ".join(_texts_of(groups, name))


def _span(group: Tree, start: str, end: str) -> str:
    first, last = (text if not is_nothing(text := _said([group], name)) else "" for name in (start, end))
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"to {last}" if last else "no dates"


def _enquiry(section47: Tree) -> str:
    started, conference = (_said([section47], name) for name in ("S47ActualStartDate", "DateOfInitialCPC"))
    return f"{started or 'no date'}, conference {conference}" if conference else started or "no date"


def _yes_or_no(said: str) -> str:
    """The words alone; an element that comes twice and says both says neither."""
    return "; ".join(dict.fromkeys(one.rpartition(" - ")[2] for one in said.split("; ")))


def _outcome(nfa: str, reason: str, *, closed: bool) -> str:
    """What came of the episode: no further action on the referral first, then why it was closed.

    An episode that was closed without a reason says nothing, nor does one of which the return does not say whether
    there was further action.
    """
    if nfa == "Yes":
        return REFERRAL_ONLY
    if not is_nothing(reason):
        return reason
    return OPEN if nfa == "No" and not closed else ""


def _age_if_unborn(cells: Mapping[str, object]) -> object:
    """0 for a child who was not born at the referral, of whom the return has only the date that was expected."""
    if not is_nothing(cells.get("PersonBirthDate")):
        return ""
    expected, referral = (read_date(cells.get(name, "")) for name in ("ExpectedPersonBirthDate", "CINreferralDate"))
    if expected.first is None or referral.first is None:
        return ""
    return 0 if expected.first > referral.first - _NOT_BORN_YET else ""


@lru_cache(maxsize=10_000)
def factors_in(text: str) -> tuple[tuple[str, bool], ...]:
    """The factors in one element, each with whether it is known: mostly one code, sometimes several, or with words.

    >>> factors_in("3B,4B, 16a"), factors_in("21 No factors identified"), factors_in("RB")
    ((('3B', True), ('4B', True), ('16A', True)), (('21', True),), (('RB', False),))
    """
    found = []
    for label in split_labels(text, {}):
        known = known_label(label) is not None
        first = _CODE_FIRST.match(label)
        code = first[0].upper() if first else ""
        found.append((code if known and code in _factor_codes() else label, known))
    return tuple(found)


@cache
def _factor_codes() -> frozenset[str]:
    return frozenset(reference.words("dfe_factors", "code"))


@cache
def _ethnicities() -> frozenset[str]:
    return frozenset(reference.words("ethnicity", "code"))


@lru_cache(maxsize=10_000)
def _known_code(element: str, text: str, year: int | None) -> tuple[str, bool]:
    codes = _codes()[element]
    first = _CODE_FIRST.match(text)
    found = codes.get(text.casefold()) or codes.get(first[0].casefold() if first else "")
    if found is None:
        return text, False
    first_year, last_year = (int(found[name]) if found[name] else None for name in ("first_year", "last_year"))
    in_use = year is None or ((first_year or year) <= year <= (last_year or year))
    return " - ".join(filter(None, (found["code"], found["words"]))), in_use


@cache
def _codes() -> dict[str, dict[str, dict[str, str]]]:
    """Element -> code in small letters -> its row of reference/cin_census_codes.csv."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in reference.table("cin_census_codes"):
        found.setdefault(row["element"], {})[row["code"].casefold()] = row
    return found
