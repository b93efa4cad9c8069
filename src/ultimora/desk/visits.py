"""When the reader was last here: what came after that is new. A cookie holds it; half an hour is one visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from ultimora.desk.site import Visit
from ultimora.errors import BadInstant
from ultimora.record.store import instant

_COOKIE = "visits"
_SITTING = timedelta(minutes=30)
_FIRST = timedelta(days=1)
_KEPT = 90 * 24 * 3600


def since_last(visit: Visit, asked: str) -> str:
    """From when on something is new: as asked, else since the last visit, else since yesterday.

    Raises:
        BadInstant: what was asked is no instant.
    """
    if asked.strip():
        return instant(asked.strip(), "since")
    before = None if visit.as_of else _visits(visit)[0]
    return before or _text(visit.words.now - _FIRST)


def remember(visit: Visit, answer: Response) -> None:
    """Keep this visit, unless it looks at the past."""
    if visit.as_of is None:
        before, _ = _visits(visit)
        value = f"{before or ''}|{_text(visit.words.now)}"
        answer.set_cookie(_COOKIE, value, max_age=_KEPT, httponly=True, samesite="lax")


def _visits(visit: Visit) -> tuple[str | None, str | None]:
    """When the visit before this one ended, and when this one was last heard of."""
    before, _, last = visit.request.cookies.get(_COOKIE, "").partition("|")
    kept, ended = _instant(before), _instant(last)
    if ended is not None and visit.words.now - datetime.fromisoformat(ended) > _SITTING:
        return ended, ended
    return kept, ended


def _instant(value: str) -> str | None:
    try:
        return instant(value) if value else None
    except BadInstant:
        return None


def _text(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="microseconds")
