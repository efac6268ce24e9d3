"""Engines for xlwings that stand in for Excel in tests, where there is no Excel."""
