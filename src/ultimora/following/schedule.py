"""When something is visited again. Pure: what is known goes in, what is next comes out; the clock is an argument."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

from ultimora.following.settings import FollowSettings

Outcome = Literal["changed", "unchanged", "failed", "gone"]
_DAY = 86_400.0
_UNCONDITIONAL = 8


@dataclass(frozen=True, slots=True)
class Planned:
    """What comes after a visit: when the next is (None: never), and how long it is till then, in seconds."""

    next_at: datetime | None
    interval: float
    failures: int
    state: str


def after(
    outcome: Outcome,
    *,
    now: datetime,
    interval: float,
    failures: int,
    settings: FollowSettings,
    what: Literal["source", "entry", "watched"],
    wanted: float | None = None,
    name: str = "",
) -> Planned:
    """When to visit again.

    Args:
        outcome: What the visit found.
        now: The instant of it.
        interval: The seconds between this visit and the one before.
        failures: How many visits in a row had failed before it.
        settings: The limits.
        what: A source, an article that rests when it no longer changes, or a page that is watched for good.
        wanted: The seconds that the server asked to be left alone.
        name: What the jitter is taken from, so that many that fail together do not come back together.
    """
    if outcome == "gone":
        return Planned(None, interval, failures, "gone")
    if outcome == "failed":
        if what == "entry" and failures + 1 >= settings.failures:
            return Planned(None, interval, failures + 1, "failed")
        pause = min(settings.least * 2.0**failures, _DAY) * (1 + _jitter(name, failures))
        return Planned(_in(now, max(pause, wanted or 0)), interval, failures + 1, "failing")
    least = settings.live if what == "watched" else settings.least
    span = interval / 2 if outcome == "changed" else interval * 1.5
    span = max(span, least, min(wanted or 0, _DAY))
    if what != "entry":
        span = max(min(span, settings.most), wanted or 0) if what == "source" else min(span, settings.most)
        return Planned(_in(now, span), span, 0, "active")
    return Planned(None if span > settings.rest else _in(now, span), span, 0, "read")


def _in(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=min(seconds, 30 * _DAY))


def _jitter(name: str, failures: int) -> float:
    """Between 0 and 0.25, the same for the same name and number."""
    return hashlib.sha256(f"{name}|{failures}".encode()).digest()[0] / 1024


def conditional(visits: int) -> bool:
    """Whether a visit may ask "only if it changed". Every so often it must not: some servers always say it did not."""
    return visits % _UNCONDITIONAL != _UNCONDITIONAL - 1


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds that a ``Retry-After`` header asks for, at most a day."""
    if not value:
        return None
    if value.strip().isdigit():
        return min(float(value.strip()[:9]), _DAY)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), _DAY)


def max_age(value: str | None) -> float | None:
    """The seconds that a ``Cache-Control`` header calls an answer fresh, at most an hour: feeds often say too much."""
    for part in (value or "").split(","):
        name, _, number = part.strip().partition("=")
        if name.lower() == "max-age" and number.isdigit():
            return min(float(number[:9]), 3600.0)
    return None
