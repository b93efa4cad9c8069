"""Small versions of what is measured of following: a day on loopback, and a watch that is killed."""

from __future__ import annotations

from argparse import Namespace

import pytest
from benchmarks.loopback import FEEDLESS, UNREACHABLE

from benchmarks import following


def test_a_short_day_with_every_kind_of_bad_host() -> None:
    """Three hours: what can be had is in the record once, for all else the record says why not."""
    args = Namespace(feeds=24, articles=28, updates=6, few=1, hours=3, seconds=0.7, seed=3)
    told = following.day(args)
    assert (told["lost"], told["doubled"], told["foreign"], told["not_up_to_date"]) == (0, 0, 0, 0)
    assert told["reachable"] == 28 - len(UNREACHABLE)
    assert (told["unreachable"], told["with_a_reason"]) == (len(UNREACHABLE), len(UNREACHABLE))
    assert (told["dead_feeds"], told["dead_feeds_with_a_reason"]) == (len(FEEDLESS), len(FEEDLESS))


@pytest.mark.timeout(900)  # it waits for processes that start and are killed: seconds, or long beside others
def test_a_watch_that_is_killed_loses_nothing_and_doubles_nothing() -> None:
    told = following.kill(Namespace(trials=3, seed=2, longest=1.5, minutes=5, feeds=2))
    assert (told["integrity"], told["unsound"]) == ("ok", [])
    assert (told["lost"], told["doubled"], told["foreign"], told["not_up_to_date"]) == (0, 0, 0, 0)
