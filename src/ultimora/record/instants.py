"""Instants as the record writes them."""

from __future__ import annotations

from datetime import UTC, datetime

from ultimora.errors import BadInstant
from ultimora.record.windows import utc


def instant(value: str | datetime, name: str = "instant") -> str:
    """An instant as the record writes it: UTC, microseconds, so that text order is time order.

    Raises:
        BadInstant: it is not ISO 8601, or there is no such day.
    """
    try:
        moment = value.astimezone(UTC) if isinstance(value, datetime) else utc(value.strip())
        return moment.isoformat(timespec="microseconds")
    except (ValueError, OverflowError) as error:
        raise BadInstant(
            f"{name}: {value!r} is no instant ({error}); write it as 2025-10-16 or 2025-10-16T18:30:00+02:00"
        ) from error
