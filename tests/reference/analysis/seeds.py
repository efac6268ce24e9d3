"""Which samples are counted: 50 with every run of the tests, 250 more with `pytest -m campaign tests/reference`."""

from __future__ import annotations

import pytest

OFTEN, ALL = 50, 300
SAMPLES = [*range(OFTEN), *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(OFTEN, ALL))]
