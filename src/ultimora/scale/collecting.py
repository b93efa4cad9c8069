"""Python looks for cycles among all objects again and again; here nearly all are loaded once, stay, and have none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (50_000, 20, 100)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Within it, cycles are looked for seldom, and not among what was there before."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    settle()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def settle() -> None:
    """Leave out of later searches all that is there now."""
    gc.collect()
    gc.freeze()
