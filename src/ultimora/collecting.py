"""Python looks for cycles among all objects again and again; here nearly all are loaded once, stay, and have none."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

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


def undisturbed(work: Callable[P, T]) -> Callable[P, T]:
    """Let no garbage be searched for until the work is done: Python would go through all that lives again and again.

    Only who finds the search on turns it off, and turns it on again: several threads never leave it off.
    """

    @wraps(work)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        if not gc.isenabled():
            return work(*args, **kwargs)
        gc.disable()
        try:
            return work(*args, **kwargs)
        finally:
            gc.enable()

    return done
