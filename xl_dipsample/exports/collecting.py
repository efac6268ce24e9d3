"""Python's garbage collector, kept from looking while a long sheet is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """A million new cells make Python look for cycles again and again; there are none among them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # what was made meanwhile goes to the oldest without being looked at,
            gc.unfreeze()  # or the next object made would have all of it looked through, in vain
            gc.enable()
