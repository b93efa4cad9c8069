"""Server-sent events for what is new. One look at the record a second serves everybody who listens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse

from ultimora.api.questions import record_of
from ultimora.core import Record
from ultimora.errors import UltimoraError
from ultimora.record.articles import Pulse
from ultimora.record.store import instant
from ultimora.serial import to_data

router = APIRouter(prefix="/api", tags=["what is new"])
_SSE = "text/event-stream"
_MOST = 100
_AT_ONCE = 50


class Watcher:
    """Looks at the record while somebody listens, and wakes them when it has changed."""

    def __init__(self, record: Record, every: float = 1.0, heartbeat: float = 15.0) -> None:
        """Watch a record.

        Args:
            record: What to look at.
            every: Seconds between two looks.
            heartbeat: Seconds of silence after which listeners get a sign of life.
        """
        self.record, self.every, self.heartbeat = record, every, heartbeat
        self.listeners = 0
        self.stopping = False
        self._changed: asyncio.Event | None = None
        self._task: asyncio.Task[None] | None = None

    async def changed(self) -> bool:
        """Wait for a change; False after a heartbeat's time without one."""
        if self._task is None or self._task.done():
            self._changed = asyncio.Event()
            self._task = asyncio.create_task(self._look())
        event = self._changed
        assert event is not None  # noqa: S101 - made together with the task
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), self.heartbeat)
            return True
        return False

    async def _look(self) -> None:
        before = await self._pulse()
        while self.listeners and not self.stopping:
            await asyncio.sleep(self.every)
            after = await self._pulse()
            if after is not None and after != before:
                before = after
                self._wake()
        self._wake()

    def _wake(self) -> None:
        woken, self._changed = self._changed, asyncio.Event()
        if woken is not None:
            woken.set()

    async def _pulse(self) -> Pulse | None:
        try:
            return await run_in_threadpool(self.record.pulse)
        except UltimoraError:
            return None  # busy for a moment; the next look will tell

    def stop(self) -> None:
        """Let every listener go."""
        self.stopping = True
        self._wake()


@router.get(
    "/stream",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "Events `article`, each an arrival of `/api/news`.",
            "content": {_SSE: {}},
        }
    },
)
async def stream(
    request: Request,
    since: Annotated[str | None, Query(max_length=40, description="Begin with what became known after it.")] = None,
    last_event_id: Annotated[str | None, Header()] = None,
) -> Any:
    """What becomes known, as it does: server-sent events, resumed by ``Last-Event-ID``."""
    watcher: Watcher = request.app.state.watcher
    if watcher.listeners >= _MOST:
        said = {"type": "TooMany", "message": "too many listen already; ask /api/news instead", "near": []}
        return JSONResponse({"error": said}, 503, {"retry-after": "30"})
    record = record_of(request)
    at = last_event_id or since
    begin = instant(at, "since") if at else (await run_in_threadpool(record.pulse)).known_at or ""
    return StreamingResponse(_events(request, watcher, record, begin), media_type=_SSE)


async def _events(request: Request, watcher: Watcher, record: Record, since: str) -> AsyncIterator[str]:
    watcher.listeners += 1
    try:
        yield f"retry: 3000\nid: {since}\nevent: hello\ndata: {{}}\n\n"
        while not watcher.stopping and not await request.is_disconnected():
            news = await run_in_threadpool(record.news, since or None, limit=_AT_ONCE)
            for arrived in reversed(news.arrivals):
                since = max(since, arrived.version.known_at)
                yield _event("article", since, to_data(arrived))
            if not await watcher.changed():
                yield ": still here\n\n"
    finally:
        watcher.listeners -= 1


def _event(kind: str, ident: str, data: Any) -> str:
    return f"id: {ident}\nevent: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
