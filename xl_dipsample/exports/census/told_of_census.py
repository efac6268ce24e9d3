"""What a person should know of a census return: what it is, and what in it is none of its schema's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from xl_dipsample.domain.long_list_checks.found_by_import import census_checks as codes
from xl_dipsample.domain.long_list_checks.found_by_import.report_findings import Found
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.exports.census.cin_census import Census, schema_years

Level = Literal["warning", "note"]
Told = tuple[str, Level, str]


def findings(census: Census) -> Found:
    """The findings for Data checks: of an element its name and how often it stands there, never what stands in it."""
    found: Found = {codes.RETURN: ((f"{_of(census)}: {_counts(census)}", len(census.rows)),)}
    for code, counted in ((codes.ELEMENTS, census.unknown), (codes.ODD_CODES, +census.odd)):
        if counted:
            found[code] = tuple(sorted(counted.items()))
    if census.without_episode:
        found[codes.NO_EPISODE] = ((None, census.without_episode),)
    doubt = _doubt(census)
    if doubt:
        found[codes.YEAR] = ((doubt, None),)
    return found


def notes(census: Census) -> Iterator[Told]:
    """Code, level and sentence of what import says. No sentence holds a name of an element: it may be anything."""
    yield _told(
        "census-return",
        f"A children in need (CIN) census return, {_of(census)}: {_counts(census)}, a row for each episode. A return "
        "holds no names: until a list that has them is joined (--join), no text is searched for names.",
        "note",
    )
    if census.unknown:
        yield _told(
            "census-elements",
            f"{plural(census.unknown.total(), 'element is', 'elements are')} in no known schema, and what stands "
            f"there was not read: Data checks ({codes.ELEMENTS}) says which.",
        )
    odd = (+census.odd).total()
    if odd:
        yield _told(
            "census-codes",
            f"{plural(odd, 'code is', 'codes are')} in no code set of the return's year: Data checks "
            f"({codes.ODD_CODES}) says of which elements.",
        )
    if census.without_episode:
        yield _told(
            "census-no-episode",
            f"{plural(census.without_episode, 'child stands', 'children stand')} in the return without an episode "
            f"(CINdetails), and so without a row: Data checks ({codes.NO_EPISODE}).",
        )
    doubt = _doubt(census)
    if doubt:
        yield _told("census-year", f"The year of the return is not sure: {doubt}; Data checks ({codes.YEAR}).")


def _told(code: str, text: str, level: Level = "warning") -> Told:
    return code, level, text


def _of(census: Census) -> str:
    if census.year is not None:
        return f"schema of {census.year}"
    first, last = schema_years()
    return f"held against the schemas of {first} to {last}"


def _counts(census: Census) -> str:
    return f"{plural(census.children, 'child', 'children')}, {plural(len(census.rows), 'episode')}"


def _doubt(census: Census) -> str | None:
    year, reference = census.says
    first, last = schema_years()
    if year is None and reference is None:
        return "its header has neither a year nor a reference date"
    if year is not None and reference is not None and year != reference:
        return f"its header says {year}, and its reference date is in {reference}, which is taken"
    if census.year is None:
        return f"its header says {reference or year}, and the schemas known are those of {first} to {last}"
    return None
