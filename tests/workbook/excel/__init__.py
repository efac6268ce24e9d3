"""Tests of ExcelHost."""
