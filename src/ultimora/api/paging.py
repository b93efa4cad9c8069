"""Long answers in pages. A cursor remembers where the last page ended and what was known when the first was asked."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ultimora.errors import BadCursor
from ultimora.record.store import instant

MOST = 500
USUAL = 100


@dataclass(frozen=True, slots=True)
class Cursor:
    """What was known when the first page was asked, how many items were given, and the last of them."""

    as_of: str
    given: int
    last: str

    def text(self) -> str:
        """The cursor as it travels."""
        data = json.dumps([self.as_of, self.given, self.last], separators=(",", ":"))
        return base64.urlsafe_b64encode(data.encode()).decode().rstrip("=")


def cursor_of(text: str) -> Cursor:
    """A cursor that :func:`page` gave out.

    Raises:
        BadCursor: it is none.
    """
    try:
        as_of, given, last = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        cursor = Cursor(instant(as_of), int(given), str(last))
    except Exception as error:
        raise BadCursor("cursor: is none that an answer gave; leave it out to begin at the first page") from error
    if cursor.given < 0:
        raise BadCursor("cursor: counts below nothing; leave it out to begin at the first page")
    return cursor


def page(
    ask: Callable[[str | None], dict[str, Any]],
    items: str,
    name: Callable[[dict[str, Any]], str],
    as_of: str | None,
    limit: int,
    cursor: str | None,
) -> dict[str, Any]:
    """One page of an answer as plain data, with ``cursor`` for the next one (null on the last).

    Args:
        ask: Gives the whole answer as known at an instant.
        items: The key of the list that is long.
        name: What an item of it is called.
        as_of: The instant that was asked for.
        limit: How many items a page has.
        cursor: Where the last page ended.
    """
    before = cursor_of(cursor) if cursor else None
    known = as_of or instant(datetime.now(UTC))
    answer = ask(before.as_of if before else as_of)
    every = answer[items]
    start = _start([name(i) for i in every], before) if before else 0
    shown = every[start : start + limit]
    after = start + len(shown)
    more = Cursor(before.as_of if before else instant(known), after, name(shown[-1])) if after < len(every) else None
    return {**answer, items: shown, "cursor": more.text() if more else None}


def _start(names: list[str], before: Cursor) -> int:
    """Behind the last item given; where it is gone, behind as many as were given."""
    return names.index(before.last) + 1 if before.last in names else min(before.given, len(names))
