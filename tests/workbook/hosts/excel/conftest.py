"""The live LibreOffice that stands in for Excel."""

from tests.engines.fixtures import calc, office

__all__ = ["calc", "office"]
