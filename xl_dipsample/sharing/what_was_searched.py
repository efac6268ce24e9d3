"""What a search looked for, what it did not, and how many things worth a look are still open: in sentences.

"Nothing was found" is said of what was searched, never of the text.
"""

from __future__ import annotations

from collections.abc import Iterable

from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.result import Result
from xl_dipsample.privacy.names import Searcher
from xl_dipsample.privacy.names.text_check import Open, Place

NO_NAMES = (
    "Names not checked: the export holds none. Join a list with names (Import long list), and press Pseudonymise again."
)
NOT_LOOKED_FOR = (
    "Not looked for: people on no list, but for names that many people have and words where a name often stands; "
    "places and schools on no list, but for some by their shape; who somebody is from what happened to them. What is "
    "an ordinary word is known of English alone: in other languages more is shown than need be."
)
_MOST_COLUMNS = 4
_SAID = (
    ("child", "name of a child", "names of children"),
    ("alias", "other name", "other names"),
    ("parent", "parent", "parents"),
    ("relative", "relative or friend", "relatives or friends"),
    ("worker", "worker", "workers"),
    ("school", "school", "schools"),
    ("place", "street or address", "streets or addresses"),
    ("number", "other number, such as a UPN", "other numbers, such as UPNs"),
    ("case", "case ID", "case IDs"),
    ("birth", "date of birth of the sample", "dates of birth of the sample"),
)


def looked_for(searcher: Searcher) -> str:
    """With which lists, and how many entries each has."""
    counts = searcher.counts
    said = [plural(counts[role], one, many) for role, one, many in _SAID if counts.get(role)]
    return (
        f"Looked for, with the lists of the key: {', '.join(said) or 'nothing'}; and by their shape NHS and National "
        "Insurance numbers, postcodes, phones, e-mail addresses, handles, car registrations and UPNs."
    )


def looks_open(found: Open) -> str:
    """How many things that are worth a look are open, and where; '' when none is."""
    if not found.looks:
        return ""
    return f"Worth a look and not decided: {found.looks}, in {_where(found.weak)}."


def say(searcher: Searcher, result: Result) -> None:
    """Notes: what was looked for, and what was not."""
    if not searcher.has_names:
        result.say("warning", "names-not-checked", NO_NAMES)
    result.say("note", "looked-for", looked_for(searcher))
    result.say("note", "not-looked-for", NOT_LOOKED_FOR)


def _where(places: Iterable[Place]) -> str:
    columns = list(dict.fromkeys(f"{place.sheet}, {place.column}" for place in places))
    more = len(columns) - _MOST_COLUMNS
    listed = "; ".join(columns[:_MOST_COLUMNS])
    return f"{listed} and {plural(more, 'more column')}" if more > 0 else listed
