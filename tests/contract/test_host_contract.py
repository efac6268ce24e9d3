"""What every host promises, whichever program holds the workbook: each claim of the contract over each host."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw
from host_factories import FACTORIES, LIVE_FACTORIES, Closed, Live

from xl_dipsample.addin.selftest.contract import CLAIMS, claims_for
from xl_dipsample.addin.selftest.contract.claim import Claim

CLOSED, OPEN = claims_for(live=False), claims_for(live=True)


@pytest.mark.parametrize("factory", FACTORIES.values(), ids=list(FACTORIES))
@pytest.mark.parametrize("claim", CLOSED, ids=[claim.name for claim in CLOSED])
def test_a_host_of_a_closed_file_keeps_the_contract(claim: Claim, factory: Closed, tmp_path: Path) -> None:
    with factory(tmp_path) as bench:
        claim.run(bench)


@pytest.mark.office
@pytest.mark.parametrize("factory", LIVE_FACTORIES.values(), ids=list(LIVE_FACTORIES))
@pytest.mark.parametrize("claim", OPEN, ids=[claim.name for claim in OPEN])
def test_a_host_of_an_open_workbook_keeps_the_contract(
    claim: Claim, factory: Live, tmp_path: Path, calc: xw.App
) -> None:
    with factory(tmp_path, calc) as bench:
        claim.run(bench)


def test_every_claim_has_a_name_of_its_own_and_is_made_for_some_host() -> None:
    assert len({claim.name for claim in CLAIMS}) == len(CLAIMS)
    assert {*CLOSED, *OPEN} == set(CLAIMS)
