"""Which samples are made, fixed before any was counted: the README of this folder says the same."""

from __future__ import annotations

NOTHING = range(150_001, 151_001)  # samples with nothing planted
NOTHING_OF_TWO = range(160_001, 161_001)  # pairs with nothing changed
PLANTED = range(170_001, 174_001)  # from the first on, until forty are found
CHANGED = range(180_001, 184_001)
BESIDE = range(190_001, 191_001)  # with one pattern: what is said of the other questions
BESIDE_OF_TWO = range(195_001, 196_001)

WANTED = 40
