"""Time for tests: of the processor, so that other work counts for little, and beside a fixed task, so that machines do.

A *laptop second* is what a machine spends that adds five million numbers in 250 ms (a laptop of 2020).
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

_TASK = 0.25


def laptop_seconds(do: Callable[[], object]) -> float:
    """What ``do`` takes in laptop seconds, with the processes that it starts and waits for."""
    before = _task()
    begin = _spent()
    do()
    spent = _spent() - begin
    return spent * _TASK / ((before + _task()) / 2)


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _task() -> float:
    begin = time.process_time()
    total = 0
    for i in range(5_000_000):
        total += i
    return time.process_time() - begin
