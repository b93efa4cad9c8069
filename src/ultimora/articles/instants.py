"""Instants as they are given: ISO 8601, with or without a time, with or without an offset."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from ultimora.errors import BadInstant


def parse_instant(value: str, zone: str = "UTC") -> datetime:
    """The aware instant of an ISO 8601 string; a naive one is in ``zone``, a date alone is its midnight.

    Midnight to the second is what the rooms take for "no clock time is known".

    Raises:
        BadInstant: it is not ISO 8601, or there is no such day.
    """
    try:
        if len(value.strip()) == len("2025-10-16"):
            return datetime.combine(date.fromisoformat(value.strip()), time(0), ZoneInfo(zone))
        moment = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise BadInstant(
            f"{value!r} is no date that exists ({error}); write it as 2025-10-16 or 2025-10-16T18:30:00+02:00"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
