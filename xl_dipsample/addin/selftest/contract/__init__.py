"""What every host promises, whichever program holds the workbook: claims that tests and a council's PC can run."""

from __future__ import annotations

from xl_dipsample.addin.selftest.contract import (
    all_or_nothing_claims,
    copy_claims,
    date_claims,
    long_table_claims,
    named_cell_claims,
    own_column_claims,
    program,
    reading_claims,
    refusal_claims,
    table_claims,
    text_claims,
    view_claims,
    writing_claims,
)
from xl_dipsample.addin.selftest.contract.claim import Claim

_THEMES = (
    reading_claims, writing_claims, text_claims, date_claims, table_claims, own_column_claims, named_cell_claims,
    all_or_nothing_claims, copy_claims, long_table_claims, view_claims, refusal_claims, program,
)  # fmt: skip
CLAIMS: tuple[Claim, ...] = tuple(claim for module in _THEMES for claim in module.THEME.claims)


def claims_for(*, live: bool) -> list[Claim]:
    """The claims that are made for a host in a live program, or for one of a closed file."""
    return [claim for claim in CLAIMS if claim.fits(live=live)]
