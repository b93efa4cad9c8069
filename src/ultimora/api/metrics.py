"""``/metrics`` for Prometheus: what was asked, how long the answers took, and how the record is."""

from __future__ import annotations

import time

from fastapi import APIRouter, Request
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ultimora.core import Record
from ultimora.following.metrics import RecordCollector

router = APIRouter(include_in_schema=False)


class Metrics:
    """The figures of one server."""

    def __init__(self, record: Record) -> None:
        """Set the record that is served."""
        self.registry = CollectorRegistry()
        self.registry.register(RecordCollector(record.store))
        labels = ["method", "route", "status"]
        self.requests = Counter("ultimora_requests", "Requests.", labels, registry=self.registry)
        self.seconds = Histogram("ultimora_request_seconds", "Time to answer.", ["route"], registry=self.registry)


class Measured:
    """An ASGI middleware that counts what is asked, by route: the parts that vary are left out."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and count it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, began = ["500"], time.perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = str(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            self.metrics.requests.labels(scope["method"], route, status[0]).inc()
            self.metrics.seconds.labels(route).observe(time.perf_counter() - began)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """The figures, as Prometheus reads them."""
    return Response(generate_latest(request.app.state.metrics.registry), media_type=CONTENT_TYPE_LATEST)
