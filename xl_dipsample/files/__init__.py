"""The ground floor: a file put in place, a lock, a folder rule, Windows."""
