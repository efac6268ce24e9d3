"""The live LibreOffice for tests of the add-in's Python."""

from tests.engines.fixtures import office

__all__ = ["office"]
