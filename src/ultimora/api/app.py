"""The application: routes, what errors become, and the guard before all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from ultimora import __version__
from ultimora.answers.actors import Actors
from ultimora.answers.articles import ArticleAnswer, News
from ultimora.answers.brief import Brief
from ultimora.answers.dyads import Dyad
from ultimora.answers.search import Hits
from ultimora.answers.stories import OneStory, Stories
from ultimora.answers.types import Answer, Changes, Disputes, Sources
from ultimora.api import adding, metrics, questions, stream
from ultimora.api.access import Access
from ultimora.api.guard import Guard, Refuse, as_json
from ultimora.api.shapes import described
from ultimora.core import Record
from ultimora.errors import BadCursor, NoAnswer, RecordError, UltimoraError
from ultimora.record.types import Added

_SHAPES = (Answer, Sources, Changes, News, ArticleAnswer, Stories, OneStory, Brief, Disputes, Dyad, Hits, Actors, Added)
_OURS: dict[type[Exception], int] = {NoAnswer: 404, BadCursor: 400, RecordError: 503, UltimoraError: 422}
Told = Callable[[Request, int, str, str, tuple[str, ...]], Response]


def tell(_request: Request, status: int, kind: str, message: str, near: tuple[str, ...] = ()) -> Response:
    """What went wrong, as the API says it."""
    headers = {"retry-after": "1"} if status == 503 else None
    return JSONResponse({"error": {"type": kind, "message": message, "near": list(near)}}, status, headers)


def application(
    record: Record,
    access: Access,
    *,
    routers: Iterable[APIRouter] = (),
    told: Told = tell,
    refuse: Refuse = as_json,
    open_paths: tuple[str, ...] = (),
    keyed: tuple[str, ...] = (),
) -> FastAPI:
    """The API of a record.

    Args:
        record: What is asked.
        access: Who may ask and add.
        routers: Further routes on the same port.
        told: How errors are told where it is not the API that is asked.
        refuse: How a refusal is told.
        open_paths: Routes that need no token.
        keyed: Routes that a calendar's key opens.
    """
    watcher = stream.Watcher(record)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        watcher.stop()

    app = FastAPI(
        title="ultimora",
        version=__version__,
        description="The record of the news: who did what, when, whether it happened, and who says so.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.record, app.state.watcher, app.state.access = record, watcher, access
    app.state.metrics = metrics.Metrics(record)
    for router in (questions.router, adding.router, stream.router, metrics.router, *routers):
        app.include_router(router)
    app.openapi = described(app, _SHAPES)  # type: ignore[method-assign]
    _errors(app, told)
    app.add_middleware(metrics.Measured, metrics=app.state.metrics)
    app.add_middleware(Guard, access=access, refuse=refuse, open_paths=open_paths, keyed=keyed)
    return app


def _errors(app: FastAPI, told: Told) -> None:
    async def ours(request: Request, error: Exception) -> Response:
        status = next(_OURS[kind] for kind in type(error).__mro__ if kind in _OURS)
        return told(request, status, type(error).__name__, str(error), getattr(error, "near", ()))

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it alone
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"][1:])
        return told(request, 422, "BadParameter", f"{at}: {first['msg']}", ())

    async def other(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
        answer = told(request, error.status_code, "NotFound" if error.status_code == 404 else "Http", error.detail, ())
        answer.headers.update(error.headers or {})
        return answer

    async def too_long(request: Request, _error: Exception) -> Response:
        return told(request, 413, "TooLong", f"send {adding.MAX_BYTES:,} bytes at most", ())

    app.add_exception_handler(UltimoraError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, other)
    app.add_exception_handler(adding.TooLong, too_long)
