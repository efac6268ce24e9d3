"""Test in Excel: every step tried on an example in the program that is open."""
