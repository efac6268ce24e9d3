"""One file per action; what it is stands beside its function `run`."""
