"""One file per action; registry.py lists them."""
