"""The live LibreOffice for the contract of hosts in an open workbook."""

from tests.engines.fixtures import calc, office

__all__ = ["calc", "office"]
