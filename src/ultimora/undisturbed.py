"""Work that makes much and keeps most of it, done without the search for garbage in between."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


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
