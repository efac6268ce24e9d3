"""Dip-sampling for children's safeguarding, inside Excel."""

__version__ = "0.1.0"
