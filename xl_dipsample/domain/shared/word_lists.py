"""The lists: the words that people choose from, and that are counted."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from xl_dipsample.domain.shared import reference, sheet_files

PACK_LISTS = {"Word packs": "word_packs", "Question packs": "question_packs"}  # setting of Focus -> drop-down list


@cache
def lists() -> Mapping[str, tuple[str, ...]]:
    """Every list by name: those of lists.toml, of reference tables, and of columns of Review that bring their own.

    >>> lists()["yes_no"]
    ('Yes', 'No')
    """
    raw = tomllib.loads((reference.template_folder() / "lists.toml").read_text(encoding="utf-8"))
    found = {name: tuple(words) for name, words in raw["lists"].items()}
    for name, source in raw["from"].items():
        found[name] = reference.words(*source.split("."))
    means: list[str] = list(raw["means_also"]["words"])
    for name in ("categories", "outcome", "referred_to", "gender", "ethnicity"):
        means.extend(word for word in found[name] if word not in means)
    found["label_means"] = tuple(means)
    columns = [sheet_files.column(one) for one in sheet_files.table("review", "Review")["columns"]]
    found |= {one.list: one.choices for one in columns if one.choices}
    found |= {name: tuple(packs()[setting]) for setting, name in PACK_LISTS.items()}
    found["pair_columns"] = tuple(one.heading for one in columns if one.count and one.share)
    return MappingProxyType(found)


@cache
def packs() -> Mapping[str, Mapping[str, str]]:
    """The ready-made packs: the setting of Focus that picks them -> name -> what is in it."""
    found: dict[str, dict[str, str]] = tomllib.loads(
        (reference.template_folder() / "packs" / "packs.toml").read_text(encoding="utf-8")
    )
    return found


def words(name: str) -> tuple[str, ...]:
    """The words of a list, or of "table.column" of a reference table, each once. Raises KeyError.

    >>> words("ethnicity.group")[0]
    'White'
    """
    listed = reference.words(*name.split(".")) if "." in name else lists()[name]
    return tuple(dict.fromkeys(listed))
