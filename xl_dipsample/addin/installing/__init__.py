"""Putting the ribbon on a PC, taking it away, and saying what is in the way."""
