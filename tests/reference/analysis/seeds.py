"""Which samples are counted: 26 with every run of the tests, 274 more with `pytest -m campaign tests/reference`."""

from __future__ import annotations

import pytest

OFTEN, ALL = 26, 300
SAMPLES = [*range(OFTEN), *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(OFTEN, ALL))]
