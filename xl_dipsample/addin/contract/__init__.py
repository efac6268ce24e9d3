"""What every host promises, whichever program holds the workbook: claims that tests and a council's PC can run."""

from __future__ import annotations

from xl_dipsample.addin.contract import (
    all_or_nothing,
    copies,
    dates,
    long_tables,
    named_cells,
    own_columns,
    program,
    reading,
    refusals,
    tables,
    text,
    views,
    writing,
)
from xl_dipsample.addin.contract.claim import Claim

_THEMES = (
    reading, writing, text, dates, tables, own_columns, named_cells, all_or_nothing, copies, long_tables, views,
    refusals, program,
)  # fmt: skip
CLAIMS: tuple[Claim, ...] = tuple(claim for module in _THEMES for claim in module.THEME.claims)


def claims_for(*, live: bool) -> list[Claim]:
    """The claims that are made for a host in a live program, or for one of a closed file."""
    return [claim for claim in CLAIMS if claim.fits(live=live)]
