"""The live LibreOffice for the tests of the engine itself."""

from tests.engines.fixtures import calc, office

__all__ = ["calc", "office"]
