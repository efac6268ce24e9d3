"""A claim: one promise of a host, as a function whose name says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from xl_dipsample.addin.selftest.contract.bench import Bench

Where = Literal["everywhere", "closed", "live"]
Run = Callable[[Bench], None]


def words_of(name: str) -> str:
    """The name of a claim's function as a sentence.

    >>> words_of("the_add_in_loads")
    'The add-in loads'
    """
    sentence = name.replace("_", " ").replace("add in ", "add-in ").replace("dip sample", "dip-sample")
    return sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True)
class Claim:
    """`where`: "closed" only for a host of a closed file, "live" only in a spreadsheet program."""

    name: str
    theme: str
    where: Where
    run: Run

    @property
    def words(self) -> str:
        """The claim as a sentence."""
        return words_of(self.name)

    def fits(self, *, live: bool) -> bool:
        """Whether the claim is made for such a host."""
        return self.where in ("everywhere", "live" if live else "closed")


class Theme:
    """Collects the claims of one module, in their order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.claims: list[Claim] = []

    def everywhere(self, run: Run) -> Run:
        """A claim for every host."""
        return self._add("everywhere", run)

    def closed(self, run: Run) -> Run:
        """A claim for hosts of a closed file alone."""
        return self._add("closed", run)

    def live(self, run: Run) -> Run:
        """A claim that makes sense only while a spreadsheet program has the workbook open."""
        return self._add("live", run)

    def _add(self, where: Where, run: Run) -> Run:
        self.claims.append(Claim(run.__name__, self.name, where, run))
        return run
